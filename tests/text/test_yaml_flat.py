"""The quick reader says what the full one says, or nothing."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netnotes.text.frontmatter import flat_block
from netnotes.text.frontmatter.yaml12 import parse
from tests.examples import examples

NAMES = [
    "a",
    "b",
    "tags",
    "due date",
    "k-1",
    "_x",
    "é",
    "日本",
    "null",
    "True",
    "nullx",
    "a.b",
    '"q"',
    "1",
    "a  b",
    "b ",
]
WORDS = [
    "x",
    "x y",
    "x  ",
    "1",
    "-1",
    "+1",
    "1.50",
    "012",
    "0x1F",
    "1e3",
    ".5",
    "-",
    "--x",
    "~",
    "null",
    "Null",
    "true",
    "No",
    "NaN",
    ".nan",
    "2024-01-05",
    "10:30",
    "a:b",
    "a: b",
    "a:",
    ":a",
    "x#y",
    "x #c",
    "#c",
    "https://x.org/a?b#c",
    '"q"',
    "'s'",
    '""',
    "''",
    '"a: #b"',
    '"[[A]]"',
    '"q" x',
    '"q"#',
    '"\\n"',
    "'it''s'",
    "it's",
    "[a, b]",
    "[]",
    "[ a ,b ]",
    "[\"a\", 'b', 1, ~]",
    "[a,]",
    "[,]",
    "[a b, c:d]",
    "[a #b]",
    "[[A]]",
    "[a] b",
    "[-1]",
    "{a}",
    "{{t}}",
    "<% t %>",
    "&a x",
    "*a",
    "!t x",
    "|",
    ">",
    "%x",
    "@x",
    "`x`",
    "? x",
    "$5",
    "50%",
    "(x)",
    "=",
    "<<",
    "\\",
    "...",
    "---",
    "\u00a0x",
    "x\u00a0",
    "x\u2028y",
    "x\x85",
    "x\x00y",
    "x\ty",
    "\t",
    "x\r",
    "😀",
    "1_000",
    "a, b",
]
REST = ["", "", "", "", " ", "  ", " # c", "# c", "\t"]


def with_rest(words):
    return st.builds(str.__add__, words, st.sampled_from(REST))


values = with_rest(st.sampled_from(WORDS) | st.just("") | st.text(st.sampled_from("ab :#\"'[],-1"), max_size=6))
keyed = st.builds("{}:{}{}".format, st.sampled_from(NAMES), st.sampled_from([" ", " ", " ", "", "  "]), values)
listed = st.builds(
    "{}-{}{}".format, st.sampled_from(["  ", "  ", "", " ", "\t"]), st.sampled_from([" ", " ", ""]), values
)
other = st.sampled_from(["", "  ", "# c", "  # c", "x", "  x", "\t"])
blocks = st.builds(
    lambda lines, end: "".join(line + end for line in lines),
    st.lists(keyed | keyed | listed | other, max_size=6),
    st.sampled_from(["\n", "\n", "\r\n"]),
)


def agree(text):
    """Hold the quick answer against the full one; tell whether there was an answer."""
    flat = flat_block.read(text, 0)
    if flat is None:
        return False
    document = parse(text)
    properties, lines = flat
    # As JSON: tells 1 from true and 1.0, and NaN is itself.
    assert json.dumps(properties) == json.dumps(document.value if document.value is not None else {})
    assert lines == {entry.key: entry.line for entry in document.entries}
    return True


@given(blocks)
@example("a: x\n  - y\n")
@example("a:\n  - x\n - y\n")
@example("a: 1\na: 2\n")
@example("- x\n")
@settings(max_examples=examples(1500))
def test_it_says_what_the_full_reader_says(text):
    agree(text)


def test_it_agrees_on_every_case(cases):
    answered = [case["id"] for case in cases("yaml.json") if agree(case["yaml"] + "\n")]
    assert len(answered) > 50


def test_it_agrees_on_every_real_front_matter(cases):
    texts = [case["input"] for case in cases("notes.json")["cases"] if case["expected"]["frontmatter"]]
    assert sum(agree(text[4 : text.index("\n---", 4) + 1]) for text in texts) > len(texts) / 2


@pytest.mark.parametrize(
    ("text", "properties", "lines"),
    [
        ("", {}, {}),
        ("\n# c\n", {}, {}),
        ("type: person\n\nrating: 4.0\n", {"type": "person", "rating": 4}, {"type": 9, "rating": 11}),
        (
            "tags:\n  - a\n  - 'b: c'\n  -\nup: \"[[Home]]\"\n",
            {"tags": ["a", "b: c", None], "up": "[[Home]]"},
            {"tags": 9, "up": 13},
        ),
        ('tags: [a, "b", 3]  # c\nempty:\n', {"tags": ["a", "b", 3], "empty": None}, {"tags": 9, "empty": 10}),
        ("at: 10:30\r\nurl: https://x.org/#a\r\n", {"at": "10:30", "url": "https://x.org/#a"}, {"at": 9, "url": 10}),
    ],
)
def test_ordinary_blocks_are_answered(text, properties, lines):
    assert flat_block.read(text, 9) == (properties, lines)


@pytest.mark.parametrize(
    "text", ["a: b: c\n", "a: 1\na: 2\n", "a:\n  b: 1\n", "a: |\n  x\n", "{a: 1}\n", "a: x\n y\n", "x\n"]
)
def test_in_doubt_it_is_silent(text):
    assert flat_block.read(text, 0) is None


def test_long_text_is_left_to_the_reader_that_counts():
    assert flat_block.read("a: " + "x" * flat_block.MAX_LENGTH + "\n", 0) is None
