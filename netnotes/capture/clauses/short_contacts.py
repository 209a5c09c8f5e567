"""Denials of how long or how much, not of the contact: `didn't stay long with Ben`, `nicht lange geredet`."""

from __future__ import annotations

import re
from functools import lru_cache

from netnotes.text.lexicon.words import LANGUAGES, WIDE_LANGUAGES
from netnotes.text.line_masking import blank

_PARTS = {
    "en": (
        r"did ?n['’]?t|did not|could ?n['’]?t|could not|was ?n['’]?t|were ?n['’]?t|not",
        "a|in|been|since|ago|ages|go",
        r"(?:for )?(?:very |too |that |so )?(?:long(?! (?:time|ago))|late|much(?: time)?(?! (?:of|for|from)(?!\w)))",
    ),
    "de": ("nicht|nich|net", r"\S+", r"(?:so |sehr |allzu |besonders )?(?:lange?|viel)(?!\s(?:her|von)(?!\w))"),
    "fr": (
        r"(?:n(?:e\s+|['’])\S+\s+)?pas",
        "depuis|de|il|ça",
        r"(?:très |trop )?(?:longtemps|beaucoup)(?!\s(?:que|de)(?!\w))",
    ),
    "es": ("no", "hace|desde|en", r"much[oa](?:\s(?:rato|tiempo))?"),
    "it": ("non", "da|per", r"a lungo|molto(?: tempo)?|tanto(?: tempo)?"),
    "pt": ("não|nao", "há|faz|desde|em", r"muito(?: tempo)?"),
    "nl": ("niet", r"\S+", r"(?:zo |erg |heel )?(?:lang|veel)(?!\s(?:geleden|van)(?!\w))"),
    "sv": ("inte", r"\S+", r"(?:så |särskilt )?(?:länge|mycket)(?!\ssedan)"),
    "pl": ("nie", "od|dawno", "długo|dużo|wiele"),
    "ru": ("не", "давно|уже", r"(?:очень |слишком )?(?:долго|много)"),
}
"""Language → a negation, words that may not be between, and what is denied."""
_WIDE = {
    "zh": r"(没有?|沒有?)(?![见見])[^，。]{0,8}?(多久|太久|多长时间|多長時間)",
    "ja": r"(あまり|そんなに)(?:長く|長居)?は?[^、。]{0,8}?(なかった|ませんでした)",
}


_SIGNS = {
    "en": ("long", "late", "much"),
    "de": ("lang", "viel"),
    "fr": ("longt", "beauc"),
    "es": ("much",),
    "it": ("lungo", "molto", "tanto"),
    "pt": ("muito",),
    "nl": ("lang", "veel"),
    "sv": ("länge", "mycket"),
    "pl": ("długo", "dużo", "wiele"),
    "ru": ("долго", "много"),
    "zh": ("久", "多"),
    "ja": ("なか", "ません"),
}
"""Language → parts of what may be denied, in small letters."""


def without_denied_lengths(text: str, languages: frozenset[str]) -> str:
    """Return a text in which denials of how long, or how much, are blank, so that they deny no contact.

    `haven't seen Ben for long` and `lange nicht gesehen` do deny one. In `text` names are blank.
    """
    plain = text.casefold()
    # Most sentences deny nothing: their languages need no pattern.
    codes = [code for code in LANGUAGES if code in languages and any(word in plain for word in _SIGNS[code])]
    found = (_pattern(code).finditer(text) for code in codes)
    spans = [match.span(group) for matches in found for match in matches for group in (1, 2)]
    return blank(text, spans) if spans else text


@lru_cache(maxsize=len(LANGUAGES))
def _pattern(language: str) -> re.Pattern[str]:
    if language in WIDE_LANGUAGES:
        return re.compile(_WIDE[language])
    negation, never, length = _PARTS[language]
    between = rf"(?:(?!(?:{never})\s)[^\s,;.!?]+\s+|\s){{0,5}}?"
    return re.compile(rf"(?<!\w)({negation})\s+{between}({length})(?!\w)", re.IGNORECASE)
