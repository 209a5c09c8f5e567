"""The public face for plugin authors: all that a plugin may import. API 1 lasts for all of NetNotes 1.x.

.. versionadded:: 0.1
"""

from netnotes.model import Contact, Encounter, Note, Passage, Person, Problem, Promise, Scene, Tie
from netnotes.network.declared import cadence, rating
from netnotes.network.depth import DEEP, THIN_DAYS
from netnotes.network.ties import Network
from netnotes.plugin.facts import Field, Met, Remark, Row, Score, Style
from netnotes.plugin.hooks import argument, option, reader, report, scorer, styler

__all__ = [
    "DEEP",
    "THIN_DAYS",
    "Contact",
    "Encounter",
    "Field",
    "Met",
    "Network",
    "Note",
    "Passage",
    "Person",
    "Problem",
    "Promise",
    "Remark",
    "Row",
    "Scene",
    "Score",
    "Style",
    "Tie",
    "argument",
    "cadence",
    "option",
    "rating",
    "reader",
    "report",
    "scorer",
    "styler",
]
