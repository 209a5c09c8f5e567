"""`netnotes setup`: what kind of vault this is, what is read, and which settings would read more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import click

from netnotes.app import setup
from netnotes.app.workspace import Workspace
from netnotes.cli import output
from netnotes.cli.commands.vault import candidate_questions
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.options import as_of_option, json_option, vault_argument, workspace
from netnotes.cli.screen import is_terminal
from netnotes.config import parse
from netnotes.errors import VaultNotFound
from netnotes.model import Problem, Vault
from netnotes.phrasing import in_syntax_of, pluralize
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext, write
from netnotes.writing.draft import Draft

_APPS = {
    "obsidian": "an Obsidian vault",
    "logseq": "a Logseq graph",
    "dendron": "a Dendron vault",
    "foam": "a Foam workspace",
    "zk": "a zk notebook",
    "plain": "a folder of Markdown notes",
}
_LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "sv": "Swedish",
    "pl": "Polish",
    "ru": "Russian",
    "zh": "Chinese",
    "ja": "Japanese",
}
_MARKS = {
    "type": "by type",
    "tag": "by tag",
    "folder": "by folder",
    "name": "by @name",
    "properties": "by properties",
    "text": "by text",
    "contact": "by a contact line",
}
_CANDIDATES = 5


@click.command("setup")
@vault_argument
@as_of_option
@json_option
@click.option("--yes", is_flag=True, help="Accept all proposed settings, but no names that may be people.")
@click.option(
    "--first",
    metavar="NAME",
    help="You met NAME today: write that into today's note, and make a note for them if there is none.",
)
@click.pass_context
def command(ctx: click.Context, vault: str | None, today: dt.date, as_json: bool, yes: bool, first: str | None) -> None:
    """Show what kind of vault this is and how much of it is read, and propose settings to read more.

    A proposal is written to netnotes.toml, with a comment, only if you say yes; lines that are there stay. Run it again
    at any time. In a vault without people or meetings, it offers to write the first note and line.

    \b
    Example:
      netnotes setup ~/Notes
      netnotes setup ~/Notes --first "Ada Lovelace"
    """
    space = _vault_or_here(vault)
    notes = space.read()
    with space.progress.busy("Looking for what is not read"):
        found = setup.describe(notes, space.config, today, space.root)
    if as_json:
        output.print_json(_record(found))
        return
    if first is not None:
        ctx.exit(_write_first(space, found, first))
    _describe(space, found)
    taken: list[setup.Proposal] = []
    can_ask = not yes and is_terminal()
    for number, proposal in enumerate(found.proposals, 1):
        _print_proposal(number, proposal)
        if yes or (can_ask and click.confirm("   Write it to netnotes.toml?", default=True)):
            taken.append(proposal)
    counts = _write(space, notes, today, found.counts, taken) if taken else found.counts
    if found.proposals and not taken and not can_ask:
        output.echo("\nTo accept all of these settings:")
        output.print_command("netnotes setup --yes")
    if can_ask:
        found = _ask_about_candidates(space, found, today, counts)
    _print_next_step(found)
    if can_ask and not found.counts.encounters and not taken:
        _ask_for_the_first(space, found)


def _vault_or_here(vault: str | None) -> Workspace:
    """Open the vault; if none is named or found, use the working folder, which setup turns into one."""
    try:
        return workspace(vault)
    except VaultNotFound:
        if vault is not None:
            raise
        return workspace(".")


def _describe(space: Workspace, found: setup.Setup) -> None:
    counts, number = found.counts, len(found.vault.notes)
    output.heading(one_line(f"{space.root.resolve().name}: {_APPS[found.vault.app]}, {pluralize(number, 'note')}"))
    latest = list(found.daily)[-1] if found.daily else None
    marks = ", ".join(f"{count} {_MARKS[mark]}" for mark, count in sorted(found.marks.items(), key=lambda m: -m[1]))
    without = counts.people - counts.notes_of_people
    org = sum(remark.remark == "other format" for remark in found.coverage.remarks)
    rows = [
        ("Daily notes", f"{len(found.daily):,}, the latest {latest}" if latest else "none found"),
        ("People", f"{counts.notes_of_people} with a note" + (f" ({marks})" if marks else "")),
        ("", f"{without} without a note, named as attendees or met more than once" if without else ""),
        ("Meetings", pluralize(found.meetings, "meeting note")),
        ("Languages", ", ".join(_LANGUAGES[code] for code in found.languages) or "too little text to tell"),
        ("You", found.owner or in_syntax_of(found.vault.app, "unknown; write `me: true` into the note about yourself")),
        ("Read", f"{pluralize(counts.encounters, 'encounter')}, {pluralize(counts.mentions, 'mention')}"),
    ]
    if org:
        rows.append(("Not read", f"{pluralize(org, 'note')} in org format: NetNotes reads Markdown"))
    for head, text in rows:
        if text:
            output.say(one_line(text), first=f"  {head:<13}", indent=15)


def _print_proposal(number: int, proposal: setup.Proposal) -> None:
    first = proposal.settings[0]
    gains = [
        f"+{pluralize(count, what, several)}"
        for count, what, several in (
            (proposal.people, "person", "people"),
            (proposal.encounters, "encounter", None),
        )
        if count > 0
    ]
    output.echo()
    output.say(
        one_line(first.about[:1].upper() + first.about[1:] + (f": {', '.join(gains)}" if gains else "")),
        first=f"{number}. ",
    )
    for setting in proposal.settings:
        output.echo(one_line(f"   {setting.toml()}"))
    if first.example:
        output.say(one_line(f"for example {first.example}"), first="   ")


def _write(
    space: Workspace,
    notes: Vault,
    today: dt.date,
    before: setup.Counts,
    taken: Sequence[setup.Proposal],
) -> setup.Counts:
    """Write the proposals into `netnotes.toml`, and return how much is read with them."""
    text = setup.add_settings(space.root, [setting for proposal in taken for setting in proposal.settings])
    after = setup.count(notes, parse(text), today)
    output.echo("\nWritten to netnotes.toml.")
    output.say(f"{_counts_text(before)} → {_counts_text(after)}")
    return after


def _ask_about_candidates(space: Workspace, found: setup.Setup, today: dt.date, before: setup.Counts) -> setup.Setup:
    """Ask what each of the most common candidates is, write the answers, and return what is left to show."""
    often = [each for each in found.coverage.candidates if each.count > 1][:_CANDIDATES]
    answers = candidate_questions.ask(space, found.people, often)
    answered = answers.names()
    if not answered:
        return found
    output.echo()
    text, _ = candidate_questions.add(space, found.vault, found.people, answers, yes=True)
    if text:
        output.say(f"{_counts_text(before)} → {_counts_text(setup.count(found.vault, parse(text), today))}")
    left = tuple(each for each in found.coverage.candidates if each.name not in answered)
    return replace(found, coverage=replace(found.coverage, candidates=left))


def _ask_for_the_first(space: Workspace, found: setup.Setup) -> None:
    """Offer to write the first note and line; an empty answer skips this."""
    output.echo()
    name = click.prompt("Who did you meet today? (Enter to skip)", default="", show_default=False).strip()
    if name:
        _write_first(space, found, name)


def _write_first(space: Workspace, found: setup.Setup, name: str) -> int:
    """Write a note about a person, if there is none, and a line into today's note; return the exit code."""
    if not any(map(str.isalnum, name)):
        raise click.BadParameter("give a name", param_hint="--first")
    drafts = setup.first_drafts(space.root, found, name)
    problems = [draft for draft in drafts if isinstance(draft, Problem)]
    ready = [] if problems else [draft for draft in drafts if isinstance(draft, Draft)]
    for draft in ready:
        line = setup.first_line(found, name) if draft.path == found.day_note else ""
        output.echo(one_line(f"{draft.path}: {line}" if line else f"{draft.path}: new note"))
    with journal_of(space.root) as journal:
        result = write(ready, WriteContext(space.root, journal, now(), command="setup"), problems)
    code = print_result(result, "written")
    if not code:
        output.say("Then:")
        output.print_command("netnotes people")
    return code


