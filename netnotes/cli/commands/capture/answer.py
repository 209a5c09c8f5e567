"""Questions and answers of `log` and related commands, and how they write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import click

from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import Logbook, PlannedLine, TieChange
from netnotes.app.several_contacts import FIELD
from netnotes.capture.clauses.attendance import NO_CONTACT, PLAN
from netnotes.capture.people_named import chosen
from netnotes.capture.question import Question
from netnotes.capture.understood import EMPTY, NO_ONE, NOT_THERE, PROMISE, Understood
from netnotes.cli import output
from netnotes.cli.commandline import quoted
from netnotes.cli.journal import journal_of
from netnotes.cli.number_option import Number
from netnotes.cli.screen import is_terminal
from netnotes.errors import ConfirmationNeeded
from netnotes.model import Person, Promise
from netnotes.phrasing import MONTHS, join_names
from netnotes.printable import one_line
from netnotes.scoring.depth import depth_text
from netnotes.text.lexicon import day_phrases
from netnotes.writing.apply import WriteContext, WriteResult

_DAYS = ("date", "due")
"""Questions about a day."""
TRIES = 3
"""Times that a line is planned again if the note changed meanwhile."""
_NAMES = 2
"""Most words of a name in small letters."""
MOST_CHOICES = 10
"""Most answers to a question that a message names."""


def say_day(day: dt.date, today: dt.date) -> str:
    """Return a day in short: `27 Nov`, or `27 Nov 2024` in another year."""
    text = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return text if abs((day - today).days) < 183 else f"{text} {day.year}"


def say_minutes(minutes: float) -> str:
    """Return a length: `45 min`, `1 h 30`."""
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    return f"{whole // 60} h {whole % 60:02}" if whole % 60 else f"{whole // 60} h"


def answered(found: Understood, logbook: Logbook, *, yes: bool) -> Understood:
    """Return what was understood, after asking what has to be asked. Raises ConfirmationNeeded if it cannot ask."""
    if not found.ask:
        return found
    impossible = [asked for asked in found.ask if asked.field in ("due", FIELD)]
    if yes or not is_terminal() or impossible:
        asked = next(iter(impossible), found.ask[0])
        question = say_question(asked)
        raise ConfirmationNeeded(f"{_closed(question)} Nothing was logged", say_choices(found.ask))
    for asked in found.ask:
        found = _ask(found, asked, logbook)
    return replace(found, ask=())


def say_question(asked: Question) -> str:
    """Return a question as one line."""
    if asked.field in _DAYS:
        return one_line(f"`{asked.about}`: {asked.problem or 'which day?'}")
    return one_line(asked.problem or f"which {asked.about}?")


def _closed(question: str) -> str:
    return question if question.endswith("?") else f"{question}."


def _as_name(words: str) -> str:
    """Return the name of somebody new, which may have been typed in small letters."""
    parts = words.split()
    typed = words.islower() and len(parts) <= _NAMES and all(map(str.isalpha, parts))
    return " ".join(map(str.capitalize, parts)) if typed else words


def say_choices(ask: Sequence[Question]) -> str:
    """Describe the possible answers to all questions."""
    parts = []
    for asked in ask:
        if asked.field == FIELD:
            return f"log them one by one: {' '.join(f'`netnotes log {quoted(part)}`' for part in asked.choices)}"
        if asked.choices:
            hidden = len(asked.choices) - MOST_CHOICES
            parts.append(" or ".join([*asked.choices[:MOST_CHOICES], *([f"{hidden} more"] if hidden > 0 else [])]))
        elif asked.field in _DAYS:
            parts.append(f"write a date such as 2026-01-31 instead of `{asked.about}`")
    named = any(asked.choices for asked in ask if asked.field not in _DAYS)
    parts += [f"for someone new, write [[{_as_name(asked.about)}]]" for asked in ask if asked.new]
    return one_line(("give the whole name: " if named else "") + "; ".join(parts))


def _ask(found: Understood, asked: Question, logbook: Logbook) -> Understood:
    new = _as_name(asked.about)
    somebody_new = (f"someone new: {new}",) if asked.new else ()
    options = (*asked.choices, *somebody_new)
    for number, choice in enumerate(options, 1):
        output.echo(f"  {number}  {choice}", err=True)
    if asked.field == "date":
        day = click.prompt(f"{_closed(say_question(asked))} Day", err=True)
        return replace(found, date=_day_of(day, asked.choices, logbook.today))
    answer: int = click.prompt(f"{_closed(say_question(asked))} Number", type=Number(1, len(options)), err=True)
    if answer > len(asked.choices):
        names = tuple(name._replace(written=new) if name.written == asked.about else name for name in found.names)
        return replace(found, unknown=(*found.unknown, new), names=names)
    person = chosen(logbook.outcome.network.people, asked.choices[answer - 1])
    # A misspelled name is not kept as words of the link.
    written = person.name if asked.new else asked.about
    names = tuple(
        name._replace(people=(person,), written=written) if name.written == asked.about else name
        for name in found.names
    )
    return replace(found, people=(*found.people, person), names=names)


def _day_of(answer: str, choices: Sequence[str], today: dt.date) -> dt.date:
    if answer.isdecimal() and 1 <= int(answer) <= len(choices):
        answer = choices[int(answer) - 1]
    phrase = day_phrases.read(answer, today)
    if phrase is None or phrase.date is None:
        raise ConfirmationNeeded(f"`{answer}` is not a date", "use YYYY-MM-DD")
    return phrase.date


def refuse(found: Understood) -> None:
    """Raise NotLogged if nothing happened."""
    if not found.logged:
        raise NotLogged(f"nothing to log: {found.why}", _remedy(found))


def refuse_several(person: Person, promises: Sequence[Promise]) -> None:
    """Raise NotLogged if it is not clear which of several promises was kept."""
    if len({one.words for one in promises}) > 1:
        choices = "; ".join(f"{one.words} ({one.path}:{one.line})" for one in promises)
        raise NotLogged(
            f"you promised {person.name} {len(promises)} things: {choices}",
            "tick one off in its note, or run `netnotes chase`, then `netnotes done N`",
        )


def _remedy(found: Understood) -> str | None:
    if found.why == EMPTY:
        return 'for example `netnotes log "coffee with Ada 45m yesterday"`'
    if found.why == PROMISE:
        return f"say how you were in touch, or write it down as a task: {_as_promise(found)}"
    if found.why == PLAN:
        return f"log it after it has happened, or write it down as a task: {_as_promise(found)}"
    if found.why == NOT_THERE:
        return f"if you were: `with {join_names([one.name for one in found.people[:3]])}`, or `and I`"
    if found.why == NO_CONTACT and found.people:
        name, notes = found.people[0].name, "their notes" if len(found.people) > 1 else "their note"
        return f"if you were, say how: `called {name}`, `coffee with {name}`; what you know of them goes into {notes}"
    if found.why == NO_ONE:
        return "`netnotes people` lists everyone; write [[Name]] for someone new"
    return None


def _as_promise(found: Understood) -> str:
    return f"`netnotes promise {quoted(found.text.replace('`', ' '))}`"


def write_line(
    logbook: Logbook, found: Understood, log_of: Person | None = None, command: str = "log"
) -> tuple[PlannedLine, WriteResult]:
    """Write a line; plan it again if its note changed meanwhile. Raises NotLogged."""
    for _ in range(TRIES):
        planned = logbook.plan(found, log_of)
        with journal_of(logbook.space.root) as journal:
            context = WriteContext(logbook.space.root, journal, logbook.now, command=command)
            result = logbook.write([planned.draft], context)
        if result.problems:
            problem = result.problems[0]
            raise NotLogged(f"{problem.path or planned.draft.path}: {problem.message}", problem.hint)
        if result.written:
            return planned, result
    raise NotLogged(f"{planned.draft.path}: another program keeps changing it", "try again in a moment")


def say_logged(planned: PlannedLine, today: dt.date, *, dry: bool = False) -> str:
    """Return the answer to a line: what was understood, and what it changes."""
    found = planned.found
    facts = [say_day(found.date or today, today), found.channel, say_minutes(found.minutes) if found.minutes else None]
    facts += [f"at {found.place}" if found.place else None]
    facts += [
        {"me": "you started it", "them": "they started it", "both": "you both started it"}.get(found.initiated_by or "")
    ]
    parts = [("would log " if dry else "logged ") + ", ".join(fact for fact in facts if fact)]
    parts += [say_moved(moved) for moved in planned.moved[:3]]
    if len(planned.moved) > 3:
        parts.append(f"{len(planned.moved) - 3} more people")
    due = [moved.follow_up for moved in planned.moved if moved.follow_up]
    if due:
        parts.append(f"next by {say_day(min(due), today)}")
    if found.promise:
        whose = (
            "you promised" if found.promise.by == "me" else f"{join_names([p.name for p in found.people[:1]])} promised"
        )
        by = f" by {say_day(found.promise.due, today)}" if found.promise.due else ""
        parts.append(f"{whose}: {found.promise.text}{by}")
    return one_line(" · ".join(parts))


def show_lines(planned: PlannedLine) -> None:
    """Print what would be written, and where."""
    output.echo(f"{planned.draft.path}:{planned.number}")
    output.echo("".join(f"  {line}\n" for line in planned.text.strip("\n").split("\n")), nl=False)


def is_there(planned: PlannedLine) -> bool:
    """Return whether the same lines are in the note already."""
    if planned.draft.before is None:
        return False
    before = planned.draft.before.decode("utf-8", "replace").splitlines()
    return all(line in before for line in planned.text.splitlines() if line.strip())


def say_moved(moved: TieChange) -> str:
    """Return the change of one person's depth: `Ada Lockyer 0.58 → 0.60`."""
    if moved.after is None:
        return moved.name
    if moved.before is None:
        return f"{moved.name} {depth_text(moved.after)} (new)"
    before, after = depth_text(moved.before), depth_text(moved.after)
    return f"{moved.name} {after}" if before == after else f"{moved.name} {before} → {after}"


