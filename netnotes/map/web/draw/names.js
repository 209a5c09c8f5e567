// Names on the picture: what they must not cover, when they are placed again, and how they are written.
import { doMeet } from "../lib/room.js";
import { isolated } from "../lib/text.js";
import { monthState } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { visible } from "../state/visible.js";
import { spotOf } from "./camera.js";
import { ringTexts } from "./background.js";
import { shownPeople } from "./dots.js";
import { numberBoxes } from "./folding.js";
import { areNamesStale, namesPlaced, redraw } from "./frame.js";
import { placedTitles } from "./groups.js";
import { placeNames } from "./labels.js";
import { plateBoxes } from "./path_layer.js";
import { grouping } from "./ring_positions.js";
import { ink } from "./theme.js";
import { trailBoxes } from "./trail.js";
import { networkShare } from "./transition.js";
import { covered as coveredParts } from "./viewport.js";

const TAU = Math.PI * 2;
/** Milliseconds for which names stay beside people who move while the months are played. */
const DRIFT = 1200;
/** With more people than this, the first frame has no names, and names are not placed again while the picture moves. */
export const CROWD = 200;
let names = [];
let drawn = [];
let placedAt = "";
let placedWhen = 0;
/** People whose name a dot has covered since it was placed; it is shown again when names are placed again. */
let covered = new Set();
/** Whether names are drawn yet: for many people, placing them takes as long as everything else. */
let isBegun = people.count <= CROWD;
/** Draw names from the next frame on. */
export const beginNames = () => {
  isBegun = true;
  redraw();
};

/** What is written on the picture now: {i, text, box}, in CSS pixels. */
export const writtenNames = () => names;

/** The boxes of the names in the last frame, which move with their people: [left, top, right, bottom]. */
export const drawnBoxes = () => drawn;

/** Rectangles that names must not cover: the groups' names; or me, the rings' names and the rim. */
const blocks = (ctx, now, counts) => {
  // A saved sheet has no buttons.
  const buttons = now.top === undefined ? coveredParts() : [];
  if (networkShare() >= 0.5) {
    return [...buttons, ...numberBoxes(now), ...placedTitles(ctx, now).map(({ box: taken }) => taken)];
  }
  const radius = Math.max(9, Math.min(26, 34 * now.dot)) + 2;
  const { radii, names: sectors } = grouping();
  const found = [...buttons, [now.x - radius, now.y - radius, now.x + radius, now.y + radius],
    ...ringTexts(ctx, now, counts).map(({ box }) => box)];
  if (sectors.length > 1) {
    // The rim, with the sectors' names outside it.
    const rim = radii.at(-1) * now.scale + 16;
    const steps = Math.min(1200, Math.ceil((TAU * rim) / 8));
    for (let step = 0; step < steps; step += 1) {
      const x = now.x + Math.sin((step / steps) * TAU) * rim;
      const y = now.y - Math.cos((step / steps) * TAU) * rim;
      found.push([x - 9, y - 9, x + 9, y + 9]);
    }
  }
  return found;
};

/** Place names again if they are out of date; `counts` per ring; `keepsNames`: they move with the picture; `isDrifting`: the months are played. */
export const updateNames = (ctx, now, highlight, counts, { keepsNames = false, isDrifting = false } = {}) => {
  const key = [now.scale, now.x, now.y, now.width, now.height, highlight.one].join(" ");
  if (!isBegun || (!areNamesStale() && (key === placedAt || keepsNames))) {
    return;
  }
  // While people move, names move with them: placed again in every frame, they would jump about.
  if (isDrifting && names.length && performance.now() - placedWhen < DRIFT) {
    return;
  }
  placedWhen = performance.now();
  const taken = [...blocks(ctx, now, counts), ...trailBoxes(ctx, now), ...plateBoxes(ctx, now)];
  names = placeNames(ctx, now, highlight.lit, shownPeople(), taken, highlight.hidesOthers);
  placedAt = key;
  covered = new Set();
  namesPlaced();
};

/** The background colour of a name: that of its person's zone, or of the `place` to which a line leads. */
const beneath = (now, i, place) => {
  if (networkShare() >= 0.5) {
    return place ? ink.paper : ink.glow;
  }
  const zone = place
    ? grouping().radii.findIndex((radius) => Math.hypot(place[0] - now.x, place[1] - now.y) <= radius * now.scale) - 1
    : data.rings.findIndex(([depth]) => monthState.depth[i] >= depth);
  return zone === -2 ? ink.paper : ink.zones[zone < 0 ? data.rings.length : zone];
};
/** Draw the line from a dot to its name; both may have moved by (dx, dy) since the name was placed. */
const drawLeader = (ctx, [[x, y], [toX, toY]], dx, dy) => {
  ctx.strokeStyle = ink.soft;
  ctx.lineWidth = 0.7;
  ctx.beginPath();
  ctx.moveTo(x + dx, y + dy);
  ctx.lineTo(toX + dx, toY + dy);
  ctx.stroke();
};
/** Pixels of a dot's radius up to which a name may lie on it. */
const SMALL = 2;
/** Boxes of the dots that no name may cover, each with its person: [left, top, right, bottom, i]. */
const dotBoxes = (now) => shownPeople().flatMap((i) => {
  const half = 0.8 * people.size[i] * now.dot * monthState.there[i];
  const [x, y] = spotOf(now, i);
  return half > 0.8 * SMALL ? [[x - half, y - half, x + half, y + half, i]] : [];
});
/**
 * Write the placed names; if two overlap because their people moved, only the deeper one's. While the months are played
 * (`isDrifting`), a name that a dot covers is left out until names are placed again.
 */
export const drawNames = (ctx, now, { lit, hidesOthers }, { isDrifting = false } = {}) => {
  const dots = isDrifting ? dotBoxes(now) : [];
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  drawn = [];
  for (const { i, text, font, dx, dy, box, line, from } of names) {
    const isDeep = monthState.depth[i] >= data.deep;
    const isLit = !lit || lit.has(i);
    if ((!isLit && (!isDeep || hidesOthers)) || !visible[i]) {
      continue;
    }
    const [x, y] = spotOf(now, i);
    const half = (box[3] - box[1]) / 2;
    const place = [x + dx, y + dy - half, x + dx + box[2] - box[0], y + dy + half];
    if (dots.some((dot) => dot[4] !== i && doMeet(place, dot))) {
      covered.add(i);
    }
    if (covered.has(i) || drawn.some((other) => doMeet(place, other))) {
      continue;
    }
    drawn.push(place);
    ctx.font = font;
    ctx.globalAlpha = (isLit ? 1 : 0.7) * monthState.there[i];
    if (line) {
      drawLeader(ctx, line, x - from[0], y - from[1]);
    }
    ctx.lineWidth = 3;
    ctx.strokeStyle = beneath(now, i, line && [x + dx, y + dy]);
    ctx.fillStyle = isDeep || lit ? ink.ink : ink.soft;
    ctx.strokeText(isolated(text), x + dx, y + dy + 0.5);
    ctx.fillText(isolated(text), x + dx, y + dy + 0.5);
  }
  ctx.globalAlpha = 1;
};
