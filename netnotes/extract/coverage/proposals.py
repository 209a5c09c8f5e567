"""Settings to read more of a vault: folders, tags, types, attendees, daily notes, exclusions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from netnotes.config import Config
from netnotes.coverage import Coverage
from netnotes.extract.corpus import Corpus
from netnotes.extract.coverage.near_misses import named_by_property
from netnotes.extract.note_types import named_date, property_date
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.note_names import looks_like_name
from netnotes.extract.people.owner import says_me
from netnotes.extract.people.person_marks import is_dated_name, kinds_of
from netnotes.extract.people.person_words import OTHER_KINDS
from netnotes.extract.people.resolver import Resolver
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Note
from netnotes.regex import regex
from netnotes.text.lexicon import moment
from netnotes.text.lexicon.words import listed

FORMATS = (
    *("DD-MM-YYYY", "MM-DD-YYYY", "DD.MM.YYYY", "MM.DD.YYYY", "YYYY.MM.DD", "YYYY_MM_DD", "YYYYMMDD", "DDMMYYYY"),
    *("YYYY-DD-MM", "DD-MM-YY", "MM-DD-YY", "YY-MM-DD", "YYMMDD", "D-M-YYYY", "M-D-YYYY", "DD MM YYYY", "DD_MM_YYYY"),
    *("dddd D MMMM YYYY", "D MMMM YYYY", "MMMM D, YYYY", "dddd, MMMM Do YYYY", "Do MMMM YYYY", "YYYY MMMM D"),
)
"""moment.js formats of daily notes to try, the likeliest first."""
_ARCHIVE = regex(r"archiv|backup|old|trash|copy|bak|papierkorb|kopie", re.IGNORECASE)
_FEWEST = 2
_SHARE = 0.6
"""Share of notes with a folder, tag or type that must look like people."""
_FITS = 0.8
_COPIES = 0.5
_MOST_FOLDER_PROPOSALS = 12


@dataclass(frozen=True, slots=True)
class Setting:
    """One value to add to `netnotes.toml`, and why."""

    table: str
    """`people`, `encounters`, or empty for the top of the file."""
    key: str
    value: str
    about: str
    example: str
    """A path or a line as an example."""
    many: bool = True
    """Whether the option is a list."""

    def apply(self, config: Config) -> Config:
        """Return a configuration with this setting."""
        part: Any = getattr(config, self.table) if self.table else config
        value: Any = (*getattr(part, self.key), self.value) if self.many else self.value
        changed: Any = replace(part, **{self.key: value})
        whole: Any = {self.table: changed}
        return replace(config, **whole) if self.table else changed

    def toml(self) -> str:
        """Return the setting as shown: `[people] folders = ["Team"]`."""
        table = f"[{self.table}] " if self.table else ""
        return f'{table}{self.key} = ["{self.value}"]' if self.many else f'{table}{self.key} = "{self.value}"'


def proposals(corpus: Corpus, people: Resolver, config: Config, found: Coverage) -> list[Setting]:
    """Return settings that may help, the most general first; the caller tries what each would add."""
    notes = [note for note in corpus.evidence if note.path not in people.noted and note.path != people.ego.path]
    likely = frozenset(found.unmarked)
    return [
        *_folders(notes, likely),
        *_marks(notes, likely),
        *_attendees(notes, people, config),
        *_daily(found),
        *_owner(people, config),
        *_copies(people),
    ]


def _looks_like_one(note: Note, likely: frozenset[str]) -> bool:
    name = stem(note.path)
    full = " " in name and all(word[:1].isupper() for word in name.split())
    return note.path in likely or (full and looks_like_name(name) and not is_dated_name(note.path))


def _folders(notes: Iterable[Note], likely: frozenset[str]) -> Iterator[Setting]:
    """Propose folders whose notes mostly look like people."""
    folders: defaultdict[str, list[Note]] = defaultdict(list)
    for note in notes:
        folder = note.path.rpartition("/")[0]
        if folder and not (frozenset(kinds_of(note)) & OTHER_KINDS):
            folders[folder].append(note)
    offered = 0
    for folder, inside in sorted(folders.items(), key=lambda item: -len(item[1])):
        like = [note for note in inside if _looks_like_one(note, likely)]
        sure = any(note.path in likely for note in like)
        if sure and len(like) >= _FEWEST and len(like) >= _SHARE * len(inside) and offered < _MOST_FOLDER_PROPOSALS:
            offered += 1
            yield Setting("people", "folders", folder, f"notes in {folder}/ are people", like[0].path)


def _marks(notes: Sequence[Note], likely: frozenset[str]) -> Iterator[Setting]:
    """Propose tags and types whose notes mostly look like people, some of them not only by name."""
    tags: defaultdict[str, list[Note]] = defaultdict(list)
    kinds: defaultdict[str, list[Note]] = defaultdict(list)
    for note in notes:
        for tag in dict.fromkeys(note.marks):
            tags[tag].append(note)
        for kind in frozenset(kinds_of(note)) - OTHER_KINDS:
            kinds[kind].append(note)
    for key, groups, word in (("tags", tags, "tagged #"), ("types", kinds, "of type ")):
        for value, inside in sorted(groups.items(), key=lambda item: -len(item[1])):
            like = [note for note in inside if _looks_like_one(note, likely)]
            named = key == "types" and len(like) == len(inside) and value not in listed("public figure")
            sure = named or any(note.path in likely for note in like)
            if sure and len(like) >= max(_FEWEST, _SHARE * len(inside)):
                yield Setting("people", key, value, f"notes {word}{value} are people", like[0].path)


def _attendees(notes: Iterable[Note], people: Resolver, config: Config) -> Iterator[Setting]:
    """Propose properties of dated notes that mostly name known people."""
    counts: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    example: dict[str, str] = {}
    for note in notes:
        if not (named_date(note.path) or property_date(note, config, [])):
            continue
        for key, names in named_by_property(note, config):
            counts[key] += len(names)
            hits[key] += sum(bool(people.with_name(folded(name))) for name in names)
            example.setdefault(key, note.path)
    for key, count in counts.most_common():
        if hits[key] >= _FEWEST and hits[key] >= _SHARE * count:
            yield Setting("encounters", "attendees", key, f"`{key}` lists who was at a meeting", example[key])


def _daily(found: Coverage) -> Iterator[Setting]:
    """Propose the format that matches most of the unread files of a folder."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for remark in found.remarks:
        if remark.remark in ("unread day", "ambiguous date") and remark.path:
            folders[remark.path.rpartition("/")[0]].append(remark.path)
    for folder, paths in sorted(folders.items(), key=lambda item: -len(item[1])):
        names = [stem(path) for path in paths]
        fits = {form: [day for name in names if (day := moment.parse(form, name))] for form in FORMATS}
        # Of two matching formats, the right one gives days that are closer together.
        best = max(FORMATS, key=lambda form: (len(fits[form]), -_spread(fits[form])))
        if len(fits[best]) >= max(_FEWEST, _FITS * len(names)):
            yield Setting("encounters", "daily_format", best, "daily notes are named like this", paths[0], many=False)
            if folder:
                yield Setting("encounters", "daily_folder", folder, "daily notes are here", paths[0], many=False)
            return


def _spread(days: Sequence[object]) -> int:
    ordinals = [getattr(day, "toordinal", int)() for day in days]
    return max(ordinals, default=0) - min(ordinals, default=0)


def _owner(people: Resolver, config: Config) -> Iterator[Setting]:
    ego = people.ego
    says_so = ego.path is not None and says_me(people.notes[ego.path], config)
    if config.me is None and ego.name != "me" and not says_so:
        yield Setting("", "me", ego.name, f"{ego.name} is in nearly all attendee lists", ego.path or "", many=False)


def _copies(people: Resolver) -> Iterator[Setting]:
    """Propose to exclude a top folder that mostly holds duplicates of people's notes elsewhere."""
    names = Counter(stem(path) for path in people.noted)
    tops: defaultdict[str, list[str]] = defaultdict(list)
    for path in people.noted:
        if "/" in path:
            tops[path.partition("/")[0]].append(path)
    for top, paths in sorted(tops.items()):
        copies = [path for path in paths if names[stem(path)] > 1]
        archive = _ARCHIVE.search(top)
        if archive and len(copies) >= max(_FEWEST, _COPIES * len(paths)):
            yield Setting("", "exclude", f"{top}/", f"{top}/ holds duplicates of people's notes", copies[0])
