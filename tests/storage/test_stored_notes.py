"""Stored notes stay in their file until they are needed: whatever becomes of it by then, the notes are the same."""

import gc
import os
import sys
import time
from pathlib import Path

import pytest

from netnotes.note_sequence import contents, uncached
from netnotes.storage import keyed_file, scan, stored_notes
from netnotes.storage.cache import NoteCache
from netnotes.storage.note_store import NoteStore
from netnotes.storage.scan import read_vault
from netnotes.storage.stored_notes import StoredNotes

NAMES = [f"{name}.md" for name in "abcdefg"]
SUMMARY, INDEX, FIRST, SECOND, THIRD, LAST = range(6)
"""The pieces of the file: two notes are in each of the later ones, one in the last."""


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch):
    monkeypatch.setattr(stored_notes, "AT_ONCE", 2)
    # So much time has passed since the notes were written that they are settled.
    monkeypatch.setattr(time, "time_ns", lambda: 4_000_000_000_000_000_000)


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    for name in NAMES:
        write(root / name, f"[[{name}]] on 2026-02-30\n")
    NoteStore(root, NoteCache(tmp_path / "cache", root)).refresh()
    return root


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def place(root, folder):
    (place,) = folder.glob("*.notes")
    return place


@pytest.fixture
def pieces_read(monkeypatch):
    """Return the list of the pieces that are read from files."""
    seen = []
    read = keyed_file.Pieces.__getitem__

    def noting(self, number):
        seen.append(number)
        return read(self, number)

    monkeypatch.setattr(keyed_file.Pieces, "__getitem__", noting)
    return seen


def write(place, text):
    place.write_text(text, encoding="utf-8")


def starts(data):
    """Return where the pieces of a file begin, and where it ends."""
    found = [48]
    while found[-1] < len(data):
        found.append(found[-1] + 8 + int.from_bytes(data[found[-1] : found[-1] + 4], "big"))
    return found


def damage(place, number, kind):
    """Damage a piece of a file in place, as a process that has it open finds it."""
    data = place.read_bytes()
    begins, ends = starts(data)[number : number + 2]
    with place.open("r+b") as file:
        if kind == "cut":
            file.truncate(begins + 4)
            return
        file.seek(ends - 1 if kind == "content" else begins)
        file.write(bytes(len(data) - begins) if kind == "zeros" else b"\xff")


def handles(place):
    """Return how many open files of this process are the one at a place, or were."""
    links = list(Path("/proc/self/fd").iterdir())
    return sum(str(link.readlink()).startswith(str(place)) for link in links if link.is_symlink())


def change(root, step):
    if step == "one":
        write(root / "c.md", "[[Eve]]\n")
    elif step == "several":
        for name in ("a.md", "d.md", "g.md"):
            write(root / name, f"other {name}\n")
    elif step == "delete":
        (root / "d.md").unlink()
    elif step == "rename":
        (root / "c.md").rename(root / "zoe.md")
    elif step == "new":
        write(root / "aa.md", "[[Fay]]\n")
    elif step == "same bytes":
        os.utime(root / "e.md", (1, 1))


CHANGES = ["nothing", "one", "several", "delete", "rename", "new", "same bytes"]


def test_the_file_has_the_pieces_that_are_damaged_here(place):
    assert len(starts(place.read_bytes())) == LAST + 2


@pytest.mark.parametrize("step", CHANGES)
@pytest.mark.parametrize("kind", ["content", "length", "zeros", "cut"])
@pytest.mark.parametrize("number", [INDEX, FIRST, SECOND, THIRD, LAST])
def test_a_piece_that_is_damaged_is_read_from_the_vault(root, folder, place, number, kind, step):
    change(root, step)
    store = NoteStore(root, NoteCache(folder, root))
    damage(place, number, kind)
    vault, _ = store.refresh()
    assert (len(vault.notes), tuple(vault.notes)) == (len(read_vault(root).notes), read_vault(root).notes)
    change(root, "several")
    assert store.refresh()[0] == read_vault(root)
    assert NoteStore(root, NoteCache(folder, root)).refresh()[0] == read_vault(root)


@pytest.mark.parametrize("step", CHANGES)
@pytest.mark.parametrize("kind", ["content", "length", "zeros", "cut"])
@pytest.mark.parametrize("number", [SUMMARY, INDEX, FIRST, SECOND, THIRD, LAST])
def test_a_file_that_is_damaged_while_it_is_in_use(root, folder, place, number, kind, step):
    change(root, step)
    expected = read_vault(root)
    store = NoteStore(root, NoteCache(folder, root))
    vault, _ = store.refresh()
    damage(place, number, kind)
    assert tuple(uncached(vault.notes)) == expected.notes
    assert vault == expected
    change(root, "several")
    assert store.refresh()[0] == read_vault(root)
    assert NoteStore(root, NoteCache(folder, root)).refresh()[0] == read_vault(root)


def test_a_damaged_note_that_changes_meanwhile_counts_as_it_was_listed(root, folder, place):
    before = read_vault(root).notes
    store = NoteStore(root, NoteCache(folder, root))
    vault, _ = store.refresh()
    damage(place, SECOND, "content")
    write(root / "c.md", "other\n")
    (root / "d.md").unlink()
    assert [note.digest for note in vault.notes] == [note.digest for note in before]
    assert [list(each) for each in contents(vault.notes)] == [list(each) for each in contents(before)]
    assert vault.notes[3].passages == ()
    again, changed = store.refresh()
    assert again == read_vault(root)
    assert {"c.md", "d.md"} <= set(changed)


