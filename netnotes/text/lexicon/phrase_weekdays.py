"""Weekdays within day phrases: whether `sat` is one, and words such as `last` and `morning` beside them."""

from __future__ import annotations

from functools import lru_cache

from netnotes.text.lexicon.phrase_dates import FILLERS, Context, is_measured, is_time
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, listed

WHICH = {"last": -1, "before last": -2, "this": 0, "next": 1}
_PREPOSITION = {"en": "on", "de": "am", "nl": "op", "pl": "w", "ru": "в"}
"""Language → a preposition that tells a short weekday from other words: `on Sat`; there is none for `el mar`."""
SHORT_UNITS = ("hour", "minute")

_TYPED_WITH = ("w", "c", "m", "z")
_UNSURE = ("sat", "so")
"""Weekdays in short that are also other words: `sat with Ada`, `so früh`."""
_EARLY = "fruh"
"""German: `so früh` is `so early`, but `so abend` is on Sunday."""
_BLANKED = 2
"""Fewest blanks where a name was blanked."""
_FEWEST_LETTERS = 3
"""Letters of a short weekday that is certainly a day before a part of the day: `sat morning`; not `so früh`."""


def part_of_day(context: Context, at: int) -> int:
    """Return the token after a part of the day that begins at a token; the same token where there is none."""
    after = context.words.first(context.words.skip(at, *FILLERS), "part of day")
    if after is None and context.words.language == "en" and at and context.tokens[at : at + 1]:
        # `mon eve`, where Eve is also a name
        return at + (context.tokens[at].text == "eve")
    return after[1] if after else at


def is_set_apart(context: Context, at: int, end: int) -> bool:
    """Return whether an abbreviated weekday is certainly one: `on Sat`, `Mon, 2h`, `2h Mon`, or at the end of the text.

    In a sentence whose names are blanked, it may also be right after one, in lower case: `beer Ada fri`.
    """
    tokens = context.tokens
    words = context.words
    if words.language == "zh" and not words.is_preceded_by(at, "week"):
        # `一下午` is a whole afternoon.
        return False
    sure = tokens[at].text not in _UNSURE and tokens[at].text not in _common(words.language)
    named = sure or len(tokens[at].text) >= _FEWEST_LETTERS or words.language == "de"
    if named and part_of_day(context, end) > end and (sure or tokens[end].text != _EARLY):
        return True
    preceded = words.is_preceded_by(at, "on")
    preposition = tokens[at - 1].text if preceded and words.language in _PREPOSITION else ""
    if preposition and preposition == _PREPOSITION[words.language] and tokens[at].text not in _common(words.language):
        return True
    if sure and words.is_preceded_by(at, "deadline"):
        # `bis mo mitzubringen`
        return True
    measured = any(words.is_preceded_by(at, unit) for unit in (*SHORT_UNITS, "part of day"))
    certain = tokens[at].text in listed("certain short weekdays", frozenset({words.language}))
    certain = certain and (words.language == "en" or not context.text[tokens[at].start].islower())
    before = at == 0 or certain or tokens[at - 1].text in ",;(." or preceded or measured
    if not before and context.text[tokens[at].start].islower():
        before = tokens[at].start - tokens[at - 1].end > 1
    long = len(tokens[at].text) >= _FEWEST_LETTERS and at and tokens[at - 1].text not in _common(words.language)
    if long and (is_time(context, end) or _goes_on(context, end)):
        return True
    if at == 0 and _is_before_contact(context, end):
        return True
    if at and _is_between_contact_and_company(context, at, end):
        return True
    closed = end >= len(tokens) or tokens[end].text == "," or (sure and _is_before_company(context, end))
    before = before or bool(long and words.language == "en" and closed)
    return before and (
        end >= len(tokens)
        or tokens[end].text in ",;):."
        or is_time(context, end)
        or _goes_on(context, end)
        or _is_before_length(context, at, end)
        or (_is_after_somebody_met(context, at) and _is_length(context, end))
        or (sure and (_is_before_company(context, end) or tokens[end].text in _after_a_day(words.language)))
    )


def _is_before_contact(context: Context, end: int) -> bool:
    """Return whether a word of contact, or `with`, follows a weekday that begins a text: `fri coffee w ada`.

    Not a weekday that is a common word or a verb: `so mit Ada`, `sat with Ada`.
    """
    language = context.words.language
    end, before = part_of_day(context, end), end
    first, following = context.tokens[0].text, context.tokens[end : end + 1]
    if end > before and first not in _UNSURE:
        # `Do abend mit Ada`
        return True
    if not following or first in _common(language):
        return False
    company = context.words.first(end, "company") is not None and first not in _UNSURE
    whole, begun = _contacts(language)
    return company or following[0].text in whole or following[0].text.startswith(begun)


