"""Dates in moment.js formats, as daily notes are named: `YYYY/MM-MMMM/YYYY-MM-DD-dddd`, `[Daily ]DD.MM.YY`.

Names are read in every language, and written in one of those in `moment_names`. Parses strictly, and only to a day. A
format without a year gives no date, since moment would take the current one. A time zone in a name is ignored. How each
token is written: see moment_tokens.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from netnotes.lazy_dataclass import dataclass
from netnotes.text.lexicon import moment_names as names
from netnotes.text.lexicon import moment_tokens as tokens
from netnotes.text.lexicon.words import LETTERS

_LOOK_ALIKES = "\u017f\u212a"
"""Letters that a case-insensitive comparison takes for s and k."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format, split."""

    parts: tuple[str, ...]
    """Tokens and literals, in order; a literal as written in the format, with its brackets or backslash."""

    def parse(self, text: str) -> dt.date | None:
        """Return the day that `text` names; None if it does not fit exactly or there is no such day."""
        if any(char in text for char in _LOOK_ALIKES):
            return None
        found = self._values(unicodedata.normalize("NFD", text).translate(LETTERS))
        if found is None:
            return None
        try:
            return _day(found)
        except (ValueError, OverflowError):
            return None

    def _values(self, text: str) -> list[tuple[str, str]] | None:
        """Return each token that has a value, and its text; None if the format does not fit the whole text.

        Part by part, since no token's text depends on what follows: one pattern for the whole format would repeat the
        names of all languages for each token.
        """
        at, found = 0, []
        for part in self.parts:
            if part in tokens.READ:
                end = tokens.end_of(part, text, at)
                found.append((part, text[at:end]))
            else:
                wanted = tokens.literal(part)
                end = at + len(wanted) if text.startswith(wanted, at) else -1
            if end < 0:
                return None
            at = end
        return found if at == len(text) else None

    def format(self, moment: dt.datetime, language: str = names.ENGLISH) -> str:
        """Return `moment` in this format, with the names of a language of `moment_names`."""
        return "".join(self._written(at, part, moment, language) for at, part in enumerate(self.parts))

    def _written(self, at: int, part: str, moment: dt.datetime, language: str) -> str:
        if part not in tokens.WRITTEN:
            return tokens.literal(part)
        local = None if language == names.ENGLISH else names.written(self.parts, at, moment, language)
        return tokens.WRITTEN[part](moment) if local is None else local

    def in_all_languages(self, moment: dt.datetime) -> dict[str, str]:
        """Return language → `moment` in this format; empty if it is the same in all of them."""
        if not names.is_local(self.parts):
            return {}
        return {language: self.format(moment, language) for language in names.languages()}


@lru_cache(maxsize=64)
def compiled(fmt: str) -> Format:
    """Split a format; any text is one."""
    return Format(tokens.split(fmt))


def parse(fmt: str, text: str) -> dt.date | None:
    """Return the day that `text` names in the format `fmt`; None if it does not fit exactly."""
    return compiled(fmt).parse(text)


def format(fmt: str, moment: dt.datetime, language: str = names.ENGLISH) -> str:  # noqa: A001  # read as `moment.format`, as in moment.js
    """Return `moment` in the format `fmt`, in a language. A moment without time zone counts as UTC."""
    return compiled(fmt).format(moment, language)


def _day(found: Iterable[tuple[str, str]]) -> dt.date | None:
    """Return the day that tokens and their texts give. Later tokens win over earlier ones of the same kind."""
    values = {kind: value for token, text in found for kind, value in tokens.values_of(token, text)}
    if "stamp" in values:
        return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=values["stamp"])).date()
    day = _from_calendar(values) or _from_week(values)
    if day is None or not _possible_time(values):
        return None
    if "d" in values and values["d"] != day.isoweekday() % 7:
        return None
    return day + dt.timedelta(days=1) if values.get("H") == 24 else day


def _from_calendar(values: dict[str, int]) -> dt.date | None:
    """Return the day given by year and month, day or day of the year; None if a week may be more exact."""
    if "Y" not in values:
        return None
    if "DDD" in values:
        day = dt.date(values["Y"], 1, 1) + dt.timedelta(days=values["DDD"] - 1)
        return day if day.year == values["Y"] else None
    if "M" in values or "D" in values or not values.keys() & {"g", "w", "G", "W", "E", "e", "d"}:
        return dt.date(values["Y"], values.get("M", 1), values.get("D", 1))
    return None


def _from_week(values: dict[str, int]) -> dt.date | None:
    """Return the day given by a week and a weekday, by default the first day of the week.

    ISO weeks (G, W, E) begin on Mondays. Those of English locales (g, w, e) begin on Sundays; the first has 1 January.
    """
    if values.keys() & {"G", "W", "E"}:
        year = values.get("G", values.get("Y"))
        return None if year is None else dt.date.fromisocalendar(year, values.get("W", 1), values.get("E", 1))
    year, week = values.get("g", values.get("Y")), values.get("w")
    weekday = values.get("d", values.get("e", 0))
    if year is None or week is None or not 0 <= weekday <= 6:
        return None
    day = dt.date.fromordinal(tokens.first_sunday(year) + 7 * (week - 1) + weekday)
    return day if tokens.local_week(day)[1] == week else None


def _possible_time(values: dict[str, int]) -> bool:
    """Return whether the time of day, as far as it is given, is possible; 24:00 is."""
    hour, minute, second = values.get("H", 0), values.get("m", 0), values.get("s", 0)
    if not 1 <= values.get("h", 1) <= 12:
        return False
    return hour <= 23 and minute <= 59 and second <= 59 if hour != 24 else minute == second == 0
