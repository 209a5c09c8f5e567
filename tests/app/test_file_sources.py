"""`[sources]`: calendars and mail beside the vault, read after consent, and never written."""

import datetime as dt
import json
import mailbox
import os
import sys

import pytest

from netnotes.app import file_sources
from netnotes.app.logbook import open_logbook
from netnotes.app.sources import VaultSources
from netnotes.app.workspace import open_workspace
from netnotes.incremental import Memory
from netnotes.pipeline import run
from netnotes.plugin_host.consent import Trust, folder
from tests.plugin_host.conftest import home

__all__ = ["home"]
TODAY = dt.date(2026, 6, 30)
CANARY = "canary-7731"
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:{uid}
DTSTART:{day}T100000Z
DTEND:{day}T110000Z
SUMMARY:{canary} subject
DESCRIPTION:{canary} text
LOCATION:{canary} room
ATTENDEE;CN=A. Lovelace:mailto:ada@example.org
ATTENDEE;CN=Cy Unknown:mailto:cy@example.org
{more}END:VEVENT
END:VCALENDAR
"""


def event(uid="meeting-1", day="20260601", more=""):
    return EVENT.format(uid=uid, day=day, canary=CANARY, more=more)


@pytest.fixture
def beside(tmp_path, monkeypatch, home):
    """Return the user's own folder, beside the vault."""
    place = tmp_path / "user"
    (place / "cal").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("USERPROFILE", str(place))
    home.write("People/Ada.md", "---\nemail: ada@example.org\n---\n")
    home.write("netnotes.toml", '[sources]\ncalendar = "~/cal"\n')
    return place


def allow(home):
    assert home.netnotes("sources", home.root, "--allow", "--yes").code == 0


def found(home):
    """Return (day, names, path, uid) of the encounters out of files beside the vault, and the problems."""
    _, outcome = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)}).run(TODAY)
    result = [
        (str(met.date), [person.name for person in met.people], met.path, met.fields["uid"])
        for met in (*outcome.network.encounters, *outcome.network.planned)
        if "uid" in met.fields
    ]
    return result, [f"{problem.path}: {problem.message}" for problem in outcome.problems]


