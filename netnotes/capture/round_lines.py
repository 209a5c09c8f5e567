"""The lines of a morning round: one unticked task for each person, which becomes a log entry when ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from netnotes.capture.line import Style
from netnotes.model import Person, Tie
from netnotes.text import round_marks

_VERBS = {"call": "call", "message": "message", "mail": "email"}
_LATEST = 5
"""Latest contacts that decide by which channel two people usually are in touch."""


class Call(NamedTuple):
    """A person to contact today."""

    person: Person
    tie: Tie | None
    reason: str


def round_line(call: Call, linked: Callable[[Person, str], str], style: Style, *, reason: bool = True) -> str:
    """Return a person's unticked task with its mark: `- [ ] call [[Ada]] – 12 days since <!-- round … -->`."""
    task = f"{style.bullet}{'TODO' if style.logseq else '[ ]'} {verb(call.tie)} {linked(call.person, call.person.name)}"
    words = " ".join(call.reason.replace("%%", "").replace("`", "").split()).rstrip(".")
    return round_marks.mark(f"{task} – {words}" if reason and words else task)


def verb(tie: Tie | None) -> str:
    """Return the verb for how two people usually are in touch; `meet` if unknown."""
    latest = tie.contacts[-_LATEST:] if tie else ()
    channels = Counter(contact.encounter.channel for contact in latest)
    usual = channels.most_common(1)[0][0] if channels else None
    return _VERBS.get(usual or "", "meet")
