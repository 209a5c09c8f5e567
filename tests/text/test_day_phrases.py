"""Days as people say them: day_phrases.txt, which anyone can extend, and phrases that others test with."""

import datetime as dt
import itertools
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.lexicon import day_phrases, words
from tests.shared import shared

TODAY = dt.date(2026, 3, 11)
LINES = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("day_phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
SPACED = [code for code in words.LANGUAGES if code not in ("zh", "ja")]
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(("language", "sentence", "wanted"), LINES, ids=lambda part: part[:40])
def test_a_sentence_of_each_language(language, sentence, wanted):
    found = [f"{sentence[one.start : one.end]} = {one.date or '?'}" for one in day_phrases.find(sentence, TODAY)]
    assert found == ([] if wanted == "-" else [wanted])


BARE = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("bare_day_phrases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "phrase", "wanted"), BARE, ids=lambda part: part[:40])
def test_a_phrase_of_each_language(language, phrase, wanted):
    found = day_phrases.read(phrase, TODAY)
    assert ("-" if found is None else found.date.isoformat() if found.date else "?") == wanted


@pytest.mark.parametrize(("order", "date"), [("dmy", "2025-05-03"), ("mdy", "2026-03-05"), (None, None)])
def test_the_order_of_the_vault_decides_a_numeric_date(order, date):
    found = day_phrases.read("on 3/5", TODAY, order)
    assert found.date == (dt.date.fromisoformat(date) if date else None)
    assert found.choices == (() if date else (dt.date(2025, 5, 3), dt.date(2026, 3, 5)))


def test_a_weekday_in_a_sentence_about_the_future_is_the_next_one():
    assert day_phrases.read("by Friday", TODAY).upcoming == dt.date(2026, 3, 13)


@pytest.mark.parametrize("text", ["", "lunch", "yesterday with Wren", "yesterday or today"])
def test_a_text_that_is_more_than_a_phrase_is_none(text):
    assert day_phrases.read(text, TODAY) is None


@pytest.mark.parametrize("name", ["duckling.json", "recognizers.json"])
def test_phrases_that_other_programs_are_tested_with(name):
    rows = [row for row in json.loads(shared(f"corpora/dates/{name}").read_text(encoding="utf-8")) if row["core"]]
    right: Counter[str] = Counter()
    for row in rows:
        found = day_phrases.read(row["phrase"], dt.date.fromisoformat(row["reference"]))
        dates = [found.date, *found.choices] if found else []
        wanted = {row["expected"], *row.get("or", ())}
        right[row["lang"]] += any(date is not None and date.isoformat() in wanted for date in dates)
        assert not found or not found.date or found.date.isoformat() in wanted, row["phrase"]
    assert {
        lang: count for lang, count in Counter(row["lang"] for row in rows).items() if right[lang] < 0.97 * count
    } == {}


@given(DAYS, st.integers(1, 11), st.sampled_from(SPACED), st.sampled_from(["day", "week"]))
def test_a_number_of_days_or_weeks_ago_is_read_in_every_language(today, count, language, unit):
    table = words.tables()[language]
    number = next(word for word, value in words.numbered("numbers", frozenset({language})).items() if value == count)
    before = table.get("before a length", ("",))[0]
    after = "" if before else table["ago"][0]
    found = day_phrases.read(f"{before} {number} {table[unit][-1]} {after}".strip(), today)
    assert found.date == today - dt.timedelta(count * (7 if unit == "week" else 1))


@given(DAYS, st.integers(1, 7), st.sampled_from(words.LANGUAGES))
def test_a_weekday_is_within_a_week_in_every_language(today, weekday, language):
    found = day_phrases.read(words.tables()[language]["weekdays"][weekday - 1], today)
    assert found.upcoming.isoweekday() == weekday
    assert 0 < (found.upcoming - today).days <= 7
    assert found.date is None or (found.date.isoweekday() == weekday and 0 < (today - found.date).days < 7)


@given(DAYS, DAYS, st.sampled_from(SPACED))
def test_a_day_without_its_year_is_within_a_year_in_every_language(today, day, language):
    if (day.month, day.day) == (2, 29):
        return
    found = day_phrases.read(f"{day.day} {words.tables()[language]['months'][day.month - 1]}", today)
    for date in (found.date, found.upcoming):
        assert (date.month, date.day) == (day.month, day.day)
    assert found.date <= today < found.upcoming
    assert (found.upcoming - found.date).days in (365, 366)


PIECES = st.sampled_from(
    [
        word
        for table in words.tables().values()
        for name in ("last", "ago", "week", "weekdays", "months", "numbers", "on")
        for word in table.get(name, ())
    ]
)


@given(st.lists(PIECES | st.text(max_size=5) | st.integers(0, 3000).map(str), max_size=12), DAYS | st.dates())
def test_any_text_on_any_day_is_read_without_an_error(pieces, today):
    text = " ".join(pieces)
    found = day_phrases.find(text, today)
    assert all(one.end <= following.start for one, following in itertools.pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.date or one.problem for one in found)
