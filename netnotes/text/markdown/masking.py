"""What the parser is shown of a note: the same characters, except for masks over what it would misread.

- Comments (`%%`) and formulas (`$$`) that span blocks, which its grammar does not know, look like processing
  instructions, `<? … ?>`: blocks of their own that may hold blank lines, lists and fences.
- Wikilinks look like words: their content is not Markdown.
- Of very long lines it sees only the beginning, which bounds memory.

Pure text. The caller has the content of comments parsed separately, since the app indexes the links in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from netnotes.regex import regex

_MARK = regex(r"^[ \t>]*(`{3,}|~{3,}|%%|\$\$)", re.MULTILINE)
_BLANK_LINE = regex(r"\n[ \t>]*\r?\n")
_LINE_END = regex(r"[\r\n]")
_WIKILINK = regex(r"\[\[[^\[\]|`<$\n\r\\]+\]\]")
"""Without `|`, which would end a cell of a table, and without characters that may end code that began before it."""
_MARKS = "[]()!*_`$<>&~|\\#-+\n\r"
_MOST_MARKS = 600_000
"""Most characters of one note that may be Markdown syntax. A megabyte of prose has a tenth of that."""
_LONGEST_LINE = 200_000
"""Characters of one line that the parser is shown. The whole line is searched for wikilinks and tags."""


def masked(source: str) -> str:
    """Return `source` as the parser should see it."""
    seen = _without_comments(source)
    if len(seen) > _LONGEST_LINE:
        seen = _without_line_tails(seen)
    if "[" not in seen:
        return seen
    masked_links = _WIKILINK.sub(lambda match: "x" * len(match[0]), seen)
    # With the brackets of a wikilink masked, brackets around it might become the label of a definition.
    return seen if "]:" in masked_links else masked_links


def bounded(seen: str) -> str:
    """Return the beginning of `seen` that has at most _MOST_MARKS marks: each costs the parser some fifty bytes.

    That is all of any text that is not mostly marks.
    """
    if len(seen) <= _MOST_MARKS:
        return seen
    marks = sum(map(seen.count, _MARKS))
    if marks <= _MOST_MARKS:
        return seen
    end = len(seen) * _MOST_MARKS // marks
    return seen[: seen.rfind("\n", 0, end) + 1 or end]


def covered(seen: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `seen` with letters in place of `spans`, which do not overlap."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces += [seen[done:start], "x" * (end - start)]
        done = end
    return "".join([*pieces, seen[done:]])


def spanning(source: str, body: int = 0) -> Iterator[tuple[int, int, int]]:
    """Yield (start, where the closing mark begins, end) of each comment or formula of source[body:] that spans blocks.

    A comment that is never closed reaches to the end of the text, and its closing mark begins there.
    """
    if not (("%" in source and "%%" in source) or ("$" in source and "$$" in source)):
        return
    position = body
    fence = ""
    while match := _MARK.search(source, position):
        mark, at = match[1], match.start(1)
        position = _or_end(source, source.find("\n", at))
        rest = source[at + len(mark) : position]
        if fence:
            fence = "" if mark.startswith(fence) and not rest.strip() else fence
        elif mark[0] in "`~":
            fence = "" if mark[0] == "`" and "`" in rest else mark
        elif mark not in rest:
            close = source.find(mark, position)
            if mark == "%%" or (close >= 0 and _BLANK_LINE.search(source, at, close)):
                yield at, _or_end(source, close), (position := _or_end(source, close, 2))
            elif close >= 0:
                position = close + 2


def _or_end(source: str, found: int, length: int = 0) -> int:
    """Return `found + length`, or the end of the text if nothing was found."""
    return len(source) if found < 0 else found + length


def _without_comments(source: str) -> str:
    pieces: list[str] = []
    done = 0
    for start, close, end in spanning(source):
        inside = source[start + 2 : close].replace("?>", "??")
        pieces += [source[done:start], "<?", inside, "?>" if close < end else ""]
        done = end
    return "".join([*pieces, source[done:]]) if done else source


def _without_line_tails(seen: str) -> str:
    """Return `seen` with letters in place of the rest of lines longer than _LONGEST_LINE."""
    pieces: list[str] = []
    done = at = 0
    while len(seen) - at > _LONGEST_LINE:
        limit = at + _LONGEST_LINE
        line_end = max(seen.rfind("\n", at, limit + 1), seen.rfind("\r", at, limit + 1))
        if line_end < 0:
            match = _LINE_END.search(seen, limit)
            line_end = match.start() if match else len(seen)
            pieces += [seen[done:limit], "x" * (line_end - limit)]
            done = line_end
        at = line_end + 1
    return "".join([*pieces, seen[done:]]) if done else seen
