"""The daemon follows the files beside the vault that `[sources]` names, and those of plugins."""

import datetime as dt

import pytest

from netnotes.app import file_sources
from netnotes.app.workspace import read_config
from netnotes.plugin_host import discovery
from netnotes.plugin_host.consent import Trust

NOW = dt.datetime(2026, 3, 10, tzinfo=dt.UTC)
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:{day}
DTSTART:{day}T100000Z
DTEND:{day}T120000Z
ATTENDEE:mailto:bo@example.org
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def calendar(daemon, tmp_path, monkeypatch):
    """Return the folder of calendars that the daemon's vault names."""
    monkeypatch.setenv("NETNOTES_DATA", str(daemon.data))
    place = tmp_path / "calendars"
    place.mkdir()
    (place / "one.ics").write_text(EVENT.format(day="20260301"))
    daemon.put("netnotes.toml", f'write_delay = 0\n[sources]\ncalendar = "{place.as_posix()}"\n')
    daemon.put("People/Bo.md", "---\ntype: person\nemail: bo@example.org\n---\n")
    for path in ("netnotes.toml", "People/Bo.md"):
        daemon.touch(path, 3600)
    return place


def allow(daemon):
    sources = file_sources.named_sources(daemon.root, read_config(daemon.root))
    trust = Trust(daemon.data / "trust")
    trust.allow(file_sources.consent_key(daemon.root), file_sources.consent_content(sources), NOW)


def test_nothing_is_read_before_it_is_allowed(daemon, calendar):
    daemon.run(60)
    assert daemon.depth("People/Bo.md") is None


def test_a_calendar_that_is_allowed_while_it_runs_is_read(daemon, calendar):
    daemon.stage.then(30, lambda: allow(daemon), None)
    daemon.run(120)
    assert daemon.depth("People/Bo.md") is not None


def test_a_changed_calendar_is_followed_without_a_hint(daemon, calendar):
    allow(daemon)
    seen = []

    def change():
        seen.append(daemon.depth("People/Bo.md"))
        (calendar / "two.ics").write_text(EVENT.format(day="20260205"))

    daemon.stage.then(60, change, None)
    daemon.run(180)
    assert seen[0] is not None
    assert daemon.depth("People/Bo.md") > seen[0]
    assert daemon.events("files changed") == ["files changed"]


def test_plugins_are_shown_words_and_files_as_in_any_command(daemon, tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(daemon.data))
    daemon.put(
        ".netnotes/plugins/words.py",
        "from netnotes.api import Field, Score, scorer\nNETNOTES_API = 1\n"
        "@scorer(Field('letters', 'of the last line', high=1000), reads=('text',))\n"
        "def letters(network, options):\n"
        "    for tie in network.ties:\n"
        "        if tie.contacts:\n"
        "            yield Score(tie, len(network.text(tie.contacts[-1])), 'letters')\n",
    )
    place = discovery.canonical(daemon.root / ".netnotes/plugins/words.py")
    Trust(daemon.data / "trust").allow(str(place), place.read_bytes(), NOW)
    daemon.run(60)
    assert "letters: 29" in daemon.text("People/Ada.md")