def test_nothing_is_read_before_it_is_allowed(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    result, problems = found(home)
    assert not result
    assert problems == ["netnotes.toml: [sources] ~/cal: not read: never allowed"]
    ran = home.netnotes("check", home.root)
    assert f"netnotes sources {home.root} --allow" in ran.out


def test_an_event_is_an_encounter_that_points_to_its_file_and_uid(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    allow(home)
    result, problems = found(home)
    assert result == [("2026-06-01", ["Ada"], "~/cal/a.ics", "calendar:meeting-1:20260601T1000")]
    assert not problems
    assert "~/cal/a.ics:2" in home.netnotes("why", "Ada", home.root, "--as-of", "2026-06-30").out


def test_a_person_without_a_note_does_not_count(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    allow(home)
    assert "Cy" not in home.netnotes("people", home.root).out


def test_the_rules_of_the_import_hold(home, beside):
    home.write("netnotes.toml", '[sources.calendar]\npath = "~/cal"\nme = ["me@example.org"]\n')
    (beside / "cal" / "a.ics").write_text(event("gone", more="STATUS:CANCELLED\n"))
    (beside / "cal" / "b.ics").write_text(
        event("declined", "20260602", "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org\n")
    )
    crowd = "".join(f"ATTENDEE:mailto:p{number}@example.org\n" for number in range(60))
    (beside / "cal" / "c.ics").write_text(event("crowd", "20260603", crowd))
    (beside / "cal" / "d.ics").write_text(event("held", "20260604"))
    allow(home)
    assert [each[3] for each in found(home)[0]] == ["calendar:held:20260604T1000"]


def mail_to(folder_, days, sender="Ada L <ada@example.org>", to="me@example.org"):
    folder_.parent.mkdir(parents=True, exist_ok=True)
    box = mailbox.Maildir(folder_, create=True) if not str(folder_).endswith(".mbox") else mailbox.mbox(folder_)
    for number, day in enumerate(days):
        box.add(
            f"From: {sender}\nTo: {to}\nDate: {day} Jun 2026 10:00:00 +0000\nSubject: {CANARY}\n"
            f"Message-ID: <{number}@x>\n\n{CANARY} text\n"
        )
    box.close()


@pytest.mark.parametrize("place", ["Mail", "old.mbox"])
def test_a_mailbox_is_a_source(home, beside, place):
    mail_to(beside / place, ["Mon, 01", "Mon, 01", "Tue, 02"])
    home.write("netnotes.toml", f'[sources.mail]\npath = "~/{place}"\nme = ["me@example.org"]\n')
    allow(home)
    result, problems = found(home)
    assert [(day, people, path) for day, people, path, _ in result] == [
        ("2026-06-01", ["Ada"], f"~/{place}"),
        ("2026-06-02", ["Ada"], f"~/{place}"),
    ]
    assert not problems


def card(name, *more):
    return "\n".join(["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *more, f"NOTE:{CANARY}", "END:VCARD", ""])


def people_of(home):
    """Return everyone but Bob: the name, `note` for who has one, and the days of contact but the vault's own."""
    _, outcome = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)}).run(TODAY)
    ties = (tie for tie in outcome.network.ties if tie.person.name != "Bob")
    days = {tie.person: [day for each in tie.contacts if (day := str(each.date)) != "2026-06-20"] for tie in ties}
    return {(person.name, "note" if person.path else "no note"): found for person, found in days.items()}


def test_a_card_alone_adds_nobody(home, beside):
    (beside / "cal" / "bo.vcf").write_text(card("Bo Lind", "EMAIL:bo@example.org"))
    (beside / "cal" / "notes.txt").write_text("2026-06-01 Ada")
    allow(home)
    assert found(home) == ([], [])
    assert people_of(home) == {("Ada", "note"): []}


def test_who_has_a_card_counts_where_an_event_names_them(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "cal" / "cy.vcf").write_text(card("Cyrus Vance", "EMAIL;TYPE=work:Cy@Example.org"))
    allow(home)
    assert people_of(home) == {("Ada", "note"): ["2026-06-01"], ("Cyrus Vance", "no note"): ["2026-06-01"]}


def test_who_has_a_card_counts_where_a_line_names_them(home, beside):
    home.write("Daily/2026-06-02.md", "- tea with cyrus vance\n")
    allow(home)
    assert people_of(home) == {("Ada", "note"): []}
    (beside / "cal" / "cy.vcf").write_text(card("Cyrus Vance"))
    assert people_of(home) == {("Ada", "note"): [], ("Cyrus Vance", "no note"): ["2026-06-02"]}


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("Cyrus Vance", "---\ntype: person\n---\n"),  # by the name
        ("Cy V", "---\nemail: other@example.org\n---\n"),  # by another address of the card
        ("Cy Vance", "---\nphone: 030 1234567\n---\n"),  # by the number, since the names share a word
        ("Cyrus", "---\naliases: [Cyrus Vance]\ntype: person\n---\n"),
    ],
)
def test_the_addresses_on_a_card_are_those_of_the_note_about_the_person(home, beside, note, written):
    home.write(f"People/{note}.md", written)
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "cal" / "cy.vcf").write_text(
        card("Cyrus Vance", "EMAIL:other@example.org", "EMAIL:cy@example.org", "TEL:+49 30 1234567")
    )
    allow(home)
    assert people_of(home)[note, "note"] == ["2026-06-01"]
    assert len(people_of(home)) == 2


