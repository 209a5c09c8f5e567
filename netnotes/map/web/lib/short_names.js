// Short forms of names, used if the whole name has no room: only unique ones, and only in scripts in which part of a
// name can be used for it.
import { fold } from "./text.js";

const ABBREVIATED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}'’.-]+$/u;
const LONGEST = 28;

/** A text as written on the picture: cut if it is long. */
export const cut = (text) => {
  const letters = [...text];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…` : text;
};

/** "Ada L." and "Ada" for "Ada Lovelace"; none if one of its words is a title or in another script. */
const parts = (name) => {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1);
  return words.length < 2 || words[0].length < 2 || words[0].endsWith(".") || !words.every((word) => ABBREVIATED.test(word))
    ? [] : [`${words[0]} ${[...last.replace(/^['’.-]+/, "")][0] ?? ""}.`, words[0]];
};

/** Return a function from an index in `names` to the forms of that name, the whole name first. */
export const shortForms = (names) => {
  const counts = new Map();
  for (const name of names) {
    for (const form of new Set([name, ...parts(name)].map(fold))) {
      counts.set(form, (counts.get(form) ?? 0) + 1);
    }
  }
  return (i) => [cut(names[i]), ...parts(names[i]).filter((form) => counts.get(fold(form)) === 1)];
};
