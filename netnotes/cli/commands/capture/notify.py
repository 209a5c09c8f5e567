"""`netnotes notify`: show, allow and test the program that gets today's list."""

from __future__ import annotations

import datetime as dt
import os

import click

from netnotes.app import notify as app
from netnotes.cli import output
from netnotes.cli.journal import now
from netnotes.cli.options import as_of_option, vault_argument, workspace
from netnotes.cli.screen import confirm
from netnotes.phrasing import pluralize
from netnotes.plugin_host.consent import Trust, Verdict, folder
from netnotes.printable import one_line


@click.command("notify")
@vault_argument
@as_of_option
@click.option("--allow", is_flag=True, help="Allow `watch` to run the command in netnotes.toml, as it is now.")
@click.option("--deny", is_flag=True, help="Never run it.")
@click.option("--send", is_flag=True, help="Run it now.")
@click.option("--initials", is_flag=True, help="Only initials, for lock screens; `[notify] initials` sets it for good.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(  # one for each option
    vault: str | None, today: dt.date, allow: bool, deny: bool, send: bool, initials: bool, yes: bool
) -> None:
    r"""Show, allow or test the program that gets today's list once a day.

    With `[notify] command = ["notify-send", "NetNotes"]` in netnotes.toml, `netnotes watch` sends the lines of
    `netnotes today` to the standard input of that program once a day. It runs only if you have allowed it; if the
    command or its script changes, you have to allow it again.

    \b
    Example:
      netnotes notify ~/Notes
      netnotes notify ~/Notes --allow
    """
    space = workspace(vault)
    trust = Trust(folder(os.environ.get("NETNOTES_DATA")))
    wanted = space.config.notify.command
    if allow or deny:
        if not wanted:
            raise app.NoCommand
        if deny:
            trust.deny(app.consent_key(space.root), now())
            output.echo("denied: the command is not run")
            return
        output.echo(one_line(f"command: {' '.join(wanted)}"))
        confirm("It can do whatever you can do. Allow it?", yes=yes, instead="look at it, then use --allow --yes")
        trust.allow(app.consent_key(space.root), app.consent_content(space.root, wanted), now())
        output.echo("allowed")
        return
    read, outcome = space.run(today)
    if send:
        sent = app.notify(space, read, outcome, trust, short=initials)
        output.echo(f"{pluralize(sent, 'line')} sent" if sent else "Nothing to do today, so nothing is sent.")
        return
    for line in app.notify_lines(space, read, outcome, short=initials or space.config.notify.initials):
        output.echo(one_line(line))
    verdict = app.verdict(space.root, wanted, trust) if wanted else None
    if verdict is None:
        output.advise(f"No command is set. Write two lines into netnotes.toml, for example\n{app.EXAMPLE}", err=True)
    elif verdict is not Verdict.ALLOWED:
        output.advise(f"The command is not run: {verdict.value}. To allow it: `netnotes notify --allow`", err=True)
