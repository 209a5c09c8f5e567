"""Find promises: unchecked tasks that link people, with who owes what, and since when.

Who owes it, in this order: a field `[from:: Ada]`; `@me`, `waiting`, `owes me` and the like; the subject of `Ada to
send …`; else me. Dates are read as the Tasks plugin (📅 ⏳ 🛫 ➕) and Dataview (`[due:: 2026-01-31]`) write them;
`[chased:: 2026-01-31, 2026-02-07]`, or a dated bullet below the task, says when you asked again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from netnotes.extract.corpus import Corpus
from netnotes.extract.note_types import Dated, named_date
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.resolver import Resolver
from netnotes.invalidation import Outdated, ReadingCache
from netnotes.model import Initiative, Note, Passage, Person, Problem, Promise
from netnotes.notes import Reference
from netnotes.regex import regex
from netnotes.text.lexicon import dates
from netnotes.text.round_marks import is_marked
from netnotes.text.serialize import TASK, hold

OPEN = (" ", "/")
"""Status characters of a task that is not done; one in progress counts as open."""
_THEIRS = regex(r"(?<![\w@])(?:waiting|waits? on|@them|@waiting|owes? me|promised me)(?!\w)|#waiting", re.IGNORECASE)
_MINE = regex(r"(?<!\w)@me(?!\w)|(?<!\w)I (?:owe|promised)(?!\w)", re.IGNORECASE)
# No pattern may backtrack over long text: no bracket inside brackets, and blanks are matched possessively (`++`).
_LINK = r"\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]+\]\([^()\n]+\)"
_DOES = r"\s++(?:to|will|shall|must|should|has to|wants to|promised|promises|owes)\s"
_SAYS = rf"(?:{_DOES}|\s*:{{1,2}}\s|\s*[–—→-]{{1,2}}>?\s)"
"""What follows the subject: `Ada to send`, `Ada: send`, `Ada — send`."""
_LINKED_SUBJECT = regex(rf"[*_@]{{0,4}}({_LINK})[*_]{{0,3}}(?:(?:\s*,\s*|\s+(?:and|&)\s+)(?:{_LINK}))*{_SAYS}")
_AT_SUBJECT = regex(rf"@({_LINK}|[^\W\d_]\w*)\s")
_NAMED_SUBJECT = regex(rf"[*_@]{{0,4}}([^\W\d_][\w'’. -]{{0,60}}?)[*_]{{0,3}}{_SAYS}")
_MY_SUBJECT = regex(
    r"[*_@]{0,4}(?:me|i|myself|ich|moi|yo|я|我)[*_]{0,3}(?:\s*:|\s+(?:to|will|shall|must|should)\s)", re.IGNORECASE
)
_ASSIGNED = regex(r"(?:\(|—|–|-)\s*(?:assigned to|owner)\s*:?\s*@?([^()\n]{1,60}?)\)?\s*$", re.IGNORECASE)
_PRONOUN = regex(rf"(?:he|she|they){_DOES}", re.IGNORECASE)
_CHASED = regex(r"[\[(]\s*+chased\s*+::([^\])]{0,200})[\])]", re.IGNORECASE)
_DAY = regex(r"\d{4}-\d{2}-\d{2}")
_DATES = ("due", "scheduled", "start", "created")


def read(
    corpus: Corpus,
    people: Resolver,
    memory: ReadingCache[tuple[Promise, ...]],
    outdated: Outdated,
) -> tuple[Promise, ...]:
    """Return the promises of a vault, sorted by path and line; an invalid date becomes a problem.

    Of the notes in `memory` only the `outdated` are read again.
    """
    for path in outdated.changes.gone:
        memory.pop(path)
    for note in outdated.notes:
        if hold(note.passages, TASK):
            memory.refresh(note, people, partial(_all, note, corpus.daily_date, people), outdated.dependencies)
        else:
            memory.pop(note.path)
    return tuple([promise for _, found in memory.results() for promise in found])


def _all(note: Note, daily_date: Dated, people: Resolver) -> tuple[Promise, ...]:
    if not any(passage.task in OPEN for passage in note.passages):
        return ()
    return tuple(_of(note, daily_date(note.path) or named_date(note.path), people))


def _of(note: Note, day: dt.date | None, people: Resolver) -> Iterator[Promise]:
    owner = people.noted.get(note.path)
    below: dict[int, list[dt.date]] = {}
    for passage in note.passages:
        if passage.date and passage.parent >= 0:
            below.setdefault(passage.parent, []).append(passage.date)
    for at, passage in enumerate(note.passages):
        if passage.task not in OPEN or is_marked(passage.text or ""):
            continue
        linked = [p for name in passage.names if (p := _named(note, name, people, owner))]
        subject = _subject(passage, note, linked, people)
        # `TODO fill in` within a sentence is not a promise to the note's person; a task in a list may be.
        concerned = None if passage.kind == "paragraph" else owner
        named = [p for p in (subject, *linked, concerned) if p and not p.me]
        # In a person's own note a task without a name concerns them; one with a name may concern only others.
        who = dict.fromkeys(named[: len(named) - bool(concerned)] or named)
        if not who:
            continue
        days = {key: _day(passage, key, note, people) for key in _DATES}
        chased = _chased(passage, below.get(at, ()))
        yield Promise(
            people=tuple(who),
            text=passage.text or "",
            path=note.path,
            line=passage.line,
            owed_by=_owed_by(passage, subject),
            made=days["created"] or passage.date or day,
            due=days["due"],
            fields=passage.fields,
            scheduled=days["scheduled"],
            start=days["start"],
            chased=chased,
            chases=max(len(chased), _chase_count(passage)),
            words=plain(passage.text or ""),
        )


def _named(note: Note, name: Reference, people: Resolver, owner: Person | None) -> Person | None:
    """Return the person that a link or `@Name` on a task means; one without a note only outside people's own notes."""
    if name.kind not in ("link", "at"):
        return None
    target = name.target.partition("#")[0]
    if people.path(note.path, target):
        return people.linked(note.path, target)
    written = stem(target).lstrip("@").strip()
    if name.kind == "at" and (known := people.called(note.path, written)):
        return known
    key = folded(written)
    return Person(f"?{key}", name=written) if owner is None and key and not people.is_someone(written) else None


