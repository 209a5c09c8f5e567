"""The ego's ties on a day, with depth, warmth and due date; all advice is based on them.

Leaves out people who were never met, and ignored people (`netnotes: ignore`).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict

from netnotes.extract.people.declarations import cadence, left_alone, snoozed_until
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Contact, Person, Tie
from netnotes.phrasing import every_words
from netnotes.plugin.network_view import NetworkView

STATUS_READS = ("depth", "warmth?", "follow_up?")
"""The fields that `tie_statuses` reads, the last two if they are scored: a function that calls it declares them."""

CIRCLE_SIZES = (5, 15, 50, 150)
"""How many people each circle usually holds, with those of the smaller ones."""


@dataclass(frozen=True, slots=True)
class TieStatus:
    """The ego's tie with one person, on the network's day.

    .. versionadded:: 0.1
    """

    tie: Tie
    last: dt.date
    """Day of the last contact."""
    silence: int
    """Days since then."""
    depth: float
    label: str
    """deep, shallow or thin."""
    warmth: float | None = None
    word: str | None = None
    """warm, cooling or dormant."""
    because: str = ""
    """Why it is as warm as it is."""
    follow_up: dt.date | None = None
    due_because: str = ""
    """Why the follow-up is on that day."""
    snoozed: bool = False
    """Whether it is due but put off to a later day."""
    cadence: int | None = None
    """Days between contacts, as the person's note declares them."""

    @property
    def person(self) -> Person:
        """The other person of the tie."""
        return self.tie.person

    @property
    def first(self) -> dt.date:
        """Day of the first contact."""
        return self.tie.contacts[0].date

    @property
    def deep(self) -> bool:
        """Whether the tie is deep: from .5 up, and on at least three days."""
        return self.label == "deep"

    @property
    def latest(self) -> Contact:
        """The last contact, which is the evidence of any silence."""
        return self.tie.contacts[-1]

    @property
    def scene(self) -> str | None:
        """The tie's home scene, see `home_scene`."""
        return home_scene(self.tie)

    @property
    def by_silence(self) -> bool:
        """Whether silence alone makes a contact due: not with family, unless their note declares a cadence.

        .. versionadded:: 0.2
        """
        return self.person.family is None or self.cadence is not None

    @property
    def interval(self) -> str:
        """The days between contacts in words: as the note declares them, else as they usually are.

        .. versionadded:: 0.2
        """
        return (
            f"you want {every_words(self.cadence)}"
            if self.cadence
            else f"usually {every_words(round(self.tie.rhythm))}"
        )

    def hours(self, since: dt.date | None = None) -> float:
        """Return the hours of the ego's time that went to this person from `since` on.

        A person's own minutes where noted; else the encounter's length, or what is typical, shared among all present.
        """
        minutes = [
            contact.minutes if contact.own_minutes else (contact.length or contact.minutes) / contact.others
            for contact in self.tie.contacts
            if since is None or contact.date >= since
        ]
        return math.fsum(minutes) / 60


def home_scene(tie: Tie) -> str | None:
    """Return the person's scene, else the one with most contact days, the first by name of equals; None if unknown."""
    if tie.person.scene:
        return tie.person.scene
    days: defaultdict[str, set[dt.date]] = defaultdict(set)
    for contact in tie.contacts:
        if contact.context:
            days[contact.context].add(contact.date)
    return max(sorted(days), key=lambda scene: len(days[scene]), default=None)


def tie_statuses(network: NetworkView) -> tuple[TieStatus, ...]:
    """Return the ego's ties with everyone ever met, deepest first. The caller declares `STATUS_READS`.

    .. versionadded:: 0.1
    """
    found = []
    for tie in network.ties:
        depth = network.score(tie, "depth")
        if not tie.ego or tie.last is None or left_alone(tie.person) or depth is None:
            continue
        warmth, due = network.score(tie, "warmth"), network.score(tie, "follow_up")
        found.append(
            TieStatus(
                tie,
                tie.last,
                (network.today - tie.last).days,
                depth=_number(depth.value) or 0.0,
                label=depth.label or "",
                warmth=_number(warmth.value) if warmth else None,
                word=warmth.label if warmth else None,
                because=warmth.because if warmth else "",
                follow_up=due.value if due and isinstance(due.value, dt.date) else None,
                due_because=due.because if due else "",
                snoozed=due is not None and due.value == snoozed_until(tie.person, network.today, tie.last),
                cadence=cadence(tie.person),
            )
        )
    return tuple(sorted(found, key=lambda s: (-s.depth, s.person.name, s.person.id)))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
