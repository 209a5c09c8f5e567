"""Set, change and delete top-level properties in a note's text, and leave every other character as it is.

Pure text to text. A value is replaced in place and a comment after it stays; new properties go before the closing
fence; a block that becomes empty is removed. The result is read again in full and refused unless exactly the asked-for
properties changed and the body is the same, character for character. Which properties are ours to change is not decided
here, and nothing is written to disk.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from netnotes.regex import regex
from netnotes.text.frontmatter.block import BYTE_ORDER_MARK, Kind, read
from netnotes.text.frontmatter.scalars import spell
from netnotes.text.line_breaks import lines_with_ends

if TYPE_CHECKING:  # it loads the YAML library
    from netnotes.text.frontmatter.yaml12 import Document, Entry

Value = str | int | float | None

_MISSING: Final = object()
_FENCE_WITH_BLANKS: Final = regex(r"\ufeff?---[ \t]+\r?\n")


class Refused(Exception):
    """The text was not changed; the message gives the user the reason."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line
        """The line of the file that the reason is about, counted from 1, where it is about one."""


class _Parts(NamedTuple):
    """A text cut at its fences: head (with the opening fence), properties, closing fence, body."""

    head: str
    inner: str
    closing: str
    body: str
    document: Document

    @property
    def properties(self) -> dict[str, object]:
        value = self.document.value
        return value if isinstance(value, dict) else {}


class _Edit(NamedTuple):
    """Characters `start` to `end` become `new`."""

    start: int
    end: int
    new: str


def splice(text: str, changes: Mapping[str, Value], own: frozenset[str] = frozenset()) -> str:
    """Return `text` with each property of `changes` set to its value, or deleted where that is None.

    Numbers are written in their shortest form, a text is quoted only where it would be read as something
    else, and a property that already has its value keeps its spelling. New properties follow the order of
    `changes`. Raises Refused if the front matter is invalid, unclosed or in braces, if a value to be changed
    is a list, nested, on several lines or has an anchor or tag, and if the outcome is in doubt at all. The
    properties `own` may be in any form: a formatter folds long values or turns them into lists.
    """
    parts = _cut(text)
    before = parts.properties if parts else {}
    wanted = {key: value for key, value in changes.items() if not _is_so(before, key, value)}
    if not wanted:
        return text
    result = _with_new_block(text, wanted) if parts is None else _with_block_changed(parts, wanted, own)
    deleted = {key for key, value in wanted.items() if value is None}
    expected = {key: value for key, value in {**before, **wanted}.items() if key not in deleted}
    _verify(result, expected, parts.body if parts else text.removeprefix(BYTE_ORDER_MARK))
    return result


def _cut(text: str) -> _Parts | None:
    """Return the parts of a text with front matter, None for one without; raises Refused if it can't be written."""
    block = read(text)
    if block.kind is Kind.NONE:
        if _FENCE_WITH_BLANKS.match(text):
            # Not a fence to us; to a reader that takes it for one, ours would be a second block.
            raise Refused("its first line is `---` followed by blanks: remove the blanks", 1)
        return None
    if block.kind in (Kind.INVALID, Kind.UNCLOSED):
        raise Refused(block.fault or block.kind.value, block.fault_line)
    if block.kind is Kind.JSON:
        raise Refused("its front matter is written in braces, as JSON is: write `key: value` lines instead", 1)
    from netnotes.text.frontmatter import yaml12  # both load the YAML library
    from netnotes.text.frontmatter.fence import FENCE

    inner, body = FENCE.split(text)
    begin = text.index("\n") + 1
    end = begin + len(inner)
    closing = text[end : len(text) - len(body)]
    return _Parts(text[:begin], inner, closing, body, yaml12.parse(inner))


def _is_so(properties: Mapping[str, object], key: str, value: Value) -> bool:
    """Return whether the property has that value already (None: whether there is no such property)."""
    if value is None:
        return key not in properties
    return _equal(properties.get(key, _MISSING), value)


def _spelled(value: str | float) -> str:
    try:
        return spell(value)
    except ValueError as error:
        raise Refused(f"the value cannot be written: {error}") from error


def _lines_for(wanted: Mapping[str, Value]) -> list[str]:
    return [f"{_spelled(key)}: {_spelled(value)}" for key, value in wanted.items() if value is not None]


def _with_new_block(text: str, wanted: Mapping[str, Value]) -> str:
    newline = text.find("\n")
    line_end = "\r\n" if newline > 0 and text[newline - 1] == "\r" else "\n"
    block = line_end.join(["---", *_lines_for(wanted), "---", ""])
    body = text.removeprefix(BYTE_ORDER_MARK)
    return text[: len(text) - len(body)] + block + body


