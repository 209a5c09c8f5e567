"""The Python interface to a vault: `netnotes.open(path)`. Reads notes; writes nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from netnotes.app.workspace import Workspace, open_workspace
from netnotes.dates import to_date
from netnotes.export import rows as tables
from netnotes.extract.people import find_person
from netnotes.insights.explain import Why, explain_tie
from netnotes.insights.lookup import tie_of
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Encounter, Person, Problem, Tie, Vault
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Score
from netnotes.scoring.views import ScoredNetwork

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class MapPage:
    """The map as one HTML page; a notebook shows it inline."""

    html: str
    height: int = 640
    """Height of the frame in a notebook, in pixels."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file; replaces only an older map. Raises Unwritable."""
        from netnotes.storage.whole_file import save

        save(self.html, Path(path))

    def _repr_html_(self) -> str:
        """Return the page in a sandboxed frame, so that its scripts cannot reach the notebook."""
        return (
            f'<iframe sandbox="allow-scripts" style="width:100%;height:{self.height}px;border:0" '
            f'srcdoc="{escape(self.html, quote=True)}"></iframe>'
        )


@dataclass(frozen=True, slots=True)
class Relationships:
    """The relationships on one day. Frozen: `as_of` returns another object for another day."""

    workspace: Workspace
    vault: Vault
    outcome: Outcome
    scored: ScoredNetwork

    def __repr__(self) -> str:
        return f"<Relationships with {len(self.people):,} people on {self.today}>"

    @property
    def today(self) -> dt.date:
        """The day for which everything is computed."""
        return self.outcome.network.today

    @property
    def me(self) -> Person:
        """The owner of the vault."""
        return self.outcome.network.ego

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone in the notes except the owner."""
        return tuple(self.outcome.network.people)

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The owner's ties."""
        return tuple(self.outcome.network.ties)

    @property
    def ties_between_others(self) -> tuple[Tie, ...]:
        """The ties between two other people, where the notes name them together."""
        return tuple(self.outcome.network.alter_ties)

    @property
    def encounters(self) -> tuple[Encounter, ...]:
        """All encounters up to `today`, by date."""
        return tuple(self.outcome.network.encounters)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, with file and line."""
        return self.outcome.problems

    def person(self, name: str) -> Person:
        """Return the person with this name, alias or path. Raises PersonNotFound, AmbiguousName."""
        return find_person.person(self.outcome.network.people, name)

    def tie(self, one: str | Person, other: str | Person | None = None) -> Tie:
        """Return the owner's tie with one person, or the tie between two others.

        Raises PersonNotFound, AmbiguousName, NoSharedEncounter.
        """
        first = self.person(one) if isinstance(one, str) else one
        second = self.person(other) if isinstance(other, str) else other
        return tie_of(self.outcome.network, first, second)

    def scores(self, tie: Tie) -> Mapping[str, Score]:
        """Return field → score of a tie: `depth`, its parts, `warmth`, `follow_up`, and those of plugins.

        A score has a value (0 to 1 for depth, its parts and warmth; a date for follow_up), a label and a reason.
        """
        return (self.outcome.scores if tie.ego else self.scored.alters).of(tie)

    def explain(self, one: str | Person, other: str | Person | None = None) -> Why:
        """Explain the depth of a tie: parts, factors, what costs most, what would help, the last year.

        Raises PersonNotFound, AmbiguousName, NoSharedEncounter.
        """
        return explain_tie(self.scored, self.tie(one, other))

    def as_of(self, day: dt.date | str) -> Relationships:
        """Return the relationships on another day; later encounters count as plans. Reads no notes again.

        Raises ValueError for a text that is not a day such as `2026-01-31`.
        """
        return relationships(self.workspace, self.vault, to_date(day))

    def rows(self, table: tables.Table) -> list[tables.Row]:
        """Return the rows of `people`, `ties`, `encounters` or `problems`, ready for `pandas.DataFrame(...)`.

        Columns and their types: `netnotes.export.rows.SCHEMAS`.
        """
        match table:
            case "people":
                return tables.people_rows(self.outcome)
            case "ties":
                return tables.tie_rows(self.outcome, self.scored.alters)
            case "encounters":
                return tables.encounter_rows(self.encounters)
            case "problems":
                return tables.problem_rows(self.problems)
        raise ValueError(f"no table {table!r}: choose people, ties, encounters or problems")

    def columns(self, table: tables.Table) -> dict[str, list[object]]:
        """Return a table as columns, ready for `pyarrow.table(...)` or `polars.DataFrame(...)`."""
        return tables.columns(table, self.rows(table))

    def to_networkx(self) -> nx.Graph:
        """Return an undirected graph: people by id with the columns of `people`, ties with those of `ties`.

        The edge attribute `weight` is the number of contact days. Unknown values are left out.
        """
        import networkx as nx

        found = nx.Graph()
        for row in self.rows("people"):
            found.add_node(row["id"], **_known(row, "id"))
        for row in self.rows("ties"):
            if row["contacts"]:
                known = _known(row, "source", "target")
                found.add_edge(row["source"], row["target"], weight=row["contact_days"], **known)
        return found

    def map(self, *, evidence: bool = True) -> MapPage:
        """Return the map; without `evidence` it holds no encounters.

        In a notebook, the last line of a cell shows it.
        """
        from netnotes.insights.what_if import best_levers
        from netnotes.map.page.render import page
        from netnotes.map.page.timeline import compute_past
        from netnotes.pipeline import with_notes
        from netnotes.scoring.reports import styles
        from netnotes.scoring.views import alter_depths

        space = self.workspace
        html = page(
            with_notes(self.outcome, self.vault, space.config),
            vault_name=self.vault.name,
            vault_path=str(space.root.resolve()),
            styles=styles(self.scored)[0],
            evidence=evidence,
            alters=alter_depths(self.scored),
            past=compute_past(self.scored)[0],
            levers=best_levers(self.scored),
        )
        return MapPage(html)


def open_vault(
    path: str | os.PathLike[str], *, as_of: dt.date | str | None = None, plugins: bool = True
) -> Relationships:
    """Read the vault at `path`. Raises VaultNotFound, BadConfig; ValueError for a day that is none."""
    root = Path(path).expanduser()
    space = open_workspace(root, os.environ, no_plugins=not plugins)
    return relationships(space, space.read(), to_date(as_of or dt.datetime.now().astimezone()))


def _known(row: tables.Row, *without: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in without and value is not None}


def relationships(space: Workspace, vault: Vault, day: dt.date) -> Relationships:
    """Return the relationships on a day, from notes already read."""
    outcome = space.compute(vault, day)
    return Relationships(space, vault, outcome, space.scored(outcome, vault))
