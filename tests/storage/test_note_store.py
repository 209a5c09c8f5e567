"""The parsed notes of a vault, kept current: what changed is read, all else is not, and the answer is the same."""

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.model import Problem
from netnotes.notes import Note
from netnotes.storage import note_store, parallel, scan
from netnotes.storage.cache import NoteCache
from netnotes.storage.note_store import COARSEST, NoteStore
from netnotes.storage.scan import Listing, read_vault
from tests.examples import examples


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    for name in ("Ada", "Bo", "Cy"):
        (root / f"{name}.md").write_text(f"[[{name}]]\n", encoding="utf-8")
    return root


@pytest.fixture
def reads(monkeypatch):
    """Return the list of paths that are read."""
    seen = []
    read_note = scan.read_note

    def noting(root, path, known=None, **how):
        seen.append(path)
        return read_note(root, path, known, **how)

    monkeypatch.setattr(scan, "read_note", noting)
    return seen


@pytest.fixture
def later(monkeypatch):
    """Let so much time have passed since the notes were written that they are settled."""
    monkeypatch.setattr(time, "time_ns", lambda: 4_000_000_000_000_000_000)


def test_the_first_look_finds_everything_new(root):
    vault, changed = NoteStore(root).refresh()
    assert vault == read_vault(root)
    assert changed == ("Ada.md", "Bo.md", "Cy.md")


@pytest.mark.parametrize("read", [NoteStore.read, NoteStore.read_links])
@pytest.mark.parametrize("hinted", [(), ("Bo.md",)])
def test_who_only_reads_takes_no_news_from_who_follows_changes(root, read, hinted):
    store = NoteStore(root)
    store.refresh()
    (root / "Ada.md").write_text("changed\n", encoding="utf-8")
    (root / "Cy.md").unlink()
    assert read(store) == read_vault(root)
    (root / "Bo.md").write_text("changed too\n", encoding="utf-8")
    vault, changed = store.refresh_hinted(hinted) if hinted else store.refresh()
    assert (vault, changed) == (read_vault(root), ("Ada.md", "Bo.md", "Cy.md"))
    assert store.refresh()[1] == ()


@pytest.mark.usefixtures("later")
def test_nothing_is_read_twice(root, reads):
    kept = NoteStore(root)
    first, _ = kept.refresh()
    reads.clear()
    again, changed = kept.refresh()
    assert (again, changed, reads) == (first, (), [])


@pytest.mark.usefixtures("later")
def test_changed_notes_are_read_and_named(root, reads):
    kept = NoteStore(root)
    kept.refresh()
    reads.clear()
    (root / "Ada.md").write_text("[[Dora]] and more\n", encoding="utf-8")
    (root / "Bo.md").unlink()
    (root / "New.md").write_text("x", encoding="utf-8")
    vault, changed = kept.refresh()
    assert changed == ("Ada.md", "Bo.md", "New.md")
    assert sorted(reads) == ["Ada.md", "New.md"]
    assert vault == read_vault(root)


@pytest.mark.usefixtures("later")
def test_another_time_on_the_same_bytes_is_not_a_change(root, reads):
    kept = NoteStore(root)
    before, _ = kept.refresh()
    reads.clear()
    os.utime(root / "Ada.md", (1, 1))
    vault, changed = kept.refresh()
    assert (reads, changed) == (["Ada.md"], ())
    assert vault.notes[0] is before.notes[0]
    kept.refresh()
    assert reads == ["Ada.md"]


@pytest.mark.usefixtures("later")
def test_a_note_moved_with_its_stamp_is_another(root):
    kept = NoteStore(root)
    kept.refresh()
    (root / "Ada.md").rename(root / "Zoe.md")
    vault, changed = kept.refresh()
    assert changed == ("Ada.md", "Zoe.md")
    assert [note.path for note in vault.notes] == ["Bo.md", "Cy.md", "Zoe.md"]


@pytest.mark.usefixtures("later")
def test_two_notes_that_change_places(root):
    kept = NoteStore(root)
    kept.refresh()
    (root / "Ada.md").rename(root / "x")
    (root / "Bo.md").rename(root / "Ada.md")
    (root / "x").rename(root / "Bo.md")
    vault, changed = kept.refresh()
    assert changed == ("Ada.md", "Bo.md")
    assert [note.links for note in vault.notes] == [("Bo",), ("Ada",), ("Cy",)]


