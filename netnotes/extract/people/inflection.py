"""The forms that names take in Russian and Polish sentences: `с Анной Котовой`, `z Piotrem Wroną`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from netnotes.extract.people.names import folded
from netnotes.model import Person
from netnotes.regex import regex

_CYRILLIC = regex(r"[а-я]+(?: [а-я]+)?")
_POLISH = regex(r"[ąćęłńśźż]|(?:sk|ck|dzk)[ia]$|(?:icz|ak|ek|czyk|wna)(?: |$)", re.IGNORECASE)
_Endings = tuple[tuple[str, tuple[str, ...]], ...]
_RUSSIAN_ENDINGS: _Endings = (
    ("ская", ("ской", "скую", "ских", "скими")),
    ("скии", ("ского", "скому", "ским", "ском", "ских", "скими")),
    ("ова", ("овой", "ову", "овых", "овыми")),
    ("ева", ("евой", "еву", "евых", "евыми")),
    ("ина", ("иной", "ину", "ины", "ине", "иных", "иными")),
    ("ия", ("ии", "ию", "ией")),
    ("ья", ("ьи", "ье", "ью", "ьей")),
    ("я", ("и", "е", "ю", "ей")),
    ("а", ("ы", "и", "е", "у", "ой", "ей")),
    ("ел", ("ла", "лу", "лом", "ле")),
    ("ии", ("ия", "ию", "ием", "ии")),
    ("еи", ("ея", "ею", "еем", "ее")),
    ("и", ("я", "ю", "ем", "е")),
    ("ь", ("я", "ю", "ем", "е", "и", "ью")),
    ("ов", ("ова", "ову", "овым", "ове", "овых", "овыми")),
    ("ев", ("ева", "еву", "евым", "еве", "евых", "евыми")),
    ("ин", ("ина", "ину", "иным", "ине", "иных", "иными")),
    ("", ("а", "у", "ом", "ем", "е")),
)
"""Ending of a name → its inflected endings; the first match counts. Folded: `ё` is `е`, and `й` is `и`."""
_POLISH_FAMILY = ("kow", "kami", "kom", "ow", "ami", "om")
_POLISH_ENDINGS: _Endings = (
    # Kaśka, Gośka and Baśka, unlike Kowalska
    *((f"{short}ska", (f"{short}ski", f"{short}sce", f"{short}skę", f"{short}sko")) for short in ("ka", "go", "ba")),
    ("ska", ("skiej",)),
    ("cka", ("ckiej",)),
    ("ski", ("skiego", "skiemu", "skim", "scy", "skich", "skimi")),
    ("cki", ("ckiego", "ckiemu", "ckim", "ccy", "ckich", "ckimi")),
    ("iek", ("ka", "kowi", "kiem", "ku")),
    ("ek", ("ka", "kowi", "kiem", "ku")),
    ("el", ("la", "lowi", "lem", "ela", "elowi", "elem")),
    ("tr", ("tra", "trowi", "trem", "trze")),
    ("io", ("ia", "iowi", "iem", "iu")),
    ("o", ("ona", "onowi", "onem", "onie", "a", "owi", "em")),
    *((f"{letter}ia", (f"{letter}ii", f"{letter}ie", f"{letter}io")) for letter in "rlf"),
    ("ia", ("i", "ii", "ie", "iu", "io")),
    ("ka", ("ki", "ce", "kę", "ko")),
    ("ra", ("ry", "rze", "rę")),
    ("ta", ("ty", "cie", "tę")),
    ("da", ("dy", "dzie", "dę", "do")),
    ("ga", ("gi", "dze", "gę", "go")),
    ("a", ("y", "i", "ie", "ę", "o")),
    ("k", ("ka", "kowi", "kiem", "ku", *_POLISH_FAMILY)),
    ("g", ("ga", "gowi", "giem", "gu")),
    ("n", ("na", "nowi", "nem", "nie")),
    ("", ("a", "owi", "em", "u", "ie", *_POLISH_FAMILY[3:])),
)
"""Also those of a family: `u Nowaków`, `z Kowalskimi`. Folded: `ł` is `l`, and `ą` is `a`."""
_FEWEST_POLISH, _SHARE_POLISH = 2, 0.25
"""People, and share of all, whose names tell that a vault is Polish."""


def is_polish(people: Iterable[Person]) -> bool:
    """Return whether so many people have Polish names that the others' are inflected too: `z Tomkiem`, `u Kasi`."""
    signs = [_POLISH.search(person.name) is not None for person in people]
    return sum(signs) >= max(_FEWEST_POLISH, _SHARE_POLISH * len(signs))


def forms(key: str, name: str, *, polish: bool = False) -> Iterator[str]:
    """Yield, folded, the forms of a name of one or two words, folded to `key`, if it is Russian or Polish.

    `polish`: it is, whatever its letters.
    """
    words = key.split()
    if not 1 <= len(words) <= 2:
        return
    if _CYRILLIC.fullmatch(key):
        endings = _RUSSIAN_ENDINGS
    elif polish or _POLISH.search(name):
        endings = _POLISH_ENDINGS
    else:
        return
    each = [[word, *_of_word(word, endings)] for word in words]
    yield from (" ".join(form) for form in product(*each) if list(form) != words)


def _of_word(word: str, endings: _Endings) -> Iterator[str]:
    for ending, others in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: len(word) - len(ending)]
            yield from (folded(stem + other) for other in others)
            return


def forms_of(person: Person, *, polish: bool) -> Iterator[str]:
    """Yield, folded, the forms of a person's names."""
    for name in (person.name, *person.aliases):
        yield from forms(folded(name), name, polish=polish)


def add_inflected_names(names: dict[str, dict[str, Person]], people: Iterable[Person], *, polish: bool) -> None:
    """Add the inflected names of people to folded name → people, unless a form is someone's own name."""
    added: dict[str, dict[str, Person]] = {}
    for person in people:
        for form in forms_of(person, polish=polish):
            if form not in names:
                added.setdefault(form, {})[person.id] = person
    names |= added


def with_inflected_parts(parts: dict[str, tuple[str, ...]], *, polish: bool) -> dict[str, tuple[str, ...]]:
    """Return folded first, or last, name → paths with its inflected forms added, unless one is someone's own name."""
    added: dict[str, tuple[str, ...]] = {}
    for name, paths in parts.items():
        if polish or not name.isascii() or _POLISH.search(name):
            for form in forms(name, name, polish=polish):
                if form not in parts:
                    added[form] = (*added.get(form, ()), *paths)
    return parts | added
