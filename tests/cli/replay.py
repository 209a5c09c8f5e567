"""Transcripts: commands behind `$ `, what they print, and how they end; `> PATH` writes the lines below, behind `| `.

They run in a folder with a copy of `examples/vault`, and with the made vault `large` where they name it;
`$ COLUMNS=100 netnotes …` runs at another width than 80. What differs from run to run (times, folders of this
machine) is replaced by words.
"""

import contextlib
import datetime as dt
import io
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from netnotes import cli
from netnotes.cli import COMMANDS
from tests.cli import large_vault

ROOT = Path(__file__).parents[2]
SECONDS = 60
"""Until a daemon must watch: far more than it takes."""
PRINTED = re.compile(r"^\s+(netnotes \S.*)$", re.MULTILINE)
WIDTH = re.compile(r"COLUMNS=(\d+) ")
OWN_PROCESS = ("demo", "watch")
"""Commands that start or are processes of their own."""


@dataclass(frozen=True)
class Replay:
    """A folder to run commands in."""

    folder: Path

    def prepare(self, text):
        """Write the vault `large` where a transcript names it."""
        if re.search(r"\blarge\b", text):
            large_vault.write(self.folder / "large")

    def again(self, text, after=lambda printed: None):
        """Return the transcript as it is now; `after` is called with what each command printed."""
        found = ""
        for step in re.split(r"^(?=[$>] )", text, flags=re.MULTILINE):
            if step.startswith("> "):
                path, *lines = step.splitlines()
                note = self.folder / path[2:]
                note.parent.mkdir(parents=True, exist_ok=True)
                note.write_text("".join(f"{line[2:]}\n" for line in lines if line.startswith("| ")), encoding="utf-8")
                found += step
            elif step.startswith("$ "):
                command = step.splitlines()[0][2:]
                code, printed = self.run(command)
                found += f"$ {command}\n{self.steady(printed)}[exit {code}]\n\n"
                after(printed)
        return found

    def run(self, command):
        """Run a command line, perhaps with a width before it; return its exit code and what it printed."""
        wide = WIDTH.match(command)
        if wide is None:
            return self._run(command)
        before = os.environ["COLUMNS"]
        os.environ["COLUMNS"] = wide[1]
        try:
            return self._run(command[wide.end() :])
        finally:
            os.environ["COLUMNS"] = before

    def _run(self, command):
        words = [str(Path(word).expanduser()) for word in shlex.split(command)[1:]]
        if words and words[0] in OWN_PROCESS:
            return _process(words)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = cli.run_command(words)
        return code, printed.getvalue()

    def steady(self, text):
        """Return text without what differs from run to run."""
        words = {
            sys.executable: "python",
            str(self.folder): "~",
            os.environ["NETNOTES_DATA"]: "DATA",
            dt.datetime.now().astimezone().date().isoformat(): "TODAY",
        }
        for name, word in words.items():
            text = text.replace(name, word)
        # A path of this machine is longer than `~` and may have been wrapped within: how depends on its length.
        text = re.sub(r"(~/[\w./-]*)\n +([\w.-]+: )", r"\1\2", text)
        text = re.sub(r"(?<=TODAY[ T])[\d:]{5,8}(?:[+-]\d\d:\d\d)?|^\d\d:\d\d:\d\d", "TIME", text, flags=re.MULTILINE)
        return re.sub(r"\b(process|pid) \d+", r"\1 PID", re.sub(r" *\b\d+(?: ms|\.\d+ s)\b", " TIME", text))


def printed_commands(text):
    """Return the commands that are printed to be pasted: each alone on an indented line."""
    return [line for line in PRINTED.findall(text) if line.split()[1] in COMMANDS]


def _process(words):
    command = [sys.executable, "-P", "-m", "netnotes", *words]
    logs = Path(os.environ["NETNOTES_DATA"])
    environ = os.environ | {"PYTHONPATH": str(ROOT)}

    def times():
        return sum(log.read_text().count('"watching"') for log in logs.glob("*/watch.log"))

    before = times()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ
    )
    if words[0] == "watch" and "--help" not in words:
        end = time.monotonic() + SECONDS
        while process.poll() is None and times() == before:
            assert time.monotonic() < end, "it does not watch"
            time.sleep(0.01)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=SECONDS)
    return process.returncode, out
