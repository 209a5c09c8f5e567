"""A depth on the screen has two decimals and never crosses the border between shallow and deep."""

from hypothesis import example, given
from hypothesis import strategies as st

from netnotes.scoring.depth import DEEP, depth_text


@given(st.floats(0, 1, allow_subnormal=False))
@example(0.497)
@example(0.4999999)
@example(0.5)
def test_a_depth_below_the_border_is_shown_below_it(value):
    shown = float(depth_text(value))
    assert (shown >= DEEP) == (value >= DEEP)
    assert abs(shown - value) <= 0.011
    assert len(depth_text(value)) == 4
