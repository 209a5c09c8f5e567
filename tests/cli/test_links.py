"""`netnotes links`: the link graph as the app counts it."""

import json

import pytest

NOTES = {
    "Home.md": (
        "[[Ada]] and [[People/Ada|her]] and [[#Here]] and [[Home#There]] and ![[pic.png]]\n\n"
        "[[Nobody#x]] [[Nobody]] [b](b%20c.md)\n"
    ),
    "People/Ada.md": '---\nfriend: "[[Home]]"\nlist:\n  - "[[Bo|B]]"\n  - "no [[Cy]]"\n---\n`[[Home]]` [web](https://a.b/)\n',
    "b c.md": "",
    "pic.png": "",
    ".trash/Bo.md": "[[Home]]",
}
EXPECTED = {
    "resolved": {"Home.md": {"People/Ada.md": 2, "pic.png": 1, "b c.md": 1}, "People/Ada.md": {"Home.md": 1}},
    "unresolved": {"Home.md": {"Nobody": 2}, "People/Ada.md": {"Bo": 1}},
}


def test_links_embeds_and_property_links_are_counted(netnotes, vault):
    ran = netnotes("links", vault(NOTES), "--json")
    assert json.loads(ran.out) == EXPECTED
    assert (ran.code, ran.err) == (0, "")


def test_for_the_eye(netnotes, vault):
    ran = netnotes("links", vault(NOTES))
    assert ran.out.splitlines() == [
        "Home.md -> People/Ada.md ×2",
        "Home.md -> b c.md",
        "Home.md -> pic.png",
        "Home.md -? Nobody ×2",
        "People/Ada.md -> Home.md",
        "People/Ada.md -? Bo",
    ]
    assert ran.err == "3 notes, 5 links, and 3 broken links (marked -?)\n"


def test_aliases_resolve_where_the_vault_says_so(netnotes, vault):
    notes = {"People/Ada.md": "---\naliases: [Countess]\n---\n", "a.md": "[[Countess]]"}
    assert json.loads(netnotes("links", vault(notes), "--json").out)["unresolved"] == {"a.md": {"Countess": 1}}
    root = vault({"netnotes.toml": "resolve_aliases = true\n"})
    assert json.loads(netnotes("links", root, "--json").out)["resolved"] == {"a.md": {"People/Ada.md": 1}}


@pytest.mark.parametrize("flags", [(), ("--no-cache",)])
def test_changed_links_are_listed_with_and_without_a_cache(netnotes, vault, flags):
    root = vault(NOTES)
    for _ in range(2):
        assert json.loads(netnotes("links", root, "--json", *flags).out) == EXPECTED
    (root / "Home.md").write_text("[[b c]]", encoding="utf-8")
    (root / "People" / "Ada.md").unlink()
    assert json.loads(netnotes("links", root, "--json", *flags).out) == {
        "resolved": {"Home.md": {"b c.md": 1}},
        "unresolved": {},
    }


def test_without_a_cache_nothing_is_kept(netnotes, vault, tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_CACHE", str(tmp_path / "kept"))
    root = vault(NOTES)
    netnotes("--no-cache", "links", root)
    netnotes("links", root, "--no-cache")
    assert not (tmp_path / "kept").exists()
    netnotes("links", root)
    assert list((tmp_path / "kept").glob("*.notes"))


def test_an_empty_vault(netnotes, vault):
    assert json.loads(netnotes("links", vault({}), "--json").out) == {"resolved": {}, "unresolved": {}}
