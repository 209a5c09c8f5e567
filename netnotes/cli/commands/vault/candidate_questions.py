"""Names that may be people: ask at the terminal what each is, and write the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

import click

from netnotes.app.edits import with_alias
from netnotes.app.setup import add_settings
from netnotes.app.workspace import Workspace
from netnotes.cli import output
from netnotes.cli.journal import journal_of, now, print_result
from netnotes.cli.screen import confirm
from netnotes.coverage import Candidate
from netnotes.errors import NetNotesError
from netnotes.extract.coverage.proposals import Setting
from netnotes.extract.people import find_person
from netnotes.extract.people.names import folded
from netnotes.importers.plan import empty_note
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Person, Problem, Vault
from netnotes.phrasing import pluralize, shorten
from netnotes.printable import one_line
from netnotes.writing.apply import WriteContext, write
from netnotes.writing.draft import Draft, draft_new_note, locate

_EXAMPLES = 3
_LONGEST_LINE = 100
_QUESTION = "   [p]erson, [m]ake a note, [a]lias, [n]ot a person, [q]uit, Enter to skip"


@dataclass(slots=True)
class Answers:
    """What each name is."""

    persons: list[str] = field(default_factory=list)
    """People without a note."""
    notes: list[str] = field(default_factory=list)
    """People for whom a note is made."""
    aliases: list[tuple[str, str]] = field(default_factory=list)
    """Alias and person."""
    never: list[str] = field(default_factory=list)
    """Names that are not people's."""

    def names(self) -> set[str]:
        """Return every name that has an answer."""
        return {*self.persons, *self.notes, *self.never, *(alias for alias, _ in self.aliases)}


def examples(space: Workspace, candidate: Candidate) -> list[str]:
    """Return the first lines with a name: place and text."""
    return [f"{path}:{line}: {_text(space, path, line, candidate.name)}" for path, line in candidate.lines[:_EXAMPLES]]


def _text(space: Workspace, path: str, line: int, name: str) -> str:
    """Return a line of a note; of a long one, the part with the name."""
    try:
        lines = (space.root / path).read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    text = " ".join(lines[line - 1].split()) if line <= len(lines) else ""
    begin = max(0, text.find(name) - _LONGEST_LINE // 2) if len(text) > _LONGEST_LINE else 0
    return f"{'…' if begin else ''}{shorten(text[begin:], _LONGEST_LINE)}"


def ask(space: Workspace, people: Sequence[Person], candidates: Sequence[Candidate]) -> Answers:
    """Ask what each candidate is, until the answer is `q`; a name without an answer is skipped."""
    answers = Answers()
    try:
        for candidate in candidates:
            output.echo()
            output.heading(one_line(f"{candidate.name}: {pluralize(candidate.count or candidate.links, 'line')}"))
            for example in examples(space, candidate):
                output.say(one_line(example), first="   ", indent=5)
            keys = click.Choice(list("pmansq"), case_sensitive=False)
            answer = click.prompt(_QUESTION, type=keys, default="s", show_choices=False, show_default=False)
            if answer == "q":
                break
            if answer == "a" and (person := _ask_for_person(people, candidate)):
                answers.aliases.append((candidate.name, person.name))
            lists = {"p": answers.persons, "m": answers.notes, "n": answers.never}
            if answer in lists:
                lists[answer].append(candidate.name)
    except click.Abort:
        output.echo("\nNone of these answers was written.", err=True)
        raise
    return answers


def _ask_for_person(people: Sequence[Person], candidate: Candidate) -> Person | None:
    """Ask whose alias a name is, until the answer is someone with a note or empty."""
    likely = candidate.alias_of.name if candidate.alias_of and candidate.alias_of.path else ""
    while True:
        skip = "" if likely else " (Enter to skip)"
        name: str = click.prompt(f"   Whose?{skip}", default=likely, show_default=bool(likely)).strip()
        if not name:
            return None
        try:
            return person_with_note(people, find_person.person(people, name).name)
        except (NetNotesError, click.BadParameter) as error:
            reason = error.format_message() if isinstance(error, click.BadParameter) else str(error)
            output.say(one_line(reason), first="   ")


def add(space: Workspace, read: Vault, people: Sequence[Person], answers: Answers, *, yes: bool) -> tuple[str, int]:
    """Write the answers into `netnotes.toml` and into notes; return the text of the file, if changed, and exit code.

    Asks before it writes notes, unless `yes`.
    """
    drafts = _drafts(space, read, people, answers)
    settings = [Setting("people", "without_note", name, "people without a note", "") for name in answers.persons]
    settings += [Setting("people", "never", name, "names that are not people", "") for name in answers.never]
    text = ""
    if settings:
        text = add_settings(space.root, settings)
        output.echo(one_line(f"netnotes.toml: {pluralize(len(settings), 'name')} added"))
    return text, _write(space, drafts, yes=yes) if drafts else 0


def _drafts(space: Workspace, read: Vault, people: Sequence[Person], answers: Answers) -> list[Draft | Problem]:
    """Return drafts of the notes to write: new ones, and those that get an alias."""
    drafts: list[Draft | Problem] = [
        draft_new_note(space.root, *empty_note(name, people, read.notes, read.app), read.templates)
        for name in answers.notes
    ]
    return [*drafts, *(_alias(space, read, person_with_note(people, whose), name) for name, whose in answers.aliases)]


def person_with_note(people: Sequence[Person], name: str) -> Person:
    """Return the person of a name who has a note. Raises BadParameter if there is none, or more than one."""
    wanted = folded(name)
    found = [person for person in people if person.path and wanted in map(folded, (person.name, *person.aliases))]
    if len(found) != 1:
        what = "no person with a note is" if not found else "more than one person is"
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
