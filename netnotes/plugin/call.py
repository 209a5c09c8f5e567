"""Call a plugin's function and collect the facts it yields. No failure of a plugin stops the program.

The caller's `check` decides whether a fact is valid. It is called here, where an exception in it is caught. The time
limit is the argument `limit`.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from types import CodeType
from typing import Any, Literal

from netnotes.model import Contact, Encounter, Failure, Mention, Person, Problem, Promise, SourceLine, Tie
from netnotes.plugin import remedies
from netnotes.plugin.hooks import Plugin
from netnotes.plugin.notes import Note

FailureKind = Literal["raised", "dropped", "skipped"]
LONGEST_WORDS = 300
"""Most characters of an error message that are repeated."""
FACTS_A_TICK = 16
"""Facts between two checks of the time. A check costs a tenth of the time that a quick scorer takes for one fact."""

Check = Callable[[Any], str | None]
"""Keep a valid fact, or return what is wrong with it."""
TimeLimit = Callable[[Plugin, str], contextlib.AbstractContextManager[Callable[[], None]]]
"""`with limit(plugin, function) as tick`: measures the block; the block, and each `tick()`, may raise TimeUp."""


class TimeUp(BaseException):  # an Exception would be swallowed by the plugin's own `except Exception`
    """A plugin's function took longer than its time limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not done after {seconds:g} s")


class NoFacts(Exception):
    """A function returned something that is not a series of facts."""

    def __init__(self, hook: object, result: object) -> None:
        message, self.hint = remedies.of_result(hook, result)
        super().__init__(message)


def series(hook: object, result: Any) -> Iterator[Any]:
    """Yield the facts in a function's result. Raises NoFacts."""
    if isinstance(result, Iterable):
        return iter(result)
    remedies.close_unused(result)
    raise NoFacts(hook, result)


@contextlib.contextmanager
def no_limit(plugin: Plugin, function: str) -> Iterator[Callable[[], None]]:
    """Run the block without a time limit."""
    del plugin, function
    yield lambda: None


def collect_facts(  # noqa: PLR0913  # the host prepares the subject or result of some hooks
    hook: Any,
    plugin: Plugin,
    subject: object,
    most: Callable[[], int],
    check: Check,
    *,
    call: Callable[[Any, Any], Any] | None = None,
    take_problem: Callable[[Problem], None] | None = None,
    limit: TimeLimit = no_limit,
    strict: bool = False,
) -> tuple[bool, list[Problem]]:
    """Pass every fact of `hook.function(subject, options)` to `check`; return success and problems.

    It may yield `most()` facts and problems. After a failure, which is the last problem, the caller drops what `check`
    kept. With `strict` an exception is raised instead. `call` replaces the function if the host must prepare its
    subject or result. Problems that the function yields go to `take_problem`, by default to the returned ones.
    """
    problems: list[Problem] = []
    name = hook.name

    def failed(kind: FailureKind, message: str, hint: str | None = None, stack: str = "") -> tuple[bool, list[Problem]]:
        return False, [*problems, failure(plugin, name, kind, message, hint, stack)]

    facts: Any = None
    try:
        with limit(plugin, name) as tick:
            given = plugin.options.get(hook.options) or hook.options()
            facts = series(hook, (call or hook.function)(subject, given))
            keep = take_problem or (lambda problem: problems.append(placed(problem, plugin.name)))
            if fault := _take(facts, hook, most, check, tick, keep):
                at = where(facts, plugin) or line_of(hook.function, plugin)
                return failed("dropped", f"dropped{at}: {fault[0]}", fault[1])
    except NoFacts as error:
        return failed("dropped", f"dropped{line_of(hook.function, plugin)}: {error}", error.hint)
    except TimeUp as error:
        hint = "make it quicker, or set `[plugins] seconds` higher"
        return failed("raised", f"dropped{place(error, plugin)}: {error}", hint)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may raise anything, even SystemExit
        at = place(error, plugin) or where(facts, plugin) or line_of(hook.function, plugin)
        if strict:
            error.add_note(f"`{name}` of plugin `{plugin.name}` failed{at}")
            raise
        return failed("raised", f"failed{at}: {words(error)}", remedies.of_error(error), whole(error))
    finally:
        _close(facts, plugin, name, limit)
    return True, problems


def _take(
    facts: Iterator[Any],
    hook: Any,
    most: Callable[[], int],
    check: Check,
    tick: Callable[[], None],
    take_problem: Callable[[Problem], None],
) -> tuple[str, str | None] | None:
    """Pass facts to `check` and problems to `take_problem`; return the first fault and its remedy, if any."""
    bound = most()
    look = FACTS_A_TICK
    for count, fact in enumerate(facts, 1):
        if count == look:
            look += FACTS_A_TICK
            tick()
        if type(fact) is Problem:
            take_problem(fact)
        elif fault := check(fact):
            return fault, remedies.of_fact(hook, fact, fault)
        if count > bound:
            # Count again: a function that has read notes and links may yield facts for these too.
            bound = most()
            if count > bound:
                return "it yields without end", f"{bound:,} facts and problems are the most for a vault of this size"
    return None


def failure(
    plugin: Plugin, hook: str, kind: FailureKind, message: str, hint: str | None = None, stack: str = ""
) -> Problem:
    """Build the problem for a function that failed or was not called."""
    return Problem(f"`{hook}` {message}", plugin=plugin.name, hint=hint, failure=Failure(hook, kind, stack))


def placed(problem: Problem, plugin: str) -> Problem:
    """Replace a problem's subject by a note's path and line, and add the plugin's name. Raises TypeError."""
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
    """Return an error's kind and its first line, even if the error itself fails."""
    try:
        message = str(error).strip().split("\n", 1)[0][:LONGEST_WORDS]
    except Exception:  # noqa: BLE001  # __str__ is the plugin's code too
        message = ""
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def whole(error: BaseException) -> str:
    """Return an error's traceback, even if the error itself fails."""
    with contextlib.suppress(Exception):
        return "".join(traceback.format_exception(error)).rstrip()
    return ""


def place(error: BaseException, plugin: Plugin) -> str:
    """Return the last line of the plugin's code in the traceback, as ` at FILE:LINE`."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_own(frame.filename, plugin)]
    return f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def where(facts: object, plugin: Plugin) -> str:
    """Return a generator's current line as ` at FILE:LINE`; with several generators, that of the one that runs."""
    frame = getattr(getattr(facts, "series", facts), "gi_frame", None)
    return f" at {frame.f_code.co_filename}:{frame.f_lineno}" if frame and _is_own(frame.f_code, plugin) else ""


def line_of(function: object, plugin: Plugin) -> str:
    """Return the first line of a plugin's function as ` at FILE:LINE`."""
    code = getattr(function, "__code__", None)
    return f" at {code.co_filename}:{code.co_firstlineno}" if code and _is_own(code, plugin) else ""


def _is_own(code: CodeType | str, plugin: Plugin) -> bool:
    """Return whether code is in the plugin's file, or in its folder if the plugin is a package."""
    name = code if isinstance(code, str) else code.co_filename
    folder = plugin.place.removesuffix("__init__.py")
    return bool(plugin.place) and (name == plugin.place or (folder != plugin.place and name.startswith(folder)))


def _close(facts: object, plugin: Plugin, name: str, limit: TimeLimit) -> None:
    """Close an unfinished generator, so that nothing of it runs later. Its cleanup has a time limit too."""
    with contextlib.suppress(BaseException), limit(plugin, name):
        close = getattr(facts, "close", None)
        if close:
            close()
