"""Shell completion for people, scenes, places, companies and tags. Prints nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # slow to import, and needed only by a shell
    from click.shell_completion import CompletionItem

    from netnotes.network.network import Network

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def people(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer people by name and alias, or the rest of a name of several words; else folders."""
    return _names(ctx, param, incomplete, lambda network: [n for p in network.people for n in (p.name, *p.aliases)])


def people_and_scenes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer people, scenes and companies; else folders."""
    from netnotes.insights.lookup import companies

    return _names(
        ctx,
        param,
        incomplete,
        lambda network: [
            *(scene.name for scene in network.scenes),
            *(person.name for person in network.people),
            *(name for person in network.people for name in companies(person)),
        ],
    )


def filter_values(kind: str) -> Complete:
    """Return the completion of the filter `kind`: scene, place, company or tag."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from netnotes.insights.lookup import companies
        from netnotes.insights.selection import tags_of, where

        of = {"place": where, "company": companies, "tag": tags_of}

        def names(network: Network) -> Iterable[str]:
            if kind == "scene":
                return (scene.name for scene in network.scenes)
            return (name for person in network.people for name in of[kind](person))

        return _names(ctx, param, incomplete, names, folders=False)

    return complete


def _names(
    ctx: click.Context,
    param: click.Parameter,
    incomplete: str,
    names: Callable[[Network], Iterable[str]],
    *,
    folders: bool = True,
) -> list[CompletionItem]:
    """Return the names that start with what was typed, without the words already typed."""
    from click.shell_completion import CompletionItem

    from netnotes.cli.options import workspace
    from netnotes.errors import NetNotesError
    from netnotes.extract.people.names import folded

    before = ctx.params.get(param.name or "") or ()
    words = " ".join(before) if isinstance(before, tuple) and folders else ""
    typed = folded(f"{words} {incomplete}".strip() if words else incomplete)
    try:
        _, outcome = workspace(None).run(dt.datetime.now().astimezone().date())
    except (NetNotesError, click.ClickException):
        return [CompletionItem(incomplete, type="dir")] if folders else []
    skipped = len(words.split())
    found = sorted({name for name in names(outcome.network) if folded(name).startswith(typed)})
    items = [CompletionItem(rest) for name in found if (rest := " ".join(name.split()[skipped:]))]
    return items or ([CompletionItem(incomplete, type="dir")] if folders else [])
