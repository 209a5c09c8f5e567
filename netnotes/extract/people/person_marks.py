"""Decide which notes are about a person: by property, tag, folder, file name or text. Does not resolve names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from netnotes.config import People
from netnotes.extract.people.likely_names import is_likely_name, is_organisation, titles
from netnotes.extract.people.names import ATTACHMENT, folded, levels, stem, without_brackets
from netnotes.extract.people.note_names import (
    COLLECTIVE,
    NAME_LIKE,
    dotted_folders,
    id_of,
    looks_like_name,
    title_of,
    without_id,
)
from netnotes.extract.people.person_text import is_about_person, is_elsewhere
from netnotes.extract.people.person_words import (
    CLIENT_WORDS,
    CONTACT_KEYS,
    MEETING_KINDS,
    OTHER_KINDS,
    PERSON_WORDS,
    RELATION_WORDS,
    WORK_KEYS,
    bare_folder,
    words_of_list,
    words_of_others,
)
from netnotes.model import Note
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text import person_signs
from netnotes.text.lexicon.words import contact_words, listed, property_keys
from netnotes.text.names_in_lines import PARTICLES

KIND_KEYS = frozenset(
    "type kind category categories class fileclass notetype isa doctype collection entity logseqentity types classes"
    " tipo categoria typ kategorie art categorie soort rodzaj kategoria kategori тип категория 类型 類型 种类".split()
)
"""Properties that give a note's type, as spelled by `fold_key`."""
_NAMELESS = (
    words_of_list(
        "readme|index|_index|home|start|overview|dashboard|moc|contents|table of contents|claude|agents|agent|license"
        "|gemini|changelog|contributing|todo|inbox|untitled|template|new person|new contact|unbenannt|sans titre|crm"
        "|sin título|all people|all contacts|übersicht|index of people|index of contacts|people index|people moc"
    )
    | PERSON_WORDS
    | RELATION_WORDS
)
"""File names of notes about a folder, not about a person."""
_TOPIC_LEADS = frozenset(
    "how what why when where who whom whose which notes about on the our list ideas wie was warum wer uber".split()
)
"""First words of titles of several words that are about a topic: `How to hire`, `On friendship`."""
_TOPIC_LEADS_BEFORE_LOWER_CASE = frozenset(
    "comment pourquoi quand como por sobre porque come perche su hoe waarom over hur varfor om jak dlaczego o как"
    " почему о 如何 为什么".split()
)
"""The same in languages that do not capitalise titles: `Om vänskap` is a topic, `Om Prakash` is a person."""
_DATED = regex(
    r"^\d{4}[-_. ]?(?:\d{2}[-_. ]?\d{2}|w\d{1,2}|q[1-4])(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|^\d{1,2}[._-]\d{1,2}[._-]\d{2,4}(?!\d)|^\d{4}$",
    re.IGNORECASE,
)
_REACHED_BY = frozenset(fold_key(key) for kind in ("reached at", "birthday") for key in property_keys(kind))
"""Properties of which one is enough in a note that has a person's name."""
_CARD_KEYS = frozenset(("n.fn", "n.gn", "fn", "n.familyname"))
"""Properties of notes made by address book plugins."""
_AND = regex(r"\s*[&+,]\s*|\s+(?:and|und|et|y|e|en|och|i|и)\s+")
_DEEP = 2
"""Below more levels of a dotted name, a weak word such as `team` marks only notes with a likely name."""
_ONE_TO_ONE = regex(r"(?:\d+[\W_]+)?(?:1[-: ]?(?:on|to)?[-: ]?1s?|one[- ](?:on|to)[- ]ones?)", re.IGNORECASE)
"""Folders of one-to-one meetings, in which a note named after a person is that person's note."""
_USERS = frozenset(("user", "users"))
"""First parts of dotted names, such as `user.ada-pell`."""
_ASIDE = regex(r"[(（\[]([^\W\d_]+)[)）\]]")
_OWNERS = frozenset("i we ive weve in at from met".split())
_OURS = frozenset(
    "my our real work personal private key important meine unsere mes nos mis nuestros miei mijn mina moi мои".split()
)
"""Words before or after a word for people in the name of a folder."""
_KNOWN_BY = frozenset(
    "friend friends colleague colleagues coworker coworkers crm freund kollege ami collegue amigo".split()
)
"""Tags that mark only notes with a full name that is likely a person's."""
_SHORTEST_ACRONYM = 4
"""Capital letters that begin the name of an organisation rather than being initials: `NASA Ames`, not `MGR Nair`."""
_DIGITS_WITH_TIME = 12
"""Digits of an id that includes the time of day, which the date of a meeting never does."""
_KEYWORDS = ("keywords", "keyword", "up", "parent", "parents", "topic", "topics", "related", "in", "area", "moc")
"""Properties that hold tags in Zettlr, or link the note `People`, but anything in the notes of other apps."""


