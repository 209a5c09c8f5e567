// Where people stand in the rings at any depth: in and out along their own ray, within their sector. Draws nothing.
"use strict";

(() => {
  const { told, people, past, standing, state } = netnotes;
  const TAU = Math.PI * 2;
  const EDGES = [1, ...told.rings.map(([depth]) => depth), 0];
  /** How far depth may move before somebody set aside for others is back on the mean distance of that depth. */
  const NEAR = 0.12;

  /** Angle of a share of what the aisle above me leaves of the circle. */
  const angle = (share, radius) => {
    const spared = Math.asin(Math.min(0.94, told.aisle / Math.max(radius, 1)));
    return spared + share * (TAU - 2 * spared);
  };
  const shareOf = (x, y) => {
    const spared = Math.asin(Math.min(0.94, told.aisle / Math.max(Math.hypot(x, y), 1)));
    return Math.min(1, Math.max(0, (((Math.atan2(x, -y) + TAU) % TAU) - spared) / (TAU - 2 * spared)));
  };
  const zoneOf = (depth) => Math.max(0, Math.min(EDGES.length - 2, EDGES.findIndex((edge) => depth >= edge) - 1));
  /** Distance of a depth from me. */
  const distance = (depth, radii) => {
    const zone = zoneOf(depth);
    const share = (EDGES[zone] - Math.min(depth, 1)) / (EDGES[zone] - EDGES[zone + 1]);
    return radii[zone] + share * (radii[zone + 1] - radii[zone]);
  };

  const rays = new Map();
  /** Share of the circle, and how far from the mean distance, of everybody in a grouping. */
  const raysOf = (grouping) => {
    if (!rays.has(grouping)) {
      const share = new Float32Array(people.count);
      const aside = new Float32Array(people.count);
      for (let i = 0; i < people.count; i += 1) {
        const [x, y] = [grouping.x[i], grouping.y[i]];
        share[i] = shareOf(x, y);
        aside[i] = Number.isNaN(people.depth[i]) ? 0 : Math.hypot(x, y) - distance(people.depth[i], grouping.radii);
      }
      rays.set(grouping, { share, aside });
    }
    return rays.get(grouping);
  };
  /** Distance of somebody at a depth: the mean one, but beside it as today while depth is much as today. */
  const away = (i, depth, grouping) => {
    const { radii } = grouping;
    const zone = zoneOf(depth);
    const alike = Number.isNaN(people.depth[i]) ? 0 : Math.max(0, 1 - Math.abs(depth - people.depth[i]) / NEAR);
    const wished = distance(depth, radii) + raysOf(grouping).aside[i] * alike;
    return Math.min(radii[zone + 1] - 1, Math.max(radii[zone] + 1, wished));
  };

  const places = { x: new Float32Array(people.count), y: new Float32Array(people.count) };
  /** Where everybody stands in the rings at the moment shown. */
  const ringPlaces = () => {
    const grouping = told.groupings[state.by];
    if (standing.at >= past.now) {
      return grouping;
    }
    const { share } = raysOf(grouping);
    const rim = grouping.radii.at(-1);
    for (let i = 0; i < people.count; i += 1) {
      const depth = standing.depth[i];
      let radius = rim;
      if (!Number.isNaN(depth)) {
        const own = away(i, depth, grouping);
        radius = own + (rim - own) * (1 - standing.there[i]);
      } else if (standing.at > past.now - 1) {
        radius = Math.hypot(grouping.x[i], grouping.y[i]);
      }
      const turn = angle(share[i], radius);
      places.x[i] = radius * Math.sin(turn);
      places.y[i] = -radius * Math.cos(turn);
    }
    return places;
  };

  Object.assign(netnotes, { angle, raysOf, away, ringPlaces });
})();
