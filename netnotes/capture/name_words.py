"""The words of a sentence that may be names, and the unknown name that some of them make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from netnotes.capture.name_book import NAME_WORD, NameMatch, name_key
from netnotes.capture.word_kinds import is_lexical
from netnotes.extract.people.names import is_placeholder
from netnotes.regex import regex
from netnotes.text.names_in_lines import PARTICLES

LONGEST_NAME = 6
"""Most words in a name."""
POSSESSIVE = regex(r"['’]s$|(?<=s)['’]$")
_ELISION = regex(r"(?:[dljmnst]|qu|un|dell|all|dall|nell)['’](?=[^\W\d_]{2})", re.IGNORECASE)


class NameWord(NamedTuple):
    """A word of a sentence."""

    start: int
    end: int
    text: str
    key: str
    """As names are compared, without a possessive ending."""


def name_words(text: str) -> list[NameWord]:
    """Return the words of a sentence, in order; `d'` and the like are words of their own."""
    found = []
    for match in NAME_WORD.finditer(text):
        word, start = match[0].rstrip(".") if not match[0].startswith("[[") else match[0], match.start()
        if elision := _ELISION.match(word):
            found.append(NameWord(start, start + elision.end(), elision[0], ""))
            word, start = word[elision.end() :], start + elision.end()
        found.append(NameWord(start, start + len(word), word, name_key(POSSESSIVE.sub("", word))))
    return found


def is_run(text: str, words: Sequence[NameWord]) -> bool:
    """Return whether only blanks, or the point of an abbreviation, separate the words."""
    return all(
        not text[one.end : other.start].strip(" .") and text[one.end : other.start] for one, other in pairwise(words)
    )


def unknown_name(text: str, words: Sequence[NameWord], at: int) -> tuple[NameMatch | None, int]:
    """Return an unknown name: the capitalised words from here on, and particles between them as in `Saskia de Wit`."""
    end = at + 1
    for next_at in range(at + 1, min(len(words), at + LONGEST_NAME)):
        word = words[next_at]
        if not is_run(text, words[next_at - 1 : next_at + 1]):
            break
        if word.text[:1].isupper() and not is_lexical(word.key):
            end = next_at + 1
        elif word.text not in PARTICLES:
            break
    written, possessive = written_name(text, words[at:end])
    if is_placeholder(written) or len(written) < 2:
        return None, end - at
    start = words[at].start
    return NameMatch(start, start + len(written) + (text[start] == "@"), (), written, possessive), end - at


def written_name(text: str, words: Sequence[NameWord]) -> tuple[str, bool]:
    """Return some words as they are written, without a possessive ending, and whether they have one."""
    written = POSSESSIVE.sub("", text[words[0].start : words[-1].end]).lstrip("@")
    return written, POSSESSIVE.search(words[-1].text) is not None
