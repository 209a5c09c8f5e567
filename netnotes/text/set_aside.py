"""Which notes do not count as evidence: templates and conflict copies."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from netnotes.regex import regex

TEMPLATE, CONFLICT_COPY = "template", "conflict copy"
PLACEHOLDER = regex(r"\{\{|<%|\$\{")
"""A template's placeholder."""
_FOLDER = regex(
    r"(?:^|/)[\W\d_]*(?:templates?|templater|vorlagen?|modèles?|plantillas?|modelli|szablony|mallar|шаблоны?|模板)[\W_]*/",
    re.IGNORECASE,
)
_WORDS = ("template", "vorlage", "plantilla", "modèle", "szablon", "шаблон", "模板")
_NAME = regex(rf"(?:^|[\s_.-])(?:{'|'.join(_WORDS)})\.md$", re.IGNORECASE)
_NAME_ENDS = tuple([f"{word}.md" for word in _WORDS])
_CONFLICT = regex(
    r"\.sync-conflict-|\(([^()/]*\s)?(?:conflict(?:ed)?(?: copy)?|konflikt|conflit|en conflicto)\b[^()/]*\)"
    r"|\bconflict(?:ed copy)? \d{4}|\(kept by NetNotes \d+\)",
    re.IGNORECASE,
)


def set_aside(path: str, texts: Iterable[object]) -> str | None:
    """Return why a note does not count as evidence: TEMPLATE, CONFLICT_COPY or None.

    `texts`: its properties' values and its title.
    """
    folder, _, name = path.rpartition("/")
    folded = path.lower()
    if _is_template_folder(folder) or (folded.endswith(_NAME_ENDS) and _NAME.search(name)) or PLACEHOLDER.search(path):
        return TEMPLATE
    for text in texts:
        if isinstance(text, str) and PLACEHOLDER.search(text):
            return TEMPLATE
    may_be_copy = "onfli" in folded or "kept by netnotes" in folded  # a search for these is faster than the pattern
    return CONFLICT_COPY if may_be_copy and _CONFLICT.search(path) else None


def in_template_folder(path: str) -> bool:
    """Return whether a note is in a folder that is called `Templates`, in any language."""
    return _is_template_folder(path.rpartition("/")[0])


def within(path: str, folders: Collection[str]) -> bool:
    """Return whether `path` is in one of `folders`; case does not matter, as on most desktops and phones."""
    if not folders:
        return False
    folded = path.casefold()
    return any(folded.startswith(f"{name.casefold()}/") for folder in folders if (name := folder.strip("/")))


@lru_cache(maxsize=10_000)
def _is_template_folder(folder: str) -> bool:
    return _FOLDER.search(folder + "/") is not None
