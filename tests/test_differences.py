"""What two sequences do not share."""

from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.differences import differences
from tests.examples import examples


class Item:
    def __init__(self, key):
        self.key = key


def key(item):
    return item.key


POOL = [Item(at // 2) for at in range(3000)]
"""Two items for each key, in order."""
CHOICES = st.lists(st.integers(0, 40) | st.integers(0, len(POOL) - 1), max_size=30, unique=True)


def ids(items):
    return {id(item) for item in items}


@settings(max_examples=examples(500), deadline=None)
@given(CHOICES, CHOICES, st.sampled_from((0, 2500)))
def test_nothing_that_differs_is_missed(without, there, common):
    before = [item for at, item in enumerate(POOL) if at < common or at in there]
    now = [item for at, item in enumerate(POOL) if (at < common) != (at in without)]
    gone, new = differences(before, now, key)
    assert ids(before) - ids(now) <= ids(gone) <= ids(before)
    assert ids(now) - ids(before) <= ids(new) <= ids(now)
    # Of several items with one key, some that both have may be in both lists.
    assert {key(item) for item in gone} | {key(item) for item in new} == {
        key(item) for item in POOL if (id(item) in ids(before)) != (id(item) in ids(now))
    }


@settings(max_examples=examples(500), deadline=None)
@given(CHOICES, CHOICES)
def test_with_one_item_for_each_key_they_are_exact(there, here):
    before, now = ([POOL[2 * at] for at in sorted(those) if 2 * at < len(POOL)] for those in (there, here))
    gone, new = differences(before, now, key)
    assert (ids(gone), ids(new)) == (ids(before) - ids(now), ids(now) - ids(before))


@given(st.permutations(POOL[:8]), st.permutations(POOL[4:12]))
def test_in_no_order_nothing_is_missed_either(before, now):
    gone, new = differences(before, now, key)
    assert ids(before) - ids(now) <= ids(gone)
    assert ids(now) - ids(before) <= ids(new)
