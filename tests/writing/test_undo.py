"""Taking writes back: byte for byte where nothing else changed, only our lines where it did."""

import datetime as dt
from pathlib import Path

import platformdirs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netnotes.config import Config
from netnotes.model import Problem
from netnotes.planning.plan import accept
from netnotes.writing.apply import apply, write
from netnotes.writing.clean import clean_drafts
from netnotes.writing.draft import Draft
from netnotes.writing.journal import Entry, Journal
from netnotes.writing.journal_folder import folder
from netnotes.writing.undo import NothingToUndo, select_entries, undo
from tests.examples import examples

ADA, BOB = "People/Ada.md", "People/Bob.md"
MET = [1, 5, 20]
DAY = dt.timedelta(1)
AT = dt.datetime(2026, 1, 1, 12, 30, tzinfo=dt.UTC)


def undo_writes(desk, **which):
    return undo(select_entries(desk.journal, **which), desk.context(command="undo"))


def clean(desk):
    found = list(clean_drafts(desk.root, desk.read(), desk.journal))
    return write(
        (d for d in found if isinstance(d, Draft)),
        desk.context(command="clean"),
        [p for p in found if isinstance(p, Problem)],
    )


def edited(desk, old, text, path=ADA):
    assert old in desk.text(path)
    desk.put(path, desk.text(path).replace(old, text))


NOTES = [
    "",
    "Ada\n",
    "no end",
    "---\n---\n",
    "---\r\n---\r\nBody",
    "---\n\n---\n",
    "---\n# only\n---\n",
    "---\nname: Ada\n---\n",
    "\ufeff---\nname: Ada\n---",
    "\ufeffAda",
    "---\nname: 'Ada' # hm\n\n--- \nx",
]


@pytest.mark.parametrize("text", NOTES)
def test_undo_and_clean_give_back_every_byte(desk, text):
    desk.put(ADA, text, MET)
    assert desk.sync().written
    undo_writes(desk)
    assert desk.text(ADA) == text
    assert desk.sync().written
    desk.today += 40 * DAY
    assert desk.sync().written
    clean(desk)
    assert desk.text(ADA) == text


@pytest.mark.parametrize("text", NOTES)
def test_clean_gives_back_every_byte_although_the_journal_forgot_the_middle(desk, text):
    desk.put(ADA, text, MET)
    for _ in range(4):
        desk.sync()
        desk.today += 40 * DAY
        desk.meetings[ADA].append(desk.today)
    assert desk.journal.prune(most_entries=1) == 2
    clean(desk)
    assert desk.text(ADA) == text


@pytest.mark.parametrize("text", NOTES[:1] + NOTES[2:6] + NOTES[7:])
def test_clean_without_a_journal_gives_back_all_but_an_empty_block(desk, another, text):
    desk.put(ADA, text, MET)
    desk.sync()
    clean(another)
    bare = text.replace("---\r\n---\r\n", "").replace("---\n\n---\n", "").replace("---\n---\n", "")
    assert desk.text(ADA) == (bare if "name" not in text else text)


