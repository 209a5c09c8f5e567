"""`netnotes mcp`: a server for assistants."""

from __future__ import annotations

import datetime as dt
import os

import click

from netnotes.app.vault_root import find_root
from netnotes.cli.journal import journal_of
from netnotes.cli.options import day, vault_argument
from netnotes.errors import PackageMissing


@click.command("mcp")
@vault_argument
@click.option(
    "--as-of",
    "as_of",
    callback=day,
    metavar="DATE",
    help="Compute everything as of this day. Default: the current date.",
)
@click.option(
    "--write",
    "writes",
    is_flag=True,
    help="Let the assistant log contacts and put people off; you confirm each change.",
)
def command(vault: str | None, as_of: dt.date | None, writes: bool) -> None:
    """Let an AI assistant query a vault over MCP, on standard input and output. Read-only without --write.

    The assistant gets names, numbers and dates, never the text of a note. With --write it can log a contact or put
    someone off: it first gets the change to show you, and writes after you say yes. `netnotes undo` reverts it. Needs
    the package mcp: `pipx inject netnotes mcp`, or `pip install mcp`.

    \b
    Example:
      netnotes mcp ~/Notes
      netnotes mcp ~/Notes --write
    """
    root = find_root(vault, os.environ)
    try:
        import mcp  # noqa: F401  # so that a missing package is explained
    except ImportError as error:
        raise PackageMissing("mcp") from error
    from netnotes.app.mcp.server import open_server

    def today() -> dt.date:
        return as_of or dt.datetime.now().astimezone().date()

    open_server(root, today, journal_of if writes else None).run("stdio")
