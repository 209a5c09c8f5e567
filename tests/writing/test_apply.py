"""Getting changes into notes: what is kept, what is refused, and that nothing is left behind."""

import datetime as dt
import errno
import os
import resource
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from netnotes.errors import Unwritable
from netnotes.storage import exchange
from netnotes.writing.apply import apply
from netnotes.writing.journal import Journal, JournalBusy

ADA, BOB = "People/Ada.md", "People/Bob.md"
MET = [1, 5, 20]
root_only = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to be root")
unix = pytest.mark.skipif(sys.platform == "win32", reason="as Unix does it")


def move_folder(note):
    note.parent.rename(note.parent.with_name("Others"))


def output(result):
    return [(p.path, p.message) for p in result.problems]


@pytest.fixture(autouse=True)
def _nothing_left_behind(desk):
    yield
    assert not [name for name in desk.files() if "/." in f"/{name}"]


def test_every_other_byte_stays(desk):
    text = "\ufeff---\r\n# mine\r\nname:   'Ada'  # hm\r\n\r\ntags: [a,\r\n  b]\r\n--- \r\nBody\x0b\u2028 \r\n\r\nend"
    desk.put(ADA, text, MET)
    desk.sync()
    changed = desk.text(ADA)
    assert changed != text
    assert [line for line in changed.split("\r\n") if line in text.split("\r\n")] == text.split("\r\n")


def test_the_other_notes_are_written_if_one_is_refused(desk):
    desk.put(ADA, "--- \nname: Ada\n---\n", MET)
    desk.put(BOB, "Bob\n", MET)
    result = desk.sync()
    assert list(result.written) == [BOB]
    ((path, message),) = output(result)
    assert path == ADA
    assert "blanks" in message


def test_a_note_that_changed_since_it_was_read_waits_for_the_next_round(desk):
    desk.put(ADA, "Ada\n", MET)
    outcome = desk.run()
    desk.put(ADA, "Ada, again\n")
    result = apply(outcome.edits, desk.context())
    assert (result.stale, result.written, result.run) == ((ADA,), {}, None)
    assert desk.text(ADA) == "Ada, again\n"


def test_a_note_edited_lately_waits(desk):
    file = desk.put(ADA, "Ada\n", MET)
    now = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    result = desk.sync(at=now + dt.timedelta(seconds=5), write_delay=20)
    assert result.waiting == (ADA,)
    assert result.wait == pytest.approx(15, abs=0.01)
    assert desk.text(ADA) == "Ada\n"
    assert desk.sync(at=now + dt.timedelta(seconds=21), write_delay=20).written
    desk.put(ADA, "Ada\n")
    assert desk.sync(at=now - dt.timedelta(days=1), write_delay=20).written, (
        "a clock that is wrong is no reason to wait"
    )


def test_it_stops_between_two_notes(desk):
    files = [desk.put(f"People/{number}.md", "\n", MET) for number in range(5)]
    result = desk.sync(stop=lambda: sum(b"depth: " in file.read_bytes() for file in files) == 2)
    assert result.stopped
    assert len(result.written) == 2
    assert len(desk.sync().written) == 3


@unix
def test_mode_and_attributes_stay(desk):
    file = desk.put(ADA, "Ada\n", MET)
    file.chmod(0o640)
    try:
        os.setxattr(file, "user.colour", b"blue")
    except (OSError, AttributeError):
        pytest.skip("no extended attributes here")
    desk.sync()
    assert desk.text(ADA) != "Ada\n"
    assert file.stat().st_mode & 0o7777 == 0o640
    assert os.getxattr(file, "user.colour") == b"blue"


@root_only
def test_the_owner_stays(desk):
    file = desk.put(ADA, "Ada\n", MET)
    os.chown(file, 1234, 1234)
    assert desk.sync().written
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 1234)


@unix
def test_a_link_is_written_through(desk):
    real = desk.put("Store/ada.md", "Ada\n", MET)
    (desk.root / "People").mkdir()
    (desk.root / ADA).symlink_to("../Store/ada.md")
    desk.meetings[ADA] = desk.meetings["Store/ada.md"]
    assert desk.sync().written
    assert (desk.root / ADA).is_symlink()
    assert "depth: 0.58" in real.read_text()


