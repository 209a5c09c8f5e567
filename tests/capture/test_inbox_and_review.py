"""`inbox` moves lines where they belong; `review` and `Today.md` are pages of ours, never evidence."""

import json
from pathlib import Path

import pytest

from netnotes.capture.notes.review import is_ours, page
from tests.program import run

DAY = "2026-03-11"
PERSON = "---\ntype: person\n---\n"
VAULT = {
    "netnotes.toml": "",
    "People/Marta Quill.md": PERSON,
    "People/Ben Osei.md": PERSON,
    "2026-03-09.md": "- coffee with [[Marta Quill]] 60m\n- [x] call [[Ben Osei]] 📅 2026-03-08 ✅ 2026-03-09\n",
    "2026-03-02.md": "- coffee with [[Marta Quill]] 60m\n- [ ] lend [[Ben Osei]] the drill\n",
}
INBOX = (
    "---\nnote: mine\n---\n# Inbox\n\n2026-03-10 18:05 coffee with Ben yesterday 45m\n- called Marta\n"
    "- [ ] lunch with Ben tomorrow\n- buy milk\n```\nmet Ben\n```\n"
)


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_logged_lines_of_the_inbox_are_removed_and_the_others_stay(netnotes, vault, newline):
    root = vault({**VAULT, "Inbox.md": INBOX.replace("\n", newline).encode()})
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert "- coffee with [[Ben Osei]] 45m" in read(root, "2026-03-09.md")
    assert "- called [[Marta Quill]] [by:: me]\n" in read(root, f"{DAY}.md")
    left = INBOX.replace("2026-03-10 18:05 coffee with Ben yesterday 45m\n", "").replace("- called Marta\n", "")
    assert read(root, "Inbox.md") == left.replace("\n", newline)


def test_each_line_comes_back_with_its_note(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "- called Marta\n"})
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert netnotes("undo", root).code == 0
    assert read(root, "Inbox.md") == "- called Marta\n"
    assert not (root / f"{DAY}.md").exists()


def test_one_undo_takes_back_all_that_one_inbox_moved(netnotes, vault):
    lines = "- called Marta\n- coffee with Ben 45m\nbuy milk\n- coffee with Marta 2026-03-02, 20m\n- tea with Ben 30m\n"
    root = vault({**VAULT, "Inbox.md": lines})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert read(root, "Inbox.md") == "buy milk\n"
    assert ran.out.endswith(f"To undo:\n  netnotes undo {root}\n")
    assert [(run["command"], run["notes"]) for run in json.loads(netnotes("undo", root, "--list", "--json").out)] == [
        ("inbox", 3)
    ]
    assert netnotes("undo", root).out == "3 notes restored\n"
    assert {path: read(root, path) for path in VAULT} == VAULT
    assert read(root, "Inbox.md") == lines
    assert not (root / f"{DAY}.md").exists()
    # Undoing the undo brings them back.
    assert netnotes("undo", root, "--run", "2").out == "3 notes restored\n"
    assert read(root, "Inbox.md") == "buy milk\n"
    assert "coffee with [[Ben Osei]] 45m" in read(root, f"{DAY}.md")


def test_an_undo_of_the_inbox_keeps_what_was_written_meanwhile(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "- called Marta\n- coffee with Ben 45m\n", f"{DAY}.md": "woke up\n"})
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    with (root / f"{DAY}.md").open("a") as file:
        file.write("went to bed\n")
    assert netnotes("undo", root).code == 0
    assert read(root, f"{DAY}.md") == "woke up\nwent to bed\n"
    assert read(root, "Inbox.md") == "- called Marta\n- coffee with Ben 45m\n"


