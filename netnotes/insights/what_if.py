"""Find what would deepen a tie most: try a few actions of equal effort, and score the network as if each were done.

Each takes two one-to-one hours, so that only the way they are spent differs. Holds no formula.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from netnotes.dates import add_days
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Contact, Encounter, Initiative, Tie
from netnotes.network.network import Network
from netnotes.plugin.call import TimeLimit, no_limit
from netnotes.plugin.hooks import Plugin
from netnotes.scoring.history import compute_history
from netnotes.scoring.views import ScoredNetwork

HOUR = 60.0
SOON, LATER = (0, 7), (0, 90)
"""Days from today on which the two hours fall."""


@dataclass(frozen=True, slots=True)
class Lever:
    """Something to do, and how deep the tie would then be."""

    what: str
    depth: float
    on: dt.date
    """The day on which all of it is done."""


@dataclass(frozen=True, slots=True)
class _Action:
    what: str
    days: tuple[int, ...] = SOON
    by: Initiative | None = None
    context: str | None = None


MOST_WORK = 20_000
"""Limit of (people examined) × (people in the network): for each of them, the tie is scored in the whole network."""


def best_levers(scored: ScoredNetwork, most: int | None = None) -> dict[str, Lever]:
    """Return person id → the best lever, for the `most` deepest ties, or fewer in a large network."""
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
    for action in _actions(network, tie):
        dates = [add_days(network.today, days) for days in action.days]
        contacts = tuple(_hour(tie, day, action) for day in dates)
        all_contacts = (*tie.contacts, *contacts)
        then = replace(tie, contacts=all_contacts)
        after = contacts[-1].date
        imagined = replace(
            network,
            today=after,
            encounters=(*network.encounters, *(contact.encounter for contact in contacts)),
            ties=tuple(then if other == tie else other for other in network.ties),
        )
        history, _ = compute_history(imagined, plugins, weights, [after], fields=("depth",), ties=[then], limit=limit)
        (depth,) = history.of(then)
        if depth is not None:
            found.append(Lever(action.what, depth, after))
    return tuple(sorted(found, key=lambda lever: (-lever.depth, lever.what)))


def _actions(network: Network, tie: Tie) -> list[_Action]:
    """Return the actions that are tried."""
    contexts = Counter(contact.context for contact in tie.contacts)
    usual = max(contexts, key=lambda c: (contexts[c], c or ""), default=tie.person.scene)
    noted = Counter(contact.initiated_by for contact in tie.contacts if contact.initiated_by)
    hours = "two more hours one-to-one" if tie.contacts else "two hours one-to-one"
    actions = [_Action(hours, context=usual), _Action(f"{hours}, three months apart", LATER, context=usual)]
    if noted["me"] != noted["them"]:
        theirs = noted["me"] > noted["them"]
        who = f"suggested by {tie.person.name}" if theirs else "suggested by you"
        actions.append(_Action(f"{hours}, {who}", by="them" if theirs else "me", context=usual))
    else:
        # Both have initiated equally often: the imagined hours keep it so, if initiative is noted at all.
        actions[0] = replace(actions[0], by="both" if noted else None)
        actions[1] = replace(actions[1], by="both" if noted else None)
    others = sorted(scene.name for scene in network.scenes if scene.name not in contexts)
    where = f"outside {usual}" if usual else f"in {others[0]}" if others else None
    if where:
        new = others[0] if others else f"not {usual}"
        actions.append(_Action(f"{hours}, {where}", context=new, by=actions[0].by))
    return actions


def _hour(tie: Tie, day: dt.date, action: _Action) -> Contact:
    encounter = Encounter(
        day, (tie.person,), "", 0, HOUR, channel="in person", initiated_by=action.by, scene=action.context
    )
    return Contact(day, HOUR, 1, action.context, action.by, encounter, length=HOUR)
