"""Reports, stylers, readers and commands of a plugin, at the command line and in the network."""

import json
from typing import Any, cast

import pytest

from netnotes.api import (
    Contact,
    Field,
    FoundEncounter,
    Note,
    Problem,
    Promise,
    Remark,
    Row,
    Scene,
    Score,
    SourceLine,
    Style,
    argument,
    option,
    reader,
    report,
    scorer,
    styler,
)
from netnotes.app.workspace import open_workspace
from netnotes.testing import run
from tests.plugin_host.conftest import NOTES as VAULT_NOTES
from tests.plugin_host.conftest import TODAY

REPORT = '''"""unseen: a test."""
from dataclasses import dataclass
from netnotes.api import Remark, Row, argument, option, report

NETNOTES_API = 1

@dataclass(frozen=True)
class Options:
    who: str = argument("WHO", "whom")
    days: int = option(5, "days of silence", low=1)

@report("Long unseen", reads=("depth",), options=Options)
def long_unseen(network, options):
    """List whom you have not seen.

    \\b
    Example:
      netnotes report long-unseen
    """
    for tie in network.ties:
        if options.who in ("", tie.person.name) and (network.today - tie.last).days >= options.days:
            score = network.score(tie, "depth")
            yield Row({"name": tie.person, "depth": score.value, "since": tie.last, "none": None},
                      because="a | pipe", on=tie, evidence=tie.contacts)
    yield Remark("That is all.")
'''


@pytest.fixture
def result(home):
    home.plugin("unseen", REPORT)

    def netnotes(*args):
        return home.netnotes("report", "long-unseen", *args, home.root, "--as-of", TODAY.isoformat())

    return netnotes


def test_a_report_is_a_table(result):
    ran = result()
    assert ran.out.splitlines()[0].split() == ["name", "depth", "since", "why"]
    assert ran.out.splitlines()[-1] == "That is all."


def test_as_json_it_is_one_object_a_row(result):
    (ada, bob) = json.loads(result("--json").out)
    assert list(ada) == ["name", "depth", "since", "none", "path", "because", "evidence"]
    assert (ada["name"], ada["since"], ada["none"], ada["path"]) == (
        "Ada",
        "2026-06-20",
        None,
        "People/Ada.md",
    )
    assert bob["evidence"] == [{"path": "2026-06-20.md", "line": 2}]
    assert ada["depth"] != round(ada["depth"], 2)


def test_as_markdown_nothing_in_it_is_more_than_text(result):
    lines = result("--markdown").out.splitlines()
    assert lines[0] == "## Long unseen"
    assert lines[4].count("|") - lines[4].count("\\|") == 7
    assert "[[" not in "".join(lines)


def test_an_argument_comes_before_the_vault_and_flags_before_the_file(result, home):
    assert [row["name"] for row in json.loads(result("Bob", "--json").out)] == ["Bob"]
    home.write("netnotes.toml", "[plugins.unseen]\ndays = 100\n")
    assert json.loads(result("", "--json").out) == []
    assert len(json.loads(result("", "--json", "--days", "2").out)) == 2
    assert result("", "--days", "0").code == 2


def test_help_is_the_docstring(result, home):
    ran = home.netnotes("report", "long-unseen", home.root, "--help")
    assert "List whom you have not seen." in ran.out
    assert "days of silence" in ran.out


def test_reports_are_listed_and_slips_are_guessed(home):
    home.plugin("unseen", REPORT)
    ran = home.netnotes("report", "long-unsene", home.root)
    assert ran.code == 2
    assert "did you mean `long-unseen`?" in ran.err


def test_an_unknown_report_names_the_plugins_that_did_not_run(home):
    home.plugin("unseen", REPORT, allowed=False)
    for command in (("report", "unseen"), ("report",), ("long-unseen",)):
        result = home.netnotes(*command, home.root).err
        assert "not run: `unseen`" in " ".join(result.split()), result


