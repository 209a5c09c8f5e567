"""What nearly was read: remarks on lines, notes and options, and names that may be people. Reads what `read` found."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from netnotes.config import Config
from netnotes.extract import encounters, unused_options
from netnotes.extract.names import folded, is_placeholder, stem
from netnotes.extract.note_types import daily_dates, evidence_notes
from netnotes.extract.occasion import Trace
from netnotes.extract.owner import attendees_of
from netnotes.extract.person_marks import (
    is_dated_name,
    kinds_of,
    looks_like_name,
    mark_of,
    says_other_kind,
)
from netnotes.extract.resolver import Directory
from netnotes.model import Note, Person, Problem, Vault
from netnotes.text.lexicon.words import CHANNELS, listed

TITLES = {
    "no contact word": "Lines that name people but do not say that you were in touch",
    "no date": "Contacts without a date that can be read",
    "unknown name": "Lines of contact that name nobody known",
    "unmarked person": "Notes that look like people but are not marked as such",
    "unread day": "Files in the daily folder whose names are not read as a day",
    "ambiguous date": "Dates whose day and month could be exchanged",
    "owner": "Who you are",
    "unused option": "Options that match nothing in this vault",
}
"""Kind of remark → heading in `check`."""
MARK = "add `type: person` to their notes, or their folder to `[people] folders` in netnotes.toml"
_MOST_LINES = 20
"""Lines that are kept of one candidate."""
_MOST_WORDS = 4
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?]\s")
_KEYWORD = re.compile(r"(?:TODO|DOING|LATER|NOW|WAITING|WAIT|DONE|CANCELL?ED|FIXME|NB|PS)\b")
_DIGIT = re.compile(r"\d")
_CLUE_KEYS = frozenset(("email", "phone", "birthday", "company", "employer", "telephone", "mobile", "linkedin"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be somebody's who is not known."""

    name: str
    count: int
    """Lines of contact that name them."""
    days: int
    lines: tuple[tuple[str, int], ...]
    """(path, line) of the first of them."""
    alias_of: Person | None = None
    """The only person known whose first name, or first letter and last name, this is."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a vault holds besides what is read."""

    remarks: tuple[Problem, ...]
    """Sorted by kind, path and line."""
    candidates: tuple[Candidate, ...]
    """The commonest first."""
    unmarked: tuple[str, ...]
    """Paths of notes that look like people and are not marked."""


@dataclass(slots=True)
class _Names:
    name: Counter[str] = field(default_factory=Counter)
    days: set[dt.date] = field(default_factory=set)
    lines: dict[tuple[str, int], None] = field(default_factory=dict)


def coverage(vault: Vault, people: Directory, config: Config, known: encounters.Known) -> Coverage:
    """Return the remarks on a vault that was just read, and the candidates in it."""
    names: defaultdict[str, _Names] = defaultdict(_Names)
    remarks: list[Problem] = []
    notes = evidence_notes(vault)
    named_like_people = _linked_beside_contact(notes, people, config, known, names, remarks)
    unmarked = tuple(_unmarked(notes, people, named_like_people, config))
    remarks += (Problem("looks like a person", path=path, remark="unmarked person", hint=MARK) for path in unmarked)
    remarks += _unread_days(vault, notes, config, known)
    remarks += _owner(notes, people, config)
    remarks += unused_options.remarks(vault, notes, people, config)
    silent = frozenset(config.silence)
    kept = (remark for remark in dict.fromkeys(remarks) if remark.remark not in silent)
    order = list(TITLES)
    return Coverage(
        tuple(sorted(kept, key=lambda r: (order.index(r.remark or ""), r.path or "", r.line or 0, r.message))),
        tuple(_candidates(names, people)),
        unmarked,
    )


def _linked_beside_contact(
    notes: Sequence[Note],
    people: Directory,
    config: Config,
    known: encounters.Known,
    names: dict[str, _Names],
    remarks: list[Problem],
) -> Counter[str]:
    """Collect names and remarks from all lines; return how often notes that are nobody's are named like people."""
    linked: Counter[str] = Counter()
    for note in notes:
        lines: defaultdict[int, list[Trace]] = defaultdict(list)
        for trace in encounters.traces(note, people, config, known):
            lines[trace.line].append(trace)
        for line, traces in lines.items():
            if any(trace.kind == "encounter" for trace in traces):
                continue
            remarks += _of_line(note.path, line, traces, people)
            for trace in traces:
                path = None if trace.plain else people.path(note.path, trace.name)
                if path and path not in people.noted and (trace.near or trace.contact):
                    linked[path] += 1
                elif name := _unknown(trace, people):
                    found = names[folded(name)]
                    found.name[name] += 1
                    found.lines[note.path, line] = None
                    if trace.date:
                        found.days.add(trace.date)
    return linked


