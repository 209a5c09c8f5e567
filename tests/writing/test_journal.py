"""The journal by itself: its files, its bounds, and how it is found again."""

import contextlib
import datetime as dt
import hashlib
import json
import os
import sqlite3
import sys
from dataclasses import replace

import pytest

from netnotes.errors import Unwritable
from netnotes.writing.journal import Entry, Journal, JournalBusy
from netnotes.writing.journal_folder import folder, remember_vault
from netnotes.writing.sync import is_new

ADA, BOB = "People/Ada.md", "People/Bob.md"
MET = [1, 5, 20]
AT = dt.datetime(2026, 1, 1, 12, 30, tzinfo=dt.UTC)


def entry(number, path=ADA):
    return Entry(path, f"old{number}", f"new{number}", os.urandom(100), {"depth": (None, number)})


def filled(journal, paths):
    """Enter and finish one write of each path."""
    run = journal.begin(AT, "sync")
    made = journal.enter(run, [entry(number, path) for number, path in enumerate(paths)])
    journal.finish(made, [])
    return run


def test_files_and_states_are_the_same_for_ever(tmp_path):
    """Versions of NetNotes that are used side by side read each other's journals, and wait for each other."""
    with Journal(tmp_path) as journal:
        run = journal.begin(AT, "sync")
        (_, done, undone) = journal.enter(run, [entry(0), entry(1), entry(2)])
        journal.finish([done, undone], [])
        journal.mark_undone([undone])
        assert {place.name for place in tmp_path.iterdir()} >= {"journal.sqlite3", "lock.sqlite3"}
        with sqlite3.connect(tmp_path / "journal.sqlite3") as base:
            assert base.execute("pragma user_version").fetchone() == (1,)
            assert [state for (state,) in base.execute("select state from entries order by id")] == [0, 1, 2]
        base.close()
        assert journal._base.execute("pragma synchronous").fetchone() == (3,), "durable to the last entry"
        journal._base.execute("pragma user_version = 2")
    with pytest.raises(Unwritable, match="newer NetNotes"):
        Journal(tmp_path)


def test_a_closed_journal_blocks_nobody(tmp_path):
    journal = Journal(tmp_path)
    gone = contextlib.suppress(sqlite3.ProgrammingError)
    with Journal(tmp_path, patience=0.01) as other, gone, journal.writing():
        with pytest.raises(JournalBusy) as busy, other.writing():
            pass
        assert str(busy.value) == "another NetNotes is writing into this vault"
        journal.close()
        with other.writing():
            pass
    with pytest.raises(sqlite3.ProgrammingError):
        journal.known()
    with pytest.raises(sqlite3.ProgrammingError):
        other.known()


def test_people_that_another_process_remembers_are_known(tmp_path):
    with Journal(tmp_path) as ours, Journal(tmp_path) as theirs:
        for paths in ({"a.md"}, {"a.md", "b.md"}, set(), {"a.md"}):
            theirs.remember(paths)
            assert ours.known() == theirs.known() == paths
            ours.remember({*paths, "c.md"})
            assert ours.known() == theirs.known() == {*paths, "c.md"}
            ours.remember({*paths, "c.md"})


def test_people_are_remembered_as_they_are_now(tmp_path):
    with Journal(tmp_path) as journal:
        for paths in ({ADA, BOB}, {BOB}, set(), {ADA}):
            journal.remember(paths)
            assert journal.known() == paths


def test_writes_are_entered_all_or_none(tmp_path):
    with Journal(tmp_path) as journal:
        run = journal.begin(AT, "sync")
        broken = replace(entry(1, BOB), before=None)
        with pytest.raises(TypeError):
            journal.enter(run, [entry(0), broken])
        assert journal.pending() == ()
        assert (entry(1).id, entry(1).run) == (0, 0), "not entered"
        (entered,) = journal.enter(run, [entry(1)])
        assert journal.pending() == (entered,)


def test_the_journal_is_bounded_by_bytes_too(tmp_path):
    with Journal(tmp_path) as journal:
        run = filled(journal, "a")
        later = filled(journal, "aaaa")
        sizes = [size for (size,) in journal._base.execute("select length(before) from entries where not first")]
        assert journal.prune(most_bytes=sum(sizes)) == 0
        assert journal.prune(most_entries=4) == 0
        assert journal.prune(most_bytes=sum(sizes) - 1) == 1
        assert journal.prune(most_bytes=sum(sizes[1:]) - 1) == 1
        assert journal.prune(most_entries=1, most_bytes=10**9) == 1
        assert [run.id for run in journal.runs()] == [later, run]
        assert journal.prune(most_bytes=0) == 1
        assert [run.id for run in journal.runs()] == [run]
        assert journal._base.execute("select count(*) from runs").fetchone() == (1,)


def test_a_vault_is_new_until_something_was_written_from_here_or_elsewhere(desk, another):
    desk.put(ADA, "---\ndepth: 3\n---\n", MET)
    assert is_new(desk.read(), desk.journal) is True
    desk.sync()
    assert is_new(desk.read(), desk.journal) is False
    assert is_new(another.read(), another.journal) is False
    desk.put(ADA, "Ada\n")
    assert is_new(desk.read(), desk.journal) is False
    assert is_new(another.read(), another.journal) is True
    assert desk.journal.known() == {ADA}


@pytest.mark.parametrize(
    ("name", "plain"), [("Notes", "Notes"), ("my_no-tes 2?", "my_no-tes-2-"), ("ü" * 60, "ü" * 40), ("💡", "-")]
)
def test_a_journal_is_in_a_folder_named_after_the_vault(tmp_path, name, plain):
    vault = tmp_path / name
    vault.mkdir()
    digest = hashlib.sha256(os.fsencode(vault)).hexdigest()
    assert folder(vault, tmp_path / "data") == tmp_path / "data" / f"{plain}-{digest[:12]}"


