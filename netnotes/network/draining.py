"""Call a plugin's function and take all it yields, without letting anything it does stop the rest.

Checks only that each fact is of the host's records; what a fact may say is checked by who asked for it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from netnotes.model import Encounter, Person, Problem, Tie
from netnotes.network.ties import Network
from netnotes.plugin.hooks import Plugin

MOST_FACTS_PER_TIE = 8
"""Facts a function may yield for each person and tie of the network, above a thousand for all; more is endless."""


def drain(
    name: str,
    plugin: Plugin,
    function: Callable[[Any, Any], Iterator[Any]],
    network: Network,
    options: type[Any],
    *,
    strict: bool = False,
) -> tuple[list[Any] | None, list[Problem]]:
    """Return what `function(network, options)` yields, problems apart; None instead of facts where it failed."""
    most = 1000 + MOST_FACTS_PER_TIE * (len(network.ties) + len(network.people))
    facts: list[Any] = []
    problems: list[Problem] = []
    try:
        given = plugin.options.get(options) or options()
        for fact in function(network, given):
            if isinstance(fact, Problem):
                problems.append(placed(fact, plugin.name))
            else:
                facts.append(fact)
            if len(facts) + len(problems) > most:
                return None, [Problem(f"`{name}` dropped: it yields without end", plugin=plugin.name)]
    except (Exception, SystemExit) as error:  # a stranger's code may raise anything
        if strict:
            raise
        said = f"`{name}` failed{_place(error, plugin)}: {type(error).__name__}: {error}"
        return None, [Problem(said, plugin=plugin.name, hint=getattr(error, "hint", None))]
    return facts, problems


def placed(problem: Problem, plugin: str) -> Problem:
    """Turn what the problem is on into the path and the line of a note, and sign it."""
    on = problem.on
    path, line = problem.path, problem.line
    if isinstance(on, Tie):
        on = on.person
    if isinstance(on, Person):
        path = path or on.path
    elif isinstance(on, Encounter):
        path, line = on.path, on.line
    return replace(problem, on=None, path=path, line=line, plugin=plugin)


def _place(error: BaseException, plugin: Plugin) -> str:
    """Return the last line of the plugin's own file that the error passed through."""
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if plugin.place and f.filename == plugin.place
    ]
    return f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
