// Pointer and keyboard on the picture: point, choose, walk by nearness, zoom, search, leave.
"use strict";

(() => {
  const {
    people, state, set, listen, network, box, hit, isShown, drawn, choose, leave, line, reveal, whole, zoom, focusSearch,
    make, name, since, standing, isPast, monthName, told, isNotes,
  } = netnotes;
  const tip = document.getElementById("tip");
  const said = document.getElementById("said");
  const dialog = document.getElementById("keys");
  const KEYS = [
    ["← → ↑ ↓", `to the nearest ${told.words.one} that way`],
    ...(isNotes ? [[", and .", "to the note with deeper links, or shallower"], ["Home", "the note with the deepest links"]]
      : [[", and .", "nearer to me, further from me, by depth"], ["Home", "the deepest tie"], ["n", "rings or network"],
        ["d", "the way to the person, or to somebody else"], ["p", "play through the months; pause"]]),
    ["Enter", `what is known of the ${told.words.one}`], ["/", "search"], ["s", "save the picture or the list"], ["+ − 0", `zoom in, out, ${told.words.everybody.toLowerCase()}`],
    ["Shift and arrows", "move the picture"], ...(isNotes ? [] : [["Shift and click", "the way from the person chosen to another"]]), ["Esc", "leave"], ["?", "these keys"],
  ];

  let asked = null;
  box.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) {
      return;
    }
    const area = box.getBoundingClientRect();
    const at = [event.clientX - area.left, event.clientY - area.top];
    if (!asked) {
      requestAnimationFrame(() => {
        set({ pointed: hit(...asked, 7, isShown) });
        asked = null;
      });
    }
    asked = at;
  });
  box.addEventListener("pointerleave", () => set({ pointed: -1 }));
  network.on("dragStart", () => set({ pointed: -1 }));
  network.on("click", ({ pointer, event }) => {
    const finger = event?.pointerType === "touch";
    const found = hit(pointer.DOM.x, pointer.DOM.y, finger ? 22 : 9, isShown);
    if (found >= 0 && state.chosen >= 0 && found !== state.chosen && !isNotes && event?.srcEvent?.shiftKey) {
      netnotes.ask(found);
    } else if (found >= 0) {
      choose(found);
      reveal(found);
    } else if (state.chosen >= 0) {
      choose(-1);
    }
  });

  const showTip = () => {
    const i = state.pointed;
    tip.hidden = i < 0;
    box.classList.toggle("pointing", i >= 0);
    if (i < 0) {
      return;
    }
    const depth = isNotes ? netnotes.noteLine(i) : Number.isNaN(standing.depth[i]) ? "not met yet" : `${standing.depth[i].toFixed(2)} ${standing.tie[i]}`;
    const bits = [depth, standing.warm[i] === "not known" ? null : standing.warm[i],
      isPast() ? monthName(state.month) : people.last[i] === null ? null : since(people.last[i])].filter(Boolean).join(" · ");
    tip.replaceChildren(make("strong", {}, name(people.name[i])), make("span", {}, bits),
      people.styled[i] ? make("span", {}, name(people.styled[i])) : "");
    const [x, y] = netnotes.spot(i);
    const away = Math.max(4, people.size[i] * netnotes.view().dot) + 12;
    const right = x + away + tip.offsetWidth < box.clientWidth;
    tip.style.left = `${right ? x + away : Math.max(4, x - away - tip.offsetWidth)}px`;
    tip.style.top = `${Math.min(Math.max(4, y - tip.offsetHeight - 10), box.clientHeight - tip.offsetHeight - 4)}px`;
  };
  listen((changed) => changed.has("pointed") && showTip());

  const walkable = () => {
    const all = [];
    for (const i of standing.order) {
      if (isShown(i) && i < drawn()) {
        all.push(i);
      }
    }
    return all;
  };
  /** The nearest person in a direction: what lies aside counts double. */
  const toward = (from, dx, dy) => {
    let best = from;
    let least = Infinity;
    for (const i of walkable()) {
      const [x, y] = [people.x[i] - people.x[from], people.y[i] - people.y[from]];
      const ahead = x * dx + y * dy;
      const aside = Math.abs(x * dy - y * dx);
      if (i !== from && ahead > 0.5 && aside <= ahead * 1.5 && ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        best = i;
      }
    }
    return best;
  };
  const along = (from, step) => {
    const all = walkable();
    return all[Math.min(all.length - 1, Math.max(0, all.indexOf(from) + step))] ?? -1;
  };
  const walk = (where) => {
    const first = walkable()[0] ?? -1;
    const next = state.chosen < 0 || !isShown(state.chosen) ? first : where(state.chosen);
    if (next >= 0 && next !== state.chosen) {
      choose(next, { look: true });
      said.textContent = line(next);
    }
  };
  const pan = (dx, dy) => {
    const at = network.getViewPosition();
    const step = 90 / network.getScale();
    network.moveTo({ position: { x: at.x + dx * step, y: at.y + dy * step }, animation: false });
  };

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const onPicture = {
    Home: () => walk(() => walkable()[0]),
    End: () => walk(() => walkable().at(-1)),
    ",": () => walk((from) => along(from, -1)),
    ".": () => walk((from) => along(from, 1)),
    Enter: () => state.chosen >= 0 && document.querySelector("#panel h2")?.focus(),
  };
  const everywhere = {
    "/": () => focusSearch(),
    "?": () => (dialog.open ? dialog.close() : dialog.showModal()),
    "+": () => zoom(1.4),
    "=": () => zoom(1.4),
    "-": () => zoom(1 / 1.4),
    0: () => whole(),
    ...(isNotes ? {} : { n: () => netnotes.show(), p: () => netnotes.play(), d: () => netnotes.askByKey() }),
    s: () => netnotes.toggleSaving(),
    Escape: () => leave(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, dialog")) {
      return;
    }
    const arrow = event.target === box ? ARROWS[event.key] : null;
    const act = arrow
      ? () => (event.shiftKey ? pan(...arrow) : walk((from) => toward(from, ...arrow)))
      : (event.target === box && onPicture[event.key]) || everywhere[event.key];
    if (act) {
      act();
      event.preventDefault();
    }
  });

  dialog.append(make("h2", {}, "Keys"),
    make("dl", {}, ...KEYS.flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)])),
    make("button", { type: "button", className: "switch", onclick: () => dialog.close() }, "Close"));

  const press = (id, act) => document.getElementById(id).addEventListener("click", act);
  press("closer", () => zoom(1.4));
  press("away", () => zoom(1 / 1.4));
  press("whole", () => whole());
  press("help", everywhere["?"]);
  press("theme", () => netnotes.turn());
})();
