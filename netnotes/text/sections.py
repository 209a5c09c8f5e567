"""The role that the headings, labels and lists above a block give it, while the blocks of a note are read in order."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.notes import Passage
from netnotes.regex import regex
from netnotes.text import roles
from netnotes.text.markdown.syntax import Block

_CALLOUT = regex(r"\s*>?\s*\[!([^\]\n]{1,40})\]([^\n]*)")
_BELOW = {roles.ATTENDEES: roles.ATTENDEE, roles.ABSENT: roles.ABSENT, roles.PLAN: roles.PLAN}
"""Role of a heading or label → role of the lines below it."""


class Sections:
    """The sections and lists of one note around the block that is being read."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        """Start above the first block."""
        self._text, self._blocks = text, blocks
        self._role_below: dict[int, str] = {}
        """Index of a block → the role of everything below it."""
        self._attendees: set[int] = set()
        """Indexes of the blocks that are items of a list of attendees."""
        self._remarks: set[int] = set()
        """Indexes of the blocks that tell more about an attendee above them."""
        self._section: tuple[str, int, int] | None = None
        """(role, parent, level) of a heading or a label above a list, while it applies."""
        self._numbered: bool | None = None
        """Whether that list is numbered; None before its first item."""
        self._has_items = False
        """Whether a list has begun below that heading."""

    def begin(self, index: int, block: Block, passage: Passage) -> None:
        """Apply the role of a line that is nothing but a label to what is below it."""
        below = _BELOW.get(passage.role or "")
        if below:
            self._role_below[index] = below
            if passage.kind == "paragraph":
                self._section, self._numbered = (below, block.parent, 0), None

    def role(self, index: int, block: Block, block_text: str) -> str | None:
        """Return a block's role: that of a heading itself, or the one given by the lines above it."""
        if block.kind == "heading":
            return self._heading_role(index, block, block_text)
        if not (self._section or self._role_below or self._attendees) and block.kind != "quote":
            # The common case: no line above gives any role.
            return None
        parent = block.parent
        if parent in self._remarks or (
            parent in self._attendees
            and roles.is_remark(block_text, self._text[self._blocks[parent].start : self._blocks[parent].end])
        ):
            self._remarks.add(index)
            return None
        role = self._role_of_list(index, block, block_text)
        if role == roles.ATTENDEE and block.kind == "item":
            self._attendees.add(index)
        return role

    def _role_of_list(self, index: int, block: Block, block_text: str) -> str | None:
        """Return the role that the lines above a block give it."""
        parent = block.parent
        if parent in self._role_below:
            self._role_below[index] = self._role_below[parent]
            return self._role_below[parent]
        if block.kind == "quote":
            return self._quote_role(index, block_text)
        if self._section is None:
            return None
        role, of, level = self._section
        if level:
            return self._role_below_heading(role, block)
        if block.kind == "item" and parent == of and self._is_of_same_list(block_text):
            self._role_below[index] = role
            return role
        self._section = None
        return None

    def _role_below_heading(self, role: str, block: Block) -> str | None:
        """Return the role of a block; prose after a list of people is none of them."""
        if block.kind == "item":
            self._has_items = True
        elif block.kind == "paragraph" and self._has_items and role != roles.PLAN:
            self._section = None
            return None
        return role

    def _is_of_same_list(self, item: str) -> bool:
        """Return whether an item goes on with the list below a label: not `1. budget` below bullets of names."""
        numbered = item.lstrip()[:1].isdigit()
        self._numbered = numbered if self._numbered is None else self._numbered
        return self._numbered == numbered

    def _quote_role(self, index: int, block_text: str) -> str | None:
        """Return the role of a quote, or of a callout by its title or kind."""
        callout = _CALLOUT.match(block_text)
        if not callout:
            self._role_below[index] = roles.QUOTE
            return roles.QUOTE
        role = roles.heading_role(callout[2]) or roles.heading_role(callout[1])
        if role not in (roles.ATTENDEES, roles.ABSENT):
            return None
        self._role_below[index] = _BELOW[role]
        return role

    def _heading_role(self, index: int, block: Block, block_text: str) -> str | None:
        """Return the role of a heading, or that of the section around it if it has none."""
        name = roles.heading_role(block_text)
        if name == roles.PLAN and block.level == 1 and index == 0:
            # The title of the note.
            name = None
        around = self._section if self._section and self._section[2] and block.level > self._section[2] else None
        if around and name not in (roles.ATTENDEES, roles.ABSENT):
            return around[0] if around[0] == roles.PLAN else None
        below = _BELOW.get(name or "")
        self._section, self._has_items = ((below, -1, block.level) if below else None), False
        return name
