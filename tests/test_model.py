"""Laws of the records: a tie as of a day, and the stretches of days between contacts."""

import datetime as dt
from dataclasses import replace
from functools import reduce
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from netnotes.model import Contact, Encounter, Person, Stretch, Tie

START = dt.date(2026, 1, 1)
ME, ADA = Person("me", "me", me=True), Person("Ada.md", "Ada")
days_from_start = st.integers(0, 60).map(lambda days: START + dt.timedelta(days))
rising_days = st.lists(days_from_start, max_size=20).map(sorted)


def contact(day):
    return Contact(day, 10, 1, None, None, Encounter(day, (ADA,), "Daily.md", 1))


ties = rising_days.map(lambda days: Tie((ME, ADA), contacts=tuple(map(contact, days))))


@given(ties)
def test_contact_days_are_distinct_dates(tie):
    assert tie.days == len({contact.date for contact in tie.contacts})
    assert replace(tie, contacts=()).days == 0


@given(ties, days_from_start)
def test_as_of_a_day_later_contacts_are_gone(tie, day):
    assert tie.as_of(day).contacts == tuple(contact for contact in tie.contacts if contact.date <= day)


@given(ties, rising_days)
def test_stretches_hold_each_day_since_the_first_contact_with_the_tie_as_it_was(tie, days):
    found = list(tie.stretches(days))
    known = [day for day in days if tie.first and day >= tie.first]
    assert list(chain.from_iterable(stretch.days for stretch in found)) == known
    for then, _, stretch in found:
        assert all(then.contacts == tie.as_of(day).contacts for day in stretch)


@given(ties, rising_days, st.floats(-100, 100))
def test_a_sum_over_contacts_can_be_continued_from_any_start(tie, days, start):
    def add(total, contact):
        return total + contact.date.toordinal()

    total = start
    for stretch in tie.stretches(days):
        assert isinstance(stretch, Stretch)
        total = reduce(add, stretch.new, total)
        assert total == reduce(add, stretch.tie.contacts, start)
