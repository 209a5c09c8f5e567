"""forecast: who cools, and which deep ties turn shallow, if I do nothing. Future scores, computed, not guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from netnotes.api import (
    Network,
    Person,
    Problem,
    Remark,
    Row,
    TieStatus,
    add_days,
    day_words,
    duration_words,
    option,
    pluralize,
    report,
    tie_statuses,
)

NETNOTES_API = 1
DEEP_TIES, OTHERS = "Deep ties", "Others"


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.forecast]`."""

    days: int = option(90, "How many days ahead to look.", low=1, high=3650)
    most: int = option(20, "How many people to show, the deepest first.", low=1, high=10_000)


@report("Forecast", reads=("depth", "warmth", "follow_up"), options=Options)
def forecast(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""Show who cools or goes dormant, and which deep ties turn shallow, if you do nothing.

    The same notes, scored as of days to come. Not a prophecy: one call changes it.

    \b
    Example:
      netnotes forecast ~/Notes
      netnotes forecast --days 30 --json
    """
    now = tie_statuses(network)
    end = add_days(network.today, options.days)
    then = {s.person: s for s in tie_statuses(network.as_of(end))}
    changing = [s for s in now if _changes(s, then[s.person]) and (s.person.path or s.label != "thin")]
    shown = sorted(changing[: options.most], key=lambda s: not s.deep)
    ahead = _turns(network, shown, options.days)
    for s in shown:
        later = then[s.person]
        turns = ahead.get(s.person, ())
        yield Row(
            {
                "who": s.person,
                "changes": turns[0][0] if turns else end,
                "tie": _change(s.label, later.label),
                "warmth": ", ".join(f"{word} on {day_words(day, network.today)}" for day, word in turns if word),
                "depth": s.depth,
            },
            because=(
                f"{duration_words(s.silence)} of silence, "
                f"usually every {duration_words(round(s.cadence or s.tie.rhythm))}"
            ),
            on=s.tie,
            evidence=(s.latest,),
            section=DEEP_TIES if s.deep else OTHERS,
            more={"now": s.word, "then": later.word, "depth_then": later.depth, "last": s.last},
        )
    if len(changing) > len(shown):
        yield Remark(
            f"And {pluralize(len(changing) - len(shown), 'shallower tie')}: let them, or `--most {len(changing)}`.",
            OTHERS,
        )
    deep = sum(s.deep for s in changing)
    if not changing:
        yield Remark(f"Nobody cools within {pluralize(options.days, 'day')}, whatever you do.")
    elif not deep:
        yield Remark("None of your deep ties is among them: nothing here needs saving.", OTHERS)


def _changes(now: TieStatus, then: TieStatus) -> bool:
    return now.word != then.word or now.label != then.label


Turn = tuple[dt.date, str]
"""A day, and the word for warmth from then on; empty where only the tie's label changes."""


def _turns(network: Network, changing: Sequence[TieStatus], days: int) -> dict[Person, list[Turn]]:
    """Return person → each day within `days` on which the warmth or the label of the tie changes, in order."""
    few = replace(network, ties=tuple(s.tie for s in changing))
    found: dict[Person, list[Turn]] = {}
    latest = {s.person: s for s in changing}
    for ahead in range(1, days + 1):
        if all(s.word == "dormant" and not s.deep for s in latest.values()):
            break
        day = add_days(network.today, ahead)
        for s in tie_statuses(few.as_of(day)):
            before = latest[s.person]
            if _changes(before, s):
                found.setdefault(s.person, []).append((day, (s.word or "") if s.word != before.word else ""))
                latest[s.person] = s
    return found


def _change(now: str, then: str) -> str:
    return now if now == then else f"{now} → {then}"
