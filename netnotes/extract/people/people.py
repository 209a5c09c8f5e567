"""Find the notes that are people, and the ego. `resolver` decides which person a link or a name means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from netnotes.config import Config
from netnotes.directory import Directory, Spelling, changed_answers
from netnotes.extract.corpus import Corpus
from netnotes.extract.note_types import is_evidence
from netnotes.extract.people import inflection, known_since
from netnotes.extract.people.cards import names_of_cards
from netnotes.extract.people.declarations import invalid_values
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.not_people import is_beside, is_copy, is_own, not_people, originals
from netnotes.extract.people.owner import (
    FEWEST_LISTS_OF_A_CONTACT,
    Attending,
    attendees_of,
    is_called,
    likely_owner,
    marked_as_own,
    own_note,
    replace_list,
    says_me,
    sole_attendee,
)
from netnotes.extract.people.person_marks import is_person, person_folders
from netnotes.extract.people.person_note import emails_of, ids_of_people, names_of, names_of_links, person_of
from netnotes.extract.people.unmarked_people import (
    candidate_names,
    named_in_contacts,
    names_of_candidate,
    unmarked_names,
)
from netnotes.incremental import PeopleMemory
from netnotes.invalidation import Changes
from netnotes.model import Note, Person, Problem, Vault
from netnotes.note_sequence import paths_of, revised_mapping
from netnotes.plugin.facts import FoundPerson
from netnotes.text.links import Index
from netnotes.text.names_in_lines import WIDE_NAME


def find_people(
    corpus: Corpus,
    spelling: Spelling,
    config: Config,
    memory: PeopleMemory,
    changes: Changes,
    cards: tuple[FoundPerson, ...] = (),
    attendees: Attending | None = None,
) -> Directory:
    """Return the people among the notes of a vault. Only the `changes` since the run in `memory` are examined.

    `cards` are the people on address cards outside the vault. `attendees`: does as `attendees_of`, if given. Stores in
    `memory` the problems found, and which answers may differ from the last run's.
    """
    attendees = attendees or partial(attendees_of, config=config)
    if cards == memory.cards and (updated := _updated(corpus, spelling, config, memory, changes, attendees)):
        return updated
    memory.cards = cards
    vault = corpus.vault
    notes = {note.path: note for note in vault.notes}
    if spelling != memory.spelling:
        memory.people, memory.ego, memory.spelling = None, None, spelling
    memory.person_folders = person_folders(corpus.evidence, config.people)
    passed, memory.deciding_paths = not_people(corpus.evidence, config.people, memory.person_folders)
    if passed != memory.not_people:
        memory.people, memory.not_people = None, passed
    moved = _find_unmarked(corpus, config, memory)
    people = _people(corpus, config, spelling, memory, changes, moved)
    problems: list[Problem] = []
    marked = marked_as_own(corpus.evidence, config)
    memory.marked = frozenset(note.path for note in marked)
    memory.owner = _owner(corpus.evidence, config, memory, changes, attendees, marked=bool(marked))
    ego = _ego(corpus, marked, config, spelling, problems, memory)
    never = frozenset(map(folded, config.people.never))
    noted = {path: who for path, who in people.items() if path != ego.path and folded(who.name) not in never}
    names: dict[str, dict[str, Person]] = {}
    for person in (ego, *noted.values()):
        folded_names, doubtful = _names(person, memory)
        for name in folded_names:
            names.setdefault(name, {})[person.id] = person
        problems += doubtful
    polish = inflection.is_polish(noted.values())
    inflection.add_inflected_names(names, noted.values(), polish=polish)
    for name in config.people.without_note:
        key = folded(name)
        names.setdefault(key, {f"?{key}": Person(f"?{key}", name=name)})
    names.update(names_of_cards(cards, names, (ego, *noted.values()), never))
    before = memory.directory
    aliases = dict(names_of_links(vault.notes)) if config.links_know_aliases(vault.app) else {}
    aliases = {**dict(ids_of_people(noted)), **aliases}
    paths = (*notes, *vault.files)
    same = before is not None and before.paths == paths and before.aliases == aliases
    for path in memory.names.keys() - noted.keys() - {ego.id}:
        del memory.names[path]
    memory.problems = tuple(problems)
    memory.directory = Directory(
        index=before.index if before and same else Index(paths, aliases=aliases),
        paths=paths,
        ego=ego,
        noted=noted,
        notes=notes,
        spelling=spelling,
        names={name: tuple(who.values()) for name, who in names.items()},
        first_names=inflection.with_inflected_parts(_first_names(noted.values()), polish=polish),
        last_names=inflection.with_inflected_parts(_last_names(noted.values()), polish=polish),
        first_words=frozenset(name.partition(" ")[0] for name in names),
        wide_names=tuple(name for name in names if not name.isascii() and WIDE_NAME.fullmatch(name)),
        aliases=aliases,
        never=never,
        order=corpus.order,
    )
    memory.changed_answers = changed_answers(before, memory.directory) if before else None
    return memory.directory


def _find_unmarked(corpus: Corpus, config: Config, memory: PeopleMemory) -> frozenset[str]:
    """Find the unmarked notes that are people because contact lines name them; return those for which this changed."""
    memory.candidate_names, memory.unmarked = candidate_names(corpus.evidence, config.people)
    memory.unmarked_names = names = unmarked_names(memory.candidate_names, memory.unmarked)
    found = ((note.path, named_in_contacts(note, names)) for note in corpus.evidence)
    memory.named = {path: named for path, named in found if named}
    people = frozenset(names[name] for named in memory.named.values() for name in named)
    moved, memory.unmarked_people = people ^ memory.unmarked_people, people
    return moved


def link_index(vault: Vault, config: Config) -> Index:
    """Return the index that resolves the links of a vault."""
    aliases = dict(names_of_links(vault.notes)) if config.links_know_aliases(vault.app) else {}
    return Index((*paths_of(vault.notes), *vault.files), aliases=aliases)


def _updated(
    corpus: Corpus, spelling: Spelling, config: Config, memory: PeopleMemory, changes: Changes, attendees: Attending
) -> Directory | None:
    """Return the last directory with the current notes, if only notes have changed and no people."""
    before, vault = memory.directory, corpus.vault
    if (
        before is None
        or memory.people is None
        or before.spelling != spelling
        or before.paths[len(before.notes) :] != vault.files
        or config.links_know_aliases(vault.app)
    ):
        return None
    changed = changes.notes
    added = [note.path for note in changed if note.path not in before.notes]
    gone = changes.gone.difference(note.path for note in changed)
    notes = revised_mapping(before.notes, changed, gone)
    known_before = (before.noted, memory.named, memory.candidate_names)
    if any(_is_deciding(path, before, memory) or any(path in known for known in known_before) for path in gone):
        return None
    if any(_affects_others(note, corpus, before, notes, config, memory) for note in changed):
        return None
    beside = (path for path in added if is_beside(path, memory.person_folders))
    memory.not_people = memory.not_people.difference(gone).union(beside)
    memory.deciding_paths = memory.deciding_paths.union(*map(originals, added))
    noted: dict[str, Person] = {}
    names: dict[str, tuple[Person, ...]] = {}
    for new in changed:
        last = before.noted.get(new.path)
        is_read = new.path in changes.evidence
        person = _person(new, corpus, config, spelling, memory, last) if is_read else None
        if (last is None) != (person is None):
            return None
        if last is None or person is None or person is last:
            continue
        known = memory.names[new.path][1:]
        if memory.cards or _names(person, memory) != known:
            return None
        noted[new.path] = memory.people[new.path] = person
        inflected = (form for form in inflection.forms_of(person, polish=True) if form in before.names)
        for name in (*known[0], *inflected):
            there = names.get(name, before.names[name])
            names[name] = tuple(person if one.id == person.id else one for one in there)
    if _owner(corpus.evidence, config, memory, changes, attendees, marked=bool(memory.marked)) != memory.owner:
        return None
    memory.directory = replace(
        before,
        index=before.index.changed(added, gone) if added or gone else before.index,
        paths=(*paths_of(vault.notes), *vault.files) if added or gone else before.paths,
        noted={**before.noted, **noted} if noted else before.noted,
        notes=notes,
        names={**before.names, **names} if names else before.names,
    )
    paths = {*gone, *(note.path for note in changed)}
    memory.changed_answers = changed_answers(before, memory.directory, paths, (), (*added, *gone))
    return memory.directory


def _is_deciding(path: str, before: Directory, memory: PeopleMemory) -> bool:
    """Return whether a note may decide who the ego is, or whether other notes are people."""
    own_folder = is_own(path) and f"{path.rpartition('/')[0]}/" in memory.person_folders
    return own_folder or path == before.ego.path or path in memory.marked or path in memory.deciding_paths


def _affects_others(
    note: Note, corpus: Corpus, before: Directory, notes: Mapping[str, Note], config: Config, memory: PeopleMemory
) -> bool:
    """Return whether a changed note may now affect other notes more than before."""
    path = note.path
    if _is_deciding(path, before, memory) or says_me(note, config) or (is_own(path) and is_person(note, config.people)):
        return True
    called = config.me if config.me is not None else memory.owner
    if called is not None and (called in (path, path.removesuffix(".md")) or is_called(note, called, config)):
        return True
    if _names_others(note, config, memory):
        return True
    if path in before.notes:
        templates = corpus.vault.templates
        return is_evidence(note, templates) != is_evidence(before.notes[path], templates)
    return any(model in notes for model in originals(path))


def _names_others(note: Note, config: Config, memory: PeopleMemory) -> bool:
    """Return whether a changed note has another name or mark, or names others in its contact lines than before."""
    names, is_marked = names_of_candidate(note, config.people)
    if names != memory.candidate_names.get(note.path, ()) or (names and is_marked == (note.path in memory.unmarked)):
        return True
    return named_in_contacts(note, memory.unmarked_names) != memory.named.get(note.path, frozenset())


def _owner(
    notes: Sequence[Note],
    config: Config,
    memory: PeopleMemory,
    changes: Changes,
    attendees: Attending,
    *,
    marked: bool,
) -> str | None:
    """Return the name of the person in nearly all attendee lists, unless a note or option says who the ego is."""
    if config.me is not None or marked:
        memory.attendees, memory.attendee_counts = None, {}
        memory.likely_owner = memory.sole_attendee = None
        return None
    lists, counts = memory.attendees, memory.attendee_counts
    if lists is None:
        memory.attendees = lists = {}
        moved = [replace_list(lists, counts, note.path, attendees(note)) for note in notes]
    else:
        moved = [replace_list(lists, counts, path, {}) for path in changes.gone]
        now = changes.evidence.items()
        moved += [replace_list(lists, counts, path, attendees(note)) for path, note in now]
    if any(moved):
        memory.likely_owner = likely_owner(lists, counts, config)
        memory.sole_attendee = sole_attendee(lists, counts, config)
    if memory.sole_attendee:
        return memory.sole_attendee
    owner = memory.likely_owner
    if owner is None or len(lists) >= FEWEST_LISTS_OF_A_CONTACT:
        return owner
    # A note marked as a person's is probably a friend's, who may be in all of a dozen lists.
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


def _last_names(people: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Return folded last name → the paths of people whose name ends with it: of `Tante Roelie` also `Roelie`."""
    found: dict[str, list[str]] = {}
    for person in people:
        first, _, last = folded(person.name).rpartition(" ")
        if first and person.path and len(last) > 1:
            found.setdefault(last, []).append(person.path)
    return {name: tuple(paths) for name, paths in found.items()}


