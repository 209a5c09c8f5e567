"""Whom a user means by a name typed at the command line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from netnotes.errors import NobodyByThatName, SeveralByThatName
from netnotes.extract.names import folded, stem
from netnotes.model import Person


def person(people: Iterable[Person], name: str) -> Person:
    """Return the one person whose name, alias, file name or path is `name`; else the one whose name begins so.

    Case and accents do not matter. Raises NobodyByThatName with near names, SeveralByThatName.
    """
    everyone = tuple(people)
    path = name.removesuffix(".md")
    if exact := [p for p in everyone if p.path and p.path.removesuffix(".md") == path]:
        return exact[0]
    wanted = folded(name)
    called = [(p, {folded(n) for n in (p.name, *p.aliases, *((stem(p.path),) if p.path else ()))}) for p in everyone]
    found = [p for p, names in called if wanted in names]
    if not found and wanted:
        found = [p for p, names in called if any(n.startswith(wanted) or f" {wanted}" in n for n in names)]
    if not found:
        near = difflib.get_close_matches(wanted, sorted({n for _, names in called for n in names}), n=3, cutoff=0.6)
        raise NobodyByThatName(name, tuple(dict.fromkeys(p.name for n in near for p, names in called if n in names)))
    if len(found) > 1:
        raise SeveralByThatName(name, tuple(p.path or p.name for p in found[:5]))
    return found[0]
