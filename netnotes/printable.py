"""Text that may be shown on a terminal: names and lines of notes can hold anything."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

_JOINERS = "\u200c\u200d"
"""Join or separate letters and emoji; they do not reorder text."""
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def one_line(text: str) -> str:
    """Return `text` as one line without any character that could control a terminal or reorder its text."""
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def lines(text: str) -> str:
    """Return `text` as `one_line` does, but keep its lines and tabs."""
    return "\n".join(
        "\t".join(one_line(part) for part in line.removesuffix("\r").split("\t")) for line in text.split("\n")
    )


def to_json(value: object, *, indent: int | None = None, default: Any = None) -> str:
    """Return strict JSON: unprintable characters are escaped, and numbers that are not finite are null."""
    text = json.dumps(_finite(value), ensure_ascii=False, indent=indent, default=default, allow_nan=False)
    return "\n".join(line if line.isprintable() else "".join(map(_escaped, line)) for line in text.split("\n"))


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {key: _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value


def _shown(char: str) -> str:
    if char.isprintable() or char in _JOINERS:
        return char
    return " " if char.isspace() else _UNKNOWN


def _escaped(char: str) -> str:
    return char if char.isprintable() else json.dumps(char)[1:-1]
