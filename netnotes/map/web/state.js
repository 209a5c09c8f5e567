// What the reader has chosen: person, picture, sectors, filters, place on the picture. Kept in the address, so that a link shares it.
"use strict";

(() => {
  const { told, people, byKey } = netnotes;
  const listeners = [];

  const months = told.timeline?.months ?? [];
  const now = Math.max(0, months.length - 1);

  const fresh = () => ({
    /** Place of the person chosen, -1 for none; likewise the one pointed at. */
    chosen: -1,
    pointed: -1,
    /** The month shown: a place in the timeline, the last for now. */
    month: now,
    /** Where the way is to lead from the person chosen: -1 for me, null for no way; and which of several. */
    to: null,
    way: 0,
    /** Which picture: "rings" or "network". */
    view: told.kind === "notes" ? "network" : "rings",
    /** Number of the grouping that makes the sectors of the rings. */
    by: 0,
    query: "",
    /** What is switched off, by its name. */
    off: { scene: new Set(), tie: new Set(), warm: new Set(), group: new Set() },
    depth: [0, 1],
    /** Last contact: any, a number of days within, or the negative of a number of days before. */
    last: 0,
    /** Whether more people are drawn than at first. */
    all: false,
    /** [x, y, zoom] of the picture, null while it shows everybody. */
    at: null,
  });
  const state = fresh();

  /** Change the state and tell everybody who listens which keys changed. */
  const set = (changes) => {
    const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
    if (changed.length) {
      Object.assign(state, changes);
      for (const listener of listeners) {
        listener(new Set(changed));
      }
      if (changed.some((key) => key !== "pointed")) {
        remember();
      }
    }
  };
  const listen = (listener) => listeners.push(listener);

  const written = () => {
    const address = new URLSearchParams();
    const put = (key, value, usual) => value !== usual && address.set(key, value);
    put("person", state.chosen < 0 ? "" : people.key[state.chosen], "");
    put("to", state.to === null ? "" : state.to < 0 ? "me" : people.key[state.to], "");
    put("way", String(state.way), "0");
    put("month", months[state.month], months[now]);
    put("view", state.view, fresh().view);
    put("by", told.groupings[state.by].key, told.groupings[0].key);
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

  let waiting = 0;
  const remember = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 150);
  };
  /** Write the state into the address at once. */
  const keep = () => {
    const address = written();
    if (location.hash.slice(1) !== address) {
      try {
        history.replaceState(null, "", address ? `#${address}` : location.pathname + location.search);
      } catch {
        // Some viewers of mailed pages forbid it; the picture works all the same.
      }
    }
  };

  /** How far off the picture may be taken, in lengths of the world, and the zooms that a hand can reach. */
  const [FAR, LEAST, MOST] = [1e6, 0.5, 40];
  const finite = (values, length) => values.length === length && values.every(Number.isFinite);

  /** Take the state from the address. What makes no sense there is as if it were absent. */
  const recall = () => {
    const address = new URLSearchParams(location.hash.slice(1));
    const wanted = fresh();
    wanted.chosen = byKey.get(address.get("person")) ?? -1;
    wanted.to = byKey.get(address.get("to")) ?? (address.get("to") === "me" ? -1 : null);
    wanted.way = /^[1-9]$/.test(address.get("way") ?? "") ? Number(address.get("way")) : 0;
    wanted.month = months.includes(address.get("month")) ? months.indexOf(address.get("month")) : now;
    wanted.view = address.get("view") === "network" ? "network" : wanted.view;
    wanted.by = Math.max(0, told.groupings.findIndex((grouping) => grouping.key === address.get("by")));
    wanted.query = (address.get("search") ?? "").slice(0, 200);
    for (const [key, off] of Object.entries(wanted.off)) {
      address.getAll(`no-${key}`).forEach((name) => off.add(name));
    }
    const depth = (address.get("depth") ?? "").split("-").map(Number);
    if (finite(depth, 2) && depth[0] >= 0 && depth[0] <= depth[1] && depth[1] <= 1) {
      wanted.depth = depth;
    }
    const last = Number(address.get("last"));
    wanted.last = Number.isFinite(last) ? last : 0;
    wanted.all = address.get("all") === "true";
    const at = (address.get("at") ?? "").split(",").map(Number);
    const isNear = finite(at, 3) && Math.max(Math.abs(at[0]), Math.abs(at[1])) <= FAR && at[2] > 0;
    wanted.at = isNear ? [at[0], at[1], Math.min(MOST, Math.max(LEAST, at[2]))] : null;
    set(wanted);
  };
  addEventListener("hashchange", () => location.hash.slice(1) !== written() && recall());

  Object.assign(netnotes, { state, set, listen, recall, keep });
})();
