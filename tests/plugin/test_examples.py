"""The worked examples, as their authors would test them."""

import importlib.util
import sys

import pytest

from netnotes.testing import conforms, run
from tests.plugin.test_api import ROOT


@pytest.fixture(params=("energy", "birthdays", "sector"))
def each(request, monkeypatch):
    return loaded(request.param, monkeypatch)


def loaded(name, monkeypatch):
    spec = importlib.util.spec_from_file_location(name, ROOT / "examples" / "plugins" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.full
def test_it_keeps_the_contract(each):
    conforms(each)


def test_every_example_has_fewer_than_sixty_lines():
    lengths = {
        place.name: len(place.read_text(encoding="utf-8").splitlines())
        for place in (ROOT / "examples" / "plugins").glob("*.py")
    }
    assert lengths
    assert {name: count for name, count in lengths.items() if count >= 60} == {}


MOODS = """
    -- People/Ada.md --
    -- People/Bob.md --
    ---
    gives: 1
    ---
    -- People/Cy.md --
    -- 2026-06-20.md --
    - coffee with [[Ada]] (1h) [energy:: 5]
    - coffee with [[Bob]] (1h) [mood:: drained]
    - coffee with [[Cy]] (1h) [mood:: purple]
    -- Meetings/2026-06-10 Plans.md --
    ---
    attendees: ["[[Ada]]"]
    mood: good
    ---
"""


def test_energy_is_what_was_written_after_meetings(monkeypatch):
    result = run(loaded("energy", monkeypatch), MOODS)
    assert result.score("Ada").value == pytest.approx(0.875, abs=0.01)
    assert result.score("Ada").because == "strength after 2 meetings"
    assert result.score("Bob").value == 0.0
    assert result.score("Cy") is None


def test_an_unknown_mood_is_reported_with_its_line(monkeypatch):
    (problem,) = run(loaded("energy", monkeypatch), MOODS).problems
    assert (problem.path, problem.line, problem.plugin) == ("2026-06-20.md", 3, "energy")


def test_energy_joins_depth_by_one_line(monkeypatch):
    weighed = "[depth]\nweights = {know = 0.6, like = 0.2, trust = 0.2, energy = 0.5}"
    plain, result = (run(loaded("energy", monkeypatch), MOODS, config=config) for config in (None, weighed))
    assert result.score("Ada", "depth").value > plain.score("Ada", "depth").value
    assert result.score("Bob", "depth").value < plain.score("Bob", "depth").value
    assert result.score("Cy", "depth").value == plain.score("Cy", "depth").value
    assert "energy" in result.score("Bob", "depth").because.partition("costs most")[2]


BORN = """
    -- People/Ada.md --
    ---
    birthday: 1990-07-02
    ---
    -- People/Bob.md --
    ---
    birthday: 02-29
    ---
    -- People/Cy.md --
    ---
    birthday: in spring
    ---
"""


def test_birthdays_are_a_report_and_a_date_in_the_note(monkeypatch):
    result = run(loaded("birthdays", monkeypatch), BORN)
    (row,) = result.rows
    assert (row.cells["name"].name, row.cells["in days"], row.because) == ("Ada", 2, "turns 36")
    assert str(result.score("Bob").value) == "2027-03-01"


def test_an_invalid_birthday_is_reported(monkeypatch):
    problems = [p for p in run(loaded("birthdays", monkeypatch), BORN).problems if p.plugin]
    assert [(p.path, p.line) for p in problems] == [("People/Cy.md", 2)]


def test_an_empty_month_is_said_kindly(monkeypatch):
    (remark,) = run(loaded("birthdays", monkeypatch), BORN, as_of="2026-10-01").remarks
    assert remark.text == "Nobody you know has a birthday in the next 30 days."


def test_sector_groups_by_company_then_market(monkeypatch):
    result = run(
        loaded("sector", monkeypatch),
        """
        -- People/Ada.md --
        ---
        company: "[[Acme Mills|Acme]]"
        ---
        -- People/Bob.md --
        ---
        company: acme
        market: grain
        ---
        -- People/Cy.md --
        ---
        market: grain
        ---
    """,
    )
    assert result.style("Ada").group == "Acme"
    assert result.style("Bob").because == "company: acme"
    assert result.style("Cy") is None, "one alone is no group"
