"""Notes whose names may be meant as a day, and are not read as one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from netnotes.config import Config
from netnotes.coverage import NoteCoverage
from netnotes.extract.corpus import Corpus
from netnotes.extract.people.names import stem
from netnotes.extract.people.person_marks import is_dated_name
from netnotes.incremental import EncounterMemory
from netnotes.model import Note, Problem
from netnotes.regex import regex
from netnotes.text.lexicon import dates

_DIGIT = regex(r"\d")
_NUMERIC = regex(r"\d{1,2}[-./_ ]\d{1,2}[-./_ ]\d{2,4}")


def daily_folder(corpus: Corpus, config: Config) -> str:
    """Return the folder of the daily notes, ending in a slash; empty if none is known, or if it is the whole vault."""
    wanted = config.encounters.daily_folder
    folder = (corpus.vault.daily_folder if wanted is None else wanted).strip("/")
    return f"{folder}/" if folder else ""


def unread_day(
    note: Note, corpus: Corpus, memory: EncounterMemory, *, in_daily_folder: bool
) -> Literal["", "unread", "ambiguous"]:
    """Return whether the name of a note may be meant as a day: one that is not recognized, or one of two.

    `in_daily_folder`: whether a folder for daily notes is known.
    """
    name = stem(note.path)
    if memory.daily.get(note.path):
        return ""
    if _is_ambiguous(name):
        return "" if corpus.order else "ambiguous"
    if _NUMERIC.fullmatch(name):
        return "unread"
    may_be_a_day = _DIGIT.search(name) or (in_daily_folder and note.passages)
    return "unread" if may_be_a_day and not is_dated_name(note.path) else ""


def _is_ambiguous(name: str) -> bool:
    """Return whether a name holds a day that depends on the order of day and month: `02-03-2026 Lunch`."""
    if not _NUMERIC.search(name) or dates.in_name(name) is not None:
        return False
    return dates.in_name(name, "dmy") != dates.in_name(name, "mdy")


def remarks(found: Mapping[str, NoteCoverage], daily: Iterable[str], inside: str) -> Iterator[Problem]:
    """Yield files of the daily folder, or of folders full of days, whose names are not read as a day.

    `daily` are the paths of the daily notes, and `inside` is as of `daily_folder`.
    """
    undated: defaultdict[str, list[str]] = defaultdict(list)
    for path, one in sorted(found.items()):
        if one.unread_day:
            undated[path.rpartition("/")[0]].append(path)
    if not undated:
        return
    days = Counter(path.rpartition("/")[0] for path in daily)
    for folder, paths in sorted(undated.items()):
        is_daily = bool(inside) and f"{folder}/".startswith(inside)
        numeric = [path for path in paths if not re.search(r"[^\W\d_]", stem(path))]
        several = len(numeric) > 1 and days[folder] <= len(numeric)
        ambiguous = [path for path in paths if found[path].unread_day == "ambiguous"]
        yield from _remarks(paths if is_daily else numeric if several else ambiguous, found)


def _remarks(paths: Sequence[str], found: Mapping[str, NoteCoverage]) -> Iterator[Problem]:
    for path in paths:
        if found[path].unread_day == "ambiguous":
            yield Problem(
                "its name could mean two dates",
                path=path,
                remark="ambiguous date",
                hint='set `[encounters] day_order = "dmy"` (day first) or `"mdy"` in netnotes.toml',
            )
        else:
            yield Problem(
                "its name is not recognized as a date",
                path=path,
                remark="unread day",
                hint='set `[encounters] daily_format`, for example "DD-MM-YYYY", in netnotes.toml',
            )
