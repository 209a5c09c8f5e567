"""The page of a vault without people, in a real browser: its notes, their links, and the words for them."""

import datetime as dt
import json
import re

import pytest

from netnotes.api import Link, Note, Style
from netnotes.config import Config
from netnotes.map.note_map import distinct_names, folders
from netnotes.map.page.render import PageOptions, page
from netnotes.model import Person, Vault
from netnotes.network.network import Network
from netnotes.outcome import Outcome
from netnotes.pipeline import with_notes
from netnotes.scoring.scores import Scores
from netnotes.text import parse
from tests.map import note_vaults
from tests.map.test_page_export import take

TODAY = dt.date(2026, 3, 10)
SMALL = {
    "Hub.md": "[[One]] [[Two]] [[Three]]\n",
    "Ideas/One.md": "[[Hub]] [[Two]]\n",
    "Ideas/Two.md": "[[Hub]]\n",
    "Logs/Three.md": "",
    "Logs/Alone.md": "[[Nowhere]]\n",
}


def outcome(notes):
    read = tuple(parse.note(path, text.encode()) for path, text in sorted(notes.items()))
    bare = Outcome(Network(TODAY, Person("me", "Robin", me=True)), Scores())
    return with_notes(bare, Vault("v", read), Config())


def page_data(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


def made(notes, **options):
    return page_data(page(outcome(notes), vault_name="v", vault_path="/v", options=PageOptions(**options)))


def test_notes_of_one_name_are_distinguished_by_their_folders(show):
    def names(*paths):
        return distinct_names(
            paths, [re.sub(r"^\d{4,}\s", "", path.rpartition("/")[2].removesuffix(".md")) for path in paths]
        )

    assert names("index.md", "api/index.md", "Api/core/Index.md", "guides/core/index.md", "guides/Set up.md") == [
        "index",
        "api/index",
        "Api/core/Index",
        "guides/core/index",
        "Set up",
    ]
    assert names("20240101 tools.md", "20240102 tools.md", "Log/20240103 maps.md") == [
        "20240101 tools",
        "20240102 tools",
        "maps",
    ]
    assert names("a/b/c.md", "d/b/c.md", "x/2024 c.md") == ["a/b/c", "d/b/c", "x/c"]
    assert names() == []
    opened = show(outcome({"a/index.md": "[[b/index]]\n", "b/index.md": "[[a/index]]\n"}))
    assert {text for text, _ in opened.names()} == {"a/index", "b/index"}
    assert opened.ask("netnotes.data.network.names.join()") == "around a/index"
    opened.tab.fill("#search", "index")
    offered = opened.tab.locator("#suggestions [role=option] bdi").all_inner_texts()
    assert offered == ["a/index", "b/index", "around a/index"], "the notes, and the community that is named after one"
    assert "b/index" in opened.tab.inner_text("#people")


def test_a_vault_with_people_is_left_alone():
    people = Outcome(Network(TODAY, Person("me", "Robin", me=True), (Person("A.md", "Ada", "A.md"),)), Scores())
    assert with_notes(people, Vault("v", (parse.note("B.md", b"[[A]]"),)), Config()) is people


def test_it_opens_as_a_network_of_notes(show):
    opened = show(outcome(SMALL))
    assert opened.ask("netnotes.people.name") == ["Hub", "One", "Two", "Three", "Alone"], "deepest links first"
    assert opened.ask("netnotes.networkShare()") == 1, "there is no centre and are no rings"
    assert opened.tab.is_hidden("#view")
    assert opened.tab.inner_text("#asof").startswith("5 notes, 2 deep links")
    assert opened.tab.get_attribute("#search", "placeholder") == "Search notes"
    assert {text for text, _ in opened.names()} >= {"Hub", "One", "Two"}
    whole = opened.tab.inner_text("body")
    assert not re.search(r"\b(people|person|somebody|everybody|nobody|met|contact|warm)\b", whole, re.IGNORECASE)
    assert not opened.faults
    assert not opened.arrived


@pytest.mark.full
def test_the_panel_lists_each_link_once_with_its_reason(show):
    opened = show(outcome(SMALL))
    opened.ask("netnotes.choose(netnotes.byKey('Ideas/One.md'))")
    panel = opened.tab.inner_text("#panel")
    assert re.search(r"2\s+links, 1 deep", panel)
    assert re.search(r"Deep links\s+Hub\s+both ways, 2 links\s+Links to\s+Two\s+1 link$", panel.strip())
    assert opened.tab.get_attribute("#panel .links a", "href") == "obsidian://open?vault=Notes&file=Ideas%2FOne"
    opened.tab.click("#panel .linked >> text=Two")
    assert opened.tab.inner_text("#panel h2") == "Two"
    assert "Linked from" in opened.tab.inner_text("#panel")
    opened.ask("netnotes.choose(netnotes.byKey('Logs/Alone.md'))")
    assert "not linked" in opened.tab.inner_text("#panel")
    assert opened.tab.inner_text("#announcement").startswith("Alone, not linked")


@pytest.mark.full
def test_it_is_usable_by_keyboard(show):
    opened = show(outcome(SMALL))
    opened.tab.focus("#picture")
    opened.tab.keyboard.press("Home")
    assert opened.tab.inner_text("#panel h2") == "Hub"
    for key in ("n", "p", "d"):
        opened.tab.keyboard.press(key)
    assert opened.ask("netnotes.networkShare()") == 1, "what is for people alone does nothing"
    opened.tab.keyboard.press(".")
    assert opened.tab.inner_text("#panel h2") == "One"
    opened.tab.keyboard.press("?")
    assert "person" not in opened.tab.inner_text("#keys")
    assert not opened.faults


@pytest.mark.full
def test_filters_and_address_work_for_notes(show):
    opened = show(outcome(SMALL), "#person=Ideas%2FOne.md&no-scene=Logs")
    assert opened.tab.inner_text("#panel h2") == "One"
    assert opened.tab.inner_text("#count") == "3 of 5 shown"
    opened.tab.click("#filters summary")
    assert opened.tab.inner_text("#narrow legend >> nth=0") == "Links"
    assert "Warmth" not in opened.tab.inner_text("#narrow")


def test_notes_left_out_are_counted_and_can_be_included():
    many = {f"N{at:03}.md": f"[[N{(at + 1) % 40:03}]] [[N000]]\n" for at in range(40)}
    few = made(many, most=10)
    assert len(few["people"]["key"]) == 10
    assert few["notesLeftOut"] == 30
    assert few["people"]["key"][0] == "N000.md", "those with the deepest links stay"
    assert len(made(many, most=None)["people"]["key"]) == 40
    assert made(many)["notesLeftOut"] == 0


@pytest.mark.full
def test_the_page_says_what_is_left_out(show):
    opened = show(outcome({f"N{at:03}.md": f"[[N{(at + 1) % 40:03}]] [[N000]]\n" for at in range(40)}), most=10)
    shown_text = opened.tab.inner_text("#leftout")
    assert shown_text == "The 30 notes with the shallowest links are left out; graph --most 40 draws them too."


@pytest.mark.full
def test_one_note_left_out_is_one(show):
    opened = show(outcome(SMALL), most=4)
    assert (
        opened.tab.inner_text("#leftout")
        == "The note with the shallowest links is left out; graph --most 5 draws it too."
    )


@pytest.mark.full
def test_notes_that_all_link_to_each_other_and_those_that_join_groups_are_marked(show):
    three = {f"{one}.md": " ".join(f"[[{other}]]" for other in "ABC" if other != one) for one in "ABC"}
    opened = show(outcome(three))
    assert opened.ask("netnotes.data.network.rounds.length") == 1
    assert "a few that all link to each other" in opened.tab.inner_text("#key")
    assert "all link" not in show(outcome(SMALL)).tab.inner_text("#key")


@pytest.mark.full
def test_styles_of_notes_and_links_are_drawn(show):
    drawn = outcome(SMALL)
    hub = Note("Hub.md")
    link = next(link for link in drawn.network.links if link.paths == ("Hub.md", "Logs/Three.md"))
    assert isinstance(link, Link)
    styles = (Style(hub, color="#aa0000", label="The hub", group="hubs"), Style(link, color="#00aa00", width=5))
    opened = show(drawn, styles=styles)
    assert opened.ask("netnotes.people.label[0]") == "The hub"
    assert "hubs" in opened.tab.inner_text("#legend")
    look = opened.ask("netnotes.tieStyle(0, netnotes.byKey('Logs/Three.md'))")
    assert look == {"color": "#00aa00", "width": 5}


@pytest.mark.full
def test_styled_links_stand_out_before_pointing(show):
    drawn = outcome(SMALL)
    links = {link.paths: link for link in drawn.network.links}
    styles = (
        Style(links["Hub.md", "Logs/Three.md"], color="#007700", width=7),
        Style(links["Hub.md", "Ideas/One.md"], color="#770000"),
        Style(links["Hub.md", "Ideas/Two.md"], color="#000077", width=0),
    )
    opened = show(drawn, styles=styles)
    lines = re.findall(r"<path [^>]*stroke=[^>]*>", take(opened, "svg")[1].decode())
    (green,) = (line for line in lines if "#007700" in line)
    assert 'stroke-width="7"' in green
    assert len([line for line in lines if "#770000" in line]) == 1
    assert not any("#000077" in line for line in lines), "of no width"


@pytest.mark.parametrize(
    ("paths", "wanted"),
    [
        (["a/x.md", "b/y.md", "z.md"], ["a", "b", None]),
        (["n/a/x.md", "n/b/y.md", "n/z.md"], ["a", "b", "n"]),
        ([*(f"n/a/{at}.md" for at in range(9)), "other/y.md"], ["a"] * 9 + ["other"]),
        (["x.md", "y.md"], [None, None]),
        (["n/x.md", "n/y.md"], ["n", "n"]),
        ([*(f"n/m/{year}/{day}.md" for year in (1, 2) for day in range(9)), "n/z.md"], ["1"] * 9 + ["2"] * 9 + ["n"]),
        ([], []),
    ],
    ids=range(7),
)
def test_the_folder_that_divides_notes_best(paths, wanted):
    assert folders(paths) == wanted


@pytest.mark.parametrize("name", ["zettelkasten", "garden", "journal"])
@pytest.mark.full
def test_public_kinds_of_vaults_open(show, name):
    notes = getattr(note_vaults, name)()
    opened = show(outcome(notes))
    assert opened.ask("netnotes.people.count") == len(notes)
    assert opened.tab.inner_text("#asof").startswith(f"{len(notes):,} notes")
    kind = opened.ask("netnotes.data.scenes.by")
    assert kind == ("circle" if name == "zettelkasten" else "folder")
    assert opened.ask("netnotes.people.depth.every((depth, i) => Number.isNaN(depth) === !netnotes.data.degree[i])")
    assert not opened.faults


def test_names_of_notes_stay_text(show):
    notes = {
        "<img src=x onerror=alert(1)>.md": "[[</script><script>alert(2)</script>]]\n",
        "__proto__.md": "[[<img src=x onerror=alert(1)>]]\n",
        "</script><script>alert(2)<／script>.md": "[[__proto__]]\n",
    }
    opened = show(outcome(notes))
    for at in range(3):
        opened.ask(f"netnotes.choose({at})")
    assert not opened.faults
    assert opened.tab.query_selector("#panel img") is None


def test_same_notes_same_page():
    notes = note_vaults.garden()
    texts = {
        page(outcome(dict(order)), vault_name="v", vault_path="/v")
        for order in (notes.items(), reversed(notes.items()))
    }
    assert len(texts) == 1