def test_the_nickname_on_a_card_is_an_alias(home, beside):
    home.write("People/Cyrus Vance.md", "---\ntype: person\n---\n")
    home.write("Daily/2026-06-02.md", "- tea with Zuzu\n")
    (beside / "cal" / "cy.vcf").write_text(card("Cyrus Vance", "NICKNAME:Zuzu"))
    allow(home)
    assert people_of(home) == {("Ada", "note"): [], ("Cyrus Vance", "note"): ["2026-06-02"]}


def test_a_card_that_may_be_one_of_two_people_changes_nothing(home, beside):
    home.write("People/Cyrus Vance.md", "---\ntype: person\n---\n")
    home.write("Old/Cyrus Vance.md", "---\ntype: person\n---\n")
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "cal" / "cy.vcf").write_text(card("Cyrus Vance", "EMAIL:cy@example.org"))
    allow(home)
    result, problems = found(home)
    assert [people for _, people, _, _ in result] == [["Ada"]]
    assert not problems


def test_a_number_that_a_family_shares_does_not_make_one_person_of_two(home, beside):
    home.write("People/Dora Pell.md", "---\nphone: 030 1234567\n---\n")
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "cal" / "cy.vcf").write_text(card("Cyrus Vance", "EMAIL:cy@example.org", "TEL:030 1234567"))
    allow(home)
    assert people_of(home) == {
        ("Ada", "note"): ["2026-06-01"], ("Dora Pell", "note"): [], ("Cyrus Vance", "no note"): ["2026-06-01"]
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        card("Acme", "ORG:Acme", "N:;;;;", "EMAIL:cy@example.org"),
        card("Book club", "KIND:group", "EMAIL:cy@example.org"),
        card("support@acme.example", "EMAIL:cy@example.org"),
        card("", "EMAIL:cy@example.org"),
        card("Taxi"),
    ],
)
def test_a_card_of_something_else_does_not_count(home, beside, text):
    home.write("Daily/2026-06-02.md", "- Taxi with Ada\n")
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "cal" / "x.vcf").write_text(text)
    allow(home)
    assert people_of(home) == {("Ada", "note"): ["2026-06-01", "2026-06-02"]}


def test_a_card_of_the_owner_adds_own_addresses(home, beside):
    home.write("Cyrus Vance.md", "---\nme: true\n---\n")
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "cal" / "me.vcf").write_text(card("Cyrus Vance", "EMAIL:cy@example.org"))
    allow(home)
    assert people_of(home) == {("Ada", "note"): ["2026-06-01"]}


def test_a_broken_card_is_a_problem_of_its_file(home, beside):
    (beside / "cal" / "bo.vcf").write_text("BEGIN:VCARD\nFN:Bo Lind\n")
    (beside / "cal" / "cut.vcf").write_bytes(b"BEGIN:VCARD\nNOTE:\xff\x1b[2J\nEND:VCARD\n")
    allow(home)
    assert found(home)[1] == [
        "~/cal/bo.vcf: card without END:VCARD; read as far as it goes",
        "~/cal/cut.vcf: card without a name, address or number; left out",
    ]


def test_a_changed_card_is_read_again_by_one_who_remembers(home, beside):
    home.write("Daily/2026-06-02.md", "- tea with cyrus vance\n- tea with dora pell\n")
    place = beside / "cal" / "cy.vcf"
    place.write_text(card("Cyrus Vance"))
    allow(home)
    space = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)})
    memory = Memory()
    names = []
    for name in ("Cyrus Vance", "Dora Pell", None):
        place.write_text(card(name)) if name else place.unlink()
        vault = space.read()
        outcome = run(
            vault, space.config, space.plugins, TODAY, memory, sources=VaultSources(home.root, vault).sources()
        )
        names.append({person.name for person in outcome.network.people} - {"Ada", "Bob"})
    assert names == [{"Cyrus Vance"}, {"Dora Pell"}, set()]


