"""scenes: the stage of each scene, and what to do next. Rules with visible numbers, not measurements.

sigma = ½ min(1, people met/15) + ½ min(1, deep ties/5), at most .3 while the scene is younger than 90 days
below .35 exploring: look for leads; above .65 focused: few and deep; between: narrowing
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from netnotes.api import Contact, Network, Person, Problem, Remark, Row, Tie, report
from netnotes.insights import (
    SceneStage,
    TieStatus,
    add_days,
    day_words,
    depth_text,
    join_names,
    pluralize,
    scene_stages,
    tie_statuses,
)

NETNOTES_API = 1
MEANS = {
    "exploring": "New to you: meet many people, then see a few of them again.",
    "narrowing": "You know some people: choose whom to see more of.",
    "focused": "You know it well: go deep with a few.",
}
FEW = 5
"""The most names in a sentence."""
ONCE_DAYS = 180
"""Days after which someone met once is no longer a lead."""
YEAR_DAYS = 365
LEAST_HOURS = 1.0
"""Least time in a year that is worth taking back."""


@report("Scenes", reads=("depth", "warmth?", "follow_up?"))
def scenes(network: Network, options: object) -> Iterator[Row | Remark | Problem]:
    r"""Show how far you are in each scene, and what to do next there.

    A scene is a setting in which you meet people: `scene: lisbon` or `#scene/lisbon` in a note, or a folder named in
    netnotes.toml. It begins with its first encounter, unless `[scenes.lisbon] since = 2026-04-01` says when. When a
    scene is new, meet many people (exploring); then choose (narrowing); then go deep with a few (focused).

    \b
    Example:
      netnotes scenes ~/Notes
      netnotes scenes ~/Notes --details
    """
    del options
    statuses = tie_statuses(network)
    found = scene_stages(network, statuses)
    if not found:
        yield Remark("No scenes yet: write `scene: lisbon` into a meeting or a person's note, or tag it #scene/lisbon.")
        return
    company = _company(network, found)
    advice = {stage.scene: list(_advice(stage, network, statuses, company)) for stage in found}
    for stage in found:
        yield Row(
            {
                "name": stage.scene,
                "stage": stage.word,
                "progress": stage.sigma,
                "people": len(stage.people),
                "deep": len(stage.deep),
            },
            because=MEANS[stage.word],
            evidence=_evidence(stage),
            more={
                "since": stage.since,
                "sigma": stage.sigma,
                "sum": _sum(stage),
                **{name: people for name, people, _ in advice[stage.scene]},
                "leads": stage.leads,
            },
        )
    for stage in found:
        for _, people, words in advice[stage.scene]:
            if words:
                yield Remark(words, section=f"{stage.scene}: {stage.word}", named=people)


def _sum(stage: SceneStage) -> str:
    """Say how sigma was computed."""
    people, deep = min(len(stage.people), 15), min(len(stage.deep), 5)
    text = f"½·{people}/15 + ½·{deep}/5"
    if stage.young and people / 30 + deep / 10 > stage.sigma:
        until = f" until {stage.grown.isoformat()}" if stage.grown else ""
        text += f", at most .3 in its first 90 days{until}"
    return text


Advice = tuple[str, Sequence[Person], str]
"""(column of the JSON, whom it names, the sentence)."""


def _advice(
    stage: SceneStage, network: Network, statuses: Sequence[TieStatus], company: dict[str, dict[Person, int]]
) -> Iterator[Advice]:
    if stage.word == "focused":
        yield from _focused(stage, network.today)
        return
    once = [s for s in stage.people if s.tie.days == 1 and s.silence <= ONCE_DAYS]
    once.sort(key=lambda s: (s.person.path is None, -s.depth, s.person.id))
    yield _naming("once", "Met once, not again", once, FEW)
    introducers = _introducers(statuses, company[stage.scene])
    yield "doors", [s.person for s, _ in introducers], _introducers_sentence(introducers)
    if stage.word == "exploring":
        yield "next", (), _leads(stage, network.today)
    else:
        rising = [s for s in stage.people if not s.deep and s.tie.days > 1 and s.scene == stage.scene][:FEW]
        wanted = max(0, 5 - len(stage.deep))
        yield (
            "rising",
            [s.person for s in rising],
            (
                f"{pluralize(wanted, 'more deep tie')} would make five. "
                f"Nearest: {join_names([_with_depth(s) for s in rising], FEW)}."
                if wanted and rising
                else ""
            ),
        )


def _introducers(statuses: Sequence[TieStatus], known: dict[Person, int]) -> list[tuple[TieStatus, int]]:
    """Return who could introduce me: my deep ties first, then people at home there, by how many they know there."""
    ranked = [(s, known.get(s.person, 0)) for s in statuses if known.get(s.person, 0) > 1]
    ranked.sort(key=lambda pair: (not pair[0].deep, -pair[1] * pair[0].depth, pair[0].person.name))
    return ranked[:3]


def _introducers_sentence(introducers: Sequence[tuple[TieStatus, int]]) -> str:
    if not introducers:
        return ""
    names = [f"{s.person.name} (knows {known} there, depth {depth_text(s.depth)})" for s, known in introducers]
    return f"Who could introduce you: {join_names(names)}."


def _leads(stage: SceneStage, today: dt.date) -> str:
    if stage.leads:
        people = pluralize(stage.leads, "more person", "more people")
        return f"Meet {people} before you choose: say yes to most invitations."
    known = pluralize(len(stage.people), "person", "people")
    until = f" until {day_words(stage.grown, today)}" if stage.young and stage.grown else " for now"
    return f"You have met {known}, plenty{until}; follow up with two or three before meeting more."


def _focused(stage: SceneStage, today: dt.date) -> Iterator[Advice]:
    five = stage.deep[:FEW]
    deepest = "Your five" if len(five) == FEW else "Your few"
    yield "five", [s.person for s in five], f"{deepest}: {join_names([_with_depth(s) for s in five], FEW)}."
    since = add_days(today, -YEAR_DAYS)
    others = [s for s in stage.people if not s.deep and s.by_silence]
    spent = [(s.hours(since), s) for s in others if s.scene == stage.scene]
    taking = sorted(
        (pair for pair in spent if pair[0] >= LEAST_HOURS), key=lambda pair: (-pair[0], pair[1].person.name)
    )[:3]
    names = [f"{s.person.name} ({hours:.1f} hours this year, depth {depth_text(s.depth)})" for hours, s in taking]
    yield (
        "without_depth",
        [s.person for _, s in taking],
        (f"A lot of time, not much depth: {join_names(names)}. See them one-to-one, or less often." if taking else ""),
    )
    rest = [s for s in others if s.word == "dormant" and s.scene == stage.scene]
    yield _naming("rest", "Let go", rest, 3)


def _naming(column: str, lead: str, who: Sequence[TieStatus], most: int) -> Advice:
    people = [status.person for status in who]
    return column, people, f"{lead}: {join_names(people, most)}." if people else ""


def _with_depth(status: TieStatus) -> str:
    return f"{status.person.name} ({depth_text(status.depth)})"


def _company(network: Network, found: Sequence[SceneStage]) -> dict[str, dict[Person, int]]:
    """Return scene → person → how many of those at home there they were seen together with."""
    home = {s.person: stage.scene for stage in found for s in stage.people if s.scene == stage.scene}
    wanted = {stage.scene for stage in found if stage.word != "focused"}
    seen: dict[str, defaultdict[Person, int]] = {stage.scene: defaultdict(int) for stage in found}
    for tie in network.alter_ties:
        for person, other in (tie.people, tie.people[::-1]):
            if home.get(other) in wanted and not person.ignored:
                seen[home[other]][person] += _counts(tie)
    return {scene: dict(people) for scene, people in seen.items()}


def _counts(tie: Tie) -> int:
    """Return 1 if two people were together in a company small enough to speak to each other."""
    return int(any(contact.others <= 12 for contact in tie.contacts))


def _evidence(stage: SceneStage) -> list[Contact]:
    contacts = [c for s in stage.people for c in s.tie.contacts if stage.scene in (c.context, s.scene)]
    if not contacts:
        # A scene that is only known by its place.
        contacts = [s.tie.contacts[0] for s in stage.people]
    return sorted(contacts, key=lambda c: (c.date, c.encounter.path, c.encounter.line))
