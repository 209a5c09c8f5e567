"""Make a vault from one text, or open one on disk; run a plugin and the bundled ones on it, and return the result."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from netnotes import config as configuration
from netnotes.app.sources import VaultSources
from netnotes.app.workspace import open_workspace
from netnotes.config import Config
from netnotes.export.note_tables import map_tables
from netnotes.extract.people import find_person
from netnotes.extract.people.names import stem
from netnotes.incremental import Memory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Person, Problem, Tie, Vault
from netnotes.outcome import Outcome, in_order
from netnotes.pipeline import run as run_pipeline
from netnotes.pipeline import with_notes
from netnotes.plugin.facts import Block, Notice, Remark, Row, Score, Style, Value
from netnotes.plugin.hooks import Exporter, Plugin, Report, Scorer, Watcher
from netnotes.plugin.network_view import NetworkView
from netnotes.plugin.notes import Note, SourceFile, Sources, fits, is_outside
from netnotes.plugin_host.loader import bundled, with_options
from netnotes.scoring.reports import export, run_report, style_finder, styles, watch
from netnotes.scoring.views import ScoredNetwork
from netnotes.testing.commands import invoke
from netnotes.testing.subjects import What, as_plugin
from netnotes.text import parse, settings

_HEAD = re.compile(r"^-- (.+?) --[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Result:
    """The result of running a plugin on one vault.

    .. versionadded:: 0.1
    """

    network: NetworkView
    """With all scores, styles and texts, of all plugins."""
    plugin: Plugin
    """The plugin that was run."""
    field: str | None
    """The field of its first scorer."""
    rows: tuple[Row, ...] = ()
    """Of its reports."""
    remarks: tuple[Remark, ...] = ()
    blocks: tuple[Block, ...] = ()
    styles: tuple[Style, ...] = ()
    """Of all stylers."""
    notices: tuple[Notice, ...] = ()
    """Of its watchers, if `run` got the vault as it was `before`."""
    exported: Mapping[str, str] | None = None
    """Format → text, of its exporters; of an ExtraFile `FORMAT-NAME` → text."""
    problems: tuple[Problem, ...] = ()
    edits: tuple[Edit, ...] = ()

    def person(self, name: str) -> Person:
        """Return the person of that name, alias or path. Raises PersonNotFound, AmbiguousName."""
        return find_person.person(self.network.people, name)

    def tie(self, name: str, other: str | None = None) -> Tie:
        """Return my tie with a person, or the tie between two others. Raises LookupError if there is none."""
        person = self.person(name)
        found = self.network.tie(person) if other is None else self.network.between(person, self.person(other))
        if found is None:
            raise LookupError(f"no tie with {name}" if other is None else f"no tie between {name} and {other}")
        return found

    def score(self, name: str, field: str | None = None) -> Score | None:
        """Return a person's score in the plugin's field, or in another; None if there is none.

        In a vault without people, `name` is that of a note, or its path.
        """
        wanted = field or self.field
        return self.network.score(self._subject(name), wanted) if wanted else None

    def value(self, name: str, field: str | None = None) -> Value | None:
        """Return the value of a person's score; None if there is none."""
        score = self.score(name, field)
        return score.value if score else None

    def style(self, name: str) -> Style | None:
        """Return the last style of a person or of my tie with them; in a vault without people, of a note."""
        if not self.network.people:
            ends: tuple[object, ...] = (self._note(name),)
        else:
            ends = (self.person(name), self.tie(name))
        return next((style for style in reversed(self.styles) if style.on in ends), None)

    def written(self, name: str) -> dict[str, object]:
        """Return what a sync would write into a person's note: property → value, the seal left out."""
        path = self.person(name).path
        changes = next((edit.changes for edit in self.edits if edit.path == path and not edit.refused), {})
        return {key: new for key, (_, new) in changes.items() if key != "netnotes"}

    def command(self, *args: str) -> str:
        """Run one of the plugin's commands (`"long-unseen", "--days", "30"`); return what it printed.

        Raises LookupError if the plugin has no such command, AssertionError if its exit code is not 0.
        """
        return invoke(self.plugin, self.network, args)

    def _subject(self, name: str) -> Tie | Note:
        return self.tie(name) if self.network.people else self._note(name)

    def _note(self, name: str) -> Note:
        found = [note for note in self.network.notes if name in (note.path, stem(note.path))]
        if not found:
            raise LookupError(f"no note {name}")
        return found[0]


