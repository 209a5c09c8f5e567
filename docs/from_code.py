"""Two directives for the reference pages: `commands`, every command's help, and `settings`, the keys of netnotes.toml.

Both are made from the code when the site is built, so that they cannot fall behind it.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
import typing
from collections.abc import Iterator, Mapping

import click
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from netnotes import config, options
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


class Settings(Generated):
    """Every key of `netnotes.toml`, with its type, default and meaning."""

    def lines(self) -> Iterator[str]:
        """Yield one table for the top level and one for each table of the file."""
        yield from table("At the top of the file", config.Config, skip=("plugins", *config.SWITCHES))
        for name, field in typing.get_type_hints(config.Config).items():
            if dataclasses.is_dataclass(field):
                yield from table(f"[{name}]", typing.cast("type", field))
            elif (inner := value_type(field)) is not None:
                yield from table(f"[{name}.NAME]", inner)
        yield from table("[plugins]", config.Config, only=config.SWITCHES)


def value_type(hint: object) -> type | None:
    """Return the record that a table of tables holds, None where it holds something else."""
    arguments = typing.get_args(hint)
    is_table = isinstance(typing.get_origin(hint), type) and issubclass(typing.get_origin(hint) or int, Mapping)
    return arguments[1] if is_table and dataclasses.is_dataclass(arguments[1]) else None


def table(title: str, record: type, skip: tuple[str, ...] = (), only: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield a heading and a Markdown table of one record's fields."""
    about, hints = field_docs(record), typing.get_type_hints(record)
    yield f"\n## {title}\n\n| key | value | default | |\n| --- | --- | --- | --- |"
    for field in dataclasses.fields(record):
        inner = hints[field.name]
        if field.name in skip or (only and field.name not in only) or dataclasses.is_dataclass(inner):
            continue
        if value_type(inner) is None:
            words = options.describe(inner)
            yield f"| `{field.name}` | {words} | {default(field)} | {about.get(field.name, '')} |"


def default(field: dataclasses.Field[object]) -> str:
    """Return a field's default as TOML would have it, nothing where there is none."""
    value = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"`{key} = {each}`" for key, each in value.items())
    return f"`{value}`"


def field_docs(record: type) -> dict[str, str]:
    """Return field → the docstring below it in the source, on one line."""
    body = typing.cast("ast.ClassDef", ast.parse(inspect.getsource(record)).body[0]).body
    found = {}
    for field, doc in itertools.pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant):
            found[ast.unparse(field.target)] = " ".join(str(doc.value.value).split())
    return found


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives."""
    app.add_directive("commands", Commands)
    app.add_directive("settings", Settings)
    return {"parallel_read_safe": True}
