"""The list printed last: its numbers hold as long as it would be printed again as it was."""

import datetime as dt

import pytest

from netnotes.app.workspace import open_workspace
from netnotes.cli.numbered_list import ListChanged, NoSuchLine, numbered_row, promises_of
from netnotes.scoring.reports import person_of

DAY = "2026-06-30"
ADA = "- 2026-01-05 tea\n- 2026-02-02 tea\n- 2026-03-02 tea\n- [ ] send [[Ada]] the plan 📅 2026-06-20\n"
NOTES = {".obsidian/app.json": "{}", "People/Ada.md": ADA, "People/Bo.md": "- [ ] ring [[Bo]] 📅 2026-06-29\n"}


@pytest.fixture
def root(vault):
    return vault(NOTES)


def line(root, number, day=DAY):
    space = open_workspace(root)
    _, outcome = space.run(dt.date.fromisoformat(day))
    return numbered_row(space, outcome, number)


@pytest.mark.parametrize("report", ["today", "chase", "due"])
def test_a_number_means_a_line_of_the_list_printed_last(netnotes, root, report):
    printed = netnotes(report, root, f"--as-of={DAY}").out
    row = line(root, 2)
    name = person_of(row).name
    assert name in next(text for text in printed.splitlines() if text.strip().startswith("2"))
    assert [promise.path for promise in promises_of(row)] in ([], [f"People/{name}.md"])


def test_options_of_the_list_are_kept(netnotes, root):
    netnotes("today", root, f"--as-of={DAY}", "--most=1")
    assert line(root, 1)
    with pytest.raises(NoSuchLine, match="printed 1 line,"):
        line(root, 2)


def test_a_list_that_would_be_another_now_is_not_used(netnotes, root, vault):
    netnotes("chase", root, f"--as-of={DAY}")
    vault({"People/Bo.md": "- [x] ring [[Bo]] 📅 2026-06-29\n"})
    with pytest.raises(ListChanged, match="`netnotes chase`"):
        line(root, 1)


def test_a_sentence_with_another_count_of_days_is_the_same_line(netnotes, root):
    netnotes("chase", root, f"--as-of={DAY}")
    assert line(root, 1, "2026-07-01")


def test_json_and_markdown_have_no_numbers(netnotes, root):
    netnotes("chase", root, f"--as-of={DAY}", "--json")
    netnotes("chase", root, f"--as-of={DAY}", "--markdown")
    with pytest.raises(NoSuchLine, match="no list was printed"):
        line(root, 1)


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"report": "people", "options": {}, "lines": []}', '{"report": "due"}']
)
def test_a_damaged_list_counts_as_missing(netnotes, root, kept, monkeypatch, tmp_path):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))
    netnotes("chase", root, f"--as-of={DAY}")
    (place,) = (tmp_path / "data").rglob("last_list.json")
    place.write_text(kept)
    with pytest.raises(NoSuchLine):
        line(root, 1)
