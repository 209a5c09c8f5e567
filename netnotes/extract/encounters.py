"""Find all encounters and mentions of a vault, note by note; merge them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import replace
from functools import partial
from itertools import takewhile

from netnotes.config import USUAL_ENCOUNTERS, Config
from netnotes.extract import dated_lines, two_processes
from netnotes.extract.corpus import Corpus
from netnotes.extract.meetings import (
    attendee_key,
    attendee_names,
    is_dated_heading,
    is_meeting,
    meetings,
    words_of_name,
)
from netnotes.extract.merging import merge_changed_days, replace_source, with_known
from netnotes.extract.named_people import names_on
from netnotes.extract.note_types import (
    day_of_name,
    is_evidence,
    keys_of,
    labelled_date,
    named_date,
    opening_date,
    property_date,
    property_lines,
    titled_date,
    with_resolved_dates,
)
from netnotes.extract.occasion import Context, Meetings, Trace
from netnotes.extract.people.names import stem
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.people_without_note import (
    certain_people,
    met_without_note,
    who_counts,
    with_people_who_count,
)
from netnotes.extract.scenes import scene_of
from netnotes.incremental import EncounterMemory, NoteFindings, SourceKind
from netnotes.invalidation import Fork, Outdated, no_fork, store
from netnotes.model import Encounter, Mention, Note, Passage, Person, Problem
from netnotes.notes import Reference
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text.clauses import words_of
from netnotes.text.serialize import LABELLED, NAMED, TASK, hold

_LETTER = regex(r"[^\W\d_]")


def read(
    corpus: Corpus,
    people: Resolver,
    config: Config,
    from_plugins: Sequence[Encounter],
    memory: EncounterMemory,
    outdated: Outdated,
    fork: Fork = no_fork,
) -> tuple[MutableMapping[dt.date, tuple[Encounter, ...]], dict[dt.date, tuple[Encounter, ...]]]:
    """Return the encounters of a vault, each once, by their day; and those of changed days as they were before.

    The encounters of a day are sorted by path and line.

    Encounters `from_plugins` only complete those in notes. Of the notes in `memory` only the `outdated` are read again.
    """
    for path in outdated.changes.gone:
        _forget(path, memory)
    for path in outdated.changes.evidence:
        if day := corpus.daily_date(path):
            memory.daily[path] = day
    _read_meetings(people, config, memory, outdated, fork)
    again = [*outdated.notes, *_with_moved_meetings(corpus, people, memory, outdated)]

    def read_findings(note: Note) -> NoteFindings:
        earlier = memory.findings.result(note.path).encounters
        found = _findings(note, people, config, memory.daily, memory.meetings.found)
        return replace(found, encounters=with_known(found.encounters, earlier)) if earlier else found

    two_processes.refresh(again, people, read_findings, memory.findings, outdated.dependencies, fork)
    for note in again:
        _mark(note.path, memory)
    _update_counted(again, people, memory)
    replace_source(memory.days, SourceKind.PLUGIN, "", memory.from_plugins, from_plugins)
    memory.from_plugins = tuple(from_plugins)
    before = merge_changed_days(memory.days)
    return memory.days.merged, before


def mentions_finder(memory: EncounterMemory) -> Callable[[], Iterator[Mention]]:
    """Return a function that yields all mentions of this run, also after later runs; in the order of the paths."""
    paths, found = sorted(memory.mentioning), copy(memory.findings.found)
    return lambda: (mention for path in paths for mention in found[path].mentions)


def tracer(corpus: Corpus, people: Resolver, config: Config, memory: EncounterMemory) -> Callable[[Note], list[Trace]]:
    """Return the function that traces each name on the lines of a note, by the same rules as `read`."""
    found, met = memory.meetings.found, met_without_note(memory)

    def traces(note: Note) -> list[Trace]:
        noted: list[Trace] = []
        if is_evidence(note, corpus.vault.templates):
            _findings(note, people, config, memory.daily, found, noted)
        return [_with_verdict(trace, met) for trace in noted]

    return traces


def days_met(memory: EncounterMemory, path: str) -> set[dt.date]:
    """Return the days of the encounters that the last reading found in a note."""
    return {encounter.date for encounter in (*memory.counted.get(path, ()), *memory.meetings.result(path))}


def _with_verdict(trace: Trace, met: AbstractSet[str]) -> Trace:
    """Return a trace with the final result, which needs the whole vault if the person has no note."""
    who = trace.people[0] if len(trace.people) == 1 else None
    if trace.kind != "encounter" or who is None or who.path or who.me or who.id in met:
        return trace
    return trace._replace(kind="neither", rule=8, why="no note with this name, and met on only one day")


def _read_meetings(people: Resolver, config: Config, memory: EncounterMemory, outdated: Outdated, fork: Fork) -> None:
    """Read the encounters of the outdated meeting notes, and record which of them changed."""
    moved: set[str] = set()
    paths = [note.path for note in outdated.notes]
    before = list(map(memory.meetings.result, paths))

    def read_meeting(note: Note) -> tuple[Encounter, ...]:
        return with_known(_meeting(note, people, config, memory.daily), memory.meetings.result(note.path))

    two_processes.refresh(outdated.notes, people, read_meeting, memory.meetings, outdated.dependencies, fork)
    for path, earlier in zip(paths, before, strict=True):
        found = memory.meetings.result(path)
        replace_source(memory.days, SourceKind.MEETING, path, earlier, found)
        if found != earlier:
            moved.add(path)
    memory.moved = frozenset() if outdated.answers is None else frozenset(moved)


def _with_moved_meetings(
    corpus: Corpus, people: Resolver, memory: EncounterMemory, outdated: Outdated
) -> Sequence[Note]:
    """Return the notes with links to meetings that moved: in a daily note, people are taken from the meeting's note."""
    if outdated.answers is None:
        return ()
    paths = outdated.dependencies.of_notes(memory.moved - outdated.answers)
    return corpus.evidence_at(paths.difference(note.path for note in outdated.notes), people.notes)


