"""energy: whether being with somebody gives strength or takes it, as you noted it yourself.

    after a meeting       - coffee with [[Ada]] (1h) [energy:: 4]        1-5, in a daily note, a log or a meeting note
    or in words           - coffee with [[Ada]] [mood:: drained]         words of `words` below
    once and for all      gives: 4                                       1-5, in the person's own note

    energy = Σ w v / Σ w       over your notes of it, v on 0-1, w = .5 ^ (age / half_life_days)
    declared: averages with it

One line of `netnotes.toml` lets it join depth:

    [depth]
    weights = {know = 0.6, like = 0.2, trust = 0.2, energy = 0.2}

Where nothing is noted nothing is scored, and depth is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from netnotes.api import Encounter, Field, Network, Problem, Score, option, rating, scorer

NETNOTES_API = 1
WORDS: Mapping[str, float] = {
    "great": 5,
    "energised": 5,
    "energized": 5,
    "inspired": 5,
    "good": 4,
    "glad": 4,
    "fine": 3,
    "ok": 3,
    "okay": 3,
    "tired": 2,
    "meh": 2,
    "drained": 1,
    "bad": 1,
    "awful": 1,
    "+": 5,
    "-": 1,
}
"""Word → its place on the scale of 1 to 5."""


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.energy]`."""

    keys: tuple[str, ...] = ("energy", "mood")
    """Fields and properties that tell it."""
    words: Mapping[str, float] = field(default_factory=lambda: WORDS)
    half_life_days: float = option(365.0, "days after which a note of it counts half", low=1)


@scorer(Field("energy", "0 = it drains, .5 = neither, 1 = it gives strength"), options=Options)
def energy(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Score what being together does to you."""
    for tie in network.ties:
        values = []
        for contact in tie.contacts:
            noted, value = _noted(contact.encounter, options)
            if value is not None:
                age = (network.today - contact.date).days
                values.append((value, 0.5 ** (age / options.half_life_days)))
            elif noted:
                yield Problem(f"`{noted}` is no mood", on=contact.encounter, hint="write a number from 1 to 5")
        declared = rating(tie.person, "gives") if tie.ego else None
        if found := _weighed(values, declared):
            yield Score(tie, *found)


def _noted(encounter: Encounter, options: Options) -> tuple[object, float | None]:
    """Return what is noted of an encounter and its value on 0-1, None if it has none."""
    said = next((encounter.fields[key] for key in options.keys if encounter.fields.get(key) not in (None, "")), None)
    word = str(said).strip().lower()
    try:
        grade = options.words[word] if word in options.words else float(word)
    except ValueError:
        return said, None
    return said, (grade - 1) / 4 if 1 <= grade <= 5 else None


def _weighed(values: list[tuple[float, float]], declared: float | None) -> tuple[float, str] | None:
    """Return the value and the reason; None if nothing is known."""
    weight = sum(w for _, w in values)
    if not weight:
        return None if declared is None else (declared, "declared")
    mean = min(1.0, max(0.0, sum(v * w for v, w in values) / weight))
    because = f"{_word(mean)} after {len(values)} meeting{'s' * (len(values) > 1)}"
    return (mean, because) if declared is None else ((mean + declared) / 2, f"{because}, and declared")


def _word(value: float) -> str:
    return "strength" if value > 0.6 else "tiredness" if value < 0.4 else "neither strength nor tiredness"