def run(
    what: What,
    notes: str | Path | TextVault,
    *,
    name: str | None = None,
    as_of: dt.date | str = "2026-06-30",
    options: Mapping[str, Any] | None = None,
    config: str | None = None,
    before: str | Path | TextVault | None = None,
    strict: bool = True,
) -> Result:
    """Run `what` (a decorated function, several, or a module) and the bundled plugins on `notes`.

    `notes` is a text for `vault`, or the folder of a real vault, which is only read. `name` is the plugin's name; by
    default that of its entry point, else of its module. `as_of` is the day of the run, `options` is the plugin's table
    `[plugins.NAME]`, `config` is the text of a netnotes.toml that replaces the vault's. Watchers get the change from
    `before` to `notes`. With `strict` an exception in the plugin is raised; without, it becomes a problem, as for
    users. Raises BadConfig, ValueError, VaultNotFound.

    .. versionadded:: 0.1
    """
    plugin = as_plugin(what, name)
    day = dt.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    given = _given(notes)
    own, scored, outcome = _scored(plugin, given, day, options=options, config=config, strict=strict)
    drawn, problems = styles(scored)
    found = [*outcome.problems, *problems]
    facts: list[Row | Remark | Block] = []
    exported: dict[str, str] = {}
    for hook in own.hooks:
        if isinstance(hook, Report):
            result = run_report(hook, own, scored)
            facts += result.facts
            found += result.problems
        elif isinstance(hook, Exporter):
            files, new_problems = export(hook, own, scored, lambda: map_tables(outcome, lambda: scored.alters, drawn))
            found += new_problems
            exported |= {f"{hook.name}-{file}" if file else hook.name: text for file, text in (files or {}).items()}
    notices: list[Notice] = []
    if before is not None and any(isinstance(hook, Watcher) for hook in own.hooks):
        _, earlier, _ = _scored(plugin, _given(before), day, options=options, config=config, strict=strict)
        found_notices, new_problems = watch(earlier, scored)
        notices += [notice for name_, notice in found_notices if name_ == own.name]
        found += new_problems
    return Result(
        network=scored.view("the test", style_finder(scored)),
        plugin=own,
        field=next((hook.field.name for hook in own.hooks if isinstance(hook, Scorer)), None),
        rows=tuple(fact for fact in facts if isinstance(fact, Row)),
        remarks=tuple(fact for fact in facts if isinstance(fact, Remark)),
        blocks=tuple(fact for fact in facts if isinstance(fact, Block)),
        styles=drawn,
        notices=tuple(notices),
        exported=exported,
        problems=in_order(found),
        edits=outcome.edits,
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """A vault that was read, from a text or from a folder."""

    vault: Vault
    config: Config
    sources: Sources


def _given(notes: str | Path | TextVault) -> _Given:
    if isinstance(notes, Path):
        space = open_workspace(notes, {}, no_plugins=True)
        read = space.read()
        return _Given(read, space.config, VaultSources(notes, read).sources())
    made = vault(notes) if isinstance(notes, str) else notes
    return _Given(made.vault, made.config, made.sources())


def _scored(
    plugin: Plugin,
    given: _Given,
    day: dt.date,
    *,
    options: Mapping[str, Any] | None,
    config: str | None,
    strict: bool,
) -> tuple[Plugin, ScoredNetwork, Outcome]:
    """Return the plugin with its options, the scored network, and the outcome."""
    settings = given.config if config is None else configuration.parse(config)
    if options is not None:
        settings = replace(settings, plugins={**settings.plugins, plugin.name: dict(options)})
    (own,) = with_options([plugin], settings)
    plugins = (*(other for other in bundled(settings) if other.name != own.name), own)
    ran = run_pipeline(given.vault, settings, plugins, day, Memory(), strict=strict, sources=given.sources)
    outcome = with_notes(ran, given.vault, settings)
    weights = settings.depth.weights
    scored = ScoredNetwork(outcome.network, outcome.scores, plugins, weights, strict=strict, sources=given.sources)
    return own, scored, outcome


@dataclass(frozen=True, slots=True)
class TextVault:
    """A vault for a test, held in memory.

    .. versionadded:: 0.1
    """

    vault: Vault
    config: Config
    """The options in its `netnotes.toml`."""
    files: Mapping[str, bytes]
    """Path → content, of notes and all other files; those outside the vault begin with `~` or `/`."""

    def sources(self) -> Sources:
        """Return the text and files that plugins may read."""
        return Sources(self._text, self._fitting)

    def _text(self, path: str) -> str:
        return self.files.get(path, b"").decode()

    def _fitting(self, pattern: str) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
        found = [
            SourceFile(path, data, partial(bytes, data))
            for path, data in sorted(self.files.items())
            if fits(path, pattern)
        ]
        return tuple(found), ()


def vault(text: str) -> TextVault:
    """Return the vault in `text`, where each file begins with a line `-- PATH --`.

    The text may be indented like a docstring. A file `netnotes.toml` holds the vault's options, files in `.obsidian/`
    its settings; a path that begins with `~/` or `/` is a file outside the vault. Raises ValueError if there is no
    file, BadConfig for mistakes in the options.

    .. versionadded:: 0.1
    """
    parts = _HEAD.split(textwrap.dedent(text))
    if len(parts) == 1:
        raise ValueError("no file begins: put `-- People/Ada.md --` on a line of its own")
    files = {path: body.removeprefix("\n") for path, body in zip(parts[1::2], parts[2::2], strict=True)}
    own = settings.read({path: body for path, body in files.items() if path in settings.FILES})
    inside = sorted(
        path for path in files if not path.startswith(".") and path != configuration.FILE and not is_outside(path)
    )
    return TextVault(
        Vault(
            name="test",
            notes=tuple(parse.note(path, files[path].encode()) for path in inside if path.endswith(".md")),
            files=tuple(path for path in inside if not path.endswith(".md")),
            app=own.app,
            daily_folder=own.daily_folder,
            daily_format=own.daily_format,
            templates=own.templates,
            excluded=own.excluded,
            problems=own.problems,
        ),
        configuration.parse(files.get(configuration.FILE, "")),
        {path: body.encode() for path, body in files.items()},
    )
