"""What others did without the writer, which is not a contact: `Ada met Bo`, `she rang Bo`, `the report Bo wrote`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES, are_joined
from netnotes.text.lexicon.words import Word, fold, given_names, listed

Span = tuple[int, int]
_GAP = 12
"""Characters between the contact word and the one met."""
_BETWEEN = regex(r"\s*(?:(?:hat|hatte|has|had|a|ha|heeft|har|just|also|auch|aussi)\s)?\s*")
_WORD = regex(r"[^\W\d_]+")
_PRONOUN = regex(r"(?<![\w'’])([^\W\d_]{2,5})(?:['’](?:ll|d|s|ve))?\s(?:[^\W\d_]{1,6}\s)?$")
"""A pronoun before a contact word, perhaps with an auxiliary between: `he'll talk to`, `elle a rencontré`."""
_LONGEST_SUBJECT = 20
_RELATIVE = regex(r"(?:(?<!\w)(?:that|which)|,\s(?:den|das|die|que|dat|som))[\s@*_\[(\"'“]{1,5}$", re.IGNORECASE)
"""A relative pronoun before a name: `the report that [[Ada]] wrote`."""
_SHORTEST_RELATIVE = 4
"""Letters of `that`."""
_WRITTEN = frozenset(("message", "mail"))
_IS = regex(
    r"[\s,:;*_)\]>–—→-]*(?:(?:is|was|are|were|ist|war|est|était|está|è|era|är|var|jest|był|była|были|был|была)\s)?"
)
"""What may be between a name and `not here`."""
_SAYS = regex(
    r"[\s*_\])]*\s(?:also\s|just\s)?(?:said|says|mentioned|mentions|suggested|suggests|thinks|thought|asked|asks|wants"
    r"|wanted|posted|posts|shared|shares|told|tells|recommended|recommends|announced|proposed|proposes|believes|noted"
    r"|invited|sagt|sagte|meint|meinte|erzählt|erzählte|schlägt|fragt|fragte|will|dit|a dit|pense|propose|demande|veut"
    r"|dice|dijo|piensa|propone|pregunta|quiere|ha detto|pensa|chiede|vuole|disse|diz|acha|pergunta|quer|zegt|zei|denkt"
    r"|vraagt|wil|mówi|mówiła?|powiedziała?|myśli|pyta|chce|говорит|сказала?|думает|спрашивает|хочет|säger|sa|tycker"
    r"|frågar|vill)(?!\w)",
    re.IGNORECASE,
)
"""A verb of saying right after a name."""
_SENTENCE_END = regex(r"(?<=[^\W\d_]{2})[.!?](?=\s)|;\s|\n")
_OWNED = regex(r"['’]s(?:\s[^\W\d_]{1,15})?\s$")
"""What is between a name and its owner's occasion: `[[Ada]]'s birthday party`."""
_MARKS, _ENDS = " \t>-*+_[@", ".:;!?"


def met_each_other(text: str, names: Sequence[Span], contacts: Sequence[Word]) -> frozenset[int]:
    """Return the indexes of the names of people who met without the writer.

    Empty if the line mentions the writer: `Ada met Bo at my place`.
    """
    met = [at for word in contacts for at in _subject_and_object(text, names, word)]
    return frozenset(met) if met and not _mentions_writer(text) else frozenset()


def _subject_and_object(text: str, names: Sequence[Span], word: Word) -> Sequence[int]:
    """Return the indexes of the names, or a pronoun and a name, on both sides of a contact word; else nothing."""
    after = bisect_left(names, (word.end, 0))
    if after == len(names) or names[after][0] - word.end > _GAP:
        return ()
    before = after - 1
    between = text[word.end : names[after][0]].strip(" @*_[")
    if between and between.casefold() not in ARTICLES and fold(between) not in listed("towards"):
        return ()
    if _is_another(text, word):
        return range(after, _end_of_list(text, names, after) + 1)
    if before < 0 or not _is_person(text, names[before]) or text[names[after][0]].islower():
        return ()
    if names[before][1] > word.start or not _BETWEEN.fullmatch(text, names[before][1], word.start):
        return ()
    first, last = before, _end_of_list(text, names, after)
    while first and are_joined(text, names[first - 1][1], names[first][0]):
        first -= 1
    lead = text[: names[first][0]].rstrip(_MARKS)
    return range(first, last + 1) if not lead or lead[-1] in _ENDS else ()


def _is_another(text: str, word: Word) -> bool:
    """Return whether a pronoun of the contact word's language, such as `she`, is its subject."""
    subject = _PRONOUN.search(text, max(0, word.start - _LONGEST_SUBJECT), word.start)
    return subject is not None and fold(subject[1]) in listed("other people", frozenset((word.language,)))


def _end_of_list(text: str, names: Sequence[Span], at: int) -> int:
    """Return the place of the last name of the list that the name at `at` is in."""
    while at + 1 < len(names) and are_joined(text, names[at][1], names[at + 1][0]):
        at += 1
    return at


def _is_person(text: str, name: Span) -> bool:
    """Return whether a name is a link, an `@Name` or a first name; not the `Finally` of `Finally met Ada`."""
    written = text[name[0] : name[1]].strip()
    return not written or written.startswith("@") or fold(written.partition(" ")[0]) in given_names()


def _mentions_writer(text: str) -> bool:
    return any(fold(word) in listed("the writer") for word in _WORD.findall(text))


def is_away(text: str, end: int, words: Sequence[Word], contacts: Sequence[Word]) -> bool:
    """Return whether `is sick` or the like is right after a name that ends at `end`, and no contact word follows."""
    return any(
        0 <= word.start - end < _GAP and _IS.fullmatch(text, end, word.start) is not None
        for word in words
        if word.kind == "not here" and not any(other.start > word.start for other in contacts)
    )


def wrote_the_topic(text: str, start: int, contacts: Sequence[Word]) -> bool:
    """Return whether the person named at `start` only wrote what the line is about: `the report that Ada wrote`."""
    if start <= _SHORTEST_RELATIVE or any(word.start <= start or word.kind not in _WRITTEN for word in contacts):
        return False
    return _RELATIVE.search(text, max(0, start - _GAP), start) is not None


def is_aside(text: str, name: Span, met: Sequence[Span], contacts: Sequence[Word]) -> bool:
    """Return whether contact words that no name is next to are not about `name`.

    Somebody says or owns something, or a sentence without a contact word follows the names of those who were `met`:
    `[[Ada]] said the meeting is off`, `[[Ada]]'s notes of it`, `Met [[Bo]]. [[Ada]] is out`; not `[[Ada]]'s party`.
    """
    start, end = name
    if text.startswith(("'s", "’s"), end):
        return not any(_OWNED.fullmatch(text, end, word.start) for word in contacts)
    if contacts[0].start > start and _SAYS.match(text, end):
        return True
    first = next((other[1] for other in met if _is_person(text, other)), start)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, first, start)]
    return bool(ends) and not any(ends[-1] <= word.start < start for word in contacts)
