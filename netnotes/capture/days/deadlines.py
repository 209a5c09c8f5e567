"""Days by which something is to be done: `by Friday`, `antes del viernes`, `金曜日までに`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from netnotes.capture.question import Question
from netnotes.capture.word_kinds import begins_with, ends_with, start_of_end
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.phrase_dates import NO_SUCH_DAY


def is_deadline(text: str, day: DayPhrase, today: dt.date) -> bool:
    """Return whether the words beside a day make it a deadline: `by Friday`, but not `popped by yesterday`."""
    if coming(day, today) is None:
        return False
    before = text[: day.start]
    ahead = ends_with(before, "deadline") and not ends_with(before, "no deadline")
    return ahead or begins_with(text[day.end :].lstrip(), "deadline after") > 0


def deadline_span(text: str, day: DayPhrase) -> tuple[int, int]:
    """Return where a day is together with the words that make it a deadline: `antes del viernes`, `金曜日までに`."""
    # The day may begin with the end of these words, as `del viernes` does.
    places = (day.start, text.find(" ", day.start, day.end) + 1)
    starts = (start_of_end(text[:place], "deadline") for place in places if place)
    start = min((start for start in starts if start is not None), default=day.start)
    return start, day.end + begins_with(text[day.end :], "deadline after")


def impossible_deadlines(text: str, days: Iterable[DayPhrase]) -> Iterator[Question]:
    """Yield the question about each deadline that is no day, such as `by 31 June`."""
    for day in days:
        if day.problem == NO_SUCH_DAY:
            yield Question("due", text[day.start : day.end], (), day.problem)


def coming(day: DayPhrase, today: dt.date) -> dt.date | None:
    """Return the day that a phrase means in a sentence about the future."""
    if day.upcoming:
        return day.upcoming
    return day.date if day.date and day.date >= today else None
