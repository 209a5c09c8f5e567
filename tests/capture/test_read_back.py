"""The law of `netnotes log`: a line is read back as exactly the contact that was understood, whatever the words."""

import datetime as dt
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.app.log_notes import NotLogged
from netnotes.app.logbook import open_logbook
from netnotes.app.workspace import open_workspace
from netnotes.capture.names.book import NameBook
from netnotes.capture.notes.line import candidates
from netnotes.capture.sentence import understand
from netnotes.capture.understood import Understood
from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Person
from netnotes.pipeline import run
from netnotes.storage.scan import read_vault
from netnotes.text import parse
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, tables
from tests.capture.test_sentences import lines
from tests.examples import examples

TODAY = dt.date(2026, 3, 11)
NAMES = ["Marta Quill", "Ben Osei", "May Rowe", "Sunday Adeyemi", "Mark Will", "Otto Tag"]
NOW = dt.datetime(2026, 3, 11, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def root():
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "netnotes.toml").touch()
        for name in [*NAMES, *lines("people.txt")]:
            (place / f"{name}.md").write_text("---\ntype: person\n---\n", encoding="utf-8")
        (place / "2026-03-10.md").write_text("# Day\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8")
        yield place


def check(root: Path, text: str, on: str | None = None) -> bool:
    """Plan the line for a sentence and read the vault with it; return whether there was anything to log."""
    logbook = open_logbook(open_workspace(root, {}, no_plugins=True), TODAY, NOW)
    owner = next((person for person in logbook.outcome.network.people if person.name == on), None)
    found = logbook.understand(text, owner)
    if not found.logged or found.ask:
        return False
    planned = logbook.plan(found, owner)
    if found.unknown:
        # Somebody without a note counts from the second day on.
        return True
    vault = logbook.vault
    files = {note.path for note in vault.notes}
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for path in files | {planned.draft.path}:
            data = (planned.draft.after or b"") if path == planned.draft.path else (root / path).read_bytes()
            (copy / path).write_bytes(data)
        network = run(read_vault(copy), Config(), (), TODAY, Memory()).network
    there = [one for one in network.encounters if (one.path, one.line) == (planned.draft.path, planned.number)]
    assert len(network.encounters) == 1 == len(there)
    assert {person.name for person in there[0].people} == {p.name for p in found.people} | set(found.unknown)
    assert there[0].date == found.date
    assert there[0].initiated_by == found.initiated_by
    assert there[0].minutes == found.minutes or set(there[0].minutes_by_person.values()) == {found.minutes}
    assert there[0].channel == planned.found.channel
    return True


PARTS = st.lists(
    st.one_of(
        st.sampled_from(NAMES),
        st.sampled_from([name.partition(" ")[0] for name in NAMES]),
        st.sampled_from(
            "coffee lunch called met with and, about yesterday on Sunday 45m 1h30 2 hours she started it".split()
        ),
        st.sampled_from(
            ["promised to send it", "- ", "# ", "> ", "[ ] ", "%%", "`", "~~", "::", "[[", "|", "#tag", "📅 2026-01-01"]
        ),
        st.text(max_size=8),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=examples(60), deadline=None)
@given(parts=PARTS, on=st.sampled_from([None, None, "Ben Osei"]))
def test_a_line_is_read_back_as_it_was_understood(root, parts, on):
    with suppress(NotLogged):
        check(root, " ".join(parts), on)


@pytest.mark.full
def test_every_sentence_of_the_fixture_is_read_back(root):
    texts = [line.partition("|")[0].strip() for line in lines("sentences.txt")]
    assert sum(check(root, text) for text in texts) > len(texts) // 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_logged_line_is_read_back_in_each_language(language, channel):
    alone, beside = tables()[language][f"log {channel}"]
    lines = (alone, beside.replace("…", "[[Ada Pell]]"), beside.replace("…", "[[Ada Pell]], [[Bo Hale]]"))
    note = parse.note("2026-03-10.md", "".join(f"- {line} (20 min)\n" for line in lines).encode())
    assert [passage.channel for passage in note.passages] == [channel] * 3
    assert not any(name.state for passage in note.passages for name in passage.names)
    assert not any(passage.state for passage in note.passages)


def test_bare_facts_are_written_in_the_language_of_the_sentence():
    ada = Person("Ada Pell.md", "Ada Pell")
    found = Understood("gestern mit Ada telefoniert", (ada,), channel="call", minutes=30, language="de")
    *_, german, english = candidates(found, lambda person, _: f"[[{person.name}]]")
    assert (german.text, english.text) == ("Telefonat mit [[Ada Pell]] (30 min)", "call with [[Ada Pell]] (30 min)")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("quedé con Ben ayer", "es"),
        ("gestern mit Ben telefoniert", "de"),
        ("przedwczoraj spotkałam Bena na rynku", "pl"),
        ("lunch with Ben", "en"),
        ("zoom", "en"),
    ],
)
def test_the_language_of_a_sentence(sentence, language):
    assert understand(sentence, NameBook({}, {}), TODAY).language == language


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("coffee with Marta (yesterday)", "coffee with [[Marta Quill]]"),
        ("coffee with Marta (great, yesterday)", "coffee with [[Marta Quill]] (great)"),
        ("[ ] coffee with Marta", "coffee with [[Marta Quill]]"),
        ("- [x] coffee with Marta, 1h", "coffee with [[Marta Quill]], 1h"),
        ("lunch with Marta, Ben didn't show up", "met with [[Marta Quill]] – lunch with Marta, Ben didn't show up"),
        ("昨日、健太とランチ", "[[健太]]とランチ"),
        ("三日前に健太とランチ", "[[健太]]とランチ"),
        ("今日は健太とランチ、楽しかった", "[[健太]]とランチ、楽しかった"),
        ("健太とランチ（昨日）", "[[健太]]とランチ"),
        ("昨日、ジョンとランチ", "[[ジョン]]とランチ"),
        ("かずきとランチ", "[[山本 かずき|かずき]]とランチ"),
    ],
)
def test_the_line_keeps_the_words_without_what_its_place_says(root, text, line):
    for name in ("ジョン", "山本 かずき"):
        (root / f"{name}.md").write_text("---\ntype: person\n---\n", encoding="utf-8")
    logbook = open_logbook(open_workspace(root, {}, no_plugins=True), TODAY, NOW)
    assert logbook.plan(logbook.understand(text)).text.strip() == f"- {line}"
