"""During which contact something was promised: `promised Ada over lunch to`, `told Ada on the phone I'd`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed

_LAST_WORDS = regex(r"(\S+)(?:\s(\S+))?\s$")
_SHORT = 2
"""Letters of a word such as `de`."""
_TOLD = regex(
    r"(?<!\w)(?:told|texted|assured|said)\s(?:[^\s.;]*\s){1,40}?(i['’]?d|i would)\s"
    r"(?!like|love|rather|been|had|have|never|not)",
    re.IGNORECASE,
)
"""English: `told Ada over lunch I'd`."""


def made_at(text: str, words: Sequence[Word], days: Sequence[DayPhrase], mark: Word) -> int | None:
    """Return where it says what is promised, if the words before say during which contact: `promised Ada over lunch`.

    A day may follow these. In `text` names are blank; `mark`: the word such as `promised`.
    """
    own = frozenset({mark.language})
    during = listed("during", own)
    between = during | listed("towards", own) | listed("somebody", own) | ARTICLES
    for contact in words:
        if contact.kind not in CHANNELS or contact.start < mark.end:
            continue
        lead = _LAST_WORDS.search(text, mark.end, contact.start)
        first, _, more = text[contact.start : contact.end].partition(" ")
        if more and fold(first) in during:
            # `on the phone`
            start = contact.start
        elif lead and fold(lead[1]) in during and (not lead[2] or fold(lead[2]) in between):
            start = lead.start()
        else:
            continue
        if all(fold(token) in between for token in text[mark.end : start].split()):
            end = contact.end
            for day in days:
                if day.date and end <= day.start and len(text[end : day.start].strip()) <= _SHORT:
                    end = day.end
            return end
    return None


def told(text: str) -> Iterator[tuple[int, int]]:
    """Yield where somebody is told what the writer will do, without the words between: `told Ada over lunch I'd`."""
    if "told" in text or "said" in text or "texted" in text or "assured" in text:
        yield from (found.span(1) for found in _TOLD.finditer(text))
