"""Wrong words, missing folders and broken notes: a clear line, the right exit code, and the rest goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from netnotes import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"

DAY = "--as-of=2026-06-30"
COMMANDS = ("people", "check", "sync", "graph")


def test_help_names_every_command_and_each_shows_an_example(netnotes):
    listed = netnotes("--help").out
    for name in cli.COMMANDS:
        assert f"  {name}" in listed
        output = netnotes(name, "--help")
        assert output.code == 0
        assert "Example" in output.out, name


@pytest.mark.parametrize(
    ("args", "output"),
    [
        (("peopel",), "did you mean `people`?"),
        (("people", "--jsn"), "no option `--jsn`: did you mean `--json`?"),
        (("evaluate",), "no command `evaluate`\n"),
        (("people", "--format", "csv"), "no option `--format`\n"),
        (("people", "--frobnicate"), "no option `--frobnicate`\n"),
        (("people", "--as-of", "2026-02-30"), "is not a date; use YYYY-MM-DD"),
        (("people", "--as-of", "soon"), "is not a date; use YYYY-MM-DD"),
        (("people", "--as-of", "3/5/2026"), "`3/5/2026` may be 2026-05-03 or 2026-03-05; use YYYY-MM-DD"),
        (("why", "./"), "`./` is a folder: the name before it is missing"),
        (("why",), "Missing argument"),
        (("people", "--most", "x"), "'--most': give a whole number, 1 or more, not `x`"),
        (("people", "--most", "0"), "give a whole number, 1 or more, not `0`"),
        (("people", "--most", "9" * 5000), "give a whole number, 1 or more"),
        (("due", "--lapsed", "-3"), "give a whole number from 0 to 36500, not `-3`"),
        (("graph", "--port", "1.5"), "give a whole number from 0 to 65535, not `1.5`"),
        (("accept",), "--all"),
        (("candidates", "--person", " "), "give a name"),
        (("undo", "--note", ""), "Invalid value for --note: name a note"),
        (("import", ""), "no such file: ``"),
        (("inspect", "Nobody"), "no note or person named Nobody; give its path, such as Daily/2026-03-01.md"),
        (
            ("import", "facebook", "friends.json"),
            "`facebook` is neither a file nor a kind; a kind is one of vcard",
        ),
    ],
)
def test_wrong_words_are_usage_errors(netnotes, args, output):
    ran = netnotes(*args)
    assert ran.code == 2
    assert output in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(("name", "meant"), cli.OTHER_NAMES.items())
def test_names_that_other_programs_use_lead_to_ours(netnotes, name, meant):
    ran = netnotes(name)
    assert ran.code == 2
    assert f"no command `{name}`: did you mean `{meant}`?" in ran.err
    assert meant in cli.COMMANDS or netnotes(meant).code == 0


def test_no_vault_anywhere(netnotes):
    ran = netnotes("people")
    assert ran.code == 1
    assert "no vault here" in ran.err
    assert "hint: name the folder" in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_folder(netnotes, command, tmp_path):
    ran = netnotes(command, tmp_path / "nowhere")
    assert ran.code == 1
    assert "nowhere: no such folder" in ran.err


def test_the_vault_around_the_working_directory_is_found(netnotes, vault, monkeypatch):
    root = vault({".obsidian/app.json": "{}", "People/Ada.md": "", "deep/er/x.md": ""})
    monkeypatch.chdir(root / "deep" / "er")
    assert "Ada" in netnotes("people").out


def test_a_plain_folder_with_a_usual_folder_needs_no_path_inside(netnotes, tmp_path, monkeypatch):
    for path in ("People/Ada.md", "Letters/2026-06-01.md"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text("- met [[Ada]]\n" if path[0] == "L" else "", encoding="utf-8")
    monkeypatch.delenv("NETNOTES_VAULT", raising=False)
    monkeypatch.chdir(tmp_path / "Letters")
    assert netnotes("people").code == 1
    monkeypatch.chdir(tmp_path)
    assert "Ada" in netnotes("people", "--as-of", "2026-06-30").out
    monkeypatch.setenv("NETNOTES_VAULT", str(tmp_path / "Letters"))
    assert '"path": null' in netnotes("people", "--json").out


def test_the_vault_of_the_environment_comes_last(netnotes, vault, monkeypatch):
    monkeypatch.setenv("NETNOTES_VAULT", str(vault({"People/Ada.md": ""})))
    assert "Ada" in netnotes("people").out


def test_an_empty_word_is_no_vault_and_no_person(netnotes, vault, monkeypatch):
    monkeypatch.chdir(vault({"People/Ada.md": ""}))
    assert "``: no such folder" in netnotes("people", "").err
    assert "the name is empty" in netnotes("why", "").err


def test_a_wrong_vault_of_the_environment_is_called_that(netnotes, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NETNOTES_VAULT", str(tmp_path / "gone"))
    assert "hint: correct the variable NETNOTES_VAULT" in netnotes("people").err


def test_an_empty_vault_and_one_without_people(netnotes, vault):
    for root in (vault(), vault({"Recipe.md": "Salt. [[Bread]]", "Bread.md": "Flour."})):
        ran = netnotes("people", root)
        assert (ran.code, ran.out) == (0, "")
        assert "No people found in these notes" in ran.err
        assert netnotes("people", root, "--json").out.strip() == "[]"
        assert netnotes("check", root).code == 0


def test_broken_notes_are_reported_with_line_and_hint_and_the_others_are_read(netnotes, vault):
    root = vault(
        {
            "People/Ada.md": "- 2026-06-01 coffee\n- 2026-02-30 never\n",
            "People/Bo.md": "---\nx: [\n---\n- 2026-06-02 coffee\n",
            "People/Cy.md": b"\x00\x01binary",
            "Latin.md": "caf\xe9".encode("latin-1"),
            "2026-06-03 Sync.md": "---\nattendees: [Ada]\nminutes: soon\n---\n",
            "Undated.md": "---\nattendees: [Ada]\n---\n",
            "Bad.md": "---\nattendees: [Ada]\ndate: 2026-06-31\n---\n",
        }
    )
    ran = netnotes("check", root, DAY)
    assert ran.code == 1
    for output in (
        "People/Ada.md:2: `2026-02-30` is not a day",
        "People/Bo.md:",
        "People/Cy.md:1: ",
        "Latin.md:1: ",
        "2026-06-03 Sync.md:3: `minutes: soon` is not a length of time",
        "Undated.md:2: lists attendees, but no date that NetNotes can read",
        "Bad.md:3: `date`: `2026-06-31` is not a day",
        "hint: ",
    ):
        assert output in ran.out, output
    people = {row["name"]: row for row in json.loads(netnotes("people", root, DAY, "--json").out)}
    assert people["Ada"]["encounters"] == 2
    assert people["Bo"]["last_contact"] == "2026-06-02"
    assert people["Cy"]["depth"] is None


def test_mistakes_in_the_configuration_come_all_at_once(netnotes, vault):
    root = vault({"netnotes.toml": 'wirte_delay = 3\nme = 4\n[people]\ntypes = 5\n[plugins]\nenabel = ["x"]\n'})
    ran = netnotes("people", root)
    assert ran.code == 1
    for output in (
        "did you mean `write_delay`?",
        "me should be text",
        "people.types should be",
        "did you mean `enable`?",
    ):
        assert output in ran.err
    assert "Traceback" not in ran.err


def no_regular_file(place, kind):
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "device":
        place.symlink_to("/dev/zero")
    else:
        place.mkdir()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of another kind")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
@pytest.mark.parametrize("name", ["netnotes.toml", ".obsidian/app.json", ".obsidian/daily-notes.json"])
def test_options_that_are_not_a_regular_file_block_nothing(netnotes, vault, kind, name):
    root = vault({"People/Ada.md": "", ".obsidian/x.json": ""})
    no_regular_file(root / name, kind)
    for command in (
        ("people",),
        ("status",),
        ("inspect", root / "People/Ada.md"),
        ("plugins", "list"),
        ("undo", "--list"),
    ):
        ran = netnotes(*command, *([] if command[0] == "inspect" else [root]))
        assert "Error" not in ran.err
        if name == "netnotes.toml" and command == ("people",):
            assert (ran.code, ran.err.splitlines()[0]) == (
                1,
                "netnotes: netnotes.toml: cannot be read: not a regular file",
            )


def test_names_that_would_move_the_cursor_are_harmless(netnotes, vault):
    root = vault({"2026-06-01 A.md": '---\nattendees: ["Eve\\x1b[2J\\r\\nAda"]\n---\n'})
    ran = netnotes("people", root, DAY)
    assert "\x1b" not in ran.out
    assert ran.code == 0


def test_a_closed_pipe_is_silent(vault):
    root = vault({f"People/{n}.md": f"- 2026-06-01 coffee\n{'x' * 50}" for n in range(500)})
    process = subprocess.run(
        f"'{sys.executable}' -m netnotes people '{root}' --json | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.stdout.startswith("[")
    assert process.stderr == ""


def test_the_end_of_a_command_runs_what_was_left_for_it(vault, tmp_path):
    root = vault({"People/Ada.md": "- 2026-06-01 coffee\n"})
    (tmp_path / "sitecustomize.py").write_text("import atexit; atexit.register(print, 'the end')")
    command = [sys.executable, "-m", "netnotes", "people", str(root), "--limit", "0"]
    process = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert process.returncode == 2
    assert process.stdout == "the end\n"
    assert "--limit" in process.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of another kind")
@pytest.mark.full
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_not_a_failure(vault, closed):
    root = vault({"People/Ada.md": "- 2026-06-01 coffee\n"})
    process = subprocess.run(
        f"'{sys.executable}' -m netnotes people '{root}' {closed}",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stderr) == (0, "")
    assert ("Ada" in process.stdout) == (">&-" not in closed.replace("2>&-", ""))


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted")
def test_a_vault_can_be_named_where_the_working_directory_was_deleted(vault, tmp_path):
    root = vault({"People/Ada.md": "- 2026-06-01 coffee\n"})
    gone = tmp_path / "gone"
    gone.mkdir()
    for named, code in ((str(root), 0), ("", 1)):
        command = f"cd '{gone}'; rmdir '{gone}'; '{sys.executable}' -m netnotes people {named}"
        process = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
        gone.mkdir(exist_ok=True)
        assert process.returncode == code, process.stderr
        assert ("no vault here" in process.stderr) == bool(code)


@pytest.mark.parametrize(
    "command",
    ["people", "today", "setup", "candidates", "round", "sync", "undo", "clean", "inbox", "log coffee with Ada"],
)
def test_a_closed_input_is_not_a_failure(netnotes, vault, monkeypatch, command):
    root = vault({"People/Ada.md": "- 2026-06-01 coffee\n"})
    monkeypatch.setattr(sys, "stdin", None)
    name, *words = command.split(" ", 1)
    ran = netnotes(name, *words, root)
    assert "--debug" not in ran.err
    assert ran.code == 0 or "hint: " in ran.err


def test_start_up_imports_nothing_heavy():
    code = "import sys; from netnotes import cli; cli.run_command(['--help']); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("yaml", "frontmatter", "pyromark", "pyvis", "networkx", "watchdog", "jinja2", "rich", "sqlite3"):
        assert f"'{heavy}'" not in loaded


@pytest.mark.parametrize("written", ["30.6.2026", "30 June 2026", "2026/06/30", "le 30 juin 2026"])
def test_a_day_may_be_written_in_other_forms(netnotes, written):
    ran = netnotes("people", EXAMPLE, "--as-of", written)
    assert ran.code == 0
    assert ran.out == netnotes("people", EXAMPLE, "--as-of", "2026-06-30").out


def test_a_note_is_not_a_vault(netnotes):
    ran = netnotes("people", EXAMPLE / "People" / "Ada Lockyer.md")
    assert "is a file, not a folder" in ran.err


def test_a_filter_of_the_wrong_kind_names_the_right_one(netnotes):
    assert "`Bristol` is a scene" in netnotes("people", EXAMPLE, "--in", "Bristol", "--as-of", "2026-06-30").err
