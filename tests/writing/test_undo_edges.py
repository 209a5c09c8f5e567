"""Taking writes back where the note, the journal or the seal is not as it was left."""

import datetime as dt
import os

import pytest

from netnotes.config import Config
from netnotes.model import Problem
from netnotes.writing.apply import write
from netnotes.writing.clean import clean_drafts
from netnotes.writing.draft import Draft, draft_new_note, insert, locate
from netnotes.writing.undo import NothingToUndo, select_entries, undo

ADA, BOB, CY = "People/Ada.md", "People/Bob.md", "People/Cy.md"
MET = [1, 5, 20]
DAY = dt.timedelta(1)


def undo_writes(desk, **which):
    return undo(select_entries(desk.journal, **which), desk.context(command="undo"))


def clean(desk):
    found = list(clean_drafts(desk.root, desk.read(), desk.journal))
    problems = [problem for problem in found if isinstance(problem, Problem)]
    return write((draft for draft in found if isinstance(draft, Draft)), desk.context(command="clean"), problems)


def edited(desk, old, text, path=ADA):
    assert old in desk.text(path)
    desk.put(path, desk.text(path).replace(old, text))


def new_note(desk, path, text) -> Draft:
    made = draft_new_note(desk.root, path, text)
    assert isinstance(made, Draft)
    return made


def new_line(desk, path, text) -> Draft:
    found = locate(desk.root, path)
    assert isinstance(found, tuple)
    made = insert(path, found, text)
    assert isinstance(made, Draft)
    return made


def newest_undo(desk):
    return next(run.id for run in desk.journal.runs() if run.command == "undo")


def test_a_missing_write_is_reported_with_its_note_and_run(desk):
    desk.put(ADA, "Ada\n", MET)
    run = desk.sync().run
    assert select_entries(desk.journal, run, ADA) == select_entries(desk.journal, note=ADA)
    with pytest.raises(NothingToUndo) as raised:
        select_entries(desk.journal, run + 1, ADA)
    assert str(raised.value) == f"nothing to undo: {ADA} was not written in run {run + 1}"
    with pytest.raises(NothingToUndo) as raised:
        select_entries(desk.journal, note=BOB)
    assert str(raised.value) == f"nothing to undo: {BOB} was not written"


UNDONE = "undone"


