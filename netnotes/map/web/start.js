// Puts the page together, once: title, sectors to choose from, key to the picture, first frame.
"use strict";

(() => {
  const {
    told, people, state, set, listen, make, recall, readTheme, narrow, settle, buildList, showPanel, arrange, network, hold,
    isNetwork, isPast, buildTime, isNotes, near,
  } = netnotes;
  const by = document.getElementById("by");
  const view = document.getElementById("view");
  const figures = new Intl.NumberFormat("en-GB");

  document.getElementById("skip").addEventListener("click", (event) => {
    // The address holds the view; a link within the page would overwrite it.
    event.preventDefault();
    document.getElementById("people").focus();
  });

  const head = () => {
    const deep = isNotes ? near.reduce((sum, others) => sum + others.filter(([, depth]) => depth >= 100 * told.deep).length, 0) / 2
      : people.depth.filter((depth) => depth >= told.deep).length;
    const [year, month, day] = told.today.split("-");
    const when = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    document.getElementById("asof").textContent =
      `${figures.format(people.count)} ${people.count === 1 ? told.words.one : told.words.many}, ${figures.format(deep)} deep${isNotes ? ` link${deep === 1 ? "" : "s"}` : ""} · ` +
      when.format(new Date(Date.UTC(year, month - 1, day)));
  };

  /** A row of choices of which one holds: [word, title] each; `at` tells which, `pick` chooses. */
  const segments = (row, choices, at, pick) => {
    const buttons = choices.map(([word, title], index) => make("button", {
      type: "button", role: "radio", title, onclick: () => pick(index),
    }, word));
    const mark = () => buttons.forEach((button, index) => {
      button.setAttribute("aria-checked", String(index === at()));
      button.tabIndex = index === at() ? 0 : -1;
    });
    row.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const next = (at() + step + buttons.length) % buttons.length;
        pick(next);
        buttons[next].focus();
        event.preventDefault();
      }
    });
    row.append(...buttons);
    listen(mark);
    mark();
  };
  const VIEWS = ["rings", "network"];
  /** Show the other picture, or the one named. */
  const show = (name = VIEWS[(VIEWS.indexOf(state.view) + 1) % VIEWS.length]) => set({ view: name, at: null });
  const choices = () => {
    if (isNotes) {
      view.hidden = by.hidden = true;
      return;
    }
    segments(view, [["rings", "How near each is to me (n)"], ["network", "Who knows whom (n)"]],
      () => VIEWS.indexOf(state.view), (index) => show(VIEWS[index]));
    if (told.groupings.length > 1) {
      by.append(make("span", { className: "soft" }, "by"));
      segments(by, told.groupings.map((grouping) => [grouping.key]), () => state.by, (index) => set({ by: index }));
    }
    const fit = () => (by.hidden = isNetwork() || told.groupings.length < 2);
    listen((changed) => changed.has("view") && fit());
    fit();
  };

  const key = () => {
    const entry = (className, text, of = "") => make("li", { className: of }, make("i", { className }), text);
    const { rounds, joining } = told.network;
    if (isNotes) {
      document.getElementById("key").append(entry("dot large", "more and deeper links"), entry("dot", "few"),
        entry("line thick", "deep: both ways, or many over years"), entry("line", "shallow"), entry("dot hollow", "not linked"),
        ...(rounds.length ? [entry("ground", "a few that all link to each other")] : []),
        ...(joining.length ? [entry("dot joint", "joins groups")] : []));
      return;
    }
    document.getElementById("key").append(
      entry("dot large", "deeper: nearer, larger", "in-rings"), entry("dot large", "deeper with me: larger", "in-network"),
      entry("dot", "warm"), entry("dot cool", "cooling"), entry("dot hollow", "dormant"),
      entry("line thick", "deep tie between others", "in-network"), entry("line", "shallow tie", "in-network"),
      ...(rounds.length ? [entry("ground", "a few who all meet each other", "in-network")] : []),
      ...(joining.length ? [entry("dot joint", "joins groups", "in-network")] : []));
    if (told.timeline) {
      document.getElementById("key").append(make("li", { className: "traced in-rings" }, make("i", { className: "trace" }), "month by month"));
    }
  };
  const picture = document.getElementById("picture");
  /** What the picture is, for those who do not see it and for the style sheet. */
  const word = () => {
    document.documentElement.dataset.view = state.view;
    picture.setAttribute("aria-label", isNotes ? told.words.map : isNetwork()
      ? "Map of people: who knows whom, in groups, the deeper a tie the shorter and thicker"
      : "Map of people: me in the centre, the deeper a tie the nearer");
  };

  head();
  choices();
  key();
  readTheme();
  listen((changed) => changed.has("view") && word());
  recall();
  word();
  buildTime();
  narrow();
  if (state.by || isNetwork() || isPast()) {
    arrange(true);
  }
  showPanel();
  settle(true);
  listen((changed) => changed.has("at") && !state.at && !changed.has("view") && settle());
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

  Object.assign(netnotes, { show });
})();
