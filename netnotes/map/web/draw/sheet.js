// The picture as a sheet to save or print: title and day above, colours and signs below; on any canvas context.
import { ME } from "../lib/paths.js";
import { isolated } from "../lib/text.js";
import { drawnPath } from "../state/drawn_path.js";
import { monthState } from "../state/month_state.js";
import { data, depthText, isNotes, people } from "../state/page_data.js";
import { state } from "../state/view_state.js";
import { isDrawn, visible } from "../state/visible.js";
import { view } from "./camera.js";
import { paint } from "./picture.js";
import { grouping } from "./ring_positions.js";
import { ink } from "./theme.js";
import { isTrailDrawn } from "./trail.js";
import { isNetwork } from "./transition.js";
import { openPart, rightEnd } from "./viewport.js";

const words = (id) => document.getElementById(id)?.textContent.trim() ?? "";
const TAU = Math.PI * 2;
const NARROW = 520;

/** The path that is drawn, or the person chosen; null for neither. */
const chosenWords = () => {
  const path = drawnPath();
  const name = (i) => (i === ME ? "you" : isolated(people.name[i]));
  if (path) {
    return `path ${path.people.map(name).join(" – ")}`;
  }
  const i = state.chosen;
  return !isDrawn(i) ? null : isNotes || Number.isNaN(monthState.depth[i]) ? name(i) : `${name(i)} ${depthText(monthState.depth[i])}`;
};
/** The two lines above the picture: the title; then how many people, when, by what, and how many are shown. */
const titleAndSummary = () => {
  const counted = words("count").split(",")[0];
  const filtered = visible.some((is) => is === 0);
  const seen = isNotes ? null : isNetwork() ? "who knows whom" : data.groupings.length > 1 ? `by ${grouping().key}` : "how near each is to me";
  return [document.querySelector("h1").textContent, [words("asof"), seen, filtered ? counted : null, chosenWords()].filter(Boolean).join(" · ")];
};

/** The colours of people shown, with their names; then the signs of the page's key. */
const entries = () => {
  const shown = new Set();
  const groups = new Set();
  for (let i = 0; i < people.count; i += 1) {
    if (visible[i]) {
      shown.add(people.scene[i]);
      groups.add(people.group[i]);
    }
  }
  const scenes = data.scenes.names.length < 2 ? []
    : data.scenes.names.map((text, at) => ({ text, colour: ink.scenes[at], kind: "scene", at })).filter(({ at }) => shown.has(at));
  const styled = data.legend.map(([text], at) => ({ text, colour: ink.legend[at], kind: "scene", at }))
    .filter(({ at }) => groups.has(at));
  // On a phone the key has no room, but the style of each sign still shows whether it applies to this picture.
  const signs = [...document.querySelectorAll("#key li")].filter((item) => getComputedStyle(item).display !== "none")
    .map((item) => ({
      text: item.textContent.trim(), colour: ink.soft, kind: item.firstElementChild?.className.replace("dot", "").trim() ?? "",
    })).filter(({ kind }) => kind !== "trace" || isTrailDrawn());
  return [scenes, styled, signs].filter((row) => row.length);
};

const cut = (ctx, text, room) => {
  if (ctx.measureText(text).width <= room) {
    return text;
  }
  const letters = [...text];
  while (letters.length > 1 && ctx.measureText(`${letters.join("")}…`).width > room) {
    letters.pop();
  }
  return `${letters.join("").trimEnd()}…`;
};

/** Lay out the entries in rows: {found: [{text, colour, kind, x, y}], height}. */
const set = (ctx, width, left, font) => {
  ctx.font = font;
  const found = [];
  let y = 0;
  for (const row of entries()) {
    let x = left;
    for (const entry of row) {
      const text = cut(ctx, entry.text, Math.min(220, width - 2 * left - 20));
      const wide = 18 + ctx.measureText(text).width;
      if (x > left && x + wide > width - left) {
        [x, y] = [left, y + 20];
      }
      found.push({ ...entry, text, x, y });
      x += wide + 18;
    }
    y += 22;
  }
  return { found, height: y };
};

/** Widths of the signs that are lines; opacity of the signs that are faint dots. */
const LINES = { trace: 2.5, "line thick": 4, line: 1 };
const FAINT = { cool: 0.4, ground: 0.25 };
const sign = (ctx, { kind, colour, x, y }) => {
  const radius = kind === "large" || kind === "ground" ? 6.5 : 4.5;
  ctx.beginPath();
  if (kind in LINES) {
    ctx.moveTo(x, y);
    ctx.lineTo(x + 13, y);
    ctx.strokeStyle = colour;
    ctx.lineWidth = LINES[kind];
    ctx.stroke();
    return;
  }
  ctx.arc(x + 6, y, radius, 0, TAU);
  ctx.fillStyle = colour;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3;
  if (kind !== "hollow") {
    ctx.globalAlpha = FAINT[kind] ?? 1;
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  if (kind === "joint") {
    ctx.beginPath();
    ctx.arc(x + 6, y, radius + 2.6, 0, TAU);
    ctx.strokeStyle = ink.ink;
  }
  if (kind === "hollow" || kind === "cool" || kind === "joint") {
    ctx.stroke();
  }
};

/** The size of the sheet, and the position of the picture's uncovered part on it, in CSS pixels. */
export const measureSheet = (ctx) => {
  const now = view();
  const { x, width: open, y, height } = openPart();
  const free = x + open;
  // The panel may cover a little of the rim, for which a sheet has room.
  const rim = now.x + rightEnd() * now.scale + 30;
  const width = rim > free && rim < free + 80 ? Math.min(now.width, rim) : free;
  const small = width < NARROW;
  const [left, top] = small ? [16, 58] : [24, 74];
  const font = `${small ? 11 : 12}px ${ink["text-font"]}`;
  const legend = set(ctx, width, left, font);
  const foot = legend.height + 30;
  return { now: { ...now, top }, small, left, top, font, legend, width, picture: y + height, height: top + y + height + foot };
};

/** Draw the sheet that `measureSheet` measured; `ratio` is the number of pixels of `ctx` per CSS pixel. */
export const drawSheet = (ctx, measured, ratio) => {
  const { now, small, left, top, font, legend, width, picture, height } = measured;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = ink.paper;
  ctx.fillRect(0, 0, width, height);
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, top, width, picture);
  ctx.clip();
  paint(ctx, now, ratio);
  ctx.restore();
  const [title, about] = titleAndSummary();
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.font = `600 ${small ? 19 : 24}px ${ink["name-font"]}`;
  ctx.fillStyle = ink.ink;
  ctx.fillText(isolated(cut(ctx, title, width - 2 * left)), left, small ? 28 : 38);
  ctx.font = `${small ? 11 : 13}px ${ink["text-font"]}`;
  ctx.fillStyle = ink.soft;
  ctx.fillText(cut(ctx, about, width - 2 * left), left, small ? 46 : 59);
  ctx.textBaseline = "middle";
  for (const entry of legend.found) {
    const y = top + picture + 22 + entry.y;
    sign(ctx, { ...entry, y });
    ctx.font = font;
    ctx.fillStyle = entry.kind === "scene" ? ink.ink : ink.soft;
    ctx.fillText(isolated(entry.text), entry.x + 18, y + 0.5);
  }
  ctx.restore();
};
/** Title of the sheet in one line. */
export const sheetTitle = () => titleAndSummary().join(", ");
