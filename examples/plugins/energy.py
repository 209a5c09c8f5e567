"""energy: whether time with someone gives you energy or takes it, as your notes say.

    after a meeting    - coffee with [[Ada]] (1h) [energy:: 4]    1-5, or a word of WORDS: [mood:: drained]
    once and for all   gives: 4                                   1-5, in the person's own note

In `netnotes.toml` it joins depth: `[depth] weights = {know = 0.6, like = 0.2, trust = 0.2, energy = 0.2}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from netnotes.api import Field, Network, Problem, Score, option, rating, scorer

NETNOTES_API = 1
GRADES = ("drained bad awful -", "tired meh", "fine ok okay", "good glad", "great energised energized inspired +")
WORDS = {word: float(grade) for grade, words in enumerate(GRADES, 1) for word in words.split()}


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.energy]`."""

    keys: tuple[str, ...] = ("energy", "mood")
    words: Mapping[str, float] = field(default_factory=lambda: WORDS)
    half_life_days: float = option(365.0, "days after which a meeting counts half", low=1)


@scorer(Field("energy", "0 = it drains, 0.5 = neither, 1 = it gives strength"), options=Options)
def energy(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Score how much energy you have after time together."""
    for tie in network.ties:
        total, weight, count = 0.0, 0.0, 0
        for contact in tie.contacts:
            noted = next((word for key in options.keys if (word := contact.encounter.fields.get(key))), None)
            value = _value(str(noted).strip().lower(), options.words)
            if value is not None:
                share = 0.5 ** ((network.today - contact.date).days / options.half_life_days)
                total, weight, count = total + share * value, weight + share, count + 1
            elif noted:
                yield Problem(f"`{noted}` is not a mood", on=contact.encounter, hint="write a number from 1 to 5")
        declared = rating(tie.person, "gives") if tie.ego else None
        if tie.ego and declared is None and (own := tie.person.value("gives")) is not None:
            yield Problem(f"`gives: {own}` is no rating", on=tie.person, hint="write a number from 1 to 5")
        mean = min(1.0, total / weight) if weight else 0.0
        word = "strength" if mean > 0.6 else "tiredness" if mean < 0.4 else "neither strength nor tiredness"
        known = [(mean, f"{word} after {count} meeting{'s' * (count > 1)}")] if weight else []
        known += [] if declared is None else [(declared, "declared")]
        if known:
            yield Score(tie, sum(value for value, _ in known) / len(known), ", ".join(why for _, why in known))


def _value(word: str, words: Mapping[str, float]) -> float | None:
    try:
        grade = words[word] if word in words else float(word)
    except ValueError:
        return None
    return (grade - 1) / 4 if 1 <= grade <= 5 else None
