"""Ways in which a write, or the way back from it, was once lost: each with what must hold now."""

import os
import shutil
import time
from pathlib import Path

import pytest

from netnotes.errors import Unwritable
from netnotes.storage import exchange, whole_file
from netnotes.storage.cache import NoteCache
from netnotes.storage.exchange import digest
from netnotes.text.frontmatter import ownership
from netnotes.text.frontmatter.property_order import rewrite
from netnotes.writing.journal import ABSENT, Entry, Journal
from netnotes.writing.journal_folder import folder, remember_vault
from netnotes.writing.undo import select_entries, undo
from tests.program import run
from tests.writing.conftest import NOW

ADA = "People/Ada.md"
MET = [1, 5, 20]
OLD = time.time() - 400 * 86_400


def undo_writes(desk, **which):
    return undo(select_entries(desk.journal, **which), desk.context(command="undo"))


def test_the_cache_removes_nothing_but_its_own_files(tmp_path):
    keep = ["diary.md", "tax.pdf", "a" * 40 + ".notes", "b" * 39 + ".notes", ".hidden", f".netnotes-{'0' * 16}.tmp"]
    for name in keep:
        (tmp_path / name).write_bytes(b"something else")
        os.utime(tmp_path / name, (OLD, OLD))
    own = [f"{'c' * 40}.notes", f"{'d' * 40}.recent", ".netnotes-k3_w9xya"]
    for name in own:
        (tmp_path / name).write_bytes(b"netnotes and the rest")
        os.utime(tmp_path / name, (OLD, OLD))
    (tmp_path / "vault").mkdir()
    NoteCache(tmp_path, tmp_path / "vault").save({}, ())
    left = {place.name for place in tmp_path.iterdir()}
    assert set(keep) <= left
    assert not left & set(own)


@pytest.mark.parametrize("seal_line_gone", [True, False])
def test_undo_works_without_the_line_of_the_seal(desk, seal_line_gone):
    before = "---\nname: Ada\n---\nText\n"
    desk.put(ADA, before, MET)
    desk.sync()
    if seal_line_gone:
        lines = [line for line in desk.text(ADA).splitlines(keepends=True) if not line.startswith("netnotes:")]
        desk.put(ADA, "".join(lines))
    undo_writes(desk)
    assert desk.text(ADA) == before


