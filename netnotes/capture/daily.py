"""The daily note of a day: its path, and its initial text as the vault's app would create it."""

from __future__ import annotations

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
from netnotes.text.lexicon.moment_names import ENGLISH, usual
from netnotes.text.settings import DEFAULT_FORMAT

_PLACEHOLDER = regex(r"\{\{\s*(date|time|title)\s*(?::([^{}\n]{1,100}))?\}\}", re.IGNORECASE)
_TEMPLATER = regex(
    r"<%[-_*]?\s*tp\.(?:date\.(now|tomorrow|yesterday)\(\s*(?:[\"']([^\"'\n]{0,100})[\"'])?\s*(?:,\s*(-?\d{1,4}))?\s*\)"
    r"|file\.(title)|file\.(cursor)\(\d*\))\s*[-_]?%>"
)
_SCRIPT = "<%"
_NOTES_LOOKED_AT = 30


def daily_path(vault: Vault, config: Config, days: Mapping[str, dt.date], day: dt.date) -> str:
    """Return the path of the day's daily note: the existing one, else where the app would create it.

    `days` are the vault's daily notes: path → day.
    """
    made = _path_by_settings(vault, config, days, day)
    there = [path for path, its_day in days.items() if its_day == day]
    if made in there or not there:
        return made
    return min(there, key=lambda path: (path.count("/"), path))


def _path_by_settings(vault: Vault, config: Config, days: Mapping[str, dt.date], day: dt.date) -> str:
    form = config.encounters.daily_format or vault.daily_format
    folder = config.encounters.daily_folder if config.encounters.daily_folder is not None else vault.daily_folder
    if form is None:
        # No setting names the folder of daily notes: use the one with most of them.
        folders = Counter(path.rpartition("/")[0] for path in sorted(days))
        folder = folder or (folders.most_common(1)[0][0] if folders else "")
    form = form or DEFAULT_FORMAT
    name = moment.format(
        form, _noon(day), language_of([form], ((f"{path}\n", day) for path, day in latest(days)), ".md\n")
    )
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


def formats_in(template: str) -> list[str]:
    """Return the formats of dates in a template."""
    found = (*(match[2] for match in _PLACEHOLDER.finditer(template)), *(m[2] for m in _TEMPLATER.finditer(template)))
    return [form for form in found if form]


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def begin_note(template: str, day: dt.date, now: dt.datetime, title: str, language: str = ENGLISH) -> str | None:
    """Return the text of a new daily note made from a template; None if it needs a script of its app.

    Fills in `{{date}}`, `{{time}}`, `{{title}}`, with or without a format, and Templater's dates and titles; names of
    days and months are in `language`.
    """
    moment_of_day = dt.datetime.combine(day, now.timetz().replace(tzinfo=None), dt.UTC)

    def placeholder(match: re.Match[str]) -> str:
        kind, form = match[1].lower(), match[2]
        if kind == "title":
            return title
        return moment.format(form or ("HH:mm" if kind == "time" else DEFAULT_FORMAT), moment_of_day, language)

    def templater(match: re.Match[str]) -> str:
        if match[4]:
            return title
        if match[5]:
            return ""
        days = {"now": 0, "tomorrow": 1, "yesterday": -1}[match[1]] + int(match[3] or 0)
        return moment.format(
            match[2] or DEFAULT_FORMAT, dt.datetime.combine(add_days(day, days), moment_of_day.timetz()), language
        )

    text = _TEMPLATER.sub(templater, _PLACEHOLDER.sub(placeholder, template))
    return None if _SCRIPT in text else text
