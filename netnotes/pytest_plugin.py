"""Fixtures for the tests of plugins, which pytest finds wherever NetNotes is installed.

`netnotes_vault` is the vault in a test's docstring. `netnotes_golden` compares a text with a file beside the test, and
writes that file with `--netnotes-update`. pytest loads this module in every project, so it imports nothing of NetNotes
until a fixture is used. `-p no:netnotes` turns it off.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from netnotes.testing import TextVault


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--netnotes-update`."""
    group = parser.getgroup("netnotes", "NetNotes plugins")
    group.addoption("--netnotes-update", action="store_true", help="Write the files of netnotes_golden again.")


@pytest.fixture
def netnotes_vault(request: pytest.FixtureRequest) -> TextVault:
    """Return the vault in the docstring of the test, or else of its class or its module.

    .. versionadded:: 0.2
    """
    from netnotes.testing import vault

    for place in (request.function, request.cls, request.module):
        text = inspect.getdoc(place) or ""
        if text.startswith("-- ") or "\n-- " in text:
            return vault(text)
    message = "netnotes_vault reads the docstring of the test, its class or its module, and none holds a file: "
    pytest.fail(f"{message}write `-- People/Ada.md --` on a line of its own", pytrace=False)


@pytest.fixture
def netnotes_golden(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that compares a text with `golden/TEST.txt` beside the test.

    A second call in one test compares with `TEST-2.txt`, and so on. Kinds of line ends are not compared.

    .. versionadded:: 0.2
    """
    calls: list[str] = []

    def compare(text: str) -> None:
        calls.append(text)
        number = f"-{len(calls)}" if len(calls) > 1 else ""
        place = request.path.parent / "golden" / f"{_file_name(request.node.name)}{number}.txt"
        if request.config.getoption("--netnotes-update"):
            _write(place, text)
        elif not place.exists():
            pytest.fail(f"no golden file {place}: `pytest --netnotes-update` writes it", pytrace=False)
        # An assertion, since pytest shows its differences line by line.
        assert text.splitlines() == place.read_text(encoding="utf-8").splitlines(), f"see {place}"  # noqa: S101

    return compare


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def _file_name(test: str) -> str:
    return re.sub(r"[^\w.-]+", "_", test).strip("_")
