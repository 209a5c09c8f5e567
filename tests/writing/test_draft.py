"""The diff of a dry run, and the lines in their order."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.model import Problem
from netnotes.text.frontmatter.property_order import rewrite
from netnotes.text.frontmatter.splice import Refused
from netnotes.writing.apply import write
from netnotes.writing.draft import (
    FOLDER,
    Draft,
    diff,
    draft_addition,
    draft_new_note,
    insert,
    locate,
    properties_of,
    set_properties,
    system_problem,
)
from netnotes.writing.undo import NothingToUndo, select_entries, undo

ADA, BOB = "People/Ada.md", "People/Bob.md"
MET = [1, 5, 20]
SEAL = "depth-c3c3 tie-4f4b warmth-2fef"


def test_the_diff_shows_what_would_be_done_and_does_nothing(desk):
    desk.put(ADA, "---\nname: Ada\n---\nend", MET)
    desk.put(BOB, "---\nname: [\n---\n", MET)
    before = desk.files()
    shown = "".join(map(str, diff(desk.root, desk.run().edits)))
    assert desk.files() == before
    assert shown.startswith(
        "--- a/People/Ada.md\n+++ b/People/Ada.md\n@@ -1,4 +1,10 @@\n ---\n name: Ada\n+depth: 0.58\n"
    )
    assert shown.endswith(" ---\n end\n\\ No newline at end of file\n")


def test_the_diff_is_a_patch(desk, tmp_path):
    desk.put(ADA, "a\n\u2028b\x0c\n\n" * 50 + "end", MET)
    desk.put(BOB, "---\r\nname: Bob\r\n---\r\n", MET)
    shown = "".join(map(str, diff(desk.root, desk.run().edits)))
    (tmp_path / "patch").write_bytes(shown.encode())
    before = desk.files()
    desk.sync()
    after = desk.files()
    for path, data in before.items():
        (desk.root / path).write_bytes(data)
    done = subprocess.run(["patch", "--binary", "-p1", "-s", "-i", str(tmp_path / "patch")], cwd=desk.root, check=False)
    assert done.returncode == 0
    assert desk.files() == after


def test_a_new_line_goes_where_the_order_wants_it():
    text = f"---\nname: Ada\ndepth: 0.6\nwarmth: warm\nnetnotes: {SEAL}\nphone: 12\n---\n"
    assert rewrite(text, {"tie": "deep"}) == text.replace("warmth: warm", "tie: deep\nwarmth: warm")


def test_several_new_lines_keep_their_order():
    text = "---\r\ndepth: 0.6\r\nnetnotes: depth-c3c3\r\nphone: 12\r\n---\r\nBody"
    assert rewrite(text, {"tie": "deep", "warmth": "warm", "netnotes": SEAL}) == (
        f"---\r\ndepth: 0.6\r\ntie: deep\r\nwarmth: warm\r\nnetnotes: {SEAL}\r\nphone: 12\r\n---\r\nBody"
    )


USERS = [
    "name: Ada",
    "# a remark",
    "phone: 012",
    "list:",
    "  - depth: 1",
    "text: |",
    "  netnotes: x",
    "",
    "tags: [a]",
]
OURS: dict[str, str | int | float | None] = {"depth": 0.6, "tie": "deep", "warmth": "warm"}


@given(st.data())
def test_the_users_lines_stay_as_they_are_wherever_ours_are(data):
    users = data.draw(st.sampled_from([USERS[:3], USERS[:1] + USERS[3:5], USERS[5:7] + USERS[7:], USERS, ["a: 1"]]))
    tops = [at for at, line in enumerate(users) if line and line[0] not in " #"] + [len(users)]
    standing = data.draw(st.sets(st.sampled_from(sorted(OURS)), max_size=2))
    lines = list(users)
    for name in sorted(standing | {"netnotes"}):
        lines.insert(data.draw(st.sampled_from(tops)), f"{name}: {OURS.get(name, 'depth-c3c3')}")
        tops = [at for at, line in enumerate(lines) if line and line[0] not in " #"] + [len(lines)]
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(["---", *lines, "---", "Body"])
    result = rewrite(text, OURS | {"netnotes": SEAL})
    ours = {f"{name}: {value}" for name, value in OURS.items()} | {f"netnotes: {SEAL}"}
    assert [line for line in result.split(end) if line not in ours] == ["---", *users, "---", "Body"]
    assert ours <= set(result.split(end))


def test_our_first_lines_are_last_in_the_block():
    assert rewrite("---\nname: Ada\n---\n", {"depth": 0.6, "netnotes": "depth-c3c3"}) == (
        "---\nname: Ada\ndepth: 0.6\nnetnotes: depth-c3c3\n---\n"
    )


def test_a_line_is_not_moved_into_a_value_of_several_lines():
    """Before the seal stands a text whose lines look like ours; nothing of it may change."""
    text = "---\nnote: |\n  netnotes: x\nnetnotes: depth-c3c3\nmore: |\n  text\n---\n"
    assert rewrite(text, {"depth": 0.6}) == text.replace("\nnetnotes: d", "\ndepth: 0.6\nnetnotes: d")


def test_a_change_that_is_not_certain_is_refused():
    with pytest.raises(Refused):
        rewrite("---\ndepth: [0.6]\n---\n", {"depth": 0.5})


def test_names_in_the_journal_never_change(desk):
    """Journals of older versions are read by these words."""
    desk.put(BOB, "Bob\n")
    written = [draft_addition(desk.root, BOB, "x\n"), draft_new_note(desk.root, "People/New/Cy.md", "# Cy\n")]
    assert len(write([made for made in written if isinstance(made, Draft)], desk.context(command="log")).written) == 2
    (added,), (made,) = desk.journal.history(BOB), desk.journal.history("People/New/Cy.md")
    assert (added.changes, made.changes) == ({"+text": (None, [["Bob", [], ["x"]]])}, {"+folder": (None, "People/New")})
    assert made.old == "absent"
    undo(select_entries(desk.journal), desk.context(command="undo"))
    assert desk.journal.history("People/New/Cy.md")[-1].new == "absent"
    with pytest.raises(NothingToUndo):
        select_entries(desk.journal)


@pytest.mark.parametrize(
    "body", [["one"], ["one", "two"], [*"abcdefg"], [*"abcdefgh"], ["---", "name: Ada", "---", "z"]]
)
def test_the_diff_has_three_lines_around_each_change_and_nothing_else(desk, body):
    desk.put(ADA, "\n".join(["---", "a: 1", "b: 2", "c: 3", "d: 4", "---", *body, ""]), MET)
    shown = "".join(map(str, diff(desk.root, desk.run().edits))).splitlines()
    lines = [line for line in shown[3:] if not line.startswith("+")]
    assert lines == [f" {line}" for line in ["b: 2", "c: 3", "d: 4", "---", *body][: 3 + min(3, 1 + len(body))]]
    assert len([line for line in shown[3:] if line.startswith("+")]) == 6


@pytest.mark.parametrize(("data", "line"), [(b"\xff", 1), (b"\n\xff", 2), (b"a\nb\n\xff\n\n", 3)])
def test_a_note_that_is_not_utf8_is_refused_with_its_line(desk, data, line):
    desk.put(ADA, data)
    for problem in (
        set_properties(ADA, data, {"depth": 1}),
        insert(ADA, (ADA, data, 0.0), "x\n"),
        draft_addition(desk.root, ADA, "x\n"),
    ):
        assert isinstance(problem, Problem)
        assert (problem.path, problem.line, problem.message) == (ADA, line, "not written: it is not UTF-8")
    assert properties_of(data) == {}


def test_page_properties_are_written_where_they_are_asked_for_or_sealed():
    assert set_properties(ADA, b"type:: person\n", {"depth": 1}, page=True) == b"type:: person\ndepth:: 1\n"
    assert set_properties(ADA, b"type:: person\n", {"depth": 1}) == b"---\ndepth: 1\n---\ntype:: person\n"
    sealed = b"type:: person\ndepth:: 0.6\nnetnotes:: depth-c3c3\n"
    assert set_properties(ADA, sealed, {"depth": 1}) == sealed.replace(b"0.6", b"1")
    assert properties_of(sealed)["netnotes"] == "depth-c3c3"
    assert properties_of(b"type:: person\n") == {}
    assert properties_of(b"---\ntype: person\n---\n") == {"type": "person"}


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "x\n"), ("a", "a\nx\n"), ("a\n", "a\nx\n"), ("a\r\nb", "a\r\nb\r\nx\r\n"), ("a\r\n", "a\r\nx\r\n")],
)
def test_lines_are_added_below_the_last_line(desk, before, after):
    desk.put(ADA, before)
    added = draft_addition(desk.root, ADA, "x\n")
    assert isinstance(added, Draft)
    assert (added.path, added.place, added.before, added.after) == (ADA, ADA, before.encode(), after.encode())


def test_lines_for_a_note_that_is_not_there_make_it_with_its_folders(desk):
    added = draft_addition(desk.root, "People/New/Cy.md", "x\n")
    assert isinstance(added, Draft)
    assert (added.before, added.after, added.changes) == (None, b"x\n", {FOLDER: (None, "People")})
    desk.put("People/Ada.md", "")
    added = draft_addition(desk.root, "People/New/Cy.md", "x\n")
    assert isinstance(added, Draft)
    assert added.changes == {FOLDER: (None, "People/New")}
    added = draft_new_note(desk.root, BOB, "x\n")
    assert isinstance(added, Draft)
    assert added.changes == {}


def test_no_note_is_made_in_a_vault_that_is_gone(desk):
    desk.root.rmdir()
    problem = draft_new_note(desk.root, ADA, "x\n")
    assert isinstance(problem, Problem)
    assert problem.message.startswith("not written: no such file")


@pytest.mark.skipif(sys.platform == "win32", reason="as Unix does it")
def test_only_regular_files_are_written(desk):
    (desk.root / "People").mkdir()
    os.mkfifo(desk.root / ADA)
    (desk.root / BOB).symlink_to("Bob.md")
    (desk.root / "People/Cy.md").mkdir()
    found = [locate(desk.root, path) for path in (ADA, BOB, "People/Cy.md")]
    assert all(isinstance(problem, Problem) for problem in found)
    assert [problem.message for problem in found][::2] == ["not written: it is not a regular file"] * 2
    desk.put("People/Dot.md", "Dot\n").chmod(0o555)
    problem = locate(desk.root, "People/Dot.md")
    assert isinstance(problem, Problem)
    assert problem.message == "not written: it is read-only"


@pytest.mark.parametrize("error", [OSError("Odd"), OSError(5, "Odd"), RuntimeError("Odd")])
def test_an_error_of_the_system_is_reported_in_its_words(error):
    problem = system_problem(ADA, error)
    assert (problem.path, problem.message) == (ADA, "not written: odd")
