"""Where the clauses of a sentence begin and end."""

from __future__ import annotations

import re

from netnotes.regex import regex

BREAK = regex(
    r"[;.!?](?=\s|$)|,\s|[，；。、]|\s[–—-]\s|\s(?:(?:and|und|et|y|e|en|och|и|but|aber|mais|pero|ma|mas|maar|но)\s|i\s(?=(?:z|ze|w|we|u|od|na|mam)\s)"
    r"|(?=(?:when (?:we|i)|while we|als wir|quand (?:on|nous)|cuando nos|quando (?:nos|ci)"
    r"|toen we|när vi|kiedy się|когда мы)\s))"
    r"|\s(?=(?:so (?:i|we|had|went|met|called|rang)|after (?:i|we|he|she|they)|to (?:plan|discuss|prepare|organi[sz]e"
    r"|arrange|go over|sort|say|tell|ask|let me know))\s)"
    r"|(?<=[\s(])(?:actions?|next steps?):\s|,(?=(?-i:[\u3040-\u30ff\u3400-\u9fff]))",
    re.IGNORECASE,
)
"""Where one clause ends and the next starts. The Polish `i` is also an Italian article, and English."""


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause begins and ends that holds a span."""
    low = max((found.end() for found in BREAK.finditer(text, 0, start)), default=0)
    stop = BREAK.search(text, end)
    return low, stop.start() if stop else len(text)
