"""What is shown before a plugin may run hides nothing: no character that a terminal draws as nothing passes unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.plugin_host.source_preview import asks_for, lines, visible
from tests.plugin_host.conftest import scorer

DRAWN_AS_NOTHING = {
    "soft hyphen": (0xAD, 0xAD),
    "grapheme joiner": (0x34F, 0x34F),
    "Arabic letter mark": (0x61C, 0x61C),
    "Hangul fillers": (0x115F, 0x1160),
    "Khmer inherent vowels": (0x17B4, 0x17B5),
    "Mongolian variation selectors": (0x180B, 0x180F),
    "spaces": (0x2000, 0x200A),
    "zero width and direction": (0x200B, 0x200F),
    "line and paragraph separator, embeddings": (0x2028, 0x202F),
    "invisible operators, isolates": (0x205F, 0x206F),
    "empty Braille pattern": (0x2800, 0x2800),
    "ideographic space": (0x3000, 0x3000),
    "Hangul filler": (0x3164, 0x3164),
    "variation selectors": (0xFE00, 0xFE0F),
    "byte order mark": (0xFEFF, 0xFEFF),
    "halfwidth Hangul filler": (0xFFA0, 0xFFA0),
    "specials": (0xFFF0, 0xFFFC),
    "shorthand format controls": (0x1BCA0, 0x1BCA3),
    "null notehead": (0x1D159, 0x1D159),
    "musical format controls": (0x1D173, 0x1D17A),
    "tags": (0xE0000, 0xE007F),
    "variation selectors supplement": (0xE0100, 0xE01EF),
    "controls": (0x00, 0x08),
    "more controls": (0x0B, 0x1F),
    "C1 controls and no-break space": (0x7F, 0xA0),
}


@pytest.mark.parametrize("kind", DRAWN_AS_NOTHING)
def test_a_character_that_is_drawn_as_nothing_is_an_escape(kind):
    first, last = DRAWN_AS_NOTHING[kind]
    for char in map(chr, range(first, last + 1)):
        shown = visible(f'x = "{char}"')
        assert char not in shown, hex(ord(char))
        assert "\\" in shown


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_two_lines_that_differ_are_shown_as_two(line):
    assert visible(line + "\ufe01") != visible(line)
    assert visible("ab") != visible("a\ufe0fb")


@pytest.mark.parametrize("line", ["def grüße(): # 王小明, שרה, 🙂 → ½", "\tindented = 'Zoë'"])
def test_visible_characters_stay_as_they_are(line):
    assert visible(line) == line


def test_no_character_but_a_line_end_ends_a_line():
    assert list(lines("a\u2028b\x0bc\x85d\re\r\nf\n".encode(), None)) == ["a\\u2028b\\x0bc\\x85d", "e", "f"]


def test_a_payload_of_variation_selectors_is_seen_before_it_is_allowed(home):
    payload = "".join(chr(0xE0100 + byte) for byte in b"import os")
    place = home.plugin("recency", scorer(above=f'hidden = "{payload}"'), allowed=False)
    output = home.netnotes("plugins", "allow", place).err
    assert "\\U000e0169\\U000e016d" in output
    assert payload not in output


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ('@scorer(Field("a", "b"), reads=("text", "depth"))\ndef a(n, o): ...', ["the words of your notes"]),
        ('@reader(files="*.ics")\ndef a(f, o): ...', ["these files: *.ics"]),
        ('@reader(files=("~/Mail/*", "*.mbox"))\ndef a(f, o): ...', ["these files: ~/Mail/*, *.mbox"]),
        ("@reader(files=PATTERNS)\ndef a(f, o): ...", ["files that it names only when it runs"]),
        ('@reader(files="*." + "ics")\ndef a(f, o): ...', ["files that it names only when it runs"]),
        ("@reader\ndef a(n, o): ...", []),
        ("def (", []),
    ],
)
def test_the_files_a_plugin_reads_are_named_without_running_it(source, asked):
    assert list(asks_for(source.encode())) == asked


def test_the_consent_screen_says_what_is_read(home):
    place = home.plugin("recency", scorer(above='def f(files="*.ics"): ...\nf(files="~/Private/*.ics")'), allowed=False)
    assert "It asks to read these files: ~/Private/*.ics." in home.netnotes("plugins", "allow", place).err
