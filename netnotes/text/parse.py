"""Parse the bytes of one file into a Note. Pure: opens nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from sys import intern
from typing import NamedTuple

from netnotes.model import Note, Passage, Problem
from netnotes.regex import regex
from netnotes.text import declared_lines, page_properties, passages, person_signs
from netnotes.text.frontmatter import block as frontmatter
from netnotes.text.frontmatter import ownership
from netnotes.text.frontmatter.block import Block, Kind
from netnotes.text.lexicon import periods
from netnotes.text.lexicon.dates import proven_order
from netnotes.text.line_breaks import lines_with_ends
from netnotes.text.line_dates import DATE_LINE
from netnotes.text.markdown import document
from netnotes.text.markdown.syntax import Syntax, Tag
from netnotes.text.set_aside import set_aside

LONGEST = 2_000_000
"""Most bytes of a note that are read; the rest is left out and reported."""
MOST_FAULTS = 20
"""Most impossible dates that are reported for one note."""
_NOT_WRITABLE = Kind.INVALID.value
"""The kind of block of a note that is read only in part: such a note is never written."""
_LONGEST_FAULT = 200
"""Most characters of a fault in front matter: it may quote a key, and a key may have any length."""
_NO_BYTES = hashlib.sha256()
"""Copied for each note: to make a new one takes longer than to digest most notes."""
_YEAR = regex(r"\d{4}")
_DIGIT = regex(r"\d")
_LONGEST_TITLE = 200
"""Characters of a title that are kept."""
_FIRST_LINES, _LONGEST_LEAD = 3, 1_000
_TAG_LINE = regex(
    r"^[ \t*_>+-]{0,9}(?:[Tt](?:ags|ype)|[Kk]ind|[Cc]ategory)[*_]{0,2}:{1,2}[*_]{0,2}[ \t]{1,3}(#[^\n]{1,200})$",
    re.MULTILINE,
)
"""`Tags: #People #[[Choir]]` below other properties in the text, as in Roam."""
_COLON_TAGS = regex(r":(?:[^\W\d][\w/-]{0,60}:){1,9}")
"""Tags as zk, vimwiki and Org write them, on a line of their own: `:person:friend:`."""
"""Lines and characters at the start of a note, among which a line of nothing but tags is about the whole note."""
_CONFLICT = regex(r"^<{7} ", re.MULTILINE)
_LATE_BLOCK = regex(
    r"(?:[ \t]*+\r?\n){1,20}+(---)[ \t]*+\r?\n[\w -]{1,60}:(?:[ \t][^\n]*)?\n(?:[^\n]*\n){0,100}?---[ \t]*+\r?(?:\n|\Z)"
)
_NO_TEXT = "move it out of the vault, or give it another ending"


class Parsed(NamedTuple):
    """The parsed content of one note."""

    text: str
    block: Block
    syntax: Syntax


def note(path: str, data: bytes, *, lines: bool = True) -> Note:
    """Read one note. What cannot be read is a problem of the note, never an exception.

    If `data` is longer than LONGEST, only the beginning is read, and the digest is of that part. Without `lines`, the
    links are all that is read, in a fraction of the time.
    """
    problems: list[Problem] = []
    digest = digest_of(data)
    seen = parsed(path, data, problems)
    if seen is None:
        return Note(path, digest, block=_NOT_WRITABLE, problems=tuple(problems))
    block, syntax = seen.block, seen.syntax
    links = tuple([intern(link.target) for link in syntax.links])
    if not lines:
        return Note(
            *(path, digest, block.kind.value, block.properties),
            links=links,
            problems=tuple(problems),
        )
    dated = _may_be_dated(path, block.properties)
    found = passages.read(seen.text, syntax, dated=dated, period=periods.of_path(path))
    if found.cut:
        problems.append(
            Problem(
                f"has more than {passages.MOST:,} lines that may name people; the rest is not read",
                path=path,
                hint="split the note",
            )
        )
    problems += _impossible(path, found.faults)
    title = next((heading.text.strip()[:_LONGEST_TITLE] for heading in syntax.headings if heading.level == 1), None)
    fields, places = dict(found.fields), block.lines
    if block.kind is Kind.NONE and (page := page_properties.read(seen.text)):
        of_page = {key.lower().replace(" ", "_"): value for key, value in page.properties.items()}
        fields |= of_page
        places = {key: line for line, key in enumerate(of_page, 1)}
    marks = (*_marks(block.properties), *_marks_of_field(fields.get("tags", "")))
    return Note(
        path=path,
        digest=digest,
        block=block.kind.value,
        properties=block.properties,
        lines=places,
        fields=fields,
        links=links,
        tags=_tags(marks, syntax.tags),
        passages=found.passages,
        problems=tuple(problems),
        owned=ownership.claimed(block.properties or fields),
        marks=(*marks, *_leading_tags(seen.text, block.end, syntax.tags)),
        title=title,
        set_aside=set_aside(path, (*block.properties.values(), title)),
        order=found.order or proven_order(value for value in block.properties.values() if isinstance(value, str)),
        declared=_declared(path, seen),
        signs=_signs(path, seen, found.passages),
        unread=ownership.unread(block.properties or fields),
        without_year=found.without_year,
    )


def digest_of(data: bytes) -> str:
    """Return the digest of a note's bytes, of the part that is read."""
    digest = _NO_BYTES.copy()
    digest.update(data[:LONGEST])
    return digest.hexdigest()


