"""The saved result of the last command over a vault, or its memory if something changed. Computes nothing.

The file has what the answer depends on, the answer, and the memory, each read only when it is needed. A second file has
what only `check` remembers. After few changes only what is new in the answer is kept, in a third file.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from netnotes.config import Config
from netnotes.coverage import Coverage
from netnotes.model import Note, Vault
from netnotes.note_sequence import note_differences
from netnotes.outcome import Outcome
from netnotes.packing.columns import NotPlainError, Packer
from netnotes.packing.unpacker import Unpacker
from netnotes.plugin.hooks import Plugin
from netnotes.snapshot import outcomes
from netnotes.storage.garbage_collection import uncollected
from netnotes.storage.outcome_cache import OutcomeCache

if TYPE_CHECKING:  # it loads all that reads a line
    from netnotes.incremental import Memory

MOST_CHANGED = 20
"""Changed notes that later commands read again before the memory is saved again, which takes longer."""
Head = tuple[int, bytes, bytes]
"""Day, content of the vault, and the id of the saved run."""
_ID = 16
"""Bytes of that id."""


class EarlierRun(Protocol):
    """An earlier run over a vault, with which the next one begins. See `LastRun`."""

    def answer(self, today: dt.date) -> tuple[Outcome, Coverage | None] | None:
        """Return its result, if nothing has changed since."""

    def resume(self, today: dt.date, *, examined: bool = False) -> tuple[Memory, Outcome | None]:
        """Return its memory, and its outcome if nothing has changed since."""

    @property
    def knows_coverage(self) -> bool:
        """Whether `examine` can begin with it, or should rather begin with what a command saved."""

    def recall_coverage(self, memory: Memory) -> None:
        """Add what only `examine` needs to the memory of a run that began with this one."""

    def keep(self, outcome: Outcome, coverage: Coverage | None, memory: Memory) -> bool:
        """Keep a later run; return whether it was kept, with its memory."""

    def keep_answer(self, outcome: Outcome, coverage: Coverage | None) -> None:
        """Keep the result of a later run alone."""


class LastRun:
    """The saved run over `vault` with these options, if there is one. Never raises: without it, all is only slower."""

    def __init__(
        self,
        cache: OutcomeCache | None,
        vault: Vault,
        config: Config,
        plugins: Sequence[Plugin],
        *,
        strict: bool,
        complete: bool,
        files: str = "",
    ) -> None:
        """Read nothing yet; without a `cache` nothing is saved. `files` changes with the other files that matter."""
        self._vault = vault
        self._config = config
        self._plugins = plugins
        key = None
        if cache:
            key = outcomes.terms_key(vault, config, plugins, strict=strict, complete=complete, files=files)
        self._cache = cache if key else None
        self._key = key or b""
        self._head: Head | None = None
        self._pieces: Iterator[Any] | None = None
        """The rest of the file after the head, if `answer` read it but could not use it."""
        self._memory: Memory | None = None
        self._unpacker: Unpacker | None = None
        self._counts: tuple[int, ...] = ()
        """How many records of each class the saved answer has."""
        self._has_coverage = False
        """Whether what only `check` remembers was saved, and has been loaded."""
        self._notes: Sequence[Note] = ()
        """The notes that the memory was saved with; without content where they have changed since."""

    def answer(self, today: dt.date) -> tuple[Outcome, Coverage | None] | None:
        """Return the result of the last run, if nothing has changed since."""
        pieces = self._load()
        newer = self._cache.load(self._key, "answer") if self._cache else iter(())
        head: Head | None = next(newer, None)
        is_newer = head and self._head and head[-1] == self._head[-1] and self._is_current(head, today)
        if not is_newer and not self._is_current(self._head, today):
            self._pieces = pieces
            return None
        with uncollected(lasting=True):
            unpacker = Unpacker(outcomes.SCHEMA)
            packed = unpacker.add_pieces(pieces)
            if is_newer and packed is not None:
                packed = unpacker.add_pieces(newer)
            if packed is None:
                return None
            return outcomes.unpack(packed, self._vault, self._config, unpacker)

    def resume(self, today: dt.date, *, examined: bool = False) -> tuple[Memory, Outcome | None]:
        """Return the memory of the last run, and its outcome if nothing has changed since.

        The memory is empty if there was no last run. What only `examine` needs is loaded with `examined`.
        """
        from netnotes.incremental import Memory
        from netnotes.snapshot import memories

        with uncollected(lasting=True):
            pieces, self._pieces = self._pieces or self._load(), None
            unpacker = Unpacker(memories.SCHEMA)
            packed = unpacker.add_pieces(pieces)
            if packed is None:
                return Memory(), None
            outcome, _ = outcomes.unpack(packed, self._vault, self._config, unpacker)
            counts, terms = unpacker.counts(), (self._vault, self._config, self._plugins)
            unchanged = self._head is not None and self._head[1] == self._content
            memory = memories.unpack(pieces, *terms, outcome, unpacker, unchanged=unchanged)
            if memory.inputs is None:
                return memory, None
            self._memory, self._unpacker, self._counts, self._notes = memory, unpacker, counts, unpacker.outside
            if examined:
                self._load_coverage(memory)
            return memory, outcome if self._is_current(self._head, today) else None

    @property
    def knows_coverage(self) -> bool:
        """Always true: this is what a command saved."""
        return True

    def recall_coverage(self, memory: Memory) -> None:
        """Add what only `examine` needs to the memory of a run that began with this one, as far as it is valid."""
        if memory is self._memory and not self._has_coverage:
            self._load_coverage(memory)
            memory.coverage.outdate(memory.changed)

    def _load_coverage(self, memory: Memory) -> None:
        from netnotes.snapshot import coverages

        saved = self._cache.load(self._key, "coverage") if self._cache else iter(())
        if self._head is not None and next(saved, None) == self._head[-1]:
            with uncollected(lasting=True):
                found = coverages.unpack(saved)
            if found is not None:
                memory.coverage, self._has_coverage = found, True

    def keep(self, outcome: Outcome, coverage: Coverage | None, memory: Memory) -> bool:
        """Save a run unless little has changed since the saved one; return whether it was saved."""
        if self._cache is None:
            return False
        with suppress(NotPlainError), uncollected(lasting=False):
            if self._is_close(outcome, memory):
                if coverage is not None and not self._has_coverage and memory.changed is not None:
                    self._keep_coverage(memory, memory.coverage.outdated(memory.changed))
                return False
            if coverage is None:
                self.recall_coverage(memory)
            # What was loaded is no part of the file that replaces it.
            self._memory = self._unpacker = None
            self._cache.save(self._key, self._packed(outcome, coverage, memory))
            if memory.coverage.unread is not None:
                self._keep_coverage(memory, memory.coverage.unread)
        return True

    def _packed(self, outcome: Outcome, coverage: Coverage | None, memory: Memory) -> Iterator[Any]:
        """Yield the pieces of a file, each packed when the one before is written. Raises NotPlainError."""
        from netnotes.snapshot import memories

        packer = Packer(memories.SCHEMA, memories.notes_of(memory))
        self._head = self._head_of(outcome, os.urandom(_ID))
        yield self._head
        yield from outcomes.pack(outcomes.parts(outcome, coverage), packer)
        with suppress(NotPlainError):
            yield from memories.pack(memory, packer)

    def _keep_coverage(self, memory: Memory, unread: AbstractSet[str]) -> None:
        """Save what only `check` remembers of a run over the notes of the saved one, or almost the same.

        `unread`: paths of notes whose coverage may be another one with the notes of the saved run.
        """
        from netnotes.snapshot import coverages

        if self._cache is not None and self._head is not None:
            self._cache.save(self._key, chain((self._head[-1],), coverages.pack(memory.coverage, unread)), "coverage")

    def keep_answer(self, outcome: Outcome, coverage: Coverage | None) -> None:
        """Keep what is new in the answer of a run that began with the saved one, and what that one remembers."""
        if self._cache is not None and self._unpacker is not None and self._head is not None:
            with suppress(NotPlainError), uncollected(lasting=False):
                parts = outcomes.parts(outcome, coverage, with_scenes=False)
                packed = outcomes.pack(parts, Packer(outcomes.SCHEMA, known=self._unpacker.known(self._counts)))
                self._cache.save(self._key, chain((self._head_of(outcome, self._head[-1]),), packed), "answer")

    def _head_of(self, outcome: Outcome, of: bytes) -> Head:
        return outcome.network.today.toordinal(), self._content, of

    def _load(self) -> Iterator[Any]:
        """Return the pieces after the head."""
        pieces = self._cache.load(self._key) if self._cache else iter(())
        self._head = next(pieces, None)
        return pieces

    def _is_current(self, head: Head | None, today: dt.date) -> bool:
        """Return whether a run was over the same notes on the same day."""
        return head is not None and head[:2] == (today.toordinal(), self._content)

    @cached_property
    def _content(self) -> bytes:
        return outcomes.content_key(self._vault)

    def _is_close(self, outcome: Outcome, memory: Memory) -> bool:
        """Return whether the run began with the saved result, on the same day, and few notes differ.

        A run for which any answer may have changed read all notes again, as the next ones would.
        """
        if memory is not self._memory or self._head is None or memory.changed is None:
            return False
        if self._head[0] != outcome.network.today.toordinal():
            return False
        gone, new = note_differences(self._notes, memory.notes)
        return len(gone) + len(new) <= 2 * MOST_CHANGED