def _update_counted(outdated: Iterable[Note], people: Resolver, memory: EncounterMemory) -> None:
    """Update which encounters of the `outdated` notes count, and for which people without a note."""
    unsure = {path: memory.findings.result(path) for path in sorted(memory.uncertain)}
    without_note = who_counts(unsure.values(), memory)
    again = dict.fromkeys(note.path for note in outdated)
    if _ids(without_note) != _ids(memory.without_note):
        again |= dict.fromkeys(unsure)
    memory.without_note = without_note
    for path in again:
        findings = memory.findings.result(path)
        now = tuple(
            one
            for encounter in findings.encounters
            if (one := with_people_who_count(encounter, findings, without_note))
        )
        before = memory.counted.get(path, ())
        daily = path not in people.noted and path != people.ego.path and path in memory.daily
        replace_source(memory.days, SourceKind.DAILY, path, before, now if daily else ())
        replace_source(memory.days, SourceKind.LOG, path, before, () if daily else now)
        store(memory.counted, path, now)


def _ids(people: Mapping[str, Person]) -> dict[str, str]:
    return {person_id: person.id for person_id, person in people.items()}


def _forget(path: str, memory: EncounterMemory) -> None:
    """Forget a note and its encounters."""
    memory.daily.pop(path, None)
    memory.findings.pop(path)
    replace_source(memory.days, SourceKind.MEETING, path, memory.meetings.pop(path), ())
    _mark(path, memory)
    before = memory.counted.pop(path, ())
    replace_source(memory.days, SourceKind.DAILY, path, before, ())
    replace_source(memory.days, SourceKind.LOG, path, before, ())


def _mark(path: str, memory: EncounterMemory) -> None:
    """Update for a note what is asked of all of them after each change."""
    findings = memory.findings.result(path)
    for is_one, marked in ((findings.mentions, memory.mentioning), (findings.uncertain, memory.uncertain)):
        if is_one:
            marked.add(path)
        else:
            marked.discard(path)
    store(memory.certain, path, certain_people(memory.meetings.result(path), findings))


def _findings(
    note: Note,
    people: Resolver,
    config: Config,
    daily: Mapping[str, dt.date],
    found: Meetings,
    noted: list[Trace] | None = None,
) -> NoteFindings:
    """Return the findings in a note's lines; a meeting's own encounter is left out. Traces are added to `noted`."""
    note = with_resolved_dates(note, people.order)
    keys = attendee_names(config.encounters.attendees)
    inbox = note.path == config.capture.inbox
    own = partial(Context, note, people, found, attendee_keys=keys, inbox=inbox, traces=noted)
    if note.path in found:
        return _rest_of_meeting_note(note, people, found[note.path], own(), config)
    context = partial(own, scene=scene_of(note, config, people.spelling, blocks=True))
    if owner := people.noted.get(note.path):
        return dated_lines.read(context(owner=owner))
    if note.path == people.ego.path:
        return dated_lines.read(context())
    if day := daily.get(note.path):
        return _of_day(context(day=day, daily=True), config)
    if titled := day_of_name(note.title, people.order) if note.title else None:
        return dated_lines.read(context(day=titled, daily=True))
    own_day = day_of_note(note, people, config) if note.passages else None
    if own_day and _is_cancelled(note):
        own_day = None
    return dated_lines.read(context(day=own_day, strict=own_day is not None))


