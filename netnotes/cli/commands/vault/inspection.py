"""One note as `inspect` shows it: the syntax of its text, and how the vault reads it. Prints nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from netnotes.config import Config
from netnotes.extract.corpus import Corpus, corpus_of, patterns_of, whole_corpus
from netnotes.extract.encounters import day_of_note, tracer
from netnotes.extract.note_types import day_of_name, is_evidence, with_resolved_dates
from netnotes.extract.occasion import Trace
from netnotes.extract.people.resolver import Resolver
from netnotes.incremental import Memory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Encounter, Mention, Note, Person, Problem, Promise, Vault
from netnotes.outcome import in_order
from netnotes.phrasing import in_syntax_of, problems_for
from netnotes.pipeline import read, resolver_of
from netnotes.plugin.hooks import Plugin
from netnotes.text import parse
from netnotes.text.declared_lines import Declared
from netnotes.text.links import PropertyLink, links_of_properties
from netnotes.text.parse import Parsed
from netnotes.text.set_aside import CONFLICT_COPY

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
    day: dt.date | None = None
    """The day of the whole note: of its name, a property, or its title."""
    unread: tuple[str, str] | None = None
    """Why the note is not read at all, and what would change that; the rest shows how it would be read."""

    @property
    def declared(self) -> tuple[Declared, ...]:
        """What lines of the note declare of the person whose note it is; nothing for other notes."""
        return self.note.declared if self.kind == "person" else ()

    def properties(self) -> dict[str, object]:
        """Return the properties of the note: of front matter, else those of its page, as in Logseq."""
        return dict(
            self.note.properties or {key: value for key, value in self.note.fields.items() if key in self.note.lines}
        )


def inspect_note(
    vault: Vault, path: str, data: bytes, config: Config, today: dt.date, plugins: Sequence[Plugin] = ()
) -> Inspection:
    """Return the inspection of the note at `path`; `data` is its content."""
    memory = Memory()
    corpus = corpus_of(vault, config)
    unread = _why_unread(next(note for note in vault.notes if note.path == path), corpus, vault, config)
    if all(note.path != path for note in corpus.vault.notes):
        corpus = whole_corpus(vault, config)
    network, found_problems = read(corpus, config, plugins, today, memory)
    resolver = resolver_of(memory)
    note = with_resolved_dates(resolver.notes[path], resolver.order)
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
        property_links=links_of_properties(note.properties),
        resolver=resolver,
        people=tuple(dict.fromkeys(person for person in people if person)),
        encounters=met,
        promises=promises,
        problems=in_order(problems_for(vault.app, (problem for problem in problems if problem.path == path))),
        today=today,
        traces=tuple(tracer(corpus, resolver, config, memory.encounters)(resolver.notes[path])),
        mentions=tuple(mention for mention in network.mentions if mention.path == path),
        met_on={one.date: one.path for one in network.encounters if own and own in one.people},
        day=None if own else corpus.daily_date(path) or _day(note, met, resolver, config),
        unread=unread,
    )


def _day(note: Note, met: Sequence[Encounter], people: Resolver, config: Config) -> dt.date | None:
    """Return the day of a whole note that is neither a daily note nor a person's; None if it has none."""
    meeting = next((one.date for one in met if one.title is not None), None)
    titled = day_of_name(note.title, people.order) if note.title else None
    return meeting or titled or day_of_note(note, people, config)


def _why_unread(note: Note, corpus: Corpus, vault: Vault, config: Config) -> tuple[str, str] | None:
    """Return why a note is not read, and what would change that; None if it is read."""
    if note.unread:
        return in_syntax_of(vault.app, "it says `netnotes: ignore`"), "remove that property"
    if all(one.path != note.path for one in corpus.vault.notes):
        if any(pattern.search(note.path) for pattern in patterns_of(vault, replace(config, exclude=()))):
            return "it is among the app's excluded files", "remove the filter in the app's settings"
        return "`exclude` in netnotes.toml matches it", "change `exclude` in netnotes.toml"
    if note.set_aside == CONFLICT_COPY:
        return "it is a copy that a sync left behind", "move what is new in it to the note, and delete the copy"
    if not is_evidence(note, vault.templates):
        return (
            "it is a template",
            "if it is not one, fill in its placeholders, or move it out of the folder of templates",
        )
    return None


def _kind(own: Person | None, met: Sequence[Encounter], day: dt.date | None) -> str:
    if own:
        return "your own note" if own.me else "person"
    if day:
        return f"daily note of {day}"
    return "meeting note" if any(one.title is not None for one in met) else "note"
