"""What is written, what is left, and what is said of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.config import Config
from netnotes.planning.field_values import on_grid
from netnotes.planning.plan import accept, writable
from netnotes.writing.apply import apply

ADA = "People/Ada.md"
FIVE = "depth: 0.58\ntie: deep\nwarmth: warm\nlast_contact: 2026-03-09\nfollow_up: 2026-04-08\n"
MET = [1, 5, 20]


def changes(desk, path=ADA):
    return next((dict(e.changes) for e in desk.run().edits if e.path == path), {})


def new(desk, path=ADA):
    return {name: value for name, (_, value) in changes(desk, path).items() if name != "netnotes"}


def edited(desk, old, text, path=ADA):
    """Do by hand what a user does with an editor."""
    assert old in desk.text(path)
    desk.put(path, desk.text(path).replace(old, text))


def test_a_note_gets_its_fields_and_their_seal_last(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    head, seal = desk.text(ADA).split("netnotes: ")
    assert head == f"---\nname: Ada\n{FIVE}"
    assert [word.rpartition("-")[0] for word in seal.split("\n")[0].split()] == [
        "depth",
        "tie",
        "warmth",
        "last_contact",
        "follow_up",
    ]


def test_a_second_round_has_nothing_to_do(desk):
    desk.put(ADA, "Hello\n", MET)
    desk.sync()
    assert desk.run().edits == ()
    assert desk.sync().run is None


def test_somebody_never_met_gets_nothing_and_loses_what_we_wrote(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.put("People/Bob.md", "Bob\n", [])
    desk.sync()
    assert desk.text("People/Bob.md") == "Bob\n"
    desk.meetings[ADA] = []
    desk.sync()
    assert desk.text(ADA) == "---\nname: Ada\n---\n"


def test_the_users_own_field_is_left_and_reported(desk):
    desk.put(ADA, "---\ndepth: 30\nlast_contact: 2025-01-01\n---\n", MET)
    desk.sync()
    assert "depth: 30\nlast_contact: 2025-01-01\ntie: deep\n" in desk.text(ADA)
    output = [p for p in desk.run().problems if p.path == ADA]
    assert [(p.line, p.message) for p in output] == [
        (2, "`depth` is your own; NetNotes leaves it alone"),
    ]
    assert all("netnotes accept" in p.hint for p in output)


def test_a_field_of_the_same_name_in_another_case_is_the_users(desk):
    desk.put(ADA, "---\nDepth: 30\n---\n", MET)
    desk.sync()
    assert "depth: 0" not in desk.text(ADA)
    assert any("is spelled differently" in p.hint for p in desk.run().problems)


def test_a_last_contact_of_the_users_is_one_however_it_is_spelled(desk):
    desk.put(ADA, "---\nLast Contact: 2025-01-01\n---\n", MET)
    desk.sync()
    assert "last_contact:" not in desk.text(ADA)
    assert not [p for p in desk.run().problems if "last" in p.message.lower()]


def test_a_hand_edit_is_left_and_taking_it_back_makes_the_field_ours_again(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    before = desk.text(ADA)
    edited(desk, "depth: 0.58", "depth: 0.9")
    desk.today += dt.timedelta(40)
    desk.sync()
    assert "depth: 0.9\n" in desk.text(ADA)
    assert "warmth: cooling\n" in desk.text(ADA)
    assert (ADA, 3, "`depth` was changed by hand; NetNotes leaves it alone") in desk.problems()
    edited(desk, "depth: 0.9", "depth: 0.58")
    desk.today -= dt.timedelta(40)
    desk.sync()
    assert desk.text(ADA) == before
    assert not desk.problems()


def test_a_deleted_field_comes_back_in_its_place(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    before = desk.text(ADA)
    edited(desk, "warmth: warm\n", "")
    edited(desk, "follow_up: 2026-04-08\n", "")
    desk.sync()
    assert desk.text(ADA) == before


def test_a_line_that_was_moved_stays_where_it_was_put(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    edited(desk, "depth: 0.58\n", "")
    edited(desk, "name: Ada\n", "depth: 0.58\nname: Ada\n")
    desk.meetings[ADA] = [desk.today - dt.timedelta(days) for days in (0, 1, 5, 20)]
    desk.sync()
    assert desk.text(ADA).startswith("---\ndepth: 0.66\nname: Ada\ntie: deep\n")


def test_an_editor_that_respells_values_changes_nothing(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    edited(desk, "depth: 0.58", "depth: 0.580")
    edited(desk, "tie: deep", 'tie: "deep"')
    edited(desk, "last_contact: 2026-03-09", "last_contact: '2026-03-09'")
    assert desk.run().edits == ()
    assert not desk.problems()


def test_ignored_notes_are_not_written_and_old_fields_in_them_are_reported(desk):
    desk.put(ADA, "---\nnetnotes: ignore\n---\n", MET)
    assert desk.run().edits == ()
    assert not desk.problems()
    desk.put(ADA, "---\nname: Ada\n---\n")
    desk.sync()
    edited(desk, "netnotes: ", "netnotes: Ignore ")
    desk.today += dt.timedelta(90)
    assert desk.run().edits == ()
    assert [message for *_, message in desk.problems()] == [
        "`netnotes: ignore` keeps NetNotes out; the fields written before stay, but are no longer updated"
    ]


def test_a_property_that_is_not_a_seal_is_the_users_own(desk):
    desk.put(ADA, "---\nnetnotes: my notes about networks\n---\n", MET)
    assert desk.run().edits == ()
    assert desk.problems() == [(ADA, 2, "`netnotes` holds something other than a seal; nothing is written")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\nname: [\n---\n", "its front matter cannot be read"),
        ("---\nname: Ada\n", "its front matter is not closed"),
        ('---\n{"name": "Ada"}\n---\n', "its front matter is JSON"),
    ],
)
def test_a_block_that_cannot_be_written_is_refused(desk, text, reason):
    desk.put(ADA, text, MET)
    (edit,) = desk.run().edits
    assert (edit.refused, edit.changes) == (reason, {})
    desk.sync()
    assert desk.text(ADA) == text


def test_templates_and_hidden_folders_are_never_written(desk):
    desk.templates = ("People/Templates",)
    desk.put("People/Templates/Person.md", "---\nname:\n---\n", MET)
    assert desk.run().edits == ()
    assert not writable(".trash/Ada.md", ())
    assert not writable("People/.old/Ada.md", ())
    assert not writable("people/templates/Ada.md", ("People/Templates/",))
    assert writable("People/Templates.md", ("People/Templates",))


def test_a_renamed_field_moves(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    desk.config = Config(fields={"depth": "tie_depth", "warmth": False})
    desk.sync()
    assert "\ndepth:" not in desk.text(ADA)
    assert "tie_depth: 0.58\n" in desk.text(ADA)
    assert "warmth" not in desk.text(ADA)
    assert desk.run().edits == ()


def test_a_rename_leaves_the_users_field_of_the_old_name(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    edited(desk, "depth: 0.58", "depth: 0.9")
    desk.config = Config(fields={"depth": "tie_depth"})
    desk.sync()
    assert "\ndepth: 0.9\n" in desk.text(ADA)
    assert desk.run().edits == ()
    assert not desk.problems()


def test_a_field_stays_while_its_scorer_fails(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    desk.today += dt.timedelta(400)
    desk.failed = ("warmth",)
    desk.sync()
    assert "warmth: warm\n" in desk.text(ADA)
    assert "depth: 0.54\n" in desk.text(ADA)
    desk.failed = ()
    desk.sync()
    assert "warmth: cooling\n" in desk.text(ADA)


def test_depth_waits_for_all_its_parts(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.put("People/Bob.md", "Bob\n", MET)
    desk.sync()
    before = desk.text(ADA)
    desk.today += dt.timedelta(400)
    desk.failed = ("know", "warmth", "follow_up")
    assert desk.run().edits == ()
    assert desk.text(ADA) == before


def test_a_field_that_nobody_scores_any_more_goes(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    desk.absent = ("warmth",)
    desk.sync()
    assert "warmth" not in desk.text(ADA)


def test_a_field_whose_plugin_was_not_loaded_stays(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.config = Config(fields={"warmth": "heat"})
    desk.sync()
    before = desk.text(ADA)
    desk.absent, desk.complete, desk.config = ("warmth",), False, Config()
    assert desk.run().edits == ()
    assert desk.text(ADA) == before


def test_a_note_that_is_no_longer_a_persons_is_left_and_reported(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    (desk.root / ADA).rename(desk.root / "Ada.md")
    assert desk.run().edits == ()
    assert [path for path, *_ in desk.problems()] == ["Ada.md"]


def test_a_copy_under_another_name_is_kept_current(desk):
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    desk.put("People/Ada 2.md", desk.text(ADA), [50])
    assert new(desk, "People/Ada 2.md")["last_contact"] == "2026-01-19"


@pytest.mark.parametrize("name", ["type", "tags", "aliases", "name", "closeness", "attendees", "date", "minutes"])
def test_no_field_goes_where_the_users_word_is_read(desk, name):
    desk.put(ADA, "Ada\n", MET)
    desk.config = Config(fields={"depth": name})
    assert name not in new(desk)
    assert any(f"`{name}` is the user's own property" in p.message for p in desk.run().problems)


def test_two_fields_never_share_a_property(desk):
    desk.put(ADA, "Ada\n", MET)
    desk.config = Config(fields={"know": "depth"})
    assert new(desk)["depth"] == 0.58
    assert any("another field goes to `depth`" in p.message for p in desk.run().problems)


def test_accept_gives_a_field_back(desk):
    desk.put(ADA, "---\ndepth: 30\n---\n", MET)
    desk.sync()
    vault, outcome = desk.read(), desk.run()
    edits, problems = accept(vault, outcome.scores, desk.config, {ADA})
    assert not problems
    apply(edits, desk.context(command="accept"))
    assert "depth: 30\n" in desk.text(ADA)
    desk.sync()
    assert "depth: 0.58\n" in desk.text(ADA)
    assert not desk.problems()
    assert desk.run().edits == ()


def test_accept_says_what_it_cannot_take(desk):
    desk.put(ADA, "---\ndepth: [30]\n---\n", MET)
    desk.put("People/Bob.md", "---\ndepth: 30\nnetnotes: ignore\n---\n", MET)
    edits, problems = accept(desk.read(), desk.run().scores, desk.config, {ADA, "People/Bob.md"})
    assert edits == ()
    assert [(p.path, p.line) for p in problems] == [(ADA, 2), ("People/Bob.md", 3)]


def test_merged_halves_of_two_machines_are_reported_not_guessed(desk):
    """A value from one side and a seal from the other: whose it is cannot be told, so it is the user's."""
    desk.put(ADA, "---\nname: Ada\n---\n", MET)
    desk.sync()
    old_seal = desk.text(ADA).split("netnotes: ")[1].split("\n")[0]
    desk.today += dt.timedelta(40)
    desk.sync()
    new_seal = desk.text(ADA).split("netnotes: ")[1].split("\n")[0]
    edited(desk, new_seal, old_seal)
    assert [message for *_, message in desk.problems()] == ["`warmth` was changed by hand; NetNotes leaves it alone"]


@given(st.floats(-1e6, 1e6))
def test_the_grid_rounds_down(value):
    written = on_grid(value)
    assert -1e-6 <= value - written < 0.02 + 1e-6
    assert on_grid(written) == written
    assert len(str(float(written)).split(".")[1]) <= 2


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_grid_keeps_order(one, other):
    low, high = sorted((one, other))
    assert on_grid(low) <= on_grid(high)
