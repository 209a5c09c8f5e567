"""cooling: notices under `netnotes watch` when a tie becomes deep or stops being deep, and a command."""

from __future__ import annotations

from collections.abc import Iterator

import click

from netnotes.api import DEEP, Change, Network, NoOptions, Notice, Session, pass_session, watcher

NETNOTES_API = 1


@watcher(reads=("depth",))
def cooling(change: Change, options: NoOptions) -> Iterator[Notice]:
    """Compare each tie before and after a change."""
    before = {tie.person: change.before.number(tie, "depth") or 0.0 for tie in change.before.ties}
    for tie in change.after.ties:
        now, then = change.after.number(tie, "depth") or 0.0, before.get(tie.person, 0.0)
        if then >= DEEP > now:
            yield Notice(f"{tie.person.name} is no longer a deep tie", on=tie)
        elif then < DEEP <= now:
            yield Notice(f"{tie.person.name} is a deep tie now", on=tie)


@click.command("deep-count")
@click.argument("vault", required=False)
@pass_session
def deep_count(session: Session, vault: str | None) -> None:
    """Print how many ties are deep."""
    network: Network = session.network()
    click.echo(sum((network.number(tie, "depth") or 0.0) >= DEEP for tie in network.ties))


commands = [deep_count]
