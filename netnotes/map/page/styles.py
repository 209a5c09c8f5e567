"""Colours of scenes, and what `@styler` plugins add: per person, per tie, and for the legend.

Checks each value of a plugin: one that cannot be drawn is left out, the rest of the style is kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from netnotes.lazy_dataclass import dataclass
from netnotes.map.page.safe_text import clipped
from netnotes.model import Link, Person, Tie
from netnotes.plugin.facts import Style
from netnotes.plugin.notes import Note
from netnotes.scoring.report_checks import LONGEST_BADGE, MOST_GROUPS, legend_name

PALETTE: tuple[tuple[str, str], ...] = (
    ("#1f4ba5", "#4a8ff5"),
    ("#c77710", "#f0982f"),
    ("#2f9a78", "#4fe0c2"),
    ("#9d287f", "#bd62c4"),
    ("#8e71cc", "#c9b7f7"),
    ("#571300", "#d4553a"),
    ("#1b6600", "#efe36a"),
)
"""Colours of scenes, light and dark: contrast 3:1 or more, ΔE 12 or more between any two, for the colour-blind too."""
GREY = ("#5c5e5d", "#8f949c")
"""People of no scene, or of one for which no colour is left."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class AppliedStyle:
    """The style of one person, note, tie or link; None or empty: the default."""

    color: str | None = None
    width: float | None = None
    """Of the line from me to the person, in pixels."""
    label: str | None = None
    badge: str | None = None
    sector: str | None = None
    group: int = -1
    """Index of the legend's entry."""
    because: str = ""


@dataclass(frozen=True, slots=True)
class AppliedStyles:
    """All styles that plugins give, checked."""

    people: Mapping[str, AppliedStyle] = field(default_factory=dict)
    """By person id, or path of a note."""
    ties: Mapping[tuple[str, str], AppliedStyle] = field(default_factory=dict)
    """By the two ids of a tie between others, in the tie's order, or the two paths of a link."""
    legend: Sequence[tuple[str, str]] = ()
    """(name, `#rrggbb`) of each group."""

    @property
    def sectors(self) -> Mapping[str, str]:
        """The sectors that stylers chose: person id → name."""
        return {key: style.sector for key, style in self.people.items() if style.sector}


def apply_styles(styles: Sequence[Style]) -> AppliedStyles:
    """Merge styles; a later style overrides an earlier one."""
    people: dict[str, AppliedStyle] = {}
    ties: dict[tuple[str, str], AppliedStyle] = {}
    names = _groups(styles)
    for style in styles:
        on = style.on
        if isinstance(on, Person):
            people[on.id] = _merge(people.get(on.id), style, names)
        elif isinstance(on, Tie) and on.ego:
            people[on.person.id] = _merge(people.get(on.person.id), style, names)
        elif isinstance(on, Note):
            people[on.path] = _merge(people.get(on.path), style, names)
        elif isinstance(on, Link):
            ties[on.paths] = _merge(ties.get(on.paths), style, names)
        elif isinstance(on, Tie):
            pair = (on.people[0].id, on.people[1].id)
            ties[pair] = _merge(ties.get(pair), style, names)
    return AppliedStyles(people, ties, tuple(names.items()))


def _groups(styles: Sequence[Style]) -> dict[str, str]:
    """Return each group's colour: the first that a style gives it, else one from the end of the palette."""
    names: dict[str, str] = {}
    for style in styles:
        name = _words(legend_name(style), 60)
        if name is None or (name not in names and len(names) >= MOST_GROUPS):
            continue
        colour = _colour(style.color)
        if not names.get(name):
            names[name] = colour or ""
    spare = [light for light, _ in reversed(PALETTE)]
    return {name: colour or spare[i % len(spare)] for i, (name, colour) in enumerate(names.items())}


def _merge(before: AppliedStyle | None, style: Style, names: Mapping[str, str]) -> AppliedStyle:
    old = before or AppliedStyle()
    group = _words(legend_name(style), 60)
    place = list(names).index(group) if group is not None and group in names else old.group
    shared = names[group] if group is not None and isinstance(style.group, str) and group in names else None
    because = clipped(style.because, 300) if isinstance(style.because, str) else ""
    width = _width(style.width)
    return AppliedStyle(
        color=shared or _colour(style.color) or old.color,
        width=old.width if width is None else width,
        label=_words(style.label, 120) or old.label,
        badge=_words(style.badge, LONGEST_BADGE) or old.badge,
        sector=_words(style.sector, 60) or old.sector,
        group=place,
        because=because or old.because,
    )


def _words(value: object, most: int) -> str | None:
    return clipped(value, most) if isinstance(value, str) and value.strip() else None


def _colour(value: object) -> str | None:
    return value.lower() if isinstance(value, str) and _COLOUR.fullmatch(value) else None


def _width(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(min(20.0, max(0.0, float(value))), 1)
