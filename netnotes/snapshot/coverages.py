"""Pack what is remembered of the notes' coverage as plain data, and unpack it. Pure.

It lies beside the memory of the run that it was found with, and shares none of its records: most commands need none of
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from netnotes.coverage import NoteCoverage, UnreadName
from netnotes.incremental import CoverageMemory
from netnotes.invalidation import Dependencies
from netnotes.model import Problem
from netnotes.packing.columns import Packer, Schema
from netnotes.packing.unpacker import Unpacker

_SCHEMA = Schema(
    (Problem, UnreadName, NoteCoverage, Dependencies, CoverageMemory), deferred={Dependencies: frozenset(("used",))}
)


def pack(coverage: CoverageMemory, unread: AbstractSet[str]) -> Iterator[Any]:
    """Yield in pieces what is remembered; the notes at the paths `unread` are to be looked at again."""
    packer = Packer(_SCHEMA)
    return packer.pieces(packer.column([replace(coverage, unread=set(unread))]))


def unpack(pieces: Iterator[Any]) -> CoverageMemory | None:
    """Return what was packed; None if a piece is missing."""
    unpacker = Unpacker(_SCHEMA)
    packed = unpacker.add_pieces(pieces)
    if packed is None:
        return None
    coverage: CoverageMemory = unpacker.values(packed)[0]
    return coverage
