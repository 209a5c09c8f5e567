"""Whether the name, tags and first lines of an unmarked note show that it is about a person."""

from __future__ import annotations

from collections.abc import Iterable

from netnotes.extract.people.likely_names import is_likely_name, titles
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.note_names import is_slug, looks_like_name, title_of
from netnotes.extract.people.person_words import RELATION_WORDS, bare_folder, words_of_others
from netnotes.model import Note
from netnotes.text import person_signs
from netnotes.text.lexicon.words import listed

_STRONG = frozenset((person_signs.WHO, person_signs.BIRTHDAY))
_ENOUGH_BELOW_NAME = frozenset((person_signs.TELEPHONE, person_signs.KNOWN))
_WEAK = (person_signs.RELATIVE, person_signs.TELEPHONE, person_signs.LOG)
"""Signs of a person in a note's first lines: one strong sign is enough, weak ones count in pairs."""
_FEW_WORDS = 4


def is_about_person(note: Note, tags: Iterable[str], *, full: bool) -> bool:
    """Return whether a note's name, tags and first lines together show that it is about a person.

    One strong sign is enough, and so is a telephone number, a trade or how one met below a likely full name. Otherwise
    there must be a relative or a tag, and two weak signs, such as a full name: places and companies have names and
    telephones too.
    """
    title = title_of(note)
    if not _is_written_as_name(title, note) or is_elsewhere(note) or folded(title) in words_of_others():
        return False
    if _is_named_as_kin(title) or not _STRONG.isdisjoint(note.signs):
        return True
    if full and is_likely_name(title) and not _ENOUGH_BELOW_NAME.isdisjoint(note.signs):
        return True
    tagged = has_relation_tag(tags)
    weak = [full and is_likely_name(title), *(sign in note.signs for sign in _WEAK)]
    return (tagged or person_signs.RELATIVE in note.signs) and sum(weak) > 1


def has_relation_tag(tags: Iterable[str]) -> bool:
    """Return whether one of a note's tags is a word such as `friends` or `family`."""
    return any(folded(part) in RELATION_WORDS for tag in tags for part in tag.split("/"))


def is_elsewhere(note: Note) -> bool:
    """Return whether a note is about somebody in public life, or in a folder of other things, such as `Books`."""
    folders = note.path.split("/")[:-1]
    return person_signs.PUBLIC in note.signs or any(bare_folder(folder) in words_of_others() for folder in folders)


def _is_written_as_name(title: str, note: Note) -> bool:
    return looks_like_name(title) and (title[0].isupper() or not title[0].islower() or is_slug(stem(note.path)))


def _is_named_as_kin(title: str) -> bool:
    """Return whether a name is a word of kinship, or begins with one or with a title: `Oma`, `Prof. Halloran`."""
    first, *rest = (word.strip(".") for word in folded(title).replace("-", " ").split())
    if not rest:
        return first in listed("kin as a name")
    named = title.replace("-", " ").split()[-1][:1].isupper()
    return len(rest) < _FEW_WORDS and named and first in titles()