def test_nothing_of_a_text_or_a_subject_is_stored_or_shown(home, beside, tmp_path):
    (beside / "cal" / "a.ics").write_text(event(more=f"COMMENT:{CANARY}\nX-{CANARY}:1\n"))
    (beside / "cal" / "b.ics").write_text(event("bad", "2026", f"RRULE:{CANARY}\n"))
    mail_to(beside / "cal" / "Mail", ["Mon, 01", "Tue, 02"])
    allow(home)
    home.netnotes("sync", home.root, "--yes", "--as-of", "2026-06-30")
    output = ""
    for command in (["people"], ["check"], ["why", "Ada"], ["check", "--debug"], ["plugins", "list"], ["sources"]):
        ran = home.netnotes(command[0], *command[1:], home.root)
        output += ran.out + ran.err
    page = tmp_path / "map.html"
    home.netnotes("graph", home.root, "--output", page, "--no-open")
    assert CANARY not in output + page.read_text()
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(beside)]
    assert not [path for path in kept if CANARY.encode() in path.read_bytes()]


def test_the_files_are_never_written(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in beside.rglob("*") if path.is_file()}
    allow(home)
    home.netnotes("sync", home.root, "--yes")
    home.netnotes("undo", home.root, "--yes")
    home.netnotes("clean", home.root, "--yes")
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in beside.rglob("*") if path.is_file()}
    assert after == before


def test_another_path_is_another_consent(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "other").mkdir()
    (beside / "other" / "b.ics").write_text(event("other"))
    allow(home)
    home.write("netnotes.toml", '[sources]\ncalendar = "~/cal"\nmore = "~/other"\n')
    assert found(home) == ([], ["netnotes.toml: [sources] ~/cal, ~/other: not read: changed since it was allowed"])
    ran = home.netnotes("sources", home.root, "--allow", "--yes")
    assert '+ "more": {' in ran.err
    assert '"path": "~/other"' in ran.err
    assert len(found(home)[0]) == 2


def test_a_denied_source_is_silent(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    allow(home)
    assert home.netnotes("sources", home.root, "--deny").code == 0
    assert found(home) == ([], [])
    assert json.loads(home.netnotes("sources", home.root, "--json").out)[0]["state"] == "denied"


def test_the_same_vault_elsewhere_reads_nothing(home, beside, tmp_path):
    (beside / "cal" / "a.ics").write_text(event())
    allow(home)
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "netnotes.toml").write_bytes((home.root / "netnotes.toml").read_bytes())
    space = open_workspace(copy, {"NETNOTES_DATA": str(home.data)})
    assert not [plugin for plugin in space.plugins if plugin.name == file_sources.NAME]
    assert not [path for path in home.root.rglob("*") if "trust" in path.name]


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_a_path_that_leads_elsewhere_must_be_allowed_again(home, beside):
    (beside / "real").mkdir()
    (beside / "real" / "a.ics").write_text(event())
    (beside / "link").symlink_to(beside / "real")
    home.write("netnotes.toml", '[sources]\ncalendar = "~/link"\n')
    allow(home)
    assert len(found(home)[0]) == 1
    (beside / "secret").mkdir()
    (beside / "secret" / "b.ics").write_text(event("secret"))
    (beside / "link").unlink()
    (beside / "link").symlink_to(beside / "secret")
    assert found(home) == ([], ["netnotes.toml: [sources] ~/link: not read: changed since it was allowed"])


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are as they are there")
def test_hostile_files_in_a_folder_hold_nobody_up(home, beside):
    cal = beside / "cal"
    (beside / "secret.ics").write_text(event("secret", "20260605"))
    (cal / "out.ics").symlink_to(beside / "secret.ics")
    (cal / "up").symlink_to(beside)
    (cal / "loop").symlink_to(cal)
    (cal / "broken.ics").symlink_to(beside / "nowhere.ics")
    os.mkfifo(cal / "pipe.ics")
    (cal / "\x1b[2J.ics").write_text(event("escape", "20260606"))
    (cal / "locked.ics").write_text(event("locked"))
    with (cal / "huge.ics").open("wb") as file:
        file.truncate(300_000_000)
    (cal / "a.ics").write_text(event())
    allow(home)
    result, problems = found(home)
    assert {each[3].split(":")[1] for each in result} == {"meeting-1", "escape", "locked"}
    output = "\n".join(problems)
    assert "out.ics: is a link out of its folder" in output
    assert "pipe.ics: is not a regular file" in output
    assert "huge.ics: is larger than 200 MB" in output
    ran = home.netnotes("check", home.root)
    assert "\x1b" not in ran.out + ran.err
    assert "Traceback" not in ran.out + ran.err


