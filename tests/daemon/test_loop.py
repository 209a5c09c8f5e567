"""The loop on a real folder, with hints and the time made by the test."""

import datetime as dt
import gc
import os
import shutil
import subprocess
import sys

import pytest

from netnotes.app.sources import VaultSources
from netnotes.app.workspace import Workspace, open_workspace
from netnotes.daemon import answering
from netnotes.daemon.answers.server import Request
from netnotes.daemon.live.redraw import PageUpdater, kept_in
from netnotes.daemon.loop import FAILED, GONE, LONGEST
from netnotes.daemon.watch.change_sets import Changes
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.extract import encounters
from netnotes.text.frontmatter.ownership import owned
from netnotes.writing.journal import Journal
from tests.daemon.conftest import ANYTHING, BEGIN
from tests.plain import plain

MET_BO = "- Lunch with [[Bo]] (45 min)\n"


def options(daemon, text):
    (daemon.root / "netnotes.toml").write_text(text, encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="pipes of another kind")
def test_options_that_become_a_pipe_hold_nothing_up(daemon):
    daemon.put("netnotes.toml", "write_delay = 1\n")

    def replaced():
        (daemon.root / "netnotes.toml").unlink()
        os.mkfifo(daemon.root / "netnotes.toml")
        daemon.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")

    daemon.stage.then(10, replaced)
    daemon.run(100)
    assert daemon.events("not reloaded") == ["not reloaded"]
    assert daemon.depth("People/Bo.md"), "the last good options stay"


def test_it_writes_the_fields_at_the_start(daemon):
    daemon.run(1)
    assert daemon.depth("People/Ada.md")
    assert daemon.depth("People/Bo.md") is None
    assert daemon.statuses[-1].writes == 1


def test_a_saved_note_is_written_after_the_quiet_that_is_asked_for(daemon):
    seen = []
    daemon.stage.then(10, lambda: daemon.put("2026-03-09.md", MET_BO))
    daemon.stage.then(29, lambda: seen.append(daemon.depth("People/Bo.md")))
    daemon.run(31)
    assert seen == [None]
    assert daemon.depth("People/Bo.md")


def test_without_delay_it_is_written_at_once(daemon):
    options(daemon, "write_delay = 0")
    daemon.stage.then(10, lambda: daemon.put("2026-03-09.md", MET_BO))
    daemon.run(10.5)
    assert daemon.depth("People/Bo.md")


def test_typing_does_not_make_people_flicker(daemon):
    """A note that is saved every two seconds for a minute is written about once."""
    for number in range(30):
        daemon.stage.then(
            10 + 2 * number, lambda number=number: daemon.put("2026-03-09.md", MET_BO[: number + 1] + "\n" + MET_BO)
        )
    daemon.run(120)
    assert daemon.events("written") == ["written", "written"], "at the beginning, and when the typing was over"


def test_a_note_that_is_being_edited_waits_and_is_written_later(daemon):
    options(daemon, "write_delay = 20")
    daemon.touch("People/Ada.md", 5)
    seen = []
    daemon.stage.then(10, lambda: seen.append((daemon.depth("People/Ada.md"), daemon.loop.status.waiting)), None)
    daemon.run(16)
    assert seen == [(None, 1)]
    assert daemon.depth("People/Ada.md")
    assert daemon.statuses[-1].waiting == 0


def test_its_own_writes_are_not_changes(daemon):
    options(daemon, "write_delay = 0")
    for at in (5, 6, 7):
        daemon.stage.then(at)
    daemon.run(60)
    assert daemon.events("changed", "written") == ["written"]


def test_an_edit_of_a_note_that_it_has_just_written_is_news(daemon):
    options(daemon, "write_delay = 0")
    daemon.stage.then(5, lambda: daemon.put("People/Ada.md", daemon.text("People/Ada.md") + "more\n"))
    daemon.run(10)
    assert daemon.events("changed", "written") == ["written", "changed"]
    assert daemon.text("People/Ada.md").endswith("more\n")


def test_the_day_turns_once(daemon):
    daemon.run(13 * 3600)
    assert [facts["today"] for event, facts in daemon.logged if event == "day"] == [dt.date(2026, 3, 11)]


def test_a_change_of_time_zone_gives_another_day_once(daemon):
    def fly():
        daemon.stage.zone = dt.timezone(dt.timedelta(hours=14))

    daemon.stage.then(100, fly, None)
    daemon.run(1000)
    assert daemon.events("day") == ["day"]


def test_a_day_that_is_given_never_turns(daemon):
    daemon.run(13 * 3600, as_of=dt.date(2026, 3, 9))
    assert not daemon.events("day")


