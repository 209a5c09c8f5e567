"""Processes that read for another end with it, however it ends."""

import subprocess
import sys

import pytest

READS = """
import sys, time
from pathlib import Path
from netnotes.vault.crew import read_notes

root = Path(sys.argv[1])
reads = read_notes(root, [f"{number}.md" for number in range(1000)], 2)
next(reads)
print("reading", flush=True)
time.sleep(1000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such kill")
def test_no_worker_outlives_a_process_that_is_killed(tmp_path):
    """It would hold the lock of a daemon that is no more."""
    process = subprocess.Popen([sys.executable, "-c", READS, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "reading\n"
    process.kill()
    out, _ = process.communicate(timeout=30)
    assert out == "", "and whoever reads what they print comes to an end"
