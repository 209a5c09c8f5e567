"""Laws from notes to scores: what may not matter does not, whatever the notes tell."""

import datetime as dt
import math
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netnotes.config import Config
from netnotes.incremental import Memory
from netnotes.model import Vault
from netnotes.pipeline import run
from netnotes.plugin_host import loader
from netnotes.text import parse
from tests.examples import examples

TODAY = dt.date(2026, 6, 30)
PLUGINS = loader.bundled(Config())
NAMES = ("Ada", "Bo", "Cy Ng", "Zoë")
PEOPLE = {f"People/{name}.md": f"---\ntype: person\n---\n# {name}\n" for name in NAMES}
WAYS = ("Met", "Coffee with", "Called", "Texted", "Mailed", "Saw", "Card from")
LENGTHS = ("", " (45 min)", ", 1h30", " 20 min")
STARTS = ("", " [by:: me]", " [by:: them]", " [scene:: choir]")

LINES = st.builds(
    lambda way, who, length, start: f"- {way} {' and '.join(f'[[{name}]]' for name in who)}{length}{start}",
    st.sampled_from(WAYS),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    st.sampled_from(LENGTHS),
    st.sampled_from(STARTS),
)
DAILIES = st.dictionaries(
    st.integers(0, 900).map(lambda ago: TODAY - dt.timedelta(ago)),
    st.lists(LINES, min_size=1, max_size=3, unique=True),
    min_size=1,
    max_size=8,
)


def written(dailies):
    """Return path → text of the people and of their days."""
    return PEOPLE | {f"Daily/{day}.md": "\n".join(lines) + "\n" for day, lines in dailies.items()}


def fields_by_person(texts, today=TODAY, order=None):
    """Return person → field → value, from texts in the order that the disk happens to give."""
    order = order or (lambda paths: paths)
    notes = tuple(parse.note(path, texts[path].encode()) for path in order(sorted(texts)))
    outcome = run(Vault("vault", notes=notes), Config(), PLUGINS, today, Memory())
    scores = outcome.scores
    return {
        tie.person.name: {name: (score.value, score.label) for name, score in scores.of(tie).items()}
        for tie in outcome.network.ties
    }


@given(DAILIES)
@settings(max_examples=examples(40))
def test_every_value_is_finite_and_in_range(dailies):
    for fields in fields_by_person(written(dailies)).values():
        for name in ("know", "like", "trust", "depth", "warmth"):
            if name in fields:
                value = fields[name][0]
                assert math.isfinite(value)
                assert 0 <= value <= 1


@given(DAILIES, st.randoms(use_true_random=False))
@settings(max_examples=examples(30))
def test_the_order_of_files_changes_nothing(dailies, rng):
    texts = written(dailies)
    assert fields_by_person(texts) == fields_by_person(texts, order=lambda paths: rng.sample(paths, len(paths)))


@given(DAILIES)
@settings(max_examples=examples(30))
def test_line_endings_and_a_mark_of_the_encoding_change_nothing(dailies):
    texts = written(dailies)
    windows = {path: "\ufeff" + text.replace("\n", "\r\n") for path, text in texts.items()}
    assert fields_by_person(windows) == fields_by_person(texts)


@given(st.dictionaries(st.integers(0, 900), st.tuples(st.sampled_from(NAMES), st.sampled_from(WAYS[:3])), max_size=8))
@settings(max_examples=examples(30))
def test_a_meeting_told_in_several_notes_counts_once(days):
    """A day's meeting, told in the daily note, in a note of its own and in the person's log."""
    daily, meetings, logs = {}, {}, {f"People/{name}.md": "" for name in NAMES}
    for ago, (name, way) in days.items():
        day = TODAY - dt.timedelta(ago)
        daily[f"Daily/{day}.md"] = f"- {way} [[{name}]] (45 min)\n"
        channel = "call" if way == "Called" else "in person"
        meetings[f"Meetings/{day} {name}.md"] = (
            f"---\nchannel: {channel}\nattendees: ['[[{name}]]']\nminutes: 45\n---\n"
        )
        logs[f"People/{name}.md"] += f"- {day} {way.lower()} (45 min)\n"
    people = {path: text + logs[path] for path, text in PEOPLE.items()}
    assert fields_by_person(PEOPLE | daily | meetings) == fields_by_person(PEOPLE | daily)
    assert fields_by_person(people | daily | meetings) == fields_by_person(PEOPLE | daily)


@given(DAILIES, DAILIES)
@settings(max_examples=examples(30))
def test_the_future_changes_nothing(dailies, later):
    ahead = {TODAY + (TODAY - day) + dt.timedelta(1): lines for day, lines in later.items()}
    assert fields_by_person(written(dailies | ahead)) == fields_by_person(written(dailies))


