"""How well a column of numbers tells labelled ties from others: area under the ROC curve, and its interval.

The figures are those of the kits' own `evaluate.py` (same bootstrap, same seed), computed for many columns at once.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Key = tuple[str, str]
"""Vault and person."""
SAMPLES = 300


@dataclass(frozen=True, slots=True)
class Areas:
    """One column's figures."""

    pooled: float
    """P(score of a labelled tie > score of another), ties count half, over all vaults."""
    per_vault: float
    """Mean of the same within each vault."""
    over: float
    """Pooled, less that of the count of meetings: median of the bootstrap over vaults."""
    low: float
    """2.5th percentile of that."""
    high: float


def areas(columns: Mapping[str, Mapping[Key, float]], labels: Mapping[Key, int], against: str) -> dict[str, Areas]:
    """Return each column's verdict; `against` is the column that all are compared with. Missing ties count 0."""
    keys = sorted(labels)
    vaults = sorted({vault for vault, _ in keys})
    rng = random.Random(1)
    samples = [Counter(rng.choices(vaults, k=len(vaults))) for _ in range(SAMPLES)]
    scores = {name: [float(column.get(key) or 0) for key in keys] for name, column in columns.items()}
    truth = [labels[key] for key in keys]
    where = [key[0] for key in keys]
    drawn = {name: _drawn(column, truth, where, samples) for name, column in scores.items()}
    found = {}
    for name, column in scores.items():
        over = sorted(mine - plain for mine, plain in zip(drawn[name], drawn[against], strict=True))
        pooled = _drawn(column, truth, where, [Counter(vaults)])[0]
        at = SAMPLES // 2, int(SAMPLES * 0.025), int(SAMPLES * 0.975)
        found[name] = Areas(pooled, _per_vault(column, truth, where), *(over[i] for i in at))
    return found


def _drawn(
    scores: Sequence[float], truth: Sequence[int], where: Sequence[str], samples: Sequence[Mapping[str, int]]
) -> list[float]:
    """Return the area for each sample of vaults, which says how often each vault is in it."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    rows = [(scores[i], truth[i], where[i]) for i in order]
    return [_area(rows, sample) for sample in samples]


def _area(rows: Sequence[tuple[float, int, str]], weights: Mapping[str, int]) -> float:
    below = twice = above = level_yes = level_no = 0
    level: float | None = None
    for score, label, vault in rows:
        weight = weights.get(vault, 0)
        if not weight:
            continue
        if score != level:
            twice += level_yes * (2 * below + level_no)
            below += level_no
            above += level_yes
            level, level_yes, level_no = score, 0, 0
        if label:
            level_yes += weight
        else:
            level_no += weight
    twice += level_yes * (2 * below + level_no)
    below += level_no
    above += level_yes
    return twice / (2 * below * above) if below and above else 0.0


def _per_vault(scores: Sequence[float], truth: Sequence[int], where: Sequence[str]) -> float:
    parted: defaultdict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for row in zip(scores, truth, where, strict=True):
        parted[row[2]].append(row)
    areas = [
        _area(sorted(rows, key=lambda row: row[0]), {vault: 1})
        for vault, rows in parted.items()
        if 0 < sum(label for _, label, _ in rows) < len(rows)
    ]
    return sum(areas) / len(areas) if areas else float("nan")
