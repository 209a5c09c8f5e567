"""What a user is shown before a plugin file may run: its text, or what changed since, with nothing in it hidden."""

from __future__ import annotations

import ast
import difflib
import re
import unicodedata
from collections.abc import Iterator

_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufffc\U0001d159")
"""Letters and symbols that are drawn as nothing: fillers of Hangul, the empty Braille pattern and their like."""


def lines(data: bytes, before: str | None) -> Iterator[str]:
    """Yield the lines of a plugin file, or of the difference to what was allowed `before`, as `visible` shows them."""
    text = data.decode("utf-8", "backslashreplace")
    if before is None:
        yield from map(visible, _split(text))
        return
    changed = difflib.unified_diff(_split(before), _split(text), "allowed before", "now", lineterm="")
    shown = [visible(line) for line in changed]
    yield from shown or ["(only line ends differ from what was allowed before)"]


def asks_for(data: bytes) -> Iterator[str]:
    """Yield what the decorators of a plugin file ask to read besides people and encounters; the file is not run.

    A pattern that the file makes up as it runs is said to be unknown.
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
    """Split text where Python ends a line, and nowhere else."""
    return re.split(r"\r\n|\r|\n", text.removesuffix("\n"))


def visible(line: str) -> str:
    """Return a line of source in which every character that a terminal or an eye could miss is an escape.

    Besides all that is not printable these are combining marks, variation selectors among them, and blank letters.
    """
    return "".join(char if _is_seen(char) else char.encode("unicode_escape").decode("ascii") for char in line)


def _is_seen(char: str) -> bool:
    if char.isascii():
        return char.isprintable() or char == "\t"
    return char.isprintable() and char not in _BLANK and not unicodedata.category(char).startswith("M")
