"""Reading Markdown: the app's own findings, fixtures, laws on generated notes, and notes made to hurt."""

import re
from pathlib import Path

import pytest

from netnotes.text.markdown.document import read, read_fully
from netnotes.text.markdown.offsets import utf16

FIXTURES = Path(__file__).parent / "fixtures"
LINE_BEGIN = re.compile(r"[\r\n]+[ \t>]*")
SIGNS = str.maketrans({"→": "\t", "␍": "\r", "⍽": "\u00a0"})
READERS = pytest.mark.parametrize("reader", [read, read_fully])


def examples(name):
    """Return (title, note, expected lines) of a fixture file."""
    lines = (FIXTURES / name).read_text(encoding="utf-8").split("\n")
    found = []
    while lines:
        title = lines.pop(0)
        if title:
            assert lines.pop(0) == ".", title
            dots = [lines.index(".")]
            note, lines = "\n".join([*lines[: dots[0]], ""]), lines[dots[0] + 1 :]
            end = lines.index(".")
            expected, lines = lines[:end], lines[end + 1 :]
            found.append(pytest.param(note.translate(SIGNS), expected, id=title))
    return found


def link_lines(text, syntax):
    return [
        ("embed " if link.embed else "link ")
        + link.target
        + (f" = {link.display}" if link.display != link.target else "")
        for link in syntax.links
    ]


def tag_lines(text, syntax):
    return [tag.tag for tag in syntax.tags]


def heading_lines(text, syntax):
    return [
        "#" * heading.level + " " * bool(heading.text) + heading.text.replace("\n", " / ")
        for heading in syntax.headings
    ]


def block_lines(text, syntax):
    lines = []
    for block in syntax.blocks:
        depth, parent = 0, block.parent
        while parent >= 0:
            depth, parent = depth + 1, syntax.blocks[parent].parent
        own = " / ".join(line.strip() for line in LINE_BEGIN.split(text[block.start : block.end]))
        words = [block.kind, f"[{block.task}]" if block.task else "", own]
        lines.append("  " * depth + " ".join(word for word in words if word))
    return lines


@READERS
@pytest.mark.parametrize(("note", "expected"), examples("links.md"))
def test_links(note, expected, reader):
    assert link_lines(note, reader(note)) == expected


@READERS
@pytest.mark.parametrize(("note", "expected"), examples("tags.md"))
def test_tags(note, expected, reader):
    assert tag_lines(note, reader(note)) == expected


@READERS
@pytest.mark.parametrize(("note", "expected"), examples("headings.md"))
def test_headings(note, expected, reader):
    assert heading_lines(note, reader(note)) == expected


@READERS
@pytest.mark.parametrize(("note", "expected"), examples("blocks.md"))
def test_blocks(note, expected, reader):
    assert block_lines(note, reader(note)) == expected


def body_of(case):
    """Return where front matter ends, from where the app saw it."""
    position = case["expected"]["frontmatterPosition"]
    return 0 if position is None else case["input"].find("\n", position[1]) + 1 or len(case["input"])


@READERS
def test_finds_what_the_app_found(cases, reader):
    for case in cases("notes.json")["cases"]:
        text, expected = case["input"], case["expected"]
        units = utf16(text)
        syntax = reader(text, body_of(case))

        def place(thing, units=units):
            return [units(thing.start), units(thing.end)]

        links = [
            (
                link.embed,
                {"link": link.target, "original": link.original, "displayText": link.display, "offset": place(link)},
            )
            for link in syntax.links
        ]
        assert [link for embed, link in links if not embed] == expected["links"], case["id"]
        assert [link for embed, link in links if embed] == expected["embeds"], case["id"]
        assert [{"tag": tag.tag, "offset": place(tag)} for tag in syntax.tags] == expected["tags"], case["id"]
        headings = [{"level": one.level, "heading": one.text, "offset": place(one)} for one in syntax.headings]
        assert headings == expected["headings"], case["id"]


@READERS
def test_finds_the_items_and_tasks_that_the_app_found(cases, reader):
    for case in cases("notes.json")["cases"]:
        blocks = reader(case["input"], body_of(case)).blocks
        found = [
            (block.line - 1, block.task, blocks[block.parent].line - 1 if is_item(blocks, block.parent) else -1)
            for block in blocks
            if block.kind == "item"
        ]
        items = case["expected"]["listItems"]
        # At the top, the app gives the line of the list as a negative number.
        assert found == [(item["line"], item["task"], max(item["parent"], -1)) for item in items], case["id"]


def is_item(blocks, index):
    return index >= 0 and blocks[index].kind == "item"


@READERS
def test_finds_the_tags_that_the_app_found(cases, reader):
    for case in cases("tags.json"):
        assert [tag.tag[1:] for tag in reader(case["input"]).tags] == case["expected"]["tags"], case["id"]


LINE_OF_TABS = {"obsreadback2-138-072", "obsreadback2-138-099"}
"""A formula and a comment that hold a line of tabs: a blank line to Markdown, and none to the app."""


@READERS
def test_finds_the_tags_that_a_later_version_of_the_app_found(cases, reader):
    wrong = {
        case["id"]
        for case in cases("tags2.json")
        if sorted({tag.tag[1:] for tag in reader(case["input"]).tags}) != sorted(set(case["expected"]["tags"]))
    }
    assert wrong == LINE_OF_TABS
