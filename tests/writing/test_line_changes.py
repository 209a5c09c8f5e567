"""Changed lines are taken back from a note that has changed since, and nothing else in it is touched."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.writing.apply import write
from netnotes.writing.draft import Draft, draft_new_note, locate
from netnotes.writing.line_changes import Repeated, line_changes, recorded, take_back
from netnotes.writing.undo import select_entries, undo
from tests.examples import examples
from tests.writing.conftest import NOW

DAY = "Daily/2026-03-01.md"
LINES = st.lists(st.sampled_from(["", "a", "b", "- [ ] c", "## D", "e"]), max_size=8)


def text(lines):
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("before", "after", "now", "wanted"),
    [
        # added
        ("a\n", "a\n- x\n", "a\n- x\nb\n", "a\nb\n"),
        ("a", "a\n- x\n", "a\n- x\nb\n", "a\nb\n"),
        ("a", "a\n- x\n", "ab\n- x\n", "ab\n"),
        ("# A\n", "# A\n\n- x\n", "# A\n\n- x\n- y\n", "# A\n- y\n"),
        ("# A\n\n# B\n", "# A\n\n- x\n\n# B\n", "# A\n\n- x\n- y\n\n# B\n", "# A\n\n- y\n\n# B\n"),
        ("a\n", "a\n- x\n", "a\r\n- x\r\nb\r\n", "a\r\nb\r\n"),
        ("", "- x\n", "- x\nb\n", "b\n"),
        # removed
        ("a\n- x\nb\n", "a\nb\n", "a\nb\nc\n", "a\n- x\nb\nc\n"),
        ("a\n- x\n", "a\n", "b\n", "b\n- x\n"),
        ("a\n- x\n", "a\n", "b", "b\n- x\n"),
        ("- x\n", "", "b\n", "- x\nb\n"),
        ("- x\n", "", "", "- x\n"),
        ("a\n- x\na\n", "a\na\n", "a\na\nb\n", "a\na\nb\n- x\n"),
        ("\n\na\n\n", "\na\n", "\na\nb\n", "\n\na\n\nb\n"),
        # replaced
        ("- [ ] x\n", "- [x] x\n", "- [x] x\nb\n", "- [ ] x\nb\n"),
        ("- [ ] x\nb\n- [ ] y\n", "- [x] x\nb\n- [x] y\n", "c\n- [x] x\nb\n- [x] y\n", "c\n- [ ] x\nb\n- [ ] y\n"),
        # the user's own since
        ("- [ ] x\n", "- [x] x\n", "- [x] xx\nb\n", "- [x] xx\nb\n"),
        ("a\n", "a\n- x\n", "a\n- xx\n", "a\n- xx\n"),
    ],
)
def test_changed_lines_are_taken_back(before, after, now, wanted):
    assert take_back(now, line_changes(before, after)).text == wanted


def test_a_journal_of_an_older_version_holds_added_text():
    assert take_back("a\n- x\nb\n", recorded("- x\n")).text == "a\nb\n"


@pytest.mark.parametrize(
    ("before", "after", "now", "wanted", "left"),
    [
        # one of two lines was ticked, changed or removed
        ("a\n", "a\n- x\n- [ ] y\n", "a\n- x\n- [x] y\nb\n", "a\n- [x] y\nb\n", ("- [ ] y",)),
        ("a\n", "a\n- x\n- [ ] y\n", "a\n- [ ] y\n", "a\n", ("- x",)),
        ("", "- x\n- [ ] y\n", "- x\n- z\n- [ ] y\n", "- z\n", ()),
        ("- [ ] x\n", "- [x] x\n", "- [x] xx\n", "- [x] xx\n", ("- [x] x",)),
        ("a\n", "a\n- x\n- y\n", "a\n", "a\n", ("- x", "- y")),
    ],
)
def test_what_is_no_longer_there_is_named(before, after, now, wanted, left):
    assert take_back(now, line_changes(before, after)) == (wanted, left)


@settings(max_examples=examples(200))
@given(LINES, LINES)
def test_without_other_changes_the_lines_are_as_before(old, new):
    repeated = len(set(new)) < len(new)
    try:
        found = take_back(text(new), line_changes(text(old), text(new))).text
    except Repeated:
        assert repeated
    else:
        # Below which of several lines another was, nobody knows later: then it is at the end.
        assert sorted(found.splitlines()) == sorted(old) if repeated else found == text(old)


@settings(max_examples=examples(200))
@given(LINES, LINES, st.integers(0, 8))
def test_a_line_of_the_user_stays(old, new, at):
    now = [*new[:at], "mine", *new[at:]]
    try:
        assert take_back(text(now), line_changes(text(old), text(new))).text.splitlines().count("mine") == 1
    except Repeated:
        assert len(set(new)) < len(new)


def undo_writes(desk):
    return undo(select_entries(desk.journal), desk.context(command="undo"))


def rewrite(desk, path, after, **terms):
    found = locate(desk.root, path)
    assert isinstance(found, tuple)
    place, before, changed_at = found
    return write(
        [Draft(path, place, before, after.encode(), {}, changed_at)], desk.context(**{"command": "log", **terms})
    )


def test_a_new_note_that_the_user_wrote_into_loses_only_the_line(desk):
    draft = draft_new_note(desk.root, DAY, "# Day\n\n- coffee\n", without="# Day\n")
    assert isinstance(draft, Draft)
    assert write([draft], desk.context(command="log")).written
    desk.put(DAY, "# Day\n\n- coffee\nslept badly\n")
    assert not undo_writes(desk).problems
    assert desk.text(DAY) == "# Day\nslept badly\n"


def test_undoing_an_undo_in_a_changed_note_brings_the_line_back(desk):
    desk.put(DAY, "a\n")
    rewrite(desk, DAY, "a\n- coffee\n")
    desk.put(DAY, "a\n- coffee\nb\n")
    undo_writes(desk)
    assert desk.text(DAY) == "a\nb\n"
    run = next(run.id for run in desk.journal.runs() if run.command == "undo")
    undo(select_entries(desk.journal, run), desk.context(command="undo"))
    assert desk.text(DAY) == "a\n- coffee\nb\n"


def test_several_writes_of_one_run_are_one_undo(desk):
    desk.put(DAY, "a\n")
    desk.put("Inbox.md", "x\ny\n")
    run = rewrite(desk, DAY, "a\nx\n").run
    for path, after in (("Inbox.md", "y\n"), (DAY, "a\nx\ny\n"), ("Inbox.md", "")):
        assert rewrite(desk, path, after, run=run).run == run
    assert [found.notes for found in desk.journal.runs()] == [2]
    desk.put("Inbox.md", "z\n")
    undo_writes(desk)
    assert (desk.text(DAY), sorted(desk.text("Inbox.md").split())) == ("a\n", ["x", "y", "z"])
    assert desk.journal.entries(run) == ()


@pytest.mark.parametrize(("later", "undone"), [(dt.timedelta(hours=3), "log"), (dt.timedelta(days=2), "watch")])
def test_what_the_daemon_wrote_after_a_command_is_not_undone_in_its_place(desk, later, undone):
    desk.put(DAY, "a\n")
    desk.put("Ada.md", "")
    desk.put("Bob.md", "")
    rewrite(desk, "Bob.md", "x\n", command="watch")
    rewrite(desk, DAY, "a\n- coffee\n", command="log")
    rewrite(desk, "Ada.md", "y\n", command="watch", at=NOW + later)
    (entry,) = select_entries(desk.journal)
    assert entry.path == {"log": DAY, "watch": "Ada.md"}[undone]
    desk.journal.mark_undone([entry])
    if undone == "log":
        # Nothing else of the user's is left.
        assert [entry.path for entry in select_entries(desk.journal)] == ["Ada.md"]


def test_what_the_user_rewrote_is_named(desk):
    desk.put(DAY, "a\n")
    rewrite(desk, DAY, "a\n- coffee\n")
    desk.put(DAY, "a\n- coffee and cake\n")
    (problem,) = undo_writes(desk).problems
    assert (problem.path, problem.message) == (DAY, "was changed since, so nothing in it was taken back")
    assert desk.text(DAY) == "a\n- coffee and cake\n"


def test_a_new_note_with_text_of_the_user_is_never_removed_by_a_second_undo(desk):
    draft = draft_new_note(desk.root, DAY, "- coffee\n", without="")
    assert isinstance(draft, Draft)
    write([draft], desk.context(command="log"))
    rewrite(desk, DAY, "- coffee\n- tea\n", command="log")
    desk.put(DAY, "- coffee\n- tea\n- mine\n")
    undo_writes(desk)
    assert desk.text(DAY) == "- coffee\n- mine\n"
    undo_writes(desk)
    assert desk.text(DAY) == "- mine\n"
    for run in desk.journal.runs():
        if run.command == "undo" and run.notes:
            undo(select_entries(desk.journal, run.id), desk.context(command="undo"))
            assert "- mine\n" in desk.text(DAY)
