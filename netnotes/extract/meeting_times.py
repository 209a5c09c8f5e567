"""How long a meeting took and when it began: from properties, labels, the first lines and the name of its note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from netnotes.config import Config, Encounters
from netnotes.extract.note_types import keys_of, named_clock
from netnotes.extract.people.names import stem
from netnotes.extract.people.resolver import Resolver
from netnotes.model import Note, Passage, Problem
from netnotes.phrasing import shorten
from netnotes.regex import regex
from netnotes.text import roles
from netnotes.text.inline_fields import is_length
from netnotes.text.lexicon import durations, end_times

_DAY_BEFORE = regex(r"^\W*\d{4}[-/._]\d{1,2}[-/._]\d{1,2}|^\W*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_CLOCK = regex(r"\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?", re.IGNORECASE)
_FIRST_LINES = 3


def time_of(note: Note, people: Resolver, config: Config) -> tuple[float | None, int | None]:
    """Return the length of a meeting and its start time, from properties, labels and the name."""
    clock = named_clock(note.path)
    minutes = _minutes(note, people, config)
    keys = (key for kind in ("time", "date", "start") for key in keys_of(note, kind))
    for value in (*(note.value(key) for key in keys), *_labelled(note)):
        if not isinstance(value, str):
            continue
        text = _DAY_BEFORE.sub("", value.replace("T", " "))
        span = durations.span(text)
        if minutes is None:
            minutes = span.minutes if span else durations.in_text(text)
        if clock is None:
            clock = span.start if span else durations.clock(text)
    if minutes is None:
        minutes = _length_in_first_lines(note)
    for end in (note.value(*keys_of(note, "end")), _labelled_end(note)):
        if minutes is None and clock is not None and isinstance(end, str):
            last = durations.clock(_DAY_BEFORE.sub("", end.replace("T", " ")))
            minutes = float((last - clock) % 1440) if last is not None and last != clock else None
    return minutes, clock


def _length_in_first_lines(note: Note) -> float | None:
    """Return the length in one of the first lines without a name: `video call, 25 min`, `Duration:: 25 min`."""
    for passage in note.passages[:_FIRST_LINES]:
        tells = (passage.channel is not None and not passage.names) or any(map(is_length, passage.fields))
        if passage.minutes is not None and tells and passage.state is None:
            return passage.minutes
    return None


def _labelled(note: Note) -> Iterator[str]:
    """Yield the text after `Date:` or `Time:` in a body; `Start: 14:00` and `End: 14:45` below it are one range."""
    texts = [passage.text for passage in note.passages if passage.role == roles.PROPERTY and passage.text]
    for first, second in pairwise(texts):
        end = second.removeprefix(end_times.MARK)
        if _CLOCK.fullmatch(first) and _CLOCK.fullmatch(end):
            yield f"{first} - {end}"
    yield from (text for text in texts if not text.startswith(end_times.MARK))


def _labelled_end(note: Note) -> str | None:
    """Return the time of day after `End:` in a body."""
    ends = (passage.text for passage in note.passages if passage.role == roles.PROPERTY)
    return next((text for text in ends if text and text.startswith(end_times.MARK)), None)


def _minutes(note: Note, people: Resolver, config: Config) -> float | None:
    for key in config.encounters.minutes:
        value = note.value(key)
        if value is None:
            continue
        minutes = durations.of_value(value)
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
    if config.encounters.minutes == Encounters().minutes:
        for key in keys_of(note, "duration"):
            if (minutes := durations.of_value(note.value(key))) is not None:
                return minutes
    return durations.in_text(_DAY_BEFORE.sub("", stem(note.path)).strip())


def length_of_section(passages: Sequence[Passage]) -> float | None:
    """Return the length that one of the lines below a heading gives the whole meeting."""
    return next(
        (
            passage.minutes
            for passage in passages
            if passage.minutes is not None
            and passage.task is None
            and passage.state is None
            and (not passage.names or passage.channel is not None)
        ),
        None,
    )
