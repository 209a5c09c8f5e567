"""What is printed on a real terminal: width, colour, links and the pager."""

import json
import os
import re
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="pseudo terminals are a thing of Unix")
PERSON = "---\nscene: mill\n---\n- 2026-01-05 tea\n- 2026-02-02 tea\n- 2026-03-02 tea\n"


def on_terminal(*args, width=80, height=24, env=None, typed=""):
    """Return what `netnotes` writes to a terminal of that size, where someone has typed `typed`."""
    import fcntl
    import struct
    import termios

    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "netnotes", *map(str, args)],
        stdin=side,
        stdout=side,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm-256color", **(env or {})},
    )
    os.close(side)
    os.write(main, typed.encode())
    found = b""
    try:
        while block := os.read(main, 65536):
            found += block
    except OSError:
        pass  # Linux says so when the other side is closed.
    os.close(main)
    process.wait()
    return found.decode().replace("\r\n", "\n")


def shown(text):
    """Return text without colours and links, as one sees it."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", text)


@pytest.fixture
def root(vault):
    return vault({".obsidian/app.json": "{}", **{f"People/Person {n:02}.md": PERSON for n in range(40)}})


def test_a_terminal_gets_its_width_colour_and_links_and_no_pager_if_there_is_to_be_none(root):
    text = on_terminal("due", root, "--as-of=2026-03-09", "--no-pager", width=100, env={"PAGER": "echo PAGED"})
    assert "PAGED" not in text
    assert max(map(len, shown(text).splitlines())) <= 100
    assert "\x1b[1m" in text
    assert "obsidian://open?path=" in text


@pytest.mark.full
def test_no_color_takes_the_colours_away(root):
    text = on_terminal("due", root, "--as-of=2026-03-09", "--no-pager", env={"NO_COLOR": "1"})
    assert "\x1b[" not in text


def test_output_longer_than_the_terminal_is_paged(root):
    pager = f"{sys.executable} -c \"import sys; print('PAGED', len(sys.stdin.read().splitlines()) > 24)\""
    assert on_terminal("due", root, "--as-of=2026-03-09", env={"PAGER": pager}) == "PAGED True\n"


@pytest.mark.full
def test_output_that_fits_is_not_paged(root):
    assert "PAGED" not in on_terminal("circles", root, "--as-of=2026-03-09", env={"PAGER": "echo PAGED"})


@pytest.mark.full
def test_a_pager_that_is_not_there_is_done_without(root):
    assert "Person 39" in on_terminal("due", root, "--as-of=2026-03-09", env={"PAGER": "no-such-pager"})


NAMES = {
    ".obsidian/app.json": "{}",
    "People/Bo Lind.md": "- 2026-03-01 tea\n",
    "Log/2026-03-02.md": "".join(
        f"- {word} with {name}\n"
        for name in ("Tilda Marsh", "Bosse", "Monday Club", "Ivo Pell", "Runa Falk")
        for word in ("coffee", "lunch")
    ),
}


@pytest.mark.full
@pytest.mark.parametrize("command", [pytest.param(("setup",), marks=pytest.mark.full), ("candidates", "--ask")])
def test_each_name_that_may_be_a_person_is_asked_about_with_its_lines(vault, command):
    root = vault(NAMES)
    order = json.loads(on_terminal("candidates", root, "--json", "--as-of=2026-03-09"))
    keys = {"Tilda Marsh": "x\np\n", "Bosse": "A\nNo One\nBo Lind\n", "Monday Club": "n\n", "Ivo Pell": "m\n"}
    answers = "".join(keys.get(each["name"], "\n") for each in order)
    text = shown(on_terminal(*command, root, "--as-of=2026-03-09", typed=answers))
    assert "Log/2026-03-02.md:1: - coffee with Tilda Marsh" in text
    assert "no one named No One" in text
    settings = (root / "netnotes.toml").read_text(encoding="utf-8")
    assert 'without_note = ["Tilda Marsh"] # people without a note' in settings
    assert 'never = ["Monday Club"] # names that are not people' in settings
    assert "aliases: Bosse" in (root / "People/Bo Lind.md").read_text(encoding="utf-8")
    assert (root / "People/Ivo Pell.md").exists()
    again = on_terminal(*command, root, "--as-of=2026-03-09", typed="n\n")
    assert "Runa Falk: 2 lines" in shown(again)
    assert "Tilda Marsh" not in again
    assert json.loads(on_terminal("candidates", root, "--json", "--as-of=2026-03-09")) == []


@pytest.mark.parametrize(("typed", "kept"), [("p\nq\n", True), pytest.param("p\n\x04", False, marks=pytest.mark.full)])
def test_q_keeps_the_answers_so_far_and_the_end_of_input_does_not(vault, typed, kept):
    root = vault(NAMES)
    on_terminal("candidates", root, "--ask", "--as-of=2026-03-09", typed=typed)
    assert (root / "netnotes.toml").exists() is kept