@pytest.mark.parametrize("step", CHANGES)
def test_a_file_that_is_replaced_meanwhile_is_still_the_one_that_was_opened(root, folder, place, step, monkeypatch):
    change(root, step)
    expected = read_vault(root)
    vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
    with monkeypatch.context() as all_at_once:
        all_at_once.setattr("netnotes.storage.cache._FEW", 0)
        for name in NAMES:
            write(root / name, f"quite another {name}\n")
        inode = place.stat().st_ino
        assert NoteStore(root, NoteCache(folder, root)).refresh()[0] == read_vault(root)
        assert place.stat().st_ino != inode
    assert vault == expected
    assert NoteStore(root, NoteCache(folder, root)).refresh()[0] == read_vault(root)


def test_only_the_pieces_of_changed_notes_are_read(root, folder, pieces_read):
    vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
    assert pieces_read == [SUMMARY]
    pieces_read.clear()
    write(root / "c.md", "[[Eve]]\n")
    vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
    assert pieces_read == [SUMMARY, INDEX, SECOND]
    assert vault.notes[6].links == ("g.md",)
    assert pieces_read == [SUMMARY, INDEX, SECOND, LAST]
    # What changed is in another file.
    pieces_read.clear()
    write(root / "e.md", "[[Eve]]\n")
    vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
    assert (vault.notes[2].links, pieces_read) == (("Eve",), [SUMMARY, SUMMARY, INDEX, THIRD])
    assert vault == read_vault(root)


def test_notes_that_changed_are_not_looked_for_in_the_base(root, folder):
    for step in CHANGES:
        change(root, step)
        vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
        assert vault == read_vault(root)
        stored = NoteCache(folder, root).load()
        assert {path: stored[path].note for path in stored} == {note.path: note for note in read_vault(root).notes}
        with pytest.raises(KeyError):
            stored["none.md"]
        assert [list(each) for each in contents(stored.notes())] == [list(each) for each in contents(vault.notes)]
    assert "d.md" not in stored
    with pytest.raises(KeyError):
        stored["d.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="there is no list of open files")
class TestOpenFile:
    @pytest.mark.parametrize("use", [StoredNotes.unpack, StoredNotes.load, StoredNotes.all, dict])
    def test_it_is_closed_once_everything_is_read(self, root, folder, place, use):
        stored = NoteCache(folder, root).load()
        assert handles(place) == 1
        use(stored)
        assert handles(place) == 0
        assert {path: stored[path].note for path in NAMES} == {note.path: note for note in read_vault(root).notes}

    @pytest.mark.parametrize("number", [INDEX, SECOND, LAST])
    def test_it_is_closed_where_it_is_damaged(self, root, folder, place, number):
        stored = NoteCache(folder, root).load()
        damage(place, number, "content")
        assert stored.all() == {}
        assert handles(place) == 0

    def test_it_is_closed_when_nobody_needs_it(self, root, folder, place):
        stored = NoteCache(folder, root).load()
        assert stored["c.md"].note.links == ("c.md",)
        assert handles(place) == 1
        del stored
        gc.collect()
        assert handles(place) == 0

    def test_it_is_closed_before_it_is_written_again(self, root, folder, place, monkeypatch):
        """Elsewhere an open file cannot be replaced."""
        monkeypatch.setattr("netnotes.storage.cache._FEW", 1)
        monkeypatch.setattr("netnotes.storage.cache._SHARE", 1_000)
        replaced, replace = [], type(place).replace

        def noting(self, target):
            replaced.append((target, handles(target)))
            return replace(self, target)

        monkeypatch.setattr(type(place), "replace", noting)
        store = NoteStore(root, NoteCache(folder, root))
        store.refresh()
        for step in ("one", "new", "delete", "rename"):
            change(root, step)
            store.refresh()
        stored = NoteCache(folder, root)
        kept = stored.load()
        assert kept["a.md"].note.links == ("a.md",)
        stored.save(kept, ["a.md", "b.md"])
        assert [number for target, number in replaced if target == place] == [0, 0, 0]
        assert NoteStore(root, NoteCache(folder, root)).refresh()[0] == read_vault(root)

    def test_a_fork_reads_beside_this_process(self, root, folder, monkeypatch):
        # Both have one position in the file.
        monkeypatch.setattr(os, "lseek", lambda *_: pytest.fail("the other process may have moved it"))
        expected = {note.path: note for note in read_vault(root).notes}
        for _ in range(20):
            stored = NoteCache(folder, root).load()
            child = os.fork()
            same = all(stored[path].note == expected[path] for path in (NAMES if child else reversed(NAMES)))
            if child == 0:
                os._exit(0 if same else 1)
            assert (same, os.waitpid(child, 0)[1]) == (True, 0)


def test_a_note_that_the_system_refuses_after_the_damage_has_no_content(root, folder, place, monkeypatch):
    vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
    damage(place, FIRST, "content")
    monkeypatch.setattr(scan, "read_note", lambda *_, **__: None)
    assert [note.path for note in vault.notes] == NAMES
    assert vault.notes[0].links == ()


def test_digests_are_as_a_list_of_them(root, folder):
    digests = [note.digest for note in read_vault(root).notes]
    stored = contents(NoteCache(folder, root).load().notes()).digests
    assert (len(stored), list(stored), stored[2], stored[-1]) == (7, digests, digests[2], digests[-1])
    for some in (slice(2, 5), slice(None), slice(5, 2), slice(None, None, 2), slice(None, None, -1), slice(9, None)):
        assert stored[some] == digests[some]
    with pytest.raises(IndexError):
        stored[7]
