// Short forms of names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, shortForms } from "../../../netnotes/map/web/lib/short_names.js";

const forms = (...names) => {
  const of = shortForms(names);
  return names.map((_, i) => of(i));
};

test("a first name alone stands for the only one who has it", () => {
  assert.deepEqual(forms("Ada Lovelace", "Grace Hopper")[0], ["Ada Lovelace", "Ada L.", "Ada"]);
});
test("of two who share a first name, neither is called by it alone", () => {
  assert.deepEqual(forms("Zoe Abel", "Zoé Brandt"), [["Zoe Abel", "Zoe A."], ["Zoé Brandt", "Zoé B."]]);
});
test("of two who share the initial as well, both are written whole", () => {
  assert.deepEqual(forms("Zoe Abel", "Zoe Aydin", "Zoe"), [["Zoe Abel"], ["Zoe Aydin"], ["Zoe"]]);
});
test("names of scripts in which a part means nothing alone, and titles, stay whole", () => {
  for (const name of ["عبد العزيز بن سعود", "山田 太郎", "דוד בן גוריון", "Dr. Ada Lovelace", "Anna", "Bob (gym)", "Ada 3"]) {
    assert.deepEqual(forms(name)[0], [name]);
  }
});
test("long names end in dots, and letters are never torn apart", () => {
  assert.equal([...cut("x".repeat(99))].length, 28);
  assert.equal(cut("👩‍🚀 short"), "👩‍🚀 short");
});
