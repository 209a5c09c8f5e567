"""The map, kept current in a file: drawn again when the network is another. Decides when; `map.page` draws."""

from __future__ import annotations

import hashlib
from pathlib import Path

from netnotes.map.page import page
from netnotes.map.saving import save
from netnotes.network.reporting import styles
from netnotes.network.ties import Network
from netnotes.pipeline import Outcome
from netnotes.workspace import Workspace


class Drawing:
    """The map at one place."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._drawn: tuple[Network, Workspace] | None = None
        self._digest = b""

    def update(self, space: Workspace, outcome: Outcome, vault_name: str) -> bool:
        """Draw the map again if it is to show something else now; return whether it was. Raises Unwritable.

        A page that somebody deleted is drawn again with the next change.
        """
        if self._drawn and self._drawn[1] is space and _same(self._drawn[0], outcome.network) and self.place.exists():
            return False
        drawn, _ = styles(space.scored(outcome))
        text = page(outcome, vault_name=vault_name, vault_path=str(space.root.resolve()), styles=drawn)
        digest = hashlib.sha256(text.encode()).digest()
        self._drawn = (outcome.network, space)
        if digest == self._digest and self.place.exists():
            return False
        save(text, self.place)
        self._digest = digest
        return True


def _same(one: Network, other: Network) -> bool:
    """Tell whether two networks are drawn alike: of ties that did not change a run takes the very same ones."""
    return (
        one.today == other.today
        and len(one.ties) == len(other.ties)
        and all(a is b for a, b in zip(one.ties, other.ties, strict=True))
        and (one.plans, one.promises, one.scenes, one.groups) == (other.plans, other.promises, other.scenes, other.groups)
    )
