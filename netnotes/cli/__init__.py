"""The command line: parse, call one function, print, exit code. Each command is imported when it is called."""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import os
import sys
import threading
from importlib import import_module
from io import StringIO
from typing import Any, NoReturn

import click

from netnotes import printable
from netnotes.cli.session import Session, accept_flags, own_flags
from netnotes.errors import AmbiguousName, NetNotesError, PersonNotFound

COMMANDS = {
    "demo": ("netnotes.cli.commands.vault.demo", "Try NetNotes on an example vault."),
    "people": ("netnotes.cli.commands.people.people", "The people in your notes, deepest relationship first."),
    "why": ("netnotes.cli.commands.people.why", "Why a relationship is as deep as it is, with the evidence."),
    "log": ("netnotes.cli.commands.capture.log", "Write down a contact in one sentence."),
    "round": ("netnotes.cli.commands.capture.round_", "Go through today's people, one at a time."),
    "inbox": ("netnotes.cli.commands.capture.inbox", "Log the lines collected in your inbox note."),
    "review": ("netnotes.cli.commands.capture.review", "Write a note that reviews the week or the month."),
    "done": ("netnotes.cli.commands.capture.done", "Tick off a promise, or log a contact."),
    "later": ("netnotes.cli.commands.capture.later", "Put someone off until another day."),
    "promise": ("netnotes.cli.commands.capture.promise", "Write down a promise as a task."),
    "met": ("netnotes.cli.commands.capture.met", "Log that you met someone."),
    "today": ("netnotes.cli.commands.advice.reports", "The few things that matter today."),
    "chase": ("netnotes.cli.commands.advice.reports", "Open promises: what you owe, and what others owe you."),
    "due": ("netnotes.cli.commands.advice.reports", "What is due, day by day; also as a calendar."),
    "scenes": ("netnotes.cli.commands.advice.reports", "Where to meet more people, and where to go deep."),
    "circles": ("netnotes.cli.commands.advice.reports", "Your closest 5, 15, 50, 150, and the time each gets."),
    "groups": ("netnotes.cli.commands.advice.reports", "Small groups, who is missing, and whom to call."),
    "path": ("netnotes.cli.commands.advice.reports", "How to reach someone through people you know well."),
    "introduce": ("netnotes.cli.commands.advice.reports", "People you could introduce to each other."),
    "profile": ("netnotes.cli.commands.advice.reports", "How you spend your time: deep with a few, or wide."),
    "forecast": ("netnotes.cli.commands.advice.reports", "Who will drift away if you do nothing."),
    "history": ("netnotes.cli.commands.people.history", "A relationship over time."),
    "graph": ("netnotes.cli.commands.graph.graph", "Draw the map of your network, and open it."),
    "sync": ("netnotes.cli.commands.fields.sync", "Write depth, warmth and follow-up into people's notes."),
    "undo": ("netnotes.cli.commands.fields.undo", "Undo what NetNotes wrote."),
    "accept": ("netnotes.cli.commands.fields.accept", "Hand edited fields back to NetNotes."),
    "clean": ("netnotes.cli.commands.fields.clean", "Remove all NetNotes fields."),
    "notify": ("netnotes.cli.commands.capture.notify", "Have a program show you today's list once a day."),
    "watch": ("netnotes.cli.commands.background.watch", "Sync after every change, until Ctrl-C."),
    "status": ("netnotes.cli.commands.background.status", "Whether a vault is watched, and what happened last."),
    "service": ("netnotes.cli.commands.background.service", "Run `watch` in the background."),
    "setup": ("netnotes.cli.commands.vault.setup", "See what is read, and add settings to read more."),
    "candidates": ("netnotes.cli.commands.vault.candidates", "Names that may be people: add or dismiss them."),
    "bases": ("netnotes.cli.commands.graph.bases", "Write tables and cards for Obsidian's Bases."),
    "mcp": ("netnotes.cli.commands.background.mcp", "Let an AI assistant query a vault, over MCP."),
    "batch": ("netnotes.cli.commands.vault.batch", "Analyse many vaults into Parquet tables."),
    "check": ("netnotes.cli.commands.vault.check", "Problems to fix, and lines that were almost read."),
    "inspect": ("netnotes.cli.commands.vault.inspect", "How one note is read."),
    "links": ("netnotes.cli.commands.vault.links", "Which note links to which, and which links are broken."),
    "import": ("netnotes.cli.commands.imports.import_", "Import an address book, a calendar, mail or chats."),
    "sources": ("netnotes.cli.commands.imports.sources", "Read calendars and mail outside the vault."),
    "report": ("netnotes.cli.commands.plugins.report", "Run a plugin's report."),
    "plugins": ("netnotes.cli.commands.plugins.plugins", "List, write, check and allow plugins."),
}
"""Command → (the module that defines it as `command`, its line in the list).

Every bundled report is defined in `netnotes.cli.commands.advice.reports`.
"""

