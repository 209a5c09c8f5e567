"""JSON Canvas and the picture of one person: everyone at a place of their own, and no one named in shared ones."""

import datetime as dt
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.export.canvas import canvas
from netnotes.export.neighbourhood import MOST, neighbourhood
from netnotes.plugin.facts import Style
from netnotes.scoring.scores import Scores
from netnotes.text.file_seal import is_unedited
from tests.map import networks

NOTES = {
    ".obsidian/app.json": "{}",
    "People/Ada Quillon.md": "---\ntype: person\n---\n",
    "People/Bo [x] <b>.md": "---\ntype: person\n---\n",
    "People/Cy Marrow.md": "---\ntype: person\n---\n",
    "Daily/2026-05-01.md": "- coffee with [[Ada Quillon]] and [[Cy Marrow]]\n- call with [[Bo [x] <b>]]\n",
    "Daily/2026-05-03.md": "- lunch with [[Ada Quillon]], secretword\n",
    "Meetings/Lunch.md": '---\ndate: 2026-05-04\nattendees: ["[[Dee Unwritten]]"]\n---\n',
}
DAY = "--as-of=2026-06-30"


@pytest.fixture
def vault(tmp_path, monkeypatch):
    root = tmp_path / "vault"
    for path, text in NOTES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    return root


def boxes(nodes):
    return [(n["x"], n["y"], n["x"] + n["width"], n["y"] + n["height"]) for n in nodes]


def apart(found):
    return not any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for i, a in enumerate(found) for b in found[i + 1 :]
    )


