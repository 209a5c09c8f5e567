"""Which notes of a vault are read, and how the dates in their names are written.

A note is not read if it is excluded by the app, by `exclude` in netnotes.toml, or by `netnotes: ignore` in the note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from netnotes.config import Config
from netnotes.extract.note_types import Dated, daily_dates, day_order, evidence_notes
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note, Vault
from netnotes.text.lexicon.dates import Order


@dataclass(frozen=True, slots=True)
class Corpus:
    """The notes of a vault that are read."""

    vault: Vault
    """The vault without its excluded notes."""
    evidence: tuple[Note, ...]
    """The notes that may hold evidence: no templates, no copies left by a sync."""
    order: Order | None
    """Whether day or month comes first in the vault's numeric dates; None if unknown."""
    daily_date: Dated
    """Returns the day of a daily note's path; None for every other path."""


def corpus_of(vault: Vault, config: Config) -> Corpus:
    """Return the notes of a vault that are read."""
    return whole_corpus(without_excluded(vault, config), config)


def whole_corpus(vault: Vault, config: Config) -> Corpus:
    """Return all notes of a vault, the excluded ones too."""
    order = day_order(vault.notes, config)
    return Corpus(vault, tuple(evidence_notes(vault)), order, daily_dates(vault, config, order))


def without_excluded(vault: Vault, config: Config) -> Vault:
    """Return the vault without its excluded notes; links to them are links to files that are not notes."""
    patterns = patterns_of(vault, config)
    out = tuple([note for note in vault.notes if note.unread or (patterns and is_excluded(note, patterns))])
    if not out:
        return vault
    gone = {note.path for note in out}
    kept = tuple(note for note in vault.notes if note.path not in gone)
    return replace(vault, notes=kept, files=tuple(sorted((*vault.files, *gone))))


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