GROUPS = {
    "Start": ("demo", "setup", "import", "sources", "candidates"),
    "People": ("people", "why", "history", "graph", "bases"),
    "What to do": ("today", "due", "chase", "forecast", "round"),
    "Write down": ("log", "met", "done", "later", "promise", "inbox", "review"),
    "Your network": ("scenes", "circles", "groups", "profile", "path", "introduce"),
    "Fields in your notes": ("sync", "undo", "accept", "clean", "watch", "status", "service", "notify"),
    "Look closer": ("check", "inspect", "links", "batch"),
    "Plugins": ("plugins", "report"),
}
"""Heading of the list → its commands; those in no group come last."""

COMPLETE = "_NETNOTES_COMPLETE"
"""The environment variable that a shell sets to ask for completions."""
FULL = (errno.ENOSPC, errno.EIO, errno.EFBIG)
"""Errors of a disk that cannot store what is written."""


OTHER_NAMES = {
    "help": "--help",
    "list": "people",
    "ls": "people",
    "contacts": "people",
    "show": "why",
    "search": "why",
    "find": "why",
    "map": "graph",
    "add": "log",
    "meet": "met",
    "remind": "due",
    "reminders": "due",
    "tasks": "chase",
    "promises": "chase",
    "snooze": "later",
    "init": "setup",
    "config": "setup",
    "write": "sync",
    "export": "graph",
    "stats": "profile",
    "version": "--version",
}
"""What other programs call a command or an option → its name here, to suggest it."""
MOST_NEW = 100_000
"""New objects after which a command looks for garbage. It ends soon, and hardly makes any."""
_ALIKE = 0.75
"""How similar an option must be to be suggested, 0 to 1; the two hyphens count too."""


