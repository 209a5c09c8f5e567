"""When a round is due, and a full scan."""

import math

from hypothesis import given
from hypothesis import strategies as st

from netnotes.daemon.schedule import AFTER, AFTER_SHARE, LATEST, LULL, MANY, PATIENCE, Schedule, Verification


def test_nothing_is_due_in_the_beginning():
    assert Schedule(20).due() is None


def test_a_round_waits_for_quiet():
    schedule = Schedule(20)
    schedule.changed(100)
    schedule.changed(110)
    assert schedule.due() == 130


def test_a_round_does_not_wait_for_ever():
    schedule = Schedule(20)
    for at in range(0, 1000, 5):
        schedule.changed(at)
    assert schedule.due() == 20 * PATIENCE


def test_requests_are_answered_in_their_order():
    schedule = Schedule(20)
    schedule.again(50)
    schedule.again(40)
    schedule.again(60)
    assert schedule.due() == 40


def test_while_notes_change_nothing_else_is_written():
    schedule = Schedule(20)
    schedule.again(105)
    schedule.changed(100)
    assert schedule.due() == 120


def test_a_burst_is_waited_for_without_a_quiet_period():
    schedule = Schedule(0)
    schedule.changed(100, MANY)
    schedule.changed(101)
    assert schedule.due() == 101 + LULL
    schedule.done()
    schedule.changed(110, MANY - 1)
    assert schedule.due() == 110


@given(st.floats(0, 100), st.lists(st.floats(0, 1e6), min_size=1))
def test_it_is_due_after_the_last_change_and_within_patience(quiet, times):
    schedule = Schedule(quiet)
    for at in sorted(times):
        schedule.changed(at)
    assert schedule.due() <= max(times) + quiet
    assert schedule.due() >= min(max(times), min(times) + PATIENCE * quiet)
    schedule.done()
    assert schedule.due() is None


def test_a_full_scan_follows_soon_and_takes_a_small_share_of_the_time():
    verification = Verification()
    assert verification.at == math.inf
    verification.followed(100, 0.01)
    assert verification.at == 100 + AFTER
    verification.done()
    assert verification.at == math.inf
    verification.followed(200, 0.5)
    assert verification.at == 200 + 0.5 / AFTER_SHARE


def test_a_full_scan_waits_until_nothing_changes_but_not_for_ever():
    verification = Verification()
    for at in range(100, 130):
        verification.followed(at, 0.5)
        assert verification.at == max(100 + 0.5 / AFTER_SHARE, at + AFTER)
    for at in range(130, 300):
        verification.followed(at, 0.5)
    assert verification.at == 100 + 0.5 / AFTER_SHARE + LATEST


def test_after_a_failure_a_full_scan_is_not_put_off():
    verification = Verification()
    verification.followed(100, 10)
    verification.by(130)
    assert verification.at == 130
    verification.followed(101, 10)
    assert verification.at == 130
