"""The names of the people of one vault, by which a sentence names them: full names, first names, short forms."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from netnotes.capture.names.other_script import is_same_name, sounds_like
from netnotes.extract.people.names import all_folded, folded, stem
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person
from netnotes.regex import regex
from netnotes.text.lexicon.words import given_names, listed
from netnotes.text.links import Index

_WIDE = r"\u3040-\u30ff\u3400-\u9fff"
_LETTERS = rf"(?:(?![{_WIDE}])[^\W\d_])+"
_LINK = r"\[\[[^\[\]\n]{1,200}\]\]"
_NAME_WORD = regex(rf"{_LINK}|@?(?:[{_WIDE}]+|{_LETTERS}(?:[.'’-]{_LETTERS})*\.?)")
_ASCII_NAME_WORD = regex(rf"{_LINK}|@?[^\W\d_]+(?:[.'-][^\W\d_]+)*\.?")
"""The same for ASCII text: see `phrase_words`."""
ELISION = regex(r"(?:[dljmnst]|qu|un|dell|all|dall|nell)['’](?=[^\W\d_]{2})", re.IGNORECASE)
_UNUSUAL = regex(rf"[^\w\s'’-]|[\d_]|(?<!\w)['’-]|['’-](?!\w)|(?<!\w){ELISION.pattern}", re.IGNORECASE)
"""What no word of a name has: a digit, a bracket, a hyphen that joins nothing, an elision as in `d'Orsay`."""
_SIGNS = ("So", "Sk", "Cf", "Mn", "Cn")
"""Categories of pictures, and of what belongs to them."""
DECLINING = frozenset(("pl", "ru"))
"""Languages that decline names, and whose names after a preposition are also written in lower case."""
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_MOST_NEAR = 3
_SHORTEST, _SHORT = 3, 5
"""Fewest and most letters of a name for which a word with one letter off is offered: `Bem` for Ben."""
_NEAR = 0.82
"""How similar a name must be to be offered in place of an unknown one."""


class NameMatch(NamedTuple):
    """A place in a sentence that names a person."""

    start: int
    end: int
    people: tuple[Person, ...]
    """Everyone it may mean; empty for an unknown name."""
    written: str
    possessive: bool = False
    linked: bool = False
    """Whether it is written as a link, which needs no question."""
    namesakes: tuple[Person, ...] = ()
    """Where nobody has the whole name: everybody with its first name."""

    @property
    def person(self) -> Person | None:
        """The person meant; None if it is ambiguous or unknown."""
        return self.people[0] if len(self.people) == 1 else None


@dataclass(frozen=True, slots=True)
class NameBook:
    """The names of the people of one vault."""

    full: Mapping[str, Sequence[Person]]
    """Folded name or alias → people."""
    first: Mapping[str, Sequence[Person]]
    """Folded first name → people."""
    first_words: frozenset[str] = field(default_factory=frozenset)
    unusual: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    """First word, folded → (where it begins, name) of names with digits or brackets, the longest first: `Ada 2`."""
    files: Index | None = None
    """All files of the vault, by the names that links may have."""
    short: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    """Usual short form of a first name → people, unless it is someone's name: `оля` → Ольга."""

    def is_file(self, link: str) -> bool:
        """Return whether a link leads to a file of the vault."""
        return self.files is not None and self.files.resolve("", link) is not None

    def with_name(self, key: str, languages: frozenset[str] = frozenset()) -> tuple[Person, ...]:
        """Return everyone called `key`, a folded name: by full name or alias, else by first name.

        Short forms of names count if one of `languages` is a language whose tables list them.
        """
        known = self.full.get(key) or self.first.get(key)
        return tuple(known or (self.short.get(key, ()) if languages & DECLINING else ()))

    def with_family_name(self, key: str) -> tuple[Person, ...]:
        """Return everyone with a name of several words that ends with `key`, a folded word."""
        found = {one.id: one for name, people in self.full.items() if name.endswith(f" {key}") for one in people}
        return tuple(found[number] for number in sorted(found))

    def in_other_script(self, key: str) -> tuple[Person, ...]:
        """Return everyone whose first name, alias or short name is `key`, folded, in another script."""
        found: dict[str, Person] = {}
        for names in (self.first, self.full, self.short):
            for name, people in names.items():
                if " " not in name and is_same_name(key, name):
                    found |= {person.id: person for person in people}
        return tuple(found[number] for number in sorted(found))

    def with_initial(self, first: str, initial: str) -> tuple[Person, ...]:
        """Return everyone with a folded first name whose next name begins with a letter: `Ada B.`."""
        named = self.first.get(first, ())
        return tuple(person for person in named if name_key(person.name).split()[1].startswith(initial))

    def near(self, name: str) -> tuple[str, ...]:
        """Return names in the vault whose spelling is similar to an unknown one."""
        known = {
            **{key: who[0].name for key, who in self.first.items()},
            **{k: w[0].name for k, w in self.full.items()},
        }
        key = folded(name)
        if not key.isascii() and (alike := [k for k in self.first if sounds_like(name, k)]):
            return tuple(one.name for k in alike for one in self.first[k])[:_MOST_NEAR]
        swapped = [other for other in known if len(other) == len(key) and sorted(other) == sorted(key)]
        if key not in given_names():
            swapped += [other for other in known if _is_one_letter_off(key, other)]
        near = dict.fromkeys((*swapped, *difflib.get_close_matches(key, known, _MOST_NEAR, _NEAR)))
        return tuple(dict.fromkeys(known[other] for other in near))[:_MOST_NEAR]


