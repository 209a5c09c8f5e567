"""Notes as a network: which are linked, how deeply, and since when."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.config import parse
from netnotes.extract.corpus import corpus_of
from netnotes.extract.note_links import depth, linked
from netnotes.model import Vault
from netnotes.text import parse as reading

TODAY = dt.date(2026, 3, 10)
counts = st.integers(0, 50)


def network(notes, config="", **more):
    read = tuple(reading.note(path, text.encode()) for path, text in sorted(notes.items()))
    return linked(corpus_of(Vault("v", read, **more), parse(config)), parse(config), TODAY)


def links(notes, **more):
    return {link.paths: link for link in network(notes, **more)[1]}


@given(counts, counts, st.integers(0, 9000), st.integers(1, 9))
def test_nothing_that_is_added_makes_a_link_shallower(forth, back, days, more):
    before = depth(forth, back, days)
    assert 0 <= before < 1
    assert before < depth(forth + more, back, days)
    assert before < depth(forth, back + more, days)
    assert before < depth(forth, back, days + more)
    assert before == depth(back, forth, days)


def test_only_links_in_both_directions_or_over_years_are_deep():
    assert depth(1, 1, 0) >= 0.5, "each links to the other"
    assert depth(1, 0, 3000) < 0.5, "one link, however old"
    assert depth(40, 0, 0) < 0.5, "many at once"
    assert depth(10, 0, 2000) >= 0.5, "many, and for years"


def test_links_are_counted_in_both_directions():
    found = links(
        {"A.md": "[[B]] and ![[B]]\n", "B.md": "---\nup: '[[A]]'\n---\n", "C.md": "[[A#Heading]] [[Nowhere]] [[C]]\n"}
    )
    assert {paths: (link.forth, link.back) for paths, link in found.items()} == {
        ("A.md", "B.md"): (2, 1),
        ("A.md", "C.md"): (0, 1),
    }
    assert found["A.md", "B.md"].depth == depth(2, 1, 0)


@pytest.mark.parametrize("setting", ["Blueprints", "blueprints/", "/BLUEPRINTS"])
def test_files_and_templates_are_not_nodes(setting):
    notes, found = network(
        {"A.md": "[[picture.png]] [[T]]\n", "Blueprints/T.md": "[[A]]\n"},
        files=("picture.png",),
        templates=(setting,),
    )
    assert [note.path for note in notes] == ["A.md"]
    assert not found


def test_a_link_spans_the_first_to_the_last_dated_note():
    found = links(
        {
            "2026-01-01.md": "[[A]]\n",
            "2025-01-01.md": "[[A]] and [[B]]\n",
            "2024-01-01.md": "[[A]] and [[C]]\n",
            "A.md": "---\ncreated: 2025-06-01\n---\n[[B]]\n",
            "B.md": "[[A]]\n",
            "C.md": "",
        }
    )
    both = found["A.md", "B.md"]
    assert (both.first, both.last) == (dt.date(2025, 1, 1), dt.date(2025, 6, 1)), "of A, and of the day that links both"
    assert both.depth == depth(1, 1, 151)
    assert ("A.md", "C.md") not in found, "a day that links both makes no link"
    day = found["2026-01-01.md", "A.md"]
    assert (day.first, day.last, day.depth) == (dt.date(2026, 1, 1), dt.date(2026, 1, 1), depth(1, 0, 0))


def test_dates_come_from_daily_notes_names_and_properties():
    found = links(
        {
            "20250102 A.md": "[[Z]]\n",
            "B.md": "---\ndate: 2025-02-03\n---\n[[Z]]\n",
            "D.md": "---\ncreated: 2025-02-30\n---\n[[Z]]\n",
            "2027-01-01.md": "[[Z]]\n",
            "Z.md": "",
        }
    )
    first = {paths[0]: link.first for paths, link in found.items()}
    assert first == {
        "20250102 A.md": dt.date(2025, 1, 2),
        "B.md": dt.date(2025, 2, 3),
        "D.md": None,
        "2027-01-01.md": None,
    }


def test_a_list_of_everything_is_not_evidence():
    many = {f"N{at}.md": f"[[N{at + 1}]]\n" for at in range(60)}
    listed = {"2025-01-01.md": "".join(f"[[N{at}]]\n" for at in range(60)), "2026-01-01.md": "[[N1]] [[N2]]\n"}
    found = links({**many, **listed})
    assert found["N1.md", "N2.md"].first == dt.date(2026, 1, 1)


def test_aliases_resolve_in_apps_whose_links_know_them():
    notes = {"A.md": "---\naliases: [Alpha]\n---\n", "B.md": "[[Alpha]]\n"}
    assert not links(notes)
    assert ("A.md", "B.md") in links(notes, config="resolve_aliases = true\n")