def _of_line(path: str, line: int, traces: Sequence[Trace], people: Directory) -> Iterator[Problem]:
    """Yield what is to be said of a line from which no encounter came."""
    who = next((t for t in traces if t.people and not t.people[0].me and (not t.plain or t.near)), None)
    if who and who.rule == 7 and who.kind == "mention" and "task" not in who.why and "dated note" not in who.why:
        yield Problem(
            f"names {who.people[0].name}, but does not say that you were in touch",
            path=path,
            line=line,
            hint="add a word such as `met` or `called`, or a length such as `30 min`",
            remark="no contact word",
        )
    elif who and (who.rule == 0 or "without a date" in who.why or "dated note" in who.why) and who.near:
        yield Problem(
            f"names {who.people[0].name}, but no date is given",
            path=path,
            line=line,
            hint="begin the line, or its heading, with a date such as 2026-03-01",
            remark="no date",
        )
    elif who is None and (name := next((n for t in traces if (n := _unknown(t, people))), None)):
        yield Problem(
            f"`{name}` is nobody known",
            path=path,
            line=line,
            hint="netnotes candidates lists such names and takes them in",
            remark="unknown name",
        )


def _unknown(trace: Trace, people: Directory) -> str | None:
    """Return the name of somebody who is not known, where a line of contact has one."""
    if trace.kind == "encounter" or trace.rule in (1, 3) or trace.date is None or not (trace.near or trace.contact):
        return None
    if trace.people and (trace.people[0].path or trace.people[0].me):
        return None
    name = trace.name.rpartition("/")[2].partition("#")[0].strip().lstrip("@")
    if trace.plain:
        if _SENTENCE.search(name):
            return None
        name = " ".join(name.split()[:_MOST_WORDS])
    if (not trace.near and " " not in name) or _KEYWORD.match(name):
        return None
    if not looks_like_name(name) or is_placeholder(name) or _DIGIT.search(name):
        return None
    words = folded(name).split()
    if folded(name) in people.never or all(word in _never_names() for word in words) or not name[0].isupper():
        return None
    path = people.path("", name)
    if path and (note := people.notes.get(path)) and (says_other_kind(note) or path in people.noted):
        return None
    return name


@lru_cache(maxsize=1)
def _never_names() -> frozenset[str]:
    lists = ("never a name", "months", "weekdays", "common", "placeholders", *CHANNELS, "attendees", "plan heading")
    return frozenset(folded(word) for name in lists for word in listed(name))


def _candidates(names: dict[str, _Names], people: Directory) -> Iterator[Candidate]:
    """Yield the candidates, those named on most lines first."""
    by_last: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people.noted.values():
        words = folded(person.name).split()
        if len(words) > 1:
            by_last[f"{words[0][0]} {words[-1]}"].append(person)
            by_last[words[-1]].append(person)
    for key, found in sorted(names.items(), key=lambda item: (-len(item[1].lines), item[0])):
        words = key.replace(".", "").split()
        close = by_last.get(f"{words[0]} {words[-1]}" if len(words) > 1 else key, []) if words else []
        shown = max(found.name, key=lambda name: (found.name[name], name))
        lines = tuple(found.lines)[:_MOST_LINES]
        yield Candidate(shown, len(found.lines), len(found.days), lines, close[0] if len(close) == 1 else None)


def _unmarked(notes: Iterable[Note], people: Directory, linked: Counter[str], config: Config) -> Iterator[str]:
    """Yield the notes that look like people: by what they hold, by where they lie, or since contacts link them."""
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
        # Beside several people, whoever is named like one is probably another.
        if marked[folder] >= max(3, len(paths)):
            yield from paths


def _unread_days(vault: Vault, notes: Iterable[Note], config: Config, known: encounters.Known) -> Iterator[Problem]:
    """Yield the files of the daily folder, or of folders full of days, that are read as no day."""
    wanted = config.encounters.daily_folder if config.encounters.daily_folder is not None else vault.daily_folder
    dated = daily_dates(vault, config)
    days: Counter[str] = Counter()
    undated: defaultdict[str, list[str]] = defaultdict(list)
    for note in notes:
        folder = note.path.rpartition("/")[0]
        if known.daily.get(note.path) or dated(note.path):
            days[folder] += 1
        elif _DIGIT.search(stem(note.path)) and not is_dated_name(note.path):
            undated[folder].append(note.path)
    for folder, paths in sorted(undated.items()):
        daily = bool(wanted.strip("/")) and (folder + "/").startswith(wanted.strip("/") + "/")
        numeric = [path for path in paths if not re.search(r"[^\W\d_]", stem(path))]
        for path in paths if daily else numeric if len(numeric) > 1 and days[folder] <= len(numeric) else ():
            yield Problem(
                "its name is read as no day",
                path=path,
                remark="unread day",
                hint='set `[encounters] daily_format`, for example "DD-MM-YYYY", in netnotes.toml',
            )


def _owner(notes: Iterable[Note], people: Directory, config: Config) -> Iterator[Problem]:
    """Yield who was taken to be the owner of the vault, where nothing says so."""
    ego = people.ego
    if config.me is not None or ego.name == "me" or ego.value("me") is True:
        return
    lists = [names for note in notes if (names := attendees_of(note, config))]
    count = sum(folded(ego.name) in names for names in lists)
    yield Problem(
        f"{ego.name} is in {count} of {len(lists)} attendee lists and is taken to be you",
        path=ego.path,
        remark="owner",
        hint=f'`me = "{ego.name}"` in netnotes.toml confirms it, `not_me = ["{ego.name}"]` says no',
    )
