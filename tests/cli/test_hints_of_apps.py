"""Hints name properties as users of the vault's app write them: what they say works when it is typed as it stands."""

import pytest

GRAPH = {
    "logseq/config.edn": "{}\n",
    "pages/Ada Pell.md": "type:: person\nlater:: soonish\n",
    "pages/Bo Lind.md": "type:: persn\n",
    "journals/2026_03_02.md": "- lunch with [[Ada Pell]]\n- [[Garden]] visited with [[Ada Pell]]\n",
    "pages/Garden.md": "- A garden.\n",
}


@pytest.mark.parametrize(
    ("command", "hint"),
    [
        (("check",), "`later:: 2026-12-10`"),
        (("check",), "`type:: person`"),
        (("setup",), "`me:: true`"),
        (("why", "Bo Lind"), "`type:: person`"),
    ],
)
def test_a_hint_in_a_logseq_graph_is_in_its_syntax(command, hint, netnotes, vault):
    ran = netnotes(*command, vault(GRAPH), "--as-of", "2026-06-30")
    words = " ".join((ran.out + ran.err).split())
    assert hint in words
    assert "type: " not in words
    assert "later: " not in words


@pytest.mark.parametrize("command", [("graph", "--no-open"), ("graph", "--canvas")])
def test_a_graph_without_people_says_how_to_mark_them_in_its_syntax(command, netnotes, vault):
    ran = netnotes(*command, vault({"logseq/config.edn": "{}\n", "pages/Garden.md": "- A garden.\n"}))
    assert "`type:: person`" in " ".join(ran.err.split())


def test_a_note_that_says_so_is_a_person(netnotes, vault):
    ran = netnotes("people", vault(GRAPH | {"pages/Bo Lind.md": "type:: person\n"}), "--json", "--as-of", "2026-06-30")
    assert '"Bo Lind"' in ran.out
