"""Inline fields as Dataview reads them: `key:: value` on a line of its own, `[key:: value]` within one."""

from __future__ import annotations

import re
from sys import intern

# Possessive repeats (`*+`) keep both patterns linear.
_LINE_FIELD = re.compile(
    r"^[ \t>]*+(?:[-*+][ \t]++)?(?:\[[^\]\n]\][ \t]++)?[*_]{0,2}([^\W\d_][\w /-]{0,40}?)[*_]{0,2}::(?!:)[ \t]*+(.*)$",
    re.MULTILINE,
)
_INNER_FIELD = re.compile(
    r"[\[(]([^\W\d_][\w /-]{0,40}?)::(?!:)[ \t]*+((?:[^\[\]()\n]|\[\[[^\[\]\n]{0,200}\]\]){0,200}+)[\])]"
)


def fields_of_lines(text: str) -> dict[str, str]:
    """Return the fields of lines that are nothing but a field, by key in lower case with `_` for spaces."""
    return {_key(match): match[2].strip() for match in _LINE_FIELD.finditer(text)}


def fields_within(text: str, masked: str) -> dict[str, str]:
    """Return all fields of one line. Values are taken from `text`, since they may be links, which `masked` lacks."""
    matches = [*_LINE_FIELD.finditer(text), *_INNER_FIELD.finditer(text)]
    return {_key(match): match[2].strip() for match in matches if "::" in masked[match.start() : match.start(2)]}


def without_inner(masked: str) -> str:
    """Return a line with spaces in place of its `[key:: value]`."""
    return _INNER_FIELD.sub(lambda match: " " * len(match[0]), masked)


def _key(match: re.Match[str]) -> str:
    return intern(match[1].strip().lower().replace(" ", "_"))
