"""Find out which notes are people, and who the ego is. `resolver` decides which person a link or a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from netnotes.config import Config
from netnotes.directory import Directory, Spelling, changed_answers
from netnotes.extract.corpus import Corpus
from netnotes.extract.people import inflection, known_since
from netnotes.extract.people.declarations import doubts
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.owner import FEWEST_LISTS_OF_A_CONTACT, attendees_of, likely_owner
from netnotes.extract.people.person_marks import is_person, person_folders
from netnotes.extract.people.person_note import aliases_of, emails_of, names_of, person_of
from netnotes.incremental import PeopleMemory
from netnotes.model import Note, Person, Problem, Vault
from netnotes.text.links import Index

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_MOST_DOTS = 2
"""Most dots in the file name of a person's own note: `people.ada.md`; `people.ada.gifts.md` is a note below it."""
_ID = re.compile(r"([a-z0-9]{4,14})-(?=[^\W\d_])")
"""The id that file names begin with in zk, whose links may hold it alone."""
_NUMBERED = re.compile(r"(.+) \d{1,2}\.md")
"""A second note of one name, as an app that syncs makes it."""


def find_people(corpus: Corpus, spelling: Spelling, config: Config, memory: PeopleMemory) -> Directory:
    """Return the people among the notes of a vault. Unchanged notes in `memory` are not examined again.

    Leaves in `memory` the problems found on the way, and which answers may differ from the last run's.
    """
    if amended := _amended(corpus, spelling, config, memory):
        return amended
    vault = corpus.vault
    notes = {note.path: note for note in vault.notes}
    if spelling != memory.spelling:
        memory.people.clear()
        memory.ego, memory.spelling = None, spelling
    passed_over = _passed_over(corpus.evidence, config)
    if passed_over != memory.passed_over:
        memory.people.clear()
        memory.passed_over = passed_over
    problems: list[Problem] = []
    marked = [note for note in corpus.evidence if note.value("me") is True]
    memory.marked = frozenset(note.path for note in marked)
    memory.owner = _owner(corpus.evidence, config, memory, marked=bool(marked))
    own, ego = _ego(corpus, marked, config, spelling, problems, memory)
    never = frozenset(map(folded, config.people.never))
    noted: dict[str, Person] = {}
    for note in corpus.evidence:
        person = None if note is own else _noted(note, corpus, config, spelling, memory)
        if person and folded(person.name) not in never:
            noted[note.path] = person
    names: dict[str, dict[str, Person]] = {}
    for person in (ego, *noted.values()):
        folded_names, doubtful = _names(person, memory)
        for name in folded_names:
            names.setdefault(name, {})[person.id] = person
        problems += doubtful
    inflection.add_forms(names, noted.values())
    for name in config.people.without_note:
        key = folded(name)
        names.setdefault(key, {f"?{key}": Person(f"?{key}", name=name)})
    before = memory.directory
    aliases = dict(_names_of_links(vault.notes)) if config.links_know_aliases(vault.app) else {}
    paths = (*notes, *vault.files)
    same = before is not None and before.paths == paths and before.aliases == aliases
    for path in memory.names.keys() - noted.keys() - {ego.id}:
        del memory.names[path]
    for path in memory.people.keys() - notes.keys():
        del memory.people[path]
    memory.doubts = tuple(problems)
    memory.directory = Directory(
        index=before.index if before and same else Index(paths, aliases=aliases),
        paths=paths,
        ego=ego,
        noted=noted,
        notes=notes,
        spelling=spelling,
        names={name: tuple(who.values()) for name, who in names.items()},
        first_names=inflection.first_names_in_cases(_first_names(noted.values())),
        first_words=frozenset(name.partition(" ")[0] for name in names),
        wide_names=tuple(name for name in names if len(name) > 1 and not name.isascii() and _WIDE.fullmatch(name)),
        aliases=aliases,
        never=never,
        order=corpus.order,
    )
    memory.changed_answers = changed_answers(before, memory.directory) if before else None
    return memory.directory


def link_index(vault: Vault, config: Config) -> Index:
    """Return the index that resolves the links of a vault."""
    aliases = dict(_names_of_links(vault.notes)) if config.links_know_aliases(vault.app) else {}
    return Index((*(note.path for note in vault.notes), *vault.files), aliases=aliases)