def test_a_report_that_fails_ends_with_1_and_one_line(home):
    home.plugin("unseen", REPORT.replace("score.value", "1 / 0"))
    ran = home.netnotes("report", "long-unseen", home.root)
    assert ran.code == 1
    assert "`long-unseen` failed at" in ran.err
    assert "Traceback" not in ran.err


NOTES = """
    -- People/Ada.md --
    ---
    company: Acme
    ---
    -- People/Bob.md --
    -- 2026-06-20.md --
    - lunch with [[Ada]] and [[Bob]] (45 min) #scene/lisbon
    - [ ] send [[Bob]] the figures
    -- Phone.md --
    ---
    calls: 2026-06-20
    callers: [Ada, Nobody Yet]
    ---
"""


def test_a_report_may_look_at_other_days_and_other_ties():
    @report("Everything", reads=("depth", "warmth"))
    def everything(network, options):
        """Tell everything."""
        later = network.as_of(network.today.replace(year=2027))
        (tie,) = network.alter_ties
        yield Row({"pair": tie.people, "depth": network.score(tie, "depth").value}, on=tie)
        for mine in later.ties:
            now, then = network.score(mine, "warmth"), later.score(mine, "warmth")
            yield Row({"name": mine.person, "cools": now.value > then.value}, section="next year")

    result = run(everything, NOTES)
    assert [person.name for person in result.rows[0].cells["pair"]] == ["Ada", "Bob"]
    assert 0 < result.rows[0].cells["depth"] < 1
    assert [row.cells["cools"] for row in result.rows[1:]] == [True, True]


# What a type checker would refuse.
row: Any = Row
remark: Any = Remark
found_encounter: Any = FoundEncounter
BAD_ROWS = (
    row({"because": "x"}),
    row({"a": object()}),
    row({1: "x"}),
    row({"a": float("nan")}),
    row("x"),
    row({"a": ["x", 1]}),
    row({}, on="Ada"),
    row({}, evidence=["Daily.md:1"]),
    row({}, because=None),
    remark(None),
    "Ada",
    row({"a": 1}, more={"a": 2}),
)


@pytest.mark.parametrize("fact", BAD_ROWS, ids=range(len(BAD_ROWS)))
def test_a_row_that_is_none_drops_the_report(fact):
    @report("Bad")
    def bad(network, options):
        yield Row({"good": 1})
        yield fact

    result = run(bad, NOTES, strict=False)
    assert result.rows == ()
    assert [p.message.split(" dropped")[0].split(" failed")[0] for p in result.problems if p.plugin] == ["`bad`"]


def test_evidence_is_encounters_contacts_promises_and_lines():
    @report("Evidence")
    def evidence(network, options):
        (contact,) = network.ties[0].contacts
        (promise,) = network.promises
        assert isinstance(contact, Contact)
        assert isinstance(promise, Promise)
        assert all(isinstance(scene, Scene) for scene in network.scenes)
        yield Row({"a": 1}, evidence=[contact, contact.encounter, promise, SourceLine("Phone.md", 2)])

    (row,) = run(evidence, NOTES).rows
    assert len(row.evidence) == 4


def test_a_styler_that_fails_costs_its_own_styling_only():
    @styler()
    def bad(network, options):
        yield Style(network.people[0], color="#ff0000")
        yield "red"

    @styler()
    def good(network, options):
        for person in network.people:
            yield Style(person, group=str(person.properties.get("company")))

    result = run([good, bad], NOTES, strict=False)
    assert {style.group for style in result.styles} == {"Acme", "None"}
    assert ["`bad` dropped" in p.message for p in result.problems if p.plugin] == [True]


def test_a_style_that_cannot_be_drawn_is_a_problem():
    @styler()
    def wide(network, options):
        yield Style(network.people[0], color="red", width="wide")  # type: ignore[arg-type]

    result = run(wide, NOTES, strict=False)
    assert result.styles == ()
    assert any("#3366cc" in problem.message for problem in result.problems)


