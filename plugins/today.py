"""today: the few things that matter this morning, chosen by rules from the notes and the date. Not measurements.

Each thing to do has a day on which it became due. It is *new* on that day, and *returns* 1, 3, 7, 14, 28, 56 … days
later; on other mornings it *waits*, and only fills up a list of fewer than three lines. So the list changes although
nothing is stored: what is new comes first, kind by kind; then what returns, the longest absent first; then what
waits, in turn; last what was there yesterday. At most two lines of a kind, and no one twice. Promises that are more
than two weeks late share one line. Among equals the higher priority comes first:

    priority = (1 - sigma) · explore + sigma · depth · (1 - warmth)
    explore  = 1/√(1 + contact days) for new acquaintances and links to others, else 0
    sigma    = stage of the scene at which the tie is at home
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from netnotes.api import (
    Contact,
    Network,
    Person,
    Problem,
    Promise,
    Remark,
    Row,
    SourceLine,
    known_before,
    left_alone,
    next_birthday,
    option,
    report,
)
from netnotes.insights import (
    OpenPromise,
    SceneStage,
    TieStatus,
    add_days,
    ago_words,
    day_words,
    duration_words,
    join_names,
    open_promises,
    overall_stage,
    pluralize,
    scene_stages,
    tie_statuses,
    times_words,
)

NETNOTES_API = 1
NEW_DAYS, FIRST_WEEK = 30, 7
"""Someone met once within these days is a new acquaintance; no one is named in the week after the first meeting."""
SOON_DAYS, OLD_DAYS, LAPSED_DAYS = 14, 14, 60
"""A deep tie cools soon within the first; after the second, late promises share a line and shallow ties are dropped."""
BRIDGE_DAYS, BRIDGE_TO, NAMED = 183, 2, 2
"""Days after which an unused link to others is gone; the fewest people that a link leads to; how many it names."""
FAMILIAR, OF_A_KIND = 14, 2
"""Largest company in which two people count as having met; and the most lines of a kind."""
FEWEST, IN_TURN = 3, 12
"""Lines up to which waiting things fill a list; and how many of them take turns, by priority."""
RETURNS = (0, 1, 3, 7, 14)
"""Days after its due date on which a thing is listed; then each time after twice as many."""


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.today]`."""

    most: int = option(7, "The most lines to print.", low=1, high=100)


@dataclass(frozen=True)
class Thing:
    """One thing that could be done, since when, and the row that says so."""

    kind: str
    since: dt.date | None
    """The day on which it became due; None if it only fills up a list."""
    priority: float
    row: Row


