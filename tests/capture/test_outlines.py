"""In Logseq, a line goes into the block that usually has the contacts, or the one that the settings name."""

import json

import pytest

DAY = "2026-03-11"
LEUTE = "- ## People\n\t- coffee with [[Ada Pell]] 45 min\n- ## Notes\n\t- rain\n"
GRAPH = {
    "logseq/config.edn": "{}\n",
    "pages/Ada Pell.md": "type:: person\ncadence:: weekly\n\n- x\n",
    **{f"journals/2026_03_0{day}.md": LEUTE for day in (1, 2, 3)},
}


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- ## People\n\t- \n- ## Notes\n", "- ## People\n\t- \n\t{}\n- ## Notes\n"),
        ("- ## People\n- ## Notes\n", "- ## People\n\t{}\n- ## Notes\n"),
        ("- ## Notes\n- ## People", "- ## Notes\n- ## People\n\t{}\n"),
        (
            "- x\n  - ## People\n    id:: 1\n    - y\n      - z\n- a",
            "- x\n  - ## People\n    id:: 1\n    - y\n      - z\n    {}\n- a",
        ),
        ("- ## People\r\n\t- y\r\n- a\r\n", "- ## People\r\n\t- y\r\n\t{}\r\n- a\r\n"),
        ("- ## Notes\n", "- ## Notes\n{}\n"),
        ("-", "-\n{}\n"),
    ],
)
def test_a_line_goes_into_the_usual_block(netnotes, vault, before, after):
    path = f"journals/{DAY.replace('-', '_')}.md"
    root = vault({**GRAPH, path: before.encode()})
    assert netnotes("log", "lunch with Ada 1h", root, "--as-of", DAY).code == 0
    assert (root / path).read_bytes().decode() == after.format("- lunch with [[Ada Pell]] 1h")
    assert netnotes("undo", root).code == 0
    assert (root / path).read_bytes().decode() == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- ## Contacts\n\t- x\n- y\n", "- ## Contacts\n\t- x\n\t{}\n- y\n"),
        ("- Contacts\n- y\n", "- Contacts\n\t{}\n- y\n"),
        ("- y\n", "- y\n- ## Contacts\n\t{}\n"),
    ],
)
def test_a_line_goes_into_the_block_of_the_settings(netnotes, vault, before, after):
    path = f"journals/{DAY.replace('-', '_')}.md"
    root = vault({**GRAPH, "netnotes.toml": '[capture]\nheading = "Contacts"\n', path: before})
    netnotes("log", "lunch with Ada, promised to send her the map by Friday", root, "--as-of", DAY)
    lines = "- lunch with [[Ada Pell]]\n\t- TODO send [[Ada Pell]] the map\n\t  DEADLINE: <2026-03-13 Fri>"
    assert (root / path).read_text() == after.format(lines)
    owed = json.loads(netnotes("chase", root, "--as-of", DAY, "--json").out)
    assert [(one["what"], one["due"]) for one in owed] == [("send Ada Pell the map", "2026-03-13")]


def test_the_round_is_in_the_block_and_is_replaced_there(netnotes, vault):
    path = f"journals/{DAY.replace('-', '_')}.md"
    root = vault({**GRAPH, path: "- ## People\n- ## Notes\n"})
    for _ in range(2):
        assert netnotes("round", root, "--write", "--as-of", DAY).code == 0
    text = (root / path).read_text()
    assert text.startswith("- ## People\n\t- TODO meet [[Ada Pell]] – ")
    assert text.endswith(" -->\n- ## Notes\n")
    (root / path).write_text(text.replace("TODO", "DONE"))
    people = json.loads(netnotes("people", root, "--as-of", DAY, "--json").out)
    assert people[0]["last_contact"] == DAY
