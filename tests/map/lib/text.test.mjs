// Texts as search compares them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { figures, fold, isolated, plural } from "../../../netnotes/map/web/lib/text.js";

test("case, accents and letters without a decomposition fold", () => {
  assert.equal(fold("Łukasz Straße Ørsted ﬁn Ç"), "lukasz strasse orsted fin c");
  assert.equal(fold("東京"), "東京");
  assert.equal(fold("Ada LOVELACE-O'Neill 2"), "ada lovelace-o'neill 2");
});
test("numbers and plurals", () => {
  assert.equal(figures(1234567), "1,234,567");
  assert.deepEqual([0, 999, 1000, -5, 1.5].map(figures), ["0", "999", "1,000", "-5", "1.5"]);
  assert.equal(plural(1, "link"), "1 link");
  assert.equal(plural(1000, "link"), "1,000 links");
});
test("a text is set apart from its neighbours' direction", () => assert.equal(isolated("ابن"), "\u2068ابن\u2069"));
