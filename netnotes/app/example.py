"""The example vault: in the wheel beside the code, in a checkout below `examples/`."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import netnotes
from netnotes.errors import ExampleMissing

DAY = dt.date(2026, 6, 30)
"""The date to use for the example: the last day in its notes."""


def copy_example(target: Path) -> None:
    """Copy the example vault to the new folder `target`. Raises ExampleMissing."""
    package = Path(netnotes.__file__).parent
    for place in (package / "example_vault", package.parent / "examples" / "vault"):
        if place.is_dir():
            shutil.copytree(place, target)
            return
    raise ExampleMissing
