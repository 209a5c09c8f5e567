"""A vault on disk, ready to run: its folder, its `netnotes.toml`, its plugins and its notes."""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from netnotes import config as configuration
from netnotes.app.last_run import EarlierRun, LastRun
from netnotes.app.progress import Progress, Silent
from netnotes.app.sources import VaultSources
from netnotes.config import Config
from netnotes.coverage import Coverage
from netnotes.coverage import in_order as remarks_in_order
from netnotes.errors import BadConfig, VaultNotFound
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem, Vault
from netnotes.outcome import Outcome, in_order
from netnotes.plugin.hooks import Plugin
from netnotes.plugin_host.consent import Trust, folder
from netnotes.plugin_host.loader import Loaded, load
from netnotes.plugin_host.time_limit import Timekeeper
from netnotes.storage.cache import NoteCache
from netnotes.storage.garbage_collection import uncollected
from netnotes.storage.note_store import NoteStore
from netnotes.storage.outcome_cache import OutcomeCache
from netnotes.storage.scan import read_bytes

if TYPE_CHECKING:  # these load all that reads a line or scores a tie
    from netnotes.directory import Directory
    from netnotes.incremental import Memory
    from netnotes.scoring.views import ScoredNetwork

MOST_PROCESSES = 8
"""Most processes for reading a vault; more gain nothing."""


