"""The first and the last days that a date can be, for every command that takes a day."""

import pytest

NOTES = {
    "People/Ada.md": "---\ncadence: weekly\nscene: mill\n---\n- 2026-06-01 coffee (45 min)\n- [ ] send Ada the plan\n",
    "People/Bo.md": "---\nscene: mill\n---\n- 9999-12-30 lunch\n- 9999-12-31 lunch\n",
    "2026-06-02 Mill.md": "---\nattendees: [Ada, Bo, Cy, Dee]\nscene: mill\n---\n",
    "2026-06-09 Mill.md": "---\nattendees: [Ada, Bo, Cy]\nscene: mill\n---\n",
    "2026-06-16 Mill.md": "---\nattendees: [Ada, Bo, Dee]\nscene: mill\n---\n",
}
COMMANDS = [
    ["people"],
    ["why", "Ada"],
    ["history", "Ada"],
    ["today"],
    ["chase"],
    ["due", "--days", "400"],
    ["scenes"],
    ["circles"],
    ["groups"],
    ["path", "Bo"],
    ["introduce"],
    ["profile"],
    ["forecast", "--days", "400"],
    ["sync", "--dry-run"],
    ["graph", "--no-open", "-o", "-"],
    ["graph", "--format", "json", "-o", "-"],
    ["check"],
]


EXTREME = ["0001-01-01", "0001-02-01", "9999-12-31"]
NEARLY = ["0001-12-31", "9999-11-30"]


@pytest.mark.parametrize("day", [*EXTREME, *(pytest.param(day, marks=pytest.mark.full) for day in NEARLY)])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_day_is_too_early_or_too_late(netnotes, vault, command, day):
    ran = netnotes(*command, vault(NOTES), "--as-of", day)
    assert "Error" not in ran.err
    assert ran.code in ((0, 1) if command[0] in ("check", "path") else (0,)), ran.err
