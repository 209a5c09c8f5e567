"""What holds for every test: the same examples on every run, and nobody's own folders touched."""

import datetime as dt
import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from netnotes.pipeline import run
from tests.examples import PROFILE, examples
from tests.shared import shared

# Compile each module once for the many processes of a run, also where Python is asked to keep nothing compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

pytest_plugins = ("tests.browser", "tests.example_home", "pytester")

COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", COMMON, derandomize=True, max_examples=examples())
settings.register_profile("thorough", COMMON, derandomize=True)
settings.register_profile("explore", COMMON, print_blob=True)
settings.load_profile(PROFILE)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Return how many workers `-n auto` is: one for each core that may be used."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_addoption(parser):
    """Add `--update`."""
    parser.addoption("--update", action="store_true", help="Write what commands print, and pages made from code.")


def pytest_runtest_setup():
    """Show the garbage collector what commands of earlier tests hid from it: Hypothesis asks it for its own objects."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def all_own_folders(tmp_path_factory):
    return tmp_path_factory.mktemp("own")


@pytest.fixture(autouse=True)
def own_folders(all_own_folders, monkeypatch):
    """Keep journal, cache and trust of a test apart from those of whoever runs it."""
    # `mktemp` of pytest lists all folders that earlier tests have made: after thousands, that took longest.
    monkeypatch.setenv("NETNOTES_DATA", tempfile.mkdtemp(prefix="data-", dir=all_own_folders))
    monkeypatch.setenv("NETNOTES_CACHE", tempfile.mkdtemp(prefix="cache-", dir=all_own_folders))
    monkeypatch.delenv("NETNOTES_VAULT", raising=False)
    monkeypatch.delenv("NETNOTES_PLUGINS", raising=False)
    for name in ("COLUMNS", "LINES", "NO_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def session_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("session-cache")


@pytest.fixture
def shared_cache(own_folders, session_cache, monkeypatch):
    """Share the cache with other tests, where it does not matter whether a note is read again."""
    monkeypatch.setenv("NETNOTES_CACHE", str(session_cache))


@pytest.fixture(scope="session")
def cases() -> Callable[[str], Any]:
    """Return what a file of shared cases holds: `cases("yaml.json")`."""
    return lambda name: json.loads(shared(f"cases/{name}").read_text(encoding="utf-8"))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[dt.date]:
    """Return a list that grows with each outcome that is computed."""
    found: list[dt.date] = []

    def counting(*args: Any, **options: Any) -> Any:
        found.append(args[3])
        return run(*args, **options)

    monkeypatch.setattr("netnotes.pipeline.run", counting)
    return found
