"""The way to somebody, and whom to make known to each other."""

import math
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from netnotes_plugins import introduce, path

from netnotes.api import DEEP
from netnotes.cli import program
from netnotes.cli.session import Session
from netnotes.insights import Target, acquaintances, companies, target
from netnotes.testing import run
from tests.examples import examples
from tests.plugins.dates import TODAY, ago, meeting, note, often

WEEKLY = range(0, 500, 7)
ADA = note("People/Ada", scene="home", tags="[baker]") + often("Ada", WEEKLY)
REX = note("People/Rex Long", company='"Long & Sons, Porto"', scene="porto") + meeting(25, "Fair", ["Rex Long"])
TOGETHER = meeting(50, "Dinner", ["Ada", "Rex Long"], minutes="180")


def paths_to(to, notes, **options):
    """Return each way as names, `you` first, with its strengths."""
    result = run(path, notes, as_of=TODAY, options={"to": to, **options})
    found: dict[str, list[Any]] = {}
    for row in result.rows:
        found.setdefault(row.section, []).append(row)
    return [["you"] + [row.cells["to"].name for row in rows] for rows in found.values()], result


def test_the_path_to_a_person_goes_through_the_deepest_tie():
    found, result = paths_to("rex long", ADA + REX + TOGETHER)
    assert sorted(found) == [["you", "Ada", "Rex Long"], ["you", "Rex Long"]]
    cautions = {row.cells["to"].name: row.more["caution"] for row in result.rows}
    assert cautions == {"Ada": "", "Rex Long": "shallow"}
    assert "seldom works" in result.remarks[-1].text
    assert all(row.evidence for row in result.rows)


@pytest.mark.parametrize("word", ["porto", "PORTO", "Long & Sons", "LONG & sons"])
def test_a_scene_or_a_company_is_reached_through_deep_ties(word):
    others = note("People/Max", company="Long & Sons", scene="porto") + meeting(26, "Stall", ["Max"])
    found, _ = paths_to(word, ADA + REX + others + TOGETHER)
    assert found == [["you", "Ada", "Rex Long"]]


def test_a_deep_tie_is_asked_directly():
    found, result = paths_to("Ada", ADA)
    assert found == [["you", "Ada"]]
    assert result.rows[0].more["caution"] == ""
    assert not result.remarks


def test_somebody_never_met_is_reached_by_what_a_note_says():
    stranger = note("People/Eve", introduced_by='"[[Ada]]"')
    found, result = paths_to("Eve", ADA + stranger)
    assert found == [["you", "Ada", "Eve"]]
    assert result.rows[-1].because == "named in a note, never seen together"
    assert [(place.path, place.line) for place in result.rows[-1].evidence] == [("People/Eve.md", 2)]


def test_no_path_is_reported_plainly():
    found, result = paths_to("Eve", ADA + note("People/Eve"))
    assert (found, result.rows) == ([], ())
    assert "No path leads to Eve" in result.remarks[0].text


def test_nobody_of_that_name_and_two_of_that_name_are_problems():
    _, result = paths_to("Zebulon", ADA)
    assert "no one named Zebulon" in result.problems[-1].message
    _, result = paths_to("Tom", note("People/Tom A") + note("People/Tom B"))
    assert "which Tom? Tom A or Tom B" in result.problems[-1].message
    assert result.problems[-1].hint


def test_no_ignored_person_is_on_a_path():
    shy = ADA.replace("tags: [baker]", "tags: [baker]\nnetnotes: ignore")
    found, _ = paths_to("Rex Long", shy + REX + TOGETHER)
    assert found == [["you", "Rex Long"]]


def test_each_first_step_comes_once_before_any_repeats():
    bob = note("People/Bob", scene="home") + often("Bob", range(3, 500, 7))
    members = "".join(note(f"People/M{n}", scene="porto") for n in range(4))
    met = meeting(60, "A", ["Ada", "M0", "M1", "M2"]) + meeting(65, "B", ["Bob", "M3"])
    found, _ = paths_to("porto", ADA + bob + members + met, ways=2)
    assert {way[1] for way in found} == {"Ada", "Bob"}


PAIRS = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda p: p[0] < p[1]), max_size=8)


