"""Bytes of one file → one Note. Pure: the bytes are given, nothing is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from netnotes.model import Note, Problem
from netnotes.vault import frontmatter, markdown, passages

LONGEST = 1_000_000
"""Characters of a note that are read; what stands behind them is left out, and said so."""


def note(path: str, data: bytes) -> Note:
    """Read one note. What cannot be read is a problem of the note, never an exception."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unread(path, digest, _encoding(data), line, "save it as UTF-8")
    if "\0" in text:
        return _unread(path, digest, "is no text: it holds NUL bytes", data.count(b"\n", 0, data.index(0)) + 1,
                       "move it out of the vault, or give it another ending")  # fmt: skip
    problems: list[Problem] = []
    if len(text) > LONGEST:
        problems.append(Problem(f"is read to its first {LONGEST:,} characters of {len(text):,}", path=path,
                                line=text.count("\n", 0, LONGEST) + 1, hint="part the note"))  # fmt: skip
        text = text[:LONGEST]
    block = frontmatter.read(text)
    if block.fault:
        problems.append(Problem(f"front-matter: {block.fault}", path=path, line=block.fault_line or 1,
                                hint="nothing is written to this note until it is mended"))  # fmt: skip
    syntax = markdown.read(text, block.end)
    found = passages.read(text, syntax)
    problems += [Problem(fault, path=path, line=line, hint="write a date like 2026-01-31") for line, fault in found.faults]
    return Note(
        path=path,
        digest=digest,
        block=block.kind.value,
        properties=block.properties,
        lines=block.lines,
        fields=found.fields,
        links=tuple(link.target for link in syntax.links),
        property_links=tuple((link.key, link.link) for link in markdown.property_links(block.properties)),
        tags=_tags(block.properties, syntax),
        passages=found.passages,
        problems=tuple(problems),
    )


def _unread(path: str, digest: str, message: str, line: int, hint: str) -> Note:
    return Note(path, digest, block="invalid", problems=(Problem(message, path=path, line=line, hint=hint),))


def _encoding(data: bytes) -> str:
    """Say what the bytes seem to be."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "is UTF-16, not UTF-8"
    return "is no text: it holds NUL bytes" if b"\0" in data[:8192] else "is not UTF-8"


def _tags(properties: Mapping[str, object], syntax: markdown.Syntax) -> tuple[str, ...]:
    """Return the tags of properties and body, each once, in lower case and without `#`."""
    found: dict[str, None] = {}
    for key, value in properties.items():
        if key.lower() == "tags":
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str) and (tag := item.strip().removeprefix("#")) and not any(map(str.isspace, tag)) and "," not in tag:
                    found[tag.lower()] = None
    found |= dict.fromkeys(tag.tag[1:].lower() for tag in syntax.tags)
    return tuple(found)
