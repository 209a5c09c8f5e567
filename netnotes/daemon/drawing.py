"""The map, kept current: drawn again when the network is another. Decides when; `map.page` draws, others take the page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from netnotes.map.page import page
from netnotes.map.saving import save
from netnotes.network.between import between
from netnotes.network.reporting import styles
from netnotes.network.ties import Network
from netnotes.pipeline import Outcome
from netnotes.workspace import Workspace


def _kept() -> bool:
    return True


@dataclass(slots=True)
class Drawing:
    """The map at one place."""

    put: Callable[[str], None]
    """Takes a new page; raises Unwritable."""
    there: Callable[[], bool] = _kept
    """Whether the last page is still where it was put."""
    evidence: bool = True
    live: bool = False
    """Whether the page is served, and hears of the next one."""
    _drawn: tuple[Network, Workspace] | None = field(default=None, init=False)
    _digest: bytes = field(default=b"", init=False)

    def update(self, space: Workspace, outcome: Outcome, vault_name: str) -> bool:
        """Draw the map again if it is to show something else now; return whether it was. Raises Unwritable.

        A page that somebody deleted is drawn again with the next change.
        """
        if self._drawn and self._drawn[1] is space and _same(self._drawn[0], outcome.network) and self.there():
            return False
        scored = space.scored(outcome)
        drawn, _ = styles(scored)
        # No browser opens a file for a page that was not a file itself.
        path = "" if self.live else str(space.root.resolve())
        text = page(
            outcome,
            vault_name=vault_name,
            vault_path=path,
            styles=drawn,
            evidence=self.evidence,
            alters=between(scored),
            live=self.live,
        )
        digest = hashlib.sha256(text.encode()).digest()
        self._drawn = (outcome.network, space)
        if digest == self._digest and self.there():
            return False
        self.put(text)
        self._digest = digest
        return True


def kept_in(place: Path) -> Drawing:
    """Return the map that is kept in a file."""
    return Drawing(lambda text: save(text, place), place.exists)


def _same(one: Network, other: Network) -> bool:
    """Tell whether two networks are drawn alike: of ties that did not change a run takes the very same ones."""
    return (
        one.today == other.today
        and len(one.ties) == len(other.ties)
        and all(a is b for a, b in zip(one.ties, other.ties, strict=True))
        and (one.plans, one.promises, one.scenes, one.groups) == (other.plans, other.promises, other.scenes, other.groups)
    )
