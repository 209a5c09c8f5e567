"""One change of a small vault after another: a run with a memory of the last one equals a run from nothing."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise, permutations
from unittest.mock import patch

import pytest

from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Vault
from netnotes.pipeline import examine, run
from netnotes.plugin_host.loader import bundled
from netnotes.text import parse
from tests.test_incremental import CARDS, everything

BEGIN = {
    "People/Ada.md": "---\naliases: [Countess]\n---\n",
    "People/Bo.md": "---\ncloseness: 3\n---\n",
    "Notes/Cy.md": "Cy likes tea.\n",
    "Daily/2026-03-01.md": "- Lunch with [[Ada]] (45 min)\n- [[Dé.png]], 2 h\n",
    "People/Dé.png.md": "",
    "Meetings/2026-02-01 Call.md": "---\nattendees: [Countess, Bo, Cy, '[[Notes/Cy]]']\nminutes: 30\n---\n",
    "Meetings/2026-02-02 Walk.md": "---\nattendees: ada\nlocation: Lisbon\n---\n",
}
CHANGES = {
    "a field of ours": ("People/Ada.md", "---\naliases: [Countess]\ndepth: 0.02\nnetnotes: depth-6f0d\n---\n"),
    "another word about a person": ("People/Ada.md", "---\naliases: [Countess]\ncity: Porto\n---\n"),
    "another alias": ("People/Ada.md", "---\naliases: [Duchess]\n---\n"),
    "somebody else's alias": ("People/Bo.md", "---\naliases: [Countess]\n---\n"),
    "a doubt": ("People/Bo.md", "---\ncloseness: 9\n---\n"),
    "another day": ("Daily/2026-03-01.md", "- Called [[Bo]], 20 min\n"),
    "a person more": ("Notes/Cy.md", "---\ntype: person\n---\n"),
    "a company": ("Notes/Cy.md", "---\ntype: company\n---\n"),
    "me": ("Notes/Cy.md", "---\nme: true\n---\n"),
    "another me": ("People/Bo.md", "---\nme: true\n---\n"),
    "a scene": ("Notes/Cy.md", "---\nscene: lisbon\n---\n"),
    "a file": ("Dé.png", None),
}
NEIGHBOURS = {
    "People/Ada/Ada.md": "",
    "People/Ada/Gifts.md": "A lamp.\n",
    "People/Bo Berg.md": "",
    "Friends/people.cy.md": "---\ntype: person\n---\n",
    "Daily/2026-03-01.md": "- Lunch with Bo Berg and [[Ada]] (45 min)\n- met [[Gifts]] and [[people.cy.tea]]\n",
    "Meetings/2026-02-01 Call.md": "---\nattendees: [Ada, Bo Berg, Gifts, Bo Berg 2, people.cy.tea, Eve]\n---\n",
}
COMINGS = {
    "something else about a person": ("People/Bo Berg.md", "---\ncity: Porto\n---\n"),
    "a template": ("People/Bo Berg.md", "---\ncity: '{{city}}'\n---\n"),
    "a copy": ("People/Bo Berg 2.md", "Likes tea.\n"),
    "another original": ("People/Ada/Gifts 3.md", "---\ntype: person\n---\n"),
    "a note beside a person's": ("People/Ada/Letters.md", "To [[Bo Berg]].\n"),
    "a folder's person": ("People/Gifts/Gifts.md", "---\ntype: person\n---\n"),
    "beside it": ("People/Gifts/Box.md", "Paper.\n"),
    "a note below a person's": ("Friends/people.cy.tea.md", "Green.\n"),
    "no person any more": ("Friends/people.cy.md", "---\ntype: company\n---\n"),
    "a meeting": ("Meetings/2026-02-02 Walk.md", "---\nattendees: [Bo Berg, '[[Letters]]', Eve]\nscene: sea\n---\n"),
    "a note of one's own": ("Notes/Eve.md", "Me.\n"),
    "gone": ("People/Ada/Gifts.md", ...),
}
UNMARKED = {
    "Notes/Priya Marsh.md": "Likes the sea.\n",
    "Daily/2026-03-01.md": "- lunch with Priya (20 min)\n- tea with Tilda Nair\n",
}
BEARERS = {
    "another of the first name": ("Trips/Priya Lind.md", "Sails.\n"),
    "a marked one of the last name": ("Trips/Bo Marsh.md", "---\ntype: person\n---\n"),
    "a book": ("Notes/Priya Marsh.md", "---\ntype: book\n---\n"),
    "a person": ("Notes/Priya Marsh.md", "---\ntype: person\n---\n"),
    "one who is named": ("Notes/Tilda Nair.md", "Sings.\n"),
    "another line": ("Daily/2026-03-02.md", "- rang Marsh\n"),
    "gone": ("Notes/Priya Marsh.md", ...),
}


def vault(notes):
    parsed = [parse.note(path, text.encode()) for path, text in sorted(notes.items()) if isinstance(text, str)]
    files = tuple(sorted(path for path, text in notes.items() if text is None))
    return Vault("vault", tuple(parsed), files)


def known(before, now):
    """Return the vault `now` with the very notes of `before` that did not change, as the note store would."""
    same = {note.path: note for note in before.notes}
    notes = (same[note.path] if same.get(note.path) == note else note for note in now.notes)
    return replace(now, notes=tuple(notes))


@pytest.mark.parametrize(("first", "second"), [*pairwise([*CHANGES, next(iter(CHANGES))])])
def test_one_change_after_another(first, second):
    check_one_after_another(BEGIN, [CHANGES[first], CHANGES[second]], Config())


@pytest.mark.full
@pytest.mark.parametrize(("first", "second"), [*permutations(CHANGES, 2)])
def test_two_changes_in_any_order(first, second):
    check_one_after_another(BEGIN, [CHANGES[first], CHANGES[second]], Config())


@pytest.mark.parametrize("me", [None, "Eve"])
@pytest.mark.parametrize("first", COMINGS)
def test_notes_that_come_and_go(first, me):
    """One by itself, then others too, then none."""
    check_one_after_another(NEIGHBOURS, [COMINGS[first], *COMINGS.values()][:4], Config(me=me))


@pytest.mark.full
@pytest.mark.parametrize("me", [None, "Eve"])
@pytest.mark.parametrize(("first", "second"), [*permutations(COMINGS, 2)])
def test_notes_that_come_and_go_in_any_order(first, second, me):
    check_one_after_another(NEIGHBOURS, [COMINGS[first], COMINGS[second]], Config(me=me))


@pytest.mark.parametrize(("first", "second"), [*permutations(BEARERS, 2)])
def test_pages_that_nothing_marks_come_and_go(first, second):
    check_one_after_another(UNMARKED, [BEARERS[first], BEARERS[second]], Config())


def test_a_person_called_by_another_of_their_names_is_found_by_their_last_name():
    """The names are the same, and yet only one of them ends with it."""
    begin = {
        "Friends/Dee.md": "---\ntype: person\nname: Dee\naliases: [Dee Ng]\n---\n",
        "2026-03-01 Lunch Eva Ng.md": "- tea with Mrs Ng\n",
    }
    changes = [("Friends/Dee.md", "---\ntype: person\nname: Dee Ng\naliases: [Dee]\n---\n")]
    check_one_after_another(begin, changes, Config())


def test_check_looks_again_at_lines_with_somebody_who_counts_since_another_note_changed():
    begin = {"2026-03-01.md": "- met [[Halloran]]\n", "Tea.md": "- tea with [[Halloran]]\n"}
    changes = [("2026-03-02.md", "- lunch with [[Halloran]]\n"), ("2026-03-01.md", "- lunch\n")]
    check_one_after_another(begin, changes, Config())


def test_check_looks_again_at_a_property_whose_names_are_known_since_another_note_changed():
    """Nothing else looks up the names in a property that is not read."""
    begin = {"People/Bo.md": "", "2026-03-01 Trip.md": "---\ncrew: [Ada Reed, Cy]\n---\n"}
    changes = [("People/Ada Reed.md", "")]
    check_one_after_another(begin, changes, Config())


def test_of_two_spellings_of_a_name_the_same_stands_for_a_first_name_in_whatever_order_notes_came():
    begin = {
        "Meetings/2026-03-01 Call.md": "---\nattendees: [Bo, Ada REED, Cy]\n---\n",
        "Meetings/2026-03-02 Call.md": "---\nattendees: [Bo, Ada Reed, Cy]\n---\n",
        "2026-03-02.md": "- lunch with Ada\n",
    }
    check_one_after_another(begin, [("Meetings/2026-03-01 Call.md", "")], Config())


def test_nobody_counts_because_of_a_list_in_a_note_that_is_gone():
    begin = {
        "Meetings/2026-03-01 Call.md": "---\nattendees: [Bo, Halloran]\n---\n",
        "2026-03-02.md": "- met [[Halloran]]\n",
    }
    check_one_after_another(begin, [("Meetings/2026-03-01 Call.md", ...)], Config())


def test_the_fields_of_an_encounter_are_in_the_order_of_the_notes_that_give_them():
    begin = {"People/Eve/Eve Stone.md": "- [x] call [[Notes/Dee Falk]] ✅ 2026-03-01\ndate:: 03/04/2026\n"}
    changes = [("People/Eve/Notes.md", "- [x] call Dee Falk ✅ 2026-03-01\n")]
    check_one_after_another(begin, changes, Config())


def test_the_first_meeting_of_a_vault_is_seen_by_a_line_that_links_its_note():
    """Those in it are left out of the line, which depended on no link while there was no meeting."""
    begin = {
        "Notes/Dee Falk.md": "",
        "Mum.md": "- 12 March called [[2026-03-01 Call]], 20 min\nAttendees: Dee Falk, [[Tom Lind]]\n",
    }
    changes = [("Meetings/2026-03-01 Call.md", "attendees: Dee, Dee, me\n")]
    check_one_after_another(begin, changes, Config())


STEPS = ("vault_spelling", "find_people", "encounters.read", "promises.read", "update_ties", "score", "plan")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("change", CHANGES)
def test_what_an_interrupted_run_remembers_is_not_used(change, step):
    begin = {**BEGIN, "Notes/Cy.md": "---\nscene: Porto\n---\n"}
    memory, terms = Memory(), (Config(), bundled(Config()), dt.date(2026, 3, 2))
    before = vault(begin)
    run(before, *terms, memory)
    now = known(before, vault({**begin, **dict([CHANGES[change]])}))
    with patch(f"netnotes.pipeline.{step}", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        run(now, *terms, memory)
    assert everything(run(now, *terms, memory)) == everything(run(now, *terms, Memory()))


def test_check_reads_a_note_again_that_is_no_meeting_any_more():
    """Its lines depended on nothing while it was a meeting: the people are those of the meeting."""
    memory, terms = Memory(), (Config(), bundled(Config()), dt.date(2026, 3, 7))
    begin = {"Trips/2026-03-01 Call.md": "## 2026-03-06\n- coffee with Cy Ng\n", "People/Cy Ng.md": ""}
    before = vault(begin)
    for notes in (begin, {path: text for path, text in begin.items() if path != "People/Cy Ng.md"}):
        now = known(before, vault(notes))
        run(now, *terms, memory)
        fresh = Memory()
        run(now, *terms, fresh)
        assert repr(examine(now, Config(), memory)) == repr(examine(now, Config(), fresh))
        before = now


@pytest.mark.parametrize("name", ["Zoë", "Made", "Jo Smith"])
def test_check_looks_again_at_a_line_that_names_somebody_on_a_card(name):
    """A single word is known by the address on its card, which no line looks up."""
    begin = {"2026-03-02.md": f"- {name} said hi\n- 2026-03-02 [[{name}]]\n"}
    check_one_after_another(begin, [(f"Cards/Card of {name}.md", "")], Config(), (*bundled(Config()), CARDS))


def test_check_looks_again_once_somebody_on_a_card_was_met_on_a_second_day():
    """Who counted already because of the card was met only now."""
    begin = {"Cards/Card of Quorin.md": "", "2026-02-05.md": "- [[Quorin]] phoned\n"}
    changes = [("2026-02-06.md", "- [[Quorin]] phoned\n")]
    check_one_after_another(begin, changes, Config(), (*bundled(Config()), CARDS))


def check_one_after_another(begin, changes, config, plugins=None):
    memory, plugins, today = Memory(), plugins or bundled(config), dt.date(2026, 3, 2)
    before = vault(begin)
    run(before, config, plugins, today, memory)
    for at in (*range(1, len(changes) + 1), 0):
        notes = {**begin, **dict(changes[:at])}
        now = known(before, vault(notes))
        nothing = Memory()
        fresh = run(now, config, plugins, today, nothing)
        assert everything(run(now, config, plugins, today, memory)) == everything(fresh)
        assert repr(examine(now, config, memory)) == repr(examine(now, config, nothing))
        before = now
