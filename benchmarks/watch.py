"""How quick and how quiet `netnotes watch` is.

    python -m benchmarks.watch [--notes N] [--saves N] [--idle SECONDS] [--burst FILES] [--soak MINUTES]

From the save of a daily note, or of a new meeting note, to the changed depth in a person's note (p50, p95, max), how
long a command takes that the daemon answers, by the clock, the processor time of doing nothing, resident memory, how
long a burst of new files takes until all of it is written, beside a scan from nothing, and whether what was written
equals one. With `--soak`, random edits several a second for so long, and what became of memory and of the notes. Where
`hvk` (headless-vault-kit) is installed, how long its watch takes from a save to its index. Linux; makes its own vault,
in a temporary folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

from benchmarks.daemon_process import Daemon, depth_of
from benchmarks.soak import Soak
from benchmarks.vaults import make

MOST_ANSWERS = 20
"""How often each command is asked."""
SAVES = ("in place", "appended", "atomic")
_LAST_SCAN = 20.0
"""Seconds after a change within which the daemon scans everything once more, with 100,000 notes."""


def today() -> dt.date:
    """Return the day that the daemon takes for today."""
    return dt.datetime.now().astimezone().date()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=60)
    parser.add_argument("--idle", type=float, default=60.0)
    parser.add_argument("--burst", type=int, default=0)
    parser.add_argument("--soak", type=float, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        make(given.notes, root)
        (root / "netnotes.toml").write_text("write_delay = 0\n", encoding="utf-8")
        daemon = Daemon(root)
        daemon.netnotes("sync", "--yes", str(root))
        with daemon.running():
            print(f"notes                {daemon.status()['notes']}")
            if given.saves:
                report("save to depth", latencies(daemon, given.saves))
                report("new meeting to depth", new_meetings(daemon, given.saves))
                for command in ("people", "check"):
                    unchanged, changed = answers(daemon, min(given.saves, MOST_ANSWERS), command)
                    print(
                        f"{command + ', answered':20} {unchanged:.3f} s unchanged, {changed:.3f} s right after a save"
                    )
            if given.idle:
                took = idle(daemon, given.idle)
                print(f"doing nothing        {took:.3f} s of processor time in {given.idle:.0f} s")
            if given.burst:
                burst(daemon, given.burst)
            if given.soak:
                soak(daemon, given.soak)
            print(f"memory               {daemon.memory():.0f} MB resident, {daemon.memory('VmHWM'):.0f} MB at most")
        left = daemon.netnotes("sync", "--dry-run", "--no-cache", str(root))
        print("equal to a scan      " + ("yes" if not left else f"NO: {len(left.splitlines())} lines of difference"))
        if given.saves and shutil.which("hvk"):
            report("hvk, save to index", hvk(root, min(given.saves, 20)))


def _changed(person: Path, before: bytes | None) -> bool:
    return depth_of(person) != before


def latencies(daemon: Daemon, saves: int) -> list[float]:
    """Save a daily note again and again, each time with another person; return the seconds until each depth changed."""
    daily = daemon.root / "Daily" / f"{today()}.md"
    people = _seldom_met(daemon)
    took = []
    text = ""
    for number in range(saves):
        person = people[number]
        before = depth_of(person)
        text += f"- Lunch with [[{person.stem}]] (6 h)\n"
        save(daily, text, SAVES[number % len(SAVES)])
        took.append(daemon.until(partial(_changed, person, before), 30))
        time.sleep(0.3)
    return took


def new_meetings(daemon: Daemon, count: int) -> list[float]:
    """Have new meeting notes appear, each with another person; return the seconds until each depth changed."""
    took = []
    for number, person in enumerate(_seldom_met(daemon)[count : 2 * count]):
        before = depth_of(person)
        text = f"---\nattendees: ['[[{person.stem}]]']\nminutes: 360\n---\nTea.\n"
        save(daemon.root / "Meetings" / f"{today()} New {number}.md", text, SAVES[number % len(SAVES)])
        took.append(daemon.until(partial(_changed, person, before), 30))
        time.sleep(0.3)
    return took


def answers(daemon: Daemon, count: int, command: str) -> tuple[float, float]:
    """Return the median seconds that a command answered by the daemon takes: unchanged, and right after a save."""
    daily = daemon.root / "Daily" / f"{today()}.md"
    people = _seldom_met(daemon)
    took: tuple[list[float], list[float]] = ([], [])
    # The first time there is nothing ready for it.
    daemon.netnotes(command, str(daemon.root))
    daemon.wait_until_idle()
    for number in range(2 * count + 1):
        if is_changed := number % 2 == 1:
            save(daily, f"- Lunch with [[{people[number].stem}]] (6 h)\n", "in place")
        begin = time.perf_counter()
        daemon.netnotes(command, str(daemon.root))
        took[is_changed].append(time.perf_counter() - begin)
        # What it writes because of that is no part of the next figure.
        daemon.wait_until_idle()
    return statistics.median(took[0]), statistics.median(took[1])


def _seldom_met(daemon: Daemon) -> list[Path]:
    """Return the people's notes, those met least often first."""
    people = (daemon.root / "People").iterdir()
    return sorted(people, key=lambda note: int(note.stem.rpartition(" ")[2]), reverse=True)


