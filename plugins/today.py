"""today: the few things that matter today. A choice by rule, never a list of everything that is overdue.

One of each kind in turn, until the lines are full: a birthday, a promise of mine, a tie that cools, a promise of
theirs, one bridge, one new acquaintance; then the next of each. Everybody appears once. Within a kind the deepest ties
come first for promises, and for the rest the highest

    priority = (1 - sigma) · explore + sigma · depth · (1 - warmth)
    explore  = 1/√(1 + contact days) for new acquaintances and bridges, else 0

where sigma is the stage of the scene at which the tie is at home. Rules, not measurements.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from netnotes.api import (
    Contact,
    Network,
    OpenPromise,
    Person,
    Problem,
    Promise,
    Remark,
    Row,
    SourceLine,
    Stage,
    TieStatus,
    add_days,
    day_words,
    duration_words,
    join_names,
    next_birthday,
    open_promises,
    option,
    overall_stage,
    pluralize,
    report,
    stages,
    tie_statuses,
    times_words,
)

NETNOTES_API = 1
SOON_DAYS = 14
"""A deep tie that would cool within these days is about to."""
NEW_DAYS = 30
"""Whoever was met once within these days is a new acquaintance."""
LAPSED_DAYS = 60
"""A shallow tie's follow-up that was missed by more than this is let go."""
BRIDGE_DAYS = 183
"""A bridge that was last crossed longer ago is gone already."""
BRIDGE_TO = 2
"""A bridge leads to at least so many people."""
FAMILIAR = 12
"""In larger company nobody is known to have met anybody."""


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.today]`."""

    most: int = option(7, "The most lines to print.", low=1, high=100)


@report("Today", reads=("depth", "warmth", "follow_up"), options=Options)
def today(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""Say the few things that matter today, most seven, each with its why and where to act.

    Promises that are due, deep ties about to cool, one bridge worth keeping, one new acquaintance to see again. What
    is not here can wait. `netnotes chase` and `netnotes due` have all of it.

    \b
    Example:
      netnotes today ~/Notes
      netnotes today --markdown >> ~/Notes/Daily/2026-06-30.md
    """
    everybody = [status for status in tie_statuses(network) if not status.snoozed]
    if not everybody and not network.promises:
        yield Remark("Nobody is in these notes yet. Write `- coffee with [[Ada]]` into a daily note, and it begins.")
        return
    kinds = [list(kind) for kind in _kinds(network, everybody)]
    rows = _in_turn(kinds, options.most)
    yield from rows
    if not rows:
        yield Remark("Nothing calls today: no promise is due, and your deep ties are warm. Enjoy it.")


def _in_turn(kinds: Sequence[list[Row]], most: int) -> list[Row]:
    """Return one row of each kind in turn, in the order of the kinds, nobody twice.

    Whoever has a birthday or my promise is told that, whatever kind they would stand for.
    """
    place = {id(row): kind for kind, rows in enumerate(kinds) for row in rows}
    first = {row.on: row for rows in reversed(kinds[:2]) for row in reversed(rows)}
    chosen: dict[object, Row] = {}
    waiting = [iter(rows) for rows in kinds]
    while waiting and len(chosen) < most:
        for rows in list(waiting):
            row = next((row for row in rows if row.on not in chosen), None)
            if row is None:
                waiting.remove(rows)
            elif len(chosen) < most:
                chosen[row.on] = first.get(row.on, row)
    return sorted(chosen.values(), key=lambda row: place[id(row)])


def _kinds(network: Network, everybody: Sequence[TieStatus]) -> Iterator[Iterator[Row]]:
    known = {standing.person: standing for standing in everybody}
    settled = {stage.scene: stage for stage in stages(network, everybody)}
    anywhere = overall_stage(network, everybody)

    def stage(standing: TieStatus) -> Stage:
        return settled.get(standing.scene or "", anywhere)

    def priority(standing: TieStatus, *, lead: bool = False) -> float:
        sigma = stage(standing).sigma
        explore = 1 / math.sqrt(1 + standing.tie.days) if lead else 0.0
        return (1 - sigma) * explore + sigma * standing.depth * (1 - (standing.warmth or 0.0))

    yield _birthdays(network)
    yield _mine(network, known)
    by_lead = sorted(everybody, key=lambda s: (-priority(s, lead=True), -s.depth, s.person.id))
    bridge = list(_bridge(network, by_lead))
    due = sorted(everybody, key=lambda s: (not s.deep, -priority(s), s.person.id))
    yield (row for row in _cooling(network, due) if all(row.on != other.on for other in bridge))
    yield _theirs(network, known)
    yield iter(bridge)
    new = [s for s in everybody if s.tie.days == 1 and s.silence <= NEW_DAYS]
    # Somebody with a note of their own was worth one.
    new.sort(key=lambda s: (s.person.path is None, -priority(s, lead=True), -s.depth, s.person.id))
    yield (_new(s, stage(s), network.today) for s in new[:1])


def _birthdays(network: Network) -> Iterator[Row]:
    for person in network.people:
        if not person.ignored and next_birthday(person, network.today) == network.today:
            place = SourceLine(person.path or "", person.lines.get("birthday", 1))
            yield _row(
                "birthday",
                person,
                "wish a happy birthday",
                f"It is {person.name}'s birthday.",
                "today",
                place,
            )


def _mine(network: Network, known: Mapping[Person, TieStatus]) -> Iterator[Row]:
    """Yield a row for each person to whom a promise of mine is due by tomorrow, deepest ties first."""
    by_person: defaultdict[Person, list[OpenPromise]] = defaultdict(list)
    for one in open_promises(network):
        if one.mine and (one.next - network.today).days <= 1:
            by_person[one.person].append(one)
    for person in sorted(by_person, key=lambda p: (-_depth(p, known), p.id)):
        mine = sorted(by_person[person], key=lambda one: one.due or dt.date.max)
        promised = "; ".join(f"{one.promise.words} ({_when(one, network.today)})" for one in mine[:2])
        if len(mine) > 2:
            promised += f"; and {pluralize(len(mine) - 2, 'more promise')}"
        standing = known.get(person)
        if standing and standing.follow_up and standing.follow_up <= network.today:
            promised += f"; {_silence(standing)}"
        yield _row(
            "promise",
            person,
            mine[0].promise.words,
            f"You promised {person.name}: {promised}. Done? Tick",
            promised,
            *(one.promise for one in mine),
        )


def _theirs(network: Network, known: Mapping[Person, TieStatus]) -> Iterator[Row]:
    """Yield what is to be chased today, deepest ties first."""
    due = [one for one in open_promises(network) if not one.mine and one.next <= network.today]
    for one in sorted(due, key=lambda one: (-_depth(one.person, known), one.due or dt.date.max, one.person.id)):
        when = _when(one, network.today) + (f", asked {times_words(one.chased)}" if one.chased else "")
        again = " again" if one.chased else ""
        yield _row(
            "chase",
            one.person,
            f"ask{again}: {one.promise.words}",
            f"Ask {one.person.name}{again}: {one.promise.words} ({when}). Done? Tick",
            when,
            one.promise,
        )


def _cooling(network: Network, everybody: Sequence[TieStatus]) -> Iterator[Row]:
    """Yield deep ties that are due, cool or about to, then others whose follow-up was missed lately."""
    now = network.today
    soon = {s.person: s.word for s in tie_statuses(network.as_of(add_days(now, SOON_DAYS)))}
    for s in everybody:
        missed = (now - s.follow_up).days if s.follow_up else -1
        cools = s.word == "warm" and soon.get(s.person) != "warm"
        if s.deep:
            wanted = missed >= 0 or s.word != "warm" or cools
        else:
            wanted = (
                s.tie.days > 1
                and s.person.path is not None
                and (missed >= 0 if s.cadence else 0 <= missed <= LAPSED_DAYS)
            )
        if wanted:
            ahead = f"cools within {SOON_DAYS} days" if cools else s.word or ""
            rhythm = (
                f"you said every {pluralize(s.cadence, 'day')}"
                if s.cadence
                else f"usually every {duration_words(round(s.tie.rhythm))}"
            )
            why = f"{_silence(s)}, {rhythm}; depth {s.depth:.2f}, {ahead}"
            yield _row(
                "follow-up",
                s.person,
                "be in touch",
                f"Be in touch with {s.person.name}: {why}.",
                why,
                s.latest,
            )


def _bridge(network: Network, everybody: Sequence[TieStatus]) -> Iterator[Row]:
    """Yield the due tie behind which most people stand whom none of my deep ties was seen with."""
    deep = {s.person for s in everybody if s.deep}
    seen: defaultdict[Person, set[Person]] = defaultdict(set)
    for tie in network.alter_ties:
        if any(contact.others <= FAMILIAR for contact in tie.contacts):
            for one, other in (tie.people, tie.people[::-1]):
                seen[one].add(other)
    reached = set().union(*(seen[person] for person in deep))
    best: tuple[set[Person], TieStatus] | None = None
    for s in everybody:
        if s.label != "shallow" or s.silence > BRIDGE_DAYS or s.follow_up is None or s.follow_up > network.today:
            continue
        behind = seen[s.person] - reached - deep
        if len(behind) >= BRIDGE_TO and (best is None or len(behind) > len(best[0])):
            best = behind, s
    if best:
        behind, s = best
        names = join_names(sorted(p.name for p in behind), 2)
        why = f"{names} stand behind them, and none of your deep ties does; {_silence(s)}"
        yield _row(
            "bridge",
            s.person,
            "keep the bridge",
            f"Keep the bridge to {s.person.name}: {why}.",
            why,
            s.latest,
        )


def _new(standing: TieStatus, stage: Stage, now: dt.date) -> Row:
    why = f"met {day_words(standing.last, now)}, not since"
    if stage.scene:
        why += f"; {stage.scene} is at {stage.word} (sigma {stage.sigma:.2f})"
    name = standing.person.name
    return _row("new", standing.person, "see again", f"See {name} again: {why}.", why, standing.latest)


def _row(kind: str, who: Person, do: str, sentence: str, why: str, *evidence: Contact | Promise | SourceLine) -> Row:
    first = evidence[0]
    if isinstance(first, Promise):
        act = f"tick {first.path}:{first.line}"
    else:
        act = f'netnotes why "{who.name}"'
        sentence += f" → {act}"
    return Row({"kind": kind, "who": who, "do": do, "act": act}, why, on=who, evidence=evidence, sentence=sentence)


def _when(one: OpenPromise, now: dt.date) -> str:
    if one.due is None:
        return f"promised {day_words(one.since, now)}" if one.since else "no day set"
    return f"{pluralize(one.overdue, 'day')} late" if one.overdue else f"due {day_words(one.due, now)}"


def _silence(standing: TieStatus) -> str:
    return f"{duration_words(standing.silence)} of silence" if standing.silence else "in touch today"


def _depth(person: Person, known: Mapping[Person, TieStatus]) -> float:
    return known[person].depth if person in known else 0.0
