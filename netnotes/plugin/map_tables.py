"""People and ties of the map as flat tables, which exporters read. Works out none of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapTables:
    """Everyone and every tie of the map, the user first and then the deepest; in a vault without people, its notes.

    A value is a text of one line, an int or a finite float; a value that is not known is absent. Dates are ISO texts.

    .. versionadded:: 0.2
    """

    day: dt.date
    people: tuple[Mapping[str, str | int | float], ...]
    """`id`, `label`, `kind` (`me`, `person` or `note`), `path`, position `x` and `y` (upwards), `size`, `community`,
    what is known of contact, and all scored fields."""
    ties: tuple[Mapping[str, str | int | float], ...]
    """Each pair once: `source` and `target` are ids, `weight` the number of contact days."""
    columns: tuple[str, ...]
    """All columns that `people` may have, in order."""
    tie_columns: tuple[str, ...]
    colors: tuple[str, ...]
    """`#rrggbb` of each of `people`, for light paper."""
    called: str = "people"
    """What `people` holds: `people` or `notes`."""