def test_nothing_is_moved_without_a_yes(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": INBOX})
    ran = netnotes("inbox", root, "--as-of", DAY)
    assert "2026-03-10" not in ran.err
    assert "→ would log 9 Mar, in person, 45 min" in ran.out
    assert read(root, "Inbox.md") == INBOX


SEVERAL = "- buy milk\n- 2026-03-09 coffee with Ben 45m; called Marta 10m\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_line_with_several_contacts_is_moved_as_several(netnotes, vault, newline):
    text = SEVERAL.replace("\n", newline)
    root = vault({**VAULT, "Inbox.md": text.encode()})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert ran.out.count("→ logged 9 Mar") == 2
    assert read(root, "Inbox.md") == f"- buy milk{newline}"
    assert "- coffee with [[Ben Osei]] 45m\n- called [[Marta Quill]] 10m [by:: me]\n" in read(root, "2026-03-09.md")
    # One undo takes all of it back.
    assert netnotes("undo", root).code == 0
    assert read(root, "Inbox.md") == text
    assert read(root, "2026-03-09.md") == VAULT["2026-03-09.md"]


@pytest.mark.parametrize(
    "stamp", ["[2026-03-10 Tue 12:00]", "<2026-03-10 Tue>", "[2026-03-10]", "2026-03-10T12:00:05Z"]
)
def test_a_time_stamp_in_front_is_the_day(netnotes, vault, stamp):
    root = vault({**VAULT, "Inbox.md": f"{stamp} walk with Ben 30m\n"})
    (found,) = json.loads(netnotes("inbox", root, "--as-of", DAY, "--json").out)
    assert (found["date"], found["text"]) == ("2026-03-10", "walk with Ben 30m")


def test_an_empty_bullet_is_no_line(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "- called Marta\n-\n- [ ]\n"})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert (ran.code, ran.out.count("Inbox.md:")) == (0, 1)
    assert read(root, "Inbox.md") == "-\n- [ ]\n"


def test_several_contacts_in_a_line_are_moved_after_one_yes(vault, monkeypatch):
    root = vault({**VAULT, "Inbox.md": SEVERAL})
    for module in ("inbox", "answer"):
        monkeypatch.setattr(f"netnotes.cli.commands.capture.{module}.is_terminal", lambda: True)
    ran = run("inbox", root, "--as-of", DAY, answers="y\n")
    assert "Log all 2?" in ran.output
    assert read(root, "Inbox.md") == "- buy milk\n"
    assert "called [[Marta Quill]] 10m" in read(root, "2026-03-09.md")


def test_several_contacts_on_different_days(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "met Ben on Monday and Marta on Tuesday\n"})
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert "- met [[Ben Osei]]\n" in read(root, "2026-03-09.md")
    assert "[[Marta Quill]]" in read(root, "2026-03-10.md")


def test_several_contacts_of_which_one_must_be_asked_all_stay(netnotes, vault):
    text = "coffee with Ben 45m; called Marta 10m on Wednesday\n"
    root = vault({**VAULT, "Inbox.md": text})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert (ran.code, "today, or a week ago?" in ran.out) == (1, True)
    assert read(root, "Inbox.md") == text
    assert not (root / f"{DAY}.md").exists()


def test_several_contacts_in_a_line_are_several_in_json(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": SEVERAL})
    found = json.loads(netnotes("inbox", root, "--as-of", DAY, "--json").out)
    assert [(one["line"], one["people"], one["minutes"], one["text"]) for one in found] == [
        (1, [], None, "buy milk"),
        (2, ["Ben Osei"], 45, "coffee with Ben 45m"),
        (2, ["Marta Quill"], 10, "called Marta 10m"),
    ]


def test_the_inbox_as_json(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": INBOX})
    output = json.loads(netnotes("inbox", root, "--as-of", DAY, "--json").out)
    assert [(one["line"], one["people"], one["logged"]) for one in output] == [
        (6, ["Ben Osei"], True),
        (7, ["Marta Quill"], True),
        (8, ["Ben Osei"], False),
        (9, [], False),
    ]
    assert output[0]["date"] == "2026-03-09"


def test_a_line_that_another_device_moved_already_is_not_logged_twice(netnotes, vault):
    line = "- called [[Marta Quill]] [by:: me]\n"
    root = vault({**VAULT, "Inbox.md": "- called Marta\n", f"{DAY}.md": line})
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert read(root, f"{DAY}.md") == line
    assert read(root, "Inbox.md") == ""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_last_line_leaves_the_line_end_before_it(netnotes, vault, newline):
    root = vault({**VAULT, "Inbox.md": f"buy milk{newline}called Marta".encode()})
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert read(root, "Inbox.md") == f"buy milk{newline}"


@pytest.mark.parametrize("rest", ["", "buy milk\r\n"])
def test_a_byte_order_mark_is_no_text_and_stays(netnotes, vault, rest):
    root = vault({**VAULT, "Inbox.md": f"\ufeffcalled Marta\r\n{rest}".encode()})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert "Inbox.md:1: called Marta\n" in ran.out
    assert read(root, "Inbox.md") == f"\ufeff{rest}"


def test_a_byte_order_mark_within_the_note_goes_with_its_line(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "buy milk\n\ufeffcalled Marta\n\ufeffbuy bread\n"})
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert read(root, "Inbox.md") == "buy milk\n\ufeffbuy bread\n"


def test_a_line_of_a_day_to_come_waits(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "2026-03-12 coffee with Ben\n"})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert "2026-03-12 is yet to come" in ran.out
    assert read(root, "Inbox.md") == "2026-03-12 coffee with Ben\n"
    netnotes("inbox", root, "--as-of", "2026-03-12", "--yes")
    assert read(root, "2026-03-12.md") == "- coffee with [[Ben Osei]]\n"


