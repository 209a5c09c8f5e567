// Draws the background of the rings: zones, rings with names and counts, sectors with names; and me.
import { figures } from "../lib/text.js";
import { data } from "../state/page_data.js";
import { angle, grouping } from "./ring_positions.js";
import { ink } from "./theme.js";
import { networkShare } from "./transition.js";
import { isPhone, largerBy } from "./type_size.js";

const TAU = Math.PI * 2;
const PLAIN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{S}\s]*$/u;

const circle = (ctx, view, radius) => {
  ctx.beginPath();
  ctx.arc(view.x, view.y, radius * view.scale, 0, TAU);
};

const zones = (ctx, view, radii) => {
  for (let zone = 5; zone >= 2; zone -= 1) {
    ctx.fillStyle = ink.zones[zone];
    circle(ctx, view, radii[zone + 1]);
    ctx.fill();
  }
};

const lines = (ctx, view, radii) => {
  radii.slice(1, 6).forEach((radius, ring) => {
    const isDeep = data.rings[ring]?.[0] === data.deep;
    ctx.strokeStyle = isDeep ? ink.soft : ink.line;
    ctx.lineWidth = isDeep ? 1.5 : 1;
    circle(ctx, view, radius);
    ctx.stroke();
  });
};

const sectors = (ctx, view, group, scenes) => {
  const outer = group.radii.at(-1);
  const rim = outer * view.scale + 9;
  if (group.names.length < 2) {
    return;
  }
  for (let sector = 0; sector < group.names.length; sector += 1) {
    const [low, high] = [group.bounds[sector], group.bounds[sector + 1]];
    if (sector) {
      ctx.strokeStyle = ink.line;
      ctx.lineWidth = 1;
      ctx.beginPath();
      for (let step = 0; step <= 12; step += 1) {
        const radius = group.radii[3] + ((outer - group.radii[3]) * step) / 12;
        const turn = angle(low, radius);
        ctx.lineTo(view.x + Math.sin(turn) * radius * view.scale, view.y - Math.cos(turn) * radius * view.scale);
      }
      ctx.stroke();
    }
    const gap = 3 / rim;
    const [first, last] = [angle(low, outer) + gap, angle(high, outer) - gap];
    ctx.strokeStyle = scenes ? scenes[sector] : ink.soft;
    ctx.globalAlpha = scenes ? 1 : 0.5;
    ctx.lineWidth = 2.5;
    ctx.setLineDash(scenes && data.scenes.marked[sector] ? [9, 5] : []);
    ctx.beginPath();
    ctx.arc(view.x, view.y, rim, first - TAU / 4, Math.max(first, last) - TAU / 4);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    round(ctx, view, group.names[sector], first, last, rim);
  }
};

const spacing = (ctx, text) => ctx.measureText(text).width + text.length * 0.7;
const fitted = (ctx, text, room) => {
  if (spacing(ctx, text) <= room) {
    return text;
  }
  let letters = [...text];
  while (letters.length > 2 && spacing(ctx, `${letters.join("")}…`) > room) {
    letters = letters.slice(0, -1);
  }
  return letters.length > 2 ? `${letters.join("").trim()}…` : "";
};

/** The name of a sector fitted into `room` pixels: {size, font, text, widths of its letters}. */
const lettering = (ctx, view, name, room) => {
  const sizes = isPhone(view) ? [10.5, 9.5] : [12, 10.5, 9.5].map((one) => one + largerBy(view));
  const font = (one) => `500 ${one}px ${ink["text-font"]}`;
  const isWide = (one) => {
    ctx.font = font(one);
    return spacing(ctx, name) <= room - 4;
  };
  const size = sizes.find(isWide) ?? sizes.at(-1);
  ctx.font = font(size);
  const text = fitted(ctx, name, room - 4);
  return { size, font: font(size), text, widths: [...text].map((letter) => ctx.measureText(letter).width + 0.7) };
};
const set = new Map();
/** As `lettering`, but cached, since each frame needs the same. */
const lettered = (ctx, view, name, room) => {
  const key = `${room.toFixed(2)} ${largerBy(view)} ${ink["text-font"]}`;
  if (set.get(name)?.key !== key) {
    set.set(name, { key, found: lettering(ctx, view, name, room) });
  }
  return set.get(name).found;
};

/** Write a sector's name along its arc, upright in the lower half; scripts with joined letters in one straight piece. */
const round = (ctx, view, name, first, last, rim) => {
  const { size, font, text, widths } = lettered(ctx, view, name, (last - first) * rim);
  ctx.font = font;
  ctx.fillStyle = ink.ink;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const middle = (first + last) / 2;
  const below = Math.cos(middle) < -0.15;
  const radius = rim + size * 0.95;
  const write = (letters, turn) => {
    ctx.save();
    ctx.translate(view.x + Math.sin(turn) * radius, view.y - Math.cos(turn) * radius);
    ctx.rotate(below ? turn + Math.PI : turn);
    ctx.fillText(letters, 0, 0);
    ctx.restore();
  };
  if (!PLAIN.test(text)) {
    write(text, middle);
    return;
  }
  const total = widths.reduce((sum, width) => sum + width, 0);
  let at = -total / 2;
  [...text].forEach((letter, index) => {
    const offset = (at + widths[index] / 2) / radius;
    write(letter, below ? middle - offset : middle + offset);
    at += widths[index];
  });
};

