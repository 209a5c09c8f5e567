"""`netnotes import`: what a file becomes in a vault, once and again, and how it is taken back."""

import json
import zipfile

import pytest

from netnotes.cli.commands.imports import import_
from netnotes.importers.plan import is_import_note
from netnotes.storage.note_store import NoteStore
from tests.program import run

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Odette Quill
EMAIL:odette@quill.example
TEL:+44 20 7946 0001
NOTE:secret words
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Remy [[Stone]] #tag
ORG:Stone & Sons
END:VCARD
"""
CHAT = "".join(
    f"{day}/02/2026, 10:0{minute} - {who}: secret words\n"
    for day, minute, who in [(13, 1, "Odette Quill"), (13, 2, "Own Er"), (20, 1, "Own Er"), (21, 1, "Odette Quill")]
)
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
SUMMARY:secret words
DTSTART:20260302T100000Z
DTEND:20260302T104500Z
ATTENDEE;CN=Odette Quill;PARTSTAT=ACCEPTED:mailto:odette@quill.example
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    (root / "Contacts").mkdir(parents=True)
    (root / "netnotes.toml").write_text("")
    (root / "Contacts/Odette Quill.md").write_text("---\nphone: 1\n---\nText\n")
    return root


@pytest.fixture
def files(tmp_path):
    for name, text in {"cards.vcf": CARDS, "chat.txt": CHAT, "cal.ics": CALENDAR}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def contents(root):
    return {place.relative_to(root).as_posix(): place.read_bytes() for place in root.rglob("*") if place.is_file()}


def test_cards_become_notes_and_fill_blanks_only(vault, files):
    result = run("import", "vcard", files / "cards.vcf", vault, "--yes")
    assert result.exit_code == 0, result.output
    found = contents(vault)
    assert b"phone: 1\n" in found["Contacts/Odette Quill.md"]
    assert b"email: odette@quill.example\n" in found["Contacts/Odette Quill.md"]
    assert found["Contacts/Odette Quill.md"].endswith(b"---\nText\n")
    assert "Contacts/Remy Stone tag.md" in found
    assert not any(b"secret" in data for data in found.values())


def test_importing_again_writes_nothing_and_undo_takes_all_back(vault, files):
    before = contents(vault)
    for name in ("cards.vcf", "chat.txt", "cal.ics"):
        run("import", files / name, vault, "--yes", "--me", "Own Er")
    once = contents(vault)
    for name in ("cards.vcf", "chat.txt", "cal.ics"):
        result = run("import", files / name, vault, "--yes", "--me", "Own Er")
        assert "Contacts: 0 new" in result.output
    assert contents(vault) == once
    for _ in range(3):
        result = run("undo", vault)
        assert result.exit_code == 0, result.output
    assert contents(vault) == before


def test_a_chat_and_a_meeting_are_contacts_afterwards(vault, files):
    run("import", "whatsapp", files / "chat.txt", vault, "--yes", "--me", "Own Er")
    run("import", "ics", files / "cal.ics", vault, "--yes")
    people = json.loads(run("people", vault, "--json", "--as-of", "2026-03-03").output)
    (odette,) = [person for person in people if person["name"] == "Odette Quill"]
    assert (odette["contact_days"], odette["last_contact"]) == (4, "2026-03-02")


def test_a_dry_run_writes_nothing_and_lists_every_participant(vault, files):
    before = contents(vault)
    found = json.loads(run("import", "whatsapp", files / "chat.txt", vault, "--dry-run", "--json").output)
    assert {name for each in found["encounters"] for name in each["people"]} == {"Odette Quill", "Own Er"}
    assert "secret" not in json.dumps(found)
    assert contents(vault) == before


def test_two_people_of_one_name_are_left_out_and_reported(vault, files):
    (vault / "Contacts/Quill.md").write_text("---\naliases: [Odette Quill]\n---\n")
    result = run("import", "vcard", files / "cards.vcf", vault, "--yes")
    assert "may be Odette Quill or Quill (same name)" in result.output


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        (("nothing.vcf",), "no such file: "),
        (("vcard",), "give the file to import"),
        (("vcard", "a", "b", "c"), "give the file to import"),
        (("letter.txt",), "cannot tell what kind of file"),
    ],
)
def test_wrong_words_are_answered_with_what_to_type(vault, files, args, answer, monkeypatch):
    (files / "letter.txt").write_text("Dear Ada")
    monkeypatch.chdir(vault)
    result = run("import", *[files / arg if "." in arg else arg for arg in args])
    assert result.exit_code != 0
    assert answer in f"{result.output}{result.exception}"


def test_a_future_contact_is_left_out(vault, files):
    result = run("import", "ics", files / "cal.ics", vault, "--yes", "--as-of", "2026-01-01")
    assert "Contacts: 0 new" in result.output


def listing(*args):
    return json.loads(run("import", *args, "--dry-run", "--json").output)


def test_a_folder_and_a_zip_are_read_file_by_file_and_a_broken_one_fails_alone(vault, tmp_path):
    folder = tmp_path / "dav"
    folder.mkdir()
    (folder / "a.vcf").write_text(CARDS, encoding="utf-16")
    (folder / "b.vcf").write_bytes(b"\0\1\2 no card")
    (folder / "c.vcf").write_text("BEGIN:VCARD\nFN:Bea Kov\nEND:VCARD\n")
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as archive:
        for each in folder.iterdir():
            archive.write(each, f"Takeout/{each.name}")
    for place in (folder, tmp_path / "takeout.zip"):
        found = listing(place, vault)
        assert [person["name"] for person in found["people"]] == ["Odette Quill", "Remy [[Stone]] #tag", "Bea Kov"]
        assert [(problem["path"].rpartition("/")[2], problem["message"]) for problem in found["problems"]] == [
            ("b.vcf", "no vCard in this file")
        ]


LETTER = (
    "From: Odette <odette@quill.example>\nTo: me@own.example\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nsecret words\n"
)


@pytest.mark.parametrize(
    "name",
    ["Maildir/cur/1.x:2,S", "Maildir/.Friends/new/1", "letters/one.eml", "Apple.mbox/mbox", "Mail/Inbox", "one.emlx"],
)
def test_mail_is_read_out_of_the_folders_of_many_programs(vault, tmp_path, name):
    place = tmp_path / name
    place.parent.mkdir(parents=True, exist_ok=True)
    is_mbox = name in ("Apple.mbox/mbox", "Mail/Inbox")
    text = ("From x Mon Mar 2 10:00:00 2026\n" if is_mbox else "1234\n" if name == "one.emlx" else "") + LETTER
    place.write_text(text)
    top = place if name == "one.emlx" else tmp_path / name.partition("/")[0]
    found = listing("mail", top, vault, "--me", "me@own.example")
    assert [(each["date"], each["emails"]) for each in found["encounters"]] == [
        ("2026-03-02", ["odette@quill.example"])
    ]
    assert "secret" not in json.dumps(found)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Mail/Drafts", "draft"),
        ("Mail/Inbox.sbd/Entwürfe", "draft"),
        ("Takeout/Mail/Spam.mbox", "spam or deleted"),
        ("Maildir/.INBOX.Trash/cur/1:2,S", "spam or deleted"),
        ("Maildir/.Entw&APw-rfe/cur/1:2,S", "draft"),
        ("Maildir/.INBOX.&AMk-l&AOk-ments supprim&AOk-s/new/1:2,S", "spam or deleted"),
        ("Mail/Deleted Items/one.eml", "spam or deleted"),
        ("Mail/All mail Including Spam and Trash.mbox", None),
        ("Mail/Trash pickers", None),
    ],
)
def test_folders_of_drafts_and_deleted_mail_do_not_count(vault, tmp_path, name, reason):
    place = tmp_path / name
    place.parent.mkdir(parents=True)
    is_one = name.endswith((".eml", "S"))
    place.write_text(("" if is_one else "From x Mon Mar 2 10:00:00 2026\n") + LETTER)
    found = listing("mail", tmp_path / name.partition("/")[0], vault, "--me", "me@own.example")
    assert found["left_out"] == ({reason: 1} if reason else {})
    assert len(found["encounters"]) == (0 if reason else 1)
    # A file that is named on its own is meant.
    assert len(listing("mail", place, vault, "--me", "me@own.example")["encounters"]) == 1


def test_a_damaged_zip_is_a_problem(vault, tmp_path):
    (tmp_path / "cut.zip").write_bytes(b"PK\3\4 no more")
    result = run("import", "vcard", tmp_path / "cut.zip", vault)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)


DOUBTS = """BEGIN:VCARD
FN:Odette Q.
EMAIL:oq@work.example
END:VCARD
BEGIN:VCARD
FN:Mum
TEL:+44 (0)20 7946 0001
END:VCARD
BEGIN:VCARD
FN:Tom Quill
TEL:020 7946 0001
END:VCARD
"""


@pytest.fixture
def known(vault):
    (vault / "Contacts/Odette Quill.md").write_text("---\nemail: odette@quill.example\nphone: '+442079460001'\n---\n")
    return vault


def test_doubtful_people_are_reported_and_never_merged(known, files):
    (files / "d.vcf").write_text(DOUBTS)
    before = contents(known)["Contacts/Odette Quill.md"]
    result = run("import", files / "d.vcf", known, "--yes")
    assert "Odette Q. may be Odette Quill (similar name)" in result.output
    assert "Mum may be Odette Quill (same phone number)" in result.output
    found = contents(known)
    # A family shares a number: another first name is another person.
    assert set(found) - {"netnotes.toml"} == {"Contacts/Odette Quill.md", "Contacts/Tom Quill.md"}
    assert found["Contacts/Odette Quill.md"] == before


def test_an_answer_is_remembered_in_the_note(known, files, monkeypatch):
    monkeypatch.setattr(import_, "is_terminal", lambda: True)
    monkeypatch.setattr("netnotes.cli.screen.is_terminal", lambda: True)
    (files / "d.vcf").write_text(DOUBTS)
    result = run("import", files / "d.vcf", known, answers="1\n1\ny\n")
    assert result.exit_code == 0, result.output
    text = (known / "Contacts/Odette Quill.md").read_text()
    assert "email: odette@quill.example\n" in text
    assert "emails: oq@work.example\n" in text
    assert "aliases: [Odette Q., Mum]\n" in text
    again = run("import", files / "d.vcf", known, "--yes")
    assert "Odette Q. may be" not in again.output
    assert "0 new" in again.output


def test_two_people_of_one_name_with_different_ids_get_two_notes(vault, files):
    rows = "".join(f"Sam,Hale,https://www.linkedin.com/in/sam-{n},,,,0{n} Mar 2026\n" for n in (1, 2))
    (files / "Connections.csv").write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n" + rows
    )
    run("import", files / "Connections.csv", vault, "--yes")
    found = contents(vault)
    assert b"linkedin.com/in/sam-1" in found["Contacts/Sam Hale.md"]
    assert b"linkedin.com/in/sam-2" in found["Contacts/Sam Hale 2.md"]
    assert found["Imports/2026-03 linkedin.md"].count(b"[[Sam Hale 2]]") == 1
    again = run("import", files / "Connections.csv", vault, "--yes")
    assert "0 new, 2 already known" in again.output
    assert contents(vault) == found


def test_two_cards_of_one_name_with_other_addresses_are_asked_about(vault, files):
    (files / "two.vcf").write_text(
        "".join(f"BEGIN:VCARD\nFN:Bea Kov\nEMAIL:bea{n}@kov.example\nEND:VCARD\n" for n in (1, 2))
    )
    result = run("import", files / "two.vcf", vault, "--yes")
    assert "Bea Kov may be Bea Kov (same name)" in result.output
    assert [path for path in contents(vault) if "Bea" in path] == ["Contacts/Bea Kov.md"]


def test_contacts_go_into_the_daily_notes_if_that_is_wanted(vault, files):
    (vault / "2026-03-02.md").write_text("# Monday\n\n* [[Odette Quill]] called\n")
    (vault / "2026-03-03.md").write_text("nothing\n")
    before = contents(vault)
    result = run("import", files / "cal.ics", vault, "--yes", "--into", "daily")
    assert result.exit_code == 0, result.output
    text = (vault / "2026-03-02.md").read_text()
    assert text.startswith(
        "# Monday\n\n* [[Odette Quill]] called\n* 2026-03-02 met with [[Odette Quill]] (45 min) ^nn-"
    )
    assert "Contacts: 0 new, 1 already imported." in run("import", files / "cal.ics", vault, "--yes").output
    assert run("undo", vault).exit_code == 0
    assert contents(vault) == before


def test_new_notes_are_in_the_style_of_the_vault(vault, files):
    for name in ("Ada Roe", "Bo Lind", "Cy Dahl"):
        (vault / f"Contacts/{name}.md").write_text(
            "---\ntags:\n  - person/friend\nTel: 1\nGeburtstag: 1990-01-02\n---\n"
        )
    (files / "one.vcf").write_text("BEGIN:VCARD\nFN:New One\nTEL:+49 30 000001\nBDAY:1999-09-09\nEND:VCARD\n")
    run("import", files / "one.vcf", vault, "--yes")
    text = (vault / "Contacts/New One.md").read_text()
    assert text == '---\ntags:\n  - person/friend\nTel: "+49 30 000001"\nGeburtstag: 1999-09-09\n---\n'


def test_the_owner_of_a_chat_becomes_nobody(vault, files):
    (files / "WhatsApp Chat with Odette Quill.txt").write_text(CHAT)
    run("import", files / "WhatsApp Chat with Odette Quill.txt", vault, "--yes")
    assert not [path for path in contents(vault) if "Own Er" in path]
    refused = run("import", files / "chat.txt", vault, "--yes")
    assert "use --me to say which of these is you: Odette Quill, Own Er" in refused.output
    assert refused.exit_code == 2


def test_people_named_only_in_lines_get_a_note(vault, tmp_path):
    (vault / "Daily.md").write_text("- 2026-06-01 lunch with Bo Lind\n")
    card = tmp_path / "bo.vcf"
    card.write_text("BEGIN:VCARD\nFN:Bo Lind\nEMAIL:bo@lind.example\nEND:VCARD\n")
    result = run("import", "vcard", card, vault, "--yes")
    assert "1 new" in result.output
    (note,) = (path for path in vault.rglob("Bo Lind.md"))
    assert "bo@lind.example" in note.read_text()


def test_a_second_import_leaves_out_the_notes_that_the_first_wrote(vault, tmp_path):
    box = tmp_path / "box.mbox"
    box.write_text(
        "From x\nFrom: Odette Quill <odette@quill.example>\nTo: me@own.example\n"
        "Date: Mon, 2 Mar 2026 10:00:00 +0000\n\n.\n"
    )
    assert run("import", "mail", box, vault, "--me", "me@own.example", "--yes").exit_code == 0
    notes = NoteStore(vault).read(leave_out=is_import_note)
    left_out = {path.relative_to(vault).as_posix() for path in vault.rglob("*.md")} - {
        note.path for note in notes.notes
    }
    assert left_out == {"Imports/2026-03 mail.md"}
    assert "0 new, 1 already imported" in run("import", "mail", box, vault, "--me", "me@own.example", "--yes").output


@pytest.mark.parametrize(
    ("note", "more"),
    [
        ("---\nme: true\n---\n", ()),
        ("---\nme: true\nemail: me@own.example\n---\n", ()),
        ("", ("--me", "me@own.example")),
    ],
)
def test_the_owners_own_card_adds_nobody(vault, tmp_path, note, more):
    (vault / "Own Er.md").write_text(note)
    card = tmp_path / "own.vcf"
    name = "Own Er" if "email" not in note else "O. Er"
    card.write_text(f"BEGIN:VCARD\nFN:{name}\nEMAIL:Me@own.example\nEND:VCARD\n")
    result = run("import", "vcard", card, vault, "--dry-run", *more)
    assert "People: 0 new" in result.output
    assert "Left out: 1 (yourself)" in result.output


def test_problems_name_file_and_line_and_many_are_counted(vault, tmp_path):
    cards = tmp_path / "broken.vcf"
    cards.write_text("BEGIN:VCARD\nNOTE:x\nEND:VCARD\n" * 60)
    result = run("import", "vcard", cards, vault, "--dry-run")
    assert "broken.vcf:1: card without a name, address or number; left out" in result.output
    assert "broken.vcf:151: card" not in result.output
    assert "and 10 more problems" in result.output
    assert len(listing("vcard", cards, vault)["problems"]) == 60


def test_days_in_an_unclear_order_are_one_question(vault, tmp_path):
    table = tmp_path / "Connections.csv"
    rows = "".join(f"Ada,Pell{number},,,,,0{number}/04/2025\n" for number in range(1, 6))
    table.write_text(f"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n{rows}")
    (problem,) = listing("linkedin", table, vault)["problems"]
    assert problem["message"] == "the day of 5 connections may begin with the day or the month (01/04/2025)"
    assert (problem["path"], problem["line"]) == ("Connections.csv", 2)
    assert len(listing("linkedin", table, vault, "--order", "dmy")["encounters"]) == 5


def test_a_file_that_is_no_mail_is_named_so(vault, tmp_path):
    place = tmp_path / "calendar.ics"
    place.write_text(CALENDAR)
    result = run("import", "mail", place, vault, "--dry-run")
    assert result.exit_code == 1
    assert "no mail in this file" in result.output


def test_the_owner_of_messages_is_asked_for_and_never_becomes_a_contact(vault, tmp_path):
    table = tmp_path / "messages.csv"
    table.write_text(
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
        "c1,,Ada Pell,,Cy Vance,2026-03-02 10:00:00 UTC,,secret,INBOX\n"
        "c1,,Cy Vance,,Ada Pell,2026-03-03 10:00:00 UTC,,secret,INBOX\n"
    )
    asked = run("import", "linkedin", table, vault, "--yes")
    assert asked.exit_code == 2
    assert "use --me to say which of these is you: Ada Pell, Cy Vance" in asked.output
    assert not list(vault.rglob("Ada Pell.md"))
    assert run("import", "linkedin", table, vault, "--yes", "--me", "Cy Vance").exit_code == 0
    assert list(vault.rglob("Ada Pell.md"))
    assert not list(vault.rglob("Cy Vance.md"))
