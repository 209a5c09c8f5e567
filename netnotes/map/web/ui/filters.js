// Narrow the picture by scene, tie, warmth, depth, last contact and what stylers add; count what is left.
import { figures } from "../lib/text.js";
import { details, meetings } from "../state/details.js";
import { isPast, monthName, monthState, timeline } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { drawnCount, FILTERS, isThere, shownCount, visible } from "../state/visible.js";
import { ink, onTheme } from "../draw/theme.js";
import { isNetwork } from "../draw/transition.js";
import { make, nameElement } from "./elements.js";

const legend = document.getElementById("legend");
const controls = document.getElementById("narrow");
const counted = document.getElementById("count");
const leftOut = document.getElementById("leftout");
const LAST = [[0, "any time"], [30, "within a month"], [90, "within 3 months"], [365, "within a year"],
  [-90, "over 3 months ago"], [-365, "over a year ago"]];
const repaint = [];

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
  setState({ off: { ...state.off, [key]: off } });
};
const only = (key, value, all) => {
  const others = all.filter((other) => other !== value);
  const isOnlyOne = others.length && others.every((other) => state.off[key].has(other)) && !state.off[key].has(value);
  setState({ off: { ...state.off, [key]: new Set(isOnlyOne ? [] : others) } });
};

/** A row of switches, one for each value; an Alt-click shows only that one, a second one shows all again. */
const switches = (key, title, values, of, colours) => {
  let counts = new Map();
  repaint.push(() => (counts = tally(of)));
  const row = make("div", { className: "switches", role: "group", "aria-label": title });
  for (const [place, value] of values.entries()) {
    const isCored = key === "scene" && data.scenes.marked[place];
    const dot = colours ? make("i", { className: isCored ? "dot cored" : "dot" }) : null;
    const many = make("span", { className: "soft" });
    const button = make(
      "button",
      {
        type: "button", className: "switch", title: "Alt-click: only this one",
        onclick: (event) => (event.altKey ? only(key, value, values) : toggle(key, value)),
      },
      dot, nameElement(value), many,
    );
    repaint.push(() => {
      button.setAttribute("aria-pressed", String(!state.off[key].has(value)));
      many.textContent = figures(counts.get(value) ?? 0);
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
  const scenes = data.scenes.names;
  if (scenes.length > 1) {
    legend.append(switches("scene", `Show ${data.scenes.by}`, scenes, (i) => scenes[people.scene[i]], () => ink.scenes));
  }
  if (data.legend.length) {
    const names = data.legend.map(([group]) => group);
    legend.append(switches("group", "Show styled", names, (i) => names[people.group[i]], () => ink.legend));
  }
  const order = (wanted, values) => [...wanted.filter((value) => values.has(value)),
    ...[...values].filter((value) => !wanted.includes(value)).sort()];
  const ties = new Set([...people.tie, ...timeline.words.tie]);
  const warm = new Set([...people.warm, ...timeline.words.warm]);
  controls.append(
    titled(data.words.tie, switches("tie", "Show ties", order(["deep", "shallow", "thin", data.words.none], ties), (i) => monthState.tie[i])),
    data.kind === "notes" ? "" : titled("Warmth", switches("warm", "Show warmth", order(["warm", "cooling", "dormant"], warm), (i) => monthState.warm[i])),
    titled("Depth", depthRange()),
    people.last.some((day) => day !== null) ? titled(data.words.last, lastChoice()) : "",
    make("button", { type: "button", className: "bare", onclick: clearFilters }, data.words.everybody),
  );
};

/** One track with two handles. */
const depthRange = () => {
  const row = make("div", { className: "range" });
  const range = make("output", {});
  const set = (end, value) => {
    const depth = [...state.depth];
    depth[end] = end ? Math.max(value, depth[0]) : Math.min(value, depth[1]);
    setState({ depth });
  };
  const ends = ["Least depth", "Greatest depth"].map((label, end) => make("input", {
    type: "range", min: 0, max: 1, step: 0.05, value: state.depth[end], "aria-label": label,
    oninput: (event) => {
      set(end, Number(event.target.value));
      event.target.value = state.depth[end];
    },
  }));
  row.append(...ends);
  // A press on the track moves the nearer handle there.
  row.addEventListener("pointerdown", (event) => {
    if (event.target === row) {
      const { left, width } = row.getBoundingClientRect();
      const value = Math.round(20 * Math.min(1, Math.max(0, (event.clientX - left - 7) / (width - 14)))) / 20;
      set(Number(Math.abs(value - state.depth[1]) < Math.abs(value - state.depth[0])), value);
    }
  });
  repaint.push(() => {
    ends.forEach((slider, end) => (slider.value = state.depth[end]));
    row.style.setProperty("--from", `${100 * state.depth[0]}%`);
    row.style.setProperty("--to", `${100 * state.depth[1]}%`);
    range.textContent = `${state.depth[0].toFixed(2)} to ${state.depth[1].toFixed(2)}`;
  });
  return make("div", {}, row, range);
};
const lastChoice = () => {
  const select = make("select", { "aria-label": data.words.last, onchange: () => setState({ last: Number(select.value) }) },
    ...LAST.map(([days, words]) => make("option", { value: String(days) }, words)));
  const rests = make("span", { className: "soft why" }, "counted from today; off while an earlier month is shown");
  repaint.push(() => {
    select.value = String(state.last);
    select.disabled = isPast();
    rests.hidden = !isPast();
  });
  return make("div", {}, select, rests);
};
export const clearFilters = () => setState({
  off: { scene: new Set(), tie: new Set(), warm: new Set(), group: new Set() }, depth: [0, 1], last: 0,
});

/** Number of meetings with those shown; each counts once, however many of them were there. */
const meetingCount = () => {
  if (meetings) {
    return meetings.reduce(
      (sum, row) => sum + (row.some((i, place) => place > 0 && visible[i]) ? row[0] : 0), 0);
  }
  return details.contacts.reduce((sum, contacts, i) => sum + (visible[i] ? contacts : 0), 0);
};

const foldedIn = () => {
  const folded = meetingCount();
  return `from ${figures(folded)} ${meetings ? "meeting" : "contact"}${folded === 1 ? "" : "s"}`;
};

export const narrow = () => {
  const shown = shownCount();
  repaint.forEach((one) => one());
  counted.textContent = isPast()
    ? `${figures(shown)} of ${figures(people.count)} shown, end of ${monthName(state.month)}`
    : `${figures(shown)} of ${figures(people.count)} shown${data.kind === "notes" ? "" : `, ${foldedIn()}`}`;
  showLeftOut();
};

const showLeftOut = () => {
  const remarks = [];
  if (data.notesLeftOut) {
    const one = data.notesLeftOut === 1;
    remarks.push(`The ${one ? "note" : `${figures(data.notesLeftOut)} notes`} with the shallowest links ${one ? "is" : "are"} left out; `,
      make("code", {}, `graph --most ${people.count + data.notesLeftOut}`), ` draws ${one ? "it" : "them"} too. `);
  }
  if (drawnCount() < people.count) {
    const missing = people.count - drawnCount();
    remarks.push(`The ${figures(missing)} shallowest people are not drawn. `, make("button", {
      type: "button", className: "bare", onclick: () => setState({ all: true }),
    }, "Draw them too"), " ");
  }
  if (data.tiesLeftOut) {
    remarks.push(`${figures(data.tiesLeftOut)} ${data.words.weakest}`);
  }
  if (isPast() && isNetwork()) {
    remarks.push("Ties between others, and their groups, are as of today. ");
  }
  if (isPast() && timeline.unknown) {
    remarks.push(` Earlier months show only the deepest ${figures(timeline.known)} people.`);
  }
  if (isPast() && timeline.slow) {
    remarks.push(` Earlier months are left out: ${timeline.slow} has to score everyone again for each.`);
  }
  if (data.tiesUnscored) {
    remarks.push(` ${figures(data.tiesUnscored)} ties between others, those with the fewest contacts, are not scored and drawn faint.`);
  }
  leftOut.replaceChildren(...remarks);
  leftOut.hidden = !remarks.length;
};

build();
onTheme(() => repaint.forEach((one) => one()));
onChange((changed) => {
  if (changed.has("view") || FILTERS.some((key) => changed.has(key))) {
    narrow();
  }
});
