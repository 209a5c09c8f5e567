"""Properties in the languages of the tables: each word that a table lists is read in a note."""

import datetime as dt

import pytest

from netnotes.app.workspace import open_workspace
from netnotes.extract.people.declarations import cadence, left_alone, next_birthday
from netnotes.text.lexicon.words import property_keys

DAY = dt.date(2026, 6, 30)


def network_of(root, **notes):
    (root / "People").mkdir(parents=True)
    for name, text in notes.items():
        (root / "People" / f"{name} Pell.md").write_text(text, encoding="utf-8")
    return root


def person_with(root, line):
    network_of(root, Ada=f"---\ntype: person\n{line}\n---\n")
    return next(iter(open_workspace(root, {}, cached=False).run(DAY)[1].network.people))


def meeting_with(root, lines):
    network_of(root, Ada="---\ntype: person\n---\n")
    (root / "Talk.md").write_text(f"---\nattendees: [Ada Pell]\n{lines}\n---\n", encoding="utf-8")
    return open_workspace(root, {}, cached=False).run(DAY)[1].network.encounters


@pytest.mark.parametrize("word", property_keys("birthday"))
def test_birthdays(tmp_path, word):
    assert next_birthday(person_with(tmp_path, f'"{word}": 1980-07-04'), DAY) == dt.date(2026, 7, 4)


@pytest.mark.parametrize("word", property_keys("cadence"))
def test_cadences(tmp_path, word):
    assert cadence(person_with(tmp_path, f'"{word}": 14d')) == 14


@pytest.mark.parametrize("word", property_keys("died"))
def test_the_dead_are_left_alone(tmp_path, word):
    assert left_alone(person_with(tmp_path, f'"{word}": 2020-01-05'))


@pytest.mark.parametrize("word", property_keys("date"))
def test_days_of_meetings(tmp_path, word):
    assert [each.date for each in meeting_with(tmp_path, f'"{word}": 2026-05-02')] == [dt.date(2026, 5, 2)]


@pytest.mark.parametrize("word", property_keys("start"))
def test_the_start_of_a_meeting_has_a_time(tmp_path, word):
    assert [each.date for each in meeting_with(tmp_path, f'"{word}": "2026-05-02 10:00"')] == [dt.date(2026, 5, 2)]


@pytest.mark.parametrize("word", property_keys("duration"))
def test_lengths_of_meetings(tmp_path, word):
    assert [each.minutes for each in meeting_with(tmp_path, f'date: 2026-05-02\n"{word}": 40')] == [40]


@pytest.mark.parametrize("word", property_keys("last contact"))
def test_last_contacts(tmp_path, word):
    network_of(tmp_path, Ada=f'---\ntype: person\n"{word}": 2026-05-02\n---\n')
    network = open_workspace(tmp_path, {}, cached=False).run(DAY)[1].network
    assert [each.date for each in network.encounters] == [dt.date(2026, 5, 2)]


@pytest.mark.parametrize("line", ["tag: project", "le: chat", "när: snart", "data: some numbers"])
def test_a_word_with_another_meaning_is_neither_date_nor_problem(tmp_path, line):
    network_of(tmp_path, Ada="---\ntype: person\n---\n")
    (tmp_path / "Talk.md").write_text(f"---\n{line}\nfecha: 2026-05-02\nattendees: [Ada Pell]\n---\n", encoding="utf-8")
    outcome = open_workspace(tmp_path, {}, cached=False).run(DAY)[1]
    assert [each.date for each in outcome.network.encounters] == [dt.date(2026, 5, 2)]
    assert outcome.problems == ()
