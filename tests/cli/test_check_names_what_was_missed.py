"""`check --all --json` names every note that may hold a contact which was not read, with what would change that."""

import json

import pytest

KNOWN = {"People/Ada Pell.md": "---\nemail: ada@example.org\n---\n", ".obsidian/app.json": "{}"}


@pytest.fixture
def remarks(netnotes, vault):
    """Return the function that gives (kind, path, line) of all remarks on a vault of the given notes."""

    def of(notes):
        ran = netnotes("check", vault(KNOWN | notes), "--all", "--json", "--as-of", "2026-06-30")
        assert ran.code == 0
        return {(each["kind"], each["path"], each["line"]) for each in json.loads(ran.out)["remarks"]}

    return of


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({"2026-03-02.md": "the garden of [[Ada Pell]]\n"}, ("no contact word", "2026-03-02.md", 1)),
        ({"2026-03-02.md": "the garden of Ada Pell\n"}, ("no contact word", "2026-03-02.md", 1)),
        ({"Garden.md": "lunch with [[Ada Pell]]\n"}, ("no date", "Garden.md", 1)),
        (
            {"netnotes.toml": "people.without_note = ['Quorin Lind']\n", "Garden.md": "lunch with [[Quorin Lind]]\n"},
            ("no date", "Garden.md", 1),
        ),
        ({"Log.md": "# Log\n## 30/01\nPlums\n## 12 March\nlunch with Bo\n"}, ("no year", "Log.md", 2)),
        ({"2026-03-02.md": "lunch with Quorin Lind\n"}, ("unknown name", "2026-03-02.md", 1)),
        ({"2026-03-02.md": "the boat of [[Bo Lind]]\n"}, ("unknown link", "2026-03-02.md", 1)),
        (
            {"2026-03-02.md": "lunch with [[Quorin Lind]]\n", "Quorin Lind.md": "A boat.\n"},
            ("unmarked link", "2026-03-02.md", 1),
        ),
        ({"2026-03-02.md": "- [[Ada Pell]] lunch\n- [ ] call [[Ada Pell]]\n"}, ("not counted", "2026-03-02.md", 2)),
        ({"2026-03-02.md": "the new book by [[Ada Pell]]\n"}, ("not counted", "2026-03-02.md", 1)),
        ({"2026-03-02.md": "Uncle Albert and the Great Lakes trip\n"}, ("not counted", "2026-03-02.md", 1)),
        ({"2026-03-02.md": "called the plumber\n"}, ("no encounter", "2026-03-02.md", None)),
        ({"2026-03-02.md": "- [[Ada Pell]] lunch\n- dinner at Zelko's\n"}, ("unknown name", "2026-03-02.md", 2)),
        ({"2026-03-02.md": "- [[Ada Pell]] lunch\n- coffee w/ bo\n"}, ("not counted", "2026-03-02.md", 2)),
        ({"2026-03-02.md": "[[Ada Pell]] lunch\n\nran 40 min with the club\n"}, ("not counted", "2026-03-02.md", 3)),
        ({"People/Ada Pell.md": "- 2026-03-02 her birthday cake\n"}, ("not counted", "People/Ada Pell.md", 1)),
        ({"03-04-2026.md": "lunch", "04-03-2026.md": "lunch"}, ("ambiguous date", "03-04-2026.md", None)),
        ({"03-04-2026 Lunch.md": "with [[Ada Pell]]"}, ("ambiguous date", "03-04-2026 Lunch.md", None)),
        (
            {".obsidian/daily-notes.json": '{"folder": "Days"}', "Days/No day.md": "lunch with [[Ada Pell]]\n"},
            ("unread day", "Days/No day.md", None),
        ),
        (
            {"2026-03-02 Board.md": "---\natendees:\n  - Ada Pell\n---\n"},
            ("near property", "2026-03-02 Board.md", 2),
        ),
        ({"2026-03-02 Board.md": "---\ncrew: [Ada Pell]\n---\n"}, ("near property", "2026-03-02 Board.md", 2)),
        ({"Cy.md": "---\ntype: persn\n---\n"}, ("near property", "Cy.md", 2)),
        (
            {"2026-03-02.sync-conflict-20260302-1010-ABC.md": "lunch with [[Ada Pell]]\n", "2026-03-02.md": "rain\n"},
            ("set aside", "2026-03-02.sync-conflict-20260302-1010-ABC.md", None),
        ),
        ({"2026-03-02 (Cy's conflicted copy).md": "x"}, ("set aside", "2026-03-02 (Cy's conflicted copy).md", None)),
        ({"2026-03-02.md": "---\nday: '{{date}}'\n---\n"}, ("set aside", "2026-03-02.md", None)),
        ({"People/Ada Pell 2.md": "She sails.\n"}, ("set aside", "People/Ada Pell 2.md", None)),
    ],
)
def test_check_names_lines_that_were_almost_read(remarks, notes, expected):
    assert expected in remarks(notes)


@pytest.mark.parametrize(
    "notes",
    [
        {"2026-03-02.md": "lunch with [[Ada Pell]]\n"},
        {"2026-03-02.md": ""},
        {"Bread.md": "Flour and [[Water]].\n"},
        {"Templates/Day.md": "{{date}} with [[Ada Pell]]\n"},
        {"People/Ada Pell 2.md": "---\ntype: person\n---\n"},
        {"Notes/Dee Falk.md": "---\ncompany: Acme\n---\n", "2026-03-02.md": "lunch with Dee Falk\n"},
        {"2026-03-02 Board.md": "---\nattendees: [Ada Pell]\nstatus: held\n---\n"},
        {"2026-03-02.md": "## Yesterday\n- lunch with [[Ada Pell]]\n\n## Today\n- lunch with [[Ada Pell]]\n"},
    ],
)
def test_check_passes_over_lines_that_are_read_or_say_nothing(remarks, notes):
    assert remarks(notes) == set()


