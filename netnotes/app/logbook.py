"""Log contacts: understand a sentence, find a line that reads back as exactly that, show what it changes.

The sentence is understood by `capture`; the note is found by `log_notes`. Writes through drafts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import product

from netnotes.app.log_notes import LogNote, NotLogged, log_note, places, style_of
from netnotes.app.several_contacts import in_parts
from netnotes.app.workspace import Workspace
from netnotes.capture.names.book import NameBook, NameMatch, name_book, name_key
from netnotes.capture.notes import line
from netnotes.capture.notes.links import as_wikilinks, link_to, writes_at_signs
from netnotes.capture.notes.placement import Insertion
from netnotes.capture.notes.reading_back import differences, is_of_same, is_same_promise
from netnotes.capture.sentence import understand, understand_promise
from netnotes.capture.understood import Understood
from netnotes.incremental import Memory, NoteFindings
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Encounter, Person, Problem, Vault
from netnotes.network.namesakes import called, labels
from netnotes.note_sequence import paths_of, revised
from netnotes.outcome import Outcome
from netnotes.phrasing import in_syntax_of
from netnotes.storage.scan import read_settings
from netnotes.text import parse
from netnotes.text.lexicon.dates import Order
from netnotes.text.links import Index
from netnotes.text.settings import Settings
from netnotes.writing.apply import WriteContext, WriteResult, write
from netnotes.writing.draft import Draft


@dataclass(frozen=True, slots=True)
class TieChange:
    """How a contact changes one person's depth."""

    person: Person
    name: str
    """What to call them, if others have the same name."""
    before: float | None
    """Depth, 0–1; None for a person never met before."""
    after: float | None
    follow_up: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line ready to be written."""

    found: Understood
    """What was understood; a channel that only the written line shows is filled in."""
    draft: Draft
    text: str
    """The lines to insert."""
    number: int
    """1-based line number of the first of them in the note."""
    moved: tuple[TieChange, ...] = ()
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Current:
    """What was found in a vault's notes."""

    outcome: Outcome
    days: dict[str, dt.date]
    findings: Mapping[str, NoteFindings]
    """Path → what was found in a note; without notes that hold nothing."""
    met: Mapping[str, tuple[Encounter, ...]]
    """Path → encounters with people who count."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A vault with one note as it would be, and what was found in it."""

    path: str
    data: bytes | None
    vault: Vault
    outcome: Outcome


