"""Pack what is remembered of the notes' coverage as plain data, and unpack it. Pure.

It lies beside the memory of the run that it was found with, and shares none of its records: most commands need none of
it.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
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


def pack(coverage: CoverageMemory, unread: AbstractSet[str]) -> dict[str, Any]:
    """Pack what is remembered; the notes at the paths `unread` are to be looked at again."""
    packer = Packer(_SCHEMA)
    kept = packer.column([CoverageMemory(coverage.found, set(unread), coverage.met, coverage.dependencies)])
    return {"kept": kept, "tables": packer.tables()}


def unpack(packed: dict[str, Any]) -> CoverageMemory:
    """Return what was packed."""
    unpacker = Unpacker(_SCHEMA)
    unpacker.add(packed["tables"])
    found: CoverageMemory = unpacker.values(packed["kept"])[0]
    return found