def _is_one_letter_off(key: str, other: str) -> bool:
    """Return whether a word has one letter more, less or another than `other`, a short name with the same initial."""
    if not _SHORTEST <= len(other) <= _SHORT or key[:1] != other[:1]:
        return False
    if len(key) == len(other):
        return sum(one != two for one, two in zip(key, other, strict=True)) == 1
    longer, shorter = sorted((key, other), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def name_word(text: str) -> re.Pattern[str]:
    """Return the pattern of a word that may be part of a name, or of a link, in a text like this one."""
    return _ASCII_NAME_WORD if text.isascii() else _NAME_WORD


def name_book(people: Iterable[Person], files: Index | None = None) -> NameBook:
    """Return the name book of people; ignored people can still be named."""
    full: defaultdict[str, list[Person]] = defaultdict(list)
    first: defaultdict[str, list[Person]] = defaultdict(list)
    people = tuple(people)
    aliases = iter(all_folded([alias for person in people for alias in person.aliases]))
    for person, folded_name in zip(people, all_folded([person.name for person in people]), strict=True):
        whole = _without_dots(folded_name)
        name = whole if whole[:1].isalnum() and whole[-1:].isalnum() else _without_signs(whole)
        keys = {name, whole, *map(_without_dots, islice(aliases, len(person.aliases)))}
        for key in filter(None, keys):
            full[key].append(person)
        given, _, rest = name.partition(" ")
        if rest:
            first[given].append(person)
    _add_spelled_out(people, full, first)
    short = _short_names(full, first)
    words = frozenset(key.partition(" ")[0] for key in (*full, *first, *short))
    unusual: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for key in filter(_is_unusual, full):
        given = key.partition(" ")[0]
        if given.isascii() and given.isalpha():
            # As the patterns below find it, but in large vaults these are many.
            unusual[given].append((0, key))
        elif ELISION.match(key):
            # The words of a sentence begin with `D'` alone.
            unusual[""].append((0, key))
        elif word := name_word(key).search(key):
            unusual[name_key(word[0])].append((word.start(), key))
    slugs = {name_key(one.name) for one in people if one.path and "_" in one.path and "_" in stem(one.path)}
    for key in sorted(slugs & full.keys()):
        # `ray_two`, as the file is called
        unusual[key.partition(" ")[0]].append((0, key))
    for names in unusual.values():
        names.sort(key=lambda name: -len(name[1]))
    return NameBook(full, first, words, unusual, files, short)


def _is_unusual(key: str) -> bool:
    """Return whether a folded name has what no word of a name has."""
    letters = key.replace(" ", "")
    # Numbers need no pattern: in large vaults many names have one.
    return not letters.isalpha() and ((letters.isascii() and letters.isalnum()) or _UNUSUAL.search(key) is not None)


def _add_spelled_out(
    people: Iterable[Person], full: defaultdict[str, list[Person]], first: defaultdict[str, list[Person]]
) -> None:
    """Add names as they are typed without umlauts, unless somebody has that very name: `bjoern` for Björn."""
    found: defaultdict[str, dict[str, Person]] = defaultdict(dict)
    for person in people:
        for name in (person.name, *person.aliases):
            if name.isascii():
                continue
            key = name_key(unicodedata.normalize("NFC", name).casefold().translate(_SPELLED_OUT))
            for typed in {key, key.partition(" ")[0]} - {name_key(name), name_key(name).partition(" ")[0]}:
                found[typed][person.id] = person
    for typed, by_id in found.items():
        who = by_id.values()
        if typed not in full and typed not in first:
            (full if " " in typed or not any(" " in one.name for one in who) else first)[typed] += who


def _without_signs(key: str) -> str:
    """Return a name without pictures before and after it: `kathe` for `🌻 kathe`."""
    start, end = 0, len(key)
    while start < end and unicodedata.category(key[start]) in _SIGNS:
        start += 1
    while start < end and unicodedata.category(key[end - 1]) in _SIGNS:
        end -= 1
    return key[start:end].strip()


def _short_names(
    full: Mapping[str, Sequence[Person]], first: Mapping[str, Sequence[Person]]
) -> Mapping[str, Sequence[Person]]:
    """Return the usual short forms of first names, unless someone has that very name."""
    short: defaultdict[str, list[Person]] = defaultdict(list)
    for entry in listed("short names"):
        name, *forms_of_name = map(name_key, entry.split())
        people = first.get(name) or full.get(name, ())
        for form in forms_of_name if people else ():
            if form not in full and form not in first:
                short[form] += people
    return short


def name_key(name: str) -> str:
    """Return a name as names are compared."""
    return _without_dots(folded(name))


def _without_dots(folded_name: str) -> str:
    return folded_name.replace(".", "").strip() if "." in folded_name else folded_name


def is_declined(name: NameMatch) -> bool:
    """Return whether a name is written in another form than anybody's own: `Ольгу`, `Kasi`."""
    key = name_key(name.written)
    own = [name_key(each) for one in name.people for each in _own(one)]
    return bool(own) and key not in own and not any(is_same_name(key, each, declined=False) for each in own)


def _own(person: Person) -> tuple[str, ...]:
    names = (person.name, *person.aliases)
    first = [name.partition(" ")[0] for name in names]
    return (*names, *first, *(form for name in first for form in _short_forms().get(name_key(name), ())))


@lru_cache(maxsize=1)
def _short_forms() -> Mapping[str, Sequence[str]]:
    """Return first name, as names are compared → its usual short forms."""
    return {name_key(name): forms for name, *forms in (entry.split() for entry in listed("short names"))}