def _counts_text(counts: setup.Counts) -> str:
    return f"{pluralize(counts.people, 'person', 'people')}, {pluralize(counts.encounters, 'encounter')}"


def _print_next_step(found: setup.Setup) -> None:
    """Print the next step: look at the candidates, write a first note, or go on."""
    unknown = [each for each in found.coverage.candidates if not each.counted]
    candidates = unknown[:_CANDIDATES]
    named = bool(found.coverage.unmarked) and not any(proposal.people for proposal in found.proposals)
    if named:
        _print_unmarked(found)
    if candidates:
        names = ", ".join(f"{each.name} ({each.count or each.links})" for each in candidates)
        more = len(unknown) - len(candidates)
        output.echo()
        output.say(one_line(f"Names that may be people: {names}{f' and {more} more' if more else ''}. To see them:"))
        output.print_command("netnotes candidates")
    if not found.counts.people:
        if not any(proposal.people for proposal in found.proposals):
            _print_first_steps(found)
    elif not found.counts.encounters and not any(proposal.encounters for proposal in found.proposals):
        output.echo()
        output.say(f"People found, but no meetings yet. Write a line into today's note, {found.day_note}:")
        link = found.linked(found.people[0]) if found.people else "[[Ada Lovelace]]"
        output.echo(one_line(f"  - coffee with {link} 45 min"))
        output.say("Then:")
        output.print_command("netnotes people")
    elif not (found.proposals or candidates or named):
        output.echo()
        output.say("Nothing to set up. What was not read, line by line:")
        output.print_command("netnotes check --all")


