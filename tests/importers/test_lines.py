"""Lines of files in every encoding, however the file is cut into pieces."""

from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.importers.records import LONGEST_LINE, text_lines, undecoded_lines
from tests.examples import examples

LINES = st.lists(st.sampled_from(["Ada", "Zo\xeb", "\U0001f600", "", "a" * 300, "\x0b\x85\u2028"]), max_size=8)


@settings(max_examples=examples(200))
@given(
    lines=LINES,
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    size=st.integers(1, 40),
    closed=st.booleans(),
)
def test_pieces_make_no_difference(lines, end, encoding, size, closed):
    text = end.join(lines) + end * closed
    data = text.encode(encoding)
    # The encoding is known by the first bytes.
    cut = [data[:200], *(data[at : at + size] for at in range(200, len(data), size))]
    found = list(undecoded_lines(cut))
    assert found == list(undecoded_lines(data)) == list(text_lines(data))
    assert found == text.replace(end, f"{end}|").removesuffix("|").split("|") * bool(text)


def test_a_file_that_is_not_utf_8_is_read_line_by_line():
    data = "Ada\nZoë\n".encode("cp1252") + "Mül\n".encode()
    assert list(text_lines([data[:3], data[3:]])) == ["Ada\n", "Zoë\n", "Mül\n"]


def test_of_a_long_line_the_beginning_and_the_end_are_read():
    piece = b"x" * 100_000
    (line, after) = undecoded_lines([b"begin" + piece, *[piece] * 50, b"end\n", b"after\n"])
    assert line.startswith("begin")
    assert line.endswith("end\n")
    assert len(line) <= LONGEST_LINE + 2 * len(piece)
    assert after == "after\n"
