"""Read a note's front matter: text in, one `Block` out, for any text.

The fence is the app's: `---` alone on the very first line (a byte order mark may precede it), up to a line
`---` that may have blanks after it; `...` closes nothing. Ordinary blocks are read by `flat_block`, all others
by yaml12. A block the app would not read is a `Block` with a fault, never an exception. Nothing is written.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from netnotes.lazy_dataclass import dataclass
from netnotes.text.frontmatter import flat_block

BYTE_ORDER_MARK: Final = "\ufeff"

_RULE: Final = ("---", f"{BYTE_ORDER_MARK}---")


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
    """The front matter of one text; the body is `text[end:]`."""

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


def read(text: str) -> Block:
    """Return the front matter of a note's text. Never raises, whatever the text."""
    start = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    if not text.startswith(_RULE):
        return Block(Kind.NONE, start, start, {}, {})
    from netnotes.text.frontmatter.fence import FENCE  # it loads the YAML library, and many notes have no block

    if not FENCE.detect(text):
        return Block(Kind.NONE, start, start, {}, {})
    try:
        inner, body = FENCE.split(text)
    except ValueError:
        fault = "it begins on line 1 and is not closed: no line `---` follows"
        return Block(Kind.UNCLOSED, start, start, {}, {}, fault, 1)
    end = len(text) - len(body)
    flat = flat_block.read(inner, 2)
    if flat is None:
        return _read_fully(inner, start, end)
    properties, lines = flat
    return Block(Kind.YAML if properties else Kind.EMPTY, start, end, properties, lines)


def _read_fully(inner: str, start: int, end: int) -> Block:
    from netnotes.text.frontmatter import yaml12  # few blocks need it

    try:
        document = yaml12.parse(inner)
    except yaml12.Fault as fault:
        return Block(Kind.INVALID, start, end, {}, {}, fault.reason, fault.line + 2)
    if document.value is None:
        return Block(Kind.EMPTY, start, end, {}, {})
    if not isinstance(document.value, dict):
        return Block(Kind.INVALID, start, end, {}, {}, yaml12.no_properties(document.value), 2)
    lines = {entry.key: entry.line + 2 for entry in document.entries}
    return Block(Kind.JSON if document.in_braces else Kind.YAML, start, end, document.value, lines)
