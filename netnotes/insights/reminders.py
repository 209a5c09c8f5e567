"""Decide when to chase a promise: a rule, not a measurement. Reads no notes."""

from __future__ import annotations

import datetime as dt

from netnotes.dates import add_days
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Promise
from netnotes.plugin.network_view import NetworkView

FIRST_DAYS = 7
"""Days after which to follow up a promise without a date, and between the first reminders."""
MOST_DAYS = 28
"""From the third reminder on the wait doubles, up to this many days."""


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """One open promise, on a given day.

    .. versionadded:: 0.1
    """

    promise: Promise
    person: Person
    """The person who owes it, or is owed."""
    mine: bool
    """Whether it is the user's turn, or the other person's."""
    since: dt.date | None
    """The day it was made; None if the note does not say."""
    due: dt.date | None
    """The day by which it was promised, else the day for which it is scheduled."""
    overdue: int
    """Days past `due`; 0 if it is not overdue."""
    chased: int
    """How often the user has already asked for it."""
    next: dt.date
    """The day to do it, or to ask again: today or later."""
    ready: dt.date
    """The same day, even if it is past."""


def open_promises(network: NetworkView) -> tuple[OpenPromise, ...]:
    """Return all promises open on the network's day, the most urgent first.

    Promises that concern only ignored people are left out.

    .. versionadded:: 0.1
    """
    today = network.today
    found = []
    for promise in network.promises:
        who = next((person for person in promise.people if not person.ignored), None)
        if who is None or (promise.made and promise.made > today):
            continue
        mine = promise.owed_by != "them"
        due = promise.due or promise.scheduled
        ready = _taken_up(promise, mine=mine, today=today)
        found.append(
            OpenPromise(
                promise,
                who,
                mine,
                since=promise.made,
                due=due,
                overdue=max(0, (today - due).days) if due else 0,
                chased=sum(day <= today for day in promise.chased) if promise.chased else promise.chases,
                next=max(today, ready),
                ready=ready,
            )
        )
    return tuple(sorted(found, key=lambda o: (o.next, o.due or dt.date.max, o.promise.path, o.promise.line)))


def _taken_up(promise: Promise, *, mine: bool, today: dt.date) -> dt.date:
    """Return the day on which to follow up a promise, past or not.

    Mine: when it is scheduled or due. Theirs: when it is scheduled, else the day after it was due; after a reminder, a
    week later, from the third on twice as long as before. Without any date a week after it was made.
    """
    asked = [day for day in promise.chased if day <= today]
    if mine or not asked:
        dated = [day for day in (promise.scheduled, promise.due) if day]
        first = min(dated) if mine and dated else promise.scheduled or promise.due
        if first is None:
            day = add_days(promise.made, FIRST_DAYS) if promise.made else today
        else:
            day = first if mine or promise.scheduled else add_days(first, 1)
    elif promise.scheduled and promise.scheduled > asked[-1]:
        day = promise.scheduled
    else:
        wait = min(MOST_DAYS, FIRST_DAYS * 2 ** min(8, max(0, max(len(asked), promise.chases) - 2)))
        day = add_days(asked[-1], wait)
        day = max(day, add_days(promise.due, 1)) if promise.due else day
    return max(day, promise.start) if promise.start else day