@dataclass(slots=True)
class Logbook:
    """One vault, read once, in which lines are logged one after the other."""

    space: Workspace
    today: dt.date
    now: dt.datetime
    vault: Vault
    settings: Settings
    memory: Memory
    book: NameBook
    index: Index
    _current: _Current | None
    """What was found in the notes as they are; None if they have changed since."""
    _tried: _Tried | None = None
    """The last notes that were tried."""

    @property
    def outcome(self) -> Outcome:
        """What was computed from the current notes."""
        return self._up_to_date().outcome

    @property
    def days(self) -> dict[str, dt.date]:
        """The daily notes: path → day."""
        return self._up_to_date().days

    def encounter_count(self, path: str) -> int:
        """Return the number of encounters in a note."""
        found = self._up_to_date().findings.get(path)
        return len(found.encounters) if found else 0

    def met_in(self, path: str) -> tuple[Encounter, ...]:
        """Return the past encounters that a note describes."""
        return tuple([each for each in self._up_to_date().met.get(path, ()) if each.date <= self.today])

    @property
    def labels(self) -> dict[str, str]:
        """What to call the people whose name others have too: see `namesakes`."""
        return labels(self.outcome.network.people)

    @property
    def order(self) -> Order | None:
        """Whether day or month comes first in the vault's numeric dates; None if unknown."""
        directory = self.memory.people.directory
        return directory.order if directory else None

    def understand(self, text: str, log_of: Person | None = None) -> Understood:
        """Return what a text says; several contacts must be logged one by one."""
        found = self._understand(text, log_of)
        parts = in_parts(found, self.today, self._understand) if log_of is None and found.logged else None
        return replace(found, ask=(parts,)) if parts else found

    def _understand(self, text: str, log_of: Person | None = None) -> Understood:
        """Return what a sentence says; numeric dates are read in the vault's usual order."""
        scenes = (*self.space.config.scenes, *{p.scene for p in self.outcome.network.people if p.scene})
        text = as_wikilinks(text, lambda name: self.book.with_name(name_key(name)))
        found = understand(text, self.book, self.today, scenes=scenes, log_of=log_of)
        if not self.order or not any(asked.field == "date" and len(asked.choices) > 1 for asked in found.ask):
            return found
        return understand(text, self.book, self.today, order=self.order, scenes=scenes, log_of=log_of)

    def contact_with(self, person: Person) -> Understood:
        """Return a contact today with a person, of whom nothing else is known."""
        link = f"[[{person.path.removesuffix('.md') if person.path else person.name}]]"
        name = NameMatch(0, len(link), (person,), person.name, linked=True)
        return Understood(link, people=(person,), date=self.today, names=(name,))

    def plan(self, found: Understood, log_of: Person | None = None) -> PlannedLine:
        """Return a line that reads back as exactly what was understood. Raises NotLogged."""
        if found.date is None or found.ask or not found.logged:
            raise NotLogged(found.why or "something must be asked first")
        network = self.outcome.network
        note = log_note(self.space, self.vault, self.days, self.settings, found.date, self.now, log_of)
        style = style_of(self.vault, network, note.text)
        linked = self.linked(note.path)
        task = line.task(found.promise, found.people, linked, style) + "\n" if found.promise else ""
        for place in places(self.space, self.days, self.met_in, note, log_of):
            unsaid: frozenset[str] = frozenset()
            for text, stated in line.candidates(found, linked, log_of):
                if unsaid <= stated:
                    read = self._read_back(found, note, place, place.around(f"{style.bullet}{text}\n{task}"))
                    if isinstance(read, PlannedLine):
                        return read
                    unsaid |= read
        if log_of is None and note.path not in self.memory.encounters.daily:
            # The name of a note that is yet to be created does not give its day.
            form = self.space.config.encounters.daily_format or self.settings.daily_format
            raise NotLogged(
                f"{note.path}: its name does not say which day it is",
                f"daily notes named `{form}` give no day; choose one with a year, such as YYYY-MM-DD",
            )
        if unnamed := next((person.path for person in found.people if person.path and "#" in person.path), None):
            raise NotLogged(f"{unnamed}: no link leads to a note with `#` in its name", "rename it")
        if unmarked := next((path for name in found.unknown if (path := self.index.resolve("", name))), None):
            hint = "to log them, write `type: person` into that note"
            raise NotLogged(f"{unmarked} is not the note of a person", in_syntax_of(self.vault.app, hint))
        raise NotLogged(
            f"{note.path}: a line there would not be read as you meant it",
            "use other words, or write it into the note by hand",
        )

    def understand_promise(self, text: str) -> Understood:
        """Return what a text says that states only a promise."""
        text = as_wikilinks(text, lambda name: self.book.with_name(name_key(name)))
        return understand_promise(text, self.book, self.today)

    def plan_promise(self, found: Understood) -> PlannedLine:
        """Return the task of a promise; it reads back as exactly that. Raises NotLogged."""
        if found.promise is None or not found.people:
            new = found.unknown[0] if found.unknown else ""
            raise NotLogged(
                "nothing to write down: it names no one in this vault",
                f'make a note for a new person: `netnotes candidates --note "{new}"`'
                if new
                else "name one of them: `netnotes people`",
            )
        network = self.outcome.network
        note = log_note(self.space, self.vault, self.days, self.settings, self.today, self.now)
        task = line.task(found.promise, found.people, self.linked(note.path), style_of(self.vault, network, note.text))
        # `the money she owes me` would make it her turn.
        tasks = (task, line.marked_as_mine(task)) if found.promise.by == "me" else (task,)
        for place, words in product(places(self.space, self.days, self.met_in, note, None), tasks):
            lines = place.around(f"{words}\n")
            draft, number, outcome = self._try_lines(note, place, lines)
            owed = [each for each in outcome.network.promises if (each.path, each.line) == (note.path, number)]
            if is_same_promise(owed, found):
                return PlannedLine(found, draft, lines, number, (), note.remarks)
        raise NotLogged(f"{note.path}: a task there would not be read as you meant it", "write it there by hand")

    def linked(self, source: str) -> Callable[[Person, str], str]:
        """Return a function that writes links in the note `source` in the vault's style."""
        at_signs = writes_at_signs(self.vault, self.days)
        known = self.labels

        def link(person: Person, words: str) -> str:
            if at_signs and person.path and person.id not in known:
                return f"@{person.name}"
            return link_to(person, words, source, self.index, self.settings)

        return link

    def write(self, planned: Sequence[Draft], context: WriteContext) -> WriteResult:
        """Write drafts, then update the vault."""
        result = write(planned, context)
        written = [(draft.path, draft.after) for draft in planned if draft.path in result.written]
        tried, self._tried = self._tried, None
        if tried and written == [(tried.path, tried.data)]:
            # The note is as it was when it was tried, and so is all that follows from it.
            self.vault, self._current = tried.vault, _current(tried.outcome, self.memory)
        elif written:
            for path, data in written:
                self.vault = with_note(self.vault, path, data)
            self._current = None
        return result

    def encounters_with(self, path: str, data: bytes) -> tuple[Encounter, ...]:
        """Return the encounters of a note if its content were `data`."""
        self._try(path, data)
        return self.memory.encounters.findings.result(path).encounters

    def _up_to_date(self) -> _Current:
        """Return what was found in the current notes; only compute it if they have changed."""
        if self._current is None:
            self._current = _current(self.space.recompute(self.vault, self.today, self.memory), self.memory)
            self._tried = None
        return self._current

    def _try(self, path: str, data: bytes | None) -> Outcome:
        """Return what follows if the content of a note were `data`; until the next one the memory is of that."""
        self._up_to_date()
        vault = with_note(self.vault, path, data)
        outcome = self.space.recompute(vault, self.today, self.memory)
        self._tried = _Tried(path, data, vault, outcome)
        return outcome

    def _try_lines(self, note: LogNote, place: Insertion, lines: str) -> tuple[Draft, int, Outcome]:
        """Return the draft of a note with lines added, the number of the first, and what follows. Raises NotLogged."""
        draft = note.with_lines(self.space.root, self.vault.templates, lines, place.at)
        if isinstance(draft, Problem):
            raise NotLogged(f"{draft.path}: {draft.message}", draft.hint)
        number = note.text.count("\n", 0, place.at) + place.before.count("\n") + 1
        return draft, number, self._try(note.path, draft.after)

    def _read_back(
        self, found: Understood, note: LogNote, place: Insertion, lines: str
    ) -> PlannedLine | frozenset[str]:
        """Return the planned line if it reads back as exactly what was understood, else the facts that it lacks."""
        draft, number, outcome = self._try_lines(note, place, lines)
        all_in_note = self.memory.encounters.findings.result(note.path).encounters
        on_line = [each for each in all_in_note if each.line == number]
        owed = [each for each in outcome.network.promises if (each.path, each.line) == (note.path, number + 1)]
        others = self.encounter_count(note.path) if note.found is not None else len(all_in_note) - 1
        if len(on_line) != 1 or len(all_in_note) != others + 1:
            return frozenset()
        if not is_of_same(on_line[0], found) or not is_same_promise(owed, found):
            return frozenset()
        if different := differences(on_line[0], found):
            return different
        final = replace(found, channel=on_line[0].channel)
        known = self.labels
        moved = tuple(self._moved(person, outcome, known) for person in on_line[0].people)
        return PlannedLine(final, draft, lines, number, moved, note.remarks)

    def _moved(self, person: Person, outcome: Outcome, known: Mapping[str, str]) -> TieChange:
        before, after = self.outcome.network.tie(person), outcome.network.tie(person)
        due = outcome.scores.get(after, "follow_up") if after else None
        day = due.value if due and isinstance(due.value, dt.date) else None
        depth = self.outcome.scores.number(before, "depth") if before and before.contacts else None
        return TieChange(
            person, called(person, known), depth, outcome.scores.number(after, "depth") if after else None, day
        )


def open_logbook(space: Workspace, today: dt.date, now: dt.datetime) -> Logbook:
    """Read a vault and compute everything, ready to log."""
    vault, outcome, memory = space.run_with_memory(today)
    network = outcome.network
    files = _index(vault, memory)
    book = name_book((*network.people, network.ego), files)
    settings = read_settings(space.root)
    return Logbook(space, today, now, vault, settings, memory, book, files, _current(outcome, memory))


def _index(vault: Vault, memory: Memory) -> Index:
    """Return all files of the vault by the names that links may have in its app, without aliases."""
    directory = memory.people.directory
    if directory is not None and not directory.aliases:
        return directory.index
    return Index([*paths_of(vault.notes), *vault.files])


def _current(outcome: Outcome, memory: Memory) -> _Current:
    """Return what the last run with `memory` found."""
    encounters = memory.encounters
    return _Current(outcome, dict(encounters.daily), copy(encounters.findings.found), copy(encounters.counted))


def with_note(vault: Vault, path: str, data: bytes | None) -> Vault:
    """Return a vault with one note replaced by other content, or removed if `data` is None."""
    new = {} if data is None else {path: parse.note(path, data)}
    return replace(vault, notes=revised(vault.notes, new, () if new else (path,)))
