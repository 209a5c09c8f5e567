"""How much one import may bring: more is refused early, in one sentence with a remedy, and nothing is written."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from netnotes.app import import_files
from netnotes.importers import bounds, linkedin, mail, monica, vcard
from tests.program import run

DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=number) for number in range(400)]
OWNER = ["own@x.example", "Own Er"]


def cards(count):
    return "".join(f"BEGIN:VCARD\nFN:Ada {number}\nEND:VCARD\n" for number in range(count))


def calendar(people, meetings):
    entries = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nDTSTART:{DAYS[number % 400]:%Y%m%d}T100000Z\n"
        f"ATTENDEE;CN=Ada:mailto:ada{number % people}@x.example\nEND:VEVENT\n"
        for number in range(meetings)
    )
    return f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR\n"


def connections(count):
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    return head + "".join(f"Ada,{number},,,,,02 Mar 2024\n" for number in range(count))


def conversations(people, messages):
    rows = (f"{n},Ada {n % people},Own Er,{DAYS[n % 400]} 10:00:00 UTC,CANARY\n" for n in range(messages))
    return "CONVERSATION ID,FROM,TO,DATE,CONTENT\n" + "".join(rows)


def chat(people, messages):
    return "".join(f"{DAYS[n]:%d/%m/%Y}, 10:00 - Ada {n % people}: CANARY\n" for n in range(messages))


def mailbox(people, messages):
    return "".join(
        f"From x\nFrom: Ada <ada{n % people}@x.example>\nTo: own@x.example\n"
        f"Date: {DAYS[n % 400]:%a, %d %b %Y} 10:00:00 +0000\nMessage-ID: <{n}>\n\nCANARY\n\n"
        for n in range(messages)
    )


def crm(people, calls):
    names = [{"first_name": f"Ada {n}"} for n in range(people)]
    contacts: list[dict[str, object]] = [{"uuid": name["first_name"], "properties": name} for name in names]
    made = [{"uuid": f"c{n}", "properties": {"called_at": f"{DAYS[n]}"}} for n in range(calls)]
    contacts[0]["data"] = [{"type": "call", "values": made}]
    return json.dumps({"account": {"data": [{"type": "contact", "values": contacts}]}})


TOO_MUCH = {
    "vcard people": cards(30),
    "ics people": calendar(30, 30),
    "ics contacts": calendar(3, 60),
    "linkedin people": connections(30),
    "linkedin people, by their messages": conversations(30, 30),
    "linkedin contacts": conversations(3, 60),
    "mail people": mailbox(60, 60),
    "mail contacts": mailbox(3, 60),
    "whatsapp people": chat(30, 30),
    "whatsapp contacts": chat(3, 60),
    "monica people": crm(30, 1),
    "monica contacts": crm(3, 60),
}
ENDINGS = {"vcard": "vcf", "ics": "ics", "linkedin": "csv", "mail": "mbox", "whatsapp": "txt", "monica": "json"}


@pytest.fixture
def _few(monkeypatch):
    """Bound an import to 20 people and 50 contacts."""
    monkeypatch.setattr(bounds, "PEOPLE", replace(bounds.PEOPLE, most=20))
    monkeypatch.setattr(bounds, "ADDRESSES", replace(bounds.ADDRESSES, most=40))
    monkeypatch.setattr(bounds, "ENCOUNTERS", replace(bounds.ENCOUNTERS, most=50))


def imported(name, folder, **options):
    kind = name.split()[0]
    place = folder / f"messages.{ENDINGS[kind]}"
    place.write_text(TOO_MUCH[name], encoding="utf-8")
    return import_files.read(kind, place, me=OWNER, today=dt.date(2026, 1, 1), **options)


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize("name", TOO_MUCH)
def test_more_than_an_import_may_bring_is_refused(name, tmp_path):
    found = imported(name, tmp_path)
    (problem,) = found.problems
    what = "contacts" if "contacts" in name else "people|addresses"
    assert re.fullmatch(rf"more than \d+ ({what}); nothing of it is imported", problem.message)
    assert problem.hint
    assert (found.failed, found.people, found.encounters) == (True, (), ())


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize("name", [name for name in TOO_MUCH if "contacts" in name])
def test_the_remedy_for_too_many_contacts_helps(name, tmp_path):
    found = imported(name, tmp_path, since=DAYS[45])
    assert not found.failed
    assert len(found.encounters) == 15
    assert min(each.date for each in found.encounters) == DAYS[45]


@pytest.mark.usefixtures("_few")
def test_a_file_that_brings_too_much_fails_alone_and_all_together_are_bounded(tmp_path):
    (tmp_path / "a.vcf").write_text(cards(30), encoding="utf-8")
    (tmp_path / "b.vcf").write_text(cards(15), encoding="utf-8")
    found = import_files.read("vcard", tmp_path)
    assert len(found.people) == 15
    assert [problem.path for problem in found.problems] == ["a.vcf"]
    (tmp_path / "c.vcf").write_text(cards(15), encoding="utf-8")
    found = import_files.read("vcard", tmp_path)
    assert found.failed
    assert [problem.message for problem in found.problems] == ["more than 20 people; nothing of it is imported"]


@pytest.mark.usefixtures("_few")
@pytest.mark.parametrize(("read", "text"), [(vcard.read, cards(30_000)), (linkedin.read, connections(30_000))])
def test_a_large_file_is_not_read_to_its_end(read, text):
    pieces = iter([text[at : at + 5_000].encode() for at in range(0, len(text), 5_000)])
    with pytest.raises(bounds.ImportTooLarge):
        read(pieces)
    assert len(list(pieces)) * 5_000 > len(text) * 0.9


@pytest.mark.usefixtures("_few")
def test_a_mailbox_is_not_read_to_its_end():
    blocks = mail.split_mbox([mailbox(1_000, 1_000).encode()])
    with pytest.raises(bounds.ImportTooLarge):
        mail.read(blocks, me=OWNER)
    assert len(list(blocks)) > 900


@pytest.mark.parametrize(
    "data", [b'{"account": ' + b"{}" * 100, b"INSERT INTO `contacts` (`id`) VALUES " + b"(1)," * 100]
)
def test_an_export_of_monica_is_bounded_before_it_is_held_in_memory(data, monkeypatch):
    monkeypatch.setattr(bounds, "RECORDS", replace(bounds.RECORDS, most=50))
    with pytest.raises(bounds.ImportTooLarge, match="50 messages or rows"):
        monica.read(data)
    monkeypatch.setattr(bounds, "MEGABYTES", replace(bounds.MEGABYTES, most=0))
    with pytest.raises(bounds.ImportTooLarge, match="MB"):
        monica.read(data)


@pytest.mark.usefixtures("_few")
def test_the_command_says_what_to_do_and_writes_nothing(tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Ada.md").write_text("---\ntype: person\n---\n", encoding="utf-8")
    (tmp_path / "all.vcf").write_text(cards(30), encoding="utf-8")
    result = run("import", tmp_path / "all.vcf", vault, "--yes")
    assert result.exit_code == 1
    assert "more than 20 people; nothing of it is imported" in result.stderr
    assert "split the file" in result.stderr
    assert [path.name for path in vault.glob("*.md")] == ["Ada.md"]


def test_the_page_states_the_bounds():
    page = (Path(__file__).parents[2] / "docs/import.md").read_text(encoding="utf-8")
    stated = page.partition("## How much one import may bring")[2].partition("\n## ")[0]
    for limit in (
        bounds.PEOPLE,
        bounds.ENCOUNTERS,
        bounds.RECORDS,
        bounds.ENTRIES,
        bounds.ADDRESSES,
    ):
        assert f"{limit.most:,}" in stated
    assert f"{bounds.MEGABYTES.most} MB" in stated
