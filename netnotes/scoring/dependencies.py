"""Find the scorers that a field depends on, so that no others run. Scores nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from netnotes.plugin.hooks import Plugin, Scorer
from netnotes.scoring.depth import DEPTH


def needed(plugins: Sequence[Plugin], weights: Mapping[str, float], names: Iterable[str]) -> tuple[Plugin, ...]:
    """Return the plugins with only the scorers that `names` depend on; depth depends on all weighted fields."""
    reads: dict[str, Collection[str]] = {scorer.field.name: scorer.reads.fields for scorer in scorers(plugins)}
    reads[DEPTH.name] = tuple(weights)
    wanted: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in wanted:
            wanted.add(name)
            ahead += reads.get(name, ())
    return tuple(
        replace(plugin, hooks=tuple(hook for hook in scorers([plugin]) if hook.field.name in wanted))
        for plugin in plugins
    )


def scorers(plugins: Iterable[Plugin]) -> list[Scorer]:
    """Return all scorers of the plugins, in order."""
    return [hook for plugin in plugins for hook in plugin.hooks if isinstance(hook, Scorer)]
