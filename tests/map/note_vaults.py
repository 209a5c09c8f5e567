"""Made-up vaults without people, as people publish them: path → text. Same number and seed, same notes."""

from __future__ import annotations

import datetime as dt
import random

TOPICS = ("attention", "gardens", "maps", "memory", "rivers", "tools", "weather", "writing")
WORDS = (
    "against as beyond by craft decay edge field form ground habit in light measure method noise of on pattern place "
    "play "
    "practice question rhythm scale shape signal slow structure taste trace without work"
).split()
BEGIN = dt.date(2020, 1, 1)


def zettelkasten(count: int = 400, seed: int = 1) -> dict[str, str]:
    """Return notes in one folder, dated by name, each linking some that came before it; some of these link back."""
    dice = random.Random(seed)
    topics = [dice.choice(TOPICS) for _ in range(count)]
    names = []
    for number, topic in enumerate(topics):
        day = BEGIN + dt.timedelta(days=4 * number + dice.randint(0, 3))
        names.append(f"{day:%Y%m%d}{dice.randint(800, 2200):04} {topic} {' '.join(dice.sample(WORDS, 2))}")
    links: list[list[int]] = [[] for _ in range(count)]
    for number in range(1, count):
        own = [other for other in range(number) if topics[other] == topics[number]]
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            other = dice.choice(own) if own and dice.random() < 0.85 else dice.randrange(number)
            links[number] += [other] * dice.choice((1, 1, 2))
            if dice.random() < 0.3:
                links[other].append(number)
    notes = {f"{name}.md": _text(dice, [names[other] for other in links[at]]) for at, name in enumerate(names)}
    return notes | {"Index.md": _text(dice, [names[topics.index(topic)] for topic in dict.fromkeys(topics)])}


def garden(seed: int = 2) -> dict[str, str]:
    """Return notes in folders, with a map of contents for each topic, as documentation and digital gardens do."""
    dice = random.Random(seed)
    notes: dict[str, list[str]] = {"index.md": [f"{topic} MOC" for topic in TOPICS]}
    for at, topic in enumerate(TOPICS):
        own = [f"{topic} {word}" for word in dice.sample(WORDS, 8 + 3 * at)]
        notes[f"Maps/{topic} MOC.md"] = [*own, "index"]
        for name in own:
            folder = dice.choice(("Concepts", "Concepts", "Guides", "Reference", "Evergreen/drafts"))
            others = dice.sample(own, dice.randint(0, 3)) + (
                [f"{dice.choice(TOPICS)} MOC"] if dice.random() < 0.2 else []
            )
            notes[f"{folder}/{name}.md"] = others + ([f"{topic} MOC"] if dice.random() < 0.7 else [])
    created = {path: BEGIN + dt.timedelta(days=dice.randint(0, 1500)) for path in notes}
    return {path: f"---\ncreated: {created[path]}\n---\n{_text(dice, links)}" for path, links in notes.items()}


def journal(count: int = 2000, seed: int = 3) -> dict[str, str]:
    """Return daily notes alone: each links the day before, some a day long ago, and topics that have no note."""
    dice = random.Random(seed)
    days = [str(BEGIN + dt.timedelta(days=at)) for at in range(count)]
    notes = {}
    for at, day in enumerate(days):
        links = [days[at - 1]] if at and dice.random() < 0.8 else []
        links += [days[at + 1]] if at + 1 < count and dice.random() < 0.3 else []
        links += [days[max(0, at - 7 * dice.randint(1, 60))]] if at > 7 and dice.random() < 0.25 else []
        notes[f"Daily/{day[:4]}/{day}.md"] = _text(dice, [*links, dice.choice(TOPICS)])
    return notes


def _text(dice: random.Random, links: list[str]) -> str:
    return "\n".join(f"{' '.join(dice.sample(WORDS, 4))} [[{link}]]." for link in links) + "\n"
