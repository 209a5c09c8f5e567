"""Daily-note formats, as the app's library reads them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.vault import moment

# A format that names neither of these leaves the year open, or names no day at all.
WHOLE_DAYS = (
    "YYYY-MM-DD", "YYYY/MM/YYYY-MM-DD", "YYYY/MMMM/YYYY-MMM-DD", "DD-MM-YYYY", "DD.MM.YYYY", "YYYYMMDD", "YYYY_MM_DD",
    "MMMM Do, YYYY", "MMMM Do YYYY", "dddd, MMMM Do YYYY", "ddd DD MMM YYYY", "YYYY-MM-DD dddd", "YYYY-MM-DD_ddd",
    "YYYY/[W]ww/YYYY-MM-DD", "YYYY/MM-MMMM/YYYY-MM-DD-dddd", "[Daily ]YYYY-MM-DD", "YYYY-DDDD", "D MMM YY", "M-D-YY",
    "YYYY-MM-DD HHmm", "YYYYMMDDHHmm", "L", "LL", "ll", "l", "YYYY-MM-DD[T]HH:mm:ss", "YYYY年MM月DD日", "YYYY-MM-DD[ notes]",
    "YYYY-MM-DD-[week]-w", "MMMM/YYYY-MM-DD", "YYYY-MM-DD ddd", "LLLL",
)  # fmt: skip


def test_parses_as_the_library_does(cases):
    for case in cases("dates.json")["parse"]:
        expected = dt.date.fromisoformat(case["date"]) if case["strict_valid"] else None
        assert moment.parse(case["format"], case["input"]) == expected, case


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
    ],
)
def test_formats(form, text, day):
    assert moment.parse(form, text) == (dt.date.fromisoformat(day) if day else None)


@given(st.text("YyMDdwWgGQHhmsSLl[]\\-/ .AaEeox", max_size=12), st.text(max_size=30))
def test_any_format_and_any_name_are_safe(form, text):
    assert moment.parse(form, text) is None or isinstance(moment.parse(form, text), dt.date)
