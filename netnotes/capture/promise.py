"""A promise in the same sentence as a contact: who owes it, what, and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from netnotes.capture.days import BREAK, coming, is_deadline
from netnotes.capture.name_book import NameMatch
from netnotes.model import Initiative
from netnotes.regex import regex
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed
from netnotes.text.line_masking import blank

_PROMISED = ("promised by me", "promised by them")
"""Lists of words that make a promise by themselves."""
_THEIRS_BY_A_DAY = "due from them"
_BY_THEM = (_PROMISED[1], _THEIRS_BY_A_DAY)
_BY_A_DAY = ("owed by me", "wanted by them", _THEIRS_BY_A_DAY)
"""Lists of words that make a promise only with a deadline: `need to reply by Friday`, `she wants the map by Friday`."""
MARKS = (*_PROMISED, *_BY_A_DAY)
_STOP = regex(r"[;.!?](?=\s|$)")
_MARKER_END = regex(r"^[\s:,–-]*(?:(?:to|de|d['’]|di|att|zu|que|that|dass)\s)?\s*", re.IGNORECASE)


class SpokenPromise(NamedTuple):
    """A promise in the same sentence."""

    by: Initiative
    text: str
    due: dt.date | None
    names: tuple[NameMatch, ...] = ()
    """People named in it, with positions within `text`."""


def find_promise(
    text: str, masked: str, words: Sequence[Word], days: Sequence[DayPhrase], names: Sequence[NameMatch], today: dt.date
) -> tuple[SpokenPromise | None, tuple[int, int] | None]:
    """Return the promise in a sentence, and the span of its clause."""
    marks = [word for word in words if word.kind in _PROMISED or _is_due(masked, word, days, names, today)]
    if not marks:
        return None, None
    first = min(word.start for word in marks)
    mark = max((word for word in marks if word.start == first), key=lambda word: (word.end, word.kind == _PROMISED[1]))
    start = _start_of_clause(masked, mark.start)
    crowded = any(name.start < mark.start and name.end > start for name in names) or any(
        word.kind in CHANNELS and start <= word.start < mark.start for word in words
    )
    named = crowded and start > 0 and not masked[start : mark.start].strip()
    theirs = mark.kind in _BY_THEM or (named and mark.kind == _PROMISED[0] and mark.language == "en")
    if named:
        # `…, Ada wants the map by Friday`: the whole clause is the promise.
        lead_in = mark.start if theirs else start
    else:
        start = lead_in = mark.start if crowded else start
    end = _end_of_promise(masked, start, mark, words, days)
    clause = [day for day in days if start <= day.start < end and coming(day, today)]
    due_words = next((day for day in clause if day.start >= mark.end), clause[0] if clause else None)
    due = coming(due_words, today) if due_words else None
    cut = [(due_words.start, due_words.end)] if due_words else []
    alone = mark.kind in (*_PROMISED, "owed by me") and not text[lead_in : mark.start].strip()
    lead = mark.end if alone and _is_marker_only(text[mark.start : mark.end]) else lead_in
    skip = _MARKER_END.match(text[lead:end])
    lead += skip.end() if skip else 0
    within = [name for name in names if lead <= name.start < end]
    task = tidy_task(blank(text[lead:end], [(a - lead, b - lead) for a, b in cut]))
    by: Initiative = "them" if theirs else "me"
    placed = tuple(
        name._replace(start=task.find(name.written), end=task.find(name.written) + len(name.written))
        for name in within
        if name.written in task
    )
    return SpokenPromise(by, task, due, placed), (start, end)


def _start_of_clause(masked: str, at: int) -> int:
    return max((found.end() for found in BREAK.finditer(masked, 0, at)), default=0)


def _end_of_promise(masked: str, start: int, mark: Word, words: Sequence[Word], days: Sequence[DayPhrase]) -> int:
    """Return where a promise ends: with the sentence, or where a contact or its day follows that none precedes."""
    stop = _STOP.search(masked, mark.end)
    end = stop.start() if stop else len(masked)
    if not any(word.kind in CHANNELS and word.start < start for word in words):
        contacts = [word.start for word in words if word.kind in CHANNELS]
        # A day that cannot be the deadline, such as `today`.
        contacts += [day.start for day in days if day.date and not day.upcoming]
        for found in BREAK.finditer(masked, mark.end, end):
            if any(found.end() <= at < end for at in contacts):
                return found.start()
    return end


def _is_due(masked: str, word: Word, days: Sequence[DayPhrase], names: Sequence[NameMatch], today: dt.date) -> bool:
    """Return whether a word of `_BY_A_DAY` has a deadline in its clause, and nobody else is its subject."""
    if word.kind not in _BY_A_DAY:
        return False
    start = _start_of_clause(masked, word.start)
    stop = BREAK.search(masked, word.end)
    end = stop.start() if stop else len(masked)
    if not any(start <= day.start < end and is_deadline(masked, day, today) for day in days):
        return False
    if word.kind != "owed by me":
        return True
    before = {fold(token) for token in masked[start : word.start].split()}
    return not any(start <= name.start < word.start for name in names) and before.isdisjoint(listed("other people"))


def _is_marker_only(words: str) -> bool:
    """Return whether the words only mark a promise and do not say what: `promised`, not `to send`."""
    last = fold(words.rsplit(maxsplit=1)[-1].rstrip(":"))
    return not re.match(
        r"(?:send|schicken|schicke|envoyer|enviar|mandar\w*|mandare|inviare|sturen|skicka|wyslac|rendre|stuur)", last
    )


_LEADING = regex(r"^(?:(?:i['’]ll|i will|i|need to|have to|must|to|will|muss|noch|ich)\s)+", re.IGNORECASE)
"""Words that a task does not need to repeat."""
_TRAILING = regex(
    r"(?<![\s,])[\s,]++(?:(?:by|on|until|till|before|bis|zum|am|pour|d['’]ici|avant|le|para|antes|del|el|entro|per|il|até"
    r"|na|no|voor|op|vor|senast|på|do|w|к|до)(?:\s(?:zum|den|el|le|il|o))?|den|o)?[\s,]*+$",
    re.IGNORECASE,
)


def tidy_task(text: str) -> str:
    """Return a promise without what is left of its due date."""
    parts = [part.strip() for part in re.split(r"\s{2,}", text.strip(" ,;:–-")) if part.strip()]
    tidy = [(_TRAILING.sub("", f"{part} ") if len(parts) > 1 or part is parts[-1] else part) for part in parts]
    words = " ".join(" ".join(tidy).split())
    return _LEADING.sub("", words).strip(" ,;:–-")


_THEIRS = regex(
    r"\s*(?:(?:to|will|shall|must|should|has to|promised|promises|owes(?: me)?|wird|soll|va|doit|debe|deve|zal|moet|ska"
    r"|ma)\s|(?=schickt\s))",
    re.IGNORECASE,
)
_WAITING = regex(
    r"(?:ich\s)?(?:wait(?:ing)?\s(?:for|on)|wart(?:e|en)\sauf|attend(?:s|re)(?:\sque)?|esper(?:o|ar)\s(?:a|que)"
    r"|aspett(?:o|are)(?:\sche)?|wacht(?:en)?\sop|väntar?\spå|czekam\sna|жду(?:\sот)?)\s*",
    re.IGNORECASE,
)
"""What may precede the name of who is to do it."""
_OF_THEM = regex(r"\s*[:,–-]?\s*(?:(?:que|che)\s)?(?=\w)", re.IGNORECASE)
"""What may follow that name."""
_TASK_MARK = regex(r"^(?:[-*+]\s+)?(?:\[ \]\s+)?(?:TODO\s+)?|\s*📅", re.IGNORECASE)


def without_task_marks(text: str) -> str:
    """Return the words of a promise that is written as a task: `[ ] call Ada 📅 2026-01-31`."""
    return " ".join(_TASK_MARK.sub("", text).split())


def spoken_promise(text: str, names: Sequence[NameMatch], days: Sequence[DayPhrase], today: dt.date) -> SpokenPromise:
    """Return the promise that a whole text states: theirs if it starts with the name of a person who will do it."""
    phrase = next((day for day in reversed(days) if coming(day, today)), None)
    cut = [(phrase.start, phrase.end)] if phrase else []
    waiting = _WAITING.match(text)
    start = waiting.end() if waiting else 0
    subject = names[0] if names and not text[start : names[0].start].strip() else None
    theirs = (_THEIRS.match(text, subject.end) or (waiting and _OF_THEM.match(text, subject.end))) if subject else None
    lead = theirs.end() if theirs else 0
    task = tidy_task(blank(text, cut)[lead:])
    by: Initiative = "them" if theirs else "me"
    placed = tuple(
        name._replace(start=task.find(name.written), end=task.find(name.written) + len(name.written))
        for name in names
        if name.written in task and name.start >= lead
    )
    return SpokenPromise(by, task, coming(phrase, today) if phrase else None, placed)
