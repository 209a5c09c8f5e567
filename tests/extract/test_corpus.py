"""Which notes are read, found from what is known of the notes before."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.config import Config
from netnotes.extract.corpus import corpus_of
from netnotes.incremental import CorpusMemory
from netnotes.model import Vault
from netnotes.text import parse
from tests.examples import examples

PATHS = ("01-03-2026.md", "13-03-2026.md", "03-14-2026.md", "Old/a.md", "Templates/a.md", "b.md", "b (conflict).md")
TEXTS = (
    "",
    "- 27/02/2026 tea\n",
    "- 02/27/2026 tea\n",
    "---\nnetnotes: ignore\n---\n",
    "---\na: [\n---\n- 27/02/2026 tea\n",
)
NOTES = {(path, text): parse.note(path, text.encode()) for path in PATHS for text in TEXTS}
VAULTS = st.builds(
    lambda texts, templates, files: Vault(
        "v", tuple(NOTES[each] for each in sorted(texts.items())), files, templates=templates
    ),
    st.dictionaries(st.sampled_from(PATHS), st.sampled_from(TEXTS)),
    st.sampled_from(((), ("Templates",))),
    st.sampled_from(((), ("c.png",))),
)
CONFIGS = st.sampled_from((Config(), Config(), Config(exclude=("Old",))))


def found(corpus, memory):
    problems = sorted(memory.problems.items())
    return corpus.vault, corpus.evidence, corpus.order, memory.excluded, problems, memory.proofs


@settings(max_examples=examples(500), deadline=None)
@given(st.lists(st.tuples(VAULTS, CONFIGS), min_size=2, max_size=6))
def test_what_was_known_before_changes_nothing(runs):
    memory = CorpusMemory()
    for vault, config in runs:
        fresh = CorpusMemory()
        assert found(corpus_of(vault, config, memory), memory) == found(corpus_of(vault, config, fresh), fresh)


def test_after_an_interruption_nothing_is_counted_twice():
    memory = CorpusMemory()
    before = Vault("v", (NOTES["b.md", TEXTS[1]],))
    now = Vault("v", (NOTES["b.md", TEXTS[2]],))
    corpus_of(before, Config(), memory)
    with patch("netnotes.extract.corpus.is_excluded", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        corpus_of(now, Config(), memory)
    assert corpus_of(now, Config(), memory).order == "mdy"


def test_the_placeholders_of_a_template_are_no_problem():
    text = b"---\ncreated: {{date}}T{{time}}\n---\n# {{title}}\n"
    memory = CorpusMemory()
    corpus_of(Vault("v", tuple(parse.note(path, text) for path in ("T/Day.md", "Templates/a.md"))), Config(), memory)
    assert memory.problems == {}
    corpus_of(Vault("v", (NOTES["b.md", TEXTS[4]],)), Config(), memory)
    assert [*memory.problems] == ["b.md"]
