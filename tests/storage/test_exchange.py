"""An edit that slips in while a note is written is never lost."""

import errno
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from netnotes.storage import exchange
from netnotes.storage.exchange import Resolution, digest

if sys.platform != "win32":
    import fcntl

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
def test_a_save_after_the_exchange_is_kept(place, way):
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


def test_a_kept_save_replaces_no_file(place):
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


def test_a_drive_that_reports_every_file_as_open_is_written(place, monkeypatch):
    monkeypatch.setattr(exchange, "_has_no_writer", lambda _: False)
    exchange.exchange(place.temp, place.note)
    assert place.resolve() is Resolution.WRITTEN
    assert place.files() == {"Ada.md": NEW}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_reader_blocks_nobody(place):
    with place.note.open("rb"):
        exchange.exchange(place.temp, place.note)
        assert place.resolve() is Resolution.WRITTEN


def test_an_incomplete_file_is_not_an_edit(place):
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


MAKERS = pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda place: exchange.create(place.temp, NEW, place.note), id="like another"),
        pytest.param(lambda place: exchange.create_new(place.temp, NEW), id="new"),
    ],
)


@MAKERS
def test_the_whole_file_is_flushed(place, make, monkeypatch):
    place.temp.unlink()
    sizes = []
    monkeypatch.setattr(os, "fsync", lambda handle: sizes.append(os.fstat(handle).st_size))
    make(place)
    assert sizes == [len(NEW)]


@MAKERS
def test_a_failed_creation_leaves_no_file(place, make, monkeypatch):
    place.temp.unlink()

    def full(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        make(place)
    assert place.files() == {"Ada.md": OLD}


def test_a_new_note_has_the_mode_of_all_new_files(place):
    place.temp.unlink()
    place.note.unlink()
    exchange.create_new(place.temp, NEW)
    exchange.place_new(place.temp, place.note)
    other = place.note.with_name("other")
    other.touch()
    assert place.note.stat().st_mode == other.stat().st_mode
    assert place.note.read_bytes() == NEW


def without_links(monkeypatch, code=errno.ENOTSUP):
    def link(*_, **__):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "link", link)


def test_a_new_note_is_renamed_where_there_are_no_hard_links_but_over_nobody(place, monkeypatch):
    without_links(monkeypatch)
    with pytest.raises(OSError, match="not supported"):
        exchange.place_new(place.temp, place.note)
    assert place.files() == {"Ada.md": OLD, ".netnotes-1.tmp": NEW}
    place.note.unlink()
    exchange.place_new(place.temp, place.note)
    assert place.files() == {"Ada.md": NEW}


def test_a_new_note_that_cannot_be_placed_is_kept_and_reported(place, monkeypatch):
    without_links(monkeypatch, errno.EIO)
    place.note.unlink()
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        exchange.place_new(place.temp, place.note)
    assert place.files() == {".netnotes-1.tmp": NEW}


def test_a_note_is_removed_if_it_is_as_expected(place):
    place.temp.unlink()
    assert exchange.remove(place.note, place.temp, digest(OLD)) is True
    assert place.files() == {}


def test_a_note_that_changed_is_not_removed(place):
    place.temp.unlink()
    assert exchange.remove(place.note, place.temp, digest(b"other")) is False
    assert place.files() == {"Ada.md": OLD}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_note_that_is_open_is_not_removed(place):
    place.temp.unlink()
    with place.note.open("r+b"):
        assert exchange.remove(place.note, place.temp, digest(OLD)) is False
    assert place.files() == {"Ada.md": OLD}


