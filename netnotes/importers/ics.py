"""Calendars (RFC 5545): which meetings took place, on which day, for how long and with whom.

An entry counts as held unless it was cancelled or declined. Summaries and descriptions are never looked at. Rules of
series are expanded by dateutil, inside a window and up to a bound.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from netnotes.importers.calendar_events import STAMP, Event, Stamp, events_in, local_time, zone_of
from netnotes.importers.content_lines import Property
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, decode, one_line
from netnotes.notes import Problem

MOST_OCCURRENCES = 5_000
"""Days of one series that are read."""
MOST_PEOPLE = 50
"""A meeting of more is a conference: nobody met everybody."""
MOST_PROBLEMS = 20
_NOT_PEOPLE = {"GROUP", "RESOURCE", "ROOM"}
_INVITED = {"NEEDS-ACTION", "TENTATIVE", "DELEGATED-TO", ""}


@dataclass(frozen=True, slots=True)
class _Occurrence:
    event: Event
    start: dt.datetime
    minutes: float | None = None


def read(
    data: bytes, *, me: Sequence[str] = (), since: dt.date | None = None, until: dt.date | None = None
) -> Imported:
    """Return the meetings of a calendar from `since` to `until`, both inclusive.

    `me` are the owner's addresses: what the owner declined is left out, and so is the owner.
    """
    events, problems = events_in(decode(data))
    left_out: Counter[str] = Counter()
    first = dt.datetime.combine(since or dt.date(1970, 1, 1), dt.time.min)
    last = dt.datetime.combine(until or dt.date(2100, 1, 1), dt.time.max)
    own = {address.lower() for address in me}
    encounters: list[ImportedEncounter] = []
    for occurrence in _occurrences(events, first, last, problems):
        if occurrence.event.cancelled:
            left_out["cancelled"] += 1
            continue
        declined = _declined(occurrence.event)
        if declined & own:
            left_out["declined by you"] += 1
            continue
        people = [person for person in _people(occurrence.event) if person.emails[0] not in own]
        if len(people) > MOST_PEOPLE:
            left_out[f"more than {MOST_PEOPLE} people"] += 1
            continue
        encounters.append(_encounter(occurrence, tuple(people)))
    if not events and not problems:
        problems.append(Problem("no calendar entries in this file", hint="export the calendar as .ics"))
    people_ = {person.origin: person for each in encounters for person in each.people}
    in_order = tuple(sorted(encounters, key=lambda each: (each.date, each.start or "", each.origin)))
    return Imported(
        tuple(people_.values()), in_order, tuple(problems[:MOST_PROBLEMS]), dict(left_out), failed=not events
    )


def _encounter(occurrence: _Occurrence, people: tuple[ImportedPerson, ...]) -> ImportedEncounter:
    event, start = occurrence.event, occurrence.start
    is_day = event.start is not None and event.start.is_day
    return ImportedEncounter(
        start.date(),
        people,
        f"calendar:{event.uid}:{start:%Y%m%dT%H%M}",
        minutes=None if is_day else occurrence.minutes or _minutes(event),
        start=None if is_day else f"{start:%H:%M}",
    )


def _minutes(event: Event) -> float | None:
    if event.start is None:
        return None
    if event.end is not None and not event.end.is_day:
        start, end = zone_of(event.start.zone), zone_of(event.end.zone or event.start.zone)
        begun, over = event.start.value, event.end.value
        if start is not None and end is not None:
            begun, over = (
                begun.replace(tzinfo=start).astimezone(dt.UTC),
                over.replace(tzinfo=end).astimezone(dt.UTC),
            )
        length = (over - begun).total_seconds() / 60
    elif event.duration is not None:
        length = event.duration.total_seconds() / 60
    else:
        return None
    return length if 0 < length else None


def _occurrences(
    events: Sequence[Event], first: dt.datetime, last: dt.datetime, problems: list[Problem]
) -> Iterator[_Occurrence]:
    """Yield each occurrence inside the window; an exception takes the place of the one it names."""
    by_uid: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_uid[event.uid].append(event)
    for same in by_uid.values():
        exceptions = [event for event in same if event.replaces is not None]
        masters = [event for event in same if event.replaces is None]
        for master in masters:
            zone = master.start.zone if master.start else None
            replaced = {event.replaces.in_zone(zone) for event in exceptions if event.replaces}
            days = {event.replaces.value.date() for event in exceptions if event.replaces and event.replaces.is_day}
            lengths = {stamp.in_zone(zone): stamp.minutes for stamp in master.more}
            for start in _starts(master, first, last, problems):
                if start not in replaced and start.date() not in days:
                    yield _Occurrence(master, start, lengths.get(start))
        for event in exceptions:
            if event.start and first <= event.start.value <= last:
                yield _Occurrence(_with_people(event, masters), event.start.value)


def _with_people(event: Event, masters: Sequence[Event]) -> Event:
    """Return an exception with the people of its series where it names none itself."""
    if event.attendees or not masters:
        return event
    return replace(event, attendees=masters[0].attendees, organizer=event.organizer or masters[0].organizer)


def _starts(event: Event, first: dt.datetime, last: dt.datetime, problems: list[Problem]) -> list[dt.datetime]:
    if event.start is None:
        return []
    begin, zone = event.start.value, event.start.zone
    found = {begin}
    for rule in event.rules:
        try:
            found.update(_expanded(rule, event.start, first, last))
        except (ValueError, TypeError, OverflowError, KeyError):
            problems.append(
                Problem("calendar entry with a rule that cannot be read; its first day counts", line=event.line)
            )
    found.update(stamp.in_zone(zone) for stamp in event.more)
    without = {stamp.in_zone(zone) for stamp in event.without if not stamp.is_day}
    days = {stamp.value.date() for stamp in event.without if stamp.is_day}
    return sorted(
        start for start in found if first <= start <= last and start not in without and start.date() not in days
    )


def _expanded(rule: str, start: Stamp, first: dt.datetime, last: dt.datetime) -> Iterable[dt.datetime]:
    from dateutil.rrule import rrulestr  # slow to import, and most calendars have no series

    rule = re.sub(r"UNTIL=([0-9TZ]+)", lambda found: _until(found[1], start), rule, flags=re.IGNORECASE)
    series: Any = rrulestr(rule, dtstart=start.value)
    # `between` walks from the first day on: the bound holds for series that never reach the window.
    walked = islice(series, MOST_OCCURRENCES * 4)
    return list(islice((each for each in _up_to(walked, last) if each >= first), MOST_OCCURRENCES))


def _up_to(series: Iterable[dt.datetime], last: dt.datetime) -> Iterator[dt.datetime]:
    for each in series:
        if each > last:
            return
        yield each


def _until(text: str, start: Stamp) -> str:
    found = STAMP.fullmatch(text.upper())
    if not found:
        raise ValueError(text)
    year, month, day, hour, minute, _, utc = found.groups()
    if hour is None:
        value = local_time(year, month, day, 23, 59, 59)
    else:
        value = local_time(year, month, day, hour, minute)
        value = Stamp(value, is_day=False, zone="UTC" if utc else start.zone).in_zone(start.zone)
    return f"UNTIL={value:%Y%m%dT%H%M%S}"


def _declined(event: Event) -> set[str]:
    return {_address(found) for found in event.attendees if "DECLINED" in found.params.get("PARTSTAT", ())}


def _people(event: Event) -> Iterator[ImportedPerson]:
    """Yield the organizer and everybody invited who has not declined; no rooms, groups or delegators."""
    declined = _declined(event)
    found: dict[str, ImportedPerson] = {}
    barred = set(declined)
    for each in event.attendees:
        kind = set(each.params.get("CUTYPE", ()))
        status = next(iter(each.params.get("PARTSTAT", ())), "")
        email = _address(each)
        if (
            kind & _NOT_PEOPLE
            or status == "DELEGATED"
            or "DELEGATED-TO" in each.params
            or "NON-PARTICIPANT" in each.params.get("ROLE", ())
        ):
            barred.add(email)
        elif email and email not in declined:
            found.setdefault(email, _person(each, email))
    if event.organizer:
        email = _address(event.organizer)
        if email and email not in barred:
            found.setdefault(email, _person(event.organizer, email))
    yield from found.values()


def _person(found: Property, email: str) -> ImportedPerson:
    name = one_line(found.names.get("CN"))
    return ImportedPerson(None if name and "@" in name else name, (email,), origin=email)


def _address(found: Property) -> str:
    value = found.value.strip().lower().removeprefix("mailto:").strip()
    if "@" not in value:
        value = next((name.lower() for key, name in found.names.items() if key == "EMAIL"), "")
    return value.removeprefix("mailto:").replace(" ", "") if "@" in value else ""
