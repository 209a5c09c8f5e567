// Depth as it is written, and what each part takes from it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { depthCosts, writeDepth } from "../../../netnotes/map/web/lib/depth.js";

test("a depth is never rounded up onto a ring", () => {
  assert.equal(writeDepth(0.4968, [0.5]), "0.49");
  assert.equal(writeDepth(0.5, [0.5]), "0.50");
  assert.equal(writeDepth(0.4968, []), "0.50");
});
test("the factors of all parts multiply to the depth, by the weights", () => {
  const parts = depthCosts([{ name: "know", value: 0.803, weight: 0.6 }, { name: "like", value: 0.7388, weight: 0.2 },
    { name: "trust", value: 0.9908, weight: 0.2 }]);
  assert.deepEqual(parts.map(({ factor }) => factor.toFixed(4)), ["0.8792", "0.9426", "0.9982"]);
  assert.equal(parts.reduce((product, { factor }) => product * factor, 1).toFixed(4), "0.8272");
  assert.ok(parts.every(({ factor, taken }) => Math.abs(factor + taken - 1) < 1e-12));
});
test("the part that takes most need not be the lowest", () => {
  const [heavy, light] = depthCosts([{ name: "know", value: 0.6, weight: 3 }, { name: "like", value: 0.5, weight: 1 }]);
  assert.ok(light.value < heavy.value && heavy.taken > light.taken && heavy.lost > light.lost);
  const depth = heavy.factor * light.factor;
  assert.ok(Math.abs(depth + heavy.lost - light.factor) < 1e-12);
});
test("no part is no cost", () => assert.deepEqual(depthCosts([]), []));
