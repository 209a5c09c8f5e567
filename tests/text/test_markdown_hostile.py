"""Notes made to hurt: each is read to its end or to LIMIT, and what stands before the harm is found."""

import pytest

from netnotes.text.markdown import fast, full, inline, tags, tree
from netnotes.text.markdown.document import read, read_fully
from netnotes.text.markdown.syntax import LIMIT

BEGIN = "# Title\n\n[[first]] #tag\n\n"
HOSTILE = {
    "a line of brackets": "[" * 200_000,
    "a line of letters": "a" * 1_000_000,
    "nested quotes": ">" * 20_000,
    "nested quotes on many lines": "".join(">" * depth + "a\n" for depth in range(1, 600)),
    "nested items": "".join("  " * depth + "- a\n" for depth in range(400)),
    "nested items on one line": "- " * 100_000,
    "nested tasks on one line": "- [ ] " * 30_000,
    "many items": "- a\n" * 30_000,
    "items at all depths": "".join("\t" * (line % 50) + "- a\n" for line in range(20_000)),
    "a wide table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|b\n" * 3_000,
    "a long table": "|a|b|\n|-|-|\n" + "|[[x\\|y]]|z|\n" * 15_000,
    "backticks of all lengths": "".join("`" * length + " " for length in range(1, 600)),
    "fences": "```\n" * 30_000,
    "dollars": "$" * 200_000,
    "blocks of dollars": "$$\n\n" * 40_000,
    "percent signs": "%%\n" * 60_000,
    "a comment never closed": "%%\n" + "- [[a]] #b\n" * 10_000,
    "comments with unclosed code": "%%\n```\n%%\n" * 3_000,
    "HTML comments never closed": "<!--" * 50_000,
    "brackets never closed": "[[a\n" * 50_000 + "]]",
    "brackets never closed, old line endings": "[[a\r" * 50_000 + "]]",
    "wikilinks with ticks": "[[`a]] " * 20_000 + "`",
    "images in images": "![" * 20_000 + "a" + "](b)" * 20_000,
    "link addresses never closed": "[a](" * 50_000,
    "definitions": "".join(f"[a{number}]: b\n" for number in range(20_000)) + "[[a1]] " * 20_000,
    "footnotes in quotes": "> [^a]: " * 20_000,
    "emphasis": "*a _" * 50_000,
    "backslashes": "\\" * 200_000 + "#a",
    "hashes": "#" * 200_000,
    "a heading that never begins": "# " + " " * 200_000 + "x",
    "closing marks of a heading": "# " + "a #" * 60_000,
    "tags without blanks": "#a" * 40_000,
    "tags in an address": "https://a/_" + "#a_" * 40_000,
    "null bytes": "\0" * 100_000,
    "blanks": " " * 200_000,
    "all line endings": "a\r\nb\rc\nd\u2028e\u2029f\u0085" * 10_000,
    "templates": "{{title}} <% tp.date.now() %> [[{{x}}]]\n" * 2_000,
    "one sign of each": "".join(chr(code) for code in range(0x3000) if not 0xD800 <= code < 0xE000),
}


@pytest.mark.parametrize(
    ("reader", "share"),
    [
        pytest.param(read, 8, id="eighth"),
        pytest.param(read, 1, marks=pytest.mark.full, id="whole"),
        pytest.param(read_fully, 1, marks=pytest.mark.full, id="fully"),
    ],
)
@pytest.mark.parametrize("harm", HOSTILE.values(), ids=HOSTILE.keys())
def test_is_read(harm, reader, share):
    syntax = reader(BEGIN + harm[: len(harm) // share])
    assert [link.target for link in syntax.links[:1]] == ["first"]
    assert [tag.tag for tag in syntax.tags[:1]] == ["#tag"]
    assert [heading.text for heading in syntax.headings[:1]] == ["Title"]
    assert max(len(syntax.links), len(syntax.tags), len(syntax.blocks), len(syntax.code)) <= LIMIT + 1


@pytest.fixture(params=[500, pytest.param(LIMIT, marks=pytest.mark.full)])
def limit(request, monkeypatch):
    """Return the most of anything that is read; a lower one is as good to see that it is kept."""
    for module in (fast, full, inline, tags, tree):
        monkeypatch.setattr(module, "LIMIT", request.param)
    monkeypatch.setattr(fast, "_LARGE", 4 * request.param)
    monkeypatch.setattr(full, "_EVENTS", 6 * request.param)
    return request.param


@pytest.mark.parametrize(
    "many", ["- a\n", "[[a]] ", "#a ", "`a`\n", "[a](b)\n", "> [!note] a\n\n", "# a\n", "```\na\n```\n"], ids=repr
)
def test_too_much_is_cut_and_says_so(many, limit):
    syntax = read(many * (limit + 10))
    assert syntax.cut
    assert max(len(syntax.links), len(syntax.tags), len(syntax.blocks), len(syntax.code)) in {limit, limit + 1}


@pytest.mark.parametrize(("mark", "times"), [("$$\n", 6.6), ("[[a\n", 5)], ids=["dollars", "brackets"])
def test_a_note_of_nothing_but_marks_is_cut(mark, times, limit):
    syntax = read(BEGIN + mark * int(times * limit))
    assert syntax.cut
    assert [link.target for link in syntax.links[:1]] == ["first"]


def test_a_comment_that_holds_too_much_is_cut(limit):
    assert read("%%\n" + "- [[a]] #b\n" * (limit + 10)).cut


def test_a_long_note_is_read_whole():
    note = "".join(f"## Day {day}\n\n- [[Ada]] (12 min)\n  - #tag and `code`\n\n" for day in range(3_000))
    syntax = read(note)
    assert not syntax.cut
    assert len(syntax.links) == len(syntax.tags) == len(syntax.headings) == len(syntax.code) == 3_000
    assert len(syntax.blocks) == 9_000


def test_links_are_found_after_the_part_of_a_line_that_the_parser_sees():
    assert [link.target for link in read("a" * 500_000 + " [[end]]").links] == ["end"]


def test_a_byte_order_mark_is_not_text():
    syntax = read("\ufeff# Title\n[[a]]")
    assert [(heading.text, heading.start) for heading in syntax.headings] == [("Title", 1)]
    assert syntax == read_fully("\ufeff# Title\n[[a]]")
