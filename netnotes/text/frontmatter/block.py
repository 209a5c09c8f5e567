"""Find and read a note's front matter: text in, one `Block` out, for any text.

The fence is the app's: `---` alone on the very first line (a byte order mark may precede it), up to a line
`---` that may have blanks after it; `...` closes nothing. Ordinary blocks are read here, all others by
yaml12. A block the app would not read is a `Block` with a fault, never an exception. Nothing is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from frontmatter.default_handlers import BaseHandler

from netnotes.regex import regex
from netnotes.text.frontmatter import yaml12
from netnotes.text.frontmatter.scalars import Scalar, resolve

BYTE_ORDER_MARK: Final = "\ufeff"

_OPENER: Final = regex(r"\ufeff?---\r?\n")
_CLOSER: Final = regex(r"\n---[ \t]*+(?:\r?\n|\Z)")

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
_NO_WORDS: Final = frozenset("+-.0123456789~nNtTfF")


class Kind(Enum):
    """The kind of a note's front matter."""

    NONE = "none"
    EMPTY = "empty"
    """A block without properties: nothing, or comments only."""
    YAML = "yaml"
    JSON = "json"
    """A mapping in braces: read, never written to."""
    INVALID = "invalid"
    """The app cannot read it, or it holds no properties."""
    UNCLOSED = "unclosed"
    """The first line opens a block that no line closes: the app takes it all for text."""


@dataclass(frozen=True, slots=True)
class Block:
    """The front-matter of one text; the body is `text[end:]`."""

    kind: Kind
    start: int
    """Where the opening fence begins, in characters: 1 after a byte order mark, else 0."""
    end: int
    """End of the closing fence's line; `start` if there is no block."""
    properties: Mapping[str, object]
    """Values are str, int, float, bool, None, and lists and dicts of these; empty unless YAML or JSON."""
    lines: Mapping[str, int]
    """The line of the file with each property's name, counted from 1."""
    fault: str | None = None
    """Why the block is invalid or unclosed, in words for the user."""
    fault_line: int | None = None
    """The line of the file where that shows, counted from 1."""


class AppFence(BaseHandler):
    """The app's fences and values in the form python-frontmatter asks for: `frontmatter.loads(text, handler=…)`.

    It has no `export`: rewriting whole blocks loses what people wrote; see `splice`.
    """

    FM_BOUNDARY = _OPENER
    START_DELIMITER = END_DELIMITER = "---"

    def split(self, text: str) -> tuple[str, str]:
        """Return the text between the fences, and the body; raises ValueError if there is no block."""
        opened = _OPENER.match(text)
        closed = opened and _CLOSER.search(text, opened.end() - 1)
        if not opened or not closed:
            raise ValueError("the text has no closed front-matter")
        return text[opened.end() : closed.start() + 1], text[closed.end() :]

    def load(self, fm: str) -> dict[str, object]:
        """Return the properties between two fences; raises ValueError (`yaml12.Fault`) if there are none to read."""
        flat = read_flat(fm, 0)
        value = flat[0] if flat else yaml12.parse(fm).value
        if value is not None and not isinstance(value, dict):
            raise yaml12.Fault(_no_properties(value), 0)
        return value or {}


FENCE: Final = AppFence()


def read(text: str) -> Block:
    """Return the front-matter of a note's text. Never raises, whatever the text."""
    start = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    if not FENCE.detect(text):
        return Block(Kind.NONE, start, start, {}, {})
    try:
        inner, body = FENCE.split(text)
    except ValueError:
        fault = "the front-matter opened on line 1 is not closed: no line `---` follows"
        return Block(Kind.UNCLOSED, start, start, {}, {}, fault, 1)
    end = len(text) - len(body)
    flat = read_flat(inner, 2)
    if flat is None:
        return _read_fully(inner, start, end)
    properties, lines = flat
    return Block(Kind.YAML if properties else Kind.EMPTY, start, end, properties, lines)


def _read_fully(inner: str, start: int, end: int) -> Block:
    try:
        document = yaml12.parse(inner)
    except yaml12.Fault as fault:
        return Block(Kind.INVALID, start, end, {}, {}, fault.reason, fault.line + 2)
    if document.value is None:
        return Block(Kind.EMPTY, start, end, {}, {})
    if not isinstance(document.value, dict):
        return Block(Kind.INVALID, start, end, {}, {}, _no_properties(document.value), 2)
    lines = {entry.key: entry.line + 2 for entry in document.entries}
    return Block(Kind.JSON if document.in_braces else Kind.YAML, start, end, document.value, lines)


def _no_properties(value: object) -> str:
    return f"it is {'a list' if isinstance(value, list) else 'plain text'}, not `key: value` lines"


def read_flat(text: str, first_line: int) -> tuple[dict[str, object], dict[str, int]] | None:
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
    return resolve(text) if first in _NO_WORDS else text
