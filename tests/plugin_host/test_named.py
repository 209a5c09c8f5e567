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


def test_a_named_file_runs_in_place_of_the_vault_s_file_of_that_name(home, tmp_path):
    allowed = home.write(".netnotes/plugins/recency.py", scorer())
    home.netnotes("plugins", "allow", allowed, "--yes")
    place = tmp_path / "recency.py"
    place.write_text(scorer(body='yield Score(tie, 0.25, "a quarter")'), encoding="utf-8")
    assert "a quarter" in home.netnotes("--plugin", place, "why", "Ada", home.root, "--details").out
    assert "half" in home.netnotes("why", "Ada", home.root, "--details").out
    ran = home.netnotes("--plugin", place, "check", home.root)
    assert "already has this name" not in ran.out + ran.err
    rows = json.loads(home.netnotes("--plugin", place, "plugins", "list", home.root, "--json").out)
    assert [row["state"] for row in rows if row["name"] == "recency"] == ["off", "on"]


def test_check_shows_the_traceback_with_debug(home, tmp_path):
    place = tmp_path / "recency.py"
    place.write_text(scorer(body="yield Score(tie, 1 / (tie.days - tie.days))"), encoding="utf-8")
    assert "Traceback" not in home.netnotes("plugins", "check", place).out
    result = home.netnotes("plugins", "check", place, "--debug").out
    assert result.count("Traceback") == 1
    assert f'{place.name}", line ' in result
    place.write_text("import nothing_of_that_name\n", encoding="utf-8")
    assert "Traceback" in home.netnotes("plugins", "check", place, "--debug").err
