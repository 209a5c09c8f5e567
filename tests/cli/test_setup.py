"""`setup`, `candidates` and `check`: what is not read is said, and one step makes it read."""

import json
import tomllib

import pytest

from netnotes.app.setup import with_settings
from netnotes.extract.coverage.proposals import Setting

VAULT = {
    ".obsidian/app.json": "{}",
    "Kolleger/Evrin Roth.md": "---\nemail: eva@example.org\n---\n",
    "Kolleger/Danor Ahl.md": "",
    "Kolleger/Finnor Gray.md": "",
    "Log/2026-03-01.md": (
        "- lunch with [[Evrin Roth]] 45 min\n- coffee with Tildis Marsh\n- the garden of [[Idra Blom]]\n"
    ),
    "Log/2026-03-02.md": "- call with Tildis Marsh\n- called [[Danor Ahl]]\n",
    "People/Idra Blom.md": "",
}


def test_setup_shows_proposes_writes_and_can_be_run_again(netnotes, vault):
    root = vault(VAULT)
    shown = netnotes("setup", root, "--as-of", "2026-06-30")
    assert shown.code == 0
    assert '[people] folders = ["Kolleger"]' in shown.out
    assert "+3 people, +2 encounters" in shown.out
    assert not (root / "netnotes.toml").exists()
    done = netnotes("setup", root, "--yes", "--as-of", "2026-06-30")
    assert "1 person, 0 encounters → 4 people, 2 encounters" in done.out
    text = (root / "netnotes.toml").read_text(encoding="utf-8")
    assert 'folders = ["Kolleger"] # notes in Kolleger/ are people' in text
    again = netnotes("setup", root, "--yes", "--as-of", "2026-06-30")
    assert again.code == 0
    assert (root / "netnotes.toml").read_text(encoding="utf-8") == text


def test_setup_says_of_each_person_how_the_note_was_found(netnotes, vault):
    files = {
        ".obsidian/app.json": "{}",
        "Chidi.md": "",
        "People/Ada.md": "",
        "2026-03-01.md": "- coffee with [[Chidi]]\n",
    }
    shown = netnotes("setup", vault(files), "--as-of", "2026-06-30").out
    assert "2 with a note (1 by a contact line, 1 by folder)" in shown


def test_setup_proposes_no_authors_and_finds_no_people_where_none_are(netnotes, vault):
    files = {".obsidian/app.json": "{}"}
    files |= {f"Authors/{name}.md": "---\ntype: {}\n---\n" for name in ("Otto Brand", "Ruth Alder")}
    authors = {path: text.format("author") for path, text in files.items()}
    shown = netnotes("setup", vault(authors), "--as-of", "2026-06-30").out
    assert "types" not in shown
    assert "No notes about people yet" in shown
    members = {path: text.format("member") for path, text in files.items()}
    shown = netnotes("setup", vault(members), "--as-of", "2026-06-30").out
    assert '[people] types = ["member"]' in shown
    assert "People found" not in shown


def test_setup_leaves_what_the_user_wrote(netnotes, vault):
    mine = '# my settings\n[people]\nfolders = [\n  "Famly",  # typo\n]\n\n[depth.weights]\nknow = 2\n'
    root = vault(VAULT | {"netnotes.toml": mine})
    netnotes("setup", root, "--yes", "--as-of", "2026-06-30")
    text = (root / "netnotes.toml").read_text(encoding="utf-8")
    assert '"Kolleger"' in text
    assert [line for line in mine.splitlines() if line not in text] == []


FILES = [
    "# top\n\n[plugins]\nenable = []\n# before\n[people]\nnever = ['x'] # c\n\n[plugins.due]\nmost = 3\n# end\n",
    "people.never = ['x'] # hi\n",
    "people = { never = ['x'] }\n",
    "# a\r\n[people]\r\nnever = [\r\n  'x', # why\r\n]\r\n",
    "[people]\nnever = ['x']",
    "not_me = ['y']# z\n[people]\n",
    "# only a comment",
    "",
]


