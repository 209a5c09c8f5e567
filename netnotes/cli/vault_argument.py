"""The argument VAULT among other words, and the meaning of a word that is not a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from netnotes.app.workspace import Workspace


def last_folder(words: Sequence[str]) -> str | None:
    """Return the last of the words that names a folder; None if none does."""
    return next((word for word in reversed(words) if Path(word).expanduser().is_dir()), None)


def split_vault(words: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the words and the vault: the last of several words if it is a folder.

    Raises UsageError for a folder alone, where a name is asked for.
    """
    if len(words) == 1 and "/" in words[0] and Path(words[0]).expanduser().is_dir():
        raise click.UsageError(f"`{words[0]}` is a folder: the name before it is missing")
    if len(words) > 1 and Path(words[-1]).expanduser().is_dir():
        return tuple(words[:-1]), words[-1]
    return tuple(words), None


def other_meaning(command: str, words: Sequence[str], space: Workspace) -> str | None:
    """Return what to type if `command` got a name, a scene, a place, a company or a tag instead of a folder.

    None if it means nothing in the vault.
    """
    import datetime as dt

    from netnotes.cli.commandline import pasteable, quoted
    from netnotes.errors import NetNotesError
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
