"""forecast: who cools, and which deep ties turn shallow, if I do nothing: scores of future days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from netnotes.api import DEEP, Network, Person, Problem, Remark, Row, option, report
from netnotes.insights import TieStatus, add_days, ago_words, day_words, pluralize, tie_statuses

NETNOTES_API = 1
DEEP_TIES, OTHERS = "Deep ties", "Others"


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.forecast]`."""

    days: int = option(90, "How many days ahead to look.", low=1, high=3650)
    most: int = option(20, "The most people to show.", low=1, high=1_000_000)
    sort: str = option("depth", "Order of the list: depth, day or name.")


@report("Forecast", reads=("depth", "warmth", "follow_up?"), options=Options)
def forecast(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""Show who will drift away if you do nothing, and when: who cools, goes dormant, or is no longer deep.

    It scores your notes on future days, as if nothing happened until then.

    \b
    Example:
      netnotes forecast ~/Notes
      netnotes forecast ~/Notes --days 30 --tie deep --sort day
    """
    if options.sort not in SORTS:
        yield Problem(f"cannot sort by `{options.sort}`", hint=f"sort by {', '.join(SORTS)}")
        return
    now = [s for s in tie_statuses(network) if s.by_silence]
    end = add_days(network.today, options.days)
    ((_, then),) = _ahead(network, now, [end])
    changing = [s for s in now if _changes(s, then[s.person]) and (s.person.path or s.label != "thin")]
    # To sort by day, the day of every change is needed.
    ahead = _turns(network, changing if options.sort == "day" else changing[: options.most], options.days)
    changing.sort(key=lambda s: SORTS[options.sort](s, ahead))
    shown = sorted(changing[: options.most], key=lambda s: not s.deep)
    for s in shown:
        later = then[s.person]
        turns = ahead.get(s.person, ())
        yield Row(
            {
                "who": s.person,
                "depth": s.depth,
                "what": ", ".join(f"{what} {day_words(day, network.today)}" for day, what in turns),
            },
            because=f"last contact {ago_words(s.last, network.today)}, {s.interval}",
            on=s.tie,
            evidence=(s.latest,),
            section=DEEP_TIES if s.deep else OTHERS,
            more={
                "changes": turns[0][0] if turns else end,
                "tie": _change(s.label, later.label),
                "warmth": ", ".join(f"{what} {day_words(day, network.today)}" for day, what in turns),
                "now": s.word,
                "then": later.word,
                "depth_then": later.depth,
                "last": s.last,
            },
        )
    if len(changing) > len(shown):
        more = pluralize(len(changing) - len(shown), "person", "people")
        yield Remark(f"{more} not shown: `netnotes forecast --most {len(changing)}`", section=OTHERS)
    deep = sum(s.deep for s in changing)
    if not changing:
        yield Remark(f"No one cools in the next {pluralize(options.days, 'day')}.")
    elif not deep and any(s.deep for s in now):
        yield Remark("None of your deep ties is among them.", section=OTHERS)


class State(NamedTuple):
    """What the notes say of a tie on a day to come."""

    depth: float
    label: str
    word: str | None


def _ahead(
    network: Network, now: Sequence[TieStatus], days: Sequence[dt.date]
) -> Iterator[tuple[dt.date, dict[Person, State]]]:
    """Yield person → state for each of `days`, which are after today. No day is added to a tie: a thin one stays so."""
    depths = network.history("depth", days)
    for at, day in enumerate(days):
        then = network.as_of(day)
        found = {}
        for s in now:
            depth, warmth = depths[s.tie][at], then.score(s.tie, "warmth")
            if depth is not None:
                label = "thin" if s.label == "thin" else "deep" if depth >= DEEP else "shallow"
                found[s.person] = State(depth, label, warmth.label if warmth else None)
        yield day, found


def _changes(now: TieStatus | State, then: State) -> bool:
    return now.word != then.word or now.label != then.label


Turn = tuple[dt.date, str]
"""A day, and what happens on it: `cools on`, `dormant on`, `no longer deep from`."""
HAPPENS = {"cooling": "cools on", "dormant": "dormant on", "shallow": "no longer deep from", "warm": "warm from"}
SORTS: dict[str, Callable[[TieStatus, Mapping[Person, Sequence[Turn]]], Any]] = {
    "depth": lambda s, _: -s.depth,
    "day": lambda s, ahead: ahead[s.person][0][0] if ahead.get(s.person) else dt.date.max,
    "name": lambda s, _: s.person.name.casefold(),
}


def _turns(network: Network, changing: Sequence[TieStatus], days: int) -> dict[Person, list[Turn]]:
    """Return person → each day within `days` on which the warmth or the label of the tie changes, in order."""
    few = network.with_ties(s.tie for s in changing)
    found: dict[Person, list[Turn]] = {}
    latest: dict[Person, TieStatus | State] = {s.person: s for s in changing}
    until = dict.fromkeys(add_days(network.today, ahead) for ahead in range(1, days + 1))
    for day, states in _ahead(few, changing, tuple(until)):
        if all(s.word == "dormant" and s.label != "deep" for s in latest.values()):
            break
        for person, s in states.items():
            before = latest[person]
            if _changes(before, s):
                words = [new for old, new in ((before.word, s.word), (before.label, s.label)) if new and old != new]
                found.setdefault(person, []).extend((day, HAPPENS.get(word, f"{word} from")) for word in words)
                latest[person] = s
    return found


def _change(now: str, then: str) -> str:
    return now if now == then else f"{now} → {then}"
