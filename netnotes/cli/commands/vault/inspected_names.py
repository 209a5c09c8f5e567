"""What became of each link and name of one note, which rule decided, and what would change it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from netnotes.cli.commands.vault.inspection import Inspection
from netnotes.cli.commands.vault.text_lines import TextLine
from netnotes.extract.note_types import day_of_name
from netnotes.extract.occasion import Trace
from netnotes.extract.people.likely_names import likely_name
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.person_marks import is_dated_name
from netnotes.extract.people.resolver import never_names
from netnotes.model import Person
from netnotes.phrasing import in_syntax_of
from netnotes.regex import regex
from netnotes.text.lexicon.words import listed
from netnotes.text.markdown.syntax import Link
from netnotes.text.names_in_lines import plain_names

REMEDIES = {
    0: "begin the line, or the heading above it, with a date",
    1: "nothing to do, unless it did take place: then tick it, or say so in plain words",
    3: "add a length such as (30 min) if you were in touch",
    7: "put a word such as `met`, `called` or `with` before the name, if you were in touch",
    8: "write a note for them, or take them in: netnotes candidates",
}
"""Rule → what would turn the line into an encounter."""
_POSSESSIVE = regex(r"(?<=\w)['’]s\b")
NO_DATE = "no date on the line, above it or in the note"
_PLAIN = "a name in plain text without a contact word"
_MEETING = "named in a meeting, not listed as present"
_ATTEND = "add them to the list of attendees if they were there"


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
    known = trace.plain or any(who.path or who.me for who in trace.people)
    target = None if known else seen.resolver.path(seen.note.path, trace.name)
    if target and target not in seen.resolver.noted:
        return in_syntax_of(seen.app, f"if {target} is a person, add `type: person` to it")
    if not trace.people and trace.rule not in (0, 1):
        return REMEDIES[8]
    return REMEDIES.get(trace.rule, REMEDIES[7])


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
