"""What is excluded is neither read nor written, and links to it do not count."""

import pytest

from tests.program import run


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    for path, text in {
        "netnotes.toml": "",
        "People/Ada.md": "Ada\n",
        "People/Bo.md": "Bo\n",
        "Old/2026-03-01.md": "- lunch with [[Bo]]\n",
        "2026-03-02.md": "- lunch with [[Ada]] and [[Bo]]\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def names(root):
    out = run("people", root, "--as-of", "2026-03-05").output
    return {name for name in ("Ada", "Bo") if name in out}


@pytest.mark.parametrize("pattern", ["Bo.md", "bo", "People/Bo.md", "**/Bo.md", "People/B*", "People/B?.md"])
def test_a_glob_keeps_a_note_out(vault, pattern):
    (vault / "netnotes.toml").write_text(f'exclude = ["{pattern}"]\n')
    assert names(vault) == {"Ada"}
    assert run("sync", vault, "--yes", "--as-of", "2026-03-05").exit_code == 0
    assert (vault / "People/Bo.md").read_text() == "Bo\n"
    assert (vault / "People/Ada.md").read_text() != "Ada\n"


@pytest.mark.parametrize("pattern", ["Old/", "Old", "Old/*", "old/**"])
def test_a_folder_is_kept_out_whole(vault, pattern):
    (vault / "netnotes.toml").write_text(f'exclude = ["{pattern}"]\n')
    assert "2026-03-01" not in run("why", "Bo", vault, "--as-of", "2026-03-05").output


@pytest.mark.parametrize("given", ["People/Bo", "/People.Bo/"])
def test_the_app_s_excluded_files_are_excluded(vault, given):
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian/app.json").write_text(f'{{"userIgnoreFilters": ["{given}"]}}')
    assert names(vault) == {"Ada"}


def test_a_note_keeps_itself_out(vault):
    (vault / "People/Bo.md").write_text("---\nnetnotes: ignore\n---\n")
    assert names(vault) == {"Ada"}


def test_a_note_that_is_read_only_is_read_and_never_written(vault):
    text = "---\nnetnotes: read-only\n---\n"
    (vault / "People/Bo.md").write_text(text)
    assert names(vault) == {"Ada", "Bo"}
    run("sync", vault, "--yes", "--as-of", "2026-03-05")
    assert (vault / "People/Bo.md").read_text() == text


def test_who_is_named_as_a_person_without_a_note_counts_in_an_attendee_list(vault):
    (vault / "Meeting.md").write_text("---\ndate: 2026-03-02\nattendees: [Cy Vance, Ada]\n---\n")
    before = run("people", vault, "--as-of", "2026-03-05").output
    (vault / "netnotes.toml").write_text('[people]\nwithout_note = ["Cy Vance"]\n')
    assert "Cy Vance" in before
    assert run("people", vault, "--as-of", "2026-03-05").output == before


@pytest.fixture
def graph(tmp_path):
    root = tmp_path / "graph"
    for path, text in {
        "logseq/config.edn": "{}",
        "pages/Ada.md": "type:: person\n",
        "pages/Bo.md": "type:: person\n",
        "journals/2026_03_02.md": "- lunch with [[Ada]] and [[Bo]]\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def test_a_page_of_a_logseq_graph_keeps_itself_out(graph):
    (graph / "pages/Bo.md").write_text("type:: person\nnetnotes:: ignore\n\n- 2026-03-03 called\n")
    assert names(graph) == {"Ada"}


def test_a_journal_of_a_logseq_graph_that_is_read_only_takes_no_line(graph):
    text = "netnotes:: read-only\n\n- lunch with [[Ada]]\n"
    (graph / "journals/2026_03_05.md").write_text(text)
    assert names(graph) == {"Ada", "Bo"}
    logged = run("log", "coffee with Ada", graph, "--yes", "--as-of", "2026-03-05")
    assert logged.exit_code == 1
    assert "`netnotes:: read-only`" in str(logged.exception)
    assert (graph / "journals/2026_03_05.md").read_text() == text
