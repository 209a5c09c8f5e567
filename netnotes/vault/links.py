"""Which file of a vault a link points to, by the app's rules. Pure: the paths are given, nothing is looked up on disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping


class Index:
    """The files of one vault, ready to be pointed to.

    Names are compared in lower case and in Unicode's composed form; of files that are then alike, the first by path
    stands for both.
    """

    __slots__ = ("_aliases", "_by_name", "_by_path", "_known")

    def __init__(self, paths: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        """Take the vault-relative paths of all its files; `aliases` (alias → path) resolve what no file name does."""
        self._by_path: dict[str, str] = {}
        self._by_name: dict[str, list[tuple[str, str]]] = {}
        for path in sorted(paths):
            if path.startswith(".") or "/." in path:
                continue
            key = _key(path)
            if self._by_path.setdefault(key, path) is path:
                self._by_name.setdefault(key.rpartition("/")[2], []).append((key, path))
        self._aliases = {_key(alias): path for alias, path in aliases.items()} if aliases else {}
        self._known: dict[tuple[str, str], str | None] = {}

    def resolve(self, source: str, target: str) -> str | None:
        """Return the path of the file that `target`, a link's text with or without subpath, means in the note `source`.

        None where no file is meant. A subpath alone points to the source itself.
        """
        folder = source.rpartition("/")[0]
        asked = (folder, target)
        if asked not in self._known:
            self._known[asked] = self._find(folder, target)
        found = self._known[asked]
        return source if found == "" else found

    def _find(self, folder: str, target: str) -> str | None:
        """Return the path, the empty string for the source itself, or None."""
        link = _key(target.partition("#")[0].strip())
        if not link:
            return "" if "#" in target else None
        if link.startswith(("./", "../")):
            return self._exact(_joined(_key(folder), link))
        rooted = link.startswith("/")
        link = link.removeprefix("/")
        exact = self._exact(link)
        if exact or rooted:
            return exact
        candidates = [found for name in _names(link) for found in self._ending(name)]
        if candidates:
            within = f"{_key(folder)}/" if folder else ""
            return min(candidates, key=lambda found: (not found[0].startswith(within), len(found[0]), found[1]))[1]
        return self._aliases.get(link)

    def _exact(self, path: str | None) -> str | None:
        if path is None:
            return None
        return next((found for name in _names(path) if (found := self._by_path.get(name))), None)

    def _ending(self, whole: str) -> list[tuple[str, str]]:
        """Return the files whose path ends with `whole` in whole segments."""
        same = self._by_name.get(whole.rpartition("/")[2], [])
        return [found for found in same if found[0] == whole or found[0].endswith(f"/{whole}")]


def _names(link: str) -> tuple[str, ...]:
    """Return the paths that a link may mean: as it is where its last segment has a dot, and with `.md`."""
    return (link, f"{link}.md") if "." in link.rpartition("/")[2] else (f"{link}.md",)


def _key(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.lower())


def _joined(folder: str, link: str) -> str | None:
    """Return the path of `link` seen from `folder`; None where it leads out of the vault."""
    parts = folder.split("/") if folder else []
    for part in link.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)
