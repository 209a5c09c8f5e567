"""Tell people with the same name apart, by their notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from netnotes.model import Person


def labels(people: Iterable[Person]) -> dict[str, str]:
    """Return what to call each person with a note whose name somebody else has too: id → path as in a link."""
    every = list(people)
    count = Counter(person.name.casefold() for person in every)
    return {one.id: one.path.removesuffix(".md") for one in every if one.path and count[one.name.casefold()] > 1}


def called(person: Person, known: Mapping[str, str]) -> str:
    """Return a person's name, or their label if there is one."""
    return known.get(person.id, person.name)


def told_apart(text: str, people: Iterable[Person], known: Mapping[str, str]) -> str:
    """Return a text about some people, each named in it once at least, with labels where they first are named."""
    at = 0
    for person in people:
        if label := known.get(person.id):
            # Not within a path.
            name = re.compile(rf"(?<![\w/]){re.escape(person.name)}(?!\w|/|\.md\b)")
            if found := name.search(text, at):
                text, at = f"{text[: found.start()]}{label}{text[found.end() :]}", found.start() + len(label)
    return text
