"""Which notes of a vault are read, and how the dates in their names are written.

A note is not read if it is excluded by the app, by `exclude` in netnotes.toml, or by `netnotes: ignore` in the note.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from netnotes.config import Config
from netnotes.extract.note_types import Dated, daily_dates, day_order, is_evidence, is_group, numeric_name
from netnotes.incremental import CorpusMemory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Vault
from netnotes.note_sequence import at_paths, note_differences, without
from netnotes.text.lexicon.dates import ORDERS, Order

Terms = tuple[Config, tuple[str, ...], Sequence[re.Pattern[str]] | None]
"""The options, the folders of templates, and the patterns of excluded paths; without patterns no note is excluded."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """The notes of a vault that are read."""

    vault: Vault
    """The vault without its excluded notes."""
    evidence: Sequence[Note]
    """The notes that may hold evidence: no templates, no copies left by a sync."""
    groups: tuple[Note, ...]
    """Those of `evidence` that declare a group of people."""
    order: Order | None
    """Whether day or month comes first in the vault's numeric dates; None if unknown."""
    daily_date: Dated
    """Returns the day of a daily note's path; None for every other path."""

    def evidence_at(self, paths: Iterable[str], notes: Mapping[str, Note]) -> list[Note]:
        """Return the notes at these paths that may hold evidence, by path. `notes`: path → note, for all of them."""
        found = [notes[path] for path in sorted(paths) if path in notes]
        return [note for note in found if is_evidence(note, self.vault.templates)]


def corpus_of(vault: Vault, config: Config, memory: CorpusMemory | None = None) -> Corpus:
    """Return the notes of a vault that are read. Only those that are not as in `memory` are looked at."""
    return _corpus(vault, corpus_terms(vault, config), CorpusMemory() if memory is None else memory)


def whole_corpus(vault: Vault, config: Config) -> Corpus:
    """Return all notes of a vault, the excluded ones too."""
    return _corpus(vault, (config, vault.templates, None), CorpusMemory())


def corpus_terms(vault: Vault, config: Config) -> Terms:
    """Return what is known of the notes depends on besides the notes."""
    return config, vault.templates, patterns_of(vault, config)


def _corpus(vault: Vault, terms: Terms, memory: CorpusMemory) -> Corpus:
    config, templates, patterns = terms
    if memory.terms != terms:
        CorpusMemory.__init__(memory)
    # If this is interrupted, all is forgotten.
    memory.terms = None
    gone, new = note_differences(memory.notes, vault.notes)
    paths = {note.path for note in (*gone, *new)}
    _count([note for note in gone if note.path not in memory.excluded], -1, memory)
    out = [] if patterns is None else [note for note in new if is_excluded(note, patterns)]
    memory.excluded = _updated(memory.excluded, paths, out)
    kept = [note for note in new if note.path not in memory.excluded]
    _count(kept, 1, memory)
    memory.set_aside = _updated(memory.set_aside, paths, [note for note in kept if not is_evidence(note, templates)])
    memory.groups = _updated(memory.groups, paths, [note for note in kept if is_group(note)])
    proving = [note for note in kept if note.order]
    for one in ORDERS:
        before = memory.proofs.get(one, frozenset())
        memory.proofs[one] = _updated(before, paths, [note for note in proving if note.order == one])
    for path in paths:
        memory.problems.pop(path, None)
    # The placeholders of a template are often no YAML.
    read = [note for note in kept if note.path not in memory.set_aside]
    memory.problems.update({note.path: note.problems for note in read if note.problems})
    memory.notes, memory.terms = vault.notes, terms
    order = day_order(memory.numeric_names, memory.proofs, config)
    if memory.excluded:
        rest = without(vault.notes, memory.excluded)
        # A link to an excluded note is a link to a file that is not a note.
        vault = replace(vault, notes=rest, files=tuple(sorted((*vault.files, *memory.excluded))))
    evidence = without(vault.notes, memory.set_aside)
    groups = at_paths(evidence, memory.groups)
    in_order = tuple([groups[path] for path in sorted(groups)])
    return Corpus(vault, evidence, in_order, order, daily_dates(vault, config, order))


def _updated(paths: frozenset[str], changed: AbstractSet[str], notes: Sequence[Note]) -> frozenset[str]:
    """Return `paths` without the changed ones, and with those of `notes`."""
    if not notes and paths.isdisjoint(changed):
        return paths
    return paths - changed | {note.path for note in notes}


def _count(notes: Sequence[Note], times: int, memory: CorpusMemory) -> None:
    """Count the names of files that begin with a date in numbers."""
    for note in notes:
        if name := numeric_name(note.path):
            memory.numeric_names[name] += times


def daily_notes(vault: Vault, config: Config) -> dict[str, dt.date]:
    """Return path → day of the daily notes, the excluded ones too."""
    corpus = whole_corpus(vault, config)
    return {note.path: day for note in corpus.evidence if (day := corpus.daily_date(note.path))}


def is_excluded(note: Note, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Return whether a note is excluded by a pattern or by its own properties."""
    return note.unread or (bool(patterns) and any(pattern.search(note.path) for pattern in patterns))


def patterns_of(vault: Vault, config: Config) -> list[re.Pattern[str]]:
    """Return the patterns of excluded paths, without invalid ones."""
    found = (*map(_filter, vault.excluded), *map(glob_pattern, config.exclude))
    return [pattern for pattern in found if pattern is not None]


def _filter(text: str) -> re.Pattern[str] | None:
    """Return the pattern of an app's filter: a regular expression between slashes, else a path prefix."""
    if len(text) > 2 and text.startswith("/") and text.endswith("/"):
        try:
            return re.compile(text[1:-1], re.IGNORECASE)
        except re.error:
            return None
    return re.compile(r"\A" + re.escape(text.lstrip("/")), re.IGNORECASE) if text.strip("/ ") else None


def glob_pattern(text: str) -> re.Pattern[str] | None:
    """Return the pattern of a glob: `*` within a name, `**` across folders; a name alone matches anywhere."""
    glob = text.strip().lstrip("/")
    if not glob.strip("/"):
        return None
    anywhere = "/" not in glob.rstrip("/")
    pieces = re.split(r"(\*\*/?|\*|\?)", glob.rstrip("/"))
    known = {"**": ".*", "**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    body = "".join(known.get(piece, re.escape(piece)) for piece in pieces)
    return re.compile(rf"{'(?:^|/)' if anywhere else '^'}{body}(?:$|/|[.]md$)", re.IGNORECASE)