def with_people_who_count(promises: Iterable[Promise], everyone: Mapping[str, Person]) -> Iterator[Promise]:
    """Yield promises without those people without a note who are not in `everyone` (id → person), if anyone is left."""
    for promise in promises:
        if all(person.path for person in promise.people):
            yield promise
            continue
        who = (person if person.path else everyone.get(person.id) for person in promise.people)
        if people := tuple(dict.fromkeys(filter(None, who))):
            yield replace(promise, people=people)


def _owed_by(passage: Passage, subject: Person | None) -> Initiative:
    """Return who owes it: a `from` field first, then words, then the subject."""
    text = passage.text or ""
    if passage.fields.get("from"):
        return "me" if subject and subject.me else "them"
    if _MINE.search(text) or _MY_SUBJECT.match(text):
        return "me"
    if _THEIRS.search(text) or _PRONOUN.match(text):
        return "them"
    return "them" if subject and not subject.me else "me"


def _subject(passage: Passage, note: Note, linked: list[Person], people: Resolver) -> Person | None:
    """Return the subject of the task, if a field or the first words name a person."""
    if owed := passage.fields.get("from"):
        return people.called(note.path, owed)
    text = passage.text or ""
    if _MY_SUBJECT.match(text):
        return None
    if assigned := _ASSIGNED.search(text):
        return people.called(note.path, assigned[1])
    if _LINKED_SUBJECT.match(text):
        return linked[0] if linked else None
    if at := _AT_SUBJECT.match(text):
        return people.called(note.path, at[1]) or (linked[0] if linked and "[[" in at[1] else None)
    match = _NAMED_SUBJECT.match(text)
    if not match or "[" in match[1]:
        return None
    # A first name alone is known only as an alias, but may also mean the person that the task links.
    return people.called(note.path, match[1]) or next(
        (p for p in linked if match[1] in (p.name.partition(" ")[0], p.name)), None
    )


def _day(passage: Passage, key: str, note: Note, people: Resolver) -> dt.date | None:
    value = passage.fields.get(key)
    try:
        return dates.of_value(value)
    except dates.NoSuchDay as error:
        people.problems.append(
            Problem(
                f"{key} of a task: {error}",
                path=note.path,
                line=passage.line,
                hint="the task counts, the date does not",
            )
        )
        return None


def _chased(task: Passage, below: Iterable[dt.date]) -> tuple[dt.date, ...]:
    """Return the days in `chased` fields of the task and at the start of bullets below it."""
    found = {dates.day_or_none(day) for field in _CHASED.findall(task.text or "") for day in _DAY.findall(field)}
    return tuple(sorted({day for day in found if day}.union(below)))


def _chase_count(passage: Passage) -> int:
    value = passage.fields.get("chased", "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 0


_SHOWN = (
    (regex(r":[A-Z]{2,20}:\s[^<]{0,2000}?:END:"), " "),
    (regex(r"(?<=\s)\^[A-Za-z0-9-]+\s*\Z"), ""),
    (regex(r"\[\[(?:[^\[\]|\n]*\|)([^\[\]\n]+)\]\]"), r"\1"),
    (regex(r"\[[(\[]?[^\[\]()\n:]{1,40}::(?:[^\[\]\n]|\[\[[^\[\]\n]*\]\])*\]"), " "),
    (regex(r"\([^()\n:]{1,40}::[^()\n]*\)"), " "),
    (regex(r"\[([^\[\]\n]+)\]\([^()\n]+\)"), r"\1"),
    (regex(r"(?:[📅📆🗓⏳⌛✅🛫➕❌]\ufe0f?\s*[\d-]*|🔁[^📅⏳🛫➕✅#\[]*|[🔺⏫🔼🔽⏬]\ufe0f?)"), " "),
    (regex(r"\b(?:SCHEDULED|DEADLINE):\s*<[^<>\n]{1,60}>|@\{[^{}\n]{1,60}\}"), " "),
    (regex(r"(?<!\w)@(?:me|them|waiting)(?!\w)", re.IGNORECASE), " "),
    (regex(r"(?<!\S)#[\w/-]+"), " "),
    (regex(r"(?<!\w)[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}(?!\w)"), ""),
)
_BARE = regex(r"\[\[([^\[\]|\n]+)\]\]")


def plain(text: str) -> str:
    """Return only the words of a task: links as they are shown, without fields, dates, tags, drawers and formatting."""
    text = _BARE.sub(lambda match: stem(match[1].partition("#")[0]), text)
    for pattern, instead in _SHOWN:
        text = pattern.sub(instead, text)
    return " ".join(text.split()).strip(" ,;–-")
