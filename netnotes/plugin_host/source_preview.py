"""Show a plugin file before the user allows it: its text, or what has changed, with nothing hidden."""

from __future__ import annotations

import ast
import difflib
import re
import unicodedata
from collections.abc import Iterator

_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufffc\U0001d159")
"""Letters and symbols without visible shape, such as Hangul fillers and the empty Braille pattern."""


def lines(data: bytes, before: str | None) -> Iterator[str]:
    """Yield the lines of a plugin file, or its changes since `before`, made visible."""
    text = data.decode("utf-8", "backslashreplace")
    if before is None:
        yield from map(visible, _split(text))
        return
    changed = difflib.unified_diff(_split(before), _split(text), "allowed before", "now", lineterm="")
    shown = [visible(line) for line in changed]
    yield from shown or ["(only line ends differ from what was allowed before)"]


def asks_for(data: bytes) -> Iterator[str]:
    """Yield what a plugin file declares to read besides people and encounters, without running it.

    A pattern that is computed at run time is listed as unknown.
    """
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    keywords = [keyword for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords]
    for keyword in keywords:
        words = [each.value for each in ast.walk(keyword.value) if isinstance(each, ast.Constant)]
        literal = all(
            isinstance(each, ast.Constant | ast.Tuple | ast.List | ast.Load) for each in ast.walk(keyword.value)
        )
        if keyword.arg == "reads" and "text" in words:
            yield "the words of your notes"
        elif keyword.arg == "files" and words != [None]:
            named = [visible(word) for word in words if isinstance(word, str)]
            yield f"these files: {', '.join(named)}" if literal and named else "files that it names only when it runs"


def _split(text: str) -> list[str]:
    """Split text at Python's line ends only."""
    return re.split(r"\r\n|\r|\n", text.removesuffix("\n"))


def visible(line: str) -> str:
    """Return a line of source with escapes for all characters that may be invisible.

    These are unprintable characters, combining marks, variation selectors, and blank letters.
    """
    return "".join(char if _is_seen(char) else char.encode("unicode_escape").decode("ascii") for char in line)


def _is_seen(char: str) -> bool:
    if char.isascii():
        return char.isprintable() or char == "\t"
    return char.isprintable() and char not in _BLANK and not unicodedata.category(char).startswith("M")
