"""What is printed on a real terminal: width, colour, links and the pager."""

import os
import re
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="pseudo terminals are a thing of Unix")
PERSON = "---\nscene: mill\n---\n- 2026-01-05 tea\n- 2026-02-02 tea\n- 2026-03-02 tea\n"


def on_terminal(*args, width=80, height=24, env=None):
    """Return what `netnotes` writes to a terminal of that size."""
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


def test_a_terminal_gets_its_width_colour_and_links(root):
    text = on_terminal("due", root, "--as-of=2026-03-09", "--no-pager", width=100)
    assert max(map(len, shown(text).splitlines())) <= 100
    assert "\x1b[1m" in text
    assert "obsidian://open?path=" in text


def test_no_color_takes_the_colours_away(root):
    text = on_terminal("due", root, "--as-of=2026-03-09", "--no-pager", env={"NO_COLOR": "1"})
    assert "\x1b[" not in text


def test_what_is_longer_than_the_terminal_is_paged(root):
    pager = f"{sys.executable} -c \"import sys; print('PAGED', len(sys.stdin.read().splitlines()) > 24)\""
    assert on_terminal("due", root, "--as-of=2026-03-09", env={"PAGER": pager}) == "PAGED True\n"
    assert "PAGED" not in on_terminal("due", root, "--as-of=2026-03-09", "--no-pager", env={"PAGER": pager})
    assert "PAGED" not in on_terminal("circles", root, "--as-of=2026-03-09", env={"PAGER": pager})


@pytest.mark.full
def test_a_pager_that_is_not_there_is_done_without(root):
    assert "Person 39" in on_terminal("due", root, "--as-of=2026-03-09", env={"PAGER": "no-such-pager"})
