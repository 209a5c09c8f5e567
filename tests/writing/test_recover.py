"""Writes that were cut, disturbed or stopped: what is left, what the next one finds, and what the journal says."""

import datetime as dt
import errno
import os
import sys
from pathlib import Path

import pytest

from netnotes.storage import exchange
from netnotes.writing.apply import WriteResult, apply, write
from netnotes.writing.draft import Draft, draft_new_note
from netnotes.writing.journal import Journal
from netnotes.writing.undo import select_entries, undo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="as Unix does it")
ADA, BOB, CY = "People/Ada.md", "People/Bob.md", "People/New/Cy.md"
MET = [1, 5, 20]
KILLED = 9


class Disk:
    """The disk, of which single acts may be others."""

    def __init__(self, **acts):
        self._acts = acts

    def __getattr__(self, name):
        return self._acts.get(name, getattr(exchange, name))


class Dying:
    """A disk whose process dies before its n-th act."""

    def __init__(self, acts):
        self.acts = acts

    def __getattr__(self, name):
        def act(*given):
            self.acts -= 1
            if self.acts < 0:
                os._exit(KILLED)
            return getattr(exchange, name)(*given)

        return act


def new_note(desk) -> Draft:
    made = draft_new_note(desk.root, CY, "# Cy\n")
    assert isinstance(made, Draft)
    return made


