// Finds room for the whole picture: clear of the panel, the slider of months, the key, and the buttons. Moves nothing.
import { data, people } from "../state/page_data.js";
import { box } from "./frame.js";
import { grouping } from "./ring_positions.js";
import { networkShare } from "./transition.js";

const panel = document.getElementById("panel");
const side = document.getElementById("side");
const time = document.getElementById("time");
const foot = document.getElementById("foot");
const [MARGIN, STEP, GAP] = [40, 4, 5];
/** Pixels outside the rings for the sectors' names, and half the width of the line of text above the network. */
const [NAMED, LINE] = [28, 100];
const { circles, of, reach } = data.network;

const compact = matchMedia("(max-width: 999px)");
const beside = matchMedia("(max-width: 999px) and (min-aspect-ratio: 1/1)");
/** Whether list and panel are a sheet on the picture; and whether that sheet is beside its visible part, not below. */
export const isCompact = () => compact.matches;
export const isBeside = () => beside.matches;
/** Call `listener()` when the layout of the page changes: narrow or wide, upright or not. */
export const onLayout = (listener) => [compact, beside].forEach((query) => query.addEventListener("change", listener));
const ungrouped = [...of.keys()].filter((i) => of[i] < 0);
/** The circles of the network: [x, y, radius] of each community and of each person without ties. */
const discs = circles.length
  ? [...circles, ...ungrouped.map((i) => [data.network.x[i], data.network.y[i], people.size[i]])] : [[0, 0, reach]];
const networkBox = (() => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y, radius] of discs) {
    [left, top] = [Math.min(left, x - radius), Math.min(top, y - radius)];
    [right, bottom] = [Math.max(right, x + radius), Math.max(bottom, y + radius)];
  }
  const half = (low, high) => Math.max((high - low) / 2, 0.4 * reach);
  return { x: (left + right) / 2, y: (top + bottom) / 2, across: half(left, right), down: half(top, bottom) };
})();
/** The middle of a picture, and its half width and height, in world units. */
const extent = (network) => {
  const rim = grouping().radii.at(-1);
  return network ? networkBox : { x: 0, y: 0, across: rim, down: rim };
};

/** Boxes of elements on the picture, in its pixels: [left, top, right, bottom]. */
const boxes = (selector) => {
  const own = box.getBoundingClientRect();
  return [...document.querySelectorAll(selector)].map((part) => part.getBoundingClientRect())
    .filter(({ width }) => width > 0)
    .map((part) => [part.left - own.left, part.top - own.top, part.right - own.left, part.bottom - own.top]);
};
const buttons = () => boxes("#views > *, #tools");
/** The row of buttons as one box, from the first switch to the tools, so that no name is written between them. None in print. */
const bar = () => {
  const [tools] = boxes("#tools");
  if (!tools) {
    return [];
  }
  const row = boxes("#views > *, #tools").filter(([, top, , bottom]) => top < tools[3] && bottom > tools[1]);
  return [row.reduce((all, one) => all.map((side, at) => (at < 2 ? Math.min : Math.max)(side, one[at])), tools)];
};
/** Boxes of the elements that would cover names. */
export const covered = () => isCompact()
  ? [...bar(), ...boxes("#views > *, #zoom, #time, #panel, #side")] : boxes("#views > *, #tools, #zoom, #key, #time, #panel, #fold");

/** The part of the picture that neither the panel nor, on a narrow page, the sheet covers; buttons may. */
const free = (isPanelled) => {
  const slider = time.hidden ? 0 : 48;
  const below = isCompact() ? slider : foot.offsetHeight + 8;
  const whole = { x: 0, width: box.clientWidth, height: box.clientHeight - below };
  const cover = isPanelled ? panel : isCompact() ? side : null;
  if (!cover) {
    return whole;
  }
  const [own, other] = [box.getBoundingClientRect(), cover.getBoundingClientRect()];
  if (isCompact() && !isBeside()) {
    // A sheet pulled up all the way hides the picture, which need not shrink behind it.
    const top = Math.max(other.top - own.top, 0.42 * whole.height);
    return { ...whole, height: Math.max(120, Math.min(whole.height, top - slider)) };
  }
  if (other.left <= own.left) {
    const x = Math.min(Math.max(0, other.right - own.left), 0.7 * whole.width);
    return { ...whole, x, width: whole.width - x };
  }
  return { ...whole, width: Math.max(200, Math.min(whole.width, other.left - own.left - 8)) };
};
const touches = (x, y, radius, [left, top, right, bottom]) =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) < radius + GAP;
/** Whether the picture with its middle at (x, y) on the screen touches none of the buttons. */
const isClear = (network, x, y, scale, taken) => {
  if (!network) {
    const rim = grouping().radii.at(-1) * scale + (grouping().names.length > 1 ? NAMED : 0);
    return !taken.some((one) => touches(x, y, rim, one));
  }
  const [left, top] = [x - networkBox.x * scale, y - networkBox.y * scale];
  const line = top - reach * scale - 11;
  const isWritten = circles.length > 0 && ungrouped.length > 0;
  return !taken.some((one) => discs.some(([cx, cy, radius]) => touches(left + cx * scale, top + cy * scale, radius * scale, one)) ||
    (isWritten && one[0] < left + LINE && one[2] > left - LINE && one[1] < line + 9 && one[3] > line - 9));
};

const kept = new Map();
/** The zoom at which one of the pictures is visible as a whole, and how far below the upper edge it starts. */
const fit = (network, isPanelled) => {
  const { x, width, height } = free(isPanelled);
  const taken = buttons();
  const key = [network, grouping().key, isPanelled, isCompact(), x, width, height, ...taken].join(" ");
  if (kept.has(key)) {
    return kept.get(key);
  }
  const { across, down } = extent(network);
  // Beside the panel there is less margin, but no one is covered.
  const least = isPanelled ? Math.min(0.84 * fit(network, false).scale, (width - 2 * GAP) / 2 / across, (height - 2 * GAP) / 2 / down) : 0;
  const last = Math.min(height / 2, Math.max(0, ...taken.map(([, , , bottom]) => bottom)) + GAP);
  let top = 0;
  let scale = 0;
  for (; ; top = Math.min(last, top + STEP)) {
    const margin = Math.min(MARGIN, Math.min(width, height - top) * 0.09);
    scale = Math.max(least, Math.min(Math.max(20, width / 2 - margin) / across, Math.max(20, (height - top) / 2 - margin) / down));
    if (top >= last || isClear(network, x + width / 2, (top + height) / 2, scale, taken)) {
      break;
    }
  }
  kept.set(key, { scale, top });
  return kept.get(key);
};

/** A value between those of the two pictures, according to the progress of the transition. */
const between = (of) => {
  const share = networkShare();
  return (share < 1 ? of(false) * (1 - share) : 0) + (share > 0 ? of(true) * share : 0);
};
const isPanelled = () => !panel.hidden;

/** The part of the picture that nothing covers. */
export const openPart = () => {
  const { x, width, height } = free(isPanelled());
  const y = between((network) => fit(network, isPanelled()).top);
  return { x, y, width, height: height - y };
};
/** The zoom at which everyone is visible, with and without the panel. */
export const fitting = () => between((network) => fit(network, isPanelled()).scale);
export const usual = () => between((network) => fit(network, false).scale);
/** The middle of the whole picture, and its right end, in world units. */
export const middle = () => [between((network) => extent(network).x), between((network) => extent(network).y)];
export const rightEnd = () => between((network) => extent(network).x + extent(network).across);
