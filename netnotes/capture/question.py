"""What must be asked before a line can be written."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """A question that must be answered before a line can be written."""

    field: str
    """`people`, `date`, `due` for a deadline, or `on` for the person in whose note to log."""
    about: str
    """The ambiguous words."""
    choices: tuple[str, ...]
    """Names, or ISO dates; may be empty."""
    problem: str = ""
    new: bool = False
    """Whether the words may also name somebody new."""
