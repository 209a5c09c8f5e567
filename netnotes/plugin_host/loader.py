"""Find a vault's plugins, import those that may run, and give each its options.

A broken, blocked or missing plugin becomes a problem and a state; it never ends the program.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from netnotes import options
from netnotes.config import FILE, Config
from netnotes.errors import BadConfig
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.plugin.call import TimeLimit, no_limit, words
from netnotes.plugin.hooks import Exporter, Plugin, Report
from netnotes.plugin_host import discovery
from netnotes.plugin_host.consent import Trust, Verdict, digest
from netnotes.plugin_host.contract import clashes
from netnotes.plugin_host.discovery import Source
from netnotes.plugin_host.module_loader import imported

ON, OFF, BLOCKED, DENIED, BROKEN = "on", "off", "blocked", "denied", "broken"


@dataclass(frozen=True, slots=True)
class State:
    """The state of one plugin, whether it runs or not."""

    name: str
    origin: str
    place: str
    version: str | None
    state: str
    """on, off, blocked (not allowed, or changed since), denied or broken."""
    reason: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The loaded plugins of a vault, and the states and problems of all its plugins."""

    plugins: tuple[Plugin, ...] = ()
    problems: tuple[Problem, ...] = ()
    states: tuple[State, ...] = ()
    complete: bool = True
    """False if a plugin that should run does not; then its fields in the notes stay."""
    mistakes: tuple[str, ...] = ()
    """Mistakes in plugin options, for BadConfig; a wrong option has its default value here."""


@dataclass(slots=True)
class _Loading:
    """The state of loading: what has been loaded so far."""

    config: Config
    trust: Trust | None
    limit: TimeLimit
    strict: bool
    on_demand: bool = False
    """Whether to import plugins with only reports, exporters and commands."""
    plugins: list[Plugin] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    complete: bool = True

    def note(self, source: Source, state: str, reason: str = "", hint: str = "", *, quiet: bool = False) -> None:
        """Record a plugin that does not run."""
        self.states.append(State(source.name, source.origin, source.place, source.version, state, reason, hint))
        if not quiet:
            self.complete = False
            self.problems.append(Problem(reason, plugin=source.name, hint=hint or None))

    def take(self, source: Source) -> None:
        """Import a plugin that may run."""
        if taken := next((plugin for plugin in self.plugins if plugin.name == source.name), None):
            self.note(
                source,
                BROKEN,
                f"not loaded: a {taken.origin} plugin already has this name",
                "rename one of the two",
            )
            return
        if source.fault:
            self.note(source, BROKEN, f"not loaded: {source.fault}")
            return
        plugin, problem = imported(source, self.limit, strict=self.strict)
        if plugin is None or problem is not None:
            fault = problem or Problem("not loaded")
            self.note(source, BROKEN, fault.message, fault.hint or "")
            return
        self.plugins.append(plugin)
        self.states.append(State(plugin.name, plugin.origin, plugin.place, plugin.version, ON))


def load(  # noqa: PLR0913  # one for each flag of the program
    config: Config,
    root: Path,
    trust: Trust,
    *,
    only: Sequence[str] | None = None,
    limit: TimeLimit = no_limit,
    strict: bool = False,
    everything: bool = False,
    on_demand: bool = False,
    named: Sequence[Path] = (),
) -> Loaded:
    """Load the plugins of the vault at `root`. Never raises, unless `strict`.

    `named` are plugin files that the user named for this run, which counts as consent; each runs in place of the
    vault's file of that name. `only` names the plugins to run besides the bundled ones, instead of all enabled and
    allowed ones; if it is empty, none of them. With `everything`, the states include installed plugins that are not
    enabled. Plugins that declare only reports, exporters and commands are imported with `on_demand` or `everything`.
    """
    found = _Loading(config, trust, limit, strict, on_demand or everything)
    for source in discovery.bundled((*discovery.BUNDLED, *(n for n in discovery.OPTIONAL if n in config.enable))):
        if source.name in config.disable:
            found.note(source, OFF, "disabled in netnotes.toml", quiet=True)
        else:
            found.take(source)
    _installed(found, only, everything=everything)
    files = [discovery.file(discovery.canonical(path)) for path in named]
    for source in discovery.files(root):
        if not (instead := next((file for file in files if file.name == source.name), None)):
            _file(found, source, only)
        elif instead.place != source.place:
            found.note(source, OFF, f"{instead.place} runs in its place", quiet=True)
    for source in files:
        found.take(source)
    found.problems += [*_unknown(found), *clashes(found.plugins)]
    plugins, mistakes = _given(found.plugins, config)
    return Loaded(plugins, tuple(found.problems), tuple(found.states), found.complete, mistakes)


def bundled(config: Config) -> tuple[Plugin, ...]:
    """Return the bundled plugins that `netnotes.toml` does not disable."""
    found = _Loading(config, None, no_limit, strict=True)
    for source in discovery.bundled(discovery.BUNDLED):
        if source.name not in config.disable:
            found.take(source)
    return with_options(found.plugins, config)


def fingerprint(root: Path, trust: Trust) -> str:
    """Return a text that changes with the vault's plugin files and the user's decisions on them."""
    found = [
        (file.place, digest(file.place, file.data), trust.verdict(file.place, file.data).value, file.fault)
        for file in discovery.files(root)
    ]
    return repr(found)


def bundled_report(name: str) -> tuple[Plugin, Report]:
    """Return the bundled plugin with the report `name`, with default options, and the report."""
    plugin = _bundled(name)
    return plugin, next(hook for hook in plugin.hooks if isinstance(hook, Report) and hook.name == name)


