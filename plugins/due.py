"""due: what falls due, day by day: follow-ups, promises and birthdays. Also the calendar's source.

Bounded: of follow-ups long overdue only the deep ones, and those with a declared cadence, are still called. The rest
has been let go already, and saying so two hundred times would not bring it back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import (
    Contact,
    Network,
    Person,
    Problem,
    Promise,
    Remark,
    Row,
    SourceLine,
    TieStatus,
    add_days,
    day_words,
    next_birthday,
    open_promises,
    option,
    pluralize,
    report,
    tie_statuses,
)

NETNOTES_API = 1
OVERDUE, TODAY, TO_COME = "Overdue", "Today", "To come"
FOLLOW_UP, PROMISE, BIRTHDAY = "follow-up", "promise", "birthday"


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.due]`."""

    days: int = option(30, "How many days ahead to look.", low=0, high=3650)
    lapsed: int = option(60, "After how many days a shallow tie's missed follow-up is let go.", low=0, high=36500)


@report("Due", reads=("depth", "warmth", "follow_up"), options=Options)
def due(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""List what is due and overdue: follow-ups, promises, birthdays.

    With `--ics FILE` the same is written as a calendar that other programs subscribe to; what is overdue stands on
    today. Events keep their UIDs from day to day, so a calendar that is written anew moves them and doubles none.

    \b
    Example:
      netnotes due ~/Notes --days 7
      netnotes due ~/Notes --ics ~/Calendars/people.ics
    """
    today = network.today
    until = add_days(today, options.days)
    rows = [*_promises(network, until), *_birthdays(network, until)]
    everybody = tie_statuses(network)
    dropped = 0
    for standing in everybody:
        if standing.follow_up is None or standing.follow_up > until or standing.person.path is None:
            # Nobody without a note was worth one: to be met again they need no calendar.
            continue
        if (today - standing.follow_up).days > options.lapsed and not (standing.deep or standing.cadence):
            dropped += 1
            continue
        rows.append(_follow_up(standing, today))
    rows.sort(key=lambda row: (str(row.cells["day"]), str(row.cells["kind"]), str(row.more["uid"])))
    yield from rows
    if dropped:
        yield Remark(
            (
                f"{pluralize(dropped, 'shallow tie')} missed more than {pluralize(options.lapsed, 'day')} ago "
                "and let rest."
            ),
            TO_COME if rows else "",
        )
    if not rows:
        yield Remark(f"Nothing falls due until {day_words(until, today)}.")


def _follow_up(standing: TieStatus, today: dt.date) -> Row:
    day = standing.follow_up or today
    said = f"last in touch {day_words(standing.last, today)}"
    said += f", every {pluralize(standing.cadence, 'day')} declared" if standing.cadence else ""
    return _row(
        day,
        today,
        FOLLOW_UP,
        standing.person,
        "be in touch",
        f"{FOLLOW_UP} {standing.person.id}",
        said,
        evidence=(standing.latest,),
    )


def _promises(network: Network, until: dt.date) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for one in open_promises(network):
        if one.next > until:
            continue
        what = one.promise.words if one.mine else f"ask{' again' if one.chased else ''}: {one.promise.words}"
        # Not the line: whoever writes a line above it has made no new promise.
        key = f"{PROMISE} {one.promise.path} {one.promise.words}"
        seen[key] = seen.get(key, 0) + 1
        uid = key if seen[key] == 1 else f"{key} {seen[key]}"
        late = f"{pluralize(one.overdue, 'day')} late" if one.overdue else "yours" if one.mine else "theirs"
        day = one.due if one.mine and one.due and one.due < network.today else one.next
        yield _row(day, network.today, PROMISE, one.person, what, uid, late, evidence=(one.promise,))


def _birthdays(network: Network, until: dt.date) -> Iterator[Row]:
    for person in network.people:
        day = None if person.ignored else next_birthday(person, network.today)
        if day and day <= until:
            uid = f"{BIRTHDAY} {person.id} {day.year}"
            yield _row(
                day,
                network.today,
                BIRTHDAY,
                person,
                "birthday",
                uid,
                "as their note says",
                evidence=(SourceLine(person.path or "", person.lines.get("birthday", 1)),),
            )


def _row(
    day: dt.date,
    today: dt.date,
    kind: str,
    who: Person,
    what: str,
    uid: str,
    because: str,
    evidence: tuple[Contact | Promise | SourceLine, ...] = (),
) -> Row:
    return Row(
        {"day": day, "kind": kind, "who": who, "what": what},
        because=because,
        on=who,
        evidence=evidence,
        section=OVERDUE if day < today else TODAY if day == today else TO_COME,
        more={"overdue_days": max(0, (today - day).days), "uid": uid},
    )
