"""`done`, `later` and `promise`: tick, put off, note what is owed; each can be undone."""

import datetime as dt
import json
import re
import shlex
from pathlib import Path

import pytest

from netnotes.api import Person, snoozed_until
from netnotes.capture.notes.tasks import ticked

DAY = "2026-03-11"
PERSON = "---\ntype: person\ncadence: weekly  # or so\n---\n"
VAULT = {
    "People/Marta Quill.md": PERSON,
    "People/Ben Osei.md": PERSON,
    "2026-02-20.md": "- coffee with [[Marta Quill]] 60m\n- coffee with [[Ben Osei]] 60m\n"
    "- [ ] send [[Ben Osei]] the map 📅 2026-03-01\n",
    "2026-02-01.md": "- coffee with [[Marta Quill]] 60m\n",
    "2026-01-20.md": "- coffee with [[Marta Quill]] 60m\n",
}


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def dues(netnotes, root, command):
    return netnotes(command, root, "--as-of", DAY).out


def follow_up(netnotes, root, name, day=DAY):
    people = json.loads(netnotes("people", root, "--as-of", day, "--json").out)
    return next(one["follow_up"] for one in people if name in one["name"])


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("- [ ] send it\n", "- [x] send it\n"),
        ("  * [/] send it 📅 2026-03-01\r\n", "  * [x] send it 📅 2026-03-01 ✅ 2026-03-11\r\n"),
        ("- [ ] send it [due:: 2026-03-01] ^a1", "- [x] send it [due:: 2026-03-01] [completion:: 2026-03-11] ^a1"),
        ("- TODO send it\n", "- DONE send it\n"),
        ("> 1. [ ] send it\n", "> 1. [x] send it\n"),
        ("send it\n", None),
    ],
)
def test_a_task_is_ticked_in_the_syntax_of_its_app(line, after):
    assert ticked(line, dt.date(2026, 3, 11)) == after


def test_a_promise_of_the_last_list_is_ticked_where_it_is_written(netnotes, vault):
    owed = "- coffee with [[Marta Quill]] 60m\n- [ ] send [[Ben Osei]] the map 📅 2026-03-11\n"
    root = vault({**VAULT, "2026-02-20.md": owed})
    listed = re.search(r"^\s*(\d+)\W.*Ben Osei", dues(netnotes, root, "today"), re.MULTILINE)
    assert listed
    before = read(root, "2026-02-20.md")
    assert netnotes("done", listed[1], root, "--as-of", DAY).code == 0
    after = "- [x] send [[Ben Osei]] the map 📅 2026-03-11 ✅ 2026-03-11\n"
    assert read(root, "2026-02-20.md") == before.replace(before.splitlines(keepends=True)[1], after)
    assert netnotes("undo", root).code == 0
    assert read(root, "2026-02-20.md") == before


def test_done_without_a_promise_logs_a_contact(netnotes, vault):
    root = vault(VAULT)
    ran = netnotes("done", "Marta", root, "--as-of", DAY)
    assert ran.code == 0
    assert ran.out.startswith("logged 11 Mar")
    assert read(root, f"{DAY}.md") == "- [[Marta Quill]]\n"


def test_several_promises_to_one_person_are_not_guessed(netnotes, vault):
    root = vault({**VAULT, "2026-02-21.md": "- [ ] lend [[Ben Osei]] the drill\n"})
    ran = netnotes("done", "Ben", root, "--as-of", DAY)
    assert ran.code == 1
    assert "send Ben Osei the map" in ran.err
    assert "lend Ben Osei the drill" in ran.err


