"""axe-core finds nothing in any state of the page, light or dark, wide or narrow, with people and with notes."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.map import note_vaults
from tests.map.networks import outcome
from tests.map.test_months import outcome_with_history
from tests.map.test_notes import outcome as notes

STATES = {
    "rings": "",
    "network": "netnotes.showView('network')",
    "person": "netnotes.choose(0)",
    "path": "netnotes.choose(3); netnotes.ask(-1)",
    "earlier month": "netnotes.setState({month: 20})",
    "filters": "document.getElementById('filters').open = true",
    "nobody fits": "netnotes.setState({depth: [1, 1]})",
    "search": "/",
    "menu": "s",
    "keys": "?",
    "list folded": "[",
}
LOOKS: dict[str, dict[str, Any]] = {
    "wide, light": {"size": (1280, 800), "color_scheme": "light"},
    "phone, dark": {"size": (390, 844), "color_scheme": "dark", "has_touch": True},
    "320 pixels": {"size": (320, 568), "color_scheme": "light"},
}


def violations(opened):
    if not opened.tab.evaluate("Boolean(globalThis.axe)"):
        opened.tab.evaluate(Axe().axe_script)
    found = opened.tab.evaluate("axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)")
    return {one["id"]: [node["html"][:200] for node in one["nodes"]] for one in found}


def assert_accessible(opened, states):
    for state in states:
        step = STATES[state]
        if len(step) == 1:
            opened.tab.focus("#picture")
            opened.tab.keyboard.press(step)
            if state == "search":
                opened.tab.keyboard.type("a")
        elif step:
            opened.ask(step)
        opened.ask("netnotes.painted()")
        assert violations(opened) == {}, state
        opened.tab.keyboard.press("Escape")


@pytest.mark.full
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state(show, look):
    result, past = outcome_with_history(60)
    assert_accessible(show(result, past=past, **LOOKS[look]), STATES)


@pytest.mark.full
def test_axe_finds_nothing_where_most_is_on_the_page(show):
    result, past = outcome_with_history(60)
    assert_accessible(show(result, past=past, **LOOKS["phone, dark"]), ("path", "keys"))


@pytest.mark.full
def test_axe_finds_nothing_on_a_page_of_notes(show):
    opened = show(notes(note_vaults.garden()))
    for state in ("", "netnotes.choose(0)", "document.getElementById('filters').open = true"):
        if state:
            opened.ask(state)
        assert violations(opened) == {}, state


@pytest.mark.full
def test_axe_finds_nothing_without_people_but_would_find_something(show):
    opened = show(outcome(0))
    assert violations(opened) == {}
    opened.ask("document.querySelector('main').append(document.createElement('button'))")
    assert "button-name" in violations(opened)
