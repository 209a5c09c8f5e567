"""The generator of change sets, with hints and time made by the test."""

from itertools import chain

import pytest

from netnotes.daemon.watch.change_sets import Changes, concerns, watch
from netnotes.daemon.watch.hint_queue import MANY, MOST_PATHS, HintQueue


class EventHandler:
    """EventHandler at given times; taking them is what makes time pass."""

    def __init__(self, *hints):
        self.hints = [(at, Changes(frozenset(paths))) for at, *paths in hints]
        self.time = 0.0

    def now(self):
        return self.time

    def take(self, seconds):
        if self.hints and self.hints[0][0] <= self.time + seconds:
            at, changes = self.hints.pop(0)
            self.time = max(self.time, at)
            return changes
        self.time += seconds
        return Changes()


def sets_until(hints, seconds, **terms):
    """Return (time, paths) of each set until so many seconds have passed."""
    found = watch(hints, stop=lambda: hints.time >= seconds, wait=lambda: 1.0, now=hints.now, **terms)
    return [(round(hints.time, 3), sorted(changes.paths)) for changes in found]


def test_hints_are_gathered_until_none_comes():
    hints = EventHandler((0.5, "a"), (0.52, "b"), (0.55, "a"), (2.0, "c"))
    assert [found for found in sets_until(hints, 3, debounce=0.1) if found[1]] == [
        (0.65, ["a", "b"]),
        (2.1, ["c"]),
    ]


def test_a_steady_stream_of_hints_is_delivered():
    hints = EventHandler(*((number / 100, f"{number}") for number in range(1000)))
    found = [paths for _, paths in sets_until(hints, 20, debounce=0.1, at_most=2.0) if paths]
    assert len(found) == 5
    assert sorted(chain(*found), key=int) == [f"{number}" for number in range(1000)]


def test_nothing_is_given_out_when_the_time_is_over():
    assert sets_until(EventHandler(), 3) == [(1.0, []), (2.0, [])]


def test_it_ends_without_another_set():
    hints = EventHandler((0.5, "a"))
    assert sets_until(hints, 0.5, debounce=0.1) == []


def test_sets_add_up():
    one = Changes(frozenset("a")) | Changes(frozenset("b"), frozenset({"why"}))
    assert one == Changes(frozenset("ab"), frozenset({"why"}))
    assert one
    assert not Changes()


@pytest.mark.parametrize(
    "path",
    [
        "Note.md",
        "Folder",
        "a/b.png",
        "netnotes.toml",
        ".obsidian",
        ".obsidian/daily-notes.json",
        ".netnotes",
        ".netnotes/plugins/mine.py",
        ".obsidian/plugins",
        ".obsidian/plugins/templater-obsidian/data.json",
    ],
)
def test_paths_that_matter(path):
    assert concerns(path)


@pytest.mark.parametrize(
    "path",
    [
        ".obsidian/workspace.json",
        ".obsidian/plugins/other/data.json",
        ".git/index",
        ".git",
        ".trash/a.md",
        "People/.Ada.md.swp",
        "People/.netnotes-1.tmp",
        "a/.b/c.md",
    ],
)
def test_paths_that_do_not_matter(path):
    assert not concerns(path)


def test_the_inbox_gives_everything_once_and_wakes():
    hints = HintQueue()
    hints.put(["a", "b"])
    hints.put(["a"], rescan="lost")
    assert hints.take(0) == Changes(frozenset("ab"), frozenset({"lost"}))
    assert hints.take(0) == Changes()
    hints.wake()
    assert hints.take(None) == Changes()
    hints.put(["c"])
    assert hints.take(None) == Changes(frozenset("c"))


def test_the_inbox_does_not_grow_without_bounds():
    hints = HintQueue()
    for number in range(MOST_PATHS + 1):
        hints.put([str(number)])
    found = hints.take(0)
    assert MANY in found.rescans
    assert not found.paths
