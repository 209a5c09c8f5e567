"""The note that a contact is logged in: a daily note, created from the vault's template if needed, or a log."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from netnotes.app.edits import locate_note
from netnotes.app.logseq_template import begin_journal, journal_template
from netnotes.app.workspace import Workspace
from netnotes.capture.notes import daily, placement
from netnotes.capture.notes.line import Style
from netnotes.errors import NetNotesError
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Encounter, Person, Problem, Vault
from netnotes.network.network import Network
from netnotes.note_sequence import paths_of
from netnotes.text.lexicon import dates
from netnotes.text.lexicon.moment_names import ENGLISH
from netnotes.text.settings import DEFAULT_FORMAT, Settings
from netnotes.writing.draft import Draft, draft_new_note, insert

NOTES_LOOKED_AT = 12
MetIn = Callable[[str], Sequence[Encounter]]
"""Returns the past encounters that a note describes."""
"""Daily notes examined to find the heading below which contacts are logged."""
LEAST_ALIKE = 3
_LOG_HEADINGS = ("log", "contact log", "contacts", "interactions", "history", "encounters", "meetings", "timeline")
_BOM = "\ufeff"


class NotLogged(NetNotesError):
    """A line that cannot be written."""

    def __init__(self, why: str, hint: str | None = None) -> None:
        super().__init__(why)
        self.hint = hint


def make_note(person: Person) -> str:
    """Return in words how to make a note for a person who has none."""
    return f'make one: `netnotes candidates --note "{person.name}"`'


@dataclass(frozen=True, slots=True)
class LogNote:
    """A note before a line is added."""

    path: str
    found: tuple[str, bytes, float] | None
    """Place, bytes and modification time; None for a note that has yet to be created."""
    text: str
    remarks: tuple[Problem, ...] = ()
    outline: bool = False
    """Whether lines are blocks within blocks, as in Logseq."""
    crlf: bool = False
    """Whether the lines of a note that has yet to be created end as on Windows."""

    def with_lines(self, root: Path, templates: tuple[str, ...], lines: str, at: int) -> Draft | Problem:
        """Return the draft of the note with whole lines inserted `at` characters from its start."""
        if self.found is not None:
            return insert(self.path, self.found, lines, at)
        lines = lines.replace("\n", "\r\n") if self.crlf or "\r\n" in self.text else lines
        return draft_new_note(root, self.path, self.text[:at] + lines + self.text[at:], templates, without=self.text)


def log_note(
    space: Workspace,
    vault: Vault,
    days: Mapping[str, dt.date],
    settings: Settings,
    day: dt.date,
    now: dt.datetime,
    log_of: Person | None = None,
) -> LogNote:
    """Return the day's daily note, or a person's note for their log. Raises NotLogged if neither may be written.

    `days` are the vault's daily notes: path → day.
    """
    if log_of is not None:
        if log_of.path is None:
            raise NotLogged(f"{log_of.name} has no note", f"{make_note(log_of)}, or log without --on")
        path = log_of.path
    else:
        path = daily.daily_path(vault, space.config, days, day)
    if not (space.root / path).exists():
        made = _new_note(space.root, vault, path, settings, days, day, now)
        return replace(made, outline=vault.app == "logseq", crlf=_ends_as_on_windows(space.root, days))
    found = locate_note(space.root, path, vault.templates, app=vault.app)
    if isinstance(found, Problem):
        raise NotLogged(f"{path}: {found.message}", found.hint)
    text = found[1].decode("utf-8")
    return LogNote(path, found, text, _open_elsewhere(space.root, path), outline=vault.app == "logseq")


def _new_note(
    root: Path,
    vault: Vault,
    path: str,
    settings: Settings,
    days: Mapping[str, dt.date],
    day: dt.date,
    now: dt.datetime,
) -> LogNote:
    named = settings.daily_template
    if not named:
        return LogNote(path, None, "")
    template = _template(root, vault, named)
    if template is None:
        return LogNote(
            path, None, "", (Problem("the template of daily notes cannot be read; the note begins empty", path=named),)
        )
    if vault.app == "logseq":
        text = begin_journal(template, day, now, settings.title_format)
    else:
        latest = ((_read(root / one), its_day) for one, its_day in daily.latest(days))
        language = daily.language_of(daily.formats_in(template), latest)
        if language == ENGLISH and settings.daily_format:
            # The names of the notes may show it where their texts do not.
            language = daily.language_of_names(settings.daily_format, days)
        title = path.rpartition("/")[2].removesuffix(".md")
        text = daily.begin_note(template, day, now, title, settings.daily_format or DEFAULT_FORMAT, language)
    if text is not None:
        return LogNote(path, None, text)
    remark = Problem(
        "the template of daily notes holds scripts that only its app can run; the note begins empty",
        path=named,
        hint="open the day's note in the app before you log",
    )
    return LogNote(path, None, "", (remark,))


def _ends_as_on_windows(root: Path, days: Mapping[str, dt.date]) -> bool:
    """Return whether the lines of the latest daily note do."""
    for path, _ in daily.latest(days)[:1]:
        with contextlib.suppress(OSError):
            return b"\r\n" in (root / path).read_bytes()
    return False


def _template(root: Path, vault: Vault, named: str) -> str | None:
    """Return the text of the template of daily notes; None if it cannot be read."""
    if vault.app == "logseq":
        return journal_template(root, paths_of(vault.notes), named)
    place = root / (named if named.endswith(".md") else f"{named}.md")
    try:
        # With the line ends that it has.
        return place.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _open_elsewhere(root: Path, path: str) -> tuple[Problem, ...]:
    """Return a remark if an editor keeps unsaved changes of a note, as its lock file shows."""
    folder, _, name = path.rpartition("/")
    locks = (f".{name}.swp", f".#{name}", f".~lock.{name}#")
    if any((root / folder / lock).is_symlink() or (root / folder / lock).exists() for lock in locks):
        return (Problem("is open in an editor", path=path, hint="load it again there before you save"),)
    return ()


def places(
    space: Workspace, days: Mapping[str, dt.date], met_in: MetIn, note: LogNote, log_of: Person | None
) -> list[placement.Insertion]:
    """Return the places in a note where a line may go, the best first. `days`: path → day of each daily note."""
    text = note.text.removeprefix(_BOM)
    shift = len(note.text) - len(text)
    wanted = space.config.capture.heading if log_of is None else None
    if wanted is None:
        usual = _usual_heading(space.root, days, met_in, log_of, text, outline=note.outline)
        wanted = usual if usual and (note.outline or placement.has_heading(text, usual)) else None
    named = space.config.capture.heading is not None and log_of is None
    found = in_outline(text, wanted, add=named) if note.outline else placement.insertions(text, wanted)
    if log_of is not None and (top := _newest_first(met_in, log_of, text)) is not None:
        indent = text[top : top + len(text[top:]) - len(text[top:].lstrip(" \t"))]
        found = [placement.Insertion(top, "", "", indent), *found]
    # A line at the end of a section of plans or gratitude would not be read as a contact.
    return [place._replace(at=place.at + shift) for place in (*found, placement.top(text))]


def in_outline(text: str, wanted: str | None, *, add: bool) -> list[placement.Insertion]:
    """Return the places within a block of Logseq with these words, then at the end; `add`: a missing block is added."""
    at_end = placement.insertions(text, None)
    if wanted is None:
        return at_end
    within = placement.below_block(text, wanted)
    if within is not None:
        return [within, *at_end]
    block = f"- {wanted if wanted.startswith('#') else f'## {wanted}'}\n"
    return [place._replace(before=place.before + block, indent="\t") for place in at_end] if add else at_end


def _usual_heading(
    root: Path, days: Mapping[str, dt.date], met_in: MetIn, log_of: Person | None, text: str, *, outline: bool
) -> str | None:
    """Return the heading, or the block of an outline, below which most lines about contacts are; None if none."""
    above_line = placement.block_above if outline else placement.heading_above
    if log_of is not None:
        own = met_in(log_of.path) if log_of.path else ()
        if own:
            return above_line(text, max(own, key=attrgetter("date", "line")).line)
        return next((name for name in _LOG_HEADINGS if placement.has_heading(text, name)), None)
    latest: dict[str, int] = {}
    for path in sorted(days, key=lambda path: (days[path], path), reverse=True):
        if found := met_in(path):
            latest[path] = max(found, key=attrgetter("date", "line")).line
            if len(latest) == NOTES_LOOKED_AT:
                break
    counts: Counter[str] = Counter()
    for path, number in latest.items():
        above = above_line(_read(root / path), number)
        counts[placement.TITLE if above is None or dates.in_name(above) else above] += 1
    heading, count = counts.most_common(1)[0] if counts else ("", 0)
    return heading if count >= min(LEAST_ALIKE, len(latest)) and count * 2 >= len(latest) else None


def _read(place: Path) -> str:
    try:
        return place.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _newest_first(met_in: MetIn, log_of: Person, text: str) -> int | None:
    """Return where the latest line of a log starts if the log lists the latest first; else None."""
    own = sorted((each.line, each.date) for each in (met_in(log_of.path) if log_of.path else ()))
    days = [day for _, day in own]
    if len(own) < 2 or days != sorted(days, reverse=True) or days[0] == days[-1]:
        return None
    lines = text.split("\n")
    top = lines[own[0][0] - 1].lstrip() if own[0][0] <= len(lines) else ""
    return sum(len(each) + 1 for each in lines[: own[0][0] - 1]) if top[:1] in tuple("-*+") else None


def style_of(vault: Vault, network: Network, text: str) -> Style:
    """Return the style of lines and tasks in a vault, and in one of its notes."""
    fields = sum("[due::" in promise.text for promise in network.promises)
    signs = sum("📅" in promise.text for promise in network.promises)
    logseq = vault.app == "logseq"
    return Style("- " if logseq else placement.usual_bullet(text), logseq, fields > signs)