def test_later_puts_off_until_the_day_and_a_contact_ends_it(netnotes, vault):
    root = vault(VAULT)
    assert "Marta" in dues(netnotes, root, "due")
    assert "Marta" in dues(netnotes, root, "today")
    assert netnotes("later", "Marta", "2w", root, "--as-of", DAY).code == 0
    assert read(root, "People/Marta Quill.md") == PERSON.replace("---\n", "---\n", 1).replace(
        "or so\n", "or so\nlater: 2026-03-25\nlater_since: 2026-03-11 until 2026-03-25\n"
    )
    assert "Marta" not in dues(netnotes, root, "today")
    row = next(
        one for one in json.loads(netnotes("people", root, "--as-of", DAY, "--json").out) if "Marta" in one["name"]
    )
    assert row["follow_up"] == "2026-03-25"
    assert "Marta" in netnotes("today", root, "--as-of", "2026-03-25").out
    netnotes("met", "Marta", root, "--as-of", DAY)
    people = json.loads(netnotes("people", root, "--as-of", DAY, "--json").out)
    assert next(one for one in people if "Marta" in one["name"])["follow_up"] == "2026-03-18"


def test_a_contact_ends_it_for_good(netnotes, vault):
    root = vault(VAULT)
    netnotes("later", "Marta", "8w", root, "--as-of", DAY)
    netnotes("log", "coffee with Marta Quill", root, "--as-of", "2026-03-16")
    assert follow_up(netnotes, root, "Marta", "2026-03-20") == "2026-03-23"
    assert follow_up(netnotes, root, "Marta", "2026-04-20") == "2026-03-23", "a contact has ended it"
    place = root / "People/Marta Quill.md"
    place.write_text(place.read_text("utf-8").replace("later: 2026-05-06", "later: 2026-05-30"), "utf-8")
    assert follow_up(netnotes, root, "Marta", "2026-04-20") == "2026-05-30", "a day that the user has chosen since"


@pytest.mark.parametrize(
    ("since", "last", "holds"),
    [
        ("2026-03-01", "2026-03-01", True),
        ("2026-03-01", "2026-03-02", False),
        ("[[2026-03-01]]", "2026-03-02", False),
        ("2026-03-01 until 2026-03-20", "2026-03-02", False),
        ("2026-03-01 until 2026-03-19", "2026-03-02", True),
        ("2026-02-30", "2026-03-02", True),
        ("some time", "2026-03-02", True),
        (7, "2026-03-02", True),
    ],
)
def test_since_when_somebody_is_put_off(since, last, holds):
    person = Person("a", "A", properties={"later": "2026-03-20", "later_since": since})
    until = snoozed_until(person, dt.date(2026, 3, 11), dt.date.fromisoformat(last))
    assert until == (dt.date(2026, 3, 20) if holds else None)


def test_in_a_logseq_graph_it_is_a_page_property(netnotes, vault):
    files = {"logseq/config.edn": "{}", "pages/Marta.md": "type:: person\n\n- a friend\n"}
    root = vault({**files, "journals/2026_01_02.md": "- coffee with [[Marta]] 1h\n"})
    assert netnotes("later", "Marta", "2w", root, "--as-of", DAY).code == 0
    assert read(root, "pages/Marta.md").startswith("type:: person\nlater:: 2026-03-25\n")
    assert follow_up(netnotes, root, "Marta") == "2026-03-25"


@pytest.mark.parametrize("until", ["2w", "14 days", "2026-03-25", "in two weeks", "25 March"])
def test_a_day_to_put_off_to(netnotes, vault, until):
    root = vault(VAULT)
    output = json.loads(netnotes("later", "Marta", until, root, "--as-of", DAY, "--json").out)
    assert output["later"] == "2026-03-25"


@pytest.mark.parametrize("until", ["yesterday", "soon", "0d", "2026-03-11", "2026-02-30"])
def test_a_day_that_is_none_or_not_to_come_is_refused(netnotes, vault, until):
    root = vault(VAULT)
    assert netnotes("later", "Marta", until, root, "--as-of", DAY).code == 1
    assert read(root, "People/Marta Quill.md") == PERSON