def test_after_sleep_everything_is_looked_at(daemon):
    def sleep():
        daemon.stage.asleep += 3600
        daemon.put("2026-03-09.md", MET_BO)

    daemon.stage.then(50, sleep, None)
    daemon.run(200)
    assert [facts["why"] for event, facts in daemon.logged if event == "rescan"] == [
        "the clock jumped, or the machine slept"
    ]
    assert daemon.depth("People/Bo.md")


def test_changes_without_a_notification_are_found_too(daemon):
    daemon.stage.then(50, lambda: daemon.put("2026-03-09.md", MET_BO), None)
    daemon.run(600)
    assert daemon.depth("People/Bo.md")
    assert daemon.stage.begun == 2, "a source that did not report is started again"


def test_a_lost_watch_is_started_again(daemon):
    def lose():
        daemon.stage.dead = "the watch was lost"
        daemon.put("2026-03-09.md", MET_BO)

    daemon.stage.then(50, lose, None)
    daemon.run(200)
    assert daemon.stage.begun == 2
    assert ("rescan", {"why": "the watch was lost"}) in daemon.logged
    assert daemon.depth("People/Bo.md")


def test_a_vault_that_goes_is_waited_for(daemon):
    away = daemon.root.with_name("away")

    def come_back():
        assert not daemon.root.exists(), "nothing was made in its place"
        away.rename(daemon.root)
        daemon.put("2026-03-09.md", MET_BO)

    daemon.stage.then(50, lambda: daemon.root.rename(away))
    daemon.stage.then(500, come_back, None)
    daemon.run(600)
    assert daemon.events("gone", "back") == ["gone", "back"]
    assert [statuses.state for statuses in daemon.statuses if statuses.state == "waiting"]
    assert daemon.depth("People/Bo.md")


def test_it_looks_for_a_vault_that_is_gone_every_few_seconds(daemon):
    away = daemon.root.with_name("away")
    daemon.stage.then(50, lambda: daemon.root.rename(away))
    daemon.stage.then(100, lambda: away.rename(daemon.root), None)
    seen = []
    daemon.stage.then(100 + 2 * GONE, lambda: seen.extend(daemon.events("back")), None)
    daemon.run(120)
    assert seen == ["back"]


def test_a_vault_that_is_deleted_and_restored_is_as_it_is(daemon):
    copy = daemon.root.with_name("copy")

    def restore():
        shutil.copytree(daemon.root, copy)
        shutil.rmtree(daemon.root)
        shutil.copytree(copy, daemon.root)
        # The new folder may have the number of the old one: that the watch died with it is what tells.
        daemon.stage.dead = "the watch was lost"
        daemon.put("2026-03-09.md", MET_BO)

    daemon.stage.then(50, restore, None)
    daemon.run(200)
    assert daemon.depth("People/Bo.md")


def test_options_are_read_again_when_they_change(daemon):
    daemon.stage.then(50, lambda: options(daemon, "[fields]\ndepth = 'closeness_now'\n"))
    daemon.run(100)
    assert "closeness_now: " in daemon.text("People/Ada.md")
    assert daemon.depth("People/Ada.md") is None


def test_a_signal_has_them_read_again(daemon):
    daemon.stage.then(50, lambda: daemon.signals.again(1, None), None)
    daemon.run(100)
    assert daemon.events("reloaded") == ["reloaded"]


def test_mistakes_in_the_options_keep_the_last_good_ones(daemon):
    options(daemon, "write_delay = 0")
    daemon.stage.then(50, lambda: options(daemon, "write_dely = 3\n"))
    daemon.stage.then(60, lambda: daemon.put("2026-03-09.md", MET_BO))
    daemon.run(61)
    assert daemon.events("reloaded", "not reloaded") == ["not reloaded"]
    assert "did you mean `write_delay`" in str(daemon.statuses)
    assert daemon.depth("People/Bo.md"), "and with the last good ones it is written at once"


def test_another_process_that_writes_is_waited_for(daemon):
    with Journal(daemon.data, 0.1) as other:
        held = other.writing()
        held.__enter__()
        daemon.stage.then(5, lambda: held.__exit__(None, None, None), None)
        daemon.run(10)
    assert daemon.depth("People/Ada.md")


def test_a_note_that_cannot_be_written_ends_nothing(daemon):
    (daemon.root / "People/Ada.md").chmod(0o444)
    daemon.stage.then(5, lambda: (daemon.root / "People/Ada.md").chmod(0o644), None)
    daemon.run(2 * FAILED)
    assert daemon.events("not written", "written") == ["not written", "written"]


