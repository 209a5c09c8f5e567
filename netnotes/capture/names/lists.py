"""Names in lists, though they are also common words: `will, max and Ada`, `beers, guy, rob, miles`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netnotes.capture.names.book import NameBook, NameMatch
from netnotes.capture.names.words import JOINED, NameWord, word_before
from netnotes.capture.word_kinds import company_words, is_calendar_word
from netnotes.text.lexicon.words import listed

_OPENS, _CLOSES = ",;:(-–—", ",.;)(-–—!"
"""Signs before and after a list of names."""


def with_listed(text: str, words: Sequence[NameWord], found: Sequence[NameMatch], book: NameBook) -> list[NameMatch]:
    """Return names with those in front of them in a list, though they are also common words: `will, max and Ada`.

    A month or a weekday needs more than a comma: `on sunday, Ada called`.
    """
    names = sorted((*found, *_lists_of_words(text, words, found, book)))
    for word in reversed(words):
        following = next((name for name in names if name.start > word.start), None)
        if following is None or not following.people or any(one.start <= word.start < one.end for one in names):
            continue
        between = text[word.end : following.start]
        if between == " " and _continues_list(text, word, following, names):
            between = ","
        dated = is_calendar_word(word.text) and (between.strip() in (",", ";") or _is_dated(text, word))
        who = () if dated or not between.strip() or not JOINED.fullmatch(between) else book.with_name(word.key)
        if who:
            names = sorted((*names, NameMatch(word.start, word.end, who, word.text)))
    return names


def _lists_of_words(
    text: str, words: Sequence[NameWord], found: Sequence[NameMatch], book: NameBook
) -> Iterator[NameMatch]:
    """Yield the names in lists of common words that are all names: `beers, guy, rob, miles, 4-7`.

    Such a list follows a sign, and another one or nothing follows it.
    """
    taken = {name.start for name in found}
    run: list[NameWord] = []
    for word in (*(word for word in words if not JOINED.fullmatch(word.text)), None):
        known = word is not None and word.key in book.first_words and not is_calendar_word(word.text)
        if word is None or not (known and run and _is_joined(text, run[-1].end, word.start)):
            opened = bool(run) and text[: run[0].start].rstrip()[-1:] in ("", *_OPENS)
            if len(run) > 1 and opened and text[run[-1].end :].lstrip()[:1] in ("", *_CLOSES):
                named = (one for one in run if one.start not in taken)
                yield from (NameMatch(one.start, one.end, book.with_name(one.key), one.text) for one in named)
            run = []
        if word is not None and known and book.with_name(word.key):
            run.append(word)


def _is_joined(text: str, end: int, start: int) -> bool:
    return bool(text[end:start].strip()) and JOINED.fullmatch(text, end, start) is not None


def _continues_list(text: str, word: NameWord, following: NameMatch, names: Sequence[NameMatch]) -> bool:
    """Return whether a word is in a list of names without commas: `with the crew, will ada and bo`."""
    last = next((name for name in names if name.start > following.end), None)
    joined = last and text[following.end : last.start].strip() and JOINED.fullmatch(text, following.end, last.start)
    before = text[: word.start].rstrip()
    return bool(joined and (before.endswith(",") or word_before(text, word.start) in company_words()))


def _is_dated(text: str, word: NameWord) -> bool:
    """Return whether a word such as `on` or `last` is before a calendar word."""
    return word_before(text, word.start) in frozenset().union(*map(listed, ("on", "last", "this", "next", "ahead")))
