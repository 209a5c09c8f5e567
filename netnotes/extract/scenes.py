"""Find the scenes of a vault: how each is spelled, when it began, and who belongs to it; and the declared groups.

A note with `type: group` and `members` declares a group. `insights.meeting_groups` finds the others.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from netnotes.config import Config
from netnotes.directory import Spelling
from netnotes.extract.people.declarations import days_between
from netnotes.extract.people.names import names_in, stem
from netnotes.extract.people.resolver import Resolver
from netnotes.incremental import PeopleMemory
from netnotes.invalidation import Changes
from netnotes.model import Encounter, Group, Note, Person, Scene
from netnotes.notes import find_key
from netnotes.regex import regex
from netnotes.text.serialize import SCENE, hold

_LINK = regex(r"\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
_TAG = "scene/"
_MEMBERS = ("members", "people", "with", "participants", "attendees")


def spelling(names: Iterable[str], config: Config) -> Spelling:
    """Return the spelling of each scene, given all its occurrences in `names`.

    The declared spelling, else the most frequent one, else the first alphabetically.
    """
    seen = Counter(names)
    best: dict[str, str] = {}
    for name in sorted(seen, key=lambda name: (-seen[name], name)):
        best.setdefault(name.casefold(), name)
    return best | {name.casefold(): name for name in config.scenes}


def vault_spelling(changes: Changes, config: Config, memory: PeopleMemory) -> Spelling:
    """Return the spelling of each scene that the notes name. Only the changed notes are read."""
    before = [memory.scene_names.pop(path, ()) for path in changes.gone]
    now = []
    for note in changes.notes:
        before.append(memory.scene_names.pop(note.path, ()))
        if names := tuple(scene_names(note, config)):
            memory.scene_names[note.path] = names
            now.append(names)
    if memory.spelling is not None and not any(before) and not now:
        return memory.spelling
    return spelling((name for names in memory.scene_names.values() for name in names), config)


def scene_of(note: Note, config: Config, spelled: Spelling, *, blocks: bool = False) -> str | None:
    """Return the scene of a whole note, by property, inline field, tag, place or configured folder.

    A place counts if a scene has that name; a tag is `scene/lisbon`, or `lisbon` if that is declared.

    With `blocks` a note describes several occasions, and a tag in a passage applies only to that passage.
    """
    value = note.value("scene")
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, str) and value.strip():
        return named(value, spelled)
    inside = {tag for passage in note.passages for tag in passage.tags} if blocks and note.tags else ()
    for tag in note.tags:
        if tag.startswith(_TAG) and len(tag) > len(_TAG) and tag not in inside:
            return named(tag.removeprefix(_TAG), spelled)
    for tag in note.tags if config.scenes else ():
        if tag not in inside and any(tag == name.casefold() for name in config.scenes):
            return named(tag, spelled)
    if spelled and (place := place_of(note)) and place.casefold() in spelled:
        return named(place, spelled)
    for folder, scene in config.encounters.scene_folders.items():
        if note.path.startswith(folder.strip("/") + "/"):
            return scene
    return None


def named(value: str, spelled: Spelling) -> str:
    """Return the scene named by `value`, linked or not, in its usual spelling."""
    match = _LINK.fullmatch(value.strip())
    name = " ".join((match[2] or match[1].rpartition("/")[2] if match else value).split())
    return spelled.get(name.casefold(), name)


def all_scenes(
    people: Iterable[Person], encounters: Sequence[Encounter], config: Config, notes: Mapping[str, Note]
) -> tuple[Scene, ...]:
    """Return the scenes that are declared, named in notes, or known from places. `notes`: path → note."""
    named = scenes(people, encounters, config)
    return (*named, *place_scenes(encounters, notes, named))


def scenes(people: Iterable[Person], encounters: Iterable[Encounter], config: Config) -> tuple[Scene, ...]:
    """Return all scenes, sorted by name; each begins with its first encounter, unless declared."""
    # By id: to hash a person takes longer than all the rest.
    members: dict[str, dict[str, Person]] = {name: {} for name in config.scenes}
    since: dict[str, dt.date] = {}
    for person in people:
        if person.scene:
            members.setdefault(person.scene, {})[person.id] = person
    for encounter in encounters:
        for person in encounter.people:
            if scene := encounter.scene or person.scene:
                members.setdefault(scene, {})[person.id] = person
                since[scene] = min(since.get(scene, encounter.date), encounter.date)
    found = []
    for name in sorted(members):
        declared = config.scenes[name].since if name in config.scenes else None
        who = tuple([person for _, person in sorted(members[name].items())])
        found.append(Scene(name, declared or since.get(name), who, declared=declared is not None))
    return tuple(found)


def scene_names(note: Note, config: Config) -> Iterator[str]:
    """Yield the scenes that a note names, as it spells them."""
    if scene := scene_of(note, config, {}):
        yield scene
    for passage in note.passages if hold(note.passages, SCENE) else ():
        if passage.scene:
            yield named(passage.scene, {})


KEYS = ("place", "location", "city", "where")
NEW_PEOPLE, NEW_DAYS = 5, 2
"""A place becomes a scene when this many people were met there for the first time, on this many days."""
NOWHERE = frozenset({"zoom", "online", "remote", "phone", "teams", "meet", "skype", "home", "office", "facetime"})
"""Values that are not places."""


def place_of(note: Note) -> str | None:
    """Return the place that a note names, its first part alone (`Lisbon` of `Lisbon, Portugal`)."""
    for key in note.having(KEYS):
        value = note.value(key)
        if isinstance(value, str):
            name = value.strip().removeprefix("[[").removesuffix("]]").rpartition("|")[2].partition(",")[0]
            name = " ".join(name.rpartition("/")[2].split())
            if name and len(name) <= 40 and name.casefold() not in NOWHERE:
                return name
    return None


def place_scenes(
    encounters: Sequence[Encounter], notes: Mapping[str, Note], known: Iterable[Scene]
) -> tuple[Scene, ...]:
    """Return the scenes implied by places, by name; `encounters` are in chronological order."""
    taken = {scene.name.casefold() for scene in known}
    met: set[str] = set()
    first: defaultdict[str, dict[str, tuple[Person, dt.date]]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for encounter in encounters:
        fresh = [person for person in encounter.people if person.id not in met]
        met.update([person.id for person in fresh])
        note = notes.get(encounter.path) if fresh and encounter.scene is None else None
        place = place_of(note) if note else None
        if place and place.casefold() not in taken:
            key = spelled.setdefault(place.casefold(), place)
            first[key] |= {person.id: (person, encounter.date) for person in fresh if person.scene is None}
    found = []
    for name, there in sorted(first.items()):
        days = {day for _, day in there.values()}
        if len(there) >= NEW_PEOPLE and len(days) >= NEW_DAYS:
            who = tuple([person for _, (person, _) in sorted(there.items())])
            found.append(Scene(name, min(days), who, place=True))
    return tuple(found)


def declared_groups(notes: Iterable[Note], people: Resolver) -> tuple[Group, ...]:
    """Return the groups of at least two people that these notes declare; unknown names are skipped."""
    return tuple(group for note in notes if (group := _group(note, people)))


def _group(note: Note, people: Resolver) -> Group | None:
    listed = note.value(*_MEMBERS)
    members = tuple(dict.fromkeys(_linked(note, people) if listed is None else _named(note, listed, people)))
    if len(members) < 2:
        return None
    name = note.value("name")
    return Group(
        name=name.strip() if isinstance(name, str) and name.strip() else stem(note.path),
        people=members,
        path=note.path,
        line=_line(note),
        cadence=days_between(note.value("cadence")),
    )


def _line(note: Note) -> int:
    """Return the line of the members; the first of the note where nothing lists them."""
    key = find_key(note.lines, _MEMBERS)
    return note.lines[key] if key else 1


def _named(note: Note, listed: object, people: Resolver) -> Iterator[Person]:
    for target, name in names_in(listed):
        person = people.called(note.path, f"[[{target}]]" if target else name)
        if person and not person.me:
            yield person


def _linked(note: Note, people: Resolver) -> Iterator[Person]:
    for target in note.links:
        person = people.linked(note.path, target)
        if person and not person.me:
            yield person
