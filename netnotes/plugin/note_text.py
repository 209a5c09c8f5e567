"""The part of a note's text that an encounter or mention was read from. Works on text alone; reads no file."""

from __future__ import annotations

import re

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|$)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")


def passage(text: str, line: int) -> str:
    """Return the passage of `text` that begins on the 1-based `line`; the empty string where there is no such line.

    A heading is taken with its section. Any other line is taken with the lines that continue it: those indented
    deeper, and the rest of its paragraph.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if not 1 <= line <= len(lines):
        return ""
    rest = lines[line - 1 :]
    heading = _HEADING.match(rest[0])
    end = _section_end(rest, len(heading[1])) if heading else _block_end(rest)
    return "\n".join(rest[:end]).rstrip()


def _section_end(lines: list[str], level: int) -> int:
    for at, line in enumerate(lines[1:], 1):
        heading = _HEADING.match(line)
        if heading and len(heading[1]) <= level:
            return at
    return len(lines)


def _block_end(lines: list[str]) -> int:
    margin = _margin(lines[0])
    ended = False
    for at, line in enumerate(lines[1:], 1):
        if not line.strip():
            ended = True
        elif _margin(line) <= margin and (ended or _ITEM.match(line) or _HEADING.match(line)):
            return at
        elif _margin(line) > margin:
            ended = False
    return len(lines)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())
