"""Options that the user set and that match nothing in the vault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from netnotes.config import USUAL_ENCOUNTERS, Capture, Config, People
from netnotes.coverage import TITLES, OptionValue
from netnotes.extract.corpus import glob_pattern
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.owner import attendees_of
from netnotes.extract.people.person_marks import kinds_of
from netnotes.extract.people.resolver import Resolver
from netnotes.extract.scenes import scene_names
from netnotes.model import Note, Problem, Vault
from netnotes.note_sequence import paths_of
from netnotes.options import did_you_mean
from netnotes.regex import regex
from netnotes.text.lexicon import moment

_PLACE = "write the folder as it is called in the vault"
_NUMERIC = regex(r"(?<!\d)\d{1,2}[-/._]\d{1,2}[-/._]\d{2,4}(?!\d)")
_TAGS, _TYPES, _WITHOUT_NOTE, _NEVER = "[people] tags", "[people] types", "[people] without_note", "[people] never"
_ME, _NOT_ME, _SCENES, _DAY_ORDER = "me", "not_me", "[scenes]", "[encounters] day_order"
_NUMERIC_DATE = "03/04/2026"
_HINTS = {
    _TAGS: "write the tag without `#`",
    _TYPES: "write the value of `type`",
    _DAY_ORDER: f"remove it: no date in this vault looks like {_NUMERIC_DATE}",
    **dict.fromkeys(
        ("[encounters] attendees", "[encounters] dates", "[encounters] minutes"), "write the property's name"
    ),
}
"""Options whose values are compared with the notes alone → what to do about one that matches nothing."""

Wanted = Mapping[str, Mapping[str, Sequence[OptionValue]]]
"""Part of a note that is compared: see `_PARTS` → how a value is compared → the values."""


def wanted(config: Config) -> Wanted:
    """Return the values that the user set, and that are compared with notes."""
    people, met, usual = config.people, config.encounters, USUAL_ENCOUNTERS
    found: defaultdict[str, defaultdict[str, list[OptionValue]]] = defaultdict(lambda: defaultdict(list))
    for part, option, values in (
        ("tags", _TAGS, _set_by_user(people.tags, People().tags)),
        ("types", _TYPES, _set_by_user(people.types, People().types)),
        ("lists", _ME, () if config.me is None else (config.me,)),
        ("lists", _NOT_ME, config.not_me),
        ("names", _WITHOUT_NOTE, people.without_note),
        ("names", _NEVER, people.never),
        ("keys", "[encounters] attendees", _set_by_user(met.attendees, usual.attendees)),
        ("keys", "[encounters] dates", _set_by_user(met.dates, usual.dates)),
        ("keys", "[encounters] minutes", _set_by_user(met.minutes, usual.minutes)),
        ("scenes", _SCENES, tuple(config.scenes)),
    ):
        for value in values:
            for spelling in {value.casefold()} if part == "scenes" else _spellings(value):
                found[part][spelling].append((option, value))
    if met.day_order:
        found["dates"][_NUMERIC_DATE].append((_DAY_ORDER, met.day_order))
    return found


def used(note: Note, config: Config, wanted: Wanted) -> tuple[OptionValue, ...]:
    """Return those of the `wanted` values that a note matches."""
    there = ((values, part) for name, values in wanted.items() for part in _PARTS[name](note, config))
    return tuple(sorted(set(chain.from_iterable(values.get(part, ()) for values, part in there))))


def _tags(note: Note, _: Config) -> Iterator[str]:
    for tag in (*note.tags, *note.marks):
        yield folded(tag)
        yield from map(folded, tag.split("/"))


def _keys(note: Note, _: Config) -> Iterable[str]:
    return map(folded, (*note.properties, *note.fields))


def _names(note: Note, config: Config) -> Iterator[str]:
    yield from (folded(stem(name.target)) for passage in note.passages for name in passage.names)
    yield from attendees_of(note, config)


def _scenes(note: Note, config: Config) -> Iterable[str]:
    return (name.casefold() for name in scene_names(note, config))


def _numeric_dates(note: Note, _: Config) -> Iterator[str]:
    """Yield a date if in one of the note, or in its name, day and month may be exchanged."""
    values = (value for value in note.properties.values() if isinstance(value, str))
    if (
        note.order
        or any(passage.choices or len(passage.inside) > 1 for passage in note.passages)
        or any(_NUMERIC.search(text) for text in (stem(note.path), *values))
    ):
        yield _NUMERIC_DATE


_PARTS: Mapping[str, Callable[[Note, Config], Iterable[str]]] = {
    "tags": _tags,
    "types": lambda note, _: kinds_of(note),
    "lists": attendees_of,
    "names": _names,
    "keys": _keys,
    "scenes": _scenes,
    "dates": _numeric_dates,
}
"""Name → what yields such parts of a note, as values of options are compared with them."""


def remarks(vault: Vault, used: AbstractSet[OptionValue], people: Resolver, config: Config) -> Iterator[Problem]:
    """Yield one remark for each value that matches nothing. `used` are the wanted values that match something."""
    if config == Config():
        return
    unmatched = {one for values in wanted(config).values() for one in chain.from_iterable(values.values())} - used
    for option, value in sorted(unmatched):
        if option in _HINTS:
            yield _unused(option, value, _HINTS[option])
    yield from _of_names(vault, unmatched, people, config)
    yield from _of_folders(vault, config)
    known = {person.scene.casefold() for person in people.noted.values() if person.scene}
    known |= {scene.casefold() for scene in config.encounters.scene_folders.values()}
    for name in config.scenes:
        if (_SCENES, name) in unmatched and name.casefold() not in known:
            yield _unused(_SCENES, name, f"add `scene: {name}` to a note, or the tag `scene/{name}`")
    for kind in config.silence:
        if kind not in TITLES:
            yield _unused("silence", kind, did_you_mean(kind, TITLES)[2:] or f"the kinds are {', '.join(TITLES)}")
    for name in config.exports.embed:
        if not (people.with_name(folded(name)) or name in people.noted or f"{name}.md" in people.noted):
            yield _unused("[exports] embed", name, "write the name, an alias or the path of a person's note")


def _of_names(vault: Vault, unmatched: AbstractSet[OptionValue], people: Resolver, config: Config) -> Iterator[Problem]:
    """Yield remarks on names of people."""
    options = config.people
    if config.me is not None and people.ego.path is None and (_ME, config.me) in unmatched:
        yield Problem(
            f"`me`: no note and no attendee is called `{config.me}`",
            remark="unused option",
            hint="write your name as in your own note or in attendee lists",
        )
    for name in config.not_me:
        if (_NOT_ME, name) in unmatched and not people.with_name(folded(name)):
            yield _unused("not_me", name, "write the name as in attendee lists")
    have_note = {name: who[0].path for name in options.without_note if (who := people.names.get(folded(name)))}
    for name, path in have_note.items():
        if path:
            yield Problem(
                f"`{_WITHOUT_NOTE}`: {name} has a note now",
                path=path,
                remark="unused option",
                hint=f"remove `{name}` from the list",
            )
    rest = [(_WITHOUT_NOTE, name) for name in options.without_note if not have_note.get(name)]
    rest = [one for one in (*rest, *((_NEVER, name) for name in options.never)) if one in unmatched]
    titles = {folded(stem(path)) for path in paths_of(vault.notes)} if rest else ()
    for option, name in rest:
        if folded(name) not in titles:
            yield _unused(option, name, "write the name as in your notes")


def _of_folders(vault: Vault, config: Config) -> Iterator[Problem]:
    """Yield remarks on folders, paths and the format of paths."""
    met, paths = config.encounters, paths_of(vault.notes)
    folders = {part for folder in {path.rpartition("/")[0] for path in paths} for part in folders_of(f"{folder}/")}
    for option, names in (
        ("[people] folders", _set_by_user(config.people.folders, People().folders)),
        ("[encounters] scene_folders", tuple(met.scene_folders)),
        ("[encounters] daily_folder", (met.daily_folder,) if met.daily_folder else ()),
    ):
        for name in names:
            if folders.isdisjoint(_spellings(name)):
                yield _unused(option, name, _PLACE)
    if met.daily_format and not any(_has_format(path, met.daily_format) for path in paths):
        yield _unused("[encounters] daily_format", met.daily_format, "write it in moment.js tokens, such as YYYY-MM-DD")
    for glob in config.exclude:
        pattern = glob_pattern(glob)
        if pattern is None or not any(map(pattern.search, chain(paths, vault.files))):
            yield _unused("exclude", glob, "write a folder, a name or a glob such as `Archive/` or `**/draft*`")
    inbox = config.capture.inbox
    if inbox != Capture().inbox and inbox not in vault.files and inbox not in paths:
        yield _unused("[capture] inbox", inbox, "write the path of the note, or make it")


def _has_format(path: str, form: str) -> bool:
    """Return whether the end of a path is a day in this format."""
    parts = path.removesuffix(".md").split("/")
    return moment.parse(form, "/".join(parts[-1 - form.count("/") :])) is not None


def _unused(option: str, value: str, hint: str) -> Problem:
    return Problem(f"`{option}`: nothing here matches `{value}`", remark="unused option", hint=hint)


def _set_by_user(values: Sequence[str], usual: Collection[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value not in usual)


def _spellings(value: str) -> set[str]:
    """Return how a value may be spelled where it is compared."""
    return {value.strip("/").casefold(), folded(value)}


def folders_of(path: str) -> Iterator[str]:
    """Yield every folder of a path, by its own name and by its path, in lower case."""
    parts = path.casefold().split("/")[:-1]
    for count in range(1, len(parts) + 1):
        yield parts[count - 1]
        yield "/".join(parts[:count])
