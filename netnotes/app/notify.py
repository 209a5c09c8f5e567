"""Send today's list to the user's own program, after consent by hash. Runs nothing else."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from netnotes.app.daily_round import today_rows
from netnotes.app.workspace import Workspace
from netnotes.errors import NetNotesError
from netnotes.export.anonymize import initials
from netnotes.model import Vault
from netnotes.outcome import Outcome
from netnotes.plugin_host.consent import Trust, Verdict
from netnotes.scoring.reports import person_of

SECONDS = 30
"""Longest time the program may run, in seconds."""
EXAMPLE = '[notify]\ncommand = ["notify-send", "NetNotes"]'
"""Lines of `netnotes.toml` that set a command."""
MOST_BYTES = 1_000_000
"""Bytes of a script that are hashed."""


class NotifyFailed(NetNotesError):
    """The program could not be run, or failed."""

    def __init__(self, why: str, hint: str | None = None) -> None:
        super().__init__(f"[notify]: {why}")
        self.hint = hint


class NoCommand(NotifyFailed):
    """Nothing is set that could be run."""

    def __init__(self) -> None:
        super().__init__("no command is set", f"write two lines into netnotes.toml, for example\n{EXAMPLE}")


def notify_lines(space: Workspace, vault: Vault, outcome: Outcome, *, short: bool) -> list[str]:
    """Return the lines of today's list; if `short`, only the kind and the initials, for lock screens."""
    rows = today_rows(space, vault, outcome)
    if not short:
        return [" ".join(row.sentence.partition(" → netnotes ")[0].split()) for row in rows]
    people = [person for row in rows if (person := person_of(row))]
    covers = dict(zip((p.id for p in people), initials([(p.name, *p.aliases) for p in people]), strict=True))
    return [f"{covers[p.id]}: {row.cells.get('kind', '')}" for row in rows if (p := person_of(row))]


def consent_key(root: Path) -> str:
    """Return the key under which consent to a vault's command is stored."""
    return f"{root.resolve()}/netnotes.toml [notify]"


def consent_content(root: Path, command: Sequence[str]) -> bytes:
    """Return what the consent covers: the command, and the content of every file it names by a path."""
    files = {word: _digest(place) for word in command if "/" in word and (place := _file(root, word)) is not None}
    return json.dumps({"command": list(command), "files": files}, ensure_ascii=False, indent=1).encode()


def _file(root: Path, word: str) -> Path | None:
    place = root / Path(word).expanduser()
    return place if place.is_file() else None


def _digest(place: Path) -> str:
    try:
        with place.open("rb") as file:
            return hashlib.sha256(file.read(MOST_BYTES)).hexdigest()
    except OSError as error:
        return str(error.strerror)


def verdict(root: Path, command: Sequence[str], trust: Trust) -> Verdict:
    """Return the user's verdict on the command as it is now."""
    return trust.verdict(consent_key(root), consent_content(root, command))


def notify(space: Workspace, vault: Vault, outcome: Outcome, trust: Trust, *, short: bool = False) -> int:
    """Pass today's lines to the program, and return their number. Runs nothing without consent.

    With `short`, or if the settings say so, people are initials. Raises NotifyFailed.
    """
    options = space.config.notify
    if not options.command:
        raise NoCommand
    state = verdict(space.root, options.command, trust)
    if state is not Verdict.ALLOWED:
        raise NotifyFailed(f"the command was not run: {state.value}", "to allow it: `netnotes notify --allow`")
    lines = notify_lines(space, vault, outcome, short=short or options.initials)
    if not lines:
        return 0
    program = [str(_file(space.root, options.command[0]) or options.command[0]), *options.command[1:]]
    try:
        done = subprocess.run(  # noqa: S603  # allowed by the user, and not run by a shell
            program,
            input="\n".join(lines) + "\n",
            text=True,
            timeout=SECONDS,
            cwd=space.root,
            check=False,
            capture_output=True,
        )
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise NotifyFailed(f"{program[0]}: {error}") from error
    if done.returncode:
        raise NotifyFailed(f"{program[0]} ended with {done.returncode}")
    return len(lines)
