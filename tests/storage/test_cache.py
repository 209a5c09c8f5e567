"""What is kept between two commands: the same notes, or nothing at all."""

import contextlib
import gc
import os
import shutil
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.storage import cache, keyed_file
from netnotes.storage.cache import NoteCache
from netnotes.storage.note_store import NoteStore
from netnotes.storage.outcome_cache import OutcomeCache
from netnotes.storage.scan import read_vault, stamp
from netnotes.storage.stored_notes import CachedNote, StoredNotes
from netnotes.text import parse, serialize

NOTE = """---
type: person
aliases: [Ada, {nested: [1, 2.5, true, null]}]
friend: "[[Bo]]"
---
# Log 🎉
- 2026-03-01 coffee with [[Bo|B]] (45 min) [by:: me] #scene/lisbon
- [ ] call [[Cy]] 📅 2026-04-01
- 2026-02-30 met

14:00 lunch:: yes
"""


def kept(number=3, text=NOTE):
    return {
        path: CachedNote(stamp(n, n, n, n), settled=n % 2 == 0, note=parse.note(path, text.encode()))
        for n, path in enumerate(f"f/{n}.md" for n in range(number))
    }


@pytest.fixture
def root(tmp_path):
    (tmp_path / "vault").mkdir()
    return tmp_path / "vault"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def store(folder, root):
    """Return a store in which three notes are kept."""
    store = NoteCache(folder, root)
    store.save(kept(), kept())
    return store


def bind(place):
    """Put a socket there; the name that a socket is given must be short."""
    with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(place.parent):
        made.bind(place.name)


def only(folder, ending):
    (place,) = folder.glob(f"*{ending}")
    return place


@given(st.text(alphabet="[]()|#:- \n\tx*>`", max_size=300), st.binary(max_size=80))
def test_a_note_is_the_same_unpacked(text, data):
    for note in (parse.note("a.md", text.encode()), parse.note("a.md", data), parse.note("a.md", NOTE.encode() + data)):
        assert serialize.unpack("a.md", serialize.pack(note)) == note


def test_saved_notes_are_loaded_unchanged(store, folder, root):
    assert NoteCache(folder, root).load().all() == kept()
    assert any(problem.line == 9 for problem in kept()["f/0.md"].note.problems)


def test_notes_that_are_replaced_are_held_by_nobody(store, folder, root):
    notes = NoteCache(folder, root).load().all()
    old = notes.pop("f/0.md").note
    assert not [each for each in gc.get_referrers(old) if isinstance(each, tuple | list | dict)]


def test_notes_that_were_handed_out_stay_as_they_were_stored(store, folder, root):
    stored = NoteCache(folder, root).load()
    handed_out = stored.notes()
    stored.all().clear()
    assert tuple(handed_out) == tuple(each.note for each in kept().values())


def test_nothing_is_loaded_where_nothing_was_saved(folder, root):
    assert NoteCache(folder, root).load().all() == {}
    assert not folder.exists()


def test_only_changed_notes_are_saved_again(store, folder, root):
    whole = only(folder, ".notes").read_bytes()
    after = kept() | {"new.md": kept(1, "[[Bo]]")["f/0.md"], "f/1.md": kept()["f/1.md"]._replace(settled=True)}
    del after["f/2.md"]
    store.save(after, {"new.md", "f/1.md", "f/2.md"})
    assert only(folder, ".notes").read_bytes() == whole
    assert len(only(folder, ".recent").read_bytes()) < len(whole) + 200
    unpacked = NoteCache(folder, root).load()
    unpacked.unpack()
    again = NoteCache(folder, root)
    expected = after | {"new.md": after["new.md"]._replace(note=parse.note("new.md", b"[[Bo]]"))}
    assert again.load().all() == expected == unpacked.all()
    # And on from there.
    again.save(expected | {"f/0.md": expected["new.md"]}, {"f/0.md"})
    assert NoteCache(folder, root).load().all().keys() == expected.keys()
    assert NoteCache(folder, root).load().all()["f/1.md"].settled


def test_after_many_changes_everything_is_written_again(store, folder, root, monkeypatch):
    monkeypatch.setattr(cache, "_FEW", 2)
    for n in range(3):
        store.save(kept(), {f"f/{n}.md"})
    assert not list(folder.glob("*.recent"))
    assert NoteCache(folder, root).load().all() == kept()


def test_recent_notes_of_an_older_base_are_not_loaded(store, folder, root):
    store.save(kept() | {"f/0.md": kept(1, "new")["f/0.md"]}, {"f/0.md"})
    stale = only(folder, ".recent").read_bytes()
    NoteCache(folder, root).save(kept(2), kept(2))
    (folder / only(folder, ".notes").with_suffix(".recent").name).write_bytes(stale)
    assert NoteCache(folder, root).load().all() == kept(2)