@pytest.mark.skipif(sys.platform != "linux", reason="where data lies on Linux")
def test_journals_lie_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert folder(tmp_path).parent == tmp_path / "netnotes"


def test_the_journal_of_a_whole_disk_has_a_name_too(tmp_path):
    assert folder(tmp_path.__class__("/"), tmp_path).name.startswith("vault-")


class Moves:
    """A vault with a journal, that is moved."""

    def __init__(self, base, notes=("a.md", "b.md"), *, remembered=True):
        self.vault, self.data = base / "one" / "vault", base / "data"
        self.vault.mkdir(parents=True)
        for name in notes:
            (self.vault / name).write_text(name)
        self.place = folder(self.vault, self.data)
        with Journal(self.place) as journal:
            run = journal.begin(AT, "sync")
            digests = [hashlib.sha256(name.encode()).hexdigest() for name in notes]
            entries = [Entry(name, "old", new, b"") for name, new in zip(notes, digests, strict=True)]
            journal.finish(journal.enter(run, entries), [])
        if remembered:
            remember_vault(self.place, self.vault)

    def moved(self):
        new = self.vault.parents[1] / "two" / "Vault"
        new.parent.mkdir()
        return self.vault.rename(new)

    def is_found(self, vault):
        found = folder(vault, self.data)
        assert found.name.startswith(f"{vault.name}-")
        assert self.place.exists() != (found.exists() and found != self.place)
        return found.exists() and found != self.place


def test_which_vault_a_journal_belongs_to_is_stored_once(tmp_path):
    moves = Moves(tmp_path)
    stored = moves.place / "vault.json"
    status = moves.vault.stat()
    expected = {"path": str(moves.vault), "device": status.st_dev, "inode": status.st_ino}
    assert json.loads(stored.read_text(encoding="utf-8")) == expected
    before = stored.stat()
    remember_vault(moves.place, moves.vault)
    assert (stored.stat().st_ino, stored.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("remembered", [True, False])
def test_a_moved_vault_is_known_by_its_folder_or_its_notes(tmp_path, remembered):
    moves = Moves(tmp_path, remembered=remembered)
    assert moves.is_found(moves.moved())


def test_a_moved_vault_is_known_by_its_folder_alone(tmp_path):
    moves = Moves(tmp_path)
    new = moves.moved()
    for note in new.iterdir():
        note.unlink()
    assert moves.is_found(new)


@pytest.mark.parametrize("stored", ["[]", "no json", "\udcff", '{"path": 7}'])
def test_a_damaged_identity_is_none(tmp_path, stored):
    moves = Moves(tmp_path)
    (moves.place / "vault.json").write_bytes(stored.encode("utf-8", "surrogateescape"))
    assert moves.is_found(moves.moved())


def test_a_copy_gets_a_journal_of_its_own_while_the_first_is_there(tmp_path):
    moves = Moves(tmp_path)
    copy = tmp_path / "copy"
    copy.mkdir()
    for note in moves.vault.iterdir():
        (copy / note.name).write_bytes(note.read_bytes())
    assert not moves.is_found(copy)


def test_another_vault_gets_a_journal_of_its_own(tmp_path):
    moves = Moves(tmp_path)
    moves.moved()
    other = tmp_path / "other"
    other.mkdir()
    assert not moves.is_found(other)


def test_a_vault_that_has_a_journal_keeps_it(tmp_path):
    moves = Moves(tmp_path)
    assert folder(moves.vault, moves.data) == moves.place
    moves.place.joinpath("mark").touch()
    new = moves.moved()
    first = folder(new, moves.data)
    assert folder(new, moves.data) == first
    assert (first / "mark").exists()


@pytest.mark.parametrize(
    ("notes", "changed", "is_found"), [("abcd", 0, True), ("abcd", 1, True), ("abcd", 2, False), ("ab", 1, False)]
)
def test_a_moved_vault_is_recognized_by_most_notes_of_the_last_run(tmp_path, notes, changed, is_found):
    moves = Moves(tmp_path, tuple(f"{note}.md" for note in notes), remembered=False)
    new = moves.moved()
    for note in sorted(new.iterdir())[:changed]:
        note.write_text("changed")
    assert moves.is_found(new) is is_found


def test_a_moved_vault_is_recognized_by_the_last_write_to_a_note(tmp_path):
    moves = Moves(tmp_path, ("a.md",), remembered=False)
    (moves.vault / "a.md").write_text("later")
    with Journal(moves.place) as journal:
        new = hashlib.sha256(b"later").hexdigest()
        journal.finish(journal.enter(journal.begin(AT, "sync"), [Entry("a.md", "old", new, b"")]), [])
    assert moves.is_found(moves.moved())


def test_a_moved_vault_is_recognized_by_the_file_of_an_interrupted_write(tmp_path):
    moves = Moves(tmp_path, remembered=False)
    with Journal(moves.place) as journal:
        (entered,) = journal.enter(journal.begin(AT, "sync"), [entry(0, "a.md")])
    new = moves.moved()
    for note in new.iterdir():
        note.write_text("changed")
    assert not moves.is_found(new)
    (new / f"{entered.temp}.part").touch()
    assert moves.is_found(new)


def test_an_unreadable_journal_recognizes_no_vault(tmp_path):
    moves = Moves(tmp_path, remembered=False)
    (moves.place / "journal.sqlite3").write_bytes(b"no data base" * 1000)
    assert not moves.is_found(moves.moved())
