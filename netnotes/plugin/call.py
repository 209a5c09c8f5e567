"""Call a plugin's function and take all it yields, without letting anything it does stop the rest.

Whether a fact is right is for the caller's `check` to say; it is asked here, where a hostile fact can do no harm.
Knows no clock: `limit` is the edge's, and measures and bounds the time.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from netnotes.model import Contact, Encounter, Failure, Mention, Person, Problem, Promise, SourceLine, Tie
from netnotes.plugin.hooks import Plugin
from netnotes.plugin.notes import Note

FailureKind = Literal["raised", "dropped", "skipped"]
LONGEST_WORDS = 300
"""Characters of an error's own words that are repeated."""
TRACEBACK = "`netnotes check --strict --debug` shows the traceback"
YIELD = 'yield each fact: `yield Score(tie, value, "why")`'
FACTS_A_TICK = 8
"""Facts after which the time is looked at; looking costs a tenth of what a quick scorer takes for one."""

Check = Callable[[Any], str | None]
"""Takes one fact and keeps it, or returns what is wrong with it."""
TimeLimit = Callable[[Plugin, str], contextlib.AbstractContextManager[Callable[[], None]]]
"""`with limit(plugin, function) as tick`: measures the block; the block, and each `tick()`, may raise TimeUp."""


class TimeUp(BaseException):  # an Exception would be swallowed by the plugin's own `except Exception`
    """A plugin's function has had its time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not done after {seconds:g} s")


@contextlib.contextmanager
def no_limit(plugin: Plugin, function: str) -> Iterator[Callable[[], None]]:
    """Neither measure nor bound the time."""
    del plugin, function
    yield lambda: None


def collect_facts(
    hook: Any,
    plugin: Plugin,
    subject: object,
    most: Callable[[], int],
    check: Check,
    *,
    limit: TimeLimit = no_limit,
    strict: bool = False,
) -> tuple[bool, list[Problem]]:
    """Give every fact of `hook.function(subject, options)` to `check`; return whether all went well, and the problems.

    It may yield `most()` facts and problems. Where not all went well, the caller drops what `check` has kept, and the
    last problem is a failure. With `strict` an exception is raised instead.
    """
    problems: list[Problem] = []
    name = hook.name

    def failed(kind: FailureKind, message: str, hint: str | None = None) -> tuple[bool, list[Problem]]:
        return False, [*problems, failure(plugin, name, kind, message, hint)]

    facts: Any = None
    try:
        with limit(plugin, name) as tick:
            given = plugin.options.get(hook.options) or hook.options()
            yielded = hook.function(subject, given)
            if not isinstance(yielded, Iterable):
                return failed("dropped", f"dropped{_line_of(hook, plugin)}: {_returned(yielded)}", YIELD)
            facts = iter(yielded)
            if fault := _take(facts, plugin, most, check, tick, problems):
                return failed("dropped", f"dropped{where(facts, plugin)}: {fault[0]}", fault[1])
    except TimeUp as error:
        hint = "make it quicker, or set `[plugins] seconds` higher"
        return failed("raised", f"dropped{place(error, plugin)}: {error}", hint)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a stranger's code may raise anything, SystemExit included
        if strict:
            raise
        at = place(error, plugin) or where(facts, plugin)
        return failed("raised", f"failed{at}: {words(error)}", remedy(error))
    finally:
        _close(facts, plugin, name, limit)
    return True, problems


def _take(
    facts: Iterator[Any],
    plugin: Plugin,
    most: Callable[[], int],
    check: Check,
    tick: Callable[[], None],
    problems: list[Problem],
) -> tuple[str, str | None] | None:
    """Give every fact to `check`, and every problem to `problems`; return the first fault and its remedy, if any."""
    bound = most()
    for count, fact in enumerate(facts, 1):
        if not count % FACTS_A_TICK:
            tick()
        if type(fact) is Problem:
            problems.append(placed(fact, plugin.name))
        elif fault := check(fact):
            return fault, None
        if count > bound:
            # Asked again: a function that looks at notes and links may yield facts for these too.
            bound = most()
            if count > bound:
                return "it yields without end", f"{bound:,} facts and problems are the most for a vault of this size"
    return None


def failure(plugin: Plugin, hook: str, kind: FailureKind, message: str, hint: str | None = None) -> Problem:
    """Return the problem that a function of a plugin failed, or was not called."""
    return Problem(f"`{hook}` {message}", plugin=plugin.name, hint=hint, failure=Failure(hook, kind))


def placed(problem: Problem, plugin: str) -> Problem:
    """Turn what the problem is on into the path and the line of a note, and sign it. Raises TypeError."""
    on = problem.on
    path, line = problem.path, problem.line
    if isinstance(on, Tie):
        on = on.person
    if isinstance(on, Contact):
        on = on.encounter
    if isinstance(on, Person | Note):
        path = path or on.path
    elif isinstance(on, Encounter | Mention | Promise | SourceLine):
        path, line = on.path, on.line
    if not isinstance(problem.message, str) or not isinstance(problem.hint, str | None):
        raise TypeError("message and hint of a Problem must be text")
    if not isinstance(path, str | None) or not isinstance(line, int | None):
        raise TypeError("path of a Problem must be text, its line a whole number")
    return replace(problem, on=None, path=path, line=line, plugin=plugin, failure=None)


def words(error: BaseException) -> str:
    """Return an error's kind and its first line, whatever it does when asked."""
    try:
        said = str(error).strip().split("\n", 1)[0][:LONGEST_WORDS]
    except Exception:  # noqa: BLE001  # __str__ is a stranger's code too
        said = ""
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def remedy(error: BaseException) -> str:
    """Return what to do about an error: its own hint, else where to see all of it."""
    hint = getattr(error, "hint", None)
    if isinstance(hint, str):
        return hint
    return TRACEBACK


def place(error: BaseException, plugin: Plugin) -> str:
    """Return the last line of the plugin's own file that the error passed through, as ` at FILE:LINE`."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if plugin.place and f.filename == plugin.place]
    return f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def where(facts: object, plugin: Plugin) -> str:
    """Return the line at which a generator stands, as ` at FILE:LINE`."""
    frame = getattr(facts, "gi_frame", None)
    return f" at {plugin.place}:{frame.f_lineno}" if frame and frame.f_code.co_filename == plugin.place else ""


def _line_of(hook: Any, plugin: Plugin) -> str:
    """Return the line at which a function begins, as ` at FILE:LINE`."""
    code = getattr(hook.function, "__code__", None)
    return f" at {plugin.place}:{code.co_firstlineno}" if code and code.co_filename == plugin.place else ""


def _returned(value: object) -> str:
    return "it returned None" if value is None else f"it returned one {type(value).__name__}"


def _close(facts: object, plugin: Plugin, name: str, limit: TimeLimit) -> None:
    """End a generator that is not drained, so that nothing of it runs later; its last words are bounded too."""
    with contextlib.suppress(BaseException), limit(plugin, name):
        close = getattr(facts, "close", None)
        if close:
            close()
