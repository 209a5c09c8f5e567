"""introductions: who introduced whom, as a tree with a diagram. `introduced_by: "[[Ada]]"` in a person's note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from netnotes.api import Block, Network, NoOptions, Person, Problem, Row, report

NETNOTES_API = 1


@report("Introductions")
def introductions(network: Network, options: NoOptions) -> Iterator[Row | Block | Problem]:
    """Show who introduced whom, each below the one who did.

    \b
    Example:
      netnotes report introductions ~/Notes
    """
    below: defaultdict[Person, list[Person]] = defaultdict(list)
    brought: set[Person] = set()
    for person in network.people:
        word = person.value("introduced_by")
        if isinstance(word, str):
            found = network.find(word.strip("[]"))
            if isinstance(found, Problem):
                yield Problem(found.message, path=person.path, line=person.lines.get("introduced_by"))
            elif found != person:
                below[found].append(person)
                brought.add(person)
    for top in [person for person in below if person not in brought]:
        yield from _tree(top, below, 0, {top})
    arrows = [f'  "{one.name}" --> "{two.name}"' for one, people in below.items() for two in people]
    if arrows:
        yield Block("\n".join(["graph LR", *arrows]), language="mermaid")


def _tree(person: Person, below: dict[Person, list[Person]], level: int, seen: set[Person]) -> Iterator[Row]:
    yield Row({"name": person, "introduced": len(below.get(person, ()))}, on=person, level=min(level, 8))
    for other in below.get(person, ()):
        if other not in seen:
            yield from _tree(other, below, level + 1, seen | {other})
