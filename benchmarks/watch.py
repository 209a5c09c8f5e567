"""How quick and how quiet `netnotes watch` is.

    python -m benchmarks.watch [--notes N] [--saves N] [--idle SECONDS]

From the save of a daily note to the changed depth in a person's note (p50, p95, max), the processor time of doing
nothing, resident memory, and whether what was written equals a scan from nothing. Linux; makes its own vault, in a
temporary folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.vaults import make
from benchmarks.watched import Daemon, depth_of

SAVES = ("in place", "appended", "atomic")


def today() -> dt.date:
    """Return the day that the daemon takes for today."""
    return dt.datetime.now().astimezone().date()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--saves", type=int, default=60)
    parser.add_argument("--idle", type=float, default=60.0)
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
                report(latencies(daemon, given.saves))
            if given.idle:
                idle(daemon, given.idle)
            print(f"memory               {daemon.memory():.0f} MB resident, {daemon.memory('VmHWM'):.0f} MB at its highest")
        left = daemon.netnotes("sync", "--dry-run", "--no-cache", str(root))
        print("equal to a scan      " + ("yes" if not left else f"NO: {len(left.splitlines())} lines of difference"))


def latencies(daemon: Daemon, saves: int) -> list[float]:
    """Save a daily note again and again, each time with somebody else in it; return seconds until their depth changed."""
    daily = daemon.root / "Daily" / f"{today()}.md"
    people = sorted((daemon.root / "People").iterdir(), key=lambda note: int(note.stem.rpartition(" ")[2]), reverse=True)
    took = []
    text = ""
    for number in range(saves):
        person = people[number]
        before = depth_of(person)
        text += f"- Lunch with [[{person.stem}]] (6 h)\n"
        save(daily, text, SAVES[number % len(SAVES)])
        took.append(daemon.until(lambda person=person, before=before: depth_of(person) != before, 30))
        time.sleep(0.3)
    return took


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


def report(took: list[float]) -> None:
    cuts = statistics.quantiles(took, n=20)
    print(f"save to depth        p50 {statistics.median(took):.3f} s, p95 {cuts[-1]:.3f} s, max {max(took):.3f} s ({len(took)} saves)")


def idle(daemon: Daemon, seconds: float) -> None:
    daemon.settled()
    before = daemon.cpu()
    time.sleep(seconds)
    print(f"doing nothing        {daemon.cpu() - before:.3f} s of processor time in {seconds:.0f} s")


if __name__ == "__main__":
    main()
