"""The role of one line: a label with what follows it, only names, a list of plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from netnotes.text import roles
from netnotes.text.line_masking import blank
from netnotes.text.names_in_lines import NAME, NameSpan

_SENTENCE_END = re.compile(r"\.\s")
MOST_NAMES = 50
"""Names of one line that are judged: a line with more is a list, not a note about a meeting."""
_LONG_LIST = 400
"""Characters of a line that may be nothing but links."""


def labelled(own: str, begin: int, kind: str, *, digits: bool) -> tuple[str, str] | None:
    """Return (role, what follows) of a line that begins with a label, or with who speaks in a transcript."""
    text = own[begin:]
    label = None
    if kind != "heading" and "::" not in text[:60]:
        label = roles.row_label(text) if kind == "row" else roles.label(text)
    if label is None and digits and (speaker := roles.speaker(text)):
        return roles.ATTENDEE, speaker
    return label


def own_role(own: str, begin: int, text: str, places: Sequence[NameSpan], date_end: int) -> str | None:
    """Return `names` for a line that is nothing but names, `plan` for a label such as `To call:`."""
    if not places:
        words = own[begin:].strip()
        return roles.PLAN if words.endswith(":") and roles.heading_role(words) == roles.PLAN else None
    if len(places) > MOST_NAMES or len(text) > _LONG_LIST:
        return None
    at = max(begin, date_end)
    text, places = _first_sentence(text, places)
    if roles.begins_with_prose(text, at, places[0].start) or roles.begins_with_prose(
        text, max(at, *(place.end for place in places))
    ):
        return None
    if any(_run_into(text, before, behind) for before, behind in pairwise(places)):
        return None
    rest = blank(text, [place[:2] for place in places])
    return roles.NAMES if roles.is_only_names(rest[at:]) else None


def _first_sentence(text: str, places: Sequence[NameSpan]) -> tuple[str, Sequence[NameSpan]]:
    """Cut a line and its names after a first sentence of several names, such as `Ada, Bo and Cy. It took 1h`."""
    end = _SENTENCE_END.search(text, places[0].end)
    names = [place for place in places if place.end <= end.start()] if end else []
    if end and len(names) > 1 and not text[names[-1].end : end.start()].strip():
        return text[: end.start()], names
    return text, places


def _run_into(text: str, before: NameSpan, behind: NameSpan) -> bool:
    """Return whether a plain word and a link are side by side: `Budget [[Ada]]` is not a list of two names."""
    return (
        (before.kind == NAME) != (behind.kind == NAME)
        and before.end < behind.start
        and not text[before.end : behind.start].strip()
    )


def first_cell(text: str, kind: str) -> str:
    """Return the first cell of a row, any other line as it is."""
    return text.strip(" |").partition(" | ")[0] if kind == "row" else text
