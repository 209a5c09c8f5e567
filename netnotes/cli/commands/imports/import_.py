"""`netnotes import`: address books, calendars, LinkedIn, mail, chats and Monica, as ordinary notes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast, get_args

import click

from netnotes.app import import_files, imports
from netnotes.cli import output
from netnotes.cli.confirm import confirm
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.options import as_of_option, day, json_option, workspace
from netnotes.errors import Unwritable
from netnotes.importers import plan as planning
from netnotes.importers.records import Imported, Kind
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext

KINDS = get_args(Kind)


@click.command("import")
@click.argument("words", nargs=-1, required=True, metavar="[KIND] PATH [VAULT]")
@as_of_option
@json_option
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--since", callback=day, metavar="DATE", help="Leave out contacts before this day.")
@click.option("--me", multiple=True, metavar="NAME|ADDRESS", help="Who you are in the file; can be repeated.")
@click.option("--order", type=click.Choice(["dmy", "mdy", "ymd"]), help="Order of day and month in numeric dates.")
@click.option("--folder", metavar="FOLDER", help="Folder for new people's notes. Default: where most of yours are.")
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
    order: import_files.Order | None,
    folder: str | None,
) -> None:
    r"""Bring in people and contacts that another program knows. No text of a message is ever kept.

    KIND is vcard, ics, linkedin, mail, whatsapp or monica; it is guessed from the file if left out. People become
    notes, each contact one line in a note of its month. Importing the same file again adds nothing.

    \b
    Example:
      netnotes import vcard contacts.vcf ~/Notes
      netnotes import mail archive.mbox ~/Notes --me me@example.org
    """
    kind, place, vault = _words(words)
    space = workspace(vault)
    read, outcome = space.run(today)
    own = [*me, *_own(outcome.network.ego)]
    try:
        found = import_files.read(kind, place, me=own, order=order, since=since, today=today)
    except OSError as error:
        raise click.BadParameter(f"cannot read {place}: {error.strerror}") from error
    if dry_run and as_json:
        output.print_json(_json(found))
        ctx.exit(1 if found.failed else 0)
    plan = planning.plan(kind, found, outcome.network.people, imports.marks(space.root), today=today, folder=folder)
    output.print_problems(plan.problems)
    if found.failed:
        ctx.exit(1)
    _show(plan)
    if dry_run:
        return
    with journal_of(space.root) as journal:
        if not (plan.new or plan.lines or plan.fills):
            return
        confirm("Write this?", yes=yes, instead="look at it with --dry-run, then use --yes")
        context = WriteContext(space.root, journal, now(), command=f"import {kind}")
        applied = imports.apply(plan, context, read.templates)
    ctx.exit(print_result(applied, "written", "netnotes undo takes it all back"))


def _words(words: tuple[str, ...]) -> tuple[Kind, Path, str | None]:
    """Return kind, path and vault of the arguments; the kind may be missing."""
    kind, rest = (words[0], words[1:]) if words[0] in KINDS else (None, words)
    if not 1 <= len(rest) <= 2:
        raise click.UsageError("give the file to import, and the vault where you are not in it")
    place = Path(rest[0]).expanduser()
    if not place.exists():
        if kind is None and len(rest) == 2:
            raise click.BadParameter(f"`{rest[0]}` is neither a file nor a kind ({', '.join(KINDS)})")
        raise click.BadParameter(f"there is no file {rest[0]}")
    vault = rest[1] if len(rest) == 2 else None
    try:
        return cast("Kind", kind) if kind else import_files.guess(place), place, vault
    except OSError as error:
        raise Unwritable(str(place), error.strerror or str(error)) from error


def _own(ego: object) -> list[str]:
    value = getattr(ego, "value", lambda *_: None)("email", "emails")
    addresses = value if isinstance(value, list | tuple) else [value]
    return [address for address in addresses if isinstance(address, str)]


def _show(plan: planning.Plan) -> None:
    contacts = sum(map(len, plan.lines.values()))
    output.echo(f"People: {len(plan.new)} new, {plan.matched} known, {len(plan.fills)} to be completed.")
    output.echo(f"Contacts: {contacts} new, {plan.known} imported before.")
    for reason, count in sorted(plan.left_out.items()):
        output.echo(f"Left out: {count} ({reason}).")
    for path in list(plan.new)[:10]:
        output.echo(f"  new note {one_line(path)}")
    if len(plan.new) > 10:
        output.echo(f"  and {len(plan.new) - 10} more")
    for path, lines in list(plan.lines.items())[:10]:
        output.echo(f"  {len(lines)} line{'s' * (len(lines) != 1)} in {one_line(path)}")
    if len(plan.lines) > 10:
        output.echo(f"  and {len(plan.lines) - 10} more notes")


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
