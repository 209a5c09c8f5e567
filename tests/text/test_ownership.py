"""Whose a property is, told from the note alone."""

import datetime as dt

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.frontmatter import ownership

names = st.sampled_from(["depth", "tie", "warmth", "last_contact", "depth_know", "tie-depth"])
values = st.one_of(
    st.floats(-1000, 1000).map(lambda v: round(v, 2)),
    st.integers(-1000, 1000),
    st.dates().map(str),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).filter(str.strip),
)
notes = st.dictionaries(names, values, min_size=1)


def with_seal(properties, **more):
    return properties | {"netnotes": ownership.text(ownership.sealed(properties.items()))} | more


@given(notes)
def test_sealed_properties_are_ours(properties):
    assert ownership.owned(with_seal(properties)) == set(properties)


@given(notes, st.data())
def test_another_value_is_the_users(properties, data):
    sealed = with_seal(properties)
    name = data.draw(st.sampled_from(sorted(properties)))
    value = data.draw(values.filter(lambda v: not ownership.same(v, properties[name])))
    # Six digits let one change in 16,777,216 pass.
    assert ownership.owned(sealed | {name: value}) == set(properties) - {name}


@pytest.mark.parametrize("spelt", [0.6, "0.6", "0.60", " 0.6 ", "6e-1", ".6"])
def test_an_editor_may_respell_a_number(spelt):
    assert ownership.owned({"depth": spelt, "netnotes": f"depth-{ownership.mark('depth', 0.6)}"}) == {"depth"}


@pytest.mark.parametrize("value", [0.62, "0.6.0", "v0.6", True, [0.6], {"a": 0.6}, None, "", "0,6"])
def test_another_value_is_not_a_spelling(value):
    assert not ownership.same(value, 0.6)
    assert ownership.mark("depth", value) != ownership.mark("depth", 0.6)


def test_a_value_is_sealed_under_its_name():
    assert ownership.mark("depth", 0.6) != ownership.mark("tie_depth", 0.6)


def test_marks_are_the_same_for_ever():
    """Notes written by an older version must stay ours: changing these numbers disowns every field ever written."""
    values = {"depth": 0.6, "tie": "deep", "last_contact": "2026-03-01"}
    seal = ownership.text(ownership.sealed(values.items()))
    assert seal == "depth-c3c3ce tie-4f4b0a last_contact-e85625"
    for written in (seal, "depth-c3c3 tie-4f4b last_contact-e856"):
        assert ownership.owned(values | {"netnotes": written}) == values.keys()


def test_no_day_is_taken_for_another():
    """Of four digits, 124 pairs of days in eleven years had the same: a day corrected by hand was overwritten."""
    days = [(dt.date(2020, 1, 1) + dt.timedelta(number)).isoformat() for number in range(4_000)]
    for name in ("last_contact", "follow_up"):
        assert len({ownership.mark(name, day) for day in days}) == len(days)


def test_a_day_corrected_by_hand_is_the_users():
    seal = ownership.text(ownership.sealed([("last_contact", "2024-12-07")]))
    assert not ownership.owned({"last_contact": "2024-12-13", "netnotes": seal})


def test_the_seal_of_the_usual_fields_is_on_one_line_of_every_formatter():
    """PyYAML breaks a line at the first space behind column 80."""
    usual = {"depth": 0.6, "tie": "deep", "warmth": "cooling", "last_contact": "2026-03-01", "follow_up": "2026-06-01"}
    seal = {"netnotes": ownership.text(ownership.sealed(usual.items()))}
    assert yaml.safe_dump(seal) == f"netnotes: {seal['netnotes']}\n"


@pytest.mark.parametrize(
    "written",
    [
        "depth-{0} tie-{1}",
        "tie-{1} depth-{0}",
        "depth-{0}, tie-{1}",
        "  depth-{0}   tie-{1} ",
        ["depth-{0}", "tie-{1}"],
        ["depth-{0} tie-{1}"],
        ["depth-{0},tie-{1}"],
    ],
)
def test_an_editor_may_reorder_the_seal_or_make_a_list_of_it(written):
    marks = ownership.mark("depth", 0.6), ownership.mark("tie", "deep")
    text = [part.format(*marks) for part in written] if isinstance(written, list) else written.format(*marks)
    assert ownership.owned({"tie": "deep", "netnotes": text, "depth": 0.6}) == {"depth", "tie"}


