"""Run watchers: what they find in the change from one network to the next. Tells nobody."""

from __future__ import annotations

from functools import partial
from typing import Any

from netnotes.model import Person, Problem, Tie
from netnotes.plugin.call import collect_facts, failure
from netnotes.plugin.facts import Notice
from netnotes.plugin.hooks import Watcher
from netnotes.plugin.network_view import Change, NetworkView
from netnotes.plugin.notes import Note
from netnotes.scoring.reports import keeping, unread
from netnotes.scoring.runner import most_facts
from netnotes.scoring.views import ScoredNetwork

LONGEST = 500
"""Characters of a notice."""


def watch(before: ScoredNetwork, after: ScoredNetwork) -> tuple[tuple[tuple[str, Notice], ...], tuple[Problem, ...]]:
    """Run every watcher; return (plugin, notice) in the order of the plugins, and the problems.

    A watcher that fails costs its own notices only.
    """
    notices: list[tuple[str, Notice]] = []
    problems: list[Problem] = []
    for plugin in after.plugins:
        for hook in plugin.hooks:
            if not isinstance(hook, Watcher):
                continue
            if missing := unread(before.scores, hook.reads) or unread(after.scores, hook.reads):
                problems.append(failure(plugin, hook.name, "skipped", *missing))
                continue
            found: list[Notice] = []
            change = Change(
                NetworkView(before.network, before.access(hook.name, hook.reads)),
                NetworkView(after.network, after.access(hook.name, hook.reads)),
            )
            well, said = collect_facts(
                hook,
                plugin,
                change,
                partial(most_facts, after.network),
                keeping(found, _fault),
                limit=after.limit,
                strict=after.strict,
            )
            problems += said
            notices += [(plugin.name, notice) for notice in found if well]
    problems += [problem for problem in (*before.problems, *after.problems) if problem not in problems]
    return tuple(notices), tuple(problems)


def _fault(fact: Any) -> str | None:
    """Return what is wrong with a fact of a watcher."""
    if type(fact) is not Notice:
        return f"it yields {type(fact).__name__}, not Notice"
    if not isinstance(fact.text, str) or not fact.text.strip():
        return "the text of a Notice must be words"
    if len(fact.text) > LONGEST:
        return f"a Notice is one line of at most {LONGEST} characters"
    return None if isinstance(fact.on, Tie | Person | Note | None) else "a Notice is on a Tie, a Person or a Note"
