// Where people are drawn in the rings at any depth: in and out along their own ray, within their sector. Draws nothing.
import { angleOf, distanceOf, shareOf, zoneOf } from "../lib/rings.js";
import { monthState, timeline } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { state } from "../state/view_state.js";

const EDGES = [1, ...data.rings.map(([depth]) => depth), 0];
/** How far depth may change before somebody set aside for others is back on the mean distance of that depth. */
const NEAR = 0.12;

export const grouping = () => data.groupings[state.by];
export const angle = (share, radius) => angleOf(data.aisle, share, radius);

const rays = new Map();
/** Share of the circle, and how far from the mean distance, of everybody in a grouping. */
export const raysOf = (group) => {
  if (!rays.has(group)) {
    const share = new Float32Array(people.count);
    const aside = new Float32Array(people.count);
    for (let i = 0; i < people.count; i += 1) {
      const [x, y] = [group.x[i], group.y[i]];
      share[i] = shareOf(data.aisle, x, y);
      aside[i] = Number.isNaN(people.depth[i]) ? 0 : Math.hypot(x, y) - distanceOf(EDGES, people.depth[i], group.radii);
    }
    rays.set(group, { share, aside });
  }
  return rays.get(group);
};
/** Distance of somebody at a depth: the mean one, but set aside as today while depth is much as today. */
export const distanceFor = (i, depth, group) => {
  const { radii } = group;
  const zone = zoneOf(EDGES, depth);
  const alike = Number.isNaN(people.depth[i]) ? 0 : Math.max(0, 1 - Math.abs(depth - people.depth[i]) / NEAR);
  const wished = distanceOf(EDGES, depth, radii) + raysOf(group).aside[i] * alike;
  return Math.min(radii[zone + 1] - 1, Math.max(radii[zone] + 1, wished));
};

const places = { x: new Float32Array(people.count), y: new Float32Array(people.count) };
/** Where everybody is drawn in the rings at the moment shown: {x, y}. */
export const ringPlaces = () => {
  const group = grouping();
  if (monthState.at >= timeline.now) {
    return group;
  }
  const { share } = raysOf(group);
  const rim = group.radii.at(-1);
  for (let i = 0; i < people.count; i += 1) {
    const depth = monthState.depth[i];
    let radius = rim;
    if (!Number.isNaN(depth)) {
      const own = distanceFor(i, depth, group);
      radius = own + (rim - own) * (1 - monthState.there[i]);
    } else if (monthState.at > timeline.now - 1) {
      radius = Math.hypot(group.x[i], group.y[i]);
    }
    const turn = angle(share[i], radius);
    places.x[i] = radius * Math.sin(turn);
    places.y[i] = -radius * Math.cos(turn);
  }
  return places;
};
