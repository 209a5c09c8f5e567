"""Where a line of a note names somebody: links, `@Name` and plain names. Knows nobody; proposes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from sys import intern
from typing import NamedTuple

from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed, tables

LINK, AT, NAME, EMBED = "link", "at", "name", "embed"
"""How somebody is named."""
MOST_NAMES = 40
"""Plain names of one line that are kept: more is a list of something else."""
_AT = re.compile(r"(?<![\w.@/+-])@([^\W\d_][\w'’-]{0,40}(?:[ ][^\W\d_a-zß-ÿ][\w'’-]{0,40}){0,3})")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,12}")
_PARTICLES = frozenset("de del della da dos van von der den di du la le el al bin ten ter zu af st".split())
_POSSESSIVE = re.compile(r"['’]s$")
_MOST_WORDS = 5
_MOST_LOWER = 3
_AT_WORDS = frozenset("me them waiting due done today tomorrow home work start scheduled".split())
_STRUCK = re.compile(r"~~(?=\S)(?:[^~\n]|~(?!~)){1,500}~~")
_COMMENT = re.compile(r"%%[^%\n]{0,1000}%%")


class Place(NamedTuple):
    """Where a name stands in a line."""

    start: int
    end: int
    kind: str
    target: str


def at_names(text: str) -> list[Place]:
    """Return the `@Name`s of a line in which links and code are blank."""
    if "@" not in text:
        return []
    return [
        Place(match.start(), match.end(), AT, intern(match[1].strip()))
        for match in _AT.finditer(text)
        if match[1].casefold() not in _AT_WORDS and text[match.end() : match.end() + 1] != "("
    ]


def plain_names(text: str, words: Sequence[Word], taken: Iterable[tuple[int, int]]) -> list[Place]:
    """Return what may be plain names in a line: words in capitals, and what follows a word of contact or `with`."""
    taken = tuple(taken)
    lexical = {word.start for word in words if word.kind in CHANNELS}
    leads = {word.end for word in words if word.kind in CHANNELS or _is_with(text[word.start : word.end], word)}
    found: list[Place] = []
    run: list[re.Match[str]] = []
    lower = 0
    """Words in small letters that the run may still take."""

    def close() -> None:
        while run and run[-1][0] in _PARTICLES:
            run.pop()
        if run and len(found) < MOST_NAMES:
            name = text[run[0].start() : run[-1].end()]
            if _POSSESSIVE.search(name):
                # `Kofi's van` is no Kofi.
                run.clear()
                return
            found.append(Place(run[0].start(), run[-1].end(), NAME, intern(name)))
        run.clear()

    for match in _WORD.finditer(text):
        start = match.start()
        if any(low <= start < high for low, high in taken) or start in lexical:
            close()
            lower = 0
            continue
        if run and (text[run[-1].end() : start] not in (" ", "  ") or len(run) >= _MOST_WORDS):
            close()
            lower = 0
        behind = not run and len(text[max(0, start - 6) : start].rstrip(" *_[(:")) + max(0, start - 6) in leads
        if match[0][0].isupper() or (run and match[0] in _PARTICLES):
            run.append(match)
        elif behind and fold(match[0]) not in listed("common"):
            run.append(match)
            lower = _MOST_LOWER - 1
        elif lower and run and fold(match[0]) not in listed("common"):
            run.append(match)
            lower -= 1
        else:
            close()
            lower = 0
    close()
    wide = _WIDE.finditer(text) if not text.isascii() else ()
    found += [Place(m.start(), m.end(), NAME, m[0]) for m in wide if not any(a <= m.start() < b for a, b in taken)]
    return sorted(found)


def _is_with(text: str, word: Word) -> bool:
    """Return whether a word is `with` itself, behind which a name may be written small, and no `and` or `to`."""
    return word.kind == "with" and fold(text) == fold(tables()[word.language]["with"][0])


def hidden_spans(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, `struck` or `comment`) of what a line strikes through or keeps as a comment."""
    found = [(m.start(), m.end(), "struck") for m in _STRUCK.finditer(text)] if "~~" in text else []
    if "%%" in text:
        found += [(m.start(), m.end(), "comment") for m in _COMMENT.finditer(text)]
    return found
