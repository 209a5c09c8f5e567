"""Notes that are made, and lines put into a body: written once, never over anything, and taken back exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.model import Problem
from netnotes.writing.apply import write
from netnotes.writing.draft import Draft, draft_new_note, insert, locate
from netnotes.writing.undo import select_entries, undo
from tests.examples import examples

NEW = "People/New/Cy.md"


def make(desk, path=NEW, text="# Cy\n"):
    draft = draft_new_note(desk.root, path, text)
    assert isinstance(draft, Draft), draft
    return write([draft], desk.context(command="import"))


def undo_writes(desk):
    return undo(select_entries(desk.journal), desk.context(command="undo"))


def test_a_note_is_made_and_undo_removes_it_with_its_folders(desk):
    before = sorted(desk.root.rglob("*"))
    assert make(desk).written
    assert desk.text(NEW) == "# Cy\n"
    undo_writes(desk)
    assert desk.root.is_dir()
    assert sorted(desk.root.rglob("*")) == before


def test_a_folder_that_was_there_stays_although_it_is_empty_again(desk):
    (desk.root / "People/New").mkdir(parents=True)
    assert make(desk).written
    undo_writes(desk)
    assert list(desk.root.rglob("*.*")) == []
    assert (desk.root / "People/New").is_dir()


def test_undo_of_undo_makes_it_again(desk):
    make(desk)
    undo_writes(desk)
    run = next(run for run in desk.journal.runs() if run.command == "undo")
    undo(select_entries(desk.journal, run.id), desk.context(command="undo"))
    assert desk.text(NEW) == "# Cy\n"


def test_a_folder_with_something_else_in_it_stays(desk):
    make(desk)
    desk.put("People/New/own.md", "mine")
    undo_writes(desk)
    assert list(desk.files()) == ["People/New/own.md"]


def test_a_note_that_was_changed_since_stays(desk):
    make(desk)
    desk.put(NEW, "# Cy\nmine\n")
    result = undo_writes(desk)
    assert result.problems
    assert desk.text(NEW) == "# Cy\nmine\n"
    assert desk.journal.last(NEW) is not None


def test_no_note_is_made_over_another(desk):
    desk.put(NEW, "mine")
    assert isinstance(draft_new_note(desk.root, NEW, "x"), Problem)


def test_a_note_that_appears_in_between_stays(desk):
    draft = draft_new_note(desk.root, NEW, "ours")
    assert isinstance(draft, Draft)
    desk.put(NEW, "theirs")
    result = write([draft], desk.context(command="import"))
    assert (result.stale, desk.text(NEW)) == ((NEW,), "theirs")
    assert not [name for name in desk.files() if ".netnotes" in name]


@pytest.mark.parametrize("path", ["../out.md", ".obsidian/x.md", "/etc/x.md"])
def test_no_note_is_made_outside(desk, path):
    assert isinstance(draft_new_note(desk.root, path, "x"), Problem)


def inserted(desk, lines, at):
    found = locate(desk.root, "Day.md")
    assert isinstance(found, tuple)
    return insert("Day.md", found, lines, at)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_is_put_into_a_body_and_taken_back(desk, end):
    text = f"# Day{end}- one{end}- two{end}"
    desk.put("Day.md", text)
    draft = inserted(desk, "- coffee\n", text.index("- two"))
    assert isinstance(draft, Draft)
    assert write([draft], desk.context(command="log")).written
    assert desk.text("Day.md") == f"# Day{end}- one{end}- coffee{end}- two{end}"
    desk.put("Day.md", desk.text("Day.md") + f"- three{end}")
    undo_writes(desk)
    assert desk.text("Day.md") == text + f"- three{end}"


@settings(max_examples=examples(50))
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")), st.integers(0, 40))
def test_putting_a_line_in_and_taking_it_back_changes_nothing(tmp_path_factory, text, at):
    from tests.writing.conftest import Desk

    root = tmp_path_factory.mktemp("desk")
    desk = Desk(root / "vault", root / "data")
    with desk.journal:
        desk.put("Day.md", text)
        before = desk.bytes("Day.md")
        draft = inserted(desk, "- line\n", min(at, len(text)))
        assert isinstance(draft, Draft)
        write([draft], desk.context(command="log"))
        undo_writes(desk)
        assert desk.bytes("Day.md") == before
