"""What a plugin does wrong costs its own facts; one line says so, and everything else goes on."""

import datetime as dt
import json
import subprocess
import sys
import time

import pytest

from netnotes.app.workspace import open_workspace
from tests.plugin_host.conftest import TODAY, scorer


def outcome(home, **more):
    space = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)}, **more)
    return space, space.run(TODAY)[1]


def faults(home):
    _, found = outcome(home)
    assert {"know", "like", "trust", "warmth", "follow_up", "depth"} <= found.scores.facts.keys()
    return [problem for problem in found.problems if problem.plugin], found


FAILURES = {
    "raises": ("1 / 0", "`recency` failed at ", "ZeroDivisionError: division by zero"),
    "system exit": ("raise SystemExit(3)", "failed at", "SystemExit: 3"),
    "an exception of its own kind": ("raise BaseException('out')", "failed at", "BaseException: out"),
    "generator exit": ("raise GeneratorExit", "failed at", "GeneratorExit"),
    "an exception that cannot be told": (
        "raise type('E', (Exception,), {'__str__': lambda s: 1 / 0})",
        "failed at",
        ": E",
    ),
    "recursion": ("(f := lambda: f())()", "failed at", "RecursionError"),
    "nan": ("yield Score(tie, float('nan'), '')", "dropped at", "nan is not within 0 to 1 for Ada"),
    "infinity": ("yield Score(tie, float('inf'), '')", "dropped at", "inf is not within 0 to 1"),
    "out of range": ("yield Score(tie, 1.5, '')", "dropped at", "1.5 is not within 0 to 1"),
    "an enormous whole number": ("yield Score(tie, 10 ** 5000, '')", "failed at", "ValueError"),
    "truth": ("yield Score(tie, True, '')", "dropped at", "True is not a number, words, a date"),
    "nothing": ("yield Score(tie, None, '')", "dropped at", "None is not a number, words"),
    "a reason that is no text": ("yield Score(tie, 0.5, None)", "dropped at", "must be text"),
    "a fact that is none": ("yield 0.5", "dropped at", "it yields float, not Score"),
    "a score in disguise": ("yield type('Score', (Score,), {})(tie, 0.5, '')", "dropped at", "not Score"),
    "somebody twice": ("yield Score(tie, 0.5, ''); yield Score(tie, 0.4, '')", "dropped at", "it scores Ada twice"),
    "a stranger": (
        "from netnotes.api import Person; yield Score(Person('x', 'X'), 0.5, '')",
        "dropped",
        "not in this network",
    ),
    "a tie of strangers": (
        "from netnotes.api import Person, Tie; yield Score(Tie((network.ego, Person('x', 'X'))), 0.5, '')",
        "dropped",
        "not in this network",
    ),
    "an unhashable subject": (
        "yield Score([tie], 0.5, '')",
        "dropped",
        "a Score is on a tie, a person, a note or a link, not a list",
    ),
    "no end": ("while True: yield Problem('again')", "dropped at", "it yields without end"),
    "an undeclared read": ("network.score(tie, 'warmth')", "failed at", "reads `warmth` without declaring it"),
    "a score of another day": (
        "network.as_of(network.today.replace(year=2020)).score(tie, 'recency')",
        "failed at",
        "recency",
    ),
    "a problem that is none": ("yield Problem(7)", "failed", "must be text"),
    "a place that is none": ("yield Problem('x', path=7)", "failed", "path of a Problem must be text"),
}


@pytest.mark.parametrize("what", FAILURES)
def test_a_failure_is_one_line_with_its_place(home, what):
    body, how, why = FAILURES[what]
    home.plugin("recency", scorer(body=body))
    result, found = faults(home)
    assert "recency" not in found.scores.facts
    failures = [problem for problem in result if problem.message.startswith("`recency` ")]
    assert len(failures) == 1
    assert failures[0].plugin == "recency"
    assert how in failures[0].message
    assert why in failures[0].message
    assert "\n" not in failures[0].message
    if " at" in how:
        assert f"{home.folder / 'recency.py'}:" in failures[0].message


