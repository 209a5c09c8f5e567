"""What was almost read: remarks on lines, notes and options, and names that may be people. Uses results of `read`."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from netnotes.config import Config
from netnotes.coverage import Coverage, in_order
from netnotes.extract import encounters
from netnotes.extract.corpus import Corpus
from netnotes.extract.coverage import near_misses, unused_options
from netnotes.extract.coverage.unread_lines import UnreadLines
from netnotes.extract.note_types import named_date
from netnotes.extract.people import known_since, unread_values
from netnotes.extract.people.names import folded, is_placeholder, stem
from netnotes.extract.people.note_names import looks_like_name
from netnotes.extract.people.passed_over import original
from netnotes.extract.people.person_marks import is_dated_name, kinds_of, mark_of, says_other_kind
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.people_without_note import met_without_note
from netnotes.incremental import EncounterMemory
from netnotes.model import Note, Problem, Vault
from netnotes.phrasing import problems_for
from netnotes.text.set_aside import CONFLICT_COPY, in_template_folder, within

MARK = "add `type: person` to their notes, or their folder to `[people] folders` in netnotes.toml"
_EMPTY = hashlib.sha256().hexdigest()
_MOST_WORDS = 4
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"\d{1,2}[-./_ ]\d{1,2}[-./_ ]\d{2,4}")
_CLUE_KEYS = frozenset(("email", "phone", "birthday", "company", "employer", "telephone", "mobile", "linkedin"))


def coverage(corpus: Corpus, people: Resolver, config: Config, memory: EncounterMemory) -> Coverage:
    """Return the remarks on a vault just read, and the candidates in it."""
    vault, notes = corpus.vault, corpus.evidence
    met = met_without_note(memory) | {
        person.id for named in people.names.values() for person in named if person.path is None
    }
    lines, traces = UnreadLines(), encounters.tracer(people, config, memory)
    for note in notes:
        dated = note.path not in people.noted and bool(memory.daily.get(note.path) or named_date(note.path))
        lines.look(note, traces(note), people, met, encounters.days_met(memory, note.path), dated=dated)
    unmarked = tuple(_unmarked(notes, people, lines.linked, config))
    remarks = lines.remarks
    # Where a contact line links the note, the remark on that line names it.
    alone = (path for path in unmarked if path not in lines.unmarked)
    remarks += (Problem("looks like a person", path=path, remark="unmarked person", hint=MARK) for path in alone)
    remarks += _unread_days(corpus, config, memory)
    remarks += near_misses.properties(notes, people, config)
    for person in people.noted.values():
        remarks += (*known_since.shared_years(person), *unread_values.remarks(person))
    remarks += near_misses.owner(notes, people, config)
    remarks += copy_remarks(vault, people)
    remarks += unused_options.remarks(vault, notes, people, config)
    remarks += _without_encounter(notes, people, memory, {remark.path for remark in remarks})
    silent = frozenset(config.silence)
    kept = (remark for remark in dict.fromkeys(remarks) if remark.remark not in silent)
    return Coverage(in_order(problems_for(vault.app, kept)), tuple(lines.candidates(people)), unmarked)


def _without_encounter(
    notes: Iterable[Note], people: Resolver, memory: EncounterMemory, remarked: set[str | None]
) -> Iterator[Problem]:
    """Yield dated notes without an encounter and without another remark."""
    for note in notes:
        if note.path in remarked or note.path in people.noted or encounters.days_met(memory, note.path):
            continue
        day = memory.daily.get(note.path) or named_date(note.path)
        if (day or any(passage.date for passage in note.passages)) and note.digest != _EMPTY:
            yield Problem(
                "no encounter was read here",
                path=note.path,
                remark="no encounter",
                hint="`netnotes inspect NOTE` shows what was read",
            )


def _unmarked(notes: Iterable[Note], people: Resolver, linked: Counter[str], config: Config) -> Iterator[str]:
    """Yield notes that look like people: by their content, their place, or because contacts link them."""
    of_folder: defaultdict[str, list[str]] = defaultdict(list)
    never = frozenset(map(folded, config.people.never))
    for note in notes:
        if note.path in people.noted or note.path == people.ego.path or is_dated_name(note.path):
            continue
        name = stem(note.path)
        if says_other_kind(note) or any(True for _ in kinds_of(note)) or folded(name) in never:
            continue
        if mark_of(note, config.people) is not None or not looks_like_name(name) or is_placeholder(name):
            continue
        full = 1 < len(name.split()) <= _MOST_WORDS and all(word[0].isupper() for word in name.split() if word)
        clues = _CLUE_KEYS & {key.lower() for key in note.properties}
        if clues or (full and linked[note.path]):
            yield note.path
        elif full:
            of_folder[note.path.rpartition("/")[0]].append(note.path)
    marked = Counter(path.rpartition("/")[0] for path in people.noted)
    for folder, paths in sorted(of_folder.items()):
        # Besides several people, a note with such a name is probably another person.
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
        elif _may_be_a_day(note, in_daily_folder=bool(inside)):
            undated[folder].append(note.path)
    for folder, paths in sorted(undated.items()):
        daily = bool(inside) and f"{folder}/".startswith(inside)
        numeric = [path for path in paths if not re.search(r"[^\W\d_]", stem(path))]
        yield from _read_as_no_day(
            paths if daily else numeric if len(numeric) > 1 and days[folder] <= len(numeric) else ()
        )


def _may_be_a_day(note: Note, *, in_daily_folder: bool) -> bool:
    """Return whether a note may be meant as a day: by its name or its lines."""
    name = stem(note.path)
    if _NUMERIC.fullmatch(name):
        return True
    return not is_dated_name(note.path) and bool(_DIGIT.search(name) or (in_daily_folder and note.passages))


def _read_as_no_day(paths: Sequence[str]) -> Iterator[Problem]:
    for path in paths:
        if _NUMERIC.fullmatch(stem(path)):
            yield Problem(
                "its name may be one of two days",
                path=path,
                remark="ambiguous date",
                hint='set `[encounters] day_order = "dmy"` (day first) or `"mdy"` in netnotes.toml',
            )
        else:
            yield Problem(
                "its name is not read as a day",
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
            hint = "if it is none, fill in or remove its {{…}} or <%…%>, or rename it"
            yield _set_aside(note, "looks like a template; it is not read", hint)
        elif (of := original(note.path)) in people.noted and note.path not in people.noted:
            hint = f"if it is someone else, give it another name; else move what is new in it to {of}"
            yield _set_aside(note, f"a second note beside {of}; it is not a person of its own", hint)


def _where_to_merge(note: Note, notes: Iterable[Note]) -> str:
    """Return what to do with a copy, with the note that it is a copy of where that is there."""
    folder = note.path.rpartition("/")[0]
    beside = (one.path for one in notes if one.path.rpartition("/")[0] == folder and one.set_aside is None)
    stems = ((path, path.removesuffix(".md")) for path in beside)
    of = max((path for path, stem in stems if note.path.startswith(stem)), key=len, default="the note")
    return f"move what is new in it to {of}, and delete the copy"


def _set_aside(note: Note, message: str, hint: str) -> Problem:
    return Problem(message, path=note.path, remark="set aside", hint=hint)
