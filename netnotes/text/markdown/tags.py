"""Tags in one run of inline text, found as the app finds them.

The app splits a run into pieces from left to right: code, elements, formulas, links, emphasis. A tag begins after
white space, at the start of a piece, or right after a piece. Marks without a partner are plain text, and no tag begins
after them. Pure text; failed searches are remembered, so that the time grows with the length of the run.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text.markdown.inline import Span
from netnotes.text.markdown.syntax import LIMIT, Tag

_TAG = regex(r"#([^\s\x00-,.:-@\[-^`{-\x7f\u2000-\u206f\u2e00-\u2e7f]*)")
_DIGITS = "0123456789"
_SPECIAL = regex(_TAG.pattern + r"|[`<\[*_~=$\\]|!\[|https?://|mailto:")
_IN_ROW = regex(_SPECIAL.pattern + r"|\|")
_ENDS_PIECE = "*_~=)]>`$\\["
"""Characters that may be right before a tag, if they close a piece; without a partner, there is no tag."""
_MAY_CLOSE = regex(r"_(?!\w)|__", re.ASCII)
# Each alternative begins with a different character, which makes searching many times as fast.
_MAY_HIDE = regex(r"\[\^|\](?<=[^\]]\])\[(?!\[)|!\[(?!\[)[^\[\]\n]*+\](?!\()")
"""Footnotes, labels of references and images without an address, which contain no tags."""
_make = tuple.__new__
_WHOLE = regex(r"\\[!-/:-@\[-`{-~]|\||(?:https?://|mailto:)[^\s<\])]+")
"""An escaped character, the bar before a cell, a bare address."""
_ATTRIBUTE = (
    r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']{0,999}+'|"[^"]{0,999}+")|(?=[\s/>])(?!\s*+=))"""
)
_ELEMENT = regex(
    rf"<[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE}){{0,50}}+\s*+/?>|</[A-Za-z][A-Za-z0-9-]*+\s*+>"
    r"|<[A-Za-z][A-Za-z0-9+.-]{0,31}+:[^\s<>]{0,999}+>|<[^\s<>@]{1,99}+@[^\s<>]{1,199}+>"
)
_DESTINATION = regex(
    r"\(\s*+(?:<[^<>\n]{0,999}+>|[^\s()]{0,999}+(?:\([^\s()]{0,999}+\)[^\s()]{0,999}+){0,9}+)"
    r"(?:\s++(?:\"[^\"]{0,999}+\"|'[^']{0,999}+'|\([^()]{0,999}+\)))?+\s*+\)"
)
_LABEL = regex(r"\[(?!\^)((?:\\.|[^\[\]\\]){0,999}+)\]", re.DOTALL)
_PAIRED = {mark: regex(rf"\\[\s\S]|{re.escape(mark)}") for mark in "*_"}
_DOUBLED = {mark: regex(rf"\\[\s\S]|{re.escape(mark * 2)}(?!{re.escape(mark)})") for mark in "*_"}
_STRUCK = {mark: regex(rf"(?<=\S){mark}{mark}") for mark in "~="}
_CLOSING = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
_TWO_DOLLARS = regex(r"\$\$")
_WORD = regex(r"\w", re.ASCII)
_BRACKETS = regex(r"\\[\s\S]|[\[\]]")
_DOLLARS = regex(r"\\[\s\S]|\$")
_TICKS = regex(r"`+")
_QUOTE_MARKS = regex(r"[ \t>]*")
_LONGEST_RUN = 100_000
"""Longest run of characters that is searched for several tags; in a longer one, a tag follows only white space."""
_DEEPEST = 16
"""Most levels of pieces within pieces that are looked into."""


def find(text: str, start: int, end: int, wikilinks: Sequence[Span], found: list[Tag], *, row: bool = False) -> None:
    """Append the tags of the run text[start:end] to `found`; `wikilinks` are spans in order, without overlaps.

    In a `row` of a table, each bar begins a cell.
    """
    if text.find("#", start, end) >= 0:
        _Run(text, start, end, wikilinks, found).read(_IN_ROW if row else _SPECIAL)