@pytest.mark.parametrize(("count", "left"), [(12, 0), (13, 1), (17, 5)])
def test_groups_for_which_the_legend_has_no_room_are_a_problem(count, left):
    @styler()
    def sectors(network, options):
        for number in range(count):
            yield Style(network.people[0], group=f"group {number}")
        yield Style(network.people[0], group="group 0")

    found = [problem.message for problem in run(sectors, NOTES).problems]
    assert len(found) == (1 if left else 0)
    assert all(f"{left} groups are not in the legend" in message and "group 12" in message for message in found)


def test_words_that_are_too_long_for_a_property_are_a_problem_and_never_cut():
    @scorer(Field("mood", "a test"))
    def mood(network, options):
        yield Score(network.ties[0], "[[Bob]] " * 40, "")

    result = run(mood, NOTES)
    assert "mood" not in result.written(result.network.ties[0].person.name)
    assert any("`mood` is not written: 319 characters are too long" in problem.message for problem in result.problems)


@reader()
def calls(note, options):
    assert isinstance(note, Note)
    assert note.text.startswith("---\ncalls:") or "calls" not in note.properties
    if day := note.properties.get("calls"):
        import datetime as dt

        yield FoundEncounter(
            dt.date.fromisoformat(str(day)),
            cast("list[str]", note.properties["callers"]),
            line=note.lines["calls"],
            channel="call",
            minutes=5,
        )
        yield Problem("noted")


def test_a_reader_adds_encounters_by_name():
    result = run(calls, NOTES)
    (call,) = [e for e in result.network.encounters if e.path == "Phone.md"]
    assert [person.name for person in call.people] == ["Ada", "Nobody Yet"]
    assert (call.minutes, call.channel, call.line) == (5, "call", 2)
    assert [(p.path, p.message) for p in result.problems if p.plugin] == [("Phone.md", "noted")]


def test_an_encounter_that_notes_and_a_reader_give_counts_once():
    import datetime as dt

    @reader()
    def again(note, options):
        if note.path == "2026-06-20.md":
            yield FoundEncounter(dt.date(2026, 6, 20), ["[[Ada]]", "[[Bob]]"], initiated_by="them")

    result = run(again, NOTES)
    (encounter,) = result.network.encounters
    assert (encounter.minutes, encounter.initiated_by) == (45, "them")


def bad_facts():
    import datetime as dt

    day = dt.date(2026, 6, 20)
    return (
        "Ada",
        found_encounter("2026-06-20", ["Ada"]),
        found_encounter(dt.datetime(2026, 6, 20, tzinfo=dt.UTC), ["Ada"]),
        found_encounter(day, "Ada"),
        found_encounter(day, [1]),
        found_encounter(day, ["Ada"], line=0),
        found_encounter(day, ["Ada"], minutes=-1),
        found_encounter(day, ["Ada"], minutes=float("nan")),
        found_encounter(day, ["Ada"], channel="owl"),
        found_encounter(day, ["Ada"], initiated_by="fate"),
        found_encounter(day, ["Ada"], scene=3),
        found_encounter(day, ["Ada"], fields={1: 2}),
        found_encounter(day, None),
    )


@pytest.mark.parametrize("fact", bad_facts(), ids=range(len(bad_facts())))
def test_a_reader_that_yields_what_is_none_loses_all_it_found(fact):
    import datetime as dt

    @reader()
    def bad(note, options):
        yield FoundEncounter(dt.date(2026, 6, 1), ["Ada"])
        yield fact

    result = run(bad, NOTES, strict=False)
    assert [str(e.date) for e in result.network.encounters] == ["2026-06-20"]
    (problem,) = [p for p in result.problems if p.plugin]
    assert "`bad` " in problem.message
    assert problem.path == "2026-06-20.md", "the note at which it failed"


def test_a_note_that_a_reader_is_shown_cannot_be_changed():
    @reader()
    def changing(note, options):
        note.properties["company"] = "Evil"
        yield from ()

    result = run(changing, NOTES, strict=False)
    assert result.person("Ada").properties["company"] == "Acme"
    assert any("read-only" in p.message for p in result.problems)


