"""Front matter text is read as the app's parser reads it, and no text can hurt the reader."""

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.frontmatter.scalars import resolve, spell
from netnotes.text.frontmatter.yaml12 import MAX_LENGTH, Fault, parse

# Cases of the app's parser that we read otherwise, each with the reason. There are none.
KNOWN_DIFFERENCES: dict[str, str] = {}

# What we refuse and the app's parser reads, found by comparing the two on some 200,000 mangled texts.
# The reason each time: the YAML library stops there, and no such text is known from people's notes.
STRICTER_THAN_THE_APP = {
    ": a": "a key of no characters",
    "a: [?, b]": "a lone question mark in a list",
    "&é a: b": "an anchor named with other than ASCII letters and digits",
    "a: !impo#a b": "a tag with a # in it",
    "a: [\n \tx\n\t]": "a tab before the bracket that closes a list",
    "a:\n  - - : x": "a key of no characters within lists",
}
# What we read and the app's parser refuses; the library is laxer there, and no harm comes of it.
LAXER_THAN_THE_APP = {
    "a:\n\n# c\n  b\nd: e": "a comment, not indented, between a blank line and the value",
    "a:\n|\n": "a block scalar that is not indented, and empty",
    "a: b\n\t\n c\nd: e": "a tab on a blank line within text of several lines",
    "a: !!set {b: c}": "a set whose items have values",
}


def read(text):
    try:
        return parse(text).value
    except Fault as fault:
        return fault


def as_json_has_it(value):
    """Numbers that JSON lacks stand in the cases as words."""
    if isinstance(value, float) and not math.isfinite(value):
        return "Number(NaN)" if math.isnan(value) else f"Number({'-' if value < 0 else ''}Infinity)"
    if isinstance(value, list):
        return [as_json_has_it(item) for item in value]
    if isinstance(value, dict):
        return {key: as_json_has_it(item) for key, item in value.items()}
    return value


def typed(value):
    """Tell 1 from true, which == does not."""
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    return (isinstance(value, bool), value)


def differing(cases, loader):
    wrong = {}
    for case in cases:
        try:
            got, refused = as_json_has_it(parse(case["yaml"], loader).value), False
        except Fault as fault:
            got, refused = fault.reason, True
        meant = case["obsidian"]
        if refused != (case["obsidian_error"] is not None) or (not refused and typed(got) != typed(meant)):
            wrong[case["id"]] = (case["yaml"], got, case["obsidian_error"] or meant)
    return wrong