@pytest.mark.parametrize("text", FILES)
def test_settings_are_added_and_every_line_of_the_user_stays_where_it_was(text):
    settings = [
        Setting("", "me", "Una", "most lists", "2026-03-01.md:1", many=False),
        Setting("", "exclude", "Old/", "old notes", "Old/1.md", many=True),
        Setting("people", "folders", "Kin", "people", "Kin/A.md", many=True),
        Setting("encounters", "daily_format", "YYMMDD", "days", "260301.md", many=False),
    ]
    after = with_settings(text, settings)
    read = tomllib.loads(after)
    assert (read["me"], read["exclude"], read["people"]["folders"]) == ("Una", ["Old/"], ["Kin"])
    assert read["encounters"]["daily_format"] == "YYMMDD"
    assert with_settings(after, settings) == after
    lines = iter(after.splitlines())
    for own in text.splitlines():
        assert any(line.startswith(own.removesuffix(" }")) for line in lines), own
    assert "\r" not in text or after.count("\n") == after.count("\r\n")


def test_setup_finds_the_format_of_daily_notes(netnotes, vault):
    root = vault({"People/Ada.md": ""} | {f"Log/260{3}0{day}.md": "- lunch with [[Ada]]" for day in range(1, 8)})
    done = netnotes("setup", root, "--yes", "--as-of", "2026-06-30")
    assert "0 encounters → 1 person, 7 encounters" in done.out
    assert 'daily_format = "YYMMDD"' in (root / "netnotes.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({}, "- coffee with [[Ada Lovelace]] 45 min"),
        ({"Recipe.md": "Salt."}, "No notes about people yet."),
        ({"logseq/config.edn": "{}", "pages/Soup.md": "- Salt"}, "pages/Ada Lovelace.md (type:: person)"),
        ({"People/Bolin Stam.md": ""}, "- coffee with [[Bolin Stam]] 45 min"),
    ],
)
def test_a_newcomer_gets_one_thing_to_write(netnotes, vault, notes, expected):
    assert expected in netnotes("setup", vault(notes)).out


def test_the_first_steps_that_setup_suggests_work(netnotes, vault):
    root = vault({})
    vault({"People/Ada Lovelace.md": "", "2026-06-29.md": "- coffee with [[Ada Lovelace]] 45 min\n"})
    (person,) = json.loads(netnotes("people", root, "--json", "--as-of", "2026-06-30").out)
    assert (person["name"], person["encounters"]) == ("Ada Lovelace", 1)


def test_names_that_count_already_come_last_among_the_candidates(netnotes, vault):
    lines = "- coffee with Maureen\n- coffee with Maureen again\n- coffee with Sanjo\n"
    root = vault({".obsidian/app.json": "{}", "2026-03-01.md": lines, "2026-03-02.md": "- lunch with Maureen\n"})
    found = json.loads(netnotes("candidates", root, "--json", "--as-of", "2026-06-30").out)
    assert [(each["name"], each["counted"]) for each in found] == [("Sanjo", False), ("Maureen", True)]
    assert "may be people: Sanjo (1). To" in netnotes("setup", root, "--as-of", "2026-06-30").out


def test_candidates_are_listed_and_taken_in(netnotes, vault):
    root = vault(VAULT)
    (found,) = json.loads(netnotes("candidates", root, "--json", "--as-of", "2026-06-30").out)
    assert (found["name"], found["count"], found["days"]) == ("Tildis Marsh", 2, 2)
    assert found["lines"][0] == {"path": "Log/2026-03-01.md", "line": 2}
    assert netnotes("candidates", root, "--person", "Tildis Marsh", "--as-of", "2026-06-30").code == 0
    people = json.loads(netnotes("people", root, "--json", "--as-of", "2026-06-30").out)
    assert [(p["name"], p["path"], p["encounters"]) for p in people if p["encounters"]] == [("Tildis Marsh", None, 2)]
    assert json.loads(netnotes("candidates", root, "--json", "--as-of", "2026-06-30").out) == []


def test_a_candidate_becomes_a_note_that_undo_takes_back(netnotes, vault):
    root = vault(VAULT)
    assert netnotes("candidates", root, "--note", "Tildis Marsh", "--yes", "--as-of", "2026-06-30").code == 0
    assert (root / "People/Tildis Marsh.md").read_text(encoding="utf-8").startswith("---\ntype: person")
    assert netnotes("undo", root).code == 0
    assert not (root / "People/Tildis Marsh.md").exists()


