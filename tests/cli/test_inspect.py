"""`netnotes inspect`: what is seen in one note, and what is made of it."""

import json

import pytest

from netnotes.cli.commands.vault.inspected_names import REMEDIES

VAULT = {
    ".obsidian/app.json": "{}",
    "People/Ada.md": "---\ntype: person\n---\n- 2026-03-05 mailed\n",
    "People/Bo.md": "---\ntype: person\n---\n",
    "Meetings/2026-03-01 Sync.md": '---\nattendees:\n  - "[[Ada]]"\n  - Grace Hopper\nminutes: 30\nrating: .nan\n---\n'
    "# Plan 🎉\n\n[[Bo|B]] ![[pic.png]] #idea [[Nobody]]\n\n- [ ] [[Ada]] to send it 📅 2026-04-01\n- 2026-02-30\n",
    "2026-03-02.md": "- called [[Ada]] and [[Bo]], 20 min [by:: me] [scene:: Lisbon]\n",
    "2027-01-01.md": "- lunch with [[Ada]]\n",
    "pic.png": "",
}


@pytest.fixture
def inspect(netnotes, vault):
    """Return the function that inspects a note of the vault, as JSON."""
    root = vault(VAULT)

    def ask(path):
        ran = netnotes("inspect", root / path, "--as-of", "2026-06-30", "--json")
        assert (ran.code, ran.err) == (0, "")
        return json.loads(ran.out)

    return ask


