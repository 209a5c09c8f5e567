"""`netnotes candidates`: names that look like people but are not known, and what to do with each."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app import settings_file
from netnotes.app.edits import with_alias
from netnotes.app.workspace import Workspace
from netnotes.cli import output
from netnotes.cli.commandline import quoted
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.number import Number
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.pager import paged
from netnotes.cli.screen import confirm
from netnotes.coverage import Candidate
from netnotes.extract.coverage.proposals import Setting
from netnotes.extract.people.names import folded
from netnotes.importers.plan import empty_note
from netnotes.model import Person, Problem, Vault
from netnotes.outcome import Outcome
from netnotes.phrasing import pluralize
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext, write
from netnotes.writing.draft import Draft, draft_new_note, locate

_EXAMPLES = 3


@click.command("candidates")
@vault_argument
@as_of_option
@json_option
@click.option("--person", "persons", multiple=True, metavar="NAME", help="Add NAME as a person without a note.")
@click.option(
    "--note", "notes", multiple=True, metavar="NAME", help="Make a note for NAME, next to the notes of other people."
)
@click.option(
    "--alias", "aliases", multiple=True, nargs=2, metavar="NAME PERSON", help="Add NAME as an alias of PERSON."
)
@click.option("--never", "never", multiple=True, metavar="NAME", help="NAME is not a person; do not list it again.")
@click.option("--most", type=Number(1), default=20, show_default=True, help="How many to list.")
@click.option("--yes", is_flag=True, help="Do not ask before notes are written.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917  # one for each option
    ctx: click.Context,
    vault: str | None,
    today: dt.date,
    as_json: bool,
    persons: tuple[str, ...],
    notes: tuple[str, ...],
    aliases: tuple[tuple[str, str], ...],
    never: tuple[str, ...],
    most: int,
    yes: bool,
) -> None:
    r"""List names on contact lines that match no known person, most common first; add or dismiss them.

    --person and --never write to netnotes.toml. --note and --alias write into the vault; `netnotes undo` reverts that.

    \b
    Example:
      netnotes candidates ~/Notes
      netnotes candidates ~/Notes --person "Bo Lind" --never "Monday Club"
    """
    space = workspace(vault)
    read, outcome, found = space.examine(today)
    if not (persons or notes or aliases or never):
        _list(found.candidates, most, as_json=as_json)
        return
    settings = [Setting("people", "without_note", name, "people who have no note", "") for name in persons]
    settings += [Setting("people", "never", name, "no people", "") for name in never]
    drafts = _drafts(space, read, outcome, notes, aliases)
    if settings:
        settings_file.add(space.root, settings)
        output.echo(one_line(f"netnotes.toml: {pluralize(len(settings), 'name')} added"))
    if drafts:
        ctx.exit(_write(space, drafts, yes=yes))


def _list(candidates: tuple[Candidate, ...], most: int, *, as_json: bool) -> None:
    if as_json:
        output.print_json(
            [
                {
                    "name": each.name,
                    "count": each.count,
                    "links": each.links,
                    "days": each.days,
                    "alias_of": each.alias_of.name if each.alias_of else None,
                    "lines": [{"path": path, "line": line} for path, line in each.lines],
                }
                for each in candidates
            ]
        )
        return
    if not candidates:
        output.echo("No unknown names on contact lines.", err=True)
        return
    with paged():
        for each in candidates[:most]:
            where = ", ".join(f"{path}:{line}" for path, line in each.lines[:_EXAMPLES])
            number = each.count + each.links
            more = f" and {number - _EXAMPLES} more" if number > _EXAMPLES else ""
            alias = f"; perhaps {each.alias_of.name}" if each.alias_of else ""
            lines = pluralize(each.count, "line") if each.count else f"linked on {pluralize(number, 'dated line')}"
            output.say(one_line(f"{each.name}  {lines}{alias}  {where}{more}"), indent=4)
        if len(candidates) > most:
            output.advise(f"{len(candidates) - most} more not shown: `netnotes candidates --most {len(candidates)}`")
    output.echo()
    output.say("To add a name as a person, with or without a note, or to dismiss it:")
    name = candidates[0].name
    for option in ("--person", "--note", "--never"):
        output.print_command(f"netnotes candidates {option} {quoted(name)}")


def _drafts(
    space: Workspace, read: Vault, outcome: Outcome, notes: tuple[str, ...], aliases: tuple[tuple[str, str], ...]
) -> list[Draft | Problem]:
    """Return drafts of the notes to write: new ones, and those that get an alias."""
    people = outcome.network.people
    drafts: list[Draft | Problem] = [
        draft_new_note(space.root, *empty_note(name, people, read.notes, read.app), read.templates) for name in notes
    ]
    for name, whose in aliases:
        person = _known(outcome, whose)
        drafts.append(_alias(space, read, person, name))
    return drafts


def _known(outcome: Outcome, name: str) -> Person:
    wanted = folded(name)
    found = [
        person
        for person in outcome.network.people
        if person.path and wanted in map(folded, (person.name, *person.aliases))
    ]
    if len(found) != 1:
        what = "no person" if not found else "more than one person"
        raise click.BadParameter(f"{what} named {name}", param_hint="--alias")
    return found[0]


def _alias(space: Workspace, read: Vault, person: Person, name: str) -> Draft | Problem:
    path = str(person.path)
    found = locate(space.root, path, read.templates)
    if isinstance(found, Problem):
        return found
    place, before, changed_at = found
    after = with_alias(path, before, name, page=read.app == "logseq")
    return (
        after
        if isinstance(after, Problem)
        else Draft(path, place, before, after, {"aliases": (None, name)}, changed_at)
    )


def _write(space: Workspace, drafts: list[Draft | Problem], *, yes: bool) -> int:
    problems = [draft for draft in drafts if isinstance(draft, Problem)]
    ready = [draft for draft in drafts if isinstance(draft, Draft)]
    for draft in ready:
        output.echo(one_line(f"{'new note' if draft.before is None else 'alias in'} {draft.path}"))
    if ready:
        confirm("Write this?", yes=yes, instead="use --yes")
    with journal_of(space.root) as journal:
        result = write(ready, WriteContext(space.root, journal, now(), command="candidates"), problems)
    return print_result(result, "written")
