"""`netnotes batch`: many vaults into Parquet tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from netnotes.cli import output
from netnotes.cli.number_option import Number
from netnotes.cli.options import as_of_option, terminal_progress
from netnotes.phrasing import pluralize

SHOWN = 5
"""Number of failed vaults that are printed; all are in the problems table."""


@click.command("batch")
@click.argument("folders", nargs=-1, required=True, metavar="FOLDER...")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The Parquet file for the ties."
)
@as_of_option
@click.option("--anonymous", is_flag=True, help="Initials instead of names; no paths, titles or tags.")
@click.option("--processes", type=Number(1), metavar="N", help="How many processes. Default: one per core.")
@click.option("--dask", metavar="ADDRESS", help="Use the Dask cluster with this scheduler: tcp://HOST:8786.")
@click.pass_context
def command(
    ctx: click.Context,
    folders: tuple[str, ...],
    out: Path,
    today: dt.date,
    anonymous: bool,
    processes: int | None,
    dask: str | None,
) -> None:
    """Analyse many vaults, and write Parquet tables: ties, people, encounters and problems.

    Each FOLDER is a vault or a folder of vaults. Ties go into the file named by --out, the other tables next to it. A
    vault that fails becomes a row in the problems table; the other vaults are analysed, and the exit code is 1. An
    interrupted run continues where it stopped. Only the bundled plugins run.

    \b
    Example:
      netnotes batch ~/Vaults --out ties.parquet --as-of 2026-06-30
      netnotes batch ~/Vaults --out ties.parquet --anonymous
    """
    if dask and processes:
        raise click.UsageError("--processes cannot be combined with --dask")
    from netnotes.app.batch.batch import run_batch

    result = run_batch(
        folders, out, as_of=today, anonymous=anonymous, processes=processes, dask=dask, progress=terminal_progress()
    )
    for name, place in result.tables.items():
        output.echo(f"{name}: {pluralize(result.rows[name], 'row')} in {place}")
    for place in result.without_notes:
        output.say(f"{place}: no notes, left out", err=True)
    for line in result.failures[:SHOWN]:
        output.say(f"not analysed: {line}", err=True)
    if result.resumed:
        output.say(f"{pluralize(result.resumed, 'vault')} done by an earlier run.", err=True)
    analysed = result.vaults - result.failed
    if not result.failed:
        output.say(f"{pluralize(analysed, 'vault')} analysed.", err=True)
        return
    where = result.tables["problems"]
    output.say(f"{analysed} of {pluralize(result.vaults, 'vault')} analysed, {result.failed} failed: {where}", err=True)
    ctx.exit(1)
