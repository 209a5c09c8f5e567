"""A vault that lost its people is more likely unmounted than true."""

import datetime as dt
import shutil

import pytest

from netnotes.planning.mass_loss import PeopleVanished
from netnotes.writing.sync import is_new

PEOPLE = [f"People/{number:03}.md" for number in range(40)]


@pytest.fixture
def synced(desk):
    for path in PEOPLE:
        desk.put(path, f"{path}\n", [1, 5, 20])
    desk.sync()
    return desk


def refused(desk):
    before = desk.files()
    with pytest.raises(PeopleVanished) as raised:
        desk.sync()
    assert desk.files() == before
    return raised.value


def test_nine_of_forty_may_go_but_not_ten(synced):
    """Both are more than a fifth; fewer than ten are never suspected."""
    for path in PEOPLE[:9]:
        (synced.root / path).unlink()
    synced.sync()
    for path in PEOPLE[9:19]:
        (synced.root / path).unlink()
    refused(synced)


def test_nine_of_ten_may_go(desk):
    for path in PEOPLE[:10]:
        desk.put(path, "x\n", [1])
    desk.sync()
    for path in PEOPLE[:9]:
        (desk.root / path).unlink()
    desk.sync()


def test_ten_of_fifty_may_go_but_not_eleven(desk):
    paths = [f"People/{number:03}.md" for number in range(50)]
    for path in paths:
        desk.put(path, "x\n", [1])
    desk.sync()
    for path in paths[:10]:
        (desk.root / path).unlink()
    assert desk.sync().run is None
    for path in paths:
        desk.put(path, "x\n", [1])
    desk.sync()
    for path in paths[:11]:
        (desk.root / path).unlink()
    output = refused(desk)
    assert "of 50 people known here, 11 notes are missing (People/000.md, People/001.md, …)" in str(output)
    assert "--people-gone" in output.hint


def test_a_confirmed_mass_loss_is_written_and_asked_about_once(synced):
    for path in PEOPLE[:20]:
        (synced.root / path).unlink()
    refused(synced)
    synced.sync(people_gone=True)
    assert synced.sync().run is None


def test_an_unmounted_vault_is_refused(synced):
    shutil.rmtree(synced.root)
    synced.root.mkdir()
    assert refused(synced)


def test_people_removed_a_few_at_a_time_are_not_a_mass_loss(synced):
    for path in PEOPLE[:35]:
        (synced.root / path).unlink()
        synced.sync()


def test_a_renamed_folder_is_not_a_mass_loss(synced):
    synced.put("People/.keep", "")
    (synced.root / "People").rename(synced.root / "Old")
    (synced.root / "People").mkdir()
    for path in PEOPLE:
        (synced.root / path.replace("People", "Old")).rename(synced.root / path.replace("People/", "People/new "))
        synced.meetings[path.replace("People/", "People/new ")] = synced.meetings[path]
    assert synced.sync().run is None


def test_lost_meetings_are_a_disaster_to_any_machine(synced, another):
    """The people are there, sealed, and the notes that describe them are not: half-synced."""
    for desk in (synced, another):
        for path in PEOPLE[:20]:
            desk.meetings[path] = []
    assert "20 have lost the notes with their last contact" in str(refused(another))
    assert refused(synced)


def test_last_contacts_that_move_back_are_lost_meetings(synced):
    for path in PEOPLE[:12]:
        synced.meetings[path] = synced.meetings[path][2:]
    assert "12 have lost" in str(refused(synced))


def test_passing_time_is_not_a_mass_loss(synced):
    synced.today += dt.timedelta(3000)
    assert len(synced.sync().written) == 40


def test_notes_that_are_no_longer_people(synced):
    for path in PEOPLE[:15]:
        (synced.root / path).rename(synced.root / path.replace("People/", ""))
    assert "15 notes" in str(refused(synced))


def test_a_vault_is_new_until_somebody_wrote_into_it(desk, another):
    desk.put(PEOPLE[0], "Ada\n", [1])
    assert is_new(desk.read(), desk.journal)
    desk.sync()
    assert not is_new(desk.read(), desk.journal)
    assert not is_new(another.read(), another.journal)
