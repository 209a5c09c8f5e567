"""Which notes are people, and who the ego is. `resolver` decides which person a link or a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from netnotes.config import Config
from netnotes.extract.note_types import day_order, evidence_notes
from netnotes.extract.people import inflection, known_since
from netnotes.extract.people.declarations import doubts
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.owner import FEWEST_LISTS_OF_A_CONTACT, Attendees, attendees_of, likely_owner
from netnotes.extract.people.person_marks import is_person, person_folders
from netnotes.extract.people.person_note import aliases_of, emails_of, names_of, person_of
from netnotes.extract.people.resolver import Directory, Heard, news
from netnotes.extract.scenes import Spelling, scene_names, spelling
from netnotes.model import Note, Person, Problem, Vault
from netnotes.text.lexicon.dates import Order
from netnotes.text.links import Index

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_MOST_DOTS = 2
"""Most dots in the file name of a person's own note: `people.ada.md`; `people.ada.gifts.md` is a note below it."""
_ID = re.compile(r"([a-z0-9]{4,14})-(?=[^\W\d_])")
"""The id that file names begin with in zk, whose links may hold it alone."""
_NUMBERED = re.compile(r"(.+) \d{1,2}\.md")
"""A second note of one name, as an app that syncs makes it."""


@dataclass(slots=True)
class Known:
    """What was found out about single notes by an earlier call with the same configuration; empty to begin with."""

    scenes: dict[str, tuple[Note, tuple[str, ...]]] = field(default_factory=dict)
    """Path → the scenes that a note names."""
    spelling: Spelling | None = None
    order: Order | None = None
    """The order of day and month in the vault's numeric dates."""
    people: dict[str, tuple[Note, Person | None]] = field(default_factory=dict)
    """Path → the person whose note it is; good for one spelling of the scenes and one order of dates."""
    calls: dict[str, tuple[Person, tuple[str, ...], tuple[Problem, ...]]] = field(default_factory=dict)
    """Path → a person, their folded names and what is doubtful about them."""
    passed_over: frozenset[str] = frozenset()
    """Paths of notes that their folder does not mark."""
    marked: frozenset[str] = frozenset()
    """Paths of notes that say `me: true`."""
    ego: tuple[Note | None, Person] | None = None
    attendees: dict[str, tuple[Note, Attendees]] = field(default_factory=dict)
    """Path → the names in a note's attendee lists."""
    likely_owner: str | None = None
    """The name that is in nearly all of these lists."""
    owner: str | None = None
    """The name of whoever is in nearly all attendee lists, where nothing says who the ego is."""
    directory: Directory | None = None
    doubts: tuple[Problem, ...] = ()
    """What was doubtful about the notes of people in that directory."""
    news: frozenset[str] | None = None
    """What that directory may answer otherwise than the one before; None for everything (see `directory.news`)."""


def directory(vault: Vault, config: Config, known: Known | None = None) -> Directory:
    """Find the people among the notes of a vault. Unchanged notes in `known` are not examined again."""
    known = Known() if known is None else known
    if amended := _amended(vault, config, known):
        return amended
    notes = {note.path: note for note in vault.notes}
    candidates = evidence_notes(vault)
    order = day_order(vault.notes, config)
    if order != known.order:
        known.people.clear()
        known.ego, known.order = None, order
    passed_over = _passed_over(candidates, config)
    if passed_over != known.passed_over:
        known.people.clear()
        known.passed_over = passed_over
    heard = Heard()
    spelled = _spelling(vault.notes, config, known)
    marked = [note for note in candidates if note.value("me") is True]
    known.marked = frozenset(note.path for note in marked)
    known.owner = _owner(candidates, config, known, marked=bool(marked))
    own, mine = _ego(candidates, marked, config, spelled, heard.problems, known)
    never = frozenset(map(folded, config.people.never))
    noted: dict[str, Person] = {}
    for note in candidates:
        if note is not own and (person := _noted(note, config, spelled, known)) and folded(person.name) not in never:
            noted[note.path] = person
    names: dict[str, dict[str, Person]] = {}
    for person in (mine, *noted.values()):
        folded_names, doubtful = _calls(person, known)
        for name in folded_names:
            names.setdefault(name, {})[person.id] = person
        heard.problems += doubtful
    inflection.add_forms(names, noted.values())
    for name in config.people.without_note:
        key = folded(name)
        names.setdefault(key, {f"?{key}": Person(f"?{key}", name=name)})
    before = known.directory
    aliases = dict(_names_of_links(vault.notes)) if config.links_know_aliases(vault.app) else {}
    paths = (*notes, *vault.files)
    same = before is not None and before.paths == paths and before.aliases == aliases
    _forget(known, notes)
    known.doubts = tuple(heard.problems)
    known.directory = Directory(
        before.index if before and same else Index(paths, aliases=aliases),
        paths,
        mine,
        noted,
        notes,
        spelled,
        {name: tuple(who.values()) for name, who in names.items()},
        inflection.first_names_in_cases(_first_names(noted.values())),
        frozenset(name.partition(" ")[0] for name in names),
        tuple(name for name in names if len(name) > 1 and not name.isascii() and _WIDE.fullmatch(name)),
        aliases,
        never,
        order,
        heard,
    )
    known.news = news(before, known.directory) if before else None
    return known.directory


