"""Fixtures for pytest: `pytest_plugins = ("netnotes.testing.fixtures",)` in a conftest.py.

`golden` compares a text with a file beside the test, and writes it under `--update`; `notes` is the vault that the
test's own docstring holds.

.. versionadded:: 0.1
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from netnotes.testing.vaults import TextVault, vault


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`."""
    parser.addoption("--update", action="store_true", default=False, help="Write golden files anew.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return the function that compares a text with the test's golden file, `golden/TEST.txt` beside the test.

    A second call in one test compares with `TEST-2.txt`, and so on. Ends of lines do not matter.

    .. versionadded:: 0.1
    """
    calls: list[str] = []

    def compare(text: str) -> None:
        calls.append(text)
        number = f"-{len(calls)}" if len(calls) > 1 else ""
        place = request.path.parent / "golden" / f"{_file_name(request.node.name)}{number}.txt"
        if request.config.getoption("--update"):
            _write(place, text)
        elif not place.exists():
            pytest.fail(f"no golden file {place}: pytest --update writes it", pytrace=False)
        # An assertion, since pytest shows its differences line by line.
        assert text.splitlines() == place.read_text(encoding="utf-8").splitlines(), f"see {place}"  # noqa: S101

    return compare


@pytest.fixture
def notes(request: pytest.FixtureRequest) -> TextVault:
    """Return the vault that the docstring of the test holds.

    .. versionadded:: 0.1
    """
    return vault(inspect.getdoc(request.function) or "")


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def _file_name(test: str) -> str:
    return re.sub(r"[^\w.-]+", "_", test).strip("_")
