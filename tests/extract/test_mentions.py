"""Mentions: held beside the encounters, shown as of a day as they are, and worth nothing to any tie."""

import datetime as dt
from dataclasses import replace

from netnotes.api import Mention
from netnotes.app.workspace import read_config
from netnotes.extract.corpus import corpus_of
from netnotes.incremental import Memory
from netnotes.pipeline import examine, read
from netnotes.storage.scan import read_vault
from tests.extract.test_encounters import write
from tests.scoring.builders import ADA, TODAY, Met, network

EARLIER = TODAY - dt.timedelta(40)


def test_an_earlier_day_knows_no_later_mention():
    mentions = tuple(Mention(day, (ADA,), "Daily.md", line) for line, day in enumerate((EARLIER, TODAY), 1))
    now = replace(network([Met(100)]), mentions=mentions)
    assert now.as_of(EARLIER).mentions == mentions[:1]
    assert now.as_of(TODAY).mentions == mentions


def test_a_mention_is_not_a_contact():
    bare = network([Met(100)])
    assert replace(bare, mentions=(Mention(TODAY, (ADA,), "Daily.md", 1),)).ties == bare.ties


def test_a_task_below_a_line_of_a_meeting_is_looked_at_like_any_other(tmp_path):
    """The lines above it that are no tasks are left out, and it once pointed to where they had been."""
    write(
        tmp_path,
        "=== People/Ada.md\n=== People/Bo.md\n=== 2026-03-01 Call.md\n---\nattendees: '[[Ada]]'\n---\n"
        "- agenda [[Ada]]\n- actions [[Ada]]\n"
        "  - [ ] ask [[Bo]]\n    - by [[Bo]]\n      - [x] called [[Bo]] ✅ 2026-03-04\n",
    )
    memory = Memory()
    vault, config = read_vault(tmp_path), read_config(tmp_path)
    network, _ = read(corpus_of(vault, config), config, (), dt.date(2026, 6, 30), memory)
    assert [(met.date.day, met.people[0].name) for met in network.encounters] == [(1, "Ada"), (4, "Bo")]
    assert not examine(vault, config, memory).candidates
