"""How well depth predicts what people call close, on the kits of real contact records.

    python -m benchmarks.depth KITS [--kit NAME] [--style daily|meeting|minutes] [--csv FILE]

KITS is the folder with `make_vaults.py`, `evaluate.py` and one folder for each kit. Every vault of a kit is read and
scored in this one process; the CSV holds vault, person and a column for each field, and `depth_warmth`, their product.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from netnotes.config import Config
from netnotes.pipeline import run
from netnotes.plugin import loading
from netnotes.vault.files import read_vault

STYLES = ("minutes", "meeting", "daily")
COLUMNS = ("depth", "know", "like", "trust", "warmth", "depth_warmth")


def rows(vaults: Path, today: dt.date) -> Iterator[dict[str, object]]:
    """Yield the scores of every person in every vault below `vaults`."""
    config = Config()
    plugins = loading.bundled(config)
    for folder in sorted(vaults.iterdir()):
        outcome = run(read_vault(folder), config, plugins, today)
        for tie in outcome.network.ties:
            values = {name: outcome.scores.number(tie, name) for name in COLUMNS[:-1]}
            product = (values["depth"] or 0.0) * (values["warmth"] or 0.0)
            yield {"vault": folder.name, "person": tie.person.name} | values | {"depth_warmth": product}


def measure(kits: Path, kit: str, style: str, target: Path) -> str:
    """Write one kit's scores to `target` and return what the evaluator says of them."""
    about = json.loads((kits / kit / "kit.json").read_text(encoding="utf-8"))
    column = "depth_warmth" if kit.startswith("next-contact") else "depth"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, str(kits / "make_vaults.py"), str(kits / kit), style, folder], check=True
        )
        with target.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["vault", "person", *COLUMNS])
            writer.writeheader()
            writer.writerows(rows(Path(folder), dt.date.fromisoformat(about["as_of"])))
    command = [sys.executable, str(kits / "evaluate.py"), str(kits / kit), str(target), column]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kits", type=Path)
    parser.add_argument("--kit", action="append")
    parser.add_argument("--style", action="append", choices=STYLES)
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    every = sorted(path.parent.name for path in given.kits.glob("*/kit.json"))
    for kit in given.kit or every:
        for style in given.style or STYLES:
            with tempfile.NamedTemporaryFile(suffix=".csv") as scratch:
                print(
                    f"{style:8} {measure(given.kits, kit, style, given.csv or Path(scratch.name))}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
