"""Describe a vault for `setup`: its kind, how much of it is read, and what each proposed setting would add.

In `netnotes.toml`, what the user wrote, comments included, stays as it is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from netnotes import config as configuration
from netnotes.app.workspace import read_config_bytes
from netnotes.capture.notes.daily import daily_path
from netnotes.capture.notes.links import link_to
from netnotes.config import Config
from netnotes.coverage import Coverage
from netnotes.errors import Unwritable
from netnotes.extract.corpus import corpus_of
from netnotes.extract.coverage.coverage import coverage
from netnotes.extract.coverage.proposals import Setting, proposals
from netnotes.extract.people.names import folded, stem
from netnotes.extract.people.person_marks import mark_of
from netnotes.importers.plan import empty_note, safe_name
from netnotes.incremental import Memory
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, Vault
from netnotes.network.network import Network
from netnotes.pipeline import read, resolver_of
from netnotes.storage import whole_file
from netnotes.storage.scan import read_settings
from netnotes.text.lexicon import languages_of_text
from netnotes.text.line_breaks import lines_with_ends
from netnotes.writing.draft import Draft, draft_addition, draft_new_note

_MOST_READ = 300
"""Notes examined to detect the languages."""
_MOST_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of a vault is read."""

    people: int
    notes_of_people: int
    encounters: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Settings that belong together, and what they add."""

    settings: tuple[Setting, ...]
    people: int
    encounters: int


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that `netnotes setup` shows."""

    vault: Vault
    counts: Counts
    coverage: Coverage
    owner: str | None
    daily: Mapping[str, dt.date]
    """Path → day of the daily notes, the latest last."""
    day_note: str
    """Path of today's daily note, which may not exist yet."""
    meetings: int
    languages: tuple[str, ...]
    marks: Mapping[str, int]
    """How person notes are marked → how many."""
    proposals: tuple[Proposal, ...]
    people: tuple[Person, ...]
    """Those with a note."""
    linked: Callable[[Person], str]
    """Returns a link to a person in today's note, in the vault's style."""


def describe(vault: Vault, config: Config, today: dt.date, root: Path) -> Setup:
    """Describe a vault, and what would let more of it be read."""
    memory = Memory()
    corpus = corpus_of(vault, config)
    network, _ = read(corpus, config, (), today, memory)
    people = resolver_of(memory)
    found = coverage(corpus, people, config, memory)
    found_days = sorted((day, note.path) for note in corpus.evidence if (day := corpus.daily_date(note.path)))
    days = {path: day for day, path in found_days}
    meetings = {one.path for one in network.encounters if one.title is not None}
    marks = Counter(mark_of(people.notes[path], config.people) or "contact" for path in people.noted)
    counts = _counts(network)
    day_note = daily_path(vault, config, days, today)
    app_settings = read_settings(root)
    offered = _settings(proposals(corpus, people, config, found))
    return Setup(
        vault=vault,
        counts=counts,
        coverage=found,
        owner=None if people.ego.name == "me" else people.ego.name,
        daily=days,
        day_note=day_note,
        meetings=len(meetings),
        languages=_languages(root, corpus.vault),
        marks=marks,
        people=tuple(people.noted.values()),
        linked=lambda person: link_to(person, person.name, day_note, people.directory.index, app_settings),
        proposals=tuple(_worthwhile(vault, config, today, counts, offered)),
    )


def count(vault: Vault, config: Config, today: dt.date) -> Counts:
    """Count what is read of a vault with a configuration."""
    return _counts(read(corpus_of(vault, config), config, (), today, Memory())[0])


def _counts(network: Network) -> Counts:
    own = sum(person.path is not None for person in network.people)
    return Counts(len(network.people), own, len(network.encounters), len(network.mentions))


def _settings(found: Sequence[Setting]) -> Iterator[tuple[Setting, ...]]:
    """Yield settings that must be taken together, such as the format and the folder of daily notes."""
    daily = tuple(setting for setting in found if setting.key in ("daily_format", "daily_folder"))
    if daily:
        yield daily
    yield from ((setting,) for setting in found if setting not in daily)


def _worthwhile(
    vault: Vault, config: Config, today: dt.date, before: Counts, offered: Iterator[tuple[Setting, ...]]
) -> Iterator[Proposal]:
    """Yield the proposals that change what is read; each is tried together with those before it."""
    for settings in offered:
        tried = config
        for setting in settings:
            tried = setting.apply(tried)
        after = count(vault, tried, today)
        people, met = after.notes_of_people - before.notes_of_people, after.encounters - before.encounters
        confirms = settings[0].key in ("me", "exclude")
        if people > 0 or met > 0 or confirms:
            yield Proposal(settings, people, met)
            config, before = tried, after


