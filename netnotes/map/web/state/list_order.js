// The order of the list, the depth that decides it, and the heading of each row. Draws nothing.
import { monthState, timeline } from "./month_state.js";
import { data, isNotes, people } from "./page_data.js";
import { state } from "./view_state.js";

/** Depth from which on a note is well linked. */
const WELL = 0.3;

/** Depth in the month shown, whole: the picture may still be on its way there. */
export const depthOf = (i) => timeline.depthOf(i, state.month);
/** The heading of somebody's part of the list. */
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
/** Notes by how many links they have, in each part of the list: that number is what the list shows of them. */
const notes = () => {
  if (!byLinks) {
    const zones = [...new Set(monthState.order.map(zoneOf))];
    const zone = people.key.map((_, i) => zones.indexOf(zoneOf(i)));
    byLinks = [...monthState.order].sort((one, other) => zone[one] - zone[other] || data.degree[other] - data.degree[one]);
  }
  return byLinks;
};
/** Everybody in the order of the list: people by depth, notes by how many links they have. */
export const listOrder = () => (isNotes ? notes() : monthState.order);
