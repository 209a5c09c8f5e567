// Paths through the deepest ties.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findPaths, ME, stepsOf } from "../../../netnotes/map/web/lib/paths.js";

// 0 knows me well, 1 knows 0 well and me hardly, 2 knows 1, 3 knows nobody; a note names 2 and 3 together.
const given = {
  depth: [0.9, 0.2, NaN, NaN], near: [[[1, 80]], [[0, 80], [2, 50]], [[1, 50]], []],
  isScored: true, noted: [[2, 3]], ignored: [], least: 0.1, counts: 0.3,
};
const people = (paths) => paths.map((path) => path.people);

test("the strongest path comes first, then one besides the own tie", () => {
  const found = findPaths(stepsOf(given), ME, 1);
  assert.deepEqual(people(found), [[ME, 0, 1], [ME, 1]]);
  assert.equal(found[0].strength.toFixed(2), "0.72");
  assert.equal(found[0].weakest, 1);
});
test("pairs that only a note names count as it says", () => {
  const [path] = findPaths(stepsOf(given), ME, 3);
  assert.deepEqual(path.people, [ME, 0, 1, 2, 3]);
  assert.equal(path.steps.at(-1).kind, "noted");
});
test("whoever asked to be left alone is on no path", () => {
  const ignored = [1];
  assert.deepEqual(findPaths(stepsOf({ ...given, ignored }), ME, 2, new Set(ignored)), []);
});
test("there is no path to oneself, and none where no step leads", () => {
  assert.deepEqual(findPaths(stepsOf(given), 1, 1), []);
  assert.deepEqual(findPaths(stepsOf({ ...given, noted: [] }), ME, 3), []);
});
test("without depths between others, how often they met counts", () => {
  const steps = stepsOf({ ...given, isScored: false, near: [[[1, 6]], [[0, 6]], [], []], noted: [] });
  assert.equal(findPaths(steps, 0, 1)[0].strength, 0.5);
});