@unix
def test_a_link_out_of_the_vault_is_refused(desk, tmp_path):
    outside = tmp_path / "ada.md"
    outside.write_text("Ada\n")
    desk.put(BOB, "Bob\n", [])
    (desk.root / ADA).symlink_to(outside)
    desk.meetings[ADA] = [desk.today]
    assert output(desk.sync()) == [(ADA, "not written: it is a link that leads out of the vault")]
    assert outside.read_text() == "Ada\n"


@unix
def test_a_link_into_a_hidden_or_template_folder_is_refused(desk):
    desk.templates = ("Templates",)
    for name, place in ((ADA, ".trash/ada.md"), (BOB, "Templates/bob.md")):
        desk.put(place, "Text\n")
        (desk.root / "People").mkdir(exist_ok=True)
        (desk.root / name).symlink_to(desk.root / place)
        desk.meetings[name] = [desk.today]
    assert len(desk.sync().problems) == 2
    assert desk.text(".trash/ada.md") == desk.text("Templates/bob.md") == "Text\n"
    (desk.root / ".trash/ada.md").unlink()


@unix
def test_one_file_under_two_names_is_written_once(desk):
    desk.put(ADA, "Ada\n", MET)
    (desk.root / BOB).symlink_to("Ada.md")
    desk.meetings[BOB] = [desk.today - dt.timedelta(400)]
    result = desk.sync()
    assert list(result.written) == [ADA]
    assert output(result) == [(BOB, f"not written: it is the same file as {ADA}")]


@unix
def test_a_read_only_note_is_refused(desk):
    desk.put(ADA, "Ada\n", MET).chmod(0o444)
    desk.put(BOB, "Bob\n", MET)
    result = desk.sync()
    assert output(result) == [(ADA, "not written: it is read-only")]
    assert list(result.written) == [BOB]


@pytest.mark.parametrize("leave", [Path.unlink, lambda note: note.rename(note.with_name("Eve.md")), move_folder])
def test_a_note_that_is_gone_since_it_was_read_waits_for_the_next_round(desk, leave):
    note = desk.put(ADA, "Ada\n", MET)
    desk.put("Else/x.md", "x\n")
    outcome = desk.run()
    leave(note)
    result = apply(outcome.edits, desk.context())
    assert (result.stale, result.written, result.problems) == ((ADA,), {}, ())


@pytest.mark.parametrize(
    ("leave", "before"), [(Path.unlink, "create"), (move_folder, "create"), (Path.unlink, "exchange")]
)
def test_a_note_that_goes_while_it_is_written_waits_for_the_next_round(desk, leave, before):
    note = desk.put(ADA, "Ada\n", MET)

    class Disk:
        def __getattr__(self, act):
            if act == before:
                leave(note)
            return getattr(exchange, act)

    result = desk.sync(disk=Disk())
    assert (result.stale, result.written, result.problems) == ((ADA,), {}, ())


def test_a_note_that_is_not_utf8_is_refused(desk):
    desk.put(ADA, "Ada\n", MET)
    (edit,) = desk.run().edits
    desk.put(ADA, b"A\nd\xe4\n")
    edit = replace(edit, digest=exchange.digest(b"A\nd\xe4\n"))
    (problem,) = apply([edit], desk.context()).problems
    assert (problem.path, problem.line, problem.message) == (ADA, 2, "not written: it is not UTF-8")


class Failing:
    """A disk of which one thing fails."""

    def __init__(self, name, error):
        self.name, self.error = name, error

    def __getattr__(self, name):
        def fail(*_):
            raise self.error

        return fail if name == self.name else getattr(exchange, name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("create", errno.ENOSPC),
        ("create", errno.EDQUOT),
        ("create", errno.EACCES),
        ("create", errno.ENAMETOOLONG),
        ("exchange", errno.EIO),
        ("exchange", errno.ENOENT),
        ("exchange", errno.EPERM),
        ("exchange", errno.EROFS),
    ],
)
def test_a_failing_disk_leaves_the_note_as_it_was(desk, name, code):
    desk.put(ADA, "Ada\n", MET)
    result = desk.sync(disk=Failing(name, OSError(code, os.strerror(code))))
    assert desk.text(ADA) == "Ada\n"
    (problem,) = result.problems
    assert os.strerror(code).lower() in problem.message.lower()
    assert not desk.journal.history(ADA)
    assert desk.sync().written


