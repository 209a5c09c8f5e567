"""`netnotes.api` is the whole public face: every name has its words, its version and a test."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from netnotes import api
from netnotes.plugin_host.scaffold import KINDS
from tests.plugin import api_page
from tests.plugin.pages import blocks

ROOT = Path(__file__).parents[2]


def imported(text):
    """Return the names that a piece of code takes from NetNotes."""
    nodes = ast.walk(ast.parse(text))
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("netnotes")]
    return {alias.name for node in froms for alias in node.names}


@pytest.fixture(scope="module")
def tried():
    """Return what tests, and the examples on the pages that are run as tests, take from NetNotes."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")]
    texts += [b.text for page in api_page.PAGES.glob("*.md") for b in blocks(page) if b.kind == "python" and not b.head]
    return set().union(*map(imported, texts))


@pytest.mark.parametrize("name", [*api.__all__, *api_page.RETURNED])
def test_every_name_has_words_and_a_version(name):
    about, _ = api_page.result(name)
    assert api_page.VERSION.search(about), f"{name} lacks `.. versionadded::`"
    assert len(about.split()) > 4


@pytest.mark.parametrize("name", [*api.__all__, *api_page.RETURNED])
def test_every_name_is_tested(name, tried):
    assert name in tried, f"no test and no example makes use of {name}"


def test_the_page_says_what_the_source_says(pytestconfig):
    place = api_page.PAGES / "api.md"
    if pytestconfig.getoption("--update"):
        place.write_text(api_page.page(), encoding="utf-8")
    assert place.read_text(encoding="utf-8") == api_page.page(), "pytest tests/plugin/test_api.py --update"


def test_every_name_has_its_task():
    names = [name for names in api_page.TASKS.values() for name in names.split()]
    assert sorted(names) == sorted([*api.__all__, *api_page.RETURNED])


def test_all_names_what_is_imported_and_nothing_else():
    tree = ast.parse((ROOT / "netnotes" / "api.py").read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert names == set(api.__all__)


@pytest.mark.full
def test_plugins_pass_mypy_strict_from_outside(tmp_path):
    pytest.importorskip("mypy")
    for path in (ROOT / "examples" / "plugins").glob("*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for kind in KINDS:
        text = (ROOT / "netnotes" / "plugin_host" / "scaffolds" / f"{kind}.py.txt").read_text(encoding="utf-8")
        text = text.replace("$name", f"my_{kind}").replace("$dashed", f"my-{kind}")
        (tmp_path / f"my_{kind}.py").write_text(text, encoding="utf-8")
    result = strict_mypy(tmp_path, *sorted(tmp_path.glob("*.py")))
    assert result.returncode == 0, result.stdout + result.stderr


def strict_mypy(folder, *files):
    """Run mypy as an author would who has NetNotes installed."""
    options = ["--strict", "--follow-imports=silent", "--cache-dir", folder / "cache", "--config-file", os.devnull]
    return subprocess.run(
        [sys.executable, "-m", "mypy", *options, "--no-pretty", *[file.name for file in files]],
        cwd=folder,
        env={**os.environ, "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