def _declared(path: str, seen: Parsed) -> tuple[declared_lines.Declared, ...]:
    """Return what the text declares about the person whose note it may be; nothing for a note named after a day."""
    name = path.rpartition("/")[2].removesuffix(".md")
    return () if _YEAR.search(name) else declared_lines.read(seen.text, seen.block.end, name, seen.syntax.code)


def _signs(path: str, seen: Parsed, lines: Sequence[Passage]) -> tuple[str, ...]:
    """Return the signs of a person in the first lines; nothing for a note with a number in its name."""
    name = path.rpartition("/")[2]
    if _DIGIT.search(name):
        return ()
    signs = person_signs.read(seen.text, seen.block.end)
    logs = any(line.date and (line.kind != "heading" or line.level == DATE_LINE) for line in lines) if signs else False
    return (*signs, person_signs.LOG) if logs else signs


def parsed(path: str, data: bytes, problems: list[Problem]) -> Parsed | None:
    """Return the text of a note's bytes, parsed; None if they are not text. What is wrong is added to `problems`."""
    if len(data) > LONGEST:
        data = data[:LONGEST]
        problems.append(
            Problem(
                f"is read to its first {LONGEST:,} bytes, and nothing is written to it",
                path=path,
                line=data.count(b"\n") + 1,
                hint="split the note",
            )
        )
    text = decoded(path, data, problems)
    if text is None:
        return None
    block = frontmatter.read(text)
    if problems:
        block = replace(block, kind=Kind.INVALID)
    if block.fault:
        problems.append(
            Problem(
                f"front matter: {block.fault[:_LONGEST_FAULT]}",
                path=path,
                line=block.fault_line or 1,
                hint="nothing is written to this note until it is fixed",
            )
        )
    elif misplaced := _misplaced(text, block):
        block = replace(block, kind=Kind.INVALID)
        problems.append(
            Problem(
                f"front matter begins on line {misplaced}, where the app does not see it",
                path=path,
                line=misplaced,
                hint="delete the lines above it; until then nothing is written to this note",
            )
        )
    conflict = _CONFLICT.search(text, block.end) if "<<<<<<< " in text else None
    if conflict and text.find("\n=======", conflict.end()) > 0:
        block = replace(block, kind=Kind.INVALID)
        problems.append(
            Problem(
                "has conflict markers, and is read only up to them",
                path=path,
                line=text.count("\n", 0, conflict.start()) + 1,
                hint="merge the two versions; until then nothing is written to this note",
            )
        )
        text = text[: conflict.start()]
    syntax = document.read(text, block.end)
    if syntax.cut:
        problems.append(Problem("has more links, tags or blocks than are read", path=path, hint="split the note"))
    return Parsed(text, block, syntax)


def _misplaced(text: str, block: Block) -> int | None:
    """Return the line on which front matter begins below blank lines; None if there is none."""
    if block.kind is not Kind.NONE:
        return None
    match = _LATE_BLOCK.match(text, block.end)
    return text.count("\n", 0, match.start(1)) + 1 if match else None


