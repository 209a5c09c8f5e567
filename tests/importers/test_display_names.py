"""Names as directories of companies show them: the last name first."""

import datetime as dt

import pytest

from netnotes.importers import ics, mail, vcard
from netnotes.importers.display_names import in_spoken_order
from netnotes.importers.plan import plan
from netnotes.importers.source_file import facts_in
from netnotes.model import Person
from netnotes.plugin.facts import FoundEncounter, FoundPerson
from netnotes.plugin.notes import File

TODAY = dt.date(2026, 6, 30)
LETTERS = """From: {name} <bo@lind.example>
To: me@own.example
Date: Mon, 1 Jun 2026 10:00:00 +0000
Message-ID: <1@x>

From: me@own.example
To: Cy Vance <cy@vance.example>, {name} <bo@lind.example>
Date: Tue, 2 Jun 2026 10:00:00 +0000
Message-ID: <2@x>"""
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART:20260601T100000Z
ATTENDEE;CN="{name}":mailto:bo@lind.example
END:VEVENT
END:VCALENDAR
"""
CARD = "BEGIN:VCARD\nFN:{name}\nEMAIL:bo@lind.example\nEND:VCARD\n"


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Lind, Bo", "Bo Lind"),
        ("Lind,Bo", "Bo Lind"),
        ("LIND, Bo", "Bo Lind"),
        ("LIND, BO", "Bo Lind"),
        ("Lind, Bo (Sales)", "Bo Lind"),
        ("Lind, Bo [DE]", "Bo Lind"),
        ("Lind, Bo - Sales", "Bo Lind"),
        ("Lind, Bo | Acme", "Bo Lind"),
        ("Lind, Bo (extern) (Sales, Berlin)", "Bo Lind"),
        ("Lind, Bo, PhD", "Bo Lind"),
        ("Dr. Lind, Bo", "Dr. Bo Lind"),
        ("Lind, Bo K.", "Bo K. Lind"),
        ("van der Berg, Anna", "Anna van der Berg"),
        ("VAN DER BERG, Anna", "Anna van der Berg"),
        ("García Márquez, Gabriel José", "Gabriel José García Márquez"),
        ("O'BRIEN, Máire", "Máire O'Brien"),
        ("MÜLLER-WESTERNHAGEN, Ute", "Ute Müller-Westernhagen"),
        ("Иванов, Пётр", "Пётр Иванов"),
        ("Church, Charlotte", "Charlotte Church"),
        ("Lind, E.", "E. Lind"),
        ("Law, Denis", "Denis Law"),
        ("LIND Bo", "Bo Lind"),
        ("LIND Bo (Sales)", "Bo Lind"),
        ("DE LA CRUZ Maria", "Maria de la Cruz"),
        ("DUPONT Jean-Pierre", "Jean-Pierre Dupont"),
    ],
)
def test_the_first_name_comes_first(written, spoken):
    assert in_spoken_order(written) == spoken


@pytest.mark.parametrize(
    "written",
    [
        "Bo Lind", "Bo Lind (Sales)", "Bo LIND", "Lind Bo", "BO LIND",
        "Smith, Jones & Partners", "Smith, Jones and Sons", "Smith, Jones + Partner", "Acme, Inc.", "Acme, Inc",
        "Acme, S.A.",
        "Müller, GmbH & Co. KG", "Lind, Law Offices", "Team, Sales",
        "Ada Lockyer, PhD", "Ada Lockyer, MD", "Ada Lockyer, Jr.", "Lockyer, PhD", "Ada Lockyer, Bo Lind",
        "Mr. John Richter, James Doe Sr.", "Ada, Bo, Cy", "Room 3, Berlin", "Lind,", ", Bo", "Lind, bo@lind.example",
        "lind, bo", "山田, 太郎",
        "IBM Deutschland", "BMW Group", "HR Team", "SAP Anna Team", "CEO Bo Lind", "DJ Anna", "",
    ],
)  # fmt: skip
def test_other_names_stay_as_they_are(written):
    assert in_spoken_order(written) == written


@pytest.mark.parametrize("name", ['"Lind, Bo"', '"Lind, Bo (Sales)"', "Lind, Bo", "LIND Bo", "=?utf-8?q?Lind=2C_Bo?="])
@pytest.mark.parametrize("known", [True, False])
def test_mail(name, known):
    imported = mail.read(LETTERS.format(name=name).encode().split(b"\n\n"), me=["me@own.example"])
    assert_bo_lind("mail", imported, known=known)


@pytest.mark.parametrize("name", ["Lind, Bo", "Lind, Bo (Sales)", "LIND Bo"])
@pytest.mark.parametrize("known", [True, False])
def test_calendars_and_cards(name, known):
    assert_bo_lind("ics", ics.read(EVENT.format(name=name).encode()), known=known)
    assert_bo_lind("vcard", vcard.read(CARD.format(name=name.replace(",", "\\,")).encode()), known=known)


def assert_bo_lind(kind, imported, *, known):
    """Assert that a person with a note is matched without a doubt, and that a new one gets the name in its order."""
    found = plan(kind, imported, [Person("Bo Lind.md", "Bo Lind", "Bo Lind.md")] if known else [], (), today=TODAY)
    assert not found.doubtful
    assert list(found.new) == ([] if known else ["People/Bo Lind.md"])
    assert all("[[Bo Lind]]" in line.text for line in found.lines)
    assert all("bo@lind.example" in text for text in (*found.new.values(), *(str(update) for update in found.updates)))


@pytest.mark.parametrize("note", ["Lind, Bo", "LIND Bo"])
def test_a_note_that_is_named_with_the_last_name_first_is_known(note):
    imported = vcard.read(CARD.format(name="Bo Lind").encode())
    found = plan("vcard", imported, [Person(f"{note}.md", note, f"{note}.md")], (), today=TODAY)
    assert (found.matched, list(found.new), found.doubtful) == (1, [], ())


def test_capitals_before_a_name_that_few_people_have_are_matched_too():
    imported = vcard.read(CARD.format(name="LIND Zubrowka").encode())
    people = [Person("Zubrowka Lind.md", "Zubrowka Lind", "Zubrowka Lind.md")]
    assert plan("vcard", imported, people, (), today=TODAY).matched == 1


def test_files_beside_the_vault_say_the_names_in_order():
    (met,) = facts_in(File("~/a.ics", EVENT.format(name="Lind, Bo").encode()), [], TODAY)
    assert isinstance(met, FoundEncounter)
    assert met.people == ["Bo Lind <bo@lind.example>"]
    (person,) = facts_in(File("~/a.vcf", CARD.format(name="Lind\\, Bo").encode()), [], TODAY)
    assert isinstance(person, FoundPerson)
    assert person.name == "Bo Lind"


def test_the_owner_is_known_by_the_name_in_either_order():
    for me in ("Lind, Bo", "bo lind"):
        assert not ics.read(EVENT.format(name="Lind, Bo").encode(), me=[me]).encounters[0].people