def plain(text: str, start: int, end: int, excluded: Sequence[Span], found: list[Tag]) -> bool:
    """Append the tags of text[start:end] to `found` if each begins after white space; else return False.

    `excluded` are spans in order, without overlaps, in which no tag begins.
    """
    at = text.find("#", start, end)
    upcoming = iter(excluded)
    low, high = next(upcoming, (end, end))
    while at >= 0 and (match := _TAG.match(text, at, end)):
        while high <= at and low < end:
            low, high = next(upcoming, (end, end))
        if low <= at:
            at = text.find("#", high, end)
            continue
        name, after = match[1], match.end()
        before = text[at - 1] if at > start else " "
        if name and not before.isspace() and (before in _ENDS_PIECE or (found and found[-1].end == at)):
            return False
        if before.isspace() and name.strip(_DIGITS):
            if "_" in name and _MAY_CLOSE.search(name):
                return False
            found.append(_make(Tag, (match[0], at, after)))
        at = text.find("#", after, end)
    hiding = found and ("!" in text or "^" in text or "][" in text)
    return not (hiding and _MAY_HIDE.search(text, start, end))


class _Run:
    """A run of inline text while it is split into pieces."""

    __slots__ = (
        "_around",
        "_at",
        "_close",
        "_dollars",
        "_end",
        "_failed",
        "_found",
        "_fresh",
        "_last",
        "_links",
        "_start",
        "_text",
        "_ticks",
    )

    def __init__(self, text: str, start: int, end: int, wikilinks: Sequence[Span], found: list[Tag]) -> None:
        self._text = text
        self._start = self._at = self._fresh = start
        """`_fresh` is where a piece begins or has just ended."""
        self._end = self._last = end
        """The end of the current piece, and that of the run."""
        self._links = dict(wikilinks)
        self._found = found
        self._around: list[Span] = []
        """Of each piece around the current one: where it continues, and its end."""
        self._failed: dict[tuple[str, int], int] = {}
        """(mark, end of the piece) → offset before which no such mark has a partner."""
        self._close: dict[int, tuple[int, bool]] | None = None
        self._ticks: dict[int, list[int]] | None = None
        """Length → where runs of that many backticks begin; under 0, where any run ends."""
        self._dollars: list[int] | None = None

    def read(self, special: re.Pattern[str]) -> None:
        """Split the run where `special` matches, and record its tags."""
        whole = self._end - self._start <= _LONGEST_RUN
        while len(self._found) < LIMIT:
            match = special.search(self._text, self._at, self._end)
            if match is None:
                if not self._around:
                    return
                self._fresh, self._end = self._around.pop()
                self._at = self._fresh
                continue
            self._at = match.start()
            if match[1] is not None:
                self._tag(match)
            elif not whole or not self._piece(match[0]):
                self._at += 1

    def _tag(self, match: re.Match[str]) -> None:
        """Record the tag that was matched, if one may begin here."""
        at, after = match.span()
        self._at = after
        name = match[1]
        if name.strip(_DIGITS) and (at == self._fresh or self._may_begin(at)):
            self._found.append(Tag(match[0], at, after))
            self._fresh = after

    def _may_begin(self, at: int) -> bool:
        before = self._text[at - 1]
        if before == ">":
            line = self._text.rfind("\n", self._start, at) + 1
            return line > 0 and _QUOTE_MARKS.fullmatch(self._text, line, at) is not None
        return before.isspace()

    def _piece(self, mark: str) -> bool:
        """Skip or enter the piece that begins here; return whether one does."""
        if mark == "`":
            return self._code()
        if mark == "<":
            return self._element()
        if mark == "$":
            return self._formula()
        if mark in "*_":
            return self._strong(mark) or self._emphasis(mark)
        if mark in "~=":
            return self._struck(mark)
        if mark in {"[", "!["}:
            return self._bracket(self._at + len(mark) - 1, image=len(mark) > 1)
        return self._pass(_WHOLE.match(self._text, self._at, self._end))

    def _pass(self, match: re.Match[str] | None) -> bool:
        if match is None:
            return False
        self._at = self._fresh = match.end()
        return True

    def _pass_to(self, after: int) -> bool:
        self._at = self._fresh = after
        return True

    def _enter(self, start: int, end: int, after: int) -> bool:
        """Continue inside the piece text[start:end]; the text around it continues at `after`."""
        if len(self._around) >= _DEEPEST:
            return self._pass_to(after)
        self._around.append((after, self._end))
        self._end = end
        return self._pass_to(start)

    def _code(self) -> bool:
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text, self._start, self._last):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
                self._ticks.setdefault(0, []).append(run.end())
        ends = self._ticks[0]
        after = min(ends[bisect_left(ends, self._at + 1)], self._end)
        length = after - self._at
        places = self._ticks.get(length, [])
        following = bisect_left(places, after)
        if following == len(places) or places[following] + length > self._end:
            return False
        return self._pass_to(places[following] + length)

    def _element(self) -> bool:
        opening = next((mark for mark in _CLOSING if self._text.startswith(mark, self._at)), None)
        if opening is None:
            return self._pass(_ELEMENT.match(self._text, self._at, self._end))
        close = self._partner(opening, re.compile(re.escape(_CLOSING[opening])), len(opening))
        return close >= 0 and self._pass_to(close + len(_CLOSING[opening]))

    def _formula(self) -> bool:
        at, text = self._at, self._text
        if text.startswith("$$", at):
            close = self._partner("$$", _TWO_DOLLARS, 3)
            return close >= 0 and self._pass_to(close + 2)
        if text[at + 1 : at + 2] in {" ", "\t", ""}:
            return False
        if self._dollars is None:
            self._dollars = [
                match.start()
                for match in _DOLLARS.finditer(text, self._start, self._last)
                if match[0] == "$"
                and text[match.start() - 1] not in " \t"
                and text[match.end() : match.end() + 1] not in tuple(_DIGITS)
            ]
        following = bisect_left(self._dollars, at + 2)
        if following == len(self._dollars) or self._dollars[following] >= self._end:
            return False
        return self._pass_to(self._dollars[following] + 1)

    def _strong(self, mark: str) -> bool:
        at, text = self._at, self._text
        if not text.startswith(mark * 2, at):
            return False

        close = self._partner(mark * 2, _DOUBLED[mark], 2)
        return close >= 0 and bool(text[at + 2 : close].strip()) and self._enter(at + 2, close, close + 2)

    def _emphasis(self, mark: str) -> bool:
        """Enter emphasis: up to the next single mark; an underscore before a letter or digit does not close."""
        at, text, end = self._at, self._text, self._end
        if at < self._failed.get((mark, end), 0):
            return False
        place = at + 1
        while match := _PAIRED[mark].search(text, place, end):
            place = match.end()
            if match[0] != mark:
                continue
            close = match.start()
            if text.startswith(mark, place) and place < end:
                place += 1
                continue
            if close == at + 1 or text[at + 1 : close].isspace():
                return False
            if text[close - 1] == mark:
                self._failed[mark, end] = close
                return False
            if mark == "_" and _WORD.match(text, place, end):
                continue
            return self._enter(at + 1, close, place)
        self._failed[mark, end] = end
        return False

    def _struck(self, mark: str) -> bool:
        at, text = self._at, self._text
        if not text.startswith(mark * 2, at) or text[at + 2 : at + 3].isspace():
            return False

        close = self._partner(mark * 2, _STRUCK[mark], 3)
        return close >= 0 and self._enter(at + 2, close, close + 2)

    def _partner(self, mark: str, pattern: re.Pattern[str], length: int) -> int:
        """Return where the partner of `mark` begins, -1 for nowhere; failed searches are remembered.

        `pattern` matches partners, and escapes in which there is none; the search begins `length` characters from here.
        """
        key = (mark, self._end)
        if self._at < self._failed.get(key, 0):
            return -1
        for match in pattern.finditer(self._text, self._at + length, self._end):
            if match[0][0] != "\\":
                return match.start()
        self._failed[key] = self._end
        return -1

    def _bracket(self, at: int, *, image: bool) -> bool:
        """Enter the text of a link, of a reference or of plain brackets; skip an image or a footnote."""
        text = self._text
        if after := self._links.get(at):
            return self._pass_to(after)
        close, nested = self._brackets().get(at, (-1, False))
        if close < 0 or close >= self._end or close == at + 1:
            return False
        after = close + 1
        if link := _DESTINATION.match(text, after, self._end):
            after = link.end()
        elif (label := _LABEL.match(text, after, self._end)) and (label[1] or not nested):
            after = label.end()
        elif nested:
            return False
        if image or text[at + 1] == "^":
            return self._pass_to(after)
        return self._enter(at + 1, close, after)

    def _brackets(self) -> dict[int, tuple[int, bool]]:
        """Return offset of an opening bracket → (its partner, whether there are brackets inside)."""
        if self._close is None:
            self._close = {}
            opened: list[list[int]] = []
            for match in _BRACKETS.finditer(self._text, self._start, self._last):
                if match[0] == "[":
                    if opened:
                        opened[-1][1] = 1
                    opened.append([match.start(), 0])
                elif match[0] == "]" and opened:
                    first, nested = opened.pop()
                    self._close[first] = (match.start(), bool(nested))
        return self._close
