"""profile: hands or fingers. How my time is spread over people, beside what is published, and one honest verdict.

    hands    at least half of the year's time goes to deep ties, and there are five of them
    fingers  less than a quarter of it does, or nobody is deep
    between  everything else

The verdict and the suggestions are rules; the figures are sums over the notes; the usual values are of other people's
telephones and diaries (Saramäki 2014, Dunbar 2018), no norm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from netnotes.api import (
    Contact,
    Network,
    Person,
    Problem,
    Remark,
    Row,
    Stage,
    TieStatus,
    add_days,
    duration_words,
    join_names,
    meeting_groups,
    open_promises,
    pluralize,
    report,
    stages,
    tie_statuses,
)

NETNOTES_API = 1
YEAR_DAYS = 365
YEARS = 6
"""The most years to look back over."""
LEAST_DAYS = 5
"""Fewer days with company noted than this say nothing of a year."""
LEAST_PEOPLE = 10
TOO_FEW = "Too few people in a year's notes for a verdict; here are the figures all the same."
RANKS = 10
"""So many places of the social signature."""
HANDS, FINGERS = 0.5, 0.25
"""Share of time that goes to deep ties."""
FIGURES, SCENES, PAST, VERDICT = "The last year", "By scene", "Over the years", "Verdict"


@report("Profile", reads=("depth", "warmth", "follow_up"))
def profile(network: Network, options: object) -> Iterator[Row | Remark | Problem]:
    r"""Say whether you hold hands with a few or touch fingers with many: one page, one verdict, three suggestions.

    How concentrated your time is, your social signature by rank, depth per hour, by scene and over the years, beside
    what is usual.

    \b
    Example:
      netnotes profile ~/Notes
      netnotes profile --markdown
    """
    del options
    everybody = tie_statuses(network)
    since = add_days(network.today, -YEAR_DAYS)
    recent = [s for s in everybody if s.last >= since]
    if not recent:
        yield Remark("No contact is noted in the last year, so there is no style to speak of.")
        return
    hours = {s.person: s.hours(since) for s in recent}
    total = sum(hours.values())
    yield from _figures(recent, hours, total, since)
    scenes = stages(network, everybody)
    for stage in scenes:
        yield from _scene(stage, since)
    yield from _years(network)
    deep = sum(hours[s.person] for s in recent if s.deep) / total
    few = len(recent) < LEAST_PEOPLE
    said = TOO_FEW if few else _verdict(deep, sum(s.deep for s in everybody), scenes)
    yield Remark(said, VERDICT)
    for number, words in enumerate(_three(network, everybody, scenes, since), 1):
        yield Remark(f"{number}. {words}", VERDICT)
    yield Remark(
        "What the figures cannot say: they know only what you noted, not who you love, who needs you, or what an hour "
        "was worth. People at home are rarely in notes.",
        VERDICT,
    )


def _figures(recent: Sequence[TieStatus], hours: dict[Person, float], total: float, since: dt.date) -> Iterator[Row]:
    by_time = sorted(recent, key=lambda s: (-hours[s.person], s.person.id))
    by_depth = list(recent)
    deep = [s for s in recent if s.deep]
    once = [s for s in recent if s.tie.days == 1]
    spread = 1 / sum((hours[s.person] / total) ** 2 for s in recent)

    def figure(name: str, value: float, usual: str, because: str, of: Sequence[TieStatus]) -> Row:
        return Row(
            {"figure": name, "you": value, "usual": usual},
            because=because,
            section=FIGURES,
            evidence=_year(of, since),
        )

    def share(of: Sequence[TieStatus]) -> float:
        return sum(hours[s.person] for s in of) / total

    yield figure("people in touch", len(recent), "", f"{pluralize(round(total), 'hour')} with company noted", recent)
    yield figure("deep ties among them", len(deep), "5 to 15", join_names([s.person for s in deep], 3), deep)
    yield figure("time with deep ties", share(deep), "", "hands from .50, fingers below .25", deep)
    yield figure(
        "time with the top three",
        share(by_time[:3]),
        "0.70 of calls",
        join_names([s.person for s in by_time[:3]]),
        by_time[:3],
    )
    yield figure("time with the five deepest", share(by_depth[:5]), "0.40", "", by_depth[:5])
    yield figure("time with the fifteen deepest", share(by_depth[:15]), "0.60", "", by_depth[:15])
    yield figure("as if shared evenly by", spread, "", "1 / sum of squared shares", recent)
    yield figure("met once only", len(once) / len(recent), "", f"{len(once)} of {len(recent)} people", once)
    yield figure("depth per hour", sum(s.depth for s in recent) / total, "", "sum of depths / hours", recent)
    ranks = " ".join(f"{hours[s.person] / total:.2f}" for s in by_time[:RANKS])
    yield Row(
        {"figure": "signature by rank", "you": ranks, "usual": "steep, then flat"},
        because="share of time of the first, second, third …",
        section=FIGURES,
        evidence=_year(by_time[:RANKS], since),
    )


def _scene(stage: Stage, since: dt.date) -> Iterator[Row]:
    home = [s for s in stage.people if s.scene == stage.scene and s.last >= since]
    spent = sum(s.hours(since) for s in home)
    if not spent:
        return
    deep = sum(s.hours(since) for s in home if s.deep)
    yield Row(
        {
            "scene": stage.scene,
            "stage": stage.word,
            "people": len(home),
            "deep": sum(s.deep for s in home),
            "hours": spent,
            "deep_share": deep / spent,
            "depth_per_hour": sum(s.depth for s in home) / spent,
        },
        section=SCENES,
        evidence=_year(home, since),
    )


def _years(network: Network) -> Iterator[Row]:
    """Yield a row for each of the last years that notes tell of."""
    for year in range(max(1, network.today.year - YEARS + 1), network.today.year + 1):
        end = min(dt.date(year, 12, 31), network.today)
        start = dt.date(year, 1, 1)
        there = [s for s in tie_statuses(network.as_of(end)) if s.last >= start]
        contacts = [c for s in there for c in s.tie.contacts if c.date >= start]
        if len({c.date for c in contacts}) < LEAST_DAYS:
            continue
        hours = [s.hours(start) for s in there]
        total = sum(hours)
        yield Row(
            {
                "year": str(year) if end.month == 12 and end.day == 31 else f"{year} so far",
                "people": len(there),
                "new": sum(s.tie.contacts[0].date >= start for s in there),
                "deep": sum(s.deep for s in there),
                "hours": total,
                "five": sum(hours[:5]) / total,
            },
            section=PAST,
            evidence=contacts,
        )


def _verdict(deep: float, count: int, scenes: Sequence[Stage]) -> str:
    if deep >= HANDS and count >= 5:
        said = f"Hands: {deep:.0%} of your time goes to {pluralize(count, 'deep tie')}."
    elif deep < FINGERS or not count:
        said = f"Fingers: {deep:.0%} of your time goes to {pluralize(count, 'deep tie')}; you touch many and hold few."
    else:
        said = f"Between hands and fingers: {deep:.0%} of your time goes to {pluralize(count, 'deep tie')}."
    new = [stage.scene for stage in scenes if stage.word == "exploring" and stage.people]
    return f"{said} In {join_names(new)} it is fingers, as it should be while that is new." if new else said


def _three(network: Network, everybody: Sequence[TieStatus], scenes: Sequence[Stage], since: dt.date) -> list[str]:
    """Return the first three suggestions that apply."""
    return [words for words in _suggestions(network, everybody, scenes, since) if words][:3]


def _suggestions(
    network: Network, everybody: Sequence[TieStatus], scenes: Sequence[Stage], since: dt.date
) -> Iterator[str]:
    cold = [s for s in everybody if s.deep and s.word in ("cooling", "dormant")]
    if cold:
        names = [f"{s.person.name} ({duration_words(s.silence)} of silence)" for s in cold]
        yield f"Ring {join_names(names)}: a deep tie is kept with less than a new one takes."
    for stage in scenes:
        again = [s for s in stage.people if s.tie.days == 1 and s.silence <= YEAR_DAYS // 2 and s.person.path]
        if stage.word == "exploring" and again:
            known = join_names([s.person for s in again], 3)
            yield f"In {stage.scene} see two again before you meet the next ten: {known}."
    taking = sorted((s for s in everybody if not s.deep and s.hours(since) >= 1), key=lambda s: -s.hours(since))
    if taking:
        first = taking[0]
        yield (
            f"{first.person.name} takes {first.hours(since):.1f} hours a year at depth {first.depth:.2f}: meet alone, "
            "or let it be what it is."
        )
    for group in meeting_groups(network):
        if group.missing:
            yield f"{group.name} is losing {join_names([person for person, _ in group.missing])}: ask why."
    late = [one for one in open_promises(network) if one.mine and one.overdue]
    if late:
        yield f"Keep {pluralize(len(late), 'promise')} that {'is' if len(late) == 1 else 'are'} late: `netnotes chase`."
    nearest = next((s for s in everybody if s.label == "shallow"), None)
    if nearest:
        person = nearest.person.name
        yield f"{person} ({nearest.depth:.2f}) is nearest to becoming a deep tie: an hour alone counts most."
    yield "Write down who started it (`[by:: them]`): it shows who seeks you out."
    yield "Note how long it was (`(45 min)`): time together is most of what depth can see."
    yield "Look at the map once a month: `netnotes graph`."


def _year(people: Sequence[TieStatus], since: dt.date) -> list[Contact]:
    return [contact for s in people for contact in reversed(s.tie.contacts) if contact.date >= since]
