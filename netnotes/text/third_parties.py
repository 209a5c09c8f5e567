"""What others did without the writer, which is not a contact: `Ada met Bo`, `Ada a croisé Manon à Lyon`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES, are_joined
from netnotes.text.lexicon.given_names import given_names
from netnotes.text.lexicon.words import Word, fold, listed

Span = tuple[int, int]
_GAP = 12
"""Characters between the contact word and the one met."""
_BETWEEN = regex(r"\s*(?:(?:hat|hatte|has|had|a|ha|heeft|har|just|also|auch|aussi)\s)?\s*")
_WORD = regex(r"[^\W\d_]+")
_MARKS, _ENDS = " \t>-*+_[@", ".:;!?"


def among_others(text: str, names: Sequence[Span], contacts: Sequence[Word]) -> frozenset[int]:
    """Return the names, by their places, that met without the writer.

    None where the writer or anything of theirs is in the line: `Ada met Bo at my place`.
    """
    met = [at for word in contacts for at in _subject_and_object(text, names, word)]
    return frozenset(met) if met and not _writer_is_there(text) else frozenset()


def _subject_and_object(text: str, names: Sequence[Span], word: Word) -> Sequence[int]:
    """Return the names right before and right after a contact word, if there are both."""
    behind = bisect_left(names, (word.end, 0))
    if not 0 < behind < len(names) or names[behind][0] - word.end > _GAP:
        return ()
    before = behind - 1
    between = text[word.end : names[behind][0]].strip(" @*_[")
    if between and between.casefold() not in ARTICLES:
        return ()
    if not _is_person(text, names[before]) or text[names[behind][0]].islower():
        return ()
    if names[before][1] > word.start or not _BETWEEN.fullmatch(text, names[before][1], word.start):
        return ()
    first, last = before, behind
    while first and are_joined(text, names[first - 1][1], names[first][0]):
        first -= 1
    while last + 1 < len(names) and are_joined(text, names[last][1], names[last + 1][0]):
        last += 1
    lead = text[: names[first][0]].rstrip(_MARKS)
    return range(first, last + 1) if not lead or lead[-1] in _ENDS else ()


def _is_person(text: str, name: Span) -> bool:
    """Return whether a name is a link, an `@Name` or a first name; not the `Finally` of `Finally met Ada`."""
    written = text[name[0] : name[1]].strip()
    return not written or written.startswith("@") or fold(written.partition(" ")[0]) in given_names()


def _writer_is_there(text: str) -> bool:
    return any(fold(word) in listed("the writer") for word in _WORD.findall(text))