UNLOADABLE = {
    "a syntax error": ("def x(:\n", "not loaded at ", "SyntaxError"),
    "an import that fails": ("import nothing_of_that_name\n", "not loaded at", "ModuleNotFoundError"),
    "an import that exits": ("raise SystemExit\n", "not loaded at", "SystemExit"),
    "nul bytes": ("x = 1\0", "not loaded", "SyntaxError"),
    "another encoding": (b"x = '\xff\xfe'\n", "not loaded", "SyntaxError"),
    "what is no Python": (b"\x7fELF\x02\x01", "not loaded", ""),
    "nothing in it": ("NETNOTES_API = 1\n", "not loaded", "no function with a decorator"),
    "no API": (scorer().replace("NETNOTES_API = 1", ""), "not loaded", "does not declare NETNOTES_API"),
    "another API": (
        scorer().replace("NETNOTES_API = 1", "NETNOTES_API = 2"),
        "not loaded",
        "written for API 2, this is 1",
    ),
    "a name the API lacks": ("from netnotes.api import Sorcery\n", "not loaded at", "ImportError"),
    "one argument": (scorer().replace("(network, options)", "(network)"), "not loaded", "does not take two arguments"),
    "a field of the host": (scorer("depth"), "not loaded", "belongs to NetNotes itself"),
    "a field that is no name": (
        scorer().replace('Field("recency"', 'Field("Re cency"'),
        "not loaded",
        "not a valid field name",
    ),
    "an empty range": (scorer().replace('"a test")', '"a test", low=1, high=1)'), "not loaded", "range"),
    "options that are no dataclass": (scorer(reads=", options=dict"), "not loaded", "not a dataclass"),
    "an option without a default": (
        scorer(above="from dataclasses import dataclass\n@dataclass\nclass O:\n    x: int\n", reads=", options=O"),
        "not loaded",
        "`x` of `recency` has no default",
    ),
    "a decorator without its field": (
        scorer().replace('Field("recency", "a test")', '"recency"'),
        "not loaded at",
        "@scorer takes a Field",
    ),
    "a decorator without brackets": (
        scorer().replace('@scorer(Field("recency", "a test"))', "@scorer"),
        "not loaded at",
        "takes a Field",
    ),
    "commands that are none": ("NETNOTES_API = 1\ncommands = [1]\n", "not loaded", "commands"),
}


@pytest.mark.parametrize("what", UNLOADABLE)
def test_a_plugin_that_cannot_be_loaded_is_one_line_with_a_remedy(home, what):
    text, how, why = UNLOADABLE[what]
    home.plugin("recency", text)
    result, _ = faults(home)
    (problem,) = result
    assert problem.plugin == "recency"
    assert how in problem.message
    assert why in problem.message
    assert problem.hint


SOON = "import signal; signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)"
"""Has the time limit of a plugin end soon, whatever it is: those of all others stay long."""
timed = pytest.mark.skipif(sys.platform == "win32", reason="this system has no interval timer")


@timed
def test_a_loop_that_never_yields_is_interrupted(home):
    home.plugin("recency", scorer(body=f"{SOON}\n        while True: pass"))
    (problem,), _ = faults(home)
    assert "not done after 30 s" in problem.message


@timed
def test_so_is_one_that_catches_everything_it_can(home):
    body = (
        f"try:\n            {SOON}\n            import time; time.sleep(60)\n"
        "        except Exception:\n            yield Score(tie, 0.5, 'never')"
    )
    home.plugin("recency", scorer(body=body))
    (problem,), _ = faults(home)
    assert "not done after" in problem.message


@timed
def test_and_one_that_will_not_be_closed(home):
    body = f"try:\n            yield 1\n        finally:\n            {SOON}\n            while True: pass"
    home.plugin("recency", scorer(body=body))
    (problem,), _ = faults(home)
    assert "it yields int" in problem.message


@timed
def test_an_import_that_never_ends_is_interrupted(home):
    home.plugin("recency", f"{SOON}\nwhile True: pass\n")
    (problem,), _ = faults(home)
    assert "its import is not done after 30 s" in problem.message


@timed
def test_the_limit_is_the_one_that_is_asked_for(home):
    home.write("netnotes.toml", "[plugins]\nseconds = 600\n")
    home.plugin("recency", scorer(body=f"{SOON}\n        while True: pass"))
    (problem,), _ = faults(home)
    assert "not done after 600 s" in problem.message


def test_the_time_is_checked_between_facts_where_nothing_can_interrupt():
    from netnotes.plugin.call import TimeUp
    from netnotes.plugin.hooks import Plugin
    from netnotes.plugin_host.time_limit import Timekeeper

    def endless(tick):
        while time.perf_counter():
            tick()

    with Timekeeper(0.0)(Plugin("x", ()), "f") as tick, pytest.raises(TimeUp):
        endless(tick)


