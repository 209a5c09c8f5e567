"""Calendars (RFC 5545): which meetings took place, on which day, for how long and with whom.

An entry counts as held unless it was cancelled, declined or tentative. Summaries and descriptions are never looked at.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from urllib.parse import unquote

from netnotes.importers import bounds
from netnotes.importers.calendar_events import Event, convert_zone, events_in
from netnotes.importers.calendar_series import Window, occurrence_starts
from netnotes.importers.content_lines import Property, unescape
from netnotes.importers.display_names import in_spoken_order, is_service, plain_address
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, Source, one_line
from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Initiative, Problem

MOST_PEOPLE = 50
"""Larger meetings are conferences, where not everyone met."""
_NOT_PEOPLE_TYPES = {"GROUP", "RESOURCE", "ROOM"}
_NO_PEOPLE_DOMAIN = re.compile(r".*@(?:[\w-]+\.)*calendar\.google\.com$")
"""Calendars and rooms that have an address."""


@dataclass(frozen=True, slots=True)
class _Occurrence:
    event: Event
    start: dt.datetime
    """As the series counts it; identifies the occurrence."""
    local_start: dt.datetime
    """As the owner's calendar shows it."""
    minutes: float | None = None


def read(
    source: Source, *, me: Sequence[str] = (), since: dt.date | None = None, until: dt.date | None = None
) -> Imported:
    """Return the meetings of a calendar from `since` to `until`, both inclusive.

    `me` are the owner's addresses and names: the owner is left out, and so are meetings that the owner declined. Raises
    ImportTooLarge.
    """
    events, problems = events_in(source)
    left_out: Counter[str] = Counter()
    window = Window(since or dt.date(1970, 1, 1), until or dt.date(2100, 1, 1))
    own = {plain_address(each) if "@" in each else in_spoken_order(each.strip()).casefold() for each in me}
    encounters: list[ImportedEncounter] = []
    for occurrence in _occurrences(events, window, problems):
        reason = _not_held(occurrence.event, own)
        people = () if reason else tuple(each for each in _people(occurrence.event) if not _is_owner(each, own))
        if len(people) > MOST_PEOPLE:
            reason = f"more than {MOST_PEOPLE} people"
        if reason:
            left_out[reason] += 1
        else:
            encounters.append(_encounter(occurrence, people, own))
            bounds.ENCOUNTERS.check(len(encounters))
    if not events and not problems:
        problems.append(Problem("no calendar entries in this file", hint="export the calendar as .ics"))
    attendees = {person.origin: person for each in encounters for person in each.people}
    bounds.PEOPLE.check(len(attendees))
    in_order = tuple(sorted(encounters, key=lambda each: (each.date, each.start or "", each.origin)))
    return Imported(tuple(attendees.values()), in_order, tuple(problems), dict(left_out), failed=not events)


def _not_held(event: Event, own: Collection[str]) -> str | None:
    """Return why the owner was not at a meeting, such as `cancelled`; None if nothing says so."""
    if event.cancelled:
        return "cancelled"
    answers = {_participation_status(each) for each in event.attendees if _is_owner(_person(each), own)}
    if event.declined or "DECLINED" in answers:
        return "declined by you"
    return "tentative" if event.tentative or "TENTATIVE" in answers else None


def _is_owner(person: ImportedPerson, own: Collection[str]) -> bool:
    return bool(own) and (
        in_spoken_order(person.name or "").casefold() in own
        or any(plain_address(email) in own for email in person.emails)
    )


def _encounter(occurrence: _Occurrence, people: tuple[ImportedPerson, ...], own: Collection[str]) -> ImportedEncounter:
    event, start = occurrence.event, occurrence.local_start
    is_day = event.start is not None and event.start.is_day
    return ImportedEncounter(
        start.date(),
        people,
        f"calendar:{event.uid}:{occurrence.start:%Y%m%dT%H%M}",
        minutes=None if is_day else occurrence.minutes or _minutes(event),
        initiated_by=_initiative(event, people, own),
        start=None if is_day else f"{start:%H:%M}",
        line=event.line,
    )


def _initiative(event: Event, people: Sequence[ImportedPerson], own: Collection[str]) -> Initiative | None:
    """Return who called a meeting, by its organizer: of several others, it cannot be said of all of them."""
    if event.organizer is None or not own:
        return None
    organizer = _person(event.organizer)
    if _is_owner(organizer, own):
        return "me"
    return "them" if [each.origin for each in people] == [organizer.origin] else None


def _minutes(event: Event) -> float | None:
    if event.start is None:
        return None
    if event.end is not None and not event.end.is_day:
        zone = event.start.zone
        over = event.end.value if event.end.zone is None else event.end.in_zone(dt.UTC)
        begun = event.start.in_zone(dt.UTC) if event.end.zone is not None and zone is not None else event.start.value
        length = (over - begun).total_seconds() / 60
    elif event.duration is not None:
        length = event.duration.total_seconds() / 60
    else:
        return None
    return length if 0 < length else None


