"""milestones: notices under `watch` when a tie becomes deep or stops being deep; `netnotes tally` prints totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from netnotes.api import DEEP, Change, Network, NoOptions, Notice, Problem, Session, pass_session, watcher

NETNOTES_API = 1


@watcher(reads=("depth",))
def milestones(change: Change, options: NoOptions) -> Iterator[Notice | Problem]:
    """Notify when a tie becomes deep or stops being deep."""
    del options
    before = _deep(change.before)
    after = _deep(change.after)
    known = {tie.person.id for tie in change.before.ties}
    for tie in change.after.ties:
        person = tie.person
        if person.id in known and (person.id in after) != (person.id in before):
            now = "is a deep tie now" if person.id in after else "is no longer a deep tie"
            yield Notice(f"{person.name} {now}", on=tie)


def _deep(network: Network) -> set[str]:
    return {tie.person.id for tie in network.ties if (network.number(tie, "depth") or 0.0) >= DEEP}


@click.command("tally")
@click.argument("vault", required=False)
@pass_session
def tally(session: Session, vault: str | None) -> None:
    """Count people, contact days and deep ties, and how you were in touch."""
    del vault
    network = session.network()
    days = sum(tie.days for tie in network.ties)
    click.echo(f"{len(network.people)} people, {days} contact days, {len(_deep(network))} deep ties")
    for channel, count in Counter(met.channel or "mentioned" for met in network.encounters).most_common():
        click.echo(f"{channel}: {count}")


commands = [tally]
