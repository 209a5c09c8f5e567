"""Every parser, as a function of bytes that must never raise: what cannot be read is a value or a refusal.

`.ci/fuzz` looks for bytes that break one, guided by coverage; tests run the seeds below and what was found.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from netnotes import config, options
from netnotes.capture.names.book import name_book
from netnotes.capture.notes.tasks import ticked
from netnotes.capture.sentence import understand, understand_promise
from netnotes.errors import BadConfig
from netnotes.extract.people.declarations import read_cadence
from netnotes.extract.people.inflection import forms
from netnotes.extract.people.likely_names import likely_name, parts_of_name
from netnotes.extract.people.names import folded, names_in
from netnotes.extract.people.note_names import looks_like_name, split_camel_case, without_id
from netnotes.importers import ics, linkedin, mail, monica, vcard, whatsapp
from netnotes.incremental import Memory
from netnotes.model import Person, Problem, Vault
from netnotes.pipeline import run
from netnotes.text import clauses, names_in_lines, parse, person_signs
from netnotes.text import settings as app_settings
from netnotes.text.frontmatter import block, flat_block, yaml12
from netnotes.text.lexicon import (
    channels,
    date_ranges,
    dates,
    day_phrases,
    durations,
    lengths_in_words,
    moment,
    periods,
)
from netnotes.text.markdown import document
from netnotes.writing.draft import set_properties

TODAY = dt.date(2026, 6, 30)
ADA = parse.note("People/Ada.md", b"---\ntype: person\naliases: [Countess]\n---\n- 2026-05-01 lunch (1h)\n")
BOOK = name_book([Person("a", "Ada", "People/Ada.md", ("Countess",)), Person("b", "Bo Lind", "People/Bo Lind.md")])
BO = parse.note("People/Bo Lind.md", b"---\ntype: person\n---\n")


@dataclass(frozen=True, slots=True)
class PluginOptions:
    """Options of every type that a plugin may have."""

    flag: bool = False
    count: int = 1
    share: float = 0.5
    word: Literal["one", "two"] = "one"
    names: tuple[str, ...] = ()
    since: dt.date | None = None
    weights: Mapping[str, float] | None = None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def front_matter(data: bytes) -> None:
    """Front matter and its YAML; a property put in can be taken out again."""
    block.read(_text(data))
    after = set_properties("Note.md", data, {"depth": 0.5})
    if not isinstance(after, Problem):
        assert not isinstance(set_properties("Note.md", after, {"depth": None}), Problem)


def yaml(data: bytes) -> None:
    """What stands between the fences: the quick reader says what the full one says, or nothing."""
    text = _text(data).replace("\x00", "") + "\n"
    flat = flat_block.read(text, 0)
    try:
        full = yaml12.parse(text)
    except yaml12.Fault:
        assert flat is None
        return
    if flat is not None:
        assert flat[0] == (full.value or {})
        assert flat[1] == {entry.key: entry.line for entry in full.entries}


def markdown(data: bytes) -> None:
    """The body of a note: the quick reader says what the full one says."""
    text = _text(data)
    assert document.read(text) == document.read_fully(text)


def note(data: bytes) -> None:
    """A whole note of each kind: its Markdown, links, passages."""
    for path in ("Note.md", "People/Cleo.md", "2026-06-01.md"):
        for problem in parse.note(path, data).problems:
            assert problem.message


def vault(data: bytes) -> None:
    """A daily note, a meeting and a person's note, through the whole program."""
    written = [
        parse.note(path, data) for path in ("Daily/2026-06-01.md", "Meetings/2026-06-02 Ada.md", "People/Cleo.md")
    ]
    notes = tuple(sorted((ADA, BO, *written), key=lambda note: note.path))
    run(Vault("Notes", notes), config.Config(), (), TODAY, Memory())


def people(data: bytes) -> None:
    """Notes that nothing marks, which may tell of people, and lines that name people without a note."""
    text = _text(data)
    person_signs.read(text, 0)
    written = [parse.note(path, data) for path in ("Cleo Marsh.md", "Cousins/Oma.md", "Aunt Bea.md", "2026-06-01.md")]
    notes = tuple(sorted((ADA, BO, *written), key=lambda note: note.path))
    run(Vault("Notes", notes), config.Config(), (), TODAY, Memory())


def dates_and_lengths(data: bytes) -> None:
    """Dates, lengths, clocks, birthdays, cadences and channels."""
    text = _text(data)
    for order in (None, "dmy", "mdy"):
        for read in (dates.lead, dates.of_value, dates.in_name, dates.birthday, date_ranges.of_value):
            with contextlib.suppress(dates.NoSuchDay):
                read(text, order)
    for plain in (periods.of_path, dates.of_task, durations.in_text, durations.span, durations.of_value):
        plain(text)
    durations.clock(text)
    date_ranges.span_start(text)
    read_cadence(text)
    channels.in_text(text)
    channels.of_value(text)


