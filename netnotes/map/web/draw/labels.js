// Finds room for names: the deepest first, none on another, none on a dot. Draws nothing.
import { monthState } from "../state/month_state.js";
import { data, people } from "../state/page_data.js";
import { ink } from "./theme.js";

const MOST_TRIED = 700;
/** How many of the deepest are named even if a small dot must be covered for it. */
const CLOSEST = 5;
const TAU = Math.PI * 2;
const widths = new Map();
let taken = new Uint8Array(0);
/** Edge of the squares in which room is counted, in pixels: finer where everything is smaller. */
let cell = 3;
let across = 0;
let down = 0;

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

const span = (left, top, right, bottom) => [
  Math.max(0, Math.floor(left / cell)), Math.max(0, Math.floor(top / cell)),
  Math.min(across - 1, Math.floor(right / cell)), Math.min(down - 1, Math.floor(bottom / cell)),
];
// What may be covered if need be (small dots, the rings' names), and what never is (the deep, other names).
const [SOFT, HARD] = [1, 2];
const take = (left, top, right, bottom, how = HARD) => {
  const [x0, y0, x1, y1] = span(left, top, right, bottom);
  for (let y = y0; y <= y1; y += 1) {
    for (let at = y * across + x0; at <= y * across + x1; at += 1) {
      taken[at] = Math.max(taken[at], how);
    }
  }
};
const isFree = ([left, top, right, bottom], most) => {
  if (left < 2 || top < 2 || right > across * cell - 2 || bottom > down * cell - 2) {
    return false;
  }
  const [x0, y0, x1, y1] = span(left, top, right, bottom);
  for (let y = y0; y <= y1; y += 1) {
    for (let at = y * across + x0; at <= y * across + x1; at += 1) {
      if (taken[at] > most) {
        return false;
      }
    }
  }
  return true;
};

/** Type of a person's name on the map: larger and stronger for the deep. */
const type = (i, view) => {
  const depth = monthState.depth[i] || 0;
  const small = view.width < 520 ? 1.5 : 0;
  const [weight, size] = depth >= 0.65 ? [600, 13.5] : depth >= 0.5 ? [500, 12.5] : depth >= 0.3 ? [400, 11.5] : [400, 11];
  return { size: size - small, font: `${weight} ${size - small}px ${ink["text-font"]}` };
};
const cut = (text) => (text.length > 28 ? `${[...text].slice(0, 27).join("")}…` : text);
/** "Ada Lovelace", else "Ada L.", else "Ada": deep ones are known by their first names. */
const brief = (text) => {
  const words = text.split(/\s+/);
  const last = words.slice(1).reverse().find((word) => /^\p{L}/u.test(word));
  return last ? [cut(text), cut(`${words[0]} ${[...last][0]}.`), cut(words[0])] : [cut(text)];
};

/**
 * Return the names that fit into the view: {i, text, font, dx, dy, width, box}, dx and dy from the dot's centre.
 * `shown` are all that are drawn, in the order of depth; `lit` those highlighted, named before all others, or null:
 * the others, dimmed, may then be covered. `blocks` are rectangles to keep clear. With `every`, all highlighted are named.
 */
export const placeNames = (ctx, view, lit, shown, blocks, every = false) => {
  const first = lit ? [...lit].slice(0, 16) : [];
  cell = view.width < 520 ? 2 : 3;
  across = Math.ceil(view.width / cell);
  down = Math.ceil(view.height / cell);
  taken = taken.length === across * down ? taken.fill(0) : new Uint8Array(across * down);
  blocks.forEach((block) => take(...block));
  const seen = [];
  const covers = (i) => !lit || lit.has(i) || monthState.depth[i] >= data.deep;
  for (const i of shown) {
    const [x, y] = [view.x + people.x[i] * view.scale, view.y + people.y[i] * view.scale];
    if (x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20) {
      const radius = Math.max(1.5, people.size[i] * view.dot);
      if (covers(i)) {
        const how = monthState.depth[i] >= data.deep ? HARD : SOFT;
        take(x - radius * 0.9, y - radius * 0.9, x + radius * 0.9, y + radius * 0.9, how);
        seen.push(i);
      }
    }
  }
  const wanted = first.length ? [...first, ...seen.filter((i) => !first.includes(i))] : seen;
  const most = Math.max(24, (view.width * view.height) / 5200);
  const closest = new Set(shown.slice(0, CLOSEST));
  const placed = [];
  for (const i of wanted.slice(0, MOST_TRIED)) {
    if (placed.length >= most) {
      break;
    }
    const text = people.label[i];
    const forms = monthState.depth[i] >= data.deep || first.includes(i) ? brief(text) : [cut(text)];
    let found = null;
    for (let form = 0; form < forms.length && !found; form += 1) {
      found = beside(ctx, view, i, forms[form], 0, seen);
    }
    if (!found && (closest.has(i) || i === first[0])) {
      found = beside(ctx, view, i, forms.at(-1), SOFT, seen);
    }
    if (!found && (i === first[0] || (every && first.includes(i)))) {
      // Whoever is highlighted has a name, whatever it covers.
      found = beside(ctx, view, i, forms[0], HARD, seen);
    }
    if (found) {
      take(found.box[0] - 3, found.box[1], found.box[2] + 3, found.box[3]);
      placed.push(found);
    }
  }
  return placed;
};

/** Whether a name in this box would be taken for this person's and not for another's who stands nearer. */
const isNearest = (view, i, [left, top, right, bottom], seen) => {
  const gap = (one) => {
    const [x, y] = [view.x + people.x[one] * view.scale, view.y + people.y[one] * view.scale];
    return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) - people.size[one] * view.dot;
  };
  const own = gap(i);
  return seen.every((other) => other === i || gap(other) > own + 3);
};

/** A place for a name beside its dot, where nothing above `most` is in the way; null where there is none. */
const beside = (ctx, view, i, text, most, seen) => {
  const { size, font } = type(i, view);
  const width = measure(ctx, text, font);
  const [x, y] = [view.x + people.x[i] * view.scale, view.y + people.y[i] * view.scale];
  const away = Math.max(1.5, people.size[i] * view.dot) + 4;
  const half = size * 0.62;
  const right = [away, -half];
  const left = [-away - width, -half];
  const under = [-width / 2, away];
  const over = [-width / 2, -away - 2 * half];
  // No nearer than a cell to the dot itself, or the dot would count as in the way.
  const corners = [[away, away * 0.35], [-away - width, away * 0.35],
    [away, -away * 0.35 - 2 * half], [-away - width, -away * 0.35 - 2 * half]];
  // Away from the centre first: there is more room, and no line to me to cross.
  const sides = people.x[i] >= 0 ? [right, under, over, left, ...corners] : [left, under, over, right, ...corners];
  if (monthState.depth[i] >= 0.65) {
    // The closest must not go unnamed: a little further off, all the way round.
    for (let turn = 0; turn < 16; turn += 1) {
      const [x1, y1] = [Math.cos((turn * TAU) / 16), Math.sin((turn * TAU) / 16)];
      sides.push([x1 * (away + 5) - (width / 2) * (1 - x1), y1 * (away + 5 + half) - half]);
    }
  }
  for (const [place, [dx, dy]] of sides.entries()) {
    const box = [x + dx, y + dy, x + dx + width, y + dy + 2 * half];
    if (isFree(box, most) && (place < 4 || isNearest(view, i, box, seen))) {
      return { i, text, font, dx, dy: dy + half, width, box };
    }
  }
  return null;
};
