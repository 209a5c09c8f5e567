"""Dates, lengths, times of day and cadences as people write them: anyone can extend dates_and_lengths.txt."""

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.extract.people.declarations import read_cadence
from netnotes.text.lexicon import dates, durations, words

CASES = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("dates_and_lengths.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
READERS: dict[str, Callable[[str], object]] = {
    "date": lambda text: (found := dates.lead(text)) and found.date,
    "name": dates.in_name,
    "length": lambda text: (minutes := durations.in_text(text)) and f"{minutes:g}",
    "clock": durations.clock,
    "cadence": read_cadence,
    "birthday": lambda text: (found := dates.birthday(text)) and "-".join(map(str, found)),
}


@pytest.mark.parametrize(("kind", "text", "wanted"), CASES, ids=lambda part: part[:40])
def test_each_text_is_read_as_the_table_says(kind, text, wanted):
    try:
        found = READERS[kind](text)
    except dates.AmbiguousDay:
        found = "?"
    except dates.NoSuchDay:
        found = "!"
    assert ("-" if found is None else str(found)) == wanted


@pytest.mark.parametrize(("order", "month"), [("dmy", 5), ("mdy", 3)])
def test_the_order_decides_a_numeric_date(order, month):
    assert dates.lead("03/05/2026", order).date.month == month


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/05/2026", "13/05/2026"], "dmy"),
        (["05/13/2026"], "mdy"),
        (["03/05/2026"], None),
        (["13/05/26", "05/13/26"], None),
        (["02-03-2026 Monday"], "dmy"),
        (["03/02/2026 (Mon)"], "mdy"),
        (["lunedì 02/03/2026"], "dmy"),
        (["Mo, 02/03/2026"], "dmy"),
        (["02/03/2026 Wednesday"], None),
        (["02/02/2026 Monday"], None),
        (["02/03/2026 mon amie Ada"], None),
    ],
)
def test_the_order_of_a_vault_is_what_its_dates_prove(texts, order):
    assert dates.proven_order(texts) == order


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


@given(DAYS, st.sampled_from([code for code in words.LANGUAGES if code not in ("zh", "ja")]))
def test_a_day_written_out_in_any_language_is_read_again(day, language):
    month = words.tables()[language]["months"][day.month - 1]
    assert dates.lead(f"{day.day} {month} {day.year}").date == day
    assert dates.of_value(f"{day.day}. {month} {day.year} 10:00") == day


PARTS = [case[1] for case in CASES if case[0] in ("date", "name")]
PIECES = st.sampled_from([*PARTS, *"0123456789", *"-./_年月日 ,[(#", " de ", "Mar", "March", "Mon ", "th", "th "])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_without_what_every_date_has_there_is_none(text):
    for read in (dates.lead, dates.in_name, lambda text: next(dates.within(text), None)):
        try:
            is_date = read(text) is not None
        except dates.NoSuchDay:
            is_date = True
        assert not is_date or dates.may_hold(text)


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    for read in READERS.values():
        with contextlib.suppress(dates.NoSuchDay):
            read(text)


@given(st.integers(0, 1438), st.integers(1, 600))
def test_a_range_of_times_has_its_length(start, length):
    end = (start + length) % 1440
    text = f"{start // 60}:{start % 60:02} - {end // 60}:{end % 60:02} walk"
    assert durations.in_text(text) == length