def test_a_file_that_vanishes_costs_itself_alone(home, beside, monkeypatch):
    (beside / "cal" / "a.ics").write_text(event())
    (beside / "cal" / "b.ics").write_text(event("later", "20260607"))
    allow(home)
    from netnotes.storage import scan

    read = scan.read_bytes

    def vanishing(place, most):
        if place.endswith("a.ics"):
            raise FileNotFoundError(2, "No such file or directory")
        return read(place, most)

    monkeypatch.setattr(scan, "read_bytes", vanishing)
    result, problems = found(home)
    assert [each[3] for each in result] == ["calendar:later:20260607T1000"]
    assert problems == ["~/cal/a.ics: cannot be read: No such file or directory"]


def test_a_source_that_is_not_there_is_a_problem(home, beside):
    home.write("netnotes.toml", '[sources]\ncalendar = "~/nowhere"\n')
    allow(home)
    assert found(home) == ([], ["~/nowhere: not found"])


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("[sources]\nx = 3\n", "sources.x should be text or a table, not 3"),
        ('[sources.x]\npth = "~/cal"\n', "did you mean `path`?"),
        ("[sources.x]\nme = []\n", "[sources] x: no path"),
        ('[sources]\nx = ""\n', "[sources] x: no path"),
    ],
)
def test_mistakes_are_named(home, text, output):
    home.write("netnotes.toml", text)
    ran = home.netnotes("people", home.root)
    assert ran.code == 1
    assert output in ran.err


def test_a_vault_without_sources_says_so(home):
    ran = home.netnotes("sources", home.root)
    assert (ran.code, "no [sources]" in ran.err) == (1, True)


def test_hostile_paths_of_a_vault_that_arrives(home, beside):
    for path in ("/etc", "/dev/zero", "../..", "~root/x", "\\\\x", "~/cal/../.ssh", "C:\\x"):
        home.write("netnotes.toml", f"[sources]\nx = {json.dumps(path)}\n")
        assert found(home)[0] == []
        assert "never allowed" in found(home)[1][0]
    trust = Trust(folder(str(home.data)))
    assert not (trust.place / "allowed").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="/dev is not there")
def test_an_endless_file_is_not_a_regular_file(home, beside):
    home.write("netnotes.toml", '[sources]\nx = "/dev/zero"\n')
    allow(home)
    assert found(home) == ([], ["/dev/zero: is not a regular file, and is not read"])


@pytest.mark.parametrize(("flags", "count"), [("S", 1), ("RS", 1), ("DS", 0), ("ST", 0)])
def test_drafts_and_deleted_mail_in_a_maildir_do_not_count(home, beside, flags, count):
    mail_to(beside / "Mail", ["Mon, 01"])
    home.write("netnotes.toml", '[sources.mail]\npath = "~/Mail"\nme = ["me@example.org"]\n')
    allow(home)
    assert len(found(home)[0]) == 1
    (message,) = (beside / "Mail" / "new").iterdir()
    (stamp,) = stamps_of_mail(home)
    message.rename(beside / "Mail" / "cur" / f"{message.name}:2,{flags}")
    assert len(found(home)[0]) == count
    assert (stamps_of_mail(home) == [stamp]) is bool(count)


