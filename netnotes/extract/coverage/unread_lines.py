"""Names on lines that are not encounters: remarks on them, and names that may be people."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field

from netnotes.coverage import Candidate, NoteCoverage, UnreadName
from netnotes.extract.occasion import Trace
from netnotes.extract.people.names import folded, is_placeholder, stem
from netnotes.extract.people.note_names import looks_like_name
from netnotes.extract.people.person_marks import has_other_type, is_dated_name
from netnotes.extract.people.resolver import Resolver, never_names
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Person, Problem
from netnotes.regex import regex
from netnotes.text import line_dates
from netnotes.text.lexicon.words import fold, given_names, listed
from netnotes.text.names_in_lines import PARTICLES

_MOST_LINES = 20
"""Most lines kept for one candidate."""
_MOST_WORDS = 4
_MOST_NAMED = 3
"""Most names or lines listed in one remark."""
_SENTENCE = regex(r"[^\W\d_]{3,}[.!?]\s")
_KEYWORD = regex(r"(?:TODO|DOING|LATER|NOW|WAITING|WAIT|DONE|CANCELL?ED|FIXME|NB|PS)\b")
_JOINING = PARTICLES | {"y", "i"}
_DIGIT = regex(r"\d")


@dataclass(slots=True)
class _Name:
    spellings: Counter[str] = field(default_factory=Counter)
    days: set[dt.date] = field(default_factory=set)
    contact: dict[tuple[str, int], None] = field(default_factory=dict)
    other: dict[tuple[str, int], None] = field(default_factory=dict)
    counted: bool = False


class Candidates:
    """Collects names that may be people from all notes of a vault, note by note."""

    def __init__(self) -> None:
        self._names: defaultdict[str, _Name] = defaultdict(_Name)

    def add(self, path: str, names: Iterable[UnreadName]) -> None:
        """Add the names on the lines of a note."""
        for one in names:
            found = self._names[folded(one.name)]
            found.spellings[one.name] += 1
            (found.contact if one.contact else found.other)[path, one.line] = None
            found.counted |= one.counted
            if one.date:
                found.days.add(one.date)

    def found(self, people: Resolver) -> Iterator[Candidate]:
        """Yield the candidates: those on most contact lines first, then the most linked; those already counted last."""
        close = _by_last_name(people)
        for key, found in sorted(
            self._names.items(), key=lambda at: (at[1].counted, -len(at[1].contact), -len(at[1].other), at[0])
        ):
            words = key.replace(".", "").split()
            near = close.get(f"{words[0][0]} {words[-1]}" if len(words) > 1 else key, []) if words else []
            shown = max(found.spellings, key=lambda name: (found.spellings[name], name))
            lines = tuple(found.contact | found.other)[:_MOST_LINES]
            alias_of = near[0] if len(near) == 1 else None
            counts = (len(found.contact), len(found.days))
            yield Candidate(shown, *counts, lines, alias_of, len(found.other), counted=found.counted)


def read(
    note: Note,
    found: Iterable[Trace],
    people: Resolver,
    met: AbstractSet[str],
    met_on: AbstractSet[dt.date],
    *,
    dated: bool = False,
) -> NoteCoverage:
    """Return remarks on the names on a note's lines that are not encounters, and which of them may be people.

    `met` are the ids of people without a note who count, `met_on` the days of the encounters in a person's note;
    `dated`: whether the note is of one day.
    """
    lines: defaultdict[int, list[Trace]] = defaultdict(list)
    for trace in found:
        lines[trace.line].append(trace)
    remarks: list[Problem] = []
    linked: set[str] = set()
    unmarked: set[str] = set()
    names: list[UnreadName] = []
    left = _dated_lines_of(note, people, met_on)
    own = note.path in people.noted
    for line, all_traces in lines.items():
        # In the log of a person, `Quick call` is a call with that person, and `Quick` is not a name.
        traces = [t for t in all_traces if not (own and t.plain and t.date in met_on and _is_other_word(t))]
        for trace in traces:
            target = None if trace.plain else people.path(note.path, trace.name)
            if target and target not in people.noted and trace.kind != "encounter":
                linked |= {target} if trace.near or trace.contact else set()
            elif name := _unknown(trace, people):
                counted = trace.kind == "encounter" and any(who.id in met for who in trace.people)
                names.append(UnreadName(name, line, trace.date, trace.near or trace.contact, counted))
        if any(trace.kind == "encounter" for trace in traces):
            continue
        if remark := _of_line(note.path, line, traces, people, met):
            remarks.append(remark)
            if remark.remark == "unmarked link":
                unmarked |= {path for trace in traces if (path := _unmarked_note(note.path, trace, people))}
        elif shown := next((trace for trace in traces if _is_worth_a_line(trace, of_a_day=dated)), None):
            left[line] = f"`{' '.join(shown.name.split()[:_MOST_WORDS])}` ({shown.why})"
    if dated:
        read = {line for line, traces in lines.items() if any(trace.kind == "encounter" for trace in traces)}
        left |= _contacts_without_name(note, read, read.union(left, (remark.line or 0 for remark in remarks)))
    if left:
        remarks.append(_not_counted(note.path, left))
    return NoteCoverage(tuple(remarks), tuple(sorted(linked)), tuple(sorted(unmarked)), tuple(names))


def _dated_lines_of(note: Note, people: Resolver, met_on: AbstractSet[dt.date]) -> dict[int, str]:
    """Return the lines of a person's note that start with a day on which no encounter was found."""
    if note.path not in people.noted:
        return {}
    days = {passage.line: passage.date for passage in note.passages if passage.date}
    return {line: f"{day}, without a sign of contact" for line, day in days.items() if day not in met_on}


