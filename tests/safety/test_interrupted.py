"""What a kill or a power cut leaves half done is put right by the next command that writes, whichever it is."""

import sys

import pytest

from netnotes import cli
from netnotes.storage import exchange
from netnotes.writing.journal import Journal

CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Bo Lind\nEMAIL:bo@example.com\nEND:VCARD\n"
PERSON = "---\ntype: person\n---\n- 2026-03-01 lunch (1h)\n- 2026-05-02 called\n"
SYNC = ("--yes", "--as-of", "2026-06-30")


@pytest.fixture
def vault(tmp_path):
    (tmp_path / "cards.vcf").write_text(CARD, encoding="utf-8")
    note = tmp_path / "vault" / "People" / "Ada.md"
    note.parent.mkdir(parents=True)
    note.write_text(PERSON, encoding="utf-8")
    return tmp_path / "vault"


def run(*arguments):
    return cli.run_command([str(argument) for argument in arguments])


def contents(vault):
    return {path.relative_to(vault).as_posix(): path.read_text("utf-8") for path in vault.rglob("*") if path.is_file()}


class Killed(BaseException):
    """Stands for a kill."""


def killed(*_):
    raise Killed


def test_undo_of_an_import_that_was_cut_at_its_end_makes_no_empty_note(vault, monkeypatch):
    before = contents(vault)
    assert run("import", vault.parent / "cards.vcf", vault, "--yes") == 0
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "mark_undone", killed)
        with pytest.raises(Killed):
            run("undo", vault)
    assert contents(vault) == before
    run("undo", vault)
    assert contents(vault) == before


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be exchanged there")
@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("command", ["sync", "import", "undo", "clean"])
def test_any_command_that_writes_puts_it_right(command, elsewhere, vault, monkeypatch):
    """Killed right after the exchange: the note is new, and the old one lies beside it."""
    with monkeypatch.context() as patch:
        patch.setattr(exchange, "resolve", killed)
        patch.setattr("netnotes.writing.apply.recover", lambda *_: ())
        with pytest.raises(Killed):
            run("sync", vault, *SYNC)
    assert any(".netnotes-" in path for path in contents(vault))
    if elsewhere:
        vault = vault.rename(vault.with_name("Notes"))
    arguments = {"sync": SYNC, "import": ("--dry-run",), "undo": (), "clean": ("--yes",)}[command]
    card = (vault.parent / "cards.vcf",) if command == "import" else ()
    (vault / "People" / "Bo Lind.md").write_text("---\ntype: person\nemail: bo@example.com\n---\n", encoding="utf-8")
    arguments = ("--yes",) if command == "import" else arguments
    assert run(command, *card, vault, *arguments) == 0
    assert not any(".netnotes-" in path for path in contents(vault))
    is_written = "depth:" in contents(vault)["People/Ada.md"]
    assert is_written == (command in ("sync", "import"))