def test_a_person_snoozed_by_hand_is_snoozed():
    today = dt.date(2026, 3, 11)
    assert snoozed_until(Person("a", "A", properties={"Later": "2026-03-12"}), today) == dt.date(2026, 3, 12)
    assert snoozed_until(Person("a", "A", properties={"later": "2026-03-11"}), today) is None
    assert snoozed_until(Person("a", "A", properties={"later": "2026-02-30"}), today) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("send Ben the figures by Friday", "- [ ] send [[Ben Osei]] the figures 📅 2026-03-13\n"),
        ("Ben will return the drill by 20 March", "- [ ] [[Ben Osei]]: return the drill 📅 2026-03-20\n"),
        ("lend Marta the tent", "- [ ] lend [[Marta Quill]] the tent\n"),
        ("call Ben about the money he owes me", "- [ ] @me call [[Ben Osei]] about the money he owes me\n"),
        ("return Ben's drill", "- [ ] return [[Ben Osei]]'s drill\n"),
        ("[ ] call Ben 📅 2026-03-20", "- [ ] call [[Ben Osei]] 📅 2026-03-20\n"),
        ("wait for Ben to send the map by Friday", "- [ ] [[Ben Osei]]: send the map 📅 2026-03-13\n"),
        ("warte auf Ben: Angebot", "- [ ] [[Ben Osei]]: Angebot\n"),
        ("wait for the bus with Ben", "- [ ] wait for the bus with [[Ben Osei]]\n"),
        ("Ben owes me a lunch", "- [ ] [[Ben Osei]]: a lunch\n"),
        ("Ben: send me the map by Friday", "- [ ] [[Ben Osei]]: send me the map 📅 2026-03-13\n"),
        ("Ben: schickt mir den Plan", "- [ ] [[Ben Osei]]: schickt mir den Plan\n"),
        ("Marta die Fotos bis Sonntag schicken", "- [ ] [[Marta Quill]] die Fotos schicken 📅 2026-03-15\n"),
    ],
)
def test_a_promise_is_a_task_that_is_read_back(netnotes, vault, text, line):
    root = vault(VAULT)
    ran = netnotes("promise", text, root, "--as-of", DAY)
    assert ran.code == 0, ran.err
    assert read(root, f"{DAY}.md") == line
    assert netnotes("undo", root).code == 0
    assert not (root / f"{DAY}.md").exists()


@pytest.mark.parametrize(
    ("notes", "task"),
    [
        ({"2026-03-01.md": "- coffee with Orla\n", "2026-03-05.md": "- lunch with Orla\n"}, "call [[Orla]]"),
        ({"2026-03-01.md": "- coffee with [[Orla Finch]]\n- [[Orla Finch]] called\n"}, "call [[Orla Finch]]"),
        (
            {"2026-03-01.md": "- coffee with @Orla\n", "People/Orla.md": "---\ntype: person\n---\n"},
            "call @Orla",
        ),
    ],
)
def test_a_promise_to_anyone_who_counts_is_written_and_listed(netnotes, vault, notes, task):
    root = vault(notes)
    ran = netnotes("promise", "call Orla", root, "--as-of", DAY)
    assert ran.code == 0, ran.err
    assert read(root, f"{DAY}.md") == f"- [ ] {task}\n"
    owed = json.loads(netnotes("chase", root, "--as-of", DAY, "--json").out)
    assert [row["who"][:4] for row in owed] == ["Orla"]


def test_a_promise_to_nobody_is_refused(netnotes, vault):
    assert netnotes("promise", "water the plants", vault(VAULT), "--as-of", DAY).code == 1


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("promise", "send Ben the figures by 31 June"),
        ("promise", "send Ben the figures by 2026-02-30"),
        ("log", "coffee with Ben, I owe him the figures by 31 June"),
        ("log", "coffee with Ben, I owe him the figures by 2026-02-30"),
    ],
)
def test_a_deadline_that_is_no_day_is_refused(netnotes, vault, command, text):
    root = vault(VAULT)
    ran = netnotes(command, text, root, "--as-of", DAY)
    assert ran.code == 1
    assert "there is no such day" in ran.err
    assert not (root / f"{DAY}.md").exists()