def lengths(data: bytes) -> None:
    """Lengths in words: none is negative, and none is so long that no day holds it."""
    text = _text(data)
    read = lengths_in_words.folded(text)
    found = lengths_in_words.composed(read), lengths_in_words.counted(read), lengths_in_words.wide(text)
    for minutes in (*found, durations.in_text(text)):
        assert minutes is None or minutes >= 0
    lengths_in_words.is_apart(read.words)


def day_phrase(data: bytes) -> None:
    """Days as people say them."""
    day_phrases.find(_text(data), TODAY)


def daily_format(data: bytes) -> None:
    """A format of moment.js, and a text in it."""
    form, _, text = _text(data).partition("\n")
    moment.parse(form, text)
    made = moment.format(form, dt.datetime(2026, 6, 30, 9, 5, tzinfo=dt.UTC))
    moment.parse(form, made)


def sentence(data: bytes) -> None:
    """A sentence of `netnotes log` or `netnotes promise`, and a task that is ticked."""
    understand(_text(data), BOOK, TODAY)
    understand_promise(_text(data), BOOK, TODAY)
    ticked(_text(data), TODAY)


def names(data: bytes) -> None:
    """Lists of names, names in lines, first names, titles and forms of names."""
    text = _text(data)
    list(names_in(text.splitlines()))
    for name in (text, *(name for _, name in names_in(text))):
        likely_name(name)
        list(parts_of_name(name))
        list(forms(folded(name), name))
        looks_like_name(name)
        split_camel_case(without_id(name))
    for span in (*names_in_lines.at_names(text), *names_in_lines.plain_names(text, clauses.words_of(text), ())):
        assert text[span.start : span.end]


def vcards(data: bytes) -> None:
    """An address book."""
    vcard.read(data)


def calendar(data: bytes) -> None:
    """A calendar."""
    ics.read(data, since=dt.date(2025, 1, 1), until=TODAY)


def mailbox(data: bytes) -> None:
    """A mailbox."""
    mail.read(mail.split_mbox(data.splitlines(keepends=True)), today=TODAY)


def chat(data: bytes) -> None:
    """An exported chat."""
    for order in (None, "dmy"):
        whatsapp.read(data, order=order)


def linkedin_table(data: bytes) -> None:
    """Tables of LinkedIn."""
    linkedin.read(data)


def monica_export(data: bytes) -> None:
    """An export of Monica, JSON or SQL."""
    monica.read(data)


def settings(data: bytes) -> None:
    """`netnotes.toml`."""
    with contextlib.suppress(BadConfig):
        config.parse(_text(data))


def plugin_options(data: bytes) -> None:
    """A plugin's own table."""
    with contextlib.suppress(tomllib.TOMLDecodeError, RecursionError):
        options.read(PluginOptions, tomllib.loads(_text(data)), "plugins.own")


