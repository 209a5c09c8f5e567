// The page's data as arrays, one entry for each person, the deepest first. Draws nothing, changes nothing later.
import { agoWords, shortDate } from "../lib/dates.js";
import { depthCosts, writeDepth } from "../lib/depth.js";
import { makeIndex } from "../lib/room.js";
import { fold } from "../lib/text.js";

export const readJson = (id) => JSON.parse(document.getElementById(id).textContent);
const nodes = readJson("nodes");
export const data = readJson("data");
const raw = data.people;
const count = nodes.id.length - 1;

export const isNotes = data.kind === "notes";
/** My own name. */
export const me = nodes.label[0];

/** Text of the table, null for none. */
const text = (index) => (index < 0 ? null : data.strings[index]);
const numbers = (values, scale) => Float64Array.from(values, (value) => (value < 0 ? NaN : value / scale));

const names = nodes.label.slice(1);
export const people = {
  count,
  key: raw.key,
  note: raw.note,
  name: names,
  aliases: Array.from({ length: count }, () => []),
  /** What is written on the map: the name, or what a styler gives. */
  label: names.map((name, i) => text(raw.label[i]) ?? raw.name?.[i] ?? name),
  /** What a styler puts behind a name on the map, by place. */
  badge: new Map(raw.badges.map(([i, index]) => [i, text(index)])),
  size: Float32Array.from(nodes.size.slice(1)),
  scene: Uint16Array.from(data.scenes.of),
  company: raw.company.map(text),
  /** 0 to 1, NaN for the never met. */
  depth: numbers(raw.depth, 10000),
  tie: raw.tie.map((index, i) => (raw.depth[i] < 0 ? data.words.none : text(index) ?? "unnamed")),
  warmth: numbers(raw.warmth, 100),
  warm: raw.warm.map((index) => text(index) ?? "not known"),
  /** Days before today; null for never. */
  last: raw.last,
  first: raw.first,
  due: raw.due,
  dueWhy: raw.dueWhy.map(text),
  days: raw.days,
  contacts: raw.contacts,
  group: raw.group,
  paint: raw.paint.map(text),
  width: raw.width,
  styled: raw.styled.map(text),
  /** Where everybody is drawn now; changes with the sectors, the picture and the month. */
  x: Float32Array.from(nodes.x.slice(1)),
  y: Float32Array.from(nodes.y.slice(1)),
};
for (const [i, ...aliases] of raw.aliases) {
  people.aliases[i] = aliases;
}
let folded = null;
/** Name and aliases of everybody as search compares them; made when first needed. */
export const searchable = () => (folded ??= names.map((name, i) => [fold(name), ...people.aliases[i].map(fold)]));
const { names: communities, groups, rounds, of: community, x: netX, y: netY } = data.network;
/** Lengths of the squares in which people are looked up. */
const SQUARE = 128;
const gatherGrounds = () => {
  const around = makeIndex(names.map((_, i) => ({ i, x: netX[i], y: netY[i] })), SQUARE);
  return rounds.map(([x, y, radius]) => around([x - radius, y - radius, x + radius, y + radius])
    .filter((one) => Math.hypot(one.x - x, one.y - y) < radius).map(({ i }) => i).sort((one, other) => one - other));
};
let grounds = null;
/** Who is in each tight group of the network: those who stand on its ground; made when first needed. */
export const tightGroups = () => (grounds ??= gatherGrounds());
/** What people can be found by besides names: [kind, value, members] of each scene, company, community, group, tag, place. */
const gather = () => {
  const sets = new Map();
  const add = (kind, value, i) => {
    if (value) {
      const key = `${kind} ${value}`;
      sets.set(key, sets.get(key) ?? { kind, value, members: [] });
      sets.get(key).members.push(i);
    }
  };
  for (let i = 0; i < count; i += 1) {
    add(data.scenes.by, data.scenes.names[people.scene[i]], i);
    add("company", data.scenes.by === "company" ? null : people.company[i], i);
    add("community", communities[community[i]], i);
    if (people.group[i] >= 0) {
      add("group", data.legend[people.group[i]][0], i);
    }
  }
  tightGroups().forEach((members, group) => members.forEach((i) => add("group", groups[group], i)));
  for (const [kind, rows] of [["tag", raw.tags], ["place", raw.places]]) {
    for (const [i, ...values] of rows ?? []) {
      values.forEach((value) => add(kind, text(value), i));
    }
  }
  return [...sets.values()].map((set) => ({ ...set, folded: fold(set.value) }));
};
let sets = null;
/** Sets of people by what they have in common: {kind, value, folded, members}; made when first needed. */
export const commonSets = () => (sets ??= gather());
let others = null;
/** Texts of the sets that each person is in, folded. */
export const setTexts = () => {
  if (!others) {
    others = names.map(() => []);
    commonSets().forEach((set) => set.members.forEach((i) => others[i].push(set.folded)));
  }
  return others;
};
/** Whether somebody's dot has a light core: the second scene of its colour. */
export const isMarked = (i) => !people.paint[i] && Boolean(data.scenes.marked?.[people.scene[i]]);
export const byKey = new Map(raw.key.map((key, i) => [key, i]));

for (const grouping of data.groupings) {
  if (!grouping.x.length) {
    grouping.x = nodes.x.slice(1);
    grouping.y = nodes.y.slice(1);
  }
}

