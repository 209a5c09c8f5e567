"""know: time together, counted per day and log-compressed, over the contexts in which people meet.

    M_d = Σ m / √g        minutes of a day, those in company counting less
    c_d = ln(1 + M_d/10) / ln 7        one hour one-to-one = 1
    n_x = Σ c_d 2^(-age/730)           per context; beyond three, the smaller join the third
    know = 1 - Π (1 + n_x)^(-1/3)

Context is where two people meet (the scene). Who meets in several knows more sides of the other.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Field, Network, Problem, Score, Tie, scorer

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """What may be set under `[plugins.know]`."""

    half_life_days: float = 730.0
    """Days after which a day together counts half."""
    contexts: int = 3
    """How many contexts count on their own."""


@scorer(Field("know", "0 = strangers, 1 = a life together", write=False), options=Options)
def know(network: Network, options: Options) -> Iterator[Score | Problem]:
    """Score how well two people know each other by their time together."""
    today = network.today.toordinal()
    for tie in network.ties:
        if not tie.contacts:
            continue
        amounts = sorted(_amounts(tie, today, options.half_life_days).values(), reverse=True)
        head, tail = amounts[: options.contexts], amounts[options.contexts :]
        if tail:
            head[-1] += math.fsum(tail)
        unknown = 1.0
        for amount in head:
            unknown *= (1 + amount) ** (-1 / 3)
        yield Score(tie, 1 - unknown, _because(tie, math.fsum(amounts)))


def _amounts(tie: Tie, today: int, half_life: float) -> dict[str | None, float]:
    """Return context → n_x, in one-to-one hours of today."""
    minutes: defaultdict[tuple[int, str | None], float] = defaultdict(float)
    for contact in tie.contacts:
        minutes[contact.date.toordinal(), contact.context] += contact.minutes / math.sqrt(contact.others)
    amounts: defaultdict[str | None, float] = defaultdict(float)
    for (day, context), together in minutes.items():
        amounts[context] += math.log1p(together / 10) / math.log(7) * 2 ** (-(today - day) / half_life)
    return amounts


def _because(tie: Tie, hours: float) -> str:
    count = len(tie.contacts)
    kinds = Counter(contact.encounter.channel for contact in tie.contacts)
    kind = next(iter(kinds)) if len(kinds) == 1 else "several"
    word = {"in person": "meeting", "call": "call", "message": "message", "mail": "mail", "card": "card"}.get(
        kind or "", "contact"
    )
    return f"{count} {word}{'s' if count != 1 else ''}, {hours:.1f} one-to-one hour{'s' if f'{hours:.1f}' != '1.0' else ''}"
