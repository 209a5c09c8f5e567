"""The example vault: in order on its last day, and of the shape that it is there to show."""

import datetime as dt
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.app.workspace import open_workspace

VAULT = Path(__file__).parents[1] / "examples" / "vault"
DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def outcome():
    return open_workspace(VAULT, {}, cached=False).run(DAY)[1]


def depths(outcome, scene=None):
    ties = [tie for tie in outcome.network.ties if scene in (None, tie.person.scene)]
    return {tie.person.name: outcome.scores.number(tie, "depth") or 0.0 for tie in ties}


def test_it_is_kept_synced(capsys):
    assert cli.run_command(["sync", str(VAULT), "--as-of", DAY.isoformat(), "--dry-run"]) == 0
    assert capsys.readouterr().out == ""


def test_a_few_are_deep_and_a_crowd_is_at_the_rim(outcome):
    found = sorted(depths(outcome).values(), reverse=True)
    assert 2 <= sum(depth >= 0.75 for depth in found) <= 5
    assert 8 <= sum(depth >= 0.5 for depth in found) <= 15
    assert sum(depth < 0.3 for depth in found) >= 25


def test_the_new_country_is_all_rim(outcome):
    assert len(depths(outcome, "lisbon")) >= 10
    assert max(depths(outcome, "lisbon").values()) < 0.3
    lisbon = next(scene for scene in outcome.network.scenes if scene.name == "lisbon")
    assert dt.date(2026, 4, 10) <= lisbon.since <= dt.date(2026, 4, 20)


def test_a_last_contact_by_hand_is_kept_and_one_person_is_left_alone(outcome):
    assert not [problem for problem in outcome.problems if "last_contact" in problem.message]
    assert "Derek Moss" not in {person.name for person in outcome.network.people}
    assert "netnotes: ignore" in (VAULT / "People/Derek Moss.md").read_text(encoding="utf-8")
    own_words = (VAULT / "People/Dorothea Finch.md").read_text(encoding="utf-8").split("---")[1]
    assert "last_contact-" not in own_words


def test_nothing_else_in_it_is_doubtful(outcome):
    assert outcome.problems == ()
