// Narrow the picture by scene, tie, warmth, depth, last contact and what stylers add; count what is left.
"use strict";

(() => {
  const {
    told, people, state, set, listen, ink, onTheme, make, name, visible, sort, drawn, redraw, standing, past, isPast, monthName,
  } = netnotes;
  const legend = document.getElementById("legend");
  const narrow = document.getElementById("narrow");
  const counted = document.getElementById("count");
  const leftOut = document.getElementById("leftout");
  const figures = new Intl.NumberFormat("en-GB");
  const LAST = [[0, "any time"], [30, "within a month"], [90, "within 3 months"], [365, "within a year"],
    [-90, "over 3 months ago"], [-365, "over a year ago"]];
  const repaint = [];

  /** Whether somebody is on the map in the month shown: in an earlier one only whoever was met by then. */
  const isThere = (i) => !isPast() || standing.tie[i] !== "not met";
  /** How many of those on the map have each value. */
  const tally = (of) => {
    const counts = new Map();
    for (let i = 0; i < people.count; i += 1) {
      if (isThere(i)) {
        counts.set(of(i), (counts.get(of(i)) ?? 0) + 1);
      }
    }
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
  const switches = (key, title, values, of, colours) => {
    let counts = new Map();
    repaint.push(() => (counts = tally(of)));
    const row = make("div", { className: "switches", role: "group", "aria-label": title });
    for (const [place, value] of values.entries()) {
      const dot = colours ? make("i", { className: "dot" }) : null;
      const many = make("span", { className: "soft" });
      const button = make(
        "button",
        {
          type: "button", className: "switch", title: "Alt and click: this one alone",
          onclick: (event) => (event.altKey ? only(key, value, values) : toggle(key, value)),
        },
        dot, name(value), many,
      );
      repaint.push(() => {
        button.setAttribute("aria-pressed", String(!state.off[key].has(value)));
        many.textContent = figures.format(counts.get(value) ?? 0);
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
      legend.append(switches("scene", `Show ${told.scenes.by}`, scenes, (i) => scenes[people.scene[i]], () => ink.scenes));
    }
    if (told.legend.length) {
      const names = told.legend.map(([group]) => group);
      legend.append(switches("group", "Show styled", names, (i) => names[people.group[i]], () => ink.legend));
    }
    const order = (wanted, values) => [...wanted.filter((value) => values.has(value)),
      ...[...values].filter((value) => !wanted.includes(value)).sort()];
    const ties = new Set([...people.tie, ...past.words.tie]);
    const warm = new Set([...people.warm, ...past.words.warm]);
    narrow.append(
      titled(told.words.tie, switches("tie", "Show ties", order(["deep", "shallow", "thin", told.words.none], ties), (i) => standing.tie[i])),
      told.kind === "notes" ? "" : titled("Warmth", switches("warm", "Show warmth", order(["warm", "cooling", "dormant"], warm), (i) => standing.warm[i])),
      titled("Depth", depthRange()),
      people.last.some((day) => day !== null) ? titled(told.words.last, lastChoice()) : "",
      make("button", { type: "button", className: "bare", onclick: clear }, told.words.everybody),
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
    const select = make("select", { "aria-label": told.words.last, onchange: () => set({ last: Number(select.value) }) },
      ...LAST.map(([days, words]) => make("option", { value: String(days) }, words)));
    const rests = make("span", { className: "soft why" }, "counts from today; rests while an earlier month is shown");
    repaint.push(() => {
      select.value = String(state.last);
      select.disabled = isPast();
      rests.hidden = !isPast();
    });
    return make("div", {}, select, rests);
  };
  const clear = () => set({
    off: { scene: new Set(), tie: new Set(), warm: new Set(), group: new Set() }, depth: [0, 1], last: 0,
  });

  const fits = (i) => {
    const { off, depth } = state;
    const known = isPast() ? past.depthOf(i, state.month) : people.depth[i];
    const deep = Number.isNaN(known) ? 0 : known;
    const last = isPast() ? 0 : state.last;
    return isThere(i) && !(
      off.scene.has(told.scenes.names[people.scene[i]]) || off.tie.has(standing.tie[i]) ||
      (off.warm.size && off.warm.has(standing.warm[i])) ||
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

  const foldedIn = () => {
    const folded = meetings();
    return `${figures.format(folded)} ${told.companies ? "meeting" : "contact"}${folded === 1 ? "" : "s"} folded in`;
  };

  const apply = () => {
    let shown = 0;
    for (let i = 0; i < people.count; i += 1) {
      visible[i] = fits(i) ? 1 : 0;
      shown += visible[i];
    }
    sort();
    repaint.forEach((one) => one());
    counted.textContent = isPast()
      ? `${figures.format(shown)} of ${figures.format(people.count)} shown, end of ${monthName(state.month)}`
      : `${figures.format(shown)} of ${figures.format(people.count)} shown${told.kind === "notes" ? "" : `, ${foldedIn()}`}`;
    tellLeftOut();
    redraw();
  };

  const tellLeftOut = () => {
    const said = [];
    if (told.notesLeftOut) {
      const one = told.notesLeftOut === 1;
      said.push(`The ${one ? "note" : `${figures.format(told.notesLeftOut)} notes`} with the shallowest links ${one ? "is" : "are"} left out; `,
        make("code", {}, `graph --most ${people.count + told.notesLeftOut}`), ` draws ${one ? "it" : "them"} too. `);
    }
    if (drawn() < people.count) {
      const missing = people.count - drawn();
      said.push(`The picture leaves out the ${figures.format(missing)} least deep. `, make("button", {
        type: "button", className: "bare", onclick: () => set({ all: true }),
      }, "Draw them too"), " ");
    }
    if (told.tiesLeftOut) {
      said.push(`${figures.format(told.tiesLeftOut)} ${told.words.weakest}`);
    }
    if (isPast() && past.left) {
      said.push(` Earlier months hold the deepest ${figures.format(past.known)} people alone.`);
    }
    if (isPast() && past.slow) {
      said.push(` Earlier months than these would take long: ${past.slow} looks at everybody again for each.`);
    }
    if (told.tiesUnscored) {
      said.push(` Of the ties between others ${figures.format(told.tiesUnscored)}, those with the fewest contacts, are not scored and drawn faint.`);
    }
    leftOut.replaceChildren(...said);
    leftOut.hidden = !said.length;
  };

  build();
  onTheme(() => repaint.forEach((one) => one()));
  listen((changed) => {
    if (["month", "off", "depth", "last", "all"].some((key) => changed.has(key))) {
      apply();
    }
  });

  Object.assign(netnotes, { narrow: apply, clear });
})();