def _amended(vault: Vault, config: Config, known: Known) -> Directory | None:
    """Return the earlier directory with new notes of the same people, if nothing else has changed."""
    before = known.directory
    if (
        before is None
        or config.me is not None
        or config.links_know_aliases(vault.app)
        or len(before.notes) != len(vault.notes)
    ):
        return None
    changed = [(old, new) for old, new in zip(before.notes.values(), vault.notes, strict=True) if old is not new]
    if any(old.path != new.path for old, new in changed) or before.paths[len(vault.notes) :] != vault.files:
        return None
    noted: dict[str, Person] = {}
    names: dict[str, tuple[Person, ...]] = {}
    for _, new in changed:
        if new.path == before.ego.path or new.path in known.marked or new.value("me") is True:
            return None
        if tuple(scene_names(new, config)) != known.scenes[new.path][1]:
            return None
        known.scenes[new.path] = (new, known.scenes[new.path][1])
        person = before.noted.get(new.path)
        if (person is not None) != is_person(new, config.people, passed_over=new.path in known.passed_over):
            return None
        if person is not None:
            said = known.calls[new.path][1:]
            found = _noted(new, config, before.spelling, known)
            if found is None or _calls(found, known) != said:
                return None
            noted[new.path] = found
            for name in (*said[0], *(form for form in inflection.forms_of(found) if form in before.names)):
                there = names.get(name, before.names[name])
                names[name] = tuple(found if one.id == found.id else one for one in there)
    if _owner(evidence_notes(vault), config, known, marked=bool(known.marked)) != known.owner:
        return None
    known.news = frozenset((*(new.path for _, new in changed), *names))
    known.directory = replace(
        before,
        noted=before.noted | noted,
        notes={**before.notes, **{new.path: new for _, new in changed}},
        names={**before.names, **names},
        heard=Heard(problems=list(known.doubts)),
    )
    return known.directory


def _forget(known: Known, notes: Mapping[str, Note]) -> None:
    """Forget notes that are gone."""
    for path in known.scenes.keys() - notes.keys():
        del known.scenes[path]
        known.people.pop(path, None)
        known.calls.pop(path, None)


def _owner(notes: Sequence[Note], config: Config, known: Known, *, marked: bool) -> str | None:
    """Return the name of the person in nearly all attendee lists, unless a note or option says who the ego is."""
    if config.me is not None or marked:
        known.attendees, known.likely_owner = {}, None
        return None
    before = known.attendees
    known.attendees = {
        note.path: found
        if (found := before.get(note.path)) and found[0] is note
        else (note, attendees_of(note, config))
        for note in notes
    }
    known_lists = {path: names for path, (_, names) in before.items()}
    lists = {path: names for path, (_, names) in known.attendees.items()}
    if lists != known_lists:
        known.likely_owner = likely_owner(lists.values(), config)
    owner = known.likely_owner
    if owner is None or sum(map(bool, lists.values())) >= FEWEST_LISTS_OF_A_CONTACT:
        return owner
    # Few keep a note of themselves as of a contact: of a dozen lists a friend may be in all.
    called = [note for note in notes if folded(stem(note.path)) == folded(owner)]
    return None if any(is_person(note, config.people) for note in called) else owner


