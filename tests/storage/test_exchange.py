"""An edit that slips in while a note is written is never lost."""

import errno
import os
import sys
import threading

import pytest

from netnotes.storage import exchange
from netnotes.storage.exchange import Resolution, digest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="as Unix does it")
OLD, NEW = b"old text\n", b"new text\n"
ways = pytest.mark.parametrize("way", ["exchange", "link", "overwrite"])
safe_ways = pytest.mark.parametrize("way", ["exchange", "link"])


class Place:
    def __init__(self, folder, monkeypatch, way):
        self.note, self.temp = folder / "Ada.md", folder / ".netnotes-1.tmp"
        self.note.write_bytes(OLD)
        if way != "exchange":
            monkeypatch.setattr(exchange, "_native_exchange", lambda: None)
        if way == "overwrite":

            def link(*_, **__):
                raise OSError(errno.ENOTSUP, "no links here")

            monkeypatch.setattr(os, "link", link)
        exchange.create(self.temp, NEW, self.note)

    def resolve(self, patience=0.5):
        return exchange.resolve(self.temp, self.note, digest(OLD), digest(NEW), patience=patience)

    def files(self):
        return {file.name: file.read_bytes() for file in self.note.parent.iterdir()}

    def save(self, data):
        """Save as an editor does that writes a new file and renames it."""
        fresh = self.note.with_name("editor~")
        fresh.write_bytes(data)
        fresh.rename(self.note)


@pytest.fixture
def place(tmp_path, monkeypatch, request):
    return Place(tmp_path, monkeypatch, request.getfixturevalue("way") if "way" in request.fixturenames else "exchange")


@ways
def test_undisturbed(place, way):
    kept = exchange.exchange(place.temp, place.note)
    assert kept == (way != "overwrite")
    if kept:
        assert place.files() == {"Ada.md": NEW, ".netnotes-1.tmp": OLD}
        assert place.resolve() is Resolution.WRITTEN
    assert place.files() == {"Ada.md": NEW}


@safe_ways
@pytest.mark.parametrize("how", ["save", "in place"])
def test_a_save_before_the_exchange_is_put_back(place, how, way):
    """The last look before the exchange did not see it; the look afterwards does."""
    place.save(b"edited\n") if how == "save" else place.note.write_bytes(b"edited\n")
    exchange.exchange(place.temp, place.note)
    assert place.resolve() is Resolution.PUT_BACK
    assert place.files() == {"Ada.md": b"edited\n"}


@safe_ways
def test_a_save_after_the_exchange_stands(place, way):
    exchange.exchange(place.temp, place.note)
    place.save(b"edited\n")
    assert place.resolve() is Resolution.WRITTEN
    assert place.files() == {"Ada.md": b"edited\n"}


def test_saves_on_both_sides_are_both_kept(place):
    place.save(b"first\n")
    exchange.exchange(place.temp, place.note)
    place.save(b"second\n")
    assert place.resolve() is Resolution.KEPT_BESIDE
    assert place.files() == {"Ada.md": b"second\n", "Ada (kept by NetNotes 1).md": b"first\n"}


def test_a_kept_save_takes_nobodys_place(place):
    place.note.with_name("Ada (kept by NetNotes 1).md").write_bytes(b"another\n")
    place.save(b"first\n")
    exchange.exchange(place.temp, place.note)
    place.save(b"second\n")
    place.resolve()
    assert place.files() == {
        "Ada.md": b"second\n",
        "Ada (kept by NetNotes 1).md": b"another\n",
        "Ada (kept by NetNotes 2).md": b"first\n",
    }


def test_a_save_while_an_edit_is_put_back(place, monkeypatch):
    """Between the look afterwards and the second exchange somebody saves again: the newest save stands."""
    place.save(b"first\n")
    exchange.exchange(place.temp, place.note)
    real, saves = exchange.exchange, [b"second\n"]

    def slow(temp, note):
        if saves:
            place.save(saves.pop())
        return real(temp, note)

    monkeypatch.setattr(exchange, "exchange", slow)
    assert place.resolve() is Resolution.KEPT_BESIDE
    assert place.files() == {"Ada.md": b"second\n", "Ada (kept by NetNotes 1).md": b"first\n"}


def test_a_note_deleted_meanwhile_is_not_lost(place):
    place.save(b"edited\n")
    exchange.exchange(place.temp, place.note)
    place.note.unlink()
    assert place.resolve() is Resolution.KEPT_BESIDE
    assert place.files() == {"Ada (kept by NetNotes 1).md": b"edited\n"}


def test_a_note_deleted_before_stays_deleted(place):
    place.note.unlink()
    with pytest.raises(FileNotFoundError):
        exchange.exchange(place.temp, place.note)
    exchange.discard(place.temp)
    assert place.files() == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_program_that_has_the_note_open_gets_it_back_and_can_go_on(place):
    with place.note.open("ab", buffering=0) as editor:
        exchange.exchange(place.temp, place.note)
        assert place.resolve() is Resolution.PUT_BACK
        editor.write(b"appended\n")
    assert place.files() == {"Ada.md": OLD + b"appended\n"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_program_that_opened_ours_while_it_was_put_back_is_waited_for(place, monkeypatch):
    place.save(b"first\n")
    exchange.exchange(place.temp, place.note)
    editor = place.note.open("ab", buffering=0)
    looked = threading.Event()
    real = exchange._has_no_writer

    def look(handle):
        looked.set()
        return real(handle)

    def append():
        looked.wait(10)
        with editor:
            editor.write(b"appended\n")

    thread = threading.Thread(target=append)
    thread.start()
    monkeypatch.setattr(exchange, "_has_no_writer", look)
    place.resolve(patience=10)
    thread.join()
    kept = b"".join(place.files().values())
    assert b"first\n" in kept
    assert b"appended\n" in kept


def test_a_drive_that_calls_every_file_open_is_written_all_the_same(place, monkeypatch):
    monkeypatch.setattr(exchange, "_has_no_writer", lambda _: False)
    exchange.exchange(place.temp, place.note)
    assert place.resolve() is Resolution.WRITTEN
    assert place.files() == {"Ada.md": NEW}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_who_only_reads_is_in_nobodys_way(place):
    with place.note.open("rb"):
        exchange.exchange(place.temp, place.note)
        assert place.resolve() is Resolution.WRITTEN


def test_a_half_made_file_is_nobodys_edit(place):
    place.temp.rename(place.temp.with_name(f"{place.temp.name}.part"))
    place.resolve()
    assert place.files() == {"Ada.md": OLD}


@pytest.mark.parametrize("done", [False, True])
def test_killed_inside_an_exchange_by_link(place, done):
    """A second name of the old file stands beside; whether the new one took the place shows by its absence."""
    os.link(place.note, place.temp.with_name(f"{place.temp.name}.old"))
    if done:
        place.temp.rename(place.note)
    assert place.resolve() is (Resolution.WRITTEN if done else Resolution.PUT_BACK)
    assert place.files() == {"Ada.md": NEW if done else OLD}