def record(found: Understood, planned: PlannedLine | None = None, *, refused: str | None = None) -> dict[str, object]:
    """Return what was understood, and what is written, as the documented JSON."""
    promise = found.promise
    ask: dict[str, list[dict[str, object]]] = {}
    for asked in found.ask:
        ask.setdefault(asked.field, []).append(
            {"about": asked.about, "choices": list(asked.choices), "why": asked.problem}
        )
    return {
        "people": [person.name for person in found.people],
        "paths": [person.path for person in found.people],
        "date": found.date,
        "minutes": int(found.minutes) if found.minutes and found.minutes.is_integer() else found.minutes,
        "channel": found.channel,
        "initiated_by": found.initiated_by,
        "place": found.place,
        "scene": found.scene,
        "promise": {"by": promise.by, "text": promise.text, "due": promise.due} if promise else None,
        "plan": found.plan,
        "logged": found.logged,
        "why": found.why or refused,
        "ask": ask,
        "unknown": list(found.unknown),
        "path": planned.draft.path if planned else None,
        "line": planned.number if planned else None,
        "text": planned.text.strip("\n") if planned else None,
        "moved": [
            {
                "name": each.person.name,
                "path": each.person.path,
                "depth_before": each.before,
                "depth": each.after,
                "follow_up": each.follow_up,
            }
            for each in (planned.moved if planned else ())
        ],
    }
