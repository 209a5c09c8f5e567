"""Sharing: no name, path, title, scene, company, tag, alias or text of any note is in what `--anonymous` writes."""

import base64
import dataclasses
import datetime as dt
import json
import re
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.app.workspace import open_workspace
from netnotes.export.anonymize import anonymous
from netnotes.export.tables import tables
from netnotes.map.page.render import page
from netnotes.map.page.timeline import Past, columns
from netnotes.model import Encounter, Person
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.plugin.facts import Field, Score, Style
from netnotes.scoring.history import History, month_ends
from netnotes.scoring.scores import Scores
from tests.export.rendered import FORMATS, render
from tests.map.networks import TODAY, outcome, scores
from tests.map.test_hostile import poisoned


class Marks:
    """Words that stand nowhere but where they were put."""

    def __init__(self):
        self.given = []

    def __call__(self):
        # Letters alone: a word of digits could come about by chance.
        number = len(self.given)
        word = "qzxj" + "".join(chr(ord("b") + int(digit)) for digit in f"{number:03}") + "vw"
        self.given.append(word)
        return word

    def found(self, text):
        """Return the words that stand in a text, plainly, whatever their case, or encoded."""
        plain = text.casefold()
        return [
            word
            for word in self.given
            if word in plain
            or any(each in text for each in in_base64(word))
            or "".join(f"%{ord(letter):02x}" for letter in word) in plain
            or word.encode().hex() in plain
        ]


