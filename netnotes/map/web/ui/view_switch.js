// The switches for the picture, and for the sectors of the rings.
import { data, isNotes } from "../state/page_data.js";
import { onChange, setState, state } from "../state/view_state.js";
import { isNetwork } from "../draw/transition.js";
import { make } from "./elements.js";

const by = document.getElementById("by");
const view = document.getElementById("view");

/** A row of radio buttons, [word, title] each; `at()` returns the index chosen, `pick(index)` chooses one. */
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
  onChange(mark);
  mark();
};
const VIEWS = ["rings", "network"];
/** Show the other picture, or the one named. */
export const showView = (name = VIEWS[(VIEWS.indexOf(state.view) + 1) % VIEWS.length]) => setState({ view: name, at: null });
/** Build the choices of picture and sectors. */
export const buildViews = () => {
  if (isNotes) {
    view.hidden = by.hidden = true;
    return;
  }
  segments(view, [["rings", "How near each is to me (n)"], ["network", "Who knows whom (n)"]],
    () => VIEWS.indexOf(state.view), (index) => showView(VIEWS[index]));
  if (data.groupings.length > 1) {
    by.append(make("span", { className: "soft" }, "by"));
    segments(by, data.groupings.map((grouping) => [grouping.key]), () => state.by, (index) => setState({ by: index }));
  } else if (data.groupings[0].names.length > 1) {
    // There is no choice, but the sectors need a name.
    by.removeAttribute("role");
    by.removeAttribute("aria-label");
    by.append(make("span", { className: "soft" }, `by ${data.groupings[0].key}`));
  }
  const fit = () => (by.hidden = isNetwork() || !by.childElementCount);
  onChange((changed) => changed.has("view") && fit());
  fit();
};