def _amended(corpus: Corpus, spelling: Spelling, config: Config, memory: PeopleMemory) -> Directory | None:
    """Return the last directory with changed notes of the same people, if nothing else has changed."""
    before, vault = memory.directory, corpus.vault
    if (
        before is None
        or config.me is not None
        or config.links_know_aliases(vault.app)
        or len(before.notes) != len(vault.notes)
        or before.spelling != spelling
    ):
        return None
    changed = [(old, new) for old, new in zip(before.notes.values(), vault.notes, strict=True) if old is not new]
    if any(old.path != new.path for old, new in changed) or before.paths[len(vault.notes) :] != vault.files:
        return None
    noted: dict[str, Person] = {}
    names: dict[str, tuple[Person, ...]] = {}
    for _, new in changed:
        if new.path == before.ego.path or new.path in memory.marked or new.value("me") is True:
            return None
        person = before.noted.get(new.path)
        if (person is not None) != is_person(new, config.people, passed_over=new.path in memory.passed_over):
            return None
        if person is not None:
            last = memory.names[new.path][1:]
            found = _noted(new, corpus, config, spelling, memory)
            if found is None or _names(found, memory) != last:
                return None
            noted[new.path] = found
            for name in (*last[0], *(form for form in inflection.forms_of(found) if form in before.names)):
                there = names.get(name, before.names[name])
                names[name] = tuple(found if one.id == found.id else one for one in there)
    if _owner(corpus.evidence, config, memory, marked=bool(memory.marked)) != memory.owner:
        return None
    memory.changed_answers = frozenset((*(new.path for _, new in changed), *names))
    memory.directory = replace(
        before,
        noted={**before.noted, **noted},
        notes={**before.notes, **{new.path: new for _, new in changed}},
        names={**before.names, **names},
    )
    return memory.directory


def _owner(notes: Sequence[Note], config: Config, memory: PeopleMemory, *, marked: bool) -> str | None:
    """Return the name of the person in nearly all attendee lists, unless a note or option says who the ego is."""
    if config.me is not None or marked:
        memory.attendees, memory.likely_owner = {}, None
        return None
    before = memory.attendees
    memory.attendees = {
        note.path: found
        if (found := before.get(note.path)) and found[0] is note
        else (note, attendees_of(note, config))
        for note in notes
    }
    known_lists = {path: names for path, (_, names) in before.items()}
    lists = {path: names for path, (_, names) in memory.attendees.items()}
    if lists != known_lists:
        memory.likely_owner = likely_owner(lists.values(), config)
    owner = memory.likely_owner
    if owner is None or sum(map(bool, lists.values())) >= FEWEST_LISTS_OF_A_CONTACT:
        return owner
    # Few keep a note of themselves as of a contact: of a dozen lists a friend may be in all.
    called = [note for note in notes if folded(stem(note.path)) == folded(owner)]
    return None if any(is_person(note, config.people) for note in called) else owner


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


def _noted(note: Note, corpus: Corpus, config: Config, spelled: Spelling, memory: PeopleMemory) -> Person | None:
    """Return the person of a note, None if it is not a person's."""
    found = memory.people.get(note.path)
    if found is None or found[0] is not note:
        marked = is_person(note, config.people, passed_over=note.path in memory.passed_over)
        found = (note, person_of(note, config, spelled, corpus.order) if marked else None)
        memory.people[note.path] = found
    return found[1]


def _names(person: Person, memory: PeopleMemory) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return a person's folded names, and problems with their note."""
    found = memory.names.get(person.id)
    if found is None or found[0] is not person:
        names = tuple(dict.fromkeys((*(folded(name) for name in names_of(person)), *emails_of(person))))
        found = (person, names, (*doubts(person), *known_since.doubts(person)))
        memory.names[person.id] = found
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
    corpus: Corpus,
    marked: list[Note],
    config: Config,
    spelled: Spelling,
    problems: list[Problem],
    memory: PeopleMemory,
) -> tuple[Note | None, Person]:
    """Return the ego's own note, if any, and the ego."""
    called = config.me if config.me is not None else memory.owner
    own = _own_note(corpus.evidence, marked, called, config, spelled, problems)
    name = "me" if called is None else called
    if memory.ego is None or memory.ego[0] is not own or (own is None and memory.ego[1].name != name):
        memory.ego = (
            own,
            person_of(own, config, spelled, corpus.order, me=True) if own else Person("me", name=name, me=True),
        )
    return memory.ego


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
