// The same people as a list, the deepest first, under the rings' names. Rows are made as the reader comes to them.
"use strict";

(() => {
  const { told, people, state, listen, ink, onTheme, make, name, isShown, since, standing, isPast, past } = netnotes;
  const section = document.getElementById("people");
  /** Rows made at once; fewer while months pass, or each would cost a frame. */
  const AT_ONCE = 120;
  const PASSING = 40;
  /** Depth from which on a note is well linked. */
  const WELL = 0.3;
  let next = 0;
  let rows = new Map();
  let list = null;
  let zone = "";

  /** Depth in the month shown, whole: the picture may still be on its way there. */
  const depthOf = (i) => past.depthOf(i, state.month);
  const zoneOf = (i) => {
    if (Number.isNaN(depthOf(i))) {
      return told.words.noneyet;
    }
    if (told.kind === "notes") {
      return depthOf(i) >= told.deep ? "hubs" : depthOf(i) >= WELL ? "well linked" : "loosely linked";
    }
    const ring = told.rings.find(([depth]) => depthOf(i) >= depth);
    return ring ? ring[1] : "acquaintances";
  };

  const row = (i) => {
    const dot = make("i", { className: "dot" });
    dot.style.background = ink.person[i];
    dot.style.color = ink.person[i];
    dot.classList.toggle("hollow", standing.warm[i] === "dormant" || Number.isNaN(depthOf(i)));
    const depth = Number.isNaN(depthOf(i)) ? null : depthOf(i);
    const more = [standing.tie[i], standing.warm[i] === "not known" ? null : standing.warm[i],
      people.last[i] === null || isPast() ? null : `${told.words.lastsaid} ${since(people.last[i])}`,
      told.scenes.names.length > 1 ? told.scenes.names[people.scene[i]] : null].filter(Boolean).join(", ");
    const button = make("button", { type: "button", onclick: () => {
      netnotes.choose(i, { look: true });
    } }, dot, name(people.name[i]), make("span", { className: "end soft" }, told.kind === "notes" ? String(told.degree[i] || "–") : depth === null ? "–" : depth.toFixed(2)),
    make("span", { className: "unseen" }, `, ${more}`));
    button.setAttribute("aria-current", String(i === state.chosen));
    const item = make("li", {}, button);
    rows.set(i, item);
    return item;
  };

  /** Append rows until `amount` more stand, or everybody does. */
  const extend = (amount) => {
    let made = 0;
    while (next < people.count && made < amount) {
      const i = standing.order[next];
      next += 1;
      if (isShown(i)) {
        if (zoneOf(i) !== zone) {
          zone = zoneOf(i);
          list = make("ul", {});
          section.append(make("h2", {}, zone), list);
        }
        list.append(row(i));
        made += 1;
      }
    }
    more.remove();
    if (next < people.count) {
      section.append(more);
    }
  };
  const more = make("button", { type: "button", className: "bare", onclick: () => extend(AT_ONCE) }, `More ${told.words.many}`);
  new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && extend(AT_ONCE), { rootMargin: "400px" })
    .observe(more);

  const build = () => {
    next = 0;
    zone = "";
    list = null;
    rows = new Map();
    section.replaceChildren();
    extend(netnotes.isDrifting() ? PASSING : AT_ONCE);
    if (!list) {
      section.append(make("p", { className: "soft empty" }, people.count
        ? told.words.unfit : told.words.empty));
    }
  };
  const mark = () => {
    for (const [i, item] of rows) {
      item.firstChild.setAttribute("aria-current", String(i === state.chosen));
    }
    rows.get(state.chosen)?.scrollIntoView({ block: "nearest" });
  };

  listen((changed) => {
    if (["month", "off", "depth", "last"].some((key) => changed.has(key))) {
      build();
    }
    if (changed.has("chosen")) {
      mark();
    }
  });

  Object.assign(netnotes, { buildList: build, extendList: extend, listed: () => rows.size });
  onTheme(() => section.childElementCount && build());
})();
