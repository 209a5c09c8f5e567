"""The text of a review of a week or month: who got closer, who drifted, promises, hours, two questions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence

from netnotes.dates import add_days
from netnotes.insights.tie_status import CIRCLE_SIZES
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person
from netnotes.phrasing import MONTHS, pluralize
from netnotes.regex import regex
from netnotes.scoring.depth import depth_text

MOST = 7
"""Most people in one list."""
QUESTIONS = ("Did you see a few people a lot, or many people briefly?", "What will you change?")
LEAST_CHANGE = 0.01
"""Smallest change of depth that is listed."""


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One person's change over the period."""

    person: Person
    before: float
    """Depth, 0–1."""
    after: float
    hours: float
    """Time spent together in the period."""
    scene: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The period under review, both days included."""

    first: dt.date
    last: dt.date
    monthly: bool = False

    @property
    def name(self) -> str:
        """Name of the note: `2026-W48` or `2026-11`."""
        year, week, _ = self.first.isocalendar()
        return f"{self.first:%Y-%m}" if self.monthly else f"{year}-W{week:02}"

    @property
    def title(self) -> str:
        """Heading of the note."""
        if self.monthly:
            return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return f"Week {self.first.isocalendar()[1]}, {self.first.isoformat()} to {self.last.isoformat()}"


def period(day: dt.date, *, monthly: bool) -> Period:
    """Return the week or month of a day, up to that day."""
    if monthly:
        return Period(day.replace(day=1), day, monthly=True)
    return Period(add_days(day, 1 - day.isoweekday()), day)


def review_text(
    time: Period,
    changes: Sequence[PersonChange],
    kept: Sequence[str],
    open_: Sequence[str],
    linked: Callable[[Person], str],
) -> str:
    """Return the body of the note. `changes` are sorted deepest first; `kept` and `open_` are promises as text."""
    closer = sorted((s for s in changes if s.after - s.before >= LEAST_CHANGE), key=lambda s: s.before - s.after)
    drifted = sorted((s for s in changes if s.before - s.after >= LEAST_CHANGE), key=lambda s: s.after - s.before)
    parts = [f"# {time.title}", *_people("Got closer", closer, linked), *_people("Drifted", drifted, linked)]
    parts += ["## Promises", *_promises("Kept", kept), *_promises("Open", open_)]
    parts += ["## Your time", _hours(changes)]
    parts += ["## Two questions", *(f"{question}\n" for question in QUESTIONS)]
    return "\n\n".join(parts).rstrip() + "\n"


def _people(title: str, changes: Sequence[PersonChange], linked: Callable[[Person], str]) -> list[str]:
    lines = [f"- {linked(s.person)} {depth_text(s.before)} → {depth_text(s.after)}" for s in changes[:MOST]]
    if len(changes) > MOST:
        lines.append(f"- {len(changes) - MOST} more")
    return [f"## {title}", "\n".join(lines) or "No one."]


def _promises(title: str, words: Sequence[str]) -> list[str]:
    lines = [f"- {each}" for each in words[:MOST]]
    if len(words) > MOST:
        lines.append(f"- {len(words) - MOST} more")
    return [f"{title}: {pluralize(len(words), 'promise')}." + ("\n\n" + "\n".join(lines) if lines else "")]


def _hours(changes: Sequence[PersonChange]) -> str:
    rows = [f"| {label} | {hours:.1f} |" for label, hours in _shares(changes) if hours >= 0.05]
    return "\n".join(["| with | hours |", "| --- | --- |", *rows]) if rows else "No time noted."


def _shares(changes: Sequence[PersonChange]) -> list[tuple[str, float]]:
    shares: list[tuple[str, float]] = []
    low = 0
    for size in CIRCLE_SIZES:
        shares.append(
            (f"your closest {size}" if not low else f"{low + 1} to {size}", sum(s.hours for s in changes[low:size]))
        )
        low = size
    shares.append(("everyone else", sum(s.hours for s in changes[low:])))
    scenes: dict[str, float] = {}
    for change in changes:
        if change.scene:
            scenes[change.scene] = scenes.get(change.scene, 0.0) + change.hours
    return [*shares, *((f"scene {name}", hours) for name, hours in sorted(scenes.items(), key=lambda pair: -pair[1]))]


_HEAD = regex(r"---\r?\nnetnotes: ignore\r?\npage: ([0-9a-f]{12})\r?\n---\r?\n")


def page(body: str) -> str:
    """Return the text of a note with its seal: `netnotes: ignore` keeps it from being read, the hash detects edits."""
    return f"---\nnetnotes: ignore\npage: {_hash(body)}\n---\n{body}"


def is_ours(text: str) -> bool:
    """Return whether a note is unchanged since NetNotes wrote it."""
    head = _HEAD.match(text)
    return head is not None and head[1] == _hash(text[head.end() :])


def _hash(body: str) -> str:
    return hashlib.sha256(body.replace("\r\n", "\n").encode()).hexdigest()[:12]