def _print_unmarked(found: setup.Setup) -> None:
    """Name notes that look like people's and that no setting would mark, and how to mark them."""
    paths = found.coverage.unmarked[:_CANDIDATES]
    more = len(found.coverage.unmarked) - len(paths)
    rest = f" and {more:,} more" if more else ""
    advice = in_syntax_of(found.vault.app, "If so, add `type: person` to their properties.")
    output.echo()
    output.say(one_line(f"Not marked, but may be about people: {', '.join(paths)}{rest}. {advice}"))


def _print_first_steps(found: setup.Setup) -> None:
    """Print how to write the first note about a person, in the app's own way."""
    logseq = found.vault.app == "logseq"
    note = "pages/Ada Lovelace.md" if logseq else "People/Ada Lovelace.md"
    words = "type:: person" if logseq else "any text, or none"
    output.echo()
    output.say(f"No notes about people yet. Make one, named after the person: {note} ({words}).")
    output.say(f"Then write a line into the note of the day you met, {found.day_note}:")
    output.echo("  - coffee with [[Ada Lovelace]] 45 min")
    output.say("Then:")
    output.print_command("netnotes people")
    output.say("Or let NetNotes write both (`netnotes undo` reverts it):")
    output.print_command('netnotes setup --first "Ada Lovelace"')


def _record(found: setup.Setup) -> dict[str, object]:
    counts = found.counts
    return {
        "app": found.vault.app,
        "notes": len(found.vault.notes),
        "daily_notes": len(found.daily),
        "meeting_notes": found.meetings,
        "languages": list(found.languages),
        "owner": found.owner,
        "people": counts.people,
        "people_with_note": counts.notes_of_people,
        "encounters": counts.encounters,
        "mentions": counts.mentions,
        "proposals": [
            {
                "settings": [setting.toml() for setting in proposal.settings],
                "about": proposal.settings[0].about,
                "example": proposal.settings[0].example,
                "people": proposal.people,
                "encounters": proposal.encounters,
            }
            for proposal in found.proposals
        ],
        "candidates": [
            {"name": each.name, "count": each.count, "links": each.links} for each in found.coverage.candidates
        ],
    }
