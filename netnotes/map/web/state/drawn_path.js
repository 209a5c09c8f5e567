// The paths from the person chosen to where the reader asked, and which of them is drawn.
import { findPaths, ME, stepsOf } from "../lib/paths.js";
import { data, isNotes, near, people } from "./page_data.js";
import { onChange, setState, state } from "./view_state.js";

const { noted, ignored, least, counts } = data.paths;
const left = new Set(ignored);
let steps = null;
let found = [];

export const pathsBetween = (from, to) => findPaths(
  steps ??= stepsOf({ depth: people.depth, near: near(), isScored: data.tiesScored, noted, ignored, least, counts }), from, to, left);
/** Whether somebody asked, in their note, to be left alone. */
export const isLeftAlone = (i) => left.has(i);
// Notes have no ties of mine to begin with.
export const isPathAsked = () => !isNotes && state.chosen >= 0 && state.to !== null && state.to !== state.chosen;
export const foundPaths = () => found;
/** The path drawn; null for none. */
export const drawnPath = () => found[Math.min(state.way, found.length - 1)] ?? null;
/** Ask for the path from the person chosen to another, from me (`ME`), or for none (null). */
export const askPath = (to) => setState({ to, way: 0 });

onChange((changed) => {
  if (["chosen", "to", "way"].some((key) => changed.has(key))) {
    found = !isPathAsked() ? [] : state.to === ME ? pathsBetween(ME, state.chosen) : pathsBetween(state.chosen, state.to);
  }
});
