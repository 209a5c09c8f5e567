"""The time of day and the length that one line names, and where its words begin after a time at its start."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text import inline_fields
from netnotes.text.lexicon import durations, end_times
from netnotes.text.lexicon.durations import Span
from netnotes.text.lexicon.words import CHANNELS, Word

_TIME = regex(
    r"[\s*_\[(]*+\d{1,2}(?:[:.h]\d{2})?\s?(?:am|pm|uhr|h)?\b\s?(?:[-–—]\s?\d{1,2}(?:[:.h]\d{2})?\s?(?:am|pm|uhr|h)?\b)?[\s:,;–—*_\])-]*+",
    re.IGNORECASE,
)
_FOUR_DIGITS = regex(
    r"[\s*_\[(]*+(0\d|1[0-7]|2[1-3])([0-5][05])\s?[-–—]\s?([01]\d|2[0-3])([0-5][05])(?:[\s:,)\]*_]++(?=[^\W\d_])|[\s:,)\]*_]{0,3}$)"
)
"""`0930-1000 call with Ada` at the beginning of a line; not `1800-1850`, which may be years."""
_NOTED = regex(r"\((?:~|ca\.? |about )?\d[\d.,]{0,4} ?[^\W\d_]{1,8}\.?(?: ?\d{1,2}(?: ?[^\W\d_]{1,8})?)?\)")
_LABELLED = regex(
    r"[\s>|*_+-]*([^\W\d_][\w ]{1,30}?)[\s*_]{0,4}[:：|]{1,2}[\s*_]{0,4}(\d{1,3}(?:[.,]\d{1,2})?)[\s*_|]*"
)
_CLOCKED = regex(r"CLOCK:[^\n=]{1,120}=>\s{0,9}(\d{1,3}):([0-5]\d)")
_CLOCK_WIDTH = 16


def minutes_of(
    text: str, tokens: Sequence[str], words: Sequence[Word], clock: int | None, *, figures: bool
) -> float | None:
    """Return the length that a line names; beside a contact word also that of `16-17`, or of `14:00 … until 15:00`."""
    minutes = durations.in_text(text, tokens)
    if minutes is not None or not figures:
        return minutes
    if span := _in_four_digits(text, 0):
        return span.minutes
    if all(word.kind not in CHANNELS for word in words):
        return None
    minutes = durations.hours(text)
    return minutes if minutes is not None or clock is None else end_times.minutes_until(text, clock)


def clock_of(visible: str, begin: int, date_end: int, *, anywhere: bool) -> int | None:
    """Return the time of day that a line begins with; `anywhere`: within it, too."""
    at = max(begin, date_end)
    text = visible[at:] if anywhere else visible[at : at + _CLOCK_WIDTH]
    span = durations.span(text) or _in_four_digits(visible, at)
    found = span.start if span else durations.clock(text)
    return found if found is not None else durations.leading_clock(visible, at)


def _in_four_digits(text: str, at: int) -> Span | None:
    """Return the range of times that a line begins with, without colons: `0930-1000`."""
    match = _FOUR_DIGITS.match(text, at)
    if match is None:
        return None
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    return Span(start, end) if start < end else None


def is_timed(text: str, begin: int) -> bool:
    """Return whether a line begins with a time of day, or has a length."""
    if (
        durations.leading_clock(text, begin) is not None
        or durations.clock(text[begin : begin + _CLOCK_WIDTH]) is not None
        or _in_four_digits(text, begin) is not None
    ):
        return True
    return durations.in_text(text[begin:]) is not None


def skip_time(text: str, begin: int) -> int:
    """Return where a line continues after a time of day, or a range of times, at its start."""
    if not text[begin : begin + _CLOCK_WIDTH].lstrip(" *[(")[:1].isdigit():
        return begin
    match = _FOUR_DIGITS.match(text, begin) or _TIME.match(text, begin)
    return match.end() if match else begin


def clocked(text: str) -> float | None:
    """Return the minutes that Logseq or Org clocked for a task: the sum of `CLOCK: […]--[…] => 00:35:00`."""
    found = [int(hours) * 60 + int(minutes) for hours, minutes in _CLOCKED.findall(text)]
    return durations.of_value(float(sum(found)), "min")


def labelled_minutes(line: str) -> float | None:
    """Return the minutes of a line such as `Duration: 45`, whose label says that the number is a length; else None."""
    match = _LABELLED.fullmatch(line)
    return durations.of_value(match[2], match[1]) if match and inline_fields.is_length(match[1]) else None


def is_noted(masked: str) -> bool:
    """Return whether a line has a length in brackets: `(45 min)`."""
    return _NOTED.search(masked) is not None
