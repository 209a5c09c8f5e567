// Months out of the two short texts that the page carries.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeRuns, readTimeline } from "../../../netnotes/map/web/lib/timeline.js";

const NEVER = 255;
const encode = (...bytes) => btoa(String.fromCharCode(...bytes));
// Steps of warmth are 21, words 4: a state is (tie * 4 + word) * 21 + step.
const state = (tie, word, step) => (tie * 4 + word) * 21 + step;
const people = { depth: [0.9, 0.4], tie: ["deep", "shallow"], warm: ["warm", "cooling"], warmth: [1, 0.5] };
const given = {
  months: ["2025-12", "2026-01", "2026-02"], people: 1, left: 1, slow: null,
  depth: encode(NEVER, 1, 60, 2), state: encode(NEVER, 1, state(0, 1, 10), 2),
};

test("runs are spread over their length", () => {
  assert.deepEqual([...decodeRuns(encode(7, 2, 9, 1), 3)], [7, 7, 9]);
});
test("an earlier month is what was known, the last is today", () => {
  const { now, depthOf, tieOf, warmOf, warmthOf } = readTimeline(given, people);
  assert.equal(now, 2);
  assert.ok(Number.isNaN(depthOf(0, 0)));
  assert.deepEqual([depthOf(0, 1), tieOf(0, 1), warmOf(0, 1), warmthOf(0, 1)], [0.6, "deep", "cooling", 0.5]);
  assert.deepEqual([depthOf(0, 2), tieOf(0, 2), warmOf(0, 2), warmthOf(0, 2)], [0.9, "deep", "warm", 1]);
});
test("whoever is not among those known was not met", () => {
  const { depthOf, tieOf, warmOf } = readTimeline(given, people);
  assert.ok(Number.isNaN(depthOf(1, 1)));
  assert.deepEqual([tieOf(1, 1), warmOf(1, 1)], ["not met", "not known"]);
});
test("without a past, now is all there is", () => {
  const { now, depthOf, words } = readTimeline(null, people);
  assert.deepEqual([now, depthOf(1, 0), words], [0, 0.4, { tie: [], warm: [] }]);
});
