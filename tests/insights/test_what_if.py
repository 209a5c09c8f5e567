"""What would move a tie is what it would be if it were done."""

from dataclasses import replace

from hypothesis import given, settings

from netnotes.config import Config
from netnotes.insights.what_if import levers
from netnotes.plugin_host import loader
from tests.examples import examples
from tests.scoring.builders import ADA, TODAY, WEIGHTS, Met, depth, network
from tests.scoring.test_depth_laws import HISTORIES

BUNDLED = loader.bundled(Config())


def of(mets):
    made = network(mets)
    return {lever.what: lever for lever in levers(made, made.tie(ADA), BUNDLED, WEIGHTS)}


@given(HISTORIES)
@settings(max_examples=examples(40))
def test_the_most_comes_first_and_never_lowers(mets):
    found = list(of(mets).values())
    assert [lever.depth for lever in found] == sorted((lever.depth for lever in found), reverse=True)
    assert all(0 < lever.depth <= 1 for lever in found)


def test_each_is_the_depth_of_having_done_it():
    mets = [Met(2 + 25 * turn, by="me") for turn in range(8)]
    found = of(mets)
    done = {
        "two more hours one-to-one": [Met(0), Met(-7)],
        "two more hours one-to-one, three months apart": [Met(0), Met(-90)],
        "two more hours one-to-one, suggested by Ada": [Met(0, by="them"), Met(-7, by="them")],
    }
    assert found.keys() == done.keys()
    for what, more in done.items():
        assert found[what].depth == depth([*mets, *more], found[what].on), what
    assert next(iter(found)) == "two more hours one-to-one, suggested by Ada"


def test_whose_turn_it_is_is_said():
    assert "two more hours one-to-one, suggested by you" in of([Met(9, by="them")])
    assert not any("suggested by" in what for what in of([Met(9, by="me"), Met(3, by="them")]))
    assert not any("suggested by" in what for what in of([Met(9)]))


def test_somebody_met_in_one_scene_alone_may_be_met_in_another():
    found = of([Met(9 * turn, context="choir") for turn in range(9)])
    assert next(iter(found)) == "two more hours one-to-one, outside choir"


def test_it_changes_nothing_of_the_tie():
    made = network([Met(3), Met(90)])
    before = replace(made.tie(ADA))
    levers(made, made.tie(ADA), BUNDLED, WEIGHTS)
    assert made.tie(ADA).contacts == before.contacts
    assert depth([Met(3), Met(90)]) == depth([Met(3), Met(90)], TODAY)
