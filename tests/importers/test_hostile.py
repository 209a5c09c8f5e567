"""Files that mean harm: bounded, clear, one line a name, and nothing outside the folders that an import writes to."""

import datetime as dt
import re
import zipfile

import pytest

from netnotes.app import import_files
from netnotes.importers import (
    calendar_events,
    calendar_series,
    content_lines,
    ics,
    linkedin,
    mail,
    mail_headers,
    monica,
    vcard,
    whatsapp,
)
from netnotes.model import Problem
from tests.program import run

NAMES = [
    "../../etc/passwd",
    "..\\..\\windows",
    "/home/ada/.ssh/key",
    "C:\\x",
    "CON",
    "a/b/c",
    "nul.txt",
    "\x1b[31mred\x07",
    "x\u202egpj.exe",
    "=HYPERLINK(1)",
    "x\n---\ntype: me",
    "[[Boss]] #tag %%x%% <b>",
    ".hidden",
    "a" * 5_000,
    "{{date}} <% tp %>",
    "---",
    "^nn-000000000000",
]


def card(name: str) -> str:
    return f"BEGIN:VCARD\nFN:{name.replace(chr(10), chr(92) + 'n')}\nORG:{name}\nEND:VCARD\n"


def test_hostile_names_stay_in_the_folder_of_people_and_on_one_line(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()
    (root / "netnotes.toml").write_text("")
    (tmp_path / "bad.vcf").write_text("".join(map(card, NAMES)), encoding="utf-8")
    result = run("import", "vcard", tmp_path / "bad.vcf", root, "--yes")
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.output
    made = [place.relative_to(root).as_posix() for place in root.rglob("*.md")]
    assert made
    assert all(re.fullmatch(r"People/[^/\\:*?\"<>|\[\]#^]{1,130}\.md", path) for path in made)
    assert not [path for path in made if path.split("/")[1].startswith(".")]
    for path in made:
        text = (root / path).read_text(encoding="utf-8")
        assert text.startswith("---\ntype: person\n")
        assert text.count("---\n") == 2
        assert not re.search(r"^(type: me|me:)", text, re.MULTILINE)


BOMBS = {
    "a line without end": (vcard.read, b"BEGIN:VCARD\nFN:" + b"x" * 5_000_000 + b"\nEND:VCARD\n"),
    "folds without end": (vcard.read, b"BEGIN:VCARD\nFN:x\n" + b" y\n" * 500_000 + b"END:VCARD\n"),
    "cards in cards": (vcard.read, b"BEGIN:VCARD\nAGENT:\n" * 50_000),
    "a rule without end": (
        ics.read,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY;BYSECOND=0\nEND:VEVENT\n",
    ),
    "a rule that never comes": (
        ics.read,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T000000Z\nRRULE:FREQ=DAILY;INTERVAL=99999999\nEND:VEVENT\n",
    ),
    "rules that never come": (
        ics.read,
        b"BEGIN:VCALENDAR\n"
        + b"".join(
            b"BEGIN:VEVENT\nUID:%d\nDTSTART:20200101T000000Z\nRRULE:FREQ=%s;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"
            % (number, step)
            for number, step in enumerate((b"SECONDLY", b"MINUTELY", b"HOURLY", b"MONTHLY", b"YEARLY"))
        ),
    ),
    "a rule of every second of the year": (
        ics.read,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20200101T000000Z\nRRULE:FREQ=YEARLY;BYSETPOS=-1;BYHOUR=%s;BYMINUTE=%s\n"
        b"END:VEVENT\n" % (b",".join(b"%d" % n for n in range(24)), b",".join([b"0"] * 5_000)),
    ),
    "a zone without end": (
        ics.read,
        (
            b"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\n"
            b"TZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\n"
            b"DTSTART;TZID=x:20260101T000000\nDTEND:20260101T010000Z\nEND:VEVENT\nEND:VCALENDAR\n"
        ),
    ),
    "attendees without end": (
        ics.read,
        b"BEGIN:VEVENT\nDTSTART:20260101T000000Z\n"
        + b"".join(b"ATTENDEE:mailto:%d@x.example\n" % n for n in range(20_000))
        + b"END:VEVENT\n",
    ),
    "components in components": (ics.read, b"BEGIN:VEVENT\n" * 30_000),
    "brackets in brackets": (monica.read, b'{"account":' + b"[" * 200_000),
    "a string without end": (monica.read, b"INSERT INTO `contacts` (`id`) VALUES ('" + b"\\'" * 500_000),
    "a field without end": (linkedin.read, b'FROM,TO,DATE,CONTENT\na,b,2026-01-01,"' + b"x" * 3_000_000),
    "a name without end": (whatsapp.read, b"13/02/2026, 10:01 - " + b"x" * 3_000_000 + b": y\n"),
    "days without end": (whatsapp.read, b"13/02/2026, 10:01 - Ada: y\n" * 30_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_bounded(name):
    read, data = BOMBS[name]
    result = read(data)
    assert len(result.people) <= 100
    assert len(result.encounters) <= 5_001 * 3
    assert len(result.problems) <= 100_000
    for person in result.people:
        assert person.name is None or (len(person.name) <= 200 and "\n" not in person.name)


def test_an_injected_property_gets_no_line_of_its_own():
    text = "BEGIN:VCARD\nFN:Ada\\nEMAIL:evil@x.example\\nROLE:boss\nEND:VCARD\n"
    (person,) = vcard.read(text.encode()).people
    assert person.name == "Ada EMAIL:evil@x.example ROLE:boss"
    assert person.emails == ()


def test_headers_that_are_nested_or_endless_are_bounded():
    nested = b"From x Mon Mar 2 10:00:00 2026\nFrom: a@x.example\nTo: me@own.example\n" + (
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 20_000
    )
    endless = b"From x Mon Mar 2 10:00:00 2026\nTo: " + b"a@x.example, " * 500_000
    for data in (nested, endless):
        blocks = list(mail.split_mbox([data]))
        assert len(blocks) == 1
        assert len(blocks[0]) <= mail_headers.MOST_HEADER
        assert len(mail.read(blocks, me=["me@own.example"]).people) <= 1


def test_a_long_property_is_cut():
    line = "NOTE:" + "x" * 1_000_000
    ((_, text),) = content_lines.logical_lines([line])
    assert len(text) <= 1_000_005


@pytest.mark.full
def test_the_rules_of_one_file_share_a_bound_and_the_file_is_still_read():
    entry = (
        b"BEGIN:VEVENT\nUID:%d\nDTSTART:20260105T090000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n"
        b"ATTENDEE;CN=Ada:mailto:ada%d@x.example\nEND:VEVENT\n"
    )
    data = b"BEGIN:VCALENDAR\n" + b"".join(entry % (n, n) for n in range(5)) + b"END:VCALENDAR\n"
    window = calendar_series.Window(dt.date(2026, 1, 1), dt.date(2026, 12, 31), steps=200_000)
    problems: list[Problem] = []
    for event in calendar_events.events_in(data)[0]:
        assert calendar_series.occurrence_starts(event, window, problems) == [dt.datetime(2026, 1, 5, 9)]  # noqa: DTZ001
    assert {problem.message.partition(";")[0] for problem in problems} == {"too many repeated entries"}
    assert len(ics.read(data, until=dt.date(2026, 12, 31)).encounters) == 5


@pytest.mark.parametrize("length", [200_000, pytest.param(12_000_000, marks=pytest.mark.full)])
def test_a_long_text_does_not_cost_the_rows_after_it(length):
    row = 'Ada,Own Er,2026-01-0{} 10:00:00 UTC,"{}"\n'
    text = "FROM,TO,DATE,CONTENT\n" + row.format(1, "word, " * (length // 40) + "x" * length) + row.format(2, "hi")
    found = linkedin.read(text.encode(), me=["Own Er"])
    assert [each.date.day for each in found.encounters] == [1, 2]
    assert not found.problems


@pytest.mark.parametrize("nested", ["(" * 20_000, "a:" * 5_000, "<" * 20_000, '"' * 20_001, "[" * 20_000])
def test_an_address_header_of_nothing_but_brackets_is_read_as_far_as_it_goes(nested):
    block = f"From: Ada <ada@x.example>\nTo: me@own.example, {nested}\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n"
    found = mail.read([block.encode()], me=["me@own.example"])
    assert [each.people[0].name for each in found.encounters] == ["Ada"]


def test_a_zip_that_would_unpack_to_far_more_than_its_size_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.vcf", b"BEGIN:VCARD\nFN:Ada\nEND:VCARD\n" + b" " * 11_000_000)
        archive.writestr("b.vcf", b"BEGIN:VCARD\nFN:Bo\nEND:VCARD\n")
        archive.writestr("../../c.mbox", b"From x\n" * 2_000_000)
    found = import_files.read("vcard", tmp_path / "bomb.zip")
    assert [person.name for person in found.people] == ["Bo"]
    (problem,) = found.problems
    assert (problem.path, problem.message.startswith("cannot be read: it would unpack to ")) == ("a.vcf", True)
    (problem, _) = import_files.read("mail", tmp_path / "bomb.zip", me=["me@own.example"]).problems[::-1]
    assert "would unpack" in problem.message


def test_a_zip_of_many_files_is_opened_once(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(20):
            archive.writestr(f"{number}.vcf", f"BEGIN:VCARD\nFN:P{number}\nEND:VCARD\n")
    opened = []

    class Counted(zipfile.ZipFile):
        def __init__(self, place):
            opened.append(place)
            super().__init__(place)

    monkeypatch.setattr(zipfile, "ZipFile", Counted)
    assert len(import_files.read("vcard", tmp_path / "many.zip").people) == 20
    assert len(opened) == 1
