"""gardens: scores and marks for a vault without people: links between notes, by how often and over how long."""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Field, Network, NoOptions, Score, Style, scorer, styler

NETNOTES_API = 1


@scorer(Field("kept", "0-1: how long two notes have been linked, a year at most", write=False))
def kept(network: Network, options: NoOptions) -> Iterator[Score]:
    """Score each link between notes by the time between its first and its last dated note."""
    for link in network.links:
        days = (link.last - link.first).days if link.first and link.last else 0
        yield Score(link, min(days / 365, 1.0), f"{link.forth + link.back} links over {days} days")


@styler
def hubs(network: Network, options: NoOptions) -> Iterator[Style]:
    """Mark the notes that many others link to."""
    for note in network.notes:
        count = sum(note.path in link.paths for link in network.links)
        if count > 2:
            yield Style(note, badge="◆", because=f"linked with {count} notes")
