"""Every code block of README and docs is run: configuration is parsed, notes are read, commands are typed.

Blocks in `text` are for the eye; `sh` blocks of the README are the two lines that CI runs.
"""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.config import parse
from netnotes.text import parse as reading

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^( *)```(\w+)[^\n]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


# The pages for plugin authors are walked through, letter by letter, by tests/plugin.
FOR_USERS = [page for page in PAGES if page.parent.name != "plugins"]


def blocks(*languages):
    for page in FOR_USERS:
        for number, match in enumerate(FENCE.finditer(page.read_text(encoding="utf-8")), 1):
            if match[2] in languages:
                yield pytest.param(match[3], id=f"{page.relative_to(ROOT)}-{number}")


@pytest.mark.parametrize("text", list(blocks("toml")))
def test_configuration_is_understood(text):
    parse(text)


@pytest.mark.parametrize("text", list(blocks("markdown")))
def test_notes_have_no_problems(text):
    note = reading.note("Note.md", text.encode())
    assert not note.problems
    assert note.passages or note.properties


@pytest.mark.parametrize("text", list(blocks("console")))
def test_commands_print_what_the_page_shows(text, tmp_path, monkeypatch, capsys):
    """A line `…` in a block stands for any lines; the vault is a copy of the example."""
    shutil.copytree(ROOT / "examples" / "vault", tmp_path / "examples" / "vault")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        assert cli._run(shlex.split(command)[1:]) in (0, 1)
        out = "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())
        pattern = ".*".join(map(re.escape, re.split(r"^…\n?", shown, flags=re.MULTILINE)))
        assert re.fullmatch(pattern, out, re.DOTALL), out


def test_the_two_lines_are_the_ones_that_are_tested():
    lines = [
        match[3].strip()
        for match in FENCE.finditer((ROOT / "README.md").read_text(encoding="utf-8"))
        if match[2] == "sh"
    ]
    assert len(lines) == 2
    assert lines[0].endswith("netnotes graph examples/vault --as-of 2026-06-30")
    assert lines[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_language_of_a_block_is_tested():
    known = {"text", "sh", "toml", "markdown", "console", "python"}
    for page in PAGES:
        used = {match[2] for match in FENCE.finditer(page.read_text(encoding="utf-8"))}
        assert used <= known, page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
