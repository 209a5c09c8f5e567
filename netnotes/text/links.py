"""Which file a link means, by the app's rules for short, relative and ambiguous names; the links of all notes.

Knows paths only; what a link looks like in a text is read elsewhere. In properties a text, or an item of a list, is a
link from its first character to its last.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note
from netnotes.regex import regex
from netnotes.text.markdown.inline import destination, split

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_DEEPEST = 20
"""Levels of lists and mappings that are looked into."""
_WIKILINK = regex(r"!?\[\[((?:(?!\[\[|\]\])[^\n])*)\]\]")
_MARKDOWN = regex(r"!?\[([^\[\]\n]*)\]\((?:<([^<>\n]*)>|([^\s()<>]*))\)")


def fold(name: str) -> str:
    """Return `name` as links compare it: in lower case, composed (NFC), any space a plain one."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", name.lower()).translate(_SPACES)


def _all_folded(names: Sequence[str]) -> list[str]:
    """Return `fold` of each name; of all at once where that is possible, in a tenth of the time."""
    together = "\n".join(names)
    folded = together.lower().split("\n") if together.isascii() else []
    return folded if len(folded) == len(names) else list(map(fold, names))


class Index:
    """All files of a vault by what a link may call them."""

    __slots__ = ("_aliases", "_certain", "_nearest", "_only", "_paths", "_several")

    def __init__(self, paths: Iterable[str], aliases: Mapping[str, str] | None = None) -> None:
        """Index `paths`, relative to the vault, with `/`. Any with a part that begins with a dot are left out.

        `aliases` (name → path) are for vaults of other apps, whose links may use them; they are tried last. Obsidian
        does not resolve them.
        """
        shown = sorted(path for path in paths if not path.startswith(".") and "/." not in path)
        self._only: dict[str, str] = {}
        """Folded file name → path, for names that one file has: in a large vault nearly all."""
        self._several: dict[str, list[str]] = {}
        """Folded file name → paths in order, for names of several files."""
        self._paths: dict[str, str] = {}
        """Folded path → path, for these files. Of paths that differ in case alone the first one counts."""
        for name, path in zip(_all_folded([path[path.rfind("/") + 1 :] for path in shown]), shown, strict=True):
            self._add(name, path)
        self._nearest: dict[str, dict[str, str]] = {}
        """Link that several files match → folder → the best file below it; a cache."""
        self._aliases = {fold(alias): path for alias, path in (aliases or {}).items()}
        self._certain: dict[str, str] = {}
        """Target → the file that it means in every note; a cache."""

    def _add(self, name: str, path: str) -> None:
        """Add a path that comes after those with the same folded file name."""
        several = self._several.get(name)
        if several is None:
            if name not in self._only:
                self._only[name] = path
                return
            first = self._only.pop(name)
            several = self._several[name] = [first]
            self._paths[fold(first)] = first
        several.append(path)
        self._paths.setdefault(fold(path), path)

    def _called(self, name: str) -> Sequence[str]:
        """Return the paths of the files with a folded name, in order."""
        path = self._only.get(name)
        return self._several.get(name, ()) if path is None else (path,)

    def _at(self, path: str) -> str | None:
        """Return the path that is this one when folded."""
        only = self._only.get(path[path.rfind("/") + 1 :])
        if only is None:
            return self._paths.get(path)
        return only if fold(only) == path else None

    def changed(self, added: Collection[str], removed: Collection[str]) -> Index:
        """Return an index with paths added and removed, equal to a new one but in a fraction of the time."""
        new = Index(())
        new._only, new._several, new._paths = self._only.copy(), self._several.copy(), self._paths.copy()
        new._aliases = self._aliases
        few = Index((*added, *removed))
        for name in (*few._only, *few._several):
            there = sorted({*self._called(name), *few._called(name)}.difference(removed))
            new._only.pop(name, None)
            for path in new._several.pop(name, ()):
                new._paths.pop(fold(path), None)
            for path in there:
                new._add(name, path)
        return new

    def has_one(self, name: str) -> bool:
        """Return whether at most one note has a file name, given without its ending."""
        return fold(f"{name}.md") not in self._several

    def resolve(self, source: str, target: str) -> str | None:
        """Return the path of the file that a link in the note `source` means; None if there is none.

        `target` is the text before `|`; a subpath (`#…`) does not matter, and alone it means `source` itself.
        """
        if found := self._certain.get(target):
            return found
        written, subpath, _ = target.partition("#")
        link = fold(written.strip())
        if not link:
            return source if subpath else None
        return self._by_name(source, link, target) or self._aliases.get(link)

    def _by_name(self, source: str, link: str, target: str) -> str | None:
        if link.startswith(("./", "../")):
            path = _joined(source, link)
            return self._at(path) or self._at(path + ".md")
        name = link[link.rfind("/") + 1 :]
        candidates = self._called(name) if "." in name else ()
        if not candidates:
            candidates = self._called(name + ".md")
            if not candidates:
                return None
            link += ".md"
        found = self._at(link.removeprefix("/"))
        if found is None and len(candidates) == 1 and "/" not in link:
            found = candidates[0]
        if found:
            self._certain[target] = found
        if found or link.startswith("/"):
            return found
        if link not in self._nearest:
            self._nearest[link] = _nearest(candidates, link)
        below = self._nearest[link]
        return below.get(fold(source[: source.rfind("/") + 1])) or below.get("")


