"""Add settings to `netnotes.toml`; what the user wrote, comments included, stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from netnotes import config as configuration
from netnotes.app.workspace import read_config_bytes
from netnotes.errors import Unwritable
from netnotes.extract.coverage.proposals import Setting
from netnotes.storage import whole_file
from netnotes.text.line_breaks import lines_with_ends


def add(root: Path, settings: Sequence[Setting]) -> str:
    """Write the settings into the file of the vault at `root`, and return its new text.

    Missing values are added to existing lists. Raises BadConfig if the file has mistakes, Unwritable if it cannot be
    written; it is then unchanged.
    """
    text = with_settings((read_config_bytes(root) or b"").decode("utf-8"), settings)
    configuration.parse(text)
    try:
        whole_file.replace(root / configuration.FILE, text)
    except OSError as error:
        raise Unwritable(str(root / configuration.FILE), error.strerror or str(error)) from error
    return text


def with_settings(text: str, settings: Sequence[Setting]) -> str:
    """Return the text of a `netnotes.toml` with settings added, each with a comment that gives the reason."""
    import tomlkit  # few commands write settings
    from tomlkit.items import Array, InlineTable, Table

    is_crlf = "\r\n" in text and text.count("\n") == text.count("\r\n")
    for setting in settings:
        document = tomlkit.parse(text)
        if setting.table and setting.table not in document:
            document[setting.table] = tomlkit.table()
        place = document[setting.table] if setting.table else document
        if not isinstance(place, Table | InlineTable | tomlkit.TOMLDocument):
            continue
        there = place.get(setting.key)
        if isinstance(there, Array):
            if setting.value in there.unwrap():
                continue
            there.append(setting.value)
        elif there is None:
            value = tomlkit.item([setting.value] if setting.many else setting.value)
            if not setting.table:
                text = _with_top_key(text, f"{setting.key} = {value.as_string()} # {' '.join(setting.about.split())}")
                continue
            if isinstance(place, Table):
                value.comment(" ".join(setting.about.split()))
            place.add(setting.key, value)
        text = tomlkit.dumps(document)
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if is_crlf else text


def _with_top_key(text: str, line: str) -> str:
    """Return the text with a top-level key added: after the comments at the start of the file, else at its top.

    tomlkit would move tables to make room for it.
    """
    lines = lines_with_ends(text)
    at = next((at for at, each in enumerate(lines) if not each.startswith("#")), len(lines))
    if at < len(lines) and lines[at].strip():
        # The comments belong to the line below them.
        at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    rest = "".join(lines[at:])
    before = "".join(lines[:at])
    gap = "\n" if rest and rest.lstrip().startswith(("[", "#")) else ""
    return f"{before}{chr(10) if before and not before.endswith(chr(10)) else ''}{line}\n{gap}{rest}"
