// Texts as search compares them.

// Compatibility forms and combining marks are dropped; letters that have no decomposition are spelled out.
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", ħ: "h" };

const ASCII = /^[\0-\x7f]*$/;

/** Fold a text for comparison: no case, no accents. */
export const fold = (value) => (ASCII.test(value) ? value.toLowerCase() : value
  .normalize("NFKD")
  .replace(/\p{M}+/gu, "")
  .toLowerCase()
  .replace(/[łøđðıßæœþħ]/g, (letter) => LETTERS[letter]));

/** A number with thousands separators. */
const FIGURES = new Intl.NumberFormat("en-GB");
export const figures = (value) => (value >= 0 && value < 1000 && Number.isInteger(value) ? String(value) : FIGURES.format(value));

/** "1 link", "3 links". */
export const plural = (count, word) => `${figures(count)} ${word}${count === 1 ? "" : "s"}`;

/** Wrap a text so that its writing direction does not affect its neighbours. */
export const isolated = (text) => `\u2068${text}\u2069`;
