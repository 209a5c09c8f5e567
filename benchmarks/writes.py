"""Writing tried by force: processes killed at random moments, and editors that save while a note is written.

    python -m benchmarks.writes kills [TRIALS]      default 1,000
    python -m benchmarks.writes races [TRIALS]      default 10,000; --method link: without atomic exchange

Each prints its counts and exits with 1 if a byte was lost. Linux or macOS; makes its own vaults, in a temporary folder.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast
from unittest import mock

from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Edit
from netnotes.outcome import Outcome
from netnotes.pipeline import run
from netnotes.plugin_host import loader
from netnotes.storage import exchange
from netnotes.storage.exchange import Resolution
from netnotes.storage.scan import read_vault
from netnotes.writing.apply import WriteContext, apply
from netnotes.writing.draft import Draft, draft
from netnotes.writing.journal import Journal
from netnotes.writing.sync import sync

DAYS = (dt.date(2026, 6, 30), dt.date(2027, 6, 30))
"""Two days that are written in turn: a year of silence changes most fields."""
HEADS = (
    "",
    "---\ntype: person # hm\n---\n",
    "---\r\ntype: person\r\naliases: [a,\r\n  b]\r\n---\r\n",
    "\ufeff---\ntags: [x]\n--- \n",
    "---\n---\n",
    "---\nlast_contact: 2020-01-01\ndepth: 30\n---\n",
)
MOMENTS = ("create", "exchange", "exchange", "resolve", "")
"""Just before what the editor is told to save; at random for the last."""
SAVES = ("truncate and write", "write and rename", "append")


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class Bench:
    """A vault of `count` people, met in each of eight weeks."""

    def __init__(self, folder: Path, count: int) -> None:
        self.root, self.data = folder / "vault", folder / "data"
        self.notes = [self.root / "People" / f"P{n:02}.md" for n in range(count)]
        (self.root / "People").mkdir(parents=True)
        (self.root / "Daily").mkdir()
        for n, note in enumerate(self.notes):
            note.write_bytes(f"{HEADS[n % len(HEADS)]}# {note.stem}\n\nWhat I know.\n".encode())
        for week in range(8):
            day = DAYS[0] - dt.timedelta(7 * week + 1)
            met = "\n".join(f"- Coffee with [[{note.stem}]] (30 min)" for note in self.notes)
            (self.root / "Daily" / f"{day}.md").write_text(f"{met}\n")
        self.config = Config()
        self.plugins = loader.bundled(self.config)

    def outcome(self, day: dt.date) -> Outcome:
        """Work everything out as of `day`."""
        return run(read_vault(self.root), self.config, self.plugins, day, Memory())

    def sync(self, day: dt.date, journal: Journal) -> int:
        """Write what follows as of `day`; return how many notes."""
        vault = read_vault(self.root)
        outcome = run(vault, self.config, self.plugins, day, Memory())
        result = sync(vault, outcome, self.config, WriteContext(self.root, journal, now()))
        if result.problems:
            raise SystemExit(f"unexpected: {result.problems[0]}")
        return len(result.written)

    def texts(self) -> dict[str, bytes]:
        """Return every file of the people's folder, with its bytes."""
        return {path.name: path.read_bytes() for path in sorted((self.root / "People").iterdir())}


def kills(trials: int, seed: int = 1) -> int:
    """Kill a sync `trials` times, each time look at every byte, and let the next sync recover."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), 12)
        allowed = [bench.texts()]
        with Journal(bench.data) as journal:
            started = time.perf_counter()
            for day in DAYS:
                bench.sync(day, journal)
                allowed.append(bench.texts())
            length = (time.perf_counter() - started) / len(DAYS)
        for trial in range(trials):
            ready, child = _forked(lambda: _sync_until_killed(bench))
            ready.read(1)
            time.sleep(rng.uniform(0, 2 * length))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            ready.close()
            _count_damage(bench, allowed, counts)
            with Journal(bench.data) as journal:
                counts["healed by the next sync"] += bool(journal.pending())
                day = DAYS[trial % 2]
                bench.sync(day, journal)
                bench.sync(day, journal)
            if bench.texts() != allowed[1 + trial % 2]:
                counts["NOT HEALED"] += 1
    return _print_counts(f"{trials:,} kills", counts)


def _sync_until_killed(bench: Bench) -> None:
    with Journal(bench.data) as journal:
        while True:
            for day in DAYS:
                bench.sync(day, journal)


def _count_damage(bench: Bench, allowed: list[dict[str, bytes]], counts: Counter[str]) -> None:
    """Count what a kill left: every note must be one of the three that it can be, whole."""
    found = bench.texts()
    counts["kills in the middle of a round"] += all(found != whole for whole in allowed)
    counts["files of ours left for the next sync"] += sum(name.startswith(".") for name in found)
    for name in allowed[0]:
        if name not in found:
            counts["NOTES LOST"] += 1
        elif found[name] not in (whole[name] for whole in allowed):
            counts["NOTES TORN"] += 1
    counts["unknown files"] += len([name for name in found if not name.startswith(".") and name not in allowed[0]])


def _forked(work: Callable[[], None]) -> tuple[BinaryIO, int]:
    """Run `work` in a process of its own; return what can be read once it began, and its number."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, b"x")
        with contextlib.suppress(BaseException):
            work()
        os._exit(1)
    os.close(write)
    return os.fdopen(read, "rb"), child


