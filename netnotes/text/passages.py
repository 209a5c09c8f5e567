"""From the blocks of a note to the passages that may tell of an encounter or a promise.

Reads words, lengths, dates and fields; does not know which links are people, nor what kind of note this is.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import cast

from netnotes.model import Initiative, Passage, PassageLink
from netnotes.text.lexicon import channels, dates, durations
from netnotes.text.markdown.syntax import Block, Link, Syntax

# Possessive repeats (`*+`) keep every pattern linear: what a hostile note is made of is tried once.
_MARKS = re.compile(
    r"[\s>]*+(?:(?:[-*+]|\d{1,9}[.)])\s++)?(?:\[[^\]\n]\]\s++)?(?:#{1,6}\s++)?(?:\[![^\]\n]{1,40}\][+-]?\s*+)?"
)
_BEHIND = re.compile(r"\s*+(?:[:,–-]\s*+)?\(([^()\n]{1,20})\)")
_LINE_FIELD = re.compile(
    r"^[ \t>]*+(?:[-*+][ \t]++)?(?:\[[^\]\n]\][ \t]++)?[*_]{0,2}([^\W\d_][\w /-]{0,40}?)[*_]{0,2}::(?!:)[ \t]*+(.*)$",
    re.MULTILINE,
)
_INNER_FIELD = re.compile(
    r"[\[(]([^\W\d_][\w /-]{0,40}?)::(?!:)[ \t]*+((?:[^\[\]()\n]|\[\[[^\[\]\n]{0,200}\]\]){0,200}+)[\])]"
)
_ANY_DIGIT = re.compile(r"\d")
_EARLY_DIGIT = re.compile(r"\D{0,39}+\d")
_MINUTES_KEYS = ("minutes", "duration", "length")
_INITIATIVE = {
    "me": "me",
    "i": "me",
    "myself": "me",
    "mine": "me",
    "them": "them",
    "they": "them",
    "he": "them",
    "she": "them",
    "him": "them",
    "her": "them",
    "other": "them",
    "both": "both",
    "us": "both",
    "we": "both",
}
_NO_FIELDS = Passage._field_defaults["fields"]
MOST = 20_000
"""Blocks of one note that are looked into: links, dates, tasks and fields of more are no encounters."""
LONGEST_TASK = 1_000
"""Characters of a task that are kept."""
LONGEST_BLOCK = 20_000
"""Characters of one block that are searched for words: a longer paragraph is no note about a meeting."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the blocks of one note tell."""

    passages: tuple[Passage, ...]
    fields: Mapping[str, str]
    """Inline fields that stand alone on a line outside lists: they speak of the whole note."""
    faults: tuple[tuple[int, str], ...]
    """(line, what is wrong there)."""
    cut: bool = False
    """Whether the note has more than MOST lines that may tell of people, and the rest was left out."""


def initiative(value: object) -> Initiative | None:
    """Return who started it, from a property or a field; None where the value is none of the known words."""
    word = str(value).strip().lower() if isinstance(value, str) else ""
    return cast("Initiative | None", _INITIATIVE.get(word))


def read(text: str, syntax: Syntax) -> Found:
    """Return the passages of a note in the order of its blocks."""
    kept: dict[int, Passage] = {}
    fields: dict[str, str] = {}
    faults: list[tuple[int, str]] = []
    headings: list[tuple[int, Block, Sequence[str]]] = []
    looked, stop = 0, len(syntax.blocks)
    for index, (block, links, tags) in enumerate(_with_links(syntax)):
        kind = block.kind
        own = text[block.start : min(block.end, block.start + LONGEST_BLOCK)]
        simple = not links and block.task is None and "::" not in own and not _EARLY_DIGIT.match(own)
        if simple and kind != "heading":
            continue
        looked += 1
        if looked > MOST:
            stop = index
            break
        if simple:
            headings.append((index, block, tags))
            continue
        passage = _passage(block, own, links, tags, syntax.code, faults)
        if kind == "paragraph" and block.parent < 0 and "::" in own:
            fields |= _line_fields(own)
        if passage.links or passage.date or passage.task is not None:
            kept[index] = passage
        elif kind == "heading":
            headings.append((index, block, tags))
    if not kept:
        return Found((), fields, tuple(faults), looked > MOST)
    for index, block, tags in headings:
        own = text[block.start : min(block.end, block.start + LONGEST_BLOCK)]
        kept[index] = _passage(block, own, (), tags, syntax.code, [])
    _keep_details(text, syntax, kept, stop)
    return Found(_with_ancestors(text, syntax, kept), fields, tuple(faults), looked > MOST)


def _with_links(syntax: Syntax) -> Iterator[tuple[Block, Sequence[Link], Sequence[str]]]:
    """Yield each block with the links and tags of its own text."""
    links, tags = syntax.links, syntax.tags
    at = at_tag = 0
    next_link = links[0].start if links else -1
    next_tag = tags[0].start if tags else -1
    for block in syntax.blocks:
        end = block.end
        # Most blocks hold neither.
        if not -1 < next_link < end and not -1 < next_tag < end:
            yield block, (), ()
            continue
        start = block.start
        while at < len(links) and links[at].start < start:
            at += 1
        first = at
        while at < len(links) and links[at].start < end:
            at += 1
        while at_tag < len(tags) and tags[at_tag].start < start:
            at_tag += 1
        first_tag = at_tag
        while at_tag < len(tags) and tags[at_tag].start < end:
            at_tag += 1
        next_link = links[at].start if at < len(links) else -1
        next_tag = tags[at_tag].start if at_tag < len(tags) else -1
        yield block, links[first:at], [intern(tag.tag[1:].lower()) for tag in tags[first_tag:at_tag]]


