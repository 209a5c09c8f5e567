"""Refuse the disaster: a vault that lost many of its people is more likely unmounted or half-synced than true.

Pure. Who is known comes from the seals in the notes, and from what the journal says of notes that are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from netnotes.errors import NetNotesError
from netnotes.model import Edit, Vault
from netnotes.network.network import Network

SHARE = 0.2
"""Share of the known people that must be gone before anything is suspected; more than this."""
LEAST = 10
"""Fewer than this are never suspected."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Which of the known people are gone, and how. Nobody is in two of them."""

    known: int
    missing: tuple[str, ...] = ()
    """Notes that are not there any more, moved ones left out as far as can be told."""
    no_person: tuple[str, ...] = ()
    """Notes that we wrote into and that are no person's now."""
    no_contact: tuple[str, ...] = ()
    """People whom we wrote about and who now were never met, or whose last contact moved back in time."""

    @property
    def many(self) -> bool:
        """Whether so many are gone that it should be asked first."""
        gone = len(self.missing) + len(self.no_person) + len(self.no_contact)
        return gone >= LEAST and gone > SHARE * self.known


class PeopleVanished(NetNotesError):
    """So many people are gone that nothing is written until somebody says that it is meant."""

    def __init__(self, losses: Losses) -> None:
        seen = [
            f"{len(paths)} {what} ({', '.join(paths[:2])}{', …' if len(paths) > 2 else ''})"
            for paths, what in (
                (losses.missing, "notes are missing"),
                (losses.no_person, "notes are no person's any more"),
                (losses.no_contact, "have lost the notes that tell of their last contact"),
            )
            if paths
        ]
        super().__init__(f"nothing is written: of {losses.known} people known here, {'; '.join(seen)}")
        self.losses = losses
        self.hint = "is the vault mounted and fully synced? If this is meant: `netnotes sync --people-gone`"


def losses(
    vault: Vault,
    network: Network,
    edits: Sequence[Edit],
    sealed: AbstractSet[str],
    known: AbstractSet[str],
    last_contact: str | None,
) -> Losses:
    """Return who of the known people is gone.

    `sealed` are the notes with fields of ours (see `plan`); `known` are the people's notes at the last sync on this
    machine (none: only the seals speak); `last_contact` is the property that field is written to.
    """
    now = {person.path for person in (*network.people, network.ego) if person.path}
    here = {note.path for note in vault.notes}
    missing = sorted(path for path in known if path not in here)
    # A note that was moved is sealed under a path that was not known.
    moved = sum(1 for path in sealed if path not in known and path in now)
    missing = missing[: max(0, len(missing) - moved)]
    no_person = sorted((sealed | (known & here)) - now)
    met = {tie.person.path for tie in network.ties if tie.ego and tie.contacts}
    no_contact = {path for path in sealed & now if path not in met and path != network.ego.path}
    no_contact |= set(_moved_back(edits, last_contact)) & sealed & now
    return Losses(len(sealed | known), tuple(missing), tuple(no_person), tuple(sorted(no_contact)))


def _moved_back(edits: Iterable[Edit], last_contact: str | None) -> Iterable[str]:
    """Yield the notes whose last contact would move back: silence never does that, missing notes do."""
    for edit in edits:
        old, new = edit.changes.get(last_contact or "", (None, None))
        if isinstance(old, str) and isinstance(new, str) and new < old:
            yield edit.path