/** Ties between others, for each person: [other, strength], the strongest first. */
export const near = Array.from({ length: count }, () => []);
for (const row of readJson("edges")) {
  let to = row[0];
  for (let at = 1; at < row.length; at += 2) {
    to += row[at];
    near[row[0] - 1].push([to - 1, row[at + 1]]);
    near[to - 1].push([row[0] - 1, row[at + 1]]);
  }
}
for (const others of near) {
  // Edges are in the order of both ends, and sorting keeps the order of what is equal.
  others.sort((one, other) => other[1] - one[1]);
}
const tieStyles = new Map(data.styledTies.map(([a, b, color, width]) => [`${a} ${b}`, { color, width }]));
/** What a styler gives a tie between two others: {color, width}. */
export const tieStyle = (a, b) => (tieStyles.size ? tieStyles.get(a < b ? `${a} ${b}` : `${b} ${a}`) : undefined);

const edges = data.rings.map(([depth]) => depth);
/** A depth as the page writes it, everywhere. */
export const depthText = (depth) => writeDepth(depth, edges);

/** Every field of one person: name, about, value, reason, and its weight in depth (0: no part of it). */
export const fields = (i) => {
  const found = [];
  data.fields.forEach(([name, about, low, high], number) => {
    const [value, why] = raw.parts[number].map((column) => column[i]);
    if (value !== null) {
      const measured = typeof value === "number";
      found.push({
        name, about, low, high, measured, weight: data.weights[number], why: text(why),
        value: measured ? value / 10000 : value,
      });
    }
  });
  return found;
};

/** The parts of depth with what each costs, in the order of their weights. */
export const depthParts = (i) => depthCosts(fields(i).filter((field) => field.weight > 0 && field.measured));

/** What a part of depth is made of, in words; its name where it is not one of the host's own. */
export const partWords = (name) => data.partWords[name] ?? name;

/** A reason line of depth that is not the host's own; null where the parts tell all. */
export const reason = (i) => text(raw.reason[i]);

const STARTED = [null, "me", "them", "both"];
let companies = null;
/** Those who were at an encounter, by its number. */
const company = (number) => {
  if (!companies) {
    companies = new Map();
    let person = 0;
    for (let at = 0; at < data.met.length; at += 1 + 2 * data.met[at], person += 1) {
      for (let place = at + 1; place < at + 1 + 2 * data.met[at]; place += 2) {
        companies.set(data.met[place], [...(companies.get(data.met[place]) ?? []), person]);
      }
    }
  }
  return companies.get(number) ?? [];
};
/** Open promises that one person is part of: {text, path, line, owed}. */
export const promises = (i) => (data.promises ?? []).filter((row) => row.indexOf(i, 4) >= 0).map(([words, path, line, owed]) => ({
  text: text(words) ?? "", path: text(path), line, owed: STARTED[owed],
}));

/** The name of a note by its path. */
export const noteTitle = (path) => path.split("/").pop().replace(/\.md$/i, "");

/** The last mentions of one person, latest first: {ago, path, line}. They are no contacts. */
export const mentions = (i) => (data.mentions ?? []).filter((row) => row.indexOf(i, 3) >= 0).map(([ago, path, line]) => ({
  ago, path: text(path), line,
}));

const helping = new Map((raw.moves ?? []).map(([i, what, depth]) => [i, { what: text(what), depth: depth / 10000 }]));
/** What would move somebody's tie most: {what, depth}; undefined where that was not worked out. */
export const moves = (i) => helping.get(i);

let begins = null;
/** The last encounters of one person, the latest first. */
export const encounters = (i) => {
  const table = data.encounters;
  const found = [];
  if (!begins) {
    begins = [];
    for (let at = 0; at < data.met.length; at += 1 + 2 * data.met[at]) {
      begins.push(at);
    }
  }
  const first = begins[i] ?? -1;
  for (let at = first + 1; first >= 0 && at <= first + 2 * data.met[first]; at += 2) {
    const number = data.met[at];
    const path = text(table.path[number]);
    found.push({
      ago: table.ago[number],
      minutes: data.met[at + 1],
      ofMinutes: table.minutes[number],
      by: STARTED[table.by[number]],
      others: company(number).filter((other) => other !== i),
      channel: text(table.channel[number]),
      title: text(table.title[number]) ?? (path ? noteTitle(path) : "a note"),
      path,
      line: table.line[number],
    });
  }
  return found;
};

/** The date `ago` days before today, in words. */
export const date = (ago) => shortDate(data.today, ago);
export const since = agoWords;

const note = (path) => path.replace(/\.md$/i, "");
export const links = {
  /** Address that opens a note in Obsidian; null without a vault to open it in. */
  obsidian: (path) => (path && data.vault.name
    ? `obsidian://open?vault=${encodeURIComponent(data.vault.name)}&file=${encodeURIComponent(note(path))}` : null),
  /** Address that searches the vault for links to somebody; null as above. */
  search: (name) => (data.vault.name
    ? `obsidian://search?vault=${encodeURIComponent(data.vault.name)}&query=${encodeURIComponent(`"[[${name}"`)}` : null),
  /** Address of the file; null where the vault's place is not known. */
  file: (path) =>
    !path || data.vault.base === null ? null : `${data.vault.base}/${path.split("/").map(encodeURIComponent).join("/")}`,
};
