"""What an app's own settings say of a vault."""

import datetime as dt

import pytest

from netnotes.text import settings
from netnotes.text.lexicon import moment, periods


def test_an_app_is_recognized_by_its_files():
    assert settings.read({".obsidian/app.json": "{}"}).app == "obsidian"
    assert settings.read({"logseq/config.edn": "{}"}).app == "logseq"
    assert settings.read({"dendron.yml": "version: 5"}).app == "dendron"
    assert settings.read({".vscode/settings.json": '{"foam.edit": 1}'}).app == "foam"
    assert settings.read({".vscode/foam.json": "{}"}).app == "foam"
    assert settings.read({".vscode/settings.json": "{}"}).app == "plain"
    assert settings.read({".zk/config.toml": ""}).app == "zk"
    assert settings.read({}).app == "plain"


def test_periodic_notes_win_over_the_app_s_daily_notes():
    found = settings.read(
        {
            ".obsidian/daily-notes.json": '{"folder": "A", "format": "YYYY"}',
            ".obsidian/plugins/periodic-notes/data.json": '{"daily": {"format": "D MMMM YYYY", "folder": "B"}}',
        }
    )
    assert (found.daily_folder, found.daily_format) == ("B", "D MMMM YYYY")


def test_a_logseq_graph_has_journals():
    found = settings.read({"logseq/config.edn": '{:journal/page-title-format "MMM do, yyyy"}'})
    assert (found.daily_folder, found.daily_format) == ("journals", "YYYY_MM_DD")


def test_a_logseq_graph_names_folder_format_and_hidden_files():
    text = """{
     ;; :journals-directory "no"
     :journals-directory "log" :journal/file-name-format "yyyy-MM-dd"
     :hidden ["/archive" "secret.md"]}"""
    found = settings.read({"logseq/config.edn": text})
    assert (found.daily_folder, found.daily_format) == ("log", "YYYY-MM-DD")
    assert found.excluded == ("/archive", "secret.md")


def test_the_app_s_excluded_files_are_known():
    found = settings.read({".obsidian/app.json": '{"userIgnoreFilters": ["Archive/", "/draft/", 3]}'})
    assert found.excluded == ("Archive/", "/draft/")


@pytest.mark.parametrize("text", ["", "{", "{{{{", "\0", '{:a "' + "x" * 10_000, ";" * 10_000])
def test_settings_that_are_broken_set_nothing(text):
    assert settings.read({"logseq/config.edn": text}).daily_format == "YYYY_MM_DD"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("YYYY/MM-MMMM/DD.MM.YYYY", "2026/03-März/02.03.2026"),
        ("D MMMM YYYY", "2 marca 2026"),
        ("dddd, D [de] MMMM [de] YYYY", "lunes, 2 de marzo de 2026"),
        ("YYYY-MM-DD dd", "2026-03-02 пн"),
        ("YYYY-MM-DD ddd", "2026-03-02 pon"),
        ("dddd YYYY-MM-DD", "Måndag 2026-03-02"),
        ("Do MMM YYYY", "2nd mars 2026"),
        ("[daily.journal.]YYYY.MM.DD", "daily.journal.2026.03.02"),
    ],
)
def test_daily_formats_are_read_in_every_language(form, text):
    assert str(moment.parse(form, text)) == "2026-03-02"


def test_a_weekday_of_another_day_is_not_a_date():
    assert moment.parse("YYYY-MM-DD ddd", "2026-03-02 Tue") is None


@pytest.mark.parametrize("name", ["2026-W10", "2026-KW10", "Week 10, 2026", "2026 vecka 10", "2026w10"])
def test_weeks_in_names(name):
    assert periods.of_path(f"Weekly/{name}.md") == periods.Period(2026, None, dt.date(2026, 3, 2))