def test_a_candidate_becomes_an_alias(netnotes, vault):
    root = vault(VAULT | {"People/Bolin Stam.md": "", "Log/2026-03-02.md": "- coffee with Bolsi\n"})
    assert netnotes("candidates", root, "--alias", "Bolsi", "Bolin Stam", "--yes", "--as-of", "2026-06-30").code == 0
    people = json.loads(netnotes("people", root, "--json", "--as-of", "2026-06-30").out)
    assert [p["name"] for p in people if p["encounters"]] == ["Bolin Stam"]


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [
        ("aliases:\n  - Bo\n  - Bolle\n", "aliases:\n  - Bo\n  - Bolle\n  - Bolsi\n"),
        ("aliases:\n- Bo\n", "aliases:\n- Bo\n- Bolsi\n"),
        ("aliases: [Bo, Bolle]\n", "aliases: [Bo, Bolle, Bolsi]\n"),
    ],
)
def test_an_alias_is_added_to_those_that_are_there(netnotes, vault, aliases, expected):
    note = f"---\ntype: person\n{aliases}born: 1980 # so they say\n---\n\nText.\n"
    root = vault({"People/Bolin Stam.md": note, ".obsidian/app.json": "{}"})
    assert netnotes("candidates", root, "--alias", "Bolsi", "Bolin Stam", "--yes", "--as-of", "2026-06-30").code == 0
    assert (root / "People/Bolin Stam.md").read_text(encoding="utf-8") == note.replace(aliases, expected)
    assert netnotes("undo", root).code == 0
    assert (root / "People/Bolin Stam.md").read_text(encoding="utf-8") == note


def test_an_alias_that_cannot_be_added_safely_is_refused(netnotes, vault):
    note = "---\naliases: Bo\n---\n"
    root = vault({"People/Bolin Stam.md": note, ".obsidian/app.json": "{}"})
    ran = netnotes("candidates", root, "--alias", "Bolsi", "Bolin Stam", "--yes", "--as-of", "2026-06-30")
    assert "add `Bolsi` to its `aliases` by hand" in " ".join((ran.out + ran.err).split())
    assert (root / "People/Bolin Stam.md").read_text(encoding="utf-8") == note


def test_declining_is_remembered(netnotes, vault):
    root = vault(VAULT)
    netnotes("candidates", root, "--never", "Tildis Marsh", "--as-of", "2026-06-30")
    assert json.loads(netnotes("candidates", root, "--json", "--as-of", "2026-06-30").out) == []


def test_check_parts_problems_from_remarks(netnotes, vault):
    root = vault(VAULT | {"Log/2026-03-02.md": "- call with Uma Kay\n- called [[Danor Ahl]]\n"})
    ran = netnotes("check", root, "--json", "--as-of", "2026-06-30")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert found["problems"] == []
    kinds = {(each["kind"], each["path"]) for each in found["remarks"]}
    assert ("no contact word", "Log/2026-03-01.md") in kinds
    assert ("unknown name", "Log/2026-03-02.md") in kinds
    assert ("unmarked link", "Log/2026-03-02.md") in kinds
    assert ("unmarked person", "Kolleger/Danor Ahl.md") not in kinds, "one remark for one thing"
    shown = netnotes("check", root, "--as-of", "2026-06-30")
    assert "Contact lines that name no known person (2)" in shown.out
    assert "Contact lines with links to notes not marked as people (2)" in shown.out
    vault({"People/Idra Blom.md": "- 2026-02-30 coffee\n"})
    assert netnotes("check", root, "--as-of", "2026-06-30").code == 1


def test_a_kind_of_remark_can_be_silenced(netnotes, vault):
    root = vault(
        VAULT | {"netnotes.toml": 'silence = ["unknown name", "no contact word", "unmarked person", "unmarked link"]\n'}
    )
    assert json.loads(netnotes("check", root, "--json").out)["remarks"] == []


