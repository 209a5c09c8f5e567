// Draws the requested path: its steps beneath the dots, and above them the people on it and the strength of each step.
import { ME } from "../lib/paths.js";
import { doMeet } from "../lib/room.js";
import { drawnPath } from "../state/drawn_path.js";
import { data, people } from "../state/page_data.js";
import { spotOf } from "./camera.js";
import { shownPeople } from "./dots.js";
import { isFoldedAway } from "./folding.js";
import { drawnVersion } from "./frame.js";
import { ink } from "./theme.js";
import { isNetwork } from "./transition.js";

const TAU = Math.PI * 2;
/** Radius that I take in the network, with some space, in pixels. */
const ME_ROOM = 14;
const two = (value) => (value < 0.005 ? "under 0.01" : value.toFixed(2));

/** Where I am drawn on a path: in the middle of the rings; in the network, which leaves me out, beside my neighbours. */
const mySpot = (now, path) => {
  if (!isNetwork()) {
    return [now.x, now.y];
  }
  if (!path.people.includes(ME)) {
    return null;
  }
  const beside = path.steps.flatMap(({ from, to }) => (from === ME ? [to] : to === ME ? [from] : []));
  const [[x, y], [toX, toY]] = [spotOf(now, beside[0]), spotOf(now, beside.at(-1))];
  const [middleX, middleY] = beside.length > 1 ? [(x + toX) / 2, (y + toY) / 2] : [x, y];
  // The nearest free place, outside all circles, to the middle between the two neighbours, or to the one.
  const taken = [...data.network.circles.map(([cx, cy, radius]) => [now.x + cx * now.scale, now.y + cy * now.scale, radius * now.scale]),
    ...shownPeople().map((i) => [...spotOf(now, i), people.size[i] * now.dot])];
  const isFree = (atX, atY) => atX > ME_ROOM && atY > ME_ROOM && atX < now.width - ME_ROOM && atY < now.height - ME_ROOM
    && taken.every(([otherX, otherY, radius]) => Math.hypot(atX - otherX, atY - otherY) > radius + ME_ROOM);
  for (let distance = beside.length > 1 ? 0 : 40; distance < Math.max(now.width, now.height); distance += 12) {
    for (let turn = 0; turn < 16; turn += 1) {
      const [atX, atY] = [middleX + Math.cos((turn * TAU) / 16) * distance, middleY + Math.sin((turn * TAU) / 16) * distance];
      if (isFree(atX, atY)) {
        return [atX, atY];
      }
    }
  }
  return [middleX, middleY];
};

/** How far a step may bend aside, as shares of its length; and the distance it keeps from people, in pixels. */
const BENDS = [0, 0.1, -0.1, 0.2, -0.2, 0.32, -0.32, 0.46, -0.46];
const CLEAR = 4;
/** Shares of a step at which its distance from people is checked. */
const SAMPLES = Array.from({ length: 23 }, (_, place) => (place + 1) / 24);
/** The point at a share of a bent step. */
const along = ([[x, y], [midX, midY], [toX, toY]], share) => {
  const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  return [a * x + b * midX + c * toX, a * y + b * midY + c * toY];
};
/** A step as start, control point and end; in the network it bends around people on the way. */
const bent = (now, step, mine) => {
  const [[x, y], [toX, toY]] = [step.from, step.to].map((i) => (i === ME ? mine : spotOf(now, i)));
  const curve = (bend) => [[x, y], [(x + toX) / 2 - (toY - y) * bend, (y + toY) / 2 + (toX - x) * bend], [toX, toY]];
  if (!isNetwork()) {
    return curve(0);
  }
  const length = Math.hypot(toX - x, toY - y);
  const [middleX, middleY] = [(x + toX) / 2, (y + toY) / 2];
  const others = shownPeople().filter((i) => i !== step.from && i !== step.to && !isFoldedAway(i, now.scale))
    .map((i) => [...spotOf(now, i), Math.max(1.1, people.size[i] * now.dot) + CLEAR])
    .filter(([otherX, otherY]) => Math.hypot(otherX - middleX, otherY - middleY) < length * 0.8);
  const passed = (bend) => {
    const points = SAMPLES.map((share) => along(curve(bend), share));
    return others.filter(([otherX, otherY, radius]) =>
      points.some(([atX, atY]) => Math.hypot(atX - otherX, atY - otherY) < Math.max(radius, length / 48))).length;
  };
  let best = [0, Infinity];
  for (const bend of BENDS) {
    const count = passed(bend);
    if (count < best[1]) {
      best = [bend, count];
    }
    if (!count) {
      break;
    }
  }
  return curve(best[0]);
};
let last = { key: "", mine: null, curves: [] };
/** The steps of the path as curves, computed again when people or the camera moved. */
const curvesOf = (now, path) => {
  const key = [drawnVersion(), isNetwork(), now.scale, now.x, now.y, now.width, path.people.join("-")].join(" ");
  if (last.key !== key) {
    const mine = mySpot(now, path);
    last = { key, mine, curves: path.steps.map((step) => bent(now, step, mine)) };
  }
  return last.curves;
};
const myPlace = (now, path) => {
  curvesOf(now, path);
  return last.mine;
};
/** The curves of the path that is drawn: start, control point and end of each step; empty for none. */
export const pathCurves = (now) => (drawnPath() ? curvesOf(now, drawnPath()) : []);

