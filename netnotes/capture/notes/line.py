"""Turn what a sentence says into the line to write, in the user's own words if they read back as meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from netnotes.capture.promises.find import SpokenPromise
from netnotes.capture.understood import Understood
from netnotes.model import Person
from netnotes.regex import regex
from netnotes.text.lexicon.channels import CARD
from netnotes.text.lexicon.words import CHANNELS, fold, listed, tables

Linked = Callable[[Person, str], str]
"""(person, the words that name them) → a link to their note in the vault's style."""
_PEOPLE = "…"
"""The placeholder for people in word lists such as `log call`."""
_UNSAFE = regex(r"[\x00-\x1f\x7f]")
_LEADING = regex(r"^\s*(?:[-*+>#]+|\d{1,9}[.)]|\[[ xX]\])\s+|^\s*#+(?=\s)")
"""What would turn a line into something other than a bullet with words."""
_EMPTY_BRACKETS = regex(r"\s*(?:\(\s*\)|（\s*）|\[\s*\](?!\())")
_PARTICLE = regex(r"(?:(?:に(?:は)?|は)(?![ぁ-ゖ])|[、，])+")
"""What belongs to a Japanese or Chinese date phrase before it: `昨日は`, `三日前に`, `昨日、`."""
_MARKUP = regex(r"(\[\[[^\[\]\n]+\]\])|\[\[|\]\]|%%|<!--|-->|`")
"""What would create or break a link, a comment or code; a whole link of the user's, to something else, stays."""
_PRONOUN = regex(
    r"(?<!\w)(?:him|them|her(?=\s*(?:$|[,.;:)])|\s(?:the|a|an|my|some|that|this|it|back|about|to|by|on|at|for|if|when|in|up|over|"
    r"and|again|out|round|off|whether|what|how|why|where|with|from|\d)(?!\w)))(?!\w)",
    re.IGNORECASE,
)
"""Not `her` before a thing that is hers: `return her ladder`."""


class Style(NamedTuple):
    """The style of lines and tasks in a vault."""

    bullet: str = "- "
    logseq: bool = False
    due_field: bool = False
    """Whether due dates are written as `[due:: 2026-01-31]` rather than 📅."""


class Candidate(NamedTuple):
    """A line that may read back as meant."""

    text: str
    """The line without its bullet."""
    stated: frozenset[str]
    """The facts that it states whatever its words say, by the names they have in `Understood`."""


_ALL = frozenset(("minutes", "channel", "initiated_by", "scene"))
"""The facts that a line can state."""


def candidates(found: Understood, linked: Linked, log_of: Person | None = None) -> Iterator[Candidate]:
    """Yield possible lines, the most natural first: the user's words, then with fields or after the facts, then facts.

    The caller checks which one reads back as meant. `log_of`: for that person's log, with the date.
    """
    lead = f"{found.date.isoformat()} " if log_of is not None and found.date else ""
    present = {person.id for person in found.people}
    everybody = _own_words(found, linked, None, log_of)
    only_present = _own_words(found, linked, present, log_of)
    for words in dict.fromkeys((everybody, only_present)):
        if words:
            yield Candidate(lead + words, frozenset())
            yield from (Candidate(lead + words + fields, stated) for fields, stated in _fields(found))
    facts = [lead + _bare(found, linked, log_of, language) for language in dict.fromkeys((found.language, "en"))]
    # The words may say nothing of a contact, as in `Bo told me about his divorce`: then the facts are before them.
    for words in dict.fromkeys((_own_words(found, _as_written, None, log_of), everybody, only_present)):
        if words:
            yield from (Candidate(f"{fact}{joint}{words}", _ALL) for fact in facts for joint in (": ", " – "))
    yield from (Candidate(fact, _ALL) for fact in facts)


_COMBINATIONS = (
    *((), ("minutes",), ("channel",), ("initiated_by",)),
    *(("minutes", "initiated_by"), ("channel", "initiated_by"), ("minutes", "channel")),
    ("minutes", "channel", "initiated_by"),
)


def _as_written(_person: Person, words: str) -> str:
    return words


