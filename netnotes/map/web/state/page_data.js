// The page's data that the first picture needs, as arrays with one entry per person, deepest first. All other data come
// later, in `details.js`. Draws nothing.
import { agoWords, shortDate } from "../lib/dates.js";
import { writeDepth } from "../lib/depth.js";
import { makeIndex } from "../lib/room.js";

export const readJson = (id) => JSON.parse(document.getElementById(id).textContent);
const nodes = readJson("nodes");
export const data = readJson("data");
const raw = data.people;
const count = nodes.id.length - 1;

export const isNotes = data.kind === "notes";
/** My own name. */
export const me = nodes.label[0];

/** A column of the page; if all values are the same, the page has only one. */
export const column = (values) => (Array.isArray(values) ? values : Array(count).fill(values));
const textOf = (index) => (index < 0 ? null : data.strings[index]);
const texts = (values) => column(values).map(textOf);
const numbers = (values, scale) => Float64Array.from(column(values), (value) => (value < 0 ? NaN : value / scale));

const names = nodes.label.slice(1);
const depth = numbers(raw.depth, 10000);
export const people = {
  count,
  key: raw.key,
  name: names,
  /** The text on the map: the name, or a styler's text. */
  label: texts(raw.label).map((label, i) => label ?? raw.name?.[i] ?? names[i]),
  /** The texts that a styler adds after names on the map, by index. */
  badge: new Map(raw.badges.map(([i, index]) => [i, textOf(index)])),
  size: Float32Array.from(nodes.size.slice(1)),
  scene: Uint16Array.from(data.scenes.of),
  /** 0 to 1, NaN if never met. */
  depth,
  tie: texts(raw.tie).map((tie, i) => (Number.isNaN(depth[i]) ? data.words.none : tie ?? "unnamed")),
  warmth: numbers(raw.warmth, 100),
  warm: texts(raw.warm).map((word) => word ?? "not known"),
  /** Days before today of the last contact; null for never. */
  last: column(raw.last),
  group: column(raw.group),
  paint: texts(raw.paint),
  width: column(raw.width),
  /** Where people are drawn now; changes with the sectors, the picture and the month. */
  x: Float32Array.from(nodes.x.slice(1)),
  y: Float32Array.from(nodes.y.slice(1)),
};
const { rounds, x: netX, y: netY } = data.network;
/** Size of the squares in which people are looked up. */
const SQUARE = 128;
const findTightGroups = () => {
  const around = makeIndex(names.map((_, i) => ({ i, x: netX[i], y: netY[i] })), SQUARE);
  return rounds.map(([x, y, radius]) => around([x - radius, y - radius, x + radius, y + radius])
    .filter((one) => Math.hypot(one.x - x, one.y - y) < radius).map(({ i }) => i).sort((one, other) => one - other));
};
let foundGroups = null;
/** The members of each tight group of the network: the people inside its circle; computed when first needed. */
export const tightGroups = () => (foundGroups ??= findTightGroups());
/** Whether a person's dot has a light core: the second scene of its colour. */
export const isMarked = (i) => !people.paint[i] && Boolean(data.scenes.marked?.[people.scene[i]]);
let places = null;
/** The number of the person with a key; undefined for none. */
export const byKey = (key) => (places ??= new Map(raw.key.map((one, i) => [one, i]))).get(key);

for (const grouping of data.groupings) {
  if (!grouping.x.length) {
    grouping.x = nodes.x.slice(1);
    grouping.y = nodes.y.slice(1);
  }
}

const readTies = () => {
  const found = Array.from({ length: count }, () => []);
  for (const row of readJson("edges")) {
    let to = row[0];
    for (let at = 1; at < row.length; at += 2) {
      to += row[at];
      found[row[0] - 1].push([to - 1, row[at + 1]]);
      found[to - 1].push([row[0] - 1, row[at + 1]]);
    }
  }
  // Edges are ordered by both ends, and sorting is stable.
  found.forEach((others) => others.sort((one, other) => other[1] - one[1]));
  return found;
};
let ties = null;
/** Ties between others, for each person: [other, strength], strongest first; computed when first needed. */
export const near = () => (ties ??= readTies());
/** Whether the ties between others have loaded: a large page draws its first picture without them. */
export const hasTies = () => document.getElementById("edges") !== null;
const tieStyles = new Map(data.styledTies.map(([a, b, color, width]) => [`${a} ${b}`, { color, width }]));
/** A styler's style for a tie between two others: {color, width}. */
export const tieStyle = (a, b) => (tieStyles.size ? tieStyles.get(a < b ? `${a} ${b}` : `${b} ${a}`) : undefined);

const edges = data.rings.map(([edge]) => edge);
/** A depth as written everywhere on the page. */
export const depthText = (value) => writeDepth(value, edges);

/** The date `ago` days before today, in words. */
export const date = (ago) => shortDate(data.today, ago);
export const since = agoWords;
