"""A directive for a reference page: `commands`, every command's help, made from the code when the site is built."""

from __future__ import annotations

from collections.abc import Iterator

import click
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from netnotes.cli import COMMANDS, program


class Generated(SphinxDirective):
    """A directive whose content is Markdown made by `lines`."""

    def lines(self) -> Iterator[str]:
        """Yield the Markdown."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Return the Markdown as nodes, headings included."""
        return self.parse_text_to_nodes("\n".join(self.lines()), allow_section_headings=True)


class Commands(Generated):
    """Every command with its help, in the order of `netnotes --help`."""

    def lines(self) -> Iterator[str]:
        """Yield a heading and the help text of each command and its subcommands."""
        top = click.Context(program, info_name="netnotes")
        yield from help_text(top)
        for name in COMMANDS:
            command = program.get_command(top, name)
            if command is not None:
                yield from command_help(command, name, top, "##")


def command_help(command: click.Command, name: str, parent: click.Context, heading: str) -> Iterator[str]:
    """Yield the help of one command, then that of its subcommands."""
    context = click.Context(command, info_name=name, parent=parent)
    yield f"\n{heading} {context.command_path.removeprefix('netnotes ')}\n"
    yield from help_text(context)
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            if found := command.get_command(context, sub):
                yield from command_help(found, sub, context, heading + "#")


def help_text(context: click.Context) -> Iterator[str]:
    """Yield the help of a command as it is printed on a terminal of 88 columns."""
    context.terminal_width = context.max_content_width = 88
    yield from ("```text", context.get_help(), "```")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True}