def settings_of_app(data: bytes) -> None:
    """Obsidian's and Logseq's own settings."""
    for path in (app_settings.DAILY, app_settings.OBSIDIAN, app_settings.PERIODIC, app_settings.LOGSEQ):
        app_settings.read({path: _text(data)})


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        *(front_matter, yaml, markdown, note, vault, people, names),
        *(dates_and_lengths, lengths, day_phrase, daily_format, sentence),
        *(vcards, calendar, mailbox, chat, linkedin_table, monica_export),
        *(settings, plugin_options, settings_of_app),
    )
}
_NOTE = (
    b"---\ntype: person\naliases: [A, 'B']\ndate: 2026-06-01\nattendees:\n  - '[[Ada]]'\nnetnotes: depth-50e3\n---\n"
    b"# H\n- [ ] call [[Ada|her]] \xf0\x9f\x93\x85 2026-07-03\n- Coffee with [[Bo Lind]] (45 min) [by:: me]\n"
    b"| a | b |\n|---|---|\n`x` %%c%% ==h== ![[e]] #tag ^id\n"
)
SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "front_matter": (
        _NOTE,
        b"---\na: |\n  x\nb: >-\n  y\n? c\n: d\n---\n",
        b"\xef\xbb\xbf---\r\na: 1\r\n---\r\n",
        b"---\n---",
    ),
    "yaml": (
        b"type: person\naliases: [A, 'B']\nat: 2026-06-01\nattendees:\n  - '[[Ada]]'\n# c\n",
        b"a: |\n  x\nb: >-\n  y\n? c\n: d\ne: &x 1\nf: *x\n",
        b"{a: [1, 2.5, ~], 'b': \"\\u00e9\"}",
    ),
    "markdown": (
        _NOTE,
        b'> - [x] `a [[b]]` [c](d.md "t") <!-- e --> $f$\n```\n[[g]]\n```\n1. # h\n\ti\n[j]: k.md\n![[l|m]]\\\n***\n',
    ),
    "note": (_NOTE, b"type:: person\n- TODO [[Ada]] lunch\n  - 14:00 - 15:30 talk"),
    "vault": (_NOTE, b"- Lunch with [[Ada]] and Bo Lind, 1h\n## 14:00 Call (2h)\n- [[Ada]]\n"),
    "people": (
        b"My cousin, in Leeds.\nBorn 3 May 1984. Phone: 0113 496 0000\n- lunch with Priya and Prof. Halloran, 1h\n",
        "- coffee w/ Mum, then called Ola Nowak-Lind\n- Jan z Anną, mit Herrn Fuchs\n".encode(),
    ),
    "lengths": (
        *(b"two and a half hours", "fünfundvierzig Minuten".encode(), "1時間半, 一個半小時".encode()),
        *(b"dos horas y media", "минут двадцать, полтора часа".encode(), b"10 and 25 minutes, an hour or so"),
    ),
    "dates_and_lengths": (b"1. M\xc3\xa4rz 2026", b"03/04/2026 1h30", b"14:00-15:30", b"every 2 weeks", b"2026-W23"),
    "day_phrase": (b"last Tuesday", b"vor zwei Wochen", b"le 3 mai", b"the 27th"),
    "daily_format": (
        *(b"YYYY-MM-DD[x]\n2026-06-30x", b"dddd Do MMMM gggg-[W]ww\n", b"YYYY/MM/DD\n"),
        b"MMMM dddd " * 400 + b"\n" + b"June Tuesday " * 400,
    ),
    "sentence": (
        b"coffee with Ada 45m yesterday, she started it",
        b"rief Bo Lind an, promised to send him the plan by Friday",
    ),
    "names": (
        *(b"Prof. Dr. Ada van der Lind-Marsh", b"- lunch with Ola, Priya & aunt Bea @Bo_Lind", "張さんと田中".encode()),
        *(b"Ada, Bo & Cleo (Navy)", b"[[Ada]]; 'Lind, Bo' <bo@example.com>"),
    ),
    "vcards": (
        (
            b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lind;Bo;;;\r\nFN:Bo\r\nBDAY:--0628\r\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n=20b\r\n"
            b"END:VCARD\r\n"
        ),
    ),
    "calendar": (
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:20260601T090000\nDURATION:PT1H\n"
            b"RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260608T090000\nSUMMARY:x\nATTENDEE;CN=Ada:mailto:ada@example.com\n"
            b"END:VEVENT\nEND:VCALENDAR\n"
        ),
    ),
    "mailbox": (
        (
            b"From x Mon Jun  1 09:00:00 2026\nFrom: Ada <ada@example.com>\nTo: =?utf-8?q?B=C3=B6?= <bo@example.com>\n"
            b"Date: Mon, 1 Jun 2026 09:00:00 +0200\nMessage-ID: <1@x>\n\ntext\n"
        ),
    ),
    "chat": (b"[01/06/2026, 09:00:00] Ada: hi\n01/06/26, 9:00 - Bo: ho\n6/1/26, 9:00 AM - Ada: x\n",),
    "linkedin_table": (
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,L,,,,,01 Jun 2026\n",
        (
            b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
            b"SUBJECT,CONTENT\n1,,Ada,,Bo,,2026-06-01 09:00:00 UTC,,hi\n"
        ),
    ),
    "monica_export": (
        b'{"account": {"data": [{"type": "contact", "values": []}]}}',
        b"INSERT IGNORE INTO `contacts` (`id`, `first_name`) VALUES (1, 'A''da'), (2, NULL);\n",
    ),
    "settings": (b'me = "A"\n[people]\nfolders = ["P"]\n[depth]\nweights = {know = 0.6}\n[plugins.x]\ny = 1\n',),
    "plugin_options": (b'flag = true\ncount = 2\nshare = 1.5\nword = "two"\nnames = ["a"]\nsince = 2026-01-01\n',),
    "settings_of_app": (
        b'{"folder": "Daily", "format": "YYYY/MM/DD", "userIgnoreFilters": ["a/"], "daily": {"enabled": true}}',
        b'{:journals-directory "j" ; c\n :journal/page-title-format "EEE do, yyyy"}',
    ),
}
"""Target → where to begin."""