def _with_block_changed(parts: _Parts, wanted: Mapping[str, Value], own: frozenset[str]) -> str:
    edits: list[_Edit] = []
    new: dict[str, Value] = {}
    for key, value in wanted.items():
        places = [entry for entry in parts.document.entries if entry.key == key]
        if not places:
            new[key] = value
        elif len(places) == 1 and not places[0].is_simple and key in own:
            edits.append(_whole_entry(parts, places[0], value))
        elif len(places) > 1 or not places[0].is_simple:
            reason = f"the value of `{key}` is not one plain value on one line, so it is not ours to change"
            raise Refused(reason, places[0].line + 2)
        elif value is None:
            edits.append(_deletion(parts.inner, places[0]))
        else:
            edits.append(_replacement(parts.inner, places[0], value))
    inner = parts.inner
    for edit in sorted(edits, reverse=True):
        inner = inner[: edit.start] + edit.new + inner[edit.end :]
    line_end = "\r\n" if (parts.head + parts.inner).endswith("\r\n") else "\n"
    indent = " " * parts.document.column
    inner += "".join(indent + line + line_end for line in _lines_for(new))
    if not inner.strip(" \t\r\n"):
        mark = parts.head.partition("-")[0]
        bare = mark + parts.body
        # What follows an empty block may look like front matter itself: then the empty one must stay.
        if read(bare).kind is Kind.NONE and not _FENCE_WITH_BLANKS.match(bare):
            return bare
    return parts.head + inner + parts.closing + parts.body


def _replacement(inner: str, entry: Entry, value: str | float) -> _Edit:
    new = _spelled(value)
    # If there is no value yet, there may be no space after the colon either.
    is_tight = entry.value_start == entry.value_end and inner[entry.value_start - 1] not in " \t"
    return _Edit(entry.value_start, entry.value_end, " " + new if is_tight else new)


def _whole_entry(parts: _Parts, entry: Entry, value: Value) -> _Edit:
    """Return the edit that puts one line in place of all lines of a property, or takes them away."""
    inner = parts.inner
    start = inner.rfind("\n", 0, entry.key_start) + 1
    later = [other.key_start for other in parts.document.entries if other.key_start > entry.key_start]
    end = inner.rfind("\n", 0, min(later)) + 1 if later else len(inner)
    indent = inner[start : entry.key_start]
    lines = lines_with_ends(inner[start:end])
    inside = 1 + next(
        (at for at, line in enumerate(lines[1:]) if line.strip() and _is_outside(line, indent)), len(lines) - 1
    )
    if indent.strip(" ") or any("#" in line for line in lines[:inside]):
        raise Refused(f"`{entry.key}` cannot be changed without touching a comment", entry.line + 2)
    end = start + sum(map(len, lines[:inside]))
    if value is None:
        return _Edit(start, end, "")
    line_end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    return _Edit(start, end, f"{indent}{_spelled(entry.key)}: {_spelled(value)}{line_end}")


def _is_outside(line: str, indent: str) -> bool:
    """Return whether a line below a property no longer belongs to it: a list's items may have the property's indent."""
    # No tab: what is indented by one is not read.
    return not line.startswith(f"{indent} ") and not line.startswith(f"{indent}- ") and line.rstrip() != f"{indent}-"


def _deletion(inner: str, entry: Entry) -> _Edit:
    """Return the edit that takes the property's line away; a comment after the value keeps a line of its own."""
    start = inner.rfind("\n", 0, entry.key_start) + 1
    if inner[start : entry.key_start].strip(" "):
        raise Refused(f"`{entry.key}` has something before it on its line: give it a line of its own", entry.line + 2)
    end = inner.index("\n", entry.value_end) + 1
    rest = inner[entry.value_end : end]
    if rest.strip(" \t\r\n"):
        end = entry.value_end + len(rest) - len(rest.lstrip(" \t"))
    return _Edit(start, end, "")


def _verify(result: str, expected: Mapping[str, object], body: str) -> None:
    """Raise Refused unless the result has exactly these properties, and this body."""
    try:
        after = _cut(result)
    except Refused as reason:
        raise Refused(f"the change would make its front matter unreadable: {reason}") from reason
    properties = after.properties if after else {}
    if not _equal(properties, expected):
        raise Refused("the change would not be read back as intended")
    if (after.body if after else result.removeprefix(BYTE_ORDER_MARK)) != body:
        raise Refused("the change would move the border between front matter and text")


def _equal(one: object, other: object) -> bool:
    """Compare two property values: true is not 1, and what is not a number equals itself."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float) and math.isnan(one):
        return math.isnan(other)
    return one == other
