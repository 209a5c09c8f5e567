"""The record of all scores. `runner` makes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from dataclasses import field

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Tie
from netnotes.plugin.facts import Field, Score

Facts = MutableMapping[Tie, Score]
NoteKey = str | tuple[str, str]
"""Path of a note; both paths of a link."""
NoteFacts = dict[NoteKey, Score]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of all ties."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    """All fields with an owner, including `depth` and failed ones, in the order of computation."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Field → plugin; `netnotes` owns depth."""
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """Field → tie → score. A field whose scorer failed is missing."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """The weight of each part of depth."""
    reads: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Field → the fields that it depends on; for depth, all fields with a weight."""
    on_notes: Mapping[str, NoteFacts] = field(default_factory=dict)
    """Field → note or link → score."""

    def get(self, tie: Tie, name: str) -> Score | None:
        """Return the score of field `name` for `tie`; None if there is none."""
        return self.facts.get(name, {}).get(tie)

    def number(self, tie: Tie, name: str) -> float | None:
        """Return the value of field `name` for `tie` if it is a number, else None."""
        score = self.get(tie, name)
        return float(score.value) if score and isinstance(score.value, (int, float)) else None

    def of(self, tie: Tie) -> dict[str, Score]:
        """Return all scores of one tie, field → score, in the order of `fields`."""
        return {name: found[tie] for name in self.fields if tie in (found := self.facts.get(name, {}))}
