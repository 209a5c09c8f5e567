"""chase: open promises, whose turn each is, and the next day to do it or to ask for it again.

A promise is an unchecked task that links a person; ticking it is all it takes. When to chase is a rule: mine on the day
it is due, theirs the day after, then a week after each chase, from the third on twice as long as before.
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import (
    Network,
    OpenPromise,
    Problem,
    Remark,
    Row,
    day_words,
    open_promises,
    pluralize,
    report,
    times_words,
)

NETNOTES_API = 1
MINE, THEIRS = "Your turn", "Their turn"
ENOUGH = 3
"""After so many chases without an answer another letter is no use."""


@report("Promises to keep and to chase")
def chase(network: Network, options: object) -> Iterator[Row | Remark | Problem]:
    r"""Show what you owe and what is owed to you: since when, how often chased, and the next day to chase.

    Every unchecked task that links a person is a promise. It is theirs when it says `waiting`, `[from:: Ada]`, `owes
    me` or `Ada to send …`, else yours. Due days are read as the Tasks plugin and Dataview write them; write
    `[chased:: 2026-01-31]` behind a task each time you ask. Tick the box in the note, and it is gone from here.

    \b
    Example:
      netnotes chase ~/Notes
      netnotes chase --json --as-of 2026-06-30
    """
    del options
    open_ones = open_promises(network)
    for section, mine in ((MINE, True), (THEIRS, False)):
        found = [one for one in open_ones if one.mine is mine]
        for one in found:
            yield _row(one, network, section)
        waiting = sum(one.next > network.today for one in found)
        if found and waiting == len(found):
            yield Remark("Nothing to do about these today.", section)
    if not open_ones:
        yield Remark("Nothing is owed, either way. `- [ ] send [[Ada]] the book 📅 2026-01-31` in any note would be.")


def _row(one: OpenPromise, network: Network, section: str) -> Row:
    return Row(
        {
            "who": one.person,
            "what": one.promise.words,
            "since": one.since,
            "due": one.due,
            "chased": one.chased,
            "next": one.next,
        },
        because=_because(one, network),
        on=one.person,
        evidence=(one.promise,),
        section=section,
        more={
            "turn": "me" if one.mine else "them",
            "overdue_days": one.overdue,
            "last_chased": one.promise.chased[-1] if one.promise.chased else None,
        },
    )


def _because(one: OpenPromise, network: Network) -> str:
    due = one.due
    if due is None:
        said = "no day was set"
    elif one.overdue:
        said = f"{pluralize(one.overdue, 'day')} late"
    else:
        said = f"due {day_words(due, network.today)}"
    if one.chased:
        last = f", last {day_words(one.promise.chased[-1], network.today)}" if one.promise.chased else ""
        said += f"; asked {times_words(one.chased)}{last}"
    if not one.mine and one.chased >= ENOUGH:
        return f"{said}: ring instead of writing, or let it go"
    return said
