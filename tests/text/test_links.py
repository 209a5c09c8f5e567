"""Resolving links: the app's own answers, and laws."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.text.links import Index, fold

FILES = (
    "Note.md",
    "a/Note.md",
    "a/b/Note.md",
    "c/Other.md",
    "v1.2.md",
    "x/Image.PNG",
    ".trash/Gone.md",
    "d/.hidden/Note2.md",
)


def test_resolves_as_the_app_does(cases):
    for case in cases("resolution.json"):
        assert Index(case["files"]).resolve(case["source"], case["link"]) == case["expected"], case["id"]


@pytest.mark.parametrize(
    ("source", "link", "found"),
    [
        ("a/b/x.md", "Note", "Note.md"),
        ("a/b/x.md", "b/Note", "a/b/Note.md"),
        ("a/b/x.md", "B/NOTE.MD", "a/b/Note.md"),
        ("a/b/x.md", "./Note", "a/b/Note.md"),
        ("a/b/x.md", "../Note#Part", "a/Note.md"),
        ("a/b/x.md", "../../Note", "Note.md"),
        ("a/b/x.md", "../../../Note", None),
        ("a/b/x.md", "./Other", None),
        ("a/b/x.md", "/a/Note", "a/Note.md"),
        ("a/b/x.md", "/b/Note", None),
        ("a/b/x.md", "Note/", None),
        ("a/b/x.md", "b\u00a0/Note", None),
        ("a/b/x.md", "v1.2", "v1.2.md"),
        ("a/b/x.md", "image.png", "x/Image.PNG"),
        ("a/b/x.md", "Image", None),
        ("a/b/x.md", "Gone", None),
        ("a/b/x.md", "Note2", None),
        ("a/b/x.md", "#Part", "a/b/x.md"),
        ("a/b/x.md", "", None),
        ("a/b/x.md", "https://example.org", None),
        ("a/b/x.md", "Note.canvas", None),
    ],
)
def test_rules(source, link, found):
    assert Index(FILES).resolve(source, link) == found


def test_own_folder_then_shortest_then_first():
    index = Index(["zz/T.md", "aa/T.md", "b/c/T.md", "longer/T.md"])
    assert index.resolve("root.md", "T") == "aa/T.md"
    assert index.resolve("longer/n.md", "T") == "longer/T.md"
    assert index.resolve("b/n.md", "T") == "b/c/T.md"
    assert index.resolve("zz/deep/n.md", "T") == "aa/T.md", "a folder further up counts for nothing"


def test_names_are_compared_composed_and_in_lower_case():
    decomposed = unicodedata.normalize("NFD", "Café.md")
    assert Index([decomposed]).resolve("x.md", "café") == decomposed
    assert Index(["Ann\u00a0Lee.md"]).resolve("x.md", "Ann Lee") == "Ann\u00a0Lee.md"
    assert Index(["note.md", "Note.md"]).resolve("x.md", "NOTE") == "Note.md"


def test_aliases_serve_other_apps_only():
    files = ["pages/a___b.md", "pages/Ada Lovelace.md"]
    assert Index(files).resolve("x.md", "Ada") is None
    assert Index(files).resolve("x.md", "a/b") is None
    index = Index(files, {"Ada": "pages/Ada Lovelace.md", "a/b": "pages/a___b.md"})
    assert index.resolve("x.md", "ada#Part") == "pages/Ada Lovelace.md"
    assert index.resolve("x.md", "A/b") == "pages/a___b.md"
    assert index.resolve("x.md", "pages/a___b") == "pages/a___b.md"


SEGMENT = st.text("abAé. _", min_size=1, max_size=4).filter(lambda name: name[0] not in ". " and name[-1] != " ")
PATHS = st.lists(st.lists(SEGMENT, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".md"), max_size=8)


@given(PATHS, st.randoms(use_true_random=False), st.text("abé/.#|_ ", max_size=8))
def test_the_order_of_files_does_not_matter(paths, random, link):
    shuffled = random.sample(paths, len(paths))
    assert Index(paths).resolve("a/b.md", link) == Index(shuffled).resolve("a/b.md", link)


@given(PATHS.filter(bool), st.text("ab/.", max_size=5))
def test_a_whole_path_always_resolves(paths, source):
    index = Index(paths)
    for path in paths:
        found = index.resolve(source, path)
        assert found is not None
        assert fold(found) == fold(path)


@given(PATHS, st.text("ab/.", max_size=5), st.text(max_size=12))
def test_an_answer_is_a_file_of_the_vault(paths, source, link):
    found = Index(paths).resolve(source, link)
    assert found is None or found in paths or found == source
    assert found == Index(paths).resolve(source, link + "#part") or not link.partition("#")[0].strip()


@given(PATHS, PATHS, st.sets(st.integers(0, 7)), st.text("ab/.", max_size=5), st.text("abAé/._", max_size=8))
def test_a_changed_index_is_the_index_of_the_changed_files(paths, added, gone, source, link):
    removed = {path for at, path in enumerate(paths) if at in gone} - set(added)
    now = {*paths, *added} - removed
    changed = Index(paths).changed(added, removed)
    for target in (link, *paths, *added, *(path.rpartition("/")[2].removesuffix(".md") for path in now)):
        assert changed.resolve(source, target) == Index(now).resolve(source, target)
