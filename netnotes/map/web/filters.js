// Narrow the picture by scene, tie, warmth, depth, last contact and what stylers add; count what is left.
"use strict";

(() => {
  const { told, people, state, set, listen, ink, onTheme, make, name, visible, sort, drawn, redraw } = netnotes;
  const legend = document.getElementById("legend");
  const narrow = document.getElementById("narrow");
  const counted = document.getElementById("count");
  const leftOut = document.getElementById("leftout");
  const figures = new Intl.NumberFormat("en-GB");
  const LAST = [[0, "any time"], [30, "within a month"], [90, "within 3 months"], [365, "within a year"],
    [-90, "over 3 months ago"], [-365, "over a year ago"]];
  const repaint = [];

  const tally = (values) => {
    const counts = new Map();
    values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
    return counts;
  };

  const toggle = (key, value) => {
    const off = new Set(state.off[key]);
    if (!off.delete(value)) {
      off.add(value);
    }
    set({ off: { ...state.off, [key]: off } });
  };
  const only = (key, value, all) => {
    const others = all.filter((other) => other !== value);
    const alone = others.length && others.every((other) => state.off[key].has(other)) && !state.off[key].has(value);
    set({ off: { ...state.off, [key]: new Set(alone ? [] : others) } });
  };

  /** A row of switches, one for each value; a second click on the same with Alt shows that one alone. */
  const switches = (key, title, values, counts, colours) => {
    const row = make("div", { className: "switches", role: "group", "aria-label": title });
    for (const [place, value] of values.entries()) {
      const dot = colours ? make("i", { className: "dot" }) : null;
      const button = make(
        "button",
        {
          type: "button", className: "switch", title: "Alt and click: this one alone",
          onclick: (event) => (event.altKey ? only(key, value, values) : toggle(key, value)),
        },
        dot, name(value), make("span", { className: "soft" }, figures.format(counts.get(value) ?? 0)),
      );
      repaint.push(() => {
        button.setAttribute("aria-pressed", String(!state.off[key].has(value)));
        if (dot) {
          dot.style.background = colours()[place];
        }
      });
      row.append(button);
    }
    return row;
  };
  const titled = (title, ...children) => make("fieldset", {}, make("legend", {}, title), ...children);

  const build = () => {
    const scenes = told.scenes.names;
    if (scenes.length > 1) {
      const counts = tally([...people.scene].map((scene) => scenes[scene]));
      legend.append(switches("scene", `Show ${told.scenes.by}`, scenes, counts, () => ink.scenes));
    }
    if (told.legend.length) {
      const names = told.legend.map(([group]) => group);
      const counts = tally(people.group.map((group) => names[group]));
      legend.append(switches("group", "Show styled", names, counts, () => ink.legend));
    }
    const order = (wanted, values) => [...wanted.filter((value) => values.has(value)),
      ...[...values.keys()].filter((value) => !wanted.includes(value)).sort()];
    const ties = tally(people.tie);
    const warm = tally(people.warm);
    narrow.append(
      titled("Tie", switches("tie", "Show ties", order(["deep", "shallow", "thin", "not met"], ties), ties)),
      titled("Warmth", switches("warm", "Show warmth", order(["warm", "cooling", "dormant"], warm), warm)),
      titled("Depth", depthRange()),
      titled("Last contact", lastChoice()),
      make("button", { type: "button", className: "bare", onclick: clear }, "Show everybody"),
    );
  };

  const depthRange = () => {
    const row = make("div", { className: "range" });
    const said = make("output", {});
    const ends = ["Least depth", "Greatest depth"].map((label, end) => {
      const slider = make("input", {
        type: "range", min: 0, max: 1, step: 0.05, value: state.depth[end], "aria-label": label,
        oninput: () => {
          const depth = [...state.depth];
          depth[end] = Number(slider.value);
          depth[end] = end ? Math.max(depth[1], depth[0]) : Math.min(depth[0], depth[1]);
          set({ depth });
        },
      });
      repaint.push(() => (slider.value = state.depth[end]));
      return slider;
    });
    repaint.push(() => (said.textContent = `${state.depth[0].toFixed(2)} to ${state.depth[1].toFixed(2)}`));
    row.append(...ends, said);
    return row;
  };
  const lastChoice = () => {
    const select = make("select", { "aria-label": "Last contact", onchange: () => set({ last: Number(select.value) }) },
      ...LAST.map(([days, words]) => make("option", { value: String(days) }, words)));
    repaint.push(() => (select.value = String(state.last)));
    return select;
  };
  const clear = () => set({
    off: { scene: new Set(), tie: new Set(), warm: new Set(), group: new Set() }, depth: [0, 1], last: 0,
  });

  const fits = (i) => {
    const { off, depth, last } = state;
    const deep = Number.isNaN(people.depth[i]) ? 0 : people.depth[i];
    return !(
      off.scene.has(told.scenes.names[people.scene[i]]) || off.tie.has(people.tie[i]) ||
      (off.warm.size && off.warm.has(people.warm[i])) ||
      (people.group[i] >= 0 && off.group.has(told.legend[people.group[i]][0])) ||
      deep < depth[0] || deep > depth[1] ||
      (last > 0 && !(people.last[i] !== null && people.last[i] <= last)) ||
      (last < 0 && !(people.last[i] !== null && people.last[i] > -last))
    );
  };

  /** How many meetings lie behind those shown: each once, however many of them were there. */
  const meetings = () => {
    if (told.companies) {
      return told.companies.reduce(
        (sum, row) => sum + (row.some((i, place) => place > 0 && visible[i]) ? row[0] : 0), 0);
    }
    return people.contacts.reduce((sum, contacts, i) => sum + (visible[i] ? contacts : 0), 0);
  };

  const apply = () => {
    let shown = 0;
    for (let i = 0; i < people.count; i += 1) {
      visible[i] = fits(i) ? 1 : 0;
      shown += visible[i];
    }
    sort();
    repaint.forEach((one) => one());
    const folded = meetings();
    const word = told.companies ? "meeting" : "contact";
    counted.textContent = `${figures.format(shown)} of ${figures.format(people.count)} shown, ` +
      `${figures.format(folded)} ${word}${folded === 1 ? "" : "s"} folded in`;
    tellLeftOut();
    redraw();
  };

  const tellLeftOut = () => {
    const said = [];
    if (drawn() < people.count) {
      const missing = people.count - drawn();
      said.push(`The picture leaves out the ${figures.format(missing)} least deep. `, make("button", {
        type: "button", className: "bare", onclick: () => set({ all: true }),
      }, "Draw them too"), " ");
    }
    if (told.tiesLeftOut) {
      said.push(`${figures.format(told.tiesLeftOut)} of the weakest ties between others are left out.`);
    }
    leftOut.replaceChildren(...said);
    leftOut.hidden = !said.length;
  };

  build();
  onTheme(() => repaint.forEach((one) => one()));
  listen((changed) => {
    if (["off", "depth", "last", "all"].some((key) => changed.has(key))) {
      apply();
    }
  });

  Object.assign(netnotes, { narrow: apply, clear });
})();
