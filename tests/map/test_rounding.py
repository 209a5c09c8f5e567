"""What the page carries of a number shows the same two decimals as the number, and is on the same side of each ring."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from netnotes.daemon.live.redraw import PageUpdater
from netnotes.map.rings.layout import RINGS
from netnotes.plugin.facts import Score
from netnotes.scoring.depth import DEEP, hundredths, ten_thousandths

SHARES = st.floats(0, 1, allow_subnormal=False) | st.integers(0, 200).map(lambda half: half / 200)


@given(SHARES)
def test_two_decimals_come_out_as_of_the_number_itself(value):
    carried = ten_thousandths(value) / 10_000
    assert f"{carried:.2f}" == f"{value:.2f}"
    assert abs(carried - value) <= 0.00011


@given(SHARES)
def test_no_number_crosses_a_ring(value):
    carried = ten_thousandths(value, RINGS) / 10_000
    assert [carried >= ring for ring in RINGS] == [value >= ring for ring in RINGS]


@given(SHARES)
def test_a_tie_between_others_is_deep_on_the_page_only_if_it_is(value):
    assert (hundredths(value, (DEEP,)) >= 100 * DEEP) == (value >= DEEP)


def test_the_half_that_was_shown_as_more():
    assert ten_thousandths(0.12496) == 1249
    assert ten_thousandths(0.49997, RINGS) == 4999


def test_the_map_is_drawn_again_when_only_a_score_changed(tmp_path):
    from netnotes.app.workspace import open_workspace

    (tmp_path / "People").mkdir()
    (tmp_path / "People/Ada.md").write_text("---\ntype: person\n---\n", encoding="utf-8")
    (tmp_path / "2026-03-08.md").write_text("- Lunch with [[Ada]] (45 min)\n", encoding="utf-8")
    space = open_workspace(tmp_path)
    read, outcome = space.run(dt.date(2026, 3, 9))
    pages: list[str] = []
    output: list[str] = []
    drawing = PageUpdater(pages.append)
    assert drawing.update(space, outcome, read, output.append)
    assert not drawing.update(space, outcome, read, output.append)
    (tie,) = outcome.network.ties
    depth = outcome.scores.facts["depth"] | {tie: Score(tie, 0.77, "otherwise")}
    scores = dataclasses.replace(outcome.scores, facts={**outcome.scores.facts, "depth": depth})
    assert drawing.update(space, dataclasses.replace(outcome, scores=scores), read, output.append)
    assert (len(pages), output) == (2, [])