MUTATIONS = (
    "tie.person.properties['closeness'] = 5",
    "tie.person.properties.update(closeness=5)",
    "tie.person.properties |= {'closeness': 5}",
    "tie.contacts[0].encounter.minutes_by_person['x'] = 1.0",
    "tie.contacts[0].encounter.fields.clear()",
    "tie.person.name = 'Eve'",
    "network.today = None",
    "network.people = ()",
    "tie.contacts[0].minutes = 10 ** 6",
    "network.ties.append(tie)",
)


@pytest.mark.parametrize("change", MUTATIONS)
def test_a_plugin_cannot_change_the_records_it_is_shown(home, change):
    before = outcome(home)[1]
    home.plugin("recency", scorer(body=f"{change}\n        yield Score(tie, 0.5, '')"))
    (problem,), after = faults(home)
    assert "failed at" in problem.message
    assert {t: s.value for t, s in after.scores.facts["depth"].items()} == {
        t: s.value for t, s in before.scores.facts["depth"].items()
    }


def test_a_reader_of_a_failed_field_is_skipped_with_one_line(home):
    home.plugin("recency", scorer(body="1 / 0"))
    home.plugin("second", scorer("second", reads=", reads=('recency',)"))
    result, _ = faults(home)
    assert [p.message for p in result if p.plugin == "second"] == [
        "`second` was not run: it reads `recency`, which nothing scored"
    ]


def test_a_circle_of_reads_is_reported_for_each(home):
    home.plugin("one", scorer("one", reads=", reads=('two',)"))
    home.plugin("two", scorer("two", reads=", reads=('one',)"))
    result, _ = faults(home)
    assert sorted((p.plugin, p.message) for p in result) == [
        ("one", "`one` was not run: it reads its own field, itself or through others"),
        ("two", "`two` was not run: it reads its own field, itself or through others"),
    ]


def test_a_field_has_one_owner(home):
    home.plugin("mine", scorer("warmth").replace("def warmth", "def mine"))
    (problem,), found = faults(home)
    assert problem.message == "field `warmth` has an owner already: plugin `warmth`"
    assert found.scores.owners["warmth"] == "warmth"


def test_two_files_cannot_share_a_field_and_the_first_keeps_it(home):
    home.plugin("a", scorer("recency").replace("def recency", "def a"))
    home.plugin("b", scorer("recency").replace("def recency", "def b"))
    (problem,), found = faults(home)
    assert (problem.plugin, found.scores.owners["recency"]) == ("b", "a")


def test_written_fields_stay_while_a_plugin_fails(home):
    place = home.plugin("recency", scorer())
    assert home.netnotes("sync", home.root, "--yes", "--as-of", TODAY.isoformat()).code == 0
    note = home.root / "People" / "Ada.md"
    written = note.read_text()
    assert "recency: 0.5" in written
    for text in (scorer(body="1 / 0"), "def x(:\n", scorer(body="yield Score(tie, 0.9, '')")):
        place.write_text(text)
        if "0.9" not in text:
            home.allow(place)
        home.netnotes("sync", home.root, "--as-of", TODAY.isoformat())
        assert note.read_text() == written
    assert home.netnotes("sync", home.root, "--no-plugins", "--as-of", TODAY.isoformat()).code == 0
    assert note.read_text() == written


def test_strict_raises(home):
    home.plugin("recency", scorer(body="1 / 0"))
    with pytest.raises(ZeroDivisionError):
        outcome(home, strict=True)


def test_strict_names_the_plugin_its_function_and_the_line(home):
    place = home.plugin("recency", scorer(body="1 / 0"))
    ran = home.netnotes("people", home.root, "--strict")
    assert ran.code == 1
    assert f"`recency` of plugin `recency` failed at {place}:10: ZeroDivisionError: " in " ".join(ran.err.split())
    home.plugin("recency", "1 / 0\n")
    ran = home.netnotes("people", home.root, "--strict")
    assert f"plugin `recency` was not loaded at {place}:1: ZeroDivisionError: " in " ".join(ran.err.split())


ALARM = "if callable(signal.getsignal(signal.SIGALRM)): signal.raise_signal(signal.SIGALRM)"
"""What a plugin does to have its time limit end at once, if it has one."""


@timed
def test_no_time_limit_ends_a_breakpoint(home):
    """It ends what runs in any other plugin than one that is named, with `--strict`."""
    place = home.root.parent / "mood.py"
    place.write_text(scorer("mood", above="import signal", body=f"{ALARM}\n        yield Score(tie, 0.5, 'half')"))
    assert "`mood` dropped" in home.netnotes("check", home.root, "--plugin", place).out
    ran = home.netnotes("check", home.root, "--plugin", place, "--strict")
    assert (ran.code, "mood" in ran.out) == (0, False)


