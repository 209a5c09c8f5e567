"""The house: imports run one way, and everything up to the pipeline touches no disk, clock or terminal."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "netnotes"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

FLOORS = [
    ["netnotes.model", "netnotes.notes", "netnotes.readonly", "netnotes.errors"],
    ["netnotes.options"],
    ["netnotes.config"],
    ["netnotes.vault"],
    ["netnotes.plugin.hooks", "netnotes.plugin.facts"],
    ["netnotes.network"],
    ["netnotes.api"],
    ["netnotes.writing.seal", "netnotes.writing.values", "netnotes.writing.plan"],
    ["netnotes.pipeline"],
    ["netnotes.vault.files", "netnotes.vault.cache", "netnotes.vault.crew", "netnotes.vault.shelf", "netnotes.vault.atomic",
     "netnotes.plugin"],
    ["netnotes.writing", "netnotes.map"],
    ["netnotes.workspace"],
    ["netnotes.testing"],
    ["netnotes.daemon"],
    ["netnotes.cli", "netnotes.__main__"],
]
"""From the ground up: a module imports from its own floor and below, never from above."""

EDGES = {
    "netnotes.vault.files", "netnotes.vault.cache", "netnotes.vault.crew", "netnotes.vault.shelf", "netnotes.vault.atomic",
    "netnotes.plugin.loading",
    "netnotes.plugin.sources", "netnotes.plugin.importing", "netnotes.plugin.timing",
    "netnotes.plugin.trust", "netnotes.plugin.beginning", "netnotes.map.saving", "netnotes.writing.apply", "netnotes.writing.draft",
    "netnotes.writing.undo", "netnotes.writing.journal", "netnotes.workspace",
}  # fmt: skip
"""The only modules below daemon and cli that may touch disk, clock or environment."""

FORBIDDEN = {
    "os", "pathlib", "io", "shutil", "tempfile", "subprocess", "socket", "sqlite3", "sys", "time", "random", "click",
    "platformdirs", "watchdog", "threading", "multiprocessing", "concurrent", "glob", "urllib", "webbrowser", "logging",
}  # fmt: skip
PURE = {"sys.intern", "urllib.parse"}
"""Parts of these that touch nothing."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {
                name
                if name in PURE or (PACKAGE.parent / (name.replace(".", "/") + ".py")).exists()
                else node.module
                for name in names
            }
    return found


def floor_of(module: str) -> int:
    """Return the floor of the longest name that fits."""
    fits = [(len(name), at) for at, names in enumerate(FLOORS) for name in names
            if module == name or module.startswith(name + ".")]  # fmt: skip
    assert fits or module == "netnotes", f"{module} has no floor: give it one"
    return max(fits)[1] if fits else 0


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path):
    module = name_of(path)
    if module == "netnotes":
        return
    above = {
        other
        for other in imports_of(path)
        if other.startswith("netnotes.") and floor_of(other) > floor_of(module)
    }
    assert not above


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_middle_touches_nothing(path):
    module = name_of(path)
    if module in EDGES or module.split(".")[1:2] in (["cli"], ["daemon"], ["__main__"], ["testing"]):
        return
    assert not {name.split(".")[0] for name in imports_of(path) - PURE} & FORBIDDEN


@pytest.mark.parametrize("path", sorted((ROOT / "plugins").glob("*.py")), ids=lambda path: path.name)
def test_bundled_plugins_know_the_public_face_alone(path):
    ours = {name for name in imports_of(path) if name.startswith("netnotes")}
    assert ours <= {"netnotes.api"}


@pytest.mark.parametrize("path", [*MODULES, *(ROOT / "plugins").glob("*.py")], ids=lambda path: path.name)
def test_one_idea_a_file(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350
    assert path.stem not in {
        "utils",
        "util",
        "helpers",
        "helper",
        "misc",
        "manager",
        "common",
        "handler",
        "handlers",
    }
