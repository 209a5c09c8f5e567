"""One note as `inspect` shows it: the syntax of its text, and how the vault reads it. Prints nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from netnotes.config import Config
from netnotes.extract.corpus import corpus_of, whole_corpus
from netnotes.extract.encounters import tracer
from netnotes.extract.occasion import Trace
from netnotes.extract.people.names import folded
from netnotes.extract.people.resolver import Resolver, never_names
from netnotes.extract.rules import DONE_TASKS
from netnotes.incremental import Memory
from netnotes.model import Encounter, Mention, Note, Person, Problem, Promise, Vault
from netnotes.notes import Passage
from netnotes.outcome import in_order
from netnotes.phrasing import in_syntax_of, problems_for
from netnotes.pipeline import read, resolver_of
from netnotes.plugin.hooks import Plugin
from netnotes.text import parse
from netnotes.text.declared_lines import KNOWN_SINCE, Declared
from netnotes.text.frontmatter import property_links as propertylinks
from netnotes.text.frontmatter.block import BYTE_ORDER_MARK
from netnotes.text.frontmatter.property_links import PropertyLink
from netnotes.text.lexicon.words import listed
from netnotes.text.markdown.document import utf16
from netnotes.text.parse import Parsed

MOST = parse.LONGEST + 1
"""Bytes of a note that are read."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """Everything known about one note."""

    app: str
    """The app whose syntax hints are in."""
    note: Note
    kind: str
    """Person, daily note, meeting note or note."""
    parsed: Parsed | None
    """None if the bytes are not text."""
    property_links: tuple[PropertyLink, ...]
    resolver: Resolver
    people: tuple[Person, ...]
    """The owner of the note, and the people it links or mentions."""
    encounters: tuple[Encounter, ...]
    """Encounters taken from this note, plans included."""
    promises: tuple[Promise, ...]
    problems: tuple[Problem, ...]
    today: dt.date
    traces: tuple[Trace, ...] = ()
    """The result for each name on each line."""
    mentions: tuple[Mention, ...] = ()
    met_on: Mapping[dt.date, str] = field(default_factory=dict)
    """Day → a note with an encounter with the person whose note it is."""

    @property
    def declared(self) -> tuple[Declared, ...]:
        """What lines of the note declare of the person whose note it is; nothing for other notes."""
        return self.note.declared if self.kind == "person" else ()


def inspect_note(
    vault: Vault, path: str, data: bytes, config: Config, today: dt.date, plugins: Sequence[Plugin] = ()
) -> Inspection:
    """Return the inspection of the note at `path`; `data` is its content."""
    memory = Memory()
    corpus = corpus_of(vault, config)
    if all(note.path != path for note in corpus.vault.notes):
        corpus = whole_corpus(vault, config)
    network, found_problems = read(corpus, config, plugins, today, memory)
    resolver = resolver_of(memory)
    note = resolver.notes[path]
    met = tuple(one for one in (*network.encounters, *network.planned) if one.path == path)
    promises = tuple(promise for promise in network.promises if promise.path == path)
    own = resolver.of_note(path)
    linked = (resolver.linked(path, target) for target in note.links)
    people = (
        own,
        *linked,
        *(who for one in met for who in one.people),
        *(who for one in promises for who in one.people),
    )
    problems = (*vault.problems, *note.problems, *found_problems)
    return Inspection(
        app=vault.app,
        note=note,
        kind=_kind(own, met, corpus.daily_date(path)),
        parsed=parse.parsed(path, data, []),
        property_links=propertylinks.read(note.properties),
        resolver=resolver,
        people=tuple(dict.fromkeys(person for person in people if person)),
        encounters=met,
        promises=promises,
        problems=in_order(problems_for(vault.app, (problem for problem in problems if problem.path == path))),
        today=today,
        traces=tuple(tracer(resolver, config, memory.encounters)(note)),
        mentions=tuple(mention for mention in network.mentions if mention.path == path),
        met_on={one.date: one.path for one in network.encounters if own and own in one.people},
    )


REMEDIES = {
    0: "begin the line, or the heading above it, with a date",
    1: "nothing to do, unless it did take place: then tick it, or say so in plain words",
    3: "add a length such as (30 min) if you were in touch",
    7: "add a word such as `met` or `called`, or a length such as `30 min`, if you were in touch",
    8: "write a note for them, or take them in: netnotes candidates",
}
"""Rule → what would turn the line into an encounter."""


def remedy(seen: Inspection, trace: Trace) -> str:
    """Return what would turn a trace into an encounter; empty for an encounter."""
    if trace.kind == "encounter":
        return ""
    target = (
        None
        if trace.plain or any(who.path or who.me for who in trace.people)
        else seen.resolver.path(seen.note.path, trace.name)
    )
    if target and target not in seen.resolver.noted:
        return in_syntax_of(seen.app, f"if {target} is a person, add `type: person` to it")
    if not trace.people and trace.rule not in (0, 1):
        return REMEDIES[8]
    return REMEDIES.get(trace.rule, REMEDIES[7])


def outcome_of(trace: Trace) -> str:
    """Return the result for a name in a word: `encounter`, `mention`, `not known` or `not counted`."""
    if not trace.people and trace.rule not in (0, 1):
        return "not known"
    return {"encounter": "encounter", "mention": "mention"}.get(trace.kind, "not counted")


def other_lines(seen: Inspection) -> Iterator[tuple[int, str, str, str]]:
    """Yield (line, what it is, result, what would change it) of lines and tasks without names."""
    shown = {trace.line for trace in seen.traces if is_relevant(trace)}
    shown |= {met.line for met in seen.encounters} | {line for _, _, line in seen.declared}
    owed = {promise.line for promise in seen.promises}
    days = _days(seen.note.passages)
    for passage in seen.note.passages:
        if passage.line in shown:
            continue
        if passage.line in owed:
            yield passage.line, "task", "promise", "tick it when it is done"
        elif passage.task is not None:
            done = passage.task in DONE_TASKS
            yield passage.line, "ticked task" if done else "open task", "names no known person", "name the person in it"
        elif passage.channel or passage.date or passage.minutes is not None or passage.clock is not None:
            what = "contact line" if passage.channel else "dated line" if passage.date else "line with a time"
            yield passage.line, what, *_without_name(seen, passage, days[passage.line])


def _without_name(seen: Inspection, passage: Passage, day: dt.date | None) -> tuple[str, str]:
    """Return the result for a line of `day` that names nobody, and what would change it."""
    if seen.kind != "person":
        return "names no known person", "name who was there: `with [[Ada Lovelace]]`"
    day = next((each for each in passage.choices if each in seen.met_on), day or next(iter(passage.choices), None))
    if day is None:
        return "no date with a year", REMEDIES[0]
    if day in seen.met_on:
        return f"counted in {seen.met_on[day]}", "nothing to do: one meeting counts once"
    return ("not counted" if passage.channel else "no sign of contact"), REMEDIES[7]


def _days(passages: Sequence[Passage]) -> dict[int, dt.date | None]:
    """Return line → its date, else that of the line or the heading above it."""
    found: dict[int, dt.date | None] = {}
    headings: list[tuple[int, dt.date | None]] = [(0, None)]
    for passage in passages:
        if passage.kind == "heading":
            headings = [above for above in headings if above[0] < passage.level]
            headings.append((passage.level, passage.date or headings[-1][1]))
        above = found[passages[passage.parent].line] if passage.parent >= 0 else headings[-1][1]
        found[passage.line] = passage.date or above
    return found


def is_relevant(trace: Trace) -> bool:
    """Return whether a trace is about a person or a link; of plain words, only possible names."""
    if not trace.plain or trace.kind == "encounter" or any(who.path for who in trace.people):
        return True
    # `Jan` of `rang 11 Jan` is a first name too.
    may_be_name = bool(trace.people) or (trace.near and trace.name[:1].isupper())
    return may_be_name and not set(folded(trace.name).split()) <= never_names() | listed("short months")


def declared_words(key: str, value: str) -> str:
    """Return in words what a line of a person's note declares: `known since 2009`, `family: brother`."""
    return f"known since {value}" if key == KNOWN_SINCE else f"family: {value}"


