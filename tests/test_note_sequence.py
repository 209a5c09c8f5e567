"""A sequence of stored notes equals the tuple of them after any change; it unpacks only what is asked for."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.model import Note
from netnotes.note_sequence import (
    Contents,
    NoteSequence,
    Origin,
    at_paths,
    by_path,
    contents,
    note_differences,
    paths_of,
    revised,
    revised_mapping,
    uncached,
    without,
)

PATHS = [f"{name}.md" for name in "abcdef"]
revisions = st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from(["new", "gone", "left out"])), max_size=8)


class Stored:
    """Stored notes, and the paths of those that were unpacked."""

    def __init__(self, paths: list[str]) -> None:
        self.unpacked: list[str] = []
        self.kept: set[str] = set()
        self.loaded = 0
        self._paths = paths
        self.origin = Origin(self._load, self._unpack)

    def _load(self) -> Contents:
        self.loaded += 1
        return Contents(self._paths, [f"digest of {path}" for path in self._paths], [0 for _ in self._paths])

    def _unpack(self, path: str, cached: bool) -> Note:
        assert path in self._paths
        assert not cached or path not in self.kept
        if cached:
            self.kept.add(path)
        self.unpacked.append(path)
        return Note(path, f"digest of {path}")


@given(st.sets(st.sampled_from(PATHS)), revisions)
def test_it_is_as_the_tuple_of_its_notes(paths, steps):
    packed = NoteSequence(Stored(sorted(paths)).origin)
    plain: tuple[Note, ...] = tuple(packed)
    states: list[tuple[Sequence[Note], Sequence[Note]]] = [(packed, plain)]
    for number, (path, kind) in enumerate(steps):
        new = {path: Note(path, str(number))} if kind == "new" else {}
        last, before = states[-1]
        if kind == "left out":
            now, expected = without(last, [path]), without(before, [path])
        else:
            gone = () if new else (path,)
            now, expected = revised(last, new, gone), revised(before, new, gone)
            assert dict(revised_mapping(by_path(last), new.values(), gone)) == dict(by_path(expected))
        assert isinstance(now, NoteSequence)
        states.append((now, expected))
    for now, expected in states:
        assert now == expected
        assert (len(now), list(now), now[1:3]) == (len(expected), list(expected), expected[1:3])
        assert list(uncached(now)) == list(expected)
        assert list(paths_of(now)) == [note.path for note in expected]
        assert [list(each) for each in contents(now)] == [list(each) for each in contents(expected)]
        assert at_paths(now, PATHS) == at_paths(expected, PATHS) == dict(by_path(now)) == dict(by_path(expected))
        for earlier, was in states:
            assert note_differences(earlier, now) == note_differences(was, expected)
            assert note_differences(was, now) == note_differences(was, expected)


def test_only_what_is_asked_for_is_unpacked_and_only_once():
    stored = Stored(PATHS)
    notes = NoteSequence(stored.origin, size=len(PATHS), content_key=b"key")
    assert (len(notes), stored.loaded) == (len(PATHS), 0)
    changed = notes.revised({"b.md": Note("b.md", "other")}, ["c.md"])
    assert list(zip(*contents(changed), strict=True))[:2] == [("a.md", "digest of a.md", 0), ("b.md", "other", 0)]
    assert "c.md" not in paths_of(changed)
    assert (stored.unpacked, stored.loaded) == ([], 1)
    gone, new = note_differences(notes, changed)
    assert ([note.path for note in gone], [note.path for note in new]) == (["b.md", "c.md"], ["b.md"])
    assert stored.unpacked == ["b.md", "c.md"]
    assert notes.at("d.md") is changed.at("d.md")
    assert at_paths(changed, ("d.md", None, "x.md")).keys() == {"d.md"}
    assert stored.unpacked == ["b.md", "c.md", "d.md"]
    assert changed.content_key is None


def test_notes_that_are_looked_at_once_are_not_kept():
    stored = Stored(PATHS)
    notes = NoteSequence(stored.origin)
    kept = notes.at("b.md")
    assert [note.path for note in uncached(notes)] == PATHS
    assert next(note for note in uncached(notes) if note.path == "b.md") is kept
    assert stored.kept == {"b.md"}
    assert tuple(uncached(tuple(notes))) == tuple(notes)


def test_a_path_without_a_note():
    view = by_path(NoteSequence(Stored(PATHS).origin))
    assert view.get("x.md") is None
    assert "x.md" not in view
    with pytest.raises(KeyError):
        view["x.md"]


def test_many_changes_of_a_tuple():
    notes = tuple(Note(f"{at:04}.md", "old") for at in range(3000))
    new = {f"{at:04}.md": Note(f"{at:04}.md", "new") for at in range(1000, 4000)}
    found = revised(notes, new, [f"{at:04}.md" for at in range(500)])
    assert [note.path for note in found] == [f"{at:04}.md" for at in range(500, 4000)]
    assert {note.digest for note in found[500:]} == {"new"}
