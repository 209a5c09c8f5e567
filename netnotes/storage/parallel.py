"""Read many notes with several processes. Stores nothing.

A worker sends what it read as plain tuples. If no process can be started, or one dies, the rest is read here.
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
from netnotes.storage.scan import read_note, read_packed
from netnotes.text import serialize

Read = tuple[str, Note | Problem | None]
"""A path and its content: a note, a problem, or None if it is gone."""

ENDING = (signal.SIGINT, signal.SIGTERM)
LINGER = 1.0
"""Seconds that a worker continues after a signal to end."""
_AT_ONCE = 100
"""Notes that a worker reads per message; an early stop waits for two or three messages."""

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
    """Return a safe way to start processes, or None.

    A fork is fastest, but safe only while this process has no other thread. Any other way runs the main file again, so
    it must be a module or a guarded script.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    main = sys.modules.get("__main__")
    if getattr(main, "__spec__", None) is not None and "spawn" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    return None


def _together(root: Path, paths: Sequence[str], processes: int, lines: bool) -> Iterator[Read]:
    """Yield what the workers read, in order, until one fails."""
    start = context()
    if start is None:
        return
    if start.get_start_method() == "fork":
        # The word tables that the first notes need are then built once, not by each process.
        for path in paths[:_FIRST]:
            yield path, read_note(root, path, lines=lines)
        paths = paths[_FIRST:]
    pieces = [paths[at : at + _AT_ONCE] for at in range(0, len(paths), _AT_ONCE)]
    try:
        with ProcessPoolExecutor(processes, mp_context=start, initializer=_begin) as workers:
            try:
                with _undisturbed():
                    read = workers.map(partial(_read_piece, str(root), lines), pieces)
                for piece, data in zip(pieces, read, strict=True):
                    for path, packed in zip(piece, marshal.loads(data), strict=True):  # noqa: S302  # our own worker's
                        yield path, _unpacked(path, packed)
            except BaseException:
                # After an early stop or an interruption, wait only for what the workers have begun.
                # Without waiting, Python 3.13 complains at exit about the pipe of its own thread.
                workers.shutdown(wait=True, cancel_futures=True)
                raise
    except (OSError, BrokenProcessPool, NotImplementedError, ImportError):
        # No processes, no shared memory, or killed for lack of memory: the caller reads the rest.
        return


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Block ending signals while workers start in the block, until they are ready."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Prepare a worker: it ignores interrupts, since the main process ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave_soon)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    gc.disable()
    if first := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(first,), daemon=True).start()


def _leave_soon(*_: object) -> None:
    """End after a moment, so that the main process ends first. It uses the same signal if a worker died."""
    timer = threading.Timer(LINGER, os._exit, (1,))
    timer.daemon = True
    timer.start()


def _end_with(first: BaseProcess) -> None:
    """End with the main process, even if that is killed: an orphaned worker would keep its files and locks for ever."""
    first.join()
    os._exit(1)


def _read_piece(root: str, lines: bool, paths: Sequence[str]) -> bytes:
    place = Path(root)
    return marshal.dumps([_plain(read_packed(place, path, lines=lines)) for path in paths])


def _plain(read: serialize.Packed | Problem | None) -> Any:
    return (read.message, read.hint) if isinstance(read, Problem) else read


def _unpacked(path: str, packed: Any) -> Note | Problem | None:
    if packed is None:
        return None
    if len(packed) == 2:
        return Problem(packed[0], path=path, hint=packed[1])
    return serialize.unpack(path, packed)
