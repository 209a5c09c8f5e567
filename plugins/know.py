"""know: time together, as the logarithm of each day's minutes, over the contexts in which people meet.

    m     own minutes where noted; else the shared length, in company at most ten
          nothing noted: ten in person or on the phone, 3 a message or mail, 5 with nothing said of it, 1 a card
    M_d = Σ m / √others      minutes of a day; own minutes are not shared with the company, and count whole
                             messages and mails of one day, their length not noted, count six together at most
    c_d = ln(1 + M_d/10) / ln 7        one hour one-to-one = 1
    n_x = Σ c_d 2^(-age/730)           per context; beyond three, the smaller join the third
    know = 1 - Π (1 + n_x)^(-1/3)

A context is where two people meet (the scene). People who meet in several know each other better.
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
"""Most minutes that a day's messages and mails count together: one and its answer."""
WORDS = {
    "in person": "meeting",
    "call": "call",
    "message": "message",
    "mail": "mail",
    "card": "card",
    None: "contact",
}


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.know]`."""

    half_life_days: float = option(730.0, "Days after which a day together counts half.", low=1)
    contexts: int = option(3, "How many contexts count on their own.", low=1)


class Together(NamedTuple):
    """The time of two people in one context."""

    day: int
    """Ordinal of the last day."""
    before: float
    """n of the days before it, aged to that day."""
    minutes: float
    """Minutes of the last day, without messages and mails."""
    chat: float
    """Minutes of messages and mails of the last day."""

    def hours(self, today: int, half_life: float) -> float:
        """Return n on the day `today`, in one-to-one hours."""
        chat = min(A_DAYS_CHAT, self.chat)
        counted = math.log1p((self.minutes + chat) / 10) / LN_7
        return (self.before + counted) * 2 ** ((self.day - today) / half_life)


Contexts = Mapping[str | None, Together]
NOTHING: Contexts = {}


def values_over_time(tie: Tie, days: Sequence[dt.date], options: Options) -> list[float]:
    """Return the value on each day."""
    values: list[float] = []
    contexts = NOTHING
    for stretch in tie.stretches(days):
        contexts = _with_all(contexts, stretch.new, options)
        last, amounts = _amounts(stretch.tie, contexts, options)
        values += [_value(last, amounts, day, options) for day in stretch.days]
    return values


@scorer(
    Field("know", "0 = no time together, .5 = seven one-to-one hours in one setting", write=False),
    options=Options,
    between=True,
    values_over_time=values_over_time,
)
def know(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Score how well two people know each other by their time together."""
    for tie in network.ties:
        if tie.contacts:
            last, amounts = _amounts(tie, _with_all(NOTHING, tie.contacts, options), options)
            hours = math.fsum(amounts) * 2 ** ((last - network.today.toordinal()) / options.half_life_days)
            yield Score(tie, _value(last, amounts, network.today, options), _because(tie, hours))


def _amounts(tie: Tie, contexts: Contexts, options: Options) -> tuple[int, list[float]]:
    """Return the day of the last contact, and n of each context on that day."""
    last = tie.contacts[-1].date.toordinal()
    return last, [together.hours(last, options.half_life_days) for together in contexts.values()]


def _value(last: int, amounts: list[float], day: dt.date, options: Options) -> float:
    left = 2 ** ((last - day.toordinal()) / options.half_life_days)
    return _number([amount * left for amount in amounts], options.contexts)


def _number(amounts: list[float], count: int) -> float:
    if len(amounts) == 1:
        # The same, at half the time: most people are met in one context.
        return float(1 - (1 + amounts[0]) ** (-1 / 3))
    amounts = sorted(amounts, reverse=True)
    amounts[count - 1 :] = [math.fsum(amounts[count - 1 :])]
    unknown: float = math.prod([1 + amount for amount in amounts]) ** (-1 / 3)
    return 1 - unknown


def _with_all(contexts: Contexts, contacts: Sequence[Contact], options: Options) -> Contexts:
    """Add contacts, in the order in which they happened."""
    for contact in contacts:
        contexts = _with(contexts, contact, options.half_life_days)
    return contexts


def _with(contexts: Contexts, contact: Contact, half_life: float) -> Contexts:
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
    count, words = len(tie.contacts), {WORDS.get(contact.encounter.channel, "contact") for contact in tie.contacts}
    word = words.pop() if len(words) == 1 else "contact"
    text = f"{hours:.1f}"
    contacts = f"{count} {word}{'s' * (count != 1)}"
    return contacts if text == "0.0" else f"{contacts}, {text} one-to-one hour{'s' * (text != '1.0')}"
