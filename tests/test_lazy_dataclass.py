"""`netnotes.lazy_dataclass` makes the same classes as the standard library, before and after it compiles."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import KW_ONLY, FrozenInstanceError, field
from typing import Any

import pytest

from netnotes import lazy_dataclass


def pair(*, frozen: bool, slots: bool) -> tuple[Any, Any]:
    """Return a class with fields of every kind, as the standard library makes it, and as we do."""

    class Meeting:
        """A meeting."""

        name: str
        minutes: int = 30
        people: list[str] = field(default_factory=list)
        seen: int = field(default=0, compare=False, repr=False)
        length: int = field(init=False, hash=False)
        _: KW_ONLY
        place: str | None = None

        def __post_init__(self):
            object.__setattr__(self, "length", len(self.name))

    namespace = dict(vars(Meeting))
    for each in ("__dict__", "__weakref__"):
        namespace.pop(each)
    theirs: Any = dataclasses.dataclass(frozen=frozen, slots=slots)(type("Meeting", (), dict(namespace)))
    ours: Any = lazy_dataclass.dataclass(frozen=frozen, slots=slots)(type("Meeting", (), dict(namespace)))
    return theirs, ours


CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("Kickoff",), {}),
    (("Kickoff", 45), {"place": "the harbour"}),
    ((), {"name": "Kickoff", "people": ["Ada"], "seen": 2}),
    ((), {}),
    (("Kickoff",), {"name": "Kickoff"}),
    (("Kickoff",), {"length": 3}),
    (("Kickoff", 1, [], 2, "the harbour"), {}),
    (("Kickoff",), {"room": 4}),
]


def result(cls, values, named):
    try:
        made = cls(*values, **named)
    except TypeError as error:
        return str(error)
    return repr(made), dataclasses.astuple(made)


@pytest.mark.parametrize("slots", [False, True])
@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("times", [1, lazy_dataclass.FEW + 2])
@pytest.mark.parametrize(("values", "named"), CALLS)
def test_objects_are_those_of_the_standard_library(values, named, times, frozen, slots):
    theirs, ours = pair(frozen=frozen, slots=slots)
    assert [result(ours, values, named) for _ in range(times)] == [result(theirs, values, named)] * times


@pytest.mark.parametrize("frozen", [False, True])
def test_a_class_shows_its_fields_and_its_signature(frozen):
    theirs, ours = pair(frozen=frozen, slots=True)
    assert inspect.signature(ours) == inspect.signature(theirs)
    assert [each.name for each in dataclasses.fields(ours)] == [each.name for each in dataclasses.fields(theirs)]
    for name in ("init", "repr", "eq", "frozen"):
        assert getattr(ours.__dataclass_params__, name) == getattr(theirs.__dataclass_params__, name)
    assert ours.__init__.__qualname__ == theirs.__init__.__qualname__


@pytest.mark.parametrize("slots", [False, True])
@pytest.mark.parametrize("frozen", [False, True])
def test_equal_objects_are_equal_and_others_are_not(frozen, slots):
    theirs, ours = pair(frozen=frozen, slots=slots)
    assert ours("Kickoff", seen=1) == ours("Kickoff", seen=2)
    assert ours("Kickoff") != ours("Kickoff", 31)
    assert ours("Kickoff") != theirs("Kickoff")
    assert ours("Kickoff").__eq__(1) is NotImplemented


def test_only_frozen_objects_have_a_hash():
    @lazy_dataclass.dataclass(frozen=True)
    class Fixed:
        name: str
        note: list[str] = field(default_factory=list, hash=False)

    @lazy_dataclass.dataclass()
    class Loose:
        name: str

    assert hash(Fixed("Ada", ["a"])) == hash(Fixed("Ada", ["b"]))
    assert len({Fixed("Ada"), Fixed("Bo")}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Loose("Ada"))


def test_by_identity_where_equality_is_not_asked_for():
    @lazy_dataclass.dataclass(slots=True, eq=False)
    class Opened:
        name: str

    one, other = Opened("Notes"), Opened("Notes")
    assert one != other
    assert len({one, other}) == 2


@pytest.mark.parametrize("slots", [False, True])
def test_a_frozen_object_cannot_be_changed(slots):
    _, ours = pair(frozen=True, slots=slots)
    meeting = ours("Kickoff")
    with pytest.raises(FrozenInstanceError):
        meeting.name = "Retro"
    with pytest.raises(FrozenInstanceError):
        del meeting.name
    with pytest.raises(FrozenInstanceError):
        meeting.room = 4
    assert dataclasses.replace(meeting, name="Retro").name == "Retro"
    assert meeting.name == "Kickoff"


@lazy_dataclass.dataclass(frozen=True, slots=True)
class Place:
    """At the top of a module, so that it can be pickled."""

    name: str
    floor: int = 0


@lazy_dataclass.dataclass(frozen=True, slots=True)
class Room(Place):
    """Inherits fields."""

    seats: int = 1


def test_objects_are_copied_and_pickled():
    place = Place("Harbour", 2)
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == place


def test_fields_are_inherited():
    rooms = [Room("Harbour", 2, seats) for seats in range(lazy_dataclass.FEW + 2)]
    assert dataclasses.astuple(rooms[-1]) == ("Harbour", 2, lazy_dataclass.FEW + 1)
    assert Place("Harbour", 2) != rooms[0]


def test_own_methods_stay():
    @lazy_dataclass.dataclass(frozen=True)
    class Tie:
        who: str

        def __repr__(self):
            return "a tie"

        def __hash__(self):
            return 7

    assert (repr(Tie("Ada")), hash(Tie("Ada"))) == ("a tie", 7)


def test_a_standard_dataclass_can_build_on_one_of_ours():
    @dataclasses.dataclass(frozen=True)
    class Hall(Place):
        stage: bool = False

    assert repr(Hall("Harbour", stage=True)).endswith("Hall(name='Harbour', floor=0, stage=True)")


def test_few_objects_need_no_compiler(monkeypatch):
    def fail(*_, **__):
        raise AssertionError("compiled")

    _, ours = pair(frozen=True, slots=True)
    monkeypatch.setattr(dataclasses, "make_dataclass", fail)
    assert {ours("Kickoff", place=str(number)).name for number in range(lazy_dataclass.FEW)} == {"Kickoff"}
    with pytest.raises(AssertionError):
        ours("Kickoff")
