"""What is read of notes that were not written for NetNotes: see fixtures/habits.md and never_met.md."""

import datetime as dt

import pytest

from netnotes.api import left_alone
from netnotes.app.workspace import read_config
from netnotes.extract.corpus import corpus_of
from netnotes.incremental import Memory
from netnotes.pipeline import read
from netnotes.storage.scan import read_vault
from tests.extract.test_encounters import cases, summary, write

TODAY = dt.date(2026, 6, 30)


def read_notes(root, notes):
    write(root, notes)
    config = read_config(root)
    return read(corpus_of(read_vault(root), config), config, (), TODAY, Memory())


def lines(network):
    yield from map(summary, network.encounters)
    for mention in network.mentions:
        names = ", ".join(person.name for person in mention.people)
        yield f"mention {mention.date} | {names} | {mention.path}:{mention.line}"
    people = sorted(network.people, key=lambda person: person.name)
    yield "people: " + ", ".join(("" if person.path else "+") + person.name for person in people)


@pytest.mark.parametrize(("notes", "expected"), [*cases("habits.md"), *cases("never_met.md")])
def test_habits(tmp_path, notes, expected):
    network, _ = read_notes(tmp_path, notes)
    assert "\n".join(lines(network)) == expected


@pytest.mark.parametrize(
    ("properties", "alone"),
    [
        ("died: 2026-05-20", True),
        ("status: archived", True),
        ("status: Deceased", True),
        ("fictional: true", True),
        ("tags: [npc]", True),
        ("cadence: never", True),
        ("status: active", False),
        ("cadence: every other week", False),
    ],
)
def test_the_dead_the_archived_and_the_fictional_are_left_alone(tmp_path, properties, alone):
    network, problems = read_notes(tmp_path, f"=== People/Tilda.md\n---\n{properties}\n---\n- 2026-03-01 lunch\n")
    assert [left_alone(person) for person in network.people] == [alone]
    assert len(network.encounters) == 1
    assert problems == ()


@pytest.mark.parametrize(
    ("task", "owed_by", "due"),
    [
        ("[[Tilda]]: send the plan", "them", None),
        ("**[[Tilda]]** to send the plan", "them", None),
        ("@[[Tilda]] send the plan", "them", None),
        ("send the plan (assigned to Tilda)", "them", None),
        ("me: send [[Tilda]] the plan", "me", None),
        ("send [[Tilda]] the plan", "me", None),
        ("mail [[Tilda]] — Due: 2026-03-06", "me", "2026-03-06"),
        ("write [[Tilda]] @due(2026-03-07)", "me", "2026-03-07"),
        ("ring [[Tilda]] by 2026-03-08", "me", "2026-03-08"),
    ],
)
def test_whose_turn_a_promise_is_and_when_it_is_due(tmp_path, task, owed_by, due):
    network, _ = read_notes(tmp_path, f"=== People/Tilda.md\n=== 2026-03-01.md\n- [ ] {task}\n")
    (promise,) = network.promises
    assert (promise.owed_by, promise.due and promise.due.isoformat()) == (owed_by, due)


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("=== People/Bo.md\n<<<<<<< HEAD\n- 2026-03-01 lunch\n=======\n- 2026-03-02 lunch\n>>>>>>> x\n", "conflict"),
        ("=== People/Bo.md\n\n---\ntype: person\n---\n", "line 2"),
        ("=== People/Bo.md\n---\nbirthday: 1983-02-30\n---\n", "1983-02-30"),
        ("=== People/Bo.md\n---\nbirthday: 02/07/1983\n---\n", "may be 1983-07-02 or 1983-02-07"),
        ("=== A.md\n---\ndate: 0001-01-01\nattendees: [Bo]\n---\n", "0001-01-01"),
        ("=== A.md\n---\ndate: 03/05/2026\nattendees: [Bo]\n---\n", "may be"),
    ],
)
def test_an_unreadable_date_is_one_problem(tmp_path, notes, words):
    write(tmp_path, notes)
    vault = read_vault(tmp_path)
    config = read_config(tmp_path)
    _, problems = read(corpus_of(vault, config), config, (), TODAY, Memory())
    found = [*problems, *(problem for note in vault.notes for problem in note.problems)]
    assert [problem for problem in found if words in problem.message] == found
    assert len(found) == 1
