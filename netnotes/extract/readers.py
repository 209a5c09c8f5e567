"""Run the readers of plugins, and turn what they find in notes and files into encounters.

A reader sees every note except templates, or every file that it asked for, one after the other; if it fails on any of
them, all its findings are lost. It is not shown again what has not changed since the last run.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, cast

from netnotes.extract.people.resolver import Resolver
from netnotes.extract.scenes import named
from netnotes.incremental import ReaderFindings, ReaderMemory
from netnotes.model import Encounter, Note, Problem
from netnotes.plugin.call import TimeLimit, collect_facts, no_limit, placed, series
from netnotes.plugin.facts import FoundEncounter, FoundPerson
from netnotes.plugin.hooks import Plugin, Reader
from netnotes.plugin.notes import NO_SOURCES, File, SourceFile, Sources, shown
from netnotes.text.lexicon import channels

MOST_A_NOTE = 200
"""Most facts a reader may yield per note on average, plus a thousand; a reader that yields more is stopped."""
MOST_A_FILE = 20_000
"""The same for files, which may hold years of mail."""
CHANNELS = frozenset({channels.IN_PERSON, channels.CALL, channels.MESSAGE, channels.MAIL, channels.CARD})
INITIATIVES = frozenset({"me", "them", "both"})


class _Item(NamedTuple):
    """A note or a file to show to a reader."""

    path: str
    stamp: object
    """Equal while the content is unchanged."""
    show: Callable[[], object]


def read(
    notes: Sequence[Note],
    plugins: Sequence[Plugin],
    memory: ReaderMemory,
    *,
    sources: Sources = NO_SOURCES,
    limit: TimeLimit = no_limit,
    strict: bool = False,
) -> tuple[Problem, ...]:
    """Run the readers of `plugins` on `notes` and other files; keep what they find in `memory`, return the problems."""
    hooks = _readers(plugins)
    if memory.plugins != tuple(plugins):
        memory.plugins, memory.found = tuple(plugins), {}
    problems: list[Problem] = []
    for plugin, hook in hooks:
        items, unread = _items(notes, hook, sources)
        problems += [replace(problem, plugin=plugin.name) for problem in unread]
        key = (plugin.name, hook.name)
        found, failures = _run(plugin, hook, items, memory.found.pop(key, {}), limit=limit, strict=strict)
        problems += failures
        if found is None:
            continue
        memory.found[key] = found
        problems += [problem for there in found.values() for problem in there.problems]
    return tuple(problems)


def cards(memory: ReaderMemory) -> tuple[FoundPerson, ...]:
    """Return the people on the address cards that readers found."""
    return tuple(person for found in memory.found.values() for there in found.values() for person in there.people)


def encounters(memory: ReaderMemory, people: Resolver) -> tuple[Encounter, ...]:
    """Return the encounters that readers found, with the people they mean."""
    return tuple(
        met
        for plugin, hook in _readers(memory.plugins)
        for path, there in memory.found.get((plugin.name, hook.name), {}).items()
        for one in there.encounters
        if (met := _encounter(path, one, people, hook))
    )


def _readers(plugins: Sequence[Plugin]) -> list[tuple[Plugin, Reader]]:
    return [(plugin, hook) for plugin in plugins for hook in plugin.hooks if isinstance(hook, Reader)]


def _items(notes: Sequence[Note], hook: Reader, sources: Sources) -> tuple[list[_Item], list[Problem]]:
    """Return everything to show to a reader, and what could not be read."""
    if not hook.files:
        return [_Item(note.path, note, partial(shown, note, partial(sources.text, note.path))) for note in notes], []
    items: dict[str, _Item] = {}
    problems: list[Problem] = []
    for pattern in hook.files:
        files, unread = sources.files(pattern)
        problems += unread
        for file in files:
            items[file.path] = _Item(file.path, file.stamp, partial(_file, file))
    return list(items.values()), problems


def _file(found: SourceFile) -> File:
    return File(found.path, found.read())


def _run(
    plugin: Plugin,
    hook: Reader,
    items: Sequence[_Item],
    before: Mapping[str, ReaderFindings],
    *,
    limit: TimeLimit,
    strict: bool,
) -> tuple[dict[str, ReaderFindings] | None, list[Problem]]:
    """Return a reader's findings by path; None, and the failure, if it failed."""
    kept = {
        item.path: known
        for item in items
        if (known := before.get(item.path)) and (known.stamp is item.stamp or known.stamp == item.stamp)
    }
    fresh = [item for item in items if item.path not in kept]
    facts: dict[str, list[FoundEncounter]] = {item.path: [] for item in fresh}
    on_cards: dict[str, list[FoundPerson]] = {item.path: [] for item in fresh}
    problems_by_path: dict[str, list[Problem]] = {item.path: [] for item in fresh}
    reading = _Reading(hook)

    def take_problem(problem: Problem) -> None:
        of = placed(problem, plugin.name)
        problems_by_path[reading.path].append(of if of.path else replace(of, path=reading.path))

    def check(fact: Any) -> str | None:
        if type(fact) is FoundPerson:
            on_cards[reading.path].append(fact)
            return None
        fault = _fault(fact)
        if fault is None:
            facts[reading.path].append(fact)
        return fault

    most = 1000 + (MOST_A_FILE if hook.files else MOST_A_NOTE) * len(fresh)
    complete, problems = collect_facts(
        *(hook, plugin, fresh, lambda: most, check),
        call=reading.of,
        take_problem=take_problem,
        limit=limit,
        strict=strict,
    )
    if not complete:
        return None, [replace(problem, path=reading.path or None) for problem in problems]
    new = {
        item.path: ReaderFindings(
            item.stamp, tuple(facts[item.path]), tuple(problems_by_path[item.path]), tuple(on_cards[item.path])
        )
        for item in fresh
    }
    return {item.path: kept.get(item.path) or new[item.path] for item in items}, problems


