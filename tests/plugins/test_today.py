"""The few things that matter today: which they are, that they are few, and that nobody is told twice."""

import datetime as dt
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from netnotes_plugins import today

from netnotes.api import Person, left_alone
from netnotes.app.workspace import open_workspace
from netnotes.cli.report_runs import bundled_result
from netnotes.testing import run
from tests.examples import examples
from tests.plugins.dates import TODAY, ago, day, note, often

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
DEEP = range(20, 400, 12)
"""Days of a tie that is deep and due."""


def report(notes, **options):
    return run(today, notes, as_of=TODAY, options=options)


def kinds(notes, **options):
    return [(row.cells["kind"], row.on.name if row.on else "") for row in report(notes, **options).rows]


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


def test_an_empty_vault_and_an_empty_day_are_kindly_and_truly_said():
    assert report("-- Home.md --\n").remarks[0].text.startswith("0 people found")
    assert (
        report(note("People/Ada")).remarks[0].text.startswith("1 person found in your notes, and no line with a date")
    )
    quiet = report(friend("Ada", range(0, 400, 7)))
    assert quiet.rows == ()
    assert quiet.remarks[0].text == "Nothing to do today. Next, 7 July: get in touch with Ada."


def test_the_instruction_to_a_beginner_works():
    assert "`People/Ada.md`" in report("-- Home.md --\n").remarks[0].text
    assert "`- coffee with [[Bob]]`" in report(note("People/Bob")).remarks[0].text
    written = report(note("People/Ada") + day(0, "coffee with [[Ada]]"))
    assert written.remarks[0].text.startswith("Nothing to do today. Next, ")


def test_a_promise_due_by_tomorrow_is_there_and_a_later_one_is_not():
    task = day(5, "[ ] write to [[Ada]] 📅 {}")
    people = note("People/Ada")
    assert kinds(people + task.format("2026-07-01")) == [("promise", "Ada")]
    assert kinds(people + task.format("2026-07-02")) == []


def test_a_deep_tie_that_is_due_and_one_about_to_cool_are_distinguished():
    (row,) = report(friend("Ada")).rows
    assert row.cells["kind"] == "follow-up"
    assert row.cells["act"] == 'netnotes why "Ada"'
    assert row.sentence == "Get in touch with Ada: last contact 20 days ago (usually every 12 days)."
    (row,) = report(friend("Ada", range(40, 400, 12))).rows
    assert "cools within 14 days" in row.because


def test_a_tie_due_before_its_usual_interval_says_which_interval_is_over():
    (row,) = report(friend("Ada", range(40, 2000, 45), closeness=5)).rows
    assert row.sentence.startswith("Get in touch with Ada: last contact 6 weeks ago (at most 30 days at this depth)")


def test_people_without_a_note_only_fill_up_a_short_list():
    without_note = often("Maureen", (40, 60, 80), "coffee with {} (1h)")
    assert kinds(without_note) == [("follow-up", "Maureen")]
    tasks = [note(f"People/{name}", "- [ ] send it 📅 2026-06-30") for name in ("Ada", "Bob")]
    assert kinds(without_note + tasks[0]) == [("promise", "Ada"), ("follow-up", "Maureen")]
    three = [*tasks, note("People/Cy", birthday="1980-06-30")]
    assert [name for _, name in kinds(without_note + "".join(three))] == ["Cy", "Ada", "Bob"]


def test_a_promise_of_theirs_is_to_be_asked_for():
    rows = report(note("People/Ada") + day(9, "[ ] [[Ada]] to send the list 📅 2026-06-25")).rows
    assert [(row.cells["kind"], row.cells["do"]) for row in rows] == [("chase", "ask: Ada to send the list")]


def test_a_new_acquaintance_is_to_be_seen_again_after_the_first_week():
    people = "".join(note(f"People/{name}") for name in ("Ada", "Bob", "Old"))
    met = "coffee with [[{}]] (1h)"
    old = day(40, met.format("Old"))
    assert kinds(people + day(8, met.format("Ada")) + day(4, met.format("Bob")) + old) == [("new", "Ada")]
    assert kinds(people + day(7, met.format("Ada")) + old) == []


