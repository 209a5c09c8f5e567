// The positions of people in the rings at any depth: on their own ray, within their sector. Draws nothing.
import { angleOf, distanceOf, shareOf, zoneOf } from "../lib/rings.js";
import { monthState, timeline } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { state } from "../state/view_state.js";

const EDGES = [1, ...data.rings.map(([depth]) => depth), 0];
/** Change of depth after which a person who was moved aside for others is back at the normal distance of their depth. */
const NEAR = 0.12;

export const grouping = () => data.groupings[state.by];
export const angle = (share, radius) => angleOf(data.aisle, share, radius);

const rays = new Map();
/** Everyone's share of the circle, and their offset from the normal distance, in a grouping. */
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
/** The distance of a person at a depth: the normal one, with today's offset as long as the depth is close to today's. */
export const distanceFor = (i, depth, group) => {
  const { radii } = group;
  const zone = zoneOf(EDGES, depth);
  const alike = Number.isNaN(people.depth[i]) ? 0 : Math.max(0, 1 - Math.abs(depth - people.depth[i]) / NEAR);
  const wished = distanceOf(EDGES, depth, radii) + raysOf(group).aside[i] * alike;
  return Math.min(radii[zone + 1] - 1, Math.max(radii[zone] + 1, wished));
};

const places = { x: new Float32Array(people.count), y: new Float32Array(people.count) };
/** Everyone's position in the rings at the moment shown: {x, y}. */
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