def record(seen: Inspection) -> dict[str, object]:
    """Return the documented JSON; positions are UTF-16 code units, without a byte order mark."""
    return {
        **_syntax(seen.parsed),
        "frontmatterLinks": [
            {"key": link.key, "link": link.link, "original": link.original, "displayText": link.display}
            for link in seen.property_links
        ],
        "properties": dict(seen.note.properties),
        "kind": seen.kind,
        "people": [
            {"name": who.name, "path": who.path, "me": who.me, "own": who.path == seen.note.path} for who in seen.people
        ],
        "declared": [{"line": line, "property": key, "value": value} for key, value, line in seen.declared],
        "encounters": [_encounter(met, planned=met.date > seen.today) for met in seen.encounters],
        "mentions": [
            {"date": one.date, "people": [who.name for who in one.people], "line": one.line} for one in seen.mentions
        ],
        "names": [
            {
                "name": trace.name,
                "line": trace.line,
                "date": trace.date,
                "people": [who.name for who in trace.people],
                "outcome": outcome_of(trace),
                "rule": trace.rule,
                "why": trace.why,
                "change": remedy(seen, trace),
            }
            for trace in seen.traces
            if is_relevant(trace)
        ],
        "lines": [
            {"line": line, "what": what, "outcome": outcome, "change": change}
            for line, what, outcome, change in other_lines(seen)
        ],
        "promises": [
            {
                "people": [who.name for who in promise.people],
                "text": promise.text,
                "by": promise.owed_by,
                "made": promise.made,
                "due": promise.due,
                "line": promise.line,
            }
            for promise in seen.promises
        ],
        "problems": [
            {"line": problem.line, "message": problem.message, "hint": problem.hint} for problem in seen.problems
        ],
    }


