"""What the tests of this folder have in common: the cases in the folder `shared` beside the checkout."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"


@pytest.fixture(scope="session")
def cases() -> Callable[[str], Any]:
    """Return what a file of cases holds: `cases("yaml.json")`. Skips where there is none, but never in CI."""

    def load(name: str) -> Any:
        path = CASES / name
        if not path.is_file():
            if os.environ.get("CI") == "true":
                pytest.fail(f"CI must have {path}")
            pytest.skip(f"no {path} beside this checkout")
        return json.loads(path.read_text(encoding="utf-8"))

    return load