class TestStampsThatCannotTell:
    """The same stamp on other bytes, as a coarse clock leaves it."""

    STAMP = 1_000_000_000_000_000_000

    @pytest.fixture
    def at(self, root, monkeypatch):
        """Return the function that refreshes at a time, all notes bearing one and the same stamp."""
        stamp = scan.stamp(self.STAMP, self.STAMP, 1, 1)
        monkeypatch.setattr(scan, "listing", lambda root, *_: Listing({"Ada.md": stamp}))
        kept = NoteStore(root)

        def refresh(now):
            monkeypatch.setattr(time, "time_ns", lambda: now)
            return kept.refresh()[1]

        return refresh

    @pytest.mark.parametrize("since", [0, COARSEST, -COARSEST + 1])
    def test_read_at_the_time_of_the_stamp_it_is_read_again(self, root, at, since):
        at(self.STAMP + since)
        (root / "Ada.md").write_text("[[Eve]]\n", encoding="utf-8")
        assert at(self.STAMP + 10 * COARSEST) == ("Ada.md",)
        (root / "Ada.md").write_text("[[Fay]]\n", encoding="utf-8")
        assert at(self.STAMP + 20 * COARSEST) == ()

    @pytest.mark.parametrize("since", [COARSEST + 1, -2 * COARSEST])
    def test_a_note_read_long_after_or_by_a_clock_set_back_is_trusted(self, root, at, reads, since):
        # No later change can leave a stamp of another time.
        at(self.STAMP + since)
        reads.clear()
        at(self.STAMP + since)
        assert reads == []


@pytest.mark.usefixtures("later")
class TestStored:
    """What one process stored is what the next one starts from, whatever became of the file."""

    @pytest.fixture
    def folder(self, root, tmp_path):
        NoteStore(root, NoteCache(tmp_path / "cache", root)).refresh()
        return tmp_path / "cache"

    @pytest.mark.parametrize("reverse", [False, True])
    def test_the_same_files_in_any_order_are_not_read(self, root, folder, reads, monkeypatch, reverse):
        listed = scan.listing(root).notes
        order = Listing(dict(sorted(listed.items(), reverse=reverse)))
        monkeypatch.setattr(scan, "listing", lambda root, *_: order)
        vault, changed = NoteStore(root, NoteCache(folder, root)).refresh()
        assert (len(vault.notes), list(vault.notes), changed) == (3, list(read_vault(root).notes), ())
        assert reads == ["Ada.md", "Bo.md", "Cy.md"]

    @pytest.mark.parametrize("at", [200, -1], ids=["stamps", "content"])
    def test_notes_that_were_damaged_are_read_again(self, root, folder, reads, at):
        (place,) = folder.glob("*.notes")
        data = bytearray(place.read_bytes())
        data[at] ^= 1
        place.write_bytes(data)
        kept = NoteStore(root, NoteCache(folder, root))
        vault, _ = kept.refresh()
        assert reads == []
        assert tuple(vault.notes) == read_vault(root).notes
        assert not place.exists()
        (root / "Ada.md").write_text("[[Eve]]\n", encoding="utf-8")
        assert kept.refresh()[0] == read_vault(root)


def test_a_clock_set_back_hides_no_change(root, monkeypatch, tmp_path):
    store = tmp_path / "cache"
    NoteStore(root, NoteCache(store, root)).refresh()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    (root / "Ada.md").write_text("[[Eve]]\n", encoding="utf-8")
    os.utime(root / "Ada.md", (1, 1))
    vault, changed = NoteStore(root, NoteCache(store, root)).refresh()
    assert vault == read_vault(root)
    assert "Ada.md" in changed


def test_a_refused_note_is_a_problem_each_time(root, monkeypatch, tmp_path):
    kept = NoteStore(root, NoteCache(tmp_path / "cache", root))
    kept.refresh()
    refuse = Problem("cannot be read: x", path="Ada.md")
    read_note = scan.read_note
    monkeypatch.setattr(
        scan,
        "read_note",
        lambda root, path, known=None, **_: refuse if path == "Ada.md" else read_note(root, path, known),
    )
    for _ in range(2):
        vault, _ = kept.refresh()
        assert vault.problems == (refuse,)
        assert [note.path for note in vault.notes] == ["Bo.md", "Cy.md"]
    monkeypatch.undo()
    vault, changed = kept.refresh()
    assert (vault.problems, changed) == ((), ("Ada.md",))


