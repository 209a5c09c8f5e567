"""The block is found by the app's fences, and read or named as faulty, whatever the text."""

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.frontmatter.block import Kind, read
from netnotes.text.frontmatter.fence import AppFence


@pytest.mark.parametrize(
    ("text", "kind", "start", "body"),
    [
        ("", Kind.NONE, 0, ""),
        ("text", Kind.NONE, 0, "text"),
        ("\ufefftext", Kind.NONE, 1, "text"),
        ("\n---\na: 1\n---\n", Kind.NONE, 0, "\n---\na: 1\n---\n"),
        ("--- \na: 1\n---\n", Kind.NONE, 0, "--- \na: 1\n---\n"),
        ("----\na: 1\n---\n", Kind.NONE, 0, "----\na: 1\n---\n"),
        ("---\ra: 1\r---\r", Kind.NONE, 0, "---\ra: 1\r---\r"),
        ("---", Kind.NONE, 0, "---"),
        ("---\n", Kind.UNCLOSED, 0, "---\n"),
        ("---\na: 1\n...\n", Kind.UNCLOSED, 0, "---\na: 1\n...\n"),
        ("---\na: 1\n ---\n", Kind.UNCLOSED, 0, "---\na: 1\n ---\n"),
        ("\ufeff---\na: 1\n----\n", Kind.UNCLOSED, 1, "---\na: 1\n----\n"),
        ("---\n---", Kind.EMPTY, 0, ""),
        ("---\n---\ntext", Kind.EMPTY, 0, "text"),
        ("---\n\n---\ntext", Kind.EMPTY, 0, "text"),
        ("---\n# only a comment\n---\n", Kind.EMPTY, 0, ""),
        ("---\na: 1\n---", Kind.YAML, 0, ""),
        ("---\na: 1\n--- \t\ntext", Kind.YAML, 0, "text"),
        ("---\r\na: 1\r\n---\r\n\r\ntext", Kind.YAML, 0, "\r\ntext"),
        ("\ufeff---\na: 1\n---\ntext", Kind.YAML, 1, "text"),
        ("---\na: 1\n---\n---\nb: 2\n---\n", Kind.YAML, 0, "---\nb: 2\n---\n"),
        ('---\n{"a": 1}\n---\n', Kind.JSON, 0, ""),
        ("---\n# c\n{a: 1}\n---\n", Kind.JSON, 0, ""),
        ("---\n- a\n---\ntext", Kind.INVALID, 0, "text"),
        ("---\njust text\n---\ntext", Kind.INVALID, 0, "text"),
        ("---\na: b: c\n---\ntext", Kind.INVALID, 0, "text"),
    ],
)
def test_where_the_block_is(text, kind, start, body):
    block = read(text)
    assert (block.kind, block.start, text[block.end :]) == (kind, start, body)
    assert (block.properties == {"a": 1}) is (kind in (Kind.YAML, Kind.JSON))
    assert (block.fault is not None) is (kind in (Kind.INVALID, Kind.UNCLOSED))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("last", ["plain: 1", "nested: {a: 1}"])  # the quick reader, and the full one
def test_lines_are_those_of_the_file(end, mark, last):
    lines = [
        "---",
        "# c",
        "a: 1",
        "",
        "list:",
        "  - x",
        "  - y",
        "'b': 2" if "nested" in last else "b: 2",
        last,
        "---",
        "",
    ]
    block = read(mark + end.join(lines))
    assert block.lines == {"a": 3, "list": 5, "b": 8, last.partition(":")[0]: 9}


@pytest.mark.parametrize(
    ("inner", "line", "words"),
    [
        ("a: 1\na: 2\n", 3, "twice"),
        ("a: 1\n\n\tb: 2\n", 4, "tab"),
        ("ok: 1\ntitle: A: B\n", 3, "quote"),
        ("- a\n", 2, "list"),
        ("words\n", 2, "plain text"),
    ],
)
def test_a_fault_has_its_line_in_the_file(inner, line, words):
    block = read(f"---\n{inner}---\ntext")
    assert block.kind is Kind.INVALID
    assert block.fault_line == line
    assert words in block.fault
    assert block.properties == {}


def test_templates_are_read():
    block = read("---\ntitle: {{title}}\ncreated: <% tp.date.now() %>\n---\n")
    assert block.properties == {"title": {"{ title }": None}, "created": "<% tp.date.now() %>"}


def test_real_notes_have_the_properties_the_app_found(cases):
    wrong = {}
    seen = 0
    for case in cases("notes.json")["cases"]:
        text, meant = case["input"], case["expected"]
        block = read(text)
        place = meant["frontmatterPosition"]
        seen += place is not None
        # The app's block ends before the line end of its closing fence; the cases' texts are ASCII up to there.
        found = [block.start, len(text[: block.end].rstrip("\r\n"))] if block.end > block.start else None
        if block.properties != (meant["frontmatter"] or {}) or found != place:
            wrong[case["id"]] = (block, meant["frontmatter"], place)
    assert seen > 20
    assert wrong == {}


def test_python_frontmatter_reads_notes_through_our_fence():
    post = frontmatter.loads("---\nat: 10:30\ndue: 2026-02-30\n--- \ntext\n\n---\n", handler=AppFence())
    assert post.metadata == {"at": "10:30", "due": "2026-02-30"}
    assert post.content == "text\n\n---"


def test_the_fence_refuses_what_has_no_properties():
    fence = AppFence()
    assert fence.detect("---\na: 1\n---\n")
    assert not fence.detect("a: 1\n---\n")
    assert fence.load("") == {}
    for inner in ("- a\n", "words\n", "a: b: c\n"):
        with pytest.raises(ValueError, match=r"\w"):
            fence.load(inner)
    with pytest.raises(ValueError, match="closed"):
        fence.split("---\na: 1\n")


pieces = st.sampled_from(
    [
        "---",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\t",
        "a: 1",
        "b",
        ": ",
        "- ",
        "{",
        "[",
        '"',
        "#",
        "\ufeff",
        "\x00",
        "é",
        "...",
    ]
)


@given(
    st.lists(pieces, max_size=12).map("".join)
    | st.lists(pieces, max_size=8).map(lambda p: "---\n" + "".join(p) + "\n---\n")
)
def test_any_text_gives_a_block_that_fits_it(text):
    block = read(text)
    head = text[block.start : block.end]
    if block.kind in (Kind.NONE, Kind.UNCLOSED):
        assert head == ""
    else:
        assert head.startswith("---")
        assert head.rstrip("\r\n \t").endswith("\n---")
        assert text[block.end - 1] == "\n" or block.end == len(text)
    assert block.start == text.startswith("\ufeff")
    assert bool(block.properties) is (block.kind in (Kind.YAML, Kind.JSON)) or text.count("{") > 0
    assert block.lines.keys() == block.properties.keys()
    for key, line in block.lines.items():
        assert key == "" or 2 <= line <= text.count("\n") + 1
