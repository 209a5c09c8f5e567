"""What was not read: remarks on lines, notes and options, and names that may be people. Uses the results of a run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet

from netnotes.config import Config
from netnotes.coverage import Coverage, NoteCoverage, in_order
from netnotes.extract.corpus import Corpus, patterns_of
from netnotes.extract.coverage import near_misses, note_coverage, unread_days, unused_options
from netnotes.extract.coverage.unread_lines import Candidates
from netnotes.extract.people.resolver import Resolver
from netnotes.incremental import Memory
from netnotes.model import Problem, Vault
from netnotes.note_sequence import at_paths, paths_of
from netnotes.phrasing import problems_for
from netnotes.text.set_aside import CONFLICT_COPY, in_template_folder, within

MARK = "add `type: person` to their notes, or their folder to `[people] folders` in netnotes.toml"
_TO_MARKDOWN = "convert it to Markdown, for example with pandoc"


def coverage(corpus: Corpus, people: Resolver, config: Config, memory: Memory) -> Coverage:
    """Return the remarks on a vault, and its candidates; notes unchanged since the last call are not read again."""
    vault = corpus.vault
    found = dict(sorted(note_coverage.update(corpus, people, config, memory).items()))
    candidates = Candidates()
    for path, one in found.items():
        candidates.add(path, one.names)
    unmarked = tuple(_unmarked(found, people))
    remarks = [remark for one in found.values() for remark in one.remarks]
    # Where a contact line links the note, the remark on that line names it.
    alone = frozenset(unmarked).difference(*(one.unmarked for one in found.values() if one.unmarked))
    remarks += (Problem("looks like a person", path=path, remark="unmarked person", hint=MARK) for path in alone)
    remarks += unread_days.remarks(found, memory.encounters.daily, unread_days.daily_folder(corpus, config))
    known = memory.people
    remarks += near_misses.owner(known.attendees or {}, known.attendee_counts, people.ego, config)
    remarks += _copies(found, people)
    remarks += _set_aside_notes(vault, memory.corpus.set_aside)
    remarks += _org_notes(vault, config)
    used = frozenset().union(*{one.used for one in found.values()})
    remarks += unused_options.remarks(vault, used, people, config)
    remarks += _without_encounter(found, {remark.path for remark in remarks})
    silent = frozenset(config.silence)
    kept = (remark for remark in dict.fromkeys(remarks) if remark.remark not in silent)
    return Coverage(in_order(problems_for(vault.app, kept)), tuple(candidates.found(people)), unmarked)


def _without_encounter(found: Mapping[str, NoteCoverage], remarked: AbstractSet[str | None]) -> Iterator[Problem]:
    """Yield dated notes without an encounter and without another remark."""
    for path, one in found.items():
        if one.without_encounter and path not in remarked:
            yield Problem(
                "no encounter was read here",
                path=path,
                remark="no encounter",
                hint="`netnotes inspect NOTE` shows what was read",
            )


def _copies(found: Mapping[str, NoteCoverage], people: Resolver) -> Iterator[Problem]:
    """Yield one remark for each note that is not another person because of its name."""
    for path, one in found.items():
        if one.original in people.noted and path not in people.noted:
            hint = "if it is someone else, give it another name; otherwise move what is new in it to "
            message = f"a second note about the person in {one.original}; it is not read as another person"
            yield _set_aside(path, message, f"{hint}{one.original}")


def _set_aside_notes(vault: Vault, paths: AbstractSet[str]) -> Iterator[Problem]:
    """Yield one remark for each of the notes at `paths` that is not read because of its name or its placeholders.

    `paths` are those of all notes that hold no evidence.
    """
    notes = sorted(at_paths(vault.notes, paths).items())
    read = set(paths_of(vault.notes)) - paths if any(note.set_aside == CONFLICT_COPY for _, note in notes) else ()
    for path, note in notes:
        if note.set_aside == CONFLICT_COPY:
            message, of = "a copy that a sync left behind; it is not read", _beginning(path, read) or "the note"
            yield _set_aside(path, message, f"move what is new in it to {of}, and delete the copy")
        elif note.set_aside and not in_template_folder(path) and not within(path, vault.templates):
            hint = "if it is not one, fill in or remove its {{…}} or <%…%>, or rename it"
            yield _set_aside(path, "looks like a template; it is not read", hint)


def _beginning(path: str, paths: Collection[str]) -> str | None:
    """Return the path in the same folder whose name is the longest beginning of this one: that of the original."""
    name = path.rfind("/") + 1
    beginnings = (f"{path[:end]}.md" for end in range(len(path), name, -1))
    return next((one for one in beginnings if one in paths), None)


def _unmarked(found: Mapping[str, NoteCoverage], people: Resolver) -> Iterator[str]:
    """Yield notes that look like people: by their content, their place, or because contacts link them."""
    of_folder: defaultdict[str, list[str]] = defaultdict(list)
    linked = frozenset().union(*(one.linked for one in found.values() if one.linked))
    for path, one in found.items():
        if not one.looks or path == people.ego.path:
            continue
        if one.looks == "person" or path in linked:
            yield path
        else:
            of_folder[path.rpartition("/")[0]].append(path)
    marked = Counter(path.rpartition("/")[0] for path in people.noted)
    for folder, paths in sorted(of_folder.items()):
        # In a folder with several people, a note with such a name is probably another person.
        if marked[folder] >= max(3, len(paths)):
            yield from paths


def _org_notes(vault: Vault, config: Config) -> Iterator[Problem]:
    """Yield one remark for each note in org format, without those of Logseq's own folder."""
    patterns = patterns_of(vault, config)
    for path in vault.files:
        own = vault.app == "logseq" and path.startswith("logseq/")
        if path.lower().endswith(".org") and not own and not any(pattern.search(path) for pattern in patterns):
            yield Problem("an org note; it is not read", path=path, remark="other format", hint=_TO_MARKDOWN)


def _set_aside(path: str, message: str, hint: str) -> Problem:
    return Problem(message, path=path, remark="set aside", hint=hint)
