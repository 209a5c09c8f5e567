"""`netnotes mcp`: a server for assistants."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from netnotes.app.workspace import find_root
from netnotes.cli.options import vault_argument


@click.command("mcp")
@vault_argument
def command(vault: str | None) -> None:
    """Answer an assistant over MCP, on standard input and output. It only reads.

    The assistant gets names, numbers and days, never the text of a note. Needs `pip install netnotes[mcp]`.

    \b
    Example:
      netnotes mcp ~/Notes
    """
    root = find_root(vault, Path.cwd(), os.environ)
    try:
        import mcp  # noqa: F401  # so that a missing package is explained
    except ImportError as error:
        raise click.ClickException("the package mcp is not installed: pip install 'netnotes[mcp]'") from error
    from netnotes.app.mcp_server import open_server

    open_server(root, lambda: dt.datetime.now().astimezone().date()).run("stdio")