COMMAND = '''"""tally: a test."""
import click

from netnotes.api import pass_session

NETNOTES_API = 1

@click.command("tally")
@click.argument("word")
@pass_session
def tally(session, word):
    network = session.network()
    click.echo(f"{word}: {len(network.people)} people, {network.score(network.ties[0], 'depth') is not None}")

@click.command("people")
def people():
    click.echo("taken over")

commands = [tally, people]
'''


def test_a_command_of_a_plugin_is_found_in_its_vault(home, monkeypatch):
    home.plugin("tally", COMMAND)
    home.write("netnotes.toml", "")
    monkeypatch.chdir(home.root)
    assert home.netnotes("tally", "here").out == "here: 2 people, True\n"
    assert "did you mean `tally`?" in home.netnotes("taly").err
    assert "taken over" not in home.netnotes("people").out


def test_a_command_does_not_run_before_it_is_allowed(home, monkeypatch):
    home.plugin("tally", COMMAND, allowed=False)
    home.write("netnotes.toml", "")
    monkeypatch.chdir(home.root)
    assert home.netnotes("tally", "here").code == 2


COUNT = '''"""count: a test."""
import click

from netnotes.api import Remark, pass_session, report

NETNOTES_API = 1

@report("Seen")
def seen(network, options):
    notes = sorted(note.path for note in network.notes)
    yield Remark(f"{notes} {sorted(link.paths for link in network.links)}")

@click.command("count")
@click.argument("vault", required=False)
@pass_session
def count(session, vault):
    click.echo(f"{len(session.network().people)} people of {session.root.name}")

commands = [count]
'''


def test_a_command_works_on_the_vault_that_it_is_given_and_not_on_the_one_around(home, tmp_path, monkeypatch):
    home.plugin("count", COUNT)
    around = tmp_path / "around"
    (around / ".obsidian").mkdir(parents=True)
    monkeypatch.chdir(around)
    assert home.netnotes("count", home.root).out == f"2 people of {home.root.name}\n"
    assert "no command `count`" in home.netnotes("count").err


def test_a_report_sees_the_same_notes_and_links_in_a_test_and_at_the_command_line(home, monkeypatch):
    home.plugin("count", COUNT)
    home.write("netnotes.toml", "")
    monkeypatch.chdir(home.root)
    written = home.netnotes("report", "seen").out

    @report("Seen")
    def seen(network, options):
        yield Row(
            {"seen": f"{sorted(note.path for note in network.notes)} {sorted(link.paths for link in network.links)}"}
        )

    (row,) = run(seen, "\n".join(f"-- {path} --\n{text}" for path, text in VAULT_NOTES.items())).rows
    assert row.cells["seen"] in written


def test_options_of_the_public_face_are_fields():
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Options:
        who: str = argument("WHO")
        days: int = option(3, low=1)

    assert Options() == Options("", 3)


def test_alter_ties_are_scored_when_somebody_looks(home):
    home.write("2026-06-21.md", "- lunch with [[Ada]] and [[Bob]] (1h)\n")
    space = open_workspace(home.root, {})
    vault, outcome = space.run(TODAY)
    scored = space.scored(outcome, vault)
    (tie,) = scored.network.alter_ties
    assert scored.alters.number(tie, "depth") == scored.view("test").score(tie, "depth").value


STYLER = '''"""market: a test."""
from netnotes.api import Style, styler

NETNOTES_API = 1

@styler()
def market(network, options):
    for person in network.people:
        yield Style(person, group="grain & <b>flour</b>", color="#123456", because="in the trade")
'''


def test_a_styler_is_on_the_map_and_a_failing_one_is_reported(home):
    home.plugin("market", STYLER)
    home.plugin("broken", STYLER.replace("market", "broken").replace("yield Style", "1 / 0; yield Style"))
    target = home.root.parent / "map.html"
    ran = home.netnotes("graph", home.root, "--output", target, "--no-open", "--as-of", TODAY.isoformat())
    assert ran.code == 0
    text = target.read_text(encoding="utf-8")
    assert "#123456" in text
    assert "<b>flour</b>" not in text
    assert "plugin broken: `broken` failed at" in ran.err
