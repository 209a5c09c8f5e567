"""Made-up networks of any size for the tests and measurements of the map; same number and seed, same outcome."""

from __future__ import annotations

import datetime as dt
import functools
import random
import re
from collections.abc import Sequence

from netnotes.model import Encounter, Person, Tie
from netnotes.network.network import Network, build_network
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Field, Score
from netnotes.scoring.depth import DEPTH, depths
from netnotes.scoring.scores import Scores

TODAY = dt.date(2026, 3, 1)
FIRST = re.findall(
    r"\S+",
    "Ada Bea Carl Dora Emil Fatima Gregor Hanna Ivo Jana Kemal Lena Marek Nadia Oskar Paula Quirin Rosa "
    "Samir Tilda Uwe Vera Wanda Xenia Yusuf Zoë Åsa Björn Chloé Dušan Élodie Fenja Giulia Håkon İlker "
    "João Katarzyna Łukasz Mónica Nuño Öykü Priya Rémi Siân Thảo Ümit Vit Wim Yael Zoltán",
)
LAST = re.findall(
    r"\S+",
    "Abel Brandt Castro Dietz Engel Ferrer Grau Haas Ibsen Jansen Keller Lund Moreau Novák Okafor Pereira "
    "Quist Rossi Silva Tanaka Urban Vogel Weiß Ximénez Yıldız Zając Andersen Bauer Çelik Dvořák Eriksen "
    "Fuchs Gómez Horváth Iyer",
)
SCENES = (
    "Berlin",
    "Climbing",
    "Family",
    "Design work",
    "Lisbon",
    "University",
    "Chess club",
    "Choir",
    "Neighbours",
)
COMPANIES = (
    "Nordlicht",
    "Acme",
    "Quarry & Sons",
    "Studio Vier",
    "Hafen AG",
    "Lindqvist",
    "Tessera",
    "Blauwerk",
)
PARTS = {"know": 0.6, "like": 0.2, "trust": 0.2}


