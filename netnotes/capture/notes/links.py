"""Write links to people in the vault's style. What a link means is decided in `text.links`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from posixpath import relpath
from urllib.parse import quote, unquote

from netnotes.extract.people.names import folded, levels, stem
from netnotes.model import Person, Vault
from netnotes.note_sequence import at_paths
from netnotes.regex import regex
from netnotes.text.links import Index
from netnotes.text.settings import Settings

_NOTES_LOOKED_AT = 50
_ENCODED = regex(r"[\x00-\x20%#?()\[\]<>\\`^|\"]")
"""What is encoded in a Markdown link; other letters stay readable, as in the app."""
_TO_NOTE = regex(r"(?<![!\\])\[([^\[\]\n]{0,200})\]\(<?((?![a-z]+:)[^()<>\n]{1,300}?)\.md>?\)", re.IGNORECASE)
_UP = regex(r"^(?:\.{0,2}/)+")
_UNSAFE = frozenset("[]|#^")


def as_wikilinks(text: str, is_person: Callable[[str], object]) -> str:
    """Return a sentence with its Markdown links to people as wikilinks: `[Ada](../People/Ada%20Pell.md)`.

    `is_person`: whether somebody has a name.
    """

    def wikilink(link: re.Match[str]) -> str:
        path = _UP.sub("", unquote(link[2]))
        return f"[[{path}]]" if is_person(path.rpartition("/")[2]) else link[0]

    return _TO_NOTE.sub(wikilink, text)


def link_to(person: Person, words: str, source: str, index: Index, settings: Settings) -> str:
    """Return a link in the note `source` to a person's note; `words` are those that named the person.

    It is the shortest link that means their note: the path if another note has the same name, as the app writes it. The
    words are shown only if the link would not show a name; if they are the path, it is shown.
    """
    if person.path is None:
        return f"[[{_plain(person.name)}]]"
    name = stem(person.path)
    if settings.app == "logseq":
        return f"[[{'/'.join(levels(person.path))}]]"
    unique = index.resolve(source, name) == person.path and index.has_one(name) and not settings.absolute_links
    target = name if unique else person.path.removesuffix(".md")
    if settings.relative_links:
        target = relpath(f"/{person.path.removesuffix('.md')}", f"/{source}/..")
    if settings.markdown_links or _UNSAFE.intersection(target):
        shown = _plain(person.name)
        return f"[{shown}]({_ENCODED.sub(lambda match: quote(match[0]), f'{target}.md')})"
    alias = _shown(person, words, target)
    return f"[[{target}|{alias}]]" if alias else f"[[{target}]]"


def _shown(person: Person, words: str, target: str) -> str | None:
    """Return the text a link must show: the words that named the person, if they are not the name itself."""
    if folded(target) == folded(person.name):
        names = (person.name, *person.aliases)
        usual = any(folded(name).startswith(folded(words)) for name in names)
        return None if usual else _plain(words)
    return None if words == target else _plain(person.name)


def _plain(words: str) -> str:
    return " ".join("".join(" " if char in "[]|\n" else char for char in words).split())


def writes_at_signs(vault: Vault, daily: Collection[str]) -> bool:
    """Return whether the notes at the paths `daily` name people as `@Ada` rather than with links."""
    if vault.app == "logseq":
        return False
    kinds: Counter[str] = Counter()
    for path in sorted(daily, reverse=True):
        for note in at_paths(vault.notes, (path,)).values():
            kinds.update(name.kind for passage in note.passages for name in passage.names)
        if kinds.total() >= _NOTES_LOOKED_AT:
            break
    return kinds["at"] > kinds["link"]
