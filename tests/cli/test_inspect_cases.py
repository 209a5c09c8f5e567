"""`netnotes inspect` on notes for which the app's own findings are known."""

import json

import pytest

from tests.shared import shared

CASES = json.loads(shared("cases/notes.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_as_the_app_found_it(netnotes, tmp_path, case):
    place = tmp_path / "note.md"
    place.write_text(case["input"], encoding="utf-8", newline="")
    found = json.loads(netnotes("inspect", place, "--json").out)
    expected = case["expected"]
    for what in ("links", "embeds", "frontmatterLinks"):
        assert found[what] == (expected[what] or [])
    assert found["tags"] == (expected["tags"] or [])
    assert found["headings"] == [
        {key: heading[key] for key in ("heading", "level", "offset")} for heading in expected["headings"] or []
    ]
