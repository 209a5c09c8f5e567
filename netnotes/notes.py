"""The records of a parsed note: facts from text, no person resolved yet. Plain data; touches nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from netnotes.lazy_dataclass import dataclass
from netnotes.regex import regex
from netnotes.reserved import fold_key

Initiative = Literal["me", "them", "both"]
"""Who started an encounter: the owner of the vault, the others, or both.

.. versionadded:: 0.1
"""

_NUMBER = regex(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
_EMPTY: Mapping[str, Any] = {}
"""One shared mapping for all records without fields, to save memory."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A plugin function that failed: all its results were dropped, or it was not called."""

    hook: str
    """Name of the function."""
    kind: Literal["raised", "dropped", "skipped"]
    """raised: an exception, also by the host's time limit; dropped: an invalid result; skipped: it was not called."""
    traceback: str = field(default="", compare=False)
    """Of the exception that it raised."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user should know about.

    .. versionadded:: 0.1
    """

    message: str
    """One line, without the place and without a full stop."""
    _: KW_ONLY
    on: object = None
    """What it is about: a person, a tie, a note, or something read from a line. The host turns it into path and
    line."""
    path: str | None = None
    """Relative to the vault, with `/`."""
    line: int | None = None
    """1-based."""
    hint: str | None = None
    """What to do about it."""
    plugin: str | None = None
    """Name of the plugin that reported it."""
    failure: Failure | None = None
    """Set by the host if a function of the plugin failed; None if a plugin reports something about the notes."""
    remark: str | None = None
    """Kind of a remark (something that almost worked), as `check` groups them; None for a problem."""


def field_value(text: str) -> object:
    """Return the value of an inline field as front matter would have it: true, false and numbers are no text."""
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


class Reference(NamedTuple):
    """A place in a passage that may name a person."""

    target: str
    """A link's text before `|`, or a name, as written."""
    minutes: float | None = None
    """Minutes noted right after it: `[[Ada]] (12 min)`."""
    kind: str = "link"
    """`link`, `embed`, `at` (`@Ada`) or `name` (plain words that may be a name)."""
    state: str | None = None
    """What the words around it say: `planned`, `cited`, `talked about`, `cancelled` …; None: nothing special."""
    near: bool = False
    """Whether it is right after a contact word or `with`."""
    first: bool = False
    """Whether the line starts with it."""
    company: bool = False
    """Whether it is right after `with`, or in a list of those present on a line with a time or length."""
    dated: bool = False
    """Whether the date in the line's sentence is right after it or its list: `lunch with Ada on 14 May 2026`."""
    personal: bool = False
    """Whether words before it such as `1:1 with` say that it is a person."""


class Passage(NamedTuple):
    """One line of a note, as far as it may say who met whom when. Keeps the text only of tasks and attendee lists.

    A named tuple, as Reference and Note are, not a dataclass: a large vault has a million, and named tuples load ten
    times as fast from the cache.

    .. versionadded:: 0.1
    """

    line: int
    """1-based line in the file."""
    kind: str
    """heading, paragraph, item, row or quote."""
    parent: int = -1
    """Index in Note.passages of the item or quote around it, -1 at the top."""
    level: int = 0
    """Heading level 1-6, else 0."""
    names: tuple[Reference, ...] = ()
    date: dt.date | None = None
    """The date at the start of the passage."""
    clock: int | None = None
    """Minutes after midnight, if a time is given."""
    minutes: float | None = None
    channel: str | None = None
    """in person, call, message, mail or card: from a field or a word; None if nothing says so."""
    initiated_by: Initiative | None = None
    scene: str | None = None
    fields: Mapping[str, str] = _EMPTY
    """Inline fields (`key:: value`), keys in lower case."""
    tags: tuple[str, ...] = ()
    """Without `#`, in lower case."""
    task: str | None = None
    """The character between a task's brackets: space is open, x is done."""
    text: str | None = None
    """A task's own words, or those of a line that lists attendees; None otherwise."""
    role: str | None = None
    """Role of the line: attendees, attendee, absent, plan, names, quote or property; see `roles`."""
    days_ago: int = 0
    """1 if the line says yesterday, 2 for the day before; -1 to -7 for the last Monday to Sunday, perhaps that day."""
    state: str | None = None
    """What the words of a line without names say, as in `Reference.state`."""
    noted: bool = False
    """Whether a length is noted on purpose: in brackets, or in a field."""
    choices: tuple[dt.date, ...] = ()
    """Day first and month first, if the line starts with a numeric date that may be either."""
    inside: tuple[dt.date, ...] = ()
    """The first date within a line that does not start with one: one day, or the two that it may be."""