@report("Today", reads=("depth", "warmth?", "follow_up?"), options=Options)
def today(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""List the few things that matter today: at most seven, each with a reason and where to act.

    Promises that are due, close people you are losing touch with, someone worth seeing again. What is new comes first;
    what you saw on earlier mornings comes back less and less often. Everything else can wait: `netnotes chase` and
    `netnotes due` list it.

    \b
    Example:
      netnotes today ~/Notes
      netnotes today ~/Notes --most 3
    """
    statuses = tie_statuses(network)
    things = list(_things(network, statuses))
    rows = chosen(things, network.today, options.most)
    yield from rows
    if not rows:
        yield Remark(_nothing(network, statuses))


def chosen(things: Sequence[Thing], now: dt.date, most: int) -> list[Row]:
    """Return the rows of a morning, in order."""

    def absence(thing: Thing) -> int | None:
        return returns(thing.since, now) if thing.since else None

    by_priority = sorted(things, key=lambda thing: -thing.priority)
    new = [thing for thing in things if absence(thing) == 0]
    returning = sorted((t for t in by_priority if (absence(t) or 0) > 0), key=lambda t: -(absence(t) or 0))
    waiting = [thing for thing in by_priority if absence(thing) is None][:IN_TURN]
    turn = now.toordinal() % len(waiting) if waiting else 0
    filling = waiting[turn:] + waiting[:turn]
    seen_yesterday = [thing for thing in returning if absence(thing) == 1]
    fresh = [thing for thing in returning if absence(thing) != 1]
    shown = _bounded([*new, *fresh], most)
    shown = _bounded([*shown, *filling], max(len(shown), min(most, FEWEST - bool(seen_yesterday))))
    return [thing.row for thing in _bounded([*shown, *seen_yesterday], most)]


def returns(since: dt.date, now: dt.date) -> int | None:
    """Return how many days a thing was absent if it is listed `now`: 0 if it is new; None if it waits."""
    age = (now - since).days
    if age < 0:
        return None
    days = list(RETURNS)
    while days[-1] < age:
        days.append(2 * days[-1])
    return None if age not in days else age - days[days.index(age) - 1] if age else 0


def _bounded(things: Iterable[Thing], most: int) -> list[Thing]:
    """Return the first `most` of `things`: at most two of a kind, and no one twice."""
    found: list[Thing] = []
    kinds: Counter[str] = Counter()
    people: set[object] = set()
    for thing in things:
        if len(found) < most and kinds[thing.kind] < OF_A_KIND and thing.row.on not in people:
            found.append(thing)
            kinds[thing.kind] += 1
            people |= {thing.row.on} - {None}
    return found


def _things(network: Network, statuses: Sequence[TieStatus]) -> Iterator[Thing]:
    """Yield everything that could be done, kind by kind."""
    now = network.today
    known = {status.person: status for status in statuses}
    settled = {stage.scene: stage for stage in scene_stages(network, statuses)}
    anywhere = overall_stage(network, statuses)

    def stage(status: TieStatus) -> SceneStage:
        return settled.get(status.scene or "", anywhere)

    def priority(status: TieStatus, *, lead: bool = False) -> float:
        sigma, explore = stage(status).sigma, 1 / math.sqrt(1 + status.tie.days) if lead else 0.0
        return (1 - sigma) * explore + sigma * status.depth * (1 - (status.warmth or 0.0))

    def wanted(person: Person) -> bool:
        status = known.get(person)
        return not (left_alone(person) or (status and (status.snoozed or (now - status.first).days <= FIRST_WEEK)))

    old_enough = [status for status in statuses if wanted(status.person)]
    promises = [one for one in open_promises(network) if wanted(one.person) and (one.ready - now).days <= 1]
    late = [one for one in promises if (now - one.ready).days > OLD_DAYS]
    yield from _birthdays(network, wanted)
    yield from _mine(now, [one for one in promises if one.mine and one not in late], known)
    bridge = list(_bridge(network, old_enough, priority))
    linking = {thing.row.on for thing in bridge}
    yield from (thing for thing in _follow_ups(network, old_enough, priority) if thing.row.on not in linking)
    yield from _theirs(now, [one for one in promises if not one.mine and one.next <= now and one not in late], known)
    yield from bridge
    for status in old_enough:
        new = status.tie.days == 1 and max(status.silence, known_before(status.tie)) <= NEW_DAYS
        if new and status.by_silence and status.person.path:
            yield _new(status, stage(status), priority(status, lead=True))
    yield from _old(now, late)


def _birthdays(network: Network, wanted: Callable[[Person], bool]) -> Iterator[Thing]:
    now = network.today
    for person in (p for p in network.people if wanted(p) and next_birthday(p, now) == now):
        place = SourceLine(person.path or "", person.lines.get("birthday", 1))
        words = f"It is {person.name}'s birthday today."
        yield _thing("birthday", now, 1.0, person, "wish a happy birthday", words, "today", place)


def _mine(now: dt.date, promises: Iterable[OpenPromise], known: Mapping[Person, TieStatus]) -> Iterator[Thing]:
    """Yield one line for each person to whom a promise of mine is due by tomorrow."""
    by_person: defaultdict[Person, list[OpenPromise]] = defaultdict(list)
    for one in promises:
        by_person[one.person].append(one)
    for person, mine in by_person.items():
        mine.sort(key=lambda one: (one.ready, one.promise.path, one.promise.line))
        owed = "; ".join(f"{one.promise.words} ({_when(one, now)})" for one in mine[:2])
        if len(mine) > 2:
            owed += f"; and {pluralize(len(mine) - 2, 'more promise')}"
        newest = max(min(one.ready, now) for one in mine)
        depth, last = _depth_and_contact(known.get(person), now)
        words = f"You promised {person.name}: {owed}.{last} Tick it off: {mine[0].promise.path}:{mine[0].promise.line}"
        yield _thing("promise", newest, depth, person, mine[0].promise.words, words, owed, *(o.promise for o in mine))


def _theirs(now: dt.date, promises: Iterable[OpenPromise], known: Mapping[Person, TieStatus]) -> Iterator[Thing]:
    """Yield promises of others that I should ask for."""
    for one in promises:
        when = _when(one, now) + (f", asked {times_words(one.chased)}" if one.chased else "")
        ask = "ask again" if one.chased else "ask"
        depth, _ = _depth_and_contact(known.get(one.person), now)
        words = f"Waiting for {one.person.name}: {one.promise.words} ({when}). {ask.capitalize()}, or tick it off: "
        words += f"{one.promise.path}:{one.promise.line}"
        yield _thing("chase", one.ready, depth, one.person, f"{ask}: {one.promise.words}", words, when, one.promise)


def _old(now: dt.date, late: Sequence[OpenPromise]) -> Iterator[Thing]:
    """Yield one line for all promises that are very late."""
    if not late:
        return
    own, n, people = sum(one.mine for one in late), len(late), {one.person for one in late}
    whose = f", {own} of yours and {n - own} of theirs" if 0 < own < n else f" of {'yours' if own else 'theirs'}"
    oldest = min(late, key=lambda one: (one.ready, one.promise.path, one.promise.line))
    what = f"{n} old promises{whose}. The oldest" if late[1:] else f"An old promise{whose}"
    why = f"{what}: {oldest.promise.words} ({oldest.person.name}, {_when(oldest, now)})"
    who = oldest.person if len(people) == 1 else f"{len(people)} people"
    row = Row(
        {"kind": "old promises", "who": who, "do": "keep or let go", "act": "netnotes chase"},
        because=why,
        on=oldest.person if len(people) == 1 else None,
        evidence=[one.promise for one in late],
        sentence=f"{why}. {'Keep them or let them go' if late[1:] else 'Keep it or let it go'}: `netnotes chase`",
    )
    yield Thing("old promises", add_days(max(one.ready for one in late), OLD_DAYS + 1), 0.0, row)


def _follow_ups(network: Network, statuses: Sequence[TieStatus], priority: Callable[..., float]) -> Iterator[Thing]:
    """Yield deep ties that are due, cooling or about to cool, and other ties whose follow-up was recently missed."""
    now = network.today
    warm = (s.tie for s in statuses if s.word == "warm" and (s.deep or (s.follow_up and s.follow_up <= now)))
    then = network.with_ties(warm).as_of(add_days(now, SOON_DAYS))
    still = {tie.person for tie in then.ties if (found := then.score(tie, "warmth")) and found.label == "warm"}
    first_to_write = _warm_up(statuses)
    for s in (status for status in statuses if status.by_silence):
        missed = (now - s.follow_up).days if s.follow_up else -1
        cools = s.word == "warm" and s.person not in still
        recently = missed >= 0 if s.cadence else 0 <= missed <= LAPSED_DAYS
        if not (missed >= 0 or s.word != "warm" or cools if s.deep else s.tie.days > 1 and recently):
            continue
        early = missed >= 0 and not s.cadence and s.silence < round(s.tie.rhythm)
        cooling = f"; cools within {SOON_DAYS} days" if cools else ""
        why = f"last contact {ago_words(s.last, now)} ({s.due_because if early else s.interval}){cooling}"
        words, more = f"Get in touch with {s.person.name}: {why}.", {}
        if s.deep and s.word == "dormant" and (first := first_to_write(s)):
            words, more = f"{words} To warm up, write to {first.person.name} first.", {"first": first.person}
        # Someone without a note only fills up a list: nobody wrote down that they matter.
        since, weight = s.follow_up if missed >= 0 and (s.deep or s.person.path) else None, priority(s) + s.deep
        yield _thing("follow-up", since, weight, s.person, "get in touch", words, why, s.latest, more=more)


def _warm_up(statuses: Iterable[TieStatus]) -> Callable[[TieStatus], TieStatus | None]:
    """Return what finds a close, warm person to write to before a dormant one, preferably of the same scene."""
    warm = sorted((s for s in statuses if s.deep and s.word == "warm"), key=lambda s: (s.depth, s.person.id))
    of_scene = {s.scene: s for s in warm}
    return lambda dormant: of_scene.get(dormant.scene, warm[-1] if warm else None)


def _bridge(network: Network, statuses: Sequence[TieStatus], priority: Callable[..., float]) -> Iterator[Thing]:
    """Yield the due tie that is the only link to the most people whom none of my deep ties was seen with."""

    def company(s: TieStatus) -> set[Person]:
        met = (contact.encounter.people for contact in s.tie.contacts if contact.others <= FAMILIAR)
        return set().union(*met) - {s.person}

    reached = {s.person for s in statuses if s.deep}.union(*(company(s) for s in statuses if s.deep))
    bridges = []
    for s in statuses:
        if s.label != "shallow" or s.silence > BRIDGE_DAYS or s.follow_up is None or s.follow_up > network.today:
            continue
        behind = {person for person in company(s) - reached if not left_alone(person)}
        if len(behind) >= BRIDGE_TO:
            bridges.append((s, behind))
    if bridges:
        s, behind = max(bridges, key=lambda pair: (len(pair[1]), pair[0].depth, pair[0].person.id))
        others = sorted(behind, key=lambda person: (person.name, person.id))
        why = f"your only link to {join_names(others, NAMED)}; last contact {ago_words(s.last, network.today)}"
        words = f"Stay in touch with {s.person.name}: {why}."
        found = _thing("bridge", s.follow_up, priority(s, lead=True), s.person, "stay in touch", words, why, s.latest)
        yield replace(found, row=replace(found.row, named=(s.person, *others[:NAMED])))


def _new(status: TieStatus, stage: SceneStage, priority: float) -> Thing:
    why = f"met once, {duration_words(status.silence)} ago"
    words = f"See {status.person.name} again: {why}."
    if stage.scene and stage.word == "exploring":
        words += f" You are still new to the {stage.scene.title()} scene."
    since = add_days(status.last, FIRST_WEEK + 1)
    return _thing("new", since, priority, status.person, "see again", words, why, status.latest)


def _thing(
    kind: str,
    since: dt.date | None,
    priority: float,
    who: Person,
    do: str,
    words: str,
    why: str,
    *evidence: Contact | Promise | SourceLine,
    more: Mapping[str, Person] | None = None,
) -> Thing:
    first = evidence[0]
    act = f"tick {first.path}:{first.line}" if isinstance(first, Promise) else f'netnotes why "{who.name}"'
    cells: dict[str, str | Person] = {"kind": kind, "who": who, "do": do, "act": act}
    row = Row(cells, because=why, on=who, evidence=evidence, sentence=words, more=more or {})
    return Thing(kind, since, priority, row)


def _when(one: OpenPromise, now: dt.date) -> str:
    if one.due is None:
        return f"promised {day_words(one.since, now)}" if one.since else "no day set"
    return f"{pluralize(one.overdue, 'day')} late" if one.overdue else f"due {day_words(one.due, now)}"


def _depth_and_contact(status: TieStatus | None, now: dt.date) -> tuple[float, str]:
    """Return the depth of a tie, and its last contact if a follow-up is due too."""
    if status is None:
        return 0.0, ""
    due = status.follow_up is not None and status.follow_up <= now
    return status.depth, f" Last contact {ago_words(status.last, now)}." if due else ""


def _nothing(network: Network, statuses: Sequence[TieStatus]) -> str:
    """Say that there is nothing to do and what comes next; or what to write if there are no notes to go by."""
    if not statuses:
        known = next((person.name for person in network.people if person.path), None)
        notes = "" if known else "Make a note for each person in a folder named People (`People/Ada.md`). "
        found = pluralize(len(network.people), "person", "people")
        return (
            f"{found} found in your notes, and no line with a date that says you were in touch. {notes}Write "
            f"`- coffee with [[{known or 'Ada'}]]` into today's daily note. What was read: `netnotes check`"
        )
    coming = [(s.follow_up, f"get in touch with {s.person.name}") for s in statuses if s.follow_up]
    coming += [(one.next, f"{one.promise.words} ({one.person.name})") for one in open_promises(network)]
    day, what = min(((day, what) for day, what in coming if day > network.today), default=(None, ""))
    return f"Nothing to do today. Next, {day_words(day, network.today)}: {what}." if day else "Nothing to do today."