def save(note: Path, text: str, how: str) -> None:
    """Save a note as one program or another does."""
    if how == "atomic":
        temp = note.with_name(f".{note.name}.swp")
        temp.write_text(text, encoding="utf-8")
        temp.replace(note)
    elif how == "appended" and note.exists():
        with note.open("a", encoding="utf-8") as file:
            file.write(text[len(note.read_text(encoding="utf-8")) :])
    else:
        note.write_text(text, encoding="utf-8")


def hvk(root: Path, saves: int) -> list[float]:
    """Have hvk watch the vault; return seconds from a save until it says that it has indexed it."""
    daily = root / "Daily" / f"{today()}.md"
    command = [
        "hvk",
        "watch",
        "--vault",
        str(root),
        "--index",
        str(root.parent / "hvk"),
        "--debounce",
        "0.02",
        "--json",
    ]
    took = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        output = process.stdout
        assert output is not None
        output.readline()
        for number in range(saves):
            time.sleep(1)
            begin = time.perf_counter()
            save(daily, f"- Lunch, {number}\n", "in place")
            output.readline()
            took.append(time.perf_counter() - begin)
        process.terminate()
    return took


def p95(took: list[float]) -> float:
    """Return what 95 % of the times are no longer than."""
    return statistics.quantiles(took, n=20, method="inclusive")[-1] if len(took) > 1 else took[0]


def report(what: str, took: list[float]) -> None:
    print(
        f"{what:20} p50 {statistics.median(took):.3f} s, p95 {p95(took):.3f} s, "
        f"max {max(took):.3f} s ({len(took)} saves)"
    )


def idle(daemon: Daemon, seconds: float) -> float:
    """Return the seconds of processor time that doing nothing takes.

    The full scan that follows changes, after twenty times as long as it takes, belongs to these and not to nothing.
    """
    daemon.wait_until_idle(_LAST_SCAN)
    before = daemon.cpu()
    time.sleep(seconds)
    return daemon.cpu() - before


def burst(daemon: Daemon, count: int) -> float:
    """Have many notes appear at once; one in ten is a meeting with one of a hundred people.

    Return how many times a scan from nothing it took until all was written.
    """
    before = daemon.status()["notes"]
    people = sorted(note.stem for note in (daemon.root / "People").iterdir())
    folder = daemon.root / "Burst"
    folder.mkdir()
    begin = time.perf_counter()
    for number in range(count):
        day = today() - dt.timedelta(number % 700)
        who = "" if number % 10 else f"attendees: ['[[{people[number // 10 % 100]}]]']\n"
        text = f"---\nminutes: 30\n{who}---\n# On {number}\n\n{'Tea and [[talk]]. ' * 40}\n"
        (folder / f"{day} {number}.md").write_text(text, encoding="utf-8")
    made = time.perf_counter()
    daemon.until(lambda: daemon.status()["notes"] == before + count, 600)
    seen = time.perf_counter()
    daemon.wait_until_idle()
    idle_at = time.perf_counter() - 1.0
    begun = time.perf_counter()
    left = daemon.netnotes("sync", "--dry-run", "--no-cache", str(daemon.root))
    scan = time.perf_counter() - begun
    print(
        f"burst                {count} files made in {made - begin:.1f} s; all seen {seen - made:.1f} s later, all"
        f" written {idle_at - made:.1f} s later: {(idle_at - made) / scan:.2f} × a scan from nothing ({scan:.1f} s)"
        + (f"; {len(left.splitlines())} LINES OF DIFFERENCE" if left else "")
    )
    return (idle_at - made) / scan


def soak(daemon: Daemon, minutes: float) -> None:
    soaking = Soak(daemon, today())
    soaking.run(minutes, lambda line: print(f"soak                 {line}", flush=True))
    daemon.wait_until_idle()
    events = Counter(str(line["event"]) for line in daemon.log())
    print(f"log                  {', '.join(f'{count} {event}' for event, count in events.most_common())}")
    print(f"torn or lost         {len(soaking.torn())} notes")


if __name__ == "__main__":
    main()
