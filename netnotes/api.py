"""The public face for plugin authors: with `netnotes.insights` and `netnotes.testing` all that a plugin may import.

API 1 lasts for all of NetNotes 1.x: names, arguments and fields stay, and what they mean.

.. versionadded:: 0.1
"""

from netnotes.extract.people.declarations import cadence, left_alone, next_birthday, rating, snoozed_until
from netnotes.extract.people.kin import kin
from netnotes.extract.people.known_since import known_before, known_since
from netnotes.model import (
    Contact,
    Encounter,
    Group,
    Link,
    Mention,
    Person,
    Problem,
    Promise,
    Scene,
    SourceLine,
    Tie,
)
from netnotes.notes import Initiative
from netnotes.plugin.decorators import argument, exporter, option, reader, report, scorer, styler, watcher
from netnotes.plugin.facts import (
    Block,
    Cell,
    ExtraFile,
    Field,
    FoundEncounter,
    Notice,
    Remark,
    Row,
    Score,
    Style,
    Value,
)
from netnotes.plugin.hooks import NoOptions
from netnotes.plugin.network_view import Change
from netnotes.plugin.network_view import NetworkView as Network
from netnotes.plugin.notes import File, Note
from netnotes.plugin_host.session import Session, pass_session
from netnotes.scoring.depth import DEEP, THIN_DAYS

__all__ = [
    "DEEP",
    "THIN_DAYS",
    "Block",
    "Cell",
    "Change",
    "Contact",
    "Encounter",
    "ExtraFile",
    "Field",
    "File",
    "FoundEncounter",
    "Group",
    "Initiative",
    "Link",
    "Mention",
    "Network",
    "NoOptions",
    "Note",
    "Notice",
    "Person",
    "Problem",
    "Promise",
    "Remark",
    "Row",
    "Scene",
    "Score",
    "Session",
    "SourceLine",
    "Style",
    "Tie",
    "Value",
    "argument",
    "cadence",
    "exporter",
    "kin",
    "known_before",
    "known_since",
    "left_alone",
    "next_birthday",
    "option",
    "pass_session",
    "rating",
    "reader",
    "report",
    "scorer",
    "snoozed_until",
    "styler",
    "watcher",
]
