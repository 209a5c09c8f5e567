"""The only module that opens notes: walk a vault's folder, read its files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from netnotes.model import Note, Problem, Vault
from netnotes.vault import reading, settings


def read_vault(root: Path) -> Vault:
    """Read every note below `root`. What cannot be read is a problem, and the rest goes on."""
    problems: list[Problem] = []
    notes: list[Note] = []
    others: list[str] = []
    for path in sorted(_walk(root, "", problems)):
        if not path.lower().endswith(".md"):
            others.append(path)
            continue
        try:
            notes.append(reading.note(path, (root / path).read_bytes()))
        except OSError as error:
            problems.append(Problem(f"cannot be read: {error.strerror}", path=path, hint="the rest was read"))
    own = settings.read(_settings(root))
    return Vault(
        name=root.resolve().name,
        notes=tuple(notes),
        files=tuple(others),
        daily_folder=own.daily_folder,
        daily_format=own.daily_format,
        templates=own.templates,
        problems=(*problems, *own.problems),
    )


def _walk(root: Path, folder: str, problems: list[Problem]) -> Iterator[str]:
    try:
        entries = list(os.scandir(root / folder))
    except OSError as error:
        problems.append(Problem(f"cannot be listed: {error.strerror}", path=folder or ".", hint="the rest was read"))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path, problems)
        elif entry.is_file():
            yield path


def _settings(root: Path) -> dict[str, str]:
    found = {}
    for path in settings.FILES:
        try:
            found[path] = (root / path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
    return found
