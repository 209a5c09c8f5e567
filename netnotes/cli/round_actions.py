"""Actions of `netnotes round`: log, put off, tick, skip, undo. Shows nothing; an action returns its result as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from netnotes.app import edits
from netnotes.app.daily_round import today_rows
from netnotes.app.log_notes import NotLogged, make_note
from netnotes.app.logbook import Logbook, open_logbook
from netnotes.app.snooze import day_of, snooze
from netnotes.capture.understood import Understood
from netnotes.cli.commands.capture import answer
from netnotes.cli.journal import journal_of, now
from netnotes.errors import NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, Promise, Tie
from netnotes.network.namesakes import called
from netnotes.phrasing import day_words, duration_words
from netnotes.plugin.facts import Row
from netnotes.printable import one_line
from netnotes.scoring.reports import person_of
from netnotes.writing.apply import WriteContext, WriteResult
from netnotes.writing.draft import Draft
from netnotes.writing.undo import select_entries, undo

LATEST = 3
"""Encounters shown for each person."""
MOST_PROMISES = 5


@dataclass(slots=True)
class Round:
    """Today's people, and the current one."""

    logbook: Logbook
    rows: list[Row] = field(default_factory=list)
    at: int = 0
    message: str = ""
    """Result of the last action."""
    written: list[tuple[int, int]] = field(default_factory=list)
    """(place in `rows`, run in the journal) of what this round wrote, the latest last."""

    @property
    def row(self) -> Row | None:
        """The current row; None at the end."""
        return self.rows[self.at] if self.at < len(self.rows) else None

    @property
    def person(self) -> Person | None:
        """The current person."""
        return person_of(self.row) if self.row else None

    @property
    def name(self) -> str:
        """What to call the current person; empty if there is none."""
        return called(self.person, self.logbook.labels) if self.person else ""

    @property
    def first_words(self) -> str:
        """The first words of a line about the current person."""
        if self.person is None:
            return ""
        return f"met {f'[[{self.name}]]' if self.person.id in self.logbook.labels else self.name} "

    def move(self, by: int) -> None:
        """Move forwards or backwards."""
        self.at = max(0, min(len(self.rows), self.at + by))
        self.message = ""

    def log(self, text: str) -> bool:
        """Log a sentence about the current person, and move on; return whether that worked."""
        return self._try(lambda: self._log(self.logbook.understand(text)))

    def later(self, until: str) -> bool:
        """Put off the current person, and move on."""

        def act() -> str:
            person = self._noted()
            day = day_of(until, self.logbook.today)
            self._write([snooze(self.logbook, person, day)])
            return f"put off {self.name} until {answer.say_day(day, self.logbook.today)}"

        return self._try(act)

    def done(self) -> bool:
        """Tick the promises of the current row, or log a contact if there are none, and move on."""
        row, person = self.row, self.person
        if row is None or person is None:
            return False
        promises = [each for each in row.evidence if isinstance(each, Promise)]
        if not promises:
            return self._try(lambda: self._log(self.logbook.contact_with(person)))

        def act() -> str:
            answer.refuse_several(person, promises)
            drafts = edits.tick(self.logbook.space.root, promises, self.logbook.today, self.logbook.vault.templates)
            self._write(drafts)
            return f"ticked: {'; '.join(one.words for one in promises)}"

        return self._try(act)

    def undo(self) -> None:
        """Undo what this round wrote last, read the vault again, and show that person."""
        if not self.written:
            self.message = "nothing to undo in this round; for earlier ones: netnotes undo"
            return
        at, run = self.written.pop()
        space = self.logbook.space
        try:
            with journal_of(space.root) as journal:
                result = undo(
                    select_entries(journal, run, None), WriteContext(space.root, journal, now(), command="undo")
                )
            self.logbook = open_logbook(space, self.logbook.today, self.logbook.now)
        except NetNotesError as error:
            self.message = str(error)
            return
        self.at = at
        problem = next(iter(result.problems), None)
        self.message = "undone" if result.written else one_line(problem.message) if problem else "nothing to undo"

    def card(self, *, why: bool = False) -> list[str]:
        """Return the lines about the current person: reason, last encounters, open promises; all reasons with `why`."""
        row, person = self.row, self.person
        if row is None:
            return ["Done for today." if self.rows else "Nothing to do today."]
        if person is None:
            return [one_line(row.sentence)]
        tie = self.logbook.outcome.network.tie(person)
        lines = [one_line(row.sentence.partition(" → netnotes ")[0]), ""]
        if tie and tie.contacts:
            lines.append("Last in touch")
            lines += [f"  {self._contact(tie, at)}" for at in range(-1, -1 - min(LATEST, len(tie.contacts)), -1)]
        promises = [one for one in self.logbook.outcome.network.promises if person in one.people][:MOST_PROMISES]
        if promises:
            lines += ["", "Open promises"]
            lines += [
                f"  {'you owe' if one.owed_by != 'them' else 'they owe'}: {one_line(one.words)}" for one in promises
            ]
        if why and tie:
            scores = self.logbook.outcome.scores.of(tie)
            lines += [
                "",
                "Why",
                *(f"  {name}: {one_line(score.because)}" for name, score in scores.items() if score.because),
            ]
        return lines

    def _contact(self, tie: Tie, at: int) -> str:
        contact = tie.contacts[at]
        silence = (self.logbook.today - contact.date).days
        when = f"{duration_words(silence)} ago" if silence > 1 else day_words(contact.date, self.logbook.today)
        length = f", {answer.say_minutes(contact.length)}" if contact.length else ""
        return one_line(f"{contact.date.isoformat()}  {when}, {contact.encounter.channel or 'in touch'}{length}")

    def _log(self, found: Understood) -> str:
        answer.refuse(found)
        if found.ask:
            raise NotLogged(answer.say_question(found.ask[0]), answer.say_choices(found.ask))
        planned, result = answer.write_line(self.logbook, found, command="round")
        self._keep(result)
        return answer.say_logged(planned, self.logbook.today)

    def _noted(self) -> Person:
        person = self.person
        if person is None:
            raise NotLogged("this is about several people", "do it in their notes")
        if person.path is None:
            raise NotLogged(f"{person.name} has no note to write into", make_note(person))
        return person

    def _try(self, act: Callable[[], str]) -> bool:
        try:
            message = act()
        except NetNotesError as error:
            self.message = one_line(f"{error}{f' – {error.hint}' if error.hint else ''}")
            return False
        self.move(1)
        self.message = message
        return True

    def _keep(self, result: WriteResult) -> None:
        """Remember a run, to undo it."""
        if result.run is not None and result.written:
            self.written.append((self.at, result.run))

    def _write(self, drafts: list[Draft | Problem] | list[Draft]) -> None:
        for draft in drafts:
            if isinstance(draft, Problem):
                raise NotLogged(f"{draft.path}: {draft.message}", draft.hint)
        root = self.logbook.space.root
        ready = [draft for draft in drafts if isinstance(draft, Draft)]
        with journal_of(root) as journal:
            result = self.logbook.write(ready, WriteContext(root, journal, now(), command="round"))
        self._keep(result)
        if result.problems or result.stale:
            problem = next(iter(result.problems), Problem("the note changed while it was read"))
            raise NotLogged(problem.message, problem.hint)


def open_round(logbook: Logbook) -> Round:
    """Return the round of the logbook's day."""
    return Round(logbook, list(today_rows(logbook.space, logbook.vault, logbook.outcome)))
