"""`netnotes graph --live` as a process of its own: the address it prints, what it shows, how it ends."""

import html
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from netnotes import cli

SECONDS = 30
MET_BO = "- Lunch with [[Bo]] (45 min)\n"


class Showing:
    """A vault, and the process that shows it."""

    def __init__(self, root):
        self.root = root
        self.processes = []

    def put(self, path, text):
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def start(self, *options, before=()):
        """Show the vault; return the process and the first line it printed."""
        args = [sys.executable, "-m", "netnotes", *before, "graph", self.root, "--live", "--no-open", *options]
        process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process, process.stdout.readline()


@pytest.fixture
def showing(tmp_path):
    made = Showing(tmp_path / "vault")
    for name in ("Ada", "Bo"):
        made.put(f"People/{name}.md", "---\ntype: person\n---\n")
    made.put("2026-03-08.md", "- Lunch with [[Ada]] (45 min)\n")
    yield made
    for process in made.processes:
        process.kill()
        process.communicate()


def get(address, **headers):
    """Return status and body of what is at an address."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def versions(address):
    """Yield the version of each page as it comes."""
    with urllib.request.urlopen(f"{address}news", timeout=SECONDS) as lines:
        yield from (line.decode().removeprefix("data: ").strip() for line in lines if line.startswith(b"data: "))


def end(process, number):
    process.send_signal(number)
    out, err = process.communicate(timeout=SECONDS)
    return process.returncode, out, err


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_the_address_is_one_word_and_answers_and_nothing_else_does(showing):
    process, line = showing.start()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32,}/\n", line)
    address = line.strip()
    status, body = get(address)
    assert status == 200
    assert "Ada" in body
    assert "connect-src 'self'" in html.unescape(body)
    assert "file:" not in re.search(r'"base":[^,]*', body)[0], "a served page cannot open files"
    assert get(address.rpartition("/")[0].rpartition("/")[0] + "/") == (404, "")
    assert get(address, Origin="http://evil.example") == (403, "")
    assert get(address, Host="evil.example") == (403, "")
    assert end(process, signal.SIGTERM)[:2] == (0, "")


@pytest.mark.full
def test_a_change_on_disk_is_shown_and_nothing_is_written(showing):
    showing.put("netnotes.toml", "write_delay = 900\n")
    showing.put("2026-01-05.md", MET_BO)
    _, line = showing.start("--as-of", "2026-03-10")
    address = line.strip()
    result = versions(address)
    first = next(result)
    assert "2026-03-09" not in get(address)[1]
    before = {path: path.read_bytes() for path in showing.root.rglob("*.md")}
    showing.put("2026-03-09.md", MET_BO)
    second = next(result)
    status, body = get(address)
    assert status == 200
    assert f'data-live="{second}"' in body
    assert second != first
    assert "2026-03-09" in body
    assert '"months":["2026-01","2026-02","2026-03"]' in body
    assert {path: path.read_bytes() for path in before} == before, "with no delay, since nothing is written"
    result.close()


@pytest.mark.full
def test_a_change_without_effect_on_the_map_sends_no_page(showing):
    _, line = showing.start("--as-of", "2026-03-10")
    result = versions(line.strip())
    first = next(result)
    showing.put("A thought.md", "of nobody\n")
    showing.put("2026-03-08.md", "- Lunch with [[Ada]] (45 min) and a word more\n")
    showing.put("2026-03-09.md", MET_BO)
    second = next(result)
    assert second != first
    body = get(line.strip())[1]
    assert f'data-live="{second}"' in body
    assert "2026-03-09" in body, "the first news was of what can be seen"
    result.close()


@pytest.mark.full
def test_notes_of_a_vault_without_people_are_followed_too(showing):
    shutil.rmtree(showing.root / "People")
    for note in showing.root.glob("*.md"):
        note.write_text("rain\n", encoding="utf-8")
    _, line = showing.start()
    result = versions(line.strip())
    first = next(result)
    showing.put("An idea.md", "of [[2026-03-08]]\n")
    second = next(result)
    assert second != first
    body = get(line.strip())[1]
    assert f'data-live="{second}"' in body
    assert '"An idea.md"' in body
    result.close()


@pytest.mark.full
def test_earlier_months_are_there_as_in_a_page_that_is_a_file(showing):
    showing.put("2025-03-08.md", "- Lunch with [[Ada]] (45 min)\n")
    _, line = showing.start("--as-of", "2026-03-10")
    assert '"timeline":null' not in get(line.strip())[1]
    assert '"timeline":{' in get(line.strip())[1]


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
def test_it_works_beside_watch_which_alone_writes(showing):
    showing.put("netnotes.toml", "write_delay = 0\n")
    process, line = showing.start("--as-of", "2026-03-10")
    watching = subprocess.Popen(
        [sys.executable, "-m", "netnotes", "watch", "--yes", "--as-of", "2026-03-10", showing.root],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    showing.processes.append(watching)
    assert any("written" in output for output in watching.stderr)
    assert "depth: " in (showing.root / "People/Ada.md").read_text(encoding="utf-8")
    assert get(line.strip())[0] == 200
    assert process.poll() is None


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="a browser of another kind")
def test_no_argument_of_the_browser_contains_the_address(showing, tmp_path):
    result = tmp_path / "address"
    os.mkfifo(result)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > {result}\n', encoding="utf-8")
    browser.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-m", "netnotes", "graph", showing.root, "--live"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "DISPLAY": ":9", "BROWSER": str(browser)},
    )
    showing.processes.append(process)
    address = process.stdout.readline().strip()
    uri = result.read_text(encoding="utf-8").strip()
    assert address.split("/")[3] not in uri
    file = Path(urllib.request.url2pathname(uri.removeprefix("file://")))
    assert file.stat().st_mode & 0o077 == 0
    assert f'url={address}"' in file.read_text(encoding="utf-8")
    assert not file.is_relative_to(showing.root)
    assert end(process, signal.SIGTERM)[0] == 0
    assert not file.exists()


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_while_pages_are_open(showing, number, code):
    process, line = showing.start()
    result = urllib.request.urlopen(f"{line.strip()}news", timeout=SECONDS)
    assert result.readline() == b"retry: 1000\n"
    found, out, err = end(process, number)
    assert (found, out) == (code, "")
    assert "Traceback" not in err
    assert result.read().endswith(b"event: ended\ndata:\n\n"), "and the page knows"
    result.close()


@pytest.mark.full
def test_a_port_that_is_taken_is_said_in_one_line(showing):
    _, line = showing.start()
    port = line.split(":")[2].split("/")[0]
    second = subprocess.run(
        [sys.executable, "-m", "netnotes", "graph", showing.root, "--live", "--no-open", "--port", port],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (second.returncode, second.stdout) == (1, "")
    output = second.stderr.splitlines()
    assert output[0].startswith(f"netnotes: port {port} of 127.0.0.1 cannot be used: ")
    assert output[1].startswith("hint: ")
    assert len(output) == 2


@pytest.mark.parametrize(
    ("options", "output"),
    [
        (["--live", "--output", "x.html"], "--output"),
        (["--live", "--format", "gexf"], "--format"),
        (["--port", "8000"], "--live"),
        (["--live", "--port", "70000"], "65535"),
    ],
)
def test_contradictory_options_are_refused(showing, capsys, options, output):
    assert cli.run_command(["graph", os.fspath(showing.root), *options]) == 2
    assert output in capsys.readouterr().err
    assert not Path("x.html").exists()


@pytest.mark.full
def test_a_styler_that_fails_is_reported_before_the_address_is_printed(showing, tmp_path):
    plugin = tmp_path / "broken.py"
    plugin.write_text(
        "from netnotes.api import styler\nNETNOTES_API = 1\n"
        "@styler()\ndef broken(network, options):\n    yield 1 / 0\n",
        encoding="utf-8",
    )
    process, _ = showing.start(before=["--plugin", plugin])
    _, _, err = end(process, signal.SIGTERM)
    assert "map incomplete: `broken` failed at" in err
