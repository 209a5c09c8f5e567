"""The lines of one note, what became of each link and name on them, which rule decided, and what would change it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from operator import attrgetter
from typing import NamedTuple, cast

from netnotes.capture.notes.links import link_to
from netnotes.cli.commands.vault.inspection import Inspection
from netnotes.extract.note_types import day_of_name
from netnotes.extract.occasion import IN_INBOX, Trace
from netnotes.extract.people.likely_names import likely_name
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.person_marks import is_dated_name
from netnotes.extract.people.resolver import never_names
from netnotes.extract.rules import not_done
from netnotes.model import Passage, Person
from netnotes.phrasing import in_syntax_of
from netnotes.regex import regex
from netnotes.text.lexicon.words import listed
from netnotes.text.line_breaks import lines_of_paragraph
from netnotes.text.markdown.syntax import Link
from netnotes.text.names_in_lines import plain_names
from netnotes.text.settings import App, Settings

REMEDIES = {
    0: "begin the line, or the heading above it, with a date",
    1: "nothing to do, unless it did take place: then tick it, or say so in plain words",
    3: "add a length such as (30 min) if you were in touch",
    7: "put a word such as `met`, `called` or `with` before the name, if you were in touch",
    8: "write a note for them, or take them in: netnotes candidates",
}
"""Rule → what would turn the line into an encounter."""
_POSSESSIVE = regex(r"(?<=\w)['’]s\b")
_MOST_LINKS = 3
NO_DATE = "no date on the line, above it or in the note"
_PLAIN = "a name in plain text without a contact word"
_MEETING = "named in a meeting, not listed as present"
_ATTEND = "add them to the list of attendees if they were there"
_START = attrgetter("start")


class NameResult(NamedTuple):
    """What became of one name, or link, of a line or a property."""

    line: int
    name: str
    date: dt.date | None
    people: tuple[Person, ...]
    outcome: str
    """`encounter`, `mention`, `not known`, `not a person` or `not counted`."""
    rule: int
    why: str
    change: str
    """What would turn it into an encounter; empty for an encounter, and where nothing would."""


def names(seen: Inspection, lines: list[TextLine]) -> list[NameResult]:
    """Return what became of each name and link, in the order of the lines."""
    found = [_result(seen, trace) for trace in seen.traces if _is_relevant(trace)]
    told: defaultdict[int, set[str]] = defaultdict(set)
    for one in found:
        told[one.line] |= {folded(one.name), *(person.id for person in one.people)}
    for met in seen.encounters:
        told[met.line] |= {person.id for person in met.people}
    for promise in seen.promises:
        told[promise.line] |= {person.id for person in promise.people}
    found += _of_properties(seen)
    for line in lines:
        found += _untold(seen, line, told[line.number])
    return sorted(found, key=lambda one: one.line)


def _is_relevant(trace: Trace) -> bool:
    """Return whether a trace is about a person or a link; of plain words, only possible names."""
    if not trace.plain or trace.kind == "encounter" or any(who.path for who in trace.people):
        return True
    # `Jan` of `rang 11 Jan` is a first name too.
    may_be_name = bool(trace.people) or (trace.near and trace.name[:1].isupper())
    return may_be_name and not set(folded(trace.name).split()) <= never_names() | listed("short months")


def _result(seen: Inspection, trace: Trace) -> NameResult:
    why = trace.why
    if not trace.plain and not trace.people and (other := _something_else(seen, trace.name)):
        return NameResult(trace.line, trace.name, trace.date, (), "not a person", trace.rule, other, "")
    known = trace.people or trace.rule in (0, 1)
    outcome = {"encounter": "encounter", "mention": "mention"}.get(trace.kind, "not counted") if known else "not known"
    change = "" if trace.kind == "encounter" else _remedy(seen, trace)
    return NameResult(trace.line, trace.name, trace.date, trace.people, outcome, trace.rule, why, change)


def _something_else(seen: Inspection, target: str) -> str | None:
    """Return what a link points to that is surely nobody: a day, or a file that is no note."""
    path = seen.resolver.path(seen.note.path, target)
    if path and not path.endswith(".md"):
        return "a link to a file"
    if path:
        return "a link to a dated note" if is_dated_name(path) else None
    return "a link to a day" if day_of_name(stem(target.partition("#")[0])) else None


def _remedy(seen: Inspection, trace: Trace) -> str:
    """Return what would turn a trace that is no encounter into one."""
    if seen.unread:
        return seen.unread[1]
    if trace.why == IN_INBOX:
        return "move it to its day: netnotes inbox"
    if trace.plain and any(who.path for who in trace.people) and trace.why == not_done(" "):
        return _for_promise(seen, trace)
    known = trace.plain or any(who.path or who.me for who in trace.people)
    target = None if known else seen.resolver.path(seen.note.path, trace.name)
    if target and target not in seen.resolver.noted:
        return in_syntax_of(seen.app, f"if {target} is a person, add `type: person` to it")
    if not trace.people and trace.rule not in (0, 1):
        return REMEDIES[8]
    return REMEDIES.get(trace.rule, REMEDIES[7])


def _for_promise(seen: Inspection, trace: Trace) -> str:
    """Return what would turn an open task that names somebody in plain words into a promise."""
    owed = (person for promise in seen.promises if promise.line == trace.line for person in promise.people)
    if not {*trace.people}.isdisjoint(owed):
        return REMEDIES[1]
    index, settings = seen.resolver.directory.index, Settings(cast("App", seen.app))
    links = [link_to(who, trace.name, seen.note.path, index, settings) for who in trace.people[:_MOST_LINKS]]
    return f"for a promise, link the name: {' or '.join(links)}; if it took place, tick it"


def _of_properties(seen: Inspection) -> Iterator[NameResult]:
    """Yield what became of the links in properties."""
    for link in seen.property_links:
        key = link.key.partition(".")[0]
        line = seen.note.lines.get(key, 1)
        person = seen.resolver.linked(seen.note.path, link.link)
        result = partial(NameResult, line, link.link)
        met = next((one for one in seen.encounters if one.line == line and person in one.people), None)
        if person is None:
            why = _something_else(seen, link.link) or "no known person has this name"
            yield result(seen.day, (), "not a person", 8, why, "")
        elif met:
            yield result(met.date, (person,), "encounter", 2, "listed as present", "")
        else:
            change = f'if it does: `[encounters] attendees = ["{key}"]` in netnotes.toml' if seen.day else ""
            yield result(seen.day, (person,), "not counted", 2, f"`{key}` does not list who was there", change)


def _untold(seen: Inspection, line: TextLine, told: set[str]) -> Iterator[NameResult]:
    """Yield what became of the links and the names of a line that no rule looked at."""
    for link in line.links:
        if folded(link.target) not in told:
            told.add(folded(link.target))
            person = seen.resolver.linked(seen.note.path, link.target)
            if person is None or person.id not in told:
                yield _of_link(seen, line, link, person)
    places = tuple((link.start - line.start, link.end - line.start) for link in line.links)
    for place in plain_names(_POSSESSIVE.sub("  ", line.text), (), places):
        for person in seen.resolver.plain(place.target, near=False):
            if person.id not in told and person.path != seen.note.path:
                told |= {person.id, folded(place.target)}
                yield _of_name(seen, line, place.target, person)
        if line.date and folded(place.target) not in told and likely_name(place.target):
            told.add(folded(place.target))
            unknown = Trace(line.number, line.date, place.target, (), "neither", 8, _PLAIN, plain=True)
            yield _result(seen, unknown)


def _of_link(seen: Inspection, line: TextLine, link: Link, person: Person | None) -> NameResult:
    if seen.unread:
        rule, why = 1, f"not read: {seen.unread[0]}"
    elif person is None and (seen.kind == "meeting note" or line.date):
        rule, why = 8, "no known person has this name"
    elif line.date is None:
        rule, why = 0, NO_DATE
    else:
        rule, why = 7, "no sign of contact"
    trace = Trace(line.number, line.date, link.target, (person,) if person else (), "neither", rule, why)
    return _result(seen, trace)


def _of_name(seen: Inspection, line: TextLine, name: str, person: Person) -> NameResult:
    if seen.unread:
        rule, why = 1, f"not read: {seen.unread[0]}"
    elif seen.kind == "meeting note":
        return NameResult(line.number, name, line.date, (person,), "not counted", 7, _MEETING, _ATTEND)
    else:
        rule, why = (7, _PLAIN) if line.date else (0, NO_DATE)
    return _result(seen, Trace(line.number, line.date, name, (person,), "neither", rule, why, plain=True))


class TextLine(NamedTuple):
    """A line of the body: a heading, a bullet with what continues it, a row, or a line of a paragraph."""

    number: int
    """1-based line of the file on which it begins."""
    kind: str
    """Of its block: heading, paragraph, item, row or quote."""
    start: int
    """Where it begins in the text."""
    text: str
    """Its words; code is blank."""
    links: tuple[Link, ...]
    """Without embeds."""
    date: dt.date | None
    """Its own date, else that of the bullet or heading above it, else the note's."""
    above: tuple[int, ...]
    """The numbers of the bullets and headings above it, nearest first."""
    passage: Passage | None
    """What was read of it; None if it holds no sign."""


