// Short forms of names, for where a whole one has no room: only where no other name has the same, and only in scripts in
// which a part of a name stands for it.
import { fold } from "./text.js";

const ABBREVIATED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}'’.-]+$/u;
const LONGEST = 28;

/** A text as it is written on the picture: of many letters the first. */
export const cut = (text) => {
  const letters = [...text];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…` : text;
};

/** "Ada L." and "Ada" for "Ada Lovelace"; none where one of its words is a title, or not of such a script. */
const parts = (name) => {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1);
  return words.length < 2 || words[0].length < 2 || words[0].endsWith(".") || !words.every((word) => ABBREVIATED.test(word))
    ? [] : [`${words[0]} ${[...last.replace(/^['’.-]+/, "")][0] ?? ""}.`, words[0]];
};

/** A function from a place in `names` to its forms, the whole name first. */
export const shortForms = (names) => {
  const counts = new Map();
  for (const name of names) {
    for (const form of new Set([name, ...parts(name)].map(fold))) {
      counts.set(form, (counts.get(form) ?? 0) + 1);
    }
  }
  return (i) => [cut(names[i]), ...parts(names[i]).filter((form) => counts.get(fold(form)) === 1)];
};
