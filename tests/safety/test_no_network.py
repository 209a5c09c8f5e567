"""No command connects to anything: Python itself reports every attempt, whichever library makes it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nEMAIL:ada@example.com\nPHOTO;VALUE=URI:http://example.com/a.png\nEND:VCARD\n"
WATCHED = """
import sys

def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        print("ATTEMPT", event, arguments, file=sys.stderr)

sys.addaudithook(hook)
from netnotes import cli
from netnotes.cli import COMMANDS

vault, cards, page = sys.argv[1:]
RUNS = {
    "why": ["Rowan Pell"], "history": ["Rowan Pell"], "path": ["Rowan Pell"], "undo": [], "sync": ["--yes"],
    "clean": ["--yes"], "graph": ["--no-open", "--output", page], "import": [cards, "--yes"],
    "inspect": ["People/Rowan Pell.md"], "report": ["today"], "plugins": ["list"], "demo": ["--no-open"],
}
for name in COMMANDS:
    if name in ("watch", "service", "accept"):
        continue  # the first two never end or change the system; the last asks
    arguments = [name, *RUNS.get(name, [])]
    if name not in ("demo",):
        arguments += [vault]
    cli.run_command(arguments)
    print("RAN", name, file=sys.stderr)
"""


@pytest.mark.full
def test_no_command_connects_to_anything(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "vault")
    cards = tmp_path / "cards.vcf"
    cards.write_text(CARD, encoding="utf-8")
    arguments = [str(tmp_path / "vault"), str(cards), str(tmp_path / "map.html")]
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stderr.count("RAN") > 20, ended.stderr
    assert "ATTEMPT" not in ended.stderr


def test_an_attempt_would_be_seen(tmp_path):
    begin = WATCHED.split("from netnotes", maxsplit=1)[0]
    attempt = begin + "import socket\nsocket.socket().connect_ex(('127.0.0.1', 9))\n"
    ended = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert "ATTEMPT" in ended.stderr