def _keep_details(text: str, syntax: Syntax, kept: dict[int, Passage], stop: int) -> None:
    """Keep the lines below what is kept that say how long or by which channel: `- [[Ada]]` / `  - lunch, 45 min`.

    Of the first `stop` blocks, and of at most MOST.
    """
    telling: list[Passage] = []
    looked = 0
    for index, block in enumerate(syntax.blocks[:stop]):
        if block.kind == "heading":
            telling = [heading for heading in telling if heading.level < block.level]
            heading = kept[index]
            if heading.links or heading.date or heading.clock is not None:
                telling.append(heading)
        elif index not in kept and (telling or block.parent in kept):
            own = text[block.start : min(block.end, block.start + LONGEST_BLOCK)]
            if not _ANY_DIGIT.search(own) and "::" not in own and not channels.in_text(own):
                continue
            looked += 1
            if looked > MOST:
                return
            passage = _passage(block, own, (), (), syntax.code, [])
            if passage.minutes is not None or passage.channel:
                kept[index] = passage


def _with_ancestors(text: str, syntax: Syntax, kept: dict[int, Passage]) -> tuple[Passage, ...]:
    """Add the blocks around what is kept, and point `parent` at places in the result."""
    wanted = set(kept)
    for index in kept:
        parent = syntax.blocks[index].parent
        while parent >= 0 and parent not in wanted:
            wanted.add(parent)
            parent = syntax.blocks[parent].parent
    place = {index: at for at, index in enumerate(sorted(wanted))}
    passages = []
    for index in place:
        block = syntax.blocks[index]
        passage = kept.get(index) or _passage(
            block, text[block.start : block.end][:LONGEST_BLOCK], (), (), syntax.code, []
        )
        passages.append(passage._replace(parent=place[block.parent]) if block.parent >= 0 else passage)
    return tuple(passages)


def _passage(
    block: Block,
    own: str,
    links: Sequence[Link],
    tags: Sequence[str],
    code: Sequence[tuple[int, int]],
    faults: list[tuple[int, str]],
) -> Passage:
    words = _masked(own, block.start, [(link.start, link.end) for link in links], code) if links or code else own
    linked = []
    for link in links:
        behind = _BEHIND.match(words, link.end - block.start)
        minutes = durations.in_text(behind[1]) if behind else None
        linked.append(PassageLink(intern(link.target), minutes))
        if behind and minutes is not None:
            words = words[: behind.start(1)] + " " * len(behind[1]) + words[behind.end(1) :]
    inner = _fields(words, own) if "::" in own else {}
    said = _INNER_FIELD.sub(lambda match: " " * len(match[0]), words) if inner else words
    lead = _MARKS.match(own)
    begin = lead.end() if lead else 0
    date = _date(own, begin, block.line, faults)
    known: float | None = None
    if inner:
        known = next((m for key in _MINUTES_KEYS if (m := durations.of_value(inner.get(key))) is not None), None)
    return Passage(
        block.line,
        block.kind,
        -1,
        block.level,
        tuple(linked),
        date,
        durations.clock(said) if date or block.kind == "heading" else durations.clock(said[begin : begin + 12]),
        known if known is not None else durations.in_text(said),
        channels.of_value(inner.get("channel")) or channels.in_text(said),
        initiative(inner.get("initiated_by", inner.get("by"))) if inner else None,
        inner.get("scene") or next((tag.removeprefix("scene/") for tag in tags if tag.startswith("scene/")), None),
        (inner | dates.of_task(own) if block.task is not None else inner) or _NO_FIELDS,
        tuple(tags),
        block.task,
        own[begin : begin + LONGEST_TASK].strip() if block.task is not None else None,
    )


def _masked(own: str, start: int, links: Sequence[tuple[int, int]], code: Sequence[tuple[int, int]]) -> str:
    """Blank out links and code, so that no word inside them is taken for the author's."""
    spans = sorted((*links, *_within(code, start, start + len(own)))) if code else links
    pieces: list[str] = []
    done = 0
    for low, high in spans:
        a, b = max(low - start, done), min(high - start, len(own))
        if a < b:
            pieces += [own[done:a], " " * (b - a)]
            done = b
    return "".join([*pieces, own[done:]])


def _within(code: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """Return the spans, which are in order and apart, that reach into start:end."""
    first = bisect_left(code, (start, 0))
    if first and code[first - 1][1] > start:
        first -= 1
    return code[first : bisect_left(code, (end, 0))]


def _fields(words: str, own: str) -> dict[str, str]:
    """Return the inline fields of a block; values are taken from the unmasked text, for they may be links."""
    matches = [*_LINE_FIELD.finditer(own), *_INNER_FIELD.finditer(own)]
    return {_key(match): match[2].strip() for match in matches if "::" in words[match.start() : match.start(2)]}


def _line_fields(own: str) -> dict[str, str]:
    return {_key(match): match[2].strip() for match in _LINE_FIELD.finditer(own)}


def _key(match: re.Match[str]) -> str:
    return intern(match[1].strip().lower().replace(" ", "_"))


def _date(own: str, begin: int, line: int, faults: list[tuple[int, str]]) -> dt.date | None:
    try:
        return dates.leading(own[begin : begin + 120])
    except dates.NoSuchDay as error:
        faults.append((line, str(error)))
        return None
