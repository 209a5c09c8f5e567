"""`netnotes service`: run `netnotes watch` in the background, from login on."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netnotes.app.vault_root import find_root
from netnotes.cli import output
from netnotes.cli.journal import data_of, journal_of, say_undo
from netnotes.cli.number_option import Number
from netnotes.cli.options import vault_argument, workspace
from netnotes.cli.session import Session
from netnotes.errors import NetNotesError, Unwritable
from netnotes.storage.whole_file import replace

if TYPE_CHECKING:
    from netnotes.daemon.service import Service

SECONDS = 60
"""Longest time for a call of the service manager, in seconds."""


class NoServices(NetNotesError):
    """The system has no service manager that a user can start programs with."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__("neither systemd nor launchd is running here")
        self.hint = f"have this run at login in some other way:\n{shell(command)}"


class NotDone(NetNotesError):
    """The service manager refused."""

    def __init__(self, command: Sequence[str], reason: str) -> None:
        super().__init__(f"`{shell(command)}` failed: {reason.strip() or 'it gave no reason'}")


@click.group("service")
def command() -> None:
    """Run `netnotes watch` in the background, from login on.

    It is a systemd user unit on Linux, a launchd agent on macOS, and restarts after a failure.

    \b
    Example:
      netnotes service install ~/Notes
      netnotes service logs ~/Notes
    """


@command.command("install")
@vault_argument
@click.option("--yes", is_flag=True, help="Install even if the vault was never synced.")
@click.option(
    "--map", "drawing", type=click.Path(dir_okay=False), metavar="FILE", help="Keep a map up to date in FILE."
)
@click.option("--print", "shown", is_flag=True, help="Only print the file and the commands.")
def install(vault: str | None, yes: bool, drawing: str | None, shown: bool) -> None:
    """Install and start the service.

    \b
    Example:
      netnotes service install ~/Notes --map ~/map.html
    """
    root = find_root(vault, os.environ).resolve()
    options = [*(["--yes"] if yes else []), *(["--map", str(Path(drawing).absolute())] if drawing else [])]
    made = _service(root, options)
    if shown:
        output.echo(f"# {made.file}\n{made.text.decode()}")
        for call in made.install:
            output.echo(shell(call))
        return
    _expect_synced(root, yes=yes)
    if made.file.exists():
        _quietly(made.uninstall)
    try:
        made.file.parent.mkdir(parents=True, exist_ok=True)
        replace(made.file, made.text)
    except OSError as error:
        raise Unwritable(str(made.file), error.strerror or str(error)) from error
    try:
        for call in made.install:
            _call(call)
    except NotDone as error:
        made.file.unlink(missing_ok=True)
        error.hint = f"have this run at login in some other way:\n{shell(made.command)}"
        raise
    output.echo(f"{made.name} is running; its file is {made.file}")
    if made.hint:
        output.echo(made.hint, err=True)


@command.command("uninstall")
@vault_argument
def uninstall(vault: str | None) -> None:
    """Stop and remove the service; what it wrote stays.

    \b
    Example:
      netnotes service uninstall ~/Notes
    """
    made = _service(_root(vault), [])
    if not made.file.exists():
        output.echo("No service is installed for this vault.", err=True)
        return
    _quietly(made.uninstall)
    made.file.unlink(missing_ok=True)
    _quietly(made.after)
    output.echo(f"{made.name} is removed. What it wrote stays")
    say_undo()


@command.command("status")
@vault_argument
@click.pass_context
def status(ctx: click.Context, vault: str | None) -> None:
    """Show what systemd or launchd reports.

    `netnotes status` shows what was last seen and written.

    \b
    Example:
      netnotes service status ~/Notes
    """
    made = _service(_root(vault), [])
    if not made.file.exists():
        output.advise("No service is installed for this vault. To install it: `netnotes service install`", err=True)
        ctx.exit(1)
    done = _run(made.ask)
    output.echo(done.stdout or done.stderr, nl=False)
    ctx.exit(0 if done.returncode == 0 else 1)


@command.command("logs")
@vault_argument
@click.option("--lines", "-n", default=50, show_default=True, type=Number(1), help="How many lines to print.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def logs(vault: str | None, lines: int, as_json: bool) -> None:
    """Print the last lines of its log.

    \b
    Example:
      netnotes service logs ~/Notes -n 20
    """
    from netnotes.daemon import log

    found = log.last(data_of(_root(vault)), lines)
    if not found:
        output.advise("Nothing is logged yet. To start: `netnotes service install`", err=True)
    for line in found:
        output.echo(line if as_json else log.readable(line))


def shell(command: Sequence[str]) -> str:
    """Return a command as typed in a shell."""
    import shlex  # start-up imports nothing it does not need

    return shlex.join(command)


def _root(vault: str | None) -> Path:
    """Return the folder of the vault; a named folder need not exist any more."""
    if session := click.get_current_context().find_object(Session):
        session.named = vault
    return Path(vault).expanduser().resolve() if vault else find_root(None, os.environ).resolve()


def _service(root: Path, options: Sequence[str]) -> Service:
    """Return the service of a vault on this system. Raises NoServices."""
    from netnotes.daemon import service

    # -P: import no module from the folder in which it is started.
    program = [sys.executable, "-P", "-m", "netnotes", "watch", str(root), *options]
    if sys.platform == "darwin":
        return service.launchd(root, program, os.environ, Path.home(), data_of(root) / "service.log", os.getuid())
    if sys.platform == "linux" and shutil.which("systemctl"):
        return service.systemd(root, program, os.environ, Path.home())
    raise NoServices(program)


def _expect_synced(root: Path, *, yes: bool) -> None:
    """Raise NeverSynced if nothing was ever written: a service cannot ask for confirmation."""
    from netnotes.daemon.run import NeverSynced
    from netnotes.writing.sync import is_new

    with journal_of(root) as journal:
        if not yes and is_new(workspace(str(root)).read(), journal):
            raise NeverSynced(str(root))


def _quietly(commands: Sequence[Sequence[str]]) -> None:
    """Run commands and ignore failures: the service to stop may not be running."""
    for command in commands:
        with contextlib.suppress(NotDone):
            _call(command)


def _call(command: Sequence[str]) -> None:
    """Run a command of the service manager. Raises NotDone if it fails."""
    done = _run(command)
    if done.returncode:
        raise NotDone(command, done.stderr or done.stdout)


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603  # our own commands, to the service manager alone
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotDone(command, str(error)) from error
