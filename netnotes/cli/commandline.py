"""Command lines: read names without quotes, print commands with the vault and the day of this call."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence

import click

from netnotes.cli.session import Session
from netnotes.errors import PersonNotFound
from netnotes.extract.people import find_person
from netnotes.extract.people.names import folded, stem
from netnotes.model import Note, Person

COMMAND = re.compile(r"`(netnotes [^`]+)`")
_SAFE = re.compile(r"[\w./:=@%+,~-]+")


def people_named(people: Sequence[Person], words: Sequence[str]) -> tuple[Person, ...]:
    """Return the one or two people that `words` name, each by one or more words.

    `Ada Lockyer` is one person if anyone is called that; `Ada Zoë` is two. Raises PersonNotFound with similar names,
    AmbiguousName.
    """
    try:
        return (find_person.person(people, " ".join(words)),)
    except PersonNotFound as error:
        not_found = error
    found: dict[tuple[Person, ...], None] = {}
    for cut in range(1, len(words)):
        try:
            pair = [find_person.person(people, " ".join(part)) for part in (words[:cut], words[cut:])]
        except PersonNotFound:
            continue
        found[tuple(dict.fromkeys(pair))] = None
    if len(found) == 1:
        return next(iter(found))
    raise not_found


def note_named(notes: Iterable[Note], name: str) -> str | None:
    """Return the path of the first note of that name."""
    return next((note.path for note in notes if folded(stem(note.path)) == folded(name)), None)


def quoted(word: str) -> str:
    """Return a word as typed in a shell: in double quotes, which all shells know, if it needs quotes."""
    if _SAFE.fullmatch(word):
        return word
    return shlex.quote(word) if re.search(r'["$`\\!]', word) else f'"{word}"'


def pasteable(command: str) -> str:
    """Return `command`, which starts with `netnotes`, with the vault and the day given to this call."""
    context = click.get_current_context(silent=True)
    session = context.find_object(Session) if context else None
    if context is None or session is None:
        return command
    more = [session.repeated] if session.repeated and command.startswith(f"netnotes {session.command} --most") else []
    more += [quoted(session.named)] if session.named and not command.endswith(" --help") else []
    if session.day and _takes_day(context, command.split()[1]):
        more.append(f"--as-of {session.day}")
    return " ".join([command, *more])


def repeated(command: click.Command, given: Mapping[str, object]) -> str:
    """Return the options of a call except `--most`, as typed, to repeat the call."""
    words = []
    for param in command.params:
        value = given.get(param.name or "")
        if isinstance(param, click.Option) and param.name != "most" and value not in (None, (), False):
            values = value if isinstance(value, tuple) else (value,)
            words += [param.opts[0] if each is True else f"{param.opts[0]} {quoted(str(each))}" for each in values]
    return " ".join(words)


def commands_in(text: str) -> tuple[str, list[str]]:
    """Return `text` without the commands in backticks at its end, and the commands in it, ready to paste.

    A command elsewhere in the text is listed only if it needs the vault or the day of this call. An incomplete command,
    with a word in capitals (`netnotes why NAME`), is left in the text.
    """
    found = [match for match in COMMAND.finditer(text) if not re.search(r"\s(?:N|[A-Z]{3,})\b|…", match[1])]
    end, last = len(text), list[re.Match[str]]()
    while len(last) < len(found) and not text[found[-1 - len(last)].end() : end].strip(" ."):
        last.append(found[-1 - len(last)])
        end = last[-1].start()
    commands = [command for match in found if (command := pasteable(match[1])) != match[1] or match in last]
    return text[:end].rstrip() if last else text, commands


def _takes_day(context: click.Context, name: str) -> bool:
    program = context.find_root().command
    command = program.get_command(context, name) if isinstance(program, click.Group) else None
    return command is not None and any("--as-of" in param.opts for param in command.params)
