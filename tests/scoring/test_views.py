"""What a report gets of ties between others: the same, whether it asks for a few of them or for all."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from netnotes.api import Field, Score, scorer
from netnotes.app.workspace import open_workspace
from netnotes.model import Person
from netnotes.plugin.hooks import MARK, Plugin
from netnotes.scoring import runner, views

EXAMPLE = Path(__file__).parents[2] / "examples/vault"
DAY = dt.date(2026, 6, 30)


@scorer(Field("rank", "place by depth", high=9999), reads=("depth",), between=True)
def rank(network, options):
    """Look at all ties at once."""
    order = sorted(network.ties, key=lambda tie: (-network.score(tie, "depth").value, tie.person.id, tie.people[0].id))
    for place, tie in enumerate(order):
        yield Score(tie, place, f"of {len(order)}")


@pytest.fixture(scope="module")
def ran():
    space = open_workspace(EXAMPLE, {})
    return space, *space.run(DAY)


def scored(ran):
    space, vault, outcome = ran
    fresh = space.scored(outcome, vault)
    return replace(fresh, plugins=(*fresh.plugins, Plugin("rank", (getattr(rank, MARK),))))


@pytest.mark.parametrize("few", [views.FEW, 3])
@pytest.mark.parametrize("name", ["depth", "know", "warmth", "follow_up", "rank", "nothing"])
def test_a_tie_alone_is_scored_as_among_all(ran, name, few, monkeypatch):
    monkeypatch.setattr(views, "FEW", few)
    whole = scored(ran).alters
    asked = scored(ran).view("test")
    for tie in asked.alter_ties[::25]:
        assert asked.score(tie, name) == whole.get(tie, name)


def test_of_another_day_too(ran):
    day = dt.date(2025, 6, 30)
    then = scored(ran)
    earlier = then.network.as_of(day)
    whole = scored(ran).of_others(earlier)
    now = then.view("test")
    for tie in now.alter_ties[:9]:
        now.score(tie, "depth")
    asked = now.as_of(day)
    assert [asked.score(tie, "depth") for tie in asked.alter_ties[:9]] == [
        whole.get(tie, "depth") for tie in earlier.alter_ties[:9]
    ]


def test_a_tie_that_is_not_in_the_network_has_no_score(ran):
    asked = scored(ran).view("test")
    nobody = replace(asked.alter_ties[0], people=(Person("a", "A"), Person("b", "B")))
    assert asked.score(nobody, "depth") is None


def test_a_reader_of_one_note_does_not_wait_for_all(ran, monkeypatch):
    seen = []
    score = runner.score

    def counted(*terms, between, **more):
        seen.append(len(between))
        return score(*terms, between=between, **more)

    monkeypatch.setattr(views, "score", counted)
    asked = scored(ran).view("test")
    for _ in range(2):
        assert asked.score(asked.alter_ties[0], "depth")
    assert seen == [1]