class Note(NamedTuple):
    """One note as the network needs it.

    .. versionadded:: 0.1
    """

    path: str
    """Relative to the vault, with `/`."""
    digest: str
    """sha256 of the bytes read, hexadecimal: what a write is compared with."""
    block: str = "none"
    """Kind of front matter: none, empty, yaml, json, invalid or unclosed."""
    properties: Mapping[str, object] = _EMPTY
    lines: Mapping[str, int] = _EMPTY
    """1-based line of each property."""
    fields: Mapping[str, str] = _EMPTY
    """Inline fields that speak of the whole note, keys in lower case."""
    links: tuple[str, ...] = ()
    """Targets of all links and embeds of the body, in order."""
    tags: tuple[str, ...] = ()
    """Of properties and body, without `#`, in lower case."""
    passages: Sequence[Passage] = ()
    """Only passages that bear on an encounter or a promise, and those around them."""
    problems: tuple[Problem, ...] = ()
    owned: tuple[str, ...] = ()
    """Properties that NetNotes wrote, the seal among them: never evidence."""
    marks: tuple[str, ...] = ()
    """The tags that speak of the whole note: of front matter, or alone on one of its first lines."""
    title: str | None = None
    """The first heading of level 1."""
    set_aside: str | None = None
    """Why the note is not read as evidence: `template` or `conflict copy`; None for all others."""
    order: Literal["dmy", "mdy"] | None = None
    """Whether day or month comes first, as the note's numeric dates prove; None for no proof, or two."""
    declared: tuple[tuple[str, str, int], ...] = ()
    """(equivalent property, value, line) of lines such as `Known since 2009` and `My brother.`"""
    signs: tuple[str, ...] = ()
    """Signs in its first lines that it is about a person: see `text/person_signs.py`."""
    unread: bool = False
    """Whether it says `netnotes: ignore`."""
    without_year: tuple[int, ...] = ()
    """Lines of headings that give a day and a month, and nothing the year."""

    def key(self, *names: str) -> str | None:
        """Return the user's property that is called as the first of `names`, as spelled in the note; None for none."""
        return find_key(self.properties, names, self.owned)

    def value(self, *names: str) -> Any:
        """Return the value of the first of `names`: a property of the user's, else an inline field; None for neither.

        Names are compared without case, accents, hyphens, underscores and spaces.
        """
        if not self.properties and not self.fields:
            return None
        if names and names[0] in self.properties and names[0] not in self.owned:
            # The common case, without a look-up by all spellings.
            return self.properties[names[0]]
        found = _first_key(names, tuple(self.properties), tuple(self.fields), self.owned)
        if found is None:
            return None
        key, is_property = found
        return self.properties[key] if is_property else field_value(self.fields[key])

    def having(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `names`, in their order, of which the user wrote a property or inline field."""
        if not self.properties and not self.fields:
            return ()
        return _having(names, tuple(self.properties), tuple(self.fields), self.owned)

    def has_any(self, folded: frozenset[str]) -> bool:
        """Return whether the user wrote a property or inline field with one of these names, spelled by `fold_key`."""
        if not self.properties and not self.fields:
            return False
        return _has_any(folded, tuple(self.properties), tuple(self.fields), self.owned)

    def own(self) -> dict[str, object]:
        """Return the properties that the user wrote."""
        return {key: value for key, value in self.properties.items() if key not in self.owned}

    def line(self, *names: str) -> int | None:
        """Return the line of the first of the properties `names`; None if none is there."""
        key = self.key(*names)
        return None if key is None else self.lines.get(key)


def find_key(keys: Mapping[str, object], names: Iterable[str], owned: Collection[str] = ()) -> str | None:
    """Return the key that is spelled as one of `names`, the first name first; `owned` keys are passed over."""
    names = tuple(names)
    if names and names[0] in keys and names[0] not in owned:
        return names[0]
    found = _first_key(names, tuple(keys), (), tuple(owned)) if keys else None
    return found[0] if found else None


@lru_cache(maxsize=10_000)
def _first_key(
    names: tuple[str, ...], properties: tuple[str, ...], fields: tuple[str, ...], owned: tuple[str, ...]
) -> tuple[str, bool] | None:
    """Return the key that the first of `names` is spelled as, and whether it is a property; None if there is none."""
    spelled = ((properties, _spelled(properties, owned), True), (fields, _spelled(fields, owned), False))
    for name in names:
        folded = fold_key(name)
        for keys, by_name, is_property in spelled:
            if folded in by_name:
                return (name if name in keys and name not in owned else by_name[folded]), is_property
    return None


@lru_cache(maxsize=10_000)
def _having(
    names: tuple[str, ...], properties: tuple[str, ...], fields: tuple[str, ...], owned: tuple[str, ...]
) -> tuple[str, ...]:
    """Return those of `names` that are spelled as one of the keys. Cached: many notes have the same keys."""
    return tuple(name for name in names if _first_key((name,), properties, fields, owned))


@lru_cache(maxsize=10_000)
def _has_any(
    folded: frozenset[str], properties: tuple[str, ...], fields: tuple[str, ...], owned: tuple[str, ...]
) -> bool:
    """Return whether one of the keys is spelled so. Cached, too."""
    return not all(folded.isdisjoint(_spelled(keys, owned)) for keys in (properties, fields))


@lru_cache(maxsize=10_000)
def _spelled(keys: tuple[str, ...], owned: tuple[str, ...]) -> Mapping[str, str]:
    """Return name as `fold_key` spells it → the first key that is spelled so. Many notes have the same keys."""
    return {fold_key(key): key for key in reversed(keys) if key not in owned}


@dataclass(frozen=True, slots=True)
class Link:
    """Two notes of which one links to the other, or each to the other.

    .. versionadded:: 0.1
    """

    paths: tuple[str, str]
    """Of both notes, sorted."""
    forth: int
    """How often the first links to the second."""
    back: int
    """How often the second links to the first."""
    first: dt.date | None = None
    """The earliest date of a note that links the two; None if no date is known."""
    last: dt.date | None = None
    """The latest one."""
    depth: float = 0.0
    """0-1; deep from .5: mutual, or many and long-lived."""


@dataclass(frozen=True, slots=True)
class Vault:
    """A folder of notes, read."""

    name: str
    notes: Sequence[Note] = ()
    """Sorted by path; from a cache they are unpacked when somebody first asks for one."""
    files: tuple[str, ...] = ()
    """Paths of everything else a link can point to, sorted."""
    app: str = "plain"
    """The app whose settings the folder holds: obsidian, logseq, dendron, foam, zk or plain."""
    daily_folder: str = ""
    daily_format: str | None = None
    """The vault's own moment.js format of daily notes; None if it has none."""
    templates: tuple[str, ...] = ()
    """Folders of templates: read, never written, no evidence."""
    excluded: tuple[str, ...] = ()
    """Filters of the app's excluded files: what a path begins with, or a regular expression between slashes."""
    problems: tuple[Problem, ...] = ()
