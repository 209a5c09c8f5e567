"""The bundled scorers give the very numbers that were recorded, to the last bit: on awkward networks, day after day.

`pytest tests/plugins/test_recorded.py --update` records anew, which is for a change of a formula alone.
"""

import json
from pathlib import Path

import pytest

from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.plugin_host.loader import bundled
from netnotes.scoring.runner import score
from netnotes.testing import samples

PLACE = Path(__file__).parent / "recorded.json"
DAYS = (0, 45, 400)


def bits(value):
    return value.hex() if isinstance(value, float) else str(value)


def numbers(network):
    """Return field → person → value, of the network's own day and of later ones."""
    found = {}
    for ahead in DAYS:
        if network.today.toordinal() + ahead > 3_000_000:
            continue
        then = network.as_of(type(network.today).fromordinal(network.today.toordinal() + ahead))
        scores, problems = score(then, bundled(Config()), Config().depth.weights, ScoreMemory())
        assert not problems
        for name, facts in scores.facts.items():
            found[f"{name} +{ahead}"] = {tie.person.id[:40]: bits(fact.value) for tie, fact in facts.items()}
    return found


def everything():
    return {title: numbers(network) for title, network in (*samples.networks(), ("many", samples.many(60, 7)))}


@pytest.fixture(scope="module")
def now():
    return everything()


@pytest.fixture(scope="module")
def recorded(pytestconfig, now):
    if pytestconfig.getoption("--update"):
        PLACE.write_text(json.dumps(now, ensure_ascii=True, indent=0) + "\n", encoding="utf-8")
    return json.loads(PLACE.read_text(encoding="utf-8"))


def test_the_networks_are_the_recorded_ones(now, recorded):
    assert now.keys() == recorded.keys()


@pytest.mark.parametrize("title", [title for title, _ in samples.networks()] + ["many"])
def test_every_number_is_the_recorded_one(title, now, recorded):
    assert now[title] == recorded[title]


def test_there_is_something_to_compare(recorded):
    values = [value for fields in recorded.values() for people in fields.values() for value in people.values()]
    assert len(set(values)) > 300
