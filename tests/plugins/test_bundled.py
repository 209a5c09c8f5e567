"""The bundled plugins, with nothing but `netnotes.testing`: what any author has."""

import datetime as dt
import importlib

import pytest

from netnotes.api import DEEP, THIN_DAYS
from netnotes.plugin_host.discovery import BUNDLED, ON_REQUEST, OPTIONAL
from netnotes.testing import conforms, run

FIRST, *OTHERS = *BUNDLED, *OPTIONAL, *ON_REQUEST
NAMES = (FIRST, *(pytest.param(name, marks=pytest.mark.full) for name in OTHERS))


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_the_contract(name):
    conforms(importlib.import_module(f"netnotes_plugins.{name}"))


def scored(field, notes, **more):
    return run(importlib.import_module(f"netnotes_plugins.{field}"), notes, **more)


YEARS = """
    -- People/Ada.md --
    -- People/Bob.md --
    -- 2024-06-30.md --
    - [[Ada]] came for lunch (2h)
    -- 2025-01-10.md --
    - coffee with [[Ada]] (1h) [by:: me]
    - coffee with [[Bob]] (1h)
    -- 2025-09-10.md --
    - [[Ada]] called (45 min) [by:: them]
    -- 2026-06-20.md --
    - walk with [[Ada]] (90 min)
"""


def test_know_grows_with_time_together():
    report = scored("know", YEARS)
    assert report.score("Ada").value > report.score("Bob").value > 0
    assert "one-to-one hours" in report.score("Ada").because


def test_know_half_life_is_an_option():
    slow, fast = (scored("know", YEARS, options={"half_life_days": days}).score("Bob").value for days in (3650, 100))
    assert slow > fast


def test_like_counts_who_starts_it():
    both = scored("like", YEARS).score("Ada")
    mine = scored("like", YEARS.replace("[by:: them]", "[by:: me]")).score("Ada")
    assert both.value > mine.value
    assert both.because == "you both initiate"


def test_trust_grows_with_the_span():
    report = scored("trust", YEARS)
    known = report.tie("Ada").span + 1
    assert report.score("Ada").value == pytest.approx((known / (known + 60) + known / (known + 1095)) / 2)


def test_the_years_before_the_notes_count_and_are_named():
    since = YEARS.replace("-- People/Ada.md --", "-- People/Ada.md --\n    ---\n    known_since: 2009\n    ---")
    assert since != YEARS
    plain, report = scored("trust", YEARS), scored("trust", since)
    known = (report.tie("Ada").last - dt.date(2009, 12, 31)).days + 1
    assert report.score("Ada").value == pytest.approx((known / (known + 60) + known / (known + 1095)) / 2)
    assert report.score("Ada").value > plain.score("Ada").value
    assert report.score("Ada").because == "known since 2009, as your note says"


def test_a_declared_value_averages_with_its_part():
    declared = YEARS.replace(
        "-- People/Bob.md --", "-- People/Bob.md --\n    ---\n    trust: 5\n    closeness: 1\n    ---"
    )
    before, after = (scored("trust", notes).score("Bob").value for notes in (YEARS, declared))
    assert after == pytest.approx((before + 1) / 2)
    assert "declared closeness 1" in scored("like", declared).score("Bob").because


def test_warmth_has_words():
    words = {
        run(importlib.import_module("netnotes_plugins.warmth"), YEARS, as_of=day).score("Ada").label
        for day in ("2026-06-21", "2029-06-20", "2046-06-20")
    }
    assert words == {"warm", "cooling", "dormant"}


def test_follow_up_comes_within_days_of_a_first_meeting():
    report = scored("follow_up", "\n    -- People/Cy.md --\n    -- 2026-06-29.md --\n    - met [[Cy]] (30 min)\n")
    assert report.tie("Cy").days < THIN_DAYS
    assert str(report.score("Cy").value) == "2026-07-04"


def test_a_declared_cadence_goes_before_the_rhythm():
    notes = YEARS.replace("-- People/Ada.md --", "-- People/Ada.md --\n    ---\n    cadence: weekly\n    ---")
    assert str(scored("follow_up", notes).score("Ada").value) == "2026-06-27"
    assert scored("follow_up", notes).score("Ada").because == "declared cadence of 7 days"
    daily = notes.replace("weekly", "daily")
    assert scored("follow_up", daily).score("Ada").because == "declared cadence of 1 day"


def test_depth_is_made_of_them():
    report = scored("know", YEARS)
    depth = report.score("Ada", "depth")
    assert (depth.label == "deep") == (depth.value >= DEEP)
    assert all(part in depth.because for part in ("know", "like", "trust"))
