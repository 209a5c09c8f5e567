"""What a splice may do to a text, and what it must never do."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from netnotes.text.frontmatter.block import Kind, read
from netnotes.text.frontmatter.scalars import spell
from netnotes.text.frontmatter.splice import Refused, splice
from tests.examples import examples

OURS = ("depth", "tie", "warmth", "last_contact", "follow_up", "netnotes")
FIRST: dict[str, str | int | float | None] = {
    "depth": 0.6,
    "tie": "deep",
    "last_contact": "2026-03-01",
    "netnotes": "depth-3fa9 tie-91c2",
}
FIRST_LINES = "depth: 0.6\ntie: deep\nlast_contact: 2026-03-01\nnetnotes: depth-3fa9 tie-91c2\n"
NOTHING = dict.fromkeys(OURS)


@pytest.mark.parametrize(
    ("before", "head", "rest"),
    [
        ("", "---\n", "---\n"),
        ("text", "---\n", "---\ntext"),
        ("\ufefftext\r\n", "\ufeff---\r\n", "---\r\ntext\r\n"),
        ("---\n# c\n--- \t\ntext", "---\n# c\n", "--- \t\ntext"),
        ("---\nb: 'x'  # c\n\n---", "---\nb: 'x'  # c\n\n", "---"),
        ("---\na: 1\r\n---\n", "---\na: 1\r\n", "---\n"),
        ("---\na: |+\n  x\n\n---\n", "---\na: |+\n  x\n\n", "---\n"),
        ("---\nx: -\n\t\n---\n", "---\nx: -\n\t\n", "---\n"),
    ],
)
def test_new_properties_are_before_the_closing_fence_and_are_removed_without_a_trace(before, head, rest):
    end = "\r\n" if head.endswith("\r\n") else "\n"
    after = splice(before, FIRST)
    assert after == head + FIRST_LINES.replace("\n", end) + rest
    assert splice(after, FIRST) == after
    assert splice(after, NOTHING) == before


def test_new_properties_are_indented_as_the_others_are():
    assert splice("---\n  a: 1\n---\n", {"depth": 1, "tie": "deep"}) == "---\n  a: 1\n  depth: 1\n  tie: deep\n---\n"


@pytest.mark.parametrize("before", ["---\n---\ntext", "---\r\n---\r\ntext", "---\n \n\n---\ntext"])
def test_a_block_that_is_blank_without_ours_goes_with_ours(before):
    after = splice(before, {"depth": 0.6})
    assert read(after).properties == {"depth": 0.6}
    assert splice(after, {"depth": None}) == "text"


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("depth: 0.4", "depth: 0.6"),
        ("depth:   0.4   # mine", "depth:   0.6   # mine"),
        ("'depth' : \"0.4\"\t# mine", "'depth' : 0.6\t# mine"),
        ("depth:", "depth: 0.6"),
        ("depth:  # none yet", "depth: 0.6  # none yet"),
        ("depth: null  ", "depth: 0.6  "),
        ("depth: 0.60 # its spelling stays", "depth: 0.60 # its spelling stays"),
        ('depth: "0.6"', "depth: 0.6"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_the_value_is_replaced(line, changed, end):
    before = end.join(["---", "a: [1, 2]", line, "b: 'it''s' # c", "---", "depth: body", ""])
    assert splice(before, {"depth": 0.6}) == before.replace(line, changed, 1)


def test_a_comment_after_a_deleted_value_stays():
    assert splice("---\na: 1\ndepth: 0.4 # mine\n---\n", {"depth": None}) == "---\na: 1\n# mine\n---\n"


def test_set_change_and_delete_at_once_each_in_its_place():
    before = "---\ndepth: 0.4\na: 1\nwarmth: warm\n---\ntext"
    after = splice(before, {"tie": "deep", "depth": 1.0, "warmth": None, "netnotes": "ignore depth-1"})
    assert after == "---\ndepth: 1\na: 1\ntie: deep\nnetnotes: ignore depth-1\n---\ntext"


def test_names_that_differ_by_case_are_other_properties():
    assert splice("---\nDepth: 9\n---\n", {"depth": 0.4}) == "---\nDepth: 9\ndepth: 0.4\n---\n"


def test_a_text_is_quoted_only_where_it_must_be():
    after = splice("", {"a": "0.6", "tie depth": "x: y", "null": "Ada", "d": True})
    assert after == '---\na: "0.6"\ntie depth: "x: y"\n"null": Ada\nd: true\n---\n'


def test_an_emptied_block_stays_where_the_body_would_become_front_matter():
    body = "---\na: 1\n---\n"
    before = "---\n---\n" + body
    assert splice(splice(before, {"depth": 1}), {"depth": None}) == before


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("---\na: 1\n", "not closed", 1),
        ("---\na: 1\nb: c: d\n---\n", "quote", 3),
        ("---\na: 1\na: 2\n---\n", "twice", 3),
        ('---\n{"a": 1}\n---\n', "braces", 1),
        ("---\n- a\n---\n", "list", 2),
        ("---\ndepth:\n  - 1\n---\n", "one plain value", 2),
        ("---\na: 1\ndepth: {x: 1}\n---\n", "one plain value", 3),
        ("---\ndepth: |\n  0.4\n---\n", "one plain value", 2),
        ("---\ndepth: 0.4\n  0.5\n---\n", "one plain value", 2),
        ("---\ndepth:\n  0.4\n---\n", "one plain value", 2),
        ("---\ndepth: &x 0.4\na: *x\n---\n", "one plain value", 2),
        ("---\ndepth: !t 0.4\n---\n", "one plain value", 2),
        ("---\n? depth\n: 0.4\n---\n", "one plain value", 2),
        ("---\na: 1\n...\n---\n", "unreadable", None),
        ("---\n~\n---\n", "unreadable", None),
        ("--- \na: 1\n---\n", "blanks", 1),
    ],
)
def test_refusals_say_why_and_where(text, words, line):
    with pytest.raises(Refused, match=words) as refused:
        splice(text, {"depth": 0.6})
    assert refused.value.line == line


def test_a_refusal_is_reported_in_its_own_words():
    with pytest.raises(Refused) as refused:
        splice("---\ndepth:\n  - 1\n---\n", {"depth": 0.6})
    assert str(refused.value).startswith("the value of `depth` is not one plain value")


def test_a_key_that_does_not_begin_its_line_is_not_deleted():
    with pytest.raises(Refused) as refused:
        splice("---\na: 1\n? depth\n---\n", {"depth": None})
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("text", "end"), [("\ntext\r", "\n"), ("\r\ntext", "\r\n"), ("a\r\nb\n", "\r\n"), ("\r", "\n"), ("a", "\n")]
)
def test_a_new_block_has_the_line_ends_of_the_first_line(text, end):
    assert splice(text, {"depth": 1}) == end.join(["---", "depth: 1", "---", text])


def test_a_new_value_is_separated_from_the_colon():
    assert splice("---\ndepth :\n---\n", {"depth": 0.6}) == "---\ndepth : 0.6\n---\n"


@pytest.mark.parametrize(("spelled", "value", "shown"), [("true", 1, "1"), ("1", True, "true"), ("0", False, "false")])
def test_a_boolean_is_not_a_number(spelled, value, shown):
    assert splice(f"---\nd: {spelled}\n---\n", {"d": value}) == f"---\nd: {shown}\n---\n"


OWN = frozenset({"seal"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\nseal:\n  - a\n", "\nseal: x\n"),
        ("seal:\n  - a\n  - b\n", "seal: x\n"),
        ("seal:\n- a\n- b\n# mine\n", "seal: x\n# mine\n"),
        ("seal:\n- a\n-\n  b\n# mine\nc: 1\n", "seal: x\n# mine\nc: 1\n"),
        ('seal: "a\n \tb"\n# mine\n', "seal: x\n# mine\n"),
        ("seal:\n- a\n\nc: 1\n", "seal: x\nc: 1\n"),
        ("  a: 1\n  seal:\n  - a\n  c: 1\n", "  a: 1\n  seal: x\n  c: 1\n"),
    ],
)
def test_a_property_of_our_own_on_several_lines_becomes_one_line_and_all_around_it_stays(before, after):
    assert splice(f"---\n{before}---\ntext", {"seal": "x"}, OWN) == f"---\n{after}---\ntext"


@pytest.mark.parametrize(("before", "line"), [("a: 1\nseal:\n- a # mine\n- b\n", 3), ("? seal\n: [a]\n", 2)])
def test_a_comment_inside_a_property_of_our_own_is_not_touched(before, line):
    with pytest.raises(Refused, match="comment") as refused:
        splice(f"---\n{before}---\n", {"seal": "x"}, OWN)
    assert refused.value.line == line


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", 2**60 + 1])
def test_values_that_no_property_can_hold_are_refused(value):
    with pytest.raises(Refused):
        splice("---\na: 1\n---\n", {"depth": value})


def test_nothing_to_do_leaves_even_faulty_text_alone_or_says_so():
    assert splice("text", NOTHING) == "text"
    assert splice("---\n---\ntext", NOTHING) == "---\n---\ntext"
    with pytest.raises(Refused):
        splice("---\na: b: c\n---\n", NOTHING)


def body_of(text):
    return text[read(text).end :]


def holds(before, first, second):
    """Hold one text to the laws; tell whether it could be written."""
    block = read(before)
    try:
        once = splice(before, first)
    except Refused:
        return False
    # Only our properties are new, the rest and the body are as they were, and once is enough.
    assert read(once).properties == {**block.properties, **first}
    assert body_of(once) == body_of(before)
    assert splice(once, first) == once
    # Our lines are the only new ones.
    if block.kind is Kind.YAML:
        head = once[: read(once).end].split("\n")
        assert (
            "\n".join(line for line in head if line.lstrip(" ").partition(":")[0] not in first) == before[: block.end]
        )
    twice = splice(once, second)
    assert read(twice).properties.items() >= second.items()
    assert body_of(twice) == body_of(before)
    gone = splice(twice, NOTHING)
    if block.kind is Kind.NONE or before[: block.end].strip("\ufeff- \t\r\n"):
        assert gone == before
    else:
        # An empty block goes, but where that would turn the body into one.
        assert gone in (before[: block.start] + body_of(before), before)
    assert splice(gone, NOTHING) == gone
    return True


ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n"])
CHUNKS = [
    "type: person",
    "aliases: [Ada, 'Countess']",
    "tags:\n  - a\n  - b/c",
    "tags:\n- a",
    "created: 2024-01-05",
    "id: 0123456",
    "phone: +1 555 010",
    'quoted: "it: \\"x\\""',
    "single: 'it''s'  # why",
    "# a comment",
    "  # indented",
    "",
    "  ",
    "empty:",
    "text: |\n  one\n   two\n\n  three",
    "keep: |+\n  one\n\n",
    "folded: >-\n  a\n  b",
    "long: words that\n  go on",
    "map:\n  x: 1\n  y:\n    - z",
    'up: "[[Home]]"',
    "bare: [[Home]]",
    "at: 10:30",
    "Depth: 3",
    "depth_of_water: 5",
    "anchor: &a 1",
    "url: https://x.org/a#b",
    "tmpl: {{title}}",
    "<<: x",
    "é: ü",
    '"q k": 1',
    "none: ~",
    "dash: -",
    "odd: a\u2028b\x85c",
    "multi: [a,\n  b]",
    "last\t: 1",
    "? asked\n: 1",
    "2024: x",
    "off: no",
]
chunked = st.lists(st.sampled_from(CHUNKS), max_size=6, unique=True)
BODIES = st.sampled_from(
    ["", "text", "text\n", "\ntext\n\n---\nmore\n---\n", "---\n", "depth: 1\n", "\x85\u2028 é\r\n"]
)
CLOSERS = st.sampled_from(["---\n", "---\n", "---\r\n", "--- \n", "---\t\r\n"])
VALUES = st.sampled_from(
    [0.6, 0.58, 1, 1.0, 0.0, "deep", "2026-03-01", "depth-3fa9 tie-91c2", "a: b", "0.6", "null", ""]
)
CHANGES = st.dictionaries(st.sampled_from(OURS), VALUES, min_size=1)


@st.composite
def front_matter(draw):
    end = draw(ENDS)
    inner = "".join(chunk.replace("\n", end) + end for chunk in draw(chunked))
    return draw(st.sampled_from(["", "", "\ufeff"])) + "---" + end + inner + draw(CLOSERS) + draw(BODIES)


@given(front_matter(), CHANGES, CHANGES)
@example("---\n\n---\ntext", {"depth": 1}, {"depth": 2})
@example("\ufeff---\r\n---", {"depth": 1}, {"tie": "deep"})
@settings(max_examples=examples(400))
def test_any_user_text_comes_back_byte_for_byte(text, first, second):
    assume(read(text).kind is not Kind.INVALID)
    assert holds(text, first, second)


@given(chunked, st.lists(st.sampled_from(OURS), min_size=1, unique=True), VALUES, ENDS, st.randoms())
def test_properties_that_are_there_change_in_their_place(chunks, keys, value, end, random):
    assume(not any(chunk.startswith("? ") for chunk in chunks))
    old = [f"{key}:  old\t # ours" for key in keys]
    chunks = [*chunks, *old]
    random.shuffle(chunks)
    before = end.join(["---", *chunks, "---", "depth: body"]).replace("\r\n", "\n").replace("\n", end)
    assume(read(before).kind is Kind.YAML)
    after = splice(before, dict.fromkeys(keys, value))
    first, *others = after.split("  " + spell(value) + "\t # ours")
    assert "  old\t # ours".join([first, *others]) == before
    assert len(others) == len(keys)
    gone = splice(after, dict.fromkeys(keys))
    assert gone.count("# ours") == len(keys)
    assert read(gone).properties == {k: v for k, v in read(before).properties.items() if k not in keys}


@given(st.sampled_from(["", "\ufeff"]), st.text(st.sampled_from("ab-: \n\r\ufeff\x85")), CHANGES, CHANGES)
def test_a_note_without_a_block_comes_back_byte_for_byte(mark, text, first, second):
    assume(read(mark + text).kind is Kind.NONE and not text.startswith("--- ") and not text.startswith("\ufeff"))
    assert holds(mark + text, first, second)


@given(st.text(st.sampled_from("ab1 :-#\n\t\"'[]{},&*!|>%@?~.\\\r\u2028\x00é"), max_size=30), CHANGES, CHANGES)
def test_any_front_matter_at_all_is_edited_truly_or_refused(inner, first, second):
    holds(f"---\n{inner}\n---\ntext", first, second)


def test_every_block_of_the_cases_is_edited_unless_the_app_cannot_read_it(cases):
    second = {"depth": 0.58, "tie": "shallow"}
    wrong = {}
    for case in cases("yaml.json"):
        text = f"---\n{case['yaml']}\n---\ntext\n"
        value = case["obsidian"]
        in_braces = case["yaml"].startswith("{")
        # The fence ends where the case has a second document, and what is before it can be edited.
        can_be_edited = (value is None or isinstance(value, dict)) and not case["obsidian_error"] and not in_braces
        if holds(text, FIRST, second) is not (can_be_edited or "\n---" in case["yaml"]):
            wrong[case["id"]] = case["yaml"]
    for case in cases("notes.json")["cases"]:
        if not holds(case["input"], FIRST, second):
            wrong[case["id"]] = case["input"]
    assert wrong == {}
