"""A file system that remembers what would be left of it, had the power gone after each of its operations.

`python -m tests.safety.volatile_disk MOUNT SOURCE RECORD [--no-exchange]` serves it by FUSE from memory: it mounts a
copy of SOURCE, and when it is unmounted writes a list of `Moment`s to RECORD. What is durable follows POSIX and nothing
kinder: the content of a file since its last fsync, the names in a folder since that folder's last fsync.
"""

from __future__ import annotations

import ctypes
import errno
import itertools
import os
import pickle
import stat
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2."""
NO_REPLACE = 1
Image = tuple[tuple[str, "bytes | None"], ...]
"""Path → content, None for a folder."""


@dataclass(slots=True)
class Node:
    """A file or a folder, as it is and as it would be after a power cut."""

    number: int
    mode: int
    data: bytes = b""
    names: dict[str, Node] = field(default_factory=dict)
    kept_data: bytes = b""
    kept_names: dict[str, Node] = field(default_factory=dict)
    links: int = 1
    times: tuple[int, int] = (0, 0)
    owner: tuple[int, int] = (0, 0)

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)

    def sync(self) -> None:
        """Make the content or the names durable."""
        self.kept_data, self.kept_names = self.data, dict(self.names)


@dataclass(frozen=True, slots=True)
class Moment:
    """What the disk would hold after a power cut right after one operation."""

    operation: str
    nothing: Image
    """Nothing survived but what was made durable."""
    names: Image
    """Names survived too: those of today, with the contents that were made durable."""
    everything: Image
    """Everything survived, as after the kill of a process."""
    torn: Image
    """As before, but of the last write only half."""
    synced: frozenset[str]
    """Folders at the top in which something was made durable by this operation."""


class Disk:
    """The operations that mfusepy calls, on a tree of nodes."""

    use_ns = True

    def __init__(self, source: Path, record: Path) -> None:
        self._numbers = itertools.count(1)
        self._record = record
        self._moments: list[Moment] = []
        self._open: dict[int, Node] = {}
        self._handles = itertools.count(1)
        self._root = self._load(source)

    def _load(self, place: Path) -> Node:
        status = place.stat()
        node = Node(next(self._numbers), status.st_mode, times=(status.st_atime_ns, status.st_mtime_ns))
        if node.is_folder:
            node.names = {child.name: self._load(child) for child in sorted(place.iterdir())}
        else:
            node.data = place.read_bytes()
        node.sync()
        return node

    # Looking things up.

    def _find(self, path: str) -> Node:
        node = self._root
        for part in path.split("/"):
            if part:
                if part not in node.names:
                    raise OSError(errno.ENOENT, path)
                node = node.names[part]
        return node

    def _parent(self, path: str) -> tuple[Node, str]:
        above, _, name = path.rpartition("/")
        return self._find(above), name

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        node = self._open[fh] if fh in self._open else self._find(path)
        return {
            "st_mode": node.mode,
            "st_ino": node.number,
            "st_nlink": 2 if node.is_folder else node.links,
            "st_size": len(node.data),
            "st_uid": node.owner[0],
            "st_gid": node.owner[1],
            "st_atime": node.times[0],
            "st_mtime": node.times[1],
            "st_ctime": node.times[1],
        }

    def readdir(self, path: str, fh: int) -> list[tuple[str, dict[str, Any], int]]:
        del fh
        # With a number each: a name without one is passed over.
        return [
            (name, {"st_ino": node.number, "st_mode": node.mode}, 0) for name, node in self._find(path).names.items()
        ]

    def access(self, path: str, amode: int) -> int:
        del amode
        self._find(path)
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        del path
        return {"f_bsize": 4096, "f_frsize": 4096, "f_blocks": 1 << 20, "f_bavail": 1 << 19, "f_namemax": 255}

    def opendir(self, path: str) -> int:
        self._find(path)
        return 0

    # Files.

    def open(self, path: str, flags: int) -> int:
        node = self._find(path)
        if flags & os.O_TRUNC:
            node.data = b""
            self._note(f"truncate {path}")
        return self._handle(node)

    def create(self, path: str, mode: int, fi: object = None) -> int:
        del fi
        folder, name = self._parent(path)
        folder.names[name] = node = Node(next(self._numbers), stat.S_IFREG | mode, times=(time.time_ns(),) * 2)
        self._note(f"create {path}")
        return self._handle(node)

    def _handle(self, node: Node) -> int:
        handle = next(self._handles)
        self._open[handle] = node
        return handle

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        del path
        return self._open[fh].data[offset : offset + size]

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        node = self._open[fh]
        before = node.data.ljust(offset, b"\0")
        half = data[: len(data) // 2]
        node.data = before[:offset] + half + before[offset + len(half) :]
        torn = self._image("everything")
        node.data = before[:offset] + data + before[offset + len(data) :]
        node.times = (node.times[0], time.time_ns())
        self._note(f"write {path}", torn=torn)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        node = self._open[fh] if fh in self._open else self._find(path)
        node.data = node.data[:length].ljust(length, b"\0")
        self._note(f"truncate {path}")
        return 0

    def flush(self, path: str, fh: int) -> int:
        del path, fh
        return 0

    def release(self, path: str, fh: int) -> int:
        del path
        self._open.pop(fh, None)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        del datasync
        self._open[fh].sync()
        self._note(f"fsync {path}", synced=path)
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        del datasync, fh
        self._find(path).sync()
        self._note(f"fsync {path}", synced=path)
        return 0

    # Names.

    def mkdir(self, path: str, mode: int) -> int:
        folder, name = self._parent(path)
        folder.names[name] = Node(next(self._numbers), stat.S_IFDIR | mode, times=(time.time_ns(),) * 2)
        self._note(f"mkdir {path}")
        return 0

    def rmdir(self, path: str) -> int:
        folder, name = self._parent(path)
        if folder.names[name].names:
            raise OSError(errno.ENOTEMPTY, path)
        del folder.names[name]
        self._note(f"rmdir {path}")
        return 0

    def unlink(self, path: str) -> int:
        folder, name = self._parent(path)
        folder.names.pop(name).links -= 1
        self._note(f"unlink {path}")
        return 0

    def link(self, target: str, source: str) -> int:
        folder, name = self._parent(target)
        folder.names[name] = node = self._find(source)
        node.links += 1
        self._note(f"link {source} {target}")
        return 0

    def rename(self, old: str, new: str, flags: int) -> int:
        from_folder, from_name = self._parent(old)
        to_folder, to_name = self._parent(new)
        if flags & ~(EXCHANGE | NO_REPLACE):
            raise OSError(errno.EINVAL, old)
        if flags & NO_REPLACE and to_name in to_folder.names:
            raise OSError(errno.EEXIST, new)
        moved = from_folder.names.pop(from_name)
        replaced = to_folder.names.get(to_name)
        to_folder.names[to_name] = moved
        if flags & EXCHANGE:
            if replaced is None:
                raise OSError(errno.ENOENT, new)
            from_folder.names[from_name] = replaced
        elif replaced is not None:
            replaced.links -= 1
        self._note(f"{'exchange' if flags & EXCHANGE else 'rename'} {old} {new}")
        return 0

    # What belongs to a file and is no content: kept, but not told apart by cuts.

    def chmod(self, path: str, mode: int) -> int:
        node = self._find(path)
        node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(mode)
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        self._find(path).owner = (uid, gid)
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        self._find(path).times = times or (time.time_ns(),) * 2
        return 0

    # What a power cut leaves.

    def _note(self, operation: str, *, torn: Image | None = None, synced: str = "") -> None:
        everything = self._image("everything")
        images = (self._image("nothing"), self._image("names"), everything, torn or everything)
        top = synced.strip("/").partition("/")[0]
        self._moments.append(Moment(operation, *images, synced=frozenset({top} if synced else ())))

    def _image(self, kind: str) -> Image:
        found: list[tuple[str, bytes | None]] = []

        def walk(node: Node, path: str) -> None:
            if not node.is_folder:
                found.append((path, node.data if kind == "everything" else node.kept_data))
                return
            if path:
                found.append((path, None))
            for name, child in sorted((node.kept_names if kind == "nothing" else node.names).items()):
                walk(child, f"{path}/{name}" if path else name)

        walk(self._root, "")
        return tuple(found)

    def destroy(self, path: str) -> None:
        del path
        self._record.write_bytes(pickle.dumps(self._moments))


def serve(mount: Path, source: Path, record: Path, *, exchange: bool) -> None:
    """Serve the disk until it is unmounted."""
    import mfusepy

    class Mount(mfusepy.FUSE):  # type: ignore[misc]  # the package has no types
        """The library drops the flags of a rename."""

        def rename_fuse_3(self, old: bytes, new: bytes, flags: int) -> int:
            if flags & EXCHANGE and not exchange:
                return -errno.EINVAL
            result: int = self.operations.rename(os.fsdecode(old), os.fsdecode(new), flags)
            return result

        def init_fuse_3(self, conn: Any, config: Any) -> None:
            super().init_fuse_3(conn, config)
            config.contents.attr_timeout = config.contents.entry_timeout = ctypes.c_double(0)

    disk = Disk(source, record)
    Mount(disk, str(mount), foreground=True, nothreads=True, use_ino=True, hard_remove=True)


if __name__ == "__main__":
    places = [Path(argument) for argument in sys.argv[1:4]]
    # By the module's name, so that what is pickled can be read by others.
    import_module("tests.safety.volatile_disk").serve(*places, exchange="--no-exchange" not in sys.argv)