def is_person(note: Note, rules: People, *, ignore_folder: bool = False) -> bool:
    """Return whether a note is about a person.

    `ignore_folder`: its folder does not mark the note, since it is next to the note of the folder's person.
    """
    return mark_of(note, rules, ignore_folder=ignore_folder) is not None


def mark_of(note: Note, rules: People, *, ignore_folder: bool = False) -> str | None:
    """Return what marks a note as a person's: `type`, `tag`, `folder`, `name`, `properties` or `text`; else None."""
    if note.set_aside:
        return None
    kinds = frozenset(kinds_of(note))
    declared = (kinds and not kinds.isdisjoint(_kinds_of_people(rules.types))) or note.properties.get("me") is True
    if declared:
        return "type"
    if kinds & OTHER_KINDS:
        return None
    tagged = any(_marks_person(tag, rules) for tag in note.marks)
    if is_dated_name(note.path) and not (tagged and has_id_before_name(note)):
        return None
    if _is_nameless(note):
        return None
    if tagged:
        return "tag"
    if person_signs.ANIMAL in note.signs:
        return None
    return _implied_mark(note, kinds, rules, ignore_folder=ignore_folder)


def _implied_mark(note: Note, kinds: frozenset[str], rules: People, *, ignore_folder: bool) -> str | None:
    """Return the mark of a note without a type or tag: its place, its name or its content."""
    name = stem(note.path)
    if name.startswith("@") and NAME_LIKE.match(name[1:]):
        # A note such as `@dale2021` is about a paper.
        return "name"
    like_name = looks_like_name(title_of(note))
    full = like_name and " " in title_of(note)
    likely = like_name and is_likely_name(title_of(note))
    known_by = full and likely and any(folded(tag) in _KNOWN_BY for tag in note.marks) and is_fit_for_person(note)
    if known_by or (full and any(_marks_person(word, rules) for word in _keywords(note))):
        return "tag"
    fits = like_name and not _is_phrase(title_of(note))
    marks = not ignore_folder and _folder_marks(note.path, rules, like_name=fits, full_name=full, likely_name=likely)
    if marks and (not kinds or like_name):
        return "folder"
    if like_name and not kinds.isdisjoint(RELATION_WORDS | listed("who it is") | listed("kin")):
        return "type"
    keys = set(map(fold_key, note.properties))
    if not keys.isdisjoint(_CARD_KEYS):
        return "properties"
    if kinds:
        return None
    reached = keys.union(map(fold_key, note.fields)) & _REACHED_BY if is_likely_name(title_of(note)) else ()
    works = full and likely and len(keys.union(map(fold_key, note.fields)) & WORK_KEYS) > 1
    if reached or works or (full and len(keys & CONTACT_KEYS) > 2):
        return "properties"
    return "text" if not ignore_folder and is_about_person(note, note.marks, full=full) else None


def is_fit_for_person(note: Note) -> bool:
    """Return whether a note may be a person's: False for another type, an unfit name, or a folder such as `Books`."""
    if note.set_aside or _is_nameless(note) or is_elsewhere(note) or person_signs.ANIMAL in note.signs:
        return False
    if any(kind not in PERSON_WORDS for kind in kinds_of(note)):
        return False
    return words_of_others().isdisjoint(folded(part) for tag in note.marks for part in tag.split("/"))


@lru_cache(maxsize=16)
def _kinds_of_people(types: tuple[str, ...]) -> frozenset[str]:
    return PERSON_WORDS | frozenset(map(folded, types))


def kinds_of(note: Note) -> Iterator[str]:
    """Yield, folded, every type of a note; of `Entity/Person` also the last part."""
    for key, value in (*note.properties.items(), *note.fields.items()):
        if fold_key(key) not in KIND_KEYS:
            continue
        for item in _flat(value):
            for part in item.split(","):
                text = folded(without_brackets(part).lstrip("#"))
                if text:
                    yield text
                    if "/" in text:
                        yield from (text.rpartition("/")[2], text.partition("/")[0])


def has_other_type(note: Note) -> bool:
    """Return whether `type` or a similar property gives a note another type than person."""
    return any(kind not in PERSON_WORDS and kind not in RELATION_WORDS for kind in kinds_of(note))


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item)


def _keywords(note: Note) -> Iterator[str]:
    for key in _KEYWORDS:
        for value in _flat(note.properties.get(key, note.fields.get(key))):
            yield from (without_brackets(word).strip().lstrip("#").lower() for word in value.split(","))


def has_id_before_name(note: Note) -> bool:
    """Return whether a number that looks like a day is an id before a name: `20260105 Ada Pell`."""
    title = without_id(stem(note.path))
    words = folded(title).split()
    number = id_of(note.path)
    return (
        number is not None
        and (len(words) > 1 or len(number) >= _DIGITS_WITH_TIME)
        and looks_like_name(title)
        and all(word[:1].isupper() for word in title.split() if word not in PARTICLES)
        and contact_words().isdisjoint(words)
        and MEETING_KINDS.isdisjoint(words)
    )


