"""mypy finds wrong arguments, facts and options of a plugin, each on its own line, and nothing else."""

import re
from pathlib import Path

import pytest

from netnotes import api
from tests.plugin.test_api import strict_mypy

CASES = Path(__file__).parent / "wrong_types.txt"


@pytest.mark.full
def test_mypy_names_the_line_of_each(tmp_path):
    pytest.importorskip("mypy")
    text = CASES.read_text(encoding="utf-8")
    place = tmp_path / "wrong_types.py"
    place.write_text(text, encoding="utf-8")
    result = strict_mypy(tmp_path, place)
    found = {int(number) for number in re.findall(r"^wrong_types\.py:(\d+): error", result.stdout, re.MULTILINE)}
    wanted = {number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# E")}
    assert found == wanted, result.stdout + result.stderr


def test_the_public_face_stays_small():
    """Records, decorators and rules together; what a network, a tie or a person can be asked is part of these."""
    assert len(api.__all__) <= 48
