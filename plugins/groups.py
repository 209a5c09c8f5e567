"""groups: small close groups, whether they still meet, and whom to call. Rules, not measurements.

A group is declared by a note (`type: group`, `members`), or found: the same few people on three days, or meetings with
the same name. Someone who missed the last three meetings is missing lately.
"""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Encounter, Group, Network, Person, Problem, Remark, Row, left_alone, report
from netnotes.insights import (
    MeetingGroup,
    day_words,
    duration_words,
    every_words,
    join_names,
    meeting_groups,
)

NETNOTES_API = 1
LATE = 2
MOST_NAMED = 3
"""People named of those who miss a group, as `join_names` does."""
"""A group has stopped meeting after this multiple of its usual time between meetings."""


@report("Groups", reads=("depth",))
def groups(network: Network, options: object) -> Iterator[Row | Remark | Problem]:
    r"""Show the small groups in your notes: who, how close, when last together, who is missing, whom to call.

    Declare one with a note: `type: group`, `members: ["[[Ada]]", "[[Bo]]"]` and, if you like, `cadence: monthly`.
    `tight` is the mean depth of the ties between its members, you included.

    \b
    Example:
      netnotes groups ~/Notes
      netnotes groups ~/Notes --details
    """
    del options
    found = meeting_groups(network)
    for group in found:
        trouble = _trouble(group, network)
        call = _caller(group, network) if trouble else None
        evidence: list[Group | Encounter] = [group.declared] if group.declared else []
        yield Row(
            {
                "name": group.name,
                "people": group.people,
                "tight": group.tight,
                "last": group.last,
                "missing_lately": [person for person, _ in group.missing],
                "suggested_call": call,
            },
            because=_because(group, network, trouble, call),
            named=_named(group, trouble, call),
            evidence=[*evidence, *reversed(group.meetings)],
            more={
                "times": len({e.date for e in group.meetings}),
                "all_together": group.whole,
                "last_with_everyone": group.whole,
                "falls_away": [person for person, _ in group.missing],
                "call": call,
                "usual_days": group.usual,
                "next": group.next,
                "declared": group.declared is not None,
            },
        )
    if not found:
        yield Remark(
            "No small group yet: no one met in the same company on three days. "
            "A note with `type: group` and `members` declares one."
        )


def _caller(group: MeetingGroup, network: Network) -> Person | None:
    """Return whom to call to bring the group together: the closest to me of those who still come."""
    gone = {person for person, _ in group.missing}
    return max((p for p in group.people if p not in gone), key=lambda p: _depth(network, p), default=None)


def _depth(network: Network, person: Person) -> float:
    """Return the depth of my tie with a person; 0 with somebody who is to be left alone."""
    tie = network.tie(person)
    return 0.0 if tie is None or left_alone(person) else network.number(tie, "depth") or 0.0


def _trouble(group: MeetingGroup, network: Network) -> str:
    """Say what is wrong with a group; empty if nothing is."""
    if group.last is None:
        return "never together in your notes"
    silence = (network.today - group.last).days
    parts = []
    if group.usual and silence > LATE * group.usual:
        parts.append(f"not together for {duration_words(silence)}, usually {every_words(group.usual)}")
    if group.missing:
        parts.append(join_names([f"{person.name} missed the last {count}" for person, count in group.missing]))
    return "; ".join(parts)


def _named(group: MeetingGroup, trouble: str, call: Person | None) -> list[Person]:
    """Return whom the reason names, in order."""
    missing = [person for person, _ in group.missing][:MOST_NAMED]
    told = missing if group.last else []
    return [*told, *([call] if call else []), *missing] if trouble else []


def _because(group: MeetingGroup, network: Network, trouble: str, call: Person | None) -> str:
    if trouble:
        away = join_names([person for person, _ in group.missing])
        return f"{trouble}." + (f" Call {call.name}" if call else "") + (f" and ask {away} along" if away else "")
    if group.usual is None or group.next is None:
        return "on track"
    word = "next" if group.next >= network.today else "due since"
    return f"on track: {every_words(group.usual)}, {word} {day_words(group.next, network.today)}"
