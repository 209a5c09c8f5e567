"""The daily note of a day: its path, and its initial text as the vault's app would create it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping

from netnotes.config import Config
from netnotes.dates import add_days
from netnotes.model import Vault
from netnotes.regex import regex
from netnotes.text.lexicon import moment
from netnotes.text.settings import DEFAULT_FORMAT

_PLACEHOLDER = regex(r"\{\{\s*(date|time|title)\s*(?::([^{}\n]{1,100}))?\}\}", re.IGNORECASE)
_TEMPLATER = regex(
    r"<%[-_*]?\s*tp\.(?:date\.(now|tomorrow|yesterday)\(\s*(?:[\"']([^\"'\n]{0,100})[\"'])?\s*(?:,\s*(-?\d{1,4}))?\s*\)"
    r"|file\.(title)|file\.(cursor)\(\d*\))\s*[-_]?%>"
)
_SCRIPT = "<%"


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
    name = moment.format(form or DEFAULT_FORMAT, dt.datetime.combine(day, dt.time(12), dt.UTC))
    return f"{folder.strip('/')}/{name}.md".lstrip("/")


def begin_note(template: str, day: dt.date, now: dt.datetime, title: str) -> str | None:
    """Return the text of a new daily note made from a template; None if it needs a script of its app.

    Fills in `{{date}}`, `{{time}}`, `{{title}}`, with or without a format, and Templater's dates and titles.
    """
    moment_of_day = dt.datetime.combine(day, now.timetz().replace(tzinfo=None), dt.UTC)

    def placeholder(match: re.Match[str]) -> str:
        kind, form = match[1].lower(), match[2]
        if kind == "title":
            return title
        return moment.format(form or ("HH:mm" if kind == "time" else DEFAULT_FORMAT), moment_of_day)

    def templater(match: re.Match[str]) -> str:
        if match[4]:
            return title
        if match[5]:
            return ""
        days = {"now": 0, "tomorrow": 1, "yesterday": -1}[match[1]] + int(match[3] or 0)
        return moment.format(
            match[2] or DEFAULT_FORMAT, dt.datetime.combine(add_days(day, days), moment_of_day.timetz())
        )

    text = _TEMPLATER.sub(templater, _PLACEHOLDER.sub(placeholder, template))
    return None if _SCRIPT in text else text
