"""Dataclasses of which nothing is compiled before it is needed. Pure.

The standard library compiles up to six methods of each class while its module is imported. A command imports more than
a hundred of these classes and creates a few objects of most: that took an eighth of its time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from copy import copy
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

FEW = 20
"""Calls of a constructor before it is compiled, which takes as long as so many calls save."""

T = TypeVar("T")

if TYPE_CHECKING:  # to a type checker it is the one of the standard library
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  # exported
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, eq: bool = True, kw_only: bool = False
    ) -> Callable[[type[T]], type[T]]:
        """Do as `dataclasses.dataclass`, but compile the constructor when it has been called a few times."""

        def decorated(cls: type[T]) -> type[T]:
            cls.__doc__ = cls.__doc__ or cls.__name__  # or the standard library would compile the signature for it
            # It refuses to build a class that is not frozen on one that is.
            inherits = any(map(dataclasses.is_dataclass, cls.__bases__))
            options = {"slots": slots, "kw_only": kw_only, "frozen": frozen and inherits}
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, **options)(cls)
            params = cls.__dataclass_params__
            params.init, params.repr, params.eq, params.frozen = True, True, eq, frozen
            made = {"__init__": _Constructor(cls, frozen=frozen), "__repr__": _repr}
            if eq:
                made |= {"__eq__": _equality(cls), "__hash__": _hash(cls) if frozen else None}
            if frozen:
                made |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
            if frozen and slots:
                made |= {"__getstate__": _state, "__setstate__": _set_state}
            for name in made.keys() - vars(cls).keys():
                setattr(cls, name, made[name])
            return cls

        return decorated


class _Constructor:
    """The constructor of a class until it has been called a few times; then the compiled one takes its place."""

    def __init__(self, cls: type[Any], *, frozen: bool) -> None:
        self._cls = cls
        self._frozen = frozen
        self._calls = 0

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Any:
        self._calls += 1
        if isinstance(instance, self._cls) and self._calls <= FEW:
            return partial(self._fill, instance)
        return self._compiled().__get__(instance, owner)

    def _fill(self, instance: Any, *values: object, **named: object) -> None:
        """Set the fields of a new object."""
        fields = dataclasses.fields(self._cls)
        known = [field.name for field in fields if field.init]
        given = dict(zip([field.name for field in fields if field.init and not field.kw_only], values, strict=False))
        missing = [field.name for field in fields if field.init and _has_no_default(field)]
        right = len(given) == len(values) and given.keys().isdisjoint(named)
        given |= named
        if not right or not given.keys() <= set(known) or not given.keys() >= set(missing):
            self._compiled()(instance, *values, **named)  # which says what is wrong
            return
        for field in fields:
            if field.name in given:
                object.__setattr__(instance, field.name, given[field.name])
            elif field.default_factory is not dataclasses.MISSING:
                object.__setattr__(instance, field.name, field.default_factory())
            elif field.default is not dataclasses.MISSING:
                object.__setattr__(instance, field.name, field.default)
        if hasattr(self._cls, "__post_init__"):
            instance.__post_init__()

    def _compiled(self) -> Any:
        """Return the constructor of the standard library, which takes this one's place."""
        cls = self._cls
        # A class with the same fields has the same constructor. It gets copies, since a field belongs to one class.
        same = [(field.name, field.type, copy(field)) for field in dataclasses.fields(cls)]
        begins = {name: getattr(cls, name) for name in ("__doc__", "__post_init__") if hasattr(cls, name)}
        twin = dataclasses.make_dataclass(
            cls.__name__, same, namespace=begins, repr=False, eq=False, frozen=self._frozen
        )
        constructor: Any = vars(twin)["__init__"]
        constructor.__module__, constructor.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
        cls.__init__ = constructor
        return constructor


def _has_no_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _repr(self: Any) -> str:
    values = [f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr]
    return f"{type(self).__qualname__}({', '.join(values)})"


def _equality(cls: type[Any]) -> Callable[[Any, object], bool]:
    values = _values(field.name for field in dataclasses.fields(cls) if field.compare)

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807  # it becomes that method
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    return __eq__


def _hash(cls: type[Any]) -> Callable[[Any], int]:
    values = _values(
        field.name for field in dataclasses.fields(cls) if (field.compare if field.hash is None else field.hash)
    )

    def __hash__(self: Any) -> int:  # noqa: N807  # it becomes that method
        return hash(values(self))

    return __hash__


def _values(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what returns these attributes of an object."""
    names = tuple(names)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda each: tuple([getattr(each, name) for name in names])


def _refuse_to_set(_self: object, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
