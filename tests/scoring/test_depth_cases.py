"""The formula, held to numbers that were computed by plain arithmetic: see depth.json beside this file."""

import json
from pathlib import Path

import pytest

from tests.scoring.builders import Met, scored

CASES = json.loads(Path(__file__).with_name("depth.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case):
    tie, scores = scored(Met(*event) for event in case["events"])
    expected = case["expected"]
    for name in ("know", "like", "trust", "depth"):
        assert scores.number(tie, name) == pytest.approx(expected[name], abs=5e-5), name
    assert scores.number(tie, "warmth") == pytest.approx(expected["warmth_value"], abs=5e-5)
    assert scores.get(tie, "warmth").label == expected["warmth"]
    assert scores.get(tie, "depth").label == expected["tie"]
    assert tie.days == expected["contact_days"]
    assert tie.rhythm == pytest.approx(expected["tau"], abs=5e-5)
