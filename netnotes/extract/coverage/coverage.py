"""What was not read: remarks on lines, notes and options, and names that may be people. Uses the results of a run."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from sys import intern
from typing import Literal

from netnotes.config import Config
from netnotes.coverage import Coverage, NoteCoverage, in_order
from netnotes.directory import lookup_keys
from netnotes.extract import encounters
from netnotes.extract.corpus import Corpus, patterns_of
from netnotes.extract.coverage import near_misses, unread_lines, unused_options
from netnotes.extract.coverage.unread_lines import Candidates
from netnotes.extract.note_types import named_date
from netnotes.extract.occasion import Trace
from netnotes.extract.people import known_since, unread_values
from netnotes.extract.people.names import folded, is_placeholder, stem
from netnotes.extract.people.not_people import original
from netnotes.extract.people.note_names import looks_like_name
from netnotes.extract.people.person_marks import has_other_type, is_dated_name, kinds_of, mark_of
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.people_without_note import met_without_note
from netnotes.incremental import CoverageReading, EncounterMemory, Memory
from netnotes.model import Note, Passage, Problem, Vault
from netnotes.phrasing import problems_for
from netnotes.regex import regex
from netnotes.text.lexicon import dates
from netnotes.text.set_aside import CONFLICT_COPY, in_template_folder, within

MARK = "add `type: person` to their notes, or their folder to `[people] folders` in netnotes.toml"
_TO_MARKDOWN = "convert it to Markdown, for example with pandoc"
_EMPTY = hashlib.sha256().hexdigest()
_MOST_WORDS = 4
_DIGIT = regex(r"\d")
_NUMERIC = regex(r"\d{1,2}[-./_ ]\d{1,2}[-./_ ]\d{2,4}")
_CLUE_KEYS = frozenset(("email", "phone", "birthday", "company", "employer", "telephone", "mobile", "linkedin"))


def coverage(corpus: Corpus, people: Resolver, config: Config, memory: Memory) -> Coverage:
    """Return the remarks on a vault, and its candidates; notes unchanged since the last call are not read again."""
    vault, notes = corpus.vault, corpus.evidence
    found = _of_notes(corpus, people, config, memory)
    candidates = Candidates()
    for path, one in found.items():
        candidates.add(path, one.names)
    unmarked = tuple(_unmarked(found, people))
    remarks = [remark for one in found.values() for remark in one.remarks]
    # Where a contact line links the note, the remark on that line names it.
    alone = frozenset(unmarked).difference(*(one.unmarked for one in found.values() if one.unmarked))
    remarks += (Problem("looks like a person", path=path, remark="unmarked person", hint=MARK) for path in alone)
    remarks += _unread_days(corpus, config, memory.encounters)
    remarks += (remark for note in notes for remark in near_misses.without_year(note))
    known = memory.people
    remarks += near_misses.owner(known.attendees or {}, known.attendee_counts, people.ego, config)
    remarks += copy_remarks(vault, people)
    remarks += _org_notes(vault, config)
    remarks += unused_options.remarks(vault, notes, people, config)
    remarks += _without_encounter(notes, found, people, memory.encounters, {remark.path for remark in remarks})
    silent = frozenset(config.silence)
    kept = (remark for remark in dict.fromkeys(remarks) if remark.remark not in silent)
    return Coverage(in_order(problems_for(vault.app, kept)), tuple(candidates.found(people)), unmarked)


def _of_notes(corpus: Corpus, people: Resolver, config: Config, memory: Memory) -> dict[str, NoteCoverage]:
    """Return path → what was found in a note, and keep it in `memory`."""
    met = met_without_note(memory.encounters)
    counting = met | {person.id for named in people.names.values() for person in named if person.path is None}
    traces = encounters.tracer(corpus, people, config, memory.encounters)
    known, readings = memory.coverage.readings, {}
    for note in corpus.evidence:
        path, owner = note.path, people.noted.get(note.path)
        met_on = frozenset(encounters.days_met(memory.encounters, path)) if owner else frozenset()
        last = known.get(path)
        if (
            last is None
            or last.note is not note
            or last.owner is not owner
            or last.met != last.found.without_note & met
            or last.met_on != met_on
        ):
            log = people.start_log()
            noted = traces(note)
            found = _of_note(note, noted, people, config, memory.encounters, counting, met_on)
            used = tuple(map(intern, lookup_keys(log.lookups))) if log.lookups else ()
            last = CoverageReading(note, found, used, owner, found.without_note & met, met_on)
        readings[path] = last
    memory.coverage.readings = readings
    return {path: reading.found for path, reading in readings.items()}


def _of_note(
    note: Note,
    traces: Sequence[Trace],
    people: Resolver,
    config: Config,
    memory: EncounterMemory,
    counting: AbstractSet[str],
    met_on: AbstractSet[dt.date],
) -> NoteCoverage:
    """Return the remarks on one note, and the names in it that may be people."""
    owner = people.noted.get(note.path)
    day = memory.daily.get(note.path) or named_date(note.path)
    found = unread_lines.read(note, traces, people, counting, met_on, dated=bool(day and owner is None))
    if owner:
        more = (*known_since.shared_years(owner), *unread_values.remarks(owner))
    else:
        more = tuple(near_misses.properties(note, people, config))
    return found._replace(
        remarks=(*found.remarks, *more),
        dated=bool(day or any(passage.date and _may_be_contact(passage) for passage in note.passages)),
        looks="" if owner else _looks_like(note, config),
        without_note=frozenset(who.id for trace in traces for who in trace.people if who.path is None),
    )


def _may_be_contact(passage: Passage) -> bool:
    """Return whether a dated line may be about somebody, unlike the revisions of a recipe."""
    names = (name.kind != "name" or not unread_lines.is_first_word(name.target) for name in passage.names)
    return bool(passage.channel) or any(names)


def _without_encounter(
    notes: Iterable[Note],
    found: Mapping[str, NoteCoverage],
    people: Resolver,
    memory: EncounterMemory,
    remarked: set[str | None],
) -> Iterator[Problem]:
    """Yield dated notes without an encounter and without another remark."""
    for note in notes:
        if not found[note.path].dated or note.path in remarked or note.path in people.noted or note.digest == _EMPTY:
            continue
        if not encounters.days_met(memory, note.path):
            yield Problem(
                "no encounter was read here",
                path=note.path,
                remark="no encounter",
                hint="`netnotes inspect NOTE` shows what was read",
            )


def _looks_like(note: Note, config: Config) -> Literal["", "name", "person"]:
    """Return whether a note that is not a person's looks like one, by its name alone or by its content too."""
    name = stem(note.path)
    if is_dated_name(note.path) or has_other_type(note) or any(True for _ in kinds_of(note)):
        return ""
    if folded(name) in map(folded, config.people.never):
        return ""
    if mark_of(note, config.people) is not None or not looks_like_name(name) or is_placeholder(name):
        return ""
    if _CLUE_KEYS & {key.lower() for key in note.properties}:
        return "person"
    full = 1 < len(name.split()) <= _MOST_WORDS and all(word[0].isupper() for word in name.split() if word)
    return "name" if full else ""


