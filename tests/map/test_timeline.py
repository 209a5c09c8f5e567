"""The past as the page is told it: what history tells, within rounding; short, and bounded for the largest vaults."""

import base64
import datetime as dt
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from netnotes.api import Field, Score, scorer
from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.map.page import timeline
from netnotes.map.page.timeline import columns, compute_past
from netnotes.map.rings.layout import RINGS
from netnotes.model import Encounter, Person
from netnotes.network.network import build_network
from netnotes.plugin.hooks import MARK, Plugin
from netnotes.plugin_host import loader
from netnotes.scoring.history import last_months
from netnotes.scoring.runner import score
from netnotes.scoring.views import ScoredNetwork
from tests.examples import examples
from tests.map.networks import outcome
from tests.scoring.builders import ADA, TODAY, WEIGHTS, Met, network
from tests.scoring.test_depth_laws import HISTORIES

BUNDLED = loader.bundled(Config())
WARM = ("warm", "cooling", "dormant", None)
TIE = ("deep", "shallow", "thin")


def scored(made, plugins=BUNDLED, weights=WEIGHTS):
    return ScoredNetwork(made, score(made, plugins, weights, ScoreMemory())[0], plugins, weights)


def result(known, **how):
    found, problems = compute_past(known, **how)
    return columns(found, known.network.ties, known.scores), problems


def unrolled(text, months):
    data = base64.b64decode(text)
    values = [value for value, count in zip(data[::2], data[1::2], strict=True) for _ in range(count)]
    return [values[at : at + months] for at in range(0, len(values), months)]


def read(given):
    """Return, for each person and month, depth, warmth, word and tie; None before the first contact."""
    months = len(given["months"])
    both = zip(unrolled(given["depth"], months), unrolled(given["state"], months), strict=True)
    return [
        [
            None if depth == 255 else (depth / 100, state % 21 / 20, WARM[state // 21 % 4], TIE[state // 84])
            for depth, state in zip(*rows, strict=True)
        ]
        for rows in both
    ]


@given(HISTORIES)
@settings(max_examples=examples(40))
def test_the_months_of_the_page_hold_the_scores_of_those_days(mets):
    made = network(mets)
    known = scored(made)
    given, problems = result(known)
    if given is None:
        assert (TODAY - min(tie.contacts[0].date for tie in made.ties)).days < 31
        return
    assert not problems
    days = last_months(made.today, len(given["months"]) - 1)
    assert given["months"] == [day.isoformat()[:7] for day in days]
    assert given["people"] == len(made.ties)
    for at in {0, len(days) // 2, len(days) - 2, len(days) - 1}:
        then = made.as_of(days[at])
        scores = score(then, BUNDLED, WEIGHTS, ScoreMemory())[0]
        for tie, row in zip(then.ties, read(given), strict=True):
            depth, warmth = scores.get(tie, "depth"), scores.get(tie, "warmth")
            if depth is None:
                assert row[at] is None
                continue
            assert [row[at][0] >= ring for ring in RINGS] == [depth.value >= ring for ring in RINGS]
            assert row[at][0] == pytest.approx(depth.value, abs=0.0101)
            assert row[at][1] == pytest.approx(warmth.value, abs=0.0251)
            assert row[at][2:] == (warmth.label, depth.label)


def test_it_begins_with_the_first_contact_and_goes_back_five_years_at_most():
    young, _ = result(scored(network([Met(100), Met(10)])))
    assert young["months"] == ["2026-03", "2026-04", "2026-05", "2026-06"]
    old, _ = result(scored(network([Met(5000), Met(10)])))
    assert len(old["months"]) == 61
    assert result(scored(network([])))[0] is None
    assert result(scored(network([Met(3)])))[0] is None


def test_sixty_months_of_300_people_are_short():
    dice = random.Random(1)
    people = [Person(f"People/{n}.md", str(n), f"People/{n}.md") for n in range(300)]
    met = [
        Encounter(
            TODAY - dt.timedelta(dice.randrange(1900)),
            (people[min(299, int(dice.expovariate(0.012)))],),
            "D.md",
            n,
            minutes=60.0,
        )
        for n in range(9000)
    ]
    given, _ = result(scored(build_network(people, Person("me", "me", me=True), met, TODAY)))
    assert len(given["months"]) == 61
    assert len(given["depth"]) + len(given["state"]) < 100_000


def test_of_too_many_people_the_deepest_have_a_past(monkeypatch):
    monkeypatch.setattr(timeline, "MOST_PEOPLE", 20)
    made = scored(outcome(60).network, BUNDLED, WEIGHTS)
    ties = sorted(made.network.ties, key=lambda tie: -(made.scores.number(tie, "depth") or 0.0))
    found, _ = compute_past(made)
    given = columns(found, ties, made.scores)
    assert given["people"] == 20
    assert given["left"] == 40
    assert all(row[-1] is not None for row in read(given))


def rest(network, options):
    """Depend on the whole network."""
    del options
    for tie in network.ties:
        if tie.contacts:
            yield Score(tie, 1 / len(network.ties), "counted")


def test_a_scorer_that_must_look_at_everybody_costs_months(monkeypatch):
    slow = Plugin("theirs", (getattr(scorer(Field("rest", "0 to 1"))(rest), MARK),))
    plugins, weights = (*BUNDLED, slow), {**WEIGHTS, "rest": 0.5}
    known = scored(network([Met(1000), Met(10, others=2)]), plugins, weights)
    monkeypatch.setattr(timeline, "WHOLE", 10)
    given, problems = result(known)
    assert (len(given["months"]), given["slow"], problems) == (6, "rest", ())
    monkeypatch.setattr(timeline, "WHOLE", 1)
    given, problems = result(known)
    assert given is None
    assert "no past" in problems[0].message
    monkeypatch.setattr(timeline, "WHOLE", 10_000)
    assert result(known)[0]["slow"] is None


def test_words_of_another_warmth_are_not_made_up():
    known = scored(network([Met(400), Met(10)]))
    facts = dict(known.scores.facts)
    facts["warmth"] = {tie: replace(fact, label="tepid") for tie, fact in facts["warmth"].items()}
    other = replace(known, scores=replace(known.scores, facts=facts))
    given, _ = result(other)
    assert {cell[2] for row in read(given) for cell in row if cell} == {None}
    assert {cell[2] for row in read(result(known)[0]) for cell in row if cell} <= {"warm", "cooling", "dormant"}


def test_a_declared_rhythm_words_the_past_too():
    made = network([Met(400), Met(200)], ada=replace(ADA, properties={"cadence": "weekly"}))
    given, _ = result(scored(made))
    words = [cell and cell[2] for cell in read(given)[0]]
    days = last_months(TODAY, len(words) - 1)
    labels = [score(made.as_of(day), BUNDLED, WEIGHTS, ScoreMemory())[0].get(made.tie(ADA), "warmth") for day in days]
    assert words == [label and label.label for label in labels]
    assert len(set(words)) == 3
