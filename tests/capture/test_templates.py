"""Templates of daily notes, filled in as their apps and plugins do."""

import datetime as dt

import pytest

from netnotes.capture.notes.daily import begin_note

DAY, NOW = dt.date(2026, 3, 1), dt.datetime(2026, 3, 5, 7, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("# {{date}} {{time}} {{title}} {{ Date : D/M }}", "# 2026-03-01 07:08 01.03.2026 1/3"),
        ("[[{{yesterday}}]] [[{{tomorrow}}]]", "[[28.02.2026]] [[02.03.2026]]"),
        ("{{date+1d:YYYY-MM-DD}} {{date-1w:D.M.}} {{date+1M:D.M.}}", "2026-03-02 22.2. 1.4."),
        ("{{date-1y:YYYY-MM-DD}} {{date-2q:YYYY-MM}} {{date+1h:D}}", "2025-03-01 2025-09 1"),
        ("{{monday:YYYY}} {{date+9999y:YYYY}}", "{{monday:YYYY}} 2026"),
        ('<% tp.date.now("D.M.", -1, tp.file.title, "DD.MM.YYYY") %>', "28.2."),
        ("<% tp.date.now('D.M.', 1, tp.file.title) %>|<% tp.date.tomorrow() %>", "2.3.|2026-03-02"),
        ("<% tp.file.title %> <% tp.file.creation_date() %>", "01.03.2026 2026-03-05 07:08"),
        ("<% tp.file.last_modified_date('D.M. HH:mm') %>", "5.3. 07:08"),
        ('<% moment(tp.file.title, "DD.MM.YYYY").subtract(1, "d").format("D.M.") %>', "28.2."),
        ("<% moment(tp.file.title,'DD.MM.YYYY').add(2, 'days').format('D.M.') %>", "3.3."),
        ("<% moment(tp.file.title, 'DD.MM.YYYY').format('dddd') %>", "Sunday"),
        ("a\n<%- tp.file.title -%>\nb\n\n<%_ tp.file.title _%>\n\nc", "a01.03.2026b01.03.2026c"),
        ("a\r\n<%- tp.file.title -%>\r\nb", "a01.03.2026b"),
        ("a <% tp.file.cursor(1) %>\n", "a \n"),
        ("<%* const x = 1 %>", None),
        ('<% tp.date.now("D", "P-1M") %>', None),
        ("<% tp.system.prompt('who?') %>", None),
    ],
)
def test_what_stands_for_a_day_is_filled_in(template, made):
    assert begin_note(template, DAY, NOW, "01.03.2026", "DD.MM.YYYY") == made


GRAPH = {
    "logseq/config.edn": ':journal/page-title-format "EEEE, dd.MM.yyyy"\n:default-templates\n {:journals "Day"}\n',
    "pages/Ada Pell.md": "type:: person\n",
}


@pytest.mark.parametrize(
    ("page", "made"),
    [
        (
            (
                "- Day\n  template:: Day\n  template-including-parent:: false\n"
                "\t- ## People\n\t- ## Notes\n\t\t- rest\n- other\n"
            ),
            "- ## People\n- ## Notes\n\t- rest\n",
        ),
        ("- x\n\t- # Day\n\t  template:: Day\n\t\t- TODO tidy\n", "- # Day\n\t- TODO tidy\n"),
        (
            "- <% today %> after <% yesterday %>\n  template:: Day\n",
            "- [[Wednesday, 11.03.2026]] after [[Tuesday, 10.03.2026]]\n",
        ),
        ("- {{query x}}\r\n  template:: Day\r\n", "- {{query x}}\n"),
    ],
)
def test_a_journal_begins_with_the_template_of_the_graph(netnotes, vault, monkeypatch, tmp_path, page, made):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))
    root = vault({**GRAPH, "pages/Templates.md": page.encode()})
    assert netnotes("log", "coffee with Ada", root, "--as-of", "2026-03-11").code == 0
    assert (root / "journals/2026_03_11.md").read_bytes().decode() == f"{made}- coffee with [[Ada Pell]]\n"
    assert netnotes("undo", root).code == 0
    assert not (root / "journals/2026_03_11.md").exists()


@pytest.mark.parametrize(
    ("page", "said"),
    [("- Other\n  template:: Other\n", "cannot be read"), ("- <% last friday %>\n  template:: Day\n", "holds scripts")],
)
def test_a_journal_without_a_template_that_can_be_filled_in_begins_empty(
    netnotes, vault, monkeypatch, tmp_path, page, said
):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))
    root = vault({**GRAPH, "pages/Templates.md": page})
    assert said in netnotes("log", "coffee with Ada", root, "--as-of", "2026-03-11").err
    assert (root / "journals/2026_03_11.md").read_text() == "- coffee with [[Ada Pell]]\n"


def test_the_language_of_a_new_note_is_that_of_the_names_of_the_others(netnotes, vault):
    settings = '{"folder": "Tage", "format": "YYYY-MM-DD dddd", "template": "Vorlage"}'
    days = ("2026-03-09 Montag", "2026-03-10 Dienstag")
    root = vault(
        {
            ".obsidian/daily-notes.json": settings,
            "Vorlage.md": b"# {{date:dddd, D. MMMM YYYY}}\r\n\r\n## Leute\r\n",
            "People/Ada Pell.md": "---\ntype: person\n---\n",
            **{f"Tage/{day}.md": b"- Kaffee mit [[Ada Pell]] 1h\r\n" for day in days},
        }
    )
    assert netnotes("log", "Kaffee mit Ada", root, "--as-of", "2026-03-11").code == 0
    made = (root / "Tage/2026-03-11 Mittwoch.md").read_bytes().decode()
    assert made.startswith("# Mittwoch, 11. März 2026\r\n")


def test_a_new_note_without_a_template_has_the_line_ends_of_the_others(netnotes, vault):
    root = vault(
        {
            ".obsidian/daily-notes.json": '{"template": "Scripts"}',
            "Scripts.md": "<%* await tp.system.prompt() %>\n",
            "People/Ada Pell.md": "---\ntype: person\n---\n",
            "2026-03-10.md": b"- coffee with [[Ada Pell]] 1h\r\n",
        }
    )
    assert netnotes("log", "coffee with Ada", root, "--as-of", "2026-03-11").code == 0
    assert (root / "2026-03-11.md").read_bytes() == b"- coffee with [[Ada Pell]]\r\n"
