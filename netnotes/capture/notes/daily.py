"""The daily note of a day: its path, and its initial text as the vault's app would create it."""

from __future__ import annotations

import calendar
import datetime as dt
import heapq
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter

from netnotes.config import Config
from netnotes.dates import add_days
from netnotes.model import Vault
from netnotes.regex import regex
from netnotes.text.lexicon import moment
from netnotes.text.lexicon.moment_formats import usual_format
from netnotes.text.lexicon.moment_names import ENGLISH, usual
from netnotes.text.settings import DEFAULT_FORMAT

_PLACEHOLDER = regex(
    r"\{\{\s*(date|time|title|yesterday|tomorrow)\s*(?:([+-]\d{1,4})([yqmwdhs]))?\s*(?::([^{}\n]{1,100}))?\}\}",
    re.IGNORECASE,
)
_QUOTED = r"\(\s*(?:[\"']([^\"'\n]{0,100})[\"'])?\s*"
_OF_TITLE = r"(?:,\s*tp\.file\.title\s*(?:,\s*[\"'][^\"'\n]{1,100}[\"']\s*)?)?"
_TEMPLATER = regex(
    rf"(?:\s*<%_|(?:\r?\n)?<%-|<%)\s*(?:tp\.(?:date\.(now|tomorrow|yesterday){_QUOTED}(?:,\s*(-?\d{{1,4}})\s*{_OF_TITLE})?\)"
    rf"|file\.(title)|file\.(cursor)\(\d*\)|file\.(?:creation|last_modified)(_date){_QUOTED}\))"
    r"|moment\(tp\.file\.title\s*(?:,\s*[\"'][^\"'\n]{1,100}[\"'])?\s*\)"
    r"(?:\.(add|subtract)\(\s*(\d{1,4})\s*,\s*[\"']?(?:d|days?)[\"']?\s*\))?\.(format)"
    rf"{_QUOTED}\))\s*(?:-%>(?:\r?\n)?|_%>\s*|%>)"
)
"""What Templater's templates of daily notes usually hold, with its signs for white space. The title is the day."""
_CREATED = "YYYY-MM-DD HH:mm"
_BESIDE = {"yesterday": -1, "tomorrow": 1}
_MONTHS = {"m": 1, "q": 3, "y": 12}
_SCRIPT = "<%"
_NOTES_LOOKED_AT = 30


def daily_path(vault: Vault, config: Config, days: Mapping[str, dt.date], day: dt.date) -> str:
    """Return the path of the day's daily note: the existing one, else where the app would create it.

    `days` are the vault's daily notes: path → day.
    """
    there = [path for path, its_day in days.items() if its_day == day]
    if len(there) == 1:
        return there[0]
    made = _path_by_settings(vault, config, days, day)
    if made in there or not there:
        return made
    return min(there, key=lambda path: (path.count("/"), path))


def _path_by_settings(vault: Vault, config: Config, days: Mapping[str, dt.date], day: dt.date) -> str:
    form = config.encounters.daily_format or vault.daily_format
    folder = config.encounters.daily_folder if config.encounters.daily_folder is not None else vault.daily_folder
    if form is None:
        # No setting says how daily notes are named: do it as usual, or in the folder with most of them.
        inside = f"{folder.strip('/')}/".lstrip("/")
        there = {path: its_day for path, its_day in days.items() if path.startswith(inside)}
        names = ((path[len(inside) :].removesuffix(".md"), its_day) for path, its_day in latest(there))
        form = usual_format(tuple(names))
        folders = Counter(path.rpartition("/")[0] for path in sorted(days))
        folder = folder or (folders.most_common(1)[0][0] if folders and form is None else "")
    form = form or DEFAULT_FORMAT
    name = moment.format(form, _noon(day), language_of_names(form, days))
    return f"{folder.strip('/')}/{name}.md".lstrip("/")


def latest(days: Mapping[str, dt.date]) -> list[tuple[str, dt.date]]:
    """Return (path, day) of the latest daily notes, which show how dates are written."""
    return heapq.nlargest(_NOTES_LOOKED_AT, days.items(), key=itemgetter(1))


def language_of(formats: Collection[str], texts: Iterable[tuple[str, dt.date]], end: str = "") -> str:
    """Return the language in which the app writes dates: that of most texts in which a date is followed by `end`.

    A text of a day holds that day in one of the formats. English if no text shows another language.
    """
    local = [form for form in map(moment.compiled, formats) if form.in_all_languages(_noon(dt.date.min))]
    if not local:
        return ENGLISH
    return usual(
        (text, {language: f"{date}{end}" for language, date in form.in_all_languages(_noon(day)).items()})
        for text, day in texts
        for form in local
    )


def language_of_names(form: str, days: Mapping[str, dt.date]) -> str:
    """Return the language in which daily notes are named, by those that are there; `form` is their format."""
    return language_of([form], ((f"{path}\n", day) for path, day in latest(days)), ".md\n")


def formats_in(template: str) -> list[str]:
    """Return the formats of dates in a template."""
    found = (
        *(match[4] for match in _PLACEHOLDER.finditer(template)),
        *(form for match in _TEMPLATER.finditer(template) for form in (match[2], match[11])),
    )
    return [form for form in found if form]


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def begin_note(
    template: str, day: dt.date, now: dt.datetime, title: str, form: str = DEFAULT_FORMAT, language: str = ENGLISH
) -> str | None:
    """Return the text of a new daily note made from a template; None if it needs a script of its app.

    Fills in `{{date}}`, `{{time}}`, `{{title}}`, `{{yesterday}}`, `{{date+1d:dddd}}` and the like, and Templater's
    dates and titles. `form` is the format of daily notes; names of days and months are in `language`.
    """
    time = now.timetz().replace(tzinfo=None)

    def written(of: dt.date, as_form: str) -> str:
        return moment.format(as_form, dt.datetime.combine(of, time, dt.UTC), language)

    def placeholder(match: re.Match[str]) -> str:
        kind, own = match[1].lower(), (match[4] or "").strip()
        if kind == "title":
            return title
        if kind in _BESIDE:
            return written(add_days(day, _BESIDE[kind]), own or form)
        return written(_later(day, match[2], match[3]), own or ("HH:mm" if kind == "time" else DEFAULT_FORMAT))

    def templater(match: re.Match[str]) -> str:
        if match[4]:
            return title
        if match[5]:
            return ""
        if match[6]:
            return moment.format(match[7] or _CREATED, now, language)
        if match[10]:
            days = int(match[9] or 0)
            return written(add_days(day, -days if match[8] == "subtract" else days), match[11] or DEFAULT_FORMAT)
        return written(add_days(day, _BESIDE.get(match[1], 0) + int(match[3] or 0)), match[2] or DEFAULT_FORMAT)

    text = _TEMPLATER.sub(templater, _PLACEHOLDER.sub(placeholder, template))
    return None if _SCRIPT in text else text


def _later(day: dt.date, count: str | None, unit: str | None) -> dt.date:
    """Return the day that is some days, weeks, months, quarters or years later; hours and seconds change no day."""
    number, unit = int(count or 0), (unit or "s").lower()
    if unit in _MONTHS:
        months = day.year * 12 + day.month - 1 + number * _MONTHS[unit]
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1] if dt.MINYEAR <= year <= dt.MAXYEAR else 0
        return dt.date(year, month + 1, min(day.day, last)) if last else day
    return add_days(day, number * {"d": 1, "w": 7}.get(unit, 0))
