"""A glance at hinted notes: quick where they are still plain notes, and nothing at all where that does not do."""

import pytest

from netnotes.model import Problem
from netnotes.storage import scan
from netnotes.storage.cache import NoteCache
from netnotes.storage.note_store import MOST_HINTS, NoteStore
from netnotes.storage.scan import read_vault


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "vault"
    for name in ("Ada", "Bo", "sub/Cy", "sub/Dé"):
        place = root / f"{name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"[[{name}]]\n", encoding="utf-8")
    return root


@pytest.fixture
def kept(root):
    store = NoteStore(root)
    store.refresh()
    return store


def test_a_glance_sees_the_hinted_notes_and_no_others(root, kept, monkeypatch):
    (root / "Ada.md").write_text("[[Bo]] anew\n", encoding="utf-8")
    (root / "Bo.md").write_text("[[Ada]] anew\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(scan, "listing", None)
        vault, changed = kept.refresh_hinted({"Ada.md", "sub/Cy.md"})
    whole = read_vault(root)
    assert changed == ("Ada.md",)
    assert vault.notes[0] == whole.notes[0]
    assert vault.notes[1] != whole.notes[1]
    assert kept.refresh() == (whole, ("Bo.md",))


def test_before_anything_was_read_there_is_nothing_to_glance_at(root):
    assert NoteStore(root).refresh_hinted({"Ada.md"}) is None


@pytest.mark.parametrize(
    "hint", ["nothing.md", "sub", "picture.png", ".obsidian/app.json", "../vault/Ada.md", "sub//Cy.md"]
)
def test_a_file_that_was_not_a_note_is_scanned_in_full(root, kept, hint):
    (root / "picture.png").write_bytes(b"")
    assert kept.refresh_hinted({"Ada.md", hint}) is None


@pytest.mark.parametrize(
    "became", ["gone", "folder", "link inside", "link outside", "in a linked folder", "in another linked folder"]
)
def test_a_note_that_became_something_else_is_scanned_in_full(root, kept, became, tmp_path):
    note = root / "sub/Cy.md"
    note.unlink()
    outside = tmp_path / "sub"
    outside.mkdir()
    (outside / "Cy.md").write_text("secret", encoding="utf-8")
    if became == "folder":
        note.mkdir()
    elif became.startswith("link"):
        note.symlink_to(root / "Bo.md" if became == "link inside" else outside / "Cy.md")
    elif became != "gone":
        (root / "sub").rename(root / "other")
        (root / "other/Cy.md").write_text("other", encoding="utf-8")
        (root / "sub").symlink_to(outside if became == "in a linked folder" else root / "other")
    assert kept.refresh_hinted({"sub/Cy.md"}) is None
    assert kept.refresh()[0] == read_vault(root)


@pytest.mark.parametrize("name", ["New.md", "sub/Crow.md", "sub/Zz.MD", "sub/.New.md", "A.md"])
def test_a_new_note_is_seen_at_a_glance(root, kept, name):
    (root / name).write_text("new", encoding="utf-8")
    (root / "Bo.md").write_text("[[Ada]] anew\n", encoding="utf-8")
    whole = read_vault(root)
    seen = kept.refresh_hinted({"Bo.md", name})
    assert (seen is None) == ("/." in name)
    assert seen is None or seen == (whole, tuple(sorted(("Bo.md", name))))
    assert kept.refresh()[0] == whole


def test_another_spelling_of_a_known_note_is_not_a_new_note(root, kept):
    """As a system that ignores case may report it."""
    (root / "sub/cy.md").hardlink_to(root / "sub/Cy.md")
    assert kept.refresh_hinted({"sub/cy.md"}) is None


def test_a_note_that_was_a_link_before_is_not_a_new_note(root):
    (root / "Eve.md").symlink_to(root / "Ada.md")
    store = NoteStore(root)
    store.refresh()
    (root / "Eve.md").unlink()
    (root / "Eve.md").write_text("new", encoding="utf-8")
    assert store.refresh_hinted({"Eve.md"}) is None
    assert store.refresh()[0] == read_vault(root)


def test_a_file_that_cannot_be_read_is_scanned_in_full(root, kept, monkeypatch):
    (root / "Ada.md").write_text("anew", encoding="utf-8")
    refuse = Problem("cannot be read: x", path="Ada.md")
    monkeypatch.setattr(scan, "read_note", lambda root, path, known=None: refuse)
    assert kept.refresh_hinted({"Ada.md"}) is None


def test_many_hints_take_more_than_a_glance(root, kept):
    assert kept.refresh_hinted({*(f"{number}.md" for number in range(MOST_HINTS)), "Ada.md"}) is None


def test_the_result_of_a_quick_scan_is_cached(root, tmp_path):
    store = NoteStore(root, NoteCache(tmp_path / "cache", root))
    store.refresh()
    (root / "Ada.md").write_text("[[Bo]] anew\n", encoding="utf-8")
    store.refresh_hinted({"Ada.md"})
    vault, _ = store.refresh()
    assert NoteStore(root, NoteCache(tmp_path / "cache", root)).refresh() == (vault, ())


def test_a_vault_behind_a_link_is_refreshed_too(root, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(root)
    store = NoteStore(link)
    store.refresh()
    (root / "sub/Dé.md").write_text("anew", encoding="utf-8")
    _, changed = store.refresh_hinted({"sub/Dé.md"})
    assert changed == ("sub/Dé.md",)
