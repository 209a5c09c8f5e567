"""Sentences for `netnotes log`: what is understood, in every language, and what is asked or refused."""

import datetime as dt
import json
from pathlib import Path

import pytest

from netnotes.capture.names.book import NameBook, name_book
from netnotes.capture.sentence import understand, understand_promise
from netnotes.capture.understood import Understood
from netnotes.model import Person
from tests.shared import shared

HERE = Path(__file__).parent
CASES = (
    *("sentences.txt", "phrasings.txt", "not_yet.txt", "deadlines.txt", "typed.txt", "moods_and_places.txt"),
    *(
        "promised_at.txt",
        "replies.txt",
        "visits.txt",
        "together.txt",
        "channels_and_initiative.txt",
        "every_language.txt",
        "days_of_months.txt",
        "statements.txt",
        "short_contacts.txt",
        "hours_in_figures.txt",
        "wide_plans.txt",
        "hopes.txt",
    ),
)
TODAY = dt.date(2026, 3, 11)


def lines(name: str) -> list[str]:
    texts = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [text for text in texts if text.strip() and not text.startswith("#")]


def people(names: list[str]) -> NameBook:
    return name_book([Person(f"People/{name}.md", name, f"People/{name}.md") for name in names])


BOOK = people(lines("people.txt"))
BUSY = people(lines("busy_people.txt"))
FRESH = people(lines("fresh_people.txt"))


def fields(found: Understood) -> list[str]:
    return [
        ", ".join(person.name for person in found.people) or "-",
        found.date.isoformat() if found.date else "-",
        f"{found.minutes:g}" if found.minutes else "-",
        found.channel or "-",
        found.initiated_by or "-",
    ]


@pytest.mark.parametrize("line", [line for name in CASES for line in lines(name)])
def test_a_sentence_is_understood(line: str) -> None:
    assert_understood(line, BOOK)


@pytest.mark.parametrize("line", lines("busy.txt"))
def test_a_sentence_of_a_busy_person_is_understood(line: str) -> None:
    assert_understood(line, BUSY)


@pytest.mark.parametrize("line", lines("fresh.txt"))
def test_a_sentence_written_without_a_look_at_the_grammar_is_understood(line: str) -> None:
    assert_understood(line, FRESH)


def assert_understood(line: str, book: NameBook) -> None:
    text, *wanted = (part.strip() for part in line.split("|"))
    more = [part.strip() for part in wanted[5].split(",")] if len(wanted) > 5 else []
    found = understand(text, book, TODAY)
    assert found.logged is ("not logged" not in more), found.why
    if not found.logged:
        return
    got = fields(found)[: len(wanted[:5])]
    assert [each if wish != "?" else "?" for each, wish in zip(got, wanted[:5], strict=True)] == wanted[:5]
    assert (found.place or "-") == next((part[6:] for part in more if part.startswith("place=")), found.place or "-")
    assert [asked.field for asked in found.ask] == [part[4:] for part in more if part.startswith("ask=")]
    assert list(found.unknown) == [part[8:] for part in more if part.startswith("unknown=")]
    promise = found.promise and f"{found.promise.by} {found.promise.due}"
    assert promise == next((part[8:] for part in more if part.startswith("promise=")), None)
    assert str(found.plan) == next((part[5:] for part in more if part.startswith("plan=")), str(found.plan))


@pytest.mark.parametrize(
    ("text", "names", "minutes"),
    [
        ("coffee with Jo Lund 2, 45 min", ["Jo Lund 2"], 45),
        ("coffee with jo lund 12 45 min", ["Jo Lund 12"], 45),
        ("coffee with Jo Lund 45 min", ["Jo Lund"], 45),
        ("coffee with Jo Lund 2h", ["Jo Lund"], 120),
        ("lunch with Tom (bakery) and Zoe R2-D2, 1h", ["Tom (bakery)", "Zoë R2-D2"], 60),
    ],
)
def test_a_name_with_digits_or_brackets_is_written_whole(text: str, names: list[str], minutes: int) -> None:
    book = people(["Jo Lund", "Jo Lund 2", "Jo Lund 12", "Tom (bakery)", "Zoë R2-D2"])
    found = understand(text, book, TODAY)
    assert ([person.name for person in found.people], found.minutes, found.ask) == (names, minutes, ())


@pytest.mark.parametrize(
    "text",
    [
        "café avec Grace hier à son initiative",
        "coffee with Grace yesterday at her request",
        "koffie met Grace gisteren op haar initiatief",
        "fika med Grace igår på hennes initiativ",
    ],
)
def test_whose_idea_it_was_is_no_place(text: str) -> None:
    found = understand(text, BOOK, TODAY)
    assert (found.place, found.initiated_by) == (None, "them")


