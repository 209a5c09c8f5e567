// Decides who is highlighted: the person pointed at or chosen with those they know, a path, or the results of a search.
import { drawnPath } from "../state/drawn_path.js";
import { near } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { isDrawn } from "../state/visible.js";

let matches = [];
/** Highlight people found by a search while no one is pointed at or chosen. */
export const highlightMatches = (found) => (matches = found.filter(isDrawn));

/**
 * The person in focus, `one` (-1 for none), and their ties to `others`; `lit`: the set of people highlighted, null for
 * no highlighting; `hidesOthers`: the others get no names.
 */
export const highlighted = () => {
  const wanted = state.pointed >= 0 ? state.pointed : state.chosen;
  // A person who is not drawn (not met yet, or hidden by a filter) dims no one.
  const one = isDrawn(wanted) ? wanted : -1;
  const path = state.pointed >= 0 ? null : drawnPath();
  if (path) {
    return { one, others: [], lit: new Set([one, ...path.people].filter((i) => i >= 0)), hidesOthers: true };
  }
  if (one >= 0) {
    const others = near()[one].filter(([other]) => isDrawn(other));
    return { one, others, lit: new Set([one, ...others.map(([other]) => other)]), hidesOthers: false };
  }
  return { one, others: [], lit: matches.length ? new Set(matches) : null, hidesOthers: false };
};
