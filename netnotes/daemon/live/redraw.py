"""Decide when the map must be redrawn. `map.page` draws it; a file or the server delivers it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path

from netnotes.app.workspace import Workspace
from netnotes.insights.what_if import best_levers
from netnotes.lazy_dataclass import dataclass
from netnotes.map.page.render import PLAIN, PageOptions, page
from netnotes.map.page.timeline import compute_past
from netnotes.model import Note, Vault
from netnotes.outcome import Outcome
from netnotes.pipeline import with_notes
from netnotes.scoring.reports import styles
from netnotes.scoring.views import alter_depths
from netnotes.storage.whole_file import save

PAST = 300
"""Most people with a history on a map that is redrawn with every change: for thousands it takes a second."""
LEVERS = 12
"""Most people, the deepest, for whom such a map says what would help most."""


def _always() -> bool:
    return True


@dataclass(slots=True)
class PageUpdater:
    """A map that is kept up to date."""

    put: Callable[[str], None]
    """Delivers a new page; raises Unwritable."""
    there: Callable[[], bool] = _always
    """Whether the last page still exists."""
    evidence: bool = True
    options: PageOptions = PLAIN
    _drawn: tuple[Outcome, Sequence[Note], Workspace] | None = field(default=None, init=False)
    _digest: bytes = field(default=b"", init=False)

    def update(self, space: Workspace, outcome: Outcome, vault: Vault, say: Callable[..., None]) -> bool:
        """Redraw the map if it would change, and `say` what is missing in it; return whether it was redrawn.

        A page that was deleted is drawn again with the next change. Raises Unwritable.
        """
        # Without people the map shows all notes, so any note may matter.
        seen = () if outcome.network.people else vault.notes
        if self._drawn and self._drawn[2] is space and self._same(outcome, seen) and self.there():
            return False
        run = outcome
        outcome = with_notes(outcome, vault, space.config)
        scored = space.scored(outcome, vault)
        drawn, failures = styles(scored)
        alters = alter_depths(scored)
        earlier, past_problems = compute_past(scored, people=PAST)
        # A browser opens files only from a page that is a file itself.
        path = "" if self.options.live else str(space.root.resolve())
        text = page(
            outcome,
            vault_name=vault.name,
            vault_path=path,
            styles=drawn,
            evidence=self.evidence,
            alters=alters,
            past=earlier,
            levers=best_levers(scored, LEVERS),
            options=self.options,
        )
        digest = hashlib.sha256(text.encode()).digest()
        is_new = digest != self._digest or not self.there()
        if is_new:
            self.put(text)
        self._drawn, self._digest = (run, seen, space), digest
        for problem in dict.fromkeys((*failures, *past_problems, *scored.problems)):
            say("map incomplete", plugin=problem.plugin, problem=problem.message)
        return is_new

    def _same(self, outcome: Outcome, seen: Sequence[Note]) -> bool:
        """Return whether nothing drawn has changed, scores included: a run reuses unchanged ties and notes."""
        if self._drawn is None:
            return False
        drawn, before, _ = self._drawn
        one, network = drawn.network, outcome.network
        return (
            one.today == network.today
            and _identical(one.ties, network.ties)
            and _identical(before, seen)
            and drawn.scores.facts == outcome.scores.facts
            and (one.planned, one.promises, one.scenes, one.groups)
            == (network.planned, network.promises, network.scenes, network.groups)
        )


def kept_in(place: Path) -> PageUpdater:
    """Return the updater of a map in a file."""
    return PageUpdater(lambda text: save(text, place), place.exists)


def _identical(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))