@pytest.mark.parametrize(
    "text",
    [
        "replied to Grace's email",
        "Grace asked me to look at her CV",
        "laughed at his jokes with Ben",
        "tried Ben again, no luck",
        "coffee with Ben, no sugar",
        "Jonas schrieb mir auf WhatsApp",
        "mit Jonas beim Mittagessen",
        "saw Ben on Zoom",
        "Jonas beim Umzug geholfen, 5 Stunden",
        "Ben dropped in unannounced",
        "first coffee with Ben in months",
        "erster Kaffee mit Jonas in Monaten",
        "coffee with Ben, not at Otto's",
        "coffee with Ben but not in Lisbon",
        "coffee with Ben instead of at Otto's",
        "coffee with Ben, no room at Otto's",
        "never went to Lisbon, called Ben",
        "Kaffee mit Jonas, nicht im Park",
        "war nicht im Park, Kaffee mit Jonas",
        "café avec Anouk, pas au Café des Arts",
        "pas allé au musée, café avec Anouk",
        "no fui al museo, café con Lucía",
        "non sono andato al museo, caffè con Chiara",
        "não fui ao museu, café com a Joana",
        "koffie met Sanne, niet in het park",
        "fika med Ebba, inte på ica",
        "kawa z Kasią, nie na rynku",
        "кофе с Олегом, не в парке",
    ],
)
def test_what_follows_a_preposition_may_be_no_place(text: str) -> None:
    assert understand(text, BOOK, TODAY).place is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("wasn't at Otto's, met Ben at the park", "the park"),
        ("lunch with Ben at Otto's, no dessert", "Otto's"),
        ("almoço com a Joana no Porto", "Porto"),
    ],
)
def test_where_one_was_instead_is_the_place(text: str, place: str) -> None:
    assert understand(text, BOOK, TODAY).place == place


@pytest.mark.parametrize("text", ["zoom mit joerg 45 min", "lunch with joerg bluem", "jorg blum called", "Jörg called"])
def test_a_name_with_umlauts_may_be_typed_without_them(text: str) -> None:
    assert [person.name for person in understand(text, people(["Jörg Blüm", "Ben Osei"]), TODAY).people] == [
        "Jörg Blüm"
    ]


def test_a_first_name_with_umlauts_that_is_an_alias_too_is_one_person() -> None:
    book = name_book([Person("Jörg Blüm.md", "Jörg Blüm", "Jörg Blüm.md", ("Jörg",))])
    assert [person.name for person in understand("lunch with joerg", book, TODAY).people] == ["Jörg Blüm"]


def test_a_name_typed_without_umlauts_is_rather_somebody_elses_own() -> None:
    found = understand("lunch with joerg", people(["Jörg Blüm", "Joerg Fink"]), TODAY)
    assert [person.name for person in found.people] == ["Joerg Fink"]


def test_an_ambiguous_name_is_asked_about_with_all_candidates() -> None:
    found = understand("lunch with Alex", BOOK, TODAY)
    assert [(asked.about, asked.choices) for asked in found.ask] == [("Alex", ("Alex Berg", "Alex Stone"))]


def test_a_name_that_is_spelled_almost_so_is_asked() -> None:
    assert understand("lunch with Martha Quill", BOOK, TODAY).ask[0].choices == ("Marta Quill",)


def test_a_word_in_katakana_is_no_name() -> None:
    found = understand("コーヒーとケーキ、30分", people(["Max Adler", "Celia Ramos"]), TODAY)
    assert not found.ask
    assert not found.people


def test_a_sentence_without_a_word_says_what_to_write() -> None:
    assert [understand(text, BOOK, TODAY).why for text in ("", "  ", "?!")] == ["write who and what"] * 3


def test_a_numeric_date_takes_the_order_of_the_vault_or_is_asked() -> None:
    text = "met Ben on 03/02/2026"
    assert understand(text, BOOK, TODAY, order="dmy").date == dt.date(2026, 2, 3)
    assert understand(text, BOOK, TODAY, order="mdy").date == dt.date(2026, 3, 2)
    asked = understand(text, BOOK, TODAY).ask
    assert [(one.field, one.choices) for one in asked] == [("date", ("2026-02-03", "2026-03-02"))]


def test_two_days_in_one_line_are_asked() -> None:
    found = understand("met Ben on Monday and Marta on Tuesday", BOOK, TODAY)
    assert [asked.field for asked in found.ask] == ["date"]


