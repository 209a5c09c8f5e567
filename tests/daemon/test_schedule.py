"""When a round is due."""

from hypothesis import given
from hypothesis import strategies as st

from netnotes.daemon.schedule import LULL, MANY, PATIENCE, Schedule


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
