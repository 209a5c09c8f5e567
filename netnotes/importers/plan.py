"""Plan an import: which people it matches, which notes and lines it adds. Writes nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Literal, get_args

from netnotes.extract.people.names import stem
from netnotes.importers.display_names import in_spoken_order, plain_address
from netnotes.importers.matching import Doubt, PeopleIndex, folded
from netnotes.importers.person_note import NoteStyle, missing_properties, new_alias, note_text, style_of
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, Kind
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Person, Problem

FOLDER = "Imports"
"""Folder of the notes with imported contacts: one for each month and source."""
PEOPLE = "People"
PAGES = "pages"
"""Folder of all pages in Logseq, which shows no others."""
LONGEST_FILE = 120
Decision = Person | Literal["new"] | None
"""The person that a doubtful record means, `new` for a new one, or None if that is left open."""
_UNSAFE = re.compile(r'[\[\]#^|\\/:*?"<>%`{}\x00-\x1f]+')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
_WORDS = {"message": "message", "mail": "mail", "call": "call", "in person": "met", None: "met"}
_IMPORT_NOTE = re.compile(rf"{FOLDER}/\d{{4}}-\d\d (?:{'|'.join(get_args(Kind))})\.md")
_NOT_A_NAME = re.compile(r"^\W*$")


@dataclass(frozen=True, slots=True)
class NoteUpdate:
    """Changes to an existing person's note."""

    path: str
    changes: dict[str, str]
    aliases: tuple[str, ...] = ()
    """Names in the file that become aliases after the user decided who is meant."""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One contact, as a line of a note."""

    date: dt.date
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will write."""

    new: dict[str, str]
    """Path → text of a person's note to make."""
    updates: tuple[NoteUpdate, ...]
    lines: tuple[PlannedLine, ...]
    """By date."""
    matched: int
    """People of the file who have a note already."""
    known: int
    """Contacts that an earlier import wrote."""
    doubtful: tuple[Doubt, ...]
    """Records about which nothing was decided: left out, and to be reported."""
    left_out: dict[str, int]
    problems: tuple[Problem, ...]


def undecided(doubt: Doubt) -> Decision:
    """Decide nothing."""
    del doubt
    return None


def plan(  # noqa: PLR0913  # all that a plan depends on
    kind: str,
    imported: Imported,
    people: Sequence[Person],
    written: Collection[str],
    *,
    today: dt.date,
    folder: str | None = None,
    style: NoteStyle | None = None,
    decide: Callable[[Doubt], Decision] = undecided,
    own: Iterable[str] = (),
) -> Plan:
    """Match the people of a file with those of the vault, and return what to add.

    `own` are the owner's names and addresses: the owner gets no note. `written` are the marks of contacts that earlier
    imports wrote (`block_id_of`); `folder` is where people's notes are made. `decide` is asked whom a doubtful record
    means; it is never merged without an answer.
    """
    style = style or NoteStyle()
    folder = people_folder(people, style) if folder is None else folder
    matcher = _Matcher(people, folder, style, decide, own)
    matcher.left_out.update(imported.left_out)
    for record in _records(imported.people):
        matcher.match(record)
    lines, known = _lines(kind, imported.encounters, matcher, set(written), today)
    return Plan(
        {path: note_text(record, matcher.style, stem(path)) for path, record in matcher.new.items()},
        matcher.updates(),
        lines,
        matcher.matched,
        known,
        tuple(matcher.doubtful),
        dict(matcher.left_out),
        imported.problems,
    )


def _records(people: Iterable[ImportedPerson]) -> list[ImportedPerson]:
    """Return the records, with those of the same origin and name merged."""
    found: dict[tuple[str, str | None], ImportedPerson] = {}
    for person in people:
        key = person.origin, person.name
        found[key] = found[key].merged_with(person) if key in found else person
    return list(found.values())


