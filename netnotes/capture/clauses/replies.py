"""Clauses that say when somebody answered: `sent Ada a text, she replied within an hour`."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.capture.clause_bounds import clause_around
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import REMOTE, WIDE_LANGUAGES, Word
from netnotes.text.line_masking import blank

_REPLY, _UNTIL = "reply", "until a reply"
"""Lists of words for an answer, and of words before how long it took, in Chinese and Japanese behind that."""


def answers(text: str, words: Sequence[Word]) -> list[Word]:
    """Return the words for an answer to what an earlier clause says was sent: `emailed Ada, she replied`."""
    sent = [word for word in words if word.kind in (*REMOTE, "reached by me")]
    languages = frozenset(word.language for word in words)
    replies = vocabulary(languages, (_REPLY,), sure=True).find(text) if sent else ()
    starts = (clause_around(text, word.start, word.end)[0] for word in replies)
    return [word for word, start in zip(replies, starts, strict=True) if any(one.end <= start for one in sent)]


def without_waiting(text: str, languages: frozenset[str]) -> str:
    """Return a text in which it is blank how long an answer took, so that it is not taken for the length."""
    replies = vocabulary(languages, (_REPLY,), sure=True).find(text)
    if not replies:
        return text
    spans = []
    for lead in vocabulary(languages, (_UNTIL,), sure=True).find(text):
        start, _ = clause_around(text, lead.start, lead.end)
        # Not the end of the clause: in `inom en timme`, `en` is no Dutch `and`.
        end = text.find(",", lead.end)
        end = len(text) if end < 0 else end
        if any(start <= word.start < end for word in replies):
            spans.append((start, lead.end) if lead.language in WIDE_LANGUAGES else (lead.start, end))
    return blank(text, spans)
