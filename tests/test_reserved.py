"""What NetNotes wrote is never read as evidence, and no field is written where the user's own word is read."""

import ast
import datetime as dt
from pathlib import Path

import pytest

from netnotes import testing
from netnotes.config import parse
from netnotes.errors import BadConfig
from netnotes.plugin.decorators import scorer
from netnotes.plugin.facts import Field, Score
from netnotes.reserved import READ, fold_key, is_reserved
from netnotes.text import parse as reading
from netnotes.text.frontmatter import ownership

ROOT = Path(__file__).parents[1]
DAY = dt.date(2026, 6, 30)
WRITTEN = frozenset({"depth", "tie", "warmth", "lastcontact", "followup"})
"""Properties that are written by default; a user may write `last_contact` too, and then it is read."""


def sealed(**values):
    marks = ownership.text(ownership.sealed(values.items()))
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + f"netnotes: {marks}\n---\n"


def test_a_property_that_we_wrote_is_not_the_note_s_value():
    note = reading.note("Ada.md", sealed(location="Lisbon", depth=0.5).encode())
    assert note.value("location") is None
    assert note.value("depth") is None
    assert set(note.owned) == {"location", "depth", "netnotes"}


def test_a_property_that_somebody_changed_is_theirs_again():
    text = sealed(location="Lisbon").replace("location: Lisbon", "location: Porto")
    assert reading.note("Ada.md", text.encode()).value("location") == "Porto"


@pytest.mark.parametrize("spelled", ["Last Contact", "last-contact", "LAST_CONTACT", "lastContact", "Last_contact"])
def test_names_are_compared_without_case_accents_and_marks(spelled):
    note = reading.note("Ada.md", f"---\n{spelled}: 2026-03-01\n---\n".encode())
    assert note.value("last_contact") == "2026-03-01"
    assert note.line("last_contact") == 2


def test_a_field_that_would_be_read_back_is_not_written():
    @scorer(Field("location", "Where."))
    def location(network, options):
        for tie in network.ties:
            yield Score(tie, "Lisbon", "there")

    vault = """
        -- People/Ada.md --
        -- 2026-03-01.md --
        - lunch with [[Ada]] [scene:: Lisbon]
        -- 2026-03-08.md --
        - lunch with [[Ada]]
        """
    result = testing.run(location, vault, as_of=DAY.isoformat(), strict=False)
    assert "location" not in result.written("Ada")
    assert any("location" in problem.message for problem in result.problems)


def test_configuration_may_not_send_a_field_to_a_property_that_is_read():
    for name in ("birthday", "Attendees", "last-met", "cadence"):
        if is_reserved(name):
            with pytest.raises(BadConfig):
                parse(f'[fields]\nfollow_up = "{name}"\n')


def names_asked_for(path):
    """Every literal name given to `.value()`, `.key()` and `.line()`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("value", "key", "line"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def test_every_property_that_is_read_is_reserved():
    folders = [ROOT / "netnotes" / name for name in ("extract", "insights", "network", "scoring", "map")]
    paths = [path for folder in [*folders, ROOT / "plugins"] for path in folder.rglob("*.py")]
    asked = {name for path in paths for name in names_asked_for(path)}
    assert {fold_key(name) for name in asked} <= READ | WRITTEN
