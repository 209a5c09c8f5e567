"""Compute depth, the host's own field: the weighted geometric mean of the fields with a weight in `netnotes.toml`.

Know, like *and* trust: all three are needed, so the mean is geometric. The reason names the part that costs most depth,
weights included. A rounded depth never crosses a threshold: 0.497 is 0.49, not a shallow 0.50.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Tie
from netnotes.plugin.facts import Field, Score

DEPTH = Field("depth", "0 = strangers, 1 = as deep as ties get; deep from .5")
DEEP = 0.5
"""Depth from which on a tie is deep.

.. versionadded:: 0.1
"""
THIN_DAYS = 3
"""Fewer contact days than this and a tie is thin, whatever its depth.

.. versionadded:: 0.1
"""
PART_WORDS = {"know": "time together", "like": "one-to-one time that you both initiate", "trust": "years known"}
"""Bundled part of depth → the words shown for it."""
FLOOR = 0.02
"""Value that a part of 0 counts as, so that one missing part does not make the others worthless."""
_TEN_THOUSAND = 10_000


def lifted(value: float) -> float:
    """Return k(v) = .02 + .98 v, the factor of a part in depth."""
    return FLOOR + (1 - FLOOR) * value


def weighable(field: Field) -> bool:
    """Return whether a field can have a weight: its values are within 0 and 1."""
    return field.low >= 0 and field.high <= 1


def mean(values: Iterable[float | None], weights: Iterable[float]) -> float | None:
    """Return exp(Σ w ln k(v) / Σ w) over the values that are not None; None if all are. Range [.02, 1]."""
    logs = total = 0.0
    for value, weight in zip(values, weights, strict=True):
        if value is not None:
            logs += weight * math.log(FLOOR + (1 - FLOOR) * value)
            total += weight
    return math.exp(logs / total) if total else None


def label(depth: float, contact_days: int) -> str:
    """Return thin, deep or shallow, from the unrounded depth."""
    return "thin" if contact_days < THIN_DAYS else "deep" if depth >= DEEP else "shallow"


def without_depth(tie: Tie) -> str:
    """Return why a tie has no depth: no contact, or no part of depth was scored."""
    return "no part of depth is scored" if tie.days else "never met"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one part costs a depth."""

    part: str
    factor: float
    """(.02 + .98 value)^weight, weights of all parts adding up to 1; the factors multiply to the depth."""
    lost: float
    """How much higher depth would be if the part were 1."""

    @property
    def words(self) -> str:
        """Return the part in words, and its cost: `time together (−0.28)`."""
        return f"{PART_WORDS.get(self.part, self.part)} (−{self.lost:.2f})"


def costs(parts: Mapping[str, float], weights: Mapping[str, float]) -> list[Cost]:
    """Return what each of `parts` (name → 0-1) costs the depth, in their order."""
    total = sum(weights[name] for name in parts)
    factors = {name: lifted(value) ** (weights[name] / total) for name, value in parts.items()}
    depth = math.prod(factors.values())
    return [Cost(name, factor, depth / factor - depth) for name, factor in factors.items()]


def costliest(parts: Mapping[str, float], weights: Mapping[str, float]) -> Cost | None:
    """Return the part that costs most depth, weights included; the first of equals, None without parts."""
    return min(costs(parts, weights), key=lambda cost: cost.factor, default=None)


def depths(
    ties: Iterable[Tie], facts: Mapping[str, Mapping[Tie, Score]], weights: Mapping[str, float]
) -> dict[Tie, Score]:
    """Compute the depth of each tie with a contact and at least one part."""
    found: dict[Tie, Score] = {}
    weighed = [
        (name, facts[name])
        for name in sorted(weights, key=lambda n: -weights[n])
        if name in facts and weights[name] > 0
    ]
    for tie in ties:
        if not tie.contacts:
            continue
        scores = {name: of[tie] for name, of in weighed if tie in of}
        parts = {name: float(s.value) for name, s in scores.items() if isinstance(s.value, (int, float))}
        value = mean(parts.values(), [weights[name] for name in parts])
        if value is not None:
            found[tie] = Score(tie, value, reason(value, scores, parts, weights), label=label(value, tie.days))
    return found


def reason(value: float, scores: Mapping[str, Score], parts: Mapping[str, float], weights: Mapping[str, float]) -> str:
    """Return the reason line: depth, its parts to four decimals with their reasons, and which part costs most."""
    terms = " · ".join(f"{name} {short(part, 4)}{_why(scores[name])}" for name, part in parts.items())
    cost = costliest(parts, weights)
    return f"depth {depth_text(value)} = {terms}" + (f"; costs most: {cost.words}" if cost else "")


def depth_text(value: float) -> str:
    """Return a depth as people read it: two decimals, and below 0.50 unless it is deep."""
    return two_decimals(value, (DEEP,))


def _why(score: Score) -> str:
    return f" ({score.because})" if score.because else ""


def short(value: float, digits: int) -> str:
    """Return `value` with `digits` decimals and no zero before the point: .5077."""
    text = f"{value:.{digits}f}"
    return text.removeprefix("0") if text.startswith("0.") else text


def ten_thousandths(value: float, edges: Iterable[float] = ()) -> int:
    """Return a value in ten-thousandths that shows the same two decimals.

    It stays on its side of each of `edges`: a value below a threshold is never rounded up to it.
    """
    shown = round(100 * float(f"{value:.2f}"))
    found = min(max(round(_TEN_THOUSAND * value), 100 * shown - 49), 100 * shown + 49)
    for edge in edges:
        at = round(_TEN_THOUSAND * edge)
        found = min(found, at - 1) if value < edge else max(found, at)
    return found


def hundredths(value: float, edges: Iterable[float] = ()) -> int:
    """Return a value from 0 to 1 in hundredths, on its side of each of `edges`."""
    found = round(100 * float(f"{min(1.0, max(0.0, value)):.2f}"))
    return next((round(100 * edge) - 1 for edge in edges if value < edge <= found / 100), found)


def two_decimals(value: float, edges: Iterable[float] = ()) -> str:
    """Return a value from 0 to 1 with two decimals, on its side of each of `edges`."""
    return f"{hundredths(value, edges) / 100:.2f}"
