"""Make pseudonyms from people's names: initials, or numbers. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r"[\w\u0300-\u036f]+")
"""Includes combining accents."""


def initials(people: Iterable[Sequence[str]]) -> list[str]:
    """Return unique initials for people, each given as name and aliases: `AL`, then `AL 2`; a number if initials fail.

    They fail for a name in a script without capitals, since one of its characters may be a whole name, and if they
    spell someone's name or part of it: `BO` does not hide Bo Olsen.
    """
    everybody = [tuple(names) for names in people]
    called = {part for names in everybody for name in names for part in _parts(name)}
    found: list[str] = []
    count: dict[str, int] = {}
    for place, names in enumerate(everybody, start=1):
        letters = _letters(names[0])
        if not letters or _bare(letters) in called:
            found.append(str(place))
            continue
        count[letters] = again = count.get(letters, 0) + 1
        found.append(letters if again == 1 else f"{letters} {again}")
    return found


def _parts(name: str) -> Iterator[str]:
    """Yield a name and its words, except words of one letter, which are initials themselves."""
    yield _bare(name)
    yield from (_bare(word) for word in _WORD.findall(unicodedata.normalize("NFC", name)) if len(word) > 1)


def _letters(name: str) -> str:
    """Return the first letters of the first and the last word that have one."""
    words = [initial for word in unicodedata.normalize("NFC", name).split() if (initial := _initial(word))]
    return "".join(words if len(words) < 2 else (words[0], words[-1]))


def _initial(word: str) -> str:
    letter = next((letter for letter in word if letter.isalpha()), "")
    large = letter.upper()[:1]
    return large if large and unicodedata.category(large) == "Lu" else ""


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).casefold() if letter.isalnum())
