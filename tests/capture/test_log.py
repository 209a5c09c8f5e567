"""`netnotes log` and `met`: a sentence in, a line in the right note, and an answer that says what it moved."""

import json
from pathlib import Path

import pytest

from tests.program import run

DAY = "2026-03-11"
PERSON = "---\ntype: person\n---\n"
PEOPLE = {f"People/{name}.md": PERSON for name in ("Marta Quill", "Ben Osei", "Alex Stone", "Alex Berg", "May Rowe")}
DAILY = {".obsidian/daily-notes.json": json.dumps({"folder": "Journal", "format": "YYYY-MM-DD", "template": "T/Day"})}
TEMPLATE = {"T/Day.md": "# {{date:dddd D MMMM}}\n\n## People\n\n## Notes\n"}


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


def everything(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def test_json_is_printed_where_nobody_is_called_as_on_says(netnotes, vault):
    root = vault({"People/Ada Pell.md": "", "People/Ada Quill.md": "", "2026-03-01.md": "- lunch with [[Ada Pell]]\n"})
    for name, choices in (("Nobody", []), ("Ada", ["Ada Pell", "Ada Quill"])):
        ran = netnotes("log", "lunch with Ada Pell", root, "--on", name, "--as-of", DAY, "--dry-run", "--json")
        output = json.loads(ran.out)
        assert (ran.code, output["ask"]["on"][0]["choices"]) == (1, choices)
        assert output["people"] == ["Ada Pell"]


def test_a_line_goes_into_a_new_daily_note_made_from_the_template(netnotes, vault):
    root = vault({**PEOPLE, **DAILY, **TEMPLATE, "netnotes.toml": '[capture]\nheading = "People"\n'})
    ran = netnotes("log", "coffee with Marta 45m yesterday", root, "--as-of", DAY)
    assert ran.code == 0
    assert read(root, "Journal/2026-03-10.md") == (
        "# Tuesday 10 March\n\n## People\n\n- coffee with [[Marta Quill]] 45m\n\n## Notes\n"
    )
    assert ran.out.startswith("logged 10 Mar, in person, 45 min · Marta Quill ")
    assert "(new) · next by " in ran.out
    assert "· Journal/2026-03-10.md:5\n" in ran.out
    assert ran.out.endswith(f"To undo:\n  netnotes undo {root}\n")


def test_undo_takes_the_line_and_the_new_note_back(netnotes, vault):
    root = vault({**PEOPLE, **DAILY, **TEMPLATE})
    before = everything(root)
    netnotes("log", "coffee with Marta", root, "--as-of", DAY)
    assert everything(root) != before
    assert netnotes("undo", root).code == 0
    assert everything(root) == before


@pytest.mark.parametrize(
    ("app", "note"),
    [
        ({".obsidian/app.json": "{}"}, ("People/Ada Pell.md", "---\ntype: person\n---\n")),
        ({"logseq/config.edn": "{}"}, ("pages/Ada Pell.md", "type:: person\n")),
        (
            {f"Friends/{name}.md": "---\ntags: [people]\n---\n" for name in ("Bo", "Cy")},
            ("Friends/Ada Pell.md", "tags"),
        ),
    ],
)
def test_a_person_without_a_note_comes_with_the_command_that_makes_one(netnotes, vault, app, note):
    root = vault(app)
    ran = netnotes("log", "coffee with [[Ada Pell]]", root, "--as-of", DAY)
    assert ran.err.splitlines()[0] == "Ada Pell has no note yet. To make one:"
    assert ran.err.splitlines()[1].startswith('  netnotes candidates --note "Ada Pell"')
    assert netnotes("candidates", root, "--note", "Ada Pell", "--yes", "--as-of", DAY).code == 0
    assert note[1] in read(root, note[0])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_nothing_else_in_the_note_changes(netnotes, vault, newline):
    note = newline.join(
        ["---", "mood: ok  # fine", "---", "# Day", "", "* walked alone", "", "## Later", "- [ ] x", ""]
    )
    root = vault({**PEOPLE, "2026-03-11.md": note.encode()})
    assert netnotes("log", "called Ben, 20 min", root, "--as-of", DAY).code == 0
    after = (root / "2026-03-11.md").read_bytes().decode()
    line = next(part for part in after.split(newline) if "Ben" in part)
    assert line == "* called [[Ben Osei]], 20 min [by:: me]"
    assert after.replace(line + newline, "") == note


def test_a_person_s_own_log_gets_the_date(netnotes, vault):
    log = f"{PERSON}# Ben\n\n## Log\n- 2026-03-01 lunch (60 min)\n\n## Gifts\n- a map\n"
    root = vault({**PEOPLE, "People/Ben Osei.md": log})
    ran = netnotes("log", "coffee with Ben and Marta 30m", root, "--on", "Ben", "--as-of", DAY)
    assert ran.code == 0
    assert read(root, "People/Ben Osei.md") == log.replace(
        "(60 min)\n", "(60 min)\n- 2026-03-11 coffee with Ben and [[Marta Quill]] 30m\n"
    )


def test_a_log_with_the_latest_first_stays_so(netnotes, vault):
    log = f"{PERSON}## Log\n- 2026-03-02 call (10 min)\n- 2026-02-01 lunch (60 min)\n"
    root = vault({**PEOPLE, "People/Ben Osei.md": log})
    netnotes("log", "coffee 30m", root, "--on", "Ben", "--as-of", DAY)
    assert read(root, "People/Ben Osei.md").split("\n")[4] == "- 2026-03-11 coffee 30m"


def test_lines_go_below_the_heading_that_the_vault_uses(netnotes, vault):
    days = {f"2026-03-0{n}.md": "# Day\n\n## Who\n- lunch with [[Ben Osei]]\n\n## Work\n- wrote\n" for n in range(1, 6)}
    today = "# Day\n\n## Who\n\n## Work\n- wrote\n\n## Who\n"
    root = vault({**PEOPLE, **days, "2026-03-11.md": today})
    netnotes("log", "lunch with Marta", root, "--as-of", DAY)
    assert read(root, "2026-03-11.md") == today.replace("## Who\n", "## Who\n\n- lunch with [[Marta Quill]]\n", 1)


def test_a_dry_run_gives_json_and_writes_nothing(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    before = everything(root)
    ran = netnotes(
        "log",
        "tea at Marta's with Ben 1h, promised to send him the map by Friday",
        root,
        "--as-of",
        DAY,
        "--dry-run",
        "--json",
    )
    output = json.loads(ran.out)
    assert output["people"] == ["Marta Quill", "Ben Osei"]
    assert (output["date"], output["minutes"], output["channel"], output["place"]) == (DAY, 60, "in person", "Marta's")
    assert output["promise"] == {"by": "me", "text": "send him the map", "due": "2026-03-13"}
    assert output["logged"] is True
    assert output["ask"] == {}
    assert everything(root) == before


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("quedé con Ben ayer 2h y media", "- quedé con [[Ben Osei]] 2h y media"),
        ("due ore e mezza di passeggiata con Ben", "- due ore e mezza di passeggiata con [[Ben Osei]]"),
        ("mit Ben telefoniert, fünfundvierzig Minuten", "- mit [[Ben Osei]] telefoniert, fünfundvierzig Minuten"),
    ],
)
def test_a_length_in_words_stays_in_the_user_s_words(netnotes, vault, sentence, line):
    root = vault({**PEOPLE, **DAILY})
    ran = netnotes("log", sentence, root, "--as-of", "2026-03-10" if "ayer" not in sentence else DAY)
    assert ran.code == 0
    written = read(root, "Journal/2026-03-10.md")
    assert any(one.removesuffix(" [by:: me]") == line for one in written.splitlines())