def _spelling(notes: Sequence[Note], config: Config, known: Known) -> Spelling:
    """Return how each scene is spelled; if that changed, forget people found with the old spelling."""
    for note in notes:
        found = known.scenes.get(note.path)
        if found is None or found[0] is not note:
            known.scenes[note.path] = (note, tuple(scene_names(note, config)))
    spelled = spelling((name for note in notes for name in known.scenes[note.path][1]), config)
    if spelled != known.spelling:
        known.people.clear()
        known.ego = None
        known.spelling = spelled
    return spelled


def _first_names(people: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Return folded first name → the paths of people whose name has more words."""
    found: dict[str, list[str]] = {}
    for person in people:
        first, _, rest = folded(person.name).partition(" ")
        if rest and person.path:
            found.setdefault(first, []).append(person.path)
    return {name: tuple(paths) for name, paths in found.items()}


def _passed_over(notes: Iterable[Note], config: Config) -> frozenset[str]:
    """Return notes below a person's own that are not people themselves, and `Name 2` copies."""
    notes = tuple(notes)
    folders = person_folders(notes, config.people)
    notes_at = {note.path: note for note in notes}
    found = set()
    for note in notes:
        folder, _, name = note.path.rpartition("/")
        beside = f"{folder}/" in folders and folder.rpartition("/")[2] != name.removesuffix(".md")
        numbered = _NUMBERED.match(note.path)
        above = f"{note.path.removesuffix('.md').rpartition('.')[0]}.md"
        below = name.count(".") > _MOST_DOTS and above in notes_at and is_person(notes_at[above], config.people)
        if beside or below or (numbered and numbered[1] + ".md" in notes_at):
            found.add(note.path)
    return frozenset(found)


def _noted(note: Note, config: Config, spelled: Spelling, known: Known) -> Person | None:
    """Return the person of a note, None if it is not a person's."""
    found = known.people.get(note.path)
    if found is None or found[0] is not note:
        marked = is_person(note, config.people, passed_over=note.path in known.passed_over)
        found = (note, person_of(note, config, spelled, known.order) if marked else None)
        known.people[note.path] = found
    return found[1]


def _calls(person: Person, known: Known) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return a person's folded names, and problems with their note."""
    found = known.calls.get(person.id)
    if found is None or found[0] is not person:
        names = tuple(dict.fromkeys((*(folded(name) for name in names_of(person)), *emails_of(person))))
        found = (person, names, (*doubts(person), *known_since.doubts(person)))
        known.calls[person.id] = found
    return found[1:]


def _names_of_links(notes: Iterable[Note]) -> Iterator[tuple[str, str]]:
    """Yield (link text, path) for apps whose links know aliases or ids, and whose files write `/` as `___`."""
    for note in reversed(tuple(notes)):
        yield from ((alias, note.path) for alias in aliases_of(note))
        if "___" in note.path:
            yield stem(note.path).replace("___", "/"), note.path
        if (number := _ID.match(stem(note.path))) and any(map(str.isdigit, number[1])):
            yield number[1], note.path


def _ego(
    notes: Iterable[Note],
    marked: list[Note],
    config: Config,
    spelled: Spelling,
    problems: list[Problem],
    known: Known,
) -> tuple[Note | None, Person]:
    """Return the ego's own note, if any, and the ego."""
    called = config.me if config.me is not None else known.owner
    own = _own_note(notes, marked, called, config, spelled, problems)
    name = "me" if called is None else called
    if known.ego is None or known.ego[0] is not own or (own is None and known.ego[1].name != name):
        known.ego = (
            own,
            person_of(own, config, spelled, known.order, me=True) if own else Person("me", name=name, me=True),
        )
    return known.ego


def _own_note(
    notes: Iterable[Note],
    marked: list[Note],
    called: str | None,
    config: Config,
    spelled: Spelling,
    problems: list[Problem],
) -> Note | None:
    if called is not None:
        wanted = folded(called)
        marked = [note for note in notes if called in (note.path, note.path.removesuffix(".md"))] or [
            note for note in notes if wanted in {folded(name) for name in names_of(person_of(note, config, spelled))}
        ]
    problems += [
        Problem(
            "says `me: true`, as another note does already",
            path=note.path,
            line=note.line("me"),
            hint=f"the ego is {marked[0].path}",
        )
        for note in marked[1:]
    ]
    return marked[0] if marked else None