def test_every_case_of_the_apps_parser_is_read_like_there(cases):
    all_cases = cases("yaml.json")
    assert len(all_cases) > 100
    wrong = differing(all_cases, yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
    assert wrong.keys() == KNOWN_DIFFERENCES.keys(), wrong


def test_without_the_c_library_nothing_but_tabs_and_lone_dashes_is_read_otherwise(cases):
    wrong = differing(cases("yaml.json"), yaml.SafeLoader)
    assert wrong.keys() <= {"tab_indent", "tab_in_value", "tab_after_colon", "infinity_neg"}, wrong


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a: -0o7", "-0o7"),
        ("a: 5.", 5),
        ("a: .5", 0.5),
        ("a: -.INF", -math.inf),
        ("a: 1e400", math.inf),
        ("a: 0x" + "f" * 600, math.inf),
        ("a: " + "9" * 5000, math.inf),
        ("a: 9007199254740993", 9007199254740992),
        ("a: ١", "١"),
        ("a: -", [None]),
        ("a: -   # none yet", [None]),
        ("a: !!float 3", "3"),
        ("a: !!int '3'", 3),
        ("a: !!bool true", True),
        ("a: !!null ~", None),
        ("a: ! 12", "12"),
        ("a: !!set {x, y}", {}),
        ('a: "\\ud83d\\ude00"', "😀"),
        ('a: "\\ud83d"', "\N{REPLACEMENT CHARACTER}"),
        ("a: x\u2028y\x85z\x00", "x\u2028y\x85z\x00"),
        ("a: x\ry", "x\ry"),
        ("a: |\n  x", "x\n"),
        ("a: |-\n  x\n\n", "x"),
        ("a: >\n  x\n   y\n  z\n\n  w\n", "x\n y\nz\nw\n"),
        ("a: 'x\n\n  y'", "x\ny"),
        ("a: [\n  b, # x\n  c\n]", ["b", "c"]),
        ("a: [b: c, d]", [{"b": "c"}, "d"]),
        ('a: {"b":1}', {"b": 1}),
        ("a:\n- - b\n  - c\n", [["b", "c"]]),
        ("a:\n\t\n  b: 1", {"b": 1}),
        ("a:\n  -\tb\n  - \tc\t\n", ["b", "c"]),
        ("a: {{title}}", {"{ title }": None}),
    ],
)
def test_values(text, meant):
    assert typed(parse(text).value) == typed({"a": meant})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("null: x", ""),
        ("1.0: x", "1"),
        ("0x10: x", "16"),
        ("True: x", "true"),
        ("[a, b]: x", "[ a, b ]"),
        ("? {a: [b]}\n: x", "{ a: [ b ] }"),
        (".inf: x", "Infinity"),
        ("<<: x", "<<"),
        ("=: x", "="),
    ],
)
def test_property_names_are_text(text, name):
    assert parse(text).value == {name: "x"}


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("a: 1\nb: 2\na: 3", "`a` appears twice", 2),
        ("b:\n  - x: 1\n    x: 2", "`x` appears twice", 2),
        ("1: a\n1.0: b", "`1` appears twice", 1),
        ("t: A: B", "second `: `", 0),
        ("a: 1\nb:\n\t- c", "tab", 2),
        ("a: @home", "quotes", 0),
        ("a: %done", "quotes", 0),
        ("x: 1\na: 'y'#z", "space before its #", 1),
        ("a: [b,\nc]", "less indented", 1),
        ("a: 'b\nc'", "less indented", 1),
        ("up: [[A]], [[B]]", "quotes", 0),
        ("a: *x", "&x", 0),
        ("a: &x [*x]", "&x", 0),
        ("a: -\n  - b", "list", 0),
        ("a: &x 1\nb: &x [*x]", "&x", 1),
        ("a:\n\t\nb: 1", "tab", 1),
        ("&x: 1", "space after it", 0),
        ("a: 1\n...\nb: 2", "", 2),
        ("a: 1\n--- b", "inside", 1),
        ("a: !e!x 1", "tag", 0),
        ('a: "\\q"', "backslash", 0),
    ],
)
def test_a_fault_says_why_and_where(text, words, line):
    fault = read(text)
    assert isinstance(fault, Fault)
    assert words in fault.reason
    assert fault.line == line


def test_each_top_level_property_keeps_its_place():
    text = "a: 1 # one\n'b': \"two\"\nc:\n  - 3\nd:\ne: &x 5\nf:\n  6\n"
    entries = parse(text).entries
    found = [(e.key, e.line, text[e.value_start : e.value_end], e.is_simple) for e in entries]
    assert found == [
        ("a", 0, "1", True),
        ("b", 1, '"two"', True),
        ("c", 2, found[2][2], False),
        ("d", 4, "", True),
        ("e", 5, "&x 5", False),
        ("f", 6, "6", False),
    ]
    assert [text[e.key_start] for e in entries] == ["a", "'", "c", "d", "e", "f"]


def test_places_stay_true_beside_characters_the_library_cannot_read():
    text = "a: \x00\u2028\x85 😀\nb: -\n\t\nc: 1\n"
    places = {e.key: (e.line, text[e.value_start : e.value_end]) for e in parse(text).entries}
    assert places == {"a": (0, "\x00\u2028\x85 😀"), "b": (1, "-"), "c": (3, "1")}


@pytest.mark.parametrize("text", STRICTER_THAN_THE_APP)
def test_known_to_be_stricter_than_the_app(text):
    assert isinstance(read(text), Fault)


@pytest.mark.parametrize("text", LAXER_THAN_THE_APP)
def test_known_to_be_laxer_than_the_app(text):
    assert isinstance(read(text), dict)


def doubled(times):
    lines = [f"a{i}: &a{i} [*a{i - 1} , *a{i - 1} ]\n" for i in range(1, times)]
    return "a0: &a0 [x, x]\n" + "".join(lines)


