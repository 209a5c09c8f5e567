"""What a sentence says: the record that `sentence` makes and `line` writes."""

from __future__ import annotations

import datetime as dt

from netnotes.capture.names.book import NameMatch
from netnotes.capture.promises.find import SpokenPromise
from netnotes.capture.question import Question
from netnotes.capture.unread_lengths import Unread
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Initiative, Person

EMPTY = "write who and what"
"""Why a sentence without a word describes no contact."""
NOT_THERE = "it does not say that you were there"
"""Why a sentence about what others did describes no contact."""
PROMISE = "this is a promise"
"""Why a sentence with a promise alone describes no contact."""
NO_ONE = "it names no one in this vault"
"""Why a sentence without names describes no contact."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence says."""

    text: str
    people: tuple[Person, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names that no one in the vault has."""
    date: dt.date | None = None
    minutes: float | None = None
    channel: str | None = None
    initiated_by: Initiative | None = None
    place: str | None = None
    scene: str | None = None
    promise: SpokenPromise | None = None
    plan: dt.date | None = None
    """A second day that is named: that of the next contact."""
    logged: bool = True
    """Whether there is anything to log."""
    why: str | None = None
    """Why there is not, if `logged` is false."""
    ask: tuple[Question, ...] = ()
    names: tuple[NameMatch, ...] = ()
    """Where the sentence names people, without those in the promise."""
    language: str = "en"
    """The language of the sentence, as far as its words show it."""
    unread: Unread | None = None
    """What may be meant as a length, but is not read as one."""
    unread_names: tuple[str, ...] = ()
    """Words in small letters that may be names of people who are new, but are not read as names."""
    blanks: tuple[tuple[int, int], ...] = ()
    """Spans that the line need not repeat: the date phrase and the promise."""
