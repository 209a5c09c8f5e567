"""Two people with one name, told apart by their notes: asked, answered, linked and ticked as the right one."""

import json

import pytest

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
