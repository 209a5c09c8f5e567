"""When a command has nothing to show: report how much of the vault was not read, and how to change that."""

from __future__ import annotations

from collections.abc import Callable

from netnotes.cli import output
from netnotes.coverage import LINES, Coverage
from netnotes.outcome import Outcome
from netnotes.phrasing import join_names, pluralize
from netnotes.printable import one_line


def print_unread(outcome: Outcome, coverage: Callable[[], Coverage]) -> bool:
    """Name notes that look like people, or that there are none; return whether anything was printed."""
    found = coverage()
    known = sum(person.path is not None for person in outcome.network.people)
    unmarked = found.unmarked
    org = sum(remark.remark == "other format" for remark in found.remarks)
    if org and not outcome.network.encounters:
        verb = "is" if org == 1 else "are"
        output.advise(f"{pluralize(org, 'note')} in org format {verb} not read. What to do: `netnotes check`", err=True)
        return True
    if len(unmarked) > known:
        verbs = "looks like a person's, but is" if len(unmarked) == 1 else "look like people's, but are"
        text = f"{pluralize(len(unmarked), 'note')} {verbs} not marked as such: {join_names(unmarked)}"
        text += ". To mark them: `netnotes setup`"
    elif not outcome.network.people:
        text = "No people found in these notes. To see what is read, and what to write: `netnotes setup`"
    elif (almost := sum(remark.remark in LINES for remark in found.remarks)) > len(outcome.network.encounters):
        text = f"{pluralize(almost, 'line')} almost counted as contact. To see which: `netnotes check`"
    elif not outcome.network.encounters:
        text = "No line with a date says that you were in touch with anyone. To see what to write: `netnotes setup`"
    else:
        return False
    output.advise(one_line(text), err=True)
    return True
