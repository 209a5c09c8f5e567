"""Two people with one name, told apart by their notes: asked, answered, linked and ticked as the right one."""

import datetime as dt
import json

import pytest

from netnotes.app.logbook import open_logbook
from netnotes.app.workspace import open_workspace
from netnotes.cli import round_actions
from netnotes.cli.commands.capture import answer

DAY = "2026-03-11"
PERSON = "---\ntype: person\ncadence: weekly\n---\n"
VAULT = {
    ".obsidian/app.json": "{}",
    "People/Family/Sam.md": PERSON,
    "People/Work/Sam.md": PERSON,
    "2026-02-01.md": "- coffee with [[People/Family/Sam|Sam]] 60m\n",
    "2026-02-02.md": "- coffee with [[People/Work/Sam|Sam]] 60m\n",
}
BOTH = ["[[People/Family/Sam]]", "[[People/Work/Sam]]"]
OFTEN = VAULT | {
    f"2026-01-{day}.md": "- coffee with [[People/Family/Sam|Sam]] 60m\n- lunch with [[People/Work/Sam|Sam]] 60m\n"
    for day in range(20, 27)
}


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


def met_today(netnotes, root):
    people = json.loads(netnotes("people", root, "--as-of", DAY, "--json").out)
    return [one["path"].removesuffix(".md") for one in people if one["last_contact"] == DAY]


def test_the_choices_between_two_people_with_one_name_are_links_to_their_notes(netnotes, vault):
    root = vault(VAULT)
    ran = netnotes("log", "coffee with Sam", root, "--as-of", DAY, "--json")
    assert json.loads(ran.out)["ask"]["people"][0]["choices"] == BOTH
    assert " or ".join(BOTH) in netnotes("log", "coffee with Sam", root, "--as-of", DAY).err


@pytest.mark.parametrize("chosen", BOTH)
def test_a_choice_in_the_sentence_means_that_person(netnotes, vault, chosen):
    root = vault(VAULT)
    assert netnotes("log", f"coffee with {chosen} 45m", root, "--as-of", DAY).code == 0
    assert met_today(netnotes, root) == [chosen.strip("[]")]


