"""The app's settings for a vault: app, daily notes, templates, excluded files. Text in, values out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem
from netnotes.regex import regex

App = Literal["obsidian", "logseq", "dendron", "foam", "zk", "plain"]

DAILY = ".obsidian/daily-notes.json"
TEMPLATES = ".obsidian/templates.json"
TEMPLATER = ".obsidian/plugins/templater-obsidian/data.json"
PERIODIC = ".obsidian/plugins/periodic-notes/data.json"
CALENDAR = ".obsidian/plugins/calendar/data.json"
OBSIDIAN = ".obsidian/app.json"
LOGSEQ = "logseq/config.edn"
DENDRON = "dendron.yml"
FOAM, FOAM_ALONE = ".vscode/settings.json", ".vscode/foam.json"
ZK = ".zk/config.toml"
FILES = (DAILY, TEMPLATES, TEMPLATER, PERIODIC, CALENDAR, OBSIDIAN, LOGSEQ, DENDRON, FOAM, FOAM_ALONE, ZK)
"""The files of settings that are read, relative to the vault."""
DEFAULT_FORMAT = "YYYY-MM-DD"
DENDRON_FORMAT = "[daily.journal.]YYYY.MM.DD"
MOST_FILTERS = 500

_EDN_TEXT = regex(r':([\w/.-]+)\s+"((?:[^"\\]|\\.){0,500})"')
_EDN_COMMENT = regex(r"(?m)^\s*;.*$")
_EDN_TEMPLATE = regex(r':default-templates\s*\{[^{}]{0,1000}?:journals\s+"((?:[^"\\]|\\.){1,500})"')
_EDN_HIDDEN = regex(r":hidden\s+\[([^\]]{0,10000})\]")
_DATE_FNS = {"y": "Y", "d": "D", "E": "d", "e": "d", "i": "E"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The app's settings."""

    app: App = "plain"
    daily_folder: str = ""
    daily_format: str | None = None
    """moment.js format of daily notes; None if no setting names one."""
    templates: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """Folders, files and patterns that the app hides: a path, or a regular expression between slashes."""
    problems: tuple[Problem, ...] = ()
    daily_template: str = ""
    """Path of the template of daily notes, with or without its ending; in Logseq its name; empty if there is none."""
    title_format: str = DEFAULT_FORMAT
    """moment.js format of the titles of Logseq's journals."""
    markdown_links: bool = False
    """Whether the app writes `[Ada](Ada.md)` rather than `[[Ada]]`."""
    absolute_links: bool = False
    """Whether links always give the path from the root of the vault."""
    relative_links: bool = False
    """Whether links always give the path from the note that they are in."""


def read(texts: Mapping[str, str]) -> Settings:
    """Return the settings from a mapping of file → text; a file that is absent or unreadable sets nothing."""
    problems: list[Problem] = []
    tables: dict[str, dict[str, object]] = {}
    for path in (DAILY, TEMPLATES, TEMPLATER, PERIODIC, OBSIDIAN):
        if path not in texts:
            continue
        try:
            table = json.loads(texts[path])
        except (ValueError, RecursionError) as error:
            problems.append(Problem(f"is not JSON: {error}", path=path, hint="its settings count as absent"))
            continue
        if isinstance(table, dict):
            tables[path] = table
    app = _app(texts)
    if app == "logseq":
        return _logseq(_EDN_COMMENT.sub("", texts.get(LOGSEQ, "")), tuple(problems))
    if app == "dendron":
        return Settings(app, "", DENDRON_FORMAT, problems=tuple(problems))
    folder, form = _daily(tables)
    folders = (_text(tables.get(TEMPLATES), "folder"), _text(tables.get(TEMPLATER), "templates_folder"))
    filters = tables.get(OBSIDIAN, {}).get("userIgnoreFilters")
    return Settings(
        app,
        daily_folder=folder,
        daily_format=form,
        templates=tuple(dict.fromkeys(name for text in folders if (name := _folder(text)))),
        excluded=tuple(item for item in filters if isinstance(item, str))[:MOST_FILTERS]
        if isinstance(filters, list)
        else (),
        problems=tuple(problems),
        daily_template=_daily_template(tables),
        markdown_links=tables.get(OBSIDIAN, {}).get("useMarkdownLinks") is True,
        absolute_links=tables.get(OBSIDIAN, {}).get("newLinkFormat") == "absolute",
        relative_links=tables.get(OBSIDIAN, {}).get("newLinkFormat") == "relative",
    )


def _app(texts: Mapping[str, str]) -> App:
    if any(path.startswith(".obsidian/") for path in texts):
        return "obsidian"
    marks: tuple[tuple[str, App], ...] = (
        (LOGSEQ, "logseq"),
        (DENDRON, "dendron"),
        (ZK, "zk"),
        (FOAM_ALONE, "foam"),
        (FOAM, "foam"),
    )
    return next((app for path, app in marks if path in texts and (path != FOAM or "foam" in texts[path])), "plain")


def _daily(tables: Mapping[str, dict[str, object]]) -> tuple[str, str | None]:
    """Return folder and format of daily notes: of the periodic notes plugin if it is on, else of the app."""
    periodic = tables.get(PERIODIC, {}).get("daily")
    if isinstance(periodic, dict) and periodic.get("enabled", True):
        return _folder(_text(periodic, "folder")), _text(periodic, "format").strip("/") or DEFAULT_FORMAT
    daily = tables.get(DAILY)
    form = None if daily is None else _text(daily, "format").strip("/") or DEFAULT_FORMAT
    return _folder(_text(daily, "folder")), form


def _daily_template(tables: Mapping[str, dict[str, object]]) -> str:
    periodic = tables.get(PERIODIC, {}).get("daily")
    if isinstance(periodic, dict) and periodic.get("enabled", True):
        return _folder(_text(periodic, "template"))
    return _folder(_text(tables.get(DAILY), "template"))


def _logseq(text: str, problems: tuple[Problem, ...]) -> Settings:
    values = dict(_EDN_TEXT.findall(text))
    hidden = _EDN_HIDDEN.search(text)
    template = _EDN_TEMPLATE.search(text)
    return Settings(
        "logseq",
        daily_folder=_folder(values.get("journals-directory", "journals")),
        daily_format=moment_of(values.get("journal/file-name-format", "yyyy_MM_dd")),
        excluded=tuple(re.findall(r'"([^"]{1,500})"', hidden[1]))[:MOST_FILTERS] if hidden else (),
        problems=problems,
        daily_template=template[1] if template else "",
        title_format=moment_of(values.get("journal/page-title-format", "MMM do, yyyy")),
    )


def moment_of(form: str) -> str:
    """Return a format of date-fns, as Logseq has it, in moment.js's tokens: `yyyy_MM_dd` → `YYYY_MM_DD`."""
    parts = re.split(r"('(?:[^']|'')*')", form)
    return "".join(
        f"[{part[1:-1]}]" if part.startswith("'") else "".join(_DATE_FNS.get(char, char) for char in part)
        for part in parts
    )


def _text(table: Mapping[str, object] | None, key: str) -> str:
    value = table.get(key) if table else None
    return value if isinstance(value, str) else ""


def _folder(name: str) -> str:
    """Return a folder's path without stray slashes; the root is the empty string."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