def day_of_note(note: Note, people: Resolver, config: Config) -> dt.date | None:
    """Return the day of a note that is neither daily note nor meeting."""
    return named_date(note.path, people.order) or property_date(note, config, [], people.order)


def _rest_of_meeting_note(
    note: Note, people: Resolver, met: Sequence[Encounter], context: Context, config: Config
) -> NoteFindings:
    """Return the findings in a meeting note besides its meeting: tasks done on another day, and mentions."""
    done = NoteFindings()
    if hold(note.passages, TASK) and (tasks := _tasks(note.passages)):
        scene = scene_of(note, config, people.spelling)
        done = dated_lines.read(replace(context, note=note._replace(passages=tasks), scene=scene))
    there = {person.id for encounter in met for person in encounter.people}
    named: dict[str, tuple[Person, int]] = {}
    for passage in note.passages if hold(note.passages, NAMED) else ():
        for reference in passage.names if passage.task is None else ():
            for one in names_on(note, passage, reference, people) if reference.kind in ("link", "at") else ():
                if context.traces is not None:
                    context.traces.append(_trace_in_meeting(passage, reference, one.person, met[0].date, there))
                if one.noted and not one.person.me and one.person.id not in there:
                    named.setdefault(one.person.id, (one.person, passage.line))
    found = tuple(Mention(met[0].date, (person,), note.path, line) for person, line in named.values())
    return replace(done, mentions=(*done.mentions, *found))


def _tasks(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the tasks of a note, each with the nearest task that contains it as its parent."""
    place: dict[int, int] = {}
    kept: list[Passage] = []
    for at, passage in enumerate(passages):
        above = place.get(passage.parent, -1)
        if passage.task is None:
            place[at] = above
        else:
            place[at] = len(kept)
            kept.append(passage._replace(parent=above))
    return tuple(kept)


def _trace_in_meeting(passage: Passage, reference: Reference, person: Person, day: dt.date, there: set[str]) -> Trace:
    if person.id in there:
        return Trace(passage.line, day, reference.target, (person,), "encounter", 2, "was at this meeting")
    return Trace(
        passage.line, day, reference.target, (person,), "mention", 7, "linked in a meeting, not listed as present"
    )


def _meeting(note: Note, people: Resolver, config: Config, daily: Mapping[str, dt.date]) -> tuple[Encounter, ...]:
    """Return the encounters of a meeting note; none for other notes."""
    if note.path in people.noted or note.path == people.ego.path or note.path in daily:
        return ()
    key = attendee_key(note, config)
    if not key and not hold(note.passages, NAMED) and not named_date(note.path):
        return ()
    if not is_meeting(note, key) or _is_cancelled(note):
        return ()
    note = with_resolved_dates(note, people.order)
    problems: list[Problem] = []
    day = property_date(note, config, problems, people.order)
    if day is None or config.encounters.dates == USUAL_ENCOUNTERS.dates:
        # A property may say when the note was prepared or written up, or be left from a template.
        day = titled_date(note.path, people.order, day) or day
    day = day or named_date(note.path, people.order) or labelled_date(note, people.order) or opening_date(note)
    if key:
        people.problems.extend(problems)
    return meetings(note, key, day, people, config, date_reported=bool(problems))


def _is_cancelled(note: Note) -> bool:
    """Return whether a note says that its meeting did not take place, in its name, a property or its first lines."""
    statuses = [note.value(key) for key in keys_of(note, "status")]
    if hold(note.passages, LABELLED):
        above = takewhile(lambda passage: not is_dated_heading(passage), note.passages)
        statuses += property_lines(tuple(above))
    if any(word.kind == "cancelled" for value in statuses if isinstance(value, str) for word in words_of(value)):
        return True
    name = stem(note.path)
    return any(
        word.kind == "cancelled" and (name[word.start : word.end].isupper() or not _LETTER.search(name, word.end))
        for word in words_of_name(note.path)
    )


def _of_day(context: Context, config: Config) -> NoteFindings:
    """Return the findings of a daily note; people named only in its attendee property count as one encounter."""
    findings = dated_lines.read(context)
    note, people = context.note, context.people
    if not (key := attendee_key(note, config)) or (fold_key(key) not in note.properties and key not in note.properties):
        return findings
    seen = {person for encounter in findings.encounters for person in encounter.people}
    listed = note._replace(passages=())
    for summary in meetings(listed, key, context.day, people, config):
        rest = tuple(person for person in summary.people if person not in seen)
        if rest:
            findings = replace(findings, encounters=(*findings.encounters, replace(summary, people=rest, title=None)))
    return findings
