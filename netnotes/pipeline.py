"""`run()`: notes in, network, scores, edits and problems out. The whole program, straight down; touches nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from netnotes.config import Config
from netnotes.model import Edit, Problem, Vault
from netnotes.network.scoring import Scores
from netnotes.network.ties import Network
from netnotes.plugin.hooks import Plugin, Style


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that follows from a vault on one day."""

    network: Network
    scores: Scores
    edits: tuple[Edit, ...] = ()
    """One for each person note that is to change or was refused; sorted by path. Empty: the vault is in order."""
    problems: tuple[Problem, ...] = ()
    """Sorted by path and line."""


def run(vault: Vault, config: Config, plugins: Sequence[Plugin], today: dt.date) -> Outcome:
    """Read people and encounters out of the vault's notes, fold, score, and plan what to write."""
    raise NotImplementedError
