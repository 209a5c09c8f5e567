"""Create a new plugin: one file, or a distribution with tests and an entry point. Runs nothing."""

from __future__ import annotations

import keyword
import re
from importlib import resources
from pathlib import Path
from string import Template

from netnotes.errors import BadName, Unwritable
from netnotes.plugin_host.contract import HOST_FIELDS
from netnotes.plugin_host.discovery import BUNDLED, ON_REQUEST, OPTIONAL

KINDS = ("scorer", "styler", "report", "reader", "exporter", "watcher", "command")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def write_scaffold(folder: Path, name: str, kind: str, *, package: bool = False) -> tuple[Path, ...]:
    """Write the plugin `name` of one of KINDS into `folder`; return the files written.

    Existing files stay as they are. Raises BadName, Unwritable.
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise BadName(name, "lower-case letters, digits and `_`, a letter first")
    if name in HOST_FIELDS or name in (*BUNDLED, *OPTIONAL, *ON_REQUEST):
        raise BadName(name, "one that NetNotes has not taken itself")
    dashed = name.replace("_", "-")
    words = {"name": name, "dashed": dashed, "module": f"netnotes_{name}" if package else name, "kind": kind}
    texts = _distribution(kind, words) if package else {f"{name}.py": f"{kind}.py"}
    root = folder / f"netnotes-{dashed}" if package else folder
    written = {root / path: _text(source, words) for path, source in texts.items()}
    if taken := next((path for path in written if path.exists()), None):
        raise Unwritable(str(taken), "it is there already")
    for path, text in written.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise Unwritable(str(path), error.strerror or str(error)) from error
    return tuple(written)


def _distribution(kind: str, words: dict[str, str]) -> dict[str, str]:
    """Return path → template text."""
    module = f"src/{words['module']}"
    return {
        "pyproject.toml": "pyproject.toml",
        "README.md": "README.md",
        "LICENSE": "LICENSE",
        ".gitignore": "gitignore",
        ".github/workflows/check.yml": "ci.yml",
        f"{module}/__init__.py": f"{kind}.py",
        f"{module}/py.typed": "py.typed",
        f"tests/test_{words['name']}.py": f"test_{kind}.py",
    }


def _text(source: str, words: dict[str, str]) -> str:
    place = resources.files("netnotes.plugin_host") / "scaffolds" / f"{source}.txt"
    return Template(place.read_text(encoding="utf-8")).substitute(words)
