"""Add settings to `netnotes.toml`; what the user wrote, comments included, stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from netnotes import config as configuration
from netnotes.app.workspace import read_config_bytes
from netnotes.errors import Unwritable
from netnotes.extract.coverage.proposals import Setting
from netnotes.storage import whole_file


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
    from tomlkit.items import Array, Table

    document = tomlkit.parse(text)
    for setting in settings:
        place: tomlkit.TOMLDocument | Table = document
        if setting.table:
            if setting.table not in document:
                document[setting.table] = tomlkit.table()
            found = document[setting.table]
            if not isinstance(found, Table):
                continue
            place = found
        there = place.get(setting.key)
        if isinstance(there, Array):
            if setting.value not in there.unwrap():
                there.append(setting.value)
        elif there is None:
            value = tomlkit.array() if setting.many else tomlkit.item(setting.value)
            if isinstance(value, Array):
                value.append(setting.value)
            value.comment(" ".join(setting.about.split()))
            _put(place, setting.key, value)
    return tomlkit.dumps(document)


def _put(place: object, key: str, value: object) -> None:
    """Add a key; at the top level it must come before the first table."""
    import tomlkit
    from tomlkit.items import Table

    if isinstance(place, tomlkit.TOMLDocument):
        tables = [(name, item) for name, item in place.items() if isinstance(item, Table)]
        for name, _ in tables:
            place.remove(name)
        place.add(key, value)
        for name, item in tables:
            place.add(name, item)
    elif isinstance(place, Table):
        place.add(key, value)
