"""Daily-note formats, as the app's library reads them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.lexicon import moment

# A format that names neither of these leaves the year open, or names no day at all.
WHOLE_DAYS = (
    "YYYY-MM-DD",
    "YYYY/MM/YYYY-MM-DD",
    "YYYY/MMMM/YYYY-MMM-DD",
    "DD-MM-YYYY",
    "DD.MM.YYYY",
    "YYYYMMDD",
    "YYYY_MM_DD",
    "MMMM Do, YYYY",
    "MMMM Do YYYY",
    "dddd, MMMM Do YYYY",
    "ddd DD MMM YYYY",
    "YYYY-MM-DD dddd",
    "YYYY-MM-DD_ddd",
    "YYYY/[W]ww/YYYY-MM-DD",
    "YYYY/MM-MMMM/YYYY-MM-DD-dddd",
    "[Daily ]YYYY-MM-DD",
    "YYYY-DDDD",
    "D MMM YY",
    "M-D-YY",
    "YYYY-MM-DD HHmm",
    "YYYYMMDDHHmm",
    "L",
    "LL",
    "ll",
    "l",
    "YYYY-MM-DD[T]HH:mm:ss",
    "YYYY年MM月DD日",
    "YYYY-MM-DD[ notes]",
    "YYYY-MM-DD-[week]-w",
    "MMMM/YYYY-MM-DD",
    "YYYY-MM-DD ddd",
    "LLLL",
)


def test_parses_as_the_library_does(cases):
    for case in cases("dates.json")["parse"]:
        expected = dt.date.fromisoformat(case["date"]) if case["strict_valid"] else None
        assert moment.parse(case["format"], case["input"]) == expected, case


@pytest.mark.full
def test_formats_as_the_library_does(cases):
    for case in cases("dates.json")["format"]:
        moment_of_case = dt.datetime.fromisoformat(case["datetime"])
        assert moment.format(case["format"], moment_of_case) == case["expected"], case


def test_reads_back_what_the_library_formats(cases):
    read = 0
    for case in cases("dates.json")["format"]:
        if case["format"] in WHOLE_DAYS:
            day = dt.datetime.fromisoformat(case["datetime"]).date()
            assert moment.parse(case["format"], case["expected"]) == day, case
            read += 1
    assert read > 80


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("GGGG-[W]WW", "2025-W01", "2024-12-30"),
        ("GGGG-[W]WW-E", "2025-W01-3", "2025-01-01"),
        ("gggg-[W]ww", "2023-W01", "2023-01-01"),
        ("YYYY-[Q]Q", "2024-Q3", "2024-07-01"),
        ("yyyy-MM-DD", "2024-01-05", "2024-01-05"),
        ("YYYY-MM-DD dddd", "2024-01-05 Monday", None),
        ("YYYY-MM-DD", "2024-02-30", None),
        ("YYYY-DDDD", "2023-366", None),
        ("gggg-[W]ww", "2024-W54", None),
        ("MM-DD", "01-05", None),
        ("[no date]", "no date", None),
        ("YYYY-M-D", "2024-01-05", None),
        ("MMMM D YYYY", "JANUARY 5 2024", "2024-01-05"),
        ("[\\[]YYYY[\\]]", "[[]2024\\]", "2024-01-01"),
        ("YYYY/MM/YYYY-MM-DD", "2023/12/2024-01-05", "2024-01-05"),
        ("YYYY dddd", "2024 Friday", None),
        ("GGGG-[W]WW", "2024-W53", None),
        ("x", "1704445623000", "2024-01-05"),
        ("X", "1704445623", "2024-01-05"),
        ("x", "9" * 5000, None),
        ("YYYY-MM-DD HH:mm", "2024-01-05 24:00", "2024-01-06"),
        ("YYYY-MM-DD HH:mm", "2024-01-05 24:01", None),
        ("YYYY-MM-DD h:mm A", "2024-01-05 13:00 PM", None),
        ("YYYY-MM-DD hmm", "2024-01-05 1230", "2024-01-05"),
        ("YYYY-MM-DDTHH:mm:ssZ", "2024-01-05T10:00:00+02:00", "2024-01-05"),
        ("YYYYMMDD", "٢٠٢٤٠١٠٥", None),
        ("D. MMMM YYYY", "5. ſeptember 2024", None),
        ("YYYY-MM-DD", "0000-01-01", None),
    ],
)
def test_formats(form, text, day):
    assert moment.parse(form, text) == (dt.date.fromisoformat(day) if day else None)


@given(st.text("YyMDdwWgGQHhmsSLl[]\\-/ .AaEeox", max_size=12), st.text(max_size=30))
def test_any_format_and_any_name_are_safe(form, text):
    assert moment.parse(form, text) is None or isinstance(moment.parse(form, text), dt.date)


@given(st.dates(), st.sampled_from(WHOLE_DAYS))
def test_a_written_day_is_read_back(day, form):
    if "YY" in form.replace("YYYY", "") and not 1969 <= day.year <= 2068:
        return
    written = moment.format(form, dt.datetime.combine(day, dt.time(9, 7)))
    assert moment.parse(form, written) == day


@given(st.text("YyMDdwWgGQHhmsSLl[]\\-/ .AaEeoxXkzZNn", max_size=12), st.datetimes())
def test_any_moment_can_be_written_in_any_format(form, at):
    assert isinstance(moment.format(form, at), str)
