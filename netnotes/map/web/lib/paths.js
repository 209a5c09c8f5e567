// Finds paths between two people through the deepest ties, by the rule of `netnotes path`.

/** Me, among people known by their numbers. */
export const ME = -1;
/** If no depth between others is known: the number of meetings that counts as a depth of one half. */
const HALF = 6;

/**
 * Return a function from a person to [other, strength, kind] of each step that a path can take.
 * `graph` is {depth, near, isScored, noted, ignored, least, counts}: everyone's depth, ties between others, whether their
 * strength is a depth in hundredths, pairs that only a note names, people who asked to be left alone, the weakest step that
 * counts, and what a noted pair counts.
 */
export const stepsOf = ({ depth, near, isScored, noted, ignored, least, counts }) => {
  const left = new Set(ignored);
  const named = new Map();
  for (const [a, b] of noted) {
    named.set(a, [...(named.get(a) ?? []), b]);
    named.set(b, [...(named.get(b) ?? []), a]);
  }
  const between = (strength) => (isScored ? strength / 100 : strength / (strength + HALF));
  return function* steps(from) {
    if (from === ME) {
      for (let i = 0; i < depth.length; i += 1) {
        if (depth[i] >= least && !left.has(i)) {
          yield [i, depth[i], "mine"];
        }
      }
      return;
    }
    if (depth[from] >= least) {
      yield [ME, depth[from], "mine"];
    }
    const others = new Set();
    for (const [other, strength] of near[from]) {
      const value = between(strength);
      if (value >= least && !left.has(other)) {
        others.add(other);
        yield [other, value, isScored ? "scored" : "counted"];
      }
    }
    for (const other of named.get(from) ?? []) {
      if (!others.has(other) && !left.has(other)) {
        yield [other, counts, "noted"];
      }
    }
  };
};

// A heap of [strength, who], the strongest on top.
const push = (heap, entry) => {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    if (heap[up][0] >= entry[0]) {
      break;
    }
    heap[at] = heap[up];
    at = up;
  }
  heap[at] = entry;
};
const pop = (heap) => {
  const top = heap[0];
  const entry = heap.pop();
  let at = 0;
  while (2 * at + 1 < heap.length) {
    let down = 2 * at + 1;
    if (down + 1 < heap.length && heap[down + 1][0] > heap[down][0]) {
      down += 1;
    }
    if (heap[down][0] <= entry[0]) {
      break;
    }
    heap[at] = heap[down];
    at = down;
  }
  if (heap.length) {
    heap[at] = entry;
  }
  return top;
};

/** The path with the largest product of steps (Dijkstra), null for none; `isBarred(a, b)` forbids steps. */
const strongest = (steps, from, to, isBarred) => {
  const best = new Map([[from, 1]]);
  const before = new Map();
  const done = new Set();
  const heap = [[1, from]];
  while (heap.length) {
    const [strength, at] = pop(heap);
    if (at === to) {
      break;
    }
    if (done.has(at)) {
      continue;
    }
    done.add(at);
    for (const [other, value, kind] of steps(at)) {
      const reached = strength * value;
      if (!done.has(other) && reached > (best.get(other) ?? 0) && !isBarred(at, other)) {
        best.set(other, reached);
        before.set(other, { from: at, to: other, strength: value, kind });
        push(heap, [reached, other]);
      }
    }
  }
  const found = [];
  for (let at = to; before.has(at); at = found[0].from) {
    found.unshift(before.get(at));
  }
  return found.length ? pathOf(found) : null;
};
const pathOf = (found) => ({
  steps: found,
  people: [found[0].from, ...found.map((step) => step.to)],
  strength: found.reduce((product, step) => product * step.strength, 1),
  weakest: found.reduce((weak, step, at) => (step.strength < found[weak].strength ? at : weak), 0),
});

/**
 * The paths between two people (`ME` for me), the strongest first: the strongest of all, the strongest besides their own
 * tie, that tie, and between two others the strongest without me. `ignored` are people who asked to be left alone.
 */
export const findPaths = (steps, from, to, ignored = new Set()) => {
  if (from === to || ignored.has(from) || ignored.has(to)) {
    return [];
  }
  const isOwn = (a, b) => (a === from && b === to) || (a === to && b === from);
  const found = [strongest(steps, from, to, () => false), strongest(steps, from, to, isOwn)];
  const own = [...steps(from)].find(([other]) => other === to);
  if (own) {
    found.push(pathOf([{ from, to, strength: own[1], kind: own[2] }]));
  }
  if (from !== ME && to !== ME) {
    found.push(strongest(steps, from, to, (a, b) => a === ME || b === ME));
  }
  const different = new Map(found.filter(Boolean).map((one) => [one.people.join(" "), one]));
  return [...different.values()].sort((one, other) => other.strength - one.strength || one.steps.length - other.steps.length);
};
