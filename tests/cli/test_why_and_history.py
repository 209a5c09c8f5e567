"""`why` says what moves a tie and how it went, also of two others; `history` goes through time as `--as-of` does."""

import json
import re

import pytest

DAY = "--as-of=2026-06-30"
NOTES = {
    "People/Ada.md": (
        "---\ncloseness: 5\ntrust: 9\ncadence: monthly\nfavours: 3\nintroduced_by: '[[Bo]]'\nrelation: aunt\n---\n"
    ),
    "People/Bo.md": "---\nnetnotes: read-only\n---\n",
    "People/Never.md": "",
    "2025-05-01.md": "- met [[Ada]] (60 min) [by:: me]\n",
    "2026-02-01.md": "- lunch with [[Ada]] and [[Bo]], 1h [by:: me]\n",
    "2026-06-01.md": "- tea with [[Ada]], 30 min [by:: me]\n",
    "2026-06-20.md": "- tea with [[Bo]]\n",
    "2026-07-09.md": "- tea with [[Ada]]\n",
}


def answer(netnotes, *args):
    return json.loads(netnotes("why", *args, DAY, "--json").out)


def test_the_reason_names_all_that_is_declared(netnotes, vault):
    output = netnotes("why", "Ada", vault(NOTES), DAY, "--details").out
    line = output.splitlines()[1]
    assert re.match(r"Depth 0\.\d\d, shallow: 3 meetings, \d\.\d one-to-one hours; ", line)
    assert "declared closeness 5" in line
    assert "3 favours, introduced by Bo, kin: aunt" in line
    assert re.search(r"^What costs most depth: time together \(−0\.\d\d\)\.$", output, re.MULTILINE)
    assert "declared every 30 days" in output
    assert "declared trust" not in output, "it is out of range"
    assert "warmth: " in output
    assert output.count("not part of depth") == 2


def test_figures_are_for_those_who_ask_for_details(netnotes, vault):
    root = vault(NOTES)
    output = netnotes("why", "Ada", root, DAY).out
    assert not re.search(r"\d\.\d{3,}|weight|know ", output)


def test_costs_most_gives_the_depth_that_the_lowest_part_costs(netnotes, vault):
    result = answer(netnotes, "Ada", vault(NOTES))
    part = min(result["factors"], key=lambda part: part["factor"])
    assert result["costs_most"]["part"] == part["name"]
    assert abs(result["depth"] / part["factor"] - result["depth"] - result["costs_most"]["depth"]) < 1e-9


def test_the_first_lever_is_the_largest_and_whose_turn_it_is(netnotes, vault):
    root = vault(NOTES)
    output = answer(netnotes, "Ada", root)
    depths = [lever["depth"] for lever in output["levers"]]
    assert depths == sorted(depths, reverse=True)
    assert "two more hours one-to-one, suggested by Ada" in [lever["what"] for lever in output["levers"]]
    assert (
        f"What would help most: {output['levers'][0]['what']} (to {depths[0]:.2f})."
        in netnotes("why", "Ada", root, DAY).out
    )


def test_thin_evidence_and_a_note_that_is_never_written_are_said(netnotes, vault):
    root = vault(NOTES)
    output = netnotes("why", "Bo", root, DAY).out
    assert "Only 2 days of contact so far" in output
    assert "writes nothing into it" in output
    assert "days of contact so far" not in netnotes("why", "Ada", root, DAY).out
    result = answer(netnotes, "Bo", root)
    assert (result["thin"], result["tie"], result["ignored"]) == (True, "thin", True)


def test_two_others(netnotes, vault, monkeypatch):
    root = vault(NOTES | {"netnotes.toml": ""})
    result = answer(netnotes, "Bo", "ada", root)
    assert [person["name"] for person in result["between"]] == ["Ada", "Bo"]
    assert [(e["path"], e["line"]) for e in result["evidence"]] == [("2026-02-01.md", 1)]
    assert result["levers"] == []
    assert result["declared"] == {}
    output = netnotes("why", "Bo", "ada", root, DAY).out
    assert "2026-02-01.md:1" in output
    assert "For two other people" in output
    assert netnotes("why", "Ada", "Never", root, DAY).err.startswith(
        "netnotes: Ada and Never were never together in your notes"
    )
    monkeypatch.chdir(root)
    assert netnotes("why", "Bo", "Ada", DAY).out == output
    assert netnotes("why", "Bo", root, DAY).out == netnotes("why", "Bo", DAY).out


def test_somebody_never_met_may_yet_be(netnotes, vault):
    root = vault(NOTES)
    output = netnotes("why", "Never", root, DAY).out
    assert "Never met." in output
    assert "two more" not in output
    assert "What would help most: two hours one-to-one" in output
    result = answer(netnotes, "Never", root)
    assert (result["depth"], result["evidence"], result["trend"]) == (None, [], [])