/** Draw the path beneath the dots, the weakest step dashed. */
export const drawPathSteps = (ctx, now) => {
  const path = drawnPath();
  if (!path) {
    return;
  }
  for (const [at, step] of path.steps.entries()) {
    const [[x, y], [midX, midY], [toX, toY]] = curvesOf(now, path)[at];
    const weak = path.steps.length > 1 && at === path.weakest;
    for (const [colour, extra] of [[ink.glow, 4], [ink.accent, 0]]) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = 2 + 4 * step.strength + extra;
      ctx.setLineDash(weak && !extra ? [7, 6] : []);
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.quadraticCurveTo(midX, midY, toX, toY);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }
};
/** Mark the people on the path, and write the strength of each step, above the dots. */
export const drawPathMarks = (ctx, now) => {
  const path = drawnPath();
  if (!path) {
    return;
  }
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const i of path.people) {
    if (i !== ME) {
      const [x, y] = spotOf(now, i);
      ctx.beginPath();
      ctx.arc(x, y, Math.max(2, people.size[i] * now.dot) + 3.5, 0, TAU);
      ctx.strokeStyle = ink.accent;
      ctx.lineWidth = 2;
      ctx.stroke();
    } else if (isNetwork()) {
      const [x, y] = myPlace(now, path);
      ctx.beginPath();
      ctx.arc(x, y, 11, 0, TAU);
      ctx.fillStyle = ink.ink;
      ctx.fill();
      ctx.font = `600 9.5px ${ink["text-font"]}`;
      ctx.fillStyle = ink.glow;
      ctx.fillText("me", x, y + 0.5);
    }
  }
  for (const { text, weak, font, box: [left, top, right, bottom] } of plates(ctx, now, path)) {
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
/** Shares of a step at which its label may be; the first free one is taken, since steps can run side by side. */
const ALONG = [0.5, 0.36, 0.64, 0.22, 0.78];

/** The labels of the steps that are long enough: {text, weak, font, box}. */
const plates = (ctx, now, path) => {
  const found = [];
  // The weakest step first, so that it has a label even if others find no room.
  const order = [path.weakest, ...path.steps.keys()].filter((at, place) => place === 0 || at !== path.weakest);
  for (const at of order) {
    const step = path.steps[at];
    const curve = curvesOf(now, path)[at];
    const [[x, y], , [toX, toY]] = curve;
    const weak = path.steps.length > 1 && at === path.weakest;
    const length = Math.hypot(toX - x, toY - y);
    if (length < 36) {
      continue;
    }
    const font = `${weak ? 600 : 500} 11.5px ${ink["text-font"]}`;
    // With the word, if enough of the step stays visible.
    const text = weak && length > 130 ? `weakest ${two(step.strength)}` : two(step.strength);
    ctx.font = font;
    const half = ctx.measureText(text).width / 2 + 6;
    const boxes = ALONG.map((share) => along(curve, share))
      .map(([midX, midY]) => [midX - half, midY - 9, midX + half, midY + 9]);
    const box = boxes.find((one) => !found.some((other) => doMeet(one, other.box)));
    if (box) {
      found.push({ text, weak, font, box });
    }
  }
  return found;
};
export const plateBoxes = (ctx, now) => (drawnPath() ? plates(ctx, now, drawnPath()).map(({ box }) => box) : []);
