"""The examples of the cookbook, as their authors would test them."""

import json

import pytest

from netnotes.api import Block, Cell, Change, File, NoOptions, Notice, Value, exporter, pass_session
from netnotes.testing import conforms, run
from tests.plugin.test_examples import loaded

NAMES = ("words", "calendars", "introductions", "weekly", "kumu", "elo", "gardens", "cooling")
VAULT = """
    -- People/Ada.md --
    -- People/Bob.md --
    ---
    introduced_by: "[[Ada]]"
    ---
    -- People/Cy.md --
    ---
    introduced_by: "[[Bob]]"
    ---
    -- 2026-06-28.md --
    - coffee with [[Ada]] and [[Bob]] (1h), we laughed
    - call with [[Cy]] (5 min)
"""


@pytest.fixture(params=NAMES)
def each(request, monkeypatch):
    return loaded(request.param, monkeypatch)


@pytest.mark.full
def test_it_keeps_the_contract(each):
    conforms(each)


def test_words_near_people(monkeypatch):
    ran = run(loaded("words", monkeypatch), VAULT, as_of="2026-06-30")
    assert (ran.value("Ada"), ran.value("Cy")) == (1.0, None)
    assert [row.cells["name"].name for row in ran.rows] == ["Ada", "Bob"]
    words: Cell = ran.rows[0].cells["words"]
    assert "laughed" in words


def test_calendars_and_mailboxes(monkeypatch):
    files = """
    -- People/Ada.md --
    ---
    email: ada@example.org
    ---
    -- Files/home.ics --
    BEGIN:VCALENDAR
    BEGIN:VEVENT
    DTSTART:20260601T100000Z
    ATTENDEE;CN=Ada:mailto:ada@example.org
    END:VEVENT
    END:VCALENDAR
    -- Files/old.mbox --
    From ada@example.org Tue Jun 02 10:00:00 2026
    From: Ada <ada@example.org>
    To: me@example.org
    Date: Tue, 02 Jun 2026 10:00:00 +0000

    Hello
    """
    ran = run(loaded("calendars", monkeypatch), files, as_of="2026-06-30")
    found = [(str(met.date), met.channel) for met in ran.network.encounters if "Ada" in [p.name for p in met.people]]
    assert found == [("2026-06-01", "in person"), ("2026-06-02", "mail")]
    assert File("a.ics", b"\xef\xbb\xbfx").text == "x"


def test_introductions_are_a_tree_with_a_diagram(monkeypatch):
    ran = run(loaded("introductions", monkeypatch), VAULT, as_of="2026-06-30")
    assert [(row.cells["name"].name, row.level) for row in ran.rows] == [("Ada", 0), ("Bob", 1), ("Cy", 2)]
    assert ran.blocks == (Block('graph LR\n  "Ada" --> "Bob"\n  "Bob" --> "Cy"', language="mermaid"),)


def test_a_list_of_people_is_written_as_a_list(monkeypatch):
    ran = run(loaded("weekly", monkeypatch), VAULT, as_of="2026-06-30")
    value: Value = ran.value("Ada")
    assert [person.name for person in value] == ["Bob"]
    assert "Bob" in str(ran.written("Ada")["seen_with"])
    assert ran.remarks[-1].text == "3 people in the last week."


def test_kumu(monkeypatch):
    ran = run(loaded("kumu", monkeypatch), VAULT, as_of="2026-06-30")
    found = json.loads(ran.exported["kumu"])
    assert [each["label"] for each in found["elements"]][1:] == ["Ada", "Bob", "Cy"]
    assert {"from": "Ada", "to": "Bob", "direction": "mutual"} in found["connections"]


def test_two_other_models_of_depth(monkeypatch):
    ran = run(loaded("elo", monkeypatch), VAULT, as_of="2026-06-30")
    assert 0 < ran.value("Ada", "bayes_depth") < 1
    assert ran.value("Ada", "elo") > ran.value("Cy", "elo") > 1000


def test_a_vault_without_people(monkeypatch):
    links = {f"{name}.md": "[[Hub]]" for name in "abc"} | {"Hub.md": ""}
    ran = run(loaded("gardens", monkeypatch), "".join(f"\n-- {path} --\n{text}\n" for path, text in links.items()))
    assert ran.style("Hub").badge == "◆"


def test_a_watcher_and_a_command(monkeypatch):
    module = loaded("cooling", monkeypatch)
    days = [f"2026-0{month}-1{day}" for month in (3, 4, 5, 6) for day in range(9)]
    deep = VAULT + "".join(f"    -- {day}.md --\n    - dinner with [[Ada]] (3h)\n" for day in days)
    ran = run(module, deep, as_of="2026-06-30", before=VAULT)
    assert [notice.text for notice in ran.notices] == ["Ada is a deep tie now"]
    assert isinstance(ran.notices[0], Notice)
    assert ran.command("deep-count").strip() == "1"
    assert Change(ran.network, ran.network).after is ran.network


def test_names_of_the_decorators():
    @exporter("lines")
    def lines(network, options: NoOptions):
        return "\n".join(person.name for person in network.people)

    assert run(lines, VAULT, as_of="2026-06-30").exported == {"lines": "Ada\nBob\nCy"}
    assert callable(pass_session(lambda session: session))
