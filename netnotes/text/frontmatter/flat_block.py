"""Read an ordinary block of front matter, one line a property or list item, without the YAML library."""

from functools import lru_cache
from typing import Final

from netnotes.regex import regex
from netnotes.text.frontmatter.scalars import Scalar, resolve

MAX_LENGTH: Final = 40_000
"""Longer text goes to the full reader, which counts."""

# Atomic groups and possessive repeats (`(?>…)`, `*+`) keep every line linear: nothing is tried twice.
_KEY = r"(?!(?:[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE)[ :])[^\W\d][\w-]{0,60}+(?:[ ][\w-]{1,60}+){0,8}+"
_PLAIN_START = r"(?:[^\s\-!\"#%&'*,:>?@\[\]`{|}\x00-\x1f]|-(?=[\w.]))"
_PLAIN = _PLAIN_START + r"(?>[^\n\r\t:#]*)(?>(?::(?=\S)|(?<![ ])\#)[^\n\r\t:#]*+)*+"
_QUOTED = r"\"[^\"\\\n\r\t]*+\"|'[^'\n\r\t]*+'"
_ITEM = rf"{_QUOTED}|(?:[^\s\-!\"#%&'*,:>?@\[\]`{{|}}\x00-\x1f])[^\n\r\t:#,\[\]{{}}]*+"
_LIST = rf"\[[ ]*+(?:(?:{_ITEM})[ ]*+(?:,[ ]*+(?:{_ITEM})[ ]*+)*+)?\]"
_REST = r"[ ]*+(?:(?<=[ ])\#[^\n\r]*+)?\n"

_LINES: Final = regex(
    rf"({_KEY}):(?:[ ]++({_QUOTED}|{_LIST}|{_PLAIN}))?{_REST}"  # 1 key, 2 value
    rf"|([ ]*+-)(?:[ ]++({_QUOTED}|{_PLAIN}))?{_REST}"  # 3 indent and dash, 4 item
    r"|[ ]*+\n|\#[^\n\r]*+\n"  # nothing to see
    r"|([^\n]*+\n?)",  # 5 anything else
)
_ITEMS: Final = regex(_ITEM)
_SHORT: Final = 20
_NO_WORDS: Final = frozenset("+-.0123456789~nNtTfF")


def read(text: str, first_line: int) -> tuple[dict[str, object], dict[str, int]] | None:
    """Return properties and the line of each (counted from `first_line`); None if in any doubt.

    `text` is the text between the fences, its last line end included.
    """
    if len(text) > MAX_LENGTH:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    properties: dict[str, object] = {}
    lines: dict[str, int] = {}
    items: list[Scalar] | None = None
    name = list_indent = ""
    for number, (key, value, indent, item, other) in enumerate(_LINES.findall(text), first_line):
        if other or key in properties:
            return None
        if key:
            name = key
            lines[key] = number
            properties[key] = _value(value) if value else None
            items = None if value else []
        elif indent:
            if items is None or (items and indent != list_indent):
                return None
            if not items:
                properties[name] = items
                list_indent = indent
            items.append(_scalar(item) if item else None)
    return properties, lines


def _value(text: str) -> object:
    if text[0] == "[":
        return [_scalar(item) for item in _ITEMS.findall(text[1:-1])]
    return _scalar(text)


def _scalar(text: str) -> Scalar:
    first = text[0]
    if first in "\"'":
        return text[1:-1]
    text = text.rstrip(" ")
    if first not in _NO_WORDS:
        return text
    return _short(text) if len(text) <= _SHORT else resolve(text)


@lru_cache(maxsize=2_000)
def _short(text: str) -> Scalar:
    """Return the value of a scalar that many notes are likely to have: a date, a number, a word."""
    return resolve(text)