def test_undo_takes_the_newest_run_and_the_next_one_the_run_before(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    first = desk.text(ADA)
    desk.today += 40 * DAY
    desk.sync()
    undo_writes(desk)
    assert desk.text(ADA) == first
    undo_writes(desk)
    assert desk.text(ADA) == "Ada\n"
    with pytest.raises(NothingToUndo):
        undo_writes(desk)


def test_an_undo_can_be_undone_by_its_number(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.sync()
    synced = desk.text(ADA)
    undo_writes(desk)
    newest = desk.journal.runs()[0]
    assert newest.command == "undo"
    undo_writes(desk, run=newest.id)
    assert desk.text(ADA) == synced


def test_an_older_run_goes_with_those_after_it(desk):
    desk.put(ADA, "Ada\n", MET)
    run = desk.sync().run
    for _ in range(3):
        desk.today += 40 * DAY
        desk.meetings[ADA].append(desk.today)
        desk.sync()
    undo_writes(desk, run=run)
    assert desk.text(ADA) == "Ada\n"


def test_one_note_alone(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.put(BOB, "Bob\n", MET)
    desk.sync()
    undo_writes(desk, note=ADA)
    assert desk.text(ADA) == "Ada\n"
    assert desk.text(BOB) != "Bob\n"
    with pytest.raises(NothingToUndo, match="was not written"):
        undo_writes(desk, note="People/Cy.md")


def test_undo_keeps_later_edits(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    edited(desk, "Body", "Body, and more")
    edited(desk, "name: Ada", "name: Ada  # a comment")
    edited(desk, "tie: deep", "tie: my own")
    undo_writes(desk)
    assert desk.text(ADA) == "---\nname: Ada  # a comment\ntie: my own\n---\nBody, and more\n"


def test_an_older_value_of_ours_comes_back_sealed(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    first = desk.text(ADA)
    desk.today += 40 * DAY
    desk.sync()
    edited(desk, "Body", "More")
    undo_writes(desk)
    assert desk.text(ADA) == first.replace("Body", "More")


def test_a_line_that_the_user_deleted_stays_deleted(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    desk.today += 40 * DAY
    desk.sync()
    edited(desk, "warmth: cooling\n", "")
    undo_writes(desk)
    assert "warmth:" not in desk.text(ADA)


def test_a_field_that_we_took_away_comes_back(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    first = desk.text(ADA)
    desk.config = Config(fields={"warmth": False})
    desk.sync()
    edited(desk, "Body", "More")
    undo_writes(desk)
    assert sorted(desk.text(ADA).split("\n")) == sorted(first.replace("Body", "More").split("\n"))


@pytest.mark.parametrize("own", ["depth: 30 # metres", "warmth: lukewarm"])
def test_undo_of_accept_gives_the_field_back_to_the_user(desk, own):
    desk.put(ADA, f"---\n{own}\n---\nBody\n", MET)
    desk.sync()
    before = desk.text(ADA)
    edits, _ = accept(desk.read(), desk.run().scores, desk.config, {ADA})
    apply(edits, desk.context(command="accept"))
    assert not desk.problems()
    edited(desk, "Body", "More")
    undo_writes(desk)
    assert desk.text(ADA) == before.replace("Body", "More")


def test_clean_gives_an_accepted_field_its_value_back(desk):
    text = '---\ndepth: "30"  # metres\n---\nBody\n'
    desk.put(ADA, text, MET)
    desk.sync()
    apply(accept(desk.read(), desk.run().scores, desk.config, {ADA})[0], desk.context(command="accept"))
    desk.sync()
    assert "depth: 0.58  # metres\n" in desk.text(ADA)
    clean(desk)
    assert desk.text(ADA) == text


def test_clean_gives_an_accepted_field_its_value_back_in_a_note_edited_since(desk):
    text = '---\ndepth: "30"  # metres\n---\nBody\n'
    desk.put(ADA, text, MET)
    desk.sync()
    apply(accept(desk.read(), desk.run().scores, desk.config, {ADA})[0], desk.context(command="accept"))
    desk.sync()
    edited(desk, "Body", "More")
    clean(desk)
    assert desk.text(ADA) == text.replace("Body", "More")


def test_clean_leaves_what_the_user_changed_or_deleted(desk):
    desk.put(ADA, "---\ndepth: 30\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    edited(desk, "depth: 30\n", "")
    desk.sync()
    edited(desk, "tie: deep", "tie: mine")
    edited(desk, "name: Ada", "name: Ada L.")
    clean(desk)
    assert desk.text(ADA) == "---\nname: Ada L.\ntie: mine\n---\nBody\n"


def test_a_comment_on_a_line_of_ours_is_kept_by_every_change(desk):
    desk.put(ADA, "---\nname: Ada\n---\nBody\n", MET)
    desk.sync()
    edited(desk, "depth: 0.58", "depth: 0.58  # really?")
    desk.meetings[ADA].append(desk.today)
    desk.sync()
    assert "depth: 0.66  # really?\n" in desk.text(ADA)
    clean(desk)
    assert desk.text(ADA) == "---\nname: Ada\n# really?\n---\nBody\n"


def test_clean_also_changes_other_notes_and_keeps_the_word_ignore(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.put(BOB, "---\nname: Bob\n---\n", MET)
    desk.sync()
    (desk.root / ADA).rename(desk.root / "Ada.md")
    edited(desk, "netnotes: ", "netnotes: ignore ", BOB)
    clean(desk)
    assert desk.text("Ada.md") == "Ada\n"
    assert desk.text(BOB) == "---\nname: Bob\nnetnotes: ignore\n---\n"


def test_a_missing_note_is_a_problem_and_the_others_are_written(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.put(BOB, "Bob\n", MET)
    desk.sync()
    (desk.root / ADA).unlink()
    result = undo_writes(desk)
    assert [p.path for p in result.problems] == [ADA]
    assert desk.text(BOB) == "Bob\n"


def entry(number, path=ADA):
    return Entry(path, f"old{number}", f"new{number}", f"bytes {number}".encode(), {"depth": (None, number)})


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=30), st.integers(0, 30))
@example(list("aaabbb"), 2)
def test_the_journal_is_bounded_and_never_drops_a_first_entry(tmp_path_factory, notes, most):
    with Journal(tmp_path_factory.mktemp("journal")) as journal:
        run = journal.begin(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "sync")
        journal.finish(journal.enter(run, [entry(number, name) for number, name in enumerate(notes)]), [])
        journal.prune(most_entries=most)
        left = sum(len(journal.history(name)) for name in "abc")
        assert left == len(set(notes)) + min(most, len(notes) - len(set(notes)))
        for name in set(notes):
            assert journal.history(name)[0].before == f"bytes {notes.index(name)}".encode()
            kept = [int(e.before.split()[1]) for e in journal.history(name)][1:]
            all_there_were = [number for number, other in enumerate(notes) if other == name]
            assert kept == all_there_were[len(all_there_were) - len(kept) :], "the oldest go first"


def test_the_next_process_finds_the_entries_of_the_journal(tmp_path):
    with Journal(tmp_path) as journal:
        run = journal.begin(AT, "sync")
        (made, _) = journal.enter(run, [entry(1), entry(2, BOB)])
        journal.finish([made], [])
        journal.remember([ADA])
    with Journal(tmp_path) as journal:
        assert [e.path for e in journal.pending()] == [BOB]
        assert journal.entries(run) == (made,)
        assert journal.known() == {ADA}
        (found,) = journal.runs()
        assert (found.at, found.command, found.notes) == (AT, "sync", 1)


def test_each_vault_has_a_journal_of_its_own(tmp_path):
    for name in ("a/vault", "b/vault", "c/Ünser Vault?"):
        (tmp_path / name).mkdir(parents=True)
    places = {folder(tmp_path / name, tmp_path / "data") for name in ("a/vault", "b/vault", "c/Ünser Vault?")}
    assert len(places) == 3
    assert all(place.parent == tmp_path / "data" for place in places)
    (tmp_path / "link").symlink_to(tmp_path / "a/vault")
    assert folder(tmp_path / "link", tmp_path / "data") in places


def test_without_a_folder_given_a_journal_is_kept_in_the_users_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    usual = Path(platformdirs.user_data_dir("netnotes", appauthor=False))
    assert folder(tmp_path).parent == usual
