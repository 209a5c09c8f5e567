"""Which notes are people, who the ego is, and whom a link or a name in a note means."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from netnotes.config import Config, People
from netnotes.model import Note, Person, Problem, Vault
from netnotes.network.declared import doubts
from netnotes.network.scenes import Spelling, scene_of, spelling
from netnotes.vault.links import Index

EGO_WORDS = frozenset({"me", "i", "myself", "self", "ich", "moi", "yo"})
"""Names in an attendee field that mean the ego."""
_WIKILINK = re.compile(r"!?\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\(<?([^()<>\n]+?)>?\)")


def folded(name: str) -> str:
    """Return `name` without case, accents and surplus space: two names are the same when this is."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).casefold().split())


def stem(path: str) -> str:
    """Return the name of a note without folder and ending."""
    return path.rpartition("/")[2].removesuffix(".md")


@dataclass(slots=True)
class Directory:
    """Everybody in a vault. Grows by the people without a note that attendee fields name."""

    index: Index
    ego: Person
    noted: dict[str, Person]
    """Path of the note → person; the ego is not among them."""
    notes: Mapping[str, Note]
    """Path → note, of the whole vault."""
    spelling: Spelling
    """How each scene is spelled."""
    _names: Mapping[str, tuple[Person, ...]]
    _noteless: dict[str, Person] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def everyone(self) -> tuple[Person, ...]:
        """Return all people but the ego, those without a note last."""
        return (*self.noted.values(), *(self._noteless[key] for key in sorted(self._noteless)))

    def linked(self, source: str, target: str) -> Person | None:
        """Return the person whose note a link in running text points to; the ego's own note gives the ego."""
        path = self.index.resolve(source, target)
        return self._at(path) if path else None

    def path(self, source: str, target: str) -> str | None:
        """Return the note that a link points to."""
        return self.index.resolve(source, target)

    def attending(self, source: str, line: int | None, value: object) -> list[Person]:
        """Return whom an attendee property names: links, plain names, comma strings and lists of them, nested or not."""
        people: dict[str, Person] = {}
        for target, name in _names_in(value):
            person = self._attendee(source, line, target, name)
            if person:
                people.setdefault(person.id, person)
        return list(people.values())

    def _at(self, path: str) -> Person | None:
        return self.ego if path == self.ego.path else self.noted.get(path)

    def _attendee(self, source: str, line: int | None, target: str | None, name: str) -> Person | None:
        path = self.index.resolve(source, target) if target else None
        if path:
            if person := self._at(path):
                return person
            note = self.notes.get(path)
            if note is None or _kinds(note):
                # A company, a group or a picture: named among the attendees, and nobody.
                return None
            self._once(Problem(f"`{stem(path)}` attends meetings but is not marked as a person", path=path,
                               hint="add `type: person`, or move the note to People/"))  # fmt: skip
            name = stem(path)
        key = folded(name)
        if not key:
            return None
        if key in EGO_WORDS:
            return self.ego
        who = self._names.get(key, ())
        if len(who) > 1:
            paths = " or ".join(f"`{person.path}`" for person in who)
            self._once(Problem(f"`{name}` may be {paths}; counted as neither", path=source, line=line,
                               hint="link the note that is meant"))  # fmt: skip
            return None
        return (
            who[0] if who else self._noteless.setdefault(key, Person(f"?{key}", name=" ".join(name.split())))
        )

    def _once(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def directory(vault: Vault, config: Config) -> Directory:
    """Find the people among the notes of a vault."""
    notes = {note.path: note for note in vault.notes}
    templates = tuple(f"{folder}/" for folder in vault.templates)
    candidates = (
        [note for note in vault.notes if not note.path.startswith(templates)] if templates else vault.notes
    )
    problems: list[Problem] = []
    spelled = spelling(vault.notes, config)
    own, mine = _ego(candidates, config, spelled, problems)
    noted = {
        note.path: _person(note, config, spelled)
        for note in candidates
        if note is not own and is_person(note, config.people)
    }
    names: defaultdict[str, dict[str, Person]] = defaultdict(dict)
    for person in (mine, *noted.values()):
        for name in _called(person):
            names[folded(name)][person.id] = person
        problems += doubts(person)
    aliases = dict(_names_of_links(vault.notes)) if config.resolve_aliases else {}
    index = Index([*notes, *vault.files], aliases=aliases)
    return Directory(
        index,
        mine,
        noted,
        notes,
        spelled,
        {name: tuple(who.values()) for name, who in names.items()},
        problems=problems,
    )


def _names_of_links(notes: Iterable[Note]) -> Iterator[tuple[str, str]]:
    """Yield (what a link may say, path) for the apps whose links know aliases, and whose files write `/` as `___`."""
    for note in reversed(tuple(notes)):
        yield from ((alias, note.path) for alias in _aliases(note))
        if "___" in note.path:
            yield stem(note.path).replace("___", "/"), note.path


def is_person(note: Note, rules: People) -> bool:
    """Tell whether a note is a person's by its folder, its type or its tags."""
    folders = note.path.split("/")[:-1]
    within = "/".join(folders) + "/"
    if any(
        folder in folders if "/" not in folder else within.startswith(folder.strip("/") + "/")
        for folder in rules.folders
    ):
        return True
    if any(kind in map(str.casefold, rules.types) for kind in _kinds(note)):
        return True
    return any(tag in note.tags for tag in map(str.lower, rules.tags))


def _kinds(note: Note) -> set[str]:
    values = [note.properties.get(key, note.fields.get(key)) for key in ("type", "kind")]
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return {folded(item) for item in flat if isinstance(item, str) and item.strip()}


def _ego(
    notes: Iterable[Note], config: Config, spelled: Spelling, problems: list[Problem]
) -> tuple[Note | None, Person]:
    """Return the ego's own note, if any, and the ego."""
    marked = [note for note in notes if note.properties.get("me") is True]
    if config.me is not None:
        wanted = folded(config.me)
        marked = [note for note in notes if config.me in (note.path, note.path.removesuffix(".md"))] or [
            note
            for note in notes
            if wanted in {folded(name) for name in _called(_person(note, config, spelled))}
        ]
        if not marked:
            return None, Person("me", name=config.me, me=True)
    for note in marked[1:]:
        problems.append(Problem("says `me: true`, as another note does already", path=note.path, line=note.lines.get("me"),
                                hint=f"the ego is {marked[0].path}"))  # fmt: skip
    if not marked:
        return None, Person("me", name="me", me=True)
    return marked[0], _person(marked[0], config, spelled, me=True)


def _person(note: Note, config: Config, spelled: Spelling, *, me: bool = False) -> Person:
    name = note.properties.get("name")
    return Person(
        id=note.path,
        name=" ".join(name.split()) if isinstance(name, str) and name.strip() else stem(note.path),
        path=note.path,
        aliases=tuple(_aliases(note)),
        scene=scene_of(note, config, spelled, blocks=True),
        tags=note.tags,
        properties=note.properties,
        lines=note.lines,
        ignored=_ignored(note),
        me=me,
    )


def _aliases(note: Note) -> Iterator[str]:
    for key, value in note.properties.items():
        if key.lower() == "aliases":
            yield from (
                item.strip()
                for item in (value if isinstance(value, list) else [value])
                if isinstance(item, str) and item.strip()
            )
    # Logseq keeps aliases as an inline field of the page, parted by commas.
    yield from (item.strip(" []") for item in note.fields.get("alias", "").split(",") if item.strip(" []"))


def _called(person: Person) -> Iterator[str]:
    yield person.name
    yield from person.aliases
    if person.path:
        yield stem(person.path)


def _ignored(note: Note) -> bool:
    value = note.properties.get("netnotes")
    words = (
        value
        if isinstance(value, list)
        else str(value).replace(",", " ").split()
        if isinstance(value, str)
        else []
    )
    return any(str(word).strip().casefold() == "ignore" for word in words)


def _names_in(value: object) -> Iterator[tuple[str | None, str]]:
    """Yield (link target or None, name) for each name in an attendee value."""
    if isinstance(value, dict):
        for key, item in value.items():
            # `- Ada: host` says who and as what; `name: Ada` says who.
            yield from _names_in(item if str(key).casefold() in ("name", "person") else key)
    elif isinstance(value, list):
        if (
            len(value) == 1
            and isinstance(value[0], list)
            and len(value[0]) == 1
            and isinstance(value[0][0], str)
        ):
            # Bare [[x]] in YAML is a list in a list: no link to the app, and yet plainly meant as one.
            yield value[0][0], value[0][0].rpartition("|")[2]
            return
        for item in value:
            yield from _names_in(item)
    elif isinstance(value, str):
        yield from _names_in_text(value)


def _names_in_text(text: str) -> Iterator[tuple[str | None, str]]:
    rest, found = text, False
    for pattern, target, shown in ((_WIKILINK, 1, 2), (_MARKDOWN_LINK, 2, 1)):
        for match in pattern.finditer(rest):
            found = True
            name = match[shown] or stem(match[target].partition("#")[0])
            yield match[target].strip(), name.strip()
        rest = pattern.sub(",", rest)
    for part in rest.replace(";", ",").split(","):
        name = part.strip().strip("@")
        if name and not (found and name.casefold() in ("and", "&", "und", "et", "y")):
            yield None, name
