"""Stage of a scene: the numbers of the rule, what counts, and the advice that follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from netnotes_plugins import scenes

from netnotes.insights import SceneStage, overall_stage, scene_stages, tie_statuses
from netnotes.insights.scene_stage import sigma
from netnotes.testing import run
from tests.plugins.dates import TODAY, ago, day, meeting, note, often


def report(notes, **more):
    return run(scenes, notes, as_of=TODAY, **more)


def row(notes, name, **more):
    return next(r for r in report(notes, **more).rows if r.cells["name"] == name)


def crowd(count, scene="lisbon", days=10, start=0):
    return "".join(meeting(days, f"Talk {n}", [f"P{n}"], scene=scene) for n in range(start, start + count))


@pytest.mark.parametrize(
    ("people", "deep", "young", "expected", "word"),
    [
        (0, 0, False, 0, "exploring"),
        (10, 0, False, 1 / 3, "exploring"),
        (15, 0, False, 0.5, "narrowing"),
        (15, 1, False, 0.6, "narrowing"),
        (15, 2, False, 0.7, "focused"),
        (99, 9, False, 1, "focused"),
        (99, 9, True, 0.3, "exploring"),
        (3, 0, True, 0.1, "exploring"),
    ],
)
def test_sigma(people, deep, young, expected, word):
    assert sigma(people, deep, young=young) == pytest.approx(expected)
    assert SceneStage("x", None, (), (), sigma(people, deep, young=young), young=young).word == word


def cells_of(*args, **options):
    """Return everything that is known of a scene: what is shown, and what only the JSON holds."""
    found = row(*args, **options)
    return {**found.cells, **found.more}


@given(st.integers(0, 200), st.integers(0, 50), st.booleans())
def test_sigma_grows_with_people_and_depth_and_keeps_its_bounds(people, deep, young):
    value = sigma(people, deep, young=young)
    assert 0 <= value <= (0.3 if young else 1)
    assert sigma(people + 1, deep, young=young) >= value
    assert sigma(people, deep + 1, young=young) >= value


def test_a_scene_begins_with_its_first_encounter_and_is_young_for_ninety_days():
    for days, expected in ((89, 0.3), (90, 0.5)):
        cells = cells_of(crowd(20, days=days), "lisbon")
        assert cells["since"] == ago(days)
        assert cells["people"] == 20
        assert cells["sigma"] == pytest.approx(expected)


def test_a_scene_can_be_declared():
    cells = cells_of(crowd(20), "lisbon", config="[scenes.lisbon]\nsince = 2026-01-01\n")
    assert (str(cells["since"]), cells["sigma"]) == ("2026-01-01", 0.5)
    cells = cells_of("-- Home.md --\n", "porto", config="[scenes.porto]\nsince = 2026-06-01\n")
    assert (cells["people"], cells["stage"]) == (0, "exploring")


def test_a_tag_a_person_and_a_declared_name_give_the_scene():
    notes = (
        note("People/Ada", scene="lisbon")
        + day(9, "coffee with [[Ada]]")
        + note("People/Bob")
        + day(8, "coffee with [[Bob]] #scene/porto")
        + note("People/Cy")
        + meeting(7, "Talk", ["Cy"], tags="[faro]")
    )
    found = report(notes, config="[scenes.Faro]\nsince = 2026-06-01\n").rows
    assert [(r.cells["name"], r.cells["people"]) for r in found] == [("Faro", 1), ("lisbon", 1), ("porto", 1)]


def test_a_place_where_five_are_first_met_is_a_scene_by_itself():
    talks = [meeting(20 - n, f"Talk {n}", [f"A{n}", f"B{n}"], place='"Porto, Portugal"') for n in range(3)]
    cells = cells_of("".join(talks), "Porto")
    assert (cells["people"], cells["since"], cells["stage"]) == (6, ago(20), "exploring")
    assert report("".join(talks[:2])).rows == ()


def test_a_cafe_is_not_a_scene():
    notes = note("People/Ada") + "".join(meeting(n, "Coffee", ["Ada"], place="Blue Door") for n in range(1, 30))
    assert report(notes).rows == ()


def test_a_place_that_is_called_as_a_scene_is_that_scene():
    notes = meeting(9, "Talk", ["Ada"], scene="Porto") + meeting(8, "Walk", ["Bob"], place="porto")
    assert row(notes, "Porto").cells["people"] == 2


DEEP = range(0, 500, 7)


def test_a_deep_tie_counts_at_home_alone():
    notes = note("People/Ada", scene="home") + often("Ada", DEEP) + meeting(5, "Fair", ["Ada", "Bob"], scene="lisbon")
    assert row(notes, "home").cells["deep"] == 1
    assert (row(notes, "lisbon").cells["people"], row(notes, "lisbon").cells["deep"]) == (2, 0)


def test_exploring_names_those_met_once_who_opens_doors_and_how_many_more():
    notes = (
        note("People/Ada", scene="home")
        + often("Ada", DEEP)
        + crowd(3)
        + meeting(5, "Dinner", ["Ada", "P0", "P1"], scene="lisbon")
    )
    found = row(notes, "lisbon")
    assert [person.name for person in found.more["once"]] == ["P2"]
    assert [person.name for person in found.more["doors"]] == ["Ada"]
    assert found.more["leads"] == 11 - 4
    output = " ".join(remark.text for remark in report(notes).remarks if remark.section == "lisbon: exploring")
    assert "P2" in output
    assert "7 more people" in output


def test_a_focused_scene_names_the_five_who_takes_time_and_whom_to_let_go():
    five = "".join(note(f"People/D{n}", scene="home") + often(f"D{n}", range(n, 500, 7)) for n in range(5))
    shallow = note("People/Talker", scene="home") + often("Talker", (60, 50, 40), "lunch with [[{}]] and [[D1]] (2h)")
    gone = note("People/Gone", scene="home") + "-- Old.md --\n" + often("Gone", (1800, 1790, 1780))
    notes = five + shallow.replace("People/Talker", "People/Talker") + gone + crowd(15, scene="home", days=200)
    merged = merge(notes)
    found = row(merged, "home")
    assert found.cells["stage"] == "focused"
    assert {person.name for person in found.more["five"]} == {f"D{n}" for n in range(5)}
    assert [person.name for person in found.more["without_depth"]] == ["Talker"]
    assert "Gone" in {person.name for person in found.more["rest"]}


def merge(text):
    files: dict[str, str] = {}
    for part in text.split("-- ")[1:]:
        path, _, body = part.partition(" --\n")
        files[path] = files.get(path, "") + body
    return "".join(f"-- {path} --\n{body}" for path, body in files.items())


def test_ignored_people_are_not_counted():
    notes = crowd(2) + note("People/Shy", netnotes="ignore") + meeting(9, "Walk", ["Shy"], scene="lisbon")
    assert row(notes, "lisbon").cells["people"] == 2


def test_evidence_is_every_encounter_of_the_scene():
    found = row(crowd(3), "lisbon")
    assert len({contact.encounter.path for contact in found.evidence}) == 3


def test_without_scenes_it_says_how_to_begin():
    assert "scene: lisbon" in report("-- Home.md --\n").remarks[0].text


def test_the_whole_network_has_a_stage_too():
    result = run(scenes, crowd(30), as_of=TODAY)
    everybody = tie_statuses(result.network)
    assert overall_stage(result.network, everybody).sigma == 0.5
    assert [stage.scene for stage in scene_stages(result.network)] == ["lisbon"]
