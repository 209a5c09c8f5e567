"""Find encounters and mentions in the dated lines of a note: who was together, how long, by which channel.

A line is one occasion, together with the lines below that add to it. `rules` decides what each name on a line means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from netnotes.extract.meeting_times import lines_before_list
from netnotes.extract.meetings import channel_of_name
from netnotes.extract.named_people import NamedPerson, names_on
from netnotes.extract.note_types import done_date
from netnotes.extract.occasion import (
    Context,
    Group,
    Trace,
    announces_occasion,
    day_after_names,
    day_meant,
    encounter_of,
    names_later_day,
    says_what_and_when,
    why_no_encounter,
)
from netnotes.extract.rules import (
    DONE_TASKS,
    Kind,
    LineContext,
    Verdict,
    classify,
    is_candidate,
    joins,
    says_absent,
)
from netnotes.incremental import NoteFindings
from netnotes.model import Mention, Passage, Person
from netnotes.notes import Reference
from netnotes.reserved import fold_key
from netnotes.text import roles
from netnotes.text.lexicon import dates


def read(context: Context) -> NoteFindings:
    """Return what the lines of a note say; nothing from lines without a date."""
    reader = _Reader(context)
    for at, passage in enumerate(context.note.passages):
        reader.read_line(at, passage)
    return reader.findings()


class _Reader:
    """Reads the lines of one note."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._passages = context.note.passages
        self._headings: list[tuple[int, Passage]] = []
        self._section: Group | None = None
        self._group_of: dict[int, Group] = {}
        self._lists: dict[object, Group] = {}
        self._list: Group | None = None
        self._groups: list[Group] = []
        self._mentions: list[Mention] = []
        self._uncertain: set[str] = set()

    def read_line(self, at: int, passage: Passage) -> None:
        """Read one line."""
        if passage.kind == "heading":
            self._headings = [(n, h) for n, h in self._headings if h.level < passage.level]
            if self._section and passage.level <= self._section.passages[0].level:
                self._section = None
            self._list = None
        if why := self._context.why_waiting(passage):
            self._trace(passage, "neither", 1, why)
        elif passage.task is not None and not (passage.role == roles.ATTENDEE and passage.task in DONE_TASKS):
            self._read_task(passage)
        elif passage.role in (roles.ATTENDEES, roles.ATTENDEE):
            self._read_list(at, passage)
        elif keys := [key for key in passage.fields if fold_key(key) in self._context.attendee_keys]:
            self._read_field(at, passage, passage.fields[keys[0]])
        elif passage.role != roles.PLAN:
            self._read_line(at, passage)
        else:
            self._trace(passage, "neither", 1, "a list of plans")
        if passage.kind == "heading":
            self._headings.append((at, passage))

    def _day(self, passage: Passage) -> dt.date | None:
        """Return the day of a line: a ticked task, or a look back, may name another one than the lines above it."""
        day = self._day_around(passage)
        meant = day_after_names(passage)
        return meant if day and meant and (meant < day or passage.task is not None) else day

    def _day_around(self, passage: Passage) -> dt.date | None:
        """Return the day of a line: its own, else that of the bullet or heading above, else the note's."""
        if passage.date:
            return passage.date if passage.kind == "heading" else day_meant(passage.date, passage)
        for above in self._above(passage):
            if above.date:
                return day_meant(above.date, passage)
        if self._takes_inner_date(passage):
            return next(iter(passage.inside), None)
        day = self._context.day
        if day is None:
            return None
        if passage.days_ago:
            return day_meant(day, passage)
        return day_meant(day, next(filter(_is_about_past_day, self._above(passage)), passage))

    def _takes_inner_date(self, passage: Passage) -> bool:
        """Return whether a line gets its day from a date within its sentence; not in notes of ignored people."""
        owner = self._context.owner
        if owner is not None and owner.ignored:
            return False
        undated = self._context.day is None or self._context.strict
        inside = bool(passage.inside) and passage.date is None and undated
        return inside and not any(above.date for above in self._above(passage))

    def _is_strict(self, passage: Passage) -> bool:
        """Return whether only a contact word right before a name counts: unless the line or its heading has a date."""
        if self._context.strict:
            return passage.date is None and all(above.date is None for above in self._above(passage))
        return self._context.owner is None and self._takes_inner_date(passage)

    def _above(self, passage: Passage) -> Iterator[Passage]:
        """Yield the bullets and headings above a line, nearest first."""
        parent = passage.parent
        while parent >= 0:
            yield self._passages[parent]
            parent = self._passages[parent].parent
        for _, heading in reversed(self._headings):
            yield heading

    def _read_task(self, passage: Passage) -> None:
        """Read a ticked task with a contact word: on its done date, its first date, or that of the daily note."""
        context = self._context
        if reason := why_no_encounter(passage, daily=context.daily):
            self._trace(passage, "neither", 1, reason)
            return
        day = done_date(passage) or passage.date or (self._day(passage) if context.daily else None)
        if day is None:
            self._trace(passage, "neither", 1, "a ticked task without a date; add ✅ 2026-03-01")
            return
        group = Group(day, [])
        self._read_names(passage, group, LineContext())
        if context.owner and not any(group.present):
            group.owner = group.happened = True
        self._groups.append(group)

    def _read_list(self, at: int, passage: Passage) -> None:
        """Read a label or heading of attendees, or an entry of the list below it."""
        group = self._list
        if passage.role == roles.ATTENDEES or group is None:
            top = self._headings[-1][0] if self._headings else -1
            key = ("line", passage.parent) if passage.parent >= 0 else ("section", top)
            group = self._lists.get(key)
            if group is None:
                day = self._day(passage)
                if day is None:
                    return
                group = self._group_of.get(passage.parent) or Group(day, list(self._above(passage)))
                if group.passages:
                    group.present = [[] for _ in group.present]
                else:
                    self._groups.append(group)
                    for line in lines_before_list(self._passages, at):
                        group.add(line, [])
                group.listed = group.happened = True
                self._lists[key] = group
                if passage.parent >= 0 and says_what_and_when(self._passages[passage.parent]):
                    self._group_of.setdefault(passage.parent, group)
            self._list = group
        names = [
            NamedPerson(person)
            for person in self._context.people.attending(self._context.note.path, passage.line, passage.text or "")
        ]
        group.add(passage, names)
        self._group_of[at] = group
        self._trace_list(passage, group.day, names)

    def _read_field(self, at: int, passage: Passage, value: str) -> None:
        """Read a block that names its attendees in an inline field."""
        day = next(
            (d for k, v in passage.fields.items() if fold_key(k) == "date" and (d := dates.day_or_none(v))), None
        )
        day = day or self._day(passage)
        if day is None:
            return
        group = Group(day, list(self._above(passage)), listed=True, happened=True)
        people = self._context.people.attending(self._context.note.path, passage.line, value)
        group.add(passage, [NamedPerson(person) for person in people])
        self._trace_list(passage, day, group.present[-1])
        self._groups.append(group)
        self._group_of[at] = group

    def _read_line(self, at: int, passage: Passage) -> None:
        if passage.minutes is not None and not passage.names and (listed := self._list_beside(passage)):
            listed.add(passage, [])
            return
        day = self._day(passage)
        if day is None:
            self._trace(passage, "neither", 0, "no date on the line, above it or in the note")
            return
        above = self._group_of.get(passage.parent) if passage.parent >= 0 else self._section
        if above and above.day != day:
            above = None
        group = Group(day, list(self._above(passage)))
        around = self._line_context(at, passage, above)
        added = self._read_names(passage, group, around)
        if above is not None and not self._starts_occasion(passage, above, any(group.present)):
            above.add(passage, [] if above.listed else group.present[0])
            above.happened |= added or (passage.channel is not None and passage.state is None)
            if passage.state is not None and above.passages[0].channel is None:
                above.planned = True
            self._group_of[at] = above
            return
        within = self._takes_inner_date(passage)
        timed = passage.channel is not None or passage.minutes is not None or passage.clock is not None
        if self._context.owner and (passage.date or (within and timed)):
            group.owner = True
            group.planned = passage.state is not None
            heads = not within and (passage.kind == "heading" or around.lines_below)
            group.happened = not group.planned and (any(group.present) or timed or heads)
        elif not any(group.present) and not (announces_occasion(self._passages, at) and not self._is_strict(passage)):
            return
        self._groups.append(group)
        self._group_of[at] = group
        if passage.kind == "heading":
            self._section = group

    def _list_beside(self, passage: Passage) -> Group | None:
        """Return the attendee list that a line with only a length belongs to: below the same bullet, or right above."""
        if passage.parent >= 0:
            return self._lists.get(("line", passage.parent))
        return self._list if passage.role == roles.PROPERTY else None

    def _starts_occasion(self, passage: Passage, above: Group, present: bool) -> bool:
        """Return whether a line below an occasion starts its own: by its date, its time, or its contact word."""
        if passage.date is not None and passage.date != above.passages[0].date:
            return True
        if above.listed or not present:
            return False
        own_sign = passage.channel is not None or passage.clock is not None
        return own_sign and above.has_people and not above.owner

    def _line_context(self, at: int, passage: Passage, above: Group | None) -> LineContext:
        channel = next((p.channel for p in self._above(passage) if p.channel and p.state is None), None)
        if channel is None and passage.kind == "row" and passage.date and passage.state is None:
            # A table in a note such as `Phone log` lists contacts.
            channel = channel_of_name(self._context.note.path)
        following = self._passages[at + 1] if at + 1 < len(self._passages) else None
        leads = following is not None and (
            following.parent == at if passage.kind != "heading" else following.kind != "heading"
        )
        event = above is not None and not any(above.present) and not above.owner and bool(passage.names)
        return LineContext(
            channel=channel,
            joins=above is not None and not above.listed and (joins(passage) or event),
            has_people=above is not None and (any(above.present) or above.listed),
            lines_below=leads or passage.kind == "heading",
            absent=leads and following is not None and says_absent(following, passage),
        )

    def _read_names(self, passage: Passage, group: Group, around: LineContext) -> bool:
        """Add a line and the people present to `group`, and record mentions; return whether anyone was met."""
        context = self._context
        strict = self._is_strict(passage)
        why = "a dated note that is neither a daily note nor a meeting" if context.strict else "a date in a sentence"
        later = names_later_day(passage, group.day)
        present: list[NamedPerson] = []
        mentioned: dict[str, Person] = {}
        for reference in passage.names:
            named = names_on(context.note, passage, reference, context.people)
            verdict = classify(passage, reference, around, strict=why if strict else None, later=later)
            if not named:
                unknown = Verdict("neither", 8, "no known person has this name")
                self._trace_name(passage, reference, (), group.day, unknown if verdict.kind == "encounter" else verdict)
                continue
            self._trace_name(passage, reference, tuple(one.person for one in named), group.day, verdict)
            for one in named:
                if one.person.me:
                    continue
                if verdict.kind == "encounter" and (
                    one.certain or is_candidate(passage, verdict.rule, reference, one.person, strict=strict)
                ):
                    present.append(one)
                elif verdict.kind == "mention" and one.noted and reference.kind != "name":
                    mentioned[one.person.id] = one.person
        group.add(passage, present)
        for one in present:
            mentioned.pop(one.person.id, None)
            if not one.certain:
                self._uncertain.add(one.person.id)
            elif not one.noted:
                context.people.log.people_without_note.append(one.person)
        if mentioned:
            self._mentions.append(Mention(group.day, tuple(mentioned.values()), context.note.path, passage.line))
        group.happened |= bool(present)
        return bool(present)

    def _trace(self, passage: Passage, kind: Kind, rule: int, why: str) -> None:
        """Record the result for all names of a line."""
        if self._context.traces is None:
            return
        for reference in passage.names:
            named = names_on(self._context.note, passage, reference, self._context.people)
            people = tuple(one.person for one in named)
            self._trace_name(passage, reference, people, self._day(passage), Verdict(kind, rule, why))

    def _trace_list(self, passage: Passage, day: dt.date, named: list[NamedPerson]) -> None:
        if self._context.traces is not None:
            for one in named:
                trace = Trace(passage.line, day, one.person.name, (one.person,), "encounter", 2, "listed as present")
                self._context.traces.append(trace)

    def _trace_name(
        self,
        passage: Passage,
        reference: Reference,
        people: tuple[Person, ...],
        day: dt.date | None,
        verdict: Verdict,
    ) -> None:
        if self._context.traces is not None:
            self._context.traces.append(
                Trace(
                    *(passage.line, day, reference.target, people, verdict.kind, verdict.rule, verdict.why),
                    near=reference.near,
                    plain=reference.kind == "name",
                    contact=passage.channel is not None and passage.state is None,
                )
            )

    def findings(self) -> NoteFindings:
        """Return all findings."""
        owner = self._context.owner
        for group in self._groups:
            if owner and group.owner and not group.owner_was_there:
                self._mentions.append(Mention(group.day, (owner,), self._context.note.path, group.passages[0].line))
        found = [encounter for group in self._groups if (encounter := encounter_of(self._context, group))]
        # Someone who is certainly a person on one line is a person on the other lines, too.
        sure = {person.id for person in self._context.people.log.people_without_note}
        return NoteFindings(tuple(found), tuple(self._mentions), tuple(sorted(self._uncertain - sure)))


def _is_about_past_day(passage: Passage) -> bool:
    """Return whether a heading or a bullet says that the lines below are about the day before."""
    return passage.days_ago > 0 and all(name.kind == "name" for name in passage.names)