DATED = """2026-03-10 coffee with [[Ben Osei]] 45m
- 2026-03-10 called [[Marta Quill]]

## 2026-03-08
- lunch with Marta
"""


@pytest.mark.parametrize("name", ["Inbox.md", "Phone/In.md"])
def test_a_line_is_no_contact_until_it_is_moved(netnotes, vault, name):
    root = vault({**VAULT, "netnotes.toml": f'[capture]\ninbox = "{name}"\n'})
    before = netnotes("people", root, "--as-of", DAY, "--json").out
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(DATED, encoding="utf-8")
    assert netnotes("people", root, "--as-of", DAY, "--json").out == before
    ran = netnotes("inspect", root / name, "--as-of", DAY)
    assert ran.out.count("in the inbox  → move it to its day: netnotes inbox") == 3
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert [name for name in read(root, "2026-03-10.md").split("\n") if name] == [
        "- coffee with [[Ben Osei]] 45m",
        "- called [[Marta Quill]] [by:: me]",
    ]
    assert read(root, "2026-03-08.md") == "- lunch with [[Marta Quill]]\n"
    assert netnotes("people", root, "--as-of", DAY, "--json").out != before


def test_what_the_inbox_does_not_offer_counts_as_elsewhere(netnotes, vault):
    lines = (
        "- [x] coffee with [[Ben Osei]] ✅ 2026-03-10\n- [ ] send [[Marta Quill]] the map 📅 2026-03-20\n\n"
        "| date | what |\n| --- | --- |\n| 2026-03-08 | lunch with [[Marta Quill]] |\n"
    )
    root = vault({**VAULT, "Inbox.md": lines})
    commands = ("people", "chase")
    found = [netnotes(command, root, "--as-of", DAY, "--json").out for command in commands]
    (root / "Inbox.md").rename(root / "Other.md")
    others = [netnotes(command, root, "--as-of", DAY, "--json").out for command in commands]
    assert found == [out.replace("Other.md", "Inbox.md") for out in others]
    assert "the map" in found[1]