def test_an_unexpected_error_ends_nothing_and_logs_no_text(daemon, monkeypatch):
    def fail(*args):
        raise ValueError("what Ada said in confidence")

    daemon.stage.then(5, lambda: monkeypatch.setattr(daemon.loop.live, "scan", fail))
    daemon.stage.then(6, monkeypatch.undo, None)
    daemon.stage.then(7, lambda: daemon.put("2026-03-09.md", MET_BO))
    daemon.run(60)
    assert [facts["error"] for event, facts in daemon.logged if event == "failed"] == ["ValueError"]
    assert "confidence" not in str((daemon.logged, daemon.statuses))
    assert daemon.depth("People/Bo.md")


def test_lasting_failures_are_retried_less_often(daemon, monkeypatch):
    def fail(*args):
        raise OSError(28, "No space left on device")

    daemon.stage.then(1, lambda: monkeypatch.setattr(daemon.loop.live, "compute", fail), None)
    daemon.stage.then(2, lambda: daemon.put("2026-03-09.md", MET_BO))
    daemon.run(6 * 3600)
    assert 8 < len(daemon.events("failed")) < 16


def test_too_many_people_gone_are_not_taken_for_true(daemon):
    for number in range(20):
        daemon.put(f"People/P{number}.md", "---\ntype: person\n---\n")
        daemon.put(f"2026-02-{number + 1:02}.md", f"- met [[P{number}]]\n")
        daemon.touch(f"People/P{number}.md", 3600)
    aside = daemon.root / ".aside"
    aside.mkdir()

    def lose():
        for number in range(20):
            (daemon.root / f"2026-02-{number + 1:02}.md").rename(aside / f"{number}.md")

    daemon.stage.then(50, lose)
    daemon.run(200)
    assert "refused" in daemon.events()
    assert all(daemon.depth(f"People/P{number}.md") for number in range(20))


def test_a_stop_comes_between_two_notes(daemon):
    for number in range(10):
        daemon.put(f"People/P{number}.md", "---\ntype: person\n---\n")
        daemon.put(f"2026-02-{number + 1:02}.md", f"- met [[P{number}]]\n")
        daemon.touch(f"People/P{number}.md", 3600)

    def written():
        return [p for p in (daemon.root / "People").iterdir() if b"depth: " in p.read_bytes()]

    def stop():
        if len(written()) > 2:
            daemon.stop()
        return daemon.signals.ended is not None

    daemon.signals.stop = stop
    daemon.run(10)
    assert len(written()) == 3
    assert not list(daemon.root.rglob(".netnotes*")), "nothing half done is left"


def install(daemon, source):
    """Put a plugin into the vault, and allow it."""
    from netnotes.plugin_host.consent import Trust, folder
    from netnotes.plugin_host.discovery import file

    plugin = daemon.root / ".netnotes/plugins/mood.py"
    plugin.parent.mkdir(parents=True, exist_ok=True)
    plugin.write_text(source, encoding="utf-8")
    found = file(plugin.resolve())
    Trust(folder(os.environ["NETNOTES_DATA"])).allow(found.place, found.data, dt.datetime.now(dt.UTC))


@pytest.mark.parametrize("message", ["always the same", "now and then {time}"])
def test_a_plugin_with_the_same_failure_three_times_is_suspended_until_it_changes(daemon, message, monkeypatch):
    options(daemon, "write_delay = 0")
    source = (
        "import itertools\nfrom netnotes.api import Field, Score, scorer\nNETNOTES_API = 1\n"
        "count = itertools.count()\n\n\n@scorer(Field('mood', 'm'))\ndef mood(network, options):\n    {}\n    yield\n"
    )
    fails = f"raise ValueError({message!r}.format(time=next(count)))"

    install(daemon, source.format(fails))
    for number in range(6):
        daemon.stage.then(10 + 10 * number, lambda number=number: daemon.put("2026-03-09.md", MET_BO * (number + 1)))
    daemon.stage.then(100, lambda: install(daemon, source.format("return")))
    daemon.run(120)
    calls = len(daemon.events("plugin failed"))
    assert calls == (3 if message == "always the same" else 7)
    assert daemon.statuses[-1].paused == ()
    assert daemon.depth("People/Bo.md"), "and all others are scored and written"


def test_the_map_is_kept_current(daemon, tmp_path):
    options(daemon, "write_delay = 0")
    place = tmp_path / "map.html"
    seen = []
    for at in (5, 8):
        daemon.stage.then(at, lambda: seen.append((place.stat().st_ino, "Zora" in place.read_text(encoding="utf-8"))))
    daemon.stage.then(6, lambda: daemon.put("People/Zora.md", "---\ntype: person\n---\n"))
    daemon.stage.then(6.5, lambda: daemon.put("2026-03-09.md", "- met [[Zora]]\n"))
    daemon.run(9, page_updater=kept_in(place))
    assert [there for _, there in seen] == [False, True]
    assert not list(tmp_path.glob(".netnotes*")), "whole or not at all, and nothing left beside it"


