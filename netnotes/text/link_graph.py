"""The links of all notes as the app counts them: source → target → how often. Resolves by `links`; reads no text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from netnotes.model import Note
from netnotes.text.links import Index

Counts = Mapping[str, Mapping[str, int]]
"""Source → target, or text → how often; only sources that have any."""


@dataclass(frozen=True, slots=True)
class LinkGraph:
    """Links, embeds and links in properties; a link to its own note is not an edge."""

    resolved: Counts
    """Targets are paths of notes and of other files."""
    unresolved: Counts
    """Texts are as written, without subpath."""

    def json(self) -> dict[str, Counts]:
        """Return the graph as it is printed."""
        return {"resolved": self.resolved, "unresolved": self.unresolved}


def link_graph(notes: Iterable[Note], index: Index) -> LinkGraph:
    """Return the link graph of `notes`, in their order."""
    resolved: dict[str, dict[str, int]] = {}
    unresolved: dict[str, dict[str, int]] = {}
    for note in notes:
        for target in targets(note):
            found = index.resolve(note.path, target)
            if found == note.path:
                continue
            name = found or target.partition("#")[0].strip()
            if name:
                counts = (resolved if found else unresolved).setdefault(note.path, {})
                counts[name] = counts.get(name, 0) + 1
    return LinkGraph(resolved, unresolved)


def targets(note: Note) -> Iterator[str]:
    """Yield what each link of a note points to, as written: those of the body first."""
    yield from note.links
    for _, target in note.property_links:
        yield target
