"""Hints for facts and results that the host refused: what to yield instead. Runs nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import AsyncGeneratorType, CoroutineType, GeneratorType

from netnotes.model import Tie
from netnotes.plugin.facts import Block, Row, Score
from netnotes.plugin.hooks import Exporter, Reader, Report, Scorer, Styler, Watcher

FACTS: dict[type, tuple[str, str]] = {
    Scorer: ("Score", 'yield Score(tie, value, "why")'),
    Styler: ("Style", 'yield Style(tie, color="#3366cc")'),
    Report: ("Row", 'yield Row({"name": tie.person})'),
    Reader: ("FoundEncounter", 'yield FoundEncounter(date, ["[[Ada]]"])'),
    Exporter: ("part of the text", "return the text, or yield it in parts"),
    Watcher: ("Notice", 'yield Notice("Ada is a deep tie now")'),
}
"""Hook → what its function yields, and how."""
OF_FAULTS = (
    (" is on a tie, ", "{example}"),
    (
        "is not within",
        'keep it in it by min(…) and max(…), skip the tie, or give the range: Field("{field}", "…", low=0, high=100)',
    ),
    ("reason and the label", 'Score(tie, value, f"{{value}} days", label="warm")'),
    ("not one of the labels", 'name all of them: Field("{field}", "…", labels=("good", "bad"))'),
    (" twice", "one Score for each tie: collect first, and yield it after the inner loop"),
    ("not in this network", "take each of `network.ties` or `network.people`; `network.ego` is you, without a tie"),
    ("cells of a Row", "{example}"),
    ("of a Block must be text", 'Block("\\n".join(lines), language="mermaid")'),
    ("the date of a FoundEncounter", "datetime.date.fromisoformat(str(value)), within `try:` and `except ValueError:`"),
    ("people of a FoundEncounter", '["[[Ada]]"], also for one person'),
)
"""Words of a fault → what to write instead."""


def of_fact(hook: object, fact: object, fault: str) -> str | None:
    """Return what to yield instead of `fact`, refused because of `fault`; None if the fault already says so."""
    name, example = FACTS.get(type(hook), ("", ""))
    if isinstance(fact, GeneratorType | list | tuple):
        return f"yield one {name} at a time, or `yield from` them all"
    if type(fact) is Score and "is not a number" in fault:
        return _of_value(fact.value)
    if type(fact) is Row and "a cell holds" in fault:
        return next((_of_cell(value) for value in fact.cells.values() if _of_cell(value)), None)
    field = hook.field.name if isinstance(hook, Scorer) else ""
    if remedy := next((remedy for words, remedy in OF_FAULTS if words in fault), None):
        return remedy.format(example=example, field=field)
    return None if type(fact).__name__ in (name, Block.__name__) else example or None


def _of_value(value: object) -> str:
    """Return what to score instead of an invalid value."""
    if value is None:
        return "without a value there is nothing to yield: ask `if value is not None` first"
    if isinstance(value, bool):
        return "a number, `float(value)`, or a word for each of the two"
    if isinstance(value, dt.datetime):
        return "the day alone: `value.date()`"
    if isinstance(value, AbstractSet):
        return "tuple(sorted(value))"
    if isinstance(value, tuple):
        return "a tuple of words or people: tuple(str(each) for each in value)"
    return 'yield Score(tie, value, "why")'


def _of_cell(value: object) -> str | None:
    """Return what to put into a cell instead of an invalid value."""
    if isinstance(value, Tie):
        return "the person: `tie.person`"
    if isinstance(value, Mapping):
        return "one column for each of its keys"
    if isinstance(value, AbstractSet):
        return "a list: sorted(value)"
    return None


def of_result(hook: object, result: object) -> tuple[str, str]:
    """Return what is wrong with a result that is not a series of facts, and what to write instead."""
    name, example = FACTS.get(type(hook), ("fact", "yield each fact"))
    if isinstance(result, CoroutineType | AsyncGeneratorType):
        return "it is `async`", "write `def`, not `async def`"
    if result is None:
        return "it returned None", f"a `yield` is missing: {example}"
    return f"it returned one {type(result).__name__}, not each {name}", example


def close_unused(result: object) -> None:
    """Close a coroutine that will never be awaited, so that Python does not warn about it."""
    if isinstance(result, CoroutineType):
        result.close()
