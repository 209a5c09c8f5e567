"""Read a table of `netnotes.toml` into a frozen dataclass, and find all mistakes at once. Defines no options."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from netnotes.errors import either

T = TypeVar("T")


def read(kind: type[T], table: Mapping[str, object], where: str) -> tuple[T, tuple[str, ...]]:
    """Return an instance of the dataclass `kind` from `table`, and every mistake as one line.

    What is wrong or absent keeps its default. `where` is the table's name in messages: `people`, or nothing for the top
    level. Fields may be of type bool, int, float, str, date, None, a Literal, tuple[X, ...], Mapping[str, X], another
    dataclass, or a union of these. A field's metadata `low` and `high` bound a number.
    """
    hints = typing.get_type_hints(kind) if table else {}  # which takes as long as all else
    fields = {field.name: field for field in dataclasses.fields(kind) if field.init}  # type: ignore[arg-type]  # T is a dataclass
    values: dict[str, Any] = {}
    mistakes: list[str] = []
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in fields:
            mistakes.append(f"{_table(where)}unknown key `{key}`{did_you_mean(key, fields)}")
            continue
        good, converted, found = _convert(hints[name], value, _key(where, key))
        mistakes += found
        if good:
            values[name] = converted
            mistakes += _bounds(fields[name].metadata, converted, _key(where, key))
    required = [
        n
        for n, f in fields.items()
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING and n not in values
    ]
    if required:
        raise TypeError(f"{kind.__name__} has options without a default: {', '.join(required)}")
    return kind(**values), tuple(mistakes)


def mistakes_of(hint: Any, value: object, where: str) -> list[str]:
    """Return every mistake in a value from a table, for a field of the type `hint`."""
    return _convert(hint, value, where)[2]


def _table(where: str) -> str:
    return f"[{where}] " if where else ""


def _key(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def did_you_mean(word: str, known: typing.Iterable[str], alike: float = 0.65) -> str:
    """Return `: did you mean X?` for the nearest known word that is so much `alike` (0 to 1), or the empty string."""
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(word, list(known), n=1, cutoff=alike)
    return f": did you mean `{near[0]}`?" if near else ""


def _bounds(metadata: Mapping[str, Any], value: object, where: str) -> list[str]:
    low, high = metadata.get("low"), metadata.get("high")
    if not isinstance(value, int | float) or isinstance(value, bool):
        return []
    if math.isnan(value):
        return [f"{where} is not a number"]
    if (low is not None and value < low) or (high is not None and value > high):
        return [
            f"{where} is {value}, not within {low if low is not None else '…'} to {high if high is not None else '…'}"
        ]
    return []


LARGEST = 10**15
"""Whole numbers from here on are not accepted where a decimal number is expected."""
_Converted = tuple[bool, Any, list[str]]
"""Whether a value fits, the converted value, and the mistakes inside it."""


def _convert(hint: Any, value: Any, where: str) -> _Converted:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType, typing.Literal):
        return _chosen(hint, value, where)
    if isinstance(value, dict) and not _plain(hint, value):
        return _table_of(hint, value, where)
    if origin is tuple and isinstance(value, list):
        return _several(((f"{where}[{i}]", v) for i, v in enumerate(value)), typing.get_args(hint)[0])
    if origin is tuple and isinstance(value, str) and typing.get_args(hint)[0] is str:
        return True, (value,), []
    if _plain(hint, value):
        return True, float(value) if hint is float else value, []
    return _misfit(hint, value, where)


def _chosen(hint: Any, value: Any, where: str) -> _Converted:
    """Take the first of several types that fits, or one of several values."""
    options = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        meant = did_you_mean(str(value), map(str, options))
        return (True, value, []) if value in options else _misfit(hint, value, where, meant)
    if isinstance(value, dict) and (tables := [option for option in options if dataclasses.is_dataclass(option)]):
        return _table_of(tables[0], value, where)
    fits = (_convert(option, value, where) for option in options)
    return next((fit for fit in fits if fit[0] and not fit[2]), _misfit(hint, value, where))


def _table_of(hint: Any, value: Mapping[str, Any], where: str) -> _Converted:
    """Read a table into a dataclass or a mapping."""
    origin = typing.get_origin(hint)
    if dataclasses.is_dataclass(hint):
        converted, found = read(typing.cast("type[Any]", hint), value, where)
        return True, converted, list(found)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        good, items, inside = _several(((f"{where}.{k}", v) for k, v in value.items()), typing.get_args(hint)[1])
        return good, dict(zip(value, items, strict=True)) if good else None, inside
    return _misfit(hint, value, where)


def _misfit(hint: Any, value: object, where: str, meant: str = "") -> _Converted:
    return False, None, [f"{where} should be {describe(hint)}, not {value!r}{meant}"]


def _several(items: typing.Iterable[tuple[str, Any]], hint: Any) -> _Converted:
    results = [_convert(hint, value, where) for where, value in items]
    return all(r[0] for r in results), tuple(r[1] for r in results), [m for r in results for m in r[2]]


def _plain(hint: Any, value: object) -> bool:
    if hint is typing.Any or hint is object:
        return True
    if hint is dt.date:
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if isinstance(value, bool):
        return hint is bool
    if hint is float:
        return isinstance(value, float) or (isinstance(value, int) and abs(value) < LARGEST)
    return isinstance(hint, type) and isinstance(value, hint)


def describe(hint: Any) -> str:
    """Return in words which values a type hint accepts."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(describe(a) for a in args if a is not type(None))
    if origin is typing.Literal:
        return either(f"`{a}`" for a in args)
    if origin is tuple:
        return f"a list ({describe(args[0])})"
    if dataclasses.is_dataclass(hint) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return "a table"
    names = {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "text",
        dt.date: "a date like 2026-01-31",
    }
    return names.get(hint, str(hint))


def one_type(hint: Any) -> type | None:
    """Return the one plain type that a hint accepts, besides None; None if it accepts several or none."""
    plain = {
        h
        for h in (typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,))
        if h is not type(None)
    }
    return plain.pop() if len(plain) == 1 and plain <= {bool, int, float, str, dt.date} else None