@pytest.mark.parametrize("days", range(8))
def test_nobody_is_named_in_the_week_of_first_meeting(days):
    task = f"[ ] write to [[New]] 📅 {TODAY}"
    notes = note("People/New", birthday="1980-06-30", cadence=1) + day(days, "coffee with [[New]]", task)
    assert kinds(notes) == []


def test_a_dormant_deep_tie_comes_with_someone_warm_to_write_to_first():
    far, near = range(300, 900, 12), range(0, 700, 7)
    rows = report(merged(friend("Far", far), friend("Near", near))).rows
    row = next(row for row in rows if row.on.name == "Far")
    assert row.sentence.endswith("To warm up, write to Near first.")
    assert row.more["first"].name == "Near"
    assert all("To warm up" not in row.sentence for row in report(friend("Far", far)).rows)


def test_a_bridge_leads_to_people_none_of_the_deep_ties_was_seen_with():
    crowd = [f"Stranger {n}" for n in range(4)]
    people = "".join(note(f"People/{name}") for name in ("Bridget", *crowd))
    with_crowd = "".join(
        day(days, f"lunch with [[Bridget]], [[{crowd[n]}]] and [[{crowd[n + 1]}]] (1h)")
        for n, days in enumerate((119, 79, 59))
    )
    rows = report(merged(friend("Ada", range(0, 400, 7)), people, with_crowd)).rows
    assert [row.cells["who"].name for row in rows if row.cells["kind"] == "bridge"] == ["Bridget"]
    known = day(30, "party with [[Ada]] and [[Bridget]], " + ", ".join(f"[[{name}]]" for name in crowd))
    rows = report(merged(friend("Ada", range(0, 400, 7)), people, with_crowd, known)).rows
    assert "bridge" not in {row.cells["kind"] for row in rows}


def test_a_bridge_to_one_of_two_people_with_a_name_says_to_which():
    crowd = ("Home/Sam", "Work/Sam", "Zed", "Zoe")
    notes = "".join(note(f"People/{name}") for name in ("Bridget", "Team/Bridget", *crowd))
    with_crowd = "".join(
        day(days, f"lunch with [[People/Bridget]], [[People/{crowd[n]}]] and [[People/{crowd[n + 1]}]] (1h)")
        for n, days in enumerate((119, 79, 59))
    )
    rows = report(merged(friend("Ada", range(0, 400, 7)), notes, with_crowd)).rows
    (row,) = [row for row in rows if row.cells["kind"] == "bridge"]
    assert row.because.startswith("your only link to People/Home/Sam, People/Work/Sam and 2 more; ")
    assert row.sentence.startswith(f"Stay in touch with People/Bridget: {row.because}")


def test_a_birthday_comes_first():
    notes = (
        note("People/Bob", birthday="1980-06-30") + note("People/Ada") + day(5, "[ ] write to [[Ada]] 📅 2026-06-20")
    )
    assert kinds(notes) == [("birthday", "Bob"), ("promise", "Ada")]


def test_several_promises_to_one_person_are_one_line():
    tasks = "[ ] write to [[Ada]] 📅 2026-06-29", "[ ] send [[Ada]] the book 📅 2026-06-27"
    (row,) = report(note("People/Ada") + day(30, *tasks)).rows
    assert row.because.startswith("send Ada the book (3 days late); write to Ada (1 day late)")
    assert len(row.evidence) == 2


def test_old_promises_share_one_line():
    people = note("People/Ada") + note("People/Bob")
    tasks = "[ ] write to [[Ada]] 📅 2026-05-10", "[ ] [[Bob]] to call 📅 2026-04-01", "[ ] ring [[Ada]] 📅 2026-06-30"
    rows = report(people + day(90, *tasks)).rows
    assert [row.cells["kind"] for row in rows] == ["promise", "old promises"]
    assert rows[1].sentence.startswith(
        "2 old promises, 1 of yours and 1 of theirs. The oldest: Bob to call (Bob, 90 days"
    )
    assert rows[1].cells["who"] == "2 people"


@pytest.mark.parametrize(("task", "whose"), [("write to [[Ada]]", "yours"), ("[[Ada]] to call", "theirs")])
def test_a_single_old_promise_is_told_as_one(task, whose):
    (row,) = report(note("People/Ada") + day(90, f"[ ] {task} 📅 2026-05-10")).rows
    assert row.sentence.startswith(f"An old promise of {whose}: ")
    assert row.sentence.endswith("Keep it or let it go: `netnotes chase`")


