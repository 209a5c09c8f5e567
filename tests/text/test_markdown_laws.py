"""Laws of the Markdown reader, on notes that are made up: of everything Markdown has, well-formed or not."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.text.markdown import fast
from netnotes.text.markdown.document import read, read_fully
from netnotes.text.markdown.offsets import characters, utf16
from tests.examples import examples

PLAIN_WORDS = (
    "a",
    "Bar",
    "é",
    "日本",
    "😀",
    "x_y",
    "[[n]]",
    "[[n|d]]",
    "[[n#h]]",
    "![[e.png]]",
    "#t",
    "#t/u",
    "#1",
    "`c`",
    "`[[x]]`",
    "`#t`",
    "[l](m.md)",
    "[l](m%20n.md#h)",
    "![i](p.png)",
    "[l](http://x.y)",
    "*e*",
    "**s**",
    "_u_",
    "[ ]",
    "[x]",
    "10:30",
    "k:: v",
    "(45 min)",
    "2026-01-02",
    "1.",
    "-",
    "%% c %%",
    "==m==",
    "#a#b",
    "[#t](x.md)",
    "snake_#w",
    "\u00a0#n",
    "http://x/_#y",
)
ODD_WORDS = (
    "##z",
    "#a_",
    "_#q_",
    "``",
    "`",
    "[r][s]",
    "[^1]",
    "(#p)",
    '"#p"',
    "|",
    "a|b",
    "--",
    "---",
    "2)",
    "+",
    "*",
    "_",
    ">",
    ">>",
    "#",
    "%%",
    "$",
    "$x$",
    "$$",
    "\\",
    "\\#x",
    "\\[",
    "<",
    "<br>",
    "<!-- c -->",
    "<b>",
    "&amp;",
    ":",
    "[[",
    "[[ ]]",
    "[[|]]",
    "]]",
    "]",
    "[",
    "](",
    "=",
    "===",
    "~~~",
    "```",
    "[[a]b]]",
    "[[[x]]]",
    "[[a [[b]] c]]",
    "![",
    "!",
    "[[a]]#t",
    "\t",
    "    ",
    "[x]: y",
    "[^1]: f",
    "[!note]",
    "\u2028",
    "\x0c",
    "\u200b",
    "\ufeff",
    "[a #t b](x.md)",
    '[l](m.md "t")',
    "[[1]](u)",
    "[[`a]]",
    "\u3000#n",
)
PLAIN_BEGINS = (
    "",
    "",
    "",
    "- ",
    "- ",
    "* ",
    "1. ",
    "2. ",
    "- [ ] ",
    "- [x] ",
    "  - ",
    "    - ",
    "\t- ",
    "\t\t- ",
    "# ",
    "## ",
    "> ",
    "> ",
    ">",
    "> [!n] ",
    "```",
    "<!-- x -->",
    "---",
    "  ",
    "\t",
)
ODD_BEGINS = (
    "+ ",
    "1) ",
    "10. ",
    "   1. ",
    "    ",
    " ",
    "####### ",
    "> - ",
    "> [!todo]- x",
    ">> ",
    "````",
    "~~~",
    "***",
    "___",
    "- - -",
    "===",
    "|a|b|",
    "|-|-|",
    "|",
    "<!-- ",
    "-->",
    "<div>",
    "</div>",
    "%%",
    "$$",
    "[^1]: ",
    "[x]: ",
    "-",
    "1.",
    "-\t",
    "#\t",
    "#",
    "  # ",
    "  > ",
    "   ```",
    ":-",
    "-|-",
    "- > ",
    "- # ",
    "- ```",
    "1. - ",
    "-     ",
    "```\t",
)


def notes(words, begins):
    """Return a strategy for notes of such words and begins of lines."""
    text = st.lists(st.sampled_from(words), max_size=5)
    line = st.tuples(st.sampled_from(begins), text, st.sampled_from((" ", " ", "")))
    lines = st.lists(line.map(lambda made: made[0] + made[2].join(made[1])), max_size=9)
    return st.tuples(lines, st.sampled_from(("", "\n", "\n\n"))).map(lambda made: "\n".join(made[0]) + made[1])


PLAIN = notes(PLAIN_WORDS, PLAIN_BEGINS)
ODD = notes(PLAIN_WORDS + ODD_WORDS, PLAIN_BEGINS + ODD_BEGINS)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
FRONT = "---\ntags: [a, b]\ndate: 2026-01-02 # `$<\\\n---\n"


@settings(max_examples=examples(1500))
@given(PLAIN | PLAIN | ODD)
def test_the_fast_parser_finds_what_the_full_parser_finds(note):
    quick = fast.read(note)
    assert quick is None or quick == read_fully(note)


def test_the_fast_parser_reads_most_notes(cases):
    bodies = [FRONT_MATTER.sub("", case["input"]) for case in cases("notes.json")["cases"]]
    quick = [fast.read(body) for body in bodies]
    assert all(one is None or one == read_fully(body) for body, one in zip(bodies, quick, strict=True))
    assert sum(one is not None for one in quick) > len(bodies) * 0.7


@given(PLAIN | ODD)
def test_everything_found_is_at_its_position(note):
    syntax = read(note)
    for link in syntax.links:
        assert note[link.start : link.end] == link.original
        assert link.original.startswith("!") == link.embed
    for tag in syntax.tags:
        assert note[tag.start : tag.end] == tag.tag
        assert re.fullmatch(r"#\S+", tag.tag)
    for heading in syntax.headings:
        assert heading.text in note[heading.start : heading.end]
    for things in (syntax.links, syntax.tags, syntax.headings, syntax.blocks):
        assert [thing.start for thing in things] == sorted(thing.start for thing in things)
    assert list(syntax.code) == sorted(syntax.code)


@given(PLAIN | ODD)
def test_blocks_are_a_tree_in_the_order_of_the_text(note):
    blocks = read(note).blocks
    after = 0
    for index, block in enumerate(blocks):
        assert -1 <= block.parent < index
        assert block.parent < 0 or blocks[block.parent].kind in {"item", "quote"}
        assert after <= block.start <= block.end <= len(note)
        after = block.end
        assert block.line == note.count("\n", 0, block.start) + 1
        assert (block.level > 0) == (block.kind == "heading")
        assert block.task is None or block.kind == "item"


@given(PLAIN | ODD)
def test_every_link_and_tag_outside_tables_is_in_a_block(note):
    syntax = read(note)
    for start in (*(link.start for link in syntax.links), *(tag.start for tag in syntax.tags)):
        assert any(block.start <= start < block.end for block in syntax.blocks)


@given(PLAIN | ODD)
def test_front_matter_only_shifts(note):
    alone, after = read(note), read(FRONT + note, len(FRONT))
    shift, lines = len(FRONT), FRONT.count("\n")
    for name in ("links", "tags", "headings", "blocks"):
        expected = [one._replace(start=one.start + shift, end=one.end + shift) for one in getattr(alone, name)]
        if name == "blocks":
            expected = [one._replace(line=one.line + lines) for one in expected]
        assert list(getattr(after, name)) == expected
    assert list(after.code) == [(start + shift, end + shift) for start, end in alone.code]


@given(PLAIN | ODD)
def test_line_endings_change_nothing_but_offsets(note):
    unix, windows = read(note), read(note.replace("\n", "\r\n"))
    without = [[part.replace("\r", "") for part in link[:3]] for link in windows.links]
    assert without == [list(link[:3]) for link in unix.links]
    assert [tag.tag for tag in windows.tags] == [tag.tag for tag in unix.tags]
    assert [(one.text.replace("\r", ""), one.level) for one in windows.headings] == [one[:2] for one in unix.headings]
    assert [block[:5] for block in windows.blocks] == [block[:5] for block in unix.blocks]


@given(st.lists(st.sampled_from(("[[a]]", "[[b|c]]", "![[d.png]]", "word", "and", "é😀"))))
def test_finds_just_the_links_of_a_line(words):
    found = [link.original for link in read(" ".join(words)).links]
    assert found == [word for word in words if "[[" in word]


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    syntax = read(text)
    assert not syntax.cut


@given(st.text("ab\né日😀", max_size=300))
def test_offsets_agree_with_the_codecs(text):
    character, units = characters(text), utf16(text)
    for at in range(len(text) + 1):
        assert character(len(text[:at].encode())) == at
        assert units(at) == len(text[:at].encode("utf-16-le")) // 2
