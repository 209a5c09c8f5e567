"""Lines end where editors count a new one, and nowhere else."""

from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.line_breaks import lines_with_ends


def test_line_feeds_and_carriage_returns_end_a_line_and_other_separators_do_not():
    assert lines_with_ends("a\nb\r\nc\rd\x0b\x0c\x85\u2028e") == ["a\n", "b\r\n", "c\r", "d\x0b\x0c\x85\u2028e"]
    assert lines_with_ends("a\n") == ["a\n"]
    assert lines_with_ends("") == []


@given(st.text(st.sampled_from("a\r\n\u2028\x0c"), max_size=12))
def test_joined_they_are_the_text(text):
    assert "".join(lines_with_ends(text)) == text
