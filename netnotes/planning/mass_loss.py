"""Refuse to write when many people vanish: the vault is probably unmounted or half-synced.

Pure. Known people come from the seals in notes, and from the journal for notes that are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from netnotes.errors import NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Edit, Vault
from netnotes.network.network import Network
from netnotes.note_sequence import paths_of

SHARE = 0.2
"""Writing stops if more than this share of the known people are gone."""
LEAST = 10
"""Fewer losses than this never stop writing."""


@dataclass(frozen=True, slots=True)
class Losses:
    """The known people who are gone, each in one list."""

    known: int
    missing: tuple[str, ...] = ()
    """Notes that no longer exist; moved notes are left out where they can be recognised."""
    no_person: tuple[str, ...] = ()
    """Notes with our fields that are no longer about a person."""
    no_contact: tuple[str, ...] = ()
    """People with our fields who now have no contact, or an earlier last contact."""

    @property
    def many(self) -> bool:
        """Whether enough are gone to ask before writing."""
        gone = len(self.missing) + len(self.no_person) + len(self.no_contact)
        return gone >= LEAST and gone > SHARE * self.known


class PeopleVanished(NetNotesError):
    """Too many people are gone: nothing is written until the user confirms."""

    def __init__(self, losses: Losses) -> None:
        seen = [
            f"{len(paths)} {what} ({', '.join(paths[:2])}{', …' if len(paths) > 2 else ''})"
            for paths, what in (
                (losses.missing, "notes are missing"),
                (losses.no_person, "notes are no longer marked as people"),
                (losses.no_contact, "have lost the notes with their last contact"),
            )
            if paths
        ]
        super().__init__(f"nothing is written: of {losses.known} people known here, {'; '.join(seen)}")
        self.losses = losses
        self.hint = "is the vault mounted and fully synced? If they are gone on purpose: `netnotes sync --people-gone`"


def losses(
    vault: Vault,
    network: Network,
    edits: Sequence[Edit],
    sealed: AbstractSet[str],
    known: AbstractSet[str],
    last_contact: str | None,
) -> Losses:
    """Return the known people who are gone.

    `sealed` are the notes with our fields (see `plan`); `known` are the people's notes at the last sync on this machine
    (if empty, only the seals count); `last_contact` is the property to which that field is written.
    """
    now = {person.path for person in (*network.people, network.ego) if person.path}
    lost = known - now
    here = lost & set(paths_of(vault.notes)) if lost else lost
    missing = sorted(lost - here)
    if missing:
        # A moved note has a seal at a path that was not known.
        moved = len((sealed - known) & now)
        missing = missing[: max(0, len(missing) - moved)]
    no_person = sorted((sealed - now) | here)
    met = {tie.people[1].path for tie in network.ties if tie.contacts and tie.ego}
    no_contact = (sealed & now) - met - {network.ego.path}
    no_contact |= set(_moved_back(edits, last_contact)) & sealed & now
    return Losses(len(sealed | known), tuple(missing), tuple(no_person), tuple(sorted(no_contact)))


def _moved_back(edits: Iterable[Edit], last_contact: str | None) -> Iterable[str]:
    """Yield the notes whose last contact would move back: missing notes cause that, the passing of time never does."""
    for edit in edits:
        old, new = edit.changes.get(last_contact or "", (None, None))
        if isinstance(old, str) and isinstance(new, str) and new < old:
            yield edit.path
