// The paths between the chosen person and the one asked for, and which of them is drawn.
import { findPaths, ME, stepsOf } from "../lib/paths.js";
import { data, isNotes, near, people } from "./page_data.js";
import { onChange, setState, state } from "./view_state.js";

const { noted, ignored, least, counts } = data.paths;
const left = new Set(ignored);
let steps = null;
let found = [];

export const pathsBetween = (from, to) => findPaths(
  steps ??= stepsOf({ depth: people.depth, near: near(), isScored: data.tiesScored, noted, ignored, least, counts }), from, to, left);
/** Whether a person's note says to leave them alone. */
export const isLeftAlone = (i) => left.has(i);
// On a map of notes I have no ties.
export const isPathAsked = () => !isNotes && state.chosen >= 0 && state.to !== null && state.to !== state.chosen;
export const foundPaths = () => found;
/** The path drawn; null for none. */
export const drawnPath = () => found[Math.min(state.pathIndex, found.length - 1)] ?? null;
/** Ask for the path between the chosen person and another or me (`ME`), or for none (null). */
export const askPath = (to) => setState({ to, pathIndex: 0 });

onChange((changed) => {
  if (["chosen", "to", "pathIndex"].some((key) => changed.has(key))) {
    found = !isPathAsked() ? [] : state.to === ME ? pathsBetween(ME, state.chosen) : pathsBetween(state.chosen, state.to);
  }
});