@lru_cache(maxsize=10_000)
def _marks_person(tag: str, rules: People) -> bool:
    """Return whether a tag marks a person: `person`, `people/friend`, `type/person`."""
    parts = [folded(part) for part in tag.split("/")]
    wanted = PERSON_WORDS | frozenset(map(folded, rules.tags))
    return folded(tag) in wanted or parts[0] in wanted or parts[-1] in wanted


def _folder_marks(path: str, rules: People, *, like_name: bool, full_name: bool, likely_name: bool) -> bool:
    """Return whether a note's folder marks it; a weak folder such as Team marks only notes named like a person.

    `full_name`: its title looks like a name of several words; `likely_name`: it is likely a person's.
    """
    folders = path.split("/")[:-1]
    within = "/".join(folders).casefold() + "/"
    if any("/" in folder and within.startswith(folder.strip("/").casefold() + "/") for folder in rules.folders):
        return True
    words = dotted_folders(stem(path))
    parts = levels(path)[:-1] or words
    if len(words) > 1 and words[-1] not in PERSON_WORDS | RELATION_WORDS and not full_name:
        # In `people.friends.ada` the last folder marks it; `people.groups.choir` is not a person.
        return False
    named = [bare_folder(folder) for folder in (*folders, *parts)]
    if likely_name and ((folders and _ONE_TO_ONE.fullmatch(folders[-1])) or (words and words[0] in _USERS)):
        return True
    wanted = frozenset(map(folded, rules.folders))
    for name in reversed(named):
        if name in PERSON_WORDS or name in wanted:
            return True
        if name in OTHER_KINDS and name not in RELATION_WORDS:
            # `CRM/Companies/…` is not a person.
            return False
    if not like_name:
        return False
    if not likely_name and (len(words) > _DEEP or not CLIENT_WORDS.isdisjoint(named)):
        # `dev.pod.connections.airtable` is a topic deep within another.
        return False
    return any(name in RELATION_WORDS or name in listed("kin") or _is_of_people(name) for name in named)


@lru_cache(maxsize=10_000)
def _is_of_people(name: str) -> bool:
    """Return whether a folder's folded name means people in several words: `friends and family`."""
    parts = _AND.split(name)
    if len(parts) > 1 and all(part in PERSON_WORDS or part in RELATION_WORDS for part in parts):
        return True
    words = name.split()
    if len(words) < 2:
        return False
    return (words[0] in PERSON_WORDS and words[1] in _OWNERS) or (
        words[0] in _OURS and words[-1] in PERSON_WORDS | RELATION_WORDS
    )


def _is_phrase(name: str) -> bool:
    """Return whether a title is a phrase: lower-case words, no first name: `School stuff`, not `Jo at work`."""
    first, *rest = name.split()
    plain = any(word[0].islower() and word not in PARTICLES for word in rest)
    return plain and folded(first) not in titles() and not is_likely_name(first)


def is_dated_name(path: str) -> bool:
    """Return whether a file name holds a date or a week."""
    return _DATED.search(stem(path)) is not None


def _is_nameless(note: Note) -> bool:
    """Return whether a note is about its folder or about many people."""
    name = without_id(stem(note.path))
    if dotted_folders(name):
        name = name.rpartition(".")[2]
    words = folded(_ASIDE.sub(r"\1", name)).split()
    if folded(name) in _NAMELESS or name.startswith("_") or not words or ATTACHMENT.search(stem(note.path)):
        return True
    title = title_of(note)
    if is_organisation(title, _SHORTEST_ACRONYM):
        return True
    if len(words) > 1 and (words[0] in _TOPIC_LEADS or _is_lower_case_topic(title, words[0])):
        # `Our Jen` is a person.
        return words[0] not in listed("my") or not is_likely_name(title.partition(" ")[2])
    folder = note.path.rpartition("/")[0].rpartition("/")[2]
    if folder and folded(folder) == folded(name):
        return len(words) == 1
    return words[-1] in COLLECTIVE or words[0] in {"index", "list"}


def _is_lower_case_topic(title: str, lead: str) -> bool:
    """Return whether `lead` begins topics in its language, and lower case follows it."""
    return lead in _TOPIC_LEADS_BEFORE_LOWER_CASE and not title[len(lead) :].lstrip(" -_")[:1].isupper()


def person_folders(notes: Iterable[Note], rules: People) -> frozenset[str]:
    """Return the folders that belong to one person: they contain a person's note with their own name."""
    found = set()
    for note in notes:
        folder, _, name = note.path.rpartition("/")
        own = folder and folder.rpartition("/")[2].casefold() == name.removesuffix(".md").casefold()
        if own and is_person(note, rules):
            found.add(folder + "/")
    return frozenset(found)
