"""Options and arguments that commands share that write a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from netnotes.app.workspace import Workspace
from netnotes.cli import completion
from netnotes.cli.options import split_vault, workspace
from netnotes.errors import VaultNotFound

dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
sentence_argument = click.argument(
    "words", nargs=-1, required=True, metavar="TEXT [VAULT]", shell_complete=completion.people
)
yes_option = click.option("--yes", is_flag=True, help="Do not ask; refuse what is ambiguous.")


def words_and_vault(words: Sequence[str], missing: str) -> tuple[str, Workspace]:
    """Return what was typed before the vault, and the vault.

    Raises UsageError for a folder alone, and names what is missing: `sentence`.
    """
    alone = len(words) == 1 and Path(words[0]).expanduser().is_dir()
    unsaid = click.UsageError(f"`{words[0]}` is a folder: the {missing} before it is missing")
    if alone and ("/" in words[0] or not words[0].strip(".~")):
        raise unsaid
    text, vault = split_vault(words)
    try:
        return " ".join(text), workspace(vault)
    except VaultNotFound:
        if alone:
            raise unsaid from None
        raise
