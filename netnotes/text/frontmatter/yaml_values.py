"""Build values from a parser's events, and record the position of each top-level property.

No recursion: what is still open is kept in a list, so that no input can exhaust the stack. Where the parsing
library is laxer than the app (text less indented than its property, a comment without a space before its #,
keys that appear twice) a `Fault` is raised here. Events come from yaml12; nothing is parsed in this file.
"""

from dataclasses import field
from typing import Any, Final

import yaml

from netnotes.lazy_dataclass import dataclass
from netnotes.text.frontmatter import scalars
from netnotes.text.frontmatter.yaml_substitutes import Readable

MAX_LEVELS: Final = 100
TOO_DEEP: Final = f"it is nested more than {MAX_LEVELS} levels deep"
MAX_VALUES: Final = 50_000
MAX_ALIAS_USES: Final = 100
"""The app's own bound on how often one anchor may be used, uses within other anchors multiplied."""

_TAG: Final = "tag:yaml.org,2002:"
_NO_KEY: Final = object()
_ENDS_OF_NAME: Final = frozenset(("", " ", "\t", "\r", "\n", ",", "]", "}"))


class Fault(ValueError):
    """Front matter that the app would not read, or that is beyond our bounds; `line` counts from 0."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """One top-level property and its place; offsets are characters into the text, lines count from 0."""

    key: str
    line: int
    key_start: int
    value_start: int
    value_end: int
    is_simple: bool
    """The value is one scalar on the line of its key, without anchor, alias or tag: it can be replaced there."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a text holds; `entries` only where that is a mapping."""

    value: object
    entries: tuple[Entry, ...] = ()
    in_braces: bool = False
    """A mapping written `{…}`, as JSON is."""
    column: int = 0
    """How far the top-level keys are indented."""