@pytest.mark.parametrize(
    "sentence", ["zoom with Ben 30", "Ben, phone – 30.", "saw Ben (30)", "coffee with Ben yesterday, 30 mim"]
)
def test_a_number_without_a_unit_is_named(netnotes, vault, sentence):
    ran = netnotes("log", sentence, vault({**PEOPLE, **DAILY}), "--as-of", DAY)
    assert ran.code == 0
    assert "`30` was not read as a length: write `30m` for minutes." in ran.err


@pytest.mark.parametrize(
    ("sentence", "words", "hint"),
    [
        ("walk with Ben 0m", "0m", "a length is at least a minute"),
        ("call with Ben, 0 min", "0 min", "a length is at least a minute"),
        ("hike with Ben 30h", "30h", "write `30 hours`"),
        ("hike with Ben 200 hours", "200 hours", "a length is at most a week"),
        ("hiking with Ben 3 days", "3 days", "write the hours that you were together, such as `8h`"),
        ("hiking with Ben for 2 weeks", "2 weeks", "write the hours that you were together, such as `8h`"),
        ("Wanderung mit Ben, 3 Tage", "3 Tage", "write the hours that you were together, such as `8h`"),
        ("rando avec Ben pendant 2 jours", "2 jours", "write the hours that you were together, such as `8h`"),
    ],
)
def test_a_length_that_is_none_is_named(netnotes, vault, sentence, words, hint):
    ran = netnotes("log", sentence, vault({**PEOPLE, **DAILY}), "--as-of", DAY)
    assert ran.code == 0
    assert f"`{words}` was not read as a length: {hint}." in ran.err


