"""What the text of one note holds: links, tags, headings and blocks. Pure text.

The face of the modules beside it: `plain` reads most notes quickly, `outline` reads all of them.
"""

from __future__ import annotations

from netnotes.text.markdown import fast, full
from netnotes.text.markdown.offsets import utf16
from netnotes.text.markdown.syntax import LIMIT, Block, Heading, Link, Syntax, Tag

__all__ = ["LIMIT", "Block", "Heading", "Link", "Syntax", "Tag", "read", "read_fully", "utf16"]


def read(text: str, body: int = 0) -> Syntax:
    """Read the Markdown of text[body:]; `body` is where front-matter ends.

    Any text at all, with any line endings; a byte order mark at its begin is skipped.
    """
    body += text.startswith("\ufeff", body)
    return fast.read(text, body) or full.read(text, body)


def read_fully(text: str, body: int = 0) -> Syntax:
    """Do what `read` does, with the full parser whatever the note is like. Slower; for comparison."""
    return full.read(text, body + text.startswith("\ufeff", body))
