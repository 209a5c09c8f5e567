"""The lines of a note are kept packed, and made when they are asked for."""

from netnotes.text import parse, serialize

TEXT = b"- 2026-03-01 lunch with [[Ada]] (45 min)\n- met Bo Berg on 1/2/2026\n- [ ] [[Bo]] to call [due:: 2026-03-09]\n"


def test_packed_lines_are_the_lines_as_often_as_they_are_asked_for():
    note = parse.note("Log.md", TEXT)
    for again in (serialize.unpack("Log.md", serialize.pack(note)), serialize.compact(note)):
        assert len(note.passages) == 3
        for _ in range(3):
            assert [*again.passages] == [*note.passages] == [again.passages[at] for at in range(3)]
        assert isinstance(again.passages, serialize.PackedPassages)
        assert serialize.pack(again) == serialize.pack(note)
        assert again == note


def test_what_many_notes_hold_is_held_once():
    text = "---\nkind: walk\nat: {}\n---\n#outside #slow\n{}\n"
    one, other = (
        serialize.compact(parse.note(path, text.format(at, at * 2).encode()))
        for path, at in (("A.md", "the old mill by the lake"), ("B.md", "a garden"))
    )
    assert one.lines is other.lines
    assert one.tags is other.tags
    assert next(iter(one.properties)) is next(iter(other.properties))
    assert one.properties["kind"] is other.properties["kind"]
    assert one.properties["at"] == "the old mill by the lake"


def test_packed_lines_say_what_they_hold_without_being_made():
    for text, held in (
        (b"# Walk\n\n- 2026-03-01 with [[Ada]]\n", serialize.DAY | serialize.NAMED),
        (b"- [ ] call the bank\n", serialize.TASK | serialize.NAMED),
        (b"Present: Ada, Bo\n", serialize.LISTED | serialize.NAMED),
        (b"Date: 2026-03-01\n- [[Ada]]\n", serialize.LABELLED | serialize.NAMED),
        (b"- coffee with [[Ada]] #scene/lisbon\n", serialize.SCENE | serialize.NAMED),
        (b"- 1/2/2026 met Bo\n", serialize.DAY | serialize.TWO_DAYS | serialize.NAMED),
        (b"- met [[Bo]] (minutes:: 20)\n", serialize.FIELD | serialize.NAMED),
    ):
        note = parse.note("Log 2026-03-01.md", text)
        packed = serialize.compact(note).passages
        for at in range(8):
            is_held = bool(held & 1 << at)
            assert serialize.hold(packed, 1 << at) is serialize.hold(tuple(note.passages), 1 << at) is is_held, text
    assert not serialize.hold((), serialize.NAMED)
