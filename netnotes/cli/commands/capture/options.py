"""Options and arguments that commands share that write a line."""

from __future__ import annotations

import click

from netnotes.cli import completion

dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
sentence_argument = click.argument(
    "words", nargs=-1, required=True, metavar="TEXT [VAULT]", shell_complete=completion.people
)
yes_option = click.option("--yes", is_flag=True, help="Do not ask; refuse what is ambiguous.")