NAMES = st.sampled_from(["a.md", "b.md", "c.md", "f/a.md", "f/b.png", "f.md"])
STEPS = st.one_of(
    st.tuples(st.just("write"), NAMES, st.sampled_from(["[[a]]", "[[b]]", "x", "---\nk: 1\n---\n"])),
    st.tuples(st.just("replace"), NAMES, st.sampled_from(["[[a]]", "[[b]]"])),
    st.tuples(st.just("remove"), NAMES, st.none()),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("look"), st.none(), st.none()),
    st.tuples(st.just("begin anew"), st.none(), st.none()),
)


def act(root, step, name, what):
    place = root / name
    place.parent.mkdir(exist_ok=True)
    if step == "write":
        place.write_text(what, encoding="utf-8")
    elif step == "replace":
        (root / "x.tmp").write_text(what, encoding="utf-8")
        (root / "x.tmp").replace(place)
    elif step == "remove":
        place.unlink(missing_ok=True)
    elif place.exists():
        (root / what).parent.mkdir(exist_ok=True)
        place.replace(root / what)


@settings(max_examples=examples(60))
@given(st.lists(STEPS, max_size=12))
def test_a_kept_vault_is_always_the_vault(steps):
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder, "vault"), Path(folder, "cache")
        root.mkdir()
        kept = NoteStore(root, NoteCache(cache, root))
        before: dict[str, Note] = {}
        for step, name, what in [*steps, ("look", None, None)]:
            if step == "look":
                vault, changed = kept.refresh()
                assert vault == read_vault(root)
                now = {note.path: note for note in vault.notes}
                assert set(changed) == {path for path in before | now if before.get(path) != now.get(path)}
                before = now
            elif step == "begin anew":
                kept = NoteStore(root, NoteCache(cache, root))
            else:
                act(root, step, name, what)


class TestSeveralProcesses:
    @pytest.fixture
    def many(self, tmp_path):
        for n in range(250):
            (tmp_path / f"{n}.md").write_text(
                f"---\ndate: 2026-03-0{n % 9 + 1}\n---\n- [[{n}]] (5 min)\n- 2026-02-30 met\n", encoding="utf-8"
            )
        (tmp_path / "d.md").mkdir()
        return tmp_path

    @pytest.fixture
    def paths(self, many):
        return [*sorted(scan.listing(many).notes), "gone.md", "d.md"]

    @pytest.fixture
    def alone(self, many, paths):
        return [(path, scan.read_note(many, path)) for path in paths]

    @pytest.mark.parametrize("processes", [1, 2])
    def test_read_the_same(self, many, paths, alone, processes):
        assert list(parallel.read_notes(many, paths, processes)) == alone

    def test_without_further_processes_one_reads(self, many, paths, alone, monkeypatch):
        monkeypatch.setattr(parallel, "context", lambda: None)
        assert list(parallel.read_notes(many, paths, 2)) == alone

    @pytest.mark.full
    def test_if_no_process_can_start_one_reads(self, many, paths, alone, monkeypatch):
        def refuse(*_, **__):
            raise PermissionError("no semaphores here")

        monkeypatch.setattr(parallel, "ProcessPoolExecutor", refuse)
        assert list(parallel.read_notes(many, paths, 2)) == alone

    def test_a_worker_that_dies_loses_nothing(self, many, paths, alone, monkeypatch):
        here, read_note = os.getpid(), scan.read_note

        def die(root, path, **how):
            if path == "7.md" and os.getpid() != here:
                os._exit(1)
            return read_note(root, path, **how)

        monkeypatch.setattr(parallel, "read_note", die)
        assert list(parallel.read_notes(many, paths, 2)) == alone

    def test_a_store_uses_them_where_it_pays(self, many, monkeypatch):
        monkeypatch.setattr(note_store, "FEWEST", 100)
        assert NoteStore(many, None, 2).refresh()[0] == read_vault(many)

    def test_no_fork_beside_threads(self, monkeypatch):
        monkeypatch.setattr(threading, "active_count", lambda: 2)
        way = parallel.context()
        assert way is None or way.get_start_method() == "spawn"