@dataclass(slots=True, eq=False)
class Workspace:
    """An opened vault: its folder, options, plugins and notes."""

    root: Path
    config: Config
    loaded: Loaded
    """The plugins that run, and the state of the others."""
    keeper: Timekeeper
    """Limits and measures the time that each plugin function takes."""
    store: NoteStore
    """The notes as last read."""
    strict: bool = False
    """Whether exceptions in plugins are raised."""
    progress: Progress = field(default_factory=Silent)
    problems: list[Problem] = field(default_factory=list)
    """The problems of the last run."""
    kept: OutcomeCache | None = None
    """The outcome that an earlier command saved; None: always compute again."""
    earlier_run: Callable[[Vault, VaultSources], EarlierRun] | None = None
    """What to begin with instead: an earlier run that this process remembers."""

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """The plugins that run."""
        return self.loaded.plugins

    def read(self) -> Vault:
        """Read the notes; only those that changed are parsed again."""
        return self.store.read()

    def read_people(self, *, leave_out: Callable[[str], bool] | None = None) -> tuple[Vault, Directory]:
        """Read the notes, and find out which are people; compute nothing else.

        New notes whose path `leave_out` accepts are not read.
        """
        from netnotes.pipeline import people_of  # as in `_computed`

        vault = self.store.read(leave_out=leave_out)
        return vault, people_of(vault, self.config)

    def read_links(self) -> Vault:
        """Read the notes, perhaps without their passages: see `NoteStore.read_links`."""
        return self.store.read_links()

    def run(self, today: dt.date) -> tuple[Vault, Outcome]:
        """Read the notes and compute everything; if nothing changed, load the last command's outcome."""
        vault, outcome, _ = self.run_to_examine(today)
        return vault, outcome

    def run_to_examine(self, today: dt.date) -> tuple[Vault, Outcome, Callable[[], Coverage]]:
        """Do as `run`; return also what looks for what was not read, in these notes and with what the run remembers."""
        vault, outcome, coverage = self._run(today, complete=self.loaded.complete, examined=False)
        self.problems[:] = outcome.problems
        return vault, outcome, coverage

    def compute(self, vault: Vault, today: dt.date) -> Outcome:
        """Compute everything from notes already read."""
        from netnotes.incremental import Memory  # as in `_computed`

        with self.progress.busy("Working out ties"):
            outcome = self.recompute(vault, today, Memory())
        self.problems[:] = outcome.problems
        return outcome

    def recompute(self, vault: Vault, today: dt.date, memory: Memory) -> Outcome:
        """Do as `compute`, but show no progress and keep no problems: for another day, or for planned notes."""
        files = VaultSources(self.root, vault)
        return self._with_problems(self._computed(vault, today, files, memory, complete=self.loaded.complete), files)

    def _computed(
        self, vault: Vault, today: dt.date, files: VaultSources, memory: Memory, *, complete: bool
    ) -> Outcome:
        from netnotes.pipeline import run  # if nothing changed, it need not be imported
        from netnotes.storage.second_process import forked

        with uncollected(lasting=False):
            return run(
                *(vault, self.config, self.plugins, today, memory),
                strict=self.strict,
                complete=complete,
                limit=self.keeper,
                sources=files.sources(),
                fork=forked,
            )

    def _with_problems(self, outcome: Outcome, files: VaultSources) -> Outcome:
        """Add the problems of plugins that were not loaded and of files that could not be read."""
        return replace(outcome, problems=in_order((*self.loaded.problems, *outcome.problems, *files.problems)))

    def examine(self, today: dt.date) -> tuple[Vault, Outcome, Coverage]:
        """Read the notes, compute everything, and look for what was not read."""
        vault, outcome, coverage = self._run(today, complete=True, examined=True)
        found = coverage()
        if "empty folder" not in self.config.silence:
            from netnotes.app.empty_folders import empty_folders  # only `check` needs them

            found = replace(
                found,
                remarks=remarks_in_order((*found.remarks, *empty_folders(self.root, outcome.network.people))),
            )
        return vault, outcome, found

    def _run(self, today: dt.date, *, complete: bool, examined: bool) -> tuple[Vault, Outcome, Callable[[], Coverage]]:
        vault = self.read()
        files = VaultSources(self.root, vault)
        last = self._last_run(vault, files, complete=complete, examined=examined)
        outcome, found = last.answer(today) or (None, None)
        memory = None
        if outcome is None or (examined and found is None):
            memory, known = last.resume(today, examined=examined)
            with self.progress.busy("Reading every line" if examined else "Working out ties"):
                outcome = known or self._computed(vault, today, files, memory, complete=complete)
                found = self._coverage(vault, memory) if examined else None
            self._keep(last, files, outcome, found, memory)

        def coverage() -> Coverage:
            return self._look(outcome, files, last, memory, complete=complete) if found is None else found

        return vault, self._with_problems(outcome, files), coverage

    def _look(
        self, outcome: Outcome, files: VaultSources, last: EarlierRun, memory: Memory | None, *, complete: bool
    ) -> Coverage:
        """Look for what a run over these notes did not read; `memory` is None if the run was an earlier command's."""
        vault, today = files.vault, outcome.network.today
        with self.progress.busy("Reading every line"):
            if memory is not None and last.knows_coverage:
                last.recall_coverage(memory)
            else:
                last = self._last_run(vault, files, complete=complete, examined=True)
                memory, known = last.resume(today, examined=True)
                outcome = known or self._computed(vault, today, files, memory, complete=complete)
            found = self._coverage(vault, memory)
        self._keep(last, files, outcome, found, memory)
        return found

    def _coverage(self, vault: Vault, memory: Memory) -> Coverage:
        from netnotes.pipeline import examine  # as in `_computed`

        return examine(vault, self.config, memory)

    def _keep(
        self, last: EarlierRun, files: VaultSources, outcome: Outcome, found: Coverage | None, memory: Memory
    ) -> None:
        if not files.problems and not last.keep(outcome, found, memory):
            last.keep_answer(outcome, found)

    def run_with_memory(self, today: dt.date) -> tuple[Vault, Outcome, Memory]:
        """Do as `run`, but return the memory too, for more runs over this vault; show no progress, keep no problems."""
        with self.store.listing_in_fork():
            for name in ("netnotes.pipeline", "netnotes.snapshot.memories"):
                import_module(name)
            vault = self.read()
        files = VaultSources(self.root, vault)
        last = self._last_run(vault, files, complete=self.loaded.complete)
        memory, outcome = last.resume(today)
        if outcome is None:
            outcome = self._computed(vault, today, files, memory, complete=self.loaded.complete)
            if not files.problems:
                last.keep(outcome, None, memory)
        return vault, self._with_problems(outcome, files), memory

    def _last_run(self, vault: Vault, files: VaultSources, *, complete: bool, examined: bool = False) -> EarlierRun:
        if self.earlier_run is not None:
            last = self.earlier_run(vault, files)
            if last.knows_coverage or not examined:
                return last
        stamps = files.stamps(self.plugins) if self.kept else None
        terms = (vault, self.config, self.plugins)
        cache = self.kept if stamps is not None else None
        return LastRun(cache, *terms, strict=self.strict, complete=complete, files=stamps or "")

    def scored(self, outcome: Outcome, vault: Vault) -> ScoredNetwork:
        """Return the outcome of `vault` as reports, stylers and commands see it."""
        from netnotes.scoring.views import ScoredNetwork  # as above

        return ScoredNetwork(
            outcome.network,
            outcome.scores,
            self.plugins,
            self.config.depth.weights,
            self.keeper,
            self.strict,
            VaultSources(self.root, vault).sources(),
        )

    def vault_path(self, note: str) -> str:
        """Return the path of a note within the vault; `note` is relative to the vault or the working directory."""
        inside = note if (self.root / note).exists() else os.path.relpath(note, self.root)
        return Path(inside).as_posix()