@given(DAILIES, st.integers(0, 900))
@settings(max_examples=examples(30))
def test_notes_of_later_days_do_not_change_an_earlier_day(dailies, ago):
    then = TODAY - dt.timedelta(ago)
    known = {day: lines for day, lines in dailies.items() if day <= then}
    assert fields_by_person(written(dailies), then) == fields_by_person(written(known), then)


@given(DAILIES)
@settings(max_examples=examples(30))
def test_a_name_is_but_a_name(dailies):
    """Other names, in the notes and in all that is said of them: the results are the same."""
    other = dict(zip(NAMES, ("Mo", "Li", "Abe Q", "Ödön"), strict=True))

    def renamed(text):
        for old, new in other.items():
            text = (
                text.replace(f"[[{old}]]", f"[[{new}]]")
                .replace(f"# {old}\n", f"# {new}\n")
                .replace(f"/{old}.md", f"/{new}.md")
            )
        return text

    texts = written(dailies)
    changed = fields_by_person({renamed(path): renamed(text) for path, text in texts.items()})
    assert {other[name]: fields for name, fields in fields_by_person(texts).items()} == changed


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has no tzset")
def test_the_zone_of_the_machine_changes_nothing(monkeypatch):
    texts = written({TODAY: ["- Met [[Ada]] (45 min)"], TODAY - dt.timedelta(1): ["- Called [[Bo]]"]})
    found = []
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.append(fields_by_person(texts))
    monkeypatch.undo()
    time.tzset()
    assert found[0] == found[1] == found[2]


def test_logging_a_contact_moves_the_date_at_once():
    before = {TODAY - dt.timedelta(days): ["- Coffee with [[Ada]] (45 min)"] for days in (160, 100, 40)}
    due = fields_by_person(written(before))["Ada"]["follow_up"][0]
    assert due > TODAY - dt.timedelta(40)
    after = fields_by_person(written(before | {TODAY: ["- Called [[Ada]]"]}))["Ada"]["follow_up"][0]
    assert after >= TODAY + dt.timedelta(7)
    assert after > due


def test_a_new_acquaintance_is_due_within_days_and_family_is_not_due_by_silence():
    texts = written({TODAY: ["- Met [[Ada]]"]})
    assert fields_by_person(texts)["Ada"]["follow_up"][0] == TODAY + dt.timedelta(5)
    texts["People/Ada.md"] = "---\ntype: person\nrelation: Mother\n---\n"
    assert "follow_up" not in fields_by_person(texts)["Ada"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("weekly", 7),
        ("30d", 30),
        ("every 2 weeks", 14),
        ("45", 45),
        ("45.0", 45),
        ("quarterly", 91),
        ("yearly", 365),
        ("'every day'", 1),
        ("2 months", 60),
        ("0", None),
        ("often", None),
        ("-3", None),
        ("9999d", None),
    ],
)
def test_a_declared_cadence_is_the_rhythm(words, days):
    texts = written({TODAY - dt.timedelta(ago): ["- Met [[Ada]]"] for ago in (10, 400, 800)})
    plain = fields_by_person(texts)["Ada"]
    texts["People/Ada.md"] = f"---\ntype: person\ncadence: {words}\n---\n"
    declared = fields_by_person(texts)["Ada"]
    if days is None:
        assert declared["follow_up"] == plain["follow_up"]
    else:
        assert declared["follow_up"][0] == TODAY - dt.timedelta(10) + dt.timedelta(days)
        assert declared["warmth"][1] == ("warm" if 10 <= 4 * days else "cooling" if 10 <= 8 * days else "dormant")


def test_a_declared_value_out_of_range_is_a_problem_with_its_line():
    texts = PEOPLE | {"People/Ada.md": "---\ntype: person\ncloseness: 9\ntrust: no\ncadence: often\n---\n"}
    notes = tuple(parse.note(path, texts[path].encode()) for path in sorted(texts))
    outcome = run(Vault("vault", notes=notes), Config(), PLUGINS, TODAY, Memory())
    assert [(p.path, p.line) for p in outcome.problems] == [("People/Ada.md", line) for line in (3, 4, 5)]


def test_silence_gives_no_reason_for_the_replaced_network():
    """`as_of` later than today sees the same encounters, only later."""
    notes = tuple(parse.note(path, text.encode()) for path, text in sorted(written({TODAY: ["- Met [[Ada]]"]}).items()))
    network = run(Vault("vault", notes=notes), Config(), PLUGINS, TODAY, Memory()).network
    later = network.as_of(TODAY + dt.timedelta(90))
    assert later.ties == network.ties
    assert later.encounters == replace(network, today=later.today).encounters
