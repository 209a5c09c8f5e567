"""The lines of a note from the cache: made when they are asked for, and packed again where memory matters more."""

from netnotes.text import parse, serialize

TEXT = b"- 2026-03-01 lunch with [[Ada]] (45 min)\n- met Bo Berg on 1/2/2026\n- [ ] [[Bo]] to call [due:: 2026-03-09]\n"


def test_packed_lines_are_the_lines_and_so_they_are_once_released():
    note = parse.note("Log.md", TEXT)
    again = serialize.unpack("Log.md", serialize.pack(note))
    assert len(note.passages) == 3
    for _ in range(3):
        assert [*again.passages] == [*note.passages] == [again.passages[at] for at in range(3)]
        serialize.release((again, note))
        assert getattr(again.passages, "data", b"")
        assert serialize.pack(again) == serialize.pack(note)
    assert again == note
