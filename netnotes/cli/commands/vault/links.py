"""`netnotes links`: which note links to which, and which links are broken."""

from __future__ import annotations

import click

from netnotes.cli import output
from netnotes.cli.options import json_option, vault_argument, workspace
from netnotes.phrasing import pluralize
from netnotes.printable import one_line
from netnotes.storage.scan import read_settings
from netnotes.text.links import Counts, Index, LinkGraph, link_graph


@click.command("links")
@vault_argument
@json_option
def command(vault: str | None, as_json: bool) -> None:
    """List the links between notes as the app counts them: links, embeds and links in properties.

    A note that links to itself is not counted. With --json: `{"resolved": {source: {target:
    count}}, "unresolved": {source: {text: count}}}`.

    \b
    Example:
      netnotes links ~/Notes
    """
    space = workspace(vault)
    knows_aliases = space.config.links_know_aliases(read_settings(space.root).app)
    read = space.read() if knows_aliases else space.read_links()
    if knows_aliases:
        from netnotes.extract.people.people import link_index  # only then are people needed

        index = link_index(read, space.config)
    else:
        index = Index([*(note.path for note in read.notes), *read.files])
    graph = link_graph(read.notes, index)
    if as_json:
        output.print_json(graph.json())
    else:
        _print(graph, len(read.notes))


def _print(graph: LinkGraph, notes: int) -> None:
    lines = [*_lines(graph.resolved, "->"), *_lines(graph.unresolved, "-?")]
    if lines:
        output.echo("\n".join(map(one_line, sorted(lines))))
    working, broken = (
        sum(sum(found.values()) for found in counts.values()) for counts in (graph.resolved, graph.unresolved)
    )
    links = f"{pluralize(working, 'link')}, and {pluralize(broken, 'broken link')}{' (marked -?)' * bool(broken)}"
    output.echo(f"{pluralize(notes, 'note')}, {links}", err=True)


def _lines(counts: Counts, arrow: str) -> list[str]:
    """Return lines `source -> target`, with the count if it is more than one."""
    return [
        f"{source} {arrow} {target}{f' ×{count}' if count > 1 else ''}"
        for source, found in counts.items()
        for target, count in found.items()
    ]