def test_changes_undone_by_hand_are_undone_with_a_remark(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    desk.put(ADA, "Ada, again\n")
    result = undo_writes(desk)
    assert result.problems == (Problem("has nothing left to take back", path=ADA, remark=UNDONE),)
    assert not result.written
    assert desk.text(ADA) == "Ada, again\n"
    assert desk.journal.last(ADA) is None


def test_a_run_that_made_and_changed_notes_is_taken_back_whole(desk):
    desk.put(BOB, "Bob\n")
    drafts = [
        new_note(desk, ADA, "# Ada\n"),
        new_line(desk, BOB, "- line\n"),
        new_note(desk, CY, ""),
    ]
    assert len(write(drafts, desk.context(command="log")).written) == 3
    assert not undo_writes(desk).problems
    assert desk.files() == {BOB: b"Bob\n"}


@pytest.mark.parametrize("place", ["Zed.md", "Zoo/Zed.md"])
def test_the_note_is_taken_back_and_not_a_copy_of_it(desk, place):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    copy = desk.put(place, desk.bytes(ADA))
    before = copy.read_bytes()
    undo_writes(desk)
    assert desk.text(ADA) == "Ada\n"
    assert copy.read_bytes() == before


@pytest.mark.parametrize("place", [".trash/Ada.md", "People/.old/Ada.md", "People/Ada.txt"])
def test_a_note_that_was_thrown_away_or_is_none_any_more_is_left_alone(desk, place):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    moved = desk.root / place
    moved.parent.mkdir(exist_ok=True)
    (desk.root / ADA).rename(moved)
    before = moved.read_bytes()
    (problem,) = undo_writes(desk).problems
    assert problem.path == ADA
    assert moved.read_bytes() == before


def test_a_removed_note_is_not_made_again_over_another(desk):
    write([new_note(desk, CY, "# Cy\n")], desk.context(command="import"))
    undo_writes(desk)
    desk.put(CY, "another\n")
    (problem,) = undo_writes(desk, run=newest_undo(desk)).problems
    assert problem.message.startswith("cannot be made again")
    assert desk.text(CY) == "another\n"


def test_a_new_note_that_the_user_removed_is_undone_with_a_remark(desk):
    write([new_note(desk, CY, "# Cy\n")], desk.context(command="import"))
    (desk.root / CY).unlink()
    result = undo_writes(desk)
    assert result.problems == (Problem("is no longer there, so nothing was taken back", path=CY, remark=UNDONE),)
    assert not result.written
    assert desk.journal.last(CY) is None
    assert desk.files() == {}


@pytest.mark.parametrize(("text", "message"), [("- coffee\n", "is now"), ("- coffee\n- mine\n", "is no longer there")])
def test_a_new_note_that_was_moved_stays_and_where_it_is_is_said(desk, text, message):
    draft = draft_new_note(desk.root, "Daily/2026-03-01.md", "- coffee\n", without="")
    assert isinstance(draft, Draft)
    assert write([draft], desk.context(command="log")).written
    (desk.root / "Daily/2026-03-01.md").unlink()
    desk.put("Days/Sunday.md", text)
    (problem,) = undo_writes(desk).problems
    assert (problem.path, problem.remark) == ("Daily/2026-03-01.md", None)
    assert problem.message.startswith(message)
    assert "Days/Sunday.md" in problem.message
    assert problem.hint
    assert desk.files() == {"Days/Sunday.md": text.encode()}


def test_another_note_with_the_same_line_is_not_taken_for_a_new_one_that_was_removed(desk):
    desk.put("Daily/2026-02-01.md", "- coffee\n- mine\n")
    os.utime(desk.root / "Daily/2026-02-01.md", (0, 0))
    draft = draft_new_note(desk.root, "Daily/2026-03-01.md", "- coffee\n", without="")
    assert isinstance(draft, Draft)
    write([draft], desk.context(command="log"))
    (desk.root / "Daily/2026-03-01.md").unlink()
    (remark,) = undo_writes(desk).problems
    assert remark.remark == UNDONE
    assert desk.text("Daily/2026-02-01.md") == "- coffee\n- mine\n"


def test_a_renamed_note_is_not_taken_for_another_that_was_written_with_the_same_bytes(desk):
    for path in (ADA, BOB):
        desk.put(path, "---\ntype: person\n---\n", MET)
    desk.sync()
    (desk.root / BOB).unlink()
    desk.put(CY, "something else\n")
    result = undo_writes(desk)
    assert [*result.written] == [ADA]
    assert [(problem.path, problem.message) for problem in result.problems] == [
        (BOB, "is no longer there, so nothing in it was taken back")
    ]
    assert not result.stale


def test_a_value_that_the_user_changed_is_named(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    edited(desk, "warmth: warm", "warmth: hot")
    result = undo_writes(desk)
    assert [(one.message, one.remark) for one in result.problems] == [("`warmth` was changed since, and stays", UNDONE)]
    assert "warmth: hot" in desk.text(ADA)
    assert "depth" not in desk.text(ADA)


def test_of_two_lines_the_one_that_was_ticked_is_named_and_stays(desk):
    desk.put("Daily.md", "a\n")
    write([new_line(desk, "Daily.md", "- coffee\n- [ ] send it\n")], desk.context(command="log"))
    edited(desk, "[ ]", "[x]", "Daily.md")
    (problem,) = undo_writes(desk).problems
    assert problem.message == "was changed since, so 1 line in it was not taken back"
    assert problem.hint == "change by hand what was `- [ ] send it`"
    assert desk.text("Daily.md") == "a\n- [x] send it\n"


def test_what_could_not_be_taken_back_is_named_once(desk):
    desk.put("Daily.md", "a\n")
    write([new_line(desk, "Daily.md", "- coffee\n")], desk.context(command="log"))
    write([new_line(desk, "Daily.md", "- [ ] meet\n")], desk.context(command="round"))
    edited(desk, "[ ]", "[x]", "Daily.md")
    (problem,) = undo_writes(desk).problems
    assert problem.hint == "change by hand what was `- [ ] meet`"
    assert undo_writes(desk).problems == ()
    assert desk.text("Daily.md") == "a\n- [x] meet\n"


def test_a_new_note_that_became_read_only_stays_and_is_reported(desk):
    write([new_note(desk, CY, "# Cy\n")], desk.context(command="import"))
    (desk.root / CY).chmod(0o444)
    (problem,) = undo_writes(desk).problems
    assert problem.message == "not written: it is read-only"
    assert desk.text(CY) == "# Cy\n"


def test_an_undo_of_a_note_edited_since_brings_the_fields_back(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    synced = desk.text(ADA)
    undo_writes(desk)
    edited(desk, "Body", "More")
    undo_writes(desk, run=newest_undo(desk))
    assert desk.text(ADA) == synced.replace("Body", "More")


def test_an_undo_of_an_undo_is_undone_in_a_note_edited_since(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    undo_writes(desk)
    undo_writes(desk, run=newest_undo(desk))
    edited(desk, "Body", "More")
    undo_writes(desk, run=newest_undo(desk))
    assert desk.text(ADA) == "---\nname: Ada\n---\nMore\n"


@pytest.mark.parametrize("deleted", [("depth:",), ("depth:", "tie:", "warmth:", "last_contact:", "follow_up:")])
def test_a_deleted_field_leaves_no_seal(desk, deleted):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    lines = desk.text(ADA).splitlines(keepends=True)
    desk.put(ADA, "".join(line for line in lines if not line.startswith(deleted)))
    assert not undo_writes(desk).problems
    assert desk.text(ADA) == "---\nname: Ada\n---\nBody\n"


def test_a_seal_that_only_lost_what_sealed_nothing_is_undone_with_a_remark(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    desk.config = Config(fields={"warmth": False})
    edited(desk, "warmth: warm\n", "")
    desk.sync()
    edited(desk, "Body", "More")
    before = desk.text(ADA)
    assert [problem.remark for problem in undo_writes(desk).problems] == [UNDONE]
    assert desk.text(ADA) == before


def test_an_edit_between_two_runs_outlives_the_undo_of_both(desk):
    desk.put(ADA, "Ada\n", MET)
    run = desk.sync().run
    edited(desk, "Ada\n", "Ada, more\n")
    desk.today += 40 * DAY
    desk.sync()
    undo_writes(desk, run=run)
    assert desk.text(ADA) == "Ada, more\n"


def test_a_line_that_is_there_twice_is_not_taken_back(desk):
    desk.put(ADA, "Ada\n")
    write([new_line(desk, ADA, "- coffee\n")], desk.context(command="log"))
    desk.put(ADA, desk.text(ADA) * 2)
    (problem,) = undo_writes(desk).problems
    assert problem.message.startswith("has the same lines twice")
    assert desk.text(ADA) == "Ada\n- coffee\nAda\n- coffee\n"
    assert desk.journal.last(ADA) is not None


@pytest.mark.parametrize("more", ["- coffee\n", "Bob\n- coffee\n", "  - coffee\n"])
def test_a_line_that_is_there_again_below_another_is_taken_back_where_it_was_written(desk, more):
    desk.put(ADA, "Ada\n")
    write([new_line(desk, ADA, "- coffee\n")], desk.context(command="log"))
    desk.put(ADA, desk.text(ADA) + more)
    assert not undo_writes(desk).problems
    assert desk.text(ADA) == f"Ada\n{more}"


def test_an_empty_block_that_the_user_filled_is_not_doubled(desk):
    desk.put(ADA, "---\n\n---\nAda\n", MET)
    desk.sync()
    edited(desk, "depth: ", "mine: 1\ndepth: ")
    undo_writes(desk)
    assert desk.text(ADA) == "---\n\nmine: 1\n---\nAda\n"


def test_a_seal_with_a_comment_inside_is_reported_and_left_alone(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.put(BOB, "Bob\n", MET)
    desk.sync()
    edited(desk, "netnotes: ", "netnotes:\n  # mine\n  ")
    before = desk.text(ADA)
    (problem,) = undo_writes(desk).problems
    assert (problem.path, desk.text(ADA), desk.text(BOB)) == (ADA, before, "Bob\n")
    assert desk.journal.last(ADA) is not None


def test_clean_continues_after_every_note_that_it_leaves_alone(desk):
    for path in (ADA, BOB, CY, "People/Di.md", "People/Ed.md", "People/Zoe.md"):
        desk.put(path, f"{path}\n", MET)
    desk.sync()
    desk.put(ADA, "---\nnetnotes: 7\ndepth: 0.58\n---\n")
    desk.put(BOB, "Bob\n")
    edited(desk, "netnotes: ", "netnotes:\n  # mine\n  ", CY)
    (desk.root / "People/Di.md").chmod(0o444)
    edited(desk, desk.text("People/Ed.md").partition("netnotes:")[2].partition("\n")[0], "", "People/Ed.md")
    before = desk.files()
    result = clean(desk)
    assert [problem.path for problem in result.problems] == [CY, "People/Di.md"]
    assert list(result.written) == ["People/Zoe.md"]
    assert desk.files() == before | {"People/Zoe.md": b"People/Zoe.md\n"}


def test_clean_takes_our_values_away_where_the_user_deleted_the_seal(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    lines = [line for line in desk.text(ADA).splitlines(keepends=True) if not line.startswith("netnotes:")]
    desk.put(ADA, "".join(lines).replace("tie: deep", "tie: mine"))
    clean(desk)
    assert desk.text(ADA) == "---\nname: Ada\ntie: mine\n---\nBody\n"


def test_clean_leaves_a_note_that_has_nothing_of_ours_any_more(desk):
    desk.put(BOB, "---\nname: Bob\n---\n", MET)
    desk.sync()
    desk.put(BOB, "---\nname: Bob\n---\n")
    assert not clean(desk).written


def test_clean_knows_an_empty_block_although_our_lines_were_moved(desk):
    desk.put(ADA, "---\n\n---\nAda\n", MET)
    desk.sync()
    edited(desk, "tie: deep\n", "")
    edited(desk, "depth: ", "tie: deep\ndepth: ")
    clean(desk)
    assert desk.text(ADA) == "---\n\n---\nAda\n"
