"""The channel that a sentence for `netnotes log` names with its words of contact, an app or a sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netnotes.regex import regex
from netnotes.text.lexicon import channels
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, REMOTE, Word, fold

_DEVICES = regex(r"t[eé]l[eé]f\w*|phone|zoom|skype|facetime|video\w*|visio\w*|телефон\w*", re.IGNORECASE)
_TELEPHONE = "by telephone"
"""The list of words, such as `on the blower`, that outweigh talking."""
_REPLY = regex("repl|answer|respond|antw|repond|risp|svar|odpis|odpow|ответ")
_BY = regex(r"(?<!\w)(?:by|via|over|per|par|por|przez|über|tramite|op|på|on|по)\s$", re.IGNORECASE)
_CHATS = ("chat", "chats")
_EXCHANGE = regex("exchang|echang|intercambi|scambi|troc|(?:aus)?getausch|(?:uit)?gewissel|utvaxl|bytte|wymien|обмен")
_BESIDE = regex(r"[\s-]?(?:(?:de|por|su|via|per|över|на|по|on|pelo|no|op|przez)\s)?", re.IGNORECASE)
_WRITING = regex("(?:wrote|(?:le |ho |j'ai )?(?:escr|scri|ecri)|schr|geschr|skriv|skrev|napisa|написа)")


def spoken(text: str, words: Sequence[Word], own: frozenset[str]) -> str | None:
    """Return the channel that a sentence names, with a word or a sign."""
    if vocabulary(own | {"en"}, (_TELEPHONE,), sure=True).find(text):
        return "call"
    cards = [word for word in words if word.kind == "typed card"]
    # `sent Ada a bday card`, where `bday` alone is a party
    words = [word for word in words if word in cards or not any(_is_within(word, card) for card in cards)]
    named = _named_channel(text, words) or (channels.in_text(text) if "en" in own else None)
    card = {word.kind for word in words} >= {"typed card", "reached by me"}
    return named or channels.of_sign(text) or (channels.CARD if card else None)


def _is_within(word: Word, longer: Word) -> bool:
    return longer.start <= word.start and word.end <= longer.end and longer[:2] != word[:2]


def _named_channel(text: str, words: Sequence[Word]) -> str | None:
    """Return the channel of the first contact word; a telephone outweighs talking, and mail outweighs `sent`.

    What somebody wrote is a message where the sentence names one: `scritto ad Ada su whatsapp`.
    """
    contacts = [word for word in words if word.kind in CHANNELS]
    first = max(contacts, key=lambda word: (-word.start, word.end), default=None)
    begun = fold(text[first.start : first.end]) if first else ""
    written = first and first.kind == "mail" and (_WRITING.match(begun) or _REPLY.match(begun))
    later = (word for word in contacts if first and word.kind == "message" and word.start > first.start)
    if written and any(not _REPLY.search(fold(text[word.start : word.end])) for word in later):
        return "message"
    if first and first.kind == "in person" and _EXCHANGE.match(fold(text[first.start : first.end])):
        # `échangé des sms`
        return next((word.kind for word in contacts if word.kind != "in person"), "in person")
    if first and fold(text[first.start : first.end]) in _CHATS and any(word.kind == "in person" for word in contacts):
        # `chat with Bo over lunch`
        return "in person"
    if contacts and contacts[0].kind == "message" and any(_is_mail(text, word) for word in contacts):
        return "mail"
    remote = (word.kind for word in contacts if word.kind in REMOTE and _BY.search(text, 0, word.start))
    if first and first.kind == "in person" and (by_way := next(remote, None)):
        # `caught up over zoom`
        return by_way
    if any(word.kind == "call" and _DEVICES.fullmatch(text, word.start, word.end) for word in contacts):
        return "call"
    if any(word.kind == "call" and _is_by_app(text, contacts, word) for word in contacts):
        return "call"
    return first.kind if first else None


def _is_mail(text: str, word: Word) -> bool:
    """Return whether a word names mail, rather than a reply of any kind: `texted, I replied`."""
    return word.kind == "mail" and not _REPLY.match(fold(text[word.start : word.end]))


def is_only_chat(text: str, words: Sequence[Word]) -> bool:
    """Return whether the only word of contact is `chat`, which may be in writing or not."""
    return all(fold(text[word.start : word.end]) in _CHATS for word in words if word.kind in CHANNELS)


def _is_by_app(text: str, contacts: Sequence[Word], call: Word) -> bool:
    """Return whether a call is named right beside an app: `whatsapp call`, `videollamada por signal`."""
    apps = (word for word in contacts if word.kind == "message")
    return any(_BESIDE.fullmatch(text, min(app.end, call.end), max(app.start, call.start)) for app in apps)
