"""The result of a run: a record. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from netnotes.deferred import Deferred
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Problem
from netnotes.network.network import Network
from netnotes.scoring.scores import Scores


@dataclass(frozen=True, slots=True)
class Outcome(Deferred):
    """Everything computed from a vault for one day."""

    network: Network
    scores: Scores
    edits: tuple[Edit, ...] = ()
    """One for each person note that is to change or was refused; sorted by path. Empty: everything is up to date."""
    problems: tuple[Problem, ...] = ()
    """Sorted by path and line."""
    sealed: frozenset[str] = frozenset()
    """Notes that hold NetNotes' fields."""
    read_only: frozenset[str] = frozenset()
    """Notes that ask not to be written."""
    remarks: tuple[Problem, ...] = ()
    """What almost worked; sorted like the problems."""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by path and line, those without a place first, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.path or "", p.line or 0, p.message)))
