"""`netnotes status`: the state of a vault's daemon."""

from __future__ import annotations

import os
from pathlib import Path

import click

from netnotes.app.vault_root import find_root
from netnotes.cli import output
from netnotes.cli.journal import data_of
from netnotes.cli.options import json_option, vault_argument
from netnotes.cli.session import Session
from netnotes.errors import VaultNotFound
from netnotes.printable import one_line

LABELS = {
    "state": "state",
    "means": "watching by",
    "since": "since",
    "last_change": "last change",
    "last_write": "last write",
    "writes": "notes written",
    "waiting": "notes waiting",
    "notes": "notes",
    "people": "people",
    "problems": "problems",
    "failing": "failing plugins",
    "paused": "paused plugins",
    "error": "error",
    "map": "map",
}
"""Key → label."""


@click.command("status")
@vault_argument
@json_option
def command(vault: str | None, as_json: bool) -> None:
    """Show whether `netnotes watch` is running for a vault, since when, and what it last saw and wrote.

    \b
    Example:
      netnotes status ~/Notes
    """
    from netnotes.daemon import lock, status

    if session := click.get_current_context().find_object(Session):
        session.named = vault
    # A named vault need not exist: the daemon may be waiting for it.
    root = Path(vault).expanduser() if vault else find_root(None, os.environ)
    folder = data_of(root)
    holder = lock.holder(folder)
    saved = status.load(folder)
    if saved is None and not root.is_dir():
        raise VaultNotFound(vault)
    facts = saved or {"vault": str(root.resolve())}
    running = holder is not None
    if not running and facts.get("state") not in (None, "ended"):
        # Killed, or the machine was shut down.
        facts["state"] = "ended"
    if as_json:
        output.print_json({"running": running, **facts})
        return
    if holder:
        output.echo(f"watched by process {holder.pid}")
    elif "pid" in facts:
        output.echo("Not watched now. From the last time:")
    else:
        output.advise("Not watched. To start: `netnotes watch`")
    for key, name in LABELS.items():
        value = facts.get(key)
        if value not in (None, "", []):
            output.echo(one_line(f"{name:16} {', '.join(value) if isinstance(value, list) else value}"))
