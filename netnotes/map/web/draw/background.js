// Draws what lies beneath people in the rings: zones and rings with their names and counts, sectors with theirs; and me.
import { data } from "../state/page_data.js";
import { angle, grouping } from "./ring_positions.js";
import { ink } from "./theme.js";
import { networkShare } from "./transition.js";

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
    ctx.beginPath();
    ctx.arc(view.x, view.y, rim, first - TAU / 4, Math.max(first, last) - TAU / 4);
    ctx.stroke();
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

/** Write a sector's name along its arc; upright in the lower half. Joined-up scripts stand straight, undivided. */
const round = (ctx, view, name, first, last, rim) => {
  const size = view.width < 520 ? 10.5 : 12;
  ctx.font = `500 ${size}px ${ink["text-font"]}`;
  ctx.fillStyle = ink.ink;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const room = (last - first) * rim;
  const text = fitted(ctx, name, room - 4);
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
  const letters = [...text];
  const widths = letters.map((letter) => ctx.measureText(letter).width + 0.7);
  const total = widths.reduce((sum, width) => sum + width, 0);
  let at = -total / 2;
  letters.forEach((letter, index) => {
    const offset = (at + widths[index] / 2) / radius;
    write(letter, below ? middle - offset : middle + offset);
    at += widths[index];
  });
};

/** Write on what is drawn already, set off from it by an edge in the colour beneath. */
export const edged = (ctx, text, x, y, under, colour) => {
  ctx.lineJoin = "round";
  ctx.lineWidth = 5;
  ctx.strokeStyle = under;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
};

/** The rings' names and counts, in the aisle above me; in one line where rings lie close together. */
const names = (ctx, view, radii, counts) => {
  const room = 2 * data.aisle * view.scale;
  const apart = (radii[2] - radii[1]) * view.scale;
  if (apart < 11) {
    return;
  }
  const size = Math.min(14, Math.max(10, room / 7));
  const small = `${Math.max(9.5, size * 0.76)}px ${ink["text-font"]}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  data.rings.forEach(([depth, name, usual], ring) => {
    const top = view.y - radii[ring + 1] * view.scale;
    const deep = depth === data.deep;
    const inside = ink.zones[ring + 1];
    ctx.font = `italic ${deep ? 600 : 400} ${size}px ${ink["name-font"]}`;
    const colour = deep ? ink.ink : ink.soft;
    if (apart < 26) {
      edged(ctx, `${name} ${counts[ring]}`, view.x, top, inside, colour);
      return;
    }
    edged(ctx, `${name} ${String(depth).replace(/^0/, "")}`, view.x, top, inside, colour);
    ctx.font = small;
    const counted = room > 78 ? `${counts[ring]}, usually ${usual}` : `${counts[ring]} / ${usual}`;
    edged(ctx, counted, view.x, top + size * 1.25, inside, ink.soft);
  });
  if (radii[6] > radii[5] + 1 && room > 60) {
    ctx.font = small;
    edged(ctx, "not met yet", view.x, view.y - ((radii[5] + radii[6]) / 2) * view.scale, ink.paper, ink.soft);
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

/** Draw the background. `counts` are how many people each ring holds. */
export const drawBackground = (ctx, view, counts) => {
  const group = grouping();
  // Depth 1, the four rings, depth 0, the outermost edge.
  const radii = group.radii;
  ctx.fillStyle = ink.paper;
  ctx.fillRect(0, 0, view.width, view.height);
  if (networkShare() >= 1) {
    return;
  }
  zones(ctx, view, radii);
  sectors(ctx, view, group, group.key === data.scenes.by ? ink.scenes : null);
  lines(ctx, view, radii);
  names(ctx, view, radii, counts);
};
