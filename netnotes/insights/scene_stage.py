"""Decide the stage of a scene: exploring, narrowing or focused. A rule with fixed numbers, not a measurement.

sigma = ½ min(1, people met/15) + ½ min(1, deep ties/5), at most .3 while the scene is younger than 90 days
sigma < .35 exploring: look for leads;  > .65 focused: few and deep;  between: narrowing
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence

from netnotes.dates import add_days
from netnotes.insights.tie_status import TieStatus, tie_statuses
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person
from netnotes.plugin.network_view import NetworkView

MET, DEEP_TIES = 15, 5
"""People met, and deep ties among them, at which a scene is fully developed."""
YOUNG_DAYS, YOUNG_SIGMA = 90, 0.3
"""Below this age in days, sigma is at most this value."""
EXPLORING_BELOW, FOCUSED_ABOVE = 0.35, 0.65


@dataclass(frozen=True, slots=True)
class SceneStage:
    """One scene on the network's day.

    .. versionadded:: 0.1
    """

    scene: str
    since: dt.date | None
    """As declared, else its first encounter."""
    people: tuple[TieStatus, ...]
    """Everyone met in it or with it as home scene, deepest first."""
    deep: tuple[TieStatus, ...]
    """The deep ties with it as home scene."""
    sigma: float
    """0–1."""
    young: bool
    """Whether it is younger than 90 days."""

    @property
    def word(self) -> str:
        """exploring, narrowing or focused."""
        return "exploring" if self.sigma < EXPLORING_BELOW else "focused" if self.sigma > FOCUSED_ABOVE else "narrowing"

    @property
    def leads(self) -> int:
        """How many more people to meet before focusing on a few, regardless of the scene's age; 0 if enough."""
        lacking = 2 * EXPLORING_BELOW - min(1, len(self.deep) / DEEP_TIES)
        return max(0, math.ceil(MET * lacking - 1e-9) - len(self.people))

    @property
    def grown(self) -> dt.date | None:
        """The day on which it is 90 days old."""
        return add_days(self.since, YOUNG_DAYS) if self.since else None


def sigma(people: int, deep: int, *, young: bool) -> float:
    """Return sigma, 0-1."""
    value = min(1, people / MET) / 2 + min(1, deep / DEEP_TIES) / 2
    return min(value, YOUNG_SIGMA) if young else value


def scene_stages(network: NetworkView, everybody: Sequence[TieStatus] | None = None) -> tuple[SceneStage, ...]:
    """Return the stage of each scene, by name. Reads the fields that tie_statuses reads.

    People of a scene were in one of its encounters, or have it as home scene; its deep ties have it as home scene.

    .. versionadded:: 0.1
    """
    met: defaultdict[str, list[TieStatus]] = defaultdict(list)
    first: dict[str, dt.date] = {}
    places: defaultdict[Person, list[str]] = defaultdict(list)
    for scene in network.scenes:
        for person in scene.people if scene.place else ():
            places[person].append(scene.name)
    for status in tie_statuses(network) if everybody is None else everybody:
        where: dict[str, None] = {}
        for contact in status.tie.contacts:
            if contact.context:
                where[contact.context] = None
                first[contact.context] = min(first.get(contact.context, contact.date), contact.date)
        if status.person.scene:
            where[status.person.scene] = None
        for name in where:
            met[name].append(status)
        for name in places.get(status.person, ()):
            met[name].append(status)
            first[name] = min(first.get(name, status.first), status.first)
    declared = {scene.name: scene.since for scene in network.scenes if scene.declared}
    return tuple(
        _stage(name, declared.get(name) or first.get(name), met[name], network.today)
        for name in sorted({*met, *declared})
    )


def overall_stage(network: NetworkView, everybody: Sequence[TieStatus]) -> SceneStage:
    """Return the stage of the ego's whole network, as if it were one scene.

    .. versionadded:: 0.1
    """
    first = min((s.first for s in everybody), default=None)
    deep = tuple(s for s in everybody if s.deep)
    value = sigma(len(everybody), len(deep), young=False)
    return SceneStage("", first, tuple(everybody), deep, value, young=_young(first, network.today))


def _stage(name: str, since: dt.date | None, people: list[TieStatus], today: dt.date) -> SceneStage:
    deep = tuple(s for s in people if s.deep and s.scene in (name, None))
    young = _young(since, today)
    return SceneStage(name, since, tuple(people), deep, sigma(len(people), len(deep), young=young), young)


def _young(since: dt.date | None, today: dt.date) -> bool:
    return since is None or (today - since).days < YOUNG_DAYS
