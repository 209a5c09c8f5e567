"""`netnotes candidates`: names that look like people but are not known, and what to do with each."""

from __future__ import annotations

import datetime as dt

import click

from netnotes.app.workspace import Workspace
from netnotes.cli import output
from netnotes.cli.commandline import quoted
from netnotes.cli.commands.vault import candidate_questions
from netnotes.cli.commands.vault.candidate_questions import Answers
from netnotes.cli.number_option import Number
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.pager import paged
from netnotes.cli.screen import is_terminal
from netnotes.coverage import Candidate
from netnotes.phrasing import pluralize
from netnotes.printable import one_line


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
@click.option("--ask", is_flag=True, help="Ask what each name is, one at a time.")
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
    ask: bool,
    most: int,
    yes: bool,
) -> None:
    r"""List names on contact lines that match no known person, most common first; add or dismiss them.

    --person and --never write to netnotes.toml. --note and --alias write into the vault; `netnotes undo` reverts that.

    \b
    Example:
      netnotes candidates ~/Notes
      netnotes candidates ~/Notes --ask
      netnotes candidates ~/Notes --person "Bo Lind" --never "Monday Club"
    """
    answers = Answers(list(persons), list(notes), list(aliases), list(never))
    if not all(map(str.strip, answers.names())):
        raise click.UsageError("give a name: one of them is empty")
    space = workspace(vault)
    if ask and not is_terminal():
        raise click.UsageError("--ask needs a terminal")
    read, outcome, found = space.examine(today)
    if not answers.names() and not ask:
        _list(space, found.candidates, most, as_json=as_json)
        return
    people = outcome.network.people
    if ask:
        answers = candidate_questions.ask(space, people, found.candidates[:most])
    ctx.exit(candidate_questions.add(space, read, people, answers, yes=yes or ask)[1])


def _list(space: Workspace, candidates: tuple[Candidate, ...], most: int, *, as_json: bool) -> None:
    if as_json:
        output.print_json(
            [
                {
                    "name": each.name,
                    "count": each.count,
                    "links": each.links,
                    "days": each.days,
                    "counted": each.counted,
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
            number = each.count + each.links
            alias = f"; perhaps {each.alias_of.name}" if each.alias_of else ""
            alias += "; counted as a person" if each.counted else ""
            lines = pluralize(each.count, "line") if each.count else f"linked on {pluralize(number, 'dated line')}"
            output.say(one_line(f"{each.name}  {lines}{alias}"), indent=4)
            for example in candidate_questions.examples(space, each):
                output.say(one_line(example), first="  ", indent=4)
        if len(candidates) > most:
            output.advise(f"{len(candidates) - most} more not shown: `netnotes candidates --most {len(candidates)}`")
    output.echo()
    output.say("To go through them one at a time:")
    output.print_command("netnotes candidates --ask")
    output.say("To add one as a person, with or without a note, or to dismiss it:")
    name = candidates[0].name
    for option in ("--person", "--note", "--never"):
        output.print_command(f"netnotes candidates {option} {quoted(name)}")