def test_a_failing_exchange_is_reported_and_an_unsupported_one_is_done_by_links(place, monkeypatch):
    monkeypatch.setattr(exchange, "_native_exchange", lambda: lambda *_: errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        exchange.exchange(place.temp, place.note)
    assert place.files() == {"Ada.md": OLD, ".netnotes-1.tmp": NEW}
    monkeypatch.setattr(exchange, "_native_exchange", lambda: lambda *_: errno.ENOSYS)
    assert exchange.exchange(place.temp, place.note)
    assert place.files() == {"Ada.md": NEW, ".netnotes-1.tmp": OLD}


@pytest.mark.parametrize("way", ["link"])
def test_a_save_inside_an_exchange_by_links_is_kept(place, way, monkeypatch):
    real = os.link

    def slow(source, target, **terms):
        real(source, target, **terms)
        place.save(b"edited\n")

    monkeypatch.setattr(os, "link", slow)
    with pytest.raises(OSError, match="saved at this moment"):
        exchange.exchange(place.temp, place.note)
    assert place.files() == {"Ada.md": b"edited\n", ".netnotes-1.tmp": NEW}


@pytest.mark.parametrize("way", ["link"])
def test_an_exchange_by_links_that_fails_leaves_no_second_name(place, way):
    place.temp.unlink()
    with pytest.raises(FileNotFoundError):
        exchange.exchange(place.temp, place.note)
    assert place.files() == {"Ada.md": OLD}


@pytest.mark.parametrize("way", ["link"])
def test_a_link_that_took_the_notes_place_is_put_back_as_a_link(place, way):
    other = place.note.with_name("other.md")
    other.write_bytes(b"other\n")
    place.note.unlink()
    place.note.symlink_to(other)
    exchange.exchange(place.temp, place.note)
    assert place.temp.is_symlink()
    assert place.resolve() is Resolution.PUT_BACK
    assert place.note.is_symlink()
    assert other.read_bytes() == b"other\n"


def test_an_edit_is_put_back_by_overwriting_where_nothing_else_works_any_more(place, monkeypatch):
    place.save(b"edited\n")
    exchange.exchange(place.temp, place.note)
    monkeypatch.setattr(exchange, "_native_exchange", lambda: None)
    without_links(monkeypatch)
    assert place.resolve() is Resolution.PUT_BACK
    assert place.files() == {"Ada.md": b"edited\n"}


def test_a_save_is_kept_beside_without_hard_links_too(place, monkeypatch):
    place.save(b"first\n")
    exchange.exchange(place.temp, place.note)
    place.save(b"second\n")
    without_links(monkeypatch)
    assert place.resolve() is Resolution.KEPT_BESIDE
    assert place.files() == {"Ada.md": b"second\n", "Ada (kept by NetNotes 1).md": b"first\n"}


@pytest.mark.parametrize(("code", "is_taken"), [(errno.EIO, False), (errno.ENOTSUP, True)])
def test_a_save_that_cannot_be_kept_beside_stays_where_it_is(place, code, is_taken, monkeypatch):
    place.save(b"first\n")
    exchange.exchange(place.temp, place.note)
    place.save(b"second\n")
    if is_taken:
        place.note.with_name("Ada (kept by NetNotes 1).md").write_bytes(b"another\n")
    before = place.files()
    without_links(monkeypatch, code)
    with pytest.raises(OSError, match=os.strerror(code)):
        place.resolve()
    assert place.files() == before


def test_discarding_removes_whole_and_partial_files(place):
    place.temp.with_name(f"{place.temp.name}.part").write_bytes(b"half")
    exchange.discard(place.temp)
    assert place.files() == {"Ada.md": OLD}
    exchange.discard(place.temp)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists its open files")
def test_a_folder_that_was_flushed_is_closed(place):
    before = sorted(Path("/proc/self/fd").iterdir())
    exchange.flush(place.note.parent)
    assert sorted(Path("/proc/self/fd").iterdir()) == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_program_that_has_the_note_open_is_not_waited_for(place, monkeypatch):
    def sleep(_):
        raise AssertionError

    monkeypatch.setattr(time, "sleep", sleep)
    with place.note.open("ab"):
        exchange.exchange(place.temp, place.note)
        assert place.resolve() is Resolution.PUT_BACK


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_a_program_that_has_ours_open_is_looked_at_less_and_less_often_until_it_closes(place, monkeypatch):
    place.save(b"first\n")
    exchange.exchange(place.temp, place.note)
    editor = place.note.open("ab")
    pauses = []

    def sleep(seconds):
        pauses.append(seconds)
        if len(pauses) == 8:
            editor.close()

    monkeypatch.setattr(time, "sleep", sleep)
    assert place.resolve(patience=60) is Resolution.PUT_BACK
    assert pauses == [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.02, 0.02]
    assert place.files() == {"Ada.md": b"first\n"}


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
@pytest.mark.parametrize("way", ["link"])
@pytest.mark.parametrize(("code", "is_closed"), [(errno.EINVAL, True), (errno.EAGAIN, False)])
def test_a_file_system_without_leases_calls_no_file_open(place, way, code, is_closed, monkeypatch):
    real = fcntl.fcntl

    def lease(handle, command, argument=0):
        if command == fcntl.F_SETLEASE and Path(f"/proc/self/fd/{handle}").readlink() == place.note:
            raise OSError(code, os.strerror(code))
        return real(handle, command, argument)

    monkeypatch.setattr(fcntl, "fcntl", lease)
    if is_closed:
        assert exchange.exchange(place.temp, place.note)
    else:
        with pytest.raises(OSError, match="open"):
            exchange.exchange(place.temp, place.note)


def test_a_created_file_has_mode_owner_and_attributes_of_the_note(place):
    place.temp.unlink()
    place.note.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(place.note, 1234, 1235)
    has_attributes = True
    try:
        os.setxattr(place.note, "user.colour", b"blue")
    except (OSError, AttributeError):
        has_attributes = False
    exchange.create(place.temp, NEW, place.note)
    one, other = place.temp.stat(), place.note.stat()
    assert (one.st_mode, one.st_uid, one.st_gid) == (other.st_mode, other.st_uid, other.st_gid)
    assert not has_attributes or os.getxattr(place.temp, "user.colour") == b"blue"


def test_a_folder_is_made_durable(place, monkeypatch):
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda handle: flushed.append(os.fstat(handle).st_ino))
    exchange.flush(place.note.parent)
    assert flushed == [place.note.parent.stat().st_ino]


@pytest.mark.parametrize(("code", "is_told"), [(errno.EIO, True), (errno.EINVAL, False)])
def test_a_folder_that_cannot_be_synced_is_reported_unless_no_folder_can(place, code, is_told, monkeypatch):
    def failing(_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", failing)
    if is_told:
        with pytest.raises(OSError, match=os.strerror(code)):
            exchange.flush(place.note.parent)
    else:
        exchange.flush(place.note.parent)