@pytest.mark.parametrize("count", [1, 2, 30, 200])
def test_no_card_covers_another_and_groups_do_not_touch(count):
    outcome = networks.outcome(count, gatherings=max(2, count // 3))
    text = canvas(outcome, None)
    nodes = json.loads(text)["nodes"]
    cards = [node for node in nodes if node["type"] != "group"]
    groups = [node for node in nodes if node["type"] == "group"]
    assert len(cards) == len(outcome.network.people)
    assert apart(boxes(cards))
    assert apart(boxes(groups))
    for box in boxes(cards):
        assert sum(g[0] <= box[0] and g[1] <= box[1] and g[2] >= box[2] and g[3] >= box[3] for g in boxes(groups)) == 1
    assert canvas(outcome, None) == text
    assert is_unedited(text)


def test_lines_lead_from_card_to_card():
    found = json.loads(canvas(networks.outcome(60, gatherings=30), None))
    ids = {node["id"] for node in found["nodes"] if node["type"] != "group"}
    assert found["edges"]
    assert all({edge["fromNode"], edge["toNode"]} <= ids for edge in found["edges"])
    assert len({node["id"] for node in found["nodes"]}) == len(found["nodes"])


def test_cards_are_the_notes_of_the_vault(vault):
    assert cli.run_command(["graph", str(vault), "--canvas", DAY]) == 0
    nodes = json.loads((vault / "Relationships.canvas").read_text(encoding="utf-8"))["nodes"]
    files = [node["file"] for node in nodes if node["type"] == "file"]
    assert sorted(files) == sorted(path for path in NOTES if path.startswith("People/"))
    assert [node["text"] for node in nodes if node["type"] == "text"] == ["Dee Unwritten"]


def test_an_edited_canvas_is_never_replaced(vault, capsys):
    place = vault / "Relationships.canvas"
    assert cli.run_command(["graph", str(vault), "--canvas", DAY]) == 0
    place.write_text(place.read_text(encoding="utf-8").replace('"x":', '"x": ', 1), encoding="utf-8")
    before = place.read_bytes()
    assert cli.run_command(["graph", str(vault), "--canvas", "--as-of=2026-05-02"]) == 1
    assert "yours or was edited" in capsys.readouterr().err
    assert place.read_bytes() == before


def test_an_unedited_canvas_follows_the_notes(vault):
    assert cli.run_command(["graph", str(vault), "--canvas", "--as-of=2026-05-02"]) == 0
    before = (vault / "Relationships.canvas").read_bytes()
    assert cli.run_command(["graph", str(vault), "--canvas", DAY]) == 0
    assert (vault / "Relationships.canvas").read_bytes() != before


@pytest.mark.parametrize("flag", ["--anonymous", "--numbers"])
@pytest.mark.parametrize("what", [("--canvas",), ("--embed", "Ada Quillon")])
def test_an_anonymous_export_names_nobody_and_stays_out_of_the_vault(flag, what, vault, capsys):
    before = sorted(vault.rglob("*"))
    assert cli.run_command(["graph", str(vault), *what, flag, DAY]) == 0
    place = capsys.readouterr().out.strip()
    text = Path(place).read_text(encoding="utf-8")
    for word in ("Ada", "Quillon", "Marrow", "Bo [", "Dee", "Unwritten", "secretword", "People/", "Daily"):
        assert word not in text
        assert word not in place.rpartition("/")[2]
    assert sorted(vault.rglob("*")) == before


def test_the_picture_is_beside_the_note_and_shows_the_neighbours(vault, capsys):
    assert cli.run_command(["graph", str(vault), "--embed", "Ada Quillon", DAY]) == 0
    assert "![[Ada Quillon network.svg]]" in capsys.readouterr().err
    root = ET.fromstring((vault / "People" / "Ada Quillon network.svg").read_text(encoding="utf-8"))
    shown = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(shown) == ["Ada Quillon", "Cy Marrow", "you"]


def test_names_are_text_and_never_markup(vault):
    assert cli.run_command(["graph", str(vault), "--embed", "Bo [x] <b>", DAY]) == 0
    text = (vault / "People" / "Bo [x] <b> network.svg").read_text(encoding="utf-8")
    assert "<b>" not in text
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
    assert tags <= {"svg", "title", "style", "line", "circle", "text"}


def test_a_note_is_named_by_its_path_too(vault):
    assert cli.run_command(["graph", str(vault), "--embed", "People/Cy Marrow.md", DAY]) == 0
    assert (vault / "People" / "Cy Marrow network.svg").is_file()


def test_only_the_nearest_are_drawn():
    outcome = networks.outcome(80, gatherings=40)
    text = neighbourhood(outcome, Scores(), outcome.network.ego.id)
    assert text.count("<circle") == MOST + 1
    assert f"{len([t for t in outcome.network.ties if t.contacts]) - MOST} more not drawn" in text


@pytest.mark.parametrize(
    "args",
    [
        ("--canvas", "--embed", "Ada Quillon"),
        ("--canvas", "--live"),
        ("--canvas", "--format", "csv"),
        ("--canvas", "-o", "-"),
    ],
)
def test_contradictory_options_are_a_usage_error(args, vault):
    assert cli.run_command(["graph", str(vault), *args]) == 2


def test_somebody_unknown_and_a_vault_without_people_are_explained(vault, tmp_path, capsys):
    assert cli.run_command(["graph", str(vault), "--embed", "Nobody Such", DAY]) == 1
    (tmp_path / "empty").mkdir()
    assert cli.run_command(["graph", str(tmp_path / "empty"), "--canvas"]) == 1
    assert "no one found" in capsys.readouterr().err
    assert not (tmp_path / "empty" / "Relationships.canvas").exists()


def test_a_file_of_the_users_and_a_link_out_of_the_vault_are_left_alone(vault, tmp_path):
    (vault / "Relationships.canvas").write_text("{}", encoding="utf-8")
    assert cli.run_command(["graph", str(vault), "--canvas", DAY]) == 1
    assert (vault / "Relationships.canvas").read_text(encoding="utf-8") == "{}"
    (vault / "Relationships.canvas").unlink()
    (tmp_path / "outside.canvas").write_text("mine", encoding="utf-8")
    (vault / "Relationships.canvas").symlink_to(tmp_path / "outside.canvas")
    assert cli.run_command(["graph", str(vault), "--canvas", DAY]) == 1
    assert (tmp_path / "outside.canvas").read_text(encoding="utf-8") == "mine"


def test_watch_keeps_what_the_settings_name(vault):
    from netnotes.app.vault_files import keep_current
    from netnotes.app.workspace import open_workspace

    (vault / "netnotes.toml").write_text(
        '[exports]\ncanvas = true\nembed = ["Ada Quillon", "Nobody Such"]\n', encoding="utf-8"
    )
    space = open_workspace(vault)
    read, outcome = space.run(dt.date(2026, 6, 30))
    first = list(keep_current(space, read, outcome))
    names = [result.name if isinstance(result, Path) else str(result) for result in first]
    assert names == ["Relationships.canvas", "Ada Quillon network.svg", "no one named Nobody Such"]
    assert [str(result) for result in keep_current(space, read, outcome)] == ["no one named Nobody Such"]


def test_a_styler_colours_the_cards():
    made = networks.outcome(12)
    person = made.network.people[0]
    style = Style(person, color="#123456")
    colours = {
        node.get("color") for node in json.loads(canvas(made, None, [style]))["nodes"] if node["type"] != "group"
    }
    assert "#123456" in colours
    assert "#123456" not in canvas(made, None)


def test_a_styler_that_fails_is_reported_with_the_canvas(vault, capsys):
    plugin = vault.parent / "broken.py"
    plugin.write_text(
        "from netnotes.api import styler\nNETNOTES_API = 1\n"
        "@styler()\ndef broken(network, options):\n    yield 1 / 0\n",
        encoding="utf-8",
    )
    assert cli.run_command(["--plugin", str(plugin), "graph", str(vault), "--canvas", DAY]) == 0
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert (vault / "Relationships.canvas").exists()


def test_watch_reports_a_styler_that_fails(vault):
    from netnotes.app.vault_files import keep_current
    from netnotes.app.workspace import open_workspace

    plugin = vault.parent / "broken.py"
    plugin.write_text(
        "from netnotes.api import styler\nNETNOTES_API = 1\n"
        "@styler()\ndef broken(network, options):\n    yield 1 / 0\n",
        encoding="utf-8",
    )
    (vault / "netnotes.toml").write_text("[exports]\ncanvas = true\n", encoding="utf-8")
    space = open_workspace(vault, named=[plugin])
    read, outcome = space.run(dt.date(2026, 6, 30))
    problem, written = keep_current(space, read, outcome)
    assert "ZeroDivisionError" in problem.message
    assert written.name == "Relationships.canvas"
