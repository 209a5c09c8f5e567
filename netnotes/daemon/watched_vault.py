"""A vault kept up to date by the daemon: its notes, read again as they change, and the writing that follows.

Tracks what is on disk and what it wrote itself; `loop` decides when to do something.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

from netnotes.app import file_sources
from netnotes.app.progress import Progress, Silent
from netnotes.app.sources import VaultSources
from netnotes.app.workspace import Workspace, read_config_bytes
from netnotes.daemon.answers.fork import Declined
from netnotes.daemon.answers.run_in_memory import RunInMemory
from netnotes.daemon.backoff import PluginBackoff
from netnotes.errors import NetNotesError
from netnotes.extract.corpus import corpus_of
from netnotes.extract.coverage import note_coverage
from netnotes.incremental import CoverageMemory, Memory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem, Vault
from netnotes.note_sequence import at_paths
from netnotes.outcome import Outcome, in_order
from netnotes.pipeline import resolver_of, run
from netnotes.plugin.facts import Notice
from netnotes.plugin.hooks import Plugin, Reader, Watcher
from netnotes.plugin_host.consent import Trust
from netnotes.plugin_host.loader import BROKEN, fingerprint
from netnotes.scoring.reports import watch
from netnotes.scoring.views import ScoredNetwork
from netnotes.snapshot.outcomes import are_repeatable
from netnotes.storage.garbage_collection import uncollected
from netnotes.writing.apply import WriteContext, WriteResult
from netnotes.writing.journal import Journal
from netnotes.writing.sync import sync

FILES, FILES_SHARE = 10.0, 0.01
"""Shortest pause between two checks of files beside the notes, in seconds, and the largest share of time they take."""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The result of a scan."""

    external: tuple[str, ...] = ()
    """Notes that another program created, changed or removed."""
    own_writes: tuple[str, ...] = ()
    """Notes that are still as NetNotes wrote them."""
    other: bool = False
    """Whether anything else changed: other files, settings, unreadable notes."""
    complete: bool = True
    """Whether the whole vault was scanned."""

    def __bool__(self) -> bool:
        return bool(self.external or self.other)