def decoded(path: str, data: bytes, problems: list[Problem]) -> str | None:
    """Return the text of a note's bytes, None if they are not text; what is wrong is added to `problems`.

    Letters that are not UTF-8 become U+FFFD, as in the app.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        if error.end == len(data) == LONGEST and "end of data" in error.reason:
            return data[: error.start].decode()
        line = data.count(b"\n", 0, error.start) + 1
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            problems.append(
                Problem("is UTF-16, not UTF-8, and is not read", path=path, line=line, hint="save it as UTF-8")
            )
            return None
        if b"\0" in data[:8192]:
            problems.append(Problem("is not text, and is not read", path=path, line=line, hint=_NO_TEXT))
            return None
        problems.append(
            Problem(
                "is not UTF-8: some letters cannot be read",
                path=path,
                line=line,
                hint="save it as UTF-8; until then nothing is written to it",
            )
        )
        return data.decode("utf-8", "replace")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problems.append(
            Problem("holds NUL bytes", path=path, line=line, hint="take them out; until then nothing is written to it")
        )
    return text


def _impossible(path: str, faults: tuple[tuple[int, str], ...]) -> Iterator[Problem]:
    """Yield a problem for each impossible date, at most MOST_FAULTS, and one that counts the rest."""
    for line, fault in faults[:MOST_FAULTS]:
        yield Problem(fault, path=path, line=line, hint="write a date like 2026-01-31")
    if len(faults) > MOST_FAULTS:
        yield Problem(
            f"and {len(faults) - MOST_FAULTS} more impossible dates",
            path=path,
            line=faults[MOST_FAULTS][0],
            hint="write dates like 2026-01-31",
        )


def _may_be_dated(path: str, properties: Mapping[str, object]) -> bool:
    """Return whether a note may be of one day, by its name or a property."""
    return _DIGIT.search(path) is not None or any(_DIGIT.search(str(value)) for value in properties.values())


def _marks(properties: Mapping[str, object]) -> Iterator[str]:
    """Yield the tags of properties, in lower case and without `#`."""
    for key, value in properties.items():
        if key.lower() == "tags":
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str) and (tag := item.strip().removeprefix("#")) and _is_tag(tag):
                    yield intern(tag.lower())


def _marks_of_field(tags: str) -> Iterator[str]:
    """Yield the tags of a line `tags:: [[lead]], #old`, in lower case and without brackets and `#`."""
    if not tags:
        return
    for part in tags.replace("]] [[", "]],[[").replace(" #", ",#").split(","):
        target = part.strip().lstrip("#").removeprefix("[[").removesuffix("]]").partition("|")[0]
        if tag := target.strip("\"'").lower():
            yield intern(tag)


def _leading_tags(text: str, body: int, tags: Sequence[Tag]) -> Iterator[str]:
    """Yield the tags of the first lines below front matter, where a line holds nothing else."""
    lead = text[body : body + _LONGEST_LEAD]
    if (not tags or tags[0].start > body + _LONGEST_LEAD) and ":\n" not in lead:
        return
    if ": #" in lead or ":** #" in lead:
        for match in _TAG_LINE.finditer(lead):
            yield from (intern(word.strip("#*[]").lower()) for word in match[1].split() if word.startswith("#"))
    for line in _first_lines(lead):
        if line[0] == ":" and _COLON_TAGS.fullmatch(line):
            yield from (intern(tag.lower()) for tag in line.strip(":").split(":"))
            continue
        words = line.replace(",", " ").split() if "#" in line else []
        if words[:1] == ["-"]:
            del words[0]
        if words and all(word.startswith("#") and word.strip("#") for word in words):
            yield from (intern(word.strip("#").lower()) for word in words)


def _first_lines(text: str) -> Iterator[str]:
    """Yield the first lines that are not blank, without the blanks around them."""
    if "\r" in text:
        yield from islice(filter(None, map(str.strip, lines_with_ends(text))), _FIRST_LINES)
        return
    count = 0
    while text and count < _FIRST_LINES:
        line, _, text = text.partition("\n")
        if line := line.strip():
            count += 1
            yield line


def _tags(marks: Iterable[str], tags: Iterable[Tag]) -> tuple[str, ...]:
    """Return the tags of properties and body, each once, in lower case and without `#`."""
    return tuple(dict.fromkeys((*marks, *(written.name for written in tags))))


def _is_tag(text: str) -> bool:
    return "," not in text and not any(map(str.isspace, text))
