// Draws communities and tight groups of the network as circles beneath people, and their names on top.
import { figures } from "../lib/text.js";
import { monthState } from "../state/month_state.js";
import { data, people, tightGroups } from "../state/page_data.js";
import { visible } from "../state/visible.js";
import { edged, fillWhole } from "./background.js";
import { drawFolded, isFolded, isFoldedAway, sharedScene } from "./folding.js";
import { drawnVersion } from "./frame.js";
import { plateBoxes } from "./path_layer.js";
import { ink } from "./theme.js";
import { networkShare } from "./transition.js";
import { largerBy } from "./type_size.js";
import { covered } from "./viewport.js";

const { circles, rounds, names, groups, of, joining } = data.network;
const TAU = Math.PI * 2;
/** With more people than this, names of groups may cover dots: checking all of them in each frame would be slow. */
const CROWD = 1500;
/** How far a community's name may reach into the circle of another, in pixels. */
const INTO = 8;
const ungrouped = [...people.key.keys()].filter((i) => of[i] < 0);
const joined = new Map(joining.map(([i, ...communities]) => [i, communities]));

/** The number of people shown in each community, and in each tight group. */
let filled = [];
let gathered = [];
export const countCircles = () => {
  filled = circles.map(() => 0);
  of.forEach((community, i) => community >= 0 && (filled[community] += visible[i]));
  gathered = tightGroups().map((all) => all.reduce((sum, i) => sum + visible[i], 0));
};

const disc = (ctx, now, [x, y, radius]) => {
  ctx.beginPath();
  ctx.arc(now.x + x * now.scale, now.y + y * now.scale, radius * now.scale, 0, TAU);
};
/** Draw the circles, over the rings as they fade out. */
export const drawCircles = (ctx, now) => {
  const opacity = networkShare();
  if (opacity <= 0) {
    return;
  }
  ctx.globalAlpha = opacity;
  ctx.fillStyle = ink.paper;
  fillWhole(ctx, now);
  ctx.lineWidth = 1;
  ctx.fillStyle = ink.glow;
  ctx.strokeStyle = ink.line;
  circles.forEach((circle, community) => {
    if (filled[community] && !isFolded(community, now.scale)) {
      disc(ctx, now, circle);
      ctx.fill();
      ctx.stroke();
    }
  });
  ctx.globalAlpha = 0.15 * opacity;
  ctx.fillStyle = ink.soft;
  rounds.forEach((round, group) => {
    if (gathered[group] > 1 && !isFolded(of[tightGroups()[group][0]], now.scale)) {
      disc(ctx, now, round);
      ctx.fill();
    }
  });
  ctx.globalAlpha = 1;
  drawFolded(ctx, now, filled);
};

const caption = () => {
  const count = ungrouped.reduce((sum, i) => sum + visible[i], 0);
  return circles.length ? `${figures(count)} ${data.words.alone}` : data.words.none_joined;
};
/** The texts to write if there is room, with their positions: names of tight groups and communities, people without ties. */
const wanted = (now) => {
  const more = largerBy(now);
  const [x, y, scale] = [now.x, now.y, now.scale];
  const found = [];
  if (ungrouped.some((i) => visible[i])) {
    const far = circles.length ? -(data.network.reach * scale + 11) : 0;
    found.push({ text: caption(), x, y: y + far, size: 12 + more, colour: ink.soft, under: ink.paper, least: 0, radius: Infinity });
  }
  rounds.forEach(([cx, cy, radius], group) => {
    if (groups[group] && gathered[group] > 1 && !isFolded(of[tightGroups()[group][0]], scale)) {
      const [below, above] = [y + (cy + radius) * scale + 9, y + (cy - radius) * scale - 9];
      found.push({ text: groups[group], x: x + cx * scale, y: below, or: above, size: 12.5 + more,
        colour: ink.ink, under: ink.glow, least: 0.5, radius: radius * scale });
    }
  });
  circles.forEach(([cx, cy, radius], community) => {
    if (filled[community]) {
      // Above its circle or within it: below, it would seem to belong to the next one.
      const [above, within] = [y + (cy - radius) * scale - 8, y + (cy - 0.84 * radius) * scale];
      const scene = sharedScene(community);
      if (isFolded(community, scale)) {
        // A folded community has its number; below it the scene, if both have room.
        if (scene) {
          found.push({ text: scene, x: x + cx * scale, y: y + (cy + 0.52 * radius) * scale, size: 10.5 + more,
            colour: ink.soft, under: ink.paper, least: 1.35, radius: radius * scale });
        }
        return;
      }
      const short = scene && `${scene} · ${figures(filled[community])}`;
      found.push({ texts: [short && `${short}, ${names[community]}`, names[community], short].filter(Boolean), x: x + cx * scale, y: above, or: within, size: 12.5 + more,
        colour: ink.soft, under: ink.paper, least: 0.75, radius: radius * scale, own: community });
    }
  });
  return found;
};
/** Whether a box covers a dot. */
const isOnDot = (now, [left, top, right, bottom]) => people.count < CROWD && people.size.some((size, i) => {
  const [x, y, radius] = [now.x + people.x[i] * now.scale, now.y + people.y[i] * now.scale, size * now.dot];
  return visible[i] && x > left - radius && x < right + radius && y > top - radius && y < bottom + radius;
});
/** Whether a box reaches into the circle of a community other than `own`, and so would seem to be its name. */
const isOnCircle = (now, [left, top, right, bottom], own) => own !== undefined && circles.some(([cx, cy, radius], community) => {
  const [x, y] = [now.x + cx * now.scale, now.y + cy * now.scale];
  return community !== own && filled[community]
    && Math.hypot(x - Math.min(right, Math.max(left, x)), y - Math.min(bottom, Math.max(top, y))) < radius * now.scale - INTO;
});
let last = { key: "", x: 0, y: 0, found: [] };
/** Titles with their boxes, moved by (dx, dy). */
const moved = (titles, dx, dy) => titles.map((title) => ({ ...title, x: title.x + dx, y: title.y + dy,
  box: title.box.map((side, at) => side + (at % 2 ? dy : dx)) }));
