"""How long a meeting took and when it began: from properties, labels, the first lines and the name of its note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from netnotes.config import USUAL_ENCOUNTERS, Config
from netnotes.extract.note_types import keys_of, named_clock, property_lines
from netnotes.extract.people.names import stem
from netnotes.extract.people.resolver import Resolver
from netnotes.model import Note, Passage, Problem
from netnotes.phrasing import shorten
from netnotes.regex import regex
from netnotes.text import roles
from netnotes.text.inline_fields import is_length
from netnotes.text.lexicon import durations, end_times

_DAY_BEFORE = regex(r"^\W*\d{4}[-/._]\d{1,2}[-/._]\d{1,2}|^\W*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_CLOCK = regex(r"\d{1,2}[:.h]\d{2}(?:\s?(?:[ap]\.?m\.?|h(?:rs?|s)?\.?|uhr|uur|ч\.?))?", re.IGNORECASE)
_FIRST_LINES = 3


def time_of(note: Note, people: Resolver, config: Config) -> tuple[float | None, int | None]:
    """Return the length of a meeting and its start time, from properties, labels and the name."""
    clock = named_clock(note.path)
    minutes = _minutes(note, people, config)
    keys = (key for kind in ("time", "date", "start") for key in keys_of(note, kind))
    for value in (*(note.value(key) for key in keys), *_labelled(note.passages)):
        text = _DAY_BEFORE.sub("", value.replace("T", " ")) if isinstance(value, str) else ""
        if not text:
            continue
        span = durations.span(text)
        if minutes is None:
            minutes = span.minutes if span else durations.in_text(text)
        if clock is None:
            clock = span.start if span else durations.clock(text)
    if minutes is None:
        minutes = _length_in_first_lines(note)
    for end in (note.value(*keys_of(note, "end")), _labelled_end(note.passages)):
        if minutes is None and isinstance(end, str):
            minutes = _until(clock, _DAY_BEFORE.sub("", end.replace("T", " ")))
    return minutes, clock


def _length_in_first_lines(note: Note) -> float | None:
    """Return the length in a title or one of the first lines, without a name beside a contact word.

    `video call, 25 min`, `Duration:: 25 min`, `# Roof meeting (45 min)`; `10:00-10:45, room 4` if no other line has a
    range of times.
    """
    timed = [passage for passage in note.passages if passage.minutes is not None and passage.clock is not None]
    for passage in note.passages[:_FIRST_LINES]:
        if passage.minutes is None or passage.state is not None or passage.task is not None:
            continue
        title = passage.kind == "heading" and passage.level == 1
        tells = passage.channel is not None or (passage in timed and len(timed) == 1)
        of_all = not any(name.kind != "name" or name.near for name in passage.names)
        if title or (tells and of_all) or any(map(is_length, passage.fields)):
            return passage.minutes
    return None


def _labelled(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the text after `Date:` or `Time:` in a body; `Start: 14:00` and `End: 14:45` below it are one range."""
    texts = tuple(property_lines(passages))
    for first, second in pairwise(texts):
        end = second.removeprefix(end_times.MARK)
        if _CLOCK.fullmatch(first) and _CLOCK.fullmatch(end):
            yield f"{first} - {end}"
    yield from (text for text in texts if not text.startswith(end_times.MARK))


def _labelled_end(passages: Sequence[Passage]) -> str | None:
    """Return the time of day after `End:` in a body."""
    return next((text for text in property_lines(passages) if text.startswith(end_times.MARK)), None)


def labelled_length(passages: Sequence[Passage], clock: int | None = None) -> float | None:
    """Return the length that labels among some lines give: `Duration: 45 min`, or `Start: 14:00` and `End: 14:45`.

    `clock`: when it began, if another line says so.
    """
    own = [passage for passage in passages if passage.role == roles.PROPERTY and passage.state is None]
    if not own:
        return None
    lengths = (passage.minutes for passage in own if passage.minutes is not None)
    ranges = (found.minutes for text in _labelled(own) if (found := durations.span(text)))
    if (minutes := next(lengths, None) or next(ranges, None)) is not None:
        return minutes
    begins = (durations.clock(text) for text in _labelled(own))
    start = next((begin for begin in begins if begin is not None), clock)
    return _until(start, _labelled_end(own))


def _until(start: int | None, end: str | None) -> float | None:
    """Return the minutes from a time of day to another; None if one is unknown."""
    last = durations.clock(end) if end else None
    return float((last - start) % 1440) if start is not None and last is not None and last != start else None


def _minutes(note: Note, people: Resolver, config: Config) -> float | None:
    for key in note.having(config.encounters.minutes):
        value = note.value(key)
        if value is None:
            continue
        minutes = durations.of_value(value, key)
        if minutes is not None:
            return minutes
        people.problems.append(
            Problem(
                f"`{key}: {shorten(value)}` is not a length of time",
                path=note.path,
                line=note.line(key),
                hint="write minutes, or `1h30`",
            )
        )
    if config.encounters.minutes == USUAL_ENCOUNTERS.minutes:
        for key in keys_of(note, "duration"):
            if (minutes := durations.of_value(note.value(key), key)) is not None:
                return minutes
    return durations.in_text(_DAY_BEFORE.sub("", stem(note.path)).strip())


def length_of_section(passages: Sequence[Passage]) -> float | None:
    """Return the length that the lines below a heading, the first of them, give the whole meeting."""
    labelled = labelled_length(passages, passages[0].clock)
    lengths = (
        passage.minutes
        for passage in passages
        if passage.minutes is not None
        and passage.task is None
        and passage.state is None
        and (not passage.names or passage.channel is not None)
    )
    return labelled if labelled is not None else next(lengths, None)


def lines_before_list(passages: Sequence[Passage], at: int) -> Sequence[Passage]:
    """Return the lines right above a list of attendees that say when: `Choir meeting 20:30-22:00`, `Time: 8-9 pm`."""
    passage = passages[at]
    if passage.kind == "heading":
        return ()
    first = at
    while first and passages[first - 1].role == roles.PROPERTY and passages[first - 1].parent == passage.parent:
        first -= 1
    if first == at and at:
        above = passages[at - 1]
        beside = above.line == passage.line - 1 and above.parent == passage.parent and above.kind == passage.kind
        tells = above.channel is not None and (above.minutes is not None or above.clock is not None)
        if beside and tells and not above.names and above.role is None and above.state is None:
            first = at - 1
    return passages[first:at]
