"""Each format in a few lines of its own: what is read, what is left out, and what is never kept."""

import datetime as dt
import json

import pytest

from netnotes.importers import ics, linkedin, mail, monica, vcard, whatsapp

CARD = """BEGIN:VCARD
VERSION:3.0
N:Quill;Odette;;;
FN:Odette Quill
EMAIL;TYPE=WORK:Odette@Quill.example
TEL;TYPE=CELL:+44 20 7946 0001
BDAY:1604-05-09
ORG:Quill & Sons;Press
NOTE:secret words
UID:q-1
END:VCARD
"""


def test_a_card_with_an_unknown_year():
    (person,) = vcard.read(CARD.encode()).people
    assert (person.name, person.emails, person.birthday, person.org) == (
        "Odette Quill",
        ("odette@quill.example",),
        "--05-09",
        "Quill & Sons",
    )
    assert "secret" not in repr(person)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_cards_in_every_encoding_and_line_ending(encoding, ending):
    data = CARD.replace("Odette Quill", "Zoé Quill").replace("\n", ending).encode(encoding)
    assert [person.name for person in vcard.read(data).people] == ["Zoé Quill"]


def test_a_folded_line_and_soft_breaks_of_quoted_printable():
    text = (
        "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Zo=C3=AB=20=\nHart\n"
        "EMAIL:zoe@ha\n rt.example\nEND:VCARD\n"
    )
    (person,) = vcard.read(text.encode()).people
    assert person.name == "Zoë Hart"
    assert person.emails == ("zoe@hart.example",)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1983-07-02", "1983-07-02"),
        ("19830702", "1983-07-02"),
        ("--0702", "--07-02"),
        ("1983-02-30", None),
        ("soon", None),
    ],
)
def test_birthdays(written, read):
    assert vcard.birthday(written) == read


def event(*lines: str) -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:secret", *lines, "END:VEVENT", "END:VCALENDAR"]
    ).encode()


def test_a_weekly_series_with_a_day_left_out_in_utc():
    data = event(
        "DTSTART;TZID=Europe/Paris:20261019T093000",
        "DTEND;TZID=Europe/Paris:20261019T101500",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE:20261026T083000Z",
        "ATTENDEE;CN=Remy Stone;PARTSTAT=ACCEPTED:mailto:remy@stone.example",
    )
    found = ics.read(data).encounters
    assert [(each.date.isoformat(), each.start, each.minutes) for each in found] == [
        ("2026-10-19", "09:30", 45.0),
        ("2026-11-02", "09:30", 45.0),
        ("2026-11-09", "09:30", 45.0),
    ]
    assert {person.name for each in found for person in each.people} == {"Remy Stone"}


@pytest.mark.parametrize(
    "line",
    [
        "ATTENDEE;CUTYPE=ROOM:mailto:hall@stone.example",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:no@stone.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:cc@stone.example",
    ],
)
def test_who_was_not_there(line):
    (found,) = ics.read(event("DTSTART:20261019T093000Z", line)).encounters
    assert found.people == ()


def test_declined_and_cancelled_entries_are_left_out():
    declined = event("DTSTART:20261019T093000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:me@own.example")
    assert ics.read(declined, me=["me@own.example"]).encounters == ()
    assert ics.read(event("DTSTART:20261019T093000Z", "STATUS:CANCELLED")).left_out == {"cancelled": 1}


def test_a_series_without_end_is_read_up_to_the_window():
    data = event("DTSTART:20260101T080000Z", "RRULE:FREQ=DAILY")
    found = ics.read(data, until=dt.date(2026, 12, 31)).encounters
    assert (len(found), found[-1].date) == (365, dt.date(2026, 12, 31))


def test_a_daily_series_of_sixty_years_reaches_the_window():
    data = event("DTSTART:19650101T080000Z", "RRULE:FREQ=DAILY")
    found = ics.read(data, since=dt.date(2026, 3, 1), until=dt.date(2026, 3, 31)).encounters
    assert len(found) == 31


