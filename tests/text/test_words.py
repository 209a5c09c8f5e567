"""Words of many languages in lines: see languages.txt, which anyone can extend."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.lexicon import languages_of_text, vocabulary, words

LINES = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("languages.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "line", "wanted", "unwanted"), LINES, ids=lambda part: part[:40])
def test_a_line_of_each_language(language, line, wanted, unwanted):
    found = {word.kind for word in vocabulary.vocabulary(frozenset({language})).find(line)}
    assert {part.strip() for part in wanted.split(",")} <= found
    assert not {part.strip() for part in unwanted.split(",") if part.strip()} & found


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_language_has_the_lists_that_reading_needs(language):
    table = words.tables()[language]
    needed = ("common", "person", "meeting", "attendees", "months", "weekdays", "cancelled", "planning", "me")
    assert [name for name in (*needed, *words.CHANNELS) if not table.get(name)] == []
    assert len(table["months"]) == 12
    assert len(table["weekdays"]) == 7


def test_lists_are_called_the_same_in_every_language():
    known = set(words.tables()["en"]) | {"other months", "other short months", "before a length", "an hour"}
    known |= {"pronoun before", "article of a day", "short names", "before a part of day", "deadline after"}
    known |= {"home of somebody", "want to have", "certain short weekdays", "not an hour", "whose home"}
    known |= {"called off around"}
    assert {code: set(table) - known for code, table in words.tables().items() if set(table) - known} == {}


def test_months_and_weekdays_have_numbers():
    assert words.numbered("months")["marca"] == 3
    assert words.numbered("months", frozenset({"de"}))["marz"] == 3
    assert words.numbered("weekdays")["onsdag"] == 3
    assert [words.numbered("months")[word] for word in ("feber", "mrz", "sept", "set")] == [2, 3, 9, 9]


@pytest.mark.parametrize("name", ["months", "weekdays"])
def test_no_month_or_weekday_of_one_language_is_another_one_in_the_next(name):
    every = words.numbered(name)
    own = {code: words.numbered(name, frozenset({code})) for code in words.LANGUAGES}
    assert [(code, word) for code, found in own.items() for word in found if found[word] != every[word]] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("der Hund und die Katze sind nicht im Haus, ich war mit dem Rad bei der Arbeit und habe ein Buch " * 3, "de"),
        ("le chat et la souris ne sont pas dans le jardin, je suis avec une amie pour la journée " * 3, "fr"),
        ("я был на работе, но это не так, как мы и они хотели, и что из этого " * 4, "ru"),
    ],
)
def test_the_language_of_a_vault_is_detected_by_its_commonest_words(text, language):
    assert languages_of_text.languages_of(languages_of_text.count_common(text)) <= {language, "en"}


def test_a_short_text_may_be_in_any_language():
    assert languages_of_text.languages_of(languages_of_text.count_common("lunch")) == frozenset(words.LANGUAGES)


@given(st.text())
def test_words_are_found_in_any_text_in_order(text):
    found = vocabulary.vocabulary().find(text)
    assert found == sorted(found)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
