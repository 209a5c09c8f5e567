"""birthday_badges: a cake on the map next to people whose birthday is near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Network, Problem, Style, next_birthday, option, styler

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.birthday_badges]`."""

    days: int = option(14, "How many days ahead.", low=0, high=366)


@styler(options=Options)
def birthday_badges(network: Network, options: Options) -> Iterator[Style | Problem]:
    """Mark people whose birthday is near."""
    for person in network.people:
        day = next_birthday(person, network.today)
        if day is not None and (day - network.today).days <= options.days:
            yield Style(person, badge="🎂", because=f"birthday on {day.isoformat()}")