def torn(data):
    yield b""
    for at in (1, 8, 20, 43, 44, 45, len(data) // 2, len(data) - 1):
        yield data[:at]
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    yield data + b"\0"
    yield b"\0" * len(data)


def test_a_torn_base_is_as_good_as_none(store, folder, root):
    place = only(folder, ".notes")
    whole = place.read_bytes()
    for data in torn(whole):
        for unpack in (StoredNotes.load, StoredNotes.unpack):
            place.write_bytes(data)
            stored = NoteCache(folder, root).load()
            unpack(stored)
            assert (stored.all(), stored.size, len(stored)) == ({}, 0, 0)
    place.write_bytes(whole)
    assert NoteCache(folder, root).load().all() == kept()


def test_a_torn_recent_leaves_the_base(store, folder, root):
    store.save(kept(), {"f/0.md"})
    place = only(folder, ".recent")
    for data in torn(place.read_bytes()):
        place.write_bytes(data)
        assert NoteCache(folder, root).load().all() == kept()


def test_other_code_finds_nothing(store, folder, root, monkeypatch):
    monkeypatch.setattr(keyed_file, "version", lambda: b"another version")
    assert NoteCache(folder, root).load().all() == {}


def test_no_two_vaults_share(store, folder, root, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert NoteCache(folder, other).load().all() == {}
    NoteCache(folder, other).save({}, {"x.md"})
    mine, theirs = sorted(folder.glob("*.notes"), key=lambda place: -place.stat().st_size)
    shutil.copy(mine, theirs)
    assert NoteCache(folder, other).load().all() == {}
    assert NoteCache(folder, root).load().all() == kept()


@pytest.mark.skipif(os.name == "nt", reason="permissions are other there")
class TestOwner:
    def test_nobody_else_may_look(self, store, folder):
        assert only(folder, ".notes").stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700

    @pytest.mark.parametrize("mode", [0o620, 0o602])
    def test_a_file_that_others_can_write_is_not_read(self, store, folder, root, mode):
        only(folder, ".notes").chmod(mode)
        assert NoteCache(folder, root).load().all() == {}

    def test_a_file_of_another_user_is_not_read(self, store, folder, root, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: only(folder, ".notes").stat().st_uid + 1)
        assert NoteCache(folder, root).load().all() == {}

    def test_a_link_is_not_followed(self, store, folder, root):
        place = only(folder, ".notes")
        place.rename(folder / "elsewhere")
        place.symlink_to(folder / "elsewhere")
        assert NoteCache(folder, root).load().all() == {}


@pytest.mark.skipif(os.name == "nt", reason="what may be in a folder is other there")
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, bind, lambda place: place.symlink_to("nowhere")])
@pytest.mark.parametrize("ending", ["notes", "recent", "outcome", "coverage", "answer"])
def test_what_is_no_file_is_as_good_as_none(folder, root, make, ending):
    store, outcomes = NoteCache(folder, root), OutcomeCache(folder, root)
    store.save(kept(), kept())
    store.save(kept(), {"f/0.md"})
    for kind in ("outcome", "coverage", "answer"):
        outcomes.save(b"key", [kind], kind)
    place = only(folder, f".{ending}")
    place.unlink()
    make(place)
    assert set(NoteCache(folder, root).load().all()) == set(() if ending == "notes" else kept())
    assert [list(outcomes.load(b"key", kind)) for kind in ("outcome", "coverage", "answer")] == [
        [] if ending == kind else [kind] for kind in ("outcome", "coverage", "answer")
    ]
    NoteCache(folder, root).save(kept(), kept())


def test_a_cache_that_cannot_be_written_is_not_a_failure(tmp_path, root):
    (root / "Ada.md").write_text("[[Bo]]", encoding="utf-8")
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
        assert vault == read_vault(root)


def test_nothing_half_written_stays(store, folder, monkeypatch):
    before = sorted(folder.iterdir())

    def fail(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    store.save(kept(), {"f/0.md"})
    assert sorted(folder.iterdir()) == before


def test_a_disk_that_was_full_leaves_a_cache_that_fits(store, folder, root, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(os, "open", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        store.save({}, {"f/0.md", "f/1.md", "f/2.md"})
    # What could not be written is still owed.
    store.save({}, set())
    assert NoteCache(folder, root).load().all() == {}


def test_caches_of_vaults_long_gone_are_removed(store, folder, root, tmp_path):
    old, new = folder / f"{'0' * 40}.notes", folder / f"{'1' * 40}.notes"
    for place in (old, new):
        place.write_bytes(b"netnotes")
    os.utime(old, (1, 1))
    NoteCache(folder, root).save(kept(), kept())
    assert not old.exists()
    assert new.exists()


def test_deleting_the_cache_loses_nothing(root, folder):
    for n in range(5):
        (root / f"{n}.md").write_text(NOTE, encoding="utf-8")
    for _ in range(2):
        vault, _ = NoteStore(root, NoteCache(folder, root)).refresh()
        assert vault == read_vault(root)
        shutil.rmtree(folder)
