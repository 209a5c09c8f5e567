"""Turn the scores of a tie into properties of the person's note: field → property → value.

Depth and every other number are rounded down to a grid of .02: between contacts depth only falls, about one step in
half a year, so days without contact change almost no note. Labels come from unrounded values.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from netnotes.config import WRITTEN, Config, written_fields
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, Tie
from netnotes.plugin.facts import Score
from netnotes.reserved import fold_key, is_reserved
from netnotes.scoring.scores import Scores

Written = str | int | float | list[str]
"""A value of a property that NetNotes writes."""

STEPS = 50
"""Steps of the grid between 0 and 1."""
LONGEST = 200
"""Most characters of a plugin's text that are written."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Where each field goes."""

    properties: Mapping[str, str]
    """Field → property, in the order in which they are written."""
    held: frozenset[str]
    """Fields whose scorer failed: their last written values stay."""
    known: frozenset[str]
    """Properties of this vault's fields, under their current and default names."""
    problems: tuple[Problem, ...] = ()


def targets(scores: Scores, config: Config, *, complete: bool = True) -> Targets:
    """Return the property of each field, and the fields that keep their old values because a scorer failed.

    `complete` is false where a plugin that should run was not loaded: its fields keep their old values too.
    """
    own = {name: field.write for name, field in scores.fields.items() if name not in WRITTEN}
    named = {*map(fold_key, (*config.encounters.attendees, *config.encounters.dates, *config.encounters.minutes))}
    properties: dict[str, str] = {}
    problems = []
    for name, target in written_fields(config, own).items():
        if is_reserved(target) or fold_key(target) in named:
            problems.append(
                Problem(
                    f"field `{name}` is not written: `{target}` is the user's own property",
                    path="netnotes.toml",
                    hint=f'give it a name: `[fields] {name} = "tie_{target}"`',
                )
            )
        elif target in properties.values():
            problems.append(
                Problem(
                    f"field `{name}` is not written: another field goes to `{target}`",
                    path="netnotes.toml",
                    hint=f'give it a name: `[fields] {name} = "…"`',
                )
            )
        else:
            properties[name] = target
    failed = {name for name in scores.fields if name not in scores.facts}
    if not complete:
        failed |= {name for name in properties if name not in scores.fields and name not in ("tie", "last_contact")}
    parts = {name for name, weight in config.depth.weights.items() if weight > 0}
    if any(part in failed or not (complete or part in scores.fields) for part in parts):
        # Depth without one of its parts is a different number, and would change back tomorrow.
        failed.add("depth")
    reads = {**scores.reads, "tie": ("depth",)}
    while dependants := {name for name, read in reads.items() if name not in failed and not failed.isdisjoint(read)}:
        # What was computed from such a depth would change back too.
        failed |= dependants
    known = {WRITTEN.get(name, name) for name in (*scores.fields, *WRITTEN)} | set(properties.values())
    return Targets(properties, frozenset(failed), frozenset(known), tuple(problems))


def values(tie: Tie, scores: Scores, fields: Mapping[str, str]) -> tuple[dict[str, Written], tuple[Problem, ...]]:
    """Return field → the value to write for `tie`, and problems; nothing for a person never met."""
    found: dict[str, Written] = {}
    problems: list[Problem] = []
    if tie.last is None:
        return found, ()
    for name in fields:
        if name == "last_contact":
            found[name] = tie.last.isoformat()
        elif name == "tie":
            depth = scores.get(tie, "depth")
            if depth and depth.label:
                found[name] = depth.label
        elif score := scores.get(tie, name):
            value = _value(name, score)
            words = max(
                (value,) if isinstance(value, str) else value if isinstance(value, list) else (), key=len, default=""
            )
            if len(words) > LONGEST:
                problems.append(_too_long(name, words, tie, scores))
            elif value is not None:
                found[name] = value
    return found, tuple(problems)


def _too_long(name: str, words: str, tie: Tie, scores: Scores) -> Problem:
    return Problem(
        f"`{name}` is not written: {len(words):,} characters are too long for a property",
        path=tie.person.path,
        hint=f"yield at most {LONGEST}, or a tuple of shorter ones",
        plugin=scores.owners.get(name),
    )


def on_grid(value: float) -> int | float:
    """Return `value` rounded down to the grid of .02, whole numbers as int. Monotone; at most .02 below `value`."""
    exact = STEPS * value
    # A value on the grid stays the same, although 0.58 · 50 is a little below 29.
    steps = math.floor(exact + max(1e-9, 1e-12 * abs(exact)))
    return steps // STEPS if steps % STEPS == 0 else steps / STEPS


def _value(name: str, score: Score) -> Written | None:
    if score.label is not None and name != "depth":
        return _word(score.label)
    if isinstance(score.value, tuple):
        return [word for item in score.value if (word := _word(item))] or None
    if isinstance(score.value, str | Person):
        return _word(score.value)
    if isinstance(score.value, dt.date):
        return score.value.isoformat()
    return on_grid(score.value)


def _word(words: str | Person) -> str | None:
    """Return words on one line, a person as a link to their note; None if nothing is left."""
    if isinstance(words, Person):
        return f"[[{words.path.removesuffix('.md')}|{words.name}]]" if words.path else f"[[{words.name}]]"
    return " ".join(words.split()) or None
