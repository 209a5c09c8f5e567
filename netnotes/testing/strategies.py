"""Networks for Hypothesis, an extra: `pip install netnotes[test]` or `pip install hypothesis`.

.. versionadded:: 0.1
"""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from netnotes.model import Encounter, Person
from netnotes.network.network import build_network
from netnotes.plugin.network_view import NetworkView
from netnotes.scoring.access import unscored
from netnotes.testing.samples import ME, TODAY, person

CHANNELS = ("in person", "call", "message", "mail", "card", None)


@st.composite
def networks(draw: st.DrawFn, *, people: int = 6, encounters: int = 30, today: dt.date = TODAY) -> NetworkView:
    """Draw an unscored network of at most `people` people and `encounters` encounters, some planned after `today`.

    .. versionadded:: 0.1
    """
    names = draw(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), max_size=people))
    who = [
        person(name, f"People/{number}.md", scene=draw(st.sampled_from((None, "Lisbon", "Porto"))))
        for number, name in enumerate(names)
    ]
    met = draw(st.lists(_encounters(who, today), max_size=encounters)) if who else []
    return unscored(build_network(who, ME, met, today))


def _encounters(people: list[Person], today: dt.date) -> st.SearchStrategy[Encounter]:
    present = st.lists(st.sampled_from(people), min_size=1, max_size=len(people), unique=True)
    minutes = st.none() | st.floats(0.5, 600)
    return st.builds(
        Encounter,
        date=st.integers(-30, 4000).map(lambda days: today - dt.timedelta(days)),
        people=present.map(tuple),
        path=st.just("Daily.md"),
        line=st.integers(1, 500),
        minutes=minutes,
        minutes_by_person=st.dictionaries(
            st.sampled_from(people).map(lambda one: one.id), st.floats(0.5, 600), max_size=2
        ),
        channel=st.sampled_from(CHANNELS),
        initiated_by=st.sampled_from(("me", "them", "both", None)),
        scene=st.sampled_from((None, "Lisbon", "Porto")),
        clock=st.none() | st.integers(0, 1439),
    )
