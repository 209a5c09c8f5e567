// Finds people by words: names first, then scenes, companies, groups, tags and so on.

/** Rank of a wanted text among texts (the name, then aliases): 0 begins the name, 1 begins a word, 2 within; 3 and up for aliases; -1 none. */
export const rank = (texts, wanted) => {
  for (const [place, text] of texts.entries()) {
    const where = text.indexOf(wanted);
    if (where >= 0) {
      const word = where === 0 ? 0 : /[\s'’/-]/.test(text[where - 1]) ? 1 : 2;
      return word + (place ? 3 : 0);
    }
  }
  return -1;
};

/** Ranks of matches beyond one name or alias: all words in names, in any order; or also in other properties. */
const [WORDS, ELSE] = [6, 7];
/**
 * Rank of a person for a folded query, -1 for no match: the query within a name or alias; else each of its words, in any
 * order, within `names` or `others` (scene, company, group, tag, …), all folded.
 */
export const matchRank = (names, others, query) => {
  const whole = rank(names, query);
  if (whole >= 0) {
    return whole;
  }
  const words = query.split(/\s+/);
  const isIn = (texts, word) => texts.some((text) => text.includes(word));
  if (words.every((word) => isIn(names, word))) {
    return WORDS;
  }
  return isIn(others, query) || words.every((word) => isIn(names, word) || isIn(others, word)) ? ELSE : -1;
};
