"""What an assistant may write with `netnotes mcp --write`: one contact line, or a day until which someone is put off.

The first call writes nothing: it answers with the change and a code for exactly that change. The second call, with this
code, writes it. No answer ever holds a line that is already in a note.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, open_logbook
from netnotes.app.mcp.answers import plain_name
from netnotes.app.mcp.records import WriteAnswer
from netnotes.app.snooze import PROPERTY, day_of, snooze
from netnotes.app.workspace import Workspace
from netnotes.errors import NetNotesError
from netnotes.extract.people import find_person
from netnotes.lazy_dataclass import dataclass
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext
from netnotes.writing.draft import Draft
from netnotes.writing.journal import Journal

LONGEST = 500
"""Characters of a sentence."""
ASK = "Show `added` to the user. Call again with `confirm` only if the user says yes."
DONE = "Written. `netnotes undo` takes it back."
_LINK = re.compile(r"!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|\[([^\]]*)\]\([^)]*\)")


class NotWritten(NetNotesError):
    """An assistant's request cannot be written. The message holds fixed phrases and names, nothing else."""


@dataclass(slots=True)
class Writer:
    """Writes into one vault through the journal."""

    space: Workspace
    day: Callable[[], dt.date]
    open_journal: Callable[[Path], Journal]
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    """The key of the codes, so that they cannot be guessed."""

    def log(self, sentence: str, confirm: str | None) -> WriteAnswer:
        """Plan the line of a sentence, or write it. Raises NotWritten."""
        logbook = self._logbook()
        found = logbook.understand(one_line(sentence[:LONGEST]))
        if not found.logged:
            raise NotWritten(f"nothing to log: {found.why}")
        if found.ask:
            asked = found.ask[0]
            choices = ", ".join(plain_name(choice) for choice in asked.choices)
            raise NotWritten(f"not clear: {plain_name(asked.about)} may be {choices or 'several things'}; ask the user")
        try:
            planned = logbook.plan(found)
        except NotLogged as error:
            raise NotWritten("the line would not be read back as intended; use other words") from error
        people = [plain_name(person.name) for person in planned.found.people]
        answer = WriteAnswer(
            written=False,
            people=people,
            note=f"the note of {planned.found.date}",
            added=[plain_links(line) for line in planned.text.strip("\n").split("\n") if line.strip()],
            confirm=None,
            depth_before=[moved.before for moved in planned.moved],
            depth_after=[moved.after for moved in planned.moved],
        )
        return self._answer(logbook, answer, planned.draft, "log", confirm)

    def later(self, name: str, until: str, confirm: str | None) -> WriteAnswer:
        """Plan to put someone off, or write it. Raises NotWritten, PersonNotFound, AmbiguousName."""
        logbook = self._logbook()
        person = find_person.person(logbook.outcome.network.people, name)
        try:
            day = day_of(until[:LONGEST], logbook.today)
            draft = snooze(logbook, person, day)
        except NotLogged as error:
            raise NotWritten("not possible: give a future day such as 2w, and a person with a note") from error
        shown = plain_name(person.name)
        answer = WriteAnswer(
            written=False, people=[shown], note=f"the note of {shown}", added=[f"{PROPERTY}: {day}"], confirm=None
        )
        return self._answer(logbook, answer, draft, "later", confirm)

    def _logbook(self) -> Logbook:
        return open_logbook(self.space, self.day(), dt.datetime.now().astimezone())

    def _answer(
        self, logbook: Logbook, answer: WriteAnswer, draft: Draft, command: str, confirm: str | None
    ) -> WriteAnswer:
        """Return the answer with the code for this change, or write it if that code was given."""
        code = self._code(draft)
        if confirm is None:
            return dataclasses.replace(answer, confirm=code, next_step=ASK)
        if not hmac.compare_digest(confirm, code):
            raise NotWritten("nothing was written: this is not what was confirmed, or a note has changed")
        root = self.space.root
        with self.open_journal(root) as journal:
            result = logbook.write([draft], WriteContext(root, journal, logbook.now, command=f"mcp {command}"))
        if not result.written:
            raise NotWritten("nothing was written: the note cannot be written at the moment")
        return dataclasses.replace(answer, written=True, next_step=DONE)

    def _code(self, draft: Draft) -> str:
        """Return the code for one change of one note."""
        change = b"\0".join((draft.path.encode("utf-8", "surrogatepass"), draft.before or b"", draft.after or b""))
        return hmac.new(self._secret, change, hashlib.sha256).hexdigest()[:24]


def plain_links(line: str) -> str:
    """Return a line with each link replaced by its shown text, so that it holds no path of a note."""
    return _LINK.sub(lambda found: plain_name((found[1] or found[2] or "").rpartition("/")[2]), line)
