"""Logseq's page properties, `key:: value` lines in the first block of a page: read them, and change single ones.

Like `frontmatter.splice`, it changes nothing but the lines of these properties, and refuses an unsafe change.
"""

from __future__ import annotations

from collections.abc import Mapping

from netnotes.lazy_dataclass import dataclass
from netnotes.regex import regex
from netnotes.text.frontmatter.block import BYTE_ORDER_MARK
from netnotes.text.frontmatter.splice import Refused, Value

_LINE = regex(r"(?P<indent>[ \t]*(?:- )?)(?P<key>[^\W\d][\w ./-]{0,60})::[ \t]*(?P<value>[^\r\n]*)(?P<end>\r?\n|\Z)")


@dataclass(frozen=True, slots=True)
class Page:
    """The properties of the first block of a page."""

    properties: Mapping[str, str]
    """Key as written → value, trimmed."""
    spans: Mapping[str, tuple[int, int]]
    """Key → where its line begins and ends, its line end included."""
    start: int
    end: int
    indent: str
    """What further lines of the block begin with."""
    line_end: str


def read(text: str) -> Page | None:
    """Return the page properties of a text; None if its first line is not one."""
    start = at = len(text) - len(text.removeprefix(BYTE_ORDER_MARK))
    properties: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    indent, line_end = "", "\r\n" if "\r\n" in text else "\n"
    while match := _LINE.match(text, at):
        if at == start:
            indent = " " * len(match["indent"])
        elif "- " in match["indent"] or len(match["indent"].expandtabs(2)) < len(indent):
            break
        key = match["key"].strip()
        if key in properties:
            break
        properties[key] = match["value"].strip()
        spans[key] = (at, match.end())
        at = match.end()
        if not match["end"]:
            break
    return Page(properties, spans, start, at, indent, line_end) if properties else None


def rewrite(text: str, changes: Mapping[str, Value]) -> str:
    """Return `text` with page properties set, or deleted where the value is None. Raises Refused.

    New ones follow those that are there; a page without any gets a first block of its own.
    """
    page = read(text)
    old = dict(page.properties) if page else {}
    wanted = {key: None if value is None else spell(value) for key, value in changes.items()}
    expected = {**old, **{key: value for key, value in wanted.items() if value is not None}}
    expected = {key: value for key, value in expected.items() if key not in wanted or wanted[key] is not None}
    result = _in_page(text, page, wanted) if page else _before_page(text, wanted)
    after = read(result)
    if dict(after.properties if after else {}) != expected:
        raise Refused("the change would not be read back as intended", 1)
    return result


def spell(value: str | float) -> str:
    """Return a value as it is written. Raises Refused for one that would not stay on its line."""
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    if "\n" in text or "\r" in text or text != text.strip():
        raise Refused("the value cannot be written on one line")
    return text


def _in_page(text: str, page: Page, wanted: Mapping[str, str | None]) -> str:
    pieces: list[tuple[int, int, str]] = []
    added: list[str] = []
    for key, value in wanted.items():
        if key not in page.spans:
            if value is not None:
                added.append(f"{page.indent}{key}:: {value}{page.line_end}")
            continue
        begin, end = page.spans[key]
        if value is None:
            if begin == page.start and page.indent:
                raise Refused(f"`{key}` is on the line that begins the block", 1)
            pieces.append((begin, end, ""))
        elif page.properties[key] != value:
            line = text[begin:end]
            head = line[: line.index("::") + 2]
            tail = line[len(line.rstrip("\r\n")) :]
            pieces.append((begin, end, f"{head} {value}{tail}"))
    if added:
        # The last line of a file may have no end yet.
        gap = "" if text[: page.end].endswith("\n") else page.line_end
        pieces.append((page.end, page.end, gap + "".join(added)))
    result = text
    for begin, end, new in sorted(pieces, reverse=True):
        result = result[:begin] + new + result[end:]
    if not any(value is not None for value in {**page.properties, **wanted}.values()):
        result = text[: page.start] + result[page.start :].removeprefix(page.line_end)
    return result


def _before_page(text: str, wanted: Mapping[str, str | None]) -> str:
    line_end = "\r\n" if "\r\n" in text else "\n"
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    lines = "".join(f"{key}:: {value}{line_end}" for key, value in wanted.items() if value is not None)
    return f"{mark}{lines}{line_end if lines else ''}{text.removeprefix(mark)}"
