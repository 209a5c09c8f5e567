"""`--plugin FILE`: a file that is named runs this once, without being allowed."""

from tests.plugin_host.conftest import scorer


def test_a_named_file_runs_this_once(home, tmp_path):
    place = tmp_path / "recency.py"
    place.write_text(scorer(), encoding="utf-8")
    assert "recency" in home.netnotes("--plugin", place, "why", "Ada", home.root, "--details").out
    assert "recency" in home.netnotes("why", "Ada", home.root, "--details", "--plugin", place).out
    assert "recency" not in home.netnotes("why", "Ada", home.root, "--details").out
    assert home.netnotes("--plugin", tmp_path / "none.py", "people", home.root).code == 2
