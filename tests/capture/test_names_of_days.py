"""Daily notes and templates in the language in which the app writes dates, as the notes that are there show it."""

import datetime as dt
import json
from pathlib import Path

import pytest

from netnotes.text.lexicon import moment

CASES = [
    line.split(" | ")
    for line in (Path(__file__).parent / "moment_names.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize(("language", "form", "day", "written"), CASES, ids=lambda value: value)
def test_dates_are_written_as_moment_writes_them(language, form, day, written):
    noon = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), dt.UTC)
    assert moment.format(form, noon, language) == written


@pytest.mark.parametrize(
    ("form", "there", "made"),
    [
        ("YYYY-MM-DD dddd", ["2026-11-10 Dienstag"], "2026-11-24 Dienstag"),
        (
            "YYYY/MM-MMMM/dddd D MMMM YYYY",
            ["2026/10-octobre/lundi 5 octobre 2026"],
            "2026/11-novembre/mardi 24 novembre 2026",
        ),
        ("D MMMM YYYY", ["5 октября 2026", "10 ноября 2026"], "24 ноября 2026"),
        ("YYYY/MM MMMM/DD", ["2026/11 listopad/10"], "2026/11 listopad/24"),
        ("YYYY年M月D日 dddd", ["2026年11月10日 火曜日"], "2026年11月24日 火曜日"),
        ("YYYY-MM-DD ddd", ["2026-11-10 周二"], "2026-11-24 周二"),
        ("Do MMMM YYYY", ["1er novembre 2026", "10 novembre 2026"], "24 novembre 2026"),
        ("YYYY-MM-DD dddd", ["2026-11-10 Tuesday"], "2026-11-24 Tuesday"),
        ("YYYY-MM-DD dddd", [], "2026-11-24 Tuesday"),
        ("YYYY/MMMM/DD", ["2026/November/10"], "2026/November/24"),
    ],
)
def test_a_new_daily_note_is_named_in_the_language_of_the_others(netnotes, vault, form, there, made):
    notes = {f"Days/{name}.md": "- coffee with [[Ada Pell]] 1h\n" for name in there}
    settings = json.dumps({"folder": "Days", "format": form})
    root = vault({".obsidian/daily-notes.json": settings, "People/Ada Pell.md": "---\ntype: person\n---\n", **notes})
    ran = netnotes("log", "coffee with Ada 2026-11-24", root, "--as-of", "2026-11-26")
    assert ran.code == 0
    assert (root / f"Days/{made}.md").exists()
    assert netnotes("log", "called Ada 2026-11-24", root, "--as-of", "2026-11-26").code == 0
    assert len((root / f"Days/{made}.md").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("there", "made"),
    [
        (["2026-11-16 lunes", "2026-11-17 martes"], "2026-11-24 martes"),
        (["16-11-2026", "17-11-2026"], "24-11-2026"),
        (["5-11-2026", "17-11-2026"], "24-11-2026"),
        (["2026/11/2026-11-16", "2026/10/2026-10-02"], "2026/11/2026-11-24"),
        (["Journal/2026/10-październik/poniedziałek, 5 października 2026"], None),
        (["Tage/2026/11-November/16.11.2026", "Tage/2026/10-Oktober/05.10.2026"], "Tage/2026/11-November/24.11.2026"),
        (["16 novembre 2026"], "24 novembre 2026"),
        (["Nov 16th, 2026", "Nov 1st, 2026"], "Nov 24th, 2026"),
        (["Montag, 16. November 2026"], "Dienstag, 24. November 2026"),
        (["2026年11月16日 月曜日"], "2026年11月24日 火曜日"),
        (["05 Days/20261105"], "05 Days/20261124"),
        (["11 Days/20261105"], "11 Days/20261124"),
        (["Days/2026/Q4/W47/2026-11-16"], "Days/2026/Q4/W48/2026-11-24"),
        (["11-11-2026"], "24-11-2026"),
        (["2026-11-11"], "2026-11-24"),
        # The newest habit
        (["2026-11-13 Fri", "2026-11-14 Sat", "2026-11-15 Sun", "2026-11-16"], "2026-11-24 Tue"),
        ([*(f"2026-10-{n}" for n in range(10, 20)), "16.11.2026", "17.11.2026", "18.11.2026"], "24.11.2026"),
        (["2026-11-16", "17.11.2026"], "24.11.2026"),
        # Dated notes of other kinds
        (["Days/2026-11-16", "Days/2026-11-17", "Days/2026-11-18", "Therapy/2026-11-19"], "Days/2026-11-24"),
        # Names that no format gives
        (["2026-11-16 LUNES", "2026-11-17"], "2026-11-24"),
        ([], "2026-11-24"),
    ],
)
def test_without_settings_a_new_daily_note_is_named_like_the_others(netnotes, vault, there, made):
    notes = {f"{name}.md": "- coffee with [[Ada Pell]] 1h\n" for name in there}
    root = vault({"netnotes.toml": "", "People/Ada Pell.md": "---\ntype: person\n---\n", **notes})
    ran = netnotes("log", "coffee with Ada 2026-11-24", root, "--as-of", "2026-11-26")
    assert ran.code == 0, ran.err
    (new,) = {path.relative_to(root).as_posix() for path in root.rglob("*.md")} - {*notes, "People/Ada Pell.md"}
    if made is not None:
        assert new == f"{made}.md"
    assert netnotes("log", "called Ada 2026-11-24", root, "--as-of", "2026-11-26").code == 0
    assert len((root / new).read_text(encoding="utf-8").splitlines()) == 2


def test_the_folder_in_the_settings_is_kept(netnotes, vault):
    notes = {
        f"{name}.md": "" for name in ("Days/16.11.2026", "Days/17.11.2026", "2026-11-18", "2026-11-19", "2026-11-20")
    }
    settings = '[encounters]\ndaily_folder = "Days"\n'
    root = vault({"netnotes.toml": settings, "People/Ada Pell.md": "---\ntype: person\n---\n", **notes})
    netnotes("log", "coffee with Ada 2026-11-24", root, "--as-of", "2026-11-26")
    assert (root / "Days/24.11.2026.md").exists()


@pytest.mark.parametrize(
    ("title", "made"),
    [("Dienstag, 10. November 2026", "Dienstag, 24. November 2026"), ("A day", "Tuesday, 24. November 2026")],
)
def test_a_template_is_filled_in_in_the_language_of_the_notes_made_from_it(netnotes, vault, title, made):
    root = vault(
        {
            ".obsidian/daily-notes.json": json.dumps({"folder": "Days", "template": "T/Day"}),
            "T/Day.md": "# {{date:dddd, D. MMMM YYYY}}\n",
            "People/Ada Pell.md": "---\ntype: person\n---\n",
            "Days/2026-11-10.md": f"# {title}\n\n- coffee with [[Ada Pell]]\n",
        }
    )
    netnotes("log", "coffee with Ada 2026-11-24", root, "--as-of", "2026-11-26")
    assert (root / "Days/2026-11-24.md").read_text().splitlines()[0] == f"# {made}"
