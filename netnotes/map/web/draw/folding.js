// While a large network is drawn small, each of its communities is folded into one dot. Decides who is hidden by that,
// and draws the folded communities.
import { figures } from "../lib/text.js";
import { monthState } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { visible } from "../state/visible.js";
import { drawnVersion } from "./frame.js";
import { ink } from "./theme.js";
import { networkShare } from "./transition.js";

const { circles, of } = data.network;
const TAU = Math.PI * 2;
/** With more people than the first number, communities fold; those with a larger radius than the second (pixels) are open. */
const [CROWD, OPEN] = [1500, 34];
/** Radius from which on a folded community shows its number of people, in pixels. */
const NUMBERED = 7;

/** Whether a community is drawn as one dot. */
export const isFolded = (community, scale) =>
  community >= 0 && people.count > CROWD && networkShare() >= 1 && circles[community][2] * scale < OPEN;
/** Whether a person is hidden in a folded community; deep and highlighted people never are. */
export const isFoldedAway = (i, scale, lit) =>
  isFolded(of[i], scale) && monthState.depth[i] < data.deep && i !== state.chosen && i !== state.pointed && !lit?.has(i);
/** Whether a person has no ties to others while communities are folded; they get no name until those are open. */
export const isAside = (i, scale) => of[i] < 0 && isFolded(circles.length - 1, scale);
const members = circles.map(() => []);
of.forEach((community, i) => community >= 0 && members[community].push(i));
const fontSize = (radius) => Math.min(16, Math.max(8.5, radius * 0.55));
/** Positions of a community's number, in shares of its radius; below is the last, since the scene is written there. */
const SPOTS = [[0, 0], [0, -0.5], [-0.5, 0], [0.5, 0], [-0.4, -0.4], [0.4, -0.4], [-0.4, 0.4], [0.4, 0.4], [0, 0.5]];
/** The first of SPOTS that covers no one drawn on a folded community; its middle if there is none. */
const freeSpot = (now, community) => {
  const [cx, cy, radius] = circles[community];
  const drawn = members[community].filter((i) => visible[i] && !isFoldedAway(i, now.scale));
  return SPOTS.find(([across, down]) => drawn.every((i) => now.scale * Math.hypot(people.x[i] - cx - across * radius,
    people.y[i] - cy - down * radius) > people.size[i] * now.dot + 0.5 * fontSize(radius * now.scale))) ?? SPOTS[0];
};
let spots = { key: "", found: [] };
/** The position of a folded community's number; cached, since each frame of a moving picture needs it. */
const numberSpot = (now, community) => {
  const key = [drawnVersion(), now.scale, state.chosen, state.pointed].join(" ");
  spots = key === spots.key ? spots : { key, found: [] };
  const [across, down] = (spots.found[community] ??= freeSpot(now, community));
  const [cx, cy, radius] = circles[community];
  return [now.x + (cx + across * radius) * now.scale, now.y + (cy + down * radius) * now.scale];
};
/** The boxes of the numbers on folded communities. */
export const numberBoxes = (now) => circles.flatMap(([, , radius], community) => {
  if (!isFolded(community, now.scale) || radius * now.scale < NUMBERED) {
    return [];
  }
  const half = 0.6 * radius * now.scale;
  const [x, y] = numberSpot(now, community);
  return [[x - half, y - half, x + half, y + half]];
});
/** The folded community at a point of the picture, -1 for none. */
export const foldedAt = (now, x, y) =>
  circles.findIndex(([cx, cy, radius], community) => isFolded(community, now.scale)
    && Math.hypot(now.x + cx * now.scale - x, now.y + cy * now.scale - y) <= radius * now.scale);

const tallies = circles.map(() => new Map());
of.forEach((community, i) => community >= 0
  && tallies[community].set(people.scene[i], (tallies[community].get(people.scene[i]) ?? 0) + 1));
const mostScene = tallies.map((counts) => {
  const [scene, count] = [...counts].sort((one, other) => other[1] - one[1])[0] ?? [0, 0];
  return { scene, share: count / Math.max(1, [...counts.values()].reduce((sum, one) => sum + one, 0)) };
});
/** The scene of more than half of a community's people; null if there is none. */
export const sharedScene = (community) => {
  const { scene, share } = mostScene[community];
  return share > 0.5 && data.scenes.names.length > 1 ? data.scenes.names[scene] : null;
};

/** Draw the folded communities in the colour of most of their people, with the number of people shown. */
export const drawFolded = (ctx, now, filled) => {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  circles.forEach(([cx, cy, radius], community) => {
    if (!filled[community] || !isFolded(community, now.scale)) {
      return;
    }
    const [x, y, size] = [now.x + cx * now.scale, now.y + cy * now.scale, radius * now.scale];
    const beyond = size + (now.edge ?? 0);
    if (x < -beyond || y < -beyond || x > now.width + beyond || y > now.height + beyond) {
      return;
    }
    const colour = ink.scenes[mostScene[community].scene];
    ctx.beginPath();
    ctx.arc(x, y, size * 0.92, 0, TAU);
    ctx.globalAlpha = 0.2;
    ctx.fillStyle = colour;
    ctx.fill();
    ctx.globalAlpha = 0.85;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.3;
    ctx.stroke();
    ctx.globalAlpha = 1;
    if (size >= NUMBERED) {
      const [numberX, numberY] = numberSpot(now, community);
      ctx.font = `600 ${fontSize(size)}px ${ink["text-font"]}`;
      ctx.fillStyle = ink.ink;
      ctx.fillText(figures(filled[community]), numberX, numberY + 0.5);
    }
  });
};
