"""profile: how my time is spread over people, compared with published figures, and a verdict.

    deep     (hands)    at least half of the year's time goes to deep ties, and there are five of them
    wide     (fingers)  less than a quarter of it does, or no one is deep
    between             everything else

The verdict and the suggestions are rules; the figures are sums over the notes; the usual values come from other
people's phones and diaries (Saramäki 2014, Dunbar 2018) and are not a norm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice

from netnotes.api import DEEP, THIN_DAYS, Contact, Network, Person, Problem, Remark, Row, report
from netnotes.insights import (
    SceneStage,
    TieStatus,
    add_days,
    depth_text,
    duration_words,
    join_names,
    meeting_groups,
    open_promises,
    pluralize,
    scene_stages,
    tie_statuses,
)

NETNOTES_API = 1
YEAR_DAYS = 365
YEARS = 6
"""The most years to look back over."""
LEAST_DAYS = 5
"""Fewest days with company from which a year can be judged."""
LEAST_PEOPLE = 10
TOO_FEW = "Too few people in a year's notes for a verdict."
RANKS = 10
"""Number of places in the social signature."""
BLOCKS = "▁▂▃▄▅▆▇█"
HANDS, FINGERS = 0.5, 0.25
"""Share of time that goes to deep ties."""
FIGURES, SCENES, PAST, VERDICT = "The last year", "By scene", "Over the years", "Verdict"


@report("Profile", reads=("depth", "warmth?", "follow_up?"))
def profile(network: Network, options: object) -> Iterator[Row | Remark | Problem]:
    r"""Show how you spend your time with people: deep with a few, or wide with many; and three suggestions.

    It compares the last year with what is usual, by scene and over the years. The essay behind NetNotes calls the two
    styles hands (hold hands with a few) and fingers (touch fingers with many).

    \b
    Example:
      netnotes profile ~/Notes
      netnotes profile ~/Notes --markdown
    """
    del options
    statuses = tie_statuses(network)
    since = add_days(network.today, -YEAR_DAYS)
    recent = [s for s in statuses if s.last >= since]
    if not recent:
        yield Remark("Your notes hold no contact in the last year, so there is no profile to show.")
        return
    hours = {s.person: s.hours(since) for s in recent}
    total = sum(hours.values())
    yield from _figures(recent, hours, total, since)
    scenes = scene_stages(network, statuses)
    for stage in scenes:
        yield from _scene(stage, since)
    yield from _years(network, statuses)
    deep = sum(hours[s.person] for s in recent if s.deep) / total
    few = len(recent) < LEAST_PEOPLE
    text = TOO_FEW if few else _verdict(deep, sum(s.deep for s in statuses), scenes)
    yield Remark(text, section=VERDICT)
    for number, (words, named) in enumerate(_three(network, statuses, scenes, since), 1):
        yield Remark(f"{number}. {words}", section=VERDICT, named=named)
    yield Remark(
        "These figures know only what you wrote down, not who you love, who needs you, or what an hour was worth. "
        "People at home are rarely in notes.",
        section=VERDICT,
    )


def _figures(recent: Sequence[TieStatus], hours: dict[Person, float], total: float, since: dt.date) -> Iterator[Row]:
    by_time = sorted(recent, key=lambda s: (-hours[s.person], s.person.id))
    by_depth = list(recent)
    deep = [s for s in recent if s.deep]
    once = [s for s in recent if s.tie.days == 1]
    spread = 1 / sum((hours[s.person] / total) ** 2 for s in recent)

    def figure(name: str, value: float, usual: str, because: str, of: Sequence[TieStatus], most: int = 0) -> Row:
        shown = f"{value:7.0%}  {_bar(value)}" if isinstance(value, float) else f"{value:7}"
        details = "; ".join(part for part in (usual and f"usual: {usual}", because) if part)
        return Row(
            {"figure": name, "you": value, "usual": usual},
            because=because,
            section=FIGURES,
            evidence=_year(of, since),
            named=[s.person for s in of[:most]],
            sentence=f"{name:29} {shown}  {details}".rstrip(),
        )

    def share(of: Sequence[TieStatus]) -> float:
        return sum(hours[s.person] for s in of) / total

    yield figure("people in touch", len(recent), "", f"{pluralize(round(total), 'hour')} together", recent)
    yield figure("deep ties among them", len(deep), "5 to 15", join_names([s.person for s in deep], 3), deep, 3)
    yield figure("time with deep ties", share(deep), "", "", deep)
    yield figure(
        "time with the top three",
        share(by_time[:3]),
        "70% of calls",
        join_names([s.person for s in by_time[:3]]),
        by_time[:3],
        3,
    )
    yield figure("time with the five deepest", share(by_depth[:5]), "40%", "", by_depth[:5])
    yield figure("time with the fifteen deepest", share(by_depth[:15]), "60%", "", by_depth[:15])
    yield figure("people met only once", len(once) / len(recent), "", f"{len(once)} of {len(recent)} people", once)
    yield figure("effective number of people", round(spread), "", "as if your time were shared evenly", recent)
    shares = [hours[s.person] / total for s in by_time[:RANKS]]
    ranks = " ".join(f"{share:.2f}" for share in shares)
    bars = "".join(BLOCKS[round(share / shares[0] * (len(BLOCKS) - 1))] for share in shares)
    yield Row(
        {"figure": "signature by rank", "you": ranks, "usual": "steep, then flat"},
        because="share of your time of the first, second, third …",
        section=FIGURES,
        evidence=_year(by_time[:RANKS], since),
        more={"effective_people": spread, "depth_per_hour": sum(s.depth for s in recent) / total},
        sentence=f"{'time by rank':38}{bars:10}  usual: steep, then flat",
    )


def _bar(share: float) -> str:
    """Return a share as a bar of ten columns."""
    full = round(max(0.0, min(1.0, share)) * 10)
    return "█" * full + "░" * (10 - full)


def _scene(stage: SceneStage, since: dt.date) -> Iterator[Row]:
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
        },
        section=SCENES,
        more={"depth_per_hour": sum(s.depth for s in home) / spent},
        evidence=_year(home, since),
    )


def _years(network: Network, statuses: Sequence[TieStatus]) -> Iterator[Row]:
    """Yield a row for each of the last years that notes describe."""
    years = range(max(1, network.today.year - YEARS + 1), network.today.year + 1)
    ends = [min(dt.date(year, 12, 31), network.today) for year in years]
    depths = network.history("depth", ends)
    for at, (year, end) in enumerate(zip(years, ends, strict=True)):
        start = dt.date(year, 1, 1)
        found = [_on_day(s, end, depth) for s in statuses if (depth := depths[s.tie][at]) is not None]
        there = sorted((s for s in found if s.last >= start), key=lambda s: (-s.depth, s.person.name, s.person.id))
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
                "share_of_five": sum(hours[:5]) / total,
            },
            section=PAST,
            more={"five": sum(hours[:5]) / total},
            evidence=contacts,
        )


def _on_day(status: TieStatus, day: dt.date, depth: float) -> TieStatus:
    """Return a tie as it was on an earlier day, without its warmth."""
    tie = status.tie.as_of(day)
    label = "thin" if tie.days < THIN_DAYS else "deep" if depth >= DEEP else "shallow"
    last = tie.last or day
    return TieStatus(tie, last, (day - last).days, depth, label)


def _verdict(deep: float, count: int, scenes: Sequence[SceneStage]) -> str:
    if deep >= HANDS and count >= 5:
        text = f"You invest deeply: {deep:.0%} of your time goes to {pluralize(count, 'deep tie')}."
    elif deep < FINGERS or not count:
        text = f"You spread wide: {deep:.0%} of your time goes to {pluralize(count, 'deep tie')}."
    else:
        text = f"Between deep and wide: {deep:.0%} of your time goes to {pluralize(count, 'deep tie')}."
    new = [stage.scene.title() for stage in scenes if stage.word == "exploring" and stage.people]
    return f"{text} In {join_names(new)} you spread wide, as one does at first." if new else text


Suggestion = tuple[str, Sequence[Person]]
"""Words, and whom they name."""


def _three(
    network: Network, statuses: Sequence[TieStatus], scenes: Sequence[SceneStage], since: dt.date
) -> list[Suggestion]:
    """Return the first three suggestions that apply."""
    return list(islice(_suggestions(network, statuses, scenes, since), 3))


def _suggestions(
    network: Network, statuses: Sequence[TieStatus], scenes: Sequence[SceneStage], since: dt.date
) -> Iterator[Suggestion]:
    cold = [s for s in statuses if s.deep and s.by_silence and s.word in ("cooling", "dormant")]
    if cold:
        names = [f"{s.person.name} (last contact {duration_words(s.silence)} ago)" for s in cold]
        words = f"Call {join_names(names)}: keeping a deep tie takes less than making a new one."
        yield words, [s.person for s in cold[:3]]
    for stage in scenes:
        again = [
            s
            for s in stage.people
            if s.tie.days == 1 and s.by_silence and s.silence <= YEAR_DAYS // 2 and s.person.path
        ]
        if stage.word == "exploring" and again:
            known = join_names([s.person for s in again], 3)
            words = f"In {stage.scene.title()}, see two people again before you meet ten more: {known}."
            yield words, [s.person for s in again[:3]]
    nearest = next((s for s in statuses if s.label == "shallow"), None)
    shallow = [s for s in statuses if not s.deep and s.by_silence and s is not nearest]
    taking = sorted((s for s in shallow if s.hours(since) >= 1 and _in_company(s)), key=lambda s: -s.hours(since))
    if taking:
        first = taking[0]
        words = (
            f"{first.person.name} took {first.hours(since):.1f} hours this year, at depth {depth_text(first.depth)}: "
            "see them one-to-one, or less often."
        )
        yield words, [first.person]
    for group in meeting_groups(network):
        if group.missing:
            away = [person for person, _ in group.missing]
            yield f"{group.name} is losing {join_names(away)}: ask why.", away[:3]
    late = [one for one in open_promises(network) if one.mine and one.overdue]
    if late:
        which = f"{pluralize(len(late), 'promise')} that {'is' if len(late) == 1 else 'are'} late"
        yield f"Keep the {which}: `netnotes chase`", ()
    if nearest:
        who = f"{nearest.person.name} ({depth_text(nearest.depth)})"
        yield f"{who} is nearest to becoming a deep tie: time one-to-one counts most.", [nearest.person]
    yield "Note who initiated (`[by:: them]`): it shows who seeks you out.", ()
    yield "Note how long it was (`(45 min)`): time together counts most.", ()
    yield "Look at the map once a month: `netnotes graph`", ()


def _in_company(status: TieStatus) -> bool:
    """Return whether others were there on most occasions."""
    return 2 * sum(contact.others > 1 for contact in status.tie.contacts) > len(status.tie.contacts)


def _year(people: Sequence[TieStatus], since: dt.date) -> list[Contact]:
    return [contact for s in people for contact in reversed(s.tie.contacts) if contact.date >= since]
