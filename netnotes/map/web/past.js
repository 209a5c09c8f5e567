// How everybody stands in the month shown: today's values, or those of an earlier month as history tells. Draws nothing.
"use strict";

(() => {
  const { told, people } = netnotes;
  const NEVER = 255;
  const WORDS = ["warm", "cooling", "dormant", "not known"];
  const TIES = ["deep", "shallow", "thin"];
  const STEPS = 20;
  const given = told.timeline;
  const months = given?.months ?? [];
  /** Number of the last month, which is today. */
  const now = Math.max(0, months.length - 1);
  const known = given?.people ?? 0;

  /** Undo the runs: one value for each person and month, all months of the first person first. */
  const unrolled = (text) => {
    const bytes = atob(text);
    const values = new Uint8Array(known * months.length);
    let at = 0;
    for (let place = 0; place < bytes.length; place += 2) {
      const end = at + bytes.charCodeAt(place + 1);
      values.fill(bytes.charCodeAt(place), at, end);
      at = end;
    }
    return values;
  };
  const depths = given ? unrolled(given.depth) : [];
  const states = given ? unrolled(given.state) : [];

  const depthOf = (i, month) => {
    if (month >= now || i >= known) {
      return month >= now ? people.depth[i] : NaN;
    }
    const value = depths[i * months.length + month];
    if (value === NEVER) {
      return NaN;
    }
    return value / 100;
  };
  const state = (i, month) => states[i * months.length + month];
  const tieOf = (i, month) => {
    if (month >= now) {
      return people.tie[i];
    }
    return i >= known || state(i, month) === NEVER ? "not met"
      : TIES[Math.floor(state(i, month) / ((STEPS + 1) * WORDS.length))];
  };
  const warmOf = (i, month) => {
    if (month >= now) {
      return people.warm[i];
    }
    return i >= known || state(i, month) === NEVER ? "not known"
      : WORDS[Math.floor(state(i, month) / (STEPS + 1)) % WORDS.length];
  };
  const warmthOf = (i, month) => {
    if (month >= now) {
      return people.warmth[i];
    }
    return i >= known || state(i, month) === NEVER ? NaN : (state(i, month) % (STEPS + 1)) / STEPS;
  };

  const isHollow = (i, month) => {
    const word = warmOf(i, month);
    return word === "dormant" || Number.isNaN(depthOf(i, month)) || (month < now && word === "not known" && warmthOf(i, month) < 0.05);
  };
  const [least, more, power] = told.dot;
  const sizeOf = (depth) => (Number.isNaN(depth) ? least : least + more * depth ** power);
  const todays = { size: people.size.slice() };

  /** As drawn: `there` runs from 0, not met yet, to 1. What is no number is that of the whole month. */
  const standing = {
    depth: people.depth.slice(),
    warmth: people.warmth.slice(),
    there: new Float32Array(people.count).fill(1),
    hollow: Uint8Array.from(people.warm, (_, i) => Number(isHollow(i, now))),
    tie: [...people.tie],
    warm: [...people.warm],
    /** Everybody by depth, the deepest first. */
    order: Array.from({ length: people.count }, (_, i) => i),
    /** The month, with a fraction on the way to the next. */
    at: now,
  };

  /** Let words, and the order, be those of a month. */
  const word = (month) => {
    for (let i = 0; i < people.count; i += 1) {
      standing.tie[i] = tieOf(i, month);
      standing.warm[i] = warmOf(i, month);
    }
    const by = Float32Array.from(people.depth, (_, i) => {
      const depth = depthOf(i, month);
      return Number.isNaN(depth) ? -1 : depth;
    });
    standing.order.sort((one, other) => by[other] - by[one] || one - other);
  };

  /** Let everybody stand as at `at`, a month or a moment between two. */
  const look = (at) => {
    const [before, after] = [Math.floor(at), Math.ceil(at)];
    const share = at - before;
    standing.at = at;
    for (let i = 0; i < people.count; i += 1) {
      const [from, to] = [depthOf(i, before), depthOf(i, after)];
      const [was, is] = [!Number.isNaN(from), !Number.isNaN(to)];
      standing.depth[i] = was && is ? from + (to - from) * share : is ? to : from;
      standing.there[i] = at >= now || (was && is) ? 1 : is || after >= now ? share : was ? 1 - share : 0;
      const [cool, warm] = [warmthOf(i, before), warmthOf(i, after)];
      standing.warmth[i] = Number.isNaN(cool) ? warm : Number.isNaN(warm) ? cool : cool + (warm - cool) * share;
      standing.hollow[i] = Number(isHollow(i, share > 0.5 ? after : before));
      people.size[i] = at >= now ? todays.size[i] : sizeOf(standing.depth[i]) * (0.4 + 0.6 * standing.there[i]);
    }
  };

  const ever = (of) => {
    const found = new Set();
    const seen = new Set();
    states.forEach((value, at) => {
      if (value !== NEVER && !seen.has(value)) {
        seen.add(value);
        found.add(of(Math.floor(at / months.length), Math.min(now - 1, at % months.length)));
      }
    });
    return found;
  };

  const spoken = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
  /** "May 2024", or "now". */
  const monthName = (month) => {
    if (month >= now) {
      return "now";
    }
    const [year, number] = months[month].split("-").map(Number);
    return spoken.format(new Date(Date.UTC(year, number - 1, 1)));
  };
  /** Why somebody is not on the picture. */
  const hidden = (i, month) => (Number.isNaN(depthOf(i, month)) && month < now ? "not met by then" : "hidden by a filter");

  Object.assign(netnotes, {
    standing, look, word, monthName, hidden,
    past: {
      /** Words that some month has. */
      words: { tie: [...ever(tieOf)], warm: [...ever(warmOf)] },
      months, now, known, depthOf, tieOf, warmOf, warmthOf, left: given?.left ?? 0, slow: given?.slow ?? null,
    },
  });
})();
