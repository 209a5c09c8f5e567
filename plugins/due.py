"""due: what is due, day by day: follow-ups, promises and birthdays. Also the source of the calendar.

Of follow-ups that are long overdue only those of deep ties, and those with a declared cadence, are listed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
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
    next_birthday,
    option,
    report,
)
from netnotes.insights import (
    TieStatus,
    add_days,
    ago_words,
    day_words,
    join_names,
    open_promises,
    pluralize,
    tie_statuses,
)

NETNOTES_API = 1
SORTS: dict[str, Callable[[Row, Mapping[Person, float]], object]] = {
    "day": lambda row, _: str(row.cells["day"]),
    "name": lambda row, _: row.on.name.casefold() if isinstance(row.on, Person) else "",
    "depth": lambda row, depth: -depth.get(row.on, 0.0) if isinstance(row.on, Person) else 0.0,
}
OVERDUE, TODAY, TO_COME = "Overdue", "Today", "To come"
FOLLOW_UP, PROMISE, BIRTHDAY = "follow-up", "promise", "birthday"


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.due]`."""

    days: int = option(30, "How many days ahead to look.", low=0, high=3650)
    lapsed: int = option(60, "Hide shallow ties that are overdue by more days than this.", low=0, high=36500)
    most: int = option(40, "The most rows to show.", low=1, high=1_000_000)
    sort: str = option("day", "Order of the list: day, name or depth.")


@report("Due", reads=("depth", "warmth?", "follow_up?"), options=Options)
def due(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""List what is due and overdue, day by day: people to contact, promises, birthdays.

    `--ics FILE` writes the list as a calendar that other programs can subscribe to; overdue items are on today. Writing
    it again moves events and duplicates none.

    \b
    Example:
      netnotes due ~/Notes --days 7
      netnotes due ~/Notes --tie deep --sort depth
      netnotes due ~/Notes --ics ~/people.ics
    """
    if options.sort not in SORTS:
        yield Problem(f"cannot sort by `{options.sort}`", hint=f"sort by {', '.join(SORTS)}")
        return
    today = network.today
    until = add_days(today, options.days)
    rows = [*_promises(network, until), *_birthdays(network, until)]
    statuses = tie_statuses(network)
    dropped = 0
    without_note: list[Person] = []
    for status in statuses:
        if status.follow_up is None or status.follow_up > until:
            continue
        lapsed = (today - status.follow_up).days > options.lapsed and not (status.deep or status.cadence)
        if status.person.path is None:
            # Someone without a note is not important enough for a calendar.
            if status.tie.days > 1 and not lapsed:
                without_note.append(status.person)
            continue
        if lapsed:
            dropped += 1
            continue
        rows.append(_follow_up(status, today))
    depth = {status.person: status.depth for status in statuses}
    rows.sort(key=lambda row: (str(row.cells["day"]), str(row.more["kind"]), str(row.more["uid"])))
    rows.sort(key=lambda row: (_place(row), SORTS[options.sort](row, depth)))
    yield from rows[: options.most]
    last = rows[: options.most][-1].section if rows else ""
    if len(rows) > options.most:
        more = pluralize(len(rows) - options.most, "row")
        yield Remark(f"{more} not shown: `netnotes due --most {len(rows)}`", section=last)
    if dropped:
        hidden = f"{pluralize(dropped, 'shallow tie')} overdue by more than {pluralize(options.lapsed, 'day')}"
        yield Remark(f"{hidden} not shown: `netnotes due --lapsed 365`", section=last)
    if without_note:
        yield Remark(f"Also due, but without a note: {join_names(without_note, 3)}.", section=last)
    if not rows:
        yield Remark(f"Nothing is due until {day_words(until, today)}.")


def _place(row: Row) -> int:
    return (OVERDUE, TODAY, TO_COME).index(row.section)


def _follow_up(status: TieStatus, today: dt.date) -> Row:
    day = status.follow_up or today
    text = f"last contact {ago_words(status.last, today)}"
    text += f", {status.interval}" if status.cadence else ""
    return _row(
        day,
        today,
        FOLLOW_UP,
        status.person,
        "get in touch",
        f"{FOLLOW_UP} {status.person.id}",
        text,
        evidence=(status.latest,),
    )


def _promises(network: Network, until: dt.date) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for one in open_promises(network):
        if one.next > until:
            continue
        what = one.promise.words if one.mine else f"ask{' again' if one.chased else ''}: {one.promise.words}"
        # Not the line number: a new line above it does not make a new promise.
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
        {"day": day, "who": who, "what": what},
        because=because,
        on=who,
        evidence=evidence,
        section=OVERDUE if day < today else TODAY if day == today else TO_COME,
        more={"kind": kind, "overdue_days": max(0, (today - day).days), "uid": uid},
        day=day,
    )
