"""The sign and the dates of a task, in the apps' notations. Does not decide which date counts."""

from __future__ import annotations

import re

from netnotes.text.lexicon import dates

_SCHEDULED = re.compile(r"(SCHEDULED|DEADLINE):\s*<(\d{4}-\d{2}-\d{2})")
_DUE = re.compile(
    r"(?:\bdue(?: date| on)?:?\s*|@due\(|\bby\s+(?=\d)|\bbis\s+(?:zum\s+)?(?=\d)|\bdeadline:?\s*)(\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_CARD_DAY = re.compile(r"@\{(\d{4}-\d{2}-\d{2})\}")
_KEYWORD = re.compile(r"(TODO|DOING|LATER|NOW|WAITING|WAIT|IN-PROGRESS|DONE|CANCELL?ED)\s+(?=\S)")
_TASK_OF = {"DONE": "x", "CANCELED": "-", "CANCELLED": "-"}


def days_of_task(own: str, task: str) -> dict[str, str]:
    """Return the days of a task in every notation: emoji, `SCHEDULED: <…>`, `due: …`, `@due(…)`, `by …`, `@{…}`."""
    found = dates.of_task(own)
    for key, day in _SCHEDULED.findall(own):
        found.setdefault("scheduled" if key == "SCHEDULED" else "due", day)
    if due := _DUE.search(own):
        found.setdefault("due", due[1])
    if card := _CARD_DAY.search(own):
        found.setdefault("done" if task in "xX" else "due", card[1])
    return found


def task_sign(own: str, begin: int, task: str | None) -> tuple[int, str | None, str]:
    """Return where a task's words begin, its sign, and what its keyword adds to them: `TODO`, `DONE`, `WAITING`."""
    if task is not None or not own[begin : begin + 2].isupper():
        return begin, task, ""
    match = _KEYWORD.match(own, begin)
    if not match:
        return begin, None, ""
    return match.end(), _TASK_OF.get(match[1], " "), "@waiting " if match[1].startswith("WAIT") else ""
