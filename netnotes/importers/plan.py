"""What an import makes of a vault: whom it matches, which notes and lines it adds. Decides; writes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, digits
from netnotes.model import Person, Problem
from netnotes.text.frontmatter.scalars import spell
from netnotes.text.lexicon.words import fold

FOLDER = "Imports"
"""Where the notes with imported contacts are made: one for each month and source."""
PEOPLE = "People"
SHORTEST_PHONE = 7
"""Digits from the end of two numbers that must be the same for them to be one."""
LONGEST_FILE = 120
_UNSAFE = re.compile(r'[\[\]#^|\\/:*?"<>%`{}\x00-\x1f]+')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
_WORDS = {"message": "message", "mail": "mail", "call": "call", "in person": "met", None: "met"}
_NOT_A_NAME = re.compile(r"^\W*$")


@dataclass(frozen=True, slots=True)
class Fill:
    """Properties that an existing person's note lacks."""

    path: str
    changes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written."""

    new: dict[str, str]
    """Path → text of a person's note to make."""
    fills: tuple[Fill, ...]
    lines: dict[str, tuple[str, ...]]
    """Path of a month's note → lines to add, by date."""
    matched: int
    """People of the file who have a note already."""
    known: int
    """Contacts that an earlier import wrote."""
    left_out: dict[str, int]
    problems: tuple[Problem, ...]


def plan(
    kind: str,
    imported: Imported,
    people: Sequence[Person],
    written: Collection[str],
    *,
    today: dt.date,
    folder: str | None = None,
) -> Plan:
    """Match the people of a file with those of the vault, and return what to add.

    `written` are the marks of contacts that earlier imports wrote (`mark_of`); `folder` is where people's notes are
    made. Somebody whose name two people have is reported and left out.
    """
    book = _Book(people)
    place = folder if folder is not None else people_folder(people)
    left_out: Counter[str] = Counter(imported.left_out)
    problems = list(imported.problems)
    names: dict[str, str | None] = {}
    new: dict[str, str] = {}
    fills: list[Fill] = []
    matched = 0
    taken = {person.path.casefold() for person in people if person.path}
    wanted = {person.origin: person for person in imported.people}
    for person in wanted.values():
        found = book.find(person)
        if isinstance(found, Problem):
            problems.append(found)
            names[person.origin] = None
        elif found is not None:
            matched += 1
            names[person.origin] = found.name
            if fill := _blanks(person, found):
                fills.append(fill)
        elif person.company or person.name is None or _NOT_A_NAME.match(person.name):
            left_out["without a name" if not person.company else "a company"] += 1
            names[person.origin] = None
        else:
            path = _free_path(place, person.name, taken)
            new[path] = note_text(person)
            names[person.origin] = path.rpartition("/")[2].removesuffix(".md")
            book.add(person, names[person.origin] or "")
    lines, known = _lines(kind, imported.encounters, names, book, set(written), today, left_out)
    return Plan(new, tuple(fills), lines, matched, known, dict(left_out), tuple(problems))


def _lines(
    kind: str,
    encounters: Iterable[ImportedEncounter],
    names: Mapping[str, str | None],
    book: _Book,
    written: set[str],
    today: dt.date,
    left_out: Counter[str],
) -> tuple[dict[str, tuple[str, ...]], int]:
    """Return path → lines for contacts with somebody who has a note, or is to have one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    known = 0
    for encounter in encounters:
        mark = mark_of(kind, encounter.origin)
        who = [name for person in encounter.people if (name := _name(person, names, book))]
        if encounter.date > today:
            left_out["in the future"] += 1
        elif mark in written:
            known += 1
        elif not who:
            left_out["nobody with a note" if encounter.people else "nobody named"] += 1
        else:
            written.add(mark)
            path = f"{FOLDER}/{encounter.date:%Y-%m} {kind}.md"
            found[path].append(line_of(encounter, list(dict.fromkeys(who)), mark))
    return {path: tuple(lines) for path, lines in sorted(found.items())}, known


def _name(person: ImportedPerson, names: Mapping[str, str | None], book: _Book) -> str | None:
    if person.origin in names:
        return names[person.origin]
    found = book.find(person)
    return found.name if isinstance(found, Person) else None


def mark_of(kind: str, origin: str) -> str:
    """Return the block id that a contact's line ends with: the same at each import."""
    return f"nn-{hashlib.sha256(f'{kind}:{origin}'.encode()).hexdigest()[:12]}"