def _people(
    corpus: Corpus,
    config: Config,
    spelled: Spelling,
    memory: PeopleMemory,
    changes: Changes,
    moved: Collection[str],
) -> dict[str, Person]:
    """Return path → the person of a note; examine the changed notes and those at `moved`, or all."""
    before = memory.people
    memory.people = {}
    for note in corpus.evidence:
        path = note.path
        if before is None or path in changes.evidence or path in moved:
            person = _person(note, corpus, config, spelled, memory, (before or {}).get(path))
        else:
            person = before.get(path)
        if person:
            memory.people[path] = person
    return memory.people


def _person(
    note: Note, corpus: Corpus, config: Config, spelled: Spelling, memory: PeopleMemory, before: Person | None
) -> Person | None:
    """Return the person of a note, None if it is not a person's."""
    passed = note.path in memory.not_people
    marked = note.path in memory.unmarked_people or is_person(note, config.people, ignore_folder=passed)
    if not marked or (passed and is_copy(note.path)):
        return None
    person = person_of(note, config, spelled, corpus.order)
    # The same object if only our fields have changed, so that no note that names them is read again.
    return before if before and repr(before) == repr(person) else person


def _names(person: Person, memory: PeopleMemory) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return a person's folded names, and problems with their note."""
    found = memory.names.get(person.id)
    if found is None or found[0] is not person:
        names = tuple(dict.fromkeys((*(folded(name) for name in names_of(person)), *emails_of(person))))
        found = (person, names, (*invalid_values(person), *known_since.invalid_dates(person)))
        memory.names[person.id] = found
    return found[1:]


def _ego(
    corpus: Corpus,
    marked: list[Note],
    config: Config,
    spelled: Spelling,
    problems: list[Problem],
    memory: PeopleMemory,
) -> Person:
    """Return the ego."""
    called = config.me if config.me is not None else memory.owner
    own = own_note(corpus.evidence, marked, called, config, problems)
    name = "me" if called is None else called
    if memory.ego is None or memory.ego[0] is not own or (own is None and memory.ego[1].name != name):
        memory.ego = (
            own,
            person_of(own, config, spelled, corpus.order, me=True) if own else Person("me", name=name, me=True),
        )
    return memory.ego[1]
