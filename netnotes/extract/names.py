"""Names in attendee fields: links, plain names, comma strings and lists of them. Finds names; knows nobody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WIKILINK = re.compile(r"!?\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\(<?([^()<>\n]+?)>?\)")


def folded(name: str) -> str:
    """Return `name` without case, accents and surplus space: two names are the same when this is."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).casefold().split())


def stem(path: str) -> str:
    """Return the name of a note without folder and ending."""
    return path.rpartition("/")[2].removesuffix(".md")


def names_in(value: object) -> Iterator[tuple[str | None, str]]:
    """Yield (link target or None, name) for each name in an attendee value."""
    if isinstance(value, dict):
        for key, item in value.items():
            # `- Ada: host` says who and as what; `name: Ada` says who.
            yield from names_in(item if str(key).casefold() in ("name", "person") else key)
    elif isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1 and isinstance(value[0][0], str):
            # Bare [[x]] in YAML is a list in a list: no link to the app, and yet plainly meant as one.
            yield value[0][0], value[0][0].rpartition("|")[2]
            return
        for item in value:
            yield from names_in(item)
    elif isinstance(value, str):
        yield from _in_text(value)


def _in_text(text: str) -> Iterator[tuple[str | None, str]]:
    rest, found = text, False
    for pattern, target, shown in ((_WIKILINK, 1, 2), (_MARKDOWN_LINK, 2, 1)):
        for match in pattern.finditer(rest):
            found = True
            name = match[shown] or stem(match[target].partition("#")[0])
            yield match[target].strip(), name.strip()
        rest = pattern.sub(",", rest)
    for part in rest.replace(";", ",").split(","):
        name = part.strip().strip("@")
        if name and not (found and name.casefold() in ("and", "&", "und", "et", "y")):
            yield None, name
