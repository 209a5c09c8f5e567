"""The documentation site: it builds without a warning, and its index is complete on a code host too."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from netnotes.cli import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)]
CODE = re.compile(r"^( *)```.*?^\1```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.full
def test_the_site_builds_without_a_warning_and_shows_what_the_code_has(tmp_path):
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", tmp_path / "trees"]
    built = subprocess.run([*command, DOCS, tmp_path / "html"], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    index = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert "example-map.html" in index
    assert "Rowan Pell" in (tmp_path / "html" / "example-map.html").read_text(encoding="utf-8")
    commands = (tmp_path / "html" / "commands.html").read_text(encoding="utf-8")
    assert all(f'id="{name}"' in commands for name in COMMANDS)
    pages = {path.relative_to(DOCS).with_suffix(".html") for path in PAGES if DOCS in path.parents}
    assert all((tmp_path / "html" / page).exists() for page in pages)
    assert all(f'href="{page.as_posix()}"' in index for page in pages if page.name != "index.html")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_a_file_and_to_a_heading_in_it(page):
    for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        place, _, heading = unquote(target).partition("#")
        file = (page.parent / place).resolve() if place else page
        assert file.exists(), target
        if heading:
            assert heading in anchors(file.read_text(encoding="utf-8")), target


def anchors(text):
    """Return the addresses that a code host gives the headings of a page."""
    titles = re.findall(
        r"^#+ (.+)$", re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in titles}
