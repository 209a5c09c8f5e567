"""What the bundled reports, the map and `why` derive from a network: rules, and phrases for the results.

Plugins may import all names in `__all__`; these stay for all of NetNotes 1.x. Results of the functions may change in
any version: a limit, a phrase, who is in a list. For stable values, use `netnotes.api`.
"""

from netnotes.dates import add_days
from netnotes.extract.people.declarations import declared_summary
from netnotes.extract.people.known_since import known_since_words, shared_at
from netnotes.insights.graphs import communities, graph
from netnotes.insights.lookup import NAMED_STEP, WEAKEST_STEP, Target, acquaintances, companies, target
from netnotes.insights.meeting_groups import MeetingGroup, meeting_groups
from netnotes.insights.reminders import OpenPromise, open_promises
from netnotes.insights.scene_stage import SceneStage, overall_stage, scene_stages
from netnotes.insights.tie_status import CIRCLE_SIZES, STATUS_READS, TieStatus, tie_statuses
from netnotes.phrasing import (
    WARMTH_WORDS,
    ago_words,
    day_words,
    duration_words,
    every_words,
    join_names,
    pluralize,
    times_words,
)
from netnotes.scoring.depth import depth_text

__all__ = [
    "CIRCLE_SIZES",
    "NAMED_STEP",
    "STATUS_READS",
    "WARMTH_WORDS",
    "WEAKEST_STEP",
    "MeetingGroup",
    "OpenPromise",
    "SceneStage",
    "Target",
    "TieStatus",
    "acquaintances",
    "add_days",
    "ago_words",
    "communities",
    "companies",
    "day_words",
    "declared_summary",
    "depth_text",
    "duration_words",
    "every_words",
    "graph",
    "join_names",
    "known_since_words",
    "meeting_groups",
    "open_promises",
    "overall_stage",
    "pluralize",
    "scene_stages",
    "shared_at",
    "target",
    "tie_statuses",
    "times_words",
]
