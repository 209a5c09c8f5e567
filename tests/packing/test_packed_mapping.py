"""A mapping that unpacks its values when they are asked for behaves like a dict of them."""

from collections.abc import Callable, MutableMapping
from copy import copy
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.packing import packed_mapping, unpacker
from netnotes.packing.columns import Packer, Schema
from netnotes.packing.packed_mapping import PackedMapping
from netnotes.packing.unpacker import Unpacker
from tests.examples import examples


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record."""

    value: Any


@dataclass(frozen=True, slots=True)
class Page:
    """A record of another class."""

    text: str


SCHEMA = Schema((Leaf, Page))
KEYS = st.integers(0, 9)
LEAVES = st.builds(Leaf, st.integers(0, 3))
STEPS: dict[str, Callable[[MutableMapping[int, Any], int, Any], Any]] = {
    "item": lambda each, key, _: each[key] if len(each) and key == next(iter(each)) else None,
    "get": lambda each, key, other: each.get(key, other),
    "in": lambda each, key, _: key in each,
    "set": lambda each, key, other: each.__setitem__(key, other),
    "pop": lambda each, key, other: each.pop(key, other),
    "setdefault": lambda each, key, other: each.setdefault(key, other),
    "update": lambda each, key, other: each.update({key: other, 99: other}),
    "keys": lambda each, _, __: list(each),
    "items": lambda each, _, __: list(each.items()),
    "values": lambda each, _, __: list(each.values()),
    "length": lambda each, _, __: (len(each), bool(each)),
    "repr": lambda each, _, __: repr(each),
    "clear": lambda each, _, __: each.clear(),
}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep small mappings packed too, and unpack all of one after two single values."""
    monkeypatch.setattr(unpacker, "FEWEST_LATER", 1)
    monkeypatch.setattr(packed_mapping, "MOST_SINGLE", 2)


def again(value: Any) -> tuple[Any, Unpacker]:
    packer = Packer(SCHEMA)
    column = packer.column([value])
    reader = Unpacker(SCHEMA)
    reader.add(packer.tables())
    return reader.values(column)[0], reader


@settings(max_examples=examples(200))
@given(
    st.dictionaries(KEYS, LEAVES | st.tuples(LEAVES)),
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), KEYS, LEAVES), max_size=12),
)
def test_it_behaves_like_a_dict(plain: dict[int, Any], steps: list[tuple[str, int, Leaf]]) -> None:
    packed, _ = again(dict(plain))
    assert isinstance(packed, PackedMapping) or not plain
    earlier, before = copy(packed), dict(plain)
    for name, key, other in steps:
        assert STEPS[name](packed, key, other) == STEPS[name](plain, key, other)
    assert packed == plain
    assert plain == packed
    assert list(packed.items()) == list(plain.items())
    assert earlier == before


def test_a_value_is_unpacked_when_it_is_asked_for() -> None:
    mapping, reader = again({at: Leaf(at) for at in range(9)})
    assert list(mapping) == list(range(9))
    made = reader._made[0]
    assert made == [None] * 9
    assert mapping[3] is mapping[3] is made[3]
    assert made.count(None) == 8
    assert [mapping[at] for at in (1, 2)] == [Leaf(1), Leaf(2)]
    assert None not in made


def test_numbers_are_not_kept_packed() -> None:
    assert type(again({1: 2})[0]) is dict
    assert type(again({1: Leaf(1), 2: 2})[0]) is dict


@pytest.mark.parametrize("touched", [(), (1,), (0, 1, 2, 3)])
def test_what_the_reader_has_is_packed_again_without_unpacking_it(touched: tuple[int, ...]) -> None:
    mapping, reader = again({at: Leaf(at) for at in range(4)})
    for at in touched:
        assert mapping[at] == Leaf(at)
    mapping[7] = Leaf(7)
    packer = Packer(SCHEMA, known=reader.known(reader.counts()))
    column = packer.column([mapping])
    assert reader._made[0].count(None) == 4 - len(touched)
    reader.add(packer.tables())
    assert reader.values(column) == [{**{at: Leaf(at) for at in range(4)}, 7: Leaf(7)}]
    assert len(reader._made[0]) == 5


@pytest.mark.parametrize(
    "value",
    [
        {"leaves": {1: Leaf(1), 2: Leaf(2)}, "pages": {1: Page("a"), 2: Page("b")}},
        {1: (Leaf(1), Leaf(2)), 2: (Leaf(2),)},
        {1: {1: Leaf(1)}, 2: {2: Leaf(2)}},
        {1: Leaf(1), 2: Page("a"), 3: Leaf(3)},
        {1: {Leaf(1)}, 2: None, 3: [Leaf(3)]},
    ],
)
def test_values_of_any_kind_are_packed_again_for_a_reader_that_has_them(value: Any) -> None:
    mapping, reader = again(value)
    packer = Packer(SCHEMA, known=reader.known(reader.counts()))
    column = packer.column([mapping])
    reader.add(packer.tables())
    assert reader.values(column) == [value]


def test_records_that_the_reader_will_not_have_are_packed() -> None:
    mapping, reader = again({at: Leaf(at) for at in range(4)})
    packer = Packer(SCHEMA, known=reader.known((0, 0)))
    column = packer.column([mapping])
    other = Unpacker(SCHEMA)
    other.add(packer.tables())
    assert other.values(column) == [{at: Leaf(at) for at in range(4)}]


def test_it_can_be_packed_for_a_reader_that_has_nothing() -> None:
    mapping, _ = again({at: Leaf(at) for at in range(4)})
    assert again(mapping)[0] == mapping
    assert again({"a": mapping, "b": {1: Leaf(1)}})[0] == {"a": mapping, "b": {1: Leaf(1)}}
