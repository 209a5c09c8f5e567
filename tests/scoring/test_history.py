"""What was true on a day stays true: history equals having scored on that day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.api import Field, Score, scorer
from netnotes.config import Config
from netnotes.incremental import ScoreMemory
from netnotes.model import Tie
from netnotes.plugin.hooks import MARK, Plugin
from netnotes.plugin_host import loader
from netnotes.scoring.history import compute_history, last_months, month_ends
from netnotes.scoring.runner import score
from tests.scoring.builders import ADA, TODAY, WEIGHTS, Met, network
from tests.scoring.test_depth_laws import HISTORIES

BUNDLED = loader.bundled(Config())
DAYS = last_months(TODAY, 140)


def from_nothing(made, day, plugins=BUNDLED, weights=WEIGHTS):
    """Score one day on a network that nobody has looked at before."""
    past = made.as_of(day)
    bare = replace(past, ties=tuple(Tie(tie.people, tie.ego, tie.contacts) for tie in past.ties))
    return score(bare, plugins, weights, ScoreMemory())[0]


@given(HISTORIES, st.lists(st.sampled_from(DAYS), min_size=1, max_size=6, unique=True))
def test_every_day_is_as_if_scored_then(mets, days):
    made = network(mets)
    days = sorted(days)
    fields = ("depth", "warmth", "know", "like", "trust")
    result, problems = compute_history(made, BUNDLED, WEIGHTS, days, fields=fields)
    assert not problems
    for at, day in enumerate(days):
        scores = from_nothing(made, day)
        for tie in made.ties:
            for name in fields:
                assert result.of(tie, name)[at] == scores.number(tie, name)


@given(HISTORIES)
def test_looking_at_one_day_changes_no_other(mets):
    made = network(mets)
    now = from_nothing(made, TODAY)
    for days in (400, 30, 2000):
        score(made.as_of(TODAY - dt.timedelta(days)), BUNDLED, WEIGHTS, ScoreMemory())
    again, _ = score(made, BUNDLED, WEIGHTS, ScoreMemory())
    assert [again.of(tie) for tie in made.ties] == [now.of(tie) for tie in made.ties]


def plugin(*functions):
    return Plugin("theirs", tuple(getattr(function, MARK) for function in functions))


@scorer(Field("company", "how many others there are", high=1e9))
def company(network, options) -> Iterator[Score]:
    """Depend on the whole network, which `values_over_time` cannot."""
    del options
    for tie in network.ties:
        yield Score(tie, sum(bool(other.contacts) for other in network.ties) / 10, "counted")


def test_a_scorer_that_needs_the_whole_network_gets_it_every_day():
    made = network([Met(10), Met(100, others=4), Met(400)])
    plugins, weights = (*BUNDLED, plugin(company)), {**WEIGHTS, "company": 1.0}
    result, problems = compute_history(made, plugins, weights, DAYS, fields=("depth", "company"))
    assert not problems
    for at, day in list(enumerate(DAYS))[-15:]:
        scores = from_nothing(made, day, plugins, weights)
        for tie in made.ties:
            if tie.contacts[0].date <= day:
                assert result.of(tie, "company")[at] == scores.number(tie, "company")
                assert result.of(tie)[at] == scores.number(tie, "depth")


def mood(values, *facts):
    """Return a scorer with these values over time, which itself yields `facts` for each tie."""

    def values_over_time(tie, days, options):
        return values(tie, days)

    @scorer(Field("mood", "0 to 1"), values_over_time=values_over_time)
    def mood(network, options):
        for tie in network.ties:
            for value in facts:
                yield Score(tie, value, "")

    return mood


WRONG = {
    "out of range": lambda tie, days: [2.0] * len(days),
    "below": lambda tie, days: [-0.1] * len(days),
    "not a number": lambda tie, days: [float("nan")] * len(days),
    "a word": lambda tie, days: ["a word"] * len(days),
    "nothing": lambda tie, days: [None] * len(days),
    "one day too few": lambda tie, days: [0.5] * (len(days) - 1),
    "one day too many": lambda tie, days: [0.5] * (len(days) + 1),
    "no days": lambda tie, days: [],
    "not what is scored": lambda tie, days: [0.25] * len(days),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_scorer_that_fails_takes_only_its_own_field_along(wrong):
    made = network([Met(10), Met(40)])
    plugins, weights = (*BUNDLED, plugin(mood(WRONG[wrong], 0.5))), {**WEIGHTS, "mood": 1.0}
    scores, _ = score(made, plugins, weights, ScoreMemory())
    result, problems = compute_history(made, plugins, weights, DAYS, fields=("depth", "mood"), scores=scores)
    assert [(problem.plugin, problem.failure.hook) for problem in problems] == [("theirs", "mood")]
    assert result.of(made.tie(ADA), "mood") == (None,) * len(DAYS)
    assert result.of(made.tie(ADA))[-1] == from_nothing(made, TODAY).number(made.tie(ADA), "depth")


def test_values_for_a_tie_that_is_not_scored_contradict_the_scorer():
    made = network([Met(10), Met(40)])
    plugins = (plugin(mood(lambda tie, days: [0.5] * len(days))),)
    scores, _ = score(made, plugins, {}, ScoreMemory())
    _, (problem,) = compute_history(made, plugins, {}, DAYS, fields=("mood",), scores=scores)
    assert problem.message == f"`mood` has no history: ValueError: 0.5 for Ada on {TODAY}, but the score is none"


def test_months_end_where_they_do():
    first, last = dt.date(2023, 11, 20), dt.date(2024, 3, 5)
    ends = ["2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2024-03-05"]
    assert [day.isoformat() for day in month_ends(first, last)] == ends
    assert last_months(last, 4) == month_ends(first, last)
    assert month_ends(last, first) == ()
    assert month_ends(last, last) == (last,)