@pytest.mark.parametrize(("number", "path"), [(1, "People/Family/Sam"), (2, "People/Work/Sam")])
def test_an_answer_on_a_terminal_means_that_person(netnotes, vault, monkeypatch, number, path):
    root = vault(VAULT)
    monkeypatch.setattr(answer, "is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: number)
    assert netnotes("log", "coffee with Sam 45m", root, "--as-of", DAY).code == 0
    assert met_today(netnotes, root) == [path]


@pytest.mark.parametrize("path", ["People/Family/Sam", "People/Work/Sam"])
def test_a_contact_is_logged_with_the_person_that_done_names_by_a_path(netnotes, vault, path):
    root = vault(VAULT)
    assert netnotes("done", path, root, "--as-of", DAY).code == 0
    assert met_today(netnotes, root) == [path]


def test_a_line_of_the_list_printed_last_means_that_person(netnotes, vault):
    root = vault(VAULT)
    listed = json.loads(netnotes("due", root, "--as-of", DAY, "--json").out)
    netnotes("due", root, "--as-of", DAY)
    assert netnotes("done", "2", root, "--as-of", DAY).code == 0
    assert met_today(netnotes, root) == [listed[1]["path"].removesuffix(".md")]


@pytest.mark.parametrize("command", [["people"], ["today"], ["due"], ["round", "--plain"], ["due", "--markdown"]])
def test_lists_call_people_with_one_name_by_their_notes(netnotes, vault, command):
    name, *options = command
    out = netnotes(name, vault(OFTEN), "--as-of", DAY, *options).out
    assert [out.count("People/Family/Sam"), out.count("People/Work/Sam")] == [1, 1]


def test_reasons_and_remarks_call_them_by_their_notes_too(netnotes, vault):
    others = {f"People/{name} Orr.md": PERSON for name in ("Ada", "Bo", "Cy", "Di", "Ed")}
    met = {f"2026-03-0{day}.md": "".join(f"- coffee with [[{path[7:-3]}]] 60m\n" for path in others) for day in (1, 2)}
    root = vault(
        {**OFTEN, **others, **met, "2026-03-03.md": "- dinner with [[People/Work/Sam]], [[People/Family/Sam]]\n"}
    )
    for command in ("circles", "profile"):
        out = " ".join(netnotes(command, root, "--as-of", DAY).out.split())
        assert " Sam" not in out.replace("Family/ Sam", "Family/Sam"), command
        assert "People/Family/Sam" in out
    found = json.loads(netnotes("circles", root, "--as-of", DAY, "--json").out)
    assert {"People/Family/Sam", "People/Work/Sam"} <= set(found[-1]["members"])
    out = netnotes("why", "People/Work/Sam", root, "--as-of", DAY).out
    assert out.startswith("People/Work/Sam\n")
    assert "  People/Family/Sam  " in out
    evidence = json.loads(netnotes("why", "People/Work/Sam", root, "--as-of", DAY, "--json").out)["evidence"]
    assert ["People/Work/Sam", "People/Family/Sam"] in [one["others"] for one in evidence]
    assert netnotes("history", "People/Work/Sam", root, "--as-of", DAY).out.startswith("People/Work/Sam\n")
    assert "put off People/Work/Sam until" in netnotes("later", "People/Work/Sam", "2w", root, "--as-of", DAY).out
    logged = json.loads(netnotes("log", "tea with [[People/Work/Sam]]", root, "--as-of", DAY, "--json").out)
    assert (logged["people"], logged["paths"], logged["moved"][0]["path"]) == (
        ["Sam"],
        ["People/Work/Sam.md"],
        "People/Work/Sam.md",
    )


def test_a_list_of_promises_says_which_of_them(netnotes, vault):
    root = vault({**OFTEN, "2026-02-03.md": "- [ ] send [[People/Work/Sam|Sam]] the plan 📅 2026-03-10\n"})
    out = netnotes("chase", root, "--as-of", DAY).out
    assert "People/Work/Sam" in out
    assert "send Sam the plan" in out


def test_json_keeps_names_and_paths_and_its_commands_work(netnotes, vault):
    root = vault(OFTEN)
    found = json.loads(netnotes("today", root, "--as-of", DAY, "--json").out)
    assert {(one["who"], one["path"]) for one in found} == {
        ("Sam", "People/Family/Sam.md"),
        ("Sam", "People/Work/Sam.md"),
    }
    for one in found:
        assert one["act"] == f'netnotes why "{one["path"].removesuffix(".md")}"'
        assert netnotes("why", one["path"].removesuffix(".md"), root, "--as-of", DAY).code == 0


def test_a_name_that_one_person_has_is_shown_as_it_is(netnotes, vault):
    root = vault({**OFTEN, "People/Ada Pell.md": PERSON})
    lines = netnotes("people", root, "--as-of", DAY).out.splitlines()
    assert any(line.startswith("Ada Pell ") for line in lines)


def test_the_lines_to_tick_link_each_of_them_by_the_path(netnotes, vault):
    root = vault(OFTEN)
    netnotes("round", root, "--as-of", DAY, "--write")
    text = (root / f"{DAY}.md").read_text(encoding="utf-8")
    assert sorted(line.partition("[[")[2].partition("]]")[0] for line in text.splitlines()) == [
        "People/Family/Sam",
        "People/Work/Sam",
    ]
    (root / f"{DAY}.md").write_text(text.replace("- [ ] meet [[People/Work/Sam]]", "- [x] meet [[People/Work/Sam]]"))
    assert met_today(netnotes, root) == ["People/Work/Sam"]


def test_a_link_to_one_of_two_notes_with_one_name_is_its_path(netnotes, vault):
    root = vault(OFTEN)
    assert "Sam" in netnotes("log", "coffee with [[People/Work/Sam]]", root, "--as-of", DAY).out
    assert netnotes("done", "People/Work/Sam", root, "--as-of", "2026-03-12").out.count("People/Work/Sam") == 1
    assert "[[People/Work/Sam" in (root / "2026-03-12.md").read_text(encoding="utf-8")


def test_the_round_logs_the_one_that_it_shows(vault):
    now = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
    turn = round_actions.open_round(open_logbook(open_workspace(vault(OFTEN), {}), now.date(), now))
    names = []
    for _ in turn.rows:
        names.append(turn.name)
        assert turn.log(turn.first_words + "45m"), turn.message
    assert sorted(names) == ["People/Family/Sam", "People/Work/Sam"]
