"""What the daemon no longer uses is given back to the system."""

import platform
import subprocess
import sys

import pytest

USE = """
from pathlib import Path
from netnotes.daemon.allocation import return_large_blocks

def resident():
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

return_large_blocks()
table = bytearray(b"x" * 30_000_000)
del table
before = resident()
tables, kept = [], []
for _ in range(60):
    tables.append(b"x" * 1_000_000)
    kept.append(b"x" * 100_000)
del tables
print(resident() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="an option of the C library of Linux")
def test_large_blocks_are_given_back_although_smaller_ones_between_them_stay() -> None:
    done = subprocess.run([sys.executable, "-c", USE], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20_000