class _Reading:
    """Iterates over the facts of one reader, item by item; knows the path of the current item."""

    def __init__(self, hook: Reader) -> None:
        self.path = ""
        self.series: Iterator[Any] = iter(())
        self._hook = hook
        self._items: Iterator[_Item] = iter(())
        self._options: Any = None

    def of(self, items: Iterable[_Item], options: Any) -> _Reading:
        """Begin with the first of `items`."""
        self._items, self._options = iter(items), options
        return self

    def __iter__(self) -> _Reading:
        return self

    def __next__(self) -> Any:
        for fact in self.series:
            return fact
        for item in self._items:
            self.path = item.path
            try:
                shown = item.show()
            except OSError as error:
                # It was removed or locked since the scan; facts of other items are kept.
                return Problem(f"cannot be read: {error.strerror or error}", path=item.path)
            self.series = series(self._hook, cast("Any", self._hook.function)(shown, self._options))
            for fact in self.series:
                return fact
        raise StopIteration

    def close(self) -> None:
        """Close the current series of facts, so that no code of the plugin runs later."""
        if close := getattr(self.series, "close", None):
            close()


def _fault(met: Any) -> str | None:
    """Return what is wrong with a reader's fact."""
    if type(met) is not FoundEncounter:
        return f"it yields {type(met).__name__}, not FoundEncounter"
    if type(met.date) is not dt.date:
        return f"the date of a FoundEncounter is a datetime.date, not {met.date!r:.60}"
    if isinstance(met.people, str) or not all(isinstance(name, str) for name in met.people):
        return "people of a FoundEncounter are a list of names or links"
    if type(met.line) is not int or met.line < 1:
        return f"the line of a FoundEncounter is a whole number from 1 on, not {met.line!r:.60}"
    return _detail_fault(met)


def _detail_fault(met: FoundEncounter) -> str | None:
    """Return what is wrong with the optional values of a fact."""
    if met.minutes is not None and not _is_length(met.minutes):
        return f"minutes of a FoundEncounter are a number above 0, not {met.minutes!r:.60}"
    if met.channel is not None and met.channel not in CHANNELS:
        return f"channel of a FoundEncounter is one of {', '.join(sorted(CHANNELS))}, not {met.channel!r:.60}"
    if met.initiated_by is not None and met.initiated_by not in INITIATIVES:
        return f"`initiated_by` must be `me`, `them` or `both`, not {met.initiated_by!r:.60}"
    if not isinstance(met.fields, Mapping) or not all(isinstance(key, str) for key in met.fields):
        return "fields of a FoundEncounter must be a mapping of text to text or number"
    return None if met.scene is None or isinstance(met.scene, str) else "the scene of a FoundEncounter must be text"


def _is_length(minutes: object) -> bool:
    return type(minutes) in (int, float) and isinstance(minutes, int | float) and 0 < minutes < math.inf


def _encounter(path: str, met: FoundEncounter, people: Resolver, hook: Reader) -> Encounter | None:
    """Return the encounter; None if only the ego was there."""
    names = [name for each in met.people if (name := _name(each, people, known_only=hook.known_only))]
    present = [person for person in people.attending(path, met.line, names) if not person.me]
    if not present:
        return None
    return Encounter(
        date=met.date,
        people=tuple(present),
        path=path,
        line=met.line,
        minutes=met.minutes,
        channel=met.channel,
        initiated_by=met.initiated_by,
        scene=named(met.scene, people.spelling) if met.scene else None,
        fields=dict(met.fields),
    )


def _name(written: str, people: Resolver, *, known_only: bool) -> str | None:
    """Return the part of `NAME <ADDRESS>` that the directory knows, else the name; None if only known people count."""
    name, opened, address = written.strip().rpartition("<")
    both = opened and address.endswith(">") and "@" in address
    spellings = [address[:-1].strip(), name.strip().strip("\"'")] if both else [written]
    known = next((spelling for spelling in spellings if spelling and people.is_someone(spelling)), None)
    if known or known_only:
        return known
    return next((spelling for spelling in reversed(spellings) if spelling), None)
