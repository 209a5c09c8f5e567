"""The people that `today` suggests, also as lines to tick in the daily note."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.app.edits import locate_note
from netnotes.app.log_notes import LogNote, NotLogged, log_note, places, style_of
from netnotes.app.logbook import Logbook
from netnotes.app.workspace import Workspace
from netnotes.capture.notes.tasks import Call, round_line
from netnotes.dates import add_days
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, Promise, Vault
from netnotes.network.namesakes import called
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Row
from netnotes.plugin_host.loader import bundled_report, with_options
from netnotes.scoring.reports import person_of, run_report
from netnotes.text import round_marks
from netnotes.text.line_breaks import lines_at_line_feeds
from netnotes.writing.draft import Draft, draft_new_note

MOST = 5
"""Most people of one round that become lines."""
DAYS_BACK = 14
"""Days of daily notes that are searched for lines that were not ticked."""


@dataclass(frozen=True, slots=True)
class RoundWritten:
    """The result of planning a round."""

    drafts: tuple[Draft, ...]
    path: str
    lines: tuple[str, ...] = ()
    """The tasks in today's note afterwards, with their marks."""
    remarks: tuple[Problem, ...] = ()


def today_rows(space: Workspace, vault: Vault, outcome: Outcome) -> tuple[Row, ...]:
    """Return the lines of `netnotes today`."""
    plugin, hook = bundled_report("today")
    (own,) = with_options([plugin], space.config)
    return run_report(hook, own, space.scored(outcome, vault)).rows


def calls(space: Workspace, vault: Vault, outcome: Outcome) -> list[Call]:
    """Return the people to contact today, except for promises: they are already tasks in the notes."""
    ties = {tie.person.id: tie for tie in outcome.network.ties if tie.ego}
    found: dict[str, Call] = {}
    for row in today_rows(space, vault, outcome):
        person = person_of(row)
        if person and person.path and not any(isinstance(each, Promise) for each in row.evidence):
            found.setdefault(person.id, Call(person, ties.get(person.id), row.because))
    return list(found.values())[:MOST]


def plan_round(logbook: Logbook) -> RoundWritten:
    """Plan a round: add today's lines, remove earlier ones that were neither ticked nor edited.

    Raises NotLogged if today's note may not be written.
    """
    note = log_note(logbook.space, logbook.vault, logbook.days, logbook.settings, logbook.today, logbook.now)
    lines = lines_at_line_feeds(note.text)
    kept = [line for line in lines if not round_marks.is_untouched(line)]
    others = [line for line in kept if round_marks.is_marked(line)]
    links, known = logbook.linked(note.path), logbook.labels

    def linked(person: Person) -> str:
        return links(person, called(person, known))

    style = style_of(logbook.vault, logbook.outcome.network, note.text)
    wanted = [
        call
        for call in calls(logbook.space, logbook.vault, logbook.outcome)
        if not any(linked(call.person) in line for line in others)
    ]
    earlier = _earlier(logbook, note.path)
    tasks = [round_line(call, linked, style) for call in wanted]
    there = [line.strip() for line in lines if round_marks.is_untouched(line)]
    if tasks == there:
        return RoundWritten(tuple(earlier), note.path, tuple(tasks), note.remarks)
    for reason in (True, False):
        tasks = [round_line(call, linked, style, reason=reason) for call in wanted]
        draft = _with_tasks(logbook, note, lines, tasks)
        if _is_log_when_ticked(logbook, note, draft, wanted):
            drafts = (draft, *earlier) if draft.after != draft.before else tuple(earlier)
            return RoundWritten(drafts, note.path, tuple(tasks), note.remarks)
    raise NotLogged(f"{note.path}: lines to tick would not be read as contacts there", "log by hand")


def _earlier(logbook: Logbook, today: str) -> list[Draft]:
    """Return drafts of earlier daily notes without the lines that were neither ticked nor edited."""
    days = logbook.days
    since = add_days(logbook.today, -DAYS_BACK)
    found: list[Draft] = []
    for note in logbook.vault.notes:
        day = days.get(note.path)
        marked = any(passage.text and round_marks.is_marked(passage.text) for passage in note.passages)
        if note.path == today or day is None or day < since or not marked:
            continue
        located = locate_note(logbook.space.root, note.path, logbook.vault.templates)
        if isinstance(located, Problem):
            continue
        place, before, changed_at = located
        after = "".join(_without_untouched(lines_at_line_feeds(before.decode("utf-8")))).encode("utf-8")
        if after != before:
            found.append(Draft(note.path, place, before, after, {}, changed_at))
    return found


def _without_untouched(lines: Sequence[str]) -> list[str]:
    """Return lines without those of a round that were not ticked, and without the blank line that came with them."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if not round_marks.is_untouched(lines[at]):
            kept.append(lines[at])
            at += 1
            continue
        while at < len(lines) and round_marks.is_untouched(lines[at]):
            at += 1
        if (not kept or not kept[-1].strip()) and (at == len(lines) or not lines[at].strip()):
            at += 1
            if at > len(lines):
                del kept[-1:]
    return kept


def _with_tasks(logbook: Logbook, note: LogNote, lines: Sequence[str], tasks: Sequence[str]) -> Draft:
    """Return the draft of today's note with the round's lines; they replace earlier ones left unchanged."""
    text = "".join(f"{task}\n" for task in tasks)
    first = next((at for at, line in enumerate(lines) if round_marks.is_untouched(line)), None)
    rest = [line for line in lines if not round_marks.is_untouched(line)]
    if first is not None and not tasks:
        after = "".join(_without_untouched(lines))
    elif first is not None:
        before = sum(not round_marks.is_untouched(line) for line in lines[:first])
        newline = "\r\n" if "\r\n" in note.text else "\n"
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
        text = "".join(f"{indent}{task}{newline}" for task in tasks)
        after = "".join([*rest[:before], text, *rest[before:]])
    elif tasks:
        place = places(logbook.space, logbook.days, logbook.met_in, note, None)[0]
        draft = note.with_lines(logbook.space.root, logbook.vault.templates, place.around(text), place.at)
        if isinstance(draft, Problem):
            raise NotLogged(f"{draft.path}: {draft.message}", draft.hint)
        return draft
    else:
        after = note.text
    if note.found is None:
        made = draft_new_note(logbook.space.root, note.path, after, logbook.vault.templates)
        if isinstance(made, Problem):
            raise NotLogged(f"{made.path}: {made.message}", made.hint)
        return made if tasks else Draft(note.path, note.path, None, None)
    place_, before_, changed_at = note.found
    return Draft(note.path, place_, before_, after.encode(), {}, changed_at)


def _is_log_when_ticked(logbook: Logbook, note: LogNote, draft: Draft, wanted: Sequence[Call]) -> bool:
    """Return whether the lines mean nothing unticked, and each is a contact with its person once ticked."""
    if draft.after is None or not wanted:
        return True
    text = draft.after.decode()
    open_ = logbook.encounters_with(note.path, draft.after)
    ticked = "".join(
        line.replace("[ ]", "[x]", 1).replace("- TODO ", "- DONE ", 1) if round_marks.is_untouched(line) else line
        for line in lines_at_line_feeds(text)
    )
    done = logbook.encounters_with(note.path, ticked.encode())
    new = [each for each in done if each not in open_]
    before = logbook.encounter_count(note.path) if note.found is not None else len(open_)
    met = sorted(person.id for each in new for person in each.people)
    return len(open_) == before and met == sorted(call.person.id for call in wanted)
