"""Small groups: declared or shown by meeting again, how they hold, and whom to call."""

import pytest
from netnotes_plugins import groups

from netnotes.api import Group
from netnotes.insights import MeetingGroup, meeting_groups
from netnotes.testing import run
from tests.plugins.dates import TODAY, ago, meeting, note

PEOPLE = "".join(note(f"People/{name}") for name in ("Ada", "Bob", "Cy", "Dee"))


def report(notes, **more):
    return run(groups, PEOPLE + notes, as_of=TODAY, **more)


def table(days, who=("Ada", "Bob", "Cy"), name="Table"):
    return "".join(meeting(day, f"{name} {day}", who) for day in days)


def names(people):
    return [person.name for person in people]


def test_the_same_few_on_three_days_are_a_group():
    (row,) = report(table((90, 60, 30))).rows
    assert names(row.cells["people"]) == ["Ada", "Bob", "Cy"]
    assert (row.more["times"], row.cells["last"], row.more["all_together"]) == (3, ago(30), ago(30))
    assert (row.more["usual_days"], row.more["next"], row.more["declared"]) == (30, TODAY, False)
    assert row.more["call"] is None
    assert report(table((90, 60))).rows == ()


def test_one_to_one_is_not_a_group():
    assert report(table((90, 60, 30), ["Ada"])).rows == ()


def test_meetings_of_one_name_are_a_group_even_if_others_come_and_go():
    notes = "".join(
        meeting(day, "Board", ["Ada", "Bob", other]) for day, other in ((90, "Cy"), (60, "Dee"), (30, "Eve"))
    )
    (row,) = report(notes).rows
    assert (row.cells["name"], names(row.cells["people"])) == ("Board", ["Ada", "Bob"])


@pytest.mark.parametrize("name", ["Thursday Table", "TTIP round", "Board"])
def test_a_group_is_called_as_its_meetings_are_without_their_dates(name):
    notes = "".join(meeting(day, f"{ago(day)} {name}", ["Ada", "Bob"]) for day in (90, 60, 30))
    (row,) = report(notes).rows
    assert row.cells["name"] == name


def test_a_note_declares_a_group_with_its_name_and_rhythm():
    declared = note("Groups/Trio", type="group", members='["[[Ada]]", Bob, "[[Nobody]]"]', cadence="weekly")
    (row,) = report(declared).rows
    assert (row.cells["name"], names(row.cells["people"]), row.more["times"]) == ("Trio", ["Ada", "Bob"], 0)
    assert "never together" in row.because
    assert isinstance(row.evidence[0], Group)
    assert (row.evidence[0].path, row.evidence[0].line, row.evidence[0].cadence) == ("Groups/Trio.md", 3, 7)
    assert report(note("Groups/Duo", "[[Ada]] and [[Bob]]", type="group")).rows[0].cells["name"] == "Duo"


def test_a_declared_group_is_not_found_a_second_time():
    declared = note("Groups/Trio", type="group", members='["[[Ada]]", "[[Bob]]", "[[Cy]]"]')
    assert len(report(declared + table((90, 60, 30))).rows) == 1


def test_someone_missing_three_times_is_named_and_the_closest_member_is_to_call():
    notes = table((200, 170, 140)) + table((110, 80, 50), ["Ada", "Bob"]) + table((20, 10), ["Bob"], "Walk")
    (row,) = report(note("Groups/Trio", type="group", members='["[[Ada]]", "[[Bob]]", "[[Cy]]"]') + notes).rows
    assert names(row.more["falls_away"]) == ["Cy"]
    assert row.more["call"].name == "Bob"
    assert row.because == "Cy missed the last 3. Call Bob and ask Cy along"
    assert row.more["all_together"] == ago(140)


def test_a_group_that_has_not_met_for_long_gets_a_call():
    (row,) = report(table((260, 230, 200))).rows
    assert "not together for 7 months, usually monthly. Call " in row.because


def test_an_undeclared_group_that_did_not_meet_for_years_is_gone():
    assert report(table((900, 870, 840))).rows == ()


def test_ignored_people_are_in_no_group():
    shy = note("People/Shy", netnotes="ignore")
    assert report(shy + table((90, 60, 30), ["Ada", "Shy"])).rows == ()
    (row,) = report(shy + table((90, 60, 30), ["Ada", "Bob", "Shy"])).rows
    assert names(row.cells["people"]) == ["Ada", "Bob"]


def test_tight_is_the_mean_over_all_pairs():
    result = report(table(range(0, 300, 7), ["Ada", "Bob"]))
    (group,) = meeting_groups(result.network)
    assert isinstance(group, MeetingGroup)
    depths = [result.score(name, "depth").value for name in ("Ada", "Bob")]
    between = result.network.score(result.tie("Ada", "Bob"), "depth").value
    assert abs(group.tight - (sum(depths) + between) / 3) < 1e-12


def test_without_a_group_it_says_how_to_declare_one():
    assert "type: group" in report("").remarks[0].text
