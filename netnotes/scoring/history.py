"""Compute fields of ties on many days, without scoring every day separately.

Each value equals the one that its scorer gives on that day. A scorer with `values_over_time`, as all bundled parts of
depth have, is called once for each tie; for all others the whole network of each day is scored. Holds no formula;
depth is `depth.mean`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from netnotes.incremental import ScoreMemory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem, Tie
from netnotes.network.network import Network
from netnotes.plugin.call import TimeLimit, TimeUp, failure, line_of, no_limit, place, words
from netnotes.plugin.facts import Score
from netnotes.plugin.hooks import Plugin, Scorer
from netnotes.scoring.depth import DEPTH, mean, weighable
from netnotes.scoring.runner import score
from netnotes.scoring.scores import Scores

FIELDS = ("depth", "warmth")
WANTED = "`values_over_time` returns one value a day, in range, and for the last day the one that the scorer yields"
Row = list[float | None]


@dataclass(frozen=True, slots=True)
class History:
    """Values of ties on several days."""

    days: tuple[dt.date, ...]
    values: Mapping[str, Mapping[Tie, tuple[float | None, ...]]]
    """Field → tie → its value on each of `days`, None before the first contact. Ties that never met are missing."""

    def of(self, tie: Tie, name: str = DEPTH.name) -> tuple[float | None, ...]:
        """Return one field of one tie, day by day."""
        return self.values[name].get(tie) or (None,) * len(self.days)


def month_ends(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Return the last day of each month from that of `first` to the one before `last`'s, and then `last`."""
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month - 1)
    ends = [(year, at + 1) for year, at in (divmod(month, 12) for month in months)]
    return (*(dt.date(y, m, calendar.monthrange(y, m)[1]) for y, m in ends), last) if first <= last else ()


def last_months(today: dt.date, count: int) -> tuple[dt.date, ...]:
    """Return the ends of the `count` months before today's, and today."""
    year, at = divmod(max(12, 12 * today.year + today.month - 1 - count), 12)
    return month_ends(dt.date(year, at + 1, 1), today)


def compute_history(
    network: Network,
    plugins: Sequence[Plugin],
    weights: Mapping[str, float],
    days: Sequence[dt.date],
    *,
    fields: Sequence[str] = FIELDS,
    ties: Iterable[Tie] | None = None,
    scores: Scores | None = None,
    limit: TimeLimit = no_limit,
) -> tuple[History, tuple[Problem, ...]]:
    """Return `fields` (numbers) of the ego's ties, or of `ties`, at the end of each of the ascending `days`.

    A day after the network's own uses the network unchanged. A field whose scorer fails on a day has no value on that
    day. `scores` are those of the network's own day: a scorer whose `values_over_time` contradict them has no history.
    """
    met = [tie for tie in (network.ties if ties is None else ties) if tie.contacts and tie.contacts[0].date <= days[-1]]
    between = not all(tie.ego for tie in met)
    every = _seats(plugins, weights, between=between)
    weights = {name: weight for name, weight in weights.items() if name in every and weighable(every[name][1].field)}
    parts = weights if DEPTH.name in fields else ()
    wanted = dict.fromkeys([*parts, *(name for name in fields if name != DEPTH.name)])
    seats = _seats(plugins, wanted, between=between)
    problems: list[Problem] = []
    rows: dict[str, list[Row]] = {}
    for name, (plugin, scorer) in seats.items():
        scored = scores.facts.get(name) if scores and days[-1] == network.today else None
        column = _numbers(plugin, scorer, met, days, limit, scored, problems)
        if column is not None:
            rows[name] = column
    if slow := [name for name, (_, scorer) in seats.items() if not scorer.values_over_time]:
        rows |= _scored(network, plugins, weights, slow, met, days, limit, problems)
    if DEPTH.name in fields:
        rows[DEPTH.name] = _depths(rows, weights, len(met), len(days))
    values = {name: dict(zip(met, map(tuple, rows[name]), strict=True)) if name in rows else {} for name in fields}
    return History(tuple(days), values), tuple(dict.fromkeys(problems))


def has_history(plugins: Sequence[Plugin], weights: Mapping[str, float], name: str) -> bool:
    """Return whether `name`, a field of ties between others, is known over time without scoring whole networks."""
    seats = _seats(plugins, weights if name == DEPTH.name else [name], between=True)
    return bool(seats) and all(scorer.values_over_time for _, scorer in seats.values())