def right(sentence: dict, book: NameBook) -> bool:
    found = understand(sentence["text"], book, dt.date.fromisoformat(sentence["reference"]))
    wanted = sentence["expected"]
    if wanted is None:
        return not found.logged
    got = {
        "people": sorted(person.name for person in found.people),
        "date": found.date and found.date.isoformat(),
        "minutes": found.minutes,
        "channel": found.channel,
        "initiated_by": found.initiated_by,
        "place": found.place,
    }
    accept = sentence.get("accept", {})
    promise = sentence.get("promise")
    spoken = found.promise and {"by": found.promise.by, "due": found.promise.due and found.promise.due.isoformat()}
    return (
        found.logged
        and all(
            got[key] == (sorted(value) if key == "people" else value) or got[key] in accept.get(key, [])
            for key, value in wanted.items()
        )
        and sorted({asked.field for asked in found.ask}) == sorted(sentence.get("ask", []))
        and list(found.unknown) == sentence.get("unknown", [])
        and spoken == promise
    )


def test_the_shared_sentences() -> None:
    data = json.loads((shared("corpora/dates") / "sentences.json").read_text(encoding="utf-8"))
    book = name_book(
        Person(one["name"], one["name"], f"{one['name']}.md", tuple(one.get("aliases", ()))) for one in data["vault"]
    )
    wrong = [sentence["text"] for sentence in data["sentences"] if not right(sentence, book)]
    assert len(wrong) <= len(data["sentences"]) // 10, wrong


@pytest.mark.parametrize("everybody", [False, True], ids=["alone in the vault", "all in one vault"])
def test_nobody_is_taken_for_a_date_a_length_or_a_number(everybody: bool) -> None:
    rows = json.loads((shared("corpora/dates") / "names.json").read_text(encoding="utf-8"))
    wrong = []
    for row in rows:
        book = people([other["name"] for other in rows] if everybody else [row["name"]])
        for text, wanted in ((row["sentence"], row["expected"]), (row["bare"], row["bare_expected"])):
            found = understand(text, book, dt.date.fromisoformat(row["reference"]))
            got = {
                "people": [person.name for person in found.people],
                "date": found.date and found.date.isoformat(),
                "minutes": found.minutes,
                "channel": found.channel,
            }
            if found.ask or not found.logged or any(got[key] != value for key, value in wanted.items()):
                wrong.append(text)
    assert not wrong


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("REUNION. Beth, Jonty, Sanj and me", "Sanj Rao", ("Beth", "Jonty")),
        ("Jonty & Sanj", "Sanj Rao", ("Jonty",)),
        ("Beth/Jonty, 2h", "Sanj Rao", ("Beth", "Jonty")),
        ("Pizza, Sanj and Jonty", "Sanj Rao", ("Jonty",)),
        ("Weekend in Paris and Sanj came", "Sanj Rao", ()),
    ],
)
def test_a_list_without_a_word_of_contact_names_everybody_in_it(text: str, known: str, unknown: tuple[str]) -> None:
    found = understand(text, people([known]), TODAY)
    assert found.unknown == unknown
    assert [person.name for person in found.people] == [known] * ("Sanj" in text)


@pytest.mark.parametrize("line", lines("tasks_without_deadlines.txt"))
def test_a_task_does_not_keep_the_words_of_its_deadline(line: str) -> None:
    text, *wanted = (part.strip() for part in line.split("|"))
    promise = understand_promise(text, BOOK, TODAY).promise
    assert promise
    assert [promise.text, str(promise.due)] == wanted


@pytest.mark.parametrize(
    ("text", "day"), [("il primo febbraio caffè con Primo", "2026-02-01"), ("caffè con Primo", "2026-03-11")]
)
def test_an_ordinal_may_be_a_name(text: str, day: str) -> None:
    found = understand(text, people(["Primo Sala"]), TODAY)
    assert ([person.name for person in found.people], found.date) == (["Primo Sala"], dt.date.fromisoformat(day))


def test_a_dutch_name_that_is_a_word_is_the_subject_of_a_verb() -> None:
    found = understand("lotte belde gisteren, een uurtje", people(["Lotte Vis"]), TODAY)
    assert ([person.name for person in found.people], found.date) == (["Lotte Vis"], dt.date(2026, 3, 10))


@pytest.mark.parametrize("text", lines("vague_days.txt"))
def test_a_period_is_asked_for_its_day(text: str) -> None:
    found = understand(text, BOOK, TODAY)
    assert ([asked.field for asked in found.ask], found.date) == (["date"], None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("talked about the trip in March with Ben yesterday", "2026-03-10"),
        ("talked with Ben yesterday about the summer in 2019", "2026-03-10"),
        ("coffee with Ben on 3 May 2019", "2019-05-03"),
        ("coffee with Ben 2019-05-03", "2019-05-03"),
        ("coffee with Ben, room 2019", "2026-03-11"),
        ("called Ben about the contract in 2027", "2026-03-11"),
    ],
)
def test_a_period_beside_a_day_is_none_to_ask_for(text: str, day: str) -> None:
    found = understand(text, BOOK, TODAY)
    assert (found.ask, str(found.date)) == ((), day)