def test_a_line_about_several_promises_is_no_person(netnotes, vault):
    root = vault({**VAULT, "2026-01-10.md": "- [ ] lend [[Ben Osei]] a book\n- [ ] lend [[Marta Quill]] a chair\n"})
    lines = netnotes("today", root, "--as-of", DAY).out.splitlines()
    number = next(line[0] for line in lines if "old promises" in line)
    ran = netnotes("done", number, root, "--as-of", DAY)
    assert (ran.code, f"line {number} is not about one person" in ran.err) == (1, True)


def test_a_line_about_several_promises_to_one_person_ticks_none(netnotes, vault):
    more = "".join(f"- [ ] lend [[Ben Osei]] book {number}\n" for number in range(3))
    root = vault({**VAULT, "2026-01-10.md": more})
    lines = netnotes("today", root, "--as-of", DAY).out.splitlines()
    number = next(line[0] for line in lines if "old promises" in line)
    ran = netnotes("done", number, root, "--as-of", DAY)
    assert (ran.code, "netnotes chase" in ran.err) == (1, True)
    assert read(root, "2026-01-10.md") == more


@pytest.mark.parametrize("text", ["send Ben the map by Friday", "coffee with Marta tomorrow at O'Neill's"])
def test_what_is_no_contact_yet_can_be_pasted_as_a_promise(netnotes, vault, text):
    ran = netnotes("log", text, vault(VAULT), "--as-of", DAY)
    command = next(line for line in ran.err.splitlines() if "netnotes promise" in line)
    assert text in " ".join(shlex.split(command))


@pytest.mark.parametrize(
    ("until", "day"),
    [
        *(
            (words, "2026-03-25")
            for words in ("2w", "two weeks", "2 Wochen", "2 semaines", "2週間", "两个星期后", "2 недели")
        ),
        *((words, "2026-03-16") for words in ("next week", "nächste Woche", "la semaine prochaine", "来週", "下周")),
        *((words, "2026-04-01") for words in ("next month", "nächsten Monat", "le mois prochain", "来月", "下个月")),
        ("next year", "2027-01-01"),
        ("in 3 days", "2026-03-14"),
        ("三天后", "2026-03-14"),
    ],
)
def test_somebody_is_put_off_until_a_day_in_words(netnotes, vault, until, day):
    root = vault(VAULT)
    for words in ([until], until.split()):
        ran = netnotes("later", "Ben", *words, root, "--as-of", DAY, "--dry-run", "--json")
        assert json.loads(ran.out)["later"] == day


@pytest.mark.parametrize("until", ["soon", "next", "yesterday", "3/4", "2 beers"])
def test_somebody_is_not_put_off_until_no_day(netnotes, vault, until):
    ran = netnotes("later", "Ben", *until.split(), vault(VAULT), "--as-of", DAY)
    assert (ran.code, until in ran.err, "future date" in ran.err) == (1, True, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("send [[Ben Osei]] the map tomorrow", "- [ ] send [[Ben Osei]] the map 📅 2026-03-12"),
        ("send [[People/Ben Osei|Benny]] the map", "- [ ] send [[Ben Osei]] the map"),
        ("give Benedict and Ben the map", "- [ ] give Benedict and [[Ben Osei]] the map"),
        ("[[Ben Osei]] will call me", "- [ ] [[Ben Osei]]: call me"),
        ("send Marta [[Ben Osei]]'s map", "- [ ] send [[Marta Quill]] [[Ben Osei]]'s map"),
    ],
)
def test_names_and_links_in_a_promise_become_links_at_their_place(netnotes, vault, text, line):
    root = vault(VAULT)
    shown = netnotes("promise", text, root, "--as-of", DAY, "--dry-run")
    assert shown.out.startswith("would write: ")
    assert shown.out.splitlines()[-1] == f"  {line}"
    assert not (root / f"{DAY}.md").exists()
    assert netnotes("promise", text, root, "--as-of", DAY).code == 0
    assert read(root, f"{DAY}.md") == f"{line}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [("Ben", "write what and to whom"), ("[[Ben Osei]]", "write what and to whom"), ("send the map", "names no one")],
)
def test_a_promise_says_what_and_to_whom(netnotes, vault, text, said):
    root = vault(VAULT)
    ran = netnotes("promise", text, root, "--as-of", DAY)
    assert (ran.code, said in ran.err) == (1, True)
    assert not (root / f"{DAY}.md").exists()


