"""The vault's own settings, as its app keeps them: daily notes and templates. Text in, values out."""

from __future__ import annotations

import json
from dataclasses import dataclass

from netnotes.model import Problem

DAILY = ".obsidian/daily-notes.json"
TEMPLATES = ".obsidian/templates.json"
TEMPLATER = ".obsidian/plugins/templater-obsidian/data.json"
FILES = (DAILY, TEMPLATES, TEMPLATER)
"""The files of settings that are read, relative to the vault."""
DEFAULT_FORMAT = "YYYY-MM-DD"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the app's settings say."""

    daily_folder: str = ""
    daily_format: str | None = None
    templates: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(texts: dict[str, str]) -> Settings:
    """Return the settings out of file → text; a file that is absent or unreadable sets nothing."""
    problems: list[Problem] = []
    tables: dict[str, dict[str, object]] = {}
    for path, text in texts.items():
        try:
            table = json.loads(text)
        except (ValueError, RecursionError) as error:
            problems.append(Problem(f"is not JSON: {error}", path=path, hint="its settings count as absent"))
            continue
        if isinstance(table, dict):
            tables[path] = table
    daily = tables.get(DAILY)
    folders = (_text(tables.get(TEMPLATES), "folder"), _text(tables.get(TEMPLATER), "templates_folder"))
    return Settings(
        daily_folder=_folder(_text(daily, "folder")),
        daily_format=None if daily is None else _text(daily, "format").strip("/") or DEFAULT_FORMAT,
        templates=tuple(dict.fromkeys(folder for name in folders if (folder := _folder(name)))),
        problems=tuple(problems),
    )


def _text(table: dict[str, object] | None, key: str) -> str:
    value = table.get(key) if table else None
    return value if isinstance(value, str) else ""


def _folder(name: str) -> str:
    """Return a folder's path without stray slashes; the root is the empty string."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
