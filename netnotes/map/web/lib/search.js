// Finds people by words: names first, then whatever else is known of them.

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
