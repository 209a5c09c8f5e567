// The trail of the chosen person: their positions month by month, along their own ray. It leans to the side a little, within
// the sector, so that the way in and the way out do not cover each other.
import { drawnPath } from "../state/drawn_path.js";
import { monthState, timeline } from "../state/month_state.js";
import { data } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { view } from "./camera.js";
import { angle, distanceFor, raysOf } from "./ring_positions.js";
import { ink } from "./theme.js";
import { networkShare } from "./transition.js";

/** Pixels that the trail leans to the side per year, and at most. */
const [YEAR, MOST] = [5, 22];

/** Points of the trail: {month, x, y} on the screen, in order of time. */
const points = (now, i) => {
  const grouping = data.groupings[state.by];
  const share = raysOf(grouping).share[i];
  const sector = grouping.of[i];
  const [low, high] = [grouping.bounds[sector], grouping.bounds[sector + 1]];
  // Towards the middle of the sector, where there is room.
  const side = share < (low + high) / 2 ? 1 : -1;
  const found = [];
  for (let month = 0; month <= timeline.now; month += 1) {
    const depth = timeline.depthOf(i, month);
    const ahead = month - monthState.at;
    if (!Number.isNaN(depth)) {
      const radius = distanceFor(i, depth, grouping);
      const aside = Math.min(MOST, Math.abs(ahead / 12) * YEAR) / (radius * now.scale);
      const at = Math.min(angle(high, radius), Math.max(angle(low, radius), angle(share, radius) + side * aside));
      found.push({
        month, x: now.x + Math.sin(at) * radius * now.scale, y: now.y - Math.cos(at) * radius * now.scale,
      });
    }
  }
  return found;
};

const trail = (ctx, now, i) => {
  const found = points(now, i);
  if (found.length < 2) {
    return;
  }
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.strokeStyle = ink.glow;
  ctx.globalAlpha = 0.75;
  ctx.lineWidth = 6;
  ctx.beginPath();
  found.forEach(({ x, y }) => ctx.lineTo(x, y));
  ctx.stroke();
  ctx.strokeStyle = ink.person[i];
  ctx.lineWidth = 2.6;
  // One stroke per year, since overlapping transparent strokes look darker.
  ctx.lineCap = "butt";
  const age = (month) => (month > monthState.at ? -1 : Math.floor((monthState.at - month) / 12));
  for (let at = 1; at < found.length; ) {
    const years = age(found[at].month);
    ctx.globalAlpha = years < 0 ? 0.25 : Math.max(0.4, 0.95 - years / 8);
    ctx.beginPath();
    ctx.moveTo(found[at - 1].x, found[at - 1].y);
    for (; at < found.length && age(found[at].month) === years; at += 1) {
      ctx.lineTo(found[at].x, found[at].y);
    }
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  marks(ctx, now, i, found);
};
/** Mark the beginning of each year, and the first meeting. */
const marks = (ctx, now, i, found) => {
  const written = yearPlaces(now, found);
  ctx.font = `10.5px ${ink["text-font"]}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  found.forEach(({ month, x, y }, place) => {
    const isYear = timeline.months[month].endsWith("-12") && month < timeline.now;
    const isFirst = place === 0 && (month > 0 && Number.isNaN(timeline.depthOf(i, month - 1)));
    if (!isYear && !isFirst) {
      return;
    }
    ctx.beginPath();
    ctx.arc(x, y, isYear ? 3 : 3.6, 0, Math.PI * 2);
    ctx.fillStyle = isYear ? ink.person[i] : ink.glow;
    ctx.strokeStyle = isYear ? ink.glow : ink.person[i];
    ctx.lineWidth = 1.5;
    ctx.fill();
    ctx.stroke();
    if (written.has(month)) {
      const [toX, toY] = written.get(month);
      ctx.lineWidth = 3;
      ctx.strokeStyle = ink.glow;
      ctx.strokeText(String(Number(timeline.months[month].slice(0, 4)) + 1), toX, toY);
      ctx.fillStyle = ink.soft;
      ctx.fillText(String(Number(timeline.months[month].slice(0, 4)) + 1), toX, toY);
    }
  });
};

/** month → [x, y] of the years that are written; of overlapping ones only the latest. */
const yearPlaces = (now, found) => {
  const places = new Map();
  const years = found.filter(({ month }) => timeline.months[month].endsWith("-12") && month < timeline.now);
  for (const { month, x, y } of years.reverse()) {
    const [toX, toY] = beside(now, x, y);
    if (![...places.values()].some(([otherX, otherY]) => Math.abs(otherX - toX) < 30 && Math.abs(otherY - toY) < 13)) {
      places.set(month, [toX, toY]);
    }
  }
  return places;
};

/** The position of a year's number: outside the curve, away from me. */
const beside = (now, x, y) => {
  const far = Math.hypot(x - now.x, y - now.y) || 1;
  return [x + ((x - now.x) / far) * 14, y + ((y - now.y) / far) * 12];
};

/** Whether a trail is drawn: in the rings, for a chosen person, if no path is drawn. */
export const isTrailDrawn = () => state.chosen >= 0 && timeline.now > 0 && networkShare() < 0.5 && !drawnPath();
/** Draw the trail of the person chosen. */
export const drawTrail = (ctx, now) => isTrailDrawn() && trail(ctx, now, state.chosen);
/** Boxes of the years on the trail. */
export const trailBoxes = (ctx, now) => {
  const places = isTrailDrawn() ? [...yearPlaces(now, points(now, state.chosen)).values()] : [];
  return places.map(([x, y]) => [x - 15, y - 7, x + 15, y + 7]);
};
/** Points of the trail of one person, {month, x, y}, as it is drawn now. */
export const trailPoints = (i) => points(view(), i);
