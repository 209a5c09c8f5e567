"""The German Logseq graph among the examples: in order on its last day, and read as its owner would read it."""

import datetime as dt
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.app.workspace import open_workspace

GRAPH = Path(__file__).parents[1] / "examples" / "logseq"
DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def outcome():
    return open_workspace(GRAPH, {}, cached=False).run(DAY)[1]


def test_it_is_kept_synced(capsys):
    assert cli.run_command(["sync", str(GRAPH), "--as-of", DAY.isoformat(), "--dry-run"]) == 0
    assert capsys.readouterr().out == ""


def test_nothing_in_it_is_doubtful(outcome):
    assert outcome.problems == ()


def test_its_people_are_those_who_say_so(outcome):
    assert {person.name for person in outcome.network.people} == {
        *("Emre Yıldız", "Freya Lindqvist", "Hannelore Brandt", "Jonas Adler", "Katharina Vogt", "Mehdi Rahimi"),
        "Oma Erna",
    }


def test_the_fields_are_page_properties_of_the_first_block():
    text = (GRAPH / "pages" / "Hannelore Brandt.md").read_text(encoding="utf-8")
    first_block = text.partition("\n\n")[0]
    assert "\ndepth:: 0." in first_block
    assert "\nnetnotes:: depth-" in first_block
    assert "---" not in text


@pytest.mark.parametrize(
    ("day", "name", "minutes"),
    [
        ((2026, 3, 14), "Freya Lindqvist", None),
        ((2026, 4, 2), "Mehdi Rahimi", 90),
        ((2026, 5, 20), "Hannelore Brandt", 30),
        ((2026, 6, 6), "Jonas Adler", 180),
        ((2026, 6, 14), "Jonas Adler", None),
    ],
)
def test_its_owner_would_find_the_same(outcome, day, name, minutes):
    met = [e for e in outcome.network.encounters if e.date == dt.date(*day) and name in {p.name for p in e.people}]
    assert [each.minutes for each in met] == [minutes]


def test_planned_and_cancelled_meetings_and_readings_are_no_encounters(outcome):
    days = {e.date for e in outcome.network.encounters if "Freya Lindqvist" in {p.name for p in e.people}}
    assert not days & {dt.date(2026, 4, 7), dt.date(2026, 4, 18), dt.date(2026, 6, 19)}
