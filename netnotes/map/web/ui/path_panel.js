// The path to someone, step by step: requested in the panel, listed there, and drawn on the picture.
import { ME } from "../lib/paths.js";
import { askPath, drawnPath, foundPaths, isLeftAlone, isPathAsked } from "../state/drawn_path.js";
import { isPast } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { invalidate, redraw } from "../draw/frame.js";
import { choose } from "./choose.js";
import { announce, make, nameElement } from "./elements.js";
import { suggesting } from "./search.js";

export const pathSection = make("section", { id: "paths", "aria-label": "Paths to this person" });
const called = (i, me = "you") => (i === ME ? make("span", {}, me) : nameElement(people.name[i]));
const plain = (i) => (i === ME ? "you" : people.name[i]);
const two = (value) => (value < 0.005 ? "under 0.01" : value.toFixed(2));

const KINDS = {
  mine: (strength) => (strength >= data.deep ? "deep" : "shallow"),
  scored: (strength) => (strength >= data.deep ? "deep" : "shallow"),
  counted: () => "by how often they met",
  noted: () => "named in a note, never seen together",
};
/** One step in words. */
const describeStep = (step) => `${two(step.strength)} ${KINDS[step.kind](step.strength)}`;

const steps = (path) => make("ol", { className: "path" },
  make("li", { className: "stop" }, called(path.people[0])),
  ...path.steps.flatMap((step, at) => {
    const weak = path.steps.length > 1 && at === path.weakest;
    const tie = make("li", { className: weak ? "leg weak" : "leg" },
      make("span", {}, describeStep(step)), weak ? make("strong", {}, "the weakest step") : null);
    tie.style.setProperty("--thick", `${(1.5 + 4 * step.strength).toFixed(1)}px`);
    const stop = step.to === ME ? called(ME) : make("button", {
      type: "button", className: "bare", onclick: () => choose(step.to, { look: true }),
    }, called(step.to));
    return [tie, make("li", { className: "stop" }, at === path.steps.length - 1 && step.to === state.chosen ? called(step.to) : stop)];
  }));

const words = (path) => (path.steps.length === 1 ? "direct" : `through ${path.people.slice(1, -1).map(plain).join(", ")}`);
const others = () => foundPaths().map((path, at) => make("button", {
  type: "button", className: "switch", "aria-pressed": String(path === drawnPath()), onclick: () => setState({ pathIndex: at }),
}, make("bdi", {}, words(path)), make("span", { className: "soft" }, two(path.strength))));

const answer = () => {
  const goal = state.to === ME ? state.chosen : state.to;
  const path = drawnPath();
  if (!path) {
    const ignored = [state.chosen, goal].find((i) => i >= 0 && isLeftAlone(i));
    return [make("p", {}, ...(ignored === undefined
      ? ["No path leads to ", called(goal), ": no one in your notes was ever seen with them."]
      : [called(ignored), " asked to be left alone: the note says ", make("code", {}, "netnotes: ignore"), "."]))];
  }
  const direct = foundPaths().find((one) => one.steps.length === 1);
  const advice = state.to === ME && direct && foundPaths()[0] !== direct
    ? make("p", { className: "soft" }, `Your own tie is ${two(direct.strength)}: ask `, called(foundPaths()[0].people[1]), " first.") : null;
  return [
    foundPaths().length > 1 ? make("div", { className: "switches", role: "group", "aria-label": "Paths" }, ...others()) : null,
    steps(path),
    path.steps.length > 1 ? make("p", { className: "soft" }, `The whole path ${two(path.strength)}: all steps multiplied.`) : null,
    advice,
    isPast() ? make("p", { className: "soft" }, "The path is as of today, not of the month shown.") : null,
    data.tiesScored ? null : make("p", { className: "soft" },
      "This page has no depths between others; how often they met is used instead."),
  ];
};

const field = () => {
  const list = make("ul", { id: "goals", role: "listbox", "aria-label": "People found", hidden: true });
  const input = make("input", {
    id: "goal", type: "text", role: "combobox", autocomplete: "off", placeholder: "to someone else…",
      "aria-label": "Path to someone else, by name", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "goals",
  });
  input.spellcheck = false;
  suggesting(input, list, {
    pick: (i) => ask(i), type: () => {}, except: [state.chosen],
    taken: () => pathSection.querySelector("#goal")?.focus(), leave: () => document.getElementById("picture").focus(),
  });
  return make("div", { className: "search" }, input, list);
};

const fill = () => {
  const isMine = state.to === ME;
  const toOther = state.to !== null && !isMine && isPathAsked();
  pathSection.replaceChildren(
    make("h3", {}, "Path"),
    make("div", { className: "asking" },
      make("button", {
        type: "button", className: "switch", "aria-pressed": String(isMine), title: "Path from you (d)",
        onclick: () => ask(isMine ? null : ME),
      }, "from you"),
      toOther ? make("button", {
        type: "button", className: "switch", "aria-pressed": "true", title: "Not to this person", onclick: () => ask(null),
      }, "to ", called(state.to), " ×") : null,
      field()),
    ...(isPathAsked() ? answer() : []).filter(Boolean));
};

/** Ask for a path and say what was found. */
export const ask = (to) => {
  askPath(to);
  if (to !== null) {
    const path = drawnPath();
    announce(path
      ? `${path.people.map(plain).join(", then ")}. Weakest step ${two(path.steps[path.weakest].strength)}.` : "No path leads there.");
  }
};
/** The key `d`: first the path from me, then to someone whose name is asked for. */
export const askPathByKey = () => {
  if (state.chosen < 0) {
    announce("Choose someone first.");
  } else if (state.to === null) {
    ask(ME);
  } else {
    pathSection.querySelector("#goal").focus();
  }
};

onChange((changed) => {
  if (["chosen", "to", "pathIndex"].some((key) => changed.has(key))) {
    if (state.chosen >= 0) {
      fill();
    }
    invalidate();
    redraw();
  }
});
