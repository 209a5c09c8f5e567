"""Change the code in one small way after another, and count the changes that no test notices.

`.ci/mutate` runs this over what writes into notes. All tests are imported once; each change is tried in a process
that is forked from there, with only those tests that run the changed lines: first those that noticed other changes of
the same function, then the fastest. Changes that nothing can notice are in `mutants_left.txt`, each with its reason.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import gc
import hashlib
import os
import pickle
import random
import resource
import select
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

import pytest

from tests.safety.mutants import Mutant, mutants, put_in_place

ROOT = Path(__file__).parents[2]
LEFT = Path(__file__).with_name("mutants_left.txt")
"""Lines of `name of the change | reason`."""
KEPT = ROOT / ".mutate" / "runs"
"""What each test ran, as long as neither its file nor the modules change."""
SECONDS = 30
"""After which a test that does not end has noticed the change, or after sixty times the computing it takes else."""
MEMORY = 4 << 30
"""Bytes that a test with a change may use."""
TESTS = (
    *("tests/writing", "tests/text/test_splice.py", "tests/text/test_ownership.py", "tests/test_reserved.py"),
    *("tests/storage/test_exchange.py", "tests/safety/test_interrupted.py", "tests/safety/test_private_files.py"),
    *("tests/cli/test_sync.py", "tests/cli/test_import.py", "tests/planning/test_mass_loss.py"),
)
MODULES = (
    *("netnotes.text.frontmatter.splice", "netnotes.text.frontmatter.ownership", "netnotes.storage.exchange"),
    *("netnotes.writing.draft", "netnotes.writing.apply", "netnotes.writing.journal"),
    *(
        "netnotes.storage.vault_folder",
        "netnotes.writing.journal_folder",
        "netnotes.writing.sync",
        "netnotes.writing.undo",
        "netnotes.writing.clean",
    ),
)
UNRAISABLE = "ignore::pytest.PytestUnraisableExceptionWarning"
"""What the garbage collector meets at another time in a forked process than elsewhere."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one test does without any change."""

    item: pytest.Item
    seconds: float
    """Of computing."""
    lines: Mapping[str, frozenset[int]]
    """Module → lines that it runs."""

    def runs(self, module: str, lines: range) -> bool:
        """Return whether it runs one of these lines; without lines, any of the module."""
        found = self.lines.get(module, frozenset())
        return bool(found) if not lines else not found.isdisjoint(lines)


class Runner:
    """A plugin of pytest that tries changes instead of running the tests once."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._failed = False
        self._noticed_by: Counter[tuple[str, str]] = Counter()
        self._folders = iter(range(1_000_000))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed; called in a forked process."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run each test once, then the tests of every change."""
        gc.freeze()
        ran = self._all_unchanged(session)
        total = left = 0
        explained = read_left(LEFT)
        tried: set[str] = set()
        for module in self._options.modules:
            tree = ast.parse(place_of(module).read_text(encoding="utf-8"))
            chosen = self._chosen(module, tree)
            unnoticed = [mutant for mutant in chosen if not self._is_noticed(session, module, tree, mutant, ran)]
            total, left = total + len(chosen), left + len(unnoticed)
            tried |= {mutant.name for mutant in chosen} - {mutant.name for mutant in unnoticed}
            _say(f"{module}: {len(chosen) - len(unnoticed)} of {len(chosen)} noticed")
            new = [mutant for mutant in unnoticed if mutant.name not in explained]
            _say(
                f"  {len(unnoticed) - len(new)} that nothing can notice",
                *(f"  {mutant.line}: {mutant.name}" for mutant in new),
            )
        _say(*(f"in {LEFT.name}, but noticed: {name}" for name in sorted(tried & explained.keys())))
        _say(f"{total - left} of {total} noticed ({(total - left) / max(total, 1):.1%})")
        return True

    def _chosen(self, module: str, tree: ast.Module) -> list[Mutant]:
        found = list(mutants(module, tree))
        if self._options.only:
            wanted = read_left(Path(self._options.only)).keys()
            return [mutant for mutant in found if mutant.name in wanted]
        if self._options.sample and len(found) > self._options.sample:
            found = sorted(random.Random(module).sample(found, self._options.sample), key=lambda mutant: mutant.line)
        return found

    def _all_unchanged(self, session: pytest.Session) -> list[Ran]:
        """Run each test once and return what it runs; what is known from an earlier time is not run again."""
        code = b"".join(place_of(module).read_bytes() for module in MODULES)
        known = pickle.loads(KEPT.read_bytes()) if KEPT.exists() else {}
        ran = []
        for item in session.items:
            key = (item.nodeid, hashlib.sha256(code + item.path.read_bytes()).hexdigest())
            if key not in known:
                known[key] = self._run_unchanged(session, item)
                KEPT.parent.mkdir(exist_ok=True)
                KEPT.write_bytes(pickle.dumps(known))
            ran.append(Ran(item, *known[key]))
        return ran

    def _run_unchanged(self, session: pytest.Session, item: pytest.Item) -> tuple[float, dict[str, frozenset[int]]]:
        def run(answer: BinaryIO) -> None:
            lines: dict[str, set[int]] = {name: set() for name in MODULES}
            _trace({str(place_of(name)): name for name in MODULES}, lines)
            begin = time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
            sys.settrace(None)
            found = {name: frozenset(numbers) for name, numbers in lines.items()}
            answer.write(pickle.dumps((time.process_time() - begin, found, self._failed)))

        _, answer = self._fork(session, run, [SECONDS])
        if not answer or (found := pickle.loads(answer))[2]:
            sys.exit(f"{item.nodeid} fails without any change")
        return found[:2]

    def _is_noticed(
        self, session: pytest.Session, module: str, tree: ast.Module, mutant: Mutant, ran: Sequence[Ran]
    ) -> bool:
        function = mutant.name.split(": ")[0]
        tests = [test for test in ran if test.runs(module, mutant.lines)]
        tests.sort(key=lambda test: (-self._noticed_by[function, test.item.nodeid], test.seconds))
        tests = list(_within(tests, self._options.within))

        def run(answer: BinaryIO) -> None:
            try:
                mutant.change()
                put_in_place(module, place_of(module), tree)
            except BaseException:  # noqa: BLE001  # whatever it is, the change was noticed
                os._exit(1)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            for number, test in enumerate(tests):
                answer.write(bytes([number % 256]))
                answer.flush()
                limit = int(time.process_time() + 10 * test.seconds) + 5
                resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
                following = tests[number + 1].item if number + 1 < len(tests) else None
                test.item.ihook.pytest_runtest_protocol(item=test.item, nextitem=following)
                if self._failed:
                    os._exit(1)

        status, answer = self._fork(session, run, [60 * test.seconds for test in tests])
        if status and answer:
            self._noticed_by[function, tests[len(answer) - 1].item.nodeid] += 1
        return status != 0

    def _fork(
        self, session: pytest.Session, run: Callable[[BinaryIO], None], limits: Sequence[float]
    ) -> tuple[int, bytes]:
        """Run a function in a process of its own; return how that ended, and what it answered.

        It is ended if its n-th byte is not followed by more within the n-th of `limits`, in seconds.
        """
        base = session.config._tmp_path_factory.getbasetemp() / str(next(self._folders))  # type: ignore[attr-defined]
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.setpgrp()
            os.close(reading)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for handle in (0, 1, 2):
                os.dup2(nowhere, handle)
            base.mkdir()
            session.config._tmp_path_factory._basetemp = base  # type: ignore[attr-defined]
            code = 1
            with contextlib.suppress(BaseException), os.fdopen(writing, "wb") as answer:
                run(answer)
                code = 0
            os._exit(code)
        os.close(writing)
        answered, ended = _read(reading, limits)
        if not ended:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        # What a test left running.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        shutil.rmtree(base, ignore_errors=True)
        return status, answered


