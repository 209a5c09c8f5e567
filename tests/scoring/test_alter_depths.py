"""Depth of ties between others: the same as that of all, of the strongest alone where there are very many."""

import datetime as dt

from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.plugin_host.loader import bundled
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork, alter_depths
from tests.map.networks import outcome


def scored(count):
    network = outcome(count).network
    plugins, weights = bundled(Config()), Config().depth.weights
    return ScoredNetwork(network, score(network, plugins, weights, ScoreMemory())[0], plugins, weights)


def test_every_depth_is_that_of_the_full_scores():
    given = scored(80)
    found = alter_depths(given)
    assert found.facts["depth"] == given.alters.facts["depth"]
    assert len(found.facts["depth"]) == len(given.network.alter_ties) > 100


def test_only_fields_that_depth_depends_on_are_scored():
    assert set(alter_depths(scored(20)).facts) == {"depth", "know", "like", "trust"}


def test_of_very_many_those_with_the_most_contacts_are_scored():
    given = scored(120)
    found = alter_depths(given, 40).facts["depth"]
    ties = given.network.alter_ties
    rank = {tie: (len(tie.contacts), tie.last or dt.date.min) for tie in ties}
    assert len(found) == 40 < len(ties)
    assert min(rank[tie] for tie in found) >= max(rank[tie] for tie in ties if tie not in found)
