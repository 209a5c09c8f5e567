"""What one thing would move a tie most: a few things of equal effort, each done in thought and really rescored.

All cost two one-to-one hours, so that what is compared is how they are spent. Knows no formula.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from netnotes.dates import add_days
from netnotes.model import Contact, Encounter, Initiative, Tie
from netnotes.network.network import Network
from netnotes.plugin.call import TimeLimit, no_limit
from netnotes.plugin.hooks import Plugin
from netnotes.scoring.history import through
from netnotes.scoring.views import ScoredNetwork

HOUR = 60.0
SOON, LATER = (0, 7), (0, 90)
"""Days from today on which the two hours fall."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing to do, and how deep the tie would then be."""

    what: str
    depth: float
    on: dt.date
    """The day on which all of it is done."""


@dataclass(frozen=True, slots=True)
class _Thing:
    what: str
    days: tuple[int, ...] = SOON
    by: Initiative | None = None
    context: str | None = None


MOST_WORK = 20_000
"""Most people asked about times people: for each, the tie is scored in a network of all."""


def best_levers(scored: ScoredNetwork, most: int | None = None) -> dict[str, Lever]:
    """Return what would move each tie most, by person id: of the deepest `most`, of fewer in a large network."""
    network = scored.network
    affordable = MOST_WORK // max(1, len(network.ties))
    met = [tie for tie in network.ties if tie.ego and tie.contacts]
    asked = heapq.nlargest(
        affordable if most is None else min(most, affordable),
        met,
        key=lambda tie: scored.scores.number(tie, "depth") or 0.0,
    )
    found = {tie.person.id: levers(network, tie, scored.plugins, scored.weights, scored.limit) for tie in asked}
    return {person: of_tie[0] for person, of_tie in found.items() if of_tie}


def levers(
    network: Network, tie: Tie, plugins: Sequence[Plugin], weights: Mapping[str, float], limit: TimeLimit = no_limit
) -> tuple[Lever, ...]:
    """Return the depth of each ego tie after two more one-to-one hours with the other person, largest gain first."""
    found = []
    for thing in _things(network, tie):
        dates = [add_days(network.today, days) for days in thing.days]
        contacts = tuple(_hour(tie, day, thing) for day in dates)
        all_contacts = (*tie.contacts, *contacts)
        then = replace(tie, contacts=all_contacts)
        after = contacts[-1].date
        imagined = replace(
            network,
            today=after,
            encounters=(*network.encounters, *(contact.encounter for contact in contacts)),
            ties=tuple(then if other == tie else other for other in network.ties),
        )
        history, _ = through(imagined, plugins, weights, [after], fields=("depth",), ties=[then], limit=limit)
        (depth,) = history.of(then)
        if depth is not None:
            found.append(Lever(thing.what, depth, after))
    return tuple(sorted(found, key=lambda lever: (-lever.depth, lever.what)))


def _things(network: Network, tie: Tie) -> list[_Thing]:
    """Return what there is to do."""
    contexts = Counter(contact.context for contact in tie.contacts)
    usual = max(contexts, key=lambda c: (contexts[c], c or ""), default=tie.person.scene)
    noted = Counter(contact.initiated_by for contact in tie.contacts if contact.initiated_by)
    hours = "two more hours one-to-one" if tie.contacts else "two hours one-to-one"
    things = [_Thing(hours, context=usual), _Thing(f"{hours}, three months apart", LATER, context=usual)]
    if noted["me"] != noted["them"]:
        theirs = noted["me"] > noted["them"]
        who = f"suggested by {tie.person.name}" if theirs else "suggested by you"
        things.append(_Thing(f"{hours}, {who}", by="them" if theirs else "me", context=usual))
    else:
        # Nobody is behind: hours in turn keep it so, where anybody notes it at all.
        things[0] = replace(things[0], by="both" if noted else None)
        things[1] = replace(things[1], by="both" if noted else None)
    others = sorted(scene.name for scene in network.scenes if scene.name not in contexts)
    where = f"outside {usual}" if usual else f"in {others[0]}" if others else None
    if where:
        new = others[0] if others else f"not {usual}"
        things.append(_Thing(f"{hours}, {where}", context=new, by=things[0].by))
    return things


def _hour(tie: Tie, day: dt.date, thing: _Thing) -> Contact:
    encounter = Encounter(
        day, (tie.person,), "", 0, HOUR, channel="in person", initiated_by=thing.by, scene=thing.context
    )
    return Contact(day, HOUR, 1, thing.context, thing.by, encounter, length=HOUR)