@given(PAIRS, st.sets(st.integers(0, 5), min_size=1))
@settings(max_examples=examples(25))
def test_no_other_path_is_stronger(pairs, mine):
    """Against all ways of at most five steps, tried one by one."""
    people = "".join(note(f"People/P{n}") for n in range(6))
    met = "".join(meeting(30 + n, "One", [f"P{n}"]) for n in mine)
    together = "".join(meeting(100 + 10 * n, "Two", [f"P{a}", f"P{b}"]) for n, (a, b) in enumerate(sorted(pairs)))
    _, result = paths_to("P5", people + met + together)
    network = result.network
    depth = {
        frozenset(tie.people): score.value
        for tie in (*network.ties, *network.alter_ties)
        if (score := network.score(tie, "depth"))
    }

    def strongest(at, seen, strength):
        yield strength if at.name == "P5" else 0.0
        for ends, value in depth.items():
            if at in ends and at.name != "P5" and not (ends - {at}) & seen:
                (other,) = ends - {at}
                yield from strongest(other, seen | {other}, strength * value)

    best = max(strongest(network.ego, {network.ego}, 1.0))
    shown = [
        math.prod(row.cells["strength"] for row in result.rows if row.section == s)
        for s in {r.section for r in result.rows}
    ]
    assert math.isclose(max(shown, default=0.0), best, rel_tol=1e-9)


def test_the_command_needs_a_name_and_fails_for_an_unknown_one(netnotes, tmp_path):
    (tmp_path / "People").mkdir()
    (tmp_path / "People" / "Ada.md").write_text(f"- {ago(9)} coffee (1h)\n", encoding="utf-8")
    assert netnotes("path").code == 2
    ran = netnotes("path", "Zoe", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "no one named Zoe" in ran.err
    assert netnotes("path", "ada", tmp_path, "--as-of", TODAY.isoformat()).code == 0


def test_targets_and_their_evidence():
    network = run(
        path, ADA + REX + note("People/Eve", knows="[Rex Long, Ghost]"), as_of=TODAY, options={"to": "Ada"}
    ).network
    assert isinstance(target(network, "Porto"), Target)
    assert target(network, "Porto").kind == "scene"
    assert target(network, "Long & Sons").kind == "company"
    assert target(network, "Rex").kind == "person"
    rex = target(network, "Rex").people[0]
    assert list(companies(rex)) == ["Long & Sons, Porto", "Long & Sons"]
    assert [(one.name, other.name) for one, other, _ in acquaintances(network)] == [("Eve", "Rex Long")]


BOB = note("People/Bob", scene="home", tags="[baker, person]") + often("Bob", range(3, 500, 7))


def pairs(notes, **options):
    rows = run(introduce, notes, as_of=TODAY, options=options).rows
    return [({row.more["one"].name, row.more["other"].name}, row.because) for row in rows]


def test_two_deep_ties_with_something_in_common_are_to_be_introduced():
    assert pairs(ADA + BOB) == [({"Ada", "Bob"}, "both tagged #baker; both in home")]


def test_not_those_who_were_seen_together_or_share_nothing_or_are_shallow():
    assert pairs(ADA + BOB + meeting(50, "Dinner", ["Ada", "Bob"])) == []
    assert pairs(ADA + BOB.replace("home", "far").replace("baker", "smith")) == []
    assert pairs(ADA + note("People/Cy", scene="home") + often("Cy", (1, 2))) == []


def test_a_crowd_makes_nobody_acquainted():
    crowd = [f"C{n}" for n in range(20)]
    assert len(pairs(ADA + BOB + meeting(50, "Fair", ["Ada", "Bob", *crowd]))) == 1


def test_people_whom_a_note_calls_acquainted_are():
    assert pairs(ADA + BOB.replace("scene: home", 'scene: home\nintroduced_by: "[[Ada]]"')) == []


def test_nobody_is_named_in_more_than_two_pairs():
    many = "".join(note(f"People/F{n}", scene="home") + often(f"F{n}", range(n, 500, 7)) for n in range(1, 7))
    names = [name for people, _ in pairs(ADA + many, most=50) for name in people]
    assert max(names.count(name) for name in names) == 2


def test_no_pair_is_said_kindly():
    remarks = run(introduce, ADA, as_of=TODAY).remarks
    assert "takes two deep ties" in remarks[0].text
    assert DEEP == 0.5


def test_a_name_of_several_words_needs_no_quotes():
    example = Path(__file__).parents[2] / "examples" / "vault"
    day = ["--as-of", "2026-06-30", "--json"]
    quoted = CliRunner().invoke(program, ["path", "José Tavares", str(example), *day], obj=Session())
    assert quoted.exit_code == 0
    assert (
        CliRunner().invoke(program, ["path", "José", "Tavares", str(example), *day], obj=Session()).output
        == quoted.output
    )
