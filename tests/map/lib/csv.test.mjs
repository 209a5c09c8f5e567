// Tables as CSV.
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeCsv } from "../../../netnotes/map/web/lib/csv.js";

test("quotes, commas and ends of lines are kept", () => {
  assert.equal(writeCsv([["a", 'b "c", d', "e\nf"]]), '\ufeffa,"b ""c"", d","e\nf"\r\n');
});
test("nothing is an empty cell, and numbers stay numbers", () => {
  assert.equal(writeCsv([[null, NaN, 0, -1.5]]), "\ufeff,,0,-1.5\r\n");
});
test("what a spreadsheet would run gets an apostrophe", () => {
  for (const text of ["=1+1", "+1", "-1", "@a", "\t=1", "＝1", "'=1"]) {
    assert.match(writeCsv([[text]]), /^\ufeff"?'/, text);
  }
});