def _contacts_without_name(note: Note, read: AbstractSet[int], remarked: AbstractSet[int]) -> dict[int, str]:
    """Return lines with a contact word or a length but without a known name: `dinner at Mum's`.

    `read` are the lines of encounters; the lines below one of them belong to it.
    """
    found: dict[int, str] = {}
    within = False
    for passage in note.passages:
        if passage.kind == "heading":
            within = passage.line in read
        parent = note.passages[passage.parent] if passage.parent >= 0 else None
        if within or passage.line in remarked or (parent and (parent.line in read or parent.line in found)):
            continue
        if (passage.channel or passage.minutes) and passage.state is None and passage.task in (None, "x", "X"):
            found[passage.line] = "a contact without a known name"
    return found


def _by_last_name(people: Resolver) -> Mapping[str, list[Person]]:
    """Return first letter and last name, and last name alone → people."""
    found: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people.noted.values():
        words = folded(person.name).split()
        if len(words) > 1:
            found[f"{words[0][0]} {words[-1]}"].append(person)
            found[words[-1]].append(person)
    return found


def _of_line(path: str, line: int, traces: Sequence[Trace], people: Resolver, met: AbstractSet[str]) -> Problem | None:
    """Return the remark on a line without an encounter."""
    known = [t for t in traces if t.people and not t.people[0].me and (t.people[0].path or t.people[0].id in met)]
    who = next((t for t in known if not t.plain or t.near or t.date), None)
    undated = who is not None and (who.rule == 0 or "without a date" in who.why or "dated note" in who.why)
    if who and who.rule in (7, 8) and who.date and "task" not in who.why and not undated:
        return Problem(
            f"names {who.people[0].name}, but does not say that you were in touch",
            path=path,
            line=line,
            hint="put a word such as `met`, `called` or `with` before the name",
            remark="no contact word",
        )
    if who and undated and (who.near or who.contact):
        return Problem(
            f"names {who.people[0].name}, but no date is given",
            path=path,
            line=line,
            hint="begin the line, or its heading, with a date such as 2026-03-01",
            remark="no date",
        )
    for trace in () if who else traces:
        contact = trace.near or trace.contact
        if unmarked := _unmarked_note(path, trace, people) if contact else None:
            return Problem(
                f"links {unmarked}, which is not marked as a person",
                path=path,
                line=line,
                hint="if it is one, add `type: person` to it, or its folder to `[people] folders` in netnotes.toml",
                remark="unmarked link",
            )
        if name := _unknown(trace, people):
            return Problem(
                f"`{name}` is not a known person" if contact else f"`{name}` has no note",
                path=path,
                line=line,
                hint="add such names with `netnotes candidates`"
                if contact
                else "if that is a person, write a note for them, and a word such as `met` on the line",
                remark="unknown name" if contact else "unknown link",
            )
    return None


