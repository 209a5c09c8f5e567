// Finds room for names, the deepest people first: no name covers another or a large dot. Draws nothing.
import { FIRM, HARD, makeIndex, makeRoom, SOFT } from "../lib/room.js";
import { cut, shortForms } from "../lib/short_names.js";
import { monthState } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { isAside, isFoldedAway } from "./folding.js";
import { leaderPlace } from "./leaders.js";
import { ink } from "./theme.js";
import { isPhone, largerBy } from "./type_size.js";

const MOST_TRIED = 700;
/** How many of the deepest people in view always have names; and on a phone. */
const [ALWAYS, ON_PHONE] = [30, 12];
/** How many highlighted people are named before all others. */
const LIT = 16;
const TAU = Math.PI * 2;
/** Pixels of a dot's radius up to which a name may lie on it. */
const SMALL = 2;
/** Pixels of the squares in which dots are looked up. */
const CELL = 32;
const widths = new Map();
let short = null;
const withBadge = (i, text) => (people.badge.has(i) ? `${text} ${people.badge.get(i)}` : text);
const forms = (i) => (short ??= shortForms(people.label))(i).map((form) => withBadge(i, form));

const measure = (ctx, text, font) => {
  const key = `${font} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    ctx.font = font;
    width = ctx.measureText(text).width;
    widths.set(key, width);
  }
  return width;
};

/** Font of a person's name on the map: larger and bolder for deep ties. */
const type = (i, view) => {
  const depth = monthState.depth[i] || 0;
  const [weight, size] = depth >= 0.65 ? [600, 13.5] : depth >= 0.5 ? [500, 12.5] : depth >= 0.3 ? [400, 11.5] : [400, 11];
  const whole = size + largerBy(view);
  return { size: whole, font: `${weight} ${whole}px ${ink["text-font"]}` };
};

const spot = (view, i) => [view.x + people.x[i] * view.scale, view.y + people.y[i] * view.scale];
const radiusOf = (view, i) => Math.max(1.5, people.size[i] * view.dot);

/**
 * Return the names that fit into the view: {i, text, font, dx, dy, width, box, line}, dx and dy from the dot's centre;
 * `line` leads from a dot to a name that has no room beside it, else null. `shown` are the people drawn, deepest first;
 * `lit` those highlighted (or null), who are named before all others and may cover the others' dots. `blocks` are
 * rectangles to keep clear. With `every`, all highlighted people are named.
 */
export const placeNames = (ctx, view, lit, shown, blocks, every = false) => {
  const room = makeRoom(view.width, view.height, isPhone(view) ? 2 : 3);
  blocks.forEach(([left, top, right, bottom, how]) => room.take([left, top, right, bottom], how));
  const isInView = (i) => {
    const [x, y] = spot(view, i);
    return x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20;
  };
  const inView = shown.filter((i, place) => isInView(i) && (place < ALWAYS || !isFoldedAway(i, view.scale, lit)));
  const always = new Set(lit ? [...lit].slice(0, every ? lit.size : isPhone(view) ? ON_PHONE : LIT).filter(isInView)
    : inView.slice(0, isPhone(view) ? ON_PHONE : ALWAYS));
  const covers = (i) => !lit || lit.has(i) || monthState.depth[i] >= data.deep;
  const seen = inView.filter(covers);
  for (const i of seen) {
    const [x, y] = spot(view, i);
    const half = radiusOf(view, i) * 0.9;
    const isFirm = monthState.depth[i] >= data.deep || radiusOf(view, i) > SMALL;
    room.take([x - half, y - half, x + half, y + half], always.has(i) ? HARD : isFirm ? FIRM : SOFT);
  }
  const spots = seen.map((i) => ({ i, x: spot(view, i)[0], y: spot(view, i)[1], radius: people.size[i] * view.dot }));
  const around = { near: makeIndex(spots, CELL), most: spots.reduce((most, { radius }) => Math.max(most, radius), 0) };
  const { placed, put, room: left } = nameAlways(ctx, view, room, [...always], around);
  const most = Math.max(24, (view.width * view.height) / 5200);
  for (const i of seen.slice(0, MOST_TRIED)) {
    if (placed.length >= most) {
      break;
    }
    if (!always.has(i) && !isAside(i, view.scale)) {
      put(beside(ctx, view, left, i, withBadge(i, cut(people.label[i])), 0, around));
    }
  }
  return placed;
};

/** A collection of placed names and their room: {room, placed, put}; `put(name)` adds one unless it is null, and returns whether it did. */
const naming = (room) => {
  const placed = [];
  const put = (found) => {
    if (found) {
      room.take([found.box[0] - 3, found.box[1], found.box[2] + 3, found.box[3]]);
      if (found.line) {
        room.takeLine(found.line);
      }
      placed.push(found);
    }
    return found !== null;
  };
  return { room, placed, put };
};
/** Number of attempts; in each, people who found no room before are named first. */
const ROUNDS = 6;
/**
 * Name all of `always`: beside their dots if there is room, else with a line. People without any place are named first
 * in the next round. Returns the best round, in the form of `naming`.
 */
const nameAlways = (ctx, view, room, always, around) => {
  let order = always;
  let pressing = new Set();
  let best = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const names = naming(room.copy());
    const beneath = (i) => forms(i).reduce((place, text) => place ?? beside(ctx, view, names.room, i, text, 0, around), null);
    const aside = (i) => beside(ctx, view, names.room, i, forms(i).at(-1), SOFT, around, true) ?? apart(ctx, view, names.room, i, names.placed);
    const waiting = order.filter((i) => !names.put(beneath(i) ?? (pressing.has(i) ? aside(i) : null)));
    const left = waiting.filter((i) => pressing.has(i) || !names.put(aside(i)));
    if (!best || left.length < best.left) {
      best = { ...names, left: left.length };
    }
    if (!left.length) {
      break;
    }
    pressing = new Set([...left, ...pressing]);
    order = [...pressing, ...always.filter((i) => !pressing.has(i))];
  }
  return best;
};

/** A place away from the dot, with a line that leads to it; null if there is none. */
const apart = (ctx, view, room, i, placed) => {
  const { size, font } = type(i, view);
  const [x, y] = spot(view, i);
  const texts = forms(i).map((text) => ({ text, width: measure(ctx, text, font) }));
  const found = leaderPlace({ room, placed, view, x, y, radius: radiusOf(view, i), texts, height: size * 1.24 });
  return found && { i, font, ...found, dx: found.box[0] - x, dy: (found.box[1] + found.box[3]) / 2 - y };
};

/** Whether this person is the one nearest to the box, so that a name in it is understood as theirs. */
const isNearest = (view, i, [left, top, right, bottom], around) => {
  const gap = (x, y, radius) => Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) - radius;
  const least = gap(...spot(view, i), people.size[i] * view.dot) + 3;
  const reach = Math.max(0, least + around.most);
  return around.near([left - reach, top - reach, right + reach, bottom + reach])
    .every(({ i: other, x, y, radius }) => other === i || gap(x, y, radius) > least);
};

/**
 * A place for a name beside its dot that covers nothing above `most`; null if there is none. `strict`: no one else may
 * be nearer to the name, on any side.
 */
const beside = (ctx, view, room, i, text, most, around, strict = false) => {
  const { size, font } = type(i, view);
  const width = measure(ctx, text, font);
  const [x, y] = spot(view, i);
  const away = radiusOf(view, i) + 4;
  const half = size * 0.62;
  const right = [away, -half];
  const left = [-away - width, -half];
  const under = [-width / 2, away];
  const over = [-width / 2, -away - 2 * half];
  // At least one cell away from the dot, or the dot itself would be in the way.
  const corners = [[away, away * 0.35], [-away - width, away * 0.35],
    [away, -away * 0.35 - 2 * half], [-away - width, -away * 0.35 - 2 * half]];
  // Away from the centre first: there is more room, and no line to me is crossed.
  const sides = people.x[i] >= 0 ? [right, under, over, left, ...corners] : [left, under, over, right, ...corners];
  if (monthState.depth[i] >= 0.65) {
    // For the deepest people, try places all around the dot before a line is used.
    for (let turn = 0; turn < 16; turn += 1) {
      const [x1, y1] = [Math.cos((turn * TAU) / 16), Math.sin((turn * TAU) / 16)];
      sides.push([x1 * (away + 5) - (width / 2) * (1 - x1), y1 * (away + 5 + half) - half]);
    }
  }
  for (const [place, [dx, dy]] of sides.entries()) {
    const box = [x + dx, y + dy, x + dx + width, y + dy + 2 * half];
    if (room.isFree(box, most) && ((place < 4 && !strict) || isNearest(view, i, box, around))) {
      return { i, text, font, dx, dy: dy + half, width, box, line: null };
    }
  }
  return null;
};
