"""Imports run one way, and everything up to the pipeline touches no disk, clock or terminal."""

import ast
import functools
import re
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "netnotes"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))

LAYERS = """
frozen      pure
deferred    pure
lazy_dataclass  pure
dates       pure
differences pure
printable   pure
regex       pure
reserved    pure
packing     pure
notes       pure
model       pure
note_sequence pure
coverage    pure
errors      pure
options     pure
config      pure
phrasing    pure
text        pure
storage     edge
network     pure
plugin      pure
directory   pure
invalidation pure
incremental pure
extract     pure
scoring     pure
outcome     pure
insights    pure
planning    pure
pipeline    pure
snapshot    pure
plugin_host edge
api         edge
writing     edge
capture     pure
map         pure
export      pure
importers   pure
app         edge
testing     edge
pytest_plugin edge
daemon      edge
cli         edge
__main__    edge
"""
"""One line a package, in the order of imports: each imports from its own line and those above it."""
PACKAGES = dict(line.split() for line in LAYERS.strip().splitlines())
ORDER = list(PACKAGES)

FORBIDDEN = {
    "os",
    "pathlib",
    "io",
    "shutil",
    "tempfile",
    "subprocess",
    "socket",
    "sqlite3",
    "sys",
    "time",
    "random",
    "click",
    "platformdirs",
    "watchdog",
    "threading",
    "multiprocessing",
    "concurrent",
    "glob",
    "urllib",
    "logging",
    "gc",
    "signal",
    "warnings",
    "locale",
    "atexit",
    "ctypes",
    "http",
    "ssl",
    "select",
    "webbrowser",
}
PURE = {"sys.intern", "urllib.parse", "io.StringIO"}
"""Parts of these that touch nothing."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def imports_of(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {
                name if name in PURE or (PACKAGE.parent / (name.replace(".", "/") + ".py")).exists() else node.module
                for name in names
            }
    return frozenset(found)


def package_of(module: str) -> str:
    return module.split(".")[1]


INNER = [path for path in MODULES if name_of(path) != "netnotes"]
"""All but the package itself."""


def test_imports_go_in_one_direction():
    wrong = [
        f"{name_of(path)} imports {other}"
        for path in INNER
        for other in imports_of(path)
        if other.startswith("netnotes.") and ORDER.index(package_of(other)) > ORDER.index(package_of(name_of(path)))
    ]
    assert not wrong


def test_a_pure_package_touches_no_disk_clock_or_terminal():
    edges = {name for name, kind in PACKAGES.items() if kind == "edge"}
    wrong = [
        f"{name_of(path)} imports {other}"
        for path in INNER
        if PACKAGES[package_of(name_of(path))] == "pure"
        for other in imports_of(path) - PURE
        if other.split(".")[0] in FORBIDDEN or (other.startswith("netnotes.") and package_of(other) in edges)
    ]
    assert not wrong


def test_no_imports_lead_round_in_a_circle():
    """Lazy and type-only imports count as well."""
    names = {name_of(path): path for path in MODULES}
    imports = {name: imports_of(path) & names.keys() - {name} for name, path in names.items()}
    TopologicalSorter(imports).prepare()


ENTANGLED = {"cli", "daemon", "extract", "map"}
"""Packages whose folders still import one another."""


@pytest.mark.parametrize("package", sorted({path.name for path in PACKAGE.iterdir() if path.is_dir()} - ENTANGLED))
def test_the_folders_of_a_package_import_one_way(package):
    start = f"netnotes.{package}."
    imports: dict[str, set[str]] = {}
    for path in (PACKAGE / package).rglob("*.py"):
        within = {name.removeprefix(start).split(".")[0] for name in imports_of(path) if name.startswith(start)}
        own = name_of(path).removeprefix(start).split(".")[0]
        imports.setdefault(own, set()).update(within - {own})
    TopologicalSorter(imports).prepare()


@pytest.mark.parametrize("path", sorted((ROOT / "plugins").glob("*.py")), ids=lambda path: path.name)
def test_bundled_plugins_know_the_public_face_alone(path):
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = {node.module for node in tree if isinstance(node, ast.ImportFrom)}
    named |= {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in named if name and name.startswith("netnotes")} <= {"netnotes.api", "netnotes.insights"}


def test_every_private_name_is_used():
    unused = []
    for path in [*MODULES, *(ROOT / "plugins").glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        words = Counter(re.findall(r"\w+", text))
        defined = re.findall(r"(?:\bdef |\bclass |\bself\.|^)(_[a-zA-Z]\w*)(?:\(|:| =)", text, re.MULTILINE)
        unused += [f"{name_of(path)}.{name}" for name in defined if words[name] == 1 and not name.endswith("_")]
    assert not unused


VAGUE = set("utils util helpers helper misc manager common handler handlers".split())


def test_one_idea_a_file():
    files = [*MODULES, *(ROOT / "plugins").glob("*.py")]
    assert not [path for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 350]
    assert not [path for path in files if path.stem in VAGUE]


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES}), ids=lambda folder: folder.name)
def test_a_folder_holds_at_most_26_modules(folder):
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= 26


def test_the_page_on_the_architecture_is_true():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = re.findall(r"`([\w/]+(?:\.py|/))`", page)
    gone = [name for name in names if not any((folder / name).exists() for folder in (ROOT, PACKAGE))]
    assert not gone, "docs/architecture.md names what is not there"
    described = {name.removeprefix("tests/").rstrip("/").removesuffix(".py") for name in names}
    missing = set(PACKAGES) - {"__main__"} - described
    assert not missing, "docs/architecture.md lacks a package"
    rows = re.findall(r"^\| (`.+?) \| (pure|edge) \|", page, re.MULTILINE)
    kinds = {name: kind for names, kind in rows for name in re.findall(r"`(\w+)(?:\.py|/)`", names)}
    assert kinds == {name: kind for name, kind in PACKAGES.items() if name != "__main__"}
    order = [name for names, _ in rows for name in re.findall(r"`(\w+)(?:\.py|/)`", names)]
    assert order == [name for name in ORDER if name != "__main__"], "docs/architecture.md lists them in another order"
    folders = {path.parent.name for path in ROOT.glob("tests/*/__init__.py")}
    assert not folders - described, "folders of tests mirror the packages"
