// Search by name and alias.
import assert from "node:assert/strict";
import { test } from "node:test";
import { matchRank, rank } from "../../../netnotes/map/web/lib/search.js";

test("the beginning of a name counts most, an alias less", () => {
  assert.deepEqual(["ada", "love", "vela", "countess", "nobody"].map((word) => rank(["ada lovelace", "countess"], word)), [0, 1, 2, 3, -1]);
});
test("words are found in any order, in names and in what else is known", () => {
  const of = (query) => matchRank(["lukasz wrona", "luk"], ["milling", "wrona kamien", "deep", "cooling"], query);
  assert.equal(of("luk"), 0);
  assert.equal(of("wrona luk"), 6);
  assert.equal(of("milling deep"), 7);
  assert.equal(of("wrona kamien"), 7);
  assert.equal(of("luk cooling"), 7);
  assert.equal(of("luk bristol"), -1);
});