class TestReadLinks:
    """`links` alone needs no lines, and where nothing is kept they are not read."""

    @pytest.fixture
    def root(self, tmp_path):
        text = '---\nwith: "[[Bo]]"\n---\nplace:: Dock\n- Lunch with [[Ada]], 40 min #work\n'
        (tmp_path / "2026-03-01.md").write_text(text, encoding="utf-8")
        return tmp_path

    def test_links_are_the_same_without_lines(self, root):
        whole, links = NoteStore(root).refresh()[0].notes[0], NoteStore(root).read_links().notes[0]
        assert whole.passages
        assert links == Note(*whole[:4], links=whole.links)

    def test_nothing_that_lacks_lines_is_remembered(self, root):
        store = NoteStore(root)
        store.read_links()
        assert store.refresh()[0] == read_vault(root)

    def test_a_cache_is_never_filled_with_less(self, root, tmp_path_factory):
        cache = NoteCache(tmp_path_factory.mktemp("cache"), root)
        assert NoteStore(root, cache).read_links() == read_vault(root)
        assert NoteStore(root, cache).refresh()[0] == read_vault(root)


@pytest.mark.skipif(sys.platform != "linux", reason="no copies of processes")
class TestListedBeside:
    """A copy of the process lists the files; the vault is the same."""

    @pytest.fixture(autouse=True)
    def few(self, monkeypatch):
        monkeypatch.setattr(note_store, "FEWEST", 1)
        monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread()])
        monkeypatch.setattr(os, "cpu_count", lambda: 2)

    @pytest.fixture
    def stored(self, root, tmp_path):
        NoteStore(root, NoteCache(tmp_path / "cache", root)).refresh()
        return lambda: NoteStore(root, NoteCache(tmp_path / "cache", root))

    def read(self, store):
        with store.listing_in_fork():
            return store.refresh()[0]

    @pytest.mark.usefixtures("later")
    @pytest.mark.parametrize("change", ["nothing", "a line", "a note", "no note"])
    def test_the_vault_is_the_same(self, root, stored, change, monkeypatch):
        if change == "a line":
            (root / "Ada.md").write_text("other\n", encoding="utf-8")
        elif change == "a note":
            (root / "new.md").write_text("new\n", encoding="utf-8")
        elif change == "no note":
            (root / "Ada.md").unlink()
        monkeypatch.setattr(NoteStore, "_list", lambda _: pytest.fail("the copy has listed the files"))
        assert self.read(stored()) == read_vault(root)

    @pytest.mark.parametrize("work", [lambda _: 1 / 0, lambda _: b""])
    def test_without_a_result_the_files_are_listed_here(self, root, stored, work, monkeypatch):
        monkeypatch.setattr(scan, "packed_listing", work)
        assert self.read(stored()) == read_vault(root)

    def test_problems_of_listing_are_reported(self, root, stored, monkeypatch):
        listing = scan.listing

        def with_problem(place, progress=None):
            found = listing(place, progress)
            found.problems.append(Problem("cannot be listed: no", path="x"))
            return found

        monkeypatch.setattr(scan, "listing", with_problem)
        vault = self.read(stored())
        assert [problem.message for problem in vault.problems] == ["cannot be listed: no"]

    def test_a_vault_that_is_new_is_read_as_usual(self, root, tmp_path):
        assert self.read(NoteStore(root, NoteCache(tmp_path / "cache", root))) == read_vault(root)

    def test_a_block_in_another_lists_once(self, root, stored, monkeypatch):
        monkeypatch.setattr(NoteStore, "_list", lambda _: pytest.fail("the copy has listed the files"))
        store = stored()
        with store.listing_in_fork():
            monkeypatch.setattr(scan, "packed_listing", lambda _: pytest.fail("a second copy"))
            assert self.read(store) == read_vault(root)

    @pytest.mark.usefixtures("later")
    def test_what_changes_afterwards_is_read_by_the_next_refresh(self, root, stored):
        store = stored()
        with store.listing_in_fork():
            store.refresh()
            (root / "Ada.md").write_text("other\n", encoding="utf-8")
            assert store.refresh()[0] == read_vault(root)
