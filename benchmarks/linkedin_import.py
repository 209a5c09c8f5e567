"""A vault with a dozen friends and the thousand connections that an import of LinkedIn brings, and its map."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from pathlib import Path

from netnotes.app import imports
from netnotes.app.workspace import open_workspace
from netnotes.importers import linkedin
from netnotes.importers import plan as planning
from netnotes.outcome import Outcome
from netnotes.writing.apply import WriteContext
from netnotes.writing.journal import Journal

CONNECTIONS = 1_000
FRIENDS = (
    "Nela Vrba", "Idris Farrow", "Tove Aalto", "Ravi Menon", "Olena Shevchuk", "Chloé Léger", "Bea Kovács", "Rui Lima",
    "Sanne Bos", "Ana Horvat", "Linh Tran", "Tomáš Novák",
)  # fmt: skip
_FIRST = "Ada Bo Cy Dee Ed Flo Gus Hal Ivy Jo Kit Lou Max Ned Oz Pam Quin Rae Sol Ty Una Vic Wes Xan Yves".split()
_LAST = (
    "Ash Birch Cole Dale Elm Ford Gale Hart Ince Jarvis Kerr Lamb Moor Nash Oakes Pike Quail Reed Stone Thorn".split()
)
_CITIES = ("Harbour", "Mill", "Quarry")


def outcome(today: dt.date) -> Outcome:
    """Return the outcome of such a vault, made in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "Notes"
        _write_friends(root, today)
        space = open_workspace(root)
        vault, known = space.run(today)
        found = linkedin.read(_connections(today).encode())
        plan = planning.plan("linkedin", found, known.network.people, (), today=today, folder="LinkedIn")
        now = dt.datetime.combine(today, dt.time(12), dt.UTC)
        drafts = imports.drafts(plan, "linkedin", space, vault, now, "months")
        imports.apply(drafts, WriteContext(root, Journal(Path(folder) / "journal"), now, command="import linkedin"))
        return open_workspace(root).run(today)[1]


def _write_friends(root: Path, today: dt.date) -> None:
    (root / "People").mkdir(parents=True)
    (root / "Daily").mkdir()
    (root / "netnotes.toml").write_text('[people]\nfolders = ["People", "LinkedIn"]\n', encoding="utf-8")
    days: dict[dt.date, list[str]] = {}
    for number, name in enumerate(FRIENDS):
        (root / f"People/{name}.md").write_text(
            f"---\ntype: person\nscene: {_CITIES[number % 3]}\n---\n", encoding="utf-8"
        )
        for each in range(40 - 3 * number):
            day = today - dt.timedelta(3 + each * (9 + number) + number)
            other = f" and [[{FRIENDS[(number + 3) % 12]}]]" if each % 4 == 0 else ""
            days.setdefault(day, []).append(f"- dinner with [[{name}]]{other}, 2h\n")
    for day, lines in days.items():
        (root / f"Daily/{day}.md").write_text("".join(lines), encoding="utf-8")


def _connections(today: dt.date) -> str:
    names = itertools.islice(itertools.product(_FIRST, "ABC", _LAST), CONNECTIONS)
    rows = (
        f"{first} {middle}.,{last},https://www.linkedin.com/in/{number},,,,{today - dt.timedelta(number):%d %b %Y}\n"
        for number, (first, middle, last) in enumerate(names, 1)
    )
    return "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n" + "".join(rows)