def in_another_process(act):
    """Call `act` in a process of its own; return whether that was killed."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def synced(desk, disk):
    def act():
        with Journal(desk.data) as journal:
            desk.sync(disk=disk, journal=journal)

    return in_another_process(act)


def made(desk, disk):
    def act():
        with Journal(desk.data) as journal:
            write([new_note(desk)], desk.context(disk=disk, journal=journal))

    return in_another_process(act)


def removed(desk, disk):
    def act():
        with Journal(desk.data) as journal:
            undo(select_entries(journal), desk.context(command="undo", disk=disk, journal=journal))

    return in_another_process(act)


def recover(desk):
    """Write nothing: that alone finishes what was cut."""
    return write([], desk.context())


def is_recovered(desk):
    return not desk.journal.pending() and not [name for name in desk.files() if ".netnotes" in name]


@pytest.mark.parametrize("acts", range(6))
def test_a_note_that_was_being_made_is_there_or_not(desk, acts):
    was_killed = made(desk, Dying(acts))
    assert was_killed == (acts < 5)
    assert recover(desk) == WriteResult()
    assert is_recovered(desk)
    assert desk.files() == ({CY: b"# Cy\n"} if acts > 1 else {})
    assert len(desk.journal.history(CY)) == len(desk.files())


@pytest.mark.parametrize("acts", range(3))
def test_a_note_that_was_being_removed_is_there_or_not(desk, acts):
    made(desk, exchange)
    assert removed(desk, Dying(acts)) == (acts < 2)
    assert recover(desk) == WriteResult()
    assert is_recovered(desk)
    assert desk.files() == ({} if acts else {CY: b"# Cy\n"})
    assert len(desk.journal.history(CY)) == (2 if acts else 1)


def test_all_notes_being_created_are_recovered(desk):
    paths = ["People/1.md", "People/2.md", "People/3.md"]

    def act():
        with Journal(desk.data) as journal:
            drafts = [draft_new_note(desk.root, path, "x\n") for path in paths]
            write([made for made in drafts if isinstance(made, Draft)], desk.context(disk=Dying(2), journal=journal))

    assert in_another_process(act)
    assert len(desk.journal.pending()) == 3
    recover(desk)
    assert is_recovered(desk)
    assert list(desk.files()) == ["People/1.md"]


def dies_inside(change):
    def remove(note, temp, expected):
        del expected
        change(note, temp)
        os._exit(KILLED)

    return Disk(remove=remove)


def test_killed_inside_a_removal_it_is_finished(desk):
    made(desk, exchange)
    assert removed(desk, dies_inside(lambda note, temp: note.rename(temp)))
    recover(desk)
    assert is_recovered(desk)
    assert (desk.files(), len(desk.journal.history(CY))) == ({}, 2)


def test_killed_inside_a_removal_of_a_note_that_was_just_saved_it_comes_back(desk):
    def change(note, temp):
        note.write_text("# Cy\nmine\n")
        note.rename(temp)

    made(desk, exchange)
    assert removed(desk, dies_inside(change))
    recover(desk)
    assert is_recovered(desk)
    assert (desk.text(CY), len(desk.journal.history(CY))) == ("# Cy\nmine\n", 1)


def test_a_note_recreated_after_a_killed_removal_stays(desk):
    def change(note, temp):
        note.write_text("older\n")
        note.rename(temp)
        note.write_text("newer\n")

    made(desk, exchange)
    assert removed(desk, dies_inside(change))
    recover(desk)
    assert is_recovered(desk)
    assert desk.text(CY) == "newer\n"


def test_unreadable_files_are_reported_for_each_note_and_checked_again(desk):
    for path in (ADA, BOB):
        desk.put(path, "\n", MET)
    assert synced(desk, Dying(1))
    assert len(desk.journal.pending()) == 2

    def resolve(*_):
        raise OSError(errno.EIO, "Input/output error")

    result = write([], desk.context(disk=Disk(resolve=resolve)))
    assert [(problem.path, problem.message) for problem in result.problems] == [
        (path, "not written: input/output error") for path in (ADA, BOB)
    ]
    assert len(desk.journal.pending()) == 2
    assert recover(desk) == WriteResult()
    assert is_recovered(desk)


def test_two_saves_around_a_kill_are_both_kept_and_reported(desk):
    desk.put(ADA, "Ada\n", MET)

    def save_meanwhile(temp, note):
        note.write_text("first\n")
        exchange.exchange(temp, note)
        note.unlink()
        note.write_text("second\n")
        os._exit(KILLED)

    assert synced(desk, Disk(exchange=save_meanwhile))
    (problem,) = recover(desk).problems
    assert (problem.path, problem.message[:15]) == (ADA, "was saved twice")
    assert is_recovered(desk)
    assert sorted(desk.files().values()) == [b"first\n", b"second\n"]
    assert desk.text(ADA) == "second\n"
    assert not desk.journal.history(ADA)


def test_two_saves_around_a_write_are_both_kept_and_reported(desk):
    desk.put(ADA, "Ada\n", MET)

    def save_meanwhile(temp, note):
        note.write_text("first\n")
        kept = exchange.exchange(temp, note)
        note.unlink()
        note.write_text("second\n")
        return kept

    result = desk.sync(disk=Disk(exchange=save_meanwhile))
    assert [(problem.path, problem.message[:15]) for problem in result.problems] == [(ADA, "was saved twice")]
    assert (result.written, result.stale) == ({}, ())
    assert sorted(desk.files().values()) == [b"first\n", b"second\n"]
    assert is_recovered(desk)


def test_a_save_at_the_exchange_is_kept_for_the_next_run(desk):
    desk.put(ADA, "Ada\n", MET)

    def save_meanwhile(temp, note):
        note.write_text("edited\n")
        return exchange.exchange(temp, note)

    result = desk.sync(disk=Disk(exchange=save_meanwhile))
    assert (result.written, result.stale, result.problems) == ({}, (ADA,), ())
    assert desk.files() == {ADA: b"edited\n"}
    assert is_recovered(desk)


def test_a_save_before_the_exchange_is_kept_for_the_next_run(desk):
    desk.put(ADA, "Ada\n", MET)

    def save_meanwhile(temp, data, like):
        exchange.create(temp, data, like)
        like.write_text("edited\n")

    result = desk.sync(disk=Disk(create=save_meanwhile))
    assert (result.written, result.stale, result.problems) == ({}, (ADA,), ())
    assert desk.files() == {ADA: b"edited\n"}
    assert is_recovered(desk)


def test_a_note_that_was_overwritten_is_written(desk):
    desk.put(ADA, "Ada\n", MET)

    def overwriting(temp, note):
        temp.replace(note)
        return False

    result = desk.sync(disk=Disk(exchange=overwriting))
    assert list(result.written) == [ADA]
    assert "depth: 0.58" in desk.text(ADA)
    assert is_recovered(desk)
    assert len(desk.journal.history(ADA)) == 1


@pytest.mark.parametrize("name", ["create", "exchange"])
def test_a_failed_write_is_not_pending(desk, name):
    desk.put(ADA, "Ada\n", MET)

    def failing(*_):
        raise OSError(errno.EIO, "Input/output error")

    desk.sync(disk=Disk(**{name: failing}))
    assert is_recovered(desk)


@pytest.mark.parametrize("name", ["create_new", "place_new"])
def test_a_note_that_cannot_be_created_is_reported_and_leaves_nothing(desk, name):
    def failing(*_):
        raise OSError(errno.EIO, "Input/output error")

    result = write([new_note(desk)], desk.context(disk=Disk(**{name: failing})))
    assert [(problem.path, problem.message) for problem in result.problems] == [(CY, "not written: input/output error")]
    assert (result.written, result.stale) == ({}, ())
    assert desk.files() == {}
    assert is_recovered(desk)
    assert not desk.journal.history(CY)


def test_an_interruption_leaves_no_files(desk):
    desk.put(ADA, "Ada\n", MET)

    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.sync(disk=Disk(exchange=interrupted))
    assert desk.files() == {ADA: b"Ada\n"}
    assert is_recovered(desk)


def test_a_stop_leaves_the_following_notes_unwritten(desk):
    for number in range(3):
        desk.put(f"People/{number}.md", "\n", MET)
    result = desk.sync(stop=lambda: True)
    assert (result.stopped, result.run, result.written) == (True, None, {})
    # Asked once of each edit, then once before each write.
    answers = iter([False, False, False, False, True, False, False])
    result = desk.sync(stop=lambda: next(answers))
    assert (result.stopped, list(result.written)) == (True, ["People/0.md"])
    assert is_recovered(desk)
    assert not WriteResult().stopped


def test_a_note_as_old_as_the_delay_is_written(desk):
    file = desk.put(ADA, "Ada\n", MET)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    at = dt.datetime.fromtimestamp(1_000_000_020, dt.UTC)
    assert desk.sync(at=at, write_delay=20).written


def test_a_file_of_several_names_is_written_once_under_its_own_if_that_is_a_persons(desk):
    desk.put("Store/x.md", "x\n")
    desk.put(BOB, "Bob\n", MET)
    (desk.root / "People/Aaa.md").symlink_to("Bob.md")
    for name in ("People/X1.md", "People/X2.md"):
        (desk.root / name).symlink_to("../Store/x.md")
    for name in ("People/Aaa.md", "People/X1.md", "People/X2.md"):
        desk.meetings[name] = desk.meetings[BOB]
    result = desk.sync()
    assert sorted(result.written) == [BOB, "People/X1.md"]
    assert [(problem.path, problem.message) for problem in result.problems] == [
        ("People/Aaa.md", f"not written: it is the same file as {BOB}"),
        ("People/X2.md", "not written: it is the same file as Store/x.md"),
    ]


def test_every_folder_that_was_made_for_a_note_is_made_durable(desk):
    flushed: list[Path] = []
    write([new_note(desk)], desk.context(disk=Disk(flush=flushed.append)))
    assert flushed == [desk.root, desk.root / "People", desk.root / "People/New"]
    flushed.clear()
    desk.put(ADA, "Ada\n", MET)
    desk.sync(disk=Disk(flush=flushed.append))
    assert flushed == [desk.root / "People"]


class Small(Journal):
    """A journal that keeps one entry beside the first."""

    def prune(self, most_entries=1, most_bytes=1_000_000):
        return super().prune(most_entries, most_bytes)


def test_the_journal_is_bounded_after_each_round_that_wrote(desk):
    desk.put(ADA, "Ada\n", MET)
    with Small(desk.data) as journal:
        for _ in range(4):
            assert apply(desk.run().edits, desk.context(journal=journal)).written
            assert len(journal.history(ADA)) <= 2
            desk.today += dt.timedelta(40)
            desk.meetings[ADA].append(desk.today)


def test_a_round_is_called_sync_if_nothing_else_is_said(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    assert [run.command for run in desk.journal.runs()] == ["sync"]
    assert not desk.context().people_gone
