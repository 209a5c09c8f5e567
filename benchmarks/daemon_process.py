"""A daemon under observation: started on a vault of its own, asked for its times, its memory and its end."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_DEPTH = re.compile(rb"^depth: (\S+)", re.MULTILINE)


class Daemon:
    """`netnotes watch` on the vault at `root`; its data and cache in folders beside it."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root = root
        self.environ = os.environ | {
            "NETNOTES_DATA": str(root.parent / "data"),
            "NETNOTES_CACHE": str(root.parent / "cache"),
        }
        self._options = options
        self.process: subprocess.Popen[bytes] | None = None

    def netnotes(self, *args: str) -> str:
        """Run a command and return what it printed."""
        done = subprocess.run(self._command(*args), capture_output=True, text=True, env=self.environ, check=False)
        if done.returncode:
            raise RuntimeError(f"netnotes {' '.join(args)}: {done.returncode}: {done.stderr}")
        return done.stdout

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Have the daemon run while the block lasts."""
        with (self.root.parent / "err.txt").open("wb") as err:
            self.process = subprocess.Popen(
                self._command("watch", str(self.root), *self._options), env=self.environ, stderr=err
            )
        try:
            self.until(lambda: any(line["event"] == "watching" for line in self.log()), 600)
            self.wait_until_idle()
            yield
        finally:
            self.process.send_signal(signal.SIGTERM)
            if self.process.wait(30):
                print((self.root.parent / "err.txt").read_text(encoding="utf-8"), file=sys.stderr)

    def wait_until_idle(self, seconds: float = 1.0) -> None:
        """Wait until it has nothing to do for so long."""
        before, quiet = -1.0, 0
        while quiet < 4 * seconds:
            time.sleep(0.25)
            now = self.cpu()
            quiet = quiet + 1 if now - before < 0.02 else 0
            before = now

    def until(self, done: Callable[[], bool], seconds: float = 60.0) -> float:
        """Wait for `done()`; return how many seconds it took. Raises TimeoutError."""
        begin = time.perf_counter()
        while not done():
            if time.perf_counter() - begin > seconds:
                raise TimeoutError
            time.sleep(0.001)
        return time.perf_counter() - begin

    def log(self) -> list[dict[str, Any]]:
        """Return the events of its log."""
        return [
            json.loads(line)
            for file in self._data("watch.log")
            for line in file.read_text(encoding="utf-8").splitlines()
        ]

    def status(self) -> dict[str, Any]:
        """Return its status."""
        return dict(json.loads(next(self._data("watch.json")).read_text(encoding="utf-8")))

    def cpu(self) -> float:
        """Return the seconds of processor time that it has used."""
        fields = Path(f"/proc/{self._pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self, which: str = "VmRSS") -> float:
        """Return its resident memory now, or (VmHWM) at its highest, in MB."""
        lines = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(which))

    @property
    def _pid(self) -> int:
        return self.process.pid if self.process else 0

    def _data(self, name: str) -> Iterator[Path]:
        return (self.root.parent / "data").glob(f"*/{name}")

    def _command(self, *args: str) -> list[str]:
        return [sys.executable, "-m", "netnotes", *args]


def depth_of(note: Path) -> bytes | None:
    """Return the depth that stands in a note."""
    with contextlib.suppress(FileNotFoundError):
        if found := _DEPTH.search(note.read_bytes()):
            return found[1]
    return None
