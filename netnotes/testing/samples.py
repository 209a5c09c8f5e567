"""Difficult networks, notes and files, as in real vaults, on which plugins are checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from netnotes.frozen import frozen
from netnotes.model import Encounter, Initiative, Note, Passage, Person, Problem, Promise, Scene
from netnotes.network.network import Network, build_network
from netnotes.plugin.notes import SourceFile, Sources

TODAY = dt.date(2026, 6, 30)
ME = Person("me", "me", me=True)
NAMES = (
    "Zoë Ångström",
    "Zoe\u0301 A\u030angstro\u0308m",
    "王小明",
    "محمد",
    "שרה",
    "👩\u200d🔬 Ada",
    "a" * 5000,
    "\u202egnirts",
    "<b>Bob</b>",
    "O'Brien; DROP TABLE",
    "[[Link]]",
    "{{name}}",
    "%s %d {0}",
    "..",
    "con",
    "🙂" * 40,
)
"""Names that people have, or that break programs."""
ODD: tuple[Mapping[str, object], ...] = (
    {"closeness": "very"},
    {"closeness": None},
    {"company": ["A", "B"]},
    {"company": {"name": "A"}},
    {"mood": float("nan")},
    {"birthday": "02-30"},
    {"birthday": 19700101},
    {"birthday": "1970-01-01"},
    {"company": ""},
    {"company": " "},
    {"energy": True},
    {"tags": "a, b"},
    {"role": "x" * 5000},
    {"trust": -1},
    {"cadence": []},
    {"energy": "9" * 400},
)
"""Properties with values of every YAML type, also of unexpected ones."""


ODD_VALUES: tuple[object, ...] = (
    *("words", "", "2026-06-30 Ada", "9" * 400, 3, -1, 4.5, float("nan"), True, None),
    *(TODAY, ["Ada", "Bob"], [], {"name": "Ada"}),
)
"""Values that users write into a property."""


def _odd(names: Collection[str]) -> Iterator[Mapping[str, object]]:
    """Yield odd properties; `names` are those that a plugin may look for."""
    yield from ODD
    if names:
        yield from (dict.fromkeys(names, value) for value in ODD_VALUES)


def networks(names: Collection[str] = ()) -> Iterator[tuple[str, Network]]:
    """Yield (title, network). Some people have the properties `names` with odd values."""
    yield "an empty network", build_network((), ME, (), TODAY)
    yield "one tie", network([person("Ada")], 3)
    yield "people never met", network([person("Ada"), person("Bob")], 0)
    yield (
        "names of every script",
        network([person(name, f"People/{n}.md") for n, name in enumerate(NAMES)], 4),
    )
    yield "people of one name", network([person("Ada", f"{folder}/Ada.md") for folder in "ABC"], 4)
    yield "people without notes", network([Person(f"?{name}", name) for name in ("ada", "bob")], 4)
    yield (
        "properties missing or odd",
        network([person(f"P{n}", properties=odd) for n, odd in enumerate(_odd(names))], 3),
    )
    yield "the first and the last day there is", _ends_of_time()
    yield "a crowd", network([person(f"P{n:03}") for n in range(60)], 2, together=60)
    yield "contact of every kind", _of_every_kind()


def notes(names: Collection[str] = ()) -> Iterator[tuple[str, tuple[Note, ...]]]:
    """Yield (title, notes). Some have the properties `names` with odd values."""
    yield "no notes", ()
    yield "an empty note", (Note("Empty.md", "0" * 64),)
    yield (
        "properties missing or odd",
        tuple(Note(f"{n}.md", "0" * 64, block="yaml", properties=odd) for n, odd in enumerate(_odd(names))),
    )
    yield (
        "names of every script",
        tuple(
            Note(f"{name[:100].replace('/', '_')}.md", "0" * 64, properties={"people": [name]}, links=(name,))
            for name in NAMES
        ),
    )
    yield "a note that could not be read", (Note("Broken.md", "0" * 64, block="invalid"),)
    yield "passages of every kind", (Note("Daily.md", "0" * 64, passages=tuple(_passages())),)


FILES: tuple[tuple[str, bytes], ...] = (
    ("an empty file", b""),
    ("a file of spaces", b" \r\n\t\n"),
    ("a file that is no text", bytes(range(256)) * 4),
    ("a file in UTF-16", "BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n".encode("utf-16")),
    ("a file with a byte order mark", b"\xef\xbb\xbfdate,name\r\n2026-06-01,Ada\r\n"),
    ("a calendar that is cut off", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026\r\nATTENDEE;CN="),
    ("a mailbox that is cut off", b"From ada@example.org Tue Jun 02\nFrom: \nDate: yesterday\n\n"),
    ("a table with odd rows", b'date,name\n2026-02-30,Ada\n"2026-06-01\n,,,\n2026-06-01,\n'),
    ("a line of a megabyte", b"x" * 1_000_000),
    ("JSON of another kind", b'[{"a": null}, 1, "b", [[]]]'),
)
"""Contents of real files, and of files that a program left incomplete."""
WORDS = "# Ada\n\n- coffee with [[Ada]] (1h), we laughed\n\n## \n\u202e%s {0} <b>\n"


def _words(path: str) -> str:
    return "" if path.endswith(("1.md", "B/Ada.md")) else WORDS


SOURCES = Sources(_words)
"""The text of notes, for plugins that read it."""


def files(patterns: Sequence[str]) -> Iterator[tuple[str, tuple[Note, ...], Sources]]:
    """Yield (title, notes, sources) for a reader of files."""
    for title, data in FILES:

        def fitting(pattern: str, title: str = title, data: bytes = data) -> tuple[list[SourceFile], list[Problem]]:
            named = [each for each in patterns if each == pattern]
            return [SourceFile(each.replace("*", "specimen"), title, partial(bytes, data)) for each in named], []

        yield title, (), Sources(files=fitting)


def many(ties: int, encounters: int) -> Network:
    """Return a network of `ties` ties with `encounters` encounters each."""
    return network([person(f"P{n:05}", scene=f"scene {n % 7}") for n in range(ties)], encounters)


def person(
    name: str,
    path: str | None = None,
    *,
    scene: str | None = None,
    properties: Mapping[str, object] | None = None,
) -> Person:
    """Return a person with a note."""
    place = path or f"People/{name}.md"
    return Person(place, name, path=place, scene=scene, properties=frozen(dict(properties or {})))


def network(people: list[Person], times: int, *, together: int = 1) -> Network:
    """Return the network in which the people were met `together` at a time, `times` times each."""
    met = [
        _encounter(TODAY - dt.timedelta(days=11 * time + at % 10), tuple(people[at : at + together]), time)
        for time in range(times)
        for at in range(0, len(people), together)
    ]
    return build_network(people, ME, met, TODAY)


def _encounter(day: dt.date, people: tuple[Person, ...], time: int) -> Encounter:
    starters: tuple[Initiative | None, ...] = ("me", "them", None, "both")
    return Encounter(
        day,
        people,
        f"Daily/{day}.md",
        time + 1,
        30.0 + time,
        channel="in person",
        initiated_by=starters[time % 4],
    )


def _ends_of_time() -> Network:
    ada = person("Ada")
    days = (dt.date.min, dt.date(1970, 1, 1), dt.date.max)
    return build_network([ada], ME, [Encounter(day, (ada,), "Daily.md", 1) for day in days], dt.date.max)


def _of_every_kind() -> Network:
    ada, bob = person("Ada", scene="Lisbon"), person("Bob")
    channels = ("in person", "call", "message", "mail", "card", None)
    met = [
        Encounter(
            TODAY - dt.timedelta(days=n),
            (ada, bob) if n % 2 else (ada,),
            "Daily.md",
            n + 1,
            channel=channel,
            minutes_by_person={ada.id: 7.5} if n % 3 == 0 else {},
            scene="Porto" if n == 1 else None,
            clock=n * 60,
        )
        for n, channel in enumerate(channels)
    ]
    plan = Encounter(TODAY + dt.timedelta(days=3), (bob,), "Plans.md", 1)
    found = build_network([ada, bob], ME, [*met, plan], TODAY)
    owed = Promise((bob,), "send [[Bob]] the figures", "Tasks.md", 4, "me", TODAY, None)
    return replace(found, promises=(owed,), find_scenes=lambda: (Scene("Lisbon", None, (ada,)),))


def _passages() -> Iterator[Passage]:
    for line, kind in enumerate(("heading", "paragraph", "item", "row", "quote"), 1):
        yield Passage(line, kind)
        yield Passage(line, kind, date=TODAY, minutes=30.0, fields={"key": "value"}, task=" ", text="send it")
