"""Fields in a Logseq graph: page properties of the first block, sealed, and taken back byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text import page_properties
from netnotes.text.frontmatter.splice import Refused
from tests.program import run

PAGES = [
    "type:: person\nalias:: Ada\n\n- ## Log\n",
    "- type:: person\n  alias:: Ada\n- ## Log\n",
    "- ## Log\n",
    "",
    "type:: person",
    "type:: person\r\n\r\n- ## Log\r\n",
]


@pytest.fixture
def graph(tmp_path):
    root = tmp_path / "graph"
    for path, text in {
        "logseq/config.edn": "{}",
        "journals/2026_03_01.md": "- lunch with [[Ada Pell]]\n",
        "netnotes.toml": '[people]\nfolders = ["pages"]\n',
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "pages").mkdir()
    return root


def contents(root):
    return {place.relative_to(root).as_posix(): place.read_bytes() for place in root.rglob("*") if place.is_file()}


@pytest.mark.parametrize("text", PAGES)
def test_fields_are_page_properties_and_are_taken_back(graph, text):
    page = graph / "pages/Ada Pell.md"
    page.write_bytes(text.encode())
    before = contents(graph)
    result = run("sync", graph, "--yes", "--as-of", "2026-03-02")
    assert result.exit_code == 0, result.output
    written = page.read_bytes().decode()
    assert "---" not in written
    assert "depth:: 0." in written
    assert "netnotes:: depth-" in written
    assert written.endswith(text[text.index("\n- ") :] if "\n- " in text else "")
    assert run("sync", graph, "--dry-run", "--as-of", "2026-03-02").stdout == ""
    assert run("undo", graph).exit_code == 0
    assert contents(graph) == before
    run("sync", graph, "--yes", "--as-of", "2026-03-02")
    assert run("clean", graph, "--yes").exit_code == 0
    assert contents(graph) == before


def test_a_value_changed_by_hand_is_left_alone(graph):
    page = graph / "pages/Ada Pell.md"
    page.write_text("type:: person\n\n- x\n")
    run("sync", graph, "--yes", "--as-of", "2026-03-02")
    edited = page.read_text().replace("depth:: 0.", "depth:: 9.")
    page.write_text(edited)
    run("sync", graph, "--yes", "--as-of", "2026-03-02")
    assert "depth:: 9." in page.read_text()


KEYS = st.text("abcdefgh_", min_size=1, max_size=6)
VALUES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=8
)


@given(
    st.dictionaries(KEYS, VALUES.map(str.strip), max_size=3), st.sampled_from(["", "- ## Log\n", "text"]), KEYS, VALUES
)
def test_setting_and_deleting_a_property_gives_the_text_back(properties, body, key, value):
    head = "".join(f"{name}:: {text}\n" for name, text in properties.items())
    text = head + ("\n" if head and body else "") + body
    page = page_properties.read(text)
    if key in (page.properties if page else {}):
        return
    try:
        changed = page_properties.rewrite(text, {key: value.strip()})
    except Refused:
        return
    assert page_properties.read(changed).properties[key] == value.strip()
    assert page_properties.rewrite(changed, {key: None}) == text
