"""The app's fences of front matter, as a handler for python-frontmatter."""

from typing import Final

from frontmatter.default_handlers import BaseHandler

from netnotes.regex import regex
from netnotes.text.frontmatter import flat_block, yaml12

_OPENER: Final = regex(r"\ufeff?---\r?\n")
_CLOSER: Final = regex(r"\n---[ \t]*+(?:\r?\n|\Z)")


class AppFence(BaseHandler):
    """The app's fences and values in the form python-frontmatter asks for: `frontmatter.loads(text, handler=…)`.

    It has no `export`: rewriting whole blocks loses what people wrote; see `splice`.
    """

    FM_BOUNDARY = _OPENER
    START_DELIMITER = END_DELIMITER = "---"

    def split(self, text: str) -> tuple[str, str]:
        """Return the text between the fences, and the body; raises ValueError if there is no block."""
        opened = _OPENER.match(text)
        closed = opened and _CLOSER.search(text, opened.end() - 1)
        if not opened or not closed:
            raise ValueError("the text has no closed front matter")
        return text[opened.end() : closed.start() + 1], text[closed.end() :]

    def load(self, fm: str) -> dict[str, object]:
        """Return the properties between two fences; raises ValueError (`yaml12.Fault`) if there are none to read."""
        flat = flat_block.read(fm, 0)
        value = flat[0] if flat else yaml12.parse(fm).value
        if value is not None and not isinstance(value, dict):
            raise yaml12.Fault(yaml12.no_properties(value), 0)
        return value or {}


FENCE: Final = AppFence()
