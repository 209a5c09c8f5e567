// Decodes depth and warmth at the end of each month from the page's two compressed texts.

/** Value of both columns: not met yet. */
const NEVER = 255;
const WORDS = ["warm", "cooling", "dormant", "not known"];
const TIES = ["deep", "shallow", "thin"];
/** Steps of warmth from 0 to 1. */
const STEPS = 20;

/** Decode runs of (value, length) bytes in base64 into `count` values. */
export const decodeRuns = (text, count) => {
  const bytes = atob(text);
  const values = new Uint8Array(count);
  let at = 0;
  for (let place = 0; place < bytes.length; place += 2) {
    const end = at + bytes.charCodeAt(place + 1);
    values.fill(bytes.charCodeAt(place), at, end);
    at = end;
  }
  return values;
};

/**
 * The months of the page: {months, now, known, depthOf, tieOf, warmOf, warmthOf, words}. `given` is null without a
 * past. The last month is today, with the values of `people`; only the first `known` people have values for earlier
 * ones.
 */
export const readTimeline = (given, people) => {
  const months = given?.months ?? [];
  const now = Math.max(0, months.length - 1);
  const known = given?.people ?? 0;
  const depths = given ? decodeRuns(given.depth, known * months.length) : [];
  const states = given ? decodeRuns(given.state, known * months.length) : [];
  /** Undefined if the person was not met yet, or has no values for earlier months. */
  const stateOf = (i, month) => {
    const value = i < known ? states[i * months.length + month] : NEVER;
    return value === NEVER ? undefined : value;
  };
  const depthOf = (i, month) => {
    if (month >= now) {
      return people.depth[i];
    }
    const value = i < known ? depths[i * months.length + month] : NEVER;
    return value === NEVER ? NaN : value / 100;
  };
  const tieOf = (i, month) => {
    const value = month < now ? stateOf(i, month) : null;
    return value === null ? people.tie[i] : value === undefined ? "not met" : TIES[Math.floor(value / ((STEPS + 1) * WORDS.length))];
  };
  const warmOf = (i, month) => {
    const value = month < now ? stateOf(i, month) : null;
    return value === null ? people.warm[i] : value === undefined ? "not known" : WORDS[Math.floor(value / (STEPS + 1)) % WORDS.length];
  };
  const warmthOf = (i, month) => {
    const value = month < now ? stateOf(i, month) : null;
    return value === null ? people.warmth[i] : value === undefined ? NaN : (value % (STEPS + 1)) / STEPS;
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
    return [...found];
  };
  return {
    months, now, known, depthOf, tieOf, warmOf, warmthOf,
    unknown: given?.left ?? 0, slow: given?.slow ?? null,
    /** The words used in any month. */
    words: { tie: ever(tieOf), warm: ever(warmOf) },
  };
};
