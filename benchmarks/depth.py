"""How well depth predicts what people themselves call close, beside a count of meetings and other tools' measures.

    python -m benchmarks.depth KITS [--kit NAME] [--style daily|meeting|minutes] [--csv FILE]
    python -m benchmarks.depth --profile

KITS is the folder with `make_vaults.py` and one folder for each kit. Every vault of a kit is written, read and scored
in this one process. The table gives for each kit and style and each way of ranking the area under the ROC curve, pooled
and as the mean of all vaults, and by how much the pooled one is above the count of meetings, with the 95 % interval of
the bootstrap over vaults. Kits about the next contact are ranked by depth x warmth. `--csv` writes every column of the
last kit and style measured. A kit that notes nobody's own minutes reads the same in the styles meeting and minutes,
and is measured once.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.baselines import NAMES, baselines
from benchmarks.profiling import profile
from benchmarks.roc import Areas, Key, areas
from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.pipeline import run
from netnotes.plugin_host import loader
from netnotes.storage.scan import read_vault

STYLES = ("minutes", "meeting", "daily")
COUNT = "count of meetings"
PARTS = ("know", "like", "trust", "warmth")
GOALS = {
    ("friends", "minutes"): (0.815, 0.825),
    ("friends", "meeting"): (0.782, 0.797),
    ("friends", "daily"): (0.782, 0.790),
    ("texts-to-calls", "meeting"): (0.718, 0.738),
}
"""(kit, style) → pooled and per vault to be reached."""
SCRATCH = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where vaults are written for a moment: in memory, where the system has such a place."""
Columns = dict[str, dict[Key, float]]


def scored(vaults: Path, today: dt.date) -> Columns:
    """Return all columns but the count, over every person in every vault below `vaults`."""
    config = Config()
    plugins = loader.bundled(config)
    columns: Columns = defaultdict(dict)
    for folder in sorted(vaults.iterdir()):
        vault = read_vault(folder)
        outcome = run(vault, config, plugins, today, Memory())
        others = baselines(vault, outcome.network)
        for tie in outcome.network.ties:
            key = folder.name, tie.person.name
            values = {name: outcome.scores.number(tie, name) or 0.0 for name in ("depth", *PARTS)}
            values["depth x warmth"] = values["depth"] * values["warmth"]
            for name, value in (values | {name: others[name][tie.person.id] for name in NAMES}).items():
                columns[name][key] = value
    return columns


def measure(kits: Path, kit: str, style: str) -> tuple[Columns, dict[str, Areas]]:
    """Write one kit's vaults in one style, score them, and measure every column."""
    about = json.loads((kits / kit / "kit.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        made = [sys.executable, str(kits / "make_vaults.py"), str(kits / kit), style, folder]
        subprocess.run(made, check=True)
        columns = scored(Path(folder), dt.date.fromisoformat(about["as_of"]))
    columns[COUNT] = _counts(kits / kit)
    labels = {(row["vault"], row["person"]): int(row["label"]) for row in _rows(kits / kit / "labels.csv")}
    return columns, areas(columns, labels, COUNT)


def table(kits: Path, names: list[str], styles: list[str], target: Path | None) -> Iterator[str]:
    """Yield the table, line by line, as it is measured."""
    above: defaultdict[str, list[float]] = defaultdict(list)
    for kit in names:
        own = any(row["person_minutes"] for row in _rows(kits / kit / "meetings.csv"))
        for style in [style for style in styles if own or style != "minutes" or "meeting" not in styles]:
            columns, measured = measure(kits, kit, style)
            next_contact = kit.startswith("next-contact")
            yield f"\n{kit}, {style}{'' if own or style == 'daily' else ' (and minutes)'}"
            yield f"  {'':20}{'pooled':>8}{'per vault':>11}   above the count (95 %)"
            order = (("depth x warmth",) if next_contact else ()) + ("depth", COUNT, *NAMES, *PARTS)
            yield from (
                _line(name, measured[name], GOALS.get((kit, style)) if name == "depth" else None) for name in order
            )
            if next_contact:
                covered = (style,) if own or style == "daily" else ("meeting", "minutes")
                for at in covered:
                    above[at].append(measured["depth x warmth"].pooled - measured[COUNT].pooled)
            if target:
                _write(target, columns)
    for style, values in above.items():
        mean = sum(values) / len(values)
        yield f"\nnext contact, {style}: depth x warmth is {mean:+.3f} above the count on average of {len(values)}"


def _line(name: str, areas: Areas, goal: tuple[float, float] | None) -> str:
    output = f"   goal {goal[0]:.3f}/{goal[1]:.3f}" if goal else ""
    interval = f"{areas.over:+.3f} ({areas.low:+.3f} to {areas.high:+.3f})" if name != COUNT else ""
    return f"  {name:20}{areas.pooled:8.3f}{areas.per_vault:11.3f}   {interval}{output}".rstrip()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _counts(kit: Path) -> dict[Key, float]:
    """Return how many meetings each person was at; the kit knows each, whatever a style of notes tells."""
    columns = ("vault", "person", "date", "time", "channel", "by", "minutes")
    counts: defaultdict[Key, float] = defaultdict(float)
    for vault, person, *_ in {tuple(row[name] for name in columns) for row in _rows(kit / "meetings.csv")}:
        counts[vault, person] += 1
    return dict(counts)


def _write(target: Path, columns: Mapping[str, Mapping[Key, float]]) -> None:
    """Write all columns as the kits' own evaluator reads them; names get `_` for anything else."""
    names = {name: "".join(c if c.isalnum() else "_" for c in name.lower()).replace("___", "_") for name in columns}
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["vault", "person", *names.values()])
        for key in sorted(columns["depth"]):
            writer.writerow([*key, *(columns[name].get(key, 0.0) for name in names)])


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kits", type=Path, nargs="?")
    parser.add_argument("--kit", action="append")
    parser.add_argument("--style", action="append", choices=STYLES)
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--profile", action="store_true", help="print where the time of a rescore goes")
    given = parser.parse_args()
    if not given.kits and not given.profile:
        parser.error("name the folder of the kits, or --profile")
    if given.kits:
        names = given.kit or sorted(path.parent.name for path in given.kits.glob("*/kit.json"))
        for line in table(given.kits, names, given.style or list(STYLES), given.csv):
            print(line, flush=True)
    if given.profile:
        for line in profile():
            print(line, flush=True)


if __name__ == "__main__":
    main()
