"""Measures of graphs, which are off unless enabled: what they say of a few people whom one can count."""

import datetime as dt
import json
import math
import subprocess
import sys

import networkx as nx
import pytest

from netnotes.api import kin, known_before, known_since
from netnotes.config import Config, parse
from netnotes.incremental import ScoreMemory
from netnotes.insights import declared_summary, graph
from netnotes.model import Encounter, Person
from netnotes.network.network import build_network
from netnotes.plugin_host.consent import Trust
from netnotes.plugin_host.discovery import OPTIONAL
from netnotes.plugin_host.loader import bundled, load
from netnotes.scoring.history import compute_history
from netnotes.scoring.runner import score
from tests.scoring.builders import ME, TODAY, WEIGHTS

EVERYBODY = {name: Person(f"People/{name}.md", name) for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus")}
GROUPS = ("Ada Bo Cy", "Ada Bo Cy", "Ada Di", "Di Ed Flo", "Gus")
"""Ada and Di join two threes; Gus was seen with nobody."""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Return person → field → score of the little world, with every measure enabled."""
    root = tmp_path_factory.mktemp("vault")
    config = parse(f"[plugins]\nenable = {json.dumps(list(OPTIONAL))}\n")
    loaded = load(config, root, Trust(root / "data"))
    assert not loaded.problems
    made = world()
    scores, problems = score(made, loaded.plugins, WEIGHTS, ScoreMemory())
    assert not problems
    return {tie.person.name: scores.of(tie) for tie in made.ties}


def world():
    met = [
        Encounter(
            TODAY - dt.timedelta(day),
            tuple(EVERYBODY[name] for name in group.split()),
            "Daily.md",
            day + 1,
            60.0,
        )
        for day, group in enumerate(GROUPS)
    ]
    return build_network(EVERYBODY.values(), ME, met, TODAY)


def values(measured, field):
    return {name: fields[field].value for name, fields in measured.items() if field in fields}


def test_embeddedness_counts_who_was_seen_with_them(measured):
    assert values(measured, "embeddedness") == {
        "Ada": 3,
        "Bo": 2,
        "Cy": 2,
        "Di": 3,
        "Ed": 2,
        "Flo": 2,
        "Gus": 0,
    }
    assert measured["Ada"]["embeddedness"].because == "seen with 3 of your 7 people: Bo, Cy, Di"


def test_effective_size_is_that_of_networkx(measured):
    found, people = graph(world())
    for *_, edge in found.edges(data=True):
        del edge["weight"]
    theirs = nx.effective_size(found, nodes=list(found))
    mine = values(measured, "effective_size")
    for number, person in enumerate(people):
        assert mine[person.name] == pytest.approx(theirs[number] if found[number] else 0)


def test_constraint_adds_up_to_that_of_networkx(measured):
    found, _ = graph(world(), ego=True)
    whole = nx.constraint(found, nodes=[-1], weight="weight")[-1]
    assert sum(values(measured, "constraint").values()) == pytest.approx(whole)


def test_bridges_are_people_without_whom_groups_are_separate(measured):
    assert values(measured, "bridges") == {"Ada": 2, "Bo": 0, "Cy": 0, "Di": 2, "Ed": 0, "Flo": 0, "Gus": 0}


def test_communities_are_those_who_were_seen_together(measured):
    assert values(measured, "community") == dict.fromkeys(("Ada", "Bo", "Cy"), "Ada") | dict.fromkeys(
        ("Di", "Ed", "Flo"), "Di"
    )


def test_they_move_no_depth(measured):
    made = world()
    plain, _ = score(made, bundled(Config()), WEIGHTS, ScoreMemory())
    assert {tie.person.name: plain.get(tie, "depth").value for tie in made.ties} == values(measured, "depth")


def test_a_field_beyond_0_to_1_is_not_weighed(tmp_path):
    config = parse('[plugins]\nenable = ["embeddedness"]\n[depth]\nweights = {know = 0.6, embeddedness = 9}\n')
    plugins = load(config, tmp_path, Trust(tmp_path / "data")).plugins
    made = world()
    scores, problems = score(made, plugins, config.depth.weights, ScoreMemory())
    assert [problem.message for problem in problems] == [
        "[depth] weights: `embeddedness` does not run from 0 to 1 and is not weighed"
    ]
    then, _ = compute_history(made, plugins, config.depth.weights, [TODAY], fields=("depth",))
    for tie in made.ties:
        know = scores.number(tie, "know")
        assert scores.number(tie, "depth") == pytest.approx(0.02 + 0.98 * know)
        assert then.of(tie) == (scores.number(tie, "depth"),)


def test_nobody_waits_for_networkx_who_did_not_ask():
    code = (
        "import sys, netnotes.api; from netnotes.plugin_host.loader import bundled; "
        "from netnotes.config import Config; "
        "bundled(Config()); print('networkx' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("properties", "word"),
    [
        ({"relation": "mother"}, "mother"),
        ({"relation": "Mother-in-law"}, "Mother-in-law"),
        ({"kin": True}, "kin"),
        ({"kin": "cousin"}, "cousin"),
        ({"kin": True, "relation": "godmother"}, "godmother"),
        ({"relation": "colleague"}, None),
        ({"relation": "sister", "kin": False}, None),
        ({"relation": ["colleague", "mother"]}, "mother"),
        ({"relation": "my brother"}, "brother"),
        ({"relationship": "[[Family]]"}, "Family"),
        ({"beziehung": "Schwägerin"}, "Schwägerin"),
        ({"parentesco": "hermana"}, "hermana"),
        ({"Relation": "妈妈"}, "妈妈"),
        ({"relation": "older brother"}, "older brother"),
        ({"relation": "family friend"}, None),
        ({"relation": "ex wife"}, None),
        ({"relation": "Bo's mother"}, None),
        ({"relation": "business partner"}, None),
        ({"relation": "[[Bo]]'s mother"}, None),
        ({}, None),
        ({"kin": 3}, None),
        ({"relation": "stepbrother"}, "stepbrother"),
        ({"kin": "  "}, None),
    ],
)
def test_family_is_distinguished_from_others(properties, word):
    assert kin(Person("P.md", "P", properties=properties)) == word


@pytest.mark.parametrize(
    ("properties", "output"),
    [
        ({}, ""),
        ({"favours": 3}, ", 3 favours"),
        ({"favours": 1}, ", 1 favour"),
        ({"favours": math.inf}, ""),
        ({"favours": -2}, ""),
        ({"favours": ["a", "b"]}, ", 2 favours"),
        ({"favours": "lent the van"}, ", favours noted"),
        ({"introduced_by": "[[People/Bo|Bo]]"}, ", introduced by Bo"),
        ({"introduced_by": ["[[Bo]]", "Cy"], "relation": "aunt"}, ", introduced by Bo, Cy, kin: aunt"),
        ({"kin": True}, ", kin"),
        ({"favours": None, "introduced_by": ""}, ""),
    ],
)
def test_an_action_without_effect_is_reported(properties, output):
    assert declared_summary(Person("P.md", "P", properties=properties)) == output


def test_since_when_somebody_is_known_is_the_earliest_of_what_the_note_says():
    ada = Person("P.md", "P", properties={"met": "2014-05", "friends since": 2016, "mood": "2001"})
    assert known_since(ada) == (dt.date(2014, 5, 1), dt.date(2014, 5, 31))
    assert known_since(Person("P.md", "P")) is None


def test_the_days_before_the_first_contact_count_from_the_last_possible_day():
    def before(day, since):
        ada = Person("P.md", "P", properties={"known_since": since})
        network = build_network([ada], Person("me", "me"), [Encounter(day, (ada,), "d.md", 1)], day)
        return known_before(network.ties[0])

    assert before(dt.date(2010, 1, 10), 2009) == 10
    assert before(dt.date(2009, 6, 1), 2009) == 0
    assert before(dt.date(2009, 6, 1), "never") == 0
