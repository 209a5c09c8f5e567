"""Names in a sentence for `netnotes log` that are not those of the vault: whose they are, and who is asked about."""

import datetime as dt

import pytest

from netnotes.capture.names.book import name_book
from netnotes.capture.sentence import understand
from netnotes.model import Person
from tests.capture.test_sentences import BOOK, TODAY, lines

CASES = ("family_names.txt", "other_scripts.txt", "misspelled_names.txt")


def person(written: str) -> Person:
    name, _, aliases = (part.strip() for part in written.partition("="))
    return Person(f"{name}.md", name, f"{name}.md", tuple(filter(None, [aliases])))


def asked(part: str) -> list[tuple[str, tuple[str, ...]]]:
    about, _, choices = part.partition(":")
    return [] if part == "-" else [(about, tuple(each.strip() for each in choices.split(",")))]


@pytest.mark.parametrize("line", [line for name in CASES for line in lines(name)])
def test_whose_name_it_is(line: str) -> None:
    vault, text, people, ask, unknown = (part.strip() for part in line.split("|"))
    found = understand(text, name_book(map(person, vault.split(";"))), dt.date(2026, 3, 11))
    assert found.logged, found.why
    assert [each.about for each in found.ask] == [about for about, _ in asked(ask)]
    assert [(each.about, each.choices) for each in found.ask] == asked(ask)
    assert (", ".join(each.name for each in found.people) or "-", ", ".join(found.unknown) or "-") == (people, unknown)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anne d'Orsay", "dîner avec Anne d'Orsay"),
        ("Anne d’Orsay", "dîner avec Anne d'Orsay"),
        ("Anne d'Orsay", "dîner avec Anne d’Orsay et Bo"),
        ("Jean-Pierre L’Écuyer", "café avec Jean-Pierre L'Écuyer hier"),
        ("D'Arcy Dee", "lunch with D'Arcy Dee"),
        ("Maria dell'Orto", "cena con Maria Dell'Orto"),
        ("🌻 Käthe Groß", "Kaffee mit Käthe Groß"),
        ("🌻 Käthe Groß", "Kaffee mit Käthe"),
        ("🌻 Käthe Groß", "Kaffee mit 🌻 Käthe Groß"),
        ("Zoé Roux ❤️", "vu Zoé Roux hier"),
        ("🌸さくら", "さくらとランチ"),
    ],
)
def test_a_name_with_an_elision_or_a_picture_is_found(name, text):
    book = name_book([Person("x.md", name), Person("y.md", "Anne Martin"), Person("z.md", "Bo Hale")])
    found = understand(text, book, dt.date(2026, 3, 11))
    assert name in [person.name for person in found.people]
    assert not found.ask
    assert not found.unknown


@pytest.mark.parametrize("line", lines("new_names.txt"))
def test_a_name_of_somebody_new_may_be_in_small_letters(line: str) -> None:
    text, *wanted = (part.strip() for part in line.split("|"))
    asked, mentioned = ([name for name in part.split(", ") if name != "-"] for part in (*wanted, "-", "-")[:2])
    found = understand(text, BOOK, TODAY)
    assert [one.about for one in found.ask if one.field == "people"] == asked
    assert list(found.unread_names) == mentioned
    assert found.unknown == ()


@pytest.mark.parametrize("text", ["昨日葵とカフェで1時間話した", "葵から電話", "今日、葵さんとランチした", "met 葵"])
def test_a_given_name_of_one_character_is_found_behind_a_day(text: str) -> None:
    found = understand(text, name_book([person("佐藤 葵"), person("田中 美咲")]), TODAY)
    assert [one.name for one in found.people] == ["佐藤 葵"]


@pytest.mark.parametrize("text", ["昨日向日葵と写真を撮った", "向日葵がきれい"])
def test_a_character_of_another_word_is_no_given_name(text: str) -> None:
    assert understand(text, name_book([person("佐藤 葵")]), TODAY).people == ()
