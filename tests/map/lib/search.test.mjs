// Search by name and alias.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rank } from "../../../netnotes/map/web/lib/search.js";

test("the beginning of a name counts most, an alias less", () => {
  assert.deepEqual(["ada", "love", "vela", "countess", "nobody"].map((word) => rank(["ada lovelace", "countess"], word)), [0, 1, 2, 3, -1]);
});
