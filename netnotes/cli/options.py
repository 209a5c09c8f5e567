"""Options shared by commands: the vault, the day, JSON. Converts words to values; computes nothing."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from netnotes.app.progress import Progress
from netnotes.app.vault_root import find_root, is_root
from netnotes.app.workspace import Workspace, open_workspace
from netnotes.cli.screen import confirm
from netnotes.cli.session import Session
from netnotes.config import FILE
from netnotes.errors import NetNotesError, VaultNotFound

F = TypeVar("F", bound=Callable[..., Any])


def day(ctx: click.Context, param: click.Parameter, value: str | dt.date | None) -> dt.date | None:
    """Parse a date like 2026-01-31, `31 January 2026` or `yesterday`, or fail as click does."""
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        from netnotes.text.lexicon import day_phrases  # most calls need no more than the line above
    phrase = day_phrases.read(value, dt.date.fromisoformat(_today()))
    if phrase and phrase.date:
        return phrase.date
    choices = " or ".join(map(str, phrase.choices)) if phrase else ""
    fault = f"may be {choices}" if choices else "is not a date"
    raise click.BadParameter(f"`{value}` {fault}; use YYYY-MM-DD", ctx, param)


def _day_of_call(ctx: click.Context, param: click.Parameter, value: str) -> dt.date | None:
    found = day(ctx, param, value)
    session = ctx.find_object(Session)
    if session and param.name and ctx.get_parameter_source(param.name) is click.core.ParameterSource.COMMANDLINE:
        session.day = found
    return found


def _today() -> str:
    return dt.datetime.now().astimezone().date().isoformat()


def vault_argument(function: F) -> F:
    """Add the argument VAULT."""
    return click.argument("vault", required=False, metavar="[VAULT]")(function)


def vault_words(function: F) -> F:
    """Add the argument VAULT to a list of people; if it is a name or a scene, suggest the right command."""

    def folder(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> str | None:
        del param
        if not value:
            return None
        if len(value) == 1 and (Path(value[0]).expanduser().is_dir() or "/" in value[0]):
            return value[0]
        words, named = split_vault(value)
        try:
            space = workspace(named)
        except NetNotesError:
            return " ".join(value)
        if meant := _other_meaning(str(ctx.info_name), words, space):
            raise click.UsageError(meant, ctx)
        return " ".join(value)

    return click.argument("vault", nargs=-1, metavar="[VAULT]", callback=folder)(function)


def as_of_option(function: F) -> F:
    """Add `--as-of DATE`, by default today."""
    about = "Compute everything as of this day; later encounters are plans. Default: today."
    return click.option("--as-of", "today", callback=_day_of_call, default=_today, metavar="DATE", help=about)(function)


def json_option(function: F) -> F:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(function)


def workspace(named: str | None, near: str | None = None, *, on_demand: bool = False) -> Workspace:
    """Open the vault that is named, else the one around `near`, else around the working directory.

    With `on_demand`, plugins that hold reports, exporters and commands alone are imported too.
    """
    context = click.get_current_context(silent=True)
    session = (context.find_object(Session) if context else None) or Session()
    root = find_root(named, os.environ, Path(near) if near else None)
    _expect_notes(root)
    space = (session.open_vault or partial(open_workspace, environ=os.environ))(
        root,
        no_plugins=session.no_plugins,
        strict=session.strict,
        named=session.plugin_files,
        cached=not session.no_cache,
        progress=terminal_progress(),
        on_demand=on_demand,
    )
    session.opened[space.root] = space
    session.named = named
    return space


def _expect_notes(root: Path) -> None:
    """Ask before reading a whole home folder, or a folder of home folders. Raises ConfirmationNeeded."""
    place, home = root.resolve(), Path.home().resolve()
    if home.is_relative_to(place) and not is_root(root):
        what = "your home folder" if place == home else "above your home folder"
        confirm(
            f"{place} is {what}, not a folder of notes. Read everything in it?",
            yes=False,
            instead=f"name the folder that holds your notes, or put an empty {FILE} into this one",
        )


def terminal_progress() -> Progress | None:
    """Return a progress display for a terminal; None if there is none."""
    if not sys.stderr.isatty():
        return None
    from netnotes.cli.progress import Progress  # start-up imports nothing it does not need

    return Progress(sys.stderr)


def last_folder(words: Sequence[str]) -> str | None:
    """Return the last of the words that names a folder; None if none does."""
    return next((word for word in reversed(words) if Path(word).expanduser().is_dir()), None)


_PATH = re.compile(r"(?:~|\.{1,2})?/[^/]|[A-Za-z]:[\\/]")
"""The beginning of a word that can only be a path."""


def _is_beside_folders(word: str) -> bool:
    """Return whether a word is a path below a folder of the working directory, and not that of a note."""
    return "/" in word and Path(word).parent.is_dir() and not Path(f"{word}.md").exists()


def split_vault(words: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the words and the vault: the last of several words if it is a folder.

    Raises UsageError for a folder alone, where a name is asked for, and VaultNotFound for a folder that is not there.
    """
    last = words[-1] if len(words) > 1 else ""
    if not last.endswith(".md") and (_PATH.match(last) or _is_beside_folders(last)):
        place = Path(last).expanduser()
        if not place.is_dir():
            raise VaultNotFound(last, is_file=place.is_file())
    if len(words) == 1 and "/" in words[0] and Path(words[0]).expanduser().is_dir():
        raise click.UsageError(f"`{words[0]}` is a folder: the name before it is missing")
    if len(words) > 1 and Path(words[-1]).expanduser().is_dir():
        return tuple(words[:-1]), words[-1]
    return tuple(words), None


def _other_meaning(command: str, words: Sequence[str], space: Workspace) -> str | None:
    """Return what to type if `command` got a name, a scene, a place, a company or a tag instead of a folder.

    None if it means nothing in the vault.
    """
    from netnotes.cli.commandline import pasteable, quoted
    from netnotes.extract.people import find_person
    from netnotes.insights.selection import NoSuchGroup, Selection, select

    _, outcome = space.run(dt.datetime.now().astimezone().date())
    word = " ".join(words)
    flags = {"scene": "--scene", "place": "--in", "company": "--company", "tag": "--tag"}
    for kind, flag in flags.items():
        try:
            select(outcome.network, outcome.scores, Selection(**{kind: (word,)}))
        except NoSuchGroup:
            continue
        return f"`{word}` is a {kind}, not a folder. Use:\n  {pasteable(f'netnotes {command} {flag} {quoted(word)}')}"
    try:
        person = find_person.person(outcome.network.people, word)
    except NetNotesError:
        return None
    return f"`{word}` is a person, not a folder. Use:\n  {pasteable(f'netnotes why {quoted(person.name)}')}"