def _joined(source: str, link: str) -> str:
    """Return the folded path that `./` and `../` lead to from the folder of `source`; empty outside the vault."""
    parts = fold(source).split("/")[:-1]
    for part in link.split("/"):
        if part == ".." and not parts:
            return ""
        if part == "..":
            parts.pop()
        elif part not in {".", ""}:
            parts.append(part)
    return "/".join(parts)


def _nearest(candidates: Sequence[str], link: str) -> dict[str, str]:
    """Return, for each folder above a file whose path ends like the link, the best such file: short, then early.

    Folders are folded and end with `/`; the vault itself is the empty one.
    """
    best: dict[str, str] = {}
    paths = [(path, fold(path)) for path in candidates]
    for path, folded in sorted(paths, key=lambda pair: len(pair[1])):
        if ("/" + folded).endswith("/" + link):
            folder = folded
            while folder:
                folder = folder[: folder.rfind("/", 0, -1) + 1]
                best.setdefault(folder, path)
    return best


Counts = Mapping[str, Mapping[str, int]]
"""Source → target, or text → how often; only sources that have any."""


@dataclass(frozen=True, slots=True)
class LinkGraph:
    """All links, embeds and links in properties, as the app counts them; links of a note to itself are left out."""

    resolved: Counts
    """Targets are paths of notes and of other files."""
    unresolved: Counts
    """Texts are as written, without subpath."""

    def json(self) -> dict[str, Counts]:
        """Return the graph as it is printed."""
        return {"resolved": self.resolved, "unresolved": self.unresolved}


def link_graph(notes: Iterable[Note], index: Index) -> LinkGraph:
    """Return the link graph of `notes`, in their order."""
    resolved: dict[str, dict[str, int]] = {}
    unresolved: dict[str, dict[str, int]] = {}
    for note in notes:
        for target in targets(note):
            found = index.resolve(note.path, target)
            if found == note.path:
                continue
            name = found or target.partition("#")[0].strip()
            if name:
                counts = (resolved if found else unresolved).setdefault(note.path, {})
                counts[name] = counts.get(name, 0) + 1
    return LinkGraph(resolved, unresolved)


def targets(note: Note) -> Iterator[str]:
    """Yield what each link of a note points to, as written: those of the body first."""
    yield from note.links
    for found in links_of_properties(note.properties):
        yield found.link


class PropertyLink(NamedTuple):
    """One link in a property."""

    key: str
    """The property; for an item of a list with its place from 0: `people.0`."""
    link: str
    original: str
    display: str


def links_of_properties(properties: Mapping[str, object]) -> tuple[PropertyLink, ...]:
    """Return the links of all properties in their order."""
    return tuple(link for key, value in properties.items() for link in _links(key, value, 0))


def _links(key: str, value: object, level: int) -> Iterator[PropertyLink]:
    if isinstance(value, str):
        if "](" in value or "[[" in value:
            yield from _of_text(key, value.strip())
    elif isinstance(value, list | dict) and level < _DEEPEST:
        items = enumerate(value) if isinstance(value, list) else value.items()
        for name, item in items:
            yield from _links(f"{key}.{name}", item, level + 1)


def _of_text(key: str, text: str) -> Iterator[PropertyLink]:
    if match := _WIKILINK.fullmatch(text):
        if parts := split(match[1]):
            yield PropertyLink(key, parts[0], text, parts[1])
    elif match := _MARKDOWN.fullmatch(text):
        target = destination(match[2] if match[2] is not None else match[3])
        if target:
            yield PropertyLink(key, target, text, match[1] or target)
