"""Records are the same after they were packed as plain data and unpacked; what is no plain data is refused."""

import datetime as dt
import gc
import marshal
import weakref
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.deferred import Deferred
from netnotes.frozen import EMPTY, ReadOnly, frozen
from netnotes.packing import unpacker as unpacking
from netnotes.packing.columns import NotPlainError, Packer, Schema
from netnotes.packing.unpacker import Unpacker
from tests.examples import examples


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record."""

    value: Any
    more: Any = None


class Row(NamedTuple):
    """A record that refers to others."""

    leaf: Any
    at: int = 0


class Kind(IntEnum):
    """One of two."""

    ONE = 1
    TWO = 2


@dataclass(frozen=True, slots=True)
class Branch(Deferred):
    """A record of which a field stays packed until it is read."""

    name: Any
    leaves: Any = ()


class Page:
    """What is not packed."""


PAGES = (Page(), Page())
SCHEMA = Schema((Leaf, Row, Branch), enums=(Kind,), outside=Page, deferred={Branch: frozenset(("leaves",))})


def again(value: Any) -> Any:
    """Return a value packed, through `marshal`, and unpacked."""
    packer = Packer(SCHEMA, PAGES)
    data = marshal.dumps((packer.column([value]), packer.tables()))
    column, tables = marshal.loads(data)
    unpacker = Unpacker(SCHEMA)
    unpacker.outside = PAGES
    unpacker.add(tables)
    return unpacker.values(column)[0]


def kinds(value: Any) -> Any:
    """Return a value with the class of everything in it."""
    if isinstance(value, dict):
        return type(value), [(kinds(key), kinds(item)) for key, item in value.items()]
    if isinstance(value, Leaf):
        return Leaf, kinds(value.value), kinds(value.more)
    if isinstance(value, tuple | list):
        return type(value), [kinds(item) for item in value]
    return type(value), value


SCALARS = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=3)),
    *(st.dates(), st.sampled_from(Kind), st.sampled_from(PAGES)),
)
HASHABLE = st.one_of(st.integers(5), st.text(max_size=3), st.dates(), st.sampled_from(Kind))


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.frozensets(HASHABLE, max_size=3),
        st.sets(HASHABLE, max_size=3),
        st.dictionaries(HASHABLE, inner, max_size=3),
        st.dictionaries(st.text(max_size=2), st.integers() | st.lists(st.dates()), max_size=3).map(frozen),
    )


LEAVES = st.builds(Leaf, st.recursive(SCALARS, containers, max_leaves=5))
ROWS = st.builds(Row, LEAVES | st.tuples(LEAVES, LEAVES), st.integers())


@settings(max_examples=examples(200))
@given(st.recursive(SCALARS | LEAVES | ROWS, containers, max_leaves=8))
def test_a_packed_value_is_unpacked_unchanged(value: Any) -> None:
    assert kinds(again(value)) == kinds(value)


def test_records_that_are_one_stay_one_and_equal_ones_two() -> None:
    one, other = Leaf(1), Leaf(1)
    first, second, third, row = again([one, one, other, Row(one)])
    assert first is second
    assert first is not third
    assert row.leaf is first


def test_records_of_a_second_call_refer_to_those_of_the_first() -> None:
    packer, leaf = Packer(SCHEMA), Leaf("shared")
    first = packer.column([leaf]), packer.tables()
    second = packer.column([Row(leaf), Row(Leaf("own"))]), packer.tables()
    unpacker = Unpacker(SCHEMA)
    unpacker.add(first[1])
    (shared,) = unpacker.values(first[0])
    unpacker.add(second[1])
    rows = unpacker.values(second[0])
    assert rows[0].leaf is shared
    assert rows[1].leaf == Leaf("own")


def test_an_empty_mapping_that_is_read_only_is_the_shared_one() -> None:
    assert again(ReadOnly()) is EMPTY


@pytest.mark.parametrize("value", [object(), len, Page(), {"a": object()}, Leaf(Row(Leaf(1))), dt.time()])
def test_anything_but_plain_data_is_refused(value: Any) -> None:
    with pytest.raises(NotPlainError):
        again(value)


def test_a_left_out_field_is_not_packed() -> None:
    schema = Schema((Leaf,), left_out={Leaf: frozenset(("more",))})
    packer = Packer(schema)
    column, tables = packer.column([Leaf(1, object())]), packer.tables()
    unpacker = Unpacker(schema)
    unpacker.add(tables)
    (found,) = unpacker.values(column)
    assert found.value == 1
    with pytest.raises(AttributeError):
        _ = found.more


@settings(max_examples=examples(100))
@given(st.lists(st.lists(LEAVES, max_size=3).map(tuple) | SCALARS, max_size=8), st.randoms())
def test_what_stays_packed_is_the_same_in_any_order(values: list[Any], random: Any) -> None:
    shared = Leaf("shared")
    branches = [Branch(at, (shared, value)) for at, value in enumerate(values)]
    found = list(enumerate(again([shared, branches])[1]))
    random.shuffle(found)
    for at, branch in found[:2] + found:
        assert kinds(branch.leaves) == kinds(branches[at].leaves)
        assert (branch.name, branch.leaves[0]) == (at, found[0][1].leaves[0])
        assert branch.leaves[0] is found[0][1].leaves[0]


def test_after_some_all_are_unpacked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_SINGLE", 2)
    leaves = [Leaf(at) for at in range(6)]
    found = again([Branch(at, (leaf, leaves[0])) for at, leaf in enumerate(leaves)])
    for at in (3, 0, 5, 1, 2, 4):
        assert found[at].leaves == (leaves[at], leaves[0])
        assert found[at].leaves[1] is found[3].leaves[1]


def test_records_that_are_made_in_part_are_completed_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_SINGLE", 2)
    packer, unpacker = Packer(SCHEMA), Unpacker(SCHEMA)
    branches = [Branch(at, (Leaf(at),)) for at in range(9)]
    column = packer.column(branches)
    unpacker.add(packer.tables())
    rows = (8, 1, 6, 3)
    found = unpacker.values(column, rows)
    assert [branch.leaves for branch in found] == [(Leaf(at),) for at in rows]
    assert unpacker.values(column) == branches
    assert all(one is other for one, other in zip(found, unpacker.values(column, rows), strict=True))


def test_complete_records_hold_nothing_of_what_they_were_made_of() -> None:
    packer, unpacker = Packer(SCHEMA), Unpacker(SCHEMA)
    column = packer.column([Branch(at, (Leaf(at),)) for at in range(3)])
    unpacker.add(packer.tables())
    found, held = unpacker.values(column), weakref.ref(unpacker)
    del unpacker
    assert held() is not None
    assert [branch.leaves for branch in found] == [(Leaf(at),) for at in range(3)]
    gc.collect()
    assert held() is None


def test_a_column_of_several_kinds_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[bytes] = []
    ranks = unpacking._ranks

    def counted(places: bytes) -> bytes:
        calls.append(places)
        return ranks(places)

    monkeypatch.setattr(unpacking, "_ranks", counted)
    monkeypatch.setattr(unpacking, "MOST_SINGLE", 100)
    values = [(Leaf(at),) if at % 2 else None for at in range(40)]
    found = again([Branch(at, value) for at, value in enumerate(values)])
    for at in (7, 0, 31, 12, 39):
        assert found[at].leaves == values[at]
    assert len(calls) == 1


def test_a_record_that_stays_packed_has_no_other_fields() -> None:
    for branch in (Branch(1), again(Branch(1))):
        with pytest.raises(AttributeError, match="'Branch' object has no attribute 'twigs'"):
            _ = branch.twigs
        assert branch == Branch(1)
