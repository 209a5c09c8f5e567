"""Read many notes with several processes where that pays. Reads the same whether it does or not; keeps nothing.

A worker sends what it read as plain tuples. Where no processes can be made, or one dies, the rest is read here.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from netnotes.model import Note, Problem
from netnotes.storage.scan import read_note
from netnotes.text import serialize

Read = tuple[str, Note | Problem | None]
"""A path and what is there: a note, a refusal of the system, or nothing any more."""

ENDING = (signal.SIGINT, signal.SIGTERM)
LINGER = 1.0
"""Seconds that a worker goes on after it was told to end."""
_AT_ONCE = 100
"""Notes that a worker reads for one message; whoever stops early waits for two or three of them."""

_FIRST = 20
"""Notes that are read before processes are forked."""


def read_notes(root: Path, paths: Sequence[str], processes: int, *, lines: bool = True) -> Iterator[Read]:
    """Read the notes at `paths`, each once, in their order, with up to `processes` processes; `lines` as in `parse`."""
    done = 0
    for read in _together(root, paths, processes, lines):
        yield read
        done += 1
    for path in paths[done:]:
        yield path, read_note(root, path, lines=lines)


def context() -> BaseContext | None:
    """Return the way to make processes that is safe here and now; None if there is none.

    A fork is the quickest, and safe only while nothing else runs in this process. Any other way runs the main
    program's file again, which only a module or a script that guards against it takes well.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    main = sys.modules.get("__main__")
    if getattr(main, "__spec__", None) is not None and "spawn" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    return None


def _together(root: Path, paths: Sequence[str], processes: int, lines: bool) -> Iterator[Read]:
    """Yield what the workers read, in order, as far as they come."""
    way = context()
    if way is None:
        return
    if way.get_start_method() == "fork":
        # Tables of words that the first notes need are then made once, and not by each process.
        for path in paths[:_FIRST]:
            yield path, read_note(root, path, lines=lines)
        paths = paths[_FIRST:]
    pieces = [paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE)]
    try:
        with ProcessPoolExecutor(processes, mp_context=way, initializer=_begin) as crew:
            try:
                with _undisturbed():
                    read = crew.map(partial(_read_piece, str(root), lines), pieces)
                for piece, data in zip(pieces, read, strict=True):
                    for path, packed in zip(piece, marshal.loads(data), strict=True):  # noqa: S302  # our own worker's
                        yield path, _unpacked(path, packed)
            except BaseException:
                # Whoever stops early, or is interrupted, does not wait for what nobody will read.
                crew.shutdown(wait=False, cancel_futures=True)
                raise
    except (OSError, BrokenProcessPool, NotImplementedError, ImportError):
        # No processes, no shared memory, or killed for want of memory: whoever called reads the rest.
        return


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back what ends this process: workers begin in the block, and are not to hear of it before they are ready."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Prepare a worker: whoever interrupts the program interrupts its first process, which ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave_soon)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    gc.disable()
    if first := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(first,), daemon=True).start()


def _leave_soon(*_: object) -> None:
    """End in a moment: of all that are told to end the first one is to be first; after a death it ends the rest so."""
    timer = threading.Timer(LINGER, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _end_with(first: BaseProcess) -> None:
    """End when the first process does, killed or not: a worker left behind would hold its files and locks for ever."""
    first.join()
    os._exit(1)


def _read_piece(root: str, lines: bool, paths: Sequence[str]) -> bytes:
    place = Path(root)
    return marshal.dumps([_packed(read_note(place, path, lines=lines)) for path in paths])


def _packed(read: Note | Problem | None) -> Any:
    if isinstance(read, Problem):
        return read.message, read.hint
    return serialize.pack(read) if read else None


def _unpacked(path: str, packed: Any) -> Note | Problem | None:
    if packed is None:
        return None
    if len(packed) == 2:
        return Problem(packed[0], path=path, hint=packed[1])
    return serialize.unpack(path, packed)
