"""Hints on frequent mistakes of plugin authors: what to write instead. Runs nothing."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from types import AsyncGeneratorType, CoroutineType, GeneratorType

from netnotes.model import Link, Mention, Person, Promise, Scene, SourceLine, Tie
from netnotes.options import did_you_mean
from netnotes.plugin import decorators, facts
from netnotes.plugin.facts import Row, Score, Style
from netnotes.plugin.hooks import Exporter, Reader, Report, Scorer, Styler, Watcher
from netnotes.plugin.network_view import Change, NetworkView
from netnotes.plugin.notes import Note

TRACEBACK = "`netnotes check --strict --debug` shows the traceback"
FACTS: dict[type, tuple[str, str]] = {
    Scorer: ("Score", 'yield Score(tie, value, "why")'),
    Styler: ("Style", 'yield Style(tie, color="#3366cc")'),
    Report: ("Row", 'yield Row({"name": tie.person})'),
    Reader: ("FoundEncounter", 'yield FoundEncounter(date, ["[[Ada]]"])'),
    Exporter: ("part of the text", "return the text, or yield it in parts"),
    Watcher: ("Notice", 'yield Notice("Ada is a deep tie now")'),
}
"""Hook → what its function yields, and how."""
DECORATORS = {
    "scorer": '@scorer(Field("recency", "what its values mean"))',
    "styler": "@styler",
    "report": '@report("Long unseen")',
    "reader": '@reader, or @reader(files="*.ics")',
    "exporter": '@exporter("kumu")',
    "watcher": "@watcher",
}
"""Decorator → how it is written."""
FIELDS = ("depth", "know", "like", "trust", "warmth", "follow_up")
"""Scores that authors look for on a tie or a person."""
READ_ONLY = "what a plugin is shown cannot be changed: copy it with dict(…) or list(…), and yield what follows"
_CALL = re.compile(r"^(\w+)(?:\.__init__)?\(\) (?:takes|missing|got an unexpected keyword argument '(\w+)')")


def of_error(error: BaseException) -> str:
    """Return a hint on an error: its own, the one for its kind, or how to see the whole traceback."""
    hint = getattr(error, "hint", None)
    if isinstance(hint, str):
        return hint
    return next((found for found in _of_kind(error) if found), TRACEBACK)


def of_fact(hook: object, fact: object) -> str | None:
    """Return what to yield instead of the refused `fact`; None if the fault already says so."""
    name, example = FACTS.get(type(hook), ("", ""))
    if isinstance(fact, GeneratorType | list | tuple):
        return f"yield one {name} at a time, or `yield from` them all"
    if isinstance(hook, Scorer) and type(fact) is Score:
        if not isinstance(fact.on, Tie | Person | Link | Note):
            return example
        if fact.value is None:
            return "without a value there is nothing to yield: ask `if value is not None` first"
        if isinstance(fact.value, float | int) and not isinstance(fact.value, bool):
            field = hook.field
            return (
                f"keep it within with min(…) and max(…), skip the tie, or give the range: "
                f'Field("{field.name}", "…", low=0, high=100)'
            )
        return example
    if isinstance(fact, Row) and not isinstance(fact.cells, Mapping):
        return example
    if isinstance(fact, Style) and not isinstance(fact.on, Tie | Person | Link | Note):
        return example
    return None if type(fact).__name__ == name else example or None


def of_result(hook: object, result: object) -> tuple[str, str]:
    """Return what is wrong with a result that is not a series of facts, and what to write instead."""
    name, example = FACTS.get(type(hook), ("fact", "yield each fact"))
    if isinstance(result, CoroutineType | AsyncGeneratorType):
        return "it is `async`", "write `def`, not `async def`"
    if result is None:
        return "it returned None", f"a `yield` is missing: {example}"
    return f"it returned one {type(result).__name__}, not each {name}", example


def close_unused(result: object) -> None:
    """End a coroutine that nobody will await, so that Python does not complain of it."""
    if isinstance(result, CoroutineType):
        result.close()


def _of_kind(error: BaseException) -> Iterator[str | None]:
    message = _text(error)
    if isinstance(error, SystemExit):
        yield "`return` ends the function; ending the program is not for a plugin"
    elif isinstance(error, AttributeError):
        yield _of_attribute(error, message)
    elif isinstance(error, NameError):
        yield _of_name(error)
    elif isinstance(error, TypeError | dataclasses.FrozenInstanceError | ValueError):
        yield _of_call(message)
        yield READ_ONLY if "does not support item assignment" in message or "is read-only" in message else None
        yield _of_value(message)
        yield (
            "it is a value, not a function: leave out the `()` behind it" if message.endswith("not callable") else None
        )
    elif isinstance(error, KeyError):
        yield f"not every note has it: ask with `.get({message})`, or `person.value({message})`"
    elif isinstance(error, OSError):
        yield 'a plugin is shown files by `@reader(files="*.ics")`, and words by `network.text` with `reads=("text",)`'
    elif isinstance(error, ZeroDivisionError):
        yield "there may be no people, or no contacts: ask before dividing"
    elif isinstance(error, OverflowError):
        yield "a network may be of the first or the last day there is: `add_days` of netnotes.insights stays within"


def _of_attribute(error: AttributeError, message: str) -> str | None:
    if "cannot assign to field" in message or isinstance(error, dataclasses.FrozenInstanceError):
        return READ_ONLY
    name, owner = str(error.name), error.obj
    if isinstance(owner, tuple) and type(owner) is tuple:
        return READ_ONLY
    if owner is None:
        return _NONE
    if name in FIELDS and isinstance(owner, Tie | Person | Link):
        return f'a score is not part of it: `network.number(tie, "{name}")`, with `reads=("{name}",)`'
    if isinstance(owner, Change) and hasattr(NetworkView, name):
        return f"a change has two networks: `change.before.{name}` and `change.after.{name}`"
    near = did_you_mean(name, (each for each in dir(owner) if not each.startswith("_")))
    public = ", ".join(_public(owner))
    return (near.removeprefix(": ") or f"it has {public}") if public or near else None


def _public(owner: object) -> Iterable[str]:
    if not isinstance(owner, Tie | Person | Link | Mention | Promise | Scene | SourceLine):
        return ()
    return (name for name in dir(owner) if not name.startswith("_"))


_NONE = "it is None here, as `tie.last` of somebody never met is: ask `if … is not None` first"


def _of_value(message: str) -> str | None:
    if "mutable default" in message:
        return 'an option is a number, a word or a tuple: `names: tuple[str, ...] = ("Ada",)`'
    if "NoneType" in message:
        return _NONE
    if message.startswith("the text is of"):
        return "of a tie: `network.text(tie.person)`, or of each of `tie.encounters`"
    return None


def _of_name(error: NameError) -> str | None:
    name = str(error.name)
    known = [each for each in (*vars(facts), *DECORATORS, "option", "argument") if not each.startswith("_")]
    if name in known:
        return f"from netnotes.api import {name}"
    near = did_you_mean(name, known)
    return near.removeprefix(": ") or "define it, or import it, at the top of the file"


def _of_call(message: str) -> str | None:
    """Return the correct call of a record or decorator that was called wrongly."""
    found = _CALL.match(message)
    if not found:
        return None
    name, wrong = found[1], found[2] or ""
    if name in DECORATORS:
        known = inspect.signature(getattr(decorators, name)).parameters
        near = did_you_mean(wrong, known).removeprefix(": ") if wrong else ""
        return " ".join(filter(None, (near, f"it is written {DECORATORS[name]}")))
    record = getattr(facts, name, None)
    if not (isinstance(record, type) and dataclasses.is_dataclass(record)):
        return None
    fields = [field for field in dataclasses.fields(record) if field.init]
    near = did_you_mean(wrong, (field.name for field in fields)).removeprefix(": ") if wrong else ""
    first = [field.name for field in fields if not field.kw_only]
    named = [f"{field.name}=…" for field in fields if field.kw_only]
    return " ".join(filter(None, (near, f"it is {name}({', '.join([*first, *named])}): what has `=` is given by name")))


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001  # __str__ is a stranger's code too
        return ""
