// What the reader has chosen: person, picture, sectors, filters, zoom. It is kept in the address, so that a link shares
// it, and in the browser's history: each person, path, picture and month is an entry, so that Back returns to the one
// before.
import { byKey, data, isNotes, people } from "./page_data.js";

const listeners = [];
const months = data.timeline?.months ?? [];
const now = Math.max(0, months.length - 1);

const fresh = () => ({
  /** Number of the person chosen, -1 for none; and of the one pointed at. */
  chosen: -1,
  pointed: -1,
  /** The month shown: an index in the timeline, the last for now. */
  month: now,
  /** The other end of the path from the person chosen: -1 for me, null for no path; and which of several paths. */
  to: null,
  pathIndex: 0,
  /** Which picture: "rings" or "network". */
  view: isNotes ? "network" : "rings",
  /** Number of the grouping that makes the sectors of the rings. */
  by: 0,
  query: "",
  /** The values switched off. */
  off: { scene: new Set(), tie: new Set(), warm: new Set(), group: new Set() },
  depth: [0, 1],
  /** Last contact: any, within a number of days, or (negative) before it. */
  last: 0,
  /** Whether more people are drawn than by default. */
  all: false,
  /** [x, y, zoom] of the picture, null while it shows everyone. */
  at: null,
});
export const state = fresh();

/** Keys whose change adds an entry to the history. */
const ENTRIES = ["chosen", "to", "view", "by", "month"];
let pending = null;
let lastEntry = "";

/** Change the state; listeners get the set of changed keys. */
export const setState = (changes) => {
  const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
  if (!changed.length) {
    return;
  }
  Object.assign(state, changes);
  for (const listener of listeners) {
    listener(new Set(changed));
  }
  if (changed.some((key) => key !== "pointed")) {
    remember(ENTRIES.filter((key) => changed.includes(key)).join(" "));
  }
};
/** Call `listener(changed)` after each change, in the order of registration. */
export const onChange = (listener) => listeners.push(listener);

const written = () => {
  const address = new URLSearchParams();
  const put = (key, value, usual) => value !== usual && address.set(key, value);
  put("person", state.chosen < 0 ? "" : people.key[state.chosen], "");
  put("to", state.to === null ? "" : state.to < 0 ? "me" : people.key[state.to], "");
  put("way", String(state.pathIndex), "0");
  put("month", months[state.month], months[now]);
  put("view", state.view, fresh().view);
  put("by", data.groupings[state.by].key, data.groupings[0].key);
  put("search", state.query, "");
  for (const [key, off] of Object.entries(state.off)) {
    for (const name of [...off].sort()) {
      address.append(`no-${key}`, name);
    }
  }
  put("depth", state.depth.join("-"), "0-1");
  put("last", String(state.last), "0");
  put("all", String(state.all), "false");
  put("at", state.at ? state.at.join(",") : "", "");
  return address.toString();
};

/** Write the state into the address at once; as a new entry if `kind` names what changed. */
const write = (kind) => {
  const address = written();
  if (location.hash.slice(1) === address) {
    return;
  }
  const target = address ? `#${address}` : location.pathname + location.search;
  try {
    // Months that follow each other, dragged or played, are one entry.
    if (kind && !(kind === "month" && lastEntry === "month")) {
      history.pushState(null, "", target);
    } else {
      history.replaceState(null, "", target);
    }
    lastEntry = kind || lastEntry;
  } catch {
    // Some viewers of mailed pages forbid it; the map works without it.
  }
};
let waiting = 0;
/** Write the state soon, so that changes made together become one entry. */
const remember = (kind) => {
  if (isRecalling) {
    return;
  }
  if (kind && pending && pending !== kind) {
    keep();
  }
  pending = kind || pending;
  clearTimeout(waiting);
  waiting = setTimeout(keep, 150);
};
/** Write the state into the address now. */
export const keep = () => {
  clearTimeout(waiting);
  write(pending);
  pending = null;
};

/** How far the picture may be moved, in world units, and the range of the zoom. */
const [FAR, LEAST, MOST] = [1e6, 0.5, 40];
const isFinite = (values, length) => values.length === length && values.every(Number.isFinite);

let isRecalling = false;
/** Take the state from the address, ignoring invalid values. */
export const recall = () => {
  const address = new URLSearchParams(location.hash.slice(1));
  const wanted = fresh();
  const placeOf = (key) => (address.has(key) ? byKey(address.get(key)) : undefined);
  wanted.chosen = placeOf("person") ?? -1;
  wanted.to = placeOf("to") ?? (address.get("to") === "me" ? -1 : null);
  wanted.pathIndex = /^[1-9]$/.test(address.get("way") ?? "") ? Number(address.get("way")) : 0;
  wanted.month = months.includes(address.get("month")) ? months.indexOf(address.get("month")) : now;
  wanted.view = address.get("view") === "network" ? "network" : wanted.view;
  wanted.by = Math.max(0, data.groupings.findIndex((grouping) => grouping.key === address.get("by")));
  wanted.query = (address.get("search") ?? "").slice(0, 200);
  for (const [key, off] of Object.entries(wanted.off)) {
    address.getAll(`no-${key}`).forEach((name) => off.add(name));
  }
  const depth = (address.get("depth") ?? "").split("-").map(Number);
  if (isFinite(depth, 2) && depth[0] >= 0 && depth[0] <= depth[1] && depth[1] <= 1) {
    wanted.depth = depth;
  }
  const last = Number(address.get("last"));
  wanted.last = Number.isFinite(last) ? last : 0;
  wanted.all = address.get("all") === "true";
  const at = (address.get("at") ?? "").split(",").map(Number);
  const isNear = isFinite(at, 3) && Math.max(Math.abs(at[0]), Math.abs(at[1])) <= FAR && at[2] > 0;
  wanted.at = isNear ? [at[0], at[1], Math.min(MOST, Math.max(LEAST, at[2]))] : null;
  // Unchanged filters are left out: applying them to a large map takes a while.
  if (String(wanted.depth) === String(state.depth)) {
    wanted.depth = state.depth;
  }
  if (Object.entries(wanted.off).every(([key, off]) => String([...off].sort()) === String([...state.off[key]].sort()))) {
    wanted.off = state.off;
  }
  isRecalling = true;
  try {
    setState(wanted);
  } finally {
    isRecalling = false;
  }
  lastEntry = "";
};
const follow = () => location.hash.slice(1) !== written() && recall();
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
