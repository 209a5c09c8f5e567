"""Read any note: from the events of the Markdown parser to links, tags, headings and blocks.

Takes blocks, code, HTML, math and Markdown links from the parser; finds wikilinks and tags by itself. Does not read
front matter. Never fails: any text is valid Markdown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import islice
from operator import attrgetter
from typing import Any

import pyromark

from netnotes.regex import regex
from netnotes.text.markdown import app_blocks, inline, masking, tags
from netnotes.text.markdown.inline import Span
from netnotes.text.markdown.offsets import characters
from netnotes.text.markdown.syntax import LIMIT, Heading, Link, Syntax, Tag
from netnotes.text.markdown.tree import Tree

_PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
)
_CONTAINERS = {"Item": "item", "BlockQuote": "quote", "FootnoteDefinition": ""}
_RUNS = frozenset({"Paragraph", "Heading", "TableCell"})
_ROWS = frozenset({"TableHead", "TableRow"})
_UNREAD = frozenset({"CodeBlock", "HtmlBlock"})
_LINKS = frozenset({"Link", "Image"})
_MARKUP = frozenset({*_LINKS, "Emphasis", "Strong", "Strikethrough"})
_NOT_TEXT = frozenset({"Code", "InlineHtml", "InlineMath", "DisplayMath"})
_BLANKS = " \t\r\n"
_BLANKS_OR_QUOTE = " \t\r\n>"
_ATX = regex(r"#{1,6}(?:[ \t]+|\Z)")
_START_OR_END = frozenset({"Start", "End"})
_NO_RUN, _UNREADABLE = -1, -2
_EVENTS = 6 * LIMIT
"""Most events of the parser that are processed."""
_COMMENTS = 1000
"""Most comments over several blocks whose content is read."""
_START = attrgetter("start")
_REPAIRS = 2
"""How often a note is parsed again because a wikilink cut through code: fixing one such place may reveal the next."""


def read(text: str, body: int = 0) -> Syntax:
    """Read the Markdown of text[body:] with the full parser."""
    whole = masking.masked(text[body:])
    seen = masking.bounded(whole)
    found = _Walk(text, body, seen)
    for _ in range(_REPAIRS):
        if not found.conflicts:
            break
        seen = masking.covered(seen, [(start - body, end - body) for start, end in found.conflicts])
        del found
        found = _Walk(text, body, seen)
    cut = len(seen) < len(whole)
    for start, end in found.comments[:_COMMENTS]:
        inside = masking.bounded(masking.masked(text[start:end].replace("%%", "  ")))
        found.take(_Walk(text, start, inside))
        cut = cut or len(inside) < end - start
    return found.syntax(cut=cut)


def heading_text(raw: str) -> str:
    """Return the text of a heading without its marks: `#` before and after, or the line below."""
    mark = _ATX.match(raw)
    if mark is None:
        return raw[: max(raw.rfind("\n"), raw.rfind("\r"), 0)].strip()
    text = raw[mark.end() :].rstrip()
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else text


class _Walk:
    """One pass over the events of one text."""

    __slots__ = (
        "_around",
        "_char",
        "_cut",
        "_excluded",
        "_inside",
        "_run",
        "_seen_at",
        "_text",
        "_tree",
        "code",
        "comments",
        "conflicts",
        "headings",
        "links",
        "tags",
    )

    def __init__(self, text: str, body: int, seen: str) -> None:
        """Walk through `seen`, which corresponds to text[body:] character by character."""
        self.links: list[Link] = []
        self.tags: list[Tag] = []
        self.headings: list[Heading] = []
        self.code: list[Span] = []
        self.comments: list[Span] = []
        """Comments that span blocks."""
        self.conflicts: list[Span] = []
        """Wikilinks that cut through what the parser took for code or for a Markdown link."""
        self._text = text
        self._tree = Tree(text)
        self._cut = False
        self._run = _NO_RUN
        """Where the present run of inline text begins."""
        self._excluded: list[Span] = []
        self._around: list[tuple[int, str, Any]] = []
        """Markdown links around the current position: where they begin, Link or Image, the parser's data."""
        self._inside = 0
        """How many bytes the text of the innermost of them reaches to."""
        self._char = _places(seen, body)
        self._seen_at = (seen, body)
        self._read_events(seen)

    def take(self, inner: _Walk) -> None:
        """Add the links, tags and code found inside a comment; its blocks and headings do not count."""
        self.links += inner.links
        self.tags += inner.tags
        self.code += inner.code
        self._cut = self._cut or inner._cut or self._enough()

    def syntax(self, *, cut: bool) -> Syntax:
        """Return everything found, in the order of the text; `cut` if something was left out. To be called once."""
        self.links.sort(key=_START)
        self.code.sort()
        self.tags.sort(key=_START)
        found = app_blocks.corrected(self._text, self._seen_at[1], self.code, self.tags)
        blocks = self._tree.take()
        return Syntax(tuple(self.links), tuple(found), tuple(self.headings), blocks, tuple(self.code), cut or self._cut)

    def _read_events(self, seen: str) -> None:
        last = 0
        events: Any = _PARSER.events_with_range(seen, merge_text=True)
        for event, span in islice(events, _EVENTS):
            if type(event) is str:
                if event == "Rule":
                    self._finish(last)
                    self._tree.pass_by()
                continue
            ((kind, what),) = event.items()
            name = kind
            if kind in _START_OR_END:
                name = what if type(what) is str else next(iter(what))
                if name not in _MARKUP:
                    (self._start if kind == "Start" else self._end)(name, what, span, last)
                    if self._cut:
                        return
                    continue
            if self._run != _UNREADABLE:
                last = self._inline(kind, name, what, span, last)
                if self._cut:
                    break
        self._finish(last)
        self._cut = self._cut or self._enough() or next(events, None) is not None

    def _enough(self) -> bool:
        return self._tree.full() or max(len(self.links), len(self.tags), len(self.code)) >= LIMIT

    def _start(self, name: str, what: Any, span: Any, last: int) -> None:
        """Record that a block begins; `last` is the byte after the inline text before it."""
        self._finish(last)
        self._cut = self._enough()
        text, start, end = self._text, self._char(span["start"]), self._char(span["end"])
        while start < end and text[start] in (_BLANKS_OR_QUOTE if name == "Item" else _BLANKS):
            # With tabs, the parser lets a block begin at the blanks before it.
            start += 1
        if name in _CONTAINERS:
            self._tree.enter(_CONTAINERS[name], start)
        elif name == "Paragraph":
            self._run = start
            self._tree.run(start, end)
        elif name == "Heading":
            self._run = start
            self._tree.add("heading", start, int(what[name]["level"][1]))
        elif name == "TableCell":
            self._run = start
        elif name in _ROWS:
            self._tree.add("row", start)
            self._tree.end(end)
        elif name in _UNREAD:
            self._unread(start, self._tree.stripped(start, end))

    def _end(self, name: str, what: Any, span: Any, last: int) -> None:
        """Record that a block ends; `last` is the byte after the inline text in it."""
        if name in _RUNS:
            start = self._run
            self._finish(span["end"])
            if name == "Heading" and self._tree.top():
                end = self._tree.stripped(start, self._char(span["end"]))
                self.headings.append(Heading(heading_text(self._text[start:end]), int(what[name][1]), start, end))
        elif name in _CONTAINERS:
            self._finish(last)
            self._tree.leave()
        elif name in _UNREAD:
            self._run = _NO_RUN

    def _unread(self, start: int, end: int) -> None:
        """Record a block of code or HTML, or a comment that was masked as HTML."""
        seen, body = self._seen_at
        if self._text.startswith("%%", start) and seen.startswith("<?", start - body):
            self.comments.append((start, end))
            self._tree.add("comment", start)
            self._tree.end(end)
        else:
            self.code.append((start, end))
            self._tree.pass_by()
        self._run = _UNREADABLE

    def _inline(self, kind: str, name: str, what: Any, span: Any, last: int) -> int:
        """Record inline text, or the start or end of markup; return the byte after the inline text so far."""
        if self._run == _NO_RUN:
            self._item_text(self._char(span["start"]))
        if kind == "Start":
            if name in _LINKS:
                start = self._char(span["start"])
                self._around.append((start, name, what[name]))
                self._inside = span["start"] + (1 if name == "Link" else 2)
            return last
        end: int = span["end"]
        if name in _LINKS:
            self._link(self._char(self._inside), self._char(end))
        elif name in _NOT_TEXT:
            self._record_non_text(name, self._char(span["start"]), self._char(end))
        self._inside = end
        return end

    def _item_text(self, start: int) -> None:
        """Begin a run of text that no paragraph holds: that of an item in a list without blank lines."""
        if start and self._text[start - 1] == "\\":
            start -= 1
        self._run = start
        self._tree.run(start, start)

    def _link(self, inside: int, end: int) -> None:
        """End a Markdown link or image whose text reaches to `inside`; keep it if it leads into the vault."""
        start, name, data = self._around.pop()
        image = name == "Image"
        middle = max(self._text.find("]", inside, end), inside)
        if data["link_type"] in {"Autolink", "Email"} or (image and not self._text.startswith("[[", start + 1)):
            while self._excluded and self._excluded[-1][0] >= start:
                self._excluded.pop()
            self._excluded.append((start, end))
        elif data["link_type"] != "Shortcut":
            self._excluded.append((middle, end))
        target = inline.destination(data["dest_url"]) if data["link_type"] == "Inline" else None
        if target and self._text.startswith("[[", middle + 2) and self._text.endswith("]])", middle, end):
            # A Logseq link with its own text: `[Basią]([[Basia Nowicka]])`. The inner brackets are masked.
            target = self._text[middle + 4 : end - 3].partition("|")[0].strip()
        if target and all(outer != "Image" for _, outer, _ in self._around):
            label = self._text[start + 1 + image : middle].strip()
            self.links.append(Link(target, self._text[start:end], label, start, end, image))
            self._cut = len(self.links) >= LIMIT

    def _record_non_text(self, name: str, start: int, end: int) -> None:
        """Record inline code, HTML or math. In the app, a `$` before a digit does not end a formula."""
        if name == "InlineMath" and self._text[end : end + 1].isdecimal():
            return
        end = self._tree.stripped(start, end)
        self.code.append((start, end))
        self._excluded.append((start, end))
        self._cut = len(self.code) >= LIMIT

    def _finish(self, last: int) -> None:
        """End the run of inline text at byte `last`, and look for wikilinks and tags in it."""
        if self._run < 0:
            return
        text, start, end, excluded = self._text, self._run, self._char(last), self._excluded
        wikilinks = inline.wikilinks(text, start, end, excluded, self.links) if text.find("[", start, end) >= 0 else []
        if excluded and wikilinks:
            begins = [span[0] for span in excluded]
            for span in wikilinks:
                following = bisect_right(begins, span[0])
                if following < len(excluded) and begins[following] < span[1]:
                    self.conflicts.append(span)
        if text.find("#", start, end) >= 0:
            tags.find(text, start, end, wikilinks, self.tags)
        self._tree.end(end)
        self._run = _NO_RUN
        if excluded:
            self._excluded = []


def _places(seen: str, body: int) -> Callable[[int], int]:
    """Return a function from byte offsets in `seen` to character offsets in the text it is the end of."""
    if seen.isascii():
        return body.__add__
    place = characters(seen)
    return lambda offset: place(offset) + body