def _seats(plugins: Sequence[Plugin], wanted: Iterable[str], *, between: bool) -> dict[str, tuple[Plugin, Scorer]]:
    """Return field → its scorer, as in scoring; for ties `between` others, only scorers that support them."""
    seats: dict[str, tuple[Plugin, Scorer]] = {}
    for plugin in plugins:
        for hook in plugin.hooks:
            if isinstance(hook, Scorer):
                seats.setdefault(hook.field.name, (plugin, hook))
    return {name: seats[name] for name in wanted if name in seats and (seats[name][1].between or not between)}


def _numbers(
    plugin: Plugin,
    scorer: Scorer,
    ties: Sequence[Tie],
    days: Sequence[dt.date],
    limit: TimeLimit,
    scored: Mapping[Tie, Score] | None,
    problems: list[Problem],
) -> list[Row] | None:
    """Return one scorer's values over time; None if it fails, since one failure drops all its facts."""
    values, low, high = scorer.values_over_time, scorer.field.low, scorer.field.high
    if values is None:
        return None
    rows: list[Row] = []
    try:
        with limit(plugin, scorer.name) as tick:
            given = plugin.options.get(scorer.options) or scorer.options()
            for tie in ties:
                tick()
                known = days[bisect_left(days, tie.contacts[0].date) :]
                row = list(values(tie, known, given))
                _check(row, tie, known, low, high)
                if scored is not None:
                    _compare(row[-1], tie, known[-1], scored)
                rows.append([None] * (len(days) - len(known)) + row)
    except (Exception, SystemExit, TimeUp) as error:  # noqa: BLE001  # a plugin may raise anything
        at = place(error, plugin) or line_of(scorer.values_over_time, plugin)
        problems.append(failure(plugin, scorer.name, "raised", f"has no history{at}: {words(error)}", WANTED))
        return None
    return rows


def _check(row: Sequence[float], tie: Tie, days: Sequence[dt.date], low: float, high: float) -> None:
    """Raise ValueError unless there is one number for each day, within range."""
    if len(row) != len(days):
        raise ValueError(f"{len(row):,} values for {len(days):,} days of {tie.person.name}")
    # min and max may miss a NaN; the sum does not.
    if not (low <= min(row) and max(row) <= high and math.isfinite(sum(row))):
        raise ValueError(f"a value for {tie.person.name} is not within {low:g} to {high:g}")


def _compare(value: float, tie: Tie, day: dt.date, scored: Mapping[Tie, Score]) -> None:
    """Raise ValueError if the last value differs from the scorer's own score."""
    score = scored.get(tie)
    # A word or a date cannot be compared with a number.
    if score is None or (isinstance(score.value, int | float) and not math.isclose(score.value, value, rel_tol=1e-9)):
        score_text = "none" if score is None else f"{score.value:g}"
        raise ValueError(f"{value:g} for {tie.person.name} on {day}, but the score is {score_text}")


def _scored(
    network: Network,
    plugins: Sequence[Plugin],
    weights: Mapping[str, float],
    names: Sequence[str],
    ties: Sequence[Tie],
    days: Sequence[dt.date],
    limit: TimeLimit,
    problems: list[Problem],
) -> dict[str, list[Row]]:
    """Score the network of each day for the fields `names`, which depend on more than one tie."""
    rows: dict[str, list[Row]] = {name: [[] for _ in ties] for name in names}
    between = not all(tie.ego for tie in ties)
    for day in days:
        then = network.as_of(day)
        scores, new_problems = score(
            then, plugins, weights, ScoreMemory(), between=then.alter_ties if between else None, limit=limit
        )
        problems += new_problems
        for name in names:
            for row, tie in zip(rows[name], ties, strict=True):
                row.append(scores.number(tie, name))
    return rows


def _depths(rows: Mapping[str, list[Row]], weights: Mapping[str, float], count: int, days: int) -> list[Row]:
    """Compute each tie's depth from its parts, as scoring does."""
    names = [name for name in sorted(weights, key=lambda n: -weights[n]) if name in rows and weights[name] > 0]
    if not names:
        return [[None] * days for _ in range(count)]
    given = [weights[name] for name in names]
    return [
        [mean(values, given) for values in zip(*parts, strict=True)]
        for parts in zip(*(rows[name] for name in names), strict=True)
    ]
