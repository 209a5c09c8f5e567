"""A promise in the same sentence as a contact: who owes it, what, and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from netnotes.capture.clause_bounds import BREAK
from netnotes.capture.days.deadlines import coming, deadline_span, is_deadline
from netnotes.capture.names.book import NameMatch, is_declined
from netnotes.capture.promises.made_at import made_at, told
from netnotes.capture.promises.wide import end_of_lead, is_owed_to_me, wide_subject
from netnotes.capture.word_kinds import ends_with
from netnotes.model import Initiative, Person
from netnotes.regex import regex
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.words import CHANNELS, WIDE_LANGUAGES, Word, fold, listed, tokens_of
from netnotes.text.line_masking import blank

_PROMISED = ("promised by me", "promised by them")
"""Lists of words that make a promise by themselves."""
_THEIRS_BY_A_DAY = "due from them"
_BY_THEM = (_PROMISED[1], _THEIRS_BY_A_DAY)
_OWED, _TASK, _WANTS = "owed by me", "task", "wants"
_BY_A_DAY = (_OWED, _TASK, "wanted by them", _WANTS, _THEIRS_BY_A_DAY)
"""Lists of words that make a promise only with a deadline: `need to reply by Friday`, `she wants the map by Friday`.

What is owed to somebody who was met needs none: `coffee with Ada, must send her the map`.
"""
MARKS = (*_PROMISED, *_BY_A_DAY)
_TO_DO = regex(r"(?<!\w)(?:zu|te)\s\w+e?n(?!\w)|(?<!\w)\w{2,8}zu\w+en(?!\w)|^\s*(?:dass|dat)\s", re.IGNORECASE)
"""German and Dutch: what a clause that says what is promised has: `versprochen, mit ihr essen zu gehen`."""
_STOP = regex(r"[;.!?](?=\s|$)")
_MARKER_END = regex(r"^[\s:,–-]*(?:(?:to|de|d['’]|di|att|zu|que|that|dass)\s)?\s*", re.IGNORECASE)


_PERSONLESS = ("en", "sv")
"""Languages whose verbs do not show the person: `Nils ska skicka` is his promise."""
_VERB_LAST = ("de", "nl")
"""Languages whose infinitives end the clause: `will bis Freitag umziehen`."""
_ENCLITIC = regex(r"(?:[aei]r)(?:les?|l[oa]s?|sel[oa]s?|gli|gliel[oaie])$")
"""Spanish and Italian: `devolverle`, `mandargli`."""


_BEFORE_WHOM = regex(r"\s*(?:(?:to|à|a|al|ao|dem|der)\s+)?", re.IGNORECASE)
_AFTER_WHOM = regex(
    r"\s+(?:to|that\s+i(?:['’](?:d|ll)|\s+would|\s+will)?|i(?:['’](?:d|ll)|\s+would|\s+will)|de\s|d['’]|di|que|che|att)(?<=\w|['’])\s*(?=\w)",
    re.IGNORECASE,
)
"""What is between somebody to whom something was promised and what: `promised Bo to send it`."""


class SpokenPromise(NamedTuple):
    """A promise in the same sentence."""

    by: Initiative
    text: str
    due: dt.date | None
    names: tuple[NameMatch, ...] = ()
    """People named in it, with positions within `text`."""
    to: Person | None = None
    """Whom it was promised, if the sentence says so outside `text`: `promised Bo I'd send it`."""


class _Sentence(NamedTuple):
    """What a promise is looked for in."""

    masked: str
    words: Sequence[Word]
    days: Sequence[DayPhrase]
    names: Sequence[NameMatch]
    today: dt.date


def find_promise(
    text: str, masked: str, words: Sequence[Word], days: Sequence[DayPhrase], names: Sequence[NameMatch], today: dt.date
) -> tuple[SpokenPromise | None, tuple[int, int] | None]:
    """Return the promise in a sentence, and the span of its clause."""
    sentence = _Sentence(masked, words, days, names, today)
    marks = [word for word in words if word.kind in _PROMISED or _is_due(sentence, word)]
    marks += (Word(*span, _PROMISED[0], "en") for span in told(masked))
    # `quedó en nada`
    failed = [word for word in words if word.kind == "no contact"]
    marks = [word for word in marks if not any(one.start == word.start and one.end > word.end for one in failed)]
    if not marks:
        return None, None
    first = min(word.start for word in marks)
    mark = max((word for word in marks if word.start == first), key=lambda word: (word.end, word.kind == _PROMISED[1]))
    start = _start_of_clause(masked, mark.start)
    crowded = any(word.kind in CHANNELS and start <= word.start < mark.start for word in words) or (
        mark.language not in WIDE_LANGUAGES and any(name.start < mark.start and name.end > start for name in names)
    )
    named = crowded and not masked[start : mark.start].strip() and (start > 0 or _is_met_outside(sentence, mark))
    subject = wide_subject(masked, names, start, mark)
    theirs = mark.kind in _BY_THEM or (mark.kind == _PROMISED[0] and _may_be_theirs(sentence, mark, named=named))
    by_subject = mark.kind == _OWED or (mark.kind == _PROMISED[0] and mark.language == "zh")
    theirs = theirs or (by_subject and subject.who == "them") or _is_of_another(masked, start, mark)
    if made := made_at(masked, words, days, mark):
        start = lead_in = made
    elif named:
        # `…, Ada wants the map by Friday`: the whole clause is the promise.
        lead_in = mark.start if theirs else start
    else:
        start = lead_in = mark.start if crowded else start
    end = _end_of_promise(masked, start, mark, words, days)
    clause = [day for day in days if start <= day.start < end and coming(day, today)]
    due_words = next((day for day in clause if day.start >= mark.end), clause[0] if clause else None)
    due = coming(due_words, today) if due_words else None
    cut = [deadline_span(masked, due_words)] if due_words else []
    if mark.language in WIDE_LANGUAGES and not crowded:
        lead_in = max(lead_in, end_of_lead(blank(text, cut), subject.end))
    marked = (*_PROMISED, *((_OWED,) if mark.language not in WIDE_LANGUAGES else ()))
    alone = mark.start >= lead_in and mark.kind in marked and not text[lead_in : mark.start].strip()
    lead = mark.end if alone and _is_marker_only(text[mark.start : mark.end]) else lead_in
    skip = _MARKER_END.match(text[lead:end])
    lead += skip.end() if skip else 0
    addressed = next((name for name in names if mark.start <= name.start < lead), None)
    for name in names:
        # `promised Bo to send it`, `promis à Bo de l'envoyer`
        between = _BEFORE_WHOM.fullmatch(masked, lead, name.start) and _AFTER_WHOM.match(masked, name.end, end)
        if between:
            addressed, lead = name, between.end()
            break
    within = [name for name in names if lead <= name.start < end]
    task = tidy_task(blank(text[lead:end], [(a - lead, b - lead) for a, b in cut if a >= lead]))
    by: Initiative = "them" if theirs else "me"
    placed = _placed(task, text, within)
    return SpokenPromise(by, task, due, placed, addressed.person if addressed and not theirs else None), (start, end)


def _may_be_theirs(sentence: _Sentence, mark: Word, *, named: bool) -> bool:
    """Return whether the name before a verb may be its subject: in Russian only if it is not declined."""
    before = [name for name in sentence.names if name.end <= mark.start]
    if not before:
        return False
    if mark.language == "zh":
        return before[-1].end == mark.start
    return named and (mark.language in _PERSONLESS or (mark.language == "ru" and not is_declined(before[-1])))


def _is_of_another(masked: str, start: int, mark: Word) -> bool:
    """Return whether the subject of a verb that does not show the person is a pronoun: `hon ska skicka`."""
    subject = masked[start : mark.start].split()[-1:]
    others = listed("other people", frozenset({mark.language}))
    return mark.kind == _PROMISED[0] and mark.language in _PERSONLESS and any(fold(word) in others for word in subject)


def _start_of_clause(masked: str, at: int) -> int:
    # One further character, since a Chinese comma is followed by one
    return max((found.end() for found in BREAK.finditer(masked, 0, at + 1) if found.end() <= at), default=0)


def _end_of_promise(masked: str, start: int, mark: Word, words: Sequence[Word], days: Sequence[DayPhrase]) -> int:
    """Return where a promise ends: with the sentence, or where a contact or its day follows that none precedes."""
    stop = _STOP.search(masked, mark.end)
    end = stop.start() if stop else len(masked)
    if not any(word.kind in CHANNELS and word.start < start for word in words):
        contacts = [word.start for word in words if word.kind in CHANNELS]
        # A day that cannot be the deadline, such as `today`.
        contacts += [day.start for day in days if day.date and not day.upcoming]
        breaks = list(BREAK.finditer(masked, mark.end, end))
        for at, found in enumerate(breaks):
            until = breaks[at + 1].start() if at + 1 < len(breaks) else end
            # `promised her, that …` goes on after the comma.
            if mark.language in _VERB_LAST and _TO_DO.search(masked[found.end() : until]):
                continue
            if any(found.end() <= place < until for place in contacts):
                return found.start()
    return end


def _clause(sentence: _Sentence, mark: Word) -> tuple[int, int]:
    start = _start_of_clause(sentence.masked, mark.start)
    stop = BREAK.search(sentence.masked, mark.end)
    return start, stop.start() if stop else len(sentence.masked)


def _is_met_outside(sentence: _Sentence, mark: Word) -> bool:
    """Return whether a clause other than that of a mark describes contact."""
    return tells_of_contact(_clause(sentence, mark), sentence.words, sentence.days)


def tells_of_contact(but: tuple[int, int], words: Sequence[Word], days: Sequence[DayPhrase]) -> bool:
    """Return whether the words outside a span name contact, or a day that can only be past, such as `yesterday`."""
    start, end = but
    past = (day.start for day in days if day.date and not day.upcoming)
    return any(not start <= at < end for at in (*(word.start for word in words if word.kind in CHANNELS), *past))


def _is_due(sentence: _Sentence, mark: Word) -> bool:
    """Return whether a word of `_BY_A_DAY` is a promise: it has a day, or somebody met is owed something.

    Nobody else may be its subject.
    """
    if mark.kind not in _BY_A_DAY:
        return False
    start, end = _clause(sentence, mark)
    masked, after = sentence.masked, sentence.masked[mark.end : end]
    if mark.kind == _WANTS and _wants_to_do(after, mark.language):
        return False
    met = _is_met_outside(sentence, mark)
    own = [day for day in sentence.days if start <= day.start < end and coming(day, sentence.today)]
    due = any(is_deadline(masked, day, sentence.today) for day in own)
    due = due or (met and any(ends_with(masked[: day.start], "for a day") for day in own))
    if mark.kind == _THEIRS_BY_A_DAY:
        said = mark.language in WIDE_LANGUAGES and any(
            word.kind == "reported" and start <= word.start < mark.start for word in sentence.words
        )
        return due or (met and (bool(own) or said))
    if mark.kind == _TASK and masked[start : mark.start].strip():
        return False
    if mark.kind not in (_OWED, _TASK):
        return due
    if mark.language in WIDE_LANGUAGES:
        owed = wide_subject(masked, sentence.names, start, mark).who != "them" or is_owed_to_me(masked, mark, end)
        return owed and (due or (met and _is_owed_to_somebody(sentence, mark, (start, end))))
    before = {fold(token) for token in masked[start : mark.start].split()}
    if any(start <= name.start < mark.start for name in sentence.names) or before & listed("other people"):
        return False
    return due or (met and _is_owed_to_somebody(sentence, mark, (start, end)))


def _is_owed_to_somebody(sentence: _Sentence, mark: Word, clause: tuple[int, int]) -> bool:
    """Return whether a duty is one towards somebody: `must pay her back`, `tengo que devolverle`, `oddać Kasi`."""
    start, end = clause
    own = frozenset({mark.language})
    written = fold(sentence.masked[mark.start : mark.end])
    after = [fold(token) for token in tokens_of(sentence.masked[mark.end : end])]
    if written in listed("advised", own) or not after or after[0] in listed("not owed", own):
        return False
    if any(word in f" {' '.join(after)} " for word in (f" {often} " for often in listed("oftener", own))):
        return False
    if any(mark.end <= name.start < end for name in sentence.names):
        return True
    if mark.language in WIDE_LANGUAGES:
        return any(word in sentence.masked[mark.start : end] for word in listed("somebody", own))
    before = [fold(token) for token in tokens_of(sentence.masked[start : mark.start])]
    told = listed("somebody", own)
    return any(token in told or _ENCLITIC.search(token) for token in (*before, *written.split(), *after))


def _wants_to_do(after: str, language: str) -> bool:
    """Return whether what follows `wants` is something to do rather than to get: `to move`, `chce wyjechać`."""
    words = [fold(token) for token in tokens_of(after)]
    if not words:
        return True
    own = frozenset({language})
    if language in _VERB_LAST:
        return (
            words[-1].endswith("en")
            and words[-1] not in listed("want to have", own)
            and after.rsplit(maxsplit=1)[-1].islower()
        )
    endings = listed("want to do", own)
    return any(words[0] == ending or (len(words[0]) > len(ending) and words[0].endswith(ending)) for ending in endings)


_GIVES = regex(
    r"(?<!\w)(?:send|schick|bring|envoy|envi|mand|invi|stuur|stur|skick|wysl|odda|rend|ren[dv]|devolv|restitu|geef|give"
    r"|geb|gib|return|pay|zahl|lend|leih|pres?t|пришл|отправ|верн|отда)"
)
"""Verbs within the words of a promise, which say what is promised."""


def _is_marker_only(words: str) -> bool:
    """Return whether the words only mark a promise and do not say what: `promised`, not `to send`."""
    return _GIVES.search(fold(words)) is None


_LEADING = regex(r"^(?:(?:i['’]ll|i will|i|need to|have to|must|to|will|muss|noch|ich)\s)+", re.IGNORECASE)
"""Words that a task does not need to repeat."""
_TRAILING = regex(
    r"(?<![\s,])[\s,]++(?:(?:by|on|until|till|before|bis|zum|am|pour|d['’]ici|avant|le|para|antes|del|el|entro|per|il|até"
    r"|na|no|voor|op|vor|senast|på|do|w|к|до)(?:\s(?:the|zum|den|el|le|il|o))?|den|o)?[\s,]*+$",
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
_COLON = regex(r"\s*:\s+")
_OF_THEM = regex(r"\s*[:,–-]?\s*(?:(?:que|che)\s)?(?=\w)", re.IGNORECASE)
"""What may follow that name."""
_TASK_MARK = regex(r"^(?:[-*+]\s+)?(?:\[ \]\s+)?(?:TODO\s+)?|\s*📅", re.IGNORECASE)


def without_task_marks(text: str) -> str:
    """Return the words of a promise that is written as a task: `[ ] call Ada 📅 2026-01-31`."""
    return " ".join(_TASK_MARK.sub("", text).split())


def _placed(task: str, text: str, names: Sequence[NameMatch]) -> tuple[NameMatch, ...]:
    """Return names of a text where they are in a task made of it, in their order."""
    placed: list[NameMatch] = []
    at = 0
    for name in names:
        words = text[name.start : name.end]
        start = task.find(words, at)
        while start >= 0 and _is_within_word(task, start, len(words)) > _is_within_word(text, name.start, len(words)):
            start = task.find(words, start + 1)
        if start >= 0:
            at = start + len(words)
            placed.append(name._replace(start=start, end=at))
    return tuple(placed)


def _is_within_word(text: str, start: int, length: int) -> bool:
    """Return whether letters go on before or after some words, as after the `Bo` of `Boris`."""
    end = start + length
    return text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum()


def spoken_promise(text: str, names: Sequence[NameMatch], days: Sequence[DayPhrase], today: dt.date) -> SpokenPromise:
    """Return the promise that a whole text states: theirs if it starts with the name of a person who will do it."""
    phrase = next((day for day in reversed(days) if coming(day, today)), None)
    cut = [deadline_span(text, phrase)] if phrase else []
    waiting = _WAITING.match(text)
    start = waiting.end() if waiting else 0
    subject = names[0] if names and not text[start : names[0].start].strip() else None
    theirs = (_THEIRS.match(text, subject.end) or (waiting and _OF_THEM.match(text, subject.end))) if subject else None
    if subject and not theirs and not listed("object").isdisjoint(map(fold, tokens_of(text[subject.end :]))):
        # `Ada: send me the map`
        theirs = _COLON.match(text, subject.end)
    lead = theirs.end() if theirs else 0
    task = tidy_task(blank(text, cut)[lead:])
    by: Initiative = "them" if theirs else "me"
    placed = _placed(task, text, [name for name in names if name.start >= lead])
    return SpokenPromise(by, task, coming(phrase, today) if phrase else None, placed)
