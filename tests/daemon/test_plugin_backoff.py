"""A plugin is given up only after failures of its own: nothing that it says of notes makes it rest."""

from netnotes.daemon.backoff import MOST_FAILURES, PluginBackoff
from netnotes.model import Problem
from netnotes.plugin.call import failure
from netnotes.plugin.hooks import Plugin

MOOD = Plugin("mood", ())


def is_suspended_after(problem):
    backoff = PluginBackoff()
    for _ in range(MOST_FAILURES):
        backoff.record([MOOD], [problem])
    return bool(backoff.suspended())


def test_it_is_suspended_after_equal_failures():
    assert is_suspended_after(failure(MOOD, "mood", "raised", "failed: ValueError"))
    assert is_suspended_after(failure(MOOD, "mood", "dropped", "dropped: it yields int, not Score"))


def test_it_is_not_suspended_for_failures_of_others():
    assert not is_suspended_after(failure(MOOD, "mood", "skipped", "was not run"))


def test_it_is_not_suspended_for_its_own_problems():
    assert not is_suspended_after(Problem("`mood` failed to find a date in this note", plugin="mood"))