def test_undo_keeps_its_entry_if_nothing_could_be_undone(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    desk.put(ADA, desk.text(ADA).replace("netnotes: ", "netnotes: {mine: yes} #", 1))
    result = undo_writes(desk)
    assert result.problems
    assert desk.journal.last(ADA) is not None


FORMS = [
    "netnotes: >-\n  {0}\n  {1}\n",
    "netnotes: |\n  {0}\n  {1}\n",
    "netnotes:\n  - {0}\n  - {1}\n",
    "netnotes:\n- {0}\n- {1}\n",
    "netnotes: [{0}, {1}]\n",
    'netnotes: "{0}\n  {1}"\n',
    "netnotes: {0}\n  {1}\n",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_seal_in_a_formatter_s_form_is_replaced_whole(form, end):
    block = "---\na: 1\n" + form.format("depth-50e3", "tie-4f4b") + "b: 2\n---\ntext\n"
    text = block.replace("\n", end)
    assert rewrite(text, {"netnotes": "depth-1111"}) == "---\na: 1\nnetnotes: depth-1111\nb: 2\n---\ntext\n".replace(
        "\n", end
    )
    assert rewrite(text, {"netnotes": None}) == "---\na: 1\nb: 2\n---\ntext\n".replace("\n", end)


def test_a_note_renamed_since_is_given_back(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    (desk.root / ADA).rename(desk.root / "People/Ada Pell.md")
    undo_writes(desk)
    assert desk.text("People/Ada Pell.md") == "Ada\n"


def test_an_empty_block_of_the_user_s_own_stays_after_an_edit(desk):
    desk.put(ADA, "---\n\n---\nAda\n", MET)
    desk.sync()
    desk.put(ADA, desk.text(ADA) + "more\n")
    undo_writes(desk)
    assert desk.text(ADA) == "---\n\n---\nAda\nmore\n"


def test_a_damaged_entry_of_the_journal_harms_no_other_note(desk):
    for name in ("Ada", "Bob"):
        desk.put(f"People/{name}.md", f"{name}\n", MET)
    desk.sync()
    entries = select_entries(desk.journal)
    desk.journal._base.execute("update entries set before = x'00' where path = ?", (ADA,))
    undo_writes(desk)
    assert desk.text("People/Bob.md") == "Bob\n"
    assert desk.journal.damaged == {ADA}
    assert len(entries) == 2


def test_a_long_number_in_quotes_costs_nothing():
    hostile = {"depth": "1" * 200_000 + "x", "netnotes": "depth-0000"}
    assert ownership.owned(hostile) == frozenset()


def without_exchange(monkeypatch):
    monkeypatch.setattr(exchange, "_native_exchange", lambda: None)


@pytest.mark.skipif(os.name != "posix", reason="leases are Linux's")
def test_a_note_that_is_open_is_left_alone_where_files_cannot_be_exchanged(tmp_path, monkeypatch):
    without_exchange(monkeypatch)
    note, temp = tmp_path / "n.md", tmp_path / ".t"
    note.write_bytes(b"old")
    temp.write_bytes(b"new")
    with note.open("r+b"), pytest.raises(OSError, match="open"):
        exchange.exchange(temp, note)
    assert (note.read_bytes(), temp.read_bytes()) == (b"old", b"new")


def test_a_last_rename_that_fails_is_finished_later(tmp_path, monkeypatch):
    without_exchange(monkeypatch)
    note, temp = tmp_path / "n.md", tmp_path / ".netnotes-1.tmp"
    note.write_bytes(b"old")
    temp.write_bytes(b"new")
    real = Path.replace

    def replace(self, target):
        if self.name.endswith(".old"):
            raise OSError(5, "gone")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert exchange.exchange(temp, note)
    assert note.read_bytes() == b"new"
    monkeypatch.setattr(Path, "replace", real)
    old, new = exchange.digest(b"old"), exchange.digest(b"new")
    assert exchange.resolve(temp, note, old, new) is exchange.Resolution.WRITTEN
    assert sorted(place.name for place in tmp_path.iterdir()) == ["n.md"]


def test_a_save_beside_a_note_with_a_long_name_gets_a_shorter_one(tmp_path):
    note = tmp_path / ("ä" * 126 + ".md")
    note.write_bytes(b"third")
    temp = tmp_path / ".netnotes-0123456789abcdef.tmp"
    temp.write_bytes(b"second")
    resolution = exchange.resolve(temp, note, exchange.digest(b"first"), exchange.digest(b"ours"))
    assert resolution is exchange.Resolution.KEPT_BESIDE
    assert {place.read_bytes() for place in tmp_path.iterdir()} == {b"third", b"second"}


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))
    root = tmp_path / "Notes"
    (root / "People").mkdir(parents=True)
    (root / "netnotes.toml").write_text("")
    (root / "People/Ada.md").write_text("Ada\n")
    (root / "2026-03-01.md").write_text("- lunch with [[Ada]], 1h\n")
    assert run("sync", root, "--yes", "--as-of", "2026-03-02").exit_code == 0
    return root


@pytest.mark.parametrize("copied", [False, True])
def test_a_vault_that_was_moved_keeps_its_journal(vault, copied):
    moved = vault.with_name("Vault")
    if copied:
        shutil.copytree(vault, moved)
        shutil.rmtree(vault)
    else:
        vault.rename(moved)
    result = run("undo", moved)
    assert result.exit_code == 0, result.output
    assert (moved / "People/Ada.md").read_text() == "Ada\n"


@pytest.mark.parametrize(
    ("entries", "finished", "found"),
    [
        # Cut before the note was replaced, and after it; another vault.
        ([(ADA, b"now", b"later")], False, True),
        ([(ADA, b"before", b"now")], False, True),
        ([(ADA, b"before", b"later")], False, False),
        # What was written is no longer there.
        ([(ADA, b"now", b"later")], True, False),
        # New notes that `undo` removed are missing in each vault.
        ([(ADA, b"before", b"now"), ("Bo.md", b"new", None), ("Cy.md", b"new", None)], True, True),
        ([("Bo.md", b"new", None), ("Cy.md", b"new", None)], True, False),
        # Cut while it removed them.
        ([(ADA, b"now", b"before"), ("Bo.md", b"new", None), ("Cy.md", b"new", None)], False, True),
        ([(ADA, b"now", None), ("Bo.md", b"new", None)], False, True),
    ],
)
def test_a_vault_elsewhere_is_known_by_the_notes_of_the_last_writes(entries, finished, found, tmp_path):
    vault, moved, data = tmp_path / "vault", tmp_path / "moved", tmp_path / "data"
    (vault / "People").mkdir(parents=True)
    (vault / ADA).write_bytes(b"now")
    with Journal(folder(vault, data)) as journal:
        run_id = journal.begin(NOW, "sync")
        digests = [(path, digest(old), ABSENT if new is None else digest(new), old) for path, old, new in entries]
        entered = journal.enter(run_id, [Entry(path, old, new, before) for path, old, new, before in digests])
        journal.finish(entered if finished else (), ())
        remember_vault(journal.place, vault)
    shutil.copytree(vault, moved)
    shutil.rmtree(vault)
    assert folder(moved, data).exists() == found


def test_clean_says_what_it_cannot_give_back_without_a_journal(vault, tmp_path):
    shutil.rmtree(tmp_path / "data")
    result = run("clean", vault, "--yes")
    assert "no journal" in result.output
    assert (vault / "People/Ada.md").read_text() == "Ada\n"


@pytest.mark.parametrize("args", [("due", "--ics"), ("graph", "-o")])
@pytest.mark.parametrize("name", ["People/Ada.md", "new.md", "letter.txt"])
def test_no_file_of_the_user_s_is_written_over(vault, args, name):
    (vault / "letter.txt").write_text("Dear Ada")
    before = {place: place.read_bytes() for place in vault.rglob("*") if place.is_file()}
    result = run(args[0], vault, args[1], vault / name, "--as-of", "2026-03-02")
    assert result.exit_code != 0
    assert {place: place.read_bytes() for place in vault.rglob("*") if place.is_file()} == before


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX systems")
def test_a_page_is_private_and_keeps_the_mode_that_was_given_to_it(tmp_path):
    place = tmp_path / "map.html"
    whole_file.save(whole_file.MARK, place)
    assert place.stat().st_mode & 0o777 == 0o600
    place.chmod(0o644)
    whole_file.save(whole_file.MARK + "2", place)
    assert place.stat().st_mode & 0o777 == 0o644


def test_a_page_follows_a_link_and_leaves_it_one(tmp_path):
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_text(whole_file.MARK)
    link.symlink_to(real)
    whole_file.save(whole_file.MARK + "new", link)
    assert link.is_symlink()
    assert real.read_text().endswith("new")
    real.write_text("not ours")
    with pytest.raises(Unwritable):
        whole_file.save(whole_file.MARK, link)


@pytest.mark.skipif(os.name != "posix", reason="hard links of POSIX systems")
def test_a_note_with_a_second_name_is_not_parted_from_it(desk):
    note = desk.put(ADA, "Ada\n", MET)
    os.link(note, desk.root / "second.md")
    result = desk.sync()
    assert result.problems[0].message.startswith("not written: it has a second name")
    assert desk.text(ADA) == desk.text("second.md") == "Ada\n"
