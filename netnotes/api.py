"""The public face for plugin authors: all that a plugin may import. API 1 lasts for all of NetNotes 1.x.

.. versionadded:: 0.1
"""

from netnotes.model import (
    Contact,
    Encounter,
    Group,
    Link,
    Note,
    Passage,
    Person,
    Place,
    Problem,
    Promise,
    Scene,
    Tie,
)
from netnotes.network.chasing import Owed, owed
from netnotes.network.declared import cadence, kin, next_birthday, rating, told
from netnotes.network.depth import DEEP, THIN_DAYS
from netnotes.network.gathering import Gathering, gatherings
from netnotes.network.graphs import graph
from netnotes.network.saying import counted, lately, listed, often, on_day
from netnotes.network.stage import Stage, overall, stages
from netnotes.network.standing import Standing, standings
from netnotes.network.targets import Target, acquaintances, companies, target
from netnotes.network.ties import Network
from netnotes.plugin.facts import Field, Met, Remark, Row, Score, Style
from netnotes.plugin.hooks import argument, option, reader, report, scorer, styler

__all__ = [
    "DEEP",
    "THIN_DAYS",
    "Contact",
    "Encounter",
    "Field",
    "Gathering",
    "Group",
    "Link",
    "Met",
    "Network",
    "Note",
    "Owed",
    "Passage",
    "Person",
    "Place",
    "Problem",
    "Promise",
    "Remark",
    "Row",
    "Scene",
    "Score",
    "Stage",
    "Standing",
    "Style",
    "Target",
    "Tie",
    "acquaintances",
    "argument",
    "cadence",
    "companies",
    "counted",
    "gatherings",
    "graph",
    "kin",
    "lately",
    "listed",
    "next_birthday",
    "often",
    "on_day",
    "option",
    "overall",
    "owed",
    "rating",
    "reader",
    "report",
    "scorer",
    "stages",
    "standings",
    "styler",
    "target",
    "told",
]
