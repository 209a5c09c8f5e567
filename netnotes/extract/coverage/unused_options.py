"""Options that the user set and that match nothing in the vault."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from netnotes.config import Config, Encounters, People
from netnotes.extract.people.names import folded
from netnotes.extract.people.owner import attendees_of
from netnotes.extract.people.person_marks import kinds_of
from netnotes.extract.people.resolver import Directory
from netnotes.model import Note, Problem, Vault


def remarks(vault: Vault, notes: Sequence[Note], people: Directory, config: Config) -> Iterator[Problem]:
    """Yield one remark for each value that matches nothing."""
    folders = {part for note in vault.notes for part in folders_of(note.path)}
    tags = {folded(part) for note in notes for tag in (*note.tags, *note.marks) for part in (tag, *tag.split("/"))}
    kinds = {kind for note in notes for kind in kinds_of(note)}
    keys = {folded(key) for note in notes for key in (*note.properties, *note.fields)}
    own, met, place = config.people, config.encounters, "write the folder as it is called in the vault"
    daily = (met.daily_folder,) if met.daily_folder else ()
    yield from _missing("[people] folders", _own(own.folders, People().folders), folders, place)
    yield from _missing("[people] tags", _own(own.tags, People().tags), tags, "write the tag without `#`")
    yield from _missing("[people] types", _own(own.types, People().types), kinds, "write the value of `type`")
    yield from _missing(
        "[encounters] attendees", _own(met.attendees, Encounters().attendees), keys, "write the property's name"
    )
    yield from _missing("[encounters] scene_folders", tuple(met.scene_folders), folders, place)
    yield from _missing("[encounters] daily_folder", daily, folders, place)
    if config.me is not None and people.ego.path is None and not _is_in_a_list(config.me, notes, config):
        yield Problem(
            f"`me`: no note and no attendee is called `{config.me}`",
            remark="unused option",
            hint="write your name as your own note, or as attendee lists have it",
        )
    for name in own.without_note:
        called = people.names.get(folded(name), ())
        if called and called[0].path:
            yield Problem(
                f"`[people] without_note`: {name} has a note by now",
                path=called[0].path,
                remark="unused option",
                hint=f"remove `{name}` from the list",
            )


def _is_in_a_list(name: str, notes: Sequence[Note], config: Config) -> bool:
    return any(folded(name) in attendees_of(note, config) for note in notes)


def _own(values: Sequence[str], usual: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in usual)


def _missing(option: str, values: Sequence[str], there: Collection[str], hint: str) -> Iterator[Problem]:
    for value in values:
        if value.strip("/").casefold() not in there and folded(value) not in there:
            yield Problem(f"`{option}`: nothing here matches `{value}`", remark="unused option", hint=hint)


def folders_of(path: str) -> Iterator[str]:
    """Yield every folder of a path, by its own name and by its path, in lower case."""
    parts = path.casefold().split("/")[:-1]
    for count in range(1, len(parts) + 1):
        yield parts[count - 1]
        yield "/".join(parts[:count])
