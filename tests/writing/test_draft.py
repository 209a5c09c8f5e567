"""The diff of a dry run, and the lines in their order."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.frontmatter.property_order import rewrite
from netnotes.text.frontmatter.splice import Refused
from netnotes.writing.draft import diff

ADA, BOB = "People/Ada.md", "People/Bob.md"
MET = [1, 5, 20]
SEAL = "depth-c3c3 tie-4f4b warmth-2fef"


def test_the_diff_shows_what_would_be_done_and_does_nothing(desk):
    desk.put(ADA, "---\nname: Ada\n---\nend", MET)
    desk.put(BOB, "---\nname: [\n---\n", MET)
    before = desk.files()
    shown = "".join(diff(desk.root, desk.run().edits))
    assert desk.files() == before
    assert shown.startswith(
        "--- a/People/Ada.md\n+++ b/People/Ada.md\n@@ -1,4 +1,10 @@\n ---\n name: Ada\n+depth: 0.58\n"
    )
    assert shown.endswith(" ---\n end\n\\ No newline at end of file\n")


def test_the_diff_is_a_patch(desk, tmp_path):
    desk.put(ADA, "a\n\u2028b\x0c\n\n" * 50 + "end", MET)
    desk.put(BOB, "---\r\nname: Bob\r\n---\r\n", MET)
    shown = "".join(diff(desk.root, desk.run().edits))
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
def test_the_users_lines_stay_as_they_are_wherever_ours_stand(data):
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


def test_the_first_lines_stand_last_in_the_block():
    assert rewrite("---\nname: Ada\n---\n", {"depth": 0.6, "netnotes": "depth-c3c3"}) == (
        "---\nname: Ada\ndepth: 0.6\nnetnotes: depth-c3c3\n---\n"
    )


def test_a_line_is_not_moved_into_a_value_of_several_lines():
    """Before the seal stands a text whose lines look like ours; nothing of it may change."""
    text = "---\nnote: |\n  netnotes: x\nnetnotes: depth-c3c3\nmore: |\n  text\n---\n"
    assert rewrite(text, {"depth": 0.6}) == text.replace("\nnetnotes: d", "\ndepth: 0.6\nnetnotes: d")


def test_what_cannot_be_changed_without_doubt_is_refused():
    with pytest.raises(Refused):
        rewrite("---\ndepth: [0.6]\n---\n", {"depth": 0.5})
