"""What the text of one note holds: links, tags, headings, blocks; and the links in its properties. Pure text.

The face of the modules beside it: plain reads most notes quickly, outline reads all of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from netnotes.vault import inline, outline, plain
from netnotes.vault.offsets import utf16
from netnotes.vault.syntax import LIMIT, Block, Heading, Link, Syntax, Tag

__all__ = [
    "LIMIT",
    "Block",
    "Heading",
    "Link",
    "PropertyLink",
    "Syntax",
    "Tag",
    "property_links",
    "read",
    "read_fully",
    "utf16",
]

_WIKILINK = re.compile(r"\[\[((?:(?!\[\[|\]\])[^\r\n])+)\]\]")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\r\n]*)\]\((?:<([^<>\r\n]*)>|([^\s<>()]*))\)")
MOST_VALUES = 20_000
"""Values of the properties of one note in which links are looked for."""


class PropertyLink(NamedTuple):
    """A link that is the whole value of a property, or of an item in it."""

    key: str
    """Where it stands: `author`, `people.0`, `project.lead`."""
    link: str
    """Text before `|`, with its subpath."""
    original: str
    display: str


def read(text: str, body: int = 0) -> Syntax:
    """Read the Markdown of text[body:]; `body` is where front-matter ends.

    Any text at all, with any line endings; a byte order mark at its begin is skipped.
    """
    body += text.startswith("\ufeff", body)
    return plain.read(text, body) or outline.read(text, body)


def read_fully(text: str, body: int = 0) -> Syntax:
    """Do what `read` does, with the full parser whatever the note is like. Slower; for comparison."""
    return outline.read(text, body + text.startswith("\ufeff", body))


def property_links(properties: Mapping[str, object]) -> tuple[PropertyLink, ...]:
    """Return the links in properties: texts and items of lists that are a link and nothing else.

    Looks at no more than MOST_VALUES values: aliases can make a small text an endless one.
    """
    links: list[PropertyLink] = []
    waiting: list[tuple[str, object]] = [("", properties)]
    for _ in range(MOST_VALUES):
        if not waiting:
            break
        key, value = waiting.pop()
        if isinstance(value, str):
            if value.startswith("[") and (found := _whole(value)):
                links.append(PropertyLink(key, found[0], value, found[1]))
        elif isinstance(value, Mapping | list | tuple):
            items = value.items() if isinstance(value, Mapping) else enumerate(value)
            inner = [(f"{key}.{name}" if key else str(name), item) for name, item in islice(items, MOST_VALUES)]
            waiting += reversed(inner)
    return tuple(links)


def _whole(value: str) -> tuple[str, str] | None:
    """Return (target, display) of a text that is one link; None for any other."""
    wikilink = _WIKILINK.fullmatch(value)
    if wikilink:
        return inline.split(wikilink[1])
    match = _MARKDOWN_LINK.fullmatch(value)
    target = inline.destination(match[2] or match[3] or "") if match else None
    return (target, match[1].strip()) if match and target else None
