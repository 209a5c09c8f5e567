"""A filter says no only of a text in which the slow pattern behind it finds nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.lexicon import languages_of_text, lengths_in_words
from netnotes.text.lexicon.words import IN_LINES, LANGUAGES, WordFilter, fold, listed, numbered, tables, tokens_of

UNITS = sorted({word for table in tables().values() for kind in ("hour", "minute") for word in table.get(kind, ())})
LEADS = sorted(lengths_in_words.before_not_spent())
LENGTHS = sorted(numbered("lengths"))
CONTESTED = sorted(languages_of_text.CONTESTED)
NUMBERS = ["2", "20", "two", "zwei", "due", "twee"]
BETWEEN = st.sampled_from([" ", " ", " ", "", ", ", ". ", "-", "x", "\u2019", "\n"])
PIECES = st.sampled_from([*UNITS, *LEADS, *LENGTHS, *CONTESTED, *NUMBERS, *sorted(listed("common"))[::20]])
TEXTS = st.lists(st.tuples(PIECES, BETWEEN), max_size=8).map(lambda pairs: "".join(map("".join, pairs)))
TEXTS = TEXTS | TEXTS.map(str.title) | TEXTS.map(str.upper)


def test_the_contested_words_are_those_of_the_tables():
    common = {code: listed("common", frozenset({code})) for code in LANGUAGES}
    foreign = {code: frozenset().union(*(common[other] for other in LANGUAGES if other != code)) for code in LANGUAGES}
    in_lines = [(code, fold(word)) for code in LANGUAGES for kind in IN_LINES for word in tables()[code].get(kind, ())]
    folded = {word for code, word in in_lines if word in foreign[code] and " " not in word} - common["en"]
    folded |= {"no", "met", "thé", "à"}
    every = {word for code in LANGUAGES for words in tables()[code].values() for word in words}
    assert folded | {word for word in every if fold(word) in folded} == languages_of_text.CONTESTED


@given(TEXTS)
def test_the_filter_finds_the_first_word_of_lengths_that_are_not_time_spent(text):
    if lengths_in_words.not_spent().search(text):
        assert WordFilter(lengths_in_words.before_not_spent()).may_hold(tokens_of(text))


@given(TEXTS)
def test_where_a_word_is_contested_the_filter_finds_it(text):
    if languages_of_text._contested().search(text):
        assert languages_of_text._contested_filter().may_hold(tokens_of(text))


@given(TEXTS)
def test_a_whole_length_holds_its_words(text):
    if lengths_in_words.whole_lengths()[0].search(fold(text)):
        assert lengths_in_words.may_hold_whole_length(lengths_in_words.folded(text).words)


@pytest.mark.parametrize("phrase", LEADS)
def test_each_word_before_a_length_passes_the_filter(phrase):
    assert WordFilter(lengths_in_words.before_not_spent()).may_hold(tokens_of(f"{phrase} 2 h"))


def test_a_filter_gives_the_same_answer_twice():
    known = WordFilter(("half an hour", "Uhr"))
    for _ in range(2):
        assert known.may_hold(tokens_of("um drei uhr"))
        assert not known.may_hold(tokens_of("an apple"))
