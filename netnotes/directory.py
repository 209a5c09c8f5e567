"""Everyone in a vault, by note and by name, and which answers differ between two such directories. Resolves nothing.

`extract/people/people.py` makes one, and `extract/people/resolver.py` answers from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import field
from functools import lru_cache

from netnotes.deferred import Deferred
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Person
from netnotes.text.lexicon.dates import Order
from netnotes.text.links import Index, fold

Spelling = Mapping[str, str]
"""Scene in lower case → its one spelling."""


@dataclass(frozen=True, slots=True)
class Directory(Deferred):
    """The people with a note in a vault, and all that a link or a name in it can mean."""

    index: Index
    paths: tuple[str, ...]
    """All notes and files in `index`."""
    ego: Person
    noted: Mapping[str, Person]
    """Path of the note → person; without the ego."""
    notes: Mapping[str, Note]
    """Path → note, for all notes that are read."""
    spelling: Spelling
    names: Mapping[str, tuple[Person, ...]]
    """Folded name or mail address → everyone with a note, on a card or in `without_note` who has it."""
    first_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded first name → the paths of the people whose name begins with it."""
    last_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folded last name → the paths of the people whose name ends with it."""
    first_words: AbstractSet[str] = frozenset()
    """The first words of all names."""
    wide_names: tuple[str, ...] = ()
    """Names that are written without spaces."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Text of a link → path, for links that are not file names."""
    never: AbstractSet[str] = frozenset()
    """Folded names that are not people."""
    order: Order | None = None
    """Whether day or month comes first in the vault's numeric dates; None if unknown."""


def lookup_keys(lookups: Iterable[str]) -> frozenset[str]:
    """Return the keys that `changed_answers` uses for looked-up names, paths and links (a link: its file name too)."""
    lookups = tuple(lookups)
    return frozenset((*lookups, *map(file_name, lookups)))


@lru_cache(maxsize=20_000)
def file_name(link: str) -> str:
    """Return the last segment of a link or path, as names of files are compared."""
    return fold(link.partition("#")[0].strip().rpartition("/")[2])


def changed_answers(
    old: Directory,
    new: Directory,
    paths: Iterable[str] | None = None,
    names: Iterable[str] | None = None,
    files: Iterable[str] | None = None,
) -> frozenset[str] | None:
    """Return the keys (see `lookup_keys`) for which `new` may give another answer than `old`; None: any key.

    `paths` and `names` are those whose notes and people may differ, and `files` those that only one of them has, where
    the caller knows.
    """
    if old.ego is not new.ego or old.spelling != new.spelling or old.aliases != new.aliases:
        return None
    if new.aliases and old.paths != new.paths:
        # Where aliases resolve, a name may be made of a whole path.
        return None
    paths = old.notes.keys() | new.notes.keys() if paths is None else paths
    names = old.names.keys() | new.names.keys() if names is None else names
    parts = (*_changed_parts(old.first_names, new.first_names), *_changed_parts(old.last_names, new.last_names))
    files = set(old.paths) ^ set(new.paths) if files is None else files
    return frozenset(
        (*_names_of_files(files), *parts, *_changed_notes(old, new, paths), *_changed_names(old, new, names))
    )


def _changed_parts(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the first or last names that other people have now, as after a change of name that an alias still holds."""
    if old is not new:
        yield from (part for part in old.keys() | new.keys() if old.get(part) != new.get(part))


def _names_of_files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        name = file_name(path)
        yield name
        yield name.removesuffix(".md")


def _changed_notes(old: Directory, new: Directory, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        person = new.noted.get(path)
        # Of a person's note only the person matters, who is the same object if only NetNotes' own fields changed.
        if old.noted.get(path) is not person or (person is None and old.notes.get(path) is not new.notes.get(path)):
            yield path


def _changed_names(old: Directory, new: Directory, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        # Compared by id: a reading that depends on the person's note has looked up its path too.
        if old.names.get(name, ()) != new.names.get(name, ()):
            yield name
            yield name.partition(" ")[0]
            yield name.rpartition(" ")[2]
            yield name[:2]
