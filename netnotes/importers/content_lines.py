"""Content lines, the form that vCards and calendars share (RFC 5545, RFC 6350), read tolerantly."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from netnotes.importers.records import UNDECODED

MOST_LINE = 20_000
"""Characters of a property that are read: longer ones are photos."""
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}


class Property(NamedTuple):
    """One property: its name and parameters in capitals, its value decoded."""

    name: str
    params: dict[str, list[str]]
    value: str
    raw_params: dict[str, str] = {}  # noqa: RUF012  # a default that nobody changes
    """Parameter → its value as written."""


def logical_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each logical line and the line, bounded. Joins folds and quoted-printable soft breaks."""
    parts: list[str] = []
    begin = size = 0
    soft = False
    for number, line in enumerate(lines, 1):
        raw = line.rstrip("\r\n")
        if parts and (soft or raw[:1] in (" ", "\t")):
            piece = raw if soft and raw[:1] not in (" ", "\t") else raw[1:]
        else:
            if parts:
                yield begin, "".join(parts)
            parts, begin, size, piece = [], number, 0, raw
        if soft and parts and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
        if size < MOST_LINE:
            parts.append(piece)
            size += len(piece)
        soft = piece.endswith("=") and _is_quoted(parts[0])
    if parts:
        yield begin, "".join(parts)


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line.partition(":")[0].upper()


def parse_line(line: str) -> Property | None:
    """Return the property of a logical line; None if it is not one."""
    head, colon, value = _split_head(line)
    if not colon:
        return None
    names, *rest = split(head if head.isascii() else _text(head.encode("utf-8", errors=UNDECODED), ()), ";")
    name = names.rpartition(".")[2].strip().upper()
    if not name:
        return None
    params: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for part in rest:
        key, equals, found = part.partition("=")
        if equals:
            written.setdefault(key.strip().upper(), _without_carets(found.strip('" ')))
            params.setdefault(key.strip().upper(), []).extend(item.strip('" ').upper() for item in found.split(","))
        else:
            params.setdefault("TYPE", []).append(key.strip().upper())
    return Property(name, params, _decoded(value, params), written)


def _without_carets(text: str) -> str:
    """Undo the escapes of a parameter (RFC 6868)."""
    return _CARET.sub(lambda found: _CARETS[found[1]], text) if "^" in text else text


def _split_head(line: str) -> tuple[str, str, str]:
    """Split a line at the first colon outside quotation marks."""
    quoted = False
    for at, char in enumerate(line[:2000]):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[:at], ":", line[at + 1 :]
    return line.partition(":")


def _decoded(value: str, params: dict[str, list[str]]) -> str:
    """Return a value as text: out of quoted-printable or Base64, in the charset that its line names."""
    encodings = {*params.get("ENCODING", ()), *params.get("TYPE", ())}
    raw = value.encode("utf-8", errors=UNDECODED)
    if encodings & {"QUOTED-PRINTABLE", "QUOTEDPRINTABLE"}:
        return _text(quopri.decodestring(raw), params.get("CHARSET", ()))
    if encodings & {"BASE64", "B"}:
        try:
            return _text(base64.b64decode(raw, validate=True), params.get("CHARSET", ()))
        except (binascii.Error, ValueError):
            return ""
    if value.isascii():
        return value
    # A file that was converted to UTF-8 often still names its old charset.
    return _text(raw, ("utf-8", *params.get("CHARSET", ())))


def _text(raw: bytes, charsets: Iterable[str]) -> str:
    for charset in (*charsets, "utf-8"):
        try:
            return raw.decode(charset)
        # A name of a charset may hold what Python refuses to look up.
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", errors="replace")


def split(text: str, mark: str) -> list[str]:
    """Split text at an unescaped mark outside quotation marks."""
    parts, start, quoted, skip = [], 0, False, False
    for at, char in enumerate(text):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif char == '"' and mark == ";":
            quoted = not quoted
        elif char == mark and not quoted:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return parts


def unescape(text: str) -> str:
    """Undo the escapes of a value."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
