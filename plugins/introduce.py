"""introduce: pairs of my deep ties with something in common who do not know each other, as far as the notes show.

What they have in common is a scene, a tag, a company, or a person other than me. A rule, not a measurement.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from netnotes.api import Network, Person, Problem, Remark, Row, option, report
from netnotes.insights import CIRCLE_SIZES, TieStatus, acquaintances, companies, join_names, pluralize, tie_statuses

NETNOTES_API = 1
DEEPEST = CIRCLE_SIZES[-1]
"""Most deep ties considered, deepest first: the number of pairs grows quadratically."""
OFTEN = 2
"""Most pairs with the same person."""
FAMILIAR = 12
"""Largest company in which two people count as having met."""
KINDS = frozenset({"person", "people", "contact"})
"""Tags that only say that a note is about a person."""


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.introduce]`."""

    most: int = option(5, "How many pairs to show.", low=1, high=100)


@report("Introductions", reads=("depth", "warmth?", "follow_up?"), options=Options)
def introduce(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""Show people you could introduce: two of your deep ties with something in common, never seen together.

    They may know each other without you, which your notes cannot show: ask first.

    \b
    Example:
      netnotes introduce ~/Notes
      netnotes introduce ~/Notes --most 3
    """
    deep = [s for s in tie_statuses(network) if s.deep][:DEEPEST]
    known = _known(network)
    found = []
    for one, other in combinations(deep, 2):
        if other.person in known.get(one.person, ()):
            continue
        common = list(_common(one, other, known))
        if common:
            worth = math.sqrt(one.depth * other.depth) * sum(weight for weight, _ in common)
            found.append((worth, one, other, "; ".join(words for _, words in common)))
    found.sort(key=lambda pair: (-pair[0], pair[1].person.name, pair[2].person.name))
    times: Counter[Person] = Counter()
    shown: list[tuple[float, TieStatus, TieStatus, str]] = []
    for pair in found:
        both = pair[1].person, pair[2].person
        if len(shown) < options.most and all(times[person] < OFTEN for person in both):
            shown.append(pair)
            times.update(both)
    for worth, one, other, because in shown:
        yield Row(
            {"person": one.person, "and": other.person},
            because=because,
            on=one.tie,
            evidence=(one.latest, other.latest),
            more={
                "one": one.person,
                "other": other.person,
                "worth": worth,
                "score": worth,
                "depth_one": one.depth,
                "depth_other": other.depth,
                "other_path": other.person.path,
            },
        )
    if not found:
        yield Remark(
            "No one to introduce: your deep ties know each other, or have nothing in common that your notes show."
            if len(deep) > 1
            else "To introduce people it takes two deep ties, and your notes do not show two yet."
        )
    elif len(found) > len(shown):
        yield Remark(f"{pluralize(len(found) - len(shown), 'more pair')} not shown.")


def _known(network: Network) -> Mapping[Person, set[Person]]:
    """Return who was seen with whom, or is noted to know them."""
    known: defaultdict[Person, set[Person]] = defaultdict(set)
    pairs = [t.people for t in network.alter_ties if any(c.others <= FAMILIAR for c in t.contacts)]
    for one, other in [*pairs, *((one, other) for one, other, _ in acquaintances(network))]:
        known[one].add(other)
        known[other].add(one)
    return known


def _common(one: TieStatus, other: TieStatus, known: Mapping[Person, set[Person]]) -> Iterator[tuple[float, str]]:
    """Yield (weight, words) for each thing that two people share besides me; rare things weigh more."""
    firms = {*companies(one.person)} & {*companies(other.person)}
    if firms:
        yield 1.0, f"both at {join_names(sorted(firms))}"
    tags = {tag for tag in one.person.tags if not tag.startswith("scene/")} & set(other.person.tags) - KINDS
    if tags:
        yield 1.0, f"both tagged {join_names([f'#{tag}' for tag in sorted(tags)])}"
    both = known.get(one.person, set()) & known.get(other.person, set())
    between = sorted((p for p in both if not p.ignored), key=lambda p: (p.path is None, p.name))
    if between:
        yield 1 - 0.5 ** len(between), f"both know {join_names(between, 2)}"
    if one.scene and one.scene == other.scene:
        yield 0.5, f"both in {one.scene}"