/**
 * The names that have room: {text, x, y, font, colour, under, box, own}; x and y are the middle, `own` the community. With
 * `keepsNames` those placed before move along with the picture.
 */
export const placedTitles = (ctx, now, keepsNames = false) => {
  const key = [drawnVersion(), now.scale, now.width, now.height, now.top].join(" ");
  if (key === last.key && (keepsNames || (now.x === last.x && now.y === last.y))) {
    return moved(last.found, now.x - last.x, now.y - last.y);
  }
  const found = [];
  // A saved sheet has no buttons.
  const taken = [...(now.top === undefined ? covered() : []), ...plateBoxes(ctx, now)];
  const meets = (box) => (other) => box[2] >= other[0] && other[2] >= box[0] && box[3] >= other[1] && other[3] >= box[1];
  for (const { texts, text: whole, x, y, or, size, colour, under, least, radius, own } of wanted(now)) {
    const font = `italic ${size}px ${ink["name-font"]}`;
    ctx.font = font;
    const others = [...taken, ...found.map(({ box }) => box)];
    const rooms = (texts ?? [whole]).flatMap((text) => {
      const half = ctx.measureText(text).width / 2;
      // A name much wider than its circle would seem to be the neighbour's.
      return radius < least * half ? [] : [y, or].filter((at) => at !== undefined)
        .map((at) => ({ text, at, box: [x - half - 3, at - size * 0.7, x + half + 3, at + size * 0.7] }));
    }).filter(({ box }) => !others.some(meets(box)));
    const apart = rooms.filter(({ box }) => !isOnCircle(now, box, own));
    const room = apart.find(({ box }) => !isOnDot(now, box)) ?? apart[0] ?? (own === undefined ? rooms[0] : undefined);
    if (room) {
      found.push({ text: room.text, x, y: room.at, font, colour, under, box: room.box, own });
    }
  }
  last = { key, x: now.x, y: now.y, found };
  return found;
};
export const drawTitles = (ctx, now, { keepsNames = false } = {}) => {
  const opacity = networkShare();
  if (opacity < 0.5) {
    return;
  }
  ctx.globalAlpha = 2 * opacity - 1;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { text, x, y, font, colour, under } of placedTitles(ctx, now, keepsNames)) {
    ctx.font = font;
    edged(ctx, `\u2068${text}\u2069`, x, y, under, colour);
  }
  ctx.globalAlpha = 1;
};

/** Draw a ring around each person who joins communities. */
export const drawJoints = (ctx, now) => {
  const opacity = networkShare();
  if (opacity < 0.5) {
    return;
  }
  ctx.strokeStyle = ink.ink;
  ctx.lineWidth = 1.3;
  for (const i of joined.keys()) {
    if (visible[i] && !isFoldedAway(i, now.scale)) {
      ctx.globalAlpha = (2 * opacity - 1) * monthState.there[i];
      ctx.beginPath();
      ctx.arc(now.x + people.x[i] * now.scale, now.y + people.y[i] * now.scale,
        Math.max(1.6, people.size[i] * now.dot) + 2.6, 0, TAU);
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
};

/** The names of the communities that a person joins, or of their own; null if there are none. */
export const belongsTo = (i) => {
  const communities = joined.get(i);
  const own = names[of[i]];
  if (communities) {
    return { joins: communities.map((community) => names[community]) };
  }
  return own ? { own } : null;
};
