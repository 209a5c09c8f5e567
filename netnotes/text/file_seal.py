"""The seal of a whole file of ours: it shows whether a file that NetNotes wrote has been edited since.

The seal is a checksum of everything else in the file, so any edit breaks it. It guards against accidents, not fraud.
"""

from __future__ import annotations

import hashlib

from netnotes.regex import regex

PLACEHOLDER = "made by NetNotes, 0000000000000000"
"""What a text holds, once, where its seal goes."""
_SEAL = regex(r"made by NetNotes, [0-9a-f]{16}")


def seal(text: str) -> str:
    """Return `text` with the seal in place of its first PLACEHOLDER."""
    return text.replace(PLACEHOLDER, f"made by NetNotes, {_checksum(text)}", 1)


def is_unedited(text: str) -> bool:
    """Return whether `text` was sealed by us and has not changed since; line ends do not count."""
    plain = text.replace("\r\n", "\n")
    found = _SEAL.search(plain)
    return found is not None and found[0].endswith(_checksum(_SEAL.sub(PLACEHOLDER, plain, count=1)))


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