def test_a_failing_check_afterwards_is_repaired_by_the_next_run(desk):
    desk.put(ADA, "Ada\n", MET)
    (problem,) = desk.sync(disk=Failing("resolve", OSError(errno.EIO, "Input/output error"))).problems
    assert "left beside it" in problem.message
    assert len(list((desk.root / "People").iterdir())) == 2
    desk.sync()
    assert desk.text(ADA).endswith("Ada\n")
    assert "depth: 0.58" in desk.text(ADA)
    assert len(desk.journal.history(ADA)) == 1


@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_failing_fsync_is_a_problem(desk, monkeypatch, which):
    desk.put(ADA, "Ada\n", MET)
    real = os.fsync

    def failing(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}") == (which == "folder"):  # noqa: PTH112  # follows the link
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    monkeypatch.setattr(os, "fsync", failing)
    result = desk.sync()
    assert len(result.problems) == 1
    assert (desk.text(ADA) == "Ada\n") == (which == "file")


@unix
def test_a_full_disk_leaves_the_note_as_it_was(desk):
    """A limit on the size of files fails as a full disk does: in the middle of a write."""
    text = "Ada\n" + "x" * 300_000
    desk.put(ADA, text, MET)
    desk.put(BOB, "Bob\n", MET)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
        result = desk.sync()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert [path for path, _ in output(result)] == [ADA]
    assert list(result.written) == [BOB]
    assert desk.text(ADA) == text


def test_without_a_journal_nothing_is_written(desk, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Unwritable, match="journal"):
        Journal(tmp_path / "file" / "journal")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "journal.sqlite3").write_bytes(b"no data base" * 1000)
    with pytest.raises(Unwritable, match="journal"):
        Journal(broken)
    with Journal(tmp_path / "newer") as journal:
        journal._base.execute("pragma user_version = 99")
    with pytest.raises(Unwritable, match="newer NetNotes"):
        Journal(tmp_path / "newer")


class Killed(BaseException):
    """Raised where the process would have died."""


class Mortal:
    """A disk in the hands of a process that is killed before its n-th act; afterwards nothing more happens."""

    def __init__(self, acts):
        self.acts = acts

    def __getattr__(self, name):
        act = getattr(exchange, name)

        def dying(*given):
            self.acts -= 1
            if self.acts < 0:
                raise Killed
            return act(*given)

        return dying


@pytest.mark.parametrize("acts", range(8))
def test_a_killed_run_is_recovered_by_the_next(desk, acts):
    texts = {ADA: "Ada\n", BOB: "Bob\n"}
    for path, text in texts.items():
        desk.put(path, text, MET)
    try:
        desk.sync(disk=Mortal(acts))
    except Killed:
        assert all(text in desk.text(path) for path, text in texts.items())
    desk.sync()
    assert sorted(desk.files()) == [ADA, BOB]
    assert desk.run().edits == ()
    for path, text in texts.items():
        assert desk.text(path).endswith(f"---\n{text}")
        assert desk.journal.history(path)[0].before.decode() == text
        assert len(desk.journal.history(path)) == 1


def test_an_edit_that_slipped_in_before_the_kill_comes_back(desk):
    desk.put(ADA, "Ada\n", MET)

    class Slipping(Mortal):
        def exchange(self, temp, note):
            note.write_text("Ada, edited\n")
            exchange.exchange(temp, note)
            raise Killed

    with pytest.raises(Killed):
        desk.sync(disk=Slipping(1))
    assert "depth" in desk.text(ADA)
    assert not desk.sync().written
    assert desk.text(ADA) == "Ada, edited\n"
    desk.sync()
    assert desk.text(ADA).endswith("---\nAda, edited\n")
    assert sorted(desk.files()) == [ADA]


def test_one_process_writes_at_a_time(desk):
    desk.put(ADA, "Ada\n", MET)
    with Journal(desk.data, patience=0.01) as other:
        with desk.journal.writing(), pytest.raises(JournalBusy):
            apply(desk.run().edits, desk.context(journal=other))
        assert desk.text(ADA) == "Ada\n"
        assert apply(desk.run().edits, desk.context(journal=other)).written
