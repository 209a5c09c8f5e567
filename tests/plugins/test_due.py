"""What falls due, and the calendar that other programs subscribe to."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from netnotes_plugins import due

from netnotes.api import Encounter, Person, Row, Tie, next_birthday
from netnotes.export.ics import calendar
from netnotes.printable import one_line
from netnotes.testing import run
from tests.plugins.dates import TODAY, ago, day, note, often


def report(notes, **options):
    return run(due, notes, as_of=options.pop("as_of", TODAY), options=options)


def rows(notes, **options):
    return [(str(r.cells["day"]), r.more["kind"], r.cells["who"].name) for r in report(notes, **options).rows]


ADA = note("People/Ada", cadence="monthly") + day(40, "coffee with [[Ada]] (1h)")


def test_follow_ups_promises_and_birthdays_are_sorted_by_day():
    notes = ADA + note("People/Bob", birthday="1990-07-04") + day(9, "[ ] call [[Bob]] 📅 2026-07-02")
    assert rows(notes) == [
        ("2026-06-20", "follow-up", "Ada"),
        ("2026-07-02", "promise", "Bob"),
        ("2026-07-04", "birthday", "Bob"),
    ]
    assert [row.section for row in report(notes).rows] == ["Overdue", "To come", "To come"]
    assert rows(notes, days=3)[-1][1] == "promise"


def test_a_shallow_tie_overdue_for_long_is_hidden_and_counted():
    people = note("People/Cy") + often("Cy", (390, 380, 370))
    result = report(ADA + people)
    assert [row.cells["who"].name for row in result.rows] == ["Ada"]
    assert "1 shallow tie overdue by more than 60 days not shown" in result.remarks[0].text
    assert [row.cells["who"].name for row in report(ADA + people, lapsed=1000).rows] == ["Cy", "Ada"]


def test_nobody_without_a_note_is_due():
    notes = note(f"Meetings/{ago(9)} Talk", attendees="[Eve, Dan]")
    assert report(notes).rows == ()


def test_people_met_twice_without_a_note_are_counted():
    twice = day(9, "coffee with Maureen") + day(16, "coffee with Maureen")
    assert report(twice).rows == ()
    assert [remark.text for remark in report(twice).remarks] == [
        "Also due, but without a note: Maureen.",
        "Nothing is due until 30 July.",
    ]
    assert "without a note" not in report(day(9, "coffee with Maureen")).remarks[0].text


def test_ignored_people_are_left_out():
    notes = note("People/Shy", netnotes="ignore", birthday="1990-07-04", cadence="weekly") + day(20, "met [[Shy]]")
    assert report(notes).rows == ()


def events(notes, as_of=TODAY):
    made = calendar(report(notes, as_of=as_of).rows, "My Vault", as_of)
    return {str(event["uid"]): event for event in Calendar.from_ical(made).walk("VEVENT")}


def test_the_calendar_holds_each_line_as_an_all_day_event():
    (event,) = events(ADA).values()
    assert event["summary"] == "Ada: get in touch"
    assert event.decoded("dtstart") == TODAY
    assert event.decoded("dtend") == TODAY + dt.timedelta(1)
    assert event["url"] == f"obsidian://open?vault=My%20Vault&file={ago(40)}"
    assert f"{ago(40)}.md:1" in event["description"]


def test_uids_stay_when_days_pass_lines_move_and_people_are_met():
    task = "[ ] call [[Ada]] 📅 2026-06-{}"
    before = ADA + day(9, task.format(25))
    after = ADA + day(9, "a line above", task.format(29) + " [chased:: 2026-06-24]") + day(5, "met [[Ada]]")
    assert set(events(before)) == set(events(before, TODAY + dt.timedelta(3)))
    assert set(events(before)) == set(events(after, TODAY + dt.timedelta(30)))
    assert len(events(before)) == 2


def test_the_same_task_twice_is_two_events():
    assert len(events(note("People/Ada") + day(9, "[ ] call [[Ada]]", "[ ] call [[Ada]]"))) == 2


def test_the_same_day_gives_the_same_bytes():
    found = report(ADA).rows
    assert calendar(found, "v", TODAY) == calendar(found, "v", TODAY)


@given(st.text(max_size=40))
def test_any_words_survive_the_calendar(words):
    (row,) = report(ADA).rows
    odd = dataclasses.replace(row, cells={**row.cells, "what": words})
    (event,) = Calendar.from_ical(calendar([odd], "v", TODAY)).walk("VEVENT")
    assert str(event["summary"]).split() == one_line(f"Ada: {words}").split()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1983-06-30", "2026-06-30"),
        ("1983-06-29", "2027-06-29"),
        ("--12-01", "2026-12-01"),
        ("07-01", "2026-07-01"),
        ("2000-02-29", "2027-03-01"),
        ("1983-13-01", None),
        ("1983-02-30", None),
        ("June", None),
        (1983, None),
        (None, None),
    ],
)
def test_birthdays(value, expected):
    day_found = next_birthday(Person("a", "A", properties={"birthday": value}), TODAY)
    assert (str(day_found) if day_found else None) == expected


def test_the_command_writes_the_file_whole_or_not_at_all(netnotes, tmp_path):
    vault = tmp_path / "Vault"
    (vault / "People").mkdir(parents=True)
    (vault / ".obsidian").mkdir()
    (vault / "People" / "Ada.md").write_text("- 2026-05-01 coffee (1h)\n", encoding="utf-8")
    file = tmp_path / "people.ics"
    ran = netnotes("due", vault, "--as-of", "2026-05-03", "--ics", file)
    assert ran.code == 0
    assert "wrote 1 event to" in ran.err
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 1
    ran = netnotes("due", vault, "--as-of", "2026-05-03", "--ics", "-")
    assert ran.out.startswith("BEGIN:VCALENDAR")
    ran = netnotes("due", vault, "--ics", tmp_path / "nowhere" / "x.ics")
    assert ran.code == 1
    assert "cannot be written" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["people.ics"]


def test_a_tie_between_two_others_has_both_names_and_a_uid_of_its_own():
    ada, bea, cy = (Person(name, name) for name in ("Ada", "Bea", "Cy"))
    shown = [
        Row({"what": "introduce"}, on=Tie((one, cy), ego=False), day=TODAY + dt.timedelta(at))
        for at, one in enumerate((ada, bea))
    ]
    made = Calendar.from_ical(calendar(shown, "v", TODAY)).walk("VEVENT")
    events = {str(event["summary"]): event["uid"] for event in made}
    assert list(events) == ["Ada and Cy: introduce", "Bea and Cy: introduce"]
    (alone,) = Calendar.from_ical(calendar(shown[1:], "v", TODAY)).walk("VEVENT")
    assert alone["uid"] == events["Bea and Cy: introduce"]


@pytest.mark.parametrize(("path", "file"), [("Days/x.md", "Days%2Fx"), ("~/.calendars/a.ics", None)])
def test_only_what_is_in_the_vault_has_an_address_in_obsidian(path, file):
    (row,) = report(ADA, days=0).rows
    odd = dataclasses.replace(row, evidence=(Encounter(TODAY, (), path, 1),))
    (event,) = Calendar.from_ical(calendar([odd], "v", TODAY)).walk("VEVENT")
    assert event.get("url") == (f"obsidian://open?vault=v&file={file}" if file else None)
