"""Every code block of README and docs is run: configuration is parsed, notes are read, commands are typed.

Blocks in `text` are for the eye; `sh` blocks of the README are the two lines that CI runs.
"""

import re
import shlex
from pathlib import Path
from textwrap import dedent

import pytest

from netnotes import cli
from netnotes.config import parse
from netnotes.text import parse as reading

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^( *)```(\w+)[^\n]*\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^ *<!-- ([^\n]+\.md) -->\n( *)```markdown\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


# The pages for plugin authors are walked through, letter by letter, by tests/plugin.
FOR_USERS = [page for page in PAGES if page.parent.name != "plugins"]


def blocks(*languages, with_page=False):
    for page in FOR_USERS:
        for number, match in enumerate(FENCE.finditer(page.read_text(encoding="utf-8")), 1):
            if match[2] in languages:
                values = (page, match[3]) if with_page else (match[3],)
                yield pytest.param(*values, id=f"{page.relative_to(ROOT)}-{number}")


@pytest.mark.parametrize("text", list(blocks("toml")))
def test_configuration_is_understood(text):
    parse(text)


@pytest.mark.parametrize("text", list(blocks("markdown")))
def test_notes_have_no_problems(text):
    note = reading.note("Note.md", dedent(text).encode())
    assert not note.problems
    assert note.passages or note.properties or note.fields


@pytest.mark.parametrize(("page", "text"), list(blocks("console", with_page=True)))
def test_commands_print_what_the_page_shows(page, text, example_home, monkeypatch, capsys):
    """A line `…` in a block stands for any lines.

    `~/Notes` holds the files that the page shows, each named by a comment above its block; else the example.
    `examples/` holds the vault and the Logseq graph.
    """
    notes = example_home / "Notes"
    files = FILE.findall(page.read_text(encoding="utf-8"))
    if not files:
        notes = example_home / "examples" / "vault"
    for name, indent, content in files:
        (notes / name).parent.mkdir(parents=True, exist_ok=True)
        lines = [line.removeprefix(indent) for line in content.splitlines(keepends=True)]
        (notes / name).write_text("".join(lines), encoding="utf-8")
    monkeypatch.chdir(example_home)
    monkeypatch.setenv("COLUMNS", "100")
    for part in re.split(r"^\$ ", dedent(text), flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        words = [word.replace("~/Notes", str(notes)) for word in shlex.split(command)]
        arguments = [word.replace("~", str(example_home), 1) if word[0] == "~" else word for word in words]
        assert cli.run_command(arguments[1:]) in (0, 1)
        output = capsys.readouterr()
        assert output.out or "error" not in output.err.lower(), output.err
        out = "".join(f"{line.rstrip()}\n" for line in output.out.splitlines())
        pattern = ".*".join(map(re.escape, re.split(r"^…\n?", shown, flags=re.MULTILINE)))
        assert re.fullmatch(pattern, out, re.DOTALL), out


def test_the_first_vaults_on_the_pages_are_read(tmp_path):
    for name in ("start-folder", "start-logseq"):
        shown = FILE.findall((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8"))
        vault = tmp_path / name
        for file, _, content in shown:
            (vault / file).parent.mkdir(parents=True, exist_ok=True)
            (vault / file).write_text(dedent(content), encoding="utf-8")
        assert cli.run_command(["check", str(vault), "--as-of", "2026-06-30"]) == 0
        assert cli.run_command(["why", "Ada Lovelace", str(vault), "--as-of", "2026-06-30"]) == 0


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