def in_base64(word):
    """The part of a word's base64 that is the same whatever stands around it, in three offsets and three cases."""
    for spelled in (word, word.capitalize(), word.upper()):
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + spelled.encode()).decode().rstrip("=")
            yield coded[(8 * before + 5) // 6 : -1]


def named(marks, count=6):
    """People with marks everywhere, who met at places of marks, and what plugins say in marks."""
    people = [
        Person(
            f"{marks()}/{marks()}.md",
            f"{marks().capitalize()} {marks().upper()}",
            path=f"{marks()}.md",
            aliases=(marks(), marks()),
            scene=marks(),
            tags=(marks(),),
            properties={"company": f"[[{marks()}]]", marks(): marks(), "introduced_by": marks()},
        )
        for _ in range(count)
    ]
    met = [
        Encounter(
            TODAY - dt.timedelta(days=7 * day),
            (people[day % count], people[(day + 1) % count]),
            path=f"{marks()}/{marks()}.md",
            line=day + 1,
            minutes=30.0,
            minutes_by_person={people[day % count].id: 12.0},
            channel=marks(),
            scene=marks(),
            title=marks(),
            fields={marks(): marks()},
        )
        for day in range(2 * count)
    ]
    me = Person(f"{marks()}.md", marks(), path=f"{marks()}.md", me=True)
    network = build_network(people, me, met, TODAY)
    found = scores(network)
    facts = {
        name: {
            tie: dataclasses.replace(score, because=f"{score.because}, {marks()}, 3 days", label=marks())
            for tie, score in of.items()
        }
        for name, of in found.facts.items()
    }
    mine = marks()
    facts[mine] = {tie: Score(tie, 0.4, marks(), label=marks()) for tie in network.ties}
    facts["word"] = {tie: Score(tie, marks(), marks()) for tie in network.ties}
    fields = {name: dataclasses.replace(each, about=marks()) for name, each in found.fields.items()}
    fields |= {mine: Field(mine, marks()), "word": Field("word", marks())}
    alters = {tie: Score(tie, 0.3, marks(), label=marks()) for tie in network.alter_ties}
    styles = [
        Style(person, color="#aa0000", width=2.0, label=marks(), group=marks(), because=marks()) for person in people
    ]
    styles += [Style(tie, color="#00aa00", label=marks(), because=marks()) for tie in network.alter_ties]
    result = Outcome(network, Scores(fields, dict.fromkeys(fields, marks()), facts, {**found.weights, mine: 0.1}))
    return result, Scores({"depth": Field("depth", marks())}, {}, {"depth": alters}), styles


def months(result):
    days = month_ends(TODAY - dt.timedelta(days=300), TODAY)
    rows = {
        tie: tuple(None if tie.first > day else round(place / 100, 2) for day in days)
        for place, tie in enumerate(result.network.ties, start=20)
        if tie.first
    }
    return Past(History(days, {"depth": rows, "warmth": rows}))


@pytest.mark.parametrize("numbers", [False, True])
def test_nothing_that_was_named_is_in_any_output(numbers):
    marks = Marks()
    result, alters, styles = named(marks)
    whole = page(result, vault_name=marks(), vault_path=f"/{marks()}", styles=styles, alters=alters)
    assert len(marks.found(whole)) > 60
    shared = anonymous(
        result, alters=alters, styles=styles, past=Past(months(result).history, marks()), numbers=numbers
    )
    # Even with evidence, which the command leaves out: there is nothing left to tell.
    for evidence in (False, True):
        text = page(
            shared.outcome,
            vault_name="",
            vault_path="",
            styles=shared.styles,
            alters=shared.alters,
            evidence=evidence,
            past=shared.past,
        )
        assert marks.found(text) == []
    for form in FORMATS:
        for part in render(tables(shared.outcome, shared.alters), form):
            assert marks.found(part) == []


def test_the_marks_are_found_however_they_are_written():
    marks = Marks()
    word = marks()
    for spelled in (word, word.upper(), word.capitalize()):
        for around in ("", "x", "xy", "xyz"):
            coded = base64.b64encode(f"{around}{spelled}{around}".encode()).decode()
            for text in (f"…{spelled}…", coded, "".join(f"%{ord(c):02X}" for c in spelled.lower())):
                assert marks.found(text) == [word], text


@pytest.fixture
def marked(tmp_path, monkeypatch):
    """A vault in which every word that can be chosen is a mark."""
    marks = Marks()
    root = tmp_path / marks()
    (root / ".obsidian").mkdir(parents=True)
    names = [f"{marks().capitalize()} {marks().capitalize()}" for _ in range(5)]
    for name in names:
        alias, scene, company, tag, key, value, other = (marks() for _ in range(7))
        place = root / marks() / f"{name}.md"
        place.parent.mkdir()
        place.write_text(
            f"---\ntype: person\naliases: [{alias}]\nscene: {scene}\ncompany: {company}\ntags: [{tag}]\n"
            f"{key}: {value}\n"
            f"introduced_by: '[[{names[0]}]]'\nkin: {other}\nbirthday: 1980-02-03\n---\n# {marks()}\n\nA {marks()}.\n\n"
            f"- 2026-02-01 coffee {marks()} with [[{names[1]}]] [{marks()}:: {marks()}]\n- [ ] owed {marks()}\n",
            encoding="utf-8",
        )
    meeting = root / marks() / f"2026-01-20 {marks()}.md"
    meeting.parent.mkdir()
    meeting.write_text(
        f"---\nattendees: [{names[0]}, {names[2]}, {marks()} {marks()}]\nplace: {marks()}\nscene: {marks()}\n---\n"
        f"{marks()}\n",
        encoding="utf-8",
    )
    group = root / f"{marks()}.md"
    group.write_text(f"---\ntype: group\nmembers: ['[[{names[0]}]]', '[[{names[1]}]]']\n---\n{marks()}\n", "utf-8")
    me = root / f"{marks()}.md"
    me.write_text("---\ntype: person\nme: true\n---\n", "utf-8")
    (root / "netnotes.toml").write_text(f"[scenes.{marks()}]\nsince = 2020-01-01\n", "utf-8")
    home = tmp_path / "here"
    home.mkdir()
    monkeypatch.chdir(home)
    return marks, root, home


@pytest.mark.full
@pytest.mark.parametrize("option", ["--anonymous", "--numbers"])
def test_the_command_reveals_nothing_either(marked, option, capsys):
    marks, root, home = marked
    for form in ("html", *FORMATS):
        assert cli.run_command(["graph", str(root), "--as-of=2026-03-01", "--no-open", option, "--format", form]) == 0
    output = capsys.readouterr()
    assert "here/netnotes-map-anonymous.html" in output.out
    files = sorted(home.iterdir())
    assert len(files) == 6
    for file in files:
        assert file.name.startswith("netnotes-map-anonymous")
        assert marks.found(file.read_text("utf-8")) == [], file.name
    cli.run_command(["graph", str(root), "--as-of=2026-03-01", "--no-open"])
    assert len(marks.found((home / "netnotes-map.html").read_text("utf-8"))) > 20


def test_depth_dates_and_who_met_whom_remain():
    result = outcome(60, met=0.9)
    shared = anonymous(result).outcome
    old, new = tables(result), tables(shared)
    kept = ("depth", "tie", "warmth", "warm", "last_contact", "first_contact", "follow_up", "contacts", "days", "size")

    def figures_of(rows):
        return sorted(str([row.get(column) for column in kept]) for row in rows[1:])

    assert figures_of(new.people) == figures_of(old.people)
    assert len(new.ties) == len(old.ties)
    assert sorted(row["weight"] for row in new.ties) == sorted(row["weight"] for row in old.ties)
    assert len({row["scene"] for row in new.people[1:] if "scene" in row}) == len(
        {row["scene"] for row in old.people[1:] if "scene" in row}
    )


def test_earlier_months_are_the_same():
    result = outcome(30)
    ada = dataclasses.replace(result.network.people[0], properties={"cadence": "every 2 weeks"})
    everybody = [ada, *result.network.people[1:]]
    met = [
        dataclasses.replace(e, people=tuple(ada if p.id == ada.id else p for p in e.people))
        for e in result.network.encounters
    ]
    network = build_network(everybody, result.network.ego, met, TODAY)
    result = Outcome(network, scores(network))
    then = months(result)
    shared = anonymous(result, past=then)

    def figures_of(of, past):
        ties = sorted(of.network.ties, key=lambda tie: (-of.scores.number(tie, "depth"), tie.first, len(tie.contacts)))
        return columns(past, ties, of.scores)

    assert figures_of(shared.outcome, shared.past) == figures_of(result, then)
    assert figures_of(result, then)["people"] == 30


def test_same_names_each_time_and_the_deepest_first():
    result = outcome(60)
    assert render(tables(anonymous(result).outcome), "json") == render(tables(anonymous(result).outcome), "json")
    numbered = tables(anonymous(result, numbers=True).outcome)
    assert [row["label"] for row in numbered.people[1:]] == [str(place) for place in range(1, 61)]
    assert [row["id"] for row in numbered.people[1:4]] == ["p1", "p2", "p3"]


def test_reasons_stay_if_they_quote_nobody():
    ada = Person("People/Ada.md", "Ada")
    network = build_network([ada], Person("me", "me"), [Encounter(TODAY, (ada,), "m.md", 1)], TODAY)
    (tie,) = network.ties
    output = {
        "4 meetings, 2.5 one-to-one hours": "4 meetings, 2.5 one-to-one hours",
        "13 years, introduced by Bo, 3 days": "13 years",
        "Bo, 3 days": "",
        "seen with 2 of your 5 people: 7, 8": "",
        "1,410 meetings, 12.5 hours": "1,410 meetings, 12.5 hours",
        "13 years, call 491761234567": "13 years",
        "13 years, call 49 176 1234": "13 years",
        "13 years, call 0171": "13 years",
        "": "",
    }
    for because, reason in output.items():
        facts = {"know": {tie: Score(tie, 0.5, because)}, "depth": {tie: Score(tie, 0.5, because, label="thin")}}
        found = Scores({name: Field(name, "") for name in facts}, {}, facts, {"know": 1.0})
        shared = anonymous(Outcome(network, found)).outcome
        (new,) = shared.network.ties
        assert shared.scores.get(new, "know").because == reason
        why = f" ({reason})" if reason else ""
        assert (
            shared.scores.get(new, "depth").because
            == f"depth 0.50 = know .5000{why}; costs most: time together (−0.49)"
        )


def test_most_reasons_of_the_example_stay():
    _, result = open_workspace(Path(__file__).parents[2] / "examples/vault").run(dt.date(2026, 6, 30))
    shared = anonymous(result).outcome
    for name in ("know", "like", "trust", "warmth", "follow_up"):
        kept = [bool(score.because) for score in shared.scores.facts[name].values()]
        assert sum(kept) >= 0.99 * len(kept), name


def test_hostile_names_make_a_page_too():
    result, styles = poisoned()
    shared = anonymous(result, styles=styles)
    text = page(shared.outcome, vault_name="", vault_path="", styles=shared.styles, evidence=False)
    data, details = (
        json.loads(re.search(rf'id="{part}">(.*?)</script>', text, re.DOTALL)[1]) for part in ("data", "details")
    )
    assert details["vault"] == {"name": "", "base": None}
    assert data["me"] == "me"
    assert details["aliases"] == []
    assert details["note"] == 0


@pytest.mark.full
def test_no_line_of_a_panel_offers_to_open_a_note(show):
    shared = anonymous(outcome(12, met=0.8)).outcome
    opened = show(shared, name="", place="")
    opened.ask("netnotes.choose(0)")
    panel = opened.tab.inner_text("#panel")
    assert "Obsidian" not in panel
    assert "No note" not in panel
    assert opened.tab.inner_text("#panel h2") == tables(shared).people[1]["label"]
    assert opened.faults == []


def test_no_text_of_a_note_is_in_the_page_beyond_what_the_panel_shows(tmp_path, monkeypatch):
    """Bodies and unread properties stay in the notes; open promises, which the panel lists, do with `--no-evidence`."""
    marks = Marks()
    promise = marks()
    root = tmp_path / "vault"
    (root / "People").mkdir(parents=True)
    (root / "Meetings").mkdir()
    (root / "People/Ada.md").write_text(
        f"---\nphone: {marks()}\nnotes: {marks()} and {marks()}\n---\n# Ada\n\n{marks()} is private. %%{marks()}%%\n\n"
        f"- 2026-02-01 coffee, {marks()} said {marks()} [mood:: {marks()}]\n- [ ] owed {promise}\n> {marks()}\n",
        "utf-8",
    )
    (root / "Meetings/2026-02-03 Plans.md").write_text(
        f"---\nattendees: [Ada]\nagenda: {marks()}\n---\n{marks()}\n\n- [[Ada]] thinks {marks()}\n", "utf-8"
    )
    (root / "2026-02-04.md").write_text(f"- lunch with [[Ada]], who {marks()}\n", "utf-8")
    for day in ("2026-02-05", "2026-03-02"):
        (root / f"{day}.md").write_text(f"- an essay by [[Ada]] on {marks()}\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for evidence in ([], ["--no-evidence"]):
        assert cli.run_command(["graph", str(root), "--as-of=2026-03-01", "--no-open", *evidence]) == 0
        text = (tmp_path / "netnotes-map.html").read_text("utf-8")
        assert marks.found(text) == ([] if evidence else [promise])
        assert ("2026-02-03 Plans" in text) is not bool(evidence)
        assert ("2026-02-05.md" in text) is not bool(evidence), "mentioned"
        assert "2026-03-02" not in text, "mentioned after the day of the map"
        assert '"Ada"' in text