@pytest.mark.parametrize(
    ("folder_", "count"),
    [
        (".Sent", 1), (".INBOX.Archive", 1), ("Work", 1), ("Work/.2025", 1), (".notmuch/Mail", 0),
        (".Trash", 0), (".INBOX.Junk", 0), (".Drafts", 0), ("Work/Spam", 0),
        (".Entw&APw-rfe", 0), (".INBOX.&AMk-l&AOk-ments supprim&AOk-s", 0), (".Q&-A", 1),
    ],
)  # fmt: skip
def test_the_folders_in_a_maildir_are_read_with_it(home, beside, folder_, count):
    mail_to(beside / "Mail", ["Mon, 01"])
    mail_to(beside / "Mail" / folder_, ["Mon, 01", "Tue, 02"])
    home.write("netnotes.toml", '[sources.mail]\npath = "~/Mail"\nme = ["me@example.org"]\n')
    allow(home)
    assert [(day, path) for day, _, path, _ in found(home)[0]] == [
        ("2026-06-01", "~/Mail"), ("2026-06-02", "~/Mail")
    ][: 1 + count]  # fmt: skip


def test_hidden_maildirs_in_a_folder_are_read(home, beside):
    mail_to(beside / "Mail" / ".Sent", ["Mon, 01"], "me@example.org", "Ada L <ada@example.org>")
    mail_to(beside / "Mail" / ".Trash", ["Tue, 02"])
    mail_to(beside / "Mail" / "INBOX", ["Wed, 03"])
    home.write("netnotes.toml", '[sources.mail]\npath = "~/Mail"\nme = ["me@example.org"]\n')
    allow(home)
    assert [(day, path) for day, _, path, _ in found(home)[0]] == [
        ("2026-06-01", "~/Mail/.Sent"),
        ("2026-06-03", "~/Mail/INBOX"),
    ]


def test_a_message_that_is_moved_to_the_trash_of_a_maildir_changes_its_stamp(home, beside):
    mail_to(beside / "Mail", ["Mon, 01"])
    mail_to(beside / "Mail" / ".Trash", [])
    home.write("netnotes.toml", '[sources.mail]\npath = "~/Mail"\nme = ["me@example.org"]\n')
    allow(home)
    before = stamps_of_mail(home)
    (message,) = (beside / "Mail" / "new").iterdir()
    message.rename(beside / "Mail" / ".Trash" / "new" / message.name)
    assert stamps_of_mail(home) != before
    assert not found(home)[0]


def stamps_of_mail(home):
    """Return the stamps of the files beside the vault, by which `watch` knows that one has changed."""
    space = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)})
    return [file.stamp for file in VaultSources(home.root, space.read()).files("~/Mail")[0]]


def test_log_and_review_count_files_outside_the_vault(home, beside):
    (beside / "cal" / "a.ics").write_text(event())
    allow(home)
    space = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)})
    logbook = open_logbook(space, TODAY, dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC))
    _, outcome = space.run(TODAY)
    assert "~/cal/a.ics" in [met.path for met in outcome.network.encounters]
    assert logbook.outcome.network.encounters == outcome.network.encounters
    planned = logbook.plan(logbook.understand("coffee with Ada 1h"))
    (tie,) = (tie for tie in outcome.network.ties if tie.person.name == "Ada")
    depth = outcome.scores.number(tie, "depth")
    assert [moved.before for moved in planned.moved] == [depth]
    assert planned.moved[0].after > depth


def test_within_a_month_calendars_are_read_to_the_same_day_a_year_ahead(home, beside, monkeypatch):
    """A daemon opens the vault once a month, and answers for commands."""
    far = event("far", "20270625", "")
    (beside / "cal" / "a.ics").write_text(far)
    allow(home)
    for day in (1, 15, 30):
        monkeypatch.setattr(file_sources, "_today", lambda day=day: dt.date(2026, 6, day))
        assert [each[0] for each in found(home)[0]] == ["2027-06-25"]
