// Draws ties: mine to deep people in the rings, those between others in the network, and those of the highlighted person.
import { monthState } from "../state/month_state.js";
import { data, hasTies, near, people, tieStyle } from "../state/page_data.js";
import { drawnCount, visible } from "../state/visible.js";
import { isFoldedAway } from "./folding.js";
import { canvas, drawnVersion, EDGE } from "./frame.js";
import { ink, readable } from "./theme.js";
import { networkShare } from "./transition.js";

/** Segments of one canvas path: more are slower than two paths. */
const CHUNK = 400;
/** More ties than this are drawn once on a separate canvas, which is copied in each frame. */
const MANY = 2500;
/** Most ties drawn during the transition from one picture to the other: the strongest. */
const MOVING = 4000;
/** Width of deep ties: less for notes, since more of their links are deep. */
const BOLD = data.kind === "notes" ? 0.7 : 1;
/** Strength from which on a tie between others is deep: hundredths of depth; where unscored, contacts. */
const DEEP = data.tiesScored ? 100 * data.deep : 8;

const drawEgoTie = (ctx, now, i, strength) => {
  const depth = Math.max(0, (monthState.depth[i] - data.deep) / (1 - data.deep)) || 0;
  const width = people.width[i] >= 0 ? people.width[i] : Math.max(0.8, (1 + 5 * depth) * Math.min(1.2, now.dot / 0.45));
  if (width > 0) {
    ctx.strokeStyle = ink.person[i];
    ctx.globalAlpha = (0.22 + 0.33 * depth) * strength;
    ctx.lineWidth = width;
    ctx.beginPath();
    ctx.moveTo(now.x, now.y);
    ctx.lineTo(now.x + people.x[i] * now.scale, now.y + people.y[i] * now.scale);
    ctx.stroke();
  }
};
/** Draw my ties with deep people, those that a styler gave a width, and the highlighted one. */
export const drawEgoTies = (ctx, now, highlight, shown) => {
  const opacity = 1 - networkShare();
  if (opacity <= 0) {
    return;
  }
  for (const i of shown) {
    if (monthState.depth[i] >= data.deep || people.width[i] >= 0) {
      drawEgoTie(ctx, now, i, opacity * monthState.there[i] * (!highlight.lit || highlight.one === i ? 1 : 0.35));
    }
  }
  if (highlight.one >= 0 && visible[highlight.one] && !(monthState.depth[highlight.one] >= data.deep)) {
    drawEgoTie(ctx, now, highlight.one, 1.6 * opacity);
  }
  ctx.globalAlpha = 1;
};

let every = null;
/** All ties between others, the strongest first: both ends, strength and style of each, and the order of drawing. */
const all = () => {
  if (!every) {
    const most = near().reduce((best, [strongest]) => Math.max(best, strongest?.[1] ?? 0), 0);
    // Each tie is one whole number, since sorting numbers takes a tenth of the time.
    const pairs = people.count ** 2;
    const keys = Float64Array.from(near().flatMap((others, i) => others.filter(([other]) => i < other)
      .map(([other, strength]) => (most - strength) * pairs + i * people.count + other))).sort();
    every = {
      from: Uint32Array.from(keys, (key) => (key % pairs) / people.count),
      to: Uint32Array.from(keys, (key) => key % people.count),
      strength: Float32Array.from(keys, (key) => most - Math.floor(key / pairs)),
    };
    every.looks = Array.from(every.from, (one, at) => tieStyle(one, every.to[at]));
    // The strongest last, and those of one style together, so that they are one canvas path.
    const styles = every.looks.map((own) => (own ? `${own.color} ${own.width}` : ""));
    every.order = styles.map((_, at) => styles.length - 1 - at);
    if (styles.some(Boolean)) {
      every.order.sort((a, b) => (styles[a] < styles[b] ? -1 : styles[a] > styles[b] ? 1 : b - a));
    }
  }
  return every;
};

const coloured = (styled) => (styled?.color ? readable(styled.color) : ink.ink);
/** [width, opacity] of a tie by its strength; the more ties there are, the fainter the shallow ones. */
const look = (strength, size, faint) => {
  const share = strength / DEEP;
  return share >= 1 ? [Math.round(2 * BOLD * size * (2.4 + 4 * Math.min(1, share - 1))) / 2, 0.72]
    : share >= 0.6 ? [1.5 * size, 0.46] : share >= 0.3 ? [1, 0.3 * faint] : [0.8, 0.17 * faint];
};

/**
 * Draw the strongest `most` ties between others, the faint ones first: thick if deep, faint if shallow; those that a
 * styler has marked on top.
 */
