"""A logbook after a write equals one opened anew, and computes nothing that it has computed already."""

import datetime as dt
from pathlib import Path

import pytest

from netnotes.app.logbook import Logbook, open_logbook
from netnotes.app.workspace import open_workspace
from netnotes.writing.apply import WriteContext
from netnotes.writing.draft import Draft, insert, locate
from netnotes.writing.journal import Journal

TODAY = dt.date(2026, 3, 11)
NOW = dt.datetime(2026, 3, 11, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "Daily").mkdir(parents=True)
    (root / "netnotes.toml").touch()
    for name in ("Marta Quill", "Ben Osei"):
        (root / f"{name}.md").write_text("---\ntype: person\n---\n", encoding="utf-8")
    (root / "Daily" / "2026-03-09.md").write_text("- coffee with [[Ben Osei]], 20 min\n", encoding="utf-8")
    return root


def opened(root: Path) -> Logbook:
    return open_logbook(open_workspace(root, {}, no_plugins=True), TODAY, NOW)


def write(logbook: Logbook, *drafts: Draft) -> None:
    with Journal(logbook.space.root.parent / "data") as journal:
        assert not logbook.write(drafts, WriteContext(logbook.space.root, journal, NOW)).problems


def appended(root: Path, path: str, lines: str) -> Draft:
    found = locate(root, path, ())
    assert isinstance(found, tuple)
    draft = insert(path, found, lines, len(found[1].decode()))
    assert isinstance(draft, Draft)
    return draft


def check_current(logbook: Logbook, root: Path) -> None:
    fresh = opened(root)
    assert [note.digest for note in logbook.vault.notes] == [note.digest for note in fresh.vault.notes]
    assert logbook.outcome.network.encounters == fresh.outcome.network.encounters
    assert logbook.outcome.network.ties == fresh.outcome.network.ties
    assert logbook.outcome.scores.facts == fresh.outcome.scores.facts
    assert logbook.outcome.edits == fresh.outcome.edits
    assert logbook.days == fresh.days
    paths = [note.path for note in logbook.vault.notes]
    assert list(map(logbook.encounter_count, paths)) == list(map(fresh.encounter_count, paths))


def test_a_line_that_was_tried_is_written_without_another_run(root: Path, counted: list[dt.date]) -> None:
    logbook = opened(root)
    planned = logbook.plan(logbook.understand("coffee with Marta Quill 45m yesterday"))
    before = len(counted)
    write(logbook, planned.draft)
    assert "Daily/2026-03-10.md" in logbook.days
    assert len(counted) == before
    check_current(logbook, root)


def test_a_fact_that_the_words_do_not_say_is_added_at_the_second_try(root: Path, counted: list[dt.date]) -> None:
    logbook = opened(root)
    before = len(counted)
    planned = logbook.plan(logbook.understand("coffee with Marta Quill 45m yesterday, she started it"))
    assert planned.text == "- coffee with [[Marta Quill]] 45m, she started it [by:: them]\n"
    assert len(counted) == before + 2


def test_lines_are_logged_one_after_the_other(root: Path) -> None:
    logbook = opened(root)
    for text in ("coffee with Marta Quill 45m yesterday", "called Ben Osei 10m yesterday", "met Ben Osei on 9 March"):
        write(logbook, logbook.plan(logbook.understand(text)).draft)
        check_current(logbook, root)


def test_something_else_is_written_than_was_tried(root: Path) -> None:
    logbook = opened(root)
    planned = logbook.plan(logbook.understand("coffee with Marta Quill 45m yesterday"))
    write(logbook, appended(root, "Daily/2026-03-09.md", "- lunch with [[Marta Quill]], 1h\n"))
    check_current(logbook, root)
    write(logbook, planned.draft)
    check_current(logbook, root)


def test_a_note_beside_the_tried_one_is_written_too(root: Path) -> None:
    logbook = opened(root)
    planned = logbook.plan(logbook.understand("coffee with Marta Quill 45m yesterday"))
    write(logbook, planned.draft, appended(root, "Daily/2026-03-09.md", "- lunch with [[Marta Quill]], 1h\n"))
    check_current(logbook, root)


def test_a_line_is_tried_and_not_written(root: Path) -> None:
    logbook = opened(root)
    logbook.plan(logbook.understand("coffee with Marta Quill 45m yesterday"))
    logbook.encounters_with("Daily/2026-03-09.md", b"- coffee with [[Ben Osei]], 2 h\n")
    check_current(logbook, root)
