"""Names, aliases, scenes, paths and plugin labels that try to become something else: on the page they stay text."""

import dataclasses
import functools

import pytest

from netnotes.map.page.render import page
from netnotes.model import Encounter, Mention, Person, Promise
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Style
from netnotes.scoring.scores import Scores
from tests.map.networks import TODAY, scores

HOSTILE = {
    "image": '<img src=x onerror="window.hacked=1;alert(1)">',
    "end of script": "</script><script>window.hacked=1;alert(1)</script>",
    "comment": "<!--<script>",
    "address": "javascript:window.hacked=1",
    "link": '<a href="https://example.org/steal">click</a> href',
    "attribute": '" onmouseover="window.hacked=1" x="',
    "line separators": "one\u2028two\u2029three",
    "turned round": "\u202egnp.exe\u202c \u200f\u2067abc",
    "prototype": "__proto__",
    "constructor": "constructor",
    "long": "x" * 10_000,
    "template": "{{ 7 * 7 }}{% raw %}${window.hacked=1}",
    "entity": "&lt;b&gt;&#0;&amp;",
    "control": "a\x00b\x07c\x1b[31m\x7f\r\nd",
    "surrogate": "half\ud83d",
    "quotes": "'\"`\\u003c\\",
    "css": "</style><style>*{display:none}</style>",
    "markdown": "[x](javascript:alert(1)) [[y|z]]",
    "empty": " ",
    "arabic": "محمد بن عبد الله",
    "emoji": "👩‍👩‍👧‍👦 family",
    "path": "../../../etc/passwd#^x?y=%2e%2e",
}


@functools.cache
def poisoned():
    people, met = [], []
    for number, (kind, text) in enumerate(HOSTILE.items()):
        path = f"People/{text}.md" if kind != "long" else f"People/{'y' * 5000}.md"
        people.append(
            Person(
                path,
                text,
                path=path,
                aliases=(text, f"alias {text}"),
                scene=text,
                tags=(text,),
                properties={"company": text, "note": {"a": text}},
            )
        )
        if number:
            met.append(
                Encounter(
                    TODAY,
                    (people[-2], people[-1]),
                    f"{text}.md",
                    number + 1,
                    minutes=30.0,
                    channel=text,
                    title=text,
                    scene=text,
                )
            )
    network = build_network(people, Person("Me.md", HOSTILE["image"], path="Me.md", me=True), met, TODAY)
    places = [(person, f"{text}.md") for person, text in zip(people, HOSTILE.values(), strict=True)]
    network = dataclasses.replace(
        network,
        mentions=tuple(Mention(TODAY, (person,), path, 2) for person, path in places),
        promises=tuple(Promise((person,), person.name, path, 2) for person, path in places),
    )
    scored = scores(network)
    facts = {
        name: {
            tie: dataclasses.replace(score, because=str(tie.person.name), label=score.label and tie.person.name)
            for tie, score in found.items()
        }
        for name, found in scored.facts.items()
    }
    words = Scores(scored.fields, scored.owners, facts, scored.weights)
    styles = [
        Style(person, color=text, width=3.0, label=text, group=text, because=text)
        for person, text in zip(people, HOSTILE.values(), strict=True)
    ]
    styles += [
        Style(tie, color=text, label=text, because=text)
        for tie, text in zip(network.alter_ties, HOSTILE.values(), strict=False)
    ]
    return Outcome(network, words), styles


@pytest.fixture
def opened(show):
    outcome, styles = poisoned()
    return show(outcome, styles=styles, name=HOSTILE["end of script"], place=f"/v/{HOSTILE['quotes']}")


def assert_harmless(opened):
    assert opened.ask("window.hacked ?? null") is None
    assert opened.faults == []
    assert all(url.startswith("file:") or url == "about:blank" for url in opened.requests)
    assert len([url for url in opened.requests if url.startswith("file:")]) == 1


def test_nothing_executes_and_nothing_is_fetched(opened):
    tab = opened.tab
    assert opened.ask("netnotes.people.count") == len(HOSTILE)
    for i in range(len(HOSTILE)):
        opened.ask("(i) => { netnotes.setState({pointed: i}); netnotes.choose(i, {look: true}); }", i)
    tab.fill("#search", "<img")
    tab.wait_for_selector("#suggestions li")
    tab.keyboard.press("Escape")
    tab.click("#by button:last-of-type")
    tab.click("summary")
    assert_harmless(opened)


def test_panel_and_list_show_names_as_written(opened):
    for kind in ("image", "end of script", "link", "template", "entity", "quotes", "prototype", "arabic"):
        name = HOSTILE[kind]
        i = opened.ask("(name) => netnotes.people.name.indexOf(name)", name)
        assert i >= 0, kind
        opened.ask("(i) => netnotes.choose(i)", i)
        assert opened.tab.inner_text("#panel h2") == name
        assert f"also {name}, alias {name}" in opened.tab.inner_text("#panel header")
        assert opened.tab.locator("#people li", has_text=name).count() >= 1
    assert opened.ask("document.querySelectorAll('#panel img, #people img, #legend img, h1 script').length") == 0
    assert_harmless(opened)


def test_links_open_notes_and_nothing_else(opened):
    for i in range(len(HOSTILE)):
        opened.ask("(i) => netnotes.choose(i)", i)
        for address in opened.ask("[...document.querySelectorAll('#panel a')].map((a) => a.getAttribute('href'))"):
            assert address.startswith(("obsidian://open?vault=", "file:///v/"))
            assert not set(address) & set('<>" \\')
    assert_harmless(opened)


def test_long_names_are_cut_and_the_page_stays_within_its_width(opened):
    assert opened.ask("Math.max(...netnotes.people.name.map((name) => name.length))") <= 120
    opened.ask("netnotes.choose(netnotes.people.name.findIndex((name) => name.startsWith('xxxx')))")
    assert opened.ask("document.documentElement.scrollWidth <= innerWidth")
    assert opened.ask("document.getElementById('panel').scrollWidth <= document.getElementById('panel').clientWidth")


def test_hostile_addresses_are_as_if_absent(show):
    outcome, styles = poisoned()
    view = (
        "#person=__proto__&by=constructor&depth=NaN-Infinity&last=x&at=1,2&at=a,b,c&no-scene=__proto__&search=%3Cimg%3E"
    )
    opened = show(outcome, view, styles=styles)
    assert opened.ask("[netnotes.state.by, netnotes.state.depth, netnotes.state.last, netnotes.state.at]") == [
        0,
        [0, 1],
        0,
        None,
    ]
    assert_harmless(opened)


def test_the_policy_holds_even_against_the_page_itself(opened):
    stopped = opened.ask(
        """async () => {
            const stopped = [];
            addEventListener("securitypolicyviolation", (event) => stopped.push(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.hacked = 1";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://example.org/x.png";
            document.body.append(image);
            await fetch("https://example.org/").catch(() => {});
            await new Promise((done) => setTimeout(done, 50));
            return stopped;
        }"""
    )
    assert {"script-src-elem", "img-src", "connect-src"} <= set(stopped)
    assert opened.ask("window.hacked ?? null") is None
    # What the policy stops is announced, and goes no further.
    assert not opened.arrived


def test_the_page_can_be_written_to_a_file():
    outcome, styles = poisoned()
    page(outcome, vault_name="half\ud83d", vault_path="/x\udcff", styles=styles).encode("utf-8")