def chained(times, levels):
    nest, end = "[" * levels, "]" * levels
    return f"a0: &a0 {nest}{end}\n" + "".join(f"a{i}: &a{i} {nest}*a{i - 1} {end}\n" for i in range(1, times))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: " + "[" * 200_000, "nested"),
        ("a: " + "{a: " * 200_000, "nested"),
        ("- " * 200_000, "nested"),
        ("".join(" " * i + "a:\n" for i in range(1000)), "nested"),
        (chained(50, 90), "nested"),
        (doubled(100), "used more than"),
        ("a: &a x\nb: [" + "*a , " * 200 + "]", "used more than"),
        ("a: &a [" + "x, " * 30_000 + "]\nb: *a\n", "values"),
        ("a: [" + "x," * 100_000 + "]", "values"),
        ("a: " + "x" * MAX_LENGTH, "characters"),
        ("a: '" + "x" * 500_000, "never closed"),
        ("a: 1\n" + "\t\n" * 200_000, ""),
        ('a: "' + "\\ud83d\\ude00" * 50_000 + '"', ""),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_bombs_are_faults(text, words):
    fault = read(text)
    assert isinstance(fault, Fault)
    assert words in fault.reason


@pytest.mark.parametrize("problem", ["a message of a later release", None])
def test_no_message_of_the_library_is_shown(problem):
    class Loader(yaml.SafeLoader):
        def get_event(self):
            raise yaml.MarkedYAMLError(None, None, problem, self.get_mark())

    with pytest.raises(Fault) as raised:
        parse("a: b", Loader)
    assert raised.value.reason == "this is not YAML that NetNotes can read: put the value in quotes"


def test_a_text_just_within_the_limits_is_read():
    assert read("a: " + "[" * 99 + "]" * 99)["a"]
    assert len(read("a: &a x\nb: [" + "*a , " * 99 + "]")["b"]) == 99
    assert len(read("a: [" + "x," * 40_000 + "]")["a"]) == 40_000


@given(st.text(st.sampled_from("ab1 :-#\n\t\"'[]{},&*!|>%@?~.\\u\r\u2028\x00é😀"), max_size=40))
def test_no_text_raises_anything_but_a_fault_and_every_place_is_in_the_text(text):
    document = read(text)
    if isinstance(document, Fault):
        assert 0 <= document.line <= text.count("\n") + 1
        return
    for entry in parse(text).entries:
        assert 0 <= entry.key_start <= entry.value_start <= entry.value_end <= len(text) + 1
        assert entry.line == text.count("\n", 0, entry.key_start)


numbers = st.integers(-(2**53), 2**53) | st.floats(-(2.0**53), 2.0**53)


@given(st.text() | numbers | st.booleans())
def test_a_spelled_value_is_read_back(value):
    assert typed(parse(f"k: {spell(value)}\n").value) == typed({"k": value})


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (0.60, "0.6"),
        (1.0, "1"),
        (0.0, "0"),
        (-0.0, "0"),
        (True, "true"),
        (12, "12"),
        ("2026-03-01", "2026-03-01"),
        ("deep", "deep"),
        ("depth-3fa9 tie-91c2", "depth-3fa9 tie-91c2"),
        ("0.6", '"0.6"'),
        ("true", '"true"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("10:30", "10:30"),
        ("x ", '"x "'),
        ('"', '"\\""'),
        ("[[Ada]]", '"[[Ada]]"'),
        ("null", '"null"'),
        ("ä\nb", '"ä\\nb"'),
    ],
)
def test_the_shortest_spelling(value, spelled):
    assert spell(value) == spelled


@pytest.mark.parametrize("value", [math.nan, math.inf, "\ud800"])
def test_a_value_that_cannot_be_spelled_is_refused(value):
    with pytest.raises(ValueError, match=r"\w"):
        spell(value)


@given(st.text(st.sampled_from("0123456789+-.eExo_abcfFnNtTuUlLrRsS~ "), max_size=8))
def test_an_unquoted_scalar_is_text_unless_it_is_a_number_or_a_known_word(text):
    value = resolve(text)
    if isinstance(value, str):
        assert value == text
    else:
        assert value is None or isinstance(value, bool | int | float)
        assert "_" not in text
        assert text == text.strip()
