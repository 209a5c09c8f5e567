"""`[sources]`: files outside the vault that are read after the user's consent. Decides what is read; reads nothing.

Consent is to the paths, and to where they lead, for one vault; it is kept in the user's own data, never in the vault.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from netnotes.config import FILE, Config, FileSource
from netnotes.importers.source_file import facts_in
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.plugin.hooks import Plugin, Reader
from netnotes.plugin_host.consent import Trust, Verdict
from netnotes.plugin_host.loader import BLOCKED, DENIED, ON, Loaded, State

NAME = "[sources]"
"""The plugin name in its problems; no plugin can have it."""
_AHEAD = dt.timedelta(366 + 31)
"""How far calendars are read, from the first day of the month: at least a year from any of its days."""


@dataclass(frozen=True, slots=True)
class NamedSource:
    """One line of `[sources]`."""

    name: str
    path: str
    """As written; relative to the vault unless it begins with `~` or `/`."""
    real: str
    """Where that leads, links followed."""
    me: tuple[str, ...] = ()


def named_sources(root: Path, config: Config) -> tuple[NamedSource, ...]:
    """Return the sources in `[sources]`, by name, without opening them."""
    found = []
    for name, given in sorted(config.sources.items()):
        source = FileSource(given) if isinstance(given, str) else given
        real = os.path.realpath(root / Path(source.path).expanduser())
        found.append(NamedSource(name, source.path, real, source.me))
    return tuple(found)


def consent_key(root: Path) -> str:
    """Return the key under which consent to a vault's sources is stored."""
    return f"{root.resolve()}/{FILE} {NAME}"


def consent_content(sources: tuple[NamedSource, ...]) -> bytes:
    """Return what the consent covers: each path, and where it leads."""
    listed = {source.name: {"path": source.path, "leads to": source.real} for source in sources}
    return json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "backslashreplace")


def verdict(root: Path, sources: tuple[NamedSource, ...], trust: Trust) -> Verdict:
    """Return the user's verdict on the sources as they are now."""
    return trust.verdict(consent_key(root), consent_content(sources))


def fingerprint(root: Path, config: Config, trust: Trust) -> str:
    """Return a text that changes with the sources and the user's verdict, and once a month.

    Monthly, so that calendars are always read some way ahead.
    """
    if not config.sources:
        return ""
    sources = named_sources(root, config)
    return f"{verdict(root, sources, trust).value} {sources} {_today():%Y-%m}"


def as_plugin(sources: tuple[NamedSource, ...]) -> Plugin:
    """Return the readers of the sources. Calendars are read a year ahead, and to the same day during a month."""
    until = _today().replace(day=1) + _AHEAD
    hooks = tuple(
        Reader(source.name, cast("Any", _reader(source, until)), files=(source.path,), known_only=True)
        for source in sources
    )
    return Plugin(NAME, hooks, digest=f"{sources} {until}")


def with_sources(loaded: Loaded, root: Path, config: Config, trust: Trust) -> Loaded:
    """Add the readers of the sources, if the user allowed them; else say why they are not read."""
    sources = named_sources(root, config)
    decision = verdict(root, sources, trust)
    paths = ", ".join(source.path for source in sources)
    if decision is Verdict.ALLOWED:
        state = State(NAME, FILE, paths, None, ON)
        return replace(loaded, plugins=(*loaded.plugins, as_plugin(sources)), states=(*loaded.states, state))
    reason, hint = f"not read: {decision.value}", f"netnotes sources {shlex.quote(str(root))} --allow"
    if decision is Verdict.DENIED:
        return replace(loaded, states=(*loaded.states, State(NAME, FILE, paths, None, DENIED, reason, hint)))
    state = State(NAME, FILE, paths, None, BLOCKED, reason, hint)
    problem = Problem(f"{NAME} {paths}: {reason}", path=FILE, hint=hint)
    states, problems = (*loaded.states, state), (*loaded.problems, problem)
    return replace(loaded, states=states, problems=problems, complete=False)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _reader(source: NamedSource, until: dt.date) -> Any:
    def read(file: Any, options: object) -> Any:
        del options
        return facts_in(file, source.me, until)

    return read
