"""Run a plugin on a vault, in memory, with the bundled plugins beside it, and look at what comes of it."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from netnotes import config as configuration
from netnotes.extract.names import stem
from netnotes.insights import find_person
from netnotes.model import Edit, Note, Person, Problem, Tie
from netnotes.network.network import Network
from netnotes.pipeline import in_order, with_notes
from netnotes.pipeline import run as run_pipeline
from netnotes.plugin.facts import Remark, Row, Score, Style
from netnotes.plugin.hooks import MARK, Hook, Plugin, Report, Scorer
from netnotes.plugin_host.loader import bundled, with_options
from netnotes.plugin_host.module_loader import hooks_of
from netnotes.scoring.reports import run_report, styles
from netnotes.scoring.runner import Scores
from netnotes.scoring.views import ScoredNetwork
from netnotes.testing.vaults import Notes, vault

Part = Callable[..., Any]
What = Part | ModuleType | Iterable[Part]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a plugin on one vault.

    .. versionadded:: 0.1
    """

    network: Network
    scores: Scores
    """Of all plugins, `depth` among them."""
    field: str | None
    """The field of the first scorer that was tried."""
    rows: tuple[Row, ...] = ()
    """Of its reports."""
    remarks: tuple[Remark, ...] = ()
    styles: tuple[Style, ...] = ()
    problems: tuple[Problem, ...] = ()
    edits: tuple[Edit, ...] = ()

    def person(self, name: str) -> Person:
        """Return the person of that name, alias or path. Raises NobodyByThatName, SeveralByThatName."""
        return find_person.person(self.network.people, name)

    def tie(self, name: str, other: str | None = None) -> Tie:
        """Return my tie with a person, or the tie between two others. Raises LookupError where there is none."""
        person = self.person(name)
        if other is None:
            found = self.network.tie(person)
        else:
            ends = {person, self.person(other)}
            found = next((tie for tie in self.network.alter_ties if set(tie.people) == ends), None)
        if found is None:
            raise LookupError(f"no tie with {name}" if other is None else f"no tie between {name} and {other}")
        return found

    def score(self, name: str, field: str | None = None) -> Score | None:
        """Return a person's score in the field that was tried, or in another; None where there is none."""
        wanted = field or self.field
        return self.scores.get(self.tie(name), wanted) if wanted else None

    def style(self, name: str) -> Style | None:
        """Return the last style of a person or of my tie with them; in a vault without people, of a note."""
        if self.network.notes:
            named = [
                style
                for style in self.styles
                if isinstance(style.on, Note) and name in (style.on.path, stem(style.on.path))
            ]
            return named[-1] if named else None
        ends = (self.person(name), self.tie(name))
        return next((style for style in reversed(self.styles) if style.on in ends), None)

    def written(self, name: str) -> dict[str, object]:
        """Return what a sync would write into a person's note: property → value, the seal left out."""
        path = self.person(name).path
        changes = next((edit.changes for edit in self.edits if edit.path == path and not edit.refused), {})
        return {key: new for key, (_, new) in changes.items() if key != "netnotes"}


def run(
    what: What,
    notes: Notes | str,
    *,
    as_of: dt.date | str = "2026-06-30",
    options: dict[str, Any] | None = None,
    config: str | None = None,
    strict: bool = True,
) -> Result:
    """Run `what` (a decorated function, several, or a module) and the bundled plugins on `notes`.

    `as_of` is the day on which it is done, `options` are the plugin's own as `[plugins.NAME]` would hold them,
    `config` is the text of a netnotes.toml and goes before the vault's own. With `strict` an exception of the plugin
    is raised; without, it is a problem, as it is for users. Raises BadConfig, ValueError.

    .. versionadded:: 0.1
    """
    given = vault(notes) if isinstance(notes, str) else notes
    told = given.config if config is None else configuration.parse(config)
    plugin = as_plugin(what)
    if options is not None:
        told = replace(told, plugins={**told.plugins, plugin.name: options})
    (own,) = with_options([plugin], told)
    plugins = (*(other for other in bundled(told) if other.name != own.name), own)
    day = dt.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    outcome = with_notes(run_pipeline(given.vault, told, plugins, day, strict=strict), given.vault, told)
    scored = ScoredNetwork(outcome.network, outcome.scores, plugins, told.depth.weights)
    drawn, problems = styles(scored, strict=strict)
    reports = [run_report(hook, own, scored, strict=strict) for hook in own.hooks if isinstance(hook, Report)]
    said = [problem for report in reports for problem in report.problems]
    return Result(
        network=scored.view("the test", None),
        scores=outcome.scores,
        field=next((hook.field.name for hook in own.hooks if isinstance(hook, Scorer)), None),
        rows=tuple(row for report in reports for row in report.rows),
        remarks=tuple(fact for report in reports for fact in report.facts if isinstance(fact, Remark)),
        styles=drawn,
        problems=in_order((*outcome.problems, *problems, *said)),
        edits=outcome.edits,
    )


def as_plugin(what: What) -> Plugin:
    """Return the plugin of a decorated function, of several, or of a module. Raises TypeError."""
    if isinstance(what, ModuleType):
        hooks = hooks_of(what, "installed")
        name, place = what.__name__, what.__file__ or ""
    else:
        parts = list(what) if isinstance(what, Iterable) else [what]
        hooks = tuple(_hook(part) for part in parts)
        name, place = parts[0].__module__, inspect.getfile(inspect.unwrap(parts[0]))
    if not hooks:
        raise TypeError(f"{name} holds no function with a decorator of netnotes.api")
    return Plugin(name.rpartition(".")[2], hooks, "file", place)


def _hook(part: Any) -> Hook:
    hook = getattr(part, MARK, None)
    if not isinstance(hook, Hook):
        raise TypeError(f"{getattr(part, '__name__', part)!r} has no decorator of netnotes.api")
    return hook