def test_a_styler_that_fails_is_reported_each_time_the_map_is_drawn(daemon):
    options(daemon, "write_delay = 0")
    install(
        daemon,
        "from netnotes.api import styler\nNETNOTES_API = 1\n\n\n"
        "@styler()\ndef mood(network, options):\n    yield 1 / 0\n",
    )
    daemon.stage.then(5, lambda: daemon.put("2026-03-09.md", MET_BO))
    pages: list[str] = []
    daemon.run(9, page_updater=PageUpdater(pages.append))
    problems = [facts["problem"] for event, facts in daemon.logged if event == "map incomplete"]
    assert len(problems) == len(pages) == 2
    assert all("ZeroDivisionError" in problem for problem in problems)


def test_written_fields_are_sealed_as_by_sync(daemon):
    daemon.run(1)
    (note,) = [note for note in daemon.loop.live._store.refresh()[0].notes if note.path == "People/Ada.md"]
    assert owned(note.properties) == {"depth", "tie", "warmth", "last_contact", "follow_up"}


def test_an_interrupted_round_is_not_taken_for_a_whole_one(daemon, monkeypatch):
    today = dt.date(2026, 3, 10)
    daemon.put("2026-03-09 Call.md", "---\nattendees: Zed\n---\n")
    daemon.open(None)
    live = daemon.loop.live
    live.scan()
    live.compute(today)
    daemon.put("People/Bo.md", "---\naliases: [Zed]\n---\n")
    live.scan()
    with monkeypatch.context() as broken:
        broken.setattr(encounters, "read", None)
        with pytest.raises(TypeError):
            live.compute(today)
    assert [(tie.person.name, tie.days) for tie in live.compute(today).network.ties] == [("Ada", 1), ("Bo", 1)]


def test_consent_outside_the_vault_is_noticed_without_a_notification(daemon):
    from netnotes.plugin_host.consent import Trust

    daemon.put(".netnotes/plugins/nothing.py", "NETNOTES_API = 1\n")
    place = daemon.root.resolve() / ".netnotes/plugins/nothing.py"

    def allow():
        Trust(daemon.data / "trust").allow(str(place), place.read_bytes(), daemon.stage.now())

    daemon.stage.then(5, allow, None)
    daemon.run(5 + LONGEST + 1)
    assert daemon.events("reloaded") == ["reloaded"]


def test_a_reload_keeps_nothing_of_the_options_before(daemon):
    daemon.put("People/Ada.md", "- 2026-03-01 coffee\n")
    live = WatchedVault(lambda: open_workspace(daemon.root, os.environ), None, daemon.data / "trust")
    live.scan()
    live.compute(dt.date(2026, 3, 10))

    def workspaces():
        gc.collect()
        return sum(isinstance(each, Workspace) for each in gc.get_objects())

    # The first one of all was made before the first computation, of which the collector looks at nothing.
    for _ in range(3):
        live.reload()
        live.compute(dt.date(2026, 3, 10))
        assert workspaces() == 1


def test_once_a_command_was_answered_changes_are_computed_at_once_for_the_next_one(daemon):
    options(daemon, "write_delay = 20")
    turns = daemon.run_in_turns()
    next(turns)
    turns.send(ANYTHING)
    daemon.put("2026-03-09.md", MET_BO)
    turns.send(Changes(frozenset(["2026-03-09.md"])))
    assert not is_computed(daemon), "nobody has asked, and nothing is written yet"
    daemon.loop.answering.commands = lambda: [Request(None, b"", examines=False)]
    turns.send(Changes())
    daemon.loop.answering.commands = list
    assert is_computed(daemon)
    daemon.put("2026-03-10.md", MET_BO)
    turns.send(Changes(frozenset(["2026-03-10.md"])))
    assert is_computed(daemon)
    assert daemon.depth("People/Bo.md") is None, "only computed, not written"
    turns.close()


