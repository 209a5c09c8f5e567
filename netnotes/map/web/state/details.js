// People's data that the picture does not need: evidence, fields, names to search by, addresses of notes. Draws nothing.
import { depthCosts } from "../lib/depth.js";
import { fold } from "../lib/text.js";
import { column, data, people, readJson, tightGroups } from "./page_data.js";

const raw = readJson("details");
/** Text of the table, null for none. */
const text = (index) => (index < 0 ? null : raw.strings[index]);
const texts = (values) => column(values).map(text);

/** One entry for each person, as in `people`. Days are days before today; null for none. */
export const details = {
  /** 1 for those who have a note. */
  note: column(raw.note),
  aliases: Array.from({ length: people.count }, () => []),
  company: texts(raw.company),
  first: column(raw.first),
  due: column(raw.due),
  dueWhy: texts(raw.dueWhy),
  days: column(raw.days),
  contacts: column(raw.contacts),
  /** What a styler says about each person. */
  styled: texts(raw.styled),
};
for (const [i, ...aliases] of raw.aliases) {
  details.aliases[i] = aliases;
}
/** How often each set of people met, [count, ...people]; null if the page does not say. */
export const meetings = raw.companies;
/** Names of the fields. */
export const fieldNames = raw.fields.map(([name]) => name);
/** Whether encounters have names. */
export const hasEvidence = raw.evidence;

let folded = null;
/** Everyone's name and aliases as search compares them; computed when first needed. */
export const searchable = () => (folded ??= people.name.map((name, i) => [fold(name), ...details.aliases[i].map(fold)]));
/** What people can be found by besides names: [kind, value, members] of each scene, company, community, group, tag, place. */
const gather = () => {
  const { names: communities, groups, of: community } = data.network;
  const sets = new Map();
  const add = (kind, value, i) => {
    if (value) {
      const key = `${kind} ${value}`;
      sets.set(key, sets.get(key) ?? { kind, value, members: [] });
      sets.get(key).members.push(i);
    }
  };
  for (let i = 0; i < people.count; i += 1) {
    add(data.scenes.by, data.scenes.names[people.scene[i]], i);
    add("company", data.scenes.by === "company" ? null : details.company[i], i);
    add("community", communities[community[i]], i);
    if (people.group[i] >= 0) {
      add("group", data.legend[people.group[i]][0], i);
    }
  }
  tightGroups().forEach((members, group) => members.forEach((i) => add("group", groups[group], i)));
  for (const [kind, rows] of [["tag", raw.tags], ["place", raw.places]]) {
    for (const [i, ...values] of rows) {
      values.forEach((value) => add(kind, text(value), i));
    }
  }
  return [...sets.values()].map((set) => ({ ...set, folded: fold(set.value) }));
};
let sets = null;
/** Sets of people by what they have in common: {kind, value, folded, members}; computed when first needed. */
export const commonSets = () => (sets ??= gather());
let others = null;
/** Texts of the sets that each person is in, folded. */
export const setTexts = () => {
  if (!others) {
    others = people.name.map(() => []);
    commonSets().forEach((set) => set.members.forEach((i) => others[i].push(set.folded)));
  }
  return others;
};

/** All fields of a person: name, about, value, reason, and weight in depth (0: not part of it). */
export const fields = (i) => {
  const found = [];
  raw.fields.forEach(([name, about, low, high], number) => {
    const [value, why] = raw.parts[number].map((values) => values[i]);
    if (value !== null) {
      const measured = typeof value === "number";
      found.push({
        name, about, low, high, measured, weight: raw.weights[number], why: text(why),
        value: measured ? value / 10000 : value,
      });
    }
  });
  return found;
};

/** The parts of depth and what each costs, in the order of their weights. */
export const depthParts = (i) => depthCosts(fields(i).filter((field) => field.weight > 0 && field.measured));

/** What a part of depth consists of, in words; its name if it is a plugin's. */
export const partWords = (name) => raw.partWords[name] ?? name;

const reasons = texts(raw.reason);
/** The reason of a depth that a plugin computed; null if the parts explain it. */
export const reason = (i) => reasons[i];

const STARTED = [null, "me", "them", "both"];
let companies = null;
/** The people at an encounter, by its number. */
const company = (number) => {
  if (!companies) {
    companies = new Map();
    let person = 0;
    for (let at = 0; at < raw.met.length; at += 1 + 2 * raw.met[at], person += 1) {
      for (let place = at + 1; place < at + 1 + 2 * raw.met[at]; place += 2) {
        companies.set(raw.met[place], [...(companies.get(raw.met[place]) ?? []), person]);
      }
    }
  }
  return companies.get(number) ?? [];
};
/** A person's open promises: {text, path, line, owed}. */
export const promises = (i) => raw.promises.filter((row) => row.indexOf(i, 4) >= 0).map(([words, path, line, owed]) => ({
  text: text(words) ?? "", path: text(path), line, owed: STARTED[owed],
}));

/** The name of a note by its path. */
export const noteTitle = (path) => path.split("/").pop().replace(/\.md$/i, "");

/** The last mentions of a person, latest first: {ago, path, line}. They are not contacts. */
export const mentions = (i) => raw.mentions.filter((row) => row.indexOf(i, 3) >= 0).map(([ago, path, line]) => ({
  ago, path: text(path), line,
}));

const helping = new Map(raw.moves.map(([i, what, depth]) => [i, { what: text(what), depth: depth / 10000 }]));
/** What would improve a person's tie most: {what, depth}; undefined if it was not computed. */
export const moves = (i) => helping.get(i);

let begins = null;
/** The last encounters of a person, latest first. */
export const encounters = (i) => {
  const table = raw.encounters;
  const found = [];
  if (!begins) {
    begins = [];
    for (let at = 0; at < raw.met.length; at += 1 + 2 * raw.met[at]) {
      begins.push(at);
    }
  }
  const first = begins[i] ?? -1;
  for (let at = first + 1; first >= 0 && at <= first + 2 * raw.met[first]; at += 2) {
    const number = raw.met[at];
    const path = text(table.path[number]);
    found.push({
      ago: table.ago[number],
      minutes: raw.met[at + 1],
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

const note = (path) => path.replace(/\.md$/i, "");
export const links = {
  /** Address that opens a note in Obsidian; null if the vault is not known. */
  obsidian: (path) => (path && raw.vault.name
    ? `obsidian://open?vault=${encodeURIComponent(raw.vault.name)}&file=${encodeURIComponent(note(path))}` : null),
  /** Address that searches the vault for links to a person; null if the vault is not known. */
  search: (name) => (raw.vault.name
    ? `obsidian://search?vault=${encodeURIComponent(raw.vault.name)}&query=${encodeURIComponent(`"[[${name}"`)}` : null),
  /** Address of the file; null if the vault's folder is not known. */
  file: (path) =>
    !path || raw.vault.base === null ? null : `${raw.vault.base}/${path.split("/").map(encodeURIComponent).join("/")}`,
};
/** Whether notes can be opened. */
export const hasVault = Boolean(raw.vault.name);
