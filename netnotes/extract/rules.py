"""Decide what a name on a dated line means: the first rule that matches counts.

1 did not happen, is planned for later, or quoted → neither · 2 a list of attendees → encounter · a length in brackets →
encounter · 3 words of planning, citing or talking about → mention · 4 a contact word → encounter · 5 a length or a time
of day → encounter · 6 nothing but names, or a person as the head of a block → encounter · 7 everything else → mention.
"""

from __future__ import annotations

from typing import Literal

from netnotes.extract.people.likely_names import is_likely_name
from netnotes.extract.people.names import folded
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Passage, Person
from netnotes.notes import Reference
from netnotes.text import roles
from netnotes.text.clauses import CANCELLED, NEGATED, TOPIC

Kind = Literal["encounter", "mention", "neither"]
OPEN_TASKS = (" ", "/", ">", "<", "-", "?", "!")
"""Status characters of a task that did not take place."""
WITH = "right after `with`"
DONE_TASKS = ("x", "X")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a name on a line means, and the rule that decided."""

    kind: Kind
    rule: int
    why: str


@dataclass(frozen=True, slots=True)
class LineContext:
    """What the lines above and below a line say about it."""

    planned: bool = False
    """A heading or bullet of plans, ideas or lists of people to call."""
    channel: str | None = None
    """The contact word of the bullet or heading above."""
    joins: bool = False
    """The line belongs to an occasion that a line above began."""
    has_people: bool = False
    """The bullet or heading above says who was there: a line below adds only who joined them."""
    lines_below: bool = False
    """There are lines below it."""
    absent: bool = False
    """The first line below it says that the person was not there: `sick`, `Ada is on leave`."""


def classify(
    passage: Passage, reference: Reference, around: LineContext, *, strict: str | None = None, later: bool = False
) -> Verdict:
    """Return what a line says about a name on it.

    `strict`: why only a contact word right before the name counts, if so. `later`: a day after the line's own is right
    after the name.
    """
    if reference.kind == "name" and not (reference.near or _is_listed(passage) or _leads_with_time(passage, reference)):
        return Verdict("neither", 7, "a name in plain text without a contact word")
    verdict = _first_that_matches(passage, reference, around)
    if verdict.kind != "encounter":
        return verdict
    if strict is not None and not is_met_for_sure(verdict, reference):
        return Verdict("mention", 7, strict)
    return Verdict("mention", 3, "planned") if later else verdict


def _first_that_matches(passage: Passage, reference: Reference, around: LineContext) -> Verdict:
    for rule in (_never_happened, _attended, _noted, _only_spoken_of, _contact, _time_spent, _head_of_block):
        if verdict := rule(passage, reference, around):
            return verdict
    return Verdict("mention", 7, "no sign of contact")


def _never_happened(passage: Passage, reference: Reference, around: LineContext) -> Verdict | None:
    if reference.state in ("struck", "comment", "embed", roles.ABSENT, roles.QUOTE):
        return Verdict("neither", 1, reference.state)
    if reference.state in (CANCELLED, NEGATED) and not passage.noted:
        return Verdict("neither", 1, reference.state)
    if around.planned or (passage.role == roles.PLAN and passage.task not in DONE_TASKS):
        return Verdict("neither", 1, "a list of plans")
    if passage.task is not None and passage.task in OPEN_TASKS:
        return Verdict("neither", 1, not_done(passage.task))
    return None


def not_done(task: str) -> str:
    """Return the words for a task that is not ticked, by its status character."""
    return "a cancelled task" if task == "-" else "an open task"


def _attended(passage: Passage, _reference: Reference, _around: LineContext) -> Verdict | None:
    listed = passage.role in (roles.ATTENDEES, roles.ATTENDEE)
    return Verdict("encounter", 2, "listed as present") if listed else None


def _noted(passage: Passage, reference: Reference, _around: LineContext) -> Verdict | None:
    """Return `encounter` for a line with a length in brackets, `(45 min)`, whatever its other words; else None."""
    if not passage.noted or passage.minutes is None or passage.task is not None or reference.kind == "name":
        return None
    return Verdict("encounter", 5, "a length in brackets")


def _only_spoken_of(_passage: Passage, reference: Reference, _around: LineContext) -> Verdict | None:
    return Verdict("mention", 3, reference.state) if reference.state else None


def _contact(passage: Passage, reference: Reference, around: LineContext) -> Verdict | None:
    timed = reference.first and (passage.minutes is not None or reference.minutes is not None)
    if passage.channel is not None and (passage.task is None or reference.near or timed or passage.role == roles.NAMES):
        return Verdict("encounter", 4, passage.channel)
    if passage.task is not None:
        return Verdict("mention", 7, "a task without a contact word")
    if reference.company and reference.kind != "embed" and passage.minutes is None and passage.clock is None:
        return Verdict("encounter", 4, WITH)
    if around.channel is not None and (around.joins or (not around.has_people and _is_about(passage, reference))):
        return Verdict("encounter", 4, around.channel)
    return None


def _time_spent(passage: Passage, reference: Reference, around: LineContext) -> Verdict | None:
    if passage.minutes is not None or passage.clock is not None or reference.minutes is not None:
        return Verdict("encounter", 5, "a length or time of day")
    return Verdict("encounter", 5, "part of an occasion") if around.joins else None


def _head_of_block(passage: Passage, _reference: Reference, around: LineContext) -> Verdict | None:
    if around.absent:
        return None
    if passage.role == roles.NAMES and (passage.kind != "heading" or around.lines_below):
        return Verdict("encounter", 6, "nothing but names")
    if "people" in passage.tags or "person" in passage.tags:
        return Verdict("encounter", 6, "marked as people")
    return None


def _is_about(passage: Passage, reference: Reference) -> bool:
    """Return whether a line below a contact word says who was there: only names, `with`, or a name first."""
    return passage.role == roles.NAMES or reference.near or reference.first


def _is_listed(passage: Passage) -> bool:
    return passage.role in (roles.NAMES, roles.ATTENDEES, roles.ATTENDEE)


def _leads_with_time(passage: Passage, reference: Reference) -> bool:
    """Return whether a line with a length or a time of day, or a dated row, begins with a name: `14:00 Tilda`."""
    timed = passage.minutes is not None or passage.clock is not None
    return reference.first and (timed or (passage.kind == "row" and passage.date is not None))


def joins(passage: Passage) -> bool:
    """Return whether a line below an occasion adds its people to it: a bare name, `with`, `joined`, a length."""
    return bool(passage.names) and (
        passage.role == roles.NAMES or passage.minutes is not None or any(name.minutes for name in passage.names)
    )


def says_absent(passage: Passage, head: Passage) -> bool:
    """Return whether a line says of the person in the line above it that they were not there: `sick`, `Ada is ill`."""
    if passage.channel is not None or passage.task is not None:
        return False
    if not passage.names:
        return passage.state == CANCELLED
    subject, *_ = passage.names
    called = [folded(name.target) for name in head.names]
    return subject.first and subject.state == TOPIC and any(folded(subject.target) in name for name in called)


def is_met_for_sure(verdict: Verdict, reference: Reference) -> bool:
    """Return whether a contact word is right before the name."""
    return verdict.rule == 4 and reference.near and verdict.why != WITH


def is_candidate(passage: Passage, rule: int, reference: Reference, person: Person, *, strict: bool) -> bool:
    """Return whether a person without a note may have been met here: right after the contact word, or listed.

    If the name is likely a person's, a time before the name, or a link as the head of a block, is enough. In a `strict`
    note, such as a sermon, plain words do not count as names.
    """
    if strict and reference.kind == "name":
        return False
    if rule == 2 or (rule == 4 and reference.near) or (rule == 5 and reference.company):
        return True
    timed = rule == 5 or (rule == 4 and passage.channel is None and (passage.minutes or passage.clock) is not None)
    lines_below = (reference.first and timed) or (rule == 6 and reference.kind == "link")
    return lines_below and is_likely_name(person.name)
