"""Find notes that are not people despite their folder: those next to or below a person's own note, and copies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from netnotes.config import People
from netnotes.extract.people.person_marks import is_person
from netnotes.model import Note
from netnotes.regex import regex

_MOST_DOTS = 2
"""Most dots in the file name of a person's own note: `people.ada.md`; `people.ada.gifts.md` is a note below it."""
_SECOND = regex(r" \d{1,2}\.md\Z")
"""End of a second note with the same name, as sync services create it; if it is marked, it may be someone else's."""
_COPY = regex(
    r"(?: \(\d{1,2}\)|(?: [-–])? (?:copy|kopie|copie|copia|cópia|kopia|kopi|копия)(?: \(?\d{1,2}\)?)?)\.md\Z",
    re.IGNORECASE,
)
"""End of a copy as a file manager or a browser names it: `Name (1)`, `Name copy 2`, `Name - Copy`."""


def not_people(notes: Iterable[Note], rules: People, folders: Collection[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the paths of notes that are not people, and those of the notes that decide this.

    The latter are the original that a copy would have, and the note that another would be below; they need not exist.
    """
    notes_at = {note.path: note for note in notes}
    found: set[str] = set()
    deciding_paths: set[str] = set()
    for path in notes_at:
        model, above = original(path), _above(path)
        deciding_paths.update(other for other in (model, above) if other)
        is_below = above in notes_at and is_person(notes_at[above], rules)
        if is_below or model in notes_at or is_beside(path, folders):
            found.add(path)
    return frozenset(found), frozenset(deciding_paths)


def is_own(path: str) -> bool:
    """Return whether a note has the name of its folder."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2].casefold() == name.removesuffix(".md").casefold()


def is_beside(path: str, folders: Collection[str]) -> bool:
    """Return whether a note is in a person's folder, next to that person's own note."""
    return f"{path.rpartition('/')[0]}/" in folders and not is_own(path)


def originals(path: str) -> Iterator[str]:
    """Yield the paths of the notes that this one would be a copy of, or below."""
    yield from (other for other in (original(path), _above(path)) if other)


def original(path: str) -> str | None:
    """Return the note that this one would be a copy of, by its name."""
    end = _COPY.search(path) or _SECOND.search(path)
    return f"{path[: end.start()]}.md" if end else None


def is_copy(path: str) -> bool:
    """Return whether a note is named like a copy, and not like a second note with the same name."""
    return _COPY.search(path) is not None


def _above(path: str) -> str | None:
    """Return the note that this one would be below: `people.ada.md` of `people.ada.gifts.md`."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}{name.rsplit('.', 2)[0]}.md" if name.count(".") > _MOST_DOTS else None
