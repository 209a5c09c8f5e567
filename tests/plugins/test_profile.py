"""Circles, the profile and the forecast: shares of time, the verdict, and what silence will do."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from netnotes_plugins import circles, forecast, profile

from netnotes.api import cadence, rating
from netnotes.insights import TieStatus, day_words, duration_words, join_names, pluralize, tie_statuses, times_words
from netnotes.testing import run
from tests.examples import examples
from tests.plugins.dates import TODAY, ago, meeting, note
from tests.plugins.dates import often as met

WEEKLY = range(0, 500, 7)


def friends(count, days=WEEKLY):
    return "".join(note(f"People/F{n}") + met(f"F{n}", [day * count + n for day in days]) for n in range(count))


def shares(notes):
    return {row.cells["circle"]: row.cells["share"] for row in run(circles, notes, as_of=TODAY).rows}


def people_met_once(count, minutes=60, start=0):
    return "".join(meeting(200 - n, "Talk", [f"S{n + start}"], minutes=minutes) for n in range(count))


def test_circles_hold_each_other_and_their_share_of_time():
    found = run(circles, friends(3, range(20)) + people_met_once(30), as_of=TODAY).rows
    assert [(row.cells["circle"], row.cells["people"]) for row in found] == [(5, 5), (15, 15), (50, 33)]
    hours = [row.more["hours"] for row in found]
    assert hours == pytest.approx([62, 72, 90])
    assert found[-1].cells["share"] == pytest.approx(1)
    assert len(found[0].evidence) == 62


def test_the_few_are_starved_by_the_many_or_not():
    starved = run(circles, friends(2, range(0, 200, 20)) + people_met_once(150, 240), as_of=TODAY).remarks
    assert any("too little of your time" in remark.text for remark in starved)
    fed = run(circles, friends(6, range(30)) + people_met_once(30, 20), as_of=TODAY).remarks
    assert not any("too little" in remark.text for remark in fed)


def test_a_long_silence_slips_out_of_its_circle():
    notes = note("People/Far") + met("Far", range(120, 900, 7)) + friends(2, range(60))
    first = run(circles, notes, as_of=TODAY).rows[0]
    assert [person.name for person in first.more["slips"]] == ["Far"]


def test_ignored_people_are_in_no_circle():
    notes = note("People/Shy", netnotes="ignore") + met("Shy", WEEKLY)
    assert run(circles, notes, as_of=TODAY).rows == ()
    assert run(profile, notes, as_of=TODAY).rows == ()
    assert run(forecast, notes, as_of=TODAY).rows == ()


@given(st.lists(st.integers(0, 5), max_size=30))
@settings(max_examples=examples(25))
def test_time_in_company_is_shared_and_none_is_made_up(sizes):
    notes = "".join(
        meeting(n + 1, "Talk", [f"P{m}" for m in range(size + 1)], minutes=60) for n, size in enumerate(sizes)
    )
    everybody = tie_statuses(run(circles, notes or "-- Home.md --\n", as_of=TODAY).network)
    assert sum(s.hours() for s in everybody) == pytest.approx(len(sizes))
    assert all(isinstance(s, TieStatus) for s in everybody)


def verdict(notes):
    remarks = [r.text for r in run(profile, notes, as_of=TODAY).remarks if r.section == "Verdict"]
    assert len(remarks) == 5
    assert [text[:3] for text in remarks[1:4]] == ["1. ", "2. ", "3. "]
    assert "only what you wrote down" in remarks[4]
    return remarks[0].partition(":")[0]


def test_the_verdict():
    assert verdict(friends(3, range(60))).startswith("Too few people")
    assert verdict(friends(10, range(60))) == "You invest deeply"
    assert verdict(people_met_once(60)) == "You spread wide"
    assert verdict(friends(2, range(60)) + people_met_once(60)) == "Between deep and wide"


def test_only_who_is_mostly_seen_in_company_is_to_be_seen_one_to_one_or_less_often():
    def advice(notes):
        return [r.text for r in run(profile, notes, as_of=TODAY).remarks if "less often" in r.text]

    alone = note("People/Ada") + met("Ada", (9, 40, 80)) + note("People/Bob") + met("Bob", (10, 41))
    assert advice(alone) == []
    club = "".join(meeting(n, "Club", ["Ada", "Bob", "Cy"], minutes="120") for n in (9, 40, 80))
    assert [text[3:11] for text in advice(note("People/Ada") + note("People/Bob") + club)] == ["Bob took"]


def test_the_forecast_mentions_deep_ties_only_if_there_are_some():
    few = note("People/Ada") + met("Ada", (33, 61, 90))
    assert run(forecast, few, as_of=TODAY).rows
    assert run(forecast, few, as_of=TODAY).remarks == ()
    some = few + note("People/Bob", cadence="yearly") + met("Bob", range(1, 500, 7))
    assert [r.text for r in run(forecast, some, as_of=TODAY).remarks] == ["None of your deep ties is among them."]


def test_figures_are_from_the_notes_of_the_year():
    rows = run(profile, friends(2, range(300)), as_of=TODAY).rows
    year = [row for row in rows if row.section == "The last year"]
    assert all(row.evidence for row in year if row.cells["you"])
    assert all(contact.date >= ago(365) for row in year for contact in row.evidence)
    assert [row.cells["year"] for row in rows if row.section == "Over the years"] == [
        "2024",
        "2025",
        "2026 so far",
    ]


def test_scenes_have_their_own_line():
    notes = meeting(9, "Talk", ["Ada"], scene="porto", minutes="90")
    (row,) = (row for row in run(profile, notes, as_of=TODAY).rows if row.section == "By scene")
    assert (row.cells["scene"], row.cells["hours"], row.cells["deep_share"]) == ("porto", 1.5, 0)


def ahead(notes, **options):
    return run(forecast, notes, as_of=TODAY, options=options)


def test_the_forecast_is_the_score_of_that_day():
    notes = note("People/Ada") + met("Ada", range(5, 300, 10))
    (row,) = ahead(notes).rows
    assert (row.cells["what"], row.more["tie"]) == ("cools on 5 August, dormant on 15 September", "deep")
    day = row.more["changes"]

    def word(on):
        return run(forecast, notes, as_of=on).score("Ada", "warmth").label

    assert (word(day - dt.timedelta(1)), word(day)) == ("warm", "cooling")


def test_people_without_a_change_are_not_listed():
    assert ahead(note("People/Ada") + met("Ada", range(5, 300, 10)), days=20).rows == ()
    assert "No one cools in the next 20 days" in ahead(friends(1), days=20).remarks[0].text


def test_the_forecast_is_bounded():
    notes = friends(5, range(0, 60, 4))
    result = ahead(notes, days=400, most=3)
    assert len(result.rows) == 3
    assert "2 people not shown" in result.remarks[-1].text


@pytest.mark.full
@given(st.integers(1, 200), st.integers(0, 200))
@settings(max_examples=examples(20))
def test_looking_further_ahead_loses_nobody(days, more):
    notes = note("People/Ada") + met("Ada", (3, 30, 60)) + note("People/Bob") + met("Bob", (1, 2, 9))

    def cold(horizon):
        return {row.cells["who"].name for row in ahead(notes, days=horizon).rows}

    assert cold(days) <= cold(days + more)


def test_words():
    assert [pluralize(n, "day") for n in (0, 1, 1200)] == ["0 days", "1 day", "1,200 days"]
    assert pluralize(2, "person", "people") == "2 people"
    assert [times_words(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert [join_names(names) for names in ([], ["a"], ["a", "b"], list("abc"), list("abcde"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and 2 more",
    ]
    assert [duration_words(days) for days in (1, 27, 28, 75, 800)] == [
        "1 day",
        "27 days",
        "4 weeks",
        "2 months",
        "2 years",
    ]
    output = [day_words(ago(-days), TODAY) for days in (-1, 0, 1, 3, 9, 400, -400)]
    assert output == ["yesterday", "today", "tomorrow", "Friday", "9 July", "4 August 2027", "26 May 2025"]


def test_declared_cadence_and_closeness_are_read():
    person = run(circles, note("People/Ada", cadence="every 2 weeks", closeness="5"), as_of=TODAY).person("Ada")
    assert (cadence(person), rating(person, "closeness")) == (14, 1.0)
