"""know: time together, counted per day and log-compressed, over the contexts in which people meet.

    m     own minutes where noted; else the shared length, in company at most ten
          nothing noted: ten in person or on the phone, 3 a message or mail, 5 a bare mention, 1 a card
    M_d = Σ m / √others      minutes of a day; own minutes are not shared with the company, and count whole
                             messages and mails of one day, their length not noted, count six together at most
    c_d = ln(1 + M_d/10) / ln 7        one hour one-to-one = 1
    n_x = Σ c_d 2^(-age/730)           per context; beyond three, the smaller join the third
    know = 1 - Π (1 + n_x)^(-1/3)

Context is where two people meet (the scene). Who meets in several knows more sides of the other.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from netnotes.api import Contact, Field, Network, Problem, Score, Tie, option, scorer

NETNOTES_API = 1
CHAT = ("message", "mail")
LN_7 = math.log(7)
A_DAYS_CHAT = 6.0
"""Most minutes that a day's messages and mails count together: a word and an answer."""
WORDS = {
    "in person": "meeting",
    "call": "call",
    "message": "message",
    "mail": "mail",
    "card": "card",
    None: "mention",
}


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.know]`."""

    half_life_days: float = option(730.0, "Days after which a day together counts half.", low=1)
    contexts: int = option(3, "How many contexts count on their own.", low=1)


class Together(NamedTuple):
    """What two people had together in one context."""

    day: int
    """Ordinal of the last day."""
    before: float
    """n of the days before it, as old as they were on that day."""
    minutes: float
    """Of the last day, but for the chat."""
    chat: float
    """Minutes of messages and mails of the last day."""

    def hours(self, today: int, half_life: float) -> float:
        """Return n on the day `today`, in one-to-one hours."""
        chat = min(A_DAYS_CHAT, self.chat)
        counted = math.log1p((self.minutes + chat) / 10) / LN_7
        return (self.before + counted) * 2 ** ((self.day - today) / half_life)


NOTHING: Mapping[str | None, Together] = {}


def values_over_time(tie: Tie, days: Sequence[dt.date], options: Options) -> list[float]:
    """Return the value on each day."""
    last, amounts = _amounts(tie, options)
    faded = [2 ** ((last - day.toordinal()) / options.half_life_days) for day in days]
    return [_number([amount * left for amount in amounts], options.contexts) for left in faded]


@scorer(
    Field("know", "0 = strangers, 1 = a life together", write=False), options=Options, values_over_time=values_over_time
)
def know(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Score how well two people know each other by their time together."""
    today = (network.today,)
    for tie in network.ties:
        if tie.contacts:
            last, amounts = _amounts(tie, options)
            hours = math.fsum(amounts) * 2 ** ((last - network.today.toordinal()) / options.half_life_days)
            (value,) = values_over_time(tie, today, options)
            yield Score(tie, value, _because(tie, hours))


def _amounts(tie: Tie, options: Options) -> tuple[int, list[float]]:
    """Return the day of the last contact, and n of each context on that day."""
    last = tie.contacts[-1].date.toordinal()
    contexts = tie.running(_with, NOTHING, options.half_life_days).values()
    return last, [together.hours(last, options.half_life_days) for together in contexts]


def _number(amounts: list[float], count: int) -> float:
    if len(amounts) == 1:
        # The same, at half the time: most people are met in one context.
        return float(1 - (1 + amounts[0]) ** (-1 / 3))
    amounts = sorted(amounts, reverse=True)
    amounts[count - 1 :] = [math.fsum(amounts[count - 1 :])]
    unknown: float = math.prod([1 + amount for amount in amounts]) ** (-1 / 3)
    return 1 - unknown


def _with(contexts: Mapping[str | None, Together], contact: Contact, half_life: float) -> Mapping[str | None, Together]:
    """Add one contact."""
    day, context = contact.date.toordinal(), contact.context
    minutes = contact.minutes if contact.own_minutes else contact.minutes / math.sqrt(contact.others)
    chat = 0.0
    if contact.length is None and not contact.own_minutes and contact.encounter.channel in CHAT:
        minutes, chat = 0.0, minutes
    last = contexts.get(context)
    if last is None:
        return {**contexts, context: Together(day, 0.0, minutes, chat)}
    if last.day == day:
        return {**contexts, context: Together(day, last.before, last.minutes + minutes, last.chat + chat)}
    return {**contexts, context: Together(day, last.hours(day, half_life), minutes, chat)}


def _because(tie: Tie, hours: float) -> str:
    count, word = len(tie.contacts), tie.running(_word, "")
    said = f"{hours:.1f}"
    return f"{count} {word}{'s' * (count != 1)}, {said} one-to-one hour{'s' * (said != '1.0')}"


def _word(word: str, contact: Contact) -> str:
    """Return what all contacts are, as far as one word can say it."""
    this = WORDS.get(contact.encounter.channel, "contact")
    return this if word in ("", this) else "contact"