/** Write text with an outline in the background colour, so that it is legible on what is drawn already. */
export const edged = (ctx, text, x, y, under, colour) => {
  ctx.lineJoin = "round";
  ctx.lineWidth = 5;
  ctx.strokeStyle = under;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
};

/** Distance between rings on the screen from which on each has a name, and a second line with its usual count. */
const [NAMED, IN_LINES] = [11, 26];
/**
 * The texts in the aisle above me: names and counts of the rings, and a remark for zones in which people are set in
 * rows: [{text, x, y, font, colour, under, box}], x and y the middle.
 */
export const ringTexts = (ctx, view, counts) => {
  const group = grouping();
  const { radii } = group;
  const room = 2 * data.aisle * view.scale;
  const apart = (radii[2] - radii[1]) * view.scale;
  if (apart < NAMED) {
    return [];
  }
  const size = Math.min(14 + Math.max(0, largerBy(view)), Math.max(10, room / 7));
  const small = Math.max(9.5, size * 0.76);
  const found = [];
  const write = (text, y, height, font, colour, under) => {
    ctx.font = font;
    const half = ctx.measureText(text).width / 2;
    found.push({ text, x: view.x, y, font, colour, under, box: [view.x - half - 2, y - height * 0.6, view.x + half + 2, y + height * 0.6] });
    return half;
  };
  data.rings.forEach(([depth, name, usual], ring) => {
    const top = view.y - radii[ring + 1] * view.scale;
    const isDeep = depth === data.deep;
    const [colour, inside] = [isDeep ? ink.ink : ink.soft, ink.zones[ring + 1]];
    const font = `italic ${isDeep ? 600 : 400} ${size}px ${ink["name-font"]}`;
    const count = figures(counts[ring]);
    if (apart < IN_LINES) {
      write(`${name} ${count}`, top, size, font, colour, inside);
      return;
    }
    write(`${name} ${String(depth).replace(/^0/, "")}`, top, size, font, colour, inside);
    const smallFont = `${small}px ${ink["text-font"]}`;
    ctx.font = smallFont;
    const whole = `${count}, usually ${usual}`;
    write(ctx.measureText(whole).width < room ? whole : count, top + size * 1.25, small, smallFont, ink.soft, inside);
  });
  const plain = `${small}px ${ink["text-font"]}`;
  const between = (zone) => view.y - ((radii[zone] + radii[zone + 1]) / 2) * view.scale;
  for (const zone of group.rows) {
    if (zone < data.rings.length + 1 && (radii[zone + 1] - radii[zone]) * view.scale > 5 * small) {
      const under = ink.zones[zone + 1] ?? ink.paper;
      const isTaken = (y) => found.some(({ box }) => box[1] < y + 1.2 * small && box[3] > y - 1.2 * small);
      // In the middle of the zone, or a little lower if a ring's count is there.
      const middle = [0, 0.6, 1.2, 1.8].map((lines) => between(zone) + lines * small).find((y) => !isTaken(y)) ?? between(zone);
      write("in rows,", middle - small * 0.6, small, plain, ink.soft, under);
      write("by depth", middle + small * 0.6, small, plain, ink.soft, under);
    }
  }
  if (radii[6] > radii[5] + 1 && room > 60) {
    write("not met yet", between(5), small, plain, ink.soft, ink.paper);
  }
  return found;
};
const drawRingTexts = (ctx, view, counts) => {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { text, x, y, font, colour, under } of ringTexts(ctx, view, counts)) {
    ctx.font = font;
    edged(ctx, text, x, y, under, colour);
  }
};

export const drawMe = (ctx, view, opacity) => {
  if (opacity <= 0) {
    return;
  }
  ctx.globalAlpha = opacity;
  const radius = Math.max(9, Math.min(26, 34 * view.dot));
  ctx.beginPath();
  ctx.arc(view.x, view.y, radius, 0, TAU);
  ctx.fillStyle = ink.ink;
  ctx.fill();
  if (radius > 11) {
    ctx.font = `600 ${Math.max(9.5, radius * 0.72)}px ${ink["text-font"]}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = ink.glow;
    ctx.fillText("me", view.x, view.y + 0.5);
  }
  ctx.globalAlpha = 1;
};

/** Fill the whole picture, including its edge. */
export const fillWhole = (ctx, { width, height, edge = 0 }) => ctx.fillRect(-edge, -edge, width + 2 * edge, height + 2 * edge);

/** Draw the background; `counts` is the number of people in each ring. */
export const drawBackground = (ctx, view, counts) => {
  const group = grouping();
  // Depth 1, the four rings, depth 0, the outermost edge.
  const radii = group.radii;
  ctx.fillStyle = ink.paper;
  fillWhole(ctx, view);
  if (networkShare() >= 1) {
    return;
  }
  zones(ctx, view, radii);
  sectors(ctx, view, group, group.key === data.scenes.by ? ink.scenes : null);
  lines(ctx, view, radii);
  drawRingTexts(ctx, view, counts);
};
