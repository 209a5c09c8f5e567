// Geometry of the rings: the angle and distance at which a person is drawn.

const TAU = Math.PI * 2;

/** The angle kept free above me, for the rings' names, at a distance. */
const spared = (aisle, radius) => Math.asin(Math.min(0.94, aisle / Math.max(radius, 1)));

/** Angle (clockwise from the top) of a share, 0 to 1, of the circle without the aisle. */
export const angleOf = (aisle, share, radius) => {
  const free = spared(aisle, radius);
  return free + share * (TAU - 2 * free);
};

/** The inverse of `angleOf`: the share, 0 to 1, of a position. */
export const shareOf = (aisle, x, y) => {
  const free = spared(aisle, Math.hypot(x, y));
  return Math.min(1, Math.max(0, (((Math.atan2(x, -y) + TAU) % TAU) - free) / (TAU - 2 * free)));
};

/** Number of the zone of a depth; `edges` are the depths of its borders, from 1 down to 0. */
export const zoneOf = (edges, depth) => Math.max(0, Math.min(edges.length - 2, edges.findIndex((edge) => depth >= edge) - 1));

/** Distance of a depth from me; `radii` are the distances of the edges. */
export const distanceOf = (edges, depth, radii) => {
  const zone = zoneOf(edges, depth);
  const share = (edges[zone] - Math.min(depth, 1)) / (edges[zone] - edges[zone + 1]);
  return radii[zone] + share * (radii[zone + 1] - radii[zone]);
};
