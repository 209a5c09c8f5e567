// Puts the page together, once: title, sectors to choose from, key to the picture, first frame.
"use strict";

(() => {
  const { told, people, state, set, listen, make, recall, readTheme, narrow, settle, buildList, showPanel, regroup, network, hold } =
    netnotes;
  const by = document.getElementById("by");
  const figures = new Intl.NumberFormat("en-GB");

  document.getElementById("skip").addEventListener("click", (event) => {
    // The address holds the view; a link within the page would overwrite it.
    event.preventDefault();
    document.getElementById("people").focus();
  });

  const head = () => {
    const deep = people.depth.filter((depth) => depth >= told.deep).length;
    const [year, month, day] = told.today.split("-");
    const when = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    document.getElementById("asof").textContent =
      `${figures.format(people.count)} ${people.count === 1 ? "person" : "people"}, ${figures.format(deep)} deep · ` +
      when.format(new Date(Date.UTC(year, month - 1, day)));
  };

  const segments = () => {
    if (told.groupings.length < 2) {
      return;
    }
    const buttons = told.groupings.map((grouping, index) => make("button", {
      type: "button", role: "radio", onclick: () => set({ by: index }),
    }, grouping.key));
    const mark = () => buttons.forEach((button, index) => {
      button.setAttribute("aria-checked", String(index === state.by));
      button.tabIndex = index === state.by ? 0 : -1;
    });
    by.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const next = (state.by + step + buttons.length) % buttons.length;
        set({ by: next });
        buttons[next].focus();
        event.preventDefault();
      }
    });
    by.append(make("span", { className: "soft" }, "by"), ...buttons);
    by.hidden = false;
    listen((changed) => changed.has("by") && mark());
    mark();
  };

  const key = () => {
    const entry = (className, text) => make("li", {}, make("i", { className: `dot ${className}` }), text);
    document.getElementById("key").append(
      entry("large", "deeper: nearer, larger"), entry("", "warm"), entry("cool", "cooling"), entry("hollow", "dormant"));
  };

  head();
  segments();
  key();
  readTheme();
  recall();
  narrow();
  if (state.by) {
    regroup(true);
  }
  showPanel();
  settle(true);
  listen((changed) => changed.has("at") && !state.at && settle());
  network.once("afterDrawing", () => {
    document.documentElement.dataset.drawn = "yes";
    netnotes.firstPicture = performance.now();
    // After the picture, not before it.
    setTimeout(() => {
      buildList();
      hold();
      listen((changed) => changed.has("all") && hold());
    });
  });
  network.redraw();
})();
