"""Whose turn a promise is, its days, and when to chase it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from netnotes_plugins import chase

from netnotes.api import Person, Promise
from netnotes.extract.promises import plain
from netnotes.insights import OpenPromise, open_promises
from netnotes.network.network import Network
from netnotes.scoring.access import unscored
from netnotes.testing import run
from tests.plugins.dates import TODAY, ago, day, note

PEOPLE = (
    note("People/Ada Byron", aliases="[Ada]") + note("People/Bob") + note("People/Me", me="true", aliases="[Tilda]")
)


def report(notes, **more):
    return run(chase, PEOPLE + notes, as_of=TODAY, **more)


def turn(task):
    rows = report(f"-- {ago(3)}.md --\n- [ ] {task}\n").rows
    return [(row.cells["who"].name, row.more["turn"]) for row in rows]


@pytest.mark.parametrize(
    "task",
    [
        "[[Ada Byron]] to send the draft",
        "[[Ada Byron|Ada]] will send the draft",
        "[Ada](<People/Ada Byron.md>) to send the draft",
        "Ada to send the draft",
        "@Ada to send the draft",
        "Ada Byron promised the draft",
        "the draft [from:: ada]",
        "the draft [from:: [[Ada Byron]]]",
        "the draft (from:: Ada)",
        "waiting for [[Ada Byron]]: the draft",
        "the draft, from [[Ada Byron]] #waiting",
        "@waiting draft of [[Ada Byron]]",
        "[[Ada Byron]] owes me the draft",
    ],
)
def test_it_is_theirs(task):
    assert turn(task) == [("Ada Byron", "them")]


@pytest.mark.parametrize(
    "task",
    [
        "send [[Ada Byron]] the draft",
        "@me send [[Ada Byron]] the draft she is waiting for",
        "I owe [[Ada Byron]] a lunch",
        "[[Me]] to send [[Ada Byron]] the draft",
        "Tilda to send [[Ada Byron]] the draft",
        "draft for [[Ada Byron]] [from:: me]",
    ],
)
def test_it_is_mine(task):
    assert turn(task) == [("Ada Byron", "me")]


@pytest.mark.parametrize("task", ["buy bread", "[[Nobody]] to call", "ask someone to dance", "Carla to send it"])
def test_a_task_that_links_nobody_is_not_a_promise(task):
    assert turn(task) == []


def test_a_task_in_somebodys_own_note_concerns_them():
    rows = report(
        note("People/Carla", "- [ ] give the pump back\n- [ ] owes me a dinner\n- [ ] ask [[Bob]] about her")
    ).rows
    assert {(row.cells["who"].name, row.more["turn"]) for row in rows} == {
        ("Carla", "me"),
        ("Carla", "them"),
        ("Bob", "me"),
    }


def test_ticking_is_all_it_takes():
    line = f"-- {ago(3)}.md --\n- [{{}}] send [[Ada Byron]] the draft\n"
    assert [len(report(line.format(box)).rows) for box in (" ", "/", "x", "X", "-")] == [1, 1, 0, 0, 0]


def test_days_are_read_as_tasks_and_dataview_write_them():
    tasks = (
        "- [ ] call [[Bob]] 📅 2026-07-04\n- [ ] write [[Bob]] [due:: 2026-07-05]\n"
        "- [ ] see [[Bob]] (scheduled:: 2026-07-06)\n- [ ] ring [[Bob]] ⏳ 2026-07-07"
    )
    rows = report(f"-- {ago(1)}.md --\n{tasks}\n").rows
    assert [str(row.cells["due"]) for row in rows] == ["2026-07-04", "2026-07-05", "2026-07-06", "2026-07-07"]
    assert [row.cells["next"] for row in rows] == [row.cells["due"] for row in rows]
    assert all(row.more["since"] == ago(1) for row in rows)
    assert [row.cells["what"] for row in rows] == ["call Bob", "write Bob", "see Bob", "ring Bob"]


def test_a_day_of_no_calendar_is_a_problem_with_its_line():
    result = report(f"-- {ago(1)}.md --\n\n- [ ] call [[Bob]] 📅 2026-02-30\n")
    assert [row.cells["due"] for row in result.rows] == [None]
    assert [(p.path, p.line) for p in result.problems if "2026-02-30" in p.message] == [(f"{ago(1)}.md", 2)]


def test_chases_are_counted_and_put_the_next_one_off():
    task = "[[Bob]] to send the list 📅 2026-06-10"

    def row(behind, below=""):
        (found,) = report(f"-- {ago(40)}.md --\n- [ ] {task}{behind}\n{below}").rows
        return found.more["chased"], found.cells["next"]

    assert row("") == (0, TODAY)
    assert row(" [chased:: 2026-06-26]") == (1, dt.date(2026, 7, 3))
    assert row(" [chased:: 2026-06-20, 2026-06-26]") == (2, dt.date(2026, 7, 3))
    assert row(" [chased:: 2026-06-15] [chased:: 2026-06-20] [chased:: 2026-06-26]") == (
        3,
        dt.date(2026, 7, 10),
    )
    assert row("", "  - 2026-06-26 asked her again by mail\n") == (1, dt.date(2026, 7, 3))
    assert row(" [chased:: 4]") == (4, TODAY)


def test_theirs_is_asked_for_the_day_after_it_was_due():
    (row,) = report(f"-- {ago(3)}.md --\n- [ ] [[Bob]] to send it 📅 2026-07-02\n").rows
    assert row.cells["next"] == dt.date(2026, 7, 3)


def test_without_a_day_it_comes_up_after_a_week():
    (row,) = report(f"-- {ago(3)}.md --\n- [ ] write to [[Bob]]\n").rows
    assert row.cells["next"] == ago(-4)


def test_ignored_people_and_the_future_are_left_out():
    shy = note("People/Shy", netnotes="ignore")
    assert report(shy + day(3, "[ ] write to [[Shy]]")).rows == ()
    assert report(f"-- {ago(-3)}.md --\n- [ ] write to [[Bob]]\n").rows == ()


def test_evidence_is_the_line_of_the_task():
    (row,) = report(f"-- {ago(3)}.md --\nsome words\n\n- [ ] write to [[Bob]]\n").rows
    assert [(e.path, e.line) for e in row.evidence] == [(f"{ago(3)}.md", 3)]


def test_a_task_without_a_name_concerns_whose_note_it_is_in_but_not_a_word_in_a_sentence():
    unfinished = "# Dan Ahl\n\nMet: 2026-06-01\nTODO fill in"
    notes = note("People/Cora Vane", "# Cora Vane\n- TODO send the draft") + note("People/Dan Ahl", unfinished)
    assert [row.cells["who"].name for row in report(notes).rows] == ["Cora Vane"]


def test_templates_promise_nothing():
    notes = '-- .obsidian/templates.json --\n{"folder": "Templates"}\n-- Templates/Day.md --\n- [ ] call [[Bob]]\n'
    assert report(notes).rows == ()


def test_an_empty_list_says_how_to_begin():
    assert "[ ]" in report("").remarks[0].text


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("send [[People/Ada Byron|Ada]] **the** draft 📅 2026-07-01 🔼", "send Ada the draft"),
        ("ask [[People/Bob#Log]] [due:: [[2026-07-01]]] #waiting", "ask Bob"),
        ("@me call [Bob](Bob.md) 🔁 every week 📅 2026-07-01", "call Bob"),
        ("read *The Quern* and ring_back", "read The Quern and ring_back"),
        ("price is 3:: 4", "price is 3:: 4"),
    ],
)
def test_words_are_plain(task, words):
    assert plain(task) == words


DAYS = st.integers(-400, 400).map(ago)
PROMISES = st.builds(
    Promise,
    people=st.just((Person("People/Bob.md", "Bob"),)),
    text=st.just(""),
    path=st.just("a.md"),
    line=st.just(1),
    owed_by=st.sampled_from(["me", "them", None]),
    made=st.none() | DAYS,
    due=st.none() | DAYS,
    scheduled=st.none() | DAYS,
    start=st.none() | DAYS,
    chased=st.lists(DAYS, max_size=5).map(lambda days: tuple(sorted(set(days)))),
)


@given(PROMISES)
def test_the_next_day_is_never_past_and_nothing_is_asked_for_before_its_time(promise):
    for one in open_promises(unscored(Network(TODAY, Person("me", "me", me=True), promises=(promise,)))):
        assert isinstance(one, OpenPromise)
        assert one.next >= TODAY
        if promise.start:
            assert one.next >= promise.start
        if not one.mine and promise.due and not promise.scheduled:
            assert one.next > promise.due
        if one.mine and promise.due and promise.due > TODAY and not promise.start:
            assert one.next <= promise.due
        assert one.overdue == max(0, (TODAY - one.due).days if one.due else 0)
