"""The map and the reports agree: on the home scene of each person, and on who belongs together."""

import datetime as dt

from netnotes.insights.tie_status import home_scene
from netnotes.map.arrangement import arrange
from netnotes.model import Encounter, Person
from netnotes.network.communities import communities_of
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.scoring.scores import Scores
from tests.map.networks import outcome

TODAY = dt.date(2026, 6, 30)


def test_the_home_scene_is_that_of_most_contact_days():
    """Three contacts on one day in Porto, two on two days in Lisbon."""
    ada = Person("Ada.md", "Ada")
    porto = [Encounter(TODAY, (ada,), "Daily.md", line, scene="porto") for line in (1, 2, 3)]
    lisbon = [Encounter(TODAY - dt.timedelta(days), (ada,), "Daily.md", 9, scene="lisbon") for days in (1, 2)]
    network = build_network([ada], Person("Me.md", "Me", me=True), [*porto, *lisbon], TODAY)
    assert home_scene(network.ties[0]) == "lisbon"
    assert arrange(Outcome(network, Scores()), None).scenes == ("lisbon",)


def test_the_communities_of_the_map_are_those_of_the_reports():
    result = outcome(60)
    arranged = arrange(result, None)
    drawn: dict[int, set[str]] = {}
    for tie, community in zip(arranged.ties, arranged.communities, strict=True):
        drawn.setdefault(community, set()).add(tie.person.id)
    drawn.pop(-1, None)
    groups = communities_of(result.network.alter_ties)
    assert len(groups) > 1
    assert sorted(map(sorted, drawn.values())) == sorted(sorted(person.id for person in group) for group in groups)