def line_of(encounter: ImportedEncounter, names: Sequence[str], mark: str) -> str:
    """Return the line of one contact, as NetNotes reads it."""
    who = ", ".join(f"[[{name}]]" for name in names)
    parts = [f"- {encounter.date.isoformat()}", f"{_WORDS.get(encounter.channel, encounter.channel)} with {who}"]
    if encounter.minutes:
        parts.append(f"({encounter.minutes:g} min)")
    fields = {"channel": encounter.channel if encounter.channel == "card" else None, "by": encounter.initiated_by}
    parts += [f"[{name}:: {value}]" for name, value in fields.items() if value]
    return f"{' '.join(parts)} ^{mark}\n"


def note_text(person: ImportedPerson) -> str:
    """Return the text of a new person's note."""
    lines = ["---", "type: person"]
    lines += [f"{key}: {spell(value)}" for key, value in _properties(person).items()]
    for tag in person.tags:
        if re.fullmatch(r"[\w/-]+", tag) and not tag.isdigit():
            lines += ["tags:"] * ("tags:" not in lines) + [f"  - {tag}"]
    return "\n".join([*lines, "---", ""])


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


def _blanks(person: ImportedPerson, note: Person) -> Fill | None:
    """Return the properties that a person's note lacks; nothing of the user's is replaced."""
    if not note.path:
        return None
    also = {"email": ("emails",), "phone": ("phones", "tel"), "company": ("org", "organization", "employer")}
    changes = {
        key: value
        for key, value in _properties(person).items()
        if note.value(key, *also.get(key, ())) is None and key not in ("url", "introduced_by")
    }
    return Fill(note.path, changes) if changes else None


def people_folder(people: Iterable[Person]) -> str:
    """Return the folder that most people's notes are in."""
    counts = Counter(person.path.rpartition("/")[0] for person in people if person.path)
    return counts.most_common(1)[0][0] if counts else PEOPLE


def safe_name(name: str) -> str:
    """Return a name as a file may have it and a link may say it."""
    return " ".join(_UNSAFE.sub(" ", name).split()).strip(". ")[:LONGEST_FILE].strip() or "Somebody"


def _free_path(folder: str, name: str, taken: set[str]) -> str:
    """Return the path of a new note, of a name that every system allows and no note has."""
    plain = safe_name(name)
    if plain.casefold() in _RESERVED:
        plain = f"{plain}_"
    number = 1
    while True:
        ending = f" {number}" if number > 1 else ""
        path = f"{folder}/{plain}{ending}.md".lstrip("/")
        if path.casefold() not in taken:
            taken.add(path.casefold())
            return path
        number += 1


class _Book:
    """Everybody of a vault, by address, number and name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._emails: dict[str, Person] = {}
        self._phones: dict[str, Person] = {}
        self._names: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        for person in people:
            for email in _texts(person.value("email", "emails")):
                self._emails.setdefault(email.strip().lower().removeprefix("mailto:"), person)
            for phone in _texts(person.value("phone", "phones", "tel", "telephone")):
                if len(number := digits(phone)) >= SHORTEST_PHONE:
                    self._phones.setdefault(number[-SHORTEST_PHONE:], person)
            for name in (person.name, *person.aliases):
                self._names[_folded(name)][person.id] = person

    def add(self, person: ImportedPerson, name: str) -> None:
        """Know somebody who is to have a note."""
        made = Person(f"new:{name}", name)
        for email in person.emails:
            self._emails.setdefault(email, made)
        self._names[_folded(person.name or name)][made.id] = made

    def find(self, person: ImportedPerson) -> Person | Problem | None:
        """Return the one person who is meant; a problem where it may be one of several, None for nobody."""
        for email in person.emails:
            if email in self._emails:
                return self._emails[email]
        for phone in person.phones:
            number = digits(phone)
            if len(number) >= SHORTEST_PHONE and number[-SHORTEST_PHONE:] in self._phones:
                return self._phones[number[-SHORTEST_PHONE:]]
        name = person.name or ""
        who = self._names.get(_folded(name)) or (self._names.get(_folded(safe_name(name))) if name else None) or {}
        if len(who) > 1:
            return Problem(
                f"{person.name} may be one of {len(who)} people; left out",
                hint="write an `email` or `phone` into the right note, then import again",
            )
        return next(iter(who.values()), None)


def _folded(name: str) -> str:
    return " ".join(fold(name).split())


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    return [str(item) for item in items if isinstance(item, str | int) and not isinstance(item, bool)]
