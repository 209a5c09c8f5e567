// Draws people as dots, and rings around those chosen and pointed at.
import { monthState } from "../state/month_state.js";
import { isMarked, people } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { drawnCount, isDrawn, visible } from "../state/visible.js";
import { spotOf } from "./camera.js";
import { isFoldedAway } from "./folding.js";
import { invalidate } from "./frame.js";
import { ink } from "./theme.js";

const TAU = Math.PI * 2;
/** With more people than this, the smallest dots are squares. */
const CROWD = 1500;
let shown = [];
let byColour = [];

/** The people drawn, deepest first. */
export const shownPeople = () => shown;

/** Sort the people shown by colour for drawing, since changing a colour costs more than a dot. */
export const sortPeople = () => {
  const last = drawnCount();
  shown = monthState.order.filter((i) => visible[i] && i < last);
  const colours = new Map();
  for (const i of shown) {
    const colour = ink.person[i];
    if (!colours.has(colour)) {
      colours.set(colour, []);
    }
    colours.get(colour).push(i);
  }
  byColour = [...colours];
  invalidate();
};

/** Draw everyone shown; `ratio` is the number of pixels per CSS pixel. */
export const drawDots = (ctx, now, { lit }, ratio) => {
  // In a crowd, a dot below two pixels looks the same as a square, which costs a fraction of a circle.
  const tiny = people.count > CROWD ? 1.9 / ratio : 0;
  const dim = state.pointed >= 0 ? 0.25 : 0.4;
  const beyond = 30 + (now.edge ?? 0);
  const [left, top, right, bottom] = [-beyond, -beyond, now.width + beyond, now.height + beyond];
  for (const [colour, members] of byColour) {
    ctx.fillStyle = colour;
    ctx.strokeStyle = colour;
    for (const i of members) {
      if (isFoldedAway(i, now.scale, lit)) {
        continue;
      }
      const [x, y] = spotOf(now, i);
      if (x < left || y < top || x > right || y > bottom) {
        continue;
      }
      const radius = Math.max(1.1, people.size[i] * now.dot);
      const strength = (lit && !lit.has(i) ? dim : 1) * monthState.there[i];
      (radius < tiny ? drawSquare : drawDot)(ctx, i, x, y, radius, strength);
    }
  }
  ctx.globalAlpha = 1;
};
const warmthOf = (i) => (Number.isNaN(monthState.warmth[i]) ? 0.5 : monthState.warmth[i]);

const drawSquare = (ctx, i, x, y, radius, strength) => {
  const side = radius * 1.78;
  ctx.globalAlpha = strength * (monthState.hollow[i] ? 0.42 : 0.4 + 0.6 * warmthOf(i));
  ctx.fillRect(x - side / 2, y - side / 2, side, side);
};
const drawDot = (ctx, i, x, y, radius, strength) => {
  const isHollow = monthState.hollow[i] === 1;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, TAU);
  if (radius > 2.4) {
    // The background first, so that ties do not show through faint or hollow dots.
    const colour = ctx.fillStyle;
    ctx.globalAlpha = monthState.there[i];
    ctx.fillStyle = ink.glow;
    ctx.fill();
    ctx.fillStyle = colour;
  }
  if (!isHollow) {
    ctx.globalAlpha = strength * (0.28 + 0.72 * warmthOf(i));
    ctx.fill();
  }
  if (isHollow || radius > 2.4) {
    ctx.globalAlpha = strength;
    ctx.lineWidth = radius > 5 ? 1.6 : 1;
    ctx.stroke();
  }
  if (radius > 2.4 && isMarked(i)) {
    const colour = ctx.fillStyle;
    ctx.globalAlpha = strength;
    ctx.fillStyle = isHollow ? colour : ink.glow;
    ctx.beginPath();
    ctx.arc(x, y, radius * 0.38, 0, TAU);
    ctx.fill();
    ctx.fillStyle = colour;
  }
};

/** Draw rings around the person chosen and the one pointed at. */
export const drawMarks = (ctx, now) => {
  for (const i of new Set([state.chosen, state.pointed])) {
    if (isDrawn(i)) {
      const [x, y] = spotOf(now, i);
      ctx.beginPath();
      ctx.arc(x, y, Math.max(1.1, people.size[i] * now.dot) + 4, 0, TAU);
      ctx.strokeStyle = i === state.chosen ? ink.accent : ink.ink;
      ctx.lineWidth = i === state.chosen ? 2.5 : 1.2;
      ctx.stroke();
    }
  }
};