def _kind(own: Person | None, met: Sequence[Encounter], day: dt.date | None) -> str:
    if own:
        return "your own note" if own.me else "person"
    if day:
        return f"daily note of {day}"
    return "meeting note" if any(one.title is not None for one in met) else "note"


def _syntax(parsed: Parsed | None) -> dict[str, list[dict[str, object]]]:
    if parsed is None:
        return {"links": [], "embeds": [], "tags": [], "headings": []}
    text, syntax = parsed.text, parsed.syntax
    unit = utf16(text)
    mark = text.startswith(BYTE_ORDER_MARK)

    def place(start: int, end: int) -> list[int]:
        return [unit(start) - mark, unit(end) - mark]

    def links(*, embed: bool) -> Iterator[dict[str, object]]:
        for link in syntax.links:
            if link.embed == embed:
                yield {
                    "link": link.target,
                    "original": link.original,
                    "displayText": link.display,
                    "offset": place(link.start, link.end),
                }

    return {
        "links": list(links(embed=False)),
        "embeds": list(links(embed=True)),
        "tags": [{"tag": tag.tag, "offset": place(tag.start, tag.end)} for tag in syntax.tags],
        "headings": [
            {"heading": heading.text, "level": heading.level, "offset": place(heading.start, heading.end)}
            for heading in syntax.headings
        ],
    }


def _encounter(met: Encounter, *, planned: bool) -> dict[str, object]:
    return {
        "date": met.date,
        "people": [who.name for who in met.people],
        "minutes": met.minutes,
        "own": {who.name: met.minutes_by_person[who.id] for who in met.people if who.id in met.minutes_by_person},
        "channel": met.channel,
        "initiated_by": met.initiated_by,
        "scene": met.scene,
        "line": met.line,
        "planned": planned,
    }
