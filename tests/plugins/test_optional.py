"""The bundled plugins that run when they are enabled, and that every hook is made use of by one of ours."""

import importlib

import click
import pytest

from netnotes.plugin import hooks
from netnotes.plugin_host.discovery import BUNDLED, ON_REQUEST, OPTIONAL
from netnotes.plugin_host.module_loader import hooks_of
from netnotes.testing import run
from tests.plugin_host.conftest import home

__all__ = ["home"]


def module(name):
    return importlib.import_module(f"netnotes_plugins.{name}")


def bundled():
    return [module(name) for name in (*BUNDLED, *OPTIONAL, *ON_REQUEST)]


@pytest.mark.parametrize("kind", hooks.Hook.__args__, ids=lambda kind: kind.__name__)
def test_every_hook_is_used_by_a_bundled_plugin(kind):
    assert any(isinstance(hook, kind) for each in bundled() for hook in hooks_of(each))


def test_commands_and_readers_of_files_are_used_by_a_bundled_plugin():
    assert any(isinstance(each, click.Command) for found in bundled() for each in getattr(found, "commands", ()))
    assert any(isinstance(hook, hooks.Reader) and hook.files for each in bundled() for hook in hooks_of(each))


MEETING = """
    -- People/Ada.md --
    ---
    email: ada@example.org
    birthday: 1990-07-04
    company: Lockyer, Pell
    ---
    -- People/Bob.md --
    -- Files/home.ics --
    BEGIN:VCALENDAR
    BEGIN:VEVENT
    UID:one
    DTSTART:20260601T100000Z
    DTEND:20260601T113000Z
    ATTENDEE;CN=A.:mailto:ada@example.org
    ATTENDEE;CN=Bob:mailto:bob@example.org
    ATTENDEE;CN=Somebody Else:mailto:else@example.org
    END:VEVENT
    BEGIN:VEVENT
    UID:two
    STATUS:CANCELLED
    DTSTART;VALUE=DATE:20260602
    ATTENDEE:mailto:ada@example.org
    END:VEVENT
    END:VCALENDAR
"""


def test_meetings_of_calendar_files():
    (met,) = run(module("meetings"), MEETING, as_of="2026-06-30").network.encounters
    assert [person.name for person in met.people] == ["Ada", "Bob"]
    assert (str(met.date), met.minutes, met.path, met.fields["uid"]) == ("2026-06-01", 90, "Files/home.ics", "one")


def test_a_file_that_is_no_calendar_is_a_problem():
    ran = run(module("meetings"), MEETING.replace("BEGIN:VEVENT", "BEGIN"), as_of="2026-06-30")
    assert [(problem.path, problem.message.partition(":")[0]) for problem in ran.problems] == [
        ("Files/home.ics", "not a calendar")
    ]


def test_a_cake_for_birthdays_that_are_near():
    assert run(module("birthday_badges"), MEETING, as_of="2026-06-30").style("Ada").badge == "🎂"
    assert run(module("birthday_badges"), MEETING, as_of="2026-06-30", options={"days": 3}).style("Ada") is None


def test_an_address_book():
    text = run(module("address_book"), MEETING, as_of="2026-06-30").exported["vcf"]
    assert text.splitlines()[:8] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:Ada",
        "N:Ada;;;;",
        "EMAIL:ada@example.org",
        "ORG:Lockyer\\, Pell",
        "BDAY:1990-07-04",
        "END:VCARD",
    ]


def test_an_anonymous_address_book_from_the_command_line_has_no_name(home):
    home.write("netnotes.toml", '[plugins]\nenable = ["address_book"]\n')
    shown = home.netnotes("graph", home.root, "--format", "vcf", "--output", "-").out
    hidden = home.netnotes("graph", home.root, "--format", "vcf", "--output", "-", "--numbers").out
    assert "FN:Ada" in shown
    assert "Ada" not in hidden


def test_milestones():
    before = "\n-- People/Ada.md --\n"
    days = [f"2026-0{month}-1{day}" for month in (3, 4, 5, 6) for day in range(9)]
    after = before + "".join(f"-- {day}.md --\n- dinner with [[Ada]] (3h)\n" for day in days)
    ran = run(module("milestones"), after, as_of="2026-06-30", before=before)
    assert [notice.text for notice in ran.notices] == ["Ada is a deep tie now"]
    back = run(module("milestones"), before, as_of="2026-06-30", before=after)
    assert [notice.text for notice in back.notices] == ["Ada is no longer a deep tie"]
    assert ran.command("tally").splitlines() == ["1 people, 36 contact days, 1 deep ties", "in person: 36"]


def test_tally_from_the_command_line(home):
    home.write("netnotes.toml", '[plugins]\nenable = ["milestones"]\n')
    assert home.netnotes("tally", home.root).out.startswith("2 people, 2 contact days")


REPORT = '''"""visits: a report whose rows have a day."""
from typing import Literal
from dataclasses import dataclass
from datetime import timedelta
from netnotes.api import Row, report

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    tone: Literal["warm", "plain"] = "plain"


@report("Visits", options=Options)
def visits(network, options):
    """List visits."""
    for tie in network.ties:
        day = network.today + timedelta(3) if tie.person.name == "Ada" else None
        yield Row({"name": tie.person, "tone": options.tone}, on=tie, day=day)
'''


def test_any_report_whose_rows_have_a_day_can_be_a_calendar(home, tmp_path):
    home.plugin("visits", REPORT)
    place = tmp_path / "visits.ics"
    ran = home.netnotes("report", "visits", home.root, "--as-of", "2026-06-30", "--ics", place)
    assert (ran.code, ran.err.strip()) == (0, f"wrote 1 event to {place}")
    text = place.read_text()
    assert "SUMMARY:Ada: plain" in text
    assert "DTSTART;VALUE=DATE:20260703" in text
    assert "NetNotes//visits" in text
    first = text
    home.netnotes("report", "visits", home.root, "--as-of", "2026-06-30", "--ics", place)
    assert place.read_text() == first
    place.write_text("mine")
    assert home.netnotes("report", "visits", home.root, "--ics", place).code == 1
    assert place.read_text() == "mine"


def test_a_report_without_days_writes_no_calendar(home, tmp_path):
    home.plugin("visits", REPORT.replace("day=day", "day=None"))
    ran = home.netnotes("report", "visits", home.root, "--ics", tmp_path / "x.ics")
    assert (ran.code, "no row of `visits` has a day" in ran.err) == (1, True)


def test_a_literal_is_a_choice_at_the_command_line(home):
    home.plugin("visits", REPORT)
    assert "warm" in home.netnotes("report", "visits", home.root, "--tone", "warm").out
    ran = home.netnotes("report", "visits", home.root, "--tone", "rude")
    assert (ran.code, "'warm', 'plain'" in ran.err) == (2, True)
