"""The public face for plugin authors: all that a plugin may import. API 1 lasts for all of NetNotes 1.x.

.. versionadded:: 0.1
"""

from netnotes.dates import add_days
from netnotes.extract.declarations import (
    cadence,
    declared_summary,
    kin,
    left_alone,
    next_birthday,
    rating,
    snoozed_until,
)
from netnotes.insights.lookup import Target, acquaintances, companies, target
from netnotes.insights.meeting_groups import MeetingGroup, meeting_groups
from netnotes.insights.reminders import OpenPromise, open_promises
from netnotes.insights.scene_stage import Stage, overall_stage, stages
from netnotes.insights.tie_status import TieStatus, tie_statuses
from netnotes.model import (
    Contact,
    Encounter,
    Group,
    Link,
    Mention,
    Note,
    Passage,
    Person,
    Problem,
    Promise,
    Scene,
    SourceLine,
    Stretch,
    Tie,
)
from netnotes.network.graphs import graph
from netnotes.network.network import Network
from netnotes.phrasing import ago_words, day_words, duration_words, every_words, join_names, pluralize, times_words
from netnotes.plugin.facts import Field, FoundEncounter, Remark, Row, Score, Style
from netnotes.plugin.hooks import argument, option, reader, report, scorer, styler
from netnotes.scoring.depth import DEEP, THIN_DAYS

__all__ = [
    "DEEP",
    "THIN_DAYS",
    "Contact",
    "Encounter",
    "Field",
    "FoundEncounter",
    "Group",
    "Link",
    "MeetingGroup",
    "Mention",
    "Network",
    "Note",
    "OpenPromise",
    "Passage",
    "Person",
    "Problem",
    "Promise",
    "Remark",
    "Row",
    "Scene",
    "Score",
    "SourceLine",
    "Stage",
    "Stretch",
    "Style",
    "Target",
    "Tie",
    "TieStatus",
    "acquaintances",
    "add_days",
    "ago_words",
    "argument",
    "cadence",
    "companies",
    "day_words",
    "declared_summary",
    "duration_words",
    "every_words",
    "graph",
    "join_names",
    "kin",
    "left_alone",
    "meeting_groups",
    "next_birthday",
    "open_promises",
    "option",
    "overall_stage",
    "pluralize",
    "rating",
    "reader",
    "report",
    "scorer",
    "snoozed_until",
    "stages",
    "styler",
    "target",
    "tie_statuses",
    "times_words",
]