def open_workspace(
    root: Path,
    environ: Mapping[str, str] | None = None,
    *,
    no_plugins: bool = False,
    strict: bool = False,
    cached: bool = False,
    progress: Progress | None = None,
    on_demand: bool = False,
    named: Sequence[Path] = (),
) -> Workspace:
    """Open the vault at `root`. Raises BadConfig, VaultNotFound; never for a plugin, unless `strict`.

    `environ` may hold NETNOTES_PLUGINS, the comma-separated names of plugins to run beyond the bundled ones, and
    NETNOTES_DATA, the folder of the user's data. With `no_plugins` only the bundled ones run. With `cached`, unchanged
    notes come from the user's cache, or from the folder in NETNOTES_CACHE. `named` are plugin files to run this once.
    """
    if not root.is_dir():
        raise VaultNotFound(str(root))
    config = read_config(root)
    space = workspace_of(
        *(root, config, environ or {}),
        no_plugins=no_plugins,
        strict=strict,
        cached=cached,
        progress=progress,
        on_demand=on_demand,
        named=named,
    )
    if space.loaded.mistakes:
        raise BadConfig(configuration.FILE, space.loaded.mistakes)
    return space


def workspace_of(  # noqa: PLR0913  # one for each flag of the program
    root: Path,
    config: Config,
    environ: Mapping[str, str],
    *,
    no_plugins: bool = False,
    strict: bool = False,
    everything: bool = False,
    cached: bool = False,
    progress: Progress | None = None,
    on_demand: bool = False,
    named: Sequence[Path] = (),
) -> Workspace:
    """Load the plugins of a vault with known options; their mistakes are left in `loaded.mistakes`.

    With `everything`, installed plugins that are not enabled are listed too.
    """
    # Debugging a plugin at a breakpoint may take any time.
    keeper = Timekeeper(math.inf if named and strict else config.seconds)
    trust = Trust(folder(environ.get("NETNOTES_DATA")))
    only = _only(environ, no_plugins=no_plugins)
    given = {"strict": strict, "everything": everything, "on_demand": on_demand}
    loaded = load(config, root, trust, only=only, limit=keeper, named=named, **given)
    if config.sources:
        from netnotes.app import file_sources  # few vaults have any

        loaded = file_sources.with_sources(loaded, root, config, trust)
    shown = progress or Silent()
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    cache = _cache_folder(environ) if cached else None
    store = NoteStore(root, NoteCache(cache, root) if cache else None, processes, shown)
    # A plugin file named on the command line must run, so that its effect is seen.
    kept = OutcomeCache(cache, root) if cache and not named else None
    return Workspace(root, config, loaded, keeper, store, strict, shown, kept=kept)


def _cache_folder(environ: Mapping[str, str]) -> Path:
    if named := environ.get("NETNOTES_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path  # start-up imports nothing it does not need

    return user_cache_path("netnotes", appauthor=False)


def _only(environ: Mapping[str, str], *, no_plugins: bool) -> tuple[str, ...] | None:
    """Return the names of plugins to run beyond the bundled ones; None: all."""
    named = environ.get("NETNOTES_PLUGINS")
    if no_plugins or named is None:
        return () if no_plugins else None
    return tuple(name for part in named.split(",") if (name := part.strip()))


def read_config(root: Path) -> Config:
    """Return the options in the vault's `netnotes.toml`, or the defaults if there is none. Raises BadConfig."""
    try:
        data = read_config_bytes(root)
        text = (data or b"").decode("utf-8-sig")
    except OSError as error:
        raise BadConfig(configuration.FILE, (f"cannot be read: {error.strerror or error}",)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadConfig(configuration.FILE, (f"line {line} is not UTF-8 text",)) from error
    return configuration.parse(text)


def read_config_bytes(root: Path) -> bytes | None:
    """Return the content of the vault's `netnotes.toml`, at most one byte over the limit; None if there is none.

    Raises OSError, also if it is not a regular file.
    """
    try:
        return read_bytes(str(root / configuration.FILE), configuration.LONGEST + 1)
    except FileNotFoundError:
        return None
