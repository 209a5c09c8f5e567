"""Names of properties: how they are compared, and which ones belong to the user, so that no field is written there."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

READ = frozenset(
    # What a note is, and who somebody is.
    "netnotes type kind category categories class fileclass notetype collection tags tag aliases alias cssclasses name"
    " title me fictional died deceased death deathdate status archived publish position created"
    # What is declared about a tie.
    " closeness trust cadence favours kin relation relationship introducedby knows birthday knownsince met since"
    " later latersince"
    # Who met when, where, for how long and how.
    " attendees attendee people persons person participants participant with guests contacts who"
    " invitees attendedby members"
    " date day when start end endtime time minutes duration length"
    " channel initiatedby by scene place location city where"
    # How somebody can be reached, and for whom they work.
    " email emails phone phones tel telephone company companies employer organisation organization org work".split()
)
"""Properties that are read as the user's statements, or mean something to the app; folded by `fold_key`."""


@lru_cache(maxsize=10_000)
def fold_key(name: str) -> str:
    """Return a property's name as it is compared: without case, accents, hyphens, underscores and spaces."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return plain.casefold().replace("-", "").replace("_", "").replace(" ", "")


def is_reserved(name: str) -> bool:
    """Return whether a property is the user's own, so that no field may be written to it."""
    return fold_key(name) in READ
