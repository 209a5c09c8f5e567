"""Options that the user set and that match nothing in the vault."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet

from netnotes.config import USUAL_ENCOUNTERS, Capture, Config, People
from netnotes.coverage import TITLES
from netnotes.extract.corpus import glob_pattern
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.owner import attendees_of
from netnotes.extract.people.person_marks import kinds_of
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.scenes import scene_names
from netnotes.model import Note, Problem, Vault
from netnotes.options import did_you_mean
from netnotes.regex import regex
from netnotes.text.lexicon import moment

_PLACE = "write the folder as it is called in the vault"
_NUMERIC = regex(r"(?<!\d)\d{1,2}[-/._]\d{1,2}[-/._]\d{2,4}(?!\d)")


def remarks(vault: Vault, notes: Sequence[Note], people: Resolver, config: Config) -> Iterator[Problem]:
    """Yield one remark for each value that matches nothing."""
    if config == Config():
        return
    folders = {part for note in vault.notes for part in folders_of(note.path)}
    yield from _of_people(vault, notes, people, config, folders)
    yield from _of_encounters(vault, notes, config, folders)
    yield from _of_scenes(notes, people, config)
    everything = [*(note.path for note in vault.notes), *vault.files]
    for glob in config.exclude:
        pattern = glob_pattern(glob)
        if pattern is None or not any(map(pattern.search, everything)):
            yield _unused("exclude", glob, "write a folder, a name or a glob such as `Archive/` or `**/draft*`")
    for kind in config.silence:
        if kind not in TITLES:
            yield _unused("silence", kind, did_you_mean(kind, TITLES)[2:] or f"the kinds are {', '.join(TITLES)}")
    for name in config.exports.embed:
        if not (people.with_name(folded(name)) or name in people.noted or f"{name}.md" in people.noted):
            yield _unused("[exports] embed", name, "write the name, an alias or the path of a person's note")
    inbox = config.capture.inbox
    if inbox != Capture().inbox and inbox not in everything:
        yield _unused("[capture] inbox", inbox, "write the path of the note, or make it")


def _of_people(
    vault: Vault, notes: Sequence[Note], people: Resolver, config: Config, folders: AbstractSet[str]
) -> Iterator[Problem]:
    tags = {folded(part) for note in notes for tag in (*note.tags, *note.marks) for part in (tag, *tag.split("/"))}
    kinds = {kind for note in notes for kind in kinds_of(note)}
    options = config.people
    yield from _missing("[people] folders", _set_by_user(options.folders, People().folders), folders, _PLACE)
    yield from _missing("[people] tags", _set_by_user(options.tags, People().tags), tags, "write the tag without `#`")
    yield from _missing(
        "[people] types", _set_by_user(options.types, People().types), kinds, "write the value of `type`"
    )
    if config.me is not None and people.ego.path is None and not _is_in_a_list(config.me, notes, config):
        yield Problem(
            f"`me`: no note and no attendee is called `{config.me}`",
            remark="unused option",
            hint="write your name as in your own note or in attendee lists",
        )
    for name in config.not_me:
        if not people.with_name(folded(name)) and not _is_in_a_list(name, notes, config):
            yield _unused("not_me", name, "write the name as in attendee lists")
    if options.without_note or options.never:
        named = {folded(stem(at.target)) for note in notes for passage in note.passages for at in passage.names}
        named |= {name for note in notes for name in attendees_of(note, config)}
        named |= {folded(stem(note.path)) for note in vault.notes}
    for option, names in (("[people] without_note", options.without_note), ("[people] never", options.never)):
        for name in names:
            called = people.names.get(folded(name), ())
            if option.endswith("note") and called and called[0].path:
                yield Problem(
                    f"`{option}`: {name}has a note now",
                    path=called[0].path,
                    remark="unused option",
                    hint=f"remove `{name}` from the list",
                )
            elif folded(name) not in named:
                yield _unused(option, name, "write the name as in your notes")


def _of_encounters(vault: Vault, notes: Sequence[Note], config: Config, folders: AbstractSet[str]) -> Iterator[Problem]:
    met, usual = config.encounters, USUAL_ENCOUNTERS
    keys = {folded(key) for note in notes for key in (*note.properties, *note.fields)}
    for option, values, by_default in (
        ("attendees", met.attendees, usual.attendees),
        ("dates", met.dates, usual.dates),
        ("minutes", met.minutes, usual.minutes),
    ):
        yield from _missing(
            f"[encounters] {option}", _set_by_user(values, by_default), keys, "write the property's name"
        )
    yield from _missing("[encounters] scene_folders", tuple(met.scene_folders), folders, _PLACE)
    yield from _missing("[encounters] daily_folder", (met.daily_folder,) if met.daily_folder else (), folders, _PLACE)
    if met.daily_format and not any(_has_format(note.path, met.daily_format) for note in vault.notes):
        yield _unused("[encounters] daily_format", met.daily_format, "write it in moment.js tokens, such as YYYY-MM-DD")
    if met.day_order and not any(map(_has_numeric_date, notes)):
        yield _unused("[encounters] day_order", met.day_order, "remove it: no date in this vault looks like 03/04/2026")


def _of_scenes(notes: Sequence[Note], people: Resolver, config: Config) -> Iterator[Problem]:
    if not config.scenes:
        return
    known = {name.casefold() for note in notes for name in scene_names(note, config)}
    known |= {person.scene.casefold() for person in people.noted.values() if person.scene}
    known |= {scene.casefold() for scene in config.encounters.scene_folders.values()}
    for name in config.scenes:
        if name.casefold() not in known:
            yield _unused("[scenes]", name, f"add `scene: {name}` to a note, or the tag `scene/{name}`")


def _has_format(path: str, form: str) -> bool:
    """Return whether the end of a path is a day in this format."""
    parts = path.removesuffix(".md").split("/")
    return moment.parse(form, "/".join(parts[-1 - form.count("/") :])) is not None


def _has_numeric_date(note: Note) -> bool:
    """Return whether a note has a date in which day and month may be exchanged, or its name is one."""
    if note.order or any(passage.choices or len(passage.inside) > 1 for passage in note.passages):
        return True
    values = (value for value in note.properties.values() if isinstance(value, str))
    return any(_NUMERIC.search(text) for text in (stem(note.path), *values))


def _unused(option: str, value: str, hint: str) -> Problem:
    return Problem(f"`{option}`: nothing here matches `{value}`", remark="unused option", hint=hint)


def _is_in_a_list(name: str, notes: Sequence[Note], config: Config) -> bool:
    return any(folded(name) in attendees_of(note, config) for note in notes)


def _set_by_user(values: Sequence[str], usual: Sequence[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in usual)


def _missing(option: str, values: Sequence[str], there: Collection[str], hint: str) -> Iterator[Problem]:
    for value in values:
        if value.strip("/").casefold() not in there and folded(value) not in there:
            yield _unused(option, value, hint)


def folders_of(path: str) -> Iterator[str]:
    """Yield every folder of a path, by its own name and by its path, in lower case."""
    parts = path.casefold().split("/")[:-1]
    for count in range(1, len(parts) + 1):
        yield parts[count - 1]
        yield "/".join(parts[:count])
