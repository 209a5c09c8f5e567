"""Which kind of note a note is, and its day: daily note, meeting note, or neither. Reads paths and properties."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Sized
from functools import lru_cache
from itertools import takewhile

from netnotes.config import USUAL_ENCOUNTERS, Config
from netnotes.extract.people.names import stem
from netnotes.extract.people.person_marks import kinds_of
from netnotes.model import Note, Problem, Vault
from netnotes.notes import Passage
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text import roles
from netnotes.text.lexicon import dates, durations, moment
from netnotes.text.lexicon.words import fold, numbered, property_keys
from netnotes.text.serialize import LABELLED, TWO_DAYS, hold
from netnotes.text.set_aside import within

_EXACT = regex(r"(\d{4})-(\d{2})-(\d{2})")
_COMPACT = regex(r"(\d{4})(\d{2})(\d{2})")
_UNKNOWN = regex(r"(?:0001|1604|1900-01-01|1970-01-01)\S*")
_NUMERIC_NAME = regex(r"\d{1,2}[-./ _]\d{1,2}[-./ _]\d{4}(?!\d)")
_TWO_DIGIT_DAY = regex(r"\d{1,2}[-./ _]\d{1,2}[-./ _](?:\d{4}|\d{2})(?!\d)")
_MONTHS, _WEEK = 12, 7
_FEWEST_NAMES = 3
_CLEAR_MAJORITY = 4
"""How many times as often as the opposite an order must be proved."""
_GROUP_KINDS = frozenset({"group", "circle", "team", "table"})
"""Values of `type` or `kind` that mark a group's note."""
_WORDS = regex(r"\w+(?:-feira)?")
_DONE_FIELDS = ("done", "completion", "completed")
_SEPARATORS = regex(r"(?<=\d)[-_](?=[^\W\d_])|(?<=[^\W\d_])[-_](?=\d)|\s-\s")
_CLOCK_IN_NAME = regex(r"\d{4}-?\d{2}-?\d{2}[ T_-]*([01]\d|2[0-3])[:.h-]?([0-5]\d)(?!\d)")


def is_evidence(note: Note, templates: Collection[str]) -> bool:
    """Return whether a note may hold evidence: it is no template and no copy left by a sync.

    `templates` are the vault's folders of templates.
    """
    return not note.set_aside and not within(note.path, templates)


def is_group(note: Note) -> bool:
    """Return whether a note declares a group of people."""
    return note.value("type", "kind") is not None and not _GROUP_KINDS.isdisjoint(kinds_of(note))


def day_order(names: Counter[str], proofs: Mapping[dates.Order, Sized], config: Config) -> dates.Order | None:
    """Return whether day or month comes first in the vault's numeric dates; None if unknown.

    `names`: each `numeric_name` → how many there are; `proofs`: order → the notes that prove it.

    The option decides. Without it, one day above 12 in a file name proves the order, else one at the beginning of a
    line or in a property, unless others prove the opposite nearly as often. Without proof, the order is chosen in which
    the dates of three or more file names are closer together, since daily notes follow each other.
    """
    if config.encounters.day_order:
        return config.encounters.day_order
    proven, likely = _order_of_names(tuple(sorted(names.elements())))
    if proven:
        return proven
    if ranked := sorted(((len(notes), order) for order, notes in proofs.items() if notes), reverse=True):
        (count, order), *others = ranked
        if not others or count >= _CLEAR_MAJORITY * others[0][0]:
            return order
    return likely


@lru_cache(maxsize=4)
def _order_of_names(names: tuple[str, ...]) -> tuple[dates.Order | None, dates.Order | None]:
    """Return the order that the names of files prove, and the one in which their dates are closer together."""
    if order := dates.proven_order(names):
        return order, order
    spread = {order: _spread(names, order) for order in dates.ORDERS}
    if len(names) < _FEWEST_NAMES or min(spread.values()) * 2 > max(spread.values()):
        return None, None
    return None, "dmy" if spread["dmy"] < spread["mdy"] else "mdy"


