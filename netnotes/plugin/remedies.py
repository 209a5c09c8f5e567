"""Hints on errors of a plugin's code and on facts that the host refused: what to write instead. Runs nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from types import AsyncGeneratorType, CoroutineType, GeneratorType

from netnotes.model import Contact, Encounter, Link, Mention, Person, Problem, Promise, Scene, SourceLine, Tie
from netnotes.options import did_you_mean
from netnotes.plugin import decorators, facts
from netnotes.plugin.facts import Block, Row, Score
from netnotes.plugin.hooks import Exporter, NoOptions, Reader, Report, Scorer, Styler, Watcher
from netnotes.plugin.network_view import Change, NetworkView

_TRACEBACK = "`--debug` shows the traceback: `netnotes plugins check FILE --debug`, `netnotes check --strict --debug`"
_DECORATORS = {
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
_READ_ONLY = "what a plugin receives is read-only: copy it with dict(…) or list(…), and yield the result"
NONE = "it is None, like `tie.last` of someone never met, or a value that no note has: check `if … is not None`"
OPTIONS = "an option is an attribute of a dataclass: `class Options:` with `{name}: int = 30`, and `options=Options`"
WRITTEN = (
    "users write all kinds of values: use `try:` and `except ValueError:`, or check `isinstance(value, int | float)`"
)
_NOT_A_NUMBER = (
    r"could not convert string|invalid literal for|Invalid isoformat|does not match format|unconverted data"
    r"|(?:float|int)\(\) argument must be|isoformat: argument must be"
    r"|operand type.*'(?:str|tuple|mappingproxy)'|instances of.*'(?:str|tuple|mappingproxy)'"
)
_OF_MESSAGES = (
    (r"'NoOptions' object is not subscriptable", OPTIONS.format(name="weight")),
    (r"does not support item assignment|is read-only", _READ_ONLY),
    (r"mutable default", 'an option is a number, a word or a tuple: `names: tuple[str, ...] = ("Ada",)`'),
    (r"NoneType", NONE),
    (r"^the text is of", "of a tie: `network.text(tie.person)`, or of each of `tie.encounters`"),
    (r"(?:operand|instances|argument|pow).*'Score'", 'the number of a score: `network.number(tie, "depth")`'),
    (r"'<' not supported between instances of 'Tie'", "sorted(ties, key=lambda tie: tie.person.name)"),
    (r"'<' not supported between instances of 'Person'", "sorted(people, key=lambda person: person.name)"),
    (
        r"datetime\.datetime'? (?:and|to) '?datetime\.date\b|datetime\.date'? (?:and|to) '?datetime\.datetime\b",
        "days are dates here: `datetime.date(2026, 1, 1)`, `network.today`",
    ),
    (r"datetime\.timedelta", "a number of days: `(network.today - tie.last).days`"),
    (r"not JSON serializable", "give it plain values: `tie.person.name`, `str(tie.last)`, `list(…)`"),
    (r"(?:iterable argument|arg) is (?:an )?empty|data point", "there may be none: `max(…, default=0)`"),
    (_NOT_A_NUMBER, WRITTEN),
    (r"not callable$", "it is a value, not a function: leave out the `()` after it"),
)
"""Pattern in the message of a wrong type or value → what to write instead; the first that matches."""
_OWNERS: tuple[tuple[type, str], ...] = (
    (Person, "of the person: `tie.person.{name}`"),
    (Tie, "of the tie: `network.tie(person).{name}`, or go through `network.ties`"),
    (Contact, "of each of `tie.contacts`: `contact.{name}`"),
    (Encounter, "of each of `tie.encounters`, or `contact.encounter`: `encounter.{name}`"),
    (NetworkView, "of the network: `network.{name}`"),
)
"""Record → where to find its attributes, when another record was asked for them."""
_CALL = re.compile(r"^(\w+)(?:\.__init__)?\(\) (?:takes|missing|got an unexpected keyword argument '(\w+)')")

_FACTS: dict[type, tuple[str, str]] = {
    Scorer: ("Score", 'yield Score(tie, value, "why")'),
    Styler: ("Style", 'yield Style(tie, color="#3366cc")'),
    Report: ("Row", 'yield Row({"name": tie.person})'),
    Reader: ("FoundEncounter", 'yield FoundEncounter(date, ["[[Ada]]"])'),
    Exporter: ("part of the text", "return the text, or yield it in parts"),
    Watcher: ("Notice", 'yield Notice("Ada is a deep tie now")'),
}
"""Hook → what its function yields, and how."""
_OF_FAULTS = (
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


def of_error(error: BaseException) -> str:
    """Return a hint on an error: its own, the one for its kind, or how to see the whole traceback."""
    hint = getattr(error, "hint", None)
    if isinstance(hint, str):
        return hint
    return next((found for found in _of_kind(error) if found), _TRACEBACK)


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
        yield next((remedy for words, remedy in _OF_MESSAGES if re.search(words, message)), None)
    elif isinstance(error, KeyError):
        yield f"not every note has it: ask with `.get({message})`, or `person.value({message})`"
    elif isinstance(error, IndexError):
        yield "there may be none, or fewer: ask `if tie.contacts:` before taking one"
    elif isinstance(error, OSError):
        yield 'a plugin is shown files by `@reader(files="*.ics")`, and words by `network.text` with `reads=("text",)`'
    elif isinstance(error, ZeroDivisionError):
        yield "there may be no people, or no contacts: ask `if tie.contacts:` before dividing"
    elif isinstance(error, OverflowError):
        yield "a network may be of the first or the last day there is: `add_days` of netnotes.insights stays within"


def _of_attribute(error: AttributeError, message: str) -> str | None:
    if "cannot assign to field" in message or isinstance(error, dataclasses.FrozenInstanceError):
        return _READ_ONLY
    name, owner = str(error.name), error.obj
    if type(owner) is tuple and not hasattr(str, name):
        return _READ_ONLY
    if found := _of_owner(name, owner):
        return found
    near = did_you_mean(name, _names(type(owner)))
    public = ", ".join(_public(owner))
    return (near.removeprefix(": ") or f"it has {public}") if public or near else None


def _of_owner(name: str, owner: object) -> str | None:
    """Return where to find `name`, which `owner` lacks; None if nothing of that name is known."""
    match owner:
        case None:
            return NONE
        case Tie() | Person() | Link() if name in FIELDS:
            return f'a score is not part of it: `network.number(tie, "{name}")`, with `reads=("{name}",)`'
        case Change() if hasattr(NetworkView, name):
            return f"a change has two networks: `change.before.{name}` and `change.after.{name}`"
        case Problem():
            return "it may be a Problem, as what `network.find` returns: ask `isinstance(found, Person)` first"
        case NoOptions():
            return OPTIONS.format(name=name)
        case bool() | int() | float() | tuple() if hasattr(str, name):
            return "users write numbers and lists too: ask `isinstance(value, str)` first"
        case Person() | Tie() | Contact() | Encounter() | NetworkView():
            found = (words for kind, words in _OWNERS if name in _names(kind) and not isinstance(owner, kind))
            return next(found, "").format(name=name) or None
        case _:
            return None


def _names(kind: type) -> tuple[str, ...]:
    return tuple(name for name in dir(kind) if not name.startswith("_"))


def _public(owner: object) -> Iterable[str]:
    known = Tie | Person | Contact | Encounter | Link | Mention | Promise | Scene | SourceLine
    return _names(type(owner)) if isinstance(owner, known) else ()


def _of_name(error: NameError) -> str | None:
    name = str(error.name)
    known = [each for each in (*vars(facts), *_DECORATORS, "option", "argument") if not each.startswith("_")]
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
    if name in _DECORATORS:
        known = inspect.signature(getattr(decorators, name)).parameters
        near = did_you_mean(wrong, known).removeprefix(": ") if wrong else ""
        return " ".join(filter(None, (near, f"it is written {_DECORATORS[name]}")))
    record = getattr(facts, name, None)
    if not (isinstance(record, type) and dataclasses.is_dataclass(record)):
        return None
    fields = [field for field in dataclasses.fields(record) if field.init]
    near = did_you_mean(wrong, (field.name for field in fields)).removeprefix(": ") if wrong else ""
    first = [field.name for field in fields if not field.kw_only]
    named = [f"{field.name}=…" for field in fields if field.kw_only]
    return " ".join(filter(None, (near, f"it is {name}({', '.join([*first, *named])}): `=` marks keywords")))


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001  # __str__ is the plugin's code too
        return ""


def of_fact(hook: object, fact: object, fault: str) -> str | None:
    """Return what to yield instead of `fact`, refused because of `fault`; None if the fault already says so."""
    name, example = _FACTS.get(type(hook), ("", ""))
    if isinstance(fact, GeneratorType | list | tuple):
        return f"yield one {name} at a time, or `yield from` them all"
    if type(fact) is Score and "is not a number" in fault:
        return _of_value(fact.value)
    if type(fact) is Row and "a cell holds" in fault:
        return next((_of_cell(value) for value in fact.cells.values() if _of_cell(value)), None)
    field = hook.field.name if isinstance(hook, Scorer) else ""
    if remedy := next((remedy for words, remedy in _OF_FAULTS if words in fault), None):
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
    name, example = _FACTS.get(type(hook), ("fact", "yield each fact"))
    if isinstance(result, CoroutineType | AsyncGeneratorType):
        return "it is `async`", "write `def`, not `async def`"
    if result is None:
        return "it returned None", f"a `yield` is missing: {example}"
    return f"it returned one {type(result).__name__}, not each {name}", example


def close_unused(result: object) -> None:
    """Close a coroutine that will never be awaited, so that Python does not warn about it."""
    if isinstance(result, CoroutineType):
        result.close()