@pytest.mark.parametrize(
    ("toml", "value"),
    [
        ('[people]\nfolders = ["Famly"]', "Famly"),
        ('[people]\ntags = ["#person"]', "#person"),
        ('[people]\ntypes = ["freind"]', "freind"),
        ('[encounters]\nattendees = ["whom"]', "whom"),
        ('[encounters]\ndaily_folder = "Jurnal"', "Jurnal"),
        ('me = "Una Own"', "Una Own"),
        ('not_me = ["Una Own"]', "Una Own"),
        ('exclude = ["Archif/"]', "Archif/"),
        ('exclude = ["**/draft*"]', "**/draft*"),
        ('silence = ["unknown nam"]', "unknown nam"),
        ('[people]\nwithout_note = ["Una Own"]', "Una Own"),
        ('[people]\nnever = ["Una Own"]', "Una Own"),
        ('[encounters]\ndates = ["happened"]', "happened"),
        ('[encounters]\nminutes = ["howlong"]', "howlong"),
        ('[encounters]\ndaily_format = "DD-MM-YYYY"', "DD-MM-YYYY"),
        ('[encounters]\nday_order = "mdy"', "mdy"),
        ('[encounters.scene_folders]\nNowhere = "lisbon"', "Nowhere"),
        ("[scenes.atlantis]\nsince = 2020-01-01", "atlantis"),
        ('[capture]\ninbox = "In/Box.md"', "In/Box.md"),
        ('[exports]\nembed = ["Una Own"]', "Una Own"),
        ('[fields]\ndepht = "depth"', "depht"),
    ],
)
def test_an_option_that_matches_nothing_is_a_remark(netnotes, vault, toml, value):
    root = vault(VAULT | {"netnotes.toml": toml})
    remarks = json.loads(netnotes("check", root, "--json").out)["remarks"]
    assert [each["message"] for each in remarks if each["kind"] == "unused option"] != []
    assert value in next(each["message"] for each in remarks if each["kind"] == "unused option")


def test_a_name_without_note_that_has_one_now_is_a_remark(netnotes, vault):
    root = vault({"People/Una Own.md": "", "netnotes.toml": '[people]\nwithout_note = ["Una Own"]'})
    (remark,) = json.loads(netnotes("check", root, "--json").out)["remarks"]
    assert (remark["path"], remark["message"]) == (
        "People/Una Own.md",
        "`[people] without_note`: Una Own has a note now",
    )


def test_inspect_by_name_says_which_rule_decided_and_what_would_change_it(netnotes, vault, monkeypatch):
    root = vault(VAULT | {"Log/2026-03-02.md": ""})
    monkeypatch.chdir(root)
    found = json.loads(netnotes("inspect", "2026-03-01", "--json", "--as-of", "2026-06-30").out)
    names = {each["name"]: each for each in found["names"]}
    assert names["Idra Blom"]["outcome"] == "mention"
    assert "put a word" in names["Idra Blom"]["change"]
    assert names["Tildis Marsh"]["outcome"] == "not known"
    assert found["mentions"][0]["people"] == ["Idra Blom"]
    assert netnotes("inspect", "2026-03-09").code == 2


def test_inspect_says_of_tasks_and_links_what_would_make_them_count(netnotes, vault):
    lines = "- coffee with [[Bolin Stam]]\n- [ ] call [[Idra Blom]]\n- [x] mended the roof\n- 2026-02-28 boiler\n"
    root = vault({"Bolin Stam.md": "A boat.\n", "People/Idra Blom.md": "", "2026-03-01.md": lines, "netnotes.toml": ""})
    found = json.loads(netnotes("inspect", root / "2026-03-01.md", "--json", "--as-of", "2026-06-30").out)
    names = {each["line"]: each for each in found["names"]}
    assert names[2]["why"] == "an open task"
    assert "tick it" in names[2]["change"]
    assert "Bolin Stam.md" in names[1]["change"]
    assert [(each["line"], each["what"]) for each in found["lines"]] == [(3, "ticked task"), (4, "dated line")]
    shown = netnotes("inspect", root / "2026-03-01.md", "--as-of", "2026-06-30").out
    assert "name who was there" in shown


def test_a_folder_for_people_without_anybody_in_it_is_a_remark(netnotes, vault):
    root = vault({"Bread.md": "Flour.\n", "Notes/People/README.md": "Who is who.\n", "netnotes.toml": ""})
    (root / "02 Contacts").mkdir()
    remarks = json.loads(netnotes("check", root, "--json").out)["remarks"]
    assert [(each["kind"], each["path"]) for each in remarks] == [
        ("empty folder", "02 Contacts"),
        ("empty folder", "Notes/People"),
    ]
    vault({"02 Contacts/Ada Pell.md": "", "netnotes.toml": 'silence = ["empty folder"]\n'})
    assert json.loads(netnotes("check", root, "--json").out)["remarks"] == []


