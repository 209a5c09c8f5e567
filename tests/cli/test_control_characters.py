"""Nothing that a note, a file name or an option holds controls the terminal, whichever command prints it."""

import ast
import datetime as dt
import json
import unicodedata
from pathlib import Path

import pytest

import netnotes.cli
from netnotes.daemon import log

ESCAPE = "\x1b]0;owned\x07\x1b[31m"
BAD = f"{ESCAPE}\x9b2J\x7f\u202eevil\u2066\x85"
DAY = "--as-of=2026-06-30"
NOTES = {
    f"People/Ada{ESCAPE}.md": (
        f'---\ntype: person\nscene: "mill\\e[31m\\u009b"\naliases: ["A{BAD[-6:-1]}"]\ncadence: weekly\n---\n'
        f"- 2026-06-01 coffee{BAD}, long ago (45 min)\n- 2026-06-08 tea\n- 2026-06-15 tea\n"
        f"- [ ] send her the {BAD} plan 📅 2026-06-20\n"
    ),
    "People/Bo.md": '---\nfavours: .inf\nx: "\\e[31m\\u009b\\u202e"\n---\n- 2026-06-05 lunch\n- [ ] ring Bo\n',
    "2026-06-09 Mill.md": (
        f'---\nattendees: ["[[Ada{ESCAPE}]]", "[[Bo]]", "Cy\\u202e\\u009b"]\nchannel: "\\e]0;owned\\a\\u009b"\n'
        f'minutes: "soon\\e[31m"\nscene: "mill\\e[31m\\u009b"\n---\n# A title {BAD}\r hidden\n[[nowhere{BAD[:12]}]]\n'
    ),
    "2026-06-16 Mill.md": '---\nattendees: ["[[Bo]]"]\ndate: "2026-02-31\\e[31m"\n---\n',
}
COMMANDS = [
    ["people"],
    ["why", "Bo"],
    ["history", "Bo"],
    ["today"],
    ["chase"],
    ["due"],
    ["scenes"],
    ["circles"],
    ["groups"],
    ["path", "Bo"],
    ["introduce"],
    ["profile"],
    ["forecast", "--days", "400"],
    ["sync", "--dry-run"],
    ["check"],
    ["plugins", "list"],
]


def harmful(text):
    """Return the characters of a text that control a terminal or reorder its text."""
    return {
        char for char in text if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


@pytest.mark.parametrize("more", [[], ["--json"], ["--markdown"]], ids=" ".join)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_passes_them_on(netnotes, vault, command, more):
    ran = netnotes(*command, vault(NOTES), *([] if command[0] == "plugins" else [DAY]), *more)
    if ran.code == 2:
        assert more
        return
    assert "Error" not in ran.err
    assert not harmful(ran.out + ran.err)
    if more == ["--json"]:
        json.loads(ran.out, parse_constant=pytest.fail)


@pytest.mark.parametrize("more", [[], ["--json"]], ids=" ".join)
def test_nor_do_commands_about_notes_and_links(netnotes, vault, more):
    root = vault(NOTES)
    output = [netnotes("links", root, *more)]
    output += [netnotes("inspect", path, DAY, *more) for path in root.rglob("*.md")]
    output += [
        netnotes("why", "Nobody\x1b[31m", root, *more),
        netnotes("wy\x1b[31m"),
        netnotes("people", "--as-of", "\x1b[31m"),
    ]
    output += [
        netnotes("sync", root, "--yes", DAY, *more),
        netnotes("undo", root, "--list", *more),
        netnotes("undo", root),
    ]
    output += [netnotes("status", root, *more), netnotes("clean", root, "--yes")]
    for ran in output:
        assert not harmful(ran.out + ran.err)
        assert ran.out + ran.err


def test_nor_do_mistakes_in_the_options(netnotes, vault):
    root = vault({"netnotes.toml": '"k\\u001b]0;owned\\u0007" = 1\nme = "\\u009b"\n[fields]\ndepth = "a\\u001b b"\n'})
    ran = netnotes("people", root)
    assert ran.code == 1
    assert "k�]0;owned�" in ran.err
    assert not harmful(ran.err)


def test_nor_does_the_log(tmp_path):
    output: list[str] = []
    entry = log.Log(tmp_path, lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC), output.append)
    entry("not written", path=f"People/{BAD}.md", problem=BAD)
    entry.close()
    (line,) = log.last(tmp_path, 5)
    assert not harmful(line + log.readable(line) + log.readable(BAD) + output[0])
    assert json.loads(line)["path"].startswith("People/\x1b")


def test_a_calendar_holds_none(netnotes, vault):
    ran = netnotes("due", vault(NOTES), DAY, "--ics", "-")
    assert "BEGIN:VEVENT" in ran.out
    assert not {char for char in ran.out if unicodedata.category(char) == "Cc"} - {"\r", "\n"}


def test_markdown_is_nothing_but_text(netnotes, vault):
    text = "%%hidden ==marked== ~~gone~~ https://x.example www.x.example a@b.example depth:: 9 &lt;b&gt; ^block"
    root = vault({"People/Ada.md": f"- 2026-06-01 tea\n- [ ] send Ada {text} 📅 2026-06-20\n"})
    out = netnotes("due", root, DAY, "--markdown").out
    for live in ("%%", "==", "~~", "s://", "www.", "a@b", "::", " &lt", " ^"):
        assert live not in out, live
    assert r"\%\%hidden \=\=marked\=\=" in out


def test_everything_is_printed_by_one_function():
    package = Path(netnotes.cli.__file__).parent
    printing = {"echo", "secho", "echo_via_pager", "write", "print"}
    for path in package.rglob("*.py"):
        if path.relative_to(package).as_posix() in ("output.py", "__init__.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name != "print"
                assert not (name.startswith(("click.", "sys.")) and name.rpartition(".")[2] in printing), path
