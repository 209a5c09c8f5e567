"""Files of other programs in small, each with what must be read from it: `cases/KIND.txt`, which anybody can extend."""

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from netnotes.extract.people.phones import digits
from netnotes.importers import ics, linkedin, mail, vcard, whatsapp

CASES = Path(__file__).with_name("cases")


class Case(NamedTuple):
    what: str
    options: dict[str, str]
    text: str
    wanted: list[str]

    @property
    def me(self):
        return [each.strip() for each in self.options.get("me", "").split(",") if each.strip()]

    def data(self):
        ends = {"CRLF": "\r\n", "CR": "\r"}.get(self.options.get("line ends", ""), "\n")
        text = self.text.replace("\n", ends)
        encoding = self.options.get("encoding", "utf-8")
        if encoding == "folded bytes":
            return re.sub(rb"~([0-9A-F]{2})", lambda found: bytes.fromhex(found[1].decode()), text.encode())
        return text.encode(encoding)


def cases(kind):
    found = []
    for block in (CASES / f"{kind}.txt").read_text(encoding="utf-8").split("\n== ")[1:]:
        head, text, wanted = block.split("\n----\n", 2)
        what, *options = head.split("\n")
        lines = [line for line in wanted.split("\n") if line.strip()]
        case = Case(what, dict(line.split(": ", 1) for line in options), text + "\n", lines)
        found.append(pytest.param(case, id=what[:60]))
    return found


def joined(values):
    return " ".join(sorted(values)) or "-"


def sorted_columns(line):
    return " | ".join(joined(part.split()) if "@" in part else part.strip() for part in line.split("|"))


@pytest.mark.parametrize("case", cases("vcard"))
def test_cards(case):
    found = [
        f"{person.name or '-'}{' (company)' * person.company} | {joined(person.emails)} | "
        f"{' '.join(map(digits, person.phones)) or '-'} | {person.birthday or '-'} | {person.org or '-'}"
        for person in vcard.read(case.data()).people
    ]
    assert found == [sorted_columns(line) for line in case.wanted]


@pytest.mark.parametrize("case", cases("ics"))
def test_calendars(case):
    since, until = map(dt.date.fromisoformat, case.options["window"].split())
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{case.data().decode()}END:VCALENDAR\n"
    result = ics.read(text.encode(), me=case.me, since=since, until=until)
    found = [
        f"{each.date} {each.start or '-'} {'-' if each.minutes is None else f'{each.minutes:g}'} | "
        f"{joined(email for person in each.people for email in person.emails)}"
        for each in result.encounters
    ]
    assert found == sorted(map(sorted_columns, case.wanted))
    assert "CANARY" not in repr(result)


UNSEEN = {
    "LRM": "\u200e", "RLM": "\u200f", "NNBSP": "\u202f", "NBSP": "\u00a0", "LRE": "\u202a", "PDF": "\u202c",
    "BOM": "\ufeff",
}  # fmt: skip


@pytest.mark.parametrize("case", cases("whatsapp"))
def test_chats(case):
    text = case.data().decode()
    for name, char in UNSEEN.items():
        text = text.replace(f"{{{name}}}", char)
    result = whatsapp.read(text.encode(), me=case.me)
    if case.options.get("order") == "ask":
        assert not result.encounters
        assert sorted(person.label for person in result.people) == case.wanted
        return
    days: dict[dt.date, list[str]] = {}
    for each in result.encounters:
        days.setdefault(each.date, []).append(f"{each.people[0].label}: {each.count}")
    assert [f"{day} | {', '.join(sorted(who))}" for day, who in days.items()] == case.wanted
    assert "CANARY" not in repr(result)


@pytest.mark.parametrize("case", cases("linkedin"))
def test_linkedin(case):
    result = linkedin.read(case.data(), me=case.me, order=case.options.get("order"))
    if "CONVERSATION" in case.text:
        found = [
            f"{each.date} | {each.people[0].name} | {each.count}, {each.sent}, {each.initiated_by}"
            for each in result.encounters
        ]
    else:
        days = {each.people[0].origin: each.date for each in result.encounters}
        found = [
            f"{p.name} | {joined(p.emails)} | {p.org or '-'} | {p.position or '-'} | {days.get(p.origin, '-')}"
            for p in result.people
        ]
    assert found == case.wanted
    assert "CANARY" not in repr(result)
    assert not result.failed


@pytest.mark.parametrize("case", cases("mail"))
def test_mail(case):
    result = mail.read(mail.split_mbox([case.data()]), me=case.me, today=dt.date(2026, 12, 31))
    found = [
        f"{each.date} | {joined(email for p in each.people for email in p.emails)} | "
        f"{each.count}, {each.sent}, {each.initiated_by} | {'; '.join(p.name for p in each.people if p.name) or '-'}"
        for each in result.encounters
    ]
    assert found == case.wanted
    assert "CANARY" not in repr(result)
    assert "canary" not in repr(result)
