"""Read a note quickly, if the first characters of each line show what kind of line it is.

These are paragraphs, lists, headings, fenced code, one-level quotes, and HTML comments on lines of their own. For
anything else (tables, escapes, math, HTML blocks, footnotes, code within lists…) the full parser is used.
Otherwise it finds exactly what the full parser finds: tests compare both on generated notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import repeat

from netnotes.regex import regex
from netnotes.text.markdown import inline, masking, tags
from netnotes.text.markdown.full import heading_text
from netnotes.text.markdown.inline import Span
from netnotes.text.markdown.syntax import LIMIT, Block, Heading, Link, Syntax, Tag
from netnotes.text.markdown.tree import CALLOUT

_SAFE = r"""(?:
    [A-Za-z]
  | `(?!`)
  | [^\s\x00-\x1f\#*_+=|>~`<$\\:%\[0-9-]
  | \#(?=[^\s\#])
  | \[(?![^\[\]]*+\]:)
  | [*]{1,2}(?=[^\s*])
  | _{1,2}(?=[^\s_])
  | ={1,2}(?=[^\s=])
  | :(?=[A-Za-z])
  | %(?!%) | %%(?=[^\n]*?%%)
  | (?![0-9]{1,9}[.)](?:\s|\Z))[0-9]
)"""
"""The first character of a line that is certainly text."""
_TEXT = rf"{_SAFE}[^\n]*+(?:\n[ \t]*+{_SAFE}[^\n]*+)*+"
"""A paragraph: further lines belong to it, however far they are indented."""
_QUOTED = rf">(?:[ ]{{1,4}}{_SAFE}[^\n]*+|[ ]*+)(?=\n|\Z)"
_TOKEN = regex(
    rf"""
    (?:
        ( {_TEXT} )
      | ( ([ \t]*)((?:[-*+]|[0-9]{{1,9}}[.)])[ ]{{1,4}})(?![ ])
          (?!\[[^\n]\](?:[\t\n]|\Z)) (?:\[[^\n]\][ ]++)?+ {_TEXT} )
      | ( \#{{1,6}}(?:[ ][^\n]*+)? )
      | ( (`{{3,}})[^`\n]*\n (?:(?![ ]{{0,3}}```)[^\n]*\n)*+ \7`*[ ]* )
      | ( {_QUOTED}(?:\n{_QUOTED})*+ )
      | ( <!--(?!-?>)(?>(?s:.*?)-->)[ \t]*+ )
      | ( (?:-{{3,}}|[*]{{3,}}|_{{3,}})[ ]*+ )
      | ( [ \t]++ )
    )
    (?:\n++|\Z)
  | (?s:.)
    """,
    re.VERBOSE,
)
_OTHER, _PARAGRAPH, _ITEM, _LEAD, _MARK, _HEADING, _FENCE, _QUOTE, _COMMENT, _RULE, _BLANK = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    8,
    9,
    10,
    11,
)
"""Groups of the pattern; 0, the whole match, is text that is not plain."""
_UNREAD = (_FENCE, _COMMENT)
_UNSURE_AFTER = {
    kind: {_PARAGRAPH: (_QUOTE,), _ITEM: (_QUOTE,), _RULE: (_PARAGRAPH, _ITEM, _QUOTE)}.get(kind, ())
    for kind in (_PARAGRAPH, _ITEM, _HEADING, _FENCE, _QUOTE, _COMMENT, _RULE, _BLANK)
}
"""Kind of block → kinds before it that it may belong to, or turn into a heading, unless a blank line is between."""
_INLINE_CODE = regex(
    r"`[^`\n]+`(?!`)|<[A-Za-z][A-Za-z0-9-]*[ ]*/?>|</[A-Za-z][A-Za-z0-9-]*[ ]*>|<!--(?!-?>)(?>[^\n]*?-->)"
)
"""Code between single backticks, a tag of HTML without attributes, a comment on one line."""
_ADDRESS = regex(r"\(([^\s()<>&\"'\\`$\x00-\x1f]*)(?: \"[^\"\n`\[]*\")?\)")
_BLANKS = " \t\x0b\x0c"
_LONGEST_LABEL = 1000
_LARGE = 4 * LIMIT
"""Characters of a note from which it is left to the full parser, which has a limit."""
_NO_LABEL = regex(r"\A\^|[\]\n`]")
_QUOTED_LINE = regex(r">[ ]*([^\n]*)")
_make = tuple.__new__
_Row = tuple[str, int, int, int, str | None, int, int]


def read(text: str, body: int = 0) -> Syntax | None:
    """Read text[body:] if it is plain; return None if the full parser is needed."""
    if len(text) > _LARGE or "\r" in text or next(masking.spanning(text, body), None):
        return None
    rows: list[_Row] = []
    headings: list[Heading] = []
    code: list[Span] = []
    if not _shape(text, body, rows, headings, code):
        return None
    if ("`" in text or "<" in text or "$" in text or "\\" in text) and not _certain(text, body, code):
        return None
    links: list[Link] = []
    found: list[Tag] = []
    excluded = code
    if "[" in text:
        spans = inline.wikilinks(text, body, len(text), code, links)
        addresses = _addresses(text, body, code, spans, links)
        if addresses is None or ("`" in text and any("`" in link.original for link in links)):
            return None
        excluded = sorted([*code, *spans, *addresses])
    if "#" in text and not tags.plain(text, body, len(text), excluded, found):
        return None
    if max(len(rows), len(links), len(found), len(code)) >= LIMIT:
        return None
    blocks = tuple(map(_make, repeat(Block), rows))
    return Syntax(tuple(links), tuple(found), tuple(headings), blocks, tuple(code))


def _shape(text: str, body: int, rows: list[_Row], headings: list[Heading], code: list[Span]) -> bool:
    """Fill in blocks, headings and code blocks; return whether every line was plain."""
    items: list[tuple[int, int]] = []
    """The items that contain the current position: (column where the content begins, index)."""
    line = text.count("\n", 0, body) + 1
    at = body
    first = len(text) - len(text[body:].lstrip("\n"))
    before = _BLANK
    count, add = text.count, rows.append
    for match in _TOKEN.finditer(text, first):
        kind = match.lastindex or _OTHER
        start, end = match.span(kind)
        if kind == _OTHER or (before in _UNSURE_AFTER[kind] and not text.startswith("\n\n", start - 2)):
            return False
        line += count("\n", at, start)
        at = start
        while text[end - 1] in _BLANKS and end > start:
            end -= 1
        if kind == _ITEM:
            if not _item(match, before, line, end, items, rows):
                return False
        elif kind == _PARAGRAPH:
            add(("paragraph", line, -1, 0, None, start, end))
        elif kind == _HEADING:
            raw = text[start:end]
            level = len(raw) - len(raw.lstrip("#"))
            headings.append(_make(Heading, (heading_text(raw), level, start, end)))
            add(("heading", line, -1, level, None, start, end))
        elif kind == _QUOTE:
            _quote(text, line, start, end, rows)
        elif kind in _UNREAD:
            code.append((start, end))
        before = kind
    return True


def _item(
    match: re.Match[str], before: int, line: int, end: int, items: list[tuple[int, int]], rows: list[_Row]
) -> bool:
    """Add a list item if it is certain which list it belongs to; return whether it was added."""
    text = match.string
    start = match.start(_LEAD)
    mark, content = match.span(_MARK)
    parent = -1
    if mark == start:
        if before == _PARAGRAPH and not _may_interrupt(text, mark, content) and not text.startswith("\n\n", start - 2):
            return False
        items.clear()
        items.append((content - mark, len(rows)))
    elif before != _ITEM or text.startswith("\n\n", start - 2):
        return False
    else:
        column = len(text[start:mark].expandtabs(4))
        depth = len(items)
        while items and column < items[-1][0]:
            items.pop()
        parent = items[-1][1] if items else -1
        if column - (items[-1][0] if items else 0) > 3 or (
            depth == len(items) and not _may_interrupt(text, mark, content)
        ):
            return False
        items.append((column + content - mark, len(rows)))
    task = text[content + 1] if text[content] == "[" and text.startswith("] ", content + 2) else None
    rows.append(("item", line, parent, 0, task, mark, end))
    return True


def _may_interrupt(text: str, mark: int, content: int) -> bool:
    """Return whether a list that begins with this mark may cut a paragraph short: one with bullets, or from 1 on."""
    return text[mark] in "-*+" or int(text[mark:content].rstrip()[:-1]) == 1


def _quote(text: str, line: int, start: int, end: int, rows: list[_Row]) -> None:
    """Add a quote of one level and its paragraphs. The first line of a callout is the quote's own text."""
    quote, own = len(rows), start
    paragraphs: list[tuple[int, int, int]] = []
    begun = False
    for match in _QUOTED_LINE.finditer(text, start, end):
        low, high = match.span(1)
        while high > low and text[high - 1] in _BLANKS:
            high -= 1
        if low == high:
            begun = False
        elif begun:
            paragraphs[-1] = (*paragraphs[-1][:2], high)
        elif not paragraphs and own == start and CALLOUT.match(text, low):
            own = high
        else:
            paragraphs.append((line, low, high))
            begun = True
        line += 1
    rows.append(("quote", line - text.count("\n", start, end) - 1, -1, 0, None, start, own))
    rows.extend(("paragraph", at, quote, 0, None, low, high) for at, low, high in paragraphs)


def _certain(text: str, body: int, code: list[Span]) -> bool:
    """Add inline code and HTML to `code`; return whether no character is left that only the full parser understands."""
    alone = list(code)
    at = _next_of(text, body)
    while at >= 0:
        if (end := _end_of_span(alone, at)) < 0:
            match = _INLINE_CODE.match(text, at)
            if match is None:
                return False
            end = match.end()
            code.append((at, end))
        at = _next_of(text, end)
    code.sort()
    for mark in "$\\":
        at = text.find(mark, body)
        while at >= 0:
            if (end := _end_of_span(code, at)) < 0:
                return False
            at = text.find(mark, end)
    return True


def _next_of(text: str, start: int) -> int:
    """Return where the next backtick or `<` is, -1 for nowhere."""
    tick, angle = text.find("`", start), text.find("<", start)
    return max(tick, angle) if tick < 0 or angle < 0 else min(tick, angle)


def _addresses(
    text: str, body: int, code: Sequence[Span], wikilinks: Sequence[Span], links: list[Link]
) -> list[Span] | None:
    """Add Markdown links of the simplest form and return the spans of their addresses; None if one is not so simple."""
    addresses: list[Span] = []
    at = text.find("]", body)
    while at >= 0:
        end = at + 1
        if text.startswith("(", end) and (end := _end_of_span(code, at)) < 0:
            first = text.rfind("[", max(body, at - _LONGEST_LABEL), at)
            label = text[first + 1 : at]
            match = _ADDRESS.match(text, at + 1)
            if first < 0 or match is None or _NO_LABEL.search(label) or text.startswith("[", first - 1):
                return None
            if _end_of_span(wikilinks, at) >= 0 or text.startswith("[[", at + 2):
                return None
            end = match.end()
            image = first > body and text[first - 1] == "!"
            if image:
                first -= 1
            addresses.append((first if image else at, end))
            if target := inline.destination(match[1]):
                links.append(_make(Link, (target, text[first:end], label.strip(), first, end, image)))
        at = text.find("]", end)
    if addresses:
        links.sort(key=lambda link: link.start)
    return addresses


def _end_of_span(spans: Sequence[Span], at: int) -> int:
    """Return the end of the span that holds `at`, -1 if none does."""
    index = bisect_left(spans, (at + 1,)) - 1
    return spans[index][1] if index >= 0 and spans[index][1] > at else -1