def units(part):
    """Return where `part` stands in the meeting note, in UTF-16 code units."""
    text = VAULT["Meetings/2026-03-01 Sync.md"]
    ends = (text.index(part), text.index(part) + len(part))
    return [len(text[:end].encode("utf-16-le")) // 2 for end in ends]


def test_inspect_lists_the_syntax_of_a_note(inspect):
    found = inspect("Meetings/2026-03-01 Sync.md")
    assert found["properties"] == {"attendees": ["[[Ada]]", "Grace Hopper"], "minutes": 30, "rating": None}
    assert found["frontmatterLinks"] == [
        {"key": "attendees.0", "link": "Ada", "original": "[[Ada]]", "displayText": "Ada"}
    ]
    assert found["headings"] == [{"heading": "Plan 🎉", "level": 1, "offset": units("# Plan 🎉")}]
    assert found["links"][0] == {"link": "Bo", "original": "[[Bo|B]]", "displayText": "B", "offset": units("[[Bo|B]]")}
    assert [link["link"] for link in found["links"]] == ["Bo", "Nobody", "Ada"]
    assert [embed["link"] for embed in found["embeds"]] == ["pic.png"]
    assert found["tags"] == [{"tag": "#idea", "offset": units("#idea")}]


def test_inspect_shows_how_a_meeting_note_is_read(inspect):
    found = inspect("Meetings/2026-03-01 Sync.md")
    assert found["kind"] == "meeting note"
    assert {person["name"]: person["path"] for person in found["people"]} == {
        "Ada": "People/Ada.md",
        "Bo": "People/Bo.md",
        "Grace Hopper": None,
    }
    (met,) = found["encounters"]
    assert (met["date"], met["people"], met["minutes"], met["line"]) == ("2026-03-01", ["Ada", "Grace Hopper"], 30, 2)
    (promise,) = found["promises"]
    assert (promise["people"], promise["due"], promise["by"]) == (["Ada"], "2026-04-01", "them")
    (problem,) = found["problems"]
    assert (problem["line"], problem["message"]) == (13, "`2026-02-30` is not a day of the calendar")
    assert problem["hint"]


def test_inspect_shows_how_a_daily_note_is_read(inspect):
    found = inspect("2026-03-02.md")
    assert found["kind"] == "daily note of 2026-03-02"
    assert found["encounters"] == [
        {
            "date": "2026-03-02",
            "people": ["Ada", "Bo"],
            "minutes": 20,
            "own": {},
            "channel": "call",
            "initiated_by": "me",
            "scene": "Lisbon",
            "line": 1,
            "planned": False,
        }
    ]
    assert inspect("2027-01-01.md")["encounters"][0]["planned"]


def test_inspect_shows_how_a_persons_note_is_read(inspect):
    found = inspect("People/Ada.md")
    assert found["kind"] == "person"
    assert found["people"] == [{"name": "Ada", "path": "People/Ada.md", "me": False, "own": True}]
    assert [met["channel"] for met in found["encounters"]] == ["mail"]


def test_a_page_for_the_eye(netnotes, vault):
    ran = netnotes("inspect", vault(VAULT) / "Meetings" / "2026-03-01 Sync.md", "--as-of", "2026-06-30")
    assert [" ".join(line.split()) for line in ran.out.splitlines()] == [
        "Meetings/2026-03-01 Sync.md (meeting note)",
        "",
        "Properties",
        "attendees [[Ada]], Grace Hopper",
        "minutes 30",
        "rating nan",
        "",
        "Links",
        "line 10 link Bo People/Bo.md",
        "line 10 embed pic.png pic.png",
        "line 10 link Nobody broken link",
        "line 12 link Ada People/Ada.md",
        "property attendees.0 link Ada People/Ada.md",
        "",
        "Tags",
        "#idea",
        "",
        "People",
        "Bo People/Bo.md",
        "Ada People/Ada.md",
        "Grace Hopper no note",
        "",
        "Encounters",
        "2026-03-01 Ada, Grace Hopper 30 min in person line 2",
        "",
        "Names",
        "line 2 Ada encounter listed as present",
        f"line 10 Bo mention linked in a meeting, not listed as present → {REMEDIES[7]}",
        f"line 10 Nobody not known no known person has this name → {REMEDIES[8]}",
        f"line 12 Ada not counted an open task → {REMEDIES[1]}",
        "",
        "Promises",
        "[[Ada]] to send it 📅 2026-04-01 Ada by them due 2026-04-01 line 12",
        "",
        "Problems",
        "Meetings/2026-03-01 Sync.md:13: `2026-02-30` is not a day of the calendar",
        "hint: write a date like 2026-01-31",
    ]


def test_without_a_vault_the_note_is_read_alone(netnotes, tmp_path):
    place = tmp_path / "2026-03-01 Call.md"
    place.write_text("---\nattendees: Ada\n---\n[[#x]] [[Bo]]", encoding="utf-8")
    found = json.loads(netnotes("inspect", place, "--json").out)
    assert [link["link"] for link in found["links"]] == ["#x", "Bo"]
    assert found["encounters"][0]["people"] == ["Ada"]
    assert "broken link" in netnotes("inspect", place).out


@pytest.mark.parametrize("named", [True, False])
def test_a_note_of_a_plain_folder_is_read_with_the_notes_that_other_commands_read_there(
    named, netnotes, vault, monkeypatch
):
    root = vault({"People/Ada Pell.md": "She sails.\n", "2026-03-02.md": "- coffee with Ada\n"})
    if named:
        monkeypatch.setenv("NETNOTES_VAULT", str(root))
    else:
        monkeypatch.chdir(root)
    ran = netnotes("inspect", root / "2026-03-02.md" if named else "2026-03-02.md", "--json")
    assert [each["people"] for each in json.loads(ran.out)["encounters"]] == [["Ada Pell"]]


def test_a_note_that_is_not_in_the_vault_around_it(netnotes, vault):
    root = vault({**VAULT, ".trash/x.md": "[[Ada]]", "x.txt": "[[Ada]]"})
    for path in (".trash/x.md", "x.txt"):
        found = json.loads(netnotes("inspect", root / path, "--json").out)
        assert [link["link"] for link in found["links"]] == ["Ada"]
        assert found["people"] == []


def test_a_byte_order_mark_does_not_count(netnotes, vault):
    root = vault({"a.md": b"\xef\xbb\xbf[[Ada]] #x"})
    found = json.loads(netnotes("inspect", root / "a.md", "--json").out)
    assert [found["links"][0]["offset"], found["tags"][0]["offset"]] == [[0, 7], [8, 10]]


@pytest.mark.parametrize("data", [b"\xff\xfea\0", b"\0\x80"])
def test_a_file_that_is_not_text_has_nothing_but_a_problem(netnotes, vault, data):
    ran = netnotes("inspect", vault({"a.md": data}) / "a.md", "--json")
    found = json.loads(ran.out)
    assert found["links"] == []
    assert len(found["problems"]) == 1
    assert netnotes("inspect", vault() / "a.md").code == 0


def test_no_such_note(netnotes, tmp_path):
    assert netnotes("inspect", tmp_path / "none.md").code == 2
    assert netnotes("inspect", tmp_path).code == 2


def test_a_note_that_is_not_read_can_be_inspected(netnotes, vault):
    root = vault({**VAULT, "People/Cy.md": "---\ntype: person\nnetnotes: ignore\n---\n- 2026-03-05 called\n"})
    ran = netnotes("inspect", root / "People/Cy.md", "--as-of", "2026-06-30", "--json")
    assert ran.code == 0
    assert [person["name"] for person in json.loads(ran.out)["people"]] == ["Cy"]


def test_a_line_of_a_persons_note_that_was_not_counted_says_what_is_missing(netnotes, vault):
    lines = ("rang 11 Jan", "- 2026-03-07 cinema, she paid", "- 2026-03-08 about her garden", "- 2026-03-09 lunch")
    files = {".obsidian/app.json": "{}", "2026-03-09.md": "- lunch with [[Cleo]] 45 min\n"}
    root = vault(files | {"People/Cleo.md": "\n".join((lines[0], "", *lines[1:], "", "## 2026-03-10", "- the zoo"))})
    ran = netnotes("inspect", root / "People/Cleo.md", "--as-of", "2026-06-30", "--json")
    found = json.loads(ran.out)
    assert found["names"] == []
    assert [(line["line"], line["outcome"]) for line in found["lines"]] == [
        (1, "no date with a year"),
        (4, "no sign of contact"),
        (5, "counted in 2026-03-09.md"),
        (8, "part of the contact on line 7"),
    ]


def test_a_cancelled_task_is_not_called_open(netnotes, vault):
    root = vault({"People/Ada.md": "", "2026-03-09.md": "- [-] Call [[Ada]]\n- [ ] Write to [[Ada]]\n"})
    found = json.loads(netnotes("inspect", root / "2026-03-09.md", "--as-of", "2026-06-30", "--json").out)
    assert [(name["line"], name["why"]) for name in found["names"]] == [(1, "a cancelled task"), (2, "an open task")]


SILENT = {
    ".obsidian/app.json": '{"userIgnoreFilters": ["Old/"]}',
    "People/Ada Pell.md": "",
    "People/Bo Lind.md": "---\ntype: person\n---\nBorn on 1990-05-06 in Rome.\nMoved 2024-06-03.\n",
    "Templates/Day.md": "{{date}} with [[Ada Pell]]\n",
    "Old/2026-01-01.md": "- lunch with [[Ada Pell]]\n",
    "Notes/Ignored.md": "---\nnetnotes: ignore\n---\n2026-02-01 lunch with [[Ada Pell]]\n",
    "Notes/Undated.md": "met [[Ada Pell]] somewhere\n\nBo Lind likes tea.\n",
    "2026-03-02.md": "Rain.\n\nMy neighbour, Ada Pell, is ill. Graham is not.\n\n- baked\n- [ ] buy milk\n"
    "- due 2026-04-01\n",
    "2026-03-03.md": "Rain.\n",
    "2026-03-04.md": "",
    "2026-03-05.md": "- lunch with [[Ada Pell]]\n  - her soup\n\nRead a book.\n",
    "Meetings/2026-03-06 Sync.md": '---\nattendees: Bo Lind\nroom: "[[Ada Pell]]"\n---\n'
    "Ada Pell's plan. See [[2026-03-05]] and [[Budget]].\n",
}


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("2026-03-02.md", "no encounter: no line says that you were in touch"),
        ("2026-03-03.md", "no encounter: no line names a known person"),
        ("2026-03-04.md", "no encounter: no line names a known person"),
        ("People/Ada Pell.md", "no dated line in this note; 1 day of contact in other notes"),
        ("People/Bo Lind.md", "no contact counted from this note"),
        ("Notes/Undated.md", "no encounter: no date on the line, above it or in the note"),
        ("Notes/Ignored.md", "not read: it says `netnotes: ignore`"),
        ("Old/2026-01-01.md", "not read: it is among the app's excluded files"),
        ("Templates/Day.md", "not read: it is a template"),
    ],
)
def test_a_note_without_an_encounter_says_why(path, why, netnotes, vault):
    ran = netnotes("inspect", vault(SILENT) / path, "--as-of", "2026-06-30", "--json")
    assert json.loads(ran.out)["no_encounter"]["why"] == why
    assert why in netnotes("inspect", vault(SILENT) / path, "--as-of", "2026-06-30").out


