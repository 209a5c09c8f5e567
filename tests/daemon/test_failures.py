"""What goes amiss behind the loop's back: notes put back, hints that are lost, looks that fail."""

from functools import partial

from netnotes.daemon.backoff import LONGEST
from netnotes.daemon.loop import FAILED
from netnotes.daemon.watch.change_sets import Changes
from netnotes.writing import apply
from netnotes.writing.draft import draft

MET_BO = "- Lunch with [[Bo]] (45 min)\n"


def options(daemon, text):
    (daemon.root / "netnotes.toml").write_text(text, encoding="utf-8")


def test_a_note_that_somebody_put_back_as_it_was_before_is_written_again(daemon):
    """A checkout, or a sync service: the note is as the daemon last saw it, and its own write is gone."""
    options(daemon, "write_delay = 0")
    before = daemon.text("People/Ada.md")
    daemon.stage.then(5, lambda: daemon.put("People/Ada.md", before))
    daemon.run(10)
    assert daemon.depth("People/Ada.md")
    assert daemon.events("changed", "written") == ["written", "changed", "written"]


def test_a_mistake_in_the_options_is_reported_until_it_is_fixed(daemon):
    daemon.stage.then(50, lambda: options(daemon, "write_dely = 3\n"))
    daemon.stage.then(60, lambda: daemon.put("2026-03-09.md", MET_BO))
    seen = []
    daemon.stage.then(100, lambda: seen.append(daemon.loop.status.error), None)
    daemon.stage.then(110, lambda: options(daemon, "write_delay = 3\n"))
    daemon.run(200)
    assert "did you mean `write_delay`" in seen[0]
    assert daemon.statuses[-1].error is None


def test_a_note_that_changed_unnoticed_is_read_when_it_is_to_be_written(daemon):
    options(daemon, "write_delay = 0")
    daemon.stage.then(5, lambda: daemon.put("People/Bo.md", "---\ntype: person\n---\nanew\n"), None)
    daemon.stage.then(6, lambda: daemon.put("2026-03-08.md", MET_BO), Changes(frozenset({"2026-03-08.md"})))
    daemon.run(6.1)
    assert daemon.depth("People/Bo.md")
    assert daemon.text("People/Bo.md").endswith("anew\n")


def test_changes_missed_by_a_failed_scan_are_found_later(daemon, monkeypatch):
    def fail(*args):
        raise MemoryError

    options(daemon, "write_delay = 0")
    daemon.stage.then(5, lambda: monkeypatch.setattr(daemon.loop.live, "scan", fail), None)
    daemon.stage.then(6, lambda: daemon.put("2026-03-09.md", MET_BO))
    daemon.stage.then(7, monkeypatch.undo, None)
    daemon.run(6 + 2 * FAILED)
    assert daemon.depth("People/Bo.md")


def test_a_stop_comes_between_two_notes_that_only_wait(daemon, monkeypatch):
    """A vault that was fetched a moment ago: all its notes wait, and to find that out takes its time."""
    for number in range(10):
        daemon.put(f"People/P{number}.md", "---\ntype: person\n---\n")
        daemon.put(f"2026-02-{number + 1:02}.md", f"- met [[P{number}]]\n")
    read = []

    def reading(root, edit, templates=(), draft=draft):
        read.append(edit.path)
        if len(read) == 3:
            daemon.stop()
        return draft(root, edit, templates)

    monkeypatch.setattr(apply, "draft", reading)
    daemon.run(100)
    assert len(read) == 3


def test_two_that_never_agree_about_a_note_do_not_write_for_ever(daemon):
    """As when a vault lies within another one, and both are watched."""
    options(daemon, "write_delay = 0")
    before = daemon.text("People/Ada.md")
    for number in range(100):
        daemon.stage.then(5 + 5 * number, lambda: daemon.put("People/Ada.md", before))
    seen = []
    daemon.stage.then(300, lambda: seen.append(daemon.loop.status.error), None)
    daemon.stage.then(310, lambda: daemon.put("2026-03-09.md", MET_BO))
    daemon.stage.then(311, lambda: seen.append(daemon.depth("People/Bo.md")), None)
    daemon.run(500 + LONGEST)
    assert len(daemon.events("written")) < 10
    assert seen[0] == "another program keeps reverting notes"
    assert seen[1], "all others are written as ever"
    assert daemon.depth("People/Ada.md"), "and this one in the end"
    assert daemon.statuses[-2].error is None


def test_what_the_user_writes_and_takes_back_again_and_again_is_no_dispute(daemon):
    """Each time the fields are other than those before, although they are those of an earlier time."""
    options(daemon, "write_delay = 0")
    texts = ("nothing\n", "- Lunch with [[Ada]] and [[Bo]] (45 min)\n")
    for number in range(20):
        daemon.stage.then(5 + 5 * number, partial(daemon.put, "2026-03-09.md", texts[number % 2]))
    daemon.run(110)
    assert not daemon.events("contested")
    assert daemon.depth("People/Bo.md")
