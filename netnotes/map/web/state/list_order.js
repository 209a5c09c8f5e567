// The order of the list and the heading of each row. Draws nothing.
import { monthState, timeline } from "./month_state.js";
import { data, isNotes, people } from "./page_data.js";
import { state } from "./view_state.js";

/** Minimum depth of a well-linked note. */
const WELL = 0.3;

/** Depth in the month shown; the picture may still be moving there. */
export const depthOf = (i) => timeline.depthOf(i, state.month);
/** The heading under which a person is listed. */
export const zoneOf = (i) => {
  const depth = depthOf(i);
  if (Number.isNaN(depth)) {
    return data.words.noneyet;
  }
  if (isNotes) {
    return depth >= data.deep ? "hubs" : depth >= WELL ? "well linked" : "loosely linked";
  }
  return data.rings.find(([edge]) => depth >= edge)?.[1] ?? "acquaintances";
};

let byLinks = null;
/** Under each heading, notes by their number of links, which is what the list shows. */
const notes = () => {
  if (!byLinks) {
    const zones = [...new Set(monthState.order.map(zoneOf))];
    const zone = people.key.map((_, i) => zones.indexOf(zoneOf(i)));
    byLinks = [...monthState.order].sort((one, other) => zone[one] - zone[other] || data.degree[other] - data.degree[one]);
  }
  return byLinks;
};
/** Everyone in the order of the list: people by depth, notes by number of links. */
export const listOrder = () => (isNotes ? notes() : monthState.order);