@functools.cache
def outcome(
    count: int, *, seed: int = 1, met: float = 1.0, scenes: int | None = None, gatherings: int | None = None
) -> Outcome:
    """Return an outcome with `count` people, of whom a share of `met` were ever met.

    Most people of a large network are met once. `gatherings` bring several people of one scene together.
    """
    dice = random.Random(seed)
    wanted = min(len(SCENES), max(1, count // 6)) if scenes is None else scenes
    people = [_person(dice, i, wanted) for i in range(count)]
    encounters = _encounters(dice, people[: round(count * met)], gatherings)
    network = build_network(people, Person("Me.md", "Robin", path="Me.md", me=True), encounters, TODAY)
    return Outcome(network, scores(network, dice))


def _person(dice: random.Random, number: int, scenes: int) -> Person:
    first, last = FIRST[number % len(FIRST)], LAST[(number * 7 + number // len(FIRST)) % len(LAST)]
    again = number // (len(FIRST) * len(LAST))
    name = f"{first} {last}" + (f" {again + 1}" if again else "")
    scene = (
        SCENES[min(int(dice.expovariate(1.0) * scenes / 2.2), scenes - 1)] if scenes and dice.random() < 0.93 else None
    )
    properties = {"company": dice.choice(COMPANIES)} if dice.random() < 0.6 else {}
    path = f"People/{name} {number}.md" if dice.random() < 0.95 else None
    aliases = (first,) if dice.random() < 0.2 else ()
    return Person(path or f"?{name.casefold()} {number}", name, path, aliases, scene, properties=properties)


def _encounters(dice: random.Random, people: Sequence[Person], gatherings: int | None) -> list[Encounter]:
    """Meet few people often and most of them once: how often falls with rank, as it does in life."""
    found = []
    circles: dict[str | None, list[Person]] = {}
    for person in people:
        circles.setdefault(person.scene, []).append(person)
    scale = 160 * min(1.0, (len(people) / 150) ** 0.6)
    order = dice.sample(range(len(people)), len(people))
    for rank, index in enumerate(order):
        person = people[index]
        often = max(1, round(scale / (1.5 + rank) ** 0.95 * dice.uniform(0.5, 1.4)))
        since = dice.randint(30, 1500) if often > 2 else dice.randint(5, 1500)
        quiet = dice.choice((3, 10, 25, 60, 200)) if rank > 3 else 3
        circle = circles[person.scene]
        near = circle.index(person) if len(circle) < 400 else 0
        for _ in range(often):
            day = TODAY - dt.timedelta(days=dice.randint(min(quiet, since - 1), since))
            company = [person]
            if often > 1 and dice.random() < 0.35:
                for _ in range(dice.choice((1, 1, 2, 3))):
                    other = circle[(near + round(dice.gauss(0, 3))) % len(circle)]
                    if other not in company:
                        company.append(other)
            meeting = dice.random() < 0.4
            found.append(
                Encounter(
                    date=day,
                    people=tuple(company),
                    path=f"Meetings/{day} {person.name}.md" if meeting else f"Daily/{day}.md",
                    line=dice.randint(3, 60),
                    minutes=dice.choice((None, 20.0, 45.0, 60.0, 90.0)),
                    channel=dice.choice(("in person", "in person", "call", "message", None)) if often > 1 else "card",
                    initiated_by=dice.choice((None, "me", "them", "both")),
                    scene=person.scene,
                    title=f"{day} {person.name}" if meeting else None,
                )
            )
    known = people if gatherings else people[:400]
    for number in range(len(known) // 4 if gatherings is None else gatherings):
        first = known[dice.randrange(len(known))]
        circle = circles[first.scene]
        start = dice.randrange(len(circle))
        day = TODAY - dt.timedelta(days=dice.randint(5, 1500))
        there = [circle[i % len(circle)] for i in range(start, start + min(len(circle), dice.randint(3, 7)))]
        title = f"{day} gathering {number}"
        path = f"Meetings/{title}.md"
        found.append(Encounter(day, tuple(there), path, 5, minutes=120.0, scene=first.scene, title=title))
    return found


def scores(network: Network, dice: random.Random | None = None) -> Scores:
    """Score a network roughly as the bundled plugins do: enough for pictures, not for truth."""
    dice = dice or random.Random(1)
    facts: dict[str, dict[Tie, Score]] = {name: {} for name in (*PARTS, "warmth", "follow_up", "initiative")}
    for tie in network.ties:
        if tie.last is None:
            continue
        amount = sum(min(1.0, contact.minutes / 60) / contact.others for contact in tie.contacts)
        alone = sum(1 / contact.others for contact in tie.contacts) / len(tie.contacts)
        facts["know"][tie] = Score(tie, 1 - (1 + amount) ** -0.42, f"{len(tie.contacts)} meetings, {amount:.1f} hours")
        facts["like"][tie] = Score(
            tie, dice.uniform(0.35, 1.0) * alone, dice.choice(("both start it", "mostly you start it"))
        )
        facts["trust"][tie] = Score(tie, (tie.span + 1) / (tie.span + 91), f"{tie.span // 30} months")
        rhythm = (tie.span + 14) / tie.days
        silence = (network.today - tie.last).days
        word = "warm" if silence <= 4 * rhythm else "cooling" if silence <= 8 * rhythm else "dormant"
        facts["warmth"][tie] = Score(tie, 0.5 ** (silence / (4 * rhythm)), f"silent for {silence} days", label=word)
        facts["follow_up"][tie] = Score(tie, tie.last + dt.timedelta(days=max(7, round(rhythm))), "by its own rhythm")
        facts["initiative"][tie] = Score(tie, dice.random(), "who writes first")
    facts["depth"] = depths(network.ties, facts, PARTS)
    fields = {name: Field(name, f"what {name} means") for name in facts if name != "depth"} | {"depth": DEPTH}
    return Scores(fields, dict.fromkeys(fields, "made"), facts, PARTS)
