"""The public face for plugin authors: all that a plugin may import. API 1 lasts for all of NetNotes 1.x.

.. versionadded:: 0.1
"""

from netnotes.model import Contact, Encounter, Person, Problem, Promise, Scene, Tie
from netnotes.network.declared import cadence, rating
from netnotes.network.depth import DEEP, THIN_DAYS
from netnotes.network.ties import Network
from netnotes.plugin.hooks import Field, Score, Style, scorer, styler

__all__ = [
    "DEEP",
    "THIN_DAYS",
    "Contact",
    "Encounter",
    "Field",
    "Network",
    "Person",
    "Problem",
    "Promise",
    "Scene",
    "Score",
    "Style",
    "Tie",
    "cadence",
    "rating",
    "scorer",
    "styler",
]
