"""Which names are likely a person's, even if no person with a note has them. Does not know who exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from netnotes.extract.people.inflection import forms
from netnotes.extract.people.names import folded
from netnotes.extract.people.note_names import COLLECTIVE
from netnotes.regex import regex
from netnotes.text.clauses import words_of
from netnotes.text.lexicon.words import CHANNELS, fold, given_names, listed
from netnotes.text.names_in_lines import PARTICLES

_MOST_WORDS = 4
_JOINTS = regex(
    r"[&+,/|_()]|<-?>|↔|\d{1,4}[-.]\d{1,2}[-.]\d{1,4}|(?<=\s)[x–-](?=\s)|\s(?:and|und|et|y|e|en|och|i|и)\s",
    re.IGNORECASE,
)
"""What is between the names in a title."""
_AROUND = " -–—_.:0123456789#"
_HOW_OFTEN = regex(r"\b(?:bi-?weekly|weekly|fortnightly|monthly|quarterly|daily|recurring)\b", re.IGNORECASE)
_ONE_TO_ONE = regex(r"1.?(?:1|on.?1)", re.IGNORECASE)
_FEWEST_OF_FULL_NAME = 2
_NAMES_TOO = frozenset(("Marco",))
"""First names that only an accent tells from a month, such as `março`."""
_LISTS_OF_NO_NAMES = ("months", "weekdays", "other weekdays", "common", "placeholders", *CHANNELS, "attendees")

_LAST_NAMES = (
    *(("ичем", "ич"), ("ича", "ич"), ("ичу", "ич"), ("вной", "вна"), ("вне", "вна"), ("вну", "вна"), ("вны", "вна")),
    *(("ским", "ский"), ("ского", "ский"), ("скому", "ский"), ("ской", "ская"), ("скую", "ская"), ("цким", "цкий")),
    *(("овым", "ов"), ("евым", "ев"), ("иным", "ин"), ("овой", "ова"), ("евой", "ева"), ("иной", "ина")),
    *(("skim", "ski"), ("ckim", "cki"), ("skiego", "ski"), ("ckiego", "cki"), ("kiem", "k"), ("em", "")),
)
"""Ending of an inflected last name or patronymic → the ending of its basic form."""


def is_likely_name(name: str) -> bool:
    """Return whether `name` is a first name, perhaps with a surname, a title with a name, or a word such as `Mum`."""
    return likely_name(name) is not None


@lru_cache(maxsize=10_000)
def likely_name(name: str) -> str | None:
    """Return a name that is likely a person's, a first name in its basic form: `Ola` for `Olą`; None for others."""
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or any(map(str.isdigit, name)):
        return None
    first, *rest = (word.strip(".,") for word in words)
    key = folded(first)
    if rest and not _are_last_names(rest):
        return None
    if rest and key in titles():
        return None if rest[-1].isupper() else " ".join(words)
    if not first[:1].isupper() or (key in _not_first_names() and first not in _NAMES_TOO):
        return None
    if _is_first_name(key) or (not rest and key in listed("kin as a name")):
        return " ".join(map(_basic, words))
    base = _inflected().get(key)
    return " ".join((base, *map(_basic_last, rest))) if base else None


def likely_names_in(title: str) -> list[str]:
    """Return the names in a meeting's title that are likely people's: `2026-03-02 Kickoff Ada Lock & Bo`, `Ada x Bo`.

    A first name alone counts only where all of the title is names, after or beside words such as `with`, `1-1` and `x`.
    """
    words = words_of(title)
    contact = [word for word in words if word.kind in (*CHANNELS, "with")]
    joined = any(word.kind in ("with", "call") for word in contact) or _ONE_TO_ONE.search(title) is not None
    for start, end in sorted({(word.start, word.end) for word in contact}, reverse=True):
        title = f"{title[:start]}|{title[end:]}"
    parts = (part.strip(_AROUND) for part in _JOINTS.split(_HOW_OFTEN.sub("|", title)))
    pieces = [part for part in parts if any(map(str.isalpha, part)) and fold(part) not in listed("me")]
    full = [name for piece in pieces for name in _full_names_at_end(piece)]
    single = [name for piece in pieces if " " not in piece and (name := likely_name(piece))]
    joined = joined or len(pieces) > 1 or "<>" in title
    return full + single if full or (joined and len(single) == len(pieces)) else []


def _full_names_at_end(piece: str) -> Iterator[str]:
    """Yield the likely name of two words or more that a text ends with: `Ada Lock` of `Kickoff Ada Lock`."""
    words = piece.split()
    names = (likely_name(" ".join(words[at:])) for at in range(max(0, len(words) - _MOST_WORDS), len(words) - 1))
    yield from islice(filter(None, names), 1)


def _is_first_name(key: str) -> bool:
    """Return whether a folded word is a first name, or two of them: `Carol-Ann`, `Mei-Ling`."""
    first, hyphen, second = key.partition(" ")
    return first in given_names() and (not hyphen or second in given_names())


def _are_last_names(words: Sequence[str]) -> bool:
    last = folded(words[-1])
    capital = all(word and (word[0].isupper() or word in PARTICLES) for word in words)
    return capital and last not in COLLECTIVE and (len(last) == 1 or last not in _not_first_names())


def is_organisation(name: str, shortest: int = 2) -> bool:
    """Return whether capital letters, `shortest` or more, begin a name of several words that holds no first name.

    `IBM Bangalore`, `NHS North West`; not `MARSH Tilda`, `ADA PELL`, `DR Lind` and `J. Lind`.
    """
    first, *rest = (word.strip(".,()") for word in name.split()) if name else [""]
    if not rest or not (first.isupper() and first.isalpha()) or len(first) < shortest or folded(first) in titles():
        return False
    return not all(map(str.isupper, rest)) and not any(_is_first_name(folded(word)) for word in (first, *rest))


def parts_of_name(name: str) -> Iterator[str]:
    """Yield, folded, the single words that may mean a full name: the first, and the last unless it is a first name too.

    After a title only the last: `Bev` for `Auntie Bev`. `James` does not mean `Ada James`.
    """
    words = [folded(word.strip(".,")) for word in name.split()]
    if len(words) < _FEWEST_OF_FULL_NAME:
        return
    if words[0] in titles():
        yield words[-1]
        return
    yield words[0]
    if words[-1] not in given_names():
        yield words[-1]


def _basic(word: str) -> str:
    """Return `Ola` for the Polish `Olą` and `Olę`."""
    return f"{word[:-1]}a" if word.endswith(("ą", "ę")) else word


def _basic_last(word: str) -> str:
    """Return a Russian or Polish last name or patronymic in its basic form."""
    for ending, basic in _LAST_NAMES:
        if word.endswith(ending):
            return word.removesuffix(ending) + basic
    return _basic(word)


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Return, folded, the titles that may precede a name: `dr`, `frau`, `aunt`."""
    return listed("title before a name") | listed("kin as a name")


@lru_cache(maxsize=1)
def _not_first_names() -> frozenset[str]:
    """Return words that are not first names even when capitalised, such as months and contact words."""
    return frozenset(word for name in _LISTS_OF_NO_NAMES for word in listed(name))


@lru_cache(maxsize=1)
def _inflected() -> dict[str, str]:
    """Return folded form of a first name in a sentence → the name; no form that is a first name itself."""
    names = given_names()
    found: dict[str, str] = {}
    for key, name in names.items():
        for form in forms(key, name):
            if form not in names:
                found.setdefault(form, name)
    return found