@pytest.mark.parametrize("value", ["ignore", "Ignore", "IGNORE", "ignore depth-3fa9", "depth-3fa9 ignore", ["ignore"]])
def test_ignore_keeps_out(value):
    assert ownership.read({"netnotes": value}).ignore
    assert ownership.read({"netnotes": value}).read_only


@pytest.mark.parametrize(
    ("value", "unread", "words"),
    [
        ("ignore", True, "netnotes: ignore"),
        ("Ignore depth-3fa9", True, "netnotes: ignore"),
        (["ignore"], True, "netnotes: ignore"),
        ("read-only", False, "netnotes: read-only"),
        ("depth-3fa9 Read-Only", False, "netnotes: read-only"),
        ("read-only ignore", True, "netnotes: ignore"),
    ],
)
@pytest.mark.parametrize("key", ["netnotes", "NetNotes"])
def test_one_word_keeps_from_reading_and_the_other_only_from_writing(key, value, unread, words):
    properties = {"nickname": "ignore me", key: value}
    seal = ownership.read(properties)
    assert (seal.key, seal.present, seal.ignore, seal.unread, seal.foreign) == (key, True, True, unread, False)
    assert ownership.unread(properties) is ownership.unread({key: value}) is unread
    assert ownership.refusal(properties) == words


@pytest.mark.parametrize("properties", [{}, {"nickname": "ignore"}, {"depth": 0.6}, {"netnotes_2": "ignore"}])
def test_a_note_without_the_property_says_nothing(properties):
    assert ownership.read(properties) == ownership.Seal("netnotes", present=False)
    assert not ownership.Seal().foreign
    assert not ownership.Seal().unread
    assert ownership.unread(properties) is False
    assert ownership.refusal(properties) is None


def test_the_users_own_property_is_there_and_no_refusal():
    seal = ownership.read({"netnotes": 7})
    assert (seal.present, seal.foreign, seal.ignore) == (True, True, False)
    assert ownership.refusal({"netnotes": 7}) is None


@pytest.mark.parametrize(("digits", "is_number"), [(37, True), (38, False)])
def test_more_than_forty_characters_are_not_a_number_that_we_wrote(digits, is_number):
    assert ownership.same("0.6" + "0" * digits, 0.6) is is_number


def test_numbers_are_the_same_beyond_twelve_digits():
    assert ownership.same(0.1 + 0.2, 0.3)
    assert ownership.same(10**400, 10**400)
    assert not ownership.same(10**400, 10**401)


def test_an_emptied_value_is_the_same_as_none():
    assert ownership.same(None, "")
    assert ownership.same("", None)


def test_half_a_letter_can_be_sealed_too():
    assert ownership.mark("tie", "\ud800") != ownership.mark("tie", "\ud801")


@pytest.mark.parametrize(
    "value", ["my own net notes", "depth-3fa", "depth-3fg9", "3fa9", 7, True, False, {"a": 1}, [1]]
)
def test_any_other_value_is_the_users_own_property(value):
    assert ownership.read({"netnotes": value}).foreign
    assert ownership.read({"netnotes": value}).read_only


@pytest.mark.parametrize("value", [None, "", "  ", []])
def test_an_empty_property_says_nothing(value):
    assert not ownership.read({"netnotes": value}).read_only
    assert not ownership.owned({"netnotes": value, "depth": 0.6})


def test_the_property_is_found_in_any_case():
    assert ownership.read({"NetNotes": "ignore"}).key == "NetNotes"
    assert ownership.read({"NetNotes": "ignore"}).read_only


@given(notes)
def test_taking_the_marks_out_leaves_the_users_word(properties):
    text = ownership.text(ownership.sealed(properties.items()))
    assert ownership.without_marks(text) is None
    assert ownership.without_marks(f"Ignore {text}") == "Ignore"