def bundled_exporter(form: str) -> tuple[Plugin, Exporter]:
    """Return the bundled plugin that holds the exporter of a format, and the exporter."""
    plugin = _bundled(discovery.EXPORTERS)
    return plugin, next(hook for hook in plugin.hooks if isinstance(hook, Exporter) and hook.name == form)


def _bundled(module: str) -> Plugin:
    (source,) = discovery.bundled((module,))
    plugin, problem = imported(source, no_limit, strict=True)
    if plugin is None:
        raise RuntimeError(problem)
    return plugin


def _installed(found: _Loading, only: Sequence[str] | None, *, everything: bool) -> None:
    enabled = [name for name in found.config.enable if name not in discovery.OPTIONAL]
    wanted = enabled if only is None else [name for name in only if name not in discovery.BUNDLED]
    if not wanted and not enabled and not everything:
        # Searching all distributions takes a while, so it is done only on request.
        return
    known = {source.name: source for source in discovery.installed()}
    for name in dict.fromkeys([*wanted, *enabled]):
        source = known.get(name)
        if name in found.config.disable:
            if source:
                found.note(source, OFF, "disabled in netnotes.toml", quiet=True)
        elif source is None:
            if only is None:
                missing = Source(name, "installed", "")
                near = options.did_you_mean(name, [*known, *discovery.OPTIONAL])
                found.note(
                    missing,
                    BROKEN,
                    f"not loaded: no such plugin is installed{near}",
                    "install it, or remove it from `enable`",
                )
        elif name not in wanted:
            _left_out(found, source)
        elif source.on_demand and not found.on_demand:
            found.note(source, ON, "imported when asked for", quiet=True)
        else:
            found.take(source)
    for source in known.values() if everything else ():
        if source.name not in wanted and source.name not in enabled:
            found.note(
                source,
                OFF,
                "installed, not enabled",
                f'`[plugins] enable = ["{source.name}"]` in netnotes.toml',
                quiet=True,
            )


def _file(found: _Loading, source: Source, only: Sequence[str] | None) -> None:
    if source.name in found.config.disable:
        found.note(source, OFF, "disabled in netnotes.toml", quiet=True)
    elif only is not None and source.name not in only:
        _left_out(found, source)
    elif source.fault:
        found.note(source, BROKEN, f"not loaded: {source.fault}")
    else:
        verdict = found.trust.verdict(source.place, source.data) if found.trust else Verdict.NEW
        if verdict is Verdict.ALLOWED:
            found.take(source)
        elif verdict is Verdict.DENIED:
            found.note(source, DENIED, "denied", f"netnotes plugins allow {source.place}", quiet=True)
        else:
            found.note(source, BLOCKED, f"not run: {verdict.value}", f"netnotes plugins allow {source.place}")


def _left_out(found: _Loading, source: Source) -> None:
    """Record a plugin that the user left out of this run: no problem, but its fields stay."""
    found.note(source, OFF, "left out by --no-plugins or NETNOTES_PLUGINS", quiet=True)
    found.complete = False


def _unknown(found: _Loading) -> list[Problem]:
    """Return a problem for each unknown plugin that netnotes.toml mentions."""
    known = {state.name for state in found.states} | set(discovery.OPTIONAL) | set(discovery.ON_REQUEST)
    spoken = {f"[plugins.{name}]": name for name in found.config.plugins} | {
        f"[plugins] disable: {name}": name for name in found.config.disable
    }
    return [
        Problem(
            f"{where}: no plugin `{name}`{options.did_you_mean(name, known)}",
            path=FILE,
            hint="`netnotes plugins list` names them",
        )
        for where, name in spoken.items()
        if name not in known
    ]


def with_options(plugins: Iterable[Plugin], config: Config) -> tuple[Plugin, ...]:
    """Return the plugins with the options of their `[plugins.NAME]`. Raises BadConfig with all mistakes at once."""
    found, mistakes = _given(plugins, config)
    if mistakes:
        raise BadConfig(FILE, mistakes)
    return found


def _given(plugins: Iterable[Plugin], config: Config) -> tuple[tuple[Plugin, ...], tuple[str, ...]]:
    found: list[Plugin] = []
    mistakes: list[str] = []
    for plugin in plugins:
        given, faults = _options(plugin, config.plugins.get(plugin.name, {}))
        mistakes += faults
        found.append(dataclasses.replace(plugin, options=given))
    return tuple(found), tuple(dict.fromkeys(mistakes))


def _options(plugin: Plugin, table: Any) -> tuple[dict[type[Any], object], list[str]]:
    """Return the instances of a plugin's options classes, which share one table, and the mistakes in it."""
    kinds = list(dict.fromkeys(hook.options for hook in plugin.hooks))
    names = {kind: {f.name for f in dataclasses.fields(kind) if f.init} for kind in kinds}
    everything = set().union(*names.values())
    where = f"plugins.{plugin.name}"
    mistakes = [
        f"[{where}] unknown key `{key}`{options.did_you_mean(key, everything)}"
        for key in table
        if key.replace("-", "_") not in everything
    ]
    given: dict[type[Any], object] = {}
    for kind in kinds:
        own = {key: value for key, value in table.items() if key.replace("-", "_") in names[kind]}
        try:
            given[kind], faults = options.read(kind, own, where)
        except Exception as error:  # noqa: BLE001  # a class may refuse values in __post_init__
            mistakes.append(f"[{where}] {words(error)}")
            given[kind] = kind()
        else:
            mistakes += faults
    return given, mistakes
