"""No word of a message, subject, note or attachment goes anywhere: notes, caches, the journal, the screen."""

import json

import pytest

from netnotes.errors import NetNotesError
from tests.program import run

CANARY = "quokka-7431"
CARDS = f"""BEGIN:VCARD
FN:Nela Vrba
EMAIL:nela@vrba.example
NOTE:{CANARY}
PHOTO;ENCODING=b:{CANARY}
X-{CANARY}:{CANARY}
BDAY:{CANARY}
AGENT:{CANARY}
END:VCARD
BEGIN:VCARD
NOTE:{CANARY}
END:VCARD
"""
EVENT = f"""BEGIN:VEVENT
UID:1
SUMMARY:{CANARY}
DESCRIPTION:{CANARY}\\n{CANARY}
LOCATION:{CANARY}
ATTACH:https://x.example/{CANARY}
COMMENT:{CANARY}
ATTENDEE;CN=Nela Vrba:mailto:nela@vrba.example
BEGIN:VALARM
DESCRIPTION:{CANARY}
END:VALARM
"""
CALENDAR = (
    f"BEGIN:VCALENDAR\n{EVENT}DTSTART:20260302T100000Z\nRRULE:{CANARY}\nEND:VEVENT\n"
    f"{EVENT}DTSTART:{CANARY}\nEND:VEVENT\nEND:VCALENDAR\n"
)
CHAT = f"""13/02/2026, 10:01 - Nela Vrba: {CANARY}
{CANARY}
14/02/2026, 10:01 - Own Er: {CANARY} {CANARY}: {CANARY}
31/02/2026, 10:01 - Nela Vrba: {CANARY}
15/02/2026, 10:01 - Nela Vrba: {CANARY}.jpg (file attached)
"""
MBOX = "".join(
    f"""From x Mon Mar 2 10:0{n}:00 2026
From: {sender}
To: {to}
Subject: {CANARY}
X-Note: {CANARY}
Date: Mon, 2 Mar 2026 10:0{n}:00 +0000
Message-ID: <{n}@x>
Content-Type: multipart/mixed; boundary={CANARY}

{CANARY}
From: {CANARY}

--{CANARY}
Content-Disposition: attachment; filename={CANARY}

"""
    for n, (sender, to) in enumerate(
        [
            ("Nela Vrba <nela@vrba.example>", "own@er.example"),
            ("own@er.example", "Nela Vrba <nela@vrba.example>"),
        ]
    )
)
CONNECTIONS = f"""Notes:
"{CANARY}"

First Name,Last Name,URL,Email Address,Company,Position,Connected On,Notes
Nela,Vrba,https://www.linkedin.com/in/nela,,,,05 Mar 2026,{CANARY}
,,,,,,06 Mar 2026,{CANARY}
"""
MESSAGES = f"""CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT
1,{CANARY},Nela Vrba,,Own Er,,2026-03-01 10:00:00 UTC,{CANARY},"{CANARY}
{CANARY}"
1,{CANARY},Nela Vrba,,Own Er,,no day,{CANARY},{CANARY}
1,{CANARY},Nela Vrba,,Own Er,,"{CANARY}
"""
INVITATIONS = f"""From,To,Sent At,Message,Direction
Nela Vrba,Own Er,"3/1/26, 9:05 AM",{CANARY},INCOMING
"""
MONICA = (
    "INSERT INTO `contacts` (`id`,`first_name`,`last_name`,`is_partial`,`description`) VALUES "
    f"(1,'Nela','Vrba',0,'{CANARY}');\n"
    "INSERT INTO `calls` (`id`,`contact_id`,`called_at`,`content`,`contact_called`) VALUES "
    f"(5,1,'2026-03-02 10:00:00','{CANARY}',1);\n"
    f"INSERT INTO `notes` (`id`,`contact_id`,`body`) VALUES (1,1,'{CANARY}');\n"
    "INSERT INTO `activities` (`id`,`summary`,`description`,`happened_at`) VALUES "
    f"(1,'{CANARY}','{CANARY}','2026-03-03');\n"
    "INSERT INTO `activity_contact` (`activity_id`,`contact_id`) VALUES (1,1);\n"
)
FILES = {
    "cards.vcf": ("vcard", CARDS),
    "cal.ics": ("ics", CALENDAR),
    "chat.txt": ("whatsapp", CHAT),
    "box.mbox": ("mail", MBOX),
    "Connections.csv": ("linkedin", CONNECTIONS),
    "messages.csv": ("linkedin", MESSAGES),
    "Invitations.csv": ("linkedin", INVITATIONS),
    "monica.sql": ("monica", MONICA),
}


@pytest.fixture
def vault(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NETNOTES_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "vault"
    root.mkdir()
    (root / "netnotes.toml").write_text("")
    return root


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("broken", [False, True])
def test_no_word_of_a_source_goes_anywhere(vault, tmp_path, name, broken):
    kind, text = FILES[name]
    source = tmp_path / "source" / name
    source.parent.mkdir()
    data = text.encode()
    # Cut in the middle, and with bytes that no encoding has: what is said of a broken file holds none of it either.
    source.write_bytes(data[: len(data) * 3 // 5] + b"\xff\x00\x81" if broken else data)
    args = ["import", kind, source, vault, "--me", "Own Er", "--me", "own@er.example", "--as-of", "2026-04-01"]
    shown = [run(*args, *more) for more in (["--dry-run", "--json"], ["--dry-run"], ["--yes"], ["--yes"])]
    shown += [run("people", vault), run("check", vault), run("undo", vault, "--yes")]
    assert not [result.output for result in shown if CANARY in result.output]
    assert not [
        result for result in shown if result.exception and not isinstance(result.exception, SystemExit | NetNotesError)
    ]
    places = (place for folder in ("vault", "data", "cache") for place in (tmp_path / folder).rglob("*"))
    mark = CANARY.encode()
    assert not [place for place in places if CANARY in place.name or (place.is_file() and mark in place.read_bytes())]


@pytest.mark.parametrize("name", [name for name in FILES if name != "Invitations.csv"])
def test_each_source_brings_its_person(vault, tmp_path, name):
    kind, text = FILES[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    args = ("import", kind, tmp_path / name, vault, "--me", "Own Er", "--me", "own@er.example", "--dry-run", "--json")
    assert "Nela Vrba" in [person["name"] for person in json.loads(run(*args).output)["people"]]
