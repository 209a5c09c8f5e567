"""A promise in the same sentence as a contact: who owes it, what, and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from netnotes.capture.days import BREAK, coming
from netnotes.capture.names import NameMatch
from netnotes.model import Initiative
from netnotes.regex import regex
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.words import CHANNELS, Word, fold
from netnotes.text.line_masking import blank

PROMISES = ("promised by me", "promised by them")
"""Lists of words that start a promise."""
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
    marks = [word for word in words if word.kind in PROMISES]
    if not marks:
        return None, None
    first = min(word.start for word in marks)
    mark = max((word for word in marks if word.start == first), key=lambda word: (word.end, word.kind == PROMISES[1]))
    breaks = [found.end() for found in BREAK.finditer(masked, 0, mark.start)]
    start = breaks[-1] if breaks else 0
    crowded = any(name.start < mark.start and name.end > start for name in names) or any(
        word.kind in CHANNELS and start <= word.start < mark.start for word in words
    )
    start = mark.start if crowded else start
    stop = _STOP.search(masked, mark.end)
    end = stop.start() if stop else len(text)
    due_words = next((day for day in days if mark.end <= day.start < end and coming(day, today)), None)
    due = coming(due_words, today) if due_words else None
    cut = [(due_words.start, due_words.end)] if due_words else []
    lead = mark.end if not text[start : mark.start].strip() and _is_marker_only(text[mark.start : mark.end]) else start
    skip = _MARKER_END.match(text[lead:end])
    lead += skip.end() if skip else 0
    within = [name for name in names if lead <= name.start < end]
    task = tidy_task(blank(text[lead:end], [(a - lead, b - lead) for a, b in cut]))
    by: Initiative = "them" if mark.kind == PROMISES[1] else "me"
    placed = tuple(
        name._replace(start=task.find(name.written), end=task.find(name.written) + len(name.written))
        for name in within
        if name.written in task
    )
    return SpokenPromise(by, task, due, placed), (start, end)


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
