"""Years, months, days and spans: date_ranges.txt holds the cases, one a line."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.lexicon import dates
from netnotes.text.lexicon.date_ranges import DateRange, of_value, range_words

CASES = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("date_ranges.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "days"), [(text, days) for text, *days in CASES], ids=[case[0] for case in CASES])
def test_case(text, days):
    found = of_value(text)
    assert [day.isoformat() for day in found or ()] == ([] if days == ["-"] else days)


def test_numbers_of_front_matter():
    assert of_value(2009) == of_value("2009")
    assert of_value(2009.05) == of_value("2009-05")
    assert of_value(20090514) == of_value("2009-05-14")
    assert of_value(True) is of_value(None) is of_value(["2009"]) is None


def test_an_impossible_day_and_one_of_two_are_said():
    with pytest.raises(dates.NoSuchDay):
        of_value("2009-02-30")
    with pytest.raises(dates.AmbiguousDay):
        of_value("03/04/2009")
    assert of_value("03/04/2009", "mdy") == DateRange(dt.date(2009, 3, 4), dt.date(2009, 3, 4))


@given(st.dates(dt.date(1850, 1, 1), dt.date(2100, 12, 31)))
def test_the_words_for_a_period_are_read_as_that_period(day):
    # Programs write these days where they know none.
    for period in (DateRange(day, day), of_value(day.strftime("%Y-%m")), of_value(day.year)):
        if period.first != period.last or day not in (dt.date(1900, 1, 1), dt.date(1970, 1, 1)):
            assert of_value(range_words(period)) == period


@given(st.text(max_size=200))
def test_any_text_gives_a_period_or_none(text):
    try:
        found = of_value(text)
    except dates.NoSuchDay:
        return
    assert found is None or found.first <= found.last
