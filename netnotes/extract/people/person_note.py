"""Build a person from their note: names, scene, properties, and what its lines declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from netnotes.config import Config
from netnotes.directory import Spelling
from netnotes.extract.people.declarations import inactive
from netnotes.extract.people.kin import kin
from netnotes.extract.people.names import levels, stem
from netnotes.extract.people.note_names import id_of, is_slug, looks_like_name, split_camel_case, title_of, without_id
from netnotes.extract.scenes import scene_of
from netnotes.frozen import frozen
from netnotes.model import Note, Person
from netnotes.notes import field_value
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text.lexicon.dates import Order, day_or_none
from netnotes.text.lexicon.words import property_keys

_DATED = ("known since", "last contact", "birthday")
_NUMERIC = regex(r"\s*(?:\d{1,2}[/-]){2}\d{2,4}\s*")
"""A date whose order of day and month must be known; `1/2/2015` and `1-2-15`, not `1.2.2015`."""
_ID = regex(r"([a-z0-9]{4,14})-(?=[^\W\d_])")
"""The id that file names begin with in zk, where a link may consist of the id alone."""


def person_of(note: Note, config: Config, spelled: Spelling, order: Order | None = None, *, me: bool = False) -> Person:
    """Return the person that a note is about; `order`: of day and month in the vault's numeric dates."""
    name = title_of(note)
    person = Person(
        id=note.path,
        name=name,
        path=note.path,
        aliases=tuple(dict.fromkeys(alias for alias in (*aliases_of(note), *_other_names(note)) if alias != name)),
        scene=scene_of(note, config, spelled, blocks=True),
        tags=note.tags,
        properties=_with_resolved_dates(_properties(note), order),
        lines={key: line for key, _, line in note.declared} | dict(_lines(note)) if note.declared else _lines(note),
        ignored=_ignored(note) or inactive(note.value, note.marks) is not None,
        me=me,
    )
    place = config.people.kin
    return person if place == "others" or me or not kin(person) else replace(person, family=place)


def _properties(note: Note) -> Mapping[str, object]:
    """Return the properties of a person: those of the note, then its inline fields, then what its lines declare."""
    if not (note.fields or note.owned or note.declared):
        return note.properties
    values_by_key: dict[str, list[str]] = {}
    for key, value, _ in note.declared:
        values_by_key.setdefault(key, []).append(value)
    declared = {key: values if len(values) > 1 else values[0] for key, values in values_by_key.items()}
    return {**declared, **{key: field_value(value) for key, value in note.fields.items()}, **note.own()}


def _lines(note: Note) -> Mapping[str, int]:
    """Return the line of each property that the user wrote."""
    return _same_lines(tuple([item for item in note.lines.items() if item[0] not in note.owned]))


@lru_cache(maxsize=1_000)
def _same_lines(lines: tuple[tuple[str, int], ...]) -> Mapping[str, int]:
    """Return one mapping for all notes with the same properties on the same lines."""
    same: Mapping[str, int] = frozen(dict(lines))
    return same


def _with_resolved_dates(properties: Mapping[str, object], order: Order | None) -> Mapping[str, object]:
    """Resolve the numeric dates of what a note declares by the order of the vault, as far as it is known."""
    if order is None:
        return properties
    resolved = {
        key: day.isoformat()
        for key, value in properties.items()
        if isinstance(value, str) and _NUMERIC.fullmatch(value) and fold_key(key) in _dated_keys()
        if (day := day_or_none(value, order))
    }
    return {**properties, **resolved} if resolved else properties


@lru_cache(maxsize=1)
def _dated_keys() -> frozenset[str]:
    return frozenset(fold_key(key) for kind in _DATED for key in property_keys(kind)) | {"later"}


def _other_names(note: Note) -> Iterator[str]:
    """Yield further names of a note's person: titles, the last part of a page's name, a slug or camel case in words."""
    for title in (note.value("title"), note.title):
        if isinstance(title, str) and looks_like_name(" ".join(title.split())) and " " in title.strip():
            yield " ".join(title.split())
    name = without_id(stem(note.path))
    if len(pages := levels(note.path)) > 1:
        yield pages[-1]
    if split_name := split_camel_case(name.lstrip("@")):
        yield split_name
    if is_slug(name):
        yield name.rpartition(".")[2].replace("-", " ").replace("_", " ")


def emails_of(person: Person) -> Iterator[str]:
    """Yield a person's mail addresses, in lower case."""
    for key in ("email", "emails", "mail", "e-mail"):
        value = person.value(key)
        for item in value if isinstance(value, list | tuple) else [value]:
            if isinstance(item, str):
                yield from (address.strip(" <>").lower() for address in item.split(",") if "@" in address)


def aliases_of(note: Note) -> Iterator[str]:
    """Yield the aliases that a note gives, in its properties or, in Logseq, its page properties."""
    for key, value in note.properties.items():
        if key.lower() == "aliases":
            yield from (
                item.strip()
                for item in (value if isinstance(value, list) else [value])
                if isinstance(item, str) and item.strip()
            )
    # Logseq keeps aliases as an inline field of the page, separated by commas.
    yield from (item.strip(" []") for item in note.fields.get("alias", "").split(",") if item.strip(" []"))


def names_of_links(notes: Iterable[Note]) -> Iterator[tuple[str, str]]:
    """Yield (link text, path) of aliases, ids and escaped `/`, for apps whose links may use them."""
    for note in reversed(tuple(notes)):
        yield from ((alias, note.path) for alias in aliases_of(note))
        if len(pages := levels(note.path)) > 1:
            yield "/".join(pages), note.path
        if (number := _ID.match(stem(note.path))) and any(map(str.isdigit, number[1])):
            yield number[1], note.path


def ids_of_people(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (number, path) for people's notes whose file name begins with a number that no other of them has."""
    found: dict[str, list[str]] = {}
    for path in paths:
        if number := id_of(path):
            found.setdefault(number, []).append(path)
    yield from ((number, path) for number, (path, *others) in found.items() if not others)


def names_of(person: Person) -> Iterator[str]:
    """Yield what a person is called: the name, the aliases, the name of the file."""
    yield person.name
    yield from person.aliases
    if person.path:
        yield stem(person.path)


def _ignored(note: Note) -> bool:
    value = note.properties.get("netnotes")
    words = value if isinstance(value, list) else str(value).replace(",", " ").split() if isinstance(value, str) else []
    return any(str(word).strip().casefold() == "ignore" for word in words)
