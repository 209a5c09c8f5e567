"""What the daemon does once a day: the round's lines, `Today.md`, and a program that gets the lines."""

import datetime as dt
import os
import sys
from functools import partial

import pytest

from netnotes.app.notify import consent_content, consent_key, notify_lines
from netnotes.daemon.daily_work import DailyWork
from netnotes.daemon.watch.change_sets import Changes
from netnotes.daemon.watched_vault import WatchedVault
from netnotes.plugin_host.consent import Trust
from tests.daemon.conftest import daemon

__all__ = ["daemon"]
TODAY = "2026-03-10"


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


@pytest.fixture
def made(daemon):  # a fixture of the daemon's own tests
    for day in ("2026-01-08", "2026-01-20", "2026-02-01"):
        daemon.put(f"{day}.md", "- Lunch with [[Ada]] (45 min)\n")
    daemon.put("People/Ada.md", "---\ntype: person\ncadence: weekly\n---\n")
    daemon.put("2026-03-08.md", "- [ ] send [[Bo]] the map 📅 2026-03-01\n")
    return daemon


def start(made, seconds, **more):
    daily_work = DailyWork(made.data, Trust(made.data / "trust"), **more)
    made.run(seconds, daily_work=daily_work)
    return daily_work


def test_the_round_is_written_once_a_day_where_it_is_wanted(made):
    made.put("netnotes.toml", "write_delay = 0\n[capture]\nround = true\n")
    start(made, 100)
    text = (made.root / f"{TODAY}.md").read_text(encoding="utf-8")
    assert text.count("[[Ada]]") == 1
    assert made.events("round") == ["round"]


def test_without_the_option_nothing_is_put_into_the_daily_note(made):
    start(made, 100)
    assert not (made.root / f"{TODAY}.md").exists()


def test_the_list_of_today_is_on_a_page_that_is_not_evidence(made):
    start(made, 200, page="Today.md")
    text = (made.root / "Today.md").read_text(encoding="utf-8")
    assert text.startswith("---\nnetnotes: ignore\n")
    assert "Ada" in text
    assert "send Bo the map" in text
    assert made.events("today") == ["today"], "and it is no news to itself"


def test_a_page_of_the_user_s_own_is_left(made):
    made.put("Today.md", "mine\n")
    start(made, 100, page="Today.md")
    assert (made.root / "Today.md").read_text(encoding="utf-8") == "mine\n"
    assert made.events("not written")


@pytest.mark.parametrize(
    ("options", "more"),
    [("", {"page": "Today.md"}), ("[exports]\ncanvas = true\n", {}), ('[exports]\nembed = ["Ada"]\n', {})],
)
def test_a_note_saved_during_a_round_is_news_all_the_same(made, options, more, monkeypatch):
    made.put("netnotes.toml", f"write_delay = 0\n{options}")
    write = WatchedVault.write

    def save_and_write(live, *given):
        if (made.root / "More.md").exists() and not made.depth("People/Bo.md"):
            made.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")
            made.stage.then(made.stage.at + 1, None, Changes(frozenset({"2026-03-09.md"})))
        return write(live, *given)

    monkeypatch.setattr(WatchedVault, "write", save_and_write)
    for at, path in ((50, "Some.md"), (100, "More.md")):
        made.stage.then(at, partial(made.put, path, "nothing\n"), Changes(frozenset({path})))
    start(made, 200, **more)
    assert made.depth("People/Bo.md")


def program(made, tmp_path):
    script = tmp_path / "take.py"
    script.write_text(
        f"import sys\nopen({str(tmp_path / 'out.txt')!r}, 'a').write(sys.stdin.read())\n", encoding="utf-8"
    )
    command = [sys.executable, str(script)]
    listed = ", ".join(f'"{word}"' for word in command)
    made.put("netnotes.toml", f'[notify]\ncommand = [{listed}]\nat = "00:00"\n')
    return script, command


def allow(made, command):
    trust = Trust(made.data / "trust")
    trust.allow(consent_key(made.root), consent_content(made.root, command), dt.datetime(2026, 3, 10, tzinfo=dt.UTC))


@pytest.mark.skipif(os.name == "nt", reason="paths of another kind in TOML")
def test_a_program_gets_the_lines_once_a_day_after_consent(made, tmp_path):
    _, command = program(made, tmp_path)
    allow(made, command)
    start(made, 100)
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").count("send Bo the map") == 1
    start(made, 100)
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").count("send Bo the map") == 1


@pytest.mark.skipif(os.name == "nt", reason="paths of another kind in TOML")
def test_nothing_runs_without_consent_or_once_the_script_has_changed(made, tmp_path):
    script, command = program(made, tmp_path)
    start(made, 100)
    assert made.events("failed")
    allow(made, command)
    script.write_text(script.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    start(made, 100)
    assert not (tmp_path / "out.txt").exists()


def test_a_lock_screen_shows_initials_alone(made):
    from netnotes.app.workspace import open_workspace

    space = open_workspace(made.root, {})
    vault, outcome = space.run(dt.date(2026, 3, 10))
    lines = notify_lines(space, vault, outcome, short=True)
    assert lines
    assert not any(name in line for line in lines for name in ("Ada", "Bo", "map"))
