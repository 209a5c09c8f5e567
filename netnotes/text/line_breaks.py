"""Split a text into lines; in a paragraph, join the lines that an editor wrapped."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from netnotes.regex import regex
from netnotes.text.lexicon.words import fold, numbered

_END = regex(r"(?<=\n)|(?<=\r)(?!\n)")
_CONTINUED = regex(r"[.!?:;…)\]]\s*$")
_BEGINS_ANEW = regex(r"[ \t>]*+(?:\d|\[\[?\d|[*_]{1,2}\d|[-*+] |[^\W\d_][\w ]{0,40}:{1,2}(?: |$))")
_FIELD_LINE = regex(r"[ \t>]*+[^\W\d_][\w /-]{0,40}:: ")
_FIRST_WORD = regex(r"[ \t>*_]*+([^\W\d_]{2,14}(?:-feira)?)\.?[*_]*(?:,? \d|[:,.–-]|\s*$)")
"""The word that a line begins with, if a number, a sign or nothing follows."""
_LETTERS = regex(r"[^\W\d_]+")
_DATE_WORDS = frozenset("st nd rd th er of de del le den".split())
"""Words of a date beside those of weekdays and months."""
_LONGEST_DAY = 40
_WRAPPED = 60
"""Characters of a line from which an editor may have wrapped it."""
_SHORTEST_WRAPPED = 40
"""The same if the next line begins in lower case; shorter lines are those of a diary in lower case."""


def lines_with_ends(text: str) -> list[str]:
    r"""Return the lines of a text with their ends (`\n`, `\r\n`, `\r`), as editors count them."""
    if "\r" not in text:
        # The common case, many times as fast.
        return lines_at_line_feeds(text)
    lines = _END.split(text)
    return lines if lines[-1] else lines[:-1]


def lines_at_line_feeds(text: str) -> list[str]:
    """Return the lines of a text, split at line feeds only, with their ends."""
    return StringIO(text, newline="\n").readlines()


def lines_of_paragraph(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, number from 0) of the lines of a paragraph; a wrapped line counts as one."""
    if "\n" not in text:
        yield 0, len(text), 0
        return
    start = at = first = 0
    before = ""
    for number, line in enumerate(lines_with_ends(text)):
        fields = before and _FIELD_LINE.match(before) and _FIELD_LINE.match(line)
        wrapped = fields or (
            before
            and not _CONTINUED.search(before)
            and not _is_day(before)
            and not _BEGINS_ANEW.match(line)
            and not _begins_with_weekday(line)
            and len(before) >= (_SHORTEST_WRAPPED if line.lstrip(" \t>")[:1].islower() else _WRAPPED)
        )
        if before and not wrapped:
            yield start, at, first
            start, first = at, number
        before = line.rstrip()
        at += len(line)
    yield start, at, first


def _begins_with_weekday(line: str) -> bool:
    """Return whether a line of a diary begins with a day: `måndag 12 jan.`, `lunes:`; not `lunes y martes`."""
    match = _FIRST_WORD.match(line)
    return match is not None and fold(match[1]) in numbered("weekdays")


def _is_day(line: str) -> bool:
    """Return whether a line has only the words of a date: `Mon 2 Nov`, `2 de marzo`, `13/05/2025`."""
    if len(line) > _LONGEST_DAY or not any(map(str.isdigit, line)):
        return False
    words = map(fold, _LETTERS.findall(line))
    return all(word in _DATE_WORDS or word in numbered("weekdays") or word in numbered("months") for word in words)
