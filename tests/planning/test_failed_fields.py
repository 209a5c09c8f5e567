"""While a part of depth fails, nothing that rests on depth moves in the notes; all else does."""

import datetime as dt

from netnotes.api import Field, Score, scorer
from netnotes.config import Config, DepthOptions
from netnotes.incremental import Memory
from netnotes.model import Vault
from netnotes.pipeline import run
from netnotes.plugin.hooks import MARK, Plugin
from netnotes.plugin_host.loader import bundled
from netnotes.text import parse

CONFIG = Config(depth=DepthOptions(weights={"know": 0.1, "like": 0.05, "trust": 0.05, "mood": 0.8}))


def plugins(*, well):
    @scorer(Field("mood", "how it went"))
    def mood(network, options):
        for tie in network.ties:
            if not well:
                raise ValueError
            yield Score(tie, 1.0, "well")

    return (*bundled(CONFIG), Plugin("mood", (getattr(mood, MARK),)))


def changes(note, *, well, day):
    """Return property → value of what is to change in Ada's note."""
    met = [parse.note(f"2026-0{month}-01.md", b"- Lunch with [[Ada]] (2 h)\n") for month in (1, 2, 3)]
    vault = Vault("vault", (*met, note))
    edits = run(vault, CONFIG, plugins(well=well), day, Memory()).edits
    return {name: new for edit in edits for name, (_, new) in edit.changes.items()}


def test_a_failing_part_of_depth_leaves_fields_that_depend_on_depth_unwritten():
    day = dt.date(2026, 3, 10)
    written = changes(parse.note("People/Ada.md", b""), well=True, day=day)
    assert written.keys() >= {"depth", "tie", "warmth", "follow_up"}
    head = "".join(f"{name}: {value}\n" for name, value in written.items())
    note = parse.note("People/Ada.md", f"---\n{head}---\n".encode())
    assert changes(note, well=False, day=day) == {}
    later = changes(note, well=False, day=dt.date(2027, 3, 10))
    assert later.keys() == {"warmth", "netnotes"}, "what does not rest on it goes on"