@timed
def test_the_debugger_of_a_breakpoint_answers_without_a_time_limit(home):
    place = home.root.parent / "mood.py"
    place.write_text(scorer("mood", above="import signal", body="breakpoint()\n        yield Score(tie, 0.5, 'half')"))
    typed = "p 'this is', tie.person.name, signal.getitimer(signal.ITIMER_REAL)\ncontinue\n"
    command = [sys.executable, "-P", "-m", "netnotes", "check", home.root, "--plugin", place, "--strict"]
    ran = subprocess.run(command, input=typed * 2, capture_output=True, text=True, timeout=60, check=False)
    # What plugins print is kept apart from the report.
    assert "(Pdb) ('this is', 'Ada', (0.0, 0.0))" in ran.stderr
    assert "(Pdb) ('this is', 'Bob', (0.0, 0.0))" in ran.stderr
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (0, "(Pdb) no problems")


def test_with_strict_a_command_ends_with_1_where_there_are_problems(home):
    home.plugin("recency", scorer(body="yield Problem('look here', on=tie)"))
    assert home.netnotes("people", home.root).code == 0
    assert home.netnotes("people", home.root, "--strict").code == 1


def test_a_problem_finds_the_note_it_is_on(home):
    home.plugin("recency", scorer(body="yield Problem('a', on=tie); yield Problem('b', on=tie.contacts[0])"))
    result, _ = faults(home)
    assert {(p.message, p.path, p.line) for p in result} == {
        ("a", "People/Ada.md", None),
        ("a", "People/Bob.md", None),
        ("b", "2026-06-20.md", 1),
        ("b", "2026-06-20.md", 2),
    }


def test_words_and_dates_and_subclasses_of_numbers_arrive_plain(home):
    above = "import datetime as dt\nclass N(float): pass\nclass W(str): pass\n"
    home.plugin(
        "recency",
        scorer(
            body="yield Score(tie, N(0.25), '') if 'Ada' in tie.person.name else Score(tie, W('x'), '')",
            above=above,
        ),
    )
    _, found = outcome(home)
    values = [score.value for score in found.scores.facts["recency"].values()]
    assert [(type(value), value) for value in values] == [(float, 0.25), (str, "x")]


def test_a_scorer_of_people_scores_the_tie_to_the_ego(home):
    body = "yield Score(tie.person, dt.date(2026, 7, 1), 'soon')"
    home.plugin("recency", scorer(body=body, above="import datetime as dt"))
    space, found = outcome(home)
    (ada, _) = found.network.ties
    assert found.scores.get(ada, "recency").value == dt.date(2026, 7, 1)
    assert "recency" not in space.scored(found, space.read()).alters.facts
    home.plugin("recency", scorer(body=body, above="import datetime as dt", reads=", between=True"))
    space, found = outcome(home)
    assert space.scored(found, space.read()).alters.facts["recency"] == {}, "no fault on ties between others"


def test_the_output_of_a_plugin_goes_to_stderr(home):
    home.plugin("recency", scorer(body="print('noise'); yield Score(tie, 0.5, '')", above="print('import')"))
    ran = home.netnotes("people", home.root, "--json")
    assert "noise" not in ran.out
    assert "import" not in ran.out
    assert "noise" in ran.err


FALSE_ALARMS = (
    "yield Problem('`recency` failed to find a date')",
    "yield Problem('`recency` dropped at noon')",
    "from dataclasses import replace; yield replace(Problem('mine'), failure=object())",
)


@pytest.mark.parametrize("body", FALSE_ALARMS)
def test_a_plugins_own_problem_is_never_a_failure(home, body):
    home.plugin("recency", scorer(body=f"yield Score(tie, 0.5, '')\n        {body}"))
    (problem, *_), found = faults(home)
    assert problem.failure is None
    assert "recency" in found.scores.facts
    rows = json.loads(home.netnotes("plugins", "list", home.root, "--json").out)
    assert {row["name"]: row["state"] for row in rows}["recency"] == "on"


@pytest.mark.parametrize(
    ("body", "kind"), [("1 / 0", "raised"), ("yield 1", "dropped"), ("yield Score(tie, 7, '')", "dropped")]
)
def test_a_failure_is_a_record(home, body, kind):
    home.plugin("recency", scorer(body=body))
    home.plugin("second", scorer("second", reads=", reads=('recency',)"))
    result, _ = faults(home)
    assert {(p.plugin, p.failure.hook, p.failure.kind) for p in result} == {
        ("recency", "recency", kind),
        ("second", "second", "skipped"),
    }