def test_days_of_a_series_are_those_of_the_calendar():
    # Series are walked in a later cycle of the calendar: leap days, weekdays and ends must be as written.
    leap = event("DTSTART:20000229T080000Z", "RRULE:FREQ=YEARLY;UNTIL=20080301T000000Z")
    first, last = dt.date(1999, 1, 1), dt.date(2030, 1, 1)
    assert [each.date.year for each in ics.read(leap, since=first, until=last).encounters] == [2000, 2004, 2008]
    last_friday = event("DTSTART:20260130T080000Z", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3")
    found = [each.date.isoformat() for each in ics.read(last_friday, since=first, until=last).encounters]
    assert found == ["2026-01-30", "2026-02-27", "2026-03-27"]
    never_ends = event("DTSTART:20260101T080000Z", "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z")
    assert len(ics.read(never_ends, until=dt.date(2026, 1, 31)).encounters) == 5


def test_linkedin_connections_are_cards_and_days_need_an_order():
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    text = head + "Ines,Faro,https://www.linkedin.com/in/ines,,Salt & Co,Baker,03/04/2024\n"
    asked = linkedin.read(text.encode())
    assert [person.name for person in asked.people] == ["Ines Faro"]
    assert asked.encounters == ()
    assert "--order" in (asked.problems[0].hint or "")
    (found,) = linkedin.read(text.encode(), order="dmy").encounters
    assert (found.date, found.channel) == (dt.date(2024, 4, 3), "card")


def test_the_organizer_of_a_meeting_began_it():
    entry = "BEGIN:VEVENT\nUID:{}\nDTSTART:20260302T090000Z\n{}ATTENDEE:mailto:ines@faro.example\nEND:VEVENT\n"
    own, ines, room = (f"ORGANIZER:mailto:{name}\n" for name in ("own@er.example", "ines@faro.example", "x@y.example"))
    data = "".join(entry.format(number, by) for number, by in enumerate((own, ines, room, "")))
    found = ics.read(data.encode(), me=["own@er.example"]).encounters
    assert [each.initiated_by for each in found] == ["me", "them", None, None]
    # Whose calendar it is decides whether somebody else began.
    assert {each.initiated_by for each in ics.read(data.encode()).encounters} == {None}


def test_names_of_attendees_are_read_out_of_their_quotes():
    names = ['"Lind, Bo"', "Lind\\, Al", "'Tom Quill'", "\"'Ina Bay'\"", "Quill ^'Od^' Odette", "Bo^nLind"]
    lines = "".join(f"ATTENDEE;CN={name}:mailto:p{n}@x.example\n" for n, name in enumerate(names))
    found = ics.read(f"BEGIN:VEVENT\nDTSTART:20260302T090000Z\n{lines}END:VEVENT\n".encode()).people
    assert [person.name for person in found] == [
        "Lind, Bo",
        "Lind, Al",
        "Tom Quill",
        "Ina Bay",
        'Quill "Od" Odette',
        "Bo Lind",
    ]


def test_linkedin_messages_count_in_each_direction_and_keep_no_text():
    head = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
    rows = (
        "c,Ines Faro,https://x/in/ines,Own Er,https://x/in/own,2026-03-01 10:00:00 UTC,hush,hush,INBOX\n"
        "c,Own Er,https://x/in/own,Ines Faro,https://x/in/ines,2026-03-01 11:00:00 UTC,hush,hush,INBOX\n"
    )
    result = linkedin.read((head + rows).encode(), me=["Own Er"])
    (found,) = result.encounters
    assert (found.count, found.sent, found.initiated_by) == (1, 1, "them")
    assert "hush" not in repr(result)


CHAT = """[13/02/2026, 21:05:11] Ines Faro: \u200eMessages are end-to-end encrypted.
[13/02/2026, 21:05:11] Ines Faro: hush
and more
[13/02/2026, 21:07:40] Own Er: hush: hush
[14/02/2026, 08:00:00] Ines Faro: hush
"""


def test_a_chat_counts_messages_by_day_and_person():
    result = whatsapp.read(CHAT.encode())
    counts = [(each.date.day, each.people[0].name, each.count) for each in result.encounters]
    assert counts == [(13, "Ines Faro", 1), (13, "Own Er", 1), (14, "Ines Faro", 1)]
    assert "hush" not in repr(result)
    assert "encrypted" not in repr(result)


def test_a_chat_without_a_message_of_the_owner_says_so():
    found = whatsapp.read(CHAT.encode(), me=["Somebody Else"])
    assert [problem.message for problem in found.problems] == ["no message of this chat is yours"]
    assert "Own Er" in (found.problems[0].hint or "")
    assert not whatsapp.read(CHAT.encode(), me=["Own Er"]).problems


def test_a_chat_with_a_known_owner_says_who_began():
    found = whatsapp.read(CHAT.encode(), me=["Own Er"]).encounters
    assert [(each.date.day, each.count, each.sent, each.initiated_by) for each in found] == [
        (13, 1, 1, "them"),
        (14, 1, 0, "them"),
    ]


def test_an_order_that_cannot_be_known_is_asked_for():
    text = "03/04/2026, 10:00 - Ines Faro: a\n05/04/2026, 10:00 - Own Er: b\n"
    assert "--order" in (whatsapp.read(text.encode()).problems[0].hint or "")
    assert [each.date.month for each in whatsapp.read(text.encode(), order="mdy").encounters] == [3, 5]


def header(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def test_mail_counts_days_with_people_who_answer():
    blocks = [
        header(
            "From: Ines <ines@faro.example>\nTo: own@er.example\nDate: Mon, 2 Mar 2026 23:30:00 +0100\nMessage-ID: <1>"
        ),
        header(
            "From: own@er.example\nTo: Ines <ines@faro.example>\nDate: Tue, 3 Mar 2026 09:00:00 +0100\nMessage-ID: <2>"
        ),
        header(
            "From: own@er.example\nTo: Ines <ines@faro.example>\nDate: Tue, 3 Mar 2026 09:00:00 +0100\nMessage-ID: <2>"
        ),
        header(
            "From: news <news@shop.example>\nTo: own@er.example\nDate: Tue, 3 Mar 2026 09:00:00 +0100\nList-Id: <x>"
        ),
        header("From: Once <once@one.example>\nTo: own@er.example\nDate: Tue, 3 Mar 2026 09:00:00 +0100"),
    ]
    result = mail.read(blocks, me=["own@er.example"])
    assert [person.emails for person in result.people] == [("ines@faro.example",)]
    assert [(each.date.day, each.people[0].emails[0], each.initiated_by) for each in result.encounters] == [
        (2, "ines@faro.example", "them"),
        (3, "ines@faro.example", "me"),
        (3, "once@one.example", "them"),
    ]
    assert result.left_out == {"the same message again": 1, "mailing list": 1}


@pytest.mark.parametrize("step", [1, -1])
def test_the_initiator_of_a_day_of_mail_depends_on_time_and_not_on_the_order_of_the_file(step):
    ours, theirs = "own@er.example", "Ines <ines@faro.example>"
    letters = [(ours, theirs, "10:00:00 +0000"), (theirs, ours, "10:30:00 +0100"), (ours, theirs, "11:00:00")]
    blocks = [
        header(f"From: {sender}\nTo: {to}\nDate: Mon, 2 Mar 2026 {time}\nMessage-ID: <{time}>")
        for sender, to, time in letters
    ]
    (found,) = mail.read(blocks[::step], me=["own@er.example"]).encounters
    assert (found.count, found.sent, found.initiated_by) == (1, 2, "them")


def test_an_mbox_is_parted_at_its_from_lines_alone():
    text = b"From a\nSubject: x\n\nFrom here on it is text\n\nFrom b\nSubject: y\n\nbody\n"
    assert list(mail.split_mbox(text.splitlines(keepends=True))) == [b"Subject: x", b"Subject: y"]
    assert list(mail.split_mbox([text])) == [b"Subject: x", b"Subject: y"]
    assert list(mail.split_mbox(bytes([byte]) for byte in text)) == [b"Subject: x", b"Subject: y"]


def test_monica_reads_a_dump_whose_text_looks_like_a_statement():
    dump = (
        "INSERT INTO `contacts` (`id`,`first_name`,`last_name`,`is_partial`) VALUES (1,'Ines','O\\'Faro',0);\n"
        "INSERT INTO `calls` (`id`,`contact_id`,`called_at`,`content`,`contact_called`) VALUES\n"
        "(5,1,'2026-03-02 10:00:00','hush; INSERT INTO `contacts` (`id`) VALUES (9)',1);\n"
    )
    result = monica.read(dump.encode())
    assert [person.name for person in result.people] == ["Ines O'Faro"]
    assert [(each.date.isoformat(), each.channel, each.initiated_by) for each in result.encounters] == [
        ("2026-03-02", "call", "them")
    ]
    assert "hush" not in repr(result)


def test_monica_calls_and_conversations_without_a_number_stay_separate():
    """Monica 4.0 exports them without a UUID."""
    calls = [{"properties": {"called_at": f"2026-03-0{day}T00:00:00.000000Z"}} for day in (2, 3)]
    talks = [
        {"properties": {"messages": [{"properties": {"written_at": "2026-03-05T10:00:00Z", "written_by_me": by}}]}}
        for by in (True, False)
    ]
    contacts = [
        {
            "uuid": name,
            "properties": {"first_name": name},
            "data": [{"type": "call", "values": calls}, {"type": "conversation", "values": [talk]}],
        }
        for name, talk in zip(("Ada", "Bo"), talks, strict=True)
    ]
    data = json.dumps({"account": {"data": [{"type": "contact", "values": contacts}]}}).encode()
    found = monica.read(data).encounters
    assert [(each.date.day, each.people[0].name, each.count, each.sent) for each in found] == [
        (2, "Ada", 1, 0), (2, "Bo", 1, 0), (3, "Ada", 1, 0), (3, "Bo", 1, 0), (5, "Ada", 0, 1), (5, "Bo", 1, 0),
    ]  # fmt: skip
    assert len({each.origin for each in found}) == 6
    assert monica.read(data).encounters == found


@pytest.mark.parametrize("read", [vcard.read, ics.read, linkedin.read, whatsapp.read, monica.read])
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 300, b"hello\nworld\n", b"\xff\xfe", b"{" * 10_000, b"BEGIN:VEVENT\n" * 50]
)
def test_a_file_of_another_kind_is_only_a_problem(read, data):
    result = read(data)
    assert result.failed
    assert result.problems
    assert not result.people


def test_an_entry_without_a_uid_is_the_same_wherever_it_is_in_the_file():
    entry = "BEGIN:VEVENT\nDTSTART:20260601T100000\nATTENDEE:{}@example.org\nEND:VEVENT\n"
    first, second = entry.format("ada"), entry.format("bo")
    origins = [
        {each.origin for each in ics.read(f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".encode()).encounters}
        for text in (first + second, second + first, second + first + first)
    ]
    assert len(origins[0]) == 2
    assert origins[0] == origins[1] == origins[2]
