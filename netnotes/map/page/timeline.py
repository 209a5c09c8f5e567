"""Data for the page's slider of months: depth and warmth of people at the end of each month, as two short texts.

Decides how many months the page can show, and packs what `history` computes. The page moves people along their own ray.
"""

from __future__ import annotations

import base64
import datetime as dt
import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from netnotes.extract.people.declarations import cadence
from netnotes.lazy_dataclass import dataclass
from netnotes.map.rings.layout import RINGS
from netnotes.model import Problem, Tie
from netnotes.phrasing import TIE_WORDS, WARMTH_WORDS
from netnotes.plugin.hooks import Scorer
from netnotes.scoring.depth import hundredths, label
from netnotes.scoring.history import History, compute_history, last_months, month_ends
from netnotes.scoring.scores import Scores
from netnotes.scoring.views import ScoredNetwork

MONTHS = 60
"""Most months that the page shows."""
MOST_PEOPLE = 2_000
"""With more people than this, only the deepest get earlier months: 10,000 would take seconds."""
WHOLE = 10_000
"""Most people times months if a scorer needs the whole network of each day."""
NEVER = 255
"""Value in both columns: not met yet."""
STEPS = 20
"""Steps of warmth; smaller differences cannot be seen."""
UNNAMED = len(WARMTH_WORDS)
"""Code for warmth without a word."""


@dataclass(frozen=True, slots=True)
class Past:
    """Depth and warmth in earlier months."""

    history: History
    slow: str | None = None
    """The field that limits the months, since its scorer must score everybody again for each; None: no limit."""


def compute_past(
    scored: ScoredNetwork, *, months: int = MONTHS, people: int | None = None
) -> tuple[Past | None, tuple[Problem, ...]]:
    """Return depth and warmth of the deepest `people` at the ends of the last months and today; None without any.

    There are fewer than `months` if the first contact is more recent, and fewer or none if a scorer cannot score a
    single tie over time.
    """
    network = scored.network
    met = [tie for tie in network.ties if tie.ego and tie.contacts]
    if not met:
        return None, ()
    slow = _slow(scored)
    affordable = months if slow is None else min(months, WHOLE // len(network.ties))
    first = min(tie.contacts[0].date for tie in met)
    days = month_ends(max(first, last_months(network.today, affordable)[0]), network.today)
    fewer = slow if len(month_ends(first, network.today)) > affordable + 1 else None
    if len(days) < 2:
        return None, (_shortened(fewer),) if fewer else ()
    deepest = heapq.nlargest(people or MOST_PEOPLE, met, key=lambda tie: scored.scores.number(tie, "depth") or 0.0)
    scores, problems = compute_history(
        network, scored.plugins, scored.weights, days, ties=deepest, scores=scored.scores, limit=scored.limit
    )
    return Past(scores, fewer if affordable < months else None), problems


def _shortened(field: str) -> Problem:
    return Problem(
        f"the map shows no past: the scorer of `{field}` would look at everybody again for each month",
        hint="give it `values_over_time`, if it looks at each tie by itself",
    )


def _slow(scored: ScoredNetwork) -> str | None:
    """Return the first field whose scorer cannot score a single tie over time; None if all can."""
    wanted = {*scored.weights, "warmth"}
    for plugin in scored.plugins:
        for hook in plugin.hooks:
            if isinstance(hook, Scorer) and hook.field.name in wanted and not hook.values_over_time:
                return hook.field.name
    return None


def columns(past: Past | None, ties: Sequence[Tie], scores: Scores) -> dict[str, Any] | None:
    """Return the page's columns for the past of `ties` (the ego's, in the page's order); None without a past.

    `depth` is in hundredths; `state` combines warmth in twentieths, its word and the tie's word: `warm + 21 · (word +
    4 · tie)`. Both are run-length encoded, person by person: a byte for the value, one for the number of months.
    """
    if past is None:
        return None
    history = past.history
    known = [i for i, tie in enumerate(ties) if any(value is not None for value in history.of(tie))]
    if not known:
        return None
    counted = known[-1] + 1
    words = _worded(ties[:counted], history.days[-1], scores)
    return {
        "months": [day.isoformat()[:7] for day in history.days],
        "people": counted,
        "left": sum(bool(tie.contacts) for tie in ties) - len(known),
        "slow": past.slow,
        "depth": _runs(_depths(history.of(tie)) for tie in ties[:counted]),
        "state": _runs(_states(tie, history, words=words) for tie in ties[:counted]),
    }


def _depths(row: Iterable[float | None]) -> Iterator[int]:
    for depth in row:
        yield NEVER if depth is None else hundredths(depth, RINGS)


def _states(tie: Tie, history: History, *, words: bool) -> Iterator[int]:
    """Yield the tie's state at the end of each month, as one number."""
    rhythms = _rhythms(tie, history.days)
    warmths = history.of(tie, "warmth")
    for day, depth, warmth, (last, days, rhythm) in zip(history.days, history.of(tie), warmths, rhythms, strict=True):
        if depth is None or last is None:
            yield NEVER
            continue
        named = UNNAMED if warmth is None or not words else _word((day - last).days, rhythm)
        warm = round(STEPS * min(1.0, max(0.0, warmth or 0.0)))
        yield warm + (STEPS + 1) * (named + (UNNAMED + 1) * TIE_WORDS.index(label(depth, days)))


def _rhythms(tie: Tie, days: Sequence[dt.date]) -> Iterator[tuple[dt.date | None, int, float]]:
    """Yield, for each day, the last contact until then, the contact days, and how many days usually pass between."""
    declared = cadence(tie.person)
    dates = sorted({contact.date for contact in tie.contacts})
    count = 0
    for day in days:
        while count < len(dates) and dates[count] <= day:
            count += 1
        if not count:
            yield None, 0, 0.0
            continue
        last = dates[count - 1]
        yield last, count, declared or ((last - dates[0]).days + 14) / count


def _word(silence: int, rhythm: float) -> int:
    return 0 if silence <= 4 * rhythm else 1 if silence <= 8 * rhythm else 2


def _worded(ties: Sequence[Tie], today: dt.date, scores: Scores) -> bool:
    """Return whether `_word` gives today's words for warmth; only then is it used for earlier months."""
    for tie in ties:
        score = scores.get(tie, "warmth")
        ((last, _, rhythm),) = _rhythms(tie, (today,))
        if score and last and score.label != WARMTH_WORDS[_word((today - last).days, rhythm)]:
            return False
    return True


def _runs(rows: Iterable[Iterable[int]]) -> str:
    found = bytearray()
    for row in rows:
        for value, same in groupby(row):
            count = sum(1 for _ in same)
            found += bytes((value, count))
    return base64.b64encode(found).decode("ascii")
