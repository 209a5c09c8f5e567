"""First names in use around the world, from `given_names.txt`: a sign that a name without a note is a person's."""

from __future__ import annotations

from functools import lru_cache
from pkgutil import get_data

from netnotes.text.lexicon.words import fold


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Return folded first name → the name as written."""
    text = (get_data(__package__, "given_names.txt") or b"").decode()
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {fold(name): name for line in lines for part in line.split(",") if (name := part.strip())}
