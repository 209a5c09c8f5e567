"""A home folder with the example vault, shared by the tests of one process and put back after each."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


@contextlib.contextmanager
def kept(*folders):
    """Put every file below the folders back to what it was, whatever the block does to it."""
    before = {path: (path.stat(), path.read_bytes()) for folder in folders for path in _files(folder)}
    places = {place for folder in folders for place in folder.rglob("*")}
    yield
    for place in sorted({place for folder in folders for place in folder.rglob("*")} - places, reverse=True):
        place.rmdir() if place.is_dir() and not place.is_symlink() else place.unlink()
    for path, (stat, data) in before.items():
        now = path.lstat() if path.exists() else None
        if now is None or (now.st_mtime_ns, now.st_mode, now.st_ino) != (stat.st_mtime_ns, stat.st_mode, stat.st_ino):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(stat.st_mode)
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(scope="session")
def session_home():
    """Yield a folder whose path is always as long: what a command prints may be wrapped by it."""
    with tempfile.TemporaryDirectory(prefix="home-") as name:
        home = Path(name).resolve()
        shutil.copytree(EXAMPLES, home / "examples")
        yield home


@pytest.fixture
def example_home(session_home, shared_cache):
    """Yield a folder that holds `examples/`, unchanged by earlier tests and read before."""
    with kept(session_home):
        yield session_home