def numeric_name(path: str) -> str | None:
    """Return the name of a file if it begins with a date in numbers such as 03-04-2026; None for all others."""
    at = path.rfind("/") + 1
    return name if path[at : at + 1].isdigit() and _NUMERIC_NAME.match(name := stem(path)) else None


def _spread(names: Iterable[str], order: dates.Order) -> int:
    """Return the days between the first and the last of the dates at the start of names."""
    found = [day for name in names if (day := dates.in_name(name, order))]
    return (max(found) - min(found)).days if found else 0


Dated = Callable[[str], dt.date | None]


def daily_dates(vault: Vault, config: Config, order: dates.Order | None) -> Dated:
    """Return the function that returns the day of a daily note's path; None for every other path.

    `order` is that of the vault's numeric dates.
    """
    form = config.encounters.daily_format or vault.daily_format
    folder = config.encounters.daily_folder if config.encounters.daily_folder is not None else vault.daily_folder
    prefix = f"{folder.strip('/')}/" if folder.strip("/") else ""

    def dated(path: str) -> dt.date | None:
        if form and path.startswith(prefix) and (day := moment.parse(form, path[len(prefix) :].removesuffix(".md"))):
            return day
        return day_of_name(stem(path), order)

    return dated


def day_of_name(name: str, order: dates.Order | None = None) -> dt.date | None:
    """Return the day of a file name that consists of a date and its weekday: `2026-03-02 Mon`, `Mar 2nd, 2026`."""
    if not dates.may_hold(name):
        return None
    if match := _EXACT.fullmatch(name):
        return _day(match[1], match[2], match[3])
    core = name.rpartition("journal.")[2] if "." in name and name.islower() else name
    spaced = _SEPARATORS.sub(" ", core)
    words = [word for word in spaced.split() if fold(word.strip(".,")) not in numbered("weekdays")]
    for text in dict.fromkeys((core, " ".join(words))):
        try:
            found = dates.lead(text, order)
        except dates.NoSuchDay:
            continue
        if found and found.start == 0 and _only_weekday(text[found.end :]):
            return found.date
    compact = _COMPACT.fullmatch(name)
    return _day(compact[1], compact[2], compact[3]) if compact else None


def _only_weekday(rest: str) -> bool:
    return all(fold(word) in numbered("weekdays") for word in _WORDS.findall(rest))


def named_date(path: str, order: dates.Order | None = None) -> dt.date | None:
    """Return the day that a note's file name holds: `2026-03-01 Call`, `Call 2026-03-01`, `20260301 Call`."""
    name = stem(path)
    return dates.in_name(name, order) if dates.may_hold(name) else None


def titled_date(path: str, order: dates.Order | None = None, beside: dt.date | None = None) -> dt.date | None:
    """Return the day that a note's file name begins or ends with; None for a number such as 20260301, maybe an id.

    `beside`: a day in the note, to which `03.10.26` is close if its order is the right one.
    """
    name = stem(path)
    found = None
    for found in dates.within(name, order) if dates.may_hold(name) else ():
        if not any(map(str.isalnum, name[: found.start])):
            break
    if found is None or _COMPACT.fullmatch(name, found.start, found.end):
        return None
    outside = (name[: found.start], name[found.end :])
    if all(any(map(str.isalnum, part)) for part in outside):
        return None
    return _closest(found.date, beside) if _TWO_DIGIT_DAY.match(name, found.start) else found.date


def _closest(day: dt.date, beside: dt.date | None) -> dt.date:
    """Return a day, or the one with day and month swapped if only that is in the week of `beside`."""
    if beside is None or day.day > _MONTHS or abs((day - beside).days) <= _WEEK:
        return day
    swapped = day.replace(month=day.day, day=day.month)
    return swapped if abs((swapped - beside).days) <= _WEEK else day


def with_resolved_dates(note: Note, order: dates.Order | None) -> Note:
    """Resolve a note's ambiguous numeric dates by the vault's order; without an order they do not count as dates."""
    if not hold(note.passages, TWO_DAYS):
        return note
    at = 1 if order == "mdy" else 0
    return note._replace(
        passages=tuple(
            passage._replace(
                date=passage.choices[at] if order and passage.choices else passage.date,
                inside=passage.inside if len(passage.inside) < 2 else passage.inside[at : at + 1] if order else (),
            )
            for passage in note.passages
        )
    )


