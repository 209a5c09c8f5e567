"""Power cuts at every operation of every command that writes, on a disk that forgets what was not made durable.

A command runs once on a disk that records, after each operation, what a power cut would leave (`volatile_disk.py`).
Each of these states is then put on a plain disk, where the notes are looked at and the next run has to heal the rest.
Journal and vault are cut alike; the vault may also lag behind the journal, as on two disks.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from netnotes import cli
from tests.safety.volatile_disk import Image, Moment

ROOT = Path(__file__).parents[2]
PEOPLE = ("Ada", "Zoë")
AS_OF = ("--as-of", "2026-06-30")
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Bo Lind
EMAIL:bo@example.com
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Ada
EMAIL:ada@example.com
END:VCARD
"""
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Scenario:
    """A command that is cut, and what came before it."""

    arguments: tuple[str, ...]
    """`{vault}` and `{cards}` stand for places."""
    before: tuple[tuple[str, ...], ...] = ()
    back: tuple[tuple[str, ...], ...] = (("clean", "{vault}", "--yes"),)
    """Commands that give every byte back."""
    again: bool = True
    """Whether the same command a second time leads to what it leads to the first time."""
    recover: tuple[str, ...] = ()
    """The command of the next run, if it is not the same one."""
    runs_on: bool = False
    """Whether it runs until it gets a signal: it gets one when everybody has a depth."""


SYNC = ("sync", "{vault}", "--yes", *AS_OF)
EARLIER = ("sync", "{vault}", "--yes", "--as-of", "2026-03-10")
IMPORT = ("import", "{cards}", "{vault}", "--yes")
UNDO = ("undo", "{vault}")
LOG = ("log", "lunch with Ada 45m yesterday", "{vault}", "--yes", *AS_OF)
SCENARIOS = {
    "first sync": Scenario(SYNC),
    "later sync": Scenario(SYNC, before=(EARLIER,)),
    "import": Scenario(IMPORT, back=(UNDO, UNDO, UNDO)),
    "log": Scenario(LOG, back=(UNDO, UNDO), again=False),
    "undo of a sync": Scenario(UNDO, before=(SYNC,)),
    "undo of an import": Scenario(UNDO, before=(IMPORT,), back=()),
    "clean": Scenario(("clean", "{vault}", "--yes"), before=(EARLIER, SYNC)),
    "the daemon": Scenario(("watch", "{vault}", "--yes", *AS_OF), recover=SYNC, runs_on=True),
}


@dataclass(slots=True)
class Bench:
    """Where a scenario is played: `disk/vault`, with the journal in `disk/data`."""

    folder: Path
    cards: Path = field(init=False)

    def __post_init__(self) -> None:
        self.cards = self.folder / "cards.vcf"
        self.cards.write_text(CARDS, encoding="utf-8")

    @property
    def disk(self) -> Path:
        return self.folder / "disk"

    def command(self, arguments: Sequence[str], vault: Path) -> list[str]:
        return ["--no-cache", *(text.format(vault=vault, cards=self.cards) for text in arguments)]

    def run(self, arguments: Sequence[str], vault: Path | None = None) -> int:
        return cli.run_command(self.command(arguments, vault or self.disk / "vault"))

    def put(self, image: Mapping[str, bytes | None]) -> None:
        """Have this and nothing else on the disk."""
        shutil.rmtree(self.disk, ignore_errors=True)
        self.disk.mkdir()
        for path, data in image.items():
            if data is None:
                (self.disk / path).mkdir(parents=True, exist_ok=True)
            else:
                (self.disk / path).write_bytes(data)

    def everybody_has_a_depth(self) -> bool:
        people = [self.disk / "vault" / "People" / f"{name}.md" for name in PEOPLE]
        return all("\ndepth: " in person.read_text(encoding="utf-8") for person in people)

    def record(self, scenario: Scenario, *, exchange: bool) -> list[Moment]:
        """Run a command on a disk that records, which lies where the plain one does."""
        source, record = self.folder / "source", self.folder / "record"
        shutil.rmtree(source, ignore_errors=True)
        self.disk.rename(source)
        self.disk.mkdir()
        options = [] if exchange else ["--no-exchange"]
        server = [sys.executable, "-m", "tests.safety.volatile_disk", self.disk, source, record, *options]
        with subprocess.Popen([str(word) for word in server], cwd=ROOT) as served:
            until(lambda: os.path.ismount(self.disk))
            program = [sys.executable, "-P", "-m", "netnotes"]
            program += self.command(scenario.arguments, self.disk / "vault")
            with subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as running:
                if scenario.runs_on:
                    until(lambda: self.everybody_has_a_depth() or running.poll() is not None)
                    running.terminate()
                running.wait(SECONDS)
            subprocess.run(["fusermount3", "-u", str(self.disk)], check=True)
            served.wait(SECONDS)
        assert running.returncode == 0
        moments: list[Moment] = pickle.loads(record.read_bytes())
        return moments


def until(done) -> None:
    end = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


