"""Date arithmetic stays within the calendar."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from netnotes.dates import add_days


@given(st.dates(), st.integers(-4_000_000, 4_000_000))
@example(dt.date.min, -1)
@example(dt.date.max, 1)
def test_a_day_is_moved_as_far_as_the_calendar_goes(day, days):
    try:
        expected = day + dt.timedelta(days)
    except OverflowError:
        expected = dt.date.max if days > 0 else dt.date.min
    assert add_days(day, days) == expected
