"""What holds for every test: the same examples on every run, and nobody's own folders touched."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("netnotes.testing.fixtures", "tests.browser")
CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"

settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Keep journal, cache and trust of a test apart from those of whoever runs it."""
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("NETNOTES_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("NETNOTES_VAULT", raising=False)
    monkeypatch.delenv("NETNOTES_PLUGINS", raising=False)


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