@pytest.mark.parametrize(
    ("path", "names", "lines"),
    [
        (
            "2026-03-02.md",
            [(3, "Ada Pell", "not counted"), (3, "Graham", "not counted")],
            [(1, "text"), (5, "text"), (6, "open task"), (7, "dated line")],
        ),
        ("2026-03-05.md", [(1, "Ada Pell", "encounter")], [(2, "text"), (4, "text")]),
        ("People/Bo Lind.md", [], [(4, "dated line"), (5, "dated line")]),
        ("Notes/Undated.md", [(1, "Ada Pell", "not counted"), (3, "Bo Lind", "not counted")], []),
        ("Templates/Day.md", [(1, "Ada Pell", "not counted")], []),
        (
            "Meetings/2026-03-06 Sync.md",
            [
                (3, "Ada Pell", "not counted"),
                (5, "2026-03-05", "not a person"),
                (5, "Budget", "not known"),
                (5, "Ada Pell", "not counted"),
            ],
            [],
        ),
    ],
)
def test_each_link_name_task_and_dated_line_has_a_result(path, names, lines, netnotes, vault):
    ran = netnotes("inspect", vault(SILENT) / path, "--as-of", "2026-06-30", "--json")
    found = json.loads(ran.out)
    assert [(one["line"], one["name"], one["outcome"]) for one in found["names"]] == names
    assert [(one["line"], one["what"]) for one in found["lines"]] == lines
    assert all(one["why"] for one in found["names"])


