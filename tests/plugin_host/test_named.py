"""`--plugin FILE`: a file that is named runs this once, without being allowed."""

import json

from tests.plugin_host.conftest import scorer


def test_a_named_file_runs_this_once(home, tmp_path):
    place = tmp_path / "recency.py"
    place.write_text(scorer(), encoding="utf-8")
    assert "recency" in home.netnotes("--plugin", place, "why", "Ada", home.root, "--details").out
    assert "recency" in home.netnotes("why", "Ada", home.root, "--details", "--plugin", place).out
    assert "recency" not in home.netnotes("why", "Ada", home.root, "--details").out
    assert home.netnotes("--plugin", tmp_path / "none.py", "people", home.root).code == 2


def test_a_named_file_is_listed(home, tmp_path):
    place = tmp_path / "recency.py"
    place.write_text(scorer(), encoding="utf-8")
    rows = json.loads(home.netnotes("--plugin", place, "plugins", "list", home.root, "--json").out)
    (row,) = (row for row in rows if row["name"] == "recency")
    assert (row["state"], row["origin"], row["adds"]) == ("on", "file", ["recency"])
    rows = json.loads(home.netnotes("plugins", "list", home.root, "--json").out)
    assert not [row for row in rows if row["name"] == "recency"]
