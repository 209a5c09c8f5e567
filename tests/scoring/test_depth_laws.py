"""Laws of depth that must hold whatever the notes say."""

import datetime as dt
import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.model import Person
from netnotes.scoring.depth import PART_WORDS, mean
from tests.scoring.builders import ADA, TODAY, WEIGHTS, Met, depth, network, scored

METS = st.builds(
    Met,
    days_ago=st.integers(0, 4000),
    minutes=st.one_of(st.none(), st.integers(1, 600)),
    others=st.integers(1, 12),
    by=st.sampled_from(["me", "them", "both", None]),
    context=st.sampled_from(["home", "work", "choir", "club", None]),
    own=st.booleans(),
    channel=st.sampled_from(["in person", "call", "message", "mail", "card", None]),
    length=st.one_of(st.none(), st.integers(1, 600)),
)
HISTORIES = st.lists(METS, min_size=1, max_size=25)


@given(HISTORIES)
def test_every_value_is_finite_and_in_range(mets):
    tie, scores = scored(mets)
    for name in ("know", "like", "trust", "depth", "warmth"):
        value = scores.number(tie, name)
        assert math.isfinite(value)
        assert 0 <= value <= 1


@given(HISTORIES, st.integers(1, 3000))
def test_silence_never_raises_depth_or_warmth(mets, days):
    later = TODAY + dt.timedelta(days)
    assert depth(mets, later) <= depth(mets) + 1e-12
    (tie, now), (same, then) = scored(mets), scored(mets, later)
    assert then.number(same, "warmth") <= now.number(tie, "warmth")


@given(HISTORIES, st.integers(0, 4000), st.integers(1, 600))
def test_one_more_meeting_alone_that_keeps_the_balance_never_lowers_depth(mets, days_ago, minutes):
    mets = [replace(met, by=None) for met in mets]
    assert depth([*mets, Met(days_ago, minutes)]) >= depth(mets) - 1e-12


@given(HISTORIES)
def test_the_order_of_telling_changes_nothing(mets):
    assert depth(mets) == depth(list(reversed(mets)))


@given(HISTORIES, st.lists(st.integers(1, 400), min_size=1, max_size=5))
def test_the_future_changes_nothing(mets, ahead):
    tie, scores = scored([*mets, *(Met(-days) for days in ahead)])
    alone, before = scored(mets)
    assert scores.of(tie).keys() == before.of(alone).keys()
    for name, score in before.of(alone).items():
        assert scores.get(tie, name).value == score.value


@given(HISTORIES, st.integers(0, 4000))
def test_looking_back_is_having_looked_then(mets, days):
    then = TODAY - dt.timedelta(days)
    past = network(mets).as_of(then)
    assert past.ties == network(mets, then).ties
    assert [tie.contacts for tie in past.ties] == [tie.contacts for tie in network(mets, then).as_of(then).ties]


@given(HISTORIES)
def test_printed_parts_give_the_depth_to_three_decimals(mets):
    tie, scores = scored(mets)
    because = scores.get(tie, "depth").because
    printed = {name: float(value) for name, value in re.findall(r"(know|like|trust) (\d?\.\d{4})", because)}
    product = math.prod((0.02 + 0.98 * printed[name]) ** weight for name, weight in scores.weights.items())
    assert abs(product - scores.number(tie, "depth")) < 5e-4


@given(HISTORIES)
def test_the_reason_names_the_part_that_would_deepen_the_tie_most(mets):
    tie, scores = scored(mets)
    parts = {name: scores.number(tie, name) for name in scores.weights}
    named, lost = re.search(r"costs most: (.+) \(−(\d\.\d\d)\)$", scores.get(tie, "depth").because).groups()
    gains = {
        name: mean({**parts, name: 1.0}.values(), scores.weights.values()) - mean(parts.values(), WEIGHTS.values())
        for name in parts
    }
    part = next(name for name in parts if PART_WORDS[name] == named)
    assert gains[part] == pytest.approx(max(gains.values()))
    assert gains[part] == pytest.approx(float(lost), abs=0.005 + 1e-9)


def test_a_stand_up_of_eight_for_two_years_is_shallower_than_a_weekly_hour_alone_for_one():
    stand_up = [Met(day, 15, 7) for day in range(730) if day % 7 < 5]
    weekly = [Met(7 * week, 60) for week in range(52)]
    assert depth(stand_up) < depth(weekly)
    assert depth(replace(met, minutes=None) for met in stand_up) < depth(replace(met, minutes=None) for met in weekly)


def test_a_thousand_days_are_not_yet_one():
    assert depth(Met(day, 120) for day in range(1000)) < 1


def test_declared_values_move_their_part_and_are_named():
    mets = [Met(10), Met(40), Met(70)]
    ada = replace(ADA, properties={"closeness": 5, "trust": 1, "cadence": "weekly"})
    tie, plain = scored(mets)
    same, output = scored(mets, ada=ada)
    assert output.number(same, "like") == (plain.number(tie, "like") + 1) / 2
    assert output.number(same, "trust") == plain.number(tie, "trust") / 2
    assert "declared closeness 5" in output.get(same, "depth").because
    assert "declared trust 1" in output.get(same, "depth").because
    assert output.get(same, "follow_up").value == TODAY - dt.timedelta(10) + dt.timedelta(7)
    assert output.get(same, "warmth").value == pytest.approx(2 ** (-10 / 28))


def test_nobody_is_scored_without_contact():
    tie, scores = scored([Met(-30)])
    assert scores.of(tie) == {}
    assert tie.last is None


def test_people_of_one_name_are_two_people():
    twin = Person("People/Ada (Bristol).md", "Ada")
    assert ADA != twin
    assert ADA == Person("People/Ada.md", "another name")
