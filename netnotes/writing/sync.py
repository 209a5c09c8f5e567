"""Run a round of writing, for `netnotes sync` and the daemon: check for mass loss, apply, remember people."""

from __future__ import annotations

from netnotes.config import Config, written_fields
from netnotes.model import Vault
from netnotes.outcome import Outcome
from netnotes.planning import mass_loss
from netnotes.text.frontmatter import ownership
from netnotes.writing.apply import WriteContext, WriteResult, apply
from netnotes.writing.journal import Journal


def sync(vault: Vault, outcome: Outcome, config: Config, context: WriteContext) -> WriteResult:
    """Write the edits of `outcome`, unless too many people are gone.

    Raises PeopleVanished, JournalBusy and Unwritable, each before it writes.
    """
    check(vault, outcome, config, context)
    result = apply(outcome.edits, context, vault.templates)
    people = (*outcome.network.people, outcome.network.ego)
    context.journal.remember(person.path for person in people if person.path)
    return result


def check(vault: Vault, outcome: Outcome, config: Config, context: WriteContext) -> None:
    """Raise PeopleVanished if too many people are gone, unless the user confirmed it."""
    if context.people_gone:
        return
    field = written_fields(config, {}).get("last_contact")
    lost = mass_loss.losses(vault, outcome.network, outcome.edits, outcome.sealed, context.journal.known(), field)
    if lost.many:
        raise mass_loss.PeopleVanished(lost)


def is_new(vault: Vault, journal: Journal) -> bool:
    """Return whether NetNotes never wrote here, neither from this machine nor (by the seals) from another."""
    return not journal.runs() and not any(ownership.owned(note.properties) for note in vault.notes)
