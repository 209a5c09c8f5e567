"""Words that speak against contact right beside a name or a contact word: denied, invited, dreamt, only named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES
from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed

_NEAR_NEGATION = 25
"""Characters between a negation and the contact word that it negates."""
_RIGHT_AFTER = 3
_SHORT = 3
"""Characters of a word such as `to`."""
_FEW_WORDS_AND_COLON = regex(r"(?:\s[^\s:]{1,20}){0,2}\s?[:：][\s@*_\[(\"'“]*")
_NAMING = frozenset(
    "called llamado llamada llama chamado chamada chama chiamato chiamata chiama appele appelee appelle".split()
)
"""Contact words, folded, that may also tell what somebody is called."""
_SOMEBODY = regex(
    r"(?:(?<!\w)(?:some(?:one|body|thing)|is|was|are|were|se|si|s['’])|\w['’]s"
    r"|(?:(?<!\w)(in|on|at|for|as|por|per|pour)\s)?(?<!\w)(?:an?|another|some|una?|une|uma|um)(?:\s[\w-]{1,20}){1,3})\s?$",
    re.IGNORECASE,
)
"""What is before `called` where it gives a name: `a nurse called Ada`; not `on a whim called Ada`."""
_LONGEST_SOMEBODY, _NEXT = 80, 4
_SIGNS = " \t>-*+_[@(\"'“"
_LATER = frozenset(("tomorrow", "upcoming", "next week", "next month", "next time"))
_MORNING = frozenset(("morgen", "manana"))
"""Words for tomorrow that are also words for the morning."""


def is_right_before(text: str, end: int, start: int) -> bool:
    """Return whether only signs, an article or `to` are between a word that ends at `end` and a name at `start`."""
    between = fold(text[end:start].strip(" @*_[(\"'“"))
    return not between or between in ARTICLES or between in listed("towards")


def is_dreamed(text: str, word: Word, contact: Word) -> bool:
    """Return whether a word is one such as `dreamt`, before the contact word."""
    return word.end <= contact.start and fold(text[word.start : word.end]) in listed("dreamed")


def is_invited(text: str, word: Word, start: int, contact: Word) -> bool:
    """Return whether a word such as `invite` is right before a list of names, or few words and a colon are between.

    `start`: where the list begins: `party invites sent: [[Ada]]`. `called to invite [[Ada]]` is a call.
    """
    if fold(text[word.start : word.end]) not in listed("inviting"):
        return False
    if 0 < len(text[contact.end : word.start].strip()) <= _SHORT:
        return False
    return is_right_before(text, word.end, start) or _FEW_WORDS_AND_COLON.fullmatch(text, word.end, start) is not None


def is_negated(text: str, words: Sequence[Word], end: int) -> bool:
    """Return whether a negation is right after a name that ends at `end`, or before the first contact word.

    `Bo, not Ada` is about Ada.
    """
    contact = next((word for word in words if word.kind in CHANNELS), None)
    return any(
        (0 <= word.start - end < _RIGHT_AFTER and not text[end : word.start].strip())
        or (contact is not None and -1 < contact.start - word.end < _NEAR_NEGATION)
        for word in words
        if word.kind == "negation"
    )


def gives_name(text: str, word: Word) -> bool:
    """Return whether a contact word only tells what somebody is called: `seeing someone called Ada`."""
    if fold(text[word.start : word.end]) not in _NAMING:
        return False
    # A link is blank here.
    following = text[word.end : word.end + _NEXT].lstrip(_SIGNS)
    if following and not following[0].isupper():
        return False
    somebody = _SOMEBODY.search(text, max(0, word.start - _LONGEST_SOMEBODY), word.start)
    return somebody is not None and somebody[1] is None


def is_planned(
    text: str, words: Sequence[Word], name: tuple[int, int], contact: Word | None, contacts: Sequence[Word]
) -> bool:
    """Return whether the words of a clause say that a contact with somebody is planned.

    `name`: where the list with the name begins, and where the name does. `contact`: the first contact word before it.
    """
    list_start, start = name
    for word in words:
        if word.kind != "planning":
            continue
        written = text[word.start : word.end].casefold()
        if written in _LATER or (fold(written) in listed("tomorrow") and fold(written) not in _MORNING):
            return True
        if word.start < start and (
            contact is None or word.start <= contact.start or is_invited(text, word, list_start, contact)
        ):
            return True
        if word.start > start and contact is None:
            return not any(start < other.start < word.start for other in contacts)
    return False
