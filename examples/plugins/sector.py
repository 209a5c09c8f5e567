"""sector: the map coloured by company, market or any other property.

company: Acme            or company: "[[Acme]]"; of a list, the first counts

[plugins.sector]
by = ["market", "company"]        the first that a note has
least = 3                         smallest group that gets a colour
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Network, Person, Problem, Style, option, styler

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.sector]`."""

    by: tuple[str, ...] = ("company", "market", "sector", "organisation")
    least: int = option(2, "people that make a group of its own", low=1)


@styler(options=Options)
def sector(network: Network, options: Options) -> Iterator[Style | Problem]:
    """Give each company or market a colour and an entry in the legend."""
    groups: defaultdict[str, list[tuple[Person, str]]] = defaultdict(list)
    for person in network.people:
        for key in options.by:
            if word := _word(person.properties.get(key)):
                groups[word.casefold()].append((person, f"{key}: {word}"))
                break
    for _, members in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        if len(members) < options.least:
            continue
        name = members[0][1].partition(": ")[2]
        for person, because in members:
            yield Style(person, group=name, because=because)


def _word(value: object) -> str:
    """Return a property's name without link brackets; empty for none."""
    if isinstance(value, tuple) and value:
        value = value[0]
    if not isinstance(value, str):
        return ""
    target = value.strip().removeprefix("[[").removesuffix("]]")
    return " ".join(target.rpartition("|")[2].rpartition("/")[2].split())
