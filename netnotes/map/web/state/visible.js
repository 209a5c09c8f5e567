// Decides by filters and the month who is on the picture. Draws nothing.
import { isPast, monthState, timeline } from "./month_state.js";
import { data, isNotes, people } from "./page_data.js";
import { onChange, state } from "./view_state.js";

/** 1 for people who are not left out by the month or a filter. */
export const visible = new Uint8Array(people.count).fill(1);
export const isShown = (i) => visible[i] === 1;
/** The number of people drawn, the deepest. */
export const drawnCount = () => (state.all ? people.count : Math.min(people.count, data.drawn));
/** Whether a person is drawn now. */
export const isDrawn = (i) => i >= 0 && visible[i] === 1 && i < drawnCount();

/** Whether a person is part of the month shown: an earlier one has only people met by then. */
export const isThere = (i) => isNotes || !isPast() || monthState.tie[i] !== "not met";

const fits = (i) => {
  const { off, depth } = state;
  const known = timeline.depthOf(i, state.month);
  const deep = Number.isNaN(known) ? 0 : known;
  const last = isPast() ? 0 : state.last;
  return isThere(i) && !(
    off.scene.has(data.scenes.names[people.scene[i]]) || off.tie.has(monthState.tie[i]) ||
    (off.warm.size && off.warm.has(monthState.warm[i])) ||
    (people.group[i] >= 0 && off.group.has(data.legend[people.group[i]][0])) ||
    deep < depth[0] || deep > depth[1] ||
    (last > 0 && !(people.last[i] !== null && people.last[i] <= last)) ||
    (last < 0 && !(people.last[i] !== null && people.last[i] > -last))
  );
};

/** Whether a month or a filter leaves anyone out. */
const isNarrowed = () => isPast() || state.last !== 0 || state.depth[0] > 0 || state.depth[1] < 1
  || Object.values(state.off).some(({ size }) => size > 0);
let count = people.count;
/** How many people are shown. */
export const shownCount = () => count;
const applyFilters = () => {
  if (!isNarrowed()) {
    visible.fill(1);
    count = people.count;
    return;
  }
  count = 0;
  for (let i = 0; i < people.count; i += 1) {
    visible[i] = Number(fits(i));
    count += visible[i];
  }
};
applyFilters();
/** The keys that decide who is shown. */
export const FILTERS = ["month", "off", "depth", "last", "all"];
onChange((changed) => FILTERS.some((key) => changed.has(key)) && applyFilters());