def test_where_much_is_not_recognised_commands_say_so(netnotes, vault):
    seldom = VAULT | {"Log/2026-03-02.md": "- called [[Danor Ahl]]\n"}
    root = vault({path: text for path, text in seldom.items() if "Ida" not in path})
    ran = netnotes("people", root, "--as-of", "2026-06-30")
    assert "look like people's, but are not marked as such" in ran.err
    assert "netnotes setup" in ran.err


def test_a_single_note_that_looks_like_a_persons_is_named_with_what_to_do(netnotes, vault):
    text = "- Add quick capture support to [[Graph Protocol]]\n"
    files = {"logseq/config.edn": "{}", "pages/Graph Protocol.md": "- words\n"}
    root = vault({**files, "journals/2026_03_01.md": text, "journals/2026_03_02.md": text})
    ran = netnotes("people", root, "--as-of", "2026-06-30")
    assert "1 note looks like a person's, but is not marked as such: pages/Graph Protocol.md." in ran.err
    shown = netnotes("setup", root, "--as-of", "2026-06-30").out
    output = " ".join(shown.split())
    assert "Not marked, but may be about people: pages/Graph Protocol.md. If so, add `type:: person`" in output
    assert "`type:: person` to their properties." in output


@pytest.mark.parametrize(
    ("there", "person", "day"),
    [
        ({}, "People/Ada Lovelace.md", "2026-06-30.md"),
        ({"logseq/config.edn": "{}"}, "pages/Ada Lovelace.md", "journals/2026_06_30.md"),
        (
            {"Daily/2026-06-29.md": "rain\n", "Daily/2026-06-30.md": "sun"},
            "People/Ada Lovelace.md",
            "Daily/2026-06-30.md",
        ),
    ],
)
def test_setup_writes_the_first_note_and_line_and_undo_takes_both_back(netnotes, vault, there, person, day):
    root = vault(there)
    done = netnotes("setup", root, "--first", "Ada Lovelace", "--as-of", "2026-06-30")
    assert (done.code, "2 notes written" in done.out) == (0, True)
    assert (root / day).read_text(encoding="utf-8").endswith("- met [[Ada Lovelace]]\n")
    (row,) = json.loads(netnotes("people", root, "--as-of", "2026-06-30", "--json").out)
    assert (row["path"], row["last_contact"]) == (person, "2026-06-30")
    assert netnotes("undo", root, "--yes").code == 0
    assert not (root / person).exists()
    assert (root / day).exists() is (day in there)
    assert day not in there or (root / day).read_text(encoding="utf-8") == there[day]


def test_setup_writes_nothing_about_a_person_unasked(netnotes, vault):
    root = vault({"Recipe.md": "Salt."})
    assert 'netnotes setup --first "Ada Lovelace"' in netnotes("setup", root, "--yes").out
    assert [path.name for path in root.rglob("*.md")] == ["Recipe.md"]


def test_the_order_of_day_and_month_is_an_option_where_no_date_proves_it(netnotes, vault):
    files = {"People/Ada.md": "", "03-04-2026.md": "- lunch with [[Ada]]\n", "05-06-2026.md": "- tea with [[Ada]]\n"}
    result = json.loads(netnotes("check", vault(files), "--as-of", "2026-06-30", "--json").out)
    remarks = [each for each in result["remarks"] if each["kind"] == "ambiguous date"]
    assert [("day_order" in each["hint"], each["path"]) for each in remarks] == [
        (True, "03-04-2026.md"),
        (True, "05-06-2026.md"),
    ]
    for order, day in (("dmy", "2026-06-05"), ("mdy", "2026-05-06")):
        root = vault(files | {"netnotes.toml": f'[encounters]\nday_order = "{order}"\n'})
        (row,) = json.loads(netnotes("people", root, "--as-of", "2026-06-30", "--json").out)
        assert row["last_contact"] == day


def test_where_notes_are_named_as_unmarked_there_is_something_to_set_up(netnotes, vault):
    crew = {f"Crew/{name}.md": "---\nemail: x@y.z\n---\n" for name in ("Ada Pell", "Cy Vance")}
    ran = netnotes("setup", vault(crew | {"2026-03-02.md": "- lunch with [[Ada Pell]]\n"}), "--as-of", "2026-06-30")
    assert "may be about people: Crew/Cy Vance.md" in " ".join(ran.out.split())
    assert "Nothing to set up" not in ran.out