class Watched:
    """A disk that signals the editor when to save, and counts the results."""

    def __init__(self, pipe: int, counts: Counter[str]) -> None:
        self.pipe, self.counts = pipe, counts
        self.moment = ""
        """before create, exchange or resolve; empty: no signal."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        act: Callable[..., object] = getattr(exchange, name)

        def watched(*given: object) -> object:
            if name == self.moment:
                os.write(self.pipe, b"s")
            result = act(*given)
            if isinstance(result, Resolution) and result is not Resolution.WRITTEN:
                self.counts[f"(an edit slipped in: {result.value})"] += 1
            return result

        return watched


def races(trials: int, method: str, seed: int = 1) -> int:
    """Let an editor save while a note is written, `trials` times, and look for what it saved."""
    counts: Counter[str] = Counter()
    lesser = (
        mock.patch.object(exchange, "_native_exchange", return_value=None)
        if method == "link"
        else contextlib.nullcontext()
    )
    with lesser, tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "data") as journal:
        bench = Bench(Path(folder), 1)
        (note,) = bench.notes
        path = note.relative_to(bench.root).as_posix()
        edits: list[Edit] = []
        after: list[bytes] = []
        with _editor(note, seed) as (orders, answers):
            disk = Watched(orders, counts)
            for trial in range(trials):
                text = f"{HEADS[trial % len(HEADS)]}# Ada\n\n{'Known for long. ' * 20}\n"
                note.write_bytes(text.encode())
                if trial < len(HEADS):
                    edits += [edit for edit in bench.outcome(DAYS[0]).edits if edit.path == path]
                    drafted = draft(bench.root, edits[-1])
                    after.append((drafted.after if isinstance(drafted, Draft) else None) or b"")
                edit = edits[trial % len(HEADS)]
                disk.moment = MOMENTS[trial % len(MOMENTS)]
                os.write(orders, b"t" if disk.moment else b"r")
                os.read(answers, 1)
                if not disk.moment:
                    os.write(orders, b"s")
                result = apply([edit], WriteContext(bench.root, journal, now(), disk=cast("Any", disk)))
                if disk.moment and result.run is None:
                    os.write(orders, b"s")
                os.read(answers, 1)
                kind = SAVES[trial // len(HEADS) % len(SAVES)]
                mark = f"mark {trial}\n".encode()
                counts[f"{kind}: {_judged(note, text.encode() + mark, after[trial % len(HEADS)] + mark)}"] += 1
                counts["FILES LEFT BEHIND"] += _tidied(note)
    return _print_counts(f"{trials:,} races, {method}", counts)


def _judged(note: Path, edited: bytes, both: bytes) -> str:
    """Say what became of the editor's save: nothing but these two texts is whole."""
    found = note.read_bytes()
    if found in (edited, both):
        return "whole, with our fields" if found == both else "whole, our fields left for the next run"
    beside = [file.read_bytes() for file in note.parent.iterdir() if file != note]
    return "kept beside" if edited in beside or both in beside else "LOST"


def _tidied(note: Path) -> int:
    """Remove everything beside the note; return how much of it a sync should not have left."""
    beside = [file for file in note.parent.iterdir() if file != note]
    for file in beside:
        file.unlink()
    return sum(file.name.startswith(".") for file in beside)


@contextlib.contextmanager
def _editor(note: Path, seed: int) -> Iterator[tuple[int, int]]:
    """Start an editor in a process of its own: it loads, says so, waits for the signal, and saves a little later."""
    order_end, orders = os.pipe()
    answers, answer_end = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            _edit(note, random.Random(seed), order_end, answer_end)
        os._exit(1)
    try:
        yield orders, answers
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _edit(note: Path, rng: random.Random, orders: int, answers: int) -> None:
    trial = 0
    while (order := os.read(orders, 1)) in (b"t", b"r"):
        loaded = note.read_bytes()
        mark = f"mark {trial}\n".encode()
        kind = SAVES[trial // len(HEADS) % len(SAVES)]
        opened = os.open(note, os.O_WRONLY | os.O_APPEND) if kind == "append" and rng.random() < 0.3 else None
        os.write(answers, b"l")
        os.read(orders, 1)
        # Aimed, the save falls around the exchange; else anywhere in the whole of it.
        _spin(rng.uniform(0, 0.0002 if order == b"t" else 0.015))
        if kind == "append":
            handle = opened if opened is not None else os.open(note, os.O_WRONLY | os.O_APPEND)
            _spin(rng.choice((0, 0, rng.uniform(0, 0.001))))
            os.write(handle, mark)
            os.close(handle)
        elif kind == "write and rename":
            fresh = note.with_name("editor.tmp")
            fresh.write_bytes(loaded + mark)
            fresh.replace(note)
        else:
            handle = os.open(note, os.O_WRONLY | os.O_TRUNC)
            _spin(rng.choice((0, 0, rng.uniform(0, 0.001))))
            half = len(loaded) // 2
            os.write(handle, loaded[:half])
            _spin(rng.choice((0, 0, rng.uniform(0, 0.001))))
            os.write(handle, loaded[half:] + mark)
            os.close(handle)
        os.write(answers, b"d")
        trial += 1


def _spin(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


def _print_counts(what: str, counts: Counter[str]) -> int:
    print(what)
    for name in sorted(counts):
        print(f"  {counts[name]:7,}  {name}")
    return 1 if any(name.isupper() or "LOST" in name for name in counts if counts[name]) else 0


def main() -> None:
    """Try what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trial", choices=("kills", "races"))
    parser.add_argument("trials", type=int, nargs="?")
    parser.add_argument("--method", choices=("exchange", "link"), default="exchange")
    given = parser.parse_args()
    sys.exit(kills(given.trials or 1000) if given.trial == "kills" else races(given.trials or 10_000, given.method))


if __name__ == "__main__":
    main()