class Commands(click.Group):
    """A group that imports commands one at a time, so that `--help` and each command start at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the list."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if name not in COMMANDS:
            return None
        module = import_module(COMMANDS[name][0])
        found = module.bundled(name) if COMMANDS[name][0] == "netnotes.cli.commands.advice.reports" else module.command
        return accept_flags(_with_layout(found)) if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by group, without importing any."""
        del ctx
        grouped = {name for names in GROUPS.values() for name in names}
        groups = {**GROUPS, "More": tuple(name for name in COMMANDS if name not in grouped)}
        width = max(map(len, COMMANDS))
        for heading, names in groups.items():
            if found := [(name.ljust(width), COMMANDS[name][1]) for name in names if name in COMMANDS]:
                with formatter.section(heading):
                    formatter.write_dl(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or suggest the one that may have been meant."""
        session = ctx.find_object(Session)
        if session and args:
            session.command = args[0]
        from netnotes.options import did_you_mean  # only a typo needs it

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from netnotes.cli.commands.plugins import (
                plugin_commands,  # as above: an unknown command
            )

            found, known, not_run = plugin_commands.find(args[0], args[1:])
            if found is None:
                other = OTHER_NAMES.get(args[0].lower())
                meant = f": did you mean `{other}`?" if other else did_you_mean(args[0], (*COMMANDS, *known))
                ctx.fail(f"no command `{args[0]}`{meant}{not_run}")
            return args[0], accept_flags(found), args[1:]
        return super().resolve_command(ctx, args)


def _with_layout(command: click.Command) -> click.Command:
    """Keep the line breaks of paragraphs marked with a backslash in a raw docstring."""
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        _with_layout(each)
    return command


@click.group(cls=Commands, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="netnotes")
def program() -> None:
    """Read a folder of notes, compute how deep each relationship is and why, and say what to do next.

    VAULT is the folder of your notes. You can leave it out inside an Obsidian vault or a Logseq graph, in a folder that
    has a folder People or a netnotes.toml, or if $NETNOTES_VAULT is set.

    \b
    Example:
      netnotes demo
      netnotes today ~/Notes
      netnotes why Ada Lockyer ~/Notes
      netnotes people ~/Notes --scene lisbon
    """


program.params += own_flags()


def main() -> None:
    """Run the program and end with its exit code: 0 done, 1 not done, 2 usage, 130 interrupted."""
    # Python would look for garbage every 700 objects, again and again among those that stay.
    gc.set_threshold(MOST_NEW)
    _replace_closed_streams()
    code = run_command(sys.argv[1:])
    if threading.active_count() == 1:
        _end(code)
    sys.exit(code)


def _replace_closed_streams() -> None:
    """Read nothing from, and print nothing to, a stream that was closed before the program started."""
    # In this order each gets the number that it should have.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # start-up need not import pathlib


def _end(code: int) -> NoReturn:
    """End the process as `sys.exit` does, but leave its memory to the system.

    To free each object of a large vault takes a tenth of the time of a command.
    """
    atexit._run_exitfuncs()  # noqa: SLF001  # nothing public calls them without freeing everything
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _with_suggestion(error: click.NoSuchOption) -> click.UsageError:
    """Return the error with a suggestion, if an option is similar enough."""
    from netnotes.options import did_you_mean  # only a typo needs it

    meant = did_you_mean(error.option_name, error.possibilities or (), _ALIKE)
    return click.UsageError(f"no option `{error.option_name}`{meant}", error.ctx)


def run_command(args: list[str], session: Session | None = None) -> int:
    """Run a command line, print what is wrong with it, and return the exit code."""
    session = session or Session()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console that cannot show a character shows `?` instead of failing.
            stream.reconfigure(errors="replace")
    # A line pasted from a note is no option.
    args = [arg.removeprefix("- ") for arg in args]
    try:
        return _call(args, session)
    except click.ClickException as error:
        text = StringIO()
        (_with_suggestion(error) if isinstance(error, click.NoSuchOption) else error).show(text)
        _complain(text.getvalue().rstrip())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted")
        return 130
    except BrokenPipeError:
        # The reader of our output has closed it.
        _drop_output()
        return 0
    except NetNotesError as error:
        with click.Context(program, obj=session):
            _complain(f"netnotes: {error}", error.hint)
            _suggest(error, session)
    except Exception as error:  # noqa: BLE001  # a traceback is shown only with --debug
        if session.debug:
            import traceback  # only here

            _complain(traceback.format_exc().rstrip())
        elif isinstance(error, OSError) and error.errno in FULL:
            _complain(f"netnotes: cannot write {error.filename or 'the output'}: {error.strerror}")
            _drop_output()
        else:
            # A note names the plugin that raised it.
            words = [*getattr(error, "__notes__", ()), f"{type(error).__name__}: {error}"]
            _complain(f"netnotes: {': '.join(words)}", "--debug for the traceback")
    return 1


def _call(args: list[str], session: Session) -> int:
    if COMPLETE in os.environ:
        from netnotes.cli.bash_completion import register  # only where a shell asks

        register()
    try:
        code: Any = program.main(args, prog_name="netnotes", standalone_mode=False, obj=session)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except SystemExit as stop:
        if wrapped := getattr(sys.stdout, "wrapped", None):
            # The reader closed the output: click has wrapped it, and ends the program.
            sys.stdout = wrapped
            raise BrokenPipeError from stop
        raise
    sys.stdout.flush()
    if session.strict and not code and session.has_problems:
        return 1
    return code if isinstance(code, int) else 0


def _drop_output() -> None:
    """Discard further output: the interpreter would try to write it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _suggest(error: NetNotesError, session: Session) -> None:
    """Print a command for each person that a name may mean, or a note of that name that is not marked as a person's."""
    if not isinstance(error, AmbiguousName | PersonNotFound) or session.command not in ("why", "history"):
        return
    from netnotes.cli import output  # only where something went wrong
    from netnotes.cli.commandline import note_named, pasteable, quoted
    from netnotes.phrasing import in_syntax_of

    for name in error.who:
        output.echo(f"  {pasteable(f'netnotes {session.command} {quoted(name)}')}", err=True)
    if isinstance(error, PersonNotFound):
        for space in session.opened.values():
            vault = space.read()
            if path := note_named(vault.notes, error.name):
                hint = in_syntax_of(vault.app, "If it is one, add `type: person` to it.")
                output.say(f"{path} is not marked as a person's note. {hint}", err=True)


def _complain(message: str, hint: str | None = None) -> None:
    from netnotes.cli import output  # only where something went wrong

    for line in printable.lines(message).split("\n"):
        if line.startswith(" "):
            # A command to be pasted, or a line of a traceback.
            click.echo(line, err=True)
        else:
            output.say(line, indent=4, err=True)
    if hint:
        output.advise(hint, first="hint: ", err=True)
