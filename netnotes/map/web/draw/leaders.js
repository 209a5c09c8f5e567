// Finds places for names away from their dots, each with a line that leads to it. Draws nothing.
import { doCross, doMeet, FIRM, passes, SOFT } from "../lib/room.js";

const TAU = Math.PI * 2;
/** Directions tried at each distance; the step between distances, and the first distance, in pixels. */
const [TURNS, STEP, NEAR] = [28, 16, 18];
/** Pixels between the line and the name, and between the line and other names. */
const [GAP, CLEAR] = [3, 2];

/** The point of a box that is nearest to (x, y), a little outside it. */
const nearest = ([left, top, right, bottom], x, y) => [
  Math.min(right + GAP, Math.max(left - GAP, x)), Math.min(bottom + 1, Math.max(top - 1, y)),
];

/** What is tolerated, in the order of the attempts: how much may be covered, and whether lines may cross. */
const TRIES = [[0, false], [SOFT, false], [0, true], [SOFT, true], [FIRM, true]];

/**
 * The nearest free place around the dot at (x, y) for one of `texts` (the whole name, then its short forms: {text,
 * width}) of a `height`: {text, width, box, line, from}, `from` the dot; null if there is none. The line crosses no
 * name of those `placed`, and another line only if there is no other place. Directions away from the middle of the
 * picture come first.
 */
export const leaderPlace = ({ room, placed, view, x, y, radius, texts, height }) => {
  const lines = placed.map(({ line }) => line).filter(Boolean);
  const boxes = placed.map(({ box: [left, top, right, bottom] }) => [left - CLEAR, top - CLEAR, right + CLEAR, bottom + CLEAR]);
  const outward = Math.atan2(y - view.y, x - view.x);
  const furthest = Math.max(view.width, view.height);
  /** The line to a box; null if the box is not free or the line would cross another name. */
  const lineTo = (box, most, isCrossing) => {
    if (!room.isFree(box, most)) {
      return null;
    }
    const end = nearest(box, x, y);
    const far = Math.hypot(end[0] - x, end[1] - y) || 1;
    const line = [[x + ((end[0] - x) / far) * radius, y + ((end[1] - y) / far) * radius], end];
    const isClear = !boxes.some((other) => passes(line, other) || doMeet(box, other)) && !lines.some((other) => passes(other, box));
    return isClear && (isCrossing || !lines.some((other) => doCross(line, other))) ? line : null;
  };
  for (const [most, isCrossing] of TRIES) {
    for (const { text, width } of texts) {
      for (let distance = radius + NEAR; distance < furthest; distance += STEP) {
        for (let number = 0; number < TURNS; number += 1) {
          // 0, 1, -1, 2, -2, … steps aside from outward.
          const turn = outward + ((number % 2 ? 1 : -1) * Math.ceil(number / 2) * TAU) / TURNS;
          const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
          const left = x + cos * distance - (width / 2) * (1 - cos);
          const top = y + sin * distance - (height / 2) * (1 - sin);
          const box = [left, top, left + width, top + height];
          const line = lineTo(box, most, isCrossing);
          if (line) {
            return { text, width, box, line, from: [x, y] };
          }
        }
      }
    }
  }
  return null;
};
