"""Nothing makes it fall over: no note raises, hangs or swells, and each fault is one problem with a remedy."""

import datetime as dt
import time
import tracemalloc
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Vault
from netnotes.pipeline import run
from netnotes.plugin_host import loader
from netnotes.text import parse, serialize
from netnotes.text.lexicon import channels, dates, durations
from tests.text import hostile_notes

SIZE = 200_000
TODAY = dt.date(2026, 6, 30)
SHORT_NOTES, NOTES = (
    [pytest.param(text, id=title) for title, text in hostile_notes.notes(size)] for size in (SIZE // 20, SIZE)
)


def seconds(text):
    data = text.encode()
    begin = time.process_time()
    parse.note("a.md", data)
    return time.process_time() - begin


@cache
def usual():
    """Return the seconds that the longest honest note of that size takes: a bullet with a link on every line."""
    parse.note("a.md", b"- [[a]] `x`\n")
    return max(seconds(hostile_notes.fill("- [[Ada]] for 45 min\n", SIZE)) for _ in range(3))


@pytest.mark.full
@pytest.mark.parametrize("text", NOTES)
def test_no_note_takes_much_longer_than_an_honest_one(text):
    # What grows with the square of the length takes hundreds of times as long.
    assert any(seconds(text) < 8 * usual() for _ in range(3))


@pytest.mark.parametrize(
    "text",
    [*SHORT_NOTES, *(pytest.param(*each.values, id=f"long {each.id}", marks=pytest.mark.full) for each in NOTES)],
)
def test_every_problem_has_a_place_and_a_remedy(text):
    note = parse.note("a.md", text.encode())
    assert len(note.problems) <= parse.MOST_FAULTS + 5
    for problem in note.problems:
        assert problem.path == "a.md"
        assert problem.hint
        assert len(problem.message) < 400
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + 1


@pytest.mark.full
def test_no_note_swells():
    # The bounds on what is kept of one note are nearly reached, and 1 MB may take 50 MB.
    data = hostile_notes.fill(hostile_notes.UNITS["links and code"], 400_000).encode()
    tracemalloc.start()
    try:
        parse.note("a.md", data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 50_000_000 + len(data)


FAULTS = {
    "invalid": (b"---\na: [\n---\n[[Ada]]", "front matter: ", 3),
    "key twice": (b"---\na: 1\nb: 2\na: 3\n---\n[[Ada]]", "front matter: the key `a` appears twice", 4),
    "tab": (b"---\na:\n\t- b\n---\n[[Ada]]", "front matter: ", 3),
    "not closed": (b"---\na: 1\n[[Ada]]", "front matter: ", 1),
    "too deep": (b"---\na: " + b"[" * 200 + b"]" * 200 + b"\n---\n[[Ada]]", "front matter: it is nested more than", 2),
    "bomb": (
        dict(hostile_notes.notes(100))["front matter: aliases of aliases"].encode() + b"[[Ada]]",
        "front matter: &",
        None,
    ),
    "Latin-1": (b"[[Ada]]\nL\xfcder", "is not UTF-8", 2),
    "NUL": (b"[[Ada]]\n\n\0", "holds NUL bytes", 3),
    "too long": (b"[[Ada]]\n" + b"a" * parse.LONGEST, "is read to its first", 2),
    "too many lines": (b"- [[Ada]]\n" * 30_000, "has more than", None),
    "impossible day": (b"[[Ada]]\n\n- 2026-02-30 met", "`2026-02-30` is not a day of the calendar", 3),
}


@pytest.mark.parametrize(
    "fault", [pytest.param(each, marks=[pytest.mark.full] * (each == "too many lines")) for each in FAULTS]
)
def test_a_fault_is_one_problem_and_everything_else_is_read(fault):
    data, message, line = FAULTS[fault]
    note = parse.note("a.md", data)
    (problem,) = note.problems
    assert problem.message.startswith(message)
    assert line is None or problem.line == line
    assert problem.hint
    assert note.links[0] == "Ada"


@pytest.mark.parametrize("data", ["[[Ada]]".encode("utf-16"), b"%PDF-1.4\n\0\xff\xfe\x80[[Ada]]"])
def test_bytes_that_are_not_text_are_one_problem(data):
    note = parse.note("a.md", data)
    (problem,) = note.problems
    assert (note.links, note.block) == ((), "invalid")
    assert problem.line
    assert problem.hint


HARMLESS = {
    "byte order mark": "\ufeff---\ntype: person\n---\n[[Ada]]",
    "CRLF": "---\r\ntype: person\r\n---\r\n[[Ada]]\r\n",
    "mixed line ends": "---\ntype: person\r\n---\n\r\n[[Ada]]\r",
    "separators": "---\ntype: person\nx: a\u2028b\x85c\u2029d\n---\n[[Ada]]\u2028\x85",
    "JSON": '---\n{"type": "person"}\n---\n[[Ada]]',
    "templates": "---\ntype: person\n---\n<% tp.file.cursor() %> {{title}} [[Ada]]",
    "dates that are none": "---\ntype: person\ndate: 2026-02-30\nwhen: 2024-13-45\n---\n[[Ada]]",
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_odd_notes_are_read_without_a_problem(kind):
    note = parse.note("a.md", HARMLESS[kind].encode())
    assert note.problems == ()
    assert note.properties["type"] == "person"
    assert note.links == ("Ada",)


def test_a_template_in_front_matter_is_one_problem():
    note = parse.note("a.md", b"---\n{{title}}: <% x %>\n---\n[[Ada]]")
    assert len(note.problems) <= 1
    assert note.links == ("Ada",)


# What fuzzing found: letters that a pattern without regard to case takes for others.
@pytest.mark.parametrize("text", ["teſt", "ſaw", "ſkype", "dİnner", "dınner", "\N{KELVIN SIGN}", "ﬁrst call"])
def test_letters_that_only_look_like_others(text):
    assert channels.in_text(text) in (None, "call")


@pytest.mark.parametrize(
    "text", ["5 ſep 2026", "5 ſeptember 2026", "Auguſt 5, 2026", "\u0665 Mar 2026", "2026-0\u0663-01"]
)
def test_dates_in_other_letters(text):
    assert (found := dates.lead(text)) is None or found.date.year == 2026


@pytest.mark.parametrize(
    "value", ["9" * 5000, "1," * 9, "1.", "P", "PT", "PTH", "1e999", "h", ":", "1h" * 99, "\u0661h", True, [], {}]
)
def test_lengths_that_are_none(value):
    minutes = durations.of_value(value)
    assert minutes is None or 0 < minutes <= durations.MOST_MINUTES


PIECES = st.sampled_from(
    [
        "[[Ada]]",
        "[[Bo|B]]",
        "[x](Bo.md)",
        "![[p.png]]",
        " ",
        "\n",
        "\n\n",
        "- ",
        "  - ",
        "1. ",
        "# ",
        "## ",
        "> ",
        "> [!a] b\n",
        "| a |\n|-|\n| x |\n",
        "45 min",
        "1h30",
        "(12 min)",
        "14:00",
        "14:00-15:30",
        "2026-03-01",
        "2026-02-30",
        "5 March 2026",
        "call",
        "met",
        "face to face",
        "teſt",
        "by:: me",
        "[channel:: zoom]",
        "(minutes:: 1e999)",
        "[scene:: x]",
        "key:: v",
        "- [ ] ",
        "- [x] ",
        "✅ 2026-03-02",
        "📅 2026-13-01",
        "#scene/lisbon",
        "#a",
        "`code`",
        "```\n",
        "%%",
        "$$\n",
        "<!-- ",
        "-->",
        "\\",
        "\0",
        "\r\n",
        "\u2028",
        "\t",
        "🎉",
        "---\n",
        "type: person\n",
        "attendees: [[Ada]]\n",
        "attendees: {a: [..]}\n",
        "date: 2026-03-01\n",
        "minutes: .nan\n",
        "aliases: [Ada, 1]\n",
        "tags: [scene/x]\n",
        "me: true\n",
        "cadence: 9d\n",
        "netnotes: ignore\n",
        "last_contact: 2026-02-30\n",
        "{{x}}: <% y %>\n",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80)


@given(TEXTS)
@example("\u2028---\n[[Ada]]")
def test_any_text_is_some_note(text):
    data = text.encode("utf-8", "surrogatepass")
    note = parse.note("f/a.md", data)
    assert serialize.unpack(note.path, serialize.pack(note)) == note
    last = text.count("\n") + text.count("\r") + 1
    for at, passage in enumerate(note.passages):
        assert -1 <= passage.parent < at
        assert 1 <= passage.line <= last
        assert at == 0 or note.passages[at - 1].line <= passage.line
        assert {name.target for name in passage.names if name.kind == "link"} <= set(note.links)
        assert passage.minutes is None or 0 < passage.minutes <= durations.MOST_MINUTES
        assert passage.clock is None or 0 <= passage.clock < 24 * 60


PATHS = (
    "People/Ada.md",
    "People/Bo.md",
    "2026-03-01.md",
    "2026-03-01 Sync.md",
    "journals/2026_03_01.md",
    "9999-12-31.md",
    "0000-00-00.md",
    "M.md",
)


@pytest.fixture(scope="session")
def plugins():
    return loader.bundled(Config())


@given(st.dictionaries(st.sampled_from(PATHS), TEXTS, max_size=4), st.sampled_from([TODAY, dt.date.min, dt.date.max]))
def test_any_notes_are_some_vault(plugins, texts, today):
    notes = tuple(parse.note(path, text.encode("utf-8", "surrogatepass")) for path, text in sorted(texts.items()))
    outcome = run(Vault("v", notes), Config(), plugins, today, Memory(), strict=True)
    assert run(Vault("v", notes[::-1]), Config(), plugins, today, Memory(), strict=True).problems == outcome.problems


VALUES = [
    "{a: [..], b: {c: d}}",
    "[" * 90 + "Ada" + "]" * 90,
    "[1, 2.5, true, null, .nan]",
    "1e308",
    ".nan",
    "-.inf",
    "null",
    "true",
    '""',
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    '"' + "9" * 5000 + '"',
    '"every' + " " * 20_000 + 'x"',
    '"' + "[[" * 20_000 + '"',
    '"' + "1" * 20_000 + 'x"',
    '"\\ud800"',
    '"' + "[a](" * 9_000 + '"',
    '"' + "," * 20_000 + '"',
    '"' + "(chased::" * 2_000 + '"',
    "[[[[x]]]]",
    "99999999999999999999999",
]
KEYS = [
    "attendees",
    "date",
    "minutes",
    "channel",
    "initiated_by",
    "scene",
    "name",
    "aliases",
    "type",
    "tags",
    "me",
    "netnotes",
    "depth",
    "last_contact",
    "cadence",
    "closeness",
    "trust",
    "birthday",
    "relation",
    "introduced_by",
    "favours",
    "groups",
    "members",
    "follow_up",
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:12])
def test_any_property_may_hold_anything(plugins, value):
    for key in KEYS:
        texts = {
            "People/Ada.md": f"---\n{key}: {value}\n---\n- 2026-03-01 met\n",
            "2026-03-01 M.md": f"---\nattendees: [Ada]\n{key}: {value}\n---\n",
        }
        if key == "attendees":
            texts["2026-03-01 M.md"] = f"---\nattendees: {value}\n---\n"
        notes = tuple(parse.note(path, text.encode()) for path, text in sorted(texts.items()))
        outcome = run(Vault("v", notes), Config(), plugins, TODAY, Memory(), strict=True)
        assert all(len(problem.message) < 400 for problem in outcome.problems)


@pytest.mark.full
def test_ten_thousand_attendees_are_a_telephone_book(plugins):
    names = ", ".join(f"Person {n}" for n in range(10_000))
    note = parse.note("2026-03-01 Fair.md", f"---\nattendees: [{names}]\n---\n".encode())
    outcome = run(Vault("v", (note,)), Config(), plugins, TODAY, Memory())
    (encounter,) = outcome.network.encounters
    assert len(encounter.people) == 5_000
    assert [problem.message for problem in outcome.problems] == ["names more than 5,000 people; the rest is left out"]
    assert outcome.network.alter_ties == ()
