"""Links in properties: a text, or an item of a list, that is a link from its first character to its last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.markdown.inline import destination, split

DEEPEST = 20
"""Levels of lists and mappings that are looked into."""
_WIKILINK = regex(r"!?\[\[((?:(?!\[\[|\]\])[^\n])*)\]\]")
_MARKDOWN = regex(r"!?\[([^\[\]\n]*)\]\((?:<([^<>\n]*)>|([^\s()<>]*))\)")


class PropertyLink(NamedTuple):
    """One link in a property."""

    key: str
    """The property; for an item of a list with its place from 0: `people.0`."""
    link: str
    original: str
    display: str


def read(properties: Mapping[str, object]) -> tuple[PropertyLink, ...]:
    """Return the links of all properties in their order."""
    return tuple(link for key, value in properties.items() for link in _links(key, value, 0))


def _links(key: str, value: object, level: int) -> Iterator[PropertyLink]:
    if isinstance(value, str):
        if "](" in value or "[[" in value:
            yield from _of_text(key, value.strip())
    elif isinstance(value, list | dict) and level < DEEPEST:
        items = enumerate(value) if isinstance(value, list) else value.items()
        for name, item in items:
            yield from _links(f"{key}.{name}", item, level + 1)


def _of_text(key: str, text: str) -> Iterator[PropertyLink]:
    if match := _WIKILINK.fullmatch(text):
        if parts := split(match[1]):
            yield PropertyLink(key, parts[0], text, parts[1])
    elif match := _MARKDOWN.fullmatch(text):
        target = destination(match[2] if match[2] is not None else match[3])
        if target:
            yield PropertyLink(key, target, text, match[1] or target)