def labelled_date(note: Note, order: dates.Order | None = None) -> dt.date | None:
    """Return the day that a line such as `**Date:** 2 March 2026` gives a note; None if the first may be two days."""
    for value in property_lines(note.passages):
        try:
            day = dates.of_value(value, order or dates.proven_order((value,)))
        except dates.AmbiguousDay:
            return None
        except dates.NoSuchDay:
            continue
        if day:
            return day
    return None


def opening_date(note: Note) -> dt.date | None:
    """Return the only day in sentences about a meeting that stand before a note's list of attendees, if any."""
    opening = takewhile(lambda passage: passage.role not in (roles.ATTENDEES, roles.ATTENDEE), note.passages)
    days = {passage.inside for passage in opening if passage.channel and passage.inside}
    return days.pop()[0] if len(days) == 1 else None


def property_lines(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the values of lines such as `**Date:** 2 March 2026` and `Status: cancelled`."""
    if hold(passages, LABELLED):
        yield from (passage.text for passage in passages if passage.role == roles.PROPERTY and passage.text)


def done_date(task: Passage) -> dt.date | None:
    """Return the day on which a task was done, by a field such as `[completion:: 2026-03-01]`; None if unknown."""
    return dates.day_or_none(next((task.fields[key] for key in _DONE_FIELDS if key in task.fields), None))


def named_clock(path: str) -> int | None:
    """Return the time after the date in a file name (`2026-03-01 0905`), in minutes after midnight."""
    match = _CLOCK_IN_NAME.search(stem(path))
    return int(match[1]) * 60 + int(match[2]) if match else None


def property_date(
    note: Note, config: Config, problems: list[Problem], order: dates.Order | None = None
) -> dt.date | None:
    """Return the day that a property or an inline field gives a note; an impossible one is a problem and no date."""
    for key in note.having(config.encounters.dates):
        value = note.value(key)
        if value is None or (key == "start" and not _has_time(value)):
            continue
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1:
            value = f"[[{value[0][0]}]]"
        try:
            day = _day_people_met(value, order)
        except dates.NoSuchDay as error:
            problems.append(
                Problem(f"`{key}`: {error}", path=note.path, line=note.line(key), hint="write a date like 2026-01-31")
            )
            continue
        if day:
            return day
    return _day_in_other_words(note, order) if config.encounters.dates == USUAL_ENCOUNTERS.dates else None


def _day_in_other_words(note: Note, order: dates.Order | None) -> dt.date | None:
    """Return the day in a property named in another language (`fecha`, `дата`); None if it is not a date."""
    for kind in ("date", "start"):
        for key in keys_of(note, kind):
            value = note.value(key)
            try:
                day = _day_people_met(value, order) if kind == "date" or _has_time(value) else None
            except (dates.NoSuchDay, dates.AmbiguousDay):
                continue
            if day:
                return day
    return None


def keys_of(note: Note, kind: str) -> tuple[str, ...]:
    """Return the names of one kind of property, in any language (see `property_keys`), that a note has."""
    keys = (*note.properties, *note.fields)
    return _keys_among(kind, keys) if keys else ()


@lru_cache(maxsize=10_000)
def _keys_among(kind: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of one kind that are among `keys`. Cached: many notes have the same properties."""
    present = set(map(fold_key, keys))
    return tuple(key for key in property_keys(kind) if fold_key(key) in present)


def _day_people_met(value: object, order: dates.Order | None) -> dt.date | None:
    """Return the day of a value; raises NoSuchDay for placeholders that programs write for an unknown day."""
    day = dates.of_value(value, order)
    if day is None and isinstance(value, str) and (unknown := _UNKNOWN.match(value.strip())):
        raise dates.NoSuchDay(f"`{unknown[0]}` is a placeholder, not a day on which people met")
    return day


def _has_time(value: object) -> bool:
    """Return whether a `start` has a time: a meeting starts at a time, a project on a day."""
    return isinstance(value, str) and durations.clock(value) is not None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
