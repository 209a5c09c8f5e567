// Colours: mixing, luminance, and what is legible on our paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { legible, luminance, mixed } from "../../../netnotes/map/web/lib/colours.js";

test("a mixture begins and ends with its colours", () => {
  assert.equal(mixed("#102030", "#ffffff", 0), "#102030");
  assert.equal(mixed("#102030", "#ffffff", 1), "#ffffff");
  assert.equal(mixed("#000000", "#ffffff", 0.5), "#808080");
});
test("luminance runs from black to white", () => {
  assert.equal(luminance("#000000"), 0);
  assert.ok(Math.abs(luminance("#ffffff") - 1) < 1e-9);
  assert.ok(luminance("#00ff00") > luminance("#ff0000"));
});
test("a colour becomes legible, and one that is stays as it is", () => {
  assert.equal(legible("#1f4ba5", false), "#1f4ba5");
  for (const [colour, onDark] of [["#ffff00", false], ["#fefefe", false], ["#000000", true], ["#101010", true]]) {
    const found = luminance(legible(colour, onDark));
    assert.ok(onDark ? found >= 0.13 : found <= 0.265, colour);
  }
});
