"""Prepare texts for the page: bounded in length, encodable, stored once. The page escapes them."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def clipped(text: str, most: int) -> str:
    """Return `text` as one line of at most `most` characters, with an ellipsis where something was cut.

    Lone surrogates, which no file can hold, become `?`; control characters, and the two that XML forbids, become
    spaces.
    """
    if len(text) > most:
        text = text[: most - 1].rstrip() + "…"
    if text.isprintable():
        return text
    return _CONTROL.sub(" ", text).encode("utf-8", "replace").decode("utf-8")


class Strings:
    """A table that stores each text once."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def index(self, text: str | None, most: int = 300) -> int:
        """Return the index of `text`, clipped, in the table; -1 for None."""
        if text is None:
            return -1
        found = self._index.get(text)
        if found is not None:
            return found
        return self._index.setdefault(clipped(text, most), len(self._index))

    @property
    def table(self) -> list[str]:
        """All texts, by index."""
        return list(self._index)
