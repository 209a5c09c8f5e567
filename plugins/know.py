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

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from netnotes.api import Contact, Field, Network, Problem, Score, Tie, scorer

NETNOTES_API = 1
A_DAYS_CHAT = 6.0
"""Most minutes that a day's messages and mails count together: a word and an answer."""
WORDS = {"in person": "meeting", "call": "call", "message": "message", "mail": "mail", "card": "card", None: "mention"}


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.know]`."""

    half_life_days: float = 730.0
    """Days after which a day together counts half."""
    contexts: int = 3
    """How many contexts count on their own."""


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
        minutes = self.minutes + min(self.chat, A_DAYS_CHAT)
        return (self.before + math.log1p(minutes / 10) / math.log(7)) * 2 ** ((self.day - today) / half_life)


@scorer(Field("know", "0 = strangers, 1 = a life together", write=False), options=Options)
def know(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Score how well two people know each other by their time together."""
    today, half_life = network.today.toordinal(), options.half_life_days
    nothing: Mapping[str | None, Together] = {}
    for tie in network.ties:
        if not tie.contacts:
            continue
        contexts = tie.running(_with, nothing, half_life).values()
        amounts = sorted([context.hours(today, half_life) for context in contexts], reverse=True)
        hours = math.fsum(amounts)
        amounts[options.contexts - 1 :] = [math.fsum(amounts[options.contexts - 1 :])]
        yield Score(tie, 1 - math.prod((1 + amount) ** (-1 / 3) for amount in amounts), _because(tie, hours))


def _with(
    contexts: Mapping[str | None, Together], contact: Contact, half_life: float
) -> Mapping[str | None, Together]:
    """Add one contact."""
    day = contact.date.toordinal()
    so_far = contexts.get(contact.context) or Together(day, 0.0, 0.0, 0.0)
    if so_far.day != day:
        so_far = Together(day, so_far.hours(day, half_life), 0.0, 0.0)
    minutes = contact.minutes if contact.own else contact.minutes / math.sqrt(contact.others)
    if contact.encounter.channel in ("message", "mail") and not contact.own and contact.length is None:
        so_far = so_far._replace(chat=so_far.chat + minutes)
    else:
        so_far = so_far._replace(minutes=so_far.minutes + minutes)
    return {**contexts, contact.context: so_far}


def _because(tie: Tie, hours: float) -> str:
    count, word = len(tie.contacts), tie.running(_word, "")
    said = f"{hours:.1f}"
    return f"{count} {word}{'s' * (count != 1)}, {said} one-to-one hour{'s' * (said != '1.0')}"


def _word(word: str, contact: Contact) -> str:
    """Return what all contacts are, as far as one word can say it."""
    this = WORDS.get(contact.encounter.channel, "contact")
    return this if word in ("", this) else "contact"
