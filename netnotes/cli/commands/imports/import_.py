"""`netnotes import`: address books, calendars, LinkedIn, mail, chats and Monica, as ordinary notes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import click

from netnotes.app import import_files, imports
from netnotes.cli import output
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.number_option import Number
from netnotes.cli.options import as_of_option, day, json_option, terminal_progress, workspace
from netnotes.cli.screen import confirm, is_terminal
from netnotes.errors import Unwritable
from netnotes.importers import plan as planning
from netnotes.importers.linkedin import UNKNOWN_OWNER
from netnotes.importers.matching import Doubt
from netnotes.importers.person_note import style_of
from netnotes.importers.records import Imported, Kind, Order
from netnotes.model import Person, Problem
from netnotes.options import did_you_mean
from netnotes.phrasing import pluralize
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext

MOST_ASKED = 20
"""People of a file among whom the owner is looked for: those with the most days."""
MOST_PROBLEMS = 50
"""Problems that are printed; `--json` has all."""


@click.command("import")
@click.argument("words", nargs=-1, required=True, metavar="[KIND] PATH [VAULT]")
@as_of_option
@json_option
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--since", callback=day, metavar="DATE", help="Leave out contacts before this day.")
@click.option("--me", multiple=True, metavar="NAME|ADDRESS", help="Your name or address in the file; can be repeated.")
@click.option("--order", type=click.Choice(get_args(Order)), help="Order of day and month in numeric dates.")
@click.option("--folder", metavar="FOLDER", help="Folder for new people's notes. Default: where most of yours are.")
@click.option(
    "--into",
    type=click.Choice(get_args(imports.Place)),
    default="months",
    help="Where contacts go: one note per month and source, or your daily notes. Default: months.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917  # one for each option
    ctx: click.Context,
    words: tuple[str, ...],
    today: dt.date,
    as_json: bool,
    dry_run: bool,
    yes: bool,
    since: dt.date | None,
    me: tuple[str, ...],
    order: Order | None,
    folder: str | None,
    into: imports.Place,
) -> None:
    r"""Import people and contacts from another program. The text of messages is never kept.

    PATH is a file, a folder of files, or a zip exported by a program. KIND is vcard, ics, linkedin, mail, whatsapp or
    monica; it is guessed if left out. Each person becomes a note, each contact one line. Importing again adds only what
    is new.

    \b
    Example:
      netnotes import vcard contacts.vcf ~/Notes
      netnotes import mail archive.mbox ~/Notes --me me@example.org
    """
    kind, place, vault = _split_words(words)
    space = workspace(vault)
    read, directory = space.read_people(leave_out=planning.is_import_note)
    people, ego = tuple(directory.noted.values()), directory.ego

    def read_file(own: Sequence[str]) -> Imported:
        progress = terminal_progress() or import_files.quiet
        try:
            return import_files.read(kind, place, me=own, order=order, since=since, today=today, progress=progress)
        except OSError as error:
            raise click.BadParameter(f"cannot read {place}: {error.strerror}") from error

    own = [*me, *_own_addresses(ego)]
    found = read_file(own)
    if dry_run and as_json:
        output.print_json(_json(found))
        ctx.exit(1 if found.failed else 0)
    if kind == "whatsapp" and not found.failed:
        found = read_file([*own, *_owner_of_chat(found, ego, place, ask=not (dry_run or me))])
    elif any(problem.message == UNKNOWN_OWNER for problem in found.problems):
        found = read_file([*own, *_owner_of_chat(found, ego, place, ask=not dry_run)])
    plan = planning.plan(
        kind,
        found,
        people,
        imports.marks(space.root),
        today=today,
        folder=folder,
        style=style_of(people, read.notes, read.app),
        own=[*own, ego.name, *ego.aliases],
        decide=_asking() if not (dry_run or yes) else planning.undecided,
    )
    problems = (*plan.problems, *map(_report, plan.doubtful))
    output.print_problems(problems[:MOST_PROBLEMS])
    if len(problems) > MOST_PROBLEMS:
        output.say(f"and {pluralize(len(problems) - MOST_PROBLEMS, 'more problem')}", err=True)
    if found.failed:
        ctx.exit(1)
    _show(plan, kind, into)
    if dry_run:
        return
    with journal_of(space.root) as journal:
        if not (plan.new or plan.lines or plan.updates):
            return
        confirm("Write this?", yes=yes, instead="look at it with --dry-run, then use --yes")
        context = WriteContext(space.root, journal, now(), command=f"import {kind}")
        applied = imports.apply(imports.drafts(plan, kind, space, read, now(), into), context)
    ctx.exit(print_result(applied, "written"))


def _split_words(words: tuple[str, ...]) -> tuple[Kind, Path, str | None]:
    """Return kind, path and vault of the arguments; the kind may be missing."""
    kind, rest = (words[0], words[1:]) if words[0] in import_files.KINDS else (None, words)
    if kind is None and len(rest) > 1 and not Path(rest[0]).expanduser().exists() and not Path(rest[1]).is_dir():
        kinds = f"; a kind is one of {', '.join(import_files.KINDS)}"
        raise click.UsageError(
            f"`{rest[0]}` is neither a file nor a kind{did_you_mean(rest[0], import_files.KINDS) or kinds}"
        )
    if not 1 <= len(rest) <= 2:
        raise click.UsageError("give the file to import and, outside a vault, the vault")
    place = Path(rest[0]).expanduser()
    if not rest[0] or not place.exists():
        raise click.BadParameter(f"no such file: {rest[0] or '``'}", param_hint="PATH")
    vault = rest[1] if len(rest) == 2 else None
    try:
        return kind or import_files.guess(place), place, vault
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error


def _own_addresses(ego: object) -> list[str]:
    value = getattr(ego, "value", lambda *_: None)("email", "emails")
    addresses = value if isinstance(value, list | tuple) else [value]
    return [address for address in addresses if isinstance(address, str)]


def _owner_of_chat(found: Imported, ego: Person, place: Path, *, ask: bool) -> list[str]:
    """Return the owner's name in a chat: from the vault, from the file's name, or by asking.

    Raises UsageError if it stays unknown: the owner must not become one of their own contacts.
    """
    counts = Counter(person.label for each in found.encounters for person in each.people)
    names = sorted(name for name, _ in counts.most_common(MOST_ASKED))
    own = {each.casefold() for each in (ego.name, *ego.aliases)}
    if mine := [name for name in names if name.casefold() in own]:
        return mine
    others = [name for name in names if name.casefold() in place.stem.casefold()]
    if len(names) == 2 and len(others) == 1:
        return [name for name in names if name not in others]
    if not ask or len(names) < 2:
        return []
    if not is_terminal():
        raise click.UsageError(f"use --me to say which of these is you: {', '.join(names[:10])}")
    for number, name in enumerate(names, 1):
        output.echo(one_line(f"  {number}  {name}"), err=True)
    chosen = click.prompt("Which of these is you? (0: none)", type=Number(0, len(names)), err=True)
    return [names[chosen - 1]] if chosen else []


def _asking() -> Callable[[Doubt], planning.Decision]:
    """Return what decides a doubt: the answer on a terminal; without one it is left open."""
    return _ask if is_terminal() else planning.undecided


def _ask(doubt: Doubt) -> planning.Decision:
    record = doubt.record
    more = ", ".join(part for part in (*record.emails[:1], *record.phones[:1], record.org) if part)
    output.echo(
        one_line(f"Who is {record.label}{f' ({more})' if more else ''}? {doubt.reason.capitalize()}:"), err=True
    )
    for number, person in enumerate(doubt.choices, 1):
        output.echo(one_line(f"  {number}  {person.name}  {person.path or ''}"), err=True)
    output.echo("  n  a new person\n  s  skip for now", err=True)
    answers = [*map(str, range(1, len(doubt.choices) + 1)), "n", "s"]
    answer = click.prompt("Which?", type=click.Choice(answers), show_choices=False, err=True)
    if answer == "n":
        return "new"
    return None if answer == "s" else doubt.choices[int(answer) - 1]


def _report(doubt: Doubt) -> Problem:
    who = " or ".join(person.name for person in doubt.choices)
    return Problem(
        f"{doubt.record.label} may be {who} ({doubt.reason}); left out",
        path=doubt.choices[0].path,
        hint="import on a terminal to be asked, or write the `email` or an alias into the right note",
    )


def _show(plan: planning.Plan, kind: str, into: imports.Place) -> None:
    doubtful = f", {len(plan.doubtful)} doubtful" if plan.doubtful else ""
    output.echo(
        f"People: {len(plan.new)} new, {plan.matched} already known ({len(plan.updates)} to complete){doubtful}."
    )
    output.echo(f"Contacts: {len(plan.lines)} new, {plan.known} already imported.")
    for reason, count in sorted(plan.left_out.items()):
        output.echo(f"Left out: {count} ({reason}).")
    _list([f"new note {one_line(path)}" for path in plan.new])
    if into == "daily":
        days = len({line.date for line in plan.lines})
        output.echo(
            f"  {pluralize(len(plan.lines), 'line')} in {pluralize(days, 'daily note')}" if days else "", nl=bool(days)
        )
        return
    months = planning.by_month(kind, plan.lines)
    _list([f"{pluralize(len(lines), 'line')} in {one_line(path)}" for path, lines in months.items()])


def _list(lines: Sequence[str]) -> None:
    for line in lines[:10]:
        output.echo(f"  {line}")
    if len(lines) > 10:
        output.echo(f"  and {len(lines) - 10} more")


def _json(found: Imported) -> dict[str, object]:
    return {
        "people": [
            {
                "name": person.name,
                "emails": list(person.emails),
                "phones": list(person.phones),
                "birthday": person.birthday,
                "org": person.org,
                "position": person.position,
                "urls": list(person.urls),
                "known_since": person.known_since.isoformat() if person.known_since else None,
                "cadence": person.cadence,
                "introduced_by": person.introduced_by,
            }
            for person in found.people
        ],
        "encounters": [
            {
                "date": each.date.isoformat(),
                "start": each.start,
                "people": [person.label for person in each.people],
                "emails": [email for person in each.people for email in person.emails[:1]],
                "minutes": each.minutes,
                "channel": each.channel,
                "initiated_by": each.initiated_by,
                "count": each.count,
                "sent": each.sent,
            }
            for each in found.encounters
        ],
        "problems": [
            {"message": problem.message, "path": problem.path, "line": problem.line, "hint": problem.hint}
            for problem in found.problems
        ],
        "left_out": found.left_out,
    }
