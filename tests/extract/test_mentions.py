"""Mentions: held beside the encounters, shown as of a day as they are, and worth nothing to any tie."""

import datetime as dt
from dataclasses import replace

from netnotes.api import Mention
from tests.scoring.builders import ADA, TODAY, Met, network

EARLIER = TODAY - dt.timedelta(40)


def test_an_earlier_day_knows_no_later_mention():
    mentions = tuple(Mention(day, (ADA,), "Daily.md", line) for line, day in enumerate((EARLIER, TODAY), 1))
    now = replace(network([Met(100)]), mentions=mentions)
    assert now.as_of(EARLIER).mentions == mentions[:1]
    assert now.as_of(TODAY).mentions == mentions


def test_a_mention_is_no_contact():
    bare = network([Met(100)])
    assert replace(bare, mentions=(Mention(TODAY, (ADA,), "Daily.md", 1),)).ties == bare.ties