def _languages(root: Path, vault: Vault) -> tuple[str, ...]:
    """Return the codes of the vault's languages, the most common first; empty if unknown."""
    counts: Counter[str] = Counter()
    step = max(1, len(vault.notes) // _MOST_READ)
    for note in vault.notes[::step]:
        try:
            with (root / note.path).open("rb") as file:
                text = file.read(_MOST_BYTES).decode("utf-8", "ignore")
        except OSError:
            continue
        counts.update(languages_of_text.count_common(text))
    if max(counts.values(), default=0) < languages_of_text.FEW_WORDS:
        return ()
    found = languages_of_text.languages_of(counts)
    return tuple(code for code, _ in counts.most_common() if code in found and counts[code])


def person_named(found: Setup, name: str) -> Person | None:
    """Return the person with a note who has this name or alias, or whose file is named so; None for none or several."""
    wanted = folded(name)
    named = [one for one in found.people if wanted in map(folded, (one.name, *one.aliases, stem(one.path or "")))]
    return named[0] if len(named) == 1 else None


def first_line(found: Setup, name: str) -> str:
    """Return a line that says that you met someone."""
    known = person_named(found, name)
    return f"- met {found.linked(known) if known else f'[[{safe_name(name)}]]'}"


def first_drafts(root: Path, found: Setup, name: str) -> list[Draft | Problem]:
    """Return the drafts of the note about a person, if they have none, and of the line in today's note."""
    vault = found.vault
    made: list[Draft | Problem] = []
    if person_named(found, name) is None and all(
        folded(stem(note.path)) != folded(safe_name(name)) for note in vault.notes
    ):
        made.append(draft_new_note(root, *empty_note(name, found.people, vault.notes, vault.app), vault.templates))
    return [*made, draft_addition(root, found.day_note, f"{first_line(found, name)}\n", vault.templates)]


def add_settings(root: Path, settings: Sequence[Setting]) -> str:
    """Write the settings into the file of the vault at `root`, and return its new text.

    Missing values are added to existing lists. Raises BadConfig if the file has mistakes, Unwritable if it cannot be
    written; it is then unchanged.
    """
    text = with_settings((read_config_bytes(root) or b"").decode("utf-8"), settings)
    configuration.parse(text)
    try:
        whole_file.replace(root / configuration.FILE, text)
    except OSError as error:
        raise Unwritable(str(root / configuration.FILE), error.strerror or str(error)) from error
    return text


def with_settings(text: str, settings: Sequence[Setting]) -> str:
    """Return the text of a `netnotes.toml` with settings added, each with a comment that gives the reason."""
    import tomlkit  # few commands write settings
    from tomlkit.items import Array, InlineTable, Table

    is_crlf = "\r\n" in text and text.count("\n") == text.count("\r\n")
    for setting in settings:
        document = tomlkit.parse(text)
        if setting.table and setting.table not in document:
            document[setting.table] = tomlkit.table()
        place = document[setting.table] if setting.table else document
        if not isinstance(place, Table | InlineTable | tomlkit.TOMLDocument):
            continue
        there = place.get(setting.key)
        if isinstance(there, Array):
            if setting.value in there.unwrap():
                continue
            there.append(setting.value)
        elif there is None:
            value = tomlkit.item([setting.value] if setting.many else setting.value)
            if not setting.table:
                text = _with_top_key(text, f"{setting.key} = {value.as_string()} # {' '.join(setting.about.split())}")
                continue
            if isinstance(place, Table):
                value.comment(" ".join(setting.about.split()))
            place.add(setting.key, value)
        text = tomlkit.dumps(document)
    return text.replace("\r\n", "\n").replace("\n", "\r\n") if is_crlf else text


def _with_top_key(text: str, line: str) -> str:
    """Return the text with a top-level key added: after the comments at the start of the file, else at its top.

    tomlkit would move tables to make room for it.
    """
    lines = lines_with_ends(text)
    at = next((at for at, each in enumerate(lines) if not each.startswith("#")), len(lines))
    if at < len(lines) and lines[at].strip():
        # The comments belong to the line below them.
        at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    rest = "".join(lines[at:])
    before = "".join(lines[:at])
    gap = "\n" if rest and rest.lstrip().startswith(("[", "#")) else ""
    return f"{before}{chr(10) if before and not before.endswith(chr(10)) else ''}{line}\n{gap}{rest}"
