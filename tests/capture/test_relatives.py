"""`tea with Ada's mum`: it is asked who that is, and Ada is never logged in her place."""

import json

import pytest

from netnotes.capture.sentence import understand
from netnotes.cli.commands.capture import answer
from tests.capture.test_sentences import BOOK, TODAY, lines

DAY = "2026-03-11"
PERSON = "---\ntype: person\n---\n"
VAULT = {".obsidian/app.json": "{}", "People/Faith Moreau.md": PERSON, "People/Ben Osei.md": PERSON}


@pytest.mark.parametrize("line", lines("relatives.txt"))
def test_whom_a_sentence_with_a_relative_means(line: str) -> None:
    text, about, who = (part.strip() for part in line.split(" | "))
    found = understand(text, BOOK, TODAY)
    assert found.logged, found.why
    if about == "-":
        assert not found.ask
        assert [*(person.name for person in found.people), *(f"new {name}" for name in found.unknown)] == [who]
    else:
        (asked,) = found.ask
        assert (asked.about, ", ".join(asked.choices), asked.new) == (about, who, True)
        assert who not in [person.name for person in found.people]


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


def test_without_a_terminal_the_choices_are_printed_and_nothing_is_written(netnotes, vault):
    root = vault(VAULT)
    ran = netnotes("log", "tea with Faith's mum", root, "--as-of", DAY)
    assert ran.code == 1
    assert "no one is called Faith's mum" in ran.err
    assert "Faith Moreau" in ran.err
    assert not (root / f"{DAY}.md").exists()


@pytest.mark.parametrize(
    ("number", "line"), [(1, "- tea with [[Faith Moreau]] 45m"), (2, "- tea with [[Faith's mum]] 45m")]
)
def test_on_a_terminal_it_is_she_or_someone_new(netnotes, vault, monkeypatch, number, line):
    root = vault(VAULT)
    monkeypatch.setattr(answer, "is_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: number)
    assert netnotes("log", "tea with Faith's mum 45m", root, "--as-of", DAY).code == 0
    assert (root / f"{DAY}.md").read_text(encoding="utf-8") == f"{line}\n"


@pytest.mark.parametrize("note", ["People/Faith's mum.md", "People/Clara Moreau.md"])
def test_a_relative_with_a_note_of_her_own_is_not_asked_about(netnotes, vault, note):
    root = vault({**VAULT, note: '---\ntype: person\naliases: ["Faith\'s mum"]\n---\n'})
    ran = netnotes("log", "tea with Faith's mum 45m", root, "--as-of", DAY, "--json")
    assert json.loads(ran.out)["people"] == [note.removeprefix("People/").removesuffix(".md")]


def test_a_promise_to_a_relative_is_not_one_to_her(netnotes, vault):
    root = vault(VAULT)
    for text in ("call Faith's mum by Friday", "return Faith's mum's ladder", "send the mother of Faith the map"):
        ran = netnotes("promise", text, root, "--as-of", DAY)
        assert ran.code == 1
        assert "no one is called" in ran.err
    assert not (root / f"{DAY}.md").exists()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("called Faith's mum", "me"),
        ("Faith's mum called", "them"),
        ("звонил брату Олега", "me"),
        ("позвонил маме Ольги", "me"),
        ("брат Олега звонил", "them"),
        ("dzwoniłem do mamy Kasi", "me"),
        ("zadzwoniła mama Kasi", "them"),
        ("llamé a la madre de Lucía", "me"),
        ("la madre de Lucía me llamó", "them"),
    ],
)
def test_who_called_is_known_before_the_answer(text, who):
    assert understand(text, BOOK, TODAY).initiated_by == who