def test_once_check_was_answered_all_notes_are_examined_in_parts_and_forgotten_after_an_hour(daemon):
    for day in range(1, 8):
        daemon.put(f"2026-03-0{day}.md", "- lunch with [[Ada]]\n")
    turns = daemon.run_in_turns()
    next(turns)
    turns.send(ANYTHING)
    coverage = daemon.loop.live._memory.coverage
    assert coverage.unread is None
    daemon.loop.answering.clock = Slow(daemon.stage)
    daemon.loop.answering.commands = lambda: [Request(None, b"", examines=True)]
    turns.send(Changes())
    daemon.loop.answering.commands = list
    left = len(coverage.unread)
    assert 0 < left < len(daemon.loop.live.vault.notes), "reading a note takes long"
    while daemon.loop._wait() == 0:
        turns.send(Changes())
        assert len(coverage.unread) < left
        left = len(coverage.unread)
    assert not left
    daemon.put("2026-03-09.md", "- lunch with Quorin Lind\n")
    turns.send(Changes(frozenset(["2026-03-09.md"])))
    assert coverage.found["2026-03-09.md"].names[0].name == "Quorin Lind"
    daemon.stage.at += answering.ASKED
    turns.send(Changes())
    assert daemon.loop.live._memory.coverage.unread is None
    turns.close()


@pytest.mark.parametrize("failing", ["settings_changed", "catch_up", "examine"])
def test_a_daemon_that_cannot_go_on_examining_waits_before_it_tries_again(daemon, monkeypatch, failing):
    def fail(*_):
        raise MemoryError

    for day in range(1, 8):
        daemon.put(f"2026-03-0{day}.md", "- lunch with [[Ada]]\n")
    turns = daemon.run_in_turns()
    next(turns)
    turns.send(ANYTHING)
    daemon.loop.answering.clock = Slow(daemon.stage)
    daemon.loop.answering.commands = lambda: [Request(None, b"", examines=True)]
    turns.send(Changes())
    assert daemon.loop._wait() == 0
    monkeypatch.setattr(daemon.loop.live, failing, fail)
    turns.send(Changes())
    assert daemon.events("failed")
    assert daemon.loop._wait() > 1
    monkeypatch.undo()
    turns.send(Changes())
    assert daemon.loop._wait() == 0
    turns.close()


def test_what_a_failed_run_left_half_done_is_no_answer(daemon, monkeypatch):
    def fail(*_, **__):
        raise MemoryError

    turns = daemon.run_in_turns()
    next(turns)
    live, day = daemon.loop.live, BEGIN.date()
    place = daemon.root / "2026-03-09.md"
    texts = ("- lunch with [[Ada]]\n- met Quorin Lind and Rex\n", "- met Rex Unmet\n")
    place.write_text(texts[0], encoding="utf-8")
    live.scan()
    live.compute(day)
    live.examine(lambda: False)
    place.write_text(texts[1], encoding="utf-8")
    live.scan()
    monkeypatch.setattr("netnotes.pipeline.score", fail)
    with pytest.raises(MemoryError):
        live.compute(day)
    monkeypatch.undo()
    place.write_text(texts[0], encoding="utf-8")
    live.scan()
    alone, answering = (space.run_to_examine(day) for space in (open_workspace(daemon.root, os.environ), asked(daemon)))
    assert plain(answering[1]) == plain(alone[1])
    assert plain(answering[2]()) == plain(alone[2]())
    turns.close()


EXAMINING = """
import datetime as dt, sys
from pathlib import Path
import netnotes.daemon.run
from netnotes.app.workspace import open_workspace
from netnotes.daemon.watched_vault import WatchedVault
root = Path(sys.argv[1])
live = WatchedVault(lambda: open_workspace(root, {}), None, root)
live.scan()
live.compute(dt.date(2026, 3, 10))
before = set(sys.modules)
live.examine(lambda: False)
print(sorted(set(sys.modules) - before))
"""


def test_what_examines_notes_is_loaded_when_a_daemon_starts(daemon):
    """Later another version may have been installed, with modules that do not fit to those of this one."""
    daemon.put("People/Bo.md", "---\ntype: person\nbirthdy: 1980-13-01\n---\n- met Quorin Lind\n")
    done = subprocess.run([sys.executable, "-c", EXAMINING, daemon.root], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


class Slow:
    """A clock that goes on whenever somebody looks at it."""

    def __init__(self, stage):
        self.stage = stage

    def seconds(self):
        self.stage.at += answering.EXAMINE / 2
        return self.stage.at


def asked(daemon):
    """Return the vault as a command that asks the daemon would see it."""
    usual = {"no_plugins": False, "strict": False, "cached": True, "on_demand": False, "named": ()}
    return daemon.loop.live.workspace_for_answer(daemon.root, progress=None, **usual)


def is_computed(daemon):
    """Return whether a command would be answered without computing anything."""
    space = asked(daemon)
    vault = space.read()
    return space.earlier_run(vault, VaultSources(daemon.root, vault)).answer(BEGIN.date()) is not None
