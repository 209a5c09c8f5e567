"""`netnotes sources`: list the files outside the vault that `[sources]` names, and allow them to be read."""

from __future__ import annotations

import os

import click

from netnotes.cli import output
from netnotes.cli.journal import now
from netnotes.cli.options import json_option, vault_argument, workspace
from netnotes.cli.screen import confirm
from netnotes.errors import NetNotesError
from netnotes.plugin_host.consent import Trust, Verdict, folder
from netnotes.printable import one_line


class NoSources(NetNotesError):
    """A vault without `[sources]`."""

    hint = 'write two lines into netnotes.toml, for example\n[sources]\ncalendar = "~/.calendars/home"'

    def __init__(self) -> None:
        super().__init__("netnotes.toml has no [sources]")


@click.command("sources")
@vault_argument
@click.option("--allow", is_flag=True, help="Allow these files to be read.")
@click.option("--deny", is_flag=True, help="Never read them.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(vault: str | None, allow: bool, deny: bool, yes: bool, as_json: bool) -> None:
    r"""List the files outside the vault that `[sources]` names, and whether they may be read.

    A source is a calendar, an address book, a folder of either as vdirsyncer keeps it, an mbox or a Maildir. It is
    read in place and never written; the rules for contacts are those of `netnotes import`. Nothing is read until you
    allow it, and you have to allow it again if the path changes or points elsewhere.

    \b
    Example:
      netnotes sources ~/Notes
      netnotes sources ~/Notes --allow
    """
    from netnotes.app import file_sources  # start-up imports nothing it does not need
    from netnotes.plugin_host import source_preview

    space = workspace(vault)
    sources = file_sources.named_sources(space.root, space.config)
    trust = Trust(folder(os.environ.get("NETNOTES_DATA")))
    if not sources:
        raise NoSources
    place, data = file_sources.consent_key(space.root), file_sources.consent_content(sources)
    verdict = trust.verdict(place, data)
    if deny:
        trust.deny(place, now())
        output.echo("denied: these files are not read")
    elif allow and verdict is not Verdict.ALLOWED:
        for line in source_preview.lines(data, trust.allowed_before(place)):
            output.echo(line, err=True)
        confirm(
            "Let NetNotes read these files whenever it reads this vault?",
            yes=yes,
            instead="netnotes sources --allow --yes",
        )
        trust.allow(place, data, now())
        output.echo("allowed")
    elif as_json:
        listed = [{"name": s.name, "path": s.path, "leads_to": s.real, "state": verdict.value} for s in sources]
        output.print_json(listed)
    else:
        rows = [(one_line(s.name), one_line(s.path), one_line(s.real), verdict.value) for s in sources]
        output.print_table(rows, ("source", "path", "leads to", "state"))