@pytest.mark.parametrize(
    "task",
    [
        "- [ ] send [[Ben Osei]] the map ^a1-b2",
        "- TODO send [[Ben Osei]] the map\n  :LOGBOOK:\n  CLOCK: [2026-03-10 Tue 10:00:00]\n  :END:",
        "- [ ] send [[Ben Osei]] the map #later 📅 2026-03-20 ^x",
    ],
)
def test_the_words_of_a_promise_are_without_block_ids_and_drawers(netnotes, vault, task):
    root = vault({**VAULT, "2026-02-20.md": f"{task}\n"})
    listed = json.loads(netnotes("chase", root, "--as-of", DAY, "--json").out)
    assert [one["what"] for one in listed] == ["send Ben Osei the map"]


CONFLICT = "<<<<<<< HEAD\n- one\n=======\n- two\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (CONFLICT, "conflict markers"),
        ("---\nnetnotes: read-only\n---\n", "read-only"),
        ("---\nx: [\n---\n", "front matter"),
    ],
)
def test_nothing_is_written_into_a_note_that_is_broken_or_says_so(netnotes, vault, rest, said):
    task = "- [ ] send [[Ben Osei]] the map 📅 2026-03-01\n"
    day = f"{task}{rest}" if rest == CONFLICT else f"{rest}{task}"
    person = f"{PERSON}{rest}" if rest == CONFLICT else rest.replace("---\n", "---\ntype: person\n", 1)
    root = vault({"People/Ben Osei.md": PERSON, "People/Marta Quill.md": person, "2026-02-20.md": day})
    netnotes("due", root, "--as-of", DAY)
    marta = "People/Marta Quill"
    for command in (["done", "Ben", root], ["later", marta, "2w", root], ["log", "coffee", root, "--on", marta]):
        ran = netnotes(*command, "--as-of", DAY)
        assert (ran.code, said in ran.err) == (1, True), ran
    assert read(root, "2026-02-20.md") == day
    assert read(root, "People/Marta Quill.md") == person


def test_a_given_name_in_japanese_is_enough(netnotes, vault):
    root = vault({"People/佐藤花子.md": "---\ntype: person\n---\n", "2026-03-10.md": "- 佐藤花子とランチ\n"})
    ran = netnotes("later", "花子", "2w", root, "--as-of", "2026-03-11")
    assert (ran.code, "put off 佐藤花子 until" in ran.out) == (0, True)
    assert netnotes("met", "花子", root, "--as-of", "2026-03-11").code == 0


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("promised Bo to send him the bill", "- [ ] send [[Bo Hale]] the bill"),
        ("promised Bo I'd send him the bill", "- [ ] send [[Bo Hale]] the bill"),
        ("told Bo I'd send him the bill", "- [ ] send [[Bo Hale]] the bill"),
        ("promised Bo to send the bill by Friday", "- [ ] send the bill ([[Bo Hale]]) 📅 2026-03-13"),
        ("promised him to send the bill", "- [ ] send the bill ([[Ada Pell]])"),
    ],
)
def test_a_promise_is_to_whom_it_was_made(netnotes, vault, text, task):
    root = vault({"People/Ada Pell.md": "---\ntype: person\n---\n", "People/Bo Hale.md": "---\ntype: person\n---\n"})
    ran = netnotes("log", f"coffee with Ada, {text}", root, "--as-of", "2026-03-11")
    assert ran.code == 0, ran.err
    lines = (root / "2026-03-11.md").read_text(encoding="utf-8").splitlines()
    assert lines == ["- coffee with [[Ada Pell]]", task]
