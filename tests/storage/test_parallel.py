"""Processes that read for another end with it, however it ends."""

import os
import signal
import subprocess
import sys

import pytest

READS = """
import sys, time
from pathlib import Path
from netnotes.storage.parallel import read_notes

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


ENDS = """
import os, signal, sys
from pathlib import Path
from netnotes.storage.parallel import read_notes

first, stopped = os.getpid(), []

def end(*args):
    if os.getpid() != first:
        raise KeyboardInterrupt
    stopped.append(1)

signal.signal(signal.SIGTERM, end)
reads = read_notes(Path(sys.argv[1]), [f"{number}.md" for number in range(100_000)], 2)
for path, _ in reads:
    print(path, flush=True)
    if stopped:
        break
reads.close()
print("over")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes")
def test_a_group_of_workers_ends_silently(tmp_path):
    """As a service manager tells all processes of a service at once."""
    process = subprocess.Popen(
        [sys.executable, "-c", ENDS, tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert process.stdout.readline() == "0.md\n"
    os.killpg(process.pid, signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert out.endswith("over\n")
    assert err == ""
