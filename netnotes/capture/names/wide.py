"""Find the names that are written without spaces, in Chinese and Japanese: `田中さん`, `美咲と`, `跟王芳`."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from netnotes.capture.names.book import NameBook, NameMatch
from netnotes.capture.names.other_script import KATAKANA
from netnotes.capture.word_kinds import begins_with
from netnotes.regex import regex
from netnotes.text.lexicon.words import CHANNELS, listed
from netnotes.text.names_in_lines import WIDE_NAME

_HONORIFIC = regex("さん|くん|君|ちゃん|様|先生|氏")
_PARTICLE = regex("と|に|から|へ|が|は|の(?:家|とこ)")
_RUN = regex(r"[\u3040-\u30ff\u3400-\u9fff]+")
_OF = regex("[の的]")
_RELATIONS = ("kin", "kin as a name", "who it is", "people of somebody")
"""Lists of words for a relative, before which a name is expected: `美咲のお母さん`."""
_LEADING = ("和", "跟", "给", "給", "与", "與", "同", "找", "约", "約")
"""Words before a Chinese name."""
_SHORTEST_PART, _SHORTEST_WHOLE = 2, 3
"""Characters of a family or a given name alone, and of a name that has both."""
_LONGEST_PART = 4
_BEFORE_SHORT = regex(r"(?:^|[^\u3400-\u9fff]|[今昨明]日|今[朝夜晩]|昨夜|先週|[月火水木金土日]曜日?)$")
"""What may be before a given name of one character: a day, or no such character."""
_NO_NAMES = (*CHANNELS, "typed in person", "typed call", "typed message", "kinds of places")


def wide_names(text: str, book: NameBook, found: Sequence[NameMatch]) -> list[NameMatch]:
    """Return the names written without spaces, in Chinese and Japanese; family names alone as in `田中さん`."""
    places = [
        *((start, end, book.with_name(key)) for start, end, key in in_full(text, book.full, book.first)),
        *(
            (start, end, tuple(person for key in keys for person in book.with_name(key)))
            for start, end, keys in in_part(text, book.full)
        ),
    ]
    wide: list[NameMatch] = []
    for start, end, people in places:
        if not any(one.start < end and start < one.end and one.people for one in (*found, *wide)):
            wide.append(NameMatch(start, end, people, text[start:end]))
    return wide


def in_katakana(text: str, book: NameBook) -> Iterator[NameMatch]:
    """Yield the names in katakana, before a particle, that sound like somebody's: `アダと` of Ada."""
    for match in KATAKANA.finditer(text):
        common = any(match[0] in listed(kind) for kind in _NO_NAMES)
        if not common and is_before_particle(text, match.end()) and book.near(match[0]):
            yield NameMatch(match.start(), match.end(), (), match[0])


def in_full(text: str, keys: Iterable[str], first: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, key) of full names, and of family names written apart before an honorific, the longest first.

    `first`: names that are the first of several words, here the family names.
    """
    whole = frozenset(keys)
    for name in sorted(filter(WIDE_NAME.fullmatch, (*whole, *first)), key=len, reverse=True):
        for at in _places(_unvoiced(text), name):
            if name in whole or _HONORIFIC.match(text, at + len(name)):
                yield at, at + len(name), name


@lru_cache(maxsize=2)
def _unvoiced(text: str) -> str:
    """Return a text as folded names are written, without the marks of voiced kana: `シ` for `ジ`."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def _places(text: str, name: str) -> Iterator[int]:
    """Yield where a name is written in a text."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def in_part(text: str, keys: Iterable[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, keys) of family or given names alone, where a name is expected, with all they may mean."""
    keys = tuple(keys)
    whole = [key for key in keys if len(key) >= _SHORTEST_WHOLE and WIDE_NAME.fullmatch(key) and not _is_polite(key)]
    yield from _given(text, keys)
    if not whole:
        return
    for match in _HONORIFIC.finditer(text):
        yield from _before(_unvoiced(text), match.start(), whole, 1)
    for match in _PARTICLE.finditer(text):
        yield from _before(_unvoiced(text), match.start(), whole, _SHORTEST_PART)
    for match in _OF.finditer(text):
        if _is_relation(text, match.end()):
            yield from _before(_unvoiced(text), match.start(), whole, _SHORTEST_PART)
    for run in _RUN.finditer(text):
        # `met 花子`
        alone = _before(_unvoiced(text), run.end(), whole, _SHORTEST_PART)
        yield from (found for found in alone if found[0] == run.start())
    for key in whole:
        given = key[-_SHORTEST_PART:]
        for at in _places(_unvoiced(text), given) if len(key) == _SHORTEST_WHOLE else ():
            if text.endswith(_LEADING, 0, at) or is_before_particle(text, at + len(given)):
                yield at, at + len(given), tuple(other for other in whole if other.endswith(given))


def _is_polite(key: str) -> bool:
    """Return whether a name, such as an alias, ends with an honorific: `佐藤さん`."""
    return any(honorific.end() == len(key) for honorific in _HONORIFIC.finditer(key))


def _given(text: str, keys: Iterable[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the given names, before a particle, of names whose parts are written apart: `美咲に` of `田中 美咲`."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        family, _, given = key.partition(" ")
        if WIDE_NAME.fullmatch(family) and WIDE_NAME.fullmatch(given):
            named[given].append(key)
    for given, own in named.items():
        alone = {run.span() for run in _RUN.finditer(text)}
        for at in _places(_unvoiced(text), given):
            if len(given) < _SHORTEST_PART and not _BEFORE_SHORT.search(text, 0, at):
                continue
            if is_before_particle(text, at + len(given)) or (at, at + len(given)) in alone:
                yield at, at + len(given), tuple(own)


def _before(text: str, end: int, whole: list[str], shortest: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the longest part of a name that ends at `end`; a single character only as a family name."""
    for length in range(min(_LONGEST_PART, end), shortest - 1, -1):
        part = text[end - length : end]
        found = tuple(key for key in whole if key.startswith(part) or (length >= _SHORTEST_PART and key.endswith(part)))
        if found:
            yield end - length, end, found
            return


def is_before_particle(text: str, at: int) -> bool:
    """Return whether a word that follows a name, such as `と`, `さん` or `のお母さん`, is at a place."""
    of = _OF.match(text, at)
    return (
        (of is not None and _is_relation(text, of.end()))
        or _PARTICLE.match(text, at) is not None
        or _HONORIFIC.match(text, at) is not None
    )


def _is_relation(text: str, at: int) -> bool:
    """Return whether a word for a relative, a friend or the like is at a place."""
    return any(begins_with(text[at:], kind) for kind in _RELATIONS)