@pytest.mark.parametrize("name", ["Daily/Inbox.md", "2026-03-10.md", "inbox notes.md"])
def test_another_note_is_no_inbox(netnotes, vault, name):
    root = vault({**VAULT, name: "- 2026-03-10 called [[Marta Quill]]\n"})
    people = json.loads(netnotes("people", root, "--as-of", DAY, "--json").out)
    assert next(one["encounters"] for one in people if one["name"] == "Marta Quill") == 3


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("8. März Kaffee mit Ben\n3. Kaffee mit Ben\n", [8, 11]),
        ("8. März 2026\nKaffee mit Ben\n", [8]),
        ("2026-03-08 18:05:33 +0100 tea with Ben\n[2026-03-07 18:05] tea with Ben\n", [8, 7]),
        ("## 2026-03-08\n- called Marta\n", [8]),
        ("## Sunday, 8 March 2026\n\ncalled Marta\n- called Ben\n", [8, 8]),
        ("# [[2026-03-08]]\n## Calls\ncalled Marta\n# Other\ncalled Marta\n", [8, 11]),
        ("2026-03-08\ncalled Marta\n2026-03-09 18:00\ncalled Ben\n", [8, 9]),
        ("**2026-03-08**\n\n- called Marta\n", [8]),
        ("- 2026-03-08\n  - called Marta\n- called Ben\n", [8, 11]),
        ("# 2026-03-08\n2026-03-07 called Marta\n- coffee with Ben yesterday\n", [7, 7]),
        ("# 05/03/2026\ncalled Marta\n", ["it is not clear which day `05/03/2026` is"]),
        ("# 20/03/2026\ncalled Marta\n", ["2026-03-20 is yet to come"]),
    ],
)
def test_a_date_above_a_line_is_its_day(netnotes, vault, text, days):
    root = vault({**VAULT, "Inbox.md": text})
    found = json.loads(netnotes("inbox", root, "--as-of", DAY, "--json").out)
    assert [int(one["date"][-2:]) if one["logged"] else one["why"] for one in found] == days


def test_the_vault_s_own_order_says_which_day_stands_above(netnotes, vault):
    root = vault({**VAULT, "25/02/2026.md".replace("/", "-"): "", "Inbox.md": "# 05/03/2026\ncalled Marta\n"})
    (found,) = json.loads(netnotes("inbox", root, "--as-of", DAY, "--json").out)
    assert found["date"] == "2026-03-05"


def test_a_line_that_is_there_is_said_to_be_there(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "called Marta\ncalled Marta\n"})
    out = netnotes("inbox", root, "--as-of", DAY, "--yes").out
    assert (out.count("→ logged"), out.count("already in")) == (1, 1)
    assert read(root, f"{DAY}.md") == "- called [[Marta Quill]] [by:: me]\n"
    assert read(root, "Inbox.md") == ""


def test_lines_are_moved_and_printed_as_json(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": INBOX})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes", "--json")
    assert [one["path"] for one in json.loads(ran.out)] == ["2026-03-09.md", f"{DAY}.md", None, None]
    assert ran.code == 1
    assert "called [[Marta Quill]]" in read(root, f"{DAY}.md")
    assert "called Marta" not in read(root, "Inbox.md")


def test_a_line_with_a_date_changes_as_much_as_without_the_inbox(netnotes, vault):
    root = vault(VAULT)
    logged = netnotes("log", "coffee with Ben 45m 2026-03-10", root, "--as-of", DAY, "--dry-run").out
    (root / "Inbox.md").write_text("2026-03-10 coffee with Ben 45m\nbuy milk\n")
    for _ in range(2):
        assert logged.split("next by")[0].strip() in netnotes("inbox", root, "--as-of", DAY, "--dry-run").out
    netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert (root / "Inbox.md").read_text() == "buy milk\n"
    people = json.loads(netnotes("people", root, "--as-of", DAY, "--json").out)
    assert next(one["encounters"] for one in people if one["name"] == "Ben Osei") == 2


def test_a_table_in_the_inbox_is_no_text(netnotes, vault):
    root = vault({**VAULT, "Inbox.md": "| who | when |\n| --- | --- |\n| Ben | call |\n"})
    assert "Inbox.md is empty" in netnotes("inbox", root, "--as-of", DAY).out


def test_a_review_looks_back_and_is_never_evidence(netnotes, vault):
    root = vault(VAULT)
    before = netnotes("people", root, "--as-of", DAY, "--json").out
    ran = netnotes("review", root, "--as-of", DAY)
    assert ran.out.startswith("Reviews/2026-W11.md")
    text = read(root, "Reviews/2026-W11.md")
    assert "[[Marta Quill]] " in text.partition("## Got closer")[2].partition("## Drifted")[0]
    assert "- call Ben Osei" in text.partition("Kept: 1 promise.")[2].partition("Open")[0]
    assert "- lend Ben Osei the drill" in text
    assert netnotes("people", root, "--as-of", DAY, "--json").out == before
    assert netnotes("undo", root).code == 0
    assert not (root / "Reviews").exists()