@dataclass(slots=True)
class _Node:
    """A finished value, with its position and its size."""

    value: object
    start: int
    end: int
    line: int
    is_scalar: bool = False
    is_simple: bool = False
    size: int = 1
    height: int = 0
    weight: int = 1
    """How often the aliases within are used, as the app counts."""
    uses: int = 1


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been reached."""

    node: _Node
    items: list[Any] | dict[str, Any]
    anchor: str | None
    tag: str | None
    in_flow: bool
    indent: int
    key: Any = _NO_KEY
    seen: set[tuple[type, object]] = field(default_factory=set)


class DocumentBuilder:
    """Takes events one by one; `document` is the result once `is_complete`."""

    def __init__(self, readable: Readable) -> None:
        self.document = Document(None)
        self.is_complete = False
        self._readable = readable
        self._text = readable.text
        self._open: list[_Open] = []
        self._entries: list[Entry] = []
        self._anchors: dict[str, _Node] = {}
        self._documents = 0
        self._size = 0

    def take(self, event: Any) -> None:
        """Add one event; raises Fault."""
        kind = type(event)
        if getattr(event, "anchor", None) is not None:
            self._check_anchor(event)
        if kind is yaml.ScalarEvent:
            self._place(self._scalar(event), event.anchor)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._begin(event, {} if kind is yaml.MappingStartEvent else [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._finish(event)
        elif kind is yaml.AliasEvent:
            self._place(self._alias(event), None)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise Fault("it ends before its last line: `---` or `...` inside the block", event.start_mark.line)
        elif kind is yaml.StreamEndEvent:
            self.is_complete = True

    def _scalar(self, event: Any) -> _Node:
        start, end = event.start_mark.index, event.end_mark.index
        line = event.start_mark.line
        on_one_line = line == event.end_mark.line
        value: object = event.value
        tag = event.tag
        if event.implicit[0] and not tag:
            if self._text.startswith("%", start):
                raise Fault("a value cannot begin with %: put it in quotes", line)
            value = self._plain(event.value, line)
        else:
            if tag:
                value = _tagged(tag, event.value)
            if event.style in ("'", '"'):
                self._check_indent(start, end, line)
                self._check_comment(end, line)
            if self._readable.originals and isinstance(value, str):
                value = self._readable.restore(value)
        is_scalar = not isinstance(value, list | dict)
        is_simple = is_scalar and on_one_line and not tag and event.anchor is None
        return _Node(value, start, end, line, is_scalar=is_scalar, is_simple=is_simple)

    def _plain(self, text: str, line: int) -> object:
        if self._readable.originals:
            dash = self._readable.lone_dash
            if dash and dash in text:
                if text != dash:
                    raise Fault("a list cannot begin on the line of its key", line)
                return [None]
            text = self._readable.restore(text)
        return scalars.resolve(text)

    def _alias(self, event: Any) -> _Node:
        line = event.start_mark.line
        meant = self._anchors.get(event.anchor)
        if meant is None:
            raise Fault(f"*{event.anchor} refers to no &{event.anchor} before it", line)
        meant.uses += 1
        weight = meant.uses * meant.weight
        if weight > MAX_ALIAS_USES:
            raise Fault(f"&{event.anchor} is used more than {MAX_ALIAS_USES} times", line)
        start, end = event.start_mark.index, event.end_mark.index
        return _Node(meant.value, start, end, line, size=meant.size, height=meant.height, weight=weight)

    def _begin(self, event: Any, items: list[Any] | dict[str, Any]) -> None:
        mark = event.start_mark
        if len(self._open) >= MAX_LEVELS:
            raise Fault(TOO_DEEP, mark.line)
        if event.anchor is not None:
            # Until its end is reached an anchor names nothing: within itself it would have no end.
            self._anchors.pop(event.anchor, None)
        node = _Node(items, mark.index, mark.index, mark.line, weight=0)
        self._open.append(_Open(node, items, event.anchor, event.tag, bool(event.flow_style), mark.column))

    def _finish(self, event: Any) -> None:
        done = self._open.pop()
        node = done.node
        node.end = event.end_mark.index
        if done.in_flow:
            if not (self._open and self._open[-1].in_flow):
                self._check_indent(node.start, node.end, node.line)
            self._check_comment(node.end, event.end_mark.line)
        if done.tag in (_TAG + "set", _TAG + "omap"):
            # The app holds an object here that shows no properties.
            node.value = {}
        if not self._open:
            in_mapping = isinstance(node.value, dict)
            entries = tuple(self._entries) if in_mapping else ()
            self.document = Document(node.value, entries, in_mapping and done.in_flow, done.indent)
            return
        self._place(node, done.anchor)

    def _place(self, node: _Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self.document = Document(node.value)
            return
        parent = self._open[-1]
        self._check_bounds(node)
        whole = parent.node
        whole.size += node.size
        whole.height = max(whole.height, node.height + 1)
        whole.weight = max(whole.weight, node.weight)
        if isinstance(parent.items, list):
            parent.items.append(node.value)
        elif parent.key is _NO_KEY:
            self._check_unique(parent, node)
            parent.key = node
        else:
            key: _Node = parent.key
            name = scalars.as_key(key.value)
            parent.items[name] = node.value
            parent.key = _NO_KEY
            if len(self._open) == 1:
                is_simple = node.is_simple and node.line == key.line
                self._entries.append(Entry(name, key.line, key.start, node.start, node.end, is_simple))

    def _check_bounds(self, node: _Node) -> None:
        if len(self._open) + node.height > MAX_LEVELS:
            raise Fault(TOO_DEEP, node.line)
        # Lists and mappings were counted while they grew; an alias counts with all its values.
        self._size += node.size if node.end > node.start and self._text[node.start] == "*" else 1
        if self._size > MAX_VALUES:
            raise Fault(f"it holds more than {MAX_VALUES} values", node.line)

    def _check_unique(self, parent: _Open, key: _Node) -> None:
        if not key.is_scalar:
            return
        token = (type(key.value), key.value)
        if token in parent.seen:
            raise Fault(f"the key `{scalars.as_key(key.value)}` appears twice", key.line)
        parent.seen.add(token)

    def _check_indent(self, start: int, end: int, line: int) -> None:
        """Refuse a value whose later lines are not indented more than the property it belongs to."""
        first, *later = self._text[start:end].split("\n")
        if not later or not self._open or self._open[-1].in_flow:
            return
        indent = self._open[-1].indent
        for number, row in enumerate(later, line + 1):
            content = row.lstrip(" ")
            is_closed_here = number == line + len(later) and content[:1] in ("]", "}") and first[:1] in "[{"
            is_text = content.strip() and not content.startswith("#")
            if is_text and len(row) - len(content) + is_closed_here <= indent:
                raise Fault("the value goes on less indented than it began", number)

    def _check_anchor(self, event: Any) -> None:
        name = ("*" if type(event) is yaml.AliasEvent else "&") + event.anchor
        end = self._text.find(name, event.start_mark.index) + len(name)
        if self._text[end : end + 1] not in _ENDS_OF_NAME:
            raise Fault("a name after & or * needs a space after it: put the value in quotes", event.start_mark.line)

    def _check_comment(self, end: int, line: int) -> None:
        if self._text.startswith("#", end):
            raise Fault("a comment needs a space before its #", line)


def _tagged(tag: str, text: str) -> object:
    """Return the value of a scalar with a tag: the core ones where they fit, else the text."""
    value = scalars.resolve(text)
    kind = tag.removeprefix(_TAG)
    if kind == "binary":
        # The app holds bytes here; no property shows them, so only their kind is kept.
        return {"type": "Buffer", "data": []}
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    fits = (
        (kind == "int" and scalars.is_integer(text))
        or (kind == "float" and is_number and not scalars.is_integer(text))
        or (kind == "bool" and isinstance(value, bool))
        or (kind == "null" and value is None)
    )
    return value if fits else text
