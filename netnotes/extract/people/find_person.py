"""Find the person that a user means by a name."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable

from netnotes.errors import AmbiguousName, PersonNotFound
from netnotes.extract.people.names import folded, stem
from netnotes.model import Person
from netnotes.text.lexicon.words import has_wide


def person(people: Iterable[Person], name: str) -> Person:
    """Return the one person whose name, alias, file name or path is `name`; else the one whose name starts with it.

    Ignores case and accents. Raises PersonNotFound with similar names, AmbiguousName.
    """
    everyone = tuple(people)
    path = name.removesuffix(".md")
    if exact := [p for p in everyone if p.path and p.path.removesuffix(".md") == path]:
        return exact[0]
    wanted = folded(name)
    called = [(p, {folded(n) for n in (p.name, *p.aliases, *((stem(p.path),) if p.path else ()))}) for p in everyone]
    found = [p for p, names in called if wanted in names]
    if not found and wanted:
        # `花子` is the given name of 佐藤花子.
        given = len(wanted) > 1 and has_wide(wanted)
        found = [
            p
            for p, names in called
            if any(n.startswith(wanted) or f" {wanted}" in n or (given and n.endswith(wanted)) for n in names)
        ]
    if not found:
        raise PersonNotFound(name, _near(wanted, called))
    if len(found) > 1:
        names = Counter(p.name for p in found)
        # Two people with the same name are distinguished by their notes.
        who = tuple(p.path or p.name if names[p.name] > 1 else p.name for p in found[:5])
        raise AmbiguousName(name, who, tuple(p.name for p in found[:5]))
    return found[0]


def _near(wanted: str, called: Iterable[tuple[Person, set[str]]]) -> tuple[str, ...]:
    """Return names that are spelled similarly to `wanted`, or contain a word that is."""
    whole: dict[str, str] = {}
    words: dict[str, str] = {}
    for who, names in called:
        for name in names:
            whole.setdefault(name, who.name)
            for word in name.split():
                words.setdefault(word, who.name)
    for known, cutoff in ((whole, 0.6), (words, 0.75)):
        if near := difflib.get_close_matches(wanted, sorted(known), n=3, cutoff=cutoff):
            return tuple(dict.fromkeys(known[name] for name in near))
    return ()