def _fields(found: Understood) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the fields that words may need to read back as meant, and the facts that these state."""
    known: dict[str, str] = {}
    if found.minutes:
        known["minutes"] = f" ({found.minutes:g} min)"
    if found.channel:
        known["channel"] = f" [channel:: {found.channel}]"
    if found.initiated_by:
        known["initiated_by"] = f" [by:: {found.initiated_by}]"
    scene = {"scene": f" [scene:: {found.scene}]"} if found.scene else {}
    for names in _COMBINATIONS:
        if known.keys() >= set(names) and (names or scene):
            stated = {name: known[name] for name in names} | scene
            yield "".join(stated.values()), frozenset(stated)


def _own_words(found: Understood, linked: Linked, only: Collection[str] | None, log_of: Person | None) -> str:
    """Return the sentence with people linked, without its date phrase and its promise."""
    text = found.text
    known = {person.id for person in found.people} if only is None else set(only)
    spans: list[tuple[int, int, str]] = [(start, end, "") for start, end in found.blanks]
    for name in found.names:
        who = name.person if name.person and (only is None or name.person.id in known) else None
        who = who or next((one for one in name.people if one.id in known), None)
        if who is not None and not (log_of and who.id == log_of.id) and not who.me:
            spans.append((name.start, name.end, linked(who, name.written)))
        elif not name.people and name.written in found.unknown:
            spans.append((name.start, name.end, linked(Person(f"?{name.written}", name.written), name.written)))
    pieces: list[str] = []
    done = 0
    for start, stop, instead in sorted(spans):
        particle = None if instead or not stop or text[stop - 1].isascii() else _PARTICLE.match(text, stop)
        end = particle.end() if particle else stop
        plain = _plain(text[done:start])
        pieces += [plain if instead else _without_filler(plain), instead]
        done = max(done, end)
    return _tidy("".join([*pieces, _plain(text[done:])]))


def _plain(words: str) -> str:
    """Remove from the user's words whatever would create or break a link, a comment or code."""
    return _MARKUP.sub(lambda found: found[1] or " ", words)


def _without_filler(head: str) -> str:
    """Return the words before a date phrase without the `on` that belongs to it."""
    before, _, last = head.rstrip().rpartition(" ")
    return f"{before} " if fold(last) in listed("on") else head


def _tidy(text: str) -> str:
    text = _UNSAFE.sub(" ", text)
    while (plain := _LEADING.sub("", text)) != text:
        text = plain
    text = _EMPTY_BRACKETS.sub("", re.sub(r"([(（])[\s,;、，]+|[\s,;、，]+([)）])", r"\1\2", text))
    text = re.sub(r"\s+([,;.!?])", r"\1", " ".join(text.split()))
    text = re.sub(r"([,;])(?:\s*[,;])+", r"\1", text)
    text = re.sub(r"[\s,;:–、，-]+(?:and|und|et|y|e|en|och|i|и|but)?$", "", text.strip())
    return re.sub(r"^[\s,;.:–、，。-]+", "", text)


def _bare(found: Understood, linked: Linked, log_of: Person | None, language: str) -> str:
    """Return only the facts, in words of a language whose meaning is never in doubt."""
    others = [person for person in found.people if not (log_of and person.id == log_of.id)]
    who = ", ".join([*(linked(person, person.name) for person in others), *(f"[[{name}]]" for name in found.unknown)])
    channel = "in person" if found.channel is None and not who else "mail" if found.channel == CARD else found.channel
    alone, beside = tables()[language].get(f"log {channel}", (found.channel or "", _PEOPLE))
    parts = [beside.replace(_PEOPLE, who) if who else alone]
    if found.minutes:
        parts.append(f"({found.minutes:g} min)")
    if found.channel and found.channel not in CHANNELS:
        parts.append(f"[channel:: {found.channel}]")
    if found.initiated_by:
        parts.append(f"[by:: {found.initiated_by}]")
    if found.scene:
        parts.append(f"[scene:: {found.scene}]")
    return " ".join(parts)


def task(promise: SpokenPromise, people: Collection[Person], linked: Linked, style: Style) -> str:
    """Return the task of a promise with its bullet: `- [ ] send [[Bo Hale]] the plan 📅 2026-06-14`."""
    named = [(name, name.person) for name in promise.names if name.person and not name.person.me]
    pieces: list[str] = []
    done = 0
    for name, person in sorted(named, key=lambda pair: pair[0].start):
        pieces += [_plain(promise.text[done : name.start]), linked(person, name.written)]
        done = max(done, name.end)
    words = "".join([*pieces, _plain(promise.text[done:])])
    whom = (promise.to,) if promise.to else people
    owed = [person for person in whom if person.id not in {one.id for _, one in named}]
    words = _tidy(words) or "promised"
    if promise.by == "them" and (people or named):
        subject = next(iter(people), None) or named[0][1]
        words = f"{linked(subject, subject.name)}: {words}"
    elif len(owed) == 1 and not named and _PRONOUN.search(words):
        words = _PRONOUN.sub(lambda _: linked(owed[0], owed[0].name), words, count=1)
    elif owed and not named:
        words = f"{words} ({', '.join(linked(person, person.name) for person in owed)})"
    return _task_line(words, promise.due, style)


def marked_as_mine(task: str) -> str:
    """Return a task with `@me`, which makes it the owner's whatever the words say."""
    return re.sub(r"(?<=TODO )|(?<=\[ \] )", "@me ", task, count=1)


def _task_line(words: str, due: dt.date | None, style: Style) -> str:
    if style.logseq:
        deadline = f"\n  DEADLINE: <{due:%Y-%m-%d} {_WEEKDAYS[due.weekday()]}>" if due else ""
        return f"- TODO {words}{deadline}"
    mark = "" if due is None else f" [due:: {due.isoformat()}]" if style.due_field else f" 📅 {due.isoformat()}"
    return f"{style.bullet}[ ] {words}{mark}"


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
