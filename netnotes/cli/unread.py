"""Where a command has nothing to show: say so if much of the vault was not read, and how to change that."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

from netnotes.app.workspace import Workspace
from netnotes.app.workspace import around as find_vault_root
from netnotes.cli import output
from netnotes.extract.coverage import DETAILS
from netnotes.phrasing import pluralize


def say_what_is_unread(space: Workspace, today: dt.date) -> None:
    """Print how many notes about people are not recognised, or that there is nobody; nothing where all is read."""
    _, outcome, found = space.examine(today)
    known = sum(person.path is not None for person in outcome.network.people)
    unmarked = len(found.unmarked)
    if unmarked > known:
        output.say(
            f"{unmarked:,} of {pluralize(unmarked + known, 'note')} about people are not recognised. To see why:",
            err=True,
        )
    elif not outcome.network.people:
        output.say("Nobody found in these notes. To see what is read, and what to write:", err=True)
    elif (nearly := sum(remark.remark not in DETAILS for remark in found.remarks)) > len(outcome.network.encounters):
        output.say(f"{pluralize(nearly, 'line')} nearly read as contact. To see which:", err=True)
    else:
        return
    here = find_vault_root(Path.cwd()) == space.root
    output.echo(f"  netnotes setup{'' if here else ' ' + shlex.quote(str(space.root))}", err=True)
