"""The folder `shared` beside the checkout: real vaults, cases and files of other programs, not part of the project."""

import os
from pathlib import Path

import pytest

VARIABLE = "NETNOTES_SHARED"


def shared(path: str) -> Path:
    """Return a file or folder of the shared data, from within a test or at the top of a module of tests.

    Where it is missing, the test fails if NETNOTES_SHARED is set, as `.ci/run` does; else it is skipped.
    """
    folder = os.environ.get(VARIABLE)
    place = Path(folder or Path(__file__).resolve().parents[2] / "shared") / path
    if place.exists():
        return place
    if folder:
        pytest.fail(f"{VARIABLE} is set, and there is no {place}")
    pytest.skip(f"no {place}: {VARIABLE} names the folder that has it", allow_module_level=True)
