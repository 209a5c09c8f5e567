"""What the text of one note holds: links, tags, headings and blocks. Pure text.

Call this, not `fast`, which reads most notes, or `full`, which reads the rest.
"""

from __future__ import annotations

from netnotes.text.markdown import fast, full
from netnotes.text.markdown.syntax import Syntax


def read(text: str, body: int = 0) -> Syntax:
    """Read the Markdown of text[body:]; `body` is where front matter ends.

    Accepts any text, with any line endings; a byte order mark at its beginning is skipped.
    """
    body += text.startswith("\ufeff", body)
    return fast.read(text, body) or full.read(text, body)


def read_fully(text: str, body: int = 0) -> Syntax:
    """Do the same as `read`, always with the full parser. Slower; for comparison."""
    return full.read(text, body + text.startswith("\ufeff", body))
