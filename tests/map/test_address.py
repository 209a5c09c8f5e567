"""The page's address: whatever stands in it is understood or ignored, and what the page writes is read back."""

from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netnotes.map.page.render import page
from tests.browser import Opened
from tests.examples import examples
from tests.map.networks import outcome

SAID = """(fragments) => fragments.map((fragment) => {
  history.replaceState(null, "", "#" + fragment);
  dispatchEvent(new HashChangeEvent("hashchange"));
  const { state, people, timeline, data } = netnotes;
  return {
    people: [state.chosen, state.to ?? -1].every((i) => Number.isInteger(i) && i >= -1 && i < people.key.length),
    month: Number.isInteger(state.month) && state.month >= 0 && state.month < Math.max(1, timeline.months.length),
    by: state.by >= 0 && state.by < data.groupings.length,
    view: ["rings", "network"].includes(state.view),
    path: state.pathIndex >= 0 && state.pathIndex <= 9,
    depth: 0 <= state.depth[0] && state.depth[0] <= state.depth[1] && state.depth[1] <= 1,
    last: Number.isFinite(state.last),
    query: state.query.length <= 200,
    at: state.at === null || state.at.every(Number.isFinite),
  };
})"""
STATE = """() => { const { pointed, off, ...state } = netnotes.state;
  return JSON.stringify([state, Object.entries(off).map(([key, names]) => [key, [...names].sort()])]); }"""
KEYS = "person to way month view by search no-scene no-tie no-warm no-group depth last all at x".split()
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from(["1e999", "-0", "NaN", "0x10", ""])).map(str)
VALUES = st.one_of(
    st.text(max_size=30),
    NUMBERS,
    st.lists(NUMBERS, max_size=4).map(",".join),
    st.lists(st.floats(0, 1).map(str), max_size=3).map("-".join),
    st.sampled_from(["me", "network", "rings", "true", "People/P003.md", "2026-01", "scene", "community"]),
)
FRAGMENTS = st.one_of(
    st.text(max_size=60).map(lambda text: quote(text, safe="%&=#+,-/")),
    st.lists(st.tuples(st.sampled_from(KEYS), VALUES), max_size=6).map(urlencode),
)


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    place = Path(tmp_path_factory.mktemp("address")) / "map.html"
    place.write_text(page(outcome(30), vault_name="Notes", vault_path="/v/Notes"), encoding="utf-8", newline="\n")
    context = browser.new_context(reduced_motion="reduce")
    yield Opened(context.new_page(), place.as_uri()).go()
    context.close()


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example])
@given(st.lists(FRAGMENTS, min_size=5, max_size=15))
@pytest.mark.full
def test_no_address_puts_the_page_in_a_state_that_cannot_be(opened, fragments):
    for fragment, output in zip(fragments, opened.ask(SAID, fragments), strict=True):
        assert all(output.values()), (fragment, output)
    assert opened.faults == []


@pytest.mark.full
@settings(max_examples=examples(20))
@given(
    st.integers(-1, 29),
    st.sampled_from(["rings", "network"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40),
    st.lists(st.sampled_from([0, 0.25, 0.5, 0.75, 1]), min_size=2, max_size=2).map(sorted),
    st.sampled_from([0, 30, 365, -365]),
)
def test_the_address_that_the_page_writes_is_read_back(opened, chosen, view, query, depth, last):
    changes = {"chosen": chosen, "view": view, "query": query, "depth": depth, "last": last, "at": [0.5, -1.25, 2]}
    opened.ask("(changes) => { netnotes.setState(changes); netnotes.keep(); }", changes)
    before = opened.ask(STATE)
    address = opened.ask("location.hash.slice(1)")
    opened.ask(SAID, ["", address])
    assert opened.ask(STATE) == before
    assert opened.faults == []
