// Geometry of the rings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { angleOf, distanceOf, shareOf, zoneOf } from "../../../netnotes/map/web/lib/rings.js";

const EDGES = [1, 0.8, 0.65, 0.5, 0.3, 0];
const RADII = [46, 197, 310, 423, 574, 800];

test("each depth lies in the zone between its rings, on the ring itself in the inner one", () => {
  assert.deepEqual([1, 0.8, 0.79, 0.5, 0.3, 0.1, 0].map((depth) => zoneOf(EDGES, depth)), [0, 0, 1, 2, 3, 4, 4]);
});
test("distance grows as depth falls, and meets the rings", () => {
  EDGES.forEach((depth, edge) => assert.ok(Math.abs(distanceOf(EDGES, depth, RADII) - RADII[edge]) < 1e-9));
  for (let depth = 0.01; depth < 1; depth += 0.01) {
    assert.ok(distanceOf(EDGES, depth, RADII) > distanceOf(EDGES, Math.min(1, depth + 0.01), RADII));
  }
});
test("a place has the share that it was drawn for", () => {
  for (const share of [0, 0.2, 0.5, 0.99]) {
    const turn = angleOf(96, share, 500);
    assert.ok(Math.abs(shareOf(96, 500 * Math.sin(turn), -500 * Math.cos(turn)) - share) < 1e-9);
  }
});
