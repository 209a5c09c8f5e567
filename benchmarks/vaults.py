"""Make a big vault: people, daily notes and meeting notes of about 2 kB, the same for the same seed.

    python -m benchmarks.vaults NOTES FOLDER [--seed N] [--people SHARE]

Front-matter in four of five notes, about three links each, some code and comments, five years of dates.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from pathlib import Path

FIRST = (
    "Ada Bo Cy Dora Emil Fay Gus Hana Ivo Jun Kai Lea Mo Nia Oto Pia Quin Ria Sol Tom Uma Vic Wes Xia Yan Zoe".split()
)
LAST = (
    "Abel Berg Cruz Diaz Eden Falk Gray Holm Ito Jung Kerr Lind Moss "
    "Nash Orr Park Quist Reed Shaw Tran Ueda Vale Wolf Xu Yoon Zahn"
).split()
WORDS = (
    "we spoke about the harbour and the long road home while rain fell on the market and nobody minded the hour "
    "there was bread and a plan for spring with numbers that did not add up until the second cup of tea "
).split()
END = dt.date(2026, 6, 30)
DAYS = 5 * 365


def make(notes: int, root: Path, seed: int = 1, people_share: float = 0.3) -> None:
    """Write a vault of `notes` notes below `root`; `people_share` of them are people, a tenth daily notes."""
    rng = random.Random(seed)
    people = [f"{rng.choice(FIRST)} {rng.choice(LAST)} {n}" for n in range(max(1, int(notes * people_share)))]
    # A few are met often and most hardly ever, as in life.
    weights = [1 / (rank + 2) for rank in range(len(people))]
    for name in people:
        _write(root / "People" / f"{name}.md", _person(rng, name))
    dailies = min(notes // 10, DAYS)
    for n in range(dailies):
        day = END - dt.timedelta(n)
        _write(root / "Daily" / f"{day}.md", _daily(rng, day, rng.choices(people, weights, k=3)))
    for n in range(notes - len(people) - dailies):
        day = END - dt.timedelta(rng.randrange(DAYS))
        _write(
            root / "Meetings" / f"{day:%Y}" / f"{day} {n}.md",
            _meeting(rng, day, rng.choices(people, weights, k=rng.choice((1, 1, 2, 3, 6)))),
        )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _prose(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def _filler(rng: random.Random) -> str:
    extra = rng.random()
    code = "\n```python\nprint('[[not a link]]')\n```\n" if extra < 0.2 else ""
    comment = "\n%% remember to ask %%\n" if extra > 0.85 else ""
    return (
        f"\n## Notes\n\n{_prose(rng, 110)}\n{code}{comment}\n"
        f"- {_prose(rng, 25)}\n- {_prose(rng, 25)} #idea\n\n{_prose(rng, 110)}\n"
    )


def _person(rng: random.Random, name: str) -> str:
    head = (
        f"---\ntype: person\naliases:\n  - {name.partition(' ')[0]}{rng.randrange(10**6)}\n"
        f"company: {rng.choice(LAST)} & Co\nscene: {rng.choice(('home', 'trade', 'lisbon'))}\n---\n"
    )
    return (head if rng.random() < 0.8 else "#person\n") + f"# {name}\n{_filler(rng)}"


def _daily(rng: random.Random, day: dt.date, who: list[str]) -> str:
    a, b, c = who
    return f"# {day}\n\n- Lunch with [[{a}]] and [[{b}]] (45 min)\n- Called [[{c}]], 20 min\n{_filler(rng)}"


def _meeting(rng: random.Random, day: dt.date, who: list[str]) -> str:
    names = list(dict.fromkeys(who))
    links = "".join(f'  - "[[{name}]]"\n' for name in names)
    length = rng.choice((15, 30, 45, 60, 90))
    body = "".join(f"- [[{name}]] {_prose(rng, 12)}\n" for name in names[:3])
    if rng.random() < 0.75:
        return (
            f"---\ndate: {day}\nminutes: {length}\ninitiated_by: {rng.choice(('me', 'them'))}\nattendees:\n"
            f"{links}---\n{body}{_filler(rng)}"
        )
    return f"# Meeting\n\n{body}{_filler(rng)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=float, default=0.3)
    given = parser.parse_args()
    make(given.notes, given.folder, given.seed, given.people)
