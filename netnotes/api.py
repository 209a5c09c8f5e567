"""The public face for plugin authors: all that a plugin may import. API 1 lasts for all of NetNotes 1.x.

.. versionadded:: 0.1
"""

from netnotes.extract.declarations import cadence, kin, next_birthday, rating, told
from netnotes.insights.lookup import Target, acquaintances, companies, target
from netnotes.insights.meeting_groups import Gathering, gatherings
from netnotes.insights.reminders import Owed, owed
from netnotes.insights.scene_stage import Stage, overall, stages
from netnotes.insights.tie_status import Standing, standings
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
from netnotes.network.graphs import graph
from netnotes.network.network import Network
from netnotes.phrasing import counted, lately, listed, often, on_day
from netnotes.plugin.facts import Field, Met, Remark, Row, Score, Style
from netnotes.plugin.hooks import argument, option, reader, report, scorer, styler
from netnotes.scoring.depth import DEEP, THIN_DAYS

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