def notes(image: Mapping[str, bytes | None]) -> dict[str, bytes]:
    """Return the notes of an image: path → content."""
    return {path: data for path, data in image.items() if data is not None and path.endswith(".md")}


def image_of(folder: Path) -> dict[str, bytes | None]:
    found = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes() for path in found}


def part(image: Image, top: str) -> Image:
    """Return what of an image lies in one of the two folders at its top."""
    return tuple((path, data) for path, data in image if path.partition("/")[0] == top)


def left_by_cuts(begin: Image, moments: Sequence[Moment]) -> Iterator[tuple[str, dict[str, bytes | None]]]:
    """Yield all that a cut may leave, each once: the operation after which it came, and the image."""
    seen: set[Image] = set()
    lagging = [part(begin, "vault")]
    for number, moment in enumerate(moments):
        where = f"{number}: {moment.operation}"
        images = [moment.nothing, moment.names, moment.everything, moment.torn]
        # Names in a vault become durable in their order, at any time until somebody waits for them.
        lagging = [*([] if "vault" in moment.synced else lagging), part(moment.names, "vault")]
        images += [vault + part(moment.nothing, "data") for vault in lagging]
        for image in images:
            if image not in seen:
                seen.add(image)
                yield where, dict(image)


@pytest.fixture
def bench(tmp_path, monkeypatch):
    try:
        import mfusepy  # noqa: F401  # is there a library to mount with?
    except (ImportError, OSError):
        pytest.skip("FUSE is not installed: apt-get install fuse3, and mfusepy")
    if not os.access("/dev/fuse", os.W_OK) or shutil.which("fusermount3") is None:
        pytest.skip("file systems cannot be mounted here")
    bench = Bench(tmp_path)
    vault = bench.disk / "vault"
    (vault / "People").mkdir(parents=True)
    (bench.disk / "data").mkdir()
    (vault / "netnotes.toml").write_text('me = "Me"\nwrite_delay = 0\n', encoding="utf-8")
    for name in PEOPLE:
        text = f"---\ntype: person\naliases: [{name}s]\n---\n- 2026-03-01 lunch (1h)\n- 2026-05-02 called\n"
        (vault / "People" / f"{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.setenv("NETNOTES_DATA", str(bench.disk / "data"))
    yield bench
    if os.path.ismount(bench.disk):
        subprocess.run(["fusermount3", "-u", "-z", str(bench.disk)], check=True)


@pytest.mark.full
@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "links"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_cut_tears_or_loses_a_note(name, exchange, bench, capsys):
    scenario = SCENARIOS[name]
    original = notes(image_of(bench.disk))
    for arguments in scenario.before:
        assert bench.run(arguments) == 0
    begin = image_of(bench.disk)
    moments = bench.record(scenario, exchange=exchange)
    after = notes(dict(moments[-1].everything))
    assert after != notes(begin)
    cuts = 0
    for where, image in left_by_cuts(tuple(begin.items()), moments):
        cuts += 1
        found = notes(image)
        for path in begin.keys() & after.keys():
            if path.endswith(".md"):
                assert found.get(path) in (begin[path], after[path]), (where, path)
        for path in found.keys() - (begin.keys() & after.keys()):
            assert found[path] in (begin.get(path), after.get(path)), (where, path)
        bench.put(image)
        recover(bench, scenario, where, after)
        for arguments in scenario.back:
            bench.run(arguments)
        if scenario.back:
            assert notes(image_of(bench.disk)) == original, (where, "taken back")
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: {len(moments)} operations, {cuts} states after a cut\n")


@pytest.mark.full
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_vault_that_reappears_elsewhere_is_recovered_too(name, bench, capsys):
    scenario = SCENARIOS[name]
    for arguments in scenario.before:
        assert bench.run(arguments) == 0
    begin = image_of(bench.disk)
    moments = bench.record(scenario, exchange=True)
    after = notes(dict(moments[-1].everything))
    moved = bench.disk / "elsewhere" / "Notes"
    cuts = 0
    for where, image in left_by_cuts(tuple(begin.items()), moments):
        cuts += 1
        bench.put(image)
        moved.parent.mkdir()
        (bench.disk / "vault").rename(moved)
        recover(bench, scenario, where, after, moved)
    with capsys.disabled():
        sys.stdout.write(f"\n{name}, elsewhere: {cuts} states after a cut\n")


def recover(bench, scenario, where, after, vault=None) -> None:
    """Run the command again, and look whether everything is as it should be after it."""
    vault = vault or bench.disk / "vault"
    code = bench.run(
        (scenario.recover or scenario.arguments) if scenario.again else ("undo", "{vault}", "--list"), vault
    )
    # There is nothing to undo any more where the first run came to its end.
    assert code == 0 or scenario.arguments[0] == "undo", where
    healed = {f"vault/{path}": data for path, data in image_of(vault).items()}
    assert notes(healed) == after or not scenario.again, where
    assert not [path for path in healed if ".netnotes-" in path], where
