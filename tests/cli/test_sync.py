"""`sync` and what takes it back: only our lines change, and everything can be undone."""

import json

DAY = "--as-of=2026-06-30"
NOTES = {
    "People/Ada.md": "---\ntype: person # a comment\n---\n# Ada\n",
    "People/Bo.md": "# Bo, no front matter\r\n",
    "People/Own.md": "---\nlast_contact: 2026-05-05\n---\n",
    "People/Not.md": "---\nnetnotes: ignore\n---\n",
    "People/Broken.md": "---\nx: [\n---\n",
    "2026-06-01.md": "- lunch with [[Ada]], [[Bo]], [[Own]], [[Not]], [[Broken]]\n",
}


def contents(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.md"))}


def test_the_first_sync_asks_and_writes_nothing_when_nobody_answers(netnotes, vault):
    root = vault(NOTES)
    before = contents(root)
    ran = netnotes("sync", root, DAY)
    assert ran.code == 1
    assert "People/Ada.md" in ran.err
    assert "hint: " in ran.err
    assert contents(root) == before


def test_a_dry_run_prints_a_diff_and_writes_nothing(netnotes, vault):
    root = vault(NOTES)
    before = contents(root)
    ran = netnotes("sync", root, DAY, "--dry-run")
    assert ran.code == 0
    assert "--- a/People/Ada.md\n+++ b/People/Ada.md" in ran.out
    assert "+last_contact: 2026-06-01" in ran.out
    plan = {edit["path"]: edit for edit in json.loads(netnotes("sync", root, DAY, "--dry-run", "--json").out)}
    assert plan["People/Ada.md"]["changes"]["tie"] == [None, "thin"]
    assert plan["People/Broken.md"]["refused"]
    assert contents(root) == before


def test_a_dry_run_names_notes_that_may_not_be_written(netnotes, vault):
    root = vault({"People/Ada.md": "", "2026-06-01.md": "- lunch with [[Ada]]\n"})
    (root / "People/Ada.md").chmod(0o444)
    ran = netnotes("sync", root, DAY, "--dry-run")
    assert ran.out == ""
    assert ran.err.startswith("People/Ada.md: not written: it is read-only\n")


def test_sync_writes_only_our_fields_once_and_undo_removes_them(netnotes, vault):
    root = vault(NOTES)
    before = contents(root)
    assert netnotes("sync", root, DAY, "--yes").code == 0
    after = contents(root)
    assert after["People/Ada.md"].startswith(b"---\ntype: person # a comment\ndepth: 0.")
    assert after["People/Ada.md"].endswith(b"\n---\n# Ada\n")
    assert b"\r\n---\r\n# Bo" in after["People/Bo.md"]
    assert b"last_contact: 2026-05-05\n" in after["People/Own.md"]
    for untouched in ("People/Not.md", "People/Broken.md", "2026-06-01.md"):
        assert after[untouched] == before[untouched]
    assert netnotes("sync", root, DAY).out == "Everything else is up to date.\n"
    assert netnotes("sync", root, DAY, "--dry-run").out == ""
    assert netnotes("undo", root).code == 0
    assert contents(root) == before
    assert netnotes("sync", root, DAY, "--yes").code == 0
    assert netnotes("clean", root, "--yes").code == 0
    assert contents(root) == before


def test_notes_that_are_not_written_are_not_called_up_to_date(netnotes, vault):
    root = vault({"People/Ada.md": "---\na: 1\n- 2026-06-01 coffee\n"})
    ran = netnotes("sync", root, DAY, "--yes")
    assert "not written: its front matter is not closed" in ran.err
    assert f"netnotes check {root}" in ran.err
    assert ran.out == "Everything else is up to date.\n"


def test_a_vault_without_people_is_not_called_up_to_date(netnotes, vault):
    root = vault({"Shopping.md": "- milk\n"})
    for ran in (netnotes("sync", root, DAY), netnotes("sync", root, DAY, "--dry-run")):
        assert ran.code == 0
        assert "No people found in these notes" in ran.out + ran.err
        assert f"netnotes setup {root}" in ran.out + ran.err


def test_accept_gives_a_field_back_to_us(netnotes, vault):
    root = vault(NOTES)
    netnotes("sync", root, DAY, "--yes")
    assert "last_contact: 2026-05-05" in (root / "People/Own.md").read_text()
    assert netnotes("accept", root, "--note", "People/Own.md", DAY).code == 0
    netnotes("sync", root, DAY)
    assert "last_contact: 2026-06-01" in (root / "People/Own.md").read_text()


def test_accept_of_a_note_that_is_nobody(netnotes, vault):
    ran = netnotes("accept", vault(NOTES), "--note", "2026-06-01.md")
    assert ran.code == 1
    assert "2026-06-01.md: not a person's note" in ran.err
    assert "hint: give its path in the vault" in ran.err


def test_an_empty_journal_lists_nothing(netnotes, vault):
    ran = netnotes("undo", vault({"People/Ada.md": ""}), "--list")
    assert (ran.code, ran.out, ran.err) == (0, "", "Nothing to undo.\n")
