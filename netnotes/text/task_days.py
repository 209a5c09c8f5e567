"""The days of a task, in the notations of the apps. Says which days are written; not which of them counts."""

from __future__ import annotations

import re

from netnotes.text.lexicon import dates

_SCHEDULED = re.compile(r"(SCHEDULED|DEADLINE):\s*<(\d{4}-\d{2}-\d{2})")
_DUE = re.compile(
    r"(?:\bdue(?: date| on)?:?\s*|@due\(|\bby\s+(?=\d)|\bbis\s+(?:zum\s+)?(?=\d)|\bdeadline:?\s*)(\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_CARD_DAY = re.compile(r"@\{(\d{4}-\d{2}-\d{2})\}")


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