def test_numbers_in_a_folder_are_days_unless_most_of_its_notes_are_days_that_are_read(remarks):
    numbers = {f"Log/{number}.md": "" for number in (101, 102)}
    unread = {("unread day", path, None) for path in numbers}
    assert remarks(numbers) == unread
    assert remarks(numbers | {f"Log/2026-03-0{day}.md": "" for day in (1, 2)}) == unread
    assert remarks(numbers | {f"Log/2026-03-0{day}.md": "" for day in (1, 2, 3)}) == set()


def test_what_is_new_in_a_copy_belongs_in_a_note_that_is_read(netnotes, vault):
    paths = ("Tea.md", "Tea (conflicted copy).md", "Tea (conflicted copy) (conflicted copy).md", "More/Tea.md")
    root = vault(KNOWN | dict.fromkeys(paths, "A drink.\n"))
    remarks = json.loads(netnotes("check", root, "--all", "--json").out)["remarks"]
    assert [(one["path"], one["hint"]) for one in remarks] == [
        (path, "move what is new in it to Tea.md, and delete the copy") for path in sorted(paths[1:3])
    ]


def test_somebody_in_most_attendee_lists_may_be_the_owner(netnotes, vault):
    others = ("Ada Pell", "Bo Lind", "Cy Noor", "Di Ross", "Ed Shaw", "Flo Tan")
    meetings = {
        f"2026-03-0{at} Board.md": f"---\nattendees: [Uma Own, {other}]\n---\n" for at, other in enumerate(others, 1)
    }
    (remark,) = json.loads(netnotes("check", vault(KNOWN | meetings), "--json", "--as-of", "2026-06-30").out)["remarks"]
    assert remark["kind"] == "owner"
    assert remark["message"] == "Uma Own is in 6 of 6 attendee lists; is that you?"
    assert '`me = "Uma Own"`' in remark["hint"]
    vault({"netnotes.toml": 'me = "Uma Own"\n'})
    found = json.loads(netnotes("check", vault(), "--json", "--as-of", "2026-06-30").out)
    assert found["remarks"] == []


def test_each_kind_shows_three_of_it(netnotes, vault):
    days = {f"2026-03-0{day}.md": "the garden of [[Ada Pell]]\n" for day in range(1, 6)}
    days |= {f"2026-04-0{day}.md": "called the plumber\n" for day in range(1, 5)}
    root = vault(KNOWN | days)
    shown = netnotes("check", root, "--as-of", "2026-06-30")
    assert shown.code == 0
    assert shown.out.count("does not say that you were in touch") == 3
    assert "Dated notes without an encounter (4)" in shown.out
    assert "2026-04-03.md" in shown.out
    assert "2026-04-04.md" not in shown.out
    assert shown.out.count("To change that:") == 2
    assert f"netnotes check --all {root} --as-of 2026-06-30" in shown.out
    assert shown.err == "no problems, 5 remarks\n"
    every = netnotes("check", root, "--all", "--as-of", "2026-06-30").out
    assert every.count("does not say that you were in touch") == 5
    assert "2026-04-04.md" in every


def test_notes_on_other_things_with_a_dated_line_get_no_remark(remarks):
    notes = {
        "Recipes/Leek tart.md": "# Leek tart\n\nFry for 10 min.\n\nMade it on 2026-03-02, too salty.\n",
        "Recipes/Pea soup.md": "# Pea soup\n\n- 2026-03-02: used less butter\n- 2026-03-09: more mint, simmer 20 min\n",
    }
    assert not [each for each in remarks(notes) if each[1].startswith("Recipes/")]
    contact = {"Garden/Pear tree.md": "- 2026-03-02: lunch below it\n"}
    assert ("no encounter", "Garden/Pear tree.md", None) in remarks(contact)


def test_a_word_before_the_contact_word_of_a_log_is_not_a_name(netnotes, vault):
    log = "- 2026-03-02: Quick call about the budget\n- 2026-03-03: First visit to the mill\n"
    root = vault({"People/Dana Hale.md": f"---\ntype: person\n---\n{log}"})
    assert netnotes("check", root, "--all", "--as-of", "2026-03-11").out == ""


@pytest.mark.parametrize("app", [{"logseq/config.edn": "{}"}, {".obsidian/app.json": "{}"}])
def test_notes_in_org_format_are_told_and_not_taken_for_nothing(app, netnotes, vault):
    files = {"journals/2026_01_05.org": "* lunch with [[Ada]]\n", "logseq/bak/x.org": "", "pages/Ada.org": ""}
    root = vault(app | {path: text for path, text in files.items() if "logseq/config.edn" in app or "bak" not in path})
    found = json.loads(netnotes("check", root, "--all", "--json").out)
    assert [(one["kind"], one["path"]) for one in found["remarks"]] == [
        ("other format", "journals/2026_01_05.org"),
        ("other format", "pages/Ada.org"),
    ]
    assert "2 notes in org format are not read" in netnotes("people", root).err
    assert "2 notes in org format" in netnotes("setup", root).out
    assert "it is no Markdown note" in netnotes("inspect", root / "pages/Ada.org").out


def test_org_notes_that_are_excluded_are_not_told(netnotes, vault):
    root = vault({"netnotes.toml": 'exclude = ["Org/"]\n', "Org/x.org": "", "People/Ada.md": ""})
    assert "org format" not in netnotes("check", root, "--all").out