def _unmarked(found: Mapping[str, NoteCoverage], people: Resolver) -> Iterator[str]:
    """Yield notes that look like people: by their content, their place, or because contacts link them."""
    of_folder: defaultdict[str, list[str]] = defaultdict(list)
    linked = frozenset().union(*(one.linked for one in found.values() if one.linked))
    for path, one in found.items():
        if not one.looks or path == people.ego.path:
            continue
        if one.looks == "person" or path in linked:
            yield path
        else:
            of_folder[path.rpartition("/")[0]].append(path)
    marked = Counter(path.rpartition("/")[0] for path in people.noted)
    for folder, paths in sorted(of_folder.items()):
        # In a folder with several people, a note with such a name is probably another person.
        if marked[folder] >= max(3, len(paths)):
            yield from paths


def _unread_days(corpus: Corpus, config: Config, memory: EncounterMemory) -> Iterator[Problem]:
    """Yield files of the daily folder, or of folders full of days, whose names are not read as a day."""
    wanted = config.encounters.daily_folder if config.encounters.daily_folder is not None else corpus.vault.daily_folder
    days: Counter[str] = Counter()
    undated: defaultdict[str, list[str]] = defaultdict(list)
    inside = f"{wanted.strip('/')}/" if wanted.strip("/") else ""
    for note in corpus.evidence:
        folder = note.path.rpartition("/")[0]
        if memory.daily.get(note.path):
            days[folder] += 1
        elif corpus.order and _is_ambiguous(stem(note.path)):
            continue
        elif _may_be_a_day(note, in_daily_folder=bool(inside)):
            undated[folder].append(note.path)
    for folder, paths in sorted(undated.items()):
        daily = bool(inside) and f"{folder}/".startswith(inside)
        numeric = [path for path in paths if not re.search(r"[^\W\d_]", stem(path))]
        several = len(numeric) > 1 and days[folder] <= len(numeric)
        yield from _unread_names(
            paths if daily else numeric if several else [path for path in paths if _is_ambiguous(stem(path))]
        )