def test_a_review_that_was_answered_is_kept(netnotes, vault):
    root = vault(VAULT)
    netnotes("review", root, "--as-of", DAY, "--month")
    path = root / "Reviews" / "2026-03.md"
    answered = path.read_text(encoding="utf-8") + "Less.\n"
    path.write_text(answered, encoding="utf-8")
    ran = netnotes("review", root, "--as-of", DAY, "--month")
    assert ran.code == 1
    assert "you have edited it" in ran.err
    assert path.read_text(encoding="utf-8") == answered


def test_a_page_is_ours_until_it_is_edited():
    text = page("# A\n\nb\n")
    assert is_ours(text)
    assert is_ours(text.replace("\n", "\r\n"))
    assert not is_ours(text + "c")
    assert not is_ours("# A\n")


def test_an_inbox_with_conflict_markers_is_left_alone(netnotes, vault):
    text = "<<<<<<< HEAD\ncoffee with Ben\n=======\ncoffee with Ben and Marta\n>>>>>>> other\n"
    root = vault({**VAULT, "Inbox.md": text})
    ran = netnotes("inbox", root, "--as-of", DAY, "--yes")
    assert ran.code == 1
    assert "conflict markers" in ran.err
    assert read(root, "Inbox.md") == text
    assert not (root / f"{DAY}.md").exists()


COPIES = [
    "Inbox (Conflicted copy laptop 202603101200).md",
    "Inbox.sync-conflict-20260310-120000-ABCDEFG.md",
    "Inbox (Ada's conflicted copy 2026-03-10).md",
    "Inbox 2.md",
    "Inbox (in Konflikt stehende Kopie von Ada 2026-03-10).md",
]


@pytest.mark.parametrize("inbox", [INBOX, "", None])
@pytest.mark.parametrize("path", COPIES)
def test_lines_in_a_copy_of_the_inbox_that_a_sync_made_are_named(netnotes, vault, path, inbox):
    copy = f"{INBOX}lunch with Marta on Monday\n"
    root = vault({**VAULT, path: copy, **({} if inbox is None else {"Inbox.md": inbox})})
    ran = netnotes("inbox", root, "--as-of", DAY, "--dry-run")
    count = 1 if inbox else 5
    assert f"{path}: {count} line{'s' * (count > 1)} of a copy" in ran.err.replace("\n    ", " ")
    assert "move what is new in it to Inbox.md, and delete the copy" in ran.err.replace("\n    ", " ")
    as_json = netnotes("inbox", root, "--as-of", DAY, "--json")
    assert path in as_json.err
    assert len(json.loads(as_json.out)) == (4 if inbox else 0)


@pytest.mark.parametrize("path", [*COPIES, "Inbox of Ada.md"])
def test_a_copy_of_the_inbox_with_nothing_new_is_not_named(netnotes, vault, path):
    root = vault({**VAULT, path: INBOX, "Inbox.md": f"{INBOX}called Ben\n"})
    assert path not in netnotes("inbox", root, "--as-of", DAY, "--dry-run").err


@pytest.mark.parametrize("path", ["pages/Inbox.md", "inbox.md", "00 In/INBOX.md"])
def test_an_inbox_elsewhere_is_named(netnotes, vault, path):
    ran = netnotes("inbox", vault({**VAULT, path: "called Marta\n"}), "--as-of", DAY)
    assert f'[capture]\n  inbox = "{path}"' in ran.out


@pytest.mark.parametrize(
    ("options", "path"),
    [("", "pages/Reviews___2026-W11.md"), ('[capture]\nreviews = "pages"\n', "pages/2026-W11.md")],
)
def test_a_review_in_logseq_is_a_page(netnotes, vault, options, path):
    notes = {"logseq/config.edn": "{}", "netnotes.toml": options, "pages/Marta Quill.md": "type:: person\n"}
    root = vault({**notes, "journals/2026_03_10.md": "- coffee with [[Marta Quill]]\n"})
    assert netnotes("review", root, "--as-of", DAY).out.startswith(path)
    assert "[[Marta Quill]]" in read(root, path)
    assert len(json.loads(netnotes("people", root, "--as-of", DAY, "--json").out)) == 1
