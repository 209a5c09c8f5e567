"""The few things that matter today: which they are, that they are few, and that nobody is told twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from netnotes_plugins import today

from netnotes.testing import run
from tests.plugins.dates import TODAY, ago, day, note, often

DEEP = range(20, 400, 12)
"""Days of a tie that is deep and due."""


def told(notes, **options):
    return run(today, notes, as_of=TODAY, options=options)


def kinds(notes, **options):
    return [(row.cells["kind"], row.cells["who"].name) for row in told(notes, **options).rows]


def friend(name, days=DEEP, **properties):
    return note(f"People/{name}", **properties) + often(name, days)


def merged(*texts):
    """Return one vault of several: what several say of one day stands in one note."""
    files: dict[str, str] = {}
    for text in texts:
        for part in text.split("-- ")[1:]:
            path, _, body = part.partition(" --\n")
            files[path] = files.get(path, "") + body
    return "".join(f"-- {path} --\n{body}" for path, body in files.items())


def test_an_empty_vault_and_an_empty_day_are_kindly_said():
    assert "Nobody is in these notes yet" in told("-- Home.md --\n").remarks[0].text
    quiet = told(friend("Ada", range(0, 400, 7)))
    assert quiet.rows == ()
    assert "Enjoy it" in quiet.remarks[0].text


def test_a_promise_due_by_tomorrow_is_there_and_a_later_one_is_not():
    task = day(5, "[ ] write to [[Ada]] 📅 {}")
    people = note("People/Ada")
    assert kinds(people + task.format("2026-07-01")) == [("promise", "Ada")]
    assert kinds(people + task.format("2026-07-02")) == []


def test_a_deep_tie_that_is_due_and_one_about_to_cool_are_told_apart():
    (row,) = told(friend("Ada")).rows
    assert row.cells["kind"] == "follow-up"
    assert row.cells["act"] == 'netnotes why "Ada"'
    (row,) = told(friend("Ada", range(40, 400, 12))).rows
    assert "cools within 14 days" in row.because


def test_what_is_theirs_is_asked_for():
    rows = told(note("People/Ada") + day(9, "[ ] [[Ada]] to send the list 📅 2026-06-25")).rows
    assert [(row.cells["kind"], row.cells["do"]) for row in rows] == [("chase", "ask: Ada to send the list")]


def test_one_new_acquaintance_is_to_be_seen_again():
    people = "".join(note(f"People/{name}") for name in ("Ada", "Bob", "Old"))
    notes = people + day(3, "coffee with [[Ada]] (1h)") + day(4, "card of [[Bob]]") + day(40, "coffee with [[Old]]")
    assert kinds(notes) == [("new", "Ada")]


def test_a_bridge_leads_to_people_none_of_the_deep_ties_was_seen_with():
    crowd = [f"Stranger {n}" for n in range(4)]
    people = "".join(note(f"People/{name}") for name in ("Bridget", *crowd))
    with_crowd = "".join(
        day(days, f"lunch with [[Bridget]], [[{crowd[n]}]] and [[{crowd[n + 1]}]] (1h)")
        for n, days in enumerate((119, 79, 59))
    )
    rows = told(merged(friend("Ada", range(0, 400, 7)), people, with_crowd)).rows
    assert [row.cells["who"].name for row in rows if row.cells["kind"] == "bridge"] == ["Bridget"]
    known = day(30, "party with [[Ada]] and [[Bridget]], " + ", ".join(f"[[{name}]]" for name in crowd))
    rows = told(merged(friend("Ada", range(0, 400, 7)), people, with_crowd, known)).rows
    assert "bridge" not in {row.cells["kind"] for row in rows}


def test_a_birthday_comes_first():
    notes = (
        note("People/Bob", birthday="1980-06-30") + note("People/Ada") + day(5, "[ ] write to [[Ada]] 📅 2026-06-20")
    )
    assert kinds(notes) == [("birthday", "Bob"), ("promise", "Ada")]


def test_several_promises_to_one_person_are_one_line():
    tasks = "[ ] write to [[Ada]] 📅 2026-06-20", "[ ] send [[Ada]] the book 📅 2026-06-10"
    (row,) = told(note("People/Ada") + day(30, *tasks)).rows
    assert row.because.startswith("send Ada the book (20 days late); write to Ada (10 days late)")
    assert len(row.evidence) == 2


def test_whoever_is_to_be_ignored_is_left_out():
    assert kinds(friend("Ada", netnotes="ignore") + day(500, "[ ] write to [[Ada]]")) == []


def test_two_hundred_overdue_people_are_no_list():
    people = "".join(note(f"People/P{n}") for n in range(200))
    met = "".join(day(100 + 40 * n, ", ".join(f"[[P{m}]]" for m in range(n, 200, 4))) for n in range(4))
    tasks = f"-- {ago(50)}.md --\n" + "".join(f"- [ ] call [[P{n}]]\n" for n in range(200))
    result = told(people + met + tasks)
    assert len(result.rows) + len(result.remarks) == 7
    assert len(told(people + met + tasks, most=3).rows) == 3


@pytest.mark.parametrize("kind", ["promise", "follow-up", "new"])
def test_every_line_says_why_and_where(kind):
    new = note("People/New") + day(2, "lunch with [[New]] (1h)")
    owes = note("People/Owed") + day(9, "[ ] write to [[Owed]]")
    row = next(r for r in told(merged(friend("Ada"), new, owes)).rows if r.cells["kind"] == kind)
    assert row.because
    assert row.evidence
    assert row.cells["act"]
    assert row.cells["who"].name in row.sentence


LINES = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from(
            [
                "coffee with [[{}]]",
                "[ ] write to [[{}]]",
                "[ ] [[{}]] to call 📅 2026-06-01",
                "card of [[{}]]",
            ]
        ),
        st.sampled_from("ABCDEFGHIJ"),
    ),
    max_size=40,
)


@given(LINES, st.integers(1, 9))
@settings(max_examples=40)
def test_nobody_is_told_twice_and_there_are_never_more_lines_than_asked_for(lines, most):
    people = "".join(note(f"People/{name}") for name in "ABCDEFGHIJ")
    result = told(merged(people, *(day(days, line.format(name)) for days, line, name in lines)), most=most)
    names = [row.cells["who"].name for row in result.rows]
    assert len(names) == len(set(names))
    assert len(names) + len(result.remarks) <= max(most, 1)
