"""When a round is due."""

from hypothesis import given
from hypothesis import strategies as st

from netnotes.daemon.schedule import LULL, MANY, PATIENCE, Schedule


def test_nothing_is_due_in_the_beginning():
    assert Schedule(20).due() is None


def test_a_round_waits_for_quiet():
    agenda = Schedule(20)
    agenda.changed(100)
    agenda.changed(110)
    assert agenda.due() == 130


def test_a_round_does_not_wait_for_ever():
    agenda = Schedule(20)
    for at in range(0, 1000, 5):
        agenda.changed(at)
    assert agenda.due() == 20 * PATIENCE


def test_what_is_asked_for_comes_first_come_first_served():
    agenda = Schedule(20)
    agenda.again(50)
    agenda.again(40)
    agenda.again(60)
    assert agenda.due() == 40


def test_while_notes_change_nothing_else_is_written():
    agenda = Schedule(20)
    agenda.again(105)
    agenda.changed(100)
    assert agenda.due() == 120


def test_a_burst_is_let_pass_though_no_quiet_is_asked_for():
    agenda = Schedule(0)
    agenda.changed(100, MANY)
    agenda.changed(101)
    assert agenda.due() == 101 + LULL
    agenda.done()
    agenda.changed(110, MANY - 1)
    assert agenda.due() == 110


@given(st.floats(0, 100), st.lists(st.floats(0, 1e6), min_size=1))
def test_it_is_due_after_the_last_change_and_within_patience(quiet, times):
    agenda = Schedule(quiet)
    for at in sorted(times):
        agenda.changed(at)
    assert agenda.due() <= max(times) + quiet
    assert agenda.due() >= min(max(times), min(times) + PATIENCE * quiet)
    agenda.done()
    assert agenda.due() is None