@pytest.mark.parametrize(
    "sentence",
    ["coffee with Ben 3 days ago", "call with Ben 14h", "lunch with Ben, 25 hours"],
)
def test_a_length_that_is_read_or_is_none_is_not_named(netnotes, vault, sentence):
    ran = netnotes("log", sentence, vault({**PEOPLE, **DAILY}), "--as-of", DAY, "--dry-run")
    assert "was not read as a length" not in ran.err


def test_a_number_that_counts_something_is_not_named(netnotes, vault):
    ran = netnotes("log", "bus 30 with Ben, room 12", vault({**PEOPLE, **DAILY}), "--as-of", DAY)
    assert "length" not in ran.err


def test_a_promise_becomes_a_task_that_is_read_as_one(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    netnotes("log", "called Ben, promised to send him the map by Friday", root, "--as-of", DAY)
    assert "- [ ] send [[Ben Osei]] the map 📅 2026-03-13\n" in read(root, f"Journal/{DAY}.md")
    chase = netnotes("chase", root, "--as-of", DAY)
    assert "send Ben Osei the map" in chase.out


@pytest.mark.parametrize(
    ("said", "task"),
    [
        ("must return his ladder", "return his ladder ([[Ben Osei]])"),
        ("must return her ladder", "return her ladder ([[Ben Osei]])"),
        ("must pay her back", "pay [[Ben Osei]] back"),
        ("promised to call her", "call [[Ben Osei]]"),
    ],
)
def test_what_is_owed_names_the_person_and_keeps_what_is_theirs(netnotes, vault, said, task):
    root = vault({**PEOPLE, **DAILY})
    netnotes("log", f"coffee with Ben, {said}", root, "--as-of", DAY)
    assert f"- [ ] {task}\n" in read(root, f"Journal/{DAY}.md")


def test_their_promise_is_theirs(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    netnotes("log", "coffee with Ben, he promised to send the map by Friday", root, "--as-of", DAY)
    assert "- [ ] [[Ben Osei]]: send the map 📅 2026-03-13\n" in read(root, f"Journal/{DAY}.md")


@pytest.mark.parametrize(
    ("text", "field", "choices"),
    [
        ("lunch with Alex", "people", ["Alex Berg", "Alex Stone"]),
        ("lunch with Ben on 03/02/2026", "date", ["2026-02-03", "2026-03-02"]),
        ("lunch with Ben on Wednesday", "date", ["2026-03-11", "2026-03-04"]),
        ("lunch with Ben last month", "date", []),
    ],
)
@pytest.mark.parametrize("flags", [(), ("--yes",)])
def test_an_ambiguous_sentence_is_refused_with_the_choices_where_nobody_can_be_asked(
    netnotes, vault, text, field, choices, flags
):
    root = vault({**PEOPLE, **DAILY})
    before = everything(root)
    ran = netnotes("log", text, root, "--as-of", DAY, *flags)
    assert ran.code == 1
    assert all(choice in ran.err for choice in choices)
    asked = json.loads(netnotes("log", text, root, "--as-of", DAY, "--json", *flags).out)["ask"]
    assert [one["choices"] for one in asked[field]] == [choices]
    assert everything(root) == before


@pytest.mark.parametrize(("answer", "line"), [("1", "[[Ben Osei]]"), ("2", "[[Ben Zimmer]]")])
def test_a_family_name_that_nobody_has_is_somebody_else_or_somebody_new(vault, monkeypatch, answer, line):
    root = vault({**PEOPLE, **DAILY})
    monkeypatch.setattr("netnotes.cli.commands.capture.answer.is_terminal", lambda: True)
    ran = run("log", "coffee with Ben Zimmer", root, "--as-of", DAY, answers=f"{answer}\n")
    assert "2  someone new: Ben Zimmer" in ran.output
    assert line in read(root, f"Journal/{DAY}.md")


@pytest.mark.parametrize(("answer", "line"), [("1", "called [[Ben Osei]]"), ("2", "called [[Bem]]")])
def test_a_misspelled_short_name_is_somebody_or_somebody_new(vault, monkeypatch, answer, line):
    root = vault({**PEOPLE, **DAILY})
    monkeypatch.setattr("netnotes.cli.commands.capture.answer.is_terminal", lambda: True)
    ran = run("log", "called bem", root, "--as-of", DAY, answers=f"{answer}\n")
    assert ran.exit_code == 0, ran.output
    assert line in read(root, f"Journal/{DAY}.md")


def test_a_family_name_that_nobody_has_is_refused_with_what_to_write(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    ran = netnotes("log", "coffee with Ben Zimmer", root, "--as-of", DAY, "--yes")
    assert ran.code == 1
    assert "no one is called Ben Zimmer" in ran.err
    assert "Ben Osei; for someone new, write [[Ben Zimmer]]" in ran.err
    assert netnotes("log", "coffee with [[Ben Zimmer]]", root, "--as-of", DAY, "--yes").code == 0
    assert "[[Ben Zimmer]]" in read(root, f"Journal/{DAY}.md")


@pytest.mark.parametrize(
    "text",
    ["cancelled coffee with Marta", "lunch with Marta tomorrow", "didn't see Ben on Monday", "it rained all day"],
)
def test_a_contact_that_did_not_happen_is_not_logged(netnotes, vault, text):
    root = vault({**PEOPLE, **DAILY})
    before = everything(root)
    assert netnotes("log", text, root, "--as-of", DAY).code == 1
    output = json.loads(netnotes("log", text, root, "--as-of", DAY, "--json").out)
    assert output["logged"] is False
    assert output["why"]
    assert everything(root) == before


@pytest.mark.parametrize(
    "text",
    [
        "met Orla]]|[[Bo",
        "met Ben %% hidden",
        "`met Ben`",
        "met Ben <!-- x",
        "met Ben\n- met Marta",
        "# met Ben",
        "> met Ben",
    ],
)
def test_no_words_become_a_link_a_comment_or_another_line(netnotes, vault, text):
    root = vault({**PEOPLE, **DAILY})
    if netnotes("log", text, root, "--as-of", DAY).code == 0:
        line = read(root, f"Journal/{DAY}.md")
        assert line.startswith("- met [[")
        assert line.count("\n") == 1
        assert line.count("[[") == line.count("]]")
        assert not any(mark in line for mark in ("%%", "`", "<!--"))


def test_fields_in_a_sentence_count(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    output = json.loads(netnotes("log", "met Ben [by:: them] [channel:: call]", root, "--as-of", DAY, "--json").out)
    assert (output["initiated_by"], output["channel"]) == ("them", "call")


def test_a_promise_alone_is_not_a_contact(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    assert (
        json.loads(netnotes("log", "Ben owes me a book", root, "--as-of", DAY, "--json").out)["why"]
        == "this is a promise"
    )


def test_a_note_that_ends_with_plans_gets_the_line_above_them(netnotes, vault):
    note = "# Day\n\n## Grateful for\n- sun\n"
    root = vault({**PEOPLE, f"{DAY}.md": note})
    assert netnotes("log", "met Ben", root, "--as-of", DAY).code == 0
    assert read(root, f"{DAY}.md") == note.replace("# Day\n", "# Day\n\n- met [[Ben Osei]]\n", 1)


def test_a_note_that_is_open_in_an_editor_is_named(netnotes, vault):
    root = vault({**PEOPLE, f"{DAY}.md": "x\n", f".{DAY}.md.swp": "vim"})
    ran = netnotes("met", "Ben", root, "--as-of", DAY)
    assert ran.code == 0
    assert "is open in an editor" in ran.err


def test_a_conflict_copy_beside_the_note_is_left(netnotes, vault):
    copy = f"{DAY} (conflicted copy 2026-03-11).md"
    root = vault({**PEOPLE, f"{DAY}.md": "x\n", copy: "- met [[Marta Quill]]\n"})
    assert netnotes("met", "Ben", root, "--as-of", DAY).code == 0
    assert read(root, copy) == "- met [[Marta Quill]]\n"
    assert "Ben" in read(root, f"{DAY}.md")


def test_somebody_called_like_a_month_is_a_person(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    output = json.loads(netnotes("log", "with May on Sunday, 1h30", root, "--as-of", DAY, "--json").out)
    assert (output["people"], output["date"], output["minutes"]) == (["May Rowe"], "2026-03-08", 90)


def test_met_is_the_shortest_log(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    assert netnotes("met", "Ben", root, "--as-of", DAY).code == 0
    assert read(root, f"Journal/{DAY}.md") == "- met [[Ben Osei]]\n"


def test_a_logseq_journal_gets_a_block(netnotes, vault):
    root = vault(
        {
            "logseq/config.edn": "{}",
            "pages/Ben Osei.md": "type:: person\n",
            "journals/2026_03_11.md": "- woke early\n- TODO buy milk",
        }
    )
    ran = netnotes("log", "called Ben, promised to send him the map by Friday", root, "--as-of", DAY)
    assert ran.code == 0, ran.err
    assert read(root, "journals/2026_03_11.md") == (
        "- woke early\n- TODO buy milk\n- called [[Ben Osei]] [by:: me]\n"
        "- TODO send [[Ben Osei]] the map\n  DEADLINE: <2026-03-13 Fri>\n"
    )


def test_two_notes_of_one_name_are_linked_by_path(netnotes, vault):
    root = vault({**PEOPLE, **DAILY, "Ab/Ben Osei.md": "# a house\n"})
    netnotes("met", "Ben", root, "--as-of", DAY)
    assert "[[People/Ben Osei|Ben Osei]]" in read(root, f"Journal/{DAY}.md")


def test_markdown_links_where_the_app_writes_them(netnotes, vault):
    root = vault({**PEOPLE, **DAILY, ".obsidian/app.json": '{"useMarkdownLinks": true}'})
    netnotes("met", "Ben", root, "--as-of", DAY)
    assert "[Ben Osei](Ben%20Osei.md)" in read(root, f"Journal/{DAY}.md")


def test_a_template_with_scripts_is_not_copied(netnotes, vault):
    script = {"T/Day.md": "<%* await tp.user.weather() %>\n# <% tp.file.title %>\n"}
    root = vault({**PEOPLE, **DAILY, **script})
    ran = netnotes("met", "Ben", root, "--as-of", DAY)
    assert ran.code == 0
    assert "scripts that only its app can run" in ran.err
    assert read(root, f"Journal/{DAY}.md") == "- met [[Ben Osei]]\n"


def test_dates_of_templater_are_filled_in(netnotes, vault):
    template = {"T/Day.md": '# <% tp.file.title %>\n[[<% tp.date.now("YYYY-MM-DD", -1) %>]]\n<% tp.file.cursor() %>\n'}
    root = vault({**PEOPLE, **DAILY, **template})
    netnotes("met", "Ben", root, "--as-of", DAY)
    assert read(root, f"Journal/{DAY}.md") == f"# {DAY}\n[[2026-03-10]]\n- met [[Ben Osei]]\n\n"


@pytest.mark.parametrize(
    "note",
    [
        "---\ntags: [a\n---\nx\n",
        "---\nnetnotes: ignore\n---\nx\n",
        "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n",
    ],
    ids=["broken front matter", "left alone", "conflict markers"],
)
def test_a_note_that_may_not_be_written_is_left_and_named(netnotes, vault, note):
    root = vault({**PEOPLE, f"{DAY}.md": note})
    ran = netnotes("met", "Ben", root, "--as-of", DAY)
    assert ran.code == 1
    assert f"{DAY}.md" in ran.err
    assert read(root, f"{DAY}.md") == note


def test_a_code_block_that_is_not_closed_gets_the_line_above_it(netnotes, vault):
    root = vault({**PEOPLE, f"{DAY}.md": "```\ncode\n"})
    assert netnotes("met", "Ben", root, "--as-of", DAY).code == 0
    assert read(root, f"{DAY}.md") == "- met [[Ben Osei]]\n\n```\ncode\n"
    assert netnotes("undo", root, "--yes").code == 0
    assert read(root, f"{DAY}.md") == "```\ncode\n"


def test_a_first_name_that_many_have_is_refused_with_a_few_of_them(netnotes, vault):
    root = vault({f"People/Ada {chr(65 + n)}orn.md": PERSON for n in range(26)})
    ran = netnotes("log", "lunch with Ada", root, "--as-of", DAY)
    assert ran.code == 1
    assert "Ada Aorn or Ada Born" in ran.err
    assert "or 16 more" in ran.err
    assert "Ada Zorn" not in ran.err


@pytest.mark.parametrize(
    "command", [["log", "coffee with Marta"], ["met", "Marta"], ["done", "Marta"], ["why", "Marta"]]
)
@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("{}/typo", "no such folder"),
        ("../vualt", "no such folder"),
        ("Journal/typo", "no such folder"),
        ("~/no-such-vault", "no such folder"),
        (".obsidian/daily-notes.json", "is a file, not a folder"),
    ],
)
def test_a_folder_that_is_not_there_is_no_part_of_the_sentence(netnotes, vault, monkeypatch, command, place, why):
    root = vault({**PEOPLE, **DAILY, "Journal/2026-03-09.md": "- coffee with [[Marta Quill]]\n"})
    monkeypatch.chdir(root)
    before = everything(root)
    ran = netnotes(*command, place.format(root), "--as-of", DAY)
    assert (ran.code, why in ran.err) == (1, True)
    assert everything(root) == before


@pytest.mark.parametrize("words", ["w/ Marta on 9/3", "with Marta and/or Ben", "with Marta People/Ben Osei"])
def test_a_slash_in_a_sentence_is_no_folder(netnotes, vault, monkeypatch, words):
    monkeypatch.chdir(vault({**PEOPLE, **DAILY}))
    assert "no such folder" not in netnotes("log", "coffee", *words.split(" "), "--as-of", DAY, "--dry-run").err


def test_each_line_below_the_heading_people_is_a_contact_of_its_own(netnotes, vault):
    root = vault({**PEOPLE, **DAILY, **TEMPLATE, "netnotes.toml": '[capture]\nheading = "People"\n'})
    for text in ("coffee with Marta 45m", "called Ben 20m", "lunch with Marta and Ben, forty-five minutes"):
        assert netnotes("log", text, root, "--as-of", DAY).code == 0
    people = (
        "- coffee with [[Marta Quill]] 45m\n- called [[Ben Osei]] 20m [by:: me]\n"
        "- lunch with [[Marta Quill]] and [[Ben Osei]], forty-five minutes\n"
    )
    assert f"## People\n\n{people}\n## Notes\n" in read(root, f"Journal/{DAY}.md")


@pytest.mark.parametrize("form", ["MM/DD", "dddd", "[today]"])
def test_a_format_of_daily_notes_without_a_day_is_named(netnotes, vault, form):
    root = vault({**PEOPLE, ".obsidian/daily-notes.json": json.dumps({"format": form})})
    before = everything(root)
    ran = netnotes("log", "coffee with Marta", root, "--as-of", DAY)
    assert (ran.code, "does not say which day it is" in ran.err, form in ran.err) == (1, True, True)
    assert everything(root) == before


@pytest.mark.parametrize(
    ("settings", "link"),
    [
        ({"useMarkdownLinks": True}, "[Zoë (née) Ray](Zoë%20%28née%29%20Ray.md)"),
        (
            {"useMarkdownLinks": True, "newLinkFormat": "absolute"},
            "[Zoë (née) Ray](People/A%20&%20B/Zoë%20%28née%29%20Ray.md)",
        ),
        (
            {"useMarkdownLinks": True, "newLinkFormat": "relative"},
            "[Zoë (née) Ray](../People/A%20&%20B/Zoë%20%28née%29%20Ray.md)",
        ),
        ({"newLinkFormat": "relative"}, "[[../People/A & B/Zoë (née) Ray|Zoë (née) Ray]]"),
        ({"newLinkFormat": "shortest"}, "[[Zoë (née) Ray]]"),
    ],
)
def test_links_are_written_as_the_app_is_set(netnotes, vault, settings, link):
    notes = {"People/A & B/Zoë (née) Ray.md": PERSON, ".obsidian/app.json": json.dumps(settings)}
    root = vault({**DAILY, **notes})
    assert netnotes("log", "coffee with Zoë", root, "--as-of", DAY).code == 0
    assert read(root, f"Journal/{DAY}.md") == f"- coffee with {link}\n"


def test_a_note_that_no_link_can_lead_to_is_named(netnotes, vault):
    ran = netnotes("log", "coffee with C# Bob", vault({**DAILY, "People/C# Bob.md": PERSON}), "--as-of", DAY)
    assert (ran.code, "People/C# Bob.md: no link leads to a note with `#` in its name" in ran.err) == (1, True)


@pytest.mark.parametrize("on", [True, False])
def test_of_two_headings_with_one_text_the_usual_one_is_meant(netnotes, vault, on):
    text = "# Work\n\n## Notes\n\n- desk\n\n# Home\n\n## Notes\n\n- {}\n\n# End\n"
    log = text.format("2026-03-01 coffee")
    days = {f"Journal/2026-03-0{day}.md": text.format("coffee with [[Marta Quill]]") for day in (1, 2, 3)}
    root = vault(
        {**PEOPLE, **DAILY, **days, f"Journal/{DAY}.md": text.format("rain"), "People/Ben Osei.md": PERSON + log}
    )
    assert netnotes("log", "lunch with Ben", root, "--as-of", DAY, *(("--on", "Ben Osei") if on else ())).code == 0
    found = read(root, "People/Ben Osei.md" if on else f"Journal/{DAY}.md").partition("# Home")[2]
    assert ("- 2026-03-11 lunch with Ben\n\n# End" if on else "- rain\n- lunch with [[Ben Osei]]\n\n# End") in found


@pytest.mark.parametrize(("order", "day"), [("dmy", "2026-03-02"), ("mdy", "2026-02-03")])
def test_numeric_dates_follow_the_order_in_the_settings(netnotes, vault, order, day):
    root = vault({**PEOPLE, "netnotes.toml": f'[encounters]\nday_order = "{order}"\n', "25-02-2026.md": ""})
    ran = netnotes("log", "lunch with Ben 2/3/2026", root, "--as-of", DAY, "--dry-run", "--json")
    assert json.loads(ran.out)["date"] == day


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("coffee with Marta 45m; called Ben 10m", ["coffee with Marta 45m", "called Ben 10m"]),
        ("Dinner with Marta. Ben called.", ["Dinner with Marta.", "Ben called."]),
        ("lunch with Marta 1h, then coffee with Ben 30m", ["lunch with Marta 1h", "then coffee with Ben 30m"]),
        ("met Marta on Sunday. Met Ben on Monday.", ["met Marta on Sunday.", "Met Ben on Monday."]),
    ],
)
def test_several_contacts_are_not_logged_as_one(netnotes, vault, text, parts):
    root = vault(PEOPLE)
    ran = netnotes("log", text, root, "--as-of", DAY)
    assert ran.code == 1
    assert "this is more than one contact. Nothing was logged" in ran.err
    assert [line.strip() for line in ran.err.splitlines()[-len(parts) :]] == [
        f'netnotes log "{part}" {root} --as-of {DAY}' for part in parts
    ]
    output = json.loads(netnotes("log", text, root, "--as-of", DAY, "--json").out)
    assert output["ask"]["contacts"][0]["choices"] == parts
    assert not (root / f"{DAY}.md").exists()


@pytest.mark.parametrize(
    "text",
    [
        "coffee with Marta 45m. Promised to call Ben by Friday",
        "lunch with Marta; told Ben about it",
        "lunch with Marta, then coffee with Ben",
        "dinner with Marta and Ben. She cooked, 2h",
        "coffee with Marta. Ben was ill",
        "lunch with Marta. 45 min",
    ],
)
def test_one_contact_in_two_sentences_is_one(netnotes, vault, text):
    ran = netnotes("log", text, vault(PEOPLE), "--as-of", DAY, "--dry-run", "--json")
    assert json.loads(ran.out)["ask"] == {}


def test_the_same_line_twice_is_named(netnotes, vault):
    root = vault(PEOPLE)
    said = "The same line is there already, so the contact is counted twice."
    assert said not in netnotes("log", "coffee with Marta 45m", root, "--as-of", DAY).err
    assert said not in netnotes("log", "tea with Marta 45m", root, "--as-of", DAY).err
    assert said in netnotes("log", "coffee with Marta 45m", root, "--as-of", DAY, "--dry-run").err
    assert said in netnotes("log", "coffee with Marta 45m", root, "--as-of", DAY).err


@pytest.mark.parametrize("written", ["Ray_Two", "ray_two", "Ray Two", "ray two"])
def test_a_name_may_be_written_as_its_file_is_called(netnotes, vault, written):
    root = vault({"People/Ray_Two.md": PERSON, "People/Marta Quill.md": PERSON})
    assert netnotes("log", f"coffee with {written} and Marta 20m", root, "--as-of", DAY).code == 0
    line = read(root, f"{DAY}.md")
    assert line.startswith("- coffee with [[Ray_Two")
    assert line.endswith("]] and [[Marta Quill]] 20m\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_new_note_has_the_line_ends_of_its_template(netnotes, vault, newline):
    template = TEMPLATE["T/Day.md"].replace("\n", newline).encode()
    root = vault({**PEOPLE, **DAILY, "T/Day.md": template, "netnotes.toml": '[capture]\nheading = "People"\n'})
    before = everything(root)
    assert netnotes("log", "called Ben, must send him the map", root, "--as-of", DAY).code == 0
    assert netnotes("log", "coffee with Marta", root, "--as-of", DAY).code == 0
    text = read(root, f"Journal/{DAY}.md")
    assert text.count("\n") == text.count(newline) == 9
    for _ in range(2):
        assert netnotes("undo", root).code == 0
    assert everything(root) == before


THINGS = {**PEOPLE, "Project X.md": "x", "Places/Café Luna.md": "x", "Zed.md": "x"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("talked with Ben about [[Project X]] 30m", "talked with [[Ben Osei]] about [[Project X]] 30m"),
        ("coffee with Ben at [[Café Luna]]", "coffee with [[Ben Osei]] at [[Café Luna]]"),
        ("coffee with Ben, see [the plan](Project%20X.md)", "coffee with [[Ben Osei]], see [the plan](Project%20X.md)"),
        ("coffee with [Ben](../People/Ben%20Osei.md) 45m", "coffee with [[Ben Osei]] 45m"),
        ("tea with [Ben](<People/Ben Osei.md>)", "tea with [[Ben Osei]]"),
        ("coffee with Ben, see https://x.org/Marta-Quill", "coffee with [[Ben Osei]], see https://x.org/Marta-Quill"),
        ("coffee with Ben, from ben@marta.org", "coffee with [[Ben Osei]], from ben@marta.org"),
        ("- coffee with Ben", "coffee with [[Ben Osei]]"),
    ],
)
def test_links_and_addresses_of_other_things_stay_and_name_nobody(netnotes, vault, text, line):
    root = vault(THINGS)
    ran = netnotes("log", text, root, "--as-of", DAY, "--json")
    assert json.loads(ran.out)["people"] == ["Ben Osei"]
    assert json.loads(ran.out)["unknown"] == []
    assert read(root, f"{DAY}.md") == f"- {line}\n"


def test_a_note_that_is_nobody_s_is_named(netnotes, vault):
    ran = netnotes("log", "coffee with [[Zed]]", vault(THINGS), "--as-of", DAY)
    assert ran.code == 1
    assert "Zed.md is not the note of a person" in ran.err
    assert "`type: person`" in ran.err


def test_a_mail_address_names_nobody(netnotes, vault):
    assert netnotes("log", "email from marta@example.org", vault(PEOPLE), "--as-of", DAY).code == 1


@pytest.mark.parametrize("text", ["", ".", "…"])
def test_without_words_nothing_is_logged_with_on_either(netnotes, vault, text):
    root = vault(PEOPLE)
    before = everything(root)
    ran = netnotes("log", text, root, "--on", "Ben Osei", "--as-of", DAY)
    assert (ran.code, "write who and what" in ran.err) == (1, True)
    assert everything(root) == before


def test_undo_says_where_a_new_daily_note_went(netnotes, vault):
    root = vault(PEOPLE)
    assert netnotes("log", "coffee with Ben", root, "--as-of", DAY).code == 0
    (root / f"{DAY}.md").rename(root / "Wednesday.md")
    ran = netnotes("undo", root)
    assert ran.code == 1
    assert "is now Wednesday.md, so it was not removed" in ran.err
    asked = json.loads(netnotes("undo", root, "--json").out)
    assert asked["restored"] == []
    assert [problem["path"] for problem in asked["problems"]] == [f"{DAY}.md"]


@pytest.mark.parametrize(
    ("command", "missing"),
    [("log", "sentence"), ("met", "name"), ("promise", "promise"), ("done", "number or name")],
)
@pytest.mark.parametrize("folder", ["v", "v/", "."])
def test_a_folder_alone_is_no_sentence(netnotes, tmp_path, monkeypatch, command, missing, folder):
    (tmp_path / "v").mkdir()
    monkeypatch.chdir(tmp_path)
    ran = netnotes(command, folder)
    assert ran.code == 2
    assert f"`{folder}` is a folder: the {missing} before it is missing" in ran.err


def test_a_sentence_that_is_called_like_a_folder_of_the_vault_is_a_sentence(netnotes, vault, monkeypatch):
    root = vault({**PEOPLE, "Ben/x.md": "", "netnotes.toml": ""})
    monkeypatch.chdir(root)
    assert netnotes("log", "Ben", "--as-of", DAY).code == 0


def test_what_is_only_said_about_somebody_comes_with_what_to_write_instead(netnotes, vault):
    ran = netnotes("log", "Ben has a new job", vault({**PEOPLE, **DAILY}), "--as-of", DAY)
    assert ran.code == 1
    assert "nothing to log: it does not say that you were in touch" in ran.err
    assert "if you were, say how: `called Ben Osei`, `coffee with Ben Osei`" in " ".join(ran.err.split())


def test_a_new_name_in_small_letters_comes_with_how_to_write_it(netnotes, vault):
    root = vault({**PEOPLE, **DAILY})
    ran = netnotes("log", "met zork", root, "--as-of", DAY)
    assert ran.code == 1
    assert "no one is called zork. Nothing was logged" in ran.err
    assert "for someone new, write [[Zork]]" in ran.err
    ran = netnotes("log", "met Ben and zork", root, "--as-of", DAY)
    assert ran.code == 0
    assert "`zork` was not read as a name: if it is one, write [[Zork]]." in ran.err