class _Matcher:
    """Matches the records of a file to people, and collects what to write."""

    def __init__(
        self,
        people: Sequence[Person],
        folder: str,
        style: NoteStyle,
        decide: Callable[[Doubt], Decision],
        own: Iterable[str],
    ) -> None:
        self.style = style
        self._own = {plain_address(each) if "@" in each else folded(in_spoken_order(each)) for each in own}
        self.names: dict[str, str | None] = {}
        """Origin of a record → name of the note; None for a record that is left out."""
        self.new: dict[str, ImportedPerson] = {}
        self._missing: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._aliases: defaultdict[str, list[str]] = defaultdict(list)
        self.doubtful: list[Doubt] = []
        self.left_out: Counter[str] = Counter()
        self.matched = 0
        self._index = PeopleIndex(people)
        self._folder = folder
        self._decide = decide
        self._taken = {person.path.casefold() for person in people if person.path}

    def match(self, record: ImportedPerson) -> None:
        """Decide whether a record is a known person or a new one."""
        record = _with_name_in_order(record)
        if self._is_owner(record):
            self.left_out["yourself"] += 1
            self.names[record.origin] = None
            return
        found = self._index.find(record)
        decided = isinstance(found, Doubt)
        if isinstance(found, Doubt):
            answer = self._decide(found)
            if answer is None:
                self.doubtful.append(found)
                self.names[record.origin] = None
                return
            found = None if answer == "new" else answer
        if found is not None:
            self._add_to(found, record, decided=decided)
        elif record.company or record.name is None or _NOT_A_NAME.match(record.name):
            self.left_out["a company" if record.company else "without a name"] += 1
            self.names[record.origin] = None
        else:
            self._make(record, record.name)

    def name_of(self, record: ImportedPerson) -> str | None:
        """Return the name of the note of a person at an encounter; None if there is none."""
        if record.origin not in self.names:
            record = _with_name_in_order(record)
            found = None if self._is_owner(record) else self._index.find(record)
            self.names[record.origin] = found.name if isinstance(found, Person) else None
        return self.names[record.origin]

    def _is_owner(self, record: ImportedPerson) -> bool:
        return not self._own.isdisjoint((folded(record.name or "-"), *map(plain_address, record.emails)))

    def updates(self) -> tuple[NoteUpdate, ...]:
        """Return the changes to notes of known people."""
        every = (NoteUpdate(path, changes, tuple(self._aliases[path])) for path, changes in self._missing.items())
        return tuple(update for update in every if update.changes or update.aliases)

    def _add_to(self, person: Person, record: ImportedPerson, *, decided: bool) -> None:
        self.names[record.origin] = person.name
        made = person.id.removeprefix("new:")
        if made in self.new:
            self.new[made] = self.new[made].merged_with(record)
        else:
            self.matched += 1
            if person.path:
                changes = missing_properties(record, person, self.style, decided=decided)
                self._missing[person.path] = {**changes, **self._missing[person.path]}
                if decided and (alias := new_alias(record, person)):
                    self._aliases[person.path].append(alias)
        self._index.add(record, person)

    def _make(self, record: ImportedPerson, name: str) -> None:
        path = _free_path(self._folder, name, self._taken)
        self.new[path] = record
        self.names[record.origin] = stem(path)
        self._index.add(record, Person(f"new:{path}", self.names[record.origin] or name))


def _with_name_in_order(record: ImportedPerson) -> ImportedPerson:
    return replace(record, name=in_spoken_order(record.name)) if record.name else record


def _lines(
    kind: str, encounters: Iterable[ImportedEncounter], matcher: _Matcher, written: set[str], today: dt.date
) -> tuple[tuple[PlannedLine, ...], int]:
    """Return a line for each contact with a person who has or gets a note, and how many contacts were there already."""
    found: list[PlannedLine] = []
    known = 0
    for encounter in encounters:
        mark = block_id_of(kind, encounter.origin)
        who = [name for person in encounter.people if (name := matcher.name_of(person))]
        if encounter.date > today:
            matcher.left_out["in the future"] += 1
        elif mark in written:
            known += 1
        elif not who:
            matcher.left_out["nobody with a note" if encounter.people else "nobody named"] += 1
        else:
            written.add(mark)
            found.append(PlannedLine(encounter.date, format_line(encounter, list(dict.fromkeys(who)), mark)))
    return tuple(found), known


def by_month(kind: str, lines: Iterable[PlannedLine]) -> dict[str, tuple[str, ...]]:
    """Return path → lines, in one note for each month and source."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        found[f"{FOLDER}/{line.date:%Y-%m} {kind}.md"].append(line.text)
    return {path: tuple(texts) for path, texts in sorted(found.items())}


def is_import_note(path: str) -> bool:
    """Return whether a note is one of those that hold nothing but imported contacts."""
    return _IMPORT_NOTE.fullmatch(path) is not None


def block_id_of(kind: str, origin: str) -> str:
    """Return the block id that a contact's line ends with: the same at each import."""
    return f"nn-{hashlib.sha256(f'{kind}:{origin}'.encode()).hexdigest()[:12]}"


def format_line(encounter: ImportedEncounter, names: Sequence[str], mark: str) -> str:
    """Return the line of one contact, as NetNotes reads it."""
    who = ", ".join(f"[[{name}]]" for name in names)
    parts = [f"- {encounter.date.isoformat()}", f"{_WORDS.get(encounter.channel, encounter.channel)} with {who}"]
    if encounter.minutes:
        parts.append(f"({encounter.minutes:g} min)")
    fields = {"channel": encounter.channel if encounter.channel == "card" else None, "by": encounter.initiated_by}
    parts += [f"[{name}:: {value}]" for name, value in fields.items() if value]
    return f"{' '.join(parts)} ^{mark}\n"


def empty_note(name: str, people: Sequence[Person], notes: Iterable[Note], app: str | None) -> tuple[str, str]:
    """Return path and text of a new person's note, in the style of the vault's other notes."""
    style = style_of(people, notes, app)
    title = safe_name(name)
    path = f"{people_folder(people, style)}/{title}.md".lstrip("/")
    return path, note_text(ImportedPerson(name), style, title)


def people_folder(people: Iterable[Person], style: NoteStyle) -> str:
    """Return the folder with the most people's notes; if there are none, `People`, or `pages` in Logseq."""
    counts = Counter(person.path.rpartition("/")[0] for person in people if person.path)
    return counts.most_common(1)[0][0] if counts else PAGES if style.page else PEOPLE


def safe_name(name: str) -> str:
    """Return a name that is valid in file names and links."""
    return " ".join(_UNSAFE.sub(" ", name).split()).strip(". ")[:LONGEST_FILE].strip() or "Somebody"


def _free_path(folder: str, name: str, taken: set[str]) -> str:
    """Return an unused path for a new note, with a file name that is valid on every system."""
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