class WatchedVault:
    """A vault kept up to date. Nothing is read before the first `scan`."""

    def __init__(self, opened: Callable[[], Workspace], journal: Journal | None, trust: Path) -> None:
        """Open the vault by `opened()`, which may raise BadConfig; `trust` is the folder of the user's consents.

        Without a journal nothing is ever written.
        """
        self.space = opened()
        self.vault = Vault(self.space.root.name)
        self.outcome: Outcome | None = None
        self._computed: tuple[tuple[Vault, Workspace, object], Outcome] | None = None
        """Of what the last outcome was computed, and that outcome without the problems of files."""
        self._seen: ScoredNetwork | None = None
        """The network that watchers saw last."""
        self.journal = journal
        self.plugin_backoff = PluginBackoff()
        self.failing: tuple[str, ...] = ()
        """Plugins that failed in the last round."""
        self._opened = opened
        self._store = self.space.store
        self._store.unpack_all()
        self._trust = trust
        self._memory = Memory()
        self._terms = self._space_terms = self._own_terms()
        """The settings as last seen, and those that the vault was opened with."""
        self._files_at = 0.0
        """When to check other files again."""
        self._outside: object = None
        """Path and stamp of each file beside the notes that was read last; None before the first round."""
        self._written: dict[str, str] = {}
        """Notes that we wrote and have not scanned since → their digest."""

    @property
    def quiet(self) -> float:
        """Seconds without a change before anything is computed and written."""
        return self.space.config.write_delay if self.journal else 0.0

    def identity(self) -> tuple[int, int] | None:
        """Return the identity of this vault's folder; None if it is gone."""
        try:
            status = self.space.root.stat()
        except OSError:
            return None
        return (status.st_dev, status.st_ino)

    def scan(self, hinted: Collection[str] = ()) -> ScanResult:
        """Read what changed since the last scan; only the notes at the `hinted` paths, if that is enough."""
        before = self.vault
        refresh_hinted = self._store.refresh_hinted(hinted) if hinted else None
        self.vault, changed = refresh_hinted or self._store.refresh()
        own_writes = {path for path in changed if self._is_ours(path)}
        external = {*changed, *self._undone(hinted if refresh_hinted else None)} - own_writes
        other = replace(before, notes=()) != replace(self.vault, notes=())
        return ScanResult(tuple(sorted(external)), tuple(sorted(own_writes)), other, refresh_hinted is None)

    def settings_changed(self) -> bool:
        """Return, once for each change, whether `netnotes.toml`, a plugin or what the user allows has changed."""
        before, self._terms = self._terms, self._own_terms()
        return before != self._terms

    def reload(self) -> None:
        """Read options and plugins again. Raises BadConfig; the last valid ones then stay."""
        terms = self._own_terms()
        self.space = replace(self._opened(), store=self._store)
        self._space_terms = terms
        self.plugin_backoff.reset()

    def compute(self, today: dt.date) -> Outcome:
        """Compute the outcome of the notes as last read, and record which plugins failed."""
        files = VaultSources(self.space.root, self.vault)
        self._outside = self._stamps(files)
        outcome, plugins = self._run(today, files)
        self.failing = self.plugin_backoff.record(plugins, outcome.problems)
        problems = (*self.space.loaded.problems, *outcome.problems, *files.problems)
        self.outcome = replace(outcome, problems=in_order(problems))
        return self.outcome

    def catch_up(self, today: dt.date) -> None:
        """Compute what commands would be answered with, unless that is known. Records nothing."""
        files = VaultSources(self.space.root, self.vault)
        if self._current(self.vault, files, today) is None:
            self._run(today, files)

    def examine(self, stop: Callable[[], bool]) -> bool:
        """Look for what was not read, in the notes as last computed; return whether `stop()` left some for later."""
        (vault, space, _), _ = self._computed or ((None, None, None), None)
        if vault is not self.vault or space is not self.space:
            return False
        config, memory = self.space.config, self._memory
        with uncollected(lasting=False):
            corpus = corpus_of(self.vault, config, memory.corpus)
            note_coverage.update(corpus, resolver_of(memory), config, memory, stop)
        return bool(memory.coverage.unread)

    def forget_coverage(self) -> None:
        """Forget what was not read."""
        self._memory.coverage = CoverageMemory()

    def _run(self, today: dt.date, files: VaultSources) -> tuple[Outcome, tuple[Plugin, ...]]:
        """Return the outcome, without problems of files, and the plugins that ran."""
        space = self.space
        plugins = self.plugin_backoff.active(space.plugins)
        # If this fails, what is remembered is half that of another run.
        self._computed = None
        with uncollected(lasting=self.outcome is None):
            outcome = run(
                *(self.vault, space.config, plugins, today, self._memory),
                complete=space.loaded.complete and len(plugins) == len(space.plugins),
                limit=space.keeper,
                sources=files.sources(),
            )
        self._computed = (self.vault, space, self._stamps(files)), outcome
        return outcome, plugins

    def _current(self, vault: Vault, files: VaultSources, today: dt.date) -> Outcome | None:
        """Return the last outcome without problems of files; None if it would be another one now."""
        of, outcome = self._computed or ((), None)
        is_current = outcome is not None and outcome.network.today == today
        return outcome if is_current and of == (vault, self.space, self._stamps(files)) else None

    def workspace_for_answer(self, root: Path, *, progress: Progress | None, **flags: object) -> Workspace:
        """Return this vault as `open_workspace(root, …)` would, with all that is remembered of it, in a fork.

        Raises Declined if it would be another vault, if this one was not computed with these `flags` and the settings
        as they are now, or if its plugins may do something else in a new process.
        """
        usual = {"no_plugins": False, "strict": False, "cached": True, "on_demand": False, "named": ()}
        is_same = root.resolve() == self.space.root.resolve() and self._own_terms() == self._space_terms
        if not (flags == usual and is_same and self._are_plugins_repeatable()):
            raise Declined
        shown = progress or Silent()
        self._store.only_read(shown)
        return replace(self.space, root=root, progress=shown, problems=[], earlier_run=self._earlier_run)

    def _are_plugins_repeatable(self) -> bool:
        """Return whether a new process would load the same plugins, and get the same from them."""
        problems = self._computed[1].problems if self._computed else ()
        # One that failed may succeed the next time.
        has_failed = self.plugin_backoff.suspended() or any(problem.failure for problem in problems)
        # Nothing says when an installed one, or a package that a broken one needs, is installed or updated.
        has_installed = any(state.origin == "installed" or state.state == BROKEN for state in self.space.loaded.states)
        return not (has_failed or has_installed) and are_repeatable(self.space.plugins)

    def _earlier_run(self, vault: Vault, files: VaultSources) -> RunInMemory:
        return RunInMemory(partial(self._current, vault, files), self._memory)

    def files_changed(self, seconds: Callable[[], float]) -> bool:
        """Return whether a file that readers and `[sources]` read has changed since the last round.

        The system sends no notifications for these files, so they are checked every `FILES` seconds or less often;
        in between the answer is False. `seconds()` reads a monotonic clock.
        """
        begin = seconds()
        if begin < self._files_at or self._outside is None or not self._patterns():
            return False
        changed = self._stamps(VaultSources(self.space.root, self.vault)) != self._outside
        end = seconds()
        self._files_at = end + max(FILES, (end - begin) / FILES_SHARE)
        return changed

    def _stamps(self, files: VaultSources) -> object:
        return [(file.path, file.stamp) for pattern in self._patterns() for file in files.files(pattern)[0]]

    def _patterns(self) -> list[str]:
        hooks = (hook for plugin in self.space.plugins for hook in plugin.hooks)
        return [pattern for hook in hooks if isinstance(hook, Reader) for pattern in hook.files]

    def notices(self) -> tuple[tuple[str, Notice], ...]:
        """Return (plugin, notice) for the change since the last call; nothing on a new day."""
        if self.outcome is None or not any(isinstance(h, Watcher) for p in self.space.plugins for h in p.hooks):
            self._seen = None
            return ()
        before, self._seen = self._seen, self.space.scored(self.outcome, self.vault)
        if before is None or before.network.today != self._seen.network.today:
            return ()
        return watch(before, self._seen)[0]

    def write(
        self, outcome: Outcome, at: dt.datetime, stop: Callable[[], bool], blocked: Collection[str] = ()
    ) -> WriteResult:
        """Write the edits of an outcome, except into notes that are `blocked`.

        Raises PeopleVanished, JournalBusy, Unwritable: nothing is written then.
        """
        if self.journal is None:
            return WriteResult()
        options = self.space.config
        context = WriteContext(self.space.root, self.journal, at, "watch", options.write_delay, stop=stop)
        edits = tuple(edit for edit in outcome.edits if edit.path not in blocked) if blocked else outcome.edits
        result = sync(self.vault, replace(outcome, edits=edits), options, context)
        self._written |= result.written
        return result

    def keep_exports(self, outcome: Outcome, say: Callable[..., None]) -> None:
        """Write the files of `[exports]` that changed; `say` which, and what failed."""
        wanted = self.space.config.exports
        if self.journal is None or not (wanted.canvas or wanted.embed):
            return
        from netnotes.app.vault_files import keep_current  # few vaults ask for it

        for result in keep_current(self.space, self.vault, outcome):
            if isinstance(result, NetNotesError):
                say("not exported", error=result)
            elif isinstance(result, Problem):
                say("export incomplete", plugin=result.plugin, problem=result.message)
            else:
                say("exported", path=result.name)

    def _is_ours(self, path: str) -> bool:
        """Return, once for each write, whether a note still has the bytes that we wrote."""
        wrote = self._written.pop(path, None)
        found = at_paths(self.vault.notes, (path,)).get(path)
        return wrote is not None and found is not None and found.digest == wrote

    def _undone(self, scanned: Collection[str] | None) -> list[str]:
        """Return, once, the notes we wrote that were changed back. `scanned`: the paths that were read; None: all."""
        paths = [path for path in self._written if scanned is None or path in scanned]
        for path in paths:
            del self._written[path]
        return paths

    def _own_terms(self) -> tuple[bytes | None, str, str]:
        """Return a value that changes when options, plugins or the user's consents change."""
        root = self.space.root
        try:
            options = read_config_bytes(root)
        except OSError:
            options = None
        trust = Trust(self._trust)
        return options, fingerprint(root, trust), file_sources.fingerprint(root, self.space.config, trust)
