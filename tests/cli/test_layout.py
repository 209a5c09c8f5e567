"""Tables and paragraphs fit the screen: nothing is lost, and only text wraps."""

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from netnotes.cli.layout import GAP, Column, Layout, Styled, bar, fit
from netnotes.cli.screen import Screen

COLUMNS = (Column("name"), Column("when", drop=1), Column("why", wraps=True), Column("hours", right=True, drop=2))
WORDS = st.lists(st.text("abcdeé漢字👍", min_size=1, max_size=12), max_size=12).map(" ".join)
ROWS = st.lists(
    st.tuples(
        st.text("abc漢字", min_size=1, max_size=14),
        st.sampled_from(["2026-06-30", "3 days ago", "in 102 days"]),
        WORDS,
        st.sampled_from(["1.50", "120.00"]),
    ),
    min_size=1,
    max_size=5,
)


def laid_out(rows, columns=COLUMNS, **screen):
    return list(Layout(Screen(**screen)).table(rows, columns))


@given(ROWS, st.integers(30, 120))
def test_a_table_fits_and_loses_no_word(rows, width):
    lines = laid_out(rows, width=width)
    assert max(map(cell_len, lines)) <= width
    everything = "".join("".join(lines).split())
    for name, _, why, _ in rows:
        assert any(line.startswith(name) for line in lines)
        assert all(letter in everything for letter in set(why) - {" "})


@given(ROWS)
def test_without_a_width_each_row_is_one_line(rows):
    lines = laid_out(rows)
    assert len(lines) == len(rows) + 1
    for line, row in zip(lines[1:], rows, strict=True):
        assert all(cell in line for cell in row)


@given(ROWS, st.integers(30, 120))
def test_dates_and_numbers_are_whole_or_left_out(rows, width):
    lines = laid_out(rows, width=width)
    heads = re.split(r" {2,}", lines[0])
    text = "\n".join(lines)
    for row in rows:
        for head, cell in (("when", row[1]), ("hours", row[3])):
            assert cell in text or head not in heads


def test_columns_are_dropped_in_the_stated_order():
    natural = {0: 10, 1: 10, 2: 60, 3: 8}
    assert list(fit(COLUMNS, natural, 100)[0]) == [0, 1, 2, 3]
    assert list(fit(COLUMNS, natural, 56)[0]) == [0, 1, 2]
    assert list(fit(COLUMNS, natural, 40)[0]) == [0, 2]
    assert fit(COLUMNS, natural, 30) == ({0: 10}, [2])


def test_text_that_has_no_room_beside_a_row_is_below_it():
    rows = [("Ada Lovelace", "yesterday", "a reason that is much too long for that", "1.00")]
    columns = [Column("name"), Column("when"), Column("why", wraps=True), Column("hours")]
    assert laid_out(rows, columns, width=40) == [
        "name          when       hours",
        "Ada Lovelace  yesterday  1.00",
        "    a reason that is much too long for",
        "    that",
    ]


def test_wide_letters_are_aligned():
    lines = laid_out([("漢字", "today", "", "1.00"), ("Ada", "today", "", "10.00")], width=80)
    assert lines == ["name  when   hours", "漢字  today   1.00", "Ada   today  10.00"]


def test_a_name_that_is_longer_than_the_screen_wraps_and_numbers_stay_whole():
    name = "Wolfeschlegelsteinhausen Bergerdorff the Younger of Philadelphia"
    columns = [Column("name"), Column("when"), Column("hours", right=True)]
    lines = laid_out([(name, "4 months ago", "120.00"), ("Ada", "today", "1.00")], columns, width=50)
    assert max(map(len, lines)) <= 50
    assert " ".join(line[:28].strip() for line in lines[1:-1]) == name
    assert lines[1].endswith("4 months ago  120.00")


def test_a_column_without_any_value_is_left_out():
    assert laid_out([("Ada", "", "met", "")], width=80) == ["name  why", "Ada   met"]


def test_a_paragraph_hangs_below_its_beginning():
    shown = list(Layout(Screen(20)).paragraph("one two three four five six", first="10. "))
    assert shown == ["10. one two three", "    four five six"]


@given(WORDS, st.lists(st.text("abcé/. ", min_size=1, max_size=60), max_size=3), st.integers(20, 40))
def test_a_paragraph_breaks_no_word_with_a_slash(words, paths, width):
    lines = list(Layout(Screen(width)).paragraph(" ".join((words, *paths))))
    shown = " ".join(lines).split()
    for word in " ".join(paths).split():
        assert "/" not in word or word in shown
    assert all(cell_len(line) <= width or ("/" in line and " " not in line) for line in lines)
    assert "".join(shown) == "".join((words, *paths)).replace(" ", "")


def test_a_path_longer_than_the_screen_is_a_line_of_its_own():
    words = "/home/ada/Notes/Relationships: no such folder, is there"
    shown = list(Layout(Screen(20)).paragraph(words, first="netnotes: "))
    assert shown == [
        "netnotes: /home/ada/Notes/Relationships:",
        "          no such",
        "          folder, is",
        "          there",
    ]


def test_styles_and_links_are_for_terminals_alone():
    cell = Styled("Ada", "bold", "file:///notes/Ada.md#3")
    assert list(Layout(Screen()).paragraph(cell)) == ["Ada"]
    (line,) = Layout(Screen(80, 24, colour=True, links=True)).paragraph(cell)
    assert "\x1b[1m" in line
    assert "\x1b]8;" in line
    assert "file:///notes/Ada.md#3" in line
    (line,) = Layout(Screen(80, 24, colour=False, links=True)).paragraph(cell)
    assert "\x1b[1m" not in line
    assert "\x1b]8;" in line


def test_no_control_character_of_a_cell_is_written():
    (head, line) = laid_out([("A\x1b[31mda\x9b", "x\x07", "", "")], width=80)
    assert head == "name       when"
    assert "\x1b" not in line
    assert "\x9b" not in line
    assert "\x07" not in line


def test_a_bar_is_as_wide_as_it_is_said_to_be():
    assert [bar(value, 4) for value in (0, 0.5, 0.53, 1, 2)] == ["    ", "██  ", "██▏ ", "████", "████"]
    assert GAP == 2