def _is_between_contact_and_company(context: Context, at: int, end: int) -> bool:
    """Return whether a weekday is right after a word of contact, and before `with`, a length or the end of a clause.

    `dinner fri w/ ada`, `gegeten za, 2 uur`
    """
    tokens, before = context.tokens, context.tokens[at - 1]
    if tokens[at].start - before.end > 1 or not context.text[tokens[at].start].islower():
        return False
    whole, begun = _contacts(context.words.language)
    if _is_length(context, end) and context.words.language == "en" and before.text not in _common("en") | listed("me"):
        # `watched the game sat 2h`, but not `we sat 2h`
        return any(token.text in whole | listed("done together") for token in tokens[:at])
    done = before.text in listed("done together", frozenset({context.words.language}))
    if not done and before.text not in whole and not (before.text.startswith(begun) and begun):
        return False
    return (
        end >= len(tokens)
        or tokens[end].text in ",;).("
        or _is_before_company(context, end)
        or _is_before_length(context, at, end)
    )


def _is_after_somebody_met(context: Context, at: int) -> bool:
    """Return whether a weekday in English is right after a blanked name that follows a word of contact, or `with`."""
    tokens = context.tokens
    if context.words.language != "en" or not at or tokens[at].start - tokens[at - 1].end <= 1:
        return False
    whole, begun = _contacts("en")
    before = tokens[at - 1].text
    company = context.words.first(at - 1, "company") is not None or before in _TYPED_WITH
    return company or before in whole or bool(begun and before.startswith(begun))


def _is_before_company(context: Context, end: int) -> bool:
    """Return whether `with`, also as it is typed, follows at a token."""
    following = context.tokens[end : end + 1]
    return context.words.first(end, "company") is not None or bool(following and following[0].text in _TYPED_WITH)


def _is_before_length(context: Context, at: int, end: int) -> bool:
    """Return whether a length follows a weekday: `mon 30m`; not `so 30 min`, `sat 2h`."""
    weekday = context.tokens[at].text
    return weekday not in _common(context.words.language) and weekday not in _UNSURE and _is_length(context, end)


def _is_length(context: Context, at: int) -> bool:
    """Return whether a length in figures begins at a token: `2h`, `2.5h`."""
    number, tokens = context.words.figure(at), context.tokens
    if number is None:
        return False
    point = context.words.sign(number[1], ".,")
    decimal = point > number[1] and context.words.figure(point) and tokens[point].start == tokens[point - 1].end
    return is_measured(context, point + 1 if decimal else number[1])


@lru_cache(maxsize=len(LANGUAGES))
def _contacts(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the first words of contact words, and the beginnings of those listed with `*`."""
    kinds = (*CHANNELS, *(f"typed {channel}" for channel in CHANNELS))
    words = {word for kind in kinds for word in listed(kind, frozenset({language, "en"}))}
    begun = tuple(word[:-1] for word in words if word.endswith("*"))
    return frozenset(word.split()[0] for word in words if word) - _common(language), begun


def _goes_on(context: Context, at: int) -> bool:
    """Return whether `last week`, or hours after a word such as `from`, follows at a token."""
    if at >= len(context.tokens):
        return False
    which, place = which_of(context, at)
    following = context.tokens[at + 1 : at + 2]
    hours = context.tokens[at].text in _before_hours() and following and following[0].text.isdecimal()
    return bool(hours) or (which is not None and context.words.first(place, "week") is not None)


@lru_cache(maxsize=len(LANGUAGES))
def _after_a_day(language: str) -> frozenset[str]:
    """Return words that go on after a day without a comma: `ada mon at costa`, `ada mon he's moving`."""
    own = frozenset({language})
    return listed("place", own) | listed("other people", own) | {"@"}


@lru_cache(maxsize=1)
def _before_hours() -> frozenset[str]:
    return listed("before a time of day")


def _common(language: str) -> frozenset[str]:
    return listed("common", frozenset({language}))


def which_of(context: Context, at: int) -> tuple[str | None, int]:
    """Return (`last`, `before last`, `this` or `next`, the token after it); (None, `at`) if there is no such word."""
    found = ((kind, which[1]) for kind in WHICH if (which := context.words.first(at, kind)))
    return max(found, key=lambda each: each[1], default=(None, at))


def which_after(context: Context, at: int) -> tuple[str | None, int]:
    """Return the same for a word right after a unit: in `w Ada last week`, with the name blanked, `w` is no week."""
    tokens = context.tokens
    beside = at < len(tokens) and tokens[at].start - tokens[at - 1].end < _BLANKED
    return which_of(context, at) if beside else (None, at)