def _unmarked_note(source: str, trace: Trace, people: Resolver) -> str | None:
    """Return the path of a linked note that may be a person's but is not marked as one."""
    path = None if trace.plain or trace.rule in (1, 3) or trace.date is None else people.path(source, trace.name)
    note = people.notes.get(path) if path else None
    if note is None or path in people.noted or has_other_type(note) or is_dated_name(note.path):
        return None
    return path if looks_like_name(stem(note.path)) and folded(stem(note.path)) not in people.never else None


def _is_worth_a_line(trace: Trace, *, of_a_day: bool) -> bool:
    """Return whether a name on a line without an encounter may be a person who was met. `of_a_day`: in a daily note."""
    if not of_a_day and trace.plain and not trace.people and is_first_word(trace.name):
        return False
    if trace.date is None or (trace.people and trace.people[0].me) or (trace.plain and _is_common(trace.name)):
        return False
    return bool(trace.people) or looks_like_name(trace.name.rpartition("/")[2].lstrip("@"))


def is_first_word(name: str) -> bool:
    """Return whether a capitalized word may only begin a sentence: `Made` in `Made it on 2026-01-31`."""
    return " " not in name and folded(name) not in given_names()


def _is_other_word(trace: Trace) -> bool:
    """Return whether an unknown name may be another word."""
    return not trace.people and is_first_word(trace.name)


def _is_common(name: str) -> bool:
    """Return whether a name is a common word that begins a sentence: `She`, `Wir`, or a heading: `Yesterday`."""
    return fold(name) in listed("common") or line_dates.is_day_nearby(name)


def _not_counted(path: str, lines: Mapping[int, str]) -> Problem:
    first, *others = list(lines.items())[:_MOST_NAMED]
    shown = "; ".join([first[1], *(f"line {line}: {what}" for line, what in others)])
    more = len(lines) - _MOST_NAMED
    more_lines = f"; and {more} more line{'s' * (more != 1)}" if more > 0 else ""
    return Problem(
        f"{shown}{more_lines}",
        path=path,
        line=next(iter(lines)),
        hint="`netnotes inspect NOTE` says what would change each of them",
        remark="not counted",
    )


def _unknown(trace: Trace, people: Resolver) -> str | None:
    """Return the name of an unknown person, if a dated line links one or a contact line names one."""
    if (
        (trace.kind == "encounter" and not _is_person_without_note(trace, people))
        or trace.rule in (1, 3)
        or trace.date is None
    ):
        return None
    if trace.plain and not (trace.near or trace.contact):
        return None
    if trace.people and (trace.people[0].path or trace.people[0].me):
        return None
    name = trace.name.rpartition("/")[2].partition("#")[0].strip().lstrip("@")
    if trace.plain:
        if _SENTENCE.search(name):
            return None
        name = " ".join(name.split()[:_MOST_WORDS])
    if not (trace.near or trace.contact or all(w[0].isupper() or w in _JOINING for w in name.split())):
        return None
    return name if _may_be_a_person(name, people, alone=trace.near) else None


def _is_person_without_note(trace: Trace, people: Resolver) -> bool:
    """Return whether a plain name is a counted person's without a note, whom the user may still add or dismiss."""
    who = trace.people[0] if trace.plain and len(trace.people) == 1 else None
    return who is not None and who.path is None and not who.me and not people.is_someone(who.name)


def _may_be_a_person(name: str, people: Resolver, *, alone: bool) -> bool:
    """Return whether a name may be an unknown person's; a single word only if it may be `alone`."""
    if (not alone and " " not in name) or _KEYWORD.match(name):
        return False
    if not looks_like_name(name) or is_placeholder(name) or _DIGIT.search(name) or not name[0].isupper():
        return False
    if folded(name) in people.never or all(word in never_names() for word in folded(name).split()):
        return False
    path = people.path("", name)
    note = people.notes.get(path) if path else None
    return note is None or not (has_other_type(note) or path in people.noted)
