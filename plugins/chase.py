"""chase: open promises, whose turn it is, and the next day to do it or to ask again.

A promise is an unchecked task that links a person; ticking it closes it. When to act is a rule: mine on the day it is
due, theirs the day after, then a week after each reminder, from the third on twice as long as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from netnotes.api import Network, Problem, Remark, Row, option, report
from netnotes.insights import OpenPromise, day_words, open_promises, pluralize, times_words

NETNOTES_API = 1
MINE, THEIRS = "Your turn", "Their turn"
ENOUGH = 3
"""After this many unanswered reminders, another message is useless."""
SORTS: dict[str, Callable[[OpenPromise], tuple[object, ...]]] = {
    "next": lambda one: (one.next,),
    "due": lambda one: (one.due is None, one.due),
    "name": lambda one: (one.person.name.casefold(),),
}


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.chase]`."""

    most: int = option(40, "The most promises to show.", low=1, high=1_000_000)
    sort: str = option("next", "Order of the list: next, due or name.")


@report("Promises to keep and to chase", options=Options)
def chase(network: Network, options: Options) -> Iterator[Row | Remark | Problem]:
    r"""List open promises: what you owe, what others owe you, and when to do or ask next.

    Every unchecked task that links a person is a promise: theirs if it says `waiting`, `[from:: Ada]`, `owes me` or
    `Ada to send …`, yours otherwise. Due dates are read as the Tasks plugin and Dataview write them. Each time you ask,
    add `[chased:: 2026-01-31]` to the task. To close a promise, tick its box in the note.

    \b
    Example:
      netnotes chase ~/Notes
      netnotes chase ~/Notes --scene lisbon --sort due
    """
    if options.sort not in SORTS:
        yield Problem(f"cannot sort by `{options.sort}`", hint=f"sort by {', '.join(SORTS)}")
        return
    open_ones = sorted(open_promises(network), key=lambda one: (not one.mine, *SORTS[options.sort](one)))
    shown = open_ones[: options.most]
    for section, mine in ((MINE, True), (THEIRS, False)):
        found = [one for one in shown if one.mine is mine]
        for one in found:
            yield _row(one, network, section)
        if found and all(one.next > network.today for one in found):
            yield Remark("Nothing to do about these today.", section=section)
    if len(open_ones) > len(shown):
        more = pluralize(len(open_ones) - len(shown), "promise")
        yield Remark(
            f"{more} not shown: `netnotes chase --most {len(open_ones)}`", section=MINE if shown[-1].mine else THEIRS
        )
    if not open_ones:
        yield Remark("No open promises. A task such as `- [ ] send [[Ada]] the book 📅 2026-01-31` would be one.")


def _row(one: OpenPromise, network: Network, section: str) -> Row:
    return Row(
        {
            "who": one.person,
            "what": one.promise.words,
            "due": one.due,
            "next": one.next,
        },
        because=_because(one, network),
        on=one.person,
        evidence=(one.promise,),
        section=section,
        more={
            "turn": "me" if one.mine else "them",
            "since": one.since,
            "chased": one.chased,
            "overdue_days": one.overdue,
            "last_chased": one.promise.chased[-1] if one.promise.chased else None,
        },
    )


def _because(one: OpenPromise, network: Network) -> str:
    due = one.due
    if due is None:
        text = "no day was set"
    elif one.overdue:
        text = f"{pluralize(one.overdue, 'day')} late"
    else:
        text = f"due {day_words(due, network.today)}"
    if one.chased:
        last = f", last {day_words(one.promise.chased[-1], network.today)}" if one.promise.chased else ""
        text += f"; asked {times_words(one.chased)}{last}"
    if not one.mine and one.chased >= ENOUGH:
        return f"{text}: call instead of writing, or let it go"
    return text
