"""Which words say how people were in touch: the first contact word in a text decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from netnotes.regex import regex
from netnotes.text.lexicon.words import WordFilter, tokens_of

IN_PERSON, CALL, MESSAGE, MAIL, CARD = "in person", "call", "message", "mail", "card"

WORDS: dict[str, tuple[str, ...]] = {
    IN_PERSON: (
        "met",
        "meet",
        "meeting",
        "meetup",
        "coffee",
        "lunch",
        "lunched",
        "dinner",
        "breakfast",
        "brunch",
        "supper",
        "drinks",
        "beer",
        "beers",
        "wine",
        "tea",
        "walk",
        "walked",
        "hike",
        "hiked",
        "run with",
        "ran with",
        "visit",
        "visited",
        "saw",
        "party",
        "barbecue",
        "picnic",
        "concert",
        "workshop",
        "stand-up",
        "standup",
        "1:1",
        "1-1",
        "one-to-one",
        "one-on-one",
        "1on1",
        "1 on 1",
        "in person",
        "in-person",
        "face to face",
        "face-to-face",
        "irl",
        "f2f",
    ),
    CALL: (
        "call",
        "calls",
        "called",
        "calling",
        "phone",
        "phoned",
        "rang",
        "ring",
        "zoom",
        "zoomed",
        "facetime",
        "skype",
        "skyped",
        "video",
        "video call",
        "videocall",
        "voice",
        "telephone",
        "telephoned",
    ),
    MESSAGE: (
        "text",
        "texts",
        "texted",
        "sms",
        "message",
        "messages",
        "messaged",
        "whatsapp",
        "whatsapped",
        "telegram",
        "dm",
        "dms",
        "dmed",
        "chat",
        "chats",
        "chatted",
        "pinged",
        "slack",
        "signal",
        "imessage",
    ),
    MAIL: (
        "mail",
        "mails",
        "mailed",
        "e-mail",
        "e-mails",
        "e-mailed",
        "email",
        "emails",
        "emailed",
        "letter",
        "letters",
        "wrote",
        "newsletter",
        "postcard",
    ),
    CARD: ("card", "cards", "business card", "connected", "connection", "connection request", "linkedin", "invitation"),
}
"""Channel → the words that say so, in lower case."""

_SIGNS: dict[str, str] = {
    **dict.fromkeys("☕🫖🍵🍺🍻🍷🥂🍸🍹🍽🍴🍕🍔🍝🍜🍣🥗🥐🍰🎂🥪🌮🍦🍿🎬🚶🥾🏃🎉🎾🎳🤝", IN_PERSON),
    **dict.fromkeys("📞☎📱🤙🎥📹", CALL),
    **dict.fromkeys("💬🗨📲", MESSAGE),
    **dict.fromkeys("📧✉📨📩💌", MAIL),
}
"""Emoji → its channel, for lines without a contact word."""

CONTACT_SIGN = regex("[☕🫖🍵🍺🍻🍷🥂🍽🍴🤝📞☎🤙💬]")
"""The emoji that stand for a contact word: `☕ Ada, 45 min`; others, such as a cake, may mean a birthday."""

_CHANNEL = {word: channel for channel, words in WORDS.items() for word in words}
_ANY_CHANNEL = WordFilter(_CHANNEL)
_LONGEST_FIRST = sorted(_CHANNEL, key=lambda word: (word[0], -len(word)))
# By the first letter, which is tried once for all words that begin with it, and before what may not be before it: a
# pattern that begins with letters is searched for quickly.
_ANY = regex(
    r"(?:"
    + "|".join(
        rf"{first}(?<![\w-]{first})(?:{'|'.join(re.escape(word[1:]) for word in words)})"
        for first, words in groupby(_LONGEST_FIRST, itemgetter(0))
    )
    + r")(?![\w-])"
)


def in_text(text: str, tokens: Sequence[str] | None = None) -> str | None:
    """Return the channel that the first contact word in `text` names; None if there is none.

    `tokens`: those of the text, and perhaps more, if known.
    """
    if not _ANY_CHANNEL.may_hold(tokens_of(text) if tokens is None else tokens):
        return None
    match = _ANY.search(text.lower())
    return _CHANNEL[match[0]] if match else None


def is_word(text: str) -> bool:
    """Return whether a text is one contact word or phrase, such as `1 on 1`, and nothing else."""
    return text.lower() in _CHANNEL


def of_sign(text: str) -> str | None:
    """Return the channel of the first emoji that has one; None if none has."""
    return next((_SIGNS[sign] for sign in text if sign in _SIGNS), None)


def of_value(value: object) -> str | None:
    """Return the channel that a property or an inline field names; an unknown word as it is, in lower case."""
    if not isinstance(value, str) or not value.strip():
        return None
    word = " ".join(value.lower().replace("_", " ").split())
    return _CHANNEL.get(word) or in_text(word) or word
