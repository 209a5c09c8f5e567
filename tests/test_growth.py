"""The work of a run grows no faster than n log n with the vault: counted in calls, which no other program disturbs."""

import datetime as dt
import math
import sys
from collections.abc import Callable
from functools import cache, partial

import pytest

from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Note, Vault
from netnotes.outcome import Outcome
from netnotes.pipeline import examine, run
from netnotes.plugin_host import discovery
from netnotes.plugin_host.loader import bundled, bundled_report
from netnotes.scoring.reports import run_report
from netnotes.scoring.views import ScoredNetwork
from netnotes.text import parse

SMALL, TIMES = 60, 4
"""Notes of the smaller vault, and how many times as many the other has."""
SLACK = 1.15
TODAY = dt.date(2026, 3, 2)
CONFIG = Config()
PLUGINS = bundled(CONFIG)

NEW = {
    "a daily note that changed": ("Daily/2026-03-02.md", "- Lunch with [[Ada 1]] and [[Ada 2]] (45 min)\n"),
    "a person who changed": ("People/Ada 3.md", "---\ntype: person\nscene: s3\ncity: Porto\n---\n"),
    "a field of ours": ("People/Ada 4.md", "---\ntype: person\nscene: s4\ndepth: 0.02\nnetnotes: depth-6f0d\n---\n"),
    "a new meeting": ("Meetings/2026-03-01 Plan.md", "---\nattendees: ['[[Ada 5]]', Ada 6]\nminutes: 30\n---\n"),
    "a new person": ("People/Eve.md", "---\ntype: person\n---\n"),
}


def texts(size: int) -> dict[str, str]:
    """Return path → text: a third each of people, meetings and days; everybody is met as often in any vault."""
    number = size // 3
    found = {"Daily/2026-03-02.md": "- Called [[Ada 1]], 20 min\n"}
    for at in range(number):
        others = [f"[[Ada {(at + step) % number}]]" for step in (0, 1, 7)]
        day = TODAY - dt.timedelta(at + 1)
        found[f"People/Ada {at}.md"] = f"---\ntype: person\nscene: s{at % 5}\n---\nKnows {others[1]}.\n"
        found[f"Meetings/{day} Call.md"] = f"---\nattendees: {others}\nminutes: 30\n---\nWe spoke with Ada {at}.\n"
        found[f"Daily/{day}.md"] = f"- Lunch with {others[0]} (45 min)\n- [ ] ask {others[2]} [due:: 2026-04-01]\n"
    return found


def vault(notes: dict[str, Note]) -> Vault:
    return Vault("vault", tuple(note for _, note in sorted(notes.items())))


def read(size: int) -> dict[str, Note]:
    return {path: parse.note(path, text.encode()) for path, text in texts(size).items()}


def outcome(notes: dict[str, Note], memory: Memory) -> Outcome:
    return run(vault(notes), CONFIG, PLUGINS, TODAY, memory)


def from_nothing(size: int) -> Outcome:
    return outcome(read(size), Memory())


def calls(work: Callable[[], object]) -> int:
    """Return how many functions, of Python and of C, are called by `work()`."""
    number = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def allowed(fewer: int) -> float:
    """Return how much work a vault of `TIMES` as many notes may make, by that of the smaller."""
    return fewer * SLACK * TIMES * math.log(SMALL * TIMES) / math.log(SMALL)


@cache
def calls_from_nothing(size: int) -> int:
    """Return how many calls a first run takes, the notes being read."""
    return calls(partial(outcome, read(size), Memory()))


def after_change(size: int, change: str) -> int:
    """Return how many calls a run takes after a first run and one change."""
    path, text = NEW[change]
    notes, memory = read(size), Memory()
    outcome(notes, memory)
    notes[path] = parse.note(path, text.encode())
    return calls(partial(outcome, notes, memory))


def close_and_not(size: int) -> dict[str, Note]:
    """Return path → note: a third each of close people seen lately, of those not seen for long, and of others."""
    found = {}
    for at in range(size // 2):
        kind, scene = at % 3, at % 5
        close = "closeness: 5\ntrust: 5\n" if kind else ""
        found[f"People/Ada {at}.md"] = f"---\ntype: person\nscene: s{scene}\n{close}---\n"
        # Of those who were seen often, but not for more than a year, today names who else to write to first.
        first, times = (1200, 24) if kind == 2 else (150, 4)
        for time in range(1, times + 1):
            path = f"Daily/{TODAY - dt.timedelta(first - 30 * time)}.md"
            found[path] = found.get(path, "") + f"- Dinner with [[Ada {at}]] (3 h)\n"
    return {path: parse.note(path, text.encode()) for path, text in found.items()}


def reporting(size: int, name: str) -> int:
    """Return how many calls a report takes."""
    plugin, report = bundled_report(name)
    found = outcome(close_and_not(size), Memory())
    scored = ScoredNetwork(found.network, found.scores, PLUGINS, CONFIG.depth.weights)
    return calls(partial(run_report, report, plugin, scored))


# This one looks at pairs, of a limited number of people.
@pytest.mark.parametrize("name", sorted({*discovery.REPORTS} - {"introduce"}))
def test_a_report_grows_no_faster_than_n_log_n(name: str) -> None:
    reporting(SMALL, name)
    few, many = (reporting(size, name) for size in (SMALL, SMALL * TIMES))
    assert many < allowed(few)


def test_a_run_from_nothing_grows_no_faster_than_n_log_n() -> None:
    network = outcome(read(SMALL), Memory()).network  # tables of words are made once
    assert len(network.alter_ties) > len(network.people) == SMALL // 3
    few, many = (calls(partial(from_nothing, size)) for size in (SMALL, SMALL * TIMES))
    assert many < allowed(few)


@pytest.mark.parametrize("change", NEW)
def test_a_run_after_a_change_grows_no_faster_than_n_log_n(change: str) -> None:
    after_change(SMALL, change)  # patterns are compiled where they are first used
    spent = []
    for size in (SMALL, SMALL * TIMES):
        spent.append(after_change(size, change))
        assert spent[-1] < calls_from_nothing(size) / 3
    assert spent[1] < allowed(spent[0])


@pytest.mark.parametrize("change", NEW)
def test_to_examine_after_a_change_grows_no_faster_than_n_log_n(change: str) -> None:
    spent = []
    for size in (SMALL, SMALL, SMALL * TIMES):
        path, text = NEW[change]
        notes, memory = read(size), Memory()
        outcome(notes, memory)
        first = calls(partial(examine, vault(notes), CONFIG, memory))
        notes[path] = parse.note(path, text.encode())
        outcome(notes, memory)
        spent.append(calls(partial(examine, vault(notes), CONFIG, memory)))
        assert spent[-1] < first / 3
    _, few, many = spent
    assert many < allowed(few)
