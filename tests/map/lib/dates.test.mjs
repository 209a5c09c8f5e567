// Dates as the page writes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { agoWords, durationWords, isoDate, longDate, monthWords, shortDate } from "../../../netnotes/map/web/lib/dates.js";

test("days are counted backwards from today, over months and leap days", () => {
  assert.equal(isoDate("2024-03-01", 1), "2024-02-29");
  assert.equal(isoDate("2026-01-01", -31), "2026-02-01");
  assert.equal(isoDate("2026-01-01", null), null);
  assert.equal(shortDate("2026-03-01", 26), "3 Feb 2026");
  assert.equal(longDate("2026-02-03"), "3 February 2026");
  assert.equal(monthWords("2024-05"), "May 2024");
});
test("lengths of time are written in the unit that fits", () => {
  assert.deepEqual([1, 13, 14, 69, 70, 729, 730].map(durationWords),
    ["1 day", "13 days", "2 weeks", "10 weeks", "2 months", "24 months", "2 years"]);
});
test("past, today and future", () => {
  assert.deepEqual([0, 3, -2].map(agoWords), ["today", "3 days ago", "in 2 days"]);
});
