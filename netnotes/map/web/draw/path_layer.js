// Draws the path asked for across the picture: its steps beneath the dots, who is on it and what each step is worth above.
import { ME } from "../lib/paths.js";
import { drawnPath } from "../state/drawn_path.js";
import { people } from "../state/page_data.js";
import { spotOf } from "./camera.js";
import { ink } from "./theme.js";
import { isNetwork } from "./transition.js";

const TAU = Math.PI * 2;
const two = (value) => (value < 0.005 ? "under 0.01" : value.toFixed(2));

/** Where I stand on a way: in the middle of the rings; in the network, where I am not, beside my neighbours on it. */
const mySpot = (now, way) => {
  if (!isNetwork()) {
    return [now.x, now.y];
  }
  const beside = way.steps.flatMap(({ from, to }) => (from === ME ? [to] : to === ME ? [from] : []));
  const [[x, y], [toX, toY]] = [spotOf(now, beside[0]), spotOf(now, beside.at(-1))];
  if (beside.length > 1) {
    return [(x + toX) / 2, (y + toY) / 2];
  }
  const far = Math.hypot(x - now.width / 2, y - now.height / 2) || 1;
  return [x + ((now.width / 2 - x) / far) * 64, y + ((now.height / 2 - y) / far) * 64];
};

/** Draw the way, beneath the dots: the weakest step broken and named. */
export const drawPathSteps = (ctx, now) => {
  const way = drawnPath();
  if (!way) {
    return;
  }
  const place = (i) => (i === ME ? mySpot(now, way) : spotOf(now, i));
  for (const [at, step] of way.steps.entries()) {
    const [[x, y], [toX, toY]] = [place(step.from), place(step.to)];
    const weak = way.steps.length > 1 && at === way.weakest;
    for (const [colour, extra] of [[ink.glow, 4], [ink.accent, 0]]) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = 2 + 4 * step.strength + extra;
      ctx.setLineDash(weak && !extra ? [7, 6] : []);
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(toX, toY);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }
};
/** Mark who is on the way, and what each step is worth, above the dots. */
export const drawPathMarks = (ctx, now) => {
  const way = drawnPath();
  if (!way) {
    return;
  }
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const i of way.people) {
    if (i !== ME) {
      const [x, y] = spotOf(now, i);
      ctx.beginPath();
      ctx.arc(x, y, Math.max(2, people.size[i] * now.dot) + 3.5, 0, TAU);
      ctx.strokeStyle = ink.accent;
      ctx.lineWidth = 2;
      ctx.stroke();
    } else if (isNetwork()) {
      const [x, y] = mySpot(now, way);
      ctx.beginPath();
      ctx.arc(x, y, 11, 0, TAU);
      ctx.fillStyle = ink.ink;
      ctx.fill();
      ctx.font = `600 9.5px ${ink["text-font"]}`;
      ctx.fillStyle = ink.glow;
      ctx.fillText("me", x, y + 0.5);
    }
  }
  for (const { text, weak, font, box: [left, top, right, bottom] } of plates(ctx, now, way)) {
    ctx.font = font;
    ctx.fillStyle = weak ? ink.accent : ink.glow;
    ctx.strokeStyle = ink.accent;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.roundRect(left, top, right - left, bottom - top, 9);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = weak ? ink.glow : ink.ink;
    ctx.fillText(text, (left + right) / 2, (top + bottom) / 2 + 0.5);
  }
};
/** Shares of a step at which its plate may lie, the first that is free: steps can run beside each other. */
const ALONG = [0.5, 0.36, 0.64, 0.22, 0.78];
const isOver = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
/** What is written on the steps, on those long enough: {text, weak, font, box}. */
const plates = (ctx, now, way) => {
  const found = [];
  // The weakest first: whatever has no room, that is said.
  const order = [way.weakest, ...way.steps.keys()].filter((at, place) => place === 0 || at !== way.weakest);
  for (const at of order) {
    const step = way.steps[at];
    const [[x, y], [toX, toY]] = [step.from, step.to].map((i) => (i === ME ? mySpot(now, way) : spotOf(now, i)));
    const weak = way.steps.length > 1 && at === way.weakest;
    const length = Math.hypot(toX - x, toY - y);
    if (length < 36) {
      continue;
    }
    const font = `${weak ? 600 : 500} 11.5px ${ink["text-font"]}`;
    // The word as well where it leaves enough of the step to be seen.
    const text = weak && length > 130 ? `weakest ${two(step.strength)}` : two(step.strength);
    ctx.font = font;
    const half = ctx.measureText(text).width / 2 + 6;
    const boxes = ALONG.map((share) => [x + (toX - x) * share, y + (toY - y) * share])
      .map(([midX, midY]) => [midX - half, midY - 9, midX + half, midY + 9]);
    const box = boxes.find((one) => !found.some((other) => isOver(one, other.box)));
    if (box) {
      found.push({ text, weak, font, box });
    }
  }
  return found;
};
export const plateBoxes = (ctx, now) => (drawnPath() ? plates(ctx, now, drawnPath()).map(({ box }) => box) : []);