def _may_be_a_day(note: Note, *, in_daily_folder: bool) -> bool:
    """Return whether a note may be meant as a day: by its name or its lines."""
    name = stem(note.path)
    if _NUMERIC.fullmatch(name) or _is_ambiguous(name):
        return True
    return not is_dated_name(note.path) and bool(_DIGIT.search(name) or (in_daily_folder and note.passages))


def _is_ambiguous(name: str) -> bool:
    """Return whether a name holds a day that depends on the order of day and month: `02-03-2026 Lunch`."""
    if not _NUMERIC.search(name) or dates.in_name(name) is not None:
        return False
    return dates.in_name(name, "dmy") != dates.in_name(name, "mdy")


def _unread_names(paths: Sequence[str]) -> Iterator[Problem]:
    for path in paths:
        if _is_ambiguous(stem(path)):
            yield Problem(
                "its name could mean two dates",
                path=path,
                remark="ambiguous date",
                hint='set `[encounters] day_order = "dmy"` (day first) or `"mdy"` in netnotes.toml',
            )
        else:
            yield Problem(
                "its name is not recognized as a date",
                path=path,
                remark="unread day",
                hint='set `[encounters] daily_format`, for example "DD-MM-YYYY", in netnotes.toml',
            )


def copy_remarks(vault: Vault, people: Resolver) -> Iterator[Problem]:
    """Yield one remark for each note that is not read because of its name or its placeholders."""
    for note in vault.notes:
        if note.set_aside == CONFLICT_COPY:
            yield _set_aside(note, "a copy that a sync left behind; it is not read", _where_to_merge(note, vault.notes))
        elif note.set_aside and not in_template_folder(note.path) and not within(note.path, vault.templates):
            hint = "if it is not one, fill in or remove its {{…}} or <%…%>, or rename it"
            yield _set_aside(note, "looks like a template; it is not read", hint)
        elif (of := original(note.path)) in people.noted and note.path not in people.noted:
            hint = f"if it is someone else, give it another name; otherwise move what is new in it to {of}"
            yield _set_aside(note, f"a second note about the person in {of}; it is not read as another person", hint)


def _org_notes(vault: Vault, config: Config) -> Iterator[Problem]:
    """Yield one remark for each note in org format, without those of Logseq's own folder."""
    patterns = patterns_of(vault, config)
    for path in vault.files:
        own = vault.app == "logseq" and path.startswith("logseq/")
        if path.lower().endswith(".org") and not own and not any(pattern.search(path) for pattern in patterns):
            yield Problem("an org note; it is not read", path=path, remark="other format", hint=_TO_MARKDOWN)


def _where_to_merge(note: Note, notes: Iterable[Note]) -> str:
    """Return the hint for a copy, with the path of the original if it exists."""
    folder = note.path.rpartition("/")[0]
    beside = (one.path for one in notes if one.path.rpartition("/")[0] == folder and one.set_aside is None)
    stems = ((path, path.removesuffix(".md")) for path in beside)
    of = max((path for path, stem in stems if note.path.startswith(stem)), key=len, default="the note")
    return f"move what is new in it to {of}, and delete the copy"


def _set_aside(note: Note, message: str, hint: str) -> Problem:
    return Problem(message, path=note.path, remark="set aside", hint=hint)