@pytest.mark.parametrize("disabled", ["[plugins]\ndisable = ['know', 'like', 'trust']\n", "[depth]\nweights = {}\n"])
def test_a_tie_without_a_scored_part_counts_as_met(netnotes, vault, disabled):
    root = vault(NOTES | {"netnotes.toml": disabled})
    for output in (netnotes("why", "Ada", root, DAY).out, netnotes("people", root, DAY, "--json").out):
        assert "o part of depth is scored" in output
    assert "3 encounters, latest first" in netnotes("why", "Ada", root, DAY).out
    assert "Never met." in netnotes("why", "Never", root, DAY).out


def test_only_the_latest_encounters_are_printed_unless_all_are_asked_for(netnotes, vault):
    root = vault({f"2026-01-{day:02}.md": "- tea with [[Ada]]\n" for day in range(1, 32)} | {"People/Ada.md": ""})
    short, full = netnotes("why", "Ada", root, DAY).out, netnotes("why", "Ada", root, DAY, "--all").out
    assert "31 encounters, latest first (11 more: --all)" in short
    assert ("2026-01-11.md" in short, "2026-01-11.md" in full) == (False, True)
    assert len(answer(netnotes, "Ada", root)["evidence"]) == 31


@pytest.mark.parametrize("name", ["Ada", "Bo"])
def test_history_is_what_was_said_then(netnotes, vault, name):
    root = vault(NOTES)
    result = json.loads(netnotes("history", name, root, DAY, "--json").out)["months"]
    assert result[-1]["day"] == "2026-06-30"
    assert sum(month["contacts"] for month in result) == (3 if name == "Ada" else 2)
    for month in result[:: max(1, len(result) // 4)] + result[-1:]:
        people = json.loads(netnotes("people", root, f"--as-of={month['day']}", "--json").out)
        then = next(person for person in people if person["name"] == name)
        assert (month["depth"], month["tie"], month["warmth"]) == (
            then["depth"],
            then["tie"],
            then["warmth_value"],
        )
    trend = answer(netnotes, name, root)["trend"]
    known = {month["day"]: month["depth"] for month in result}
    assert [point["depth"] for point in trend] == [known.get(point["day"]) for point in trend]


def test_history_is_a_line_of_blocks_for_each_year_and_what_happened(netnotes, vault):
    root = vault(NOTES)
    output = netnotes("history", "Ada", root, DAY).out
    assert [len(blocks) for blocks in re.findall(r"^20\d\d +([▁▂▃▄▅▆▇█]+) +0\.", output, re.MULTILINE)] == [8, 6]
    assert "2025  May  First contact in your notes." in output
    assert "2026  Feb  In touch again after 9 months." in output
    assert "2026  Jun  Last contact." in output
    assert "month end" not in output
    full = netnotes("history", "Ada", root, DAY, "--details").out
    assert len(re.findall(r"^\d{4}-\d\d-\d\d ", full, re.MULTILINE)) == 14
    assert "2025-05-31  0." in full
    assert "Never met" in netnotes("history", "Never", root, DAY).out
    assert json.loads(netnotes("history", "Never", root, DAY, "--json").out)["months"] == []


def test_a_count_of_favours_that_is_none_is_a_problem_and_is_not_shown(netnotes, vault):
    root = vault({**NOTES, "People/Bo.md": "---\nfavours: .inf\n---\n"})
    assert "favours" not in netnotes("why", "Bo", root, DAY, "--details").out
    output = netnotes("check", root, DAY)
    assert output.code == 1
    assert "People/Bo.md:2" in output.out
    assert "`favours: inf`" in output.out


def test_a_note_that_is_not_marked_as_a_person_is_named(netnotes, vault):
    root = vault({".obsidian/app.json": "{}", "Clippings/Steph Ango.md": "About notes.\n", "People/Ada.md": ""})
    ran = netnotes("why", "steph", "ango", root)
    assert ran.code == 1
    assert "Clippings/Steph Ango.md is not marked as a person's note" in ran.err
    assert "not marked" not in netnotes("why", "nobody", root).err


def test_a_mention_is_evidence_that_weighs_nothing(netnotes, vault):
    books = ("2026-02-03.md", "2026-07-01.md")
    root = vault(NOTES | dict.fromkeys(books, "- a book that [[Ada]] would like\n"))
    *contacts, last = answer(netnotes, "Ada", root)["evidence"]
    assert (last["date"], last["line"], last["minutes"], last["mention"]) == ("2026-02-03", 1, 0.0, True)
    assert len(contacts) == 3, "neither tea nor book of July: the day is in June"
    assert not any(each["mention"] for each in contacts)


def test_mentions_are_listed_apart_from_encounters(netnotes, vault):
    lines = {f"2026-02-{day:02}.md": "- a book that [[Ada]] would like\n" for day in range(3, 26)}
    root = vault(NOTES | lines)
    output = netnotes("why", "Ada", root, DAY).out
    assert "\n3 encounters, latest first:\n" in output
    assert "\n23 mentions, not counted as contact, latest first (3 more: --all):\n" in output
    assert "2026-02-25" in output
    assert "2026-02-03" not in output
    assert "2026-02-03" in netnotes("why", "Ada", root, DAY, "--all").out