def test_ignored_people_are_left_out():
    assert kinds(friend("Ada", netnotes="ignore") + day(500, "[ ] write to [[Ada]]")) == []


def test_two_hundred_overdue_people_are_not_all_listed():
    people = "".join(note(f"People/P{n}") for n in range(200))
    met = "".join(day(100 + 40 * n, ", ".join(f"[[P{m}]]" for m in range(n, 200, 4))) for n in range(4))
    tasks = f"-- {ago(50)}.md --\n" + "".join(f"- [ ] call [[P{n}]]\n" for n in range(200))
    result = report(people + met + tasks)
    assert len(result.rows) <= 7
    assert result.rows[-1].sentence.startswith("200 old promises")
    assert len(report(people + met + tasks, most=1).rows) == 1


@pytest.mark.parametrize("kind", ["promise", "follow-up", "new"])
def test_every_line_says_why_and_where(kind):
    new = note("People/New") + day(8, "lunch with [[New]] (1h)")
    owes = note("People/Owed") + day(9, f"[ ] write to [[Owed]] 📅 {TODAY}")
    row = next(r for r in report(merged(friend("Ada"), new, owes)).rows if r.cells["kind"] == kind)
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
@settings(max_examples=examples(40))
def test_nobody_is_listed_twice_and_there_are_never_more_lines_than_asked_for(lines, most):
    people = "".join(note(f"People/{name}") for name in "ABCDEFGHIJ")
    result = report(merged(people, *(day(days, line.format(name)) for days, line, name in lines)), most=most)
    names = [row.on.name for row in result.rows if row.on]
    assert len(names) == len(set(names))
    assert len(result.rows) + len(result.remarks) <= max(most, 1)
    counts = Counter(row.cells["kind"] for row in result.rows)
    assert max(counts.values(), default=0) <= 2


@pytest.mark.parametrize("mark", ["died: 2026-01-01", "status: archived", "fictional: true", "cadence: never"])
def test_the_dead_the_archived_and_the_fictional_are_never_named(mark):
    key, value = mark.split(": ")
    task = f"[ ] write to [[Ada]] 📅 {TODAY}"
    notes = merged(friend("Ada", birthday="1980-06-30", **{key: value}), day(20, task))
    assert "Ada" not in str([row.sentence for row in report(notes).rows])


def test_the_first_of_today_moves_down_on_the_following_days():
    notes = merged(
        *(friend(f"F{n}", range(20 + 3 * n, 400, 12)) for n in range(6)),
        note("People/Ada") + day(9, f"[ ] write to [[Ada]] 📅 {ago(3)}"),
    )
    mornings = [run(today, notes, as_of=ago(3 - ahead)).rows for ahead in range(4)]
    first = [rows[0].on.name for rows in mornings]
    assert first[0] == "Ada"
    assert all(before != after for before, after in pairwise(first))


MORNINGS = [dt.date(2026, 6, number) for number in range(1, 31)]


@pytest.mark.full
def test_june_in_the_example_moves_from_morning_to_morning():
    """No line comes first on more than five of thirty mornings, and at most five are empty."""
    space = open_workspace(EXAMPLE)
    firsts: Counter[str] = Counter()
    empty = 0
    for morning in MORNINGS:
        read, outcome = space.run(morning)
        rows = bundled_result(space, read, outcome, "today", {}).rows
        first = {
            person: min(contact.date for contact in network_tie.contacts)
            for network_tie in outcome.network.ties
            if network_tie.contacts
            for person in [network_tie.person]
        }
        assert len(rows) <= 7
        assert max(Counter(row.cells["kind"] for row in rows).values(), default=0) <= 2
        assert all((morning - first[row.on]).days > 7 for row in rows if row.on in first)
        assert not any(left_alone(row.on) for row in rows if isinstance(row.on, Person))
        empty += not rows
        firsts.update(f"{row.cells['kind']} {row.on.id if row.on else ''}" for row in rows[:1])
    assert empty <= 5
    assert max(firsts.values()) <= 5