def test_similar_lines_are_reported_together(netnotes, vault):
    root = vault({"People/Ada.md": "", "2026-03-02.md": "Rain.\nMore rain.\n\nRain again.\n"})
    out = netnotes("inspect", root / "2026-03-02.md", "--as-of", "2026-06-30").out
    assert "lines 1-2, 4  text" in out


def test_properties_of_a_logseq_page_are_shown(netnotes, vault):
    root = vault({"logseq/config.edn": "{}", "pages/Ada.md": "type:: person\nbirthday:: 1990-05-06\n"})
    found = json.loads(netnotes("inspect", root / "pages/Ada.md", "--json").out)
    assert found["properties"] == {"type": "person", "birthday": "1990-05-06"}
    assert found["lines"] == []


def test_a_line_that_is_only_a_date_dates_the_lines_below_it(netnotes, vault):
    root = vault({"People/Ada.md": "", "Studio.md": "22 April 2025\n\nLunch in town\n\n- [[Ada]] rang\n"})
    found = json.loads(netnotes("inspect", root / "Studio.md", "--json").out)
    assert {one["line"]: one["outcome"] for one in found["lines"]}[3] == "names no known person"
    assert [(one["date"], one["line"]) for one in found["encounters"]] == [("2025-04-22", 5)]


@pytest.mark.parametrize(
    ("task", "change"),
    [
        ("send Ben Osei the map", "for a promise, link the name: [[Ben Osei]]; if it took place, tick it"),
        ("send Ben the map", "for a promise, link the name: [[Ben Osei]]; if it took place, tick it"),
        ("[[Ada Pell]] and Ben Osei", "for a promise, link the name: [[Ben Osei]]; if it took place, tick it"),
        ("send [[Ben Osei]] the map", REMEDIES[1]),
        ("call Zora Lind", REMEDIES[1]),
        # The one who owes it, without a link
        ("Ben owes me 5", REMEDIES[1]),
    ],
)
def test_an_open_task_that_names_somebody_says_how_it_becomes_a_promise(netnotes, vault, task, change):
    people = dict.fromkeys(("People/Ada Pell.md", "People/Ben Osei.md"), "---\ntype: person\n---\n")
    root = vault({**people, "netnotes.toml": "", "2026-03-10.md": f"- [ ] {task}\n"})
    found = json.loads(netnotes("inspect", root / "2026-03-10.md", "--json").out)["names"]
    assert [one["change"] for one in found if one["name"] != "Ada Pell"] == [change]