def _say(*lines: str) -> None:
    for line in lines:
        sys.__stdout__.write(f"{line}\n")
    sys.__stdout__.flush()


def place_of(module: str) -> Path:
    """Return the file of a module."""
    return ROOT / f"{module.replace('.', '/')}.py"


def read_left(path: Path) -> dict[str, str]:
    """Return name → reason of the changes that a file lists; indented, and with line numbers, as they are printed."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        name, _, reason = line.partition(" | ")
        if name.strip() and not name.startswith("#"):
            found[name.strip()] = reason.strip()
    return found


def _within(tests: Iterable[Ran], seconds: float | None) -> Iterator[Ran]:
    total = 0.0
    for test in tests:
        total += test.seconds
        if seconds is not None and total > seconds:
            return
        yield test


def _read(handle: int, limits: Sequence[float]) -> tuple[bytes, bool]:
    """Return what comes from a process, and whether it ended: not if nothing comes for too long."""
    answer = b""
    with os.fdopen(handle, "rb", buffering=0) as file:
        while True:
            limit = limits[len(answer) - 1] if 0 < len(answer) <= len(limits) else SECONDS
            ready, _, _ = select.select([file], [], [], max(SECONDS, limit))
            if not ready:
                return answer, False
            piece = file.read(1 << 16)
            if not piece:
                return answer, True
            answer += piece


def _trace(places: Mapping[str, str], lines: Mapping[str, set[int]]) -> None:
    """From now on, enter the lines that are run."""

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        del arg
        if event == "line":
            lines[places[frame.f_code.co_filename]].add(frame.f_lineno)
        return line

    def call(frame: FrameType, event: str, arg: Any) -> Any:
        del event, arg
        return line if frame.f_code.co_filename in places else None

    import threading

    threading.settrace(call)
    sys.settrace(call)


def main() -> None:
    """Try all changes, or a sample of them, and print what was not noticed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("modules", nargs="*", default=list(MODULES))
    options.add_argument("--sample", type=int, metavar="N", help="try N changes of each module, the same each time")
    options.add_argument("--only", metavar="FILE", help="try only the changes that a file lists, one a line")
    options.add_argument("--within", type=float, metavar="SECONDS", help="run tests of so many seconds for each change")
    given = options.parse_args()
    arguments = ("-s", "-W", UNRAISABLE, "-p", "no:cacheprovider", "-p", "no:xdist")
    sys.exit(int(pytest.main([*arguments, *TESTS], plugins=[Runner(given)])))


if __name__ == "__main__":
    main()