def text_lines(seen: Inspection) -> list[TextLine]:
    """Return the lines of a note's body in their order; nothing for bytes that are no text."""
    if seen.parsed is None:
        return []
    text, syntax = _without_code(seen), seen.parsed.syntax
    links = [link for link in syntax.links if not link.embed]
    read = {passage.line: passage for passage in seen.note.passages}
    found: list[TextLine] = []
    of_block: dict[int, TextLine] = {}
    headings: list[tuple[int, TextLine]] = []
    for index, block in enumerate(syntax.blocks):
        if block.kind == "comment":
            continue
        if block.kind == "heading":
            headings = [(level, line) for level, line in headings if level < block.level]
        own = text[block.start : block.end]
        parts = lines_of_paragraph(own) if block.kind == "paragraph" else [(0, len(own), 0)]
        for start, end, number in parts:
            begin, stop = block.start + start, block.start + end
            above = of_block.get(block.parent) or (headings[-1][1] if headings else None)
            passage = read.get(block.line + number)
            line = TextLine(
                number=block.line + number,
                kind=block.kind,
                start=begin,
                text=own[start:end],
                links=tuple(links[bisect_left(links, begin, key=_START) : bisect_left(links, stop, key=_START)]),
                date=_date(passage) or (above.date if above else seen.day),
                above=(above.number, *above.above) if above else (),
                passage=passage,
            )
            found.append(line)
            of_block.setdefault(index, line)
            if passage and passage.kind == "heading" and block.kind != "heading":
                # A line that is only a date dates those below it.
                headings = [(level, line) for level, line in headings if level < passage.level]
                headings.append((passage.level, line))
        if block.kind == "heading":
            headings.append((block.level, of_block[index]))
    return found


def _date(passage: Passage | None) -> dt.date | None:
    """Return the date of a line, or the first one within it."""
    return next(iter((*filter(None, [passage.date]), *passage.choices, *passage.inside)), None) if passage else None


def _without_code(seen: Inspection) -> str:
    """Return the text with code, math and HTML blank, as long as before."""
    text, parts, at = seen.parsed.text if seen.parsed else "", [], 0
    for start, end in sorted(seen.parsed.syntax.code) if seen.parsed else ():
        if start >= at:
            parts += [text[at:start], "".join(char if char == "\n" else " " for char in text[start:end])]
            at = end
    return "".join((*parts, text[at:]))
