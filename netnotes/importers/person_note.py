"""Text of a new person's note, and missing properties of an existing one, named as in the vault's own notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import field

from netnotes.extract.people.phones import is_same_phone
from netnotes.importers.display_names import plain_url
from netnotes.importers.matching import folded, texts
from netnotes.importers.records import ImportedPerson
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Person
from netnotes.text.frontmatter.scalars import spell

_KEYS = {
    "email": ("email", "e-mail", "mail", "emails", "correo", "courriel"),
    "phone": ("phone", "tel", "telephone", "mobile", "cell", "phones", "telefon", "teléfono", "telefone", "téléphone"),
    "birthday": ("birthday", "birthdate", "birth date", "date of birth", "bday", "dob", "born", "geburtstag"),
    "company": ("company", "org", "organization", "organisation", "employer", "workplace", "firma", "empresa"),
    "role": ("role", "position", "title", "job", "job title", "occupation", "beruf"),
    "url": ("url", "linkedin", "website", "urls"),
}
"""Our property → names that vaults use for it, ours first."""
_MARKS = ("type", "kind", "category", "class", "tags", "tag")
LEAST_ALIKE = 2


@dataclass(frozen=True, slots=True)
class NoteStyle:
    """How a vault marks people's notes and what it calls their properties."""

    marks: tuple[str, ...] = ("type: person",)
    """Lines of the properties block that make a note a person's."""
    keys: dict[str, str] = field(default_factory=dict)
    """Our property → the vault's name for it."""
    page: bool = False
    """Whether properties are written as `key:: value` at the top of the page, as in Logseq."""


def style_of(people: Iterable[Person], notes: Iterable[Note], app: str | None) -> NoteStyle:
    """Return the style that most people's notes have."""
    by_path = {note.path: note for note in notes}
    known = [person for person in people if person.path and person.path in by_path]
    keys: Counter[str] = Counter(key.casefold() for person in known for key in person.properties)
    chosen = {}
    for ours, others in _KEYS.items():
        best = max(others, key=lambda name: (keys[name], name == ours))
        if keys[best]:
            spelled = Counter(key for person in known for key in person.properties if key.casefold() == best)
            chosen[ours] = spelled.most_common(1)[0][0]
    marks = Counter(_mark_lines(by_path[person.path]) for person in known if person.path)
    best_marks, count = marks.most_common(1)[0] if marks else ((), 0)
    usual = best_marks if best_marks and count >= LEAST_ALIKE and count * 2 > len(known) else NoteStyle().marks
    return NoteStyle(usual, chosen, app == "logseq")


def _mark_lines(note: Note) -> tuple[str, ...]:
    lines: list[str] = []
    for key in note.properties:
        value = note.value(key)
        if key.casefold() not in _MARKS or value is None:
            continue
        items = value if isinstance(value, list | tuple) else [value]
        if key.casefold() in ("tags", "tag"):
            items = [item for item in items if folded(str(item)).split()[:1] in (["person"], ["people"], ["contact"])]
            if items:
                lines += [f"{key}:", f"  - {spell(str(items[0]))}"]
        elif len(items) == 1 and isinstance(items[0], str):
            lines.append(f"{key}: {spell(items[0])}")
    return tuple(lines)


def note_text(person: ImportedPerson, style: NoteStyle, title: str) -> str:
    """Return the text of a new person's note with that title."""
    values = {style.keys.get(key, key): value for key, value in _properties(person).items()}
    if person.name and folded(person.name) != folded(title):
        # Two of one name: the next import must ask which of them is meant.
        values["alias" if style.page else "aliases"] = person.name
    if style.page:
        lines = [f"{key}:: {' '.join(value.split())}" for key, value in values.items()]
        return "\n".join(["type:: person", *lines, ""])
    tags = [tag for tag in person.tags if re.fullmatch(r"[\w/-]+", tag) and not tag.isdigit()]
    lines = list(style.marks)
    at = next((number for number, line in enumerate(lines) if line.casefold() == "tags:"), None)
    if tags and at is None:
        lines += ["tags:", *(f"  - {spell(tag)}" for tag in tags)]
    elif tags and at is not None:
        lines[at + 2 : at + 2] = [f"  - {spell(tag)}" for tag in tags]
    lines += [f"{key}: {spell(value)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---", ""])


def _properties(person: ImportedPerson) -> dict[str, str]:
    values = {
        "email": next(iter(person.emails), None),
        "phone": next(iter(person.phones), None),
        "birthday": person.birthday,
        "company": person.org,
        "role": person.position,
        "known_since": person.known_since.isoformat() if person.known_since else None,
        "cadence": f"{person.cadence}d" if person.cadence else None,
        "introduced_by": person.introduced_by,
        "url": next(iter(person.urls), None),
    }
    return {key: value for key, value in values.items() if value}


def missing_properties(
    record: ImportedPerson, note: Person, style: NoteStyle, *, decided: bool = False
) -> dict[str, str]:
    """Return the properties that the person's note does not have yet. No existing property is replaced.

    With `decided`, the record's address or number is added even if the note has others, so that the next import
    recognises the record by it.
    """
    values = {key: value for key, value in _properties(record).items() if key not in ("url", "introduced_by")}
    changes = {
        style.keys.get(key, key): value for key, value in values.items() if note.value(*_KEYS.get(key, (key,))) is None
    }
    for url in record.urls[:1]:
        if note.value(*_KEYS["url"]) is None and "linkedin." in plain_url(url):
            changes[style.keys.get("url", "url")] = url
    if decided:
        changes |= _remembered(record, note, changes)
    return changes


def _remembered(record: ImportedPerson, note: Person, changes: dict[str, str]) -> dict[str, str]:
    """Return the address and number to store after the user decided who the record is."""
    found: dict[str, str] = {}
    for key, values in (("emails", record.emails), ("phones", record.phones)):
        there = [text for name in _KEYS[key[:-1]] for text in texts(note.value(name))] + list(changes.values())
        fresh = next((each for each in values if not _is_among(each, there)), None)
        if fresh and note.value(key) is None:
            found[key] = fresh
    return found


def new_alias(record: ImportedPerson, note: Person) -> str | None:
    """Return the name that a record gives a person, if the person's note does not have it."""
    names = {folded(name) for name in (note.name, *note.aliases)}
    return record.name if record.name and folded(record.name) not in names else None


def _is_among(value: str, there: Iterable[str]) -> bool:
    return any(value.casefold() == each.strip().casefold() or is_same_phone(value, each) for each in there)