const draw = (ctx, now, opacity, most) => {
  const { from, to, strength, looks, order } = all();
  const last = drawnCount();
  const { x, y } = people;
  const size = Math.min(1.25, Math.max(0.5, now.dot / 0.5));
  const faint = Math.min(1, Math.max(0.35, (1200 / Math.max(1, from.length)) ** 0.3));
  let style = "";
  let count = 0;
  ctx.save();
  ctx.lineCap = "round";
  ctx.beginPath();
  for (const at of order) {
    const [a, b] = [from[at], to[at]];
    const own = looks[at];
    if (at >= most || !visible[a] || !visible[b] || a >= last || b >= last || own?.width === 0 ||
      isFoldedAway(a, now.scale) || isFoldedAway(b, now.scale)) {
      continue;
    }
    const [usual, pale] = look(strength[at], size, faint);
    const [width, alpha] = own ? [own.width ?? Math.max(1, usual), Math.max(0.7, pale)] : [usual, pale];
    const next = `${width} ${alpha} ${own?.color}`;
    if (next !== style || count >= CHUNK) {
      ctx.stroke();
      ctx.beginPath();
      ctx.strokeStyle = coloured(own);
      ctx.lineWidth = width;
      ctx.globalAlpha = alpha * opacity;
      style = next;
      count = 0;
    }
    ctx.moveTo(now.x + x[a] * now.scale, now.y + y[a] * now.scale);
    ctx.lineTo(now.x + x[b] * now.scale, now.y + y[b] * now.scale);
    count += 1;
  }
  ctx.stroke();
  ctx.restore();
};

const sheet = document.createElement("canvas");
let laid = null;
/**
 * Copy the canvas with all ties, after drawing it again if it is out of date; while the picture moves, it is moved too.
 * Only for the page's own canvas: elsewhere ties are drawn line by line.
 */
const blit = (screen, now, opacity, isMoving) => {
  const { scale, x, y } = now;
  const same = laid && laid.version === drawnVersion() && laid.width === canvas.width && laid.height === canvas.height;
  if (!same || (!isMoving && (laid.scale !== scale || laid.x !== x || laid.y !== y))) {
    laid = { scale, x, y, version: drawnVersion(), width: canvas.width, height: canvas.height };
    const ratio = canvas.width / now.width;
    [sheet.width, sheet.height] = [canvas.width + 2 * EDGE * ratio, canvas.height + 2 * EDGE * ratio];
    const on = sheet.getContext("2d");
    on.setTransform(ratio, 0, 0, ratio, EDGE * ratio, EDGE * ratio);
    draw(on, now, 1, Infinity);
  }
  const grown = scale / laid.scale;
  screen.globalAlpha = opacity;
  const [across, down] = [now.width + 2 * EDGE, now.height + 2 * EDGE];
  screen.drawImage(sheet, x - (laid.x + EDGE) * grown, y - (laid.y + EDGE) * grown, across * grown, down * grown);
  screen.globalAlpha = 1;
};

/** Draw the network's ties; `isMoving`: the picture moves; `keep`: they may be kept on a canvas for later frames. */
export const drawAlterTies = (ctx, now, highlight, { isMoving = false, keep = false } = {}) => {
  const opacity = networkShare() * (highlight.lit ? 0.35 : 1);
  if (opacity <= 0 || !hasTies()) {
    return;
  }
  if (networkShare() < 1) {
    draw(ctx, now, opacity, MOVING);
  } else if (keep && all().from.length > MANY) {
    blit(ctx, now, opacity, isMoving);
  } else {
    draw(ctx, now, opacity, Infinity);
  }
};

/** Draw the highlighted person's ties to others; in the rings they bend around me. */
export const drawOwnTies = (ctx, now, highlight) => {
  if (highlight.one < 0) {
    return;
  }
  const bend = 0.28 * (1 - networkShare());
  const x = now.x + people.x[highlight.one] * now.scale;
  const y = now.y + people.y[highlight.one] * now.scale;
  // The strength that counts as full: depth in hundredths, or number of meetings.
  const much = data.tiesScored ? 60 : 8;
  for (const [other, strength] of highlight.others) {
    const toX = now.x + people.x[other] * now.scale;
    const toY = now.y + people.y[other] * now.scale;
    const styled = tieStyle(highlight.one, other);
    if (styled?.width === 0) {
      continue;
    }
    const share = Math.min(1, Math.max(0, strength) / much);
    ctx.strokeStyle = coloured(styled);
    ctx.globalAlpha = 0.3 + 0.4 * share;
    ctx.lineWidth = styled?.width ?? 0.9 + 2 * share + networkShare() * (strength >= DEEP ? 1.5 : 0);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.quadraticCurveTo((x + toX) * 0.5 * (1 - bend) + now.x * bend, (y + toY) * 0.5 * (1 - bend) + now.y * bend, toX, toY);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
};