def _occurrences(events: Sequence[Event], window: Window, problems: list[Problem]) -> Iterator[_Occurrence]:
    """Yield each occurrence inside the window; an exception takes the place of the one it names."""
    by_uid: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_uid[event.uid].append(event)
    for same in by_uid.values():
        masters = _latest_versions([event for event in same if event.recurrence_id is None])
        exceptions = _latest_versions([event for event in same if event.recurrence_id is not None])
        found = [each for master in masters for each in _series_occurrences(master, exceptions, window, problems)]
        found += [_occurrence(_with_people(event, masters), event.start.value) for event in exceptions if event.start]
        yield from (each for each in found if window.first <= each.local_start.date() <= window.last)


def _latest_versions(events: Sequence[Event]) -> list[Event]:
    """Return the last version of each of the entries of one UID that name the same day of their series."""
    newest = max((event.sequence for event in events if event.recurrence_id is None), default=0)
    found: dict[object, Event] = {}
    for event in events:
        if event.recurrence_id is None:
            # Another start of the same version is another entry: some programs give all of them one UID.
            key: object = event.start.value if event.start else None
            if event.sequence < newest:
                continue
        else:
            key = event.recurrence_id.in_zone(dt.UTC)
        if key not in found or event.sequence >= found[key].sequence:
            found[key] = event
    return list(found.values())


def _series_occurrences(
    master: Event, exceptions: Sequence[Event], window: Window, problems: list[Problem]
) -> Iterator[_Occurrence]:
    zone = master.start.zone if master.start else None
    replaced = {event.recurrence_id.in_zone(zone) for event in exceptions if event.recurrence_id}
    days = {
        event.recurrence_id.value.date() for event in exceptions if event.recurrence_id and event.recurrence_id.is_day
    }
    lengths = {stamp.in_zone(zone): stamp.minutes for stamp in master.extra_starts}
    later = sorted(
        (
            (event.recurrence_id.in_zone(zone), event)
            for event in exceptions
            if event.recurrence_id and event.and_following
        ),
        key=itemgetter(0),
    )
    for start in occurrence_starts(master, window, problems):
        if start in replaced or start.date() in days:
            continue
        number = bisect_right(later, start, key=itemgetter(0))
        original, event = later[number - 1] if number else (start, master)
        if number and event.start:
            by = event.start.in_zone(zone) - original
            yield _occurrence(_with_people(event, [master]), start + by)
        else:
            yield _occurrence(master, start, lengths.get(start))


def _occurrence(event: Event, start: dt.datetime, minutes: float | None = None) -> _Occurrence:
    stamp = event.start
    is_utc = stamp is not None and not stamp.is_day and stamp.zone is not None and _is_utc(stamp.zone)
    local_start = convert_zone(start, dt.UTC, event.calendar_zone) if is_utc else start
    return _Occurrence(event, start, local_start, minutes)


def _is_utc(zone: dt.tzinfo) -> bool:
    return str(zone) == "UTC"


def _with_people(event: Event, masters: Sequence[Event]) -> Event:
    """Return an exception with the people of its series where it names none itself."""
    if event.attendees or not masters:
        return event
    return replace(event, attendees=masters[0].attendees, organizer=event.organizer or masters[0].organizer)


def _people(event: Event) -> Iterator[ImportedPerson]:
    """Yield the organizer and everyone invited who has not declined; no rooms, groups, services or delegators."""
    found: dict[str, ImportedPerson] = {}
    excluded = {_key(each) for each in event.attendees if _participation_status(each) == "DECLINED"}
    for each in event.attendees:
        key = _key(each)
        if (
            set(each.params.get("CUTYPE", ())) & _NOT_PEOPLE_TYPES
            or _participation_status(each) == "DELEGATED"
            or "DELEGATED-TO" in each.params
            or "NON-PARTICIPANT" in each.params.get("ROLE", ())
        ):
            excluded.add(key)
        elif key and key not in excluded:
            found.setdefault(key, _person(each))
    if event.organizer and (key := _key(event.organizer)) and key not in excluded:
        found.setdefault(key, _person(event.organizer))
    yield from (person for person in found.values() if not any(map(_is_no_person, person.emails)))


def _is_no_person(email: str) -> bool:
    return bool(_NO_PEOPLE_DOMAIN.fullmatch(email)) or is_service(email)


def _key(found: Property) -> str:
    """Return what identifies an attendee: the address, else the name."""
    return _address(found) or (one_line(found.raw_params.get("CN")) or "").casefold()


def _participation_status(found: Property) -> str:
    """Return what an attendee answered, such as `DECLINED`; vCalendar 1.0 calls it the status."""
    return next(iter((*found.params.get("PARTSTAT", ()), *found.params.get("STATUS", ()))), "")


def _person(found: Property) -> ImportedPerson:
    before, angle, _ = found.value.partition("<")
    name, email = one_line(unescape(found.raw_params.get("CN") or (before if angle else ""))), _address(found)
    if name and name[0] == name[-1] == "'":
        name = one_line(name[1:-1])
    name = None if name and "@" in name else name
    return ImportedPerson(name, (email,) if email else (), origin=email or f"attendee:{name}")


def _address(found: Property) -> str:
    value = found.value.strip()
    if "@" not in value and "%40" not in value:
        value = found.raw_params.get("EMAIL", "")
    value = value.rpartition("<")[2].partition(">")[0] if "<" in value else value
    value = unquote(value).lower().removeprefix("mailto:").replace(" ", "")
    return value if "@" in value else ""
