"""`people` and `why`: the documented JSON, the order, and parts that multiply to the depth."""

import json
import math
import re

DAY = "--as-of=2026-06-30"
NOTES = {
    "People/Ada Lovelace.md": "---\naliases: [Countess]\nscene: london\n---\n",
    "People/Bo.md": "",
    "People/Never.md": "",
    "People/Me.md": "---\nme: true\n---\n",
    "2026-05-01 Coffee.md": "---\nattendees: ['[[Ada Lovelace]]', me, Grace]\nminutes: 60\ninitiated_by: me\n---\n",
    "2026-06-01.md": (
        "- lunch with [[Ada Lovelace]], 1h [by:: them]\n- called [[Bo]]\n- tea with [[Ada Lovelace]] and [[Bo]]\n"
    ),
    "2026-07-09 Plan.md": "---\nattendees: [Bo]\n---\n",
}


def test_json_has_the_documented_shape(netnotes, vault):
    rows = json.loads(netnotes("people", vault(NOTES), DAY, "--json").out)
    assert [row["name"] for row in rows] == ["Ada Lovelace", "Bo", "Grace", "Never"]
    ada, bo, grace, never = rows
    assert list(ada) == [
        "name",
        "path",
        "depth",
        "tie",
        "warmth",
        "warmth_value",
        "last_contact",
        "follow_up",
        "contact_days",
        "encounters",
        "known_since",
        "kin",
        "parts",
        "costs_most",
        "scenes",
        "because",
    ]
    assert ada["path"] == "People/Ada Lovelace.md"
    assert ada["scenes"] == ["london"]
    assert (ada["contact_days"], ada["encounters"], ada["last_contact"]) == (2, 3, "2026-06-01")
    assert set(ada["parts"]) == {"know", "like", "trust"}
    assert ada["costs_most"]["part"] in ada["parts"]
    assert never["costs_most"] is None
    assert (bo["encounters"], bo["last_contact"]) == (2, "2026-06-01")
    assert (grace["path"], grace["tie"]) == (None, "thin")
    assert (never["depth"], never["contact_days"], never["because"]) == (None, 0, "never met")


def test_why_multiplies_to_the_depth_and_names_every_line(netnotes, vault):
    root = vault(NOTES)
    output = netnotes("why", "countess", root, DAY, "--details").out
    rows = {
        m[1]: m
        for m in re.finditer(r"^(know|like|trust)\s+(\d\.\d{4})\s+(\d\.\d+)\s+(\d\.\d{4})", output, re.MULTILINE)
    }
    depth = float(re.search(r"^depth\s+(\d\.\d{4})", output, re.MULTILINE)[1])
    assert abs(math.prod(float(row[4]) for row in rows.values()) - depth) < 5e-4
    assert abs(math.prod((0.02 + 0.98 * float(row[2])) ** float(row[3]) for row in rows.values()) - depth) < 5e-4
    for place in ("2026-05-01 Coffee.md:2", "2026-06-01.md:1", "2026-06-01.md:3"):
        assert place in output
    assert "2026-07-09" not in output


def test_why_knows_names_without_case_and_accents_and_says_who_is_near(netnotes, vault):
    root = vault({"People/Zoë Reyes.md": "", "People/Zoé Marsh.md": ""})
    assert "Zoë Reyes" in netnotes("why", "zoe reyes", root).out
    assert netnotes("why", "zoe", root).err.splitlines() == [
        "netnotes: which zoe? Zoé Marsh or Zoë Reyes",
        "hint: give the whole name, or the path of the note",
        f'  netnotes why "Zoé Marsh" {root}',
        f'  netnotes why "Zoë Reyes" {root}',
    ]
    ran = netnotes("why", "zoe reys", root)
    assert (ran.code, "did you mean `Zoë Reyes`" in ran.err) == (1, True)


def test_the_same_notes_and_date_give_the_same_bytes(netnotes, vault):
    root = vault(NOTES)
    assert netnotes("people", root, DAY).out == netnotes("people", root, DAY).out


def test_names_need_no_quotes(netnotes, vault, monkeypatch):
    root = vault(NOTES | {"netnotes.toml": "", "People/Grace Hopper.md": ""})
    quoted = netnotes("why", "Ada Lovelace", root, DAY)
    assert quoted.code == 0
    assert netnotes("why", "Ada", "Lovelace", root, DAY) == quoted
    two = netnotes("why", "Ada Lovelace", "Bo", root, DAY)
    assert "Ada Lovelace and Bo" in two.out
    assert netnotes("why", "Ada", "Lovelace", "Bo", root, DAY) == two
    assert netnotes("why", "Bo", "ada", "lovelace", root, DAY) == two
    monkeypatch.chdir(root)
    assert netnotes("history", "Ada", "Lovelace", DAY) == netnotes("history", "Ada Lovelace", DAY)
    assert "did you mean `Ada Lovelace`" in netnotes("why", "Ada", "Lovelase", DAY).err


def test_a_number_is_a_line_of_the_list_printed_last(netnotes, vault):
    root = vault(NOTES | {"2026-06-02.md": "- [ ] send [[Bo]] the plan 📅 2026-06-20\n"})
    assert "no list was printed" in netnotes("why", "1", root, DAY).err
    netnotes("chase", root, DAY)
    assert netnotes("why", "1", root, DAY) == netnotes("why", "Bo", root, DAY)
    (root / "2026-06-02.md").write_text("- [x] send [[Bo]] the plan 📅 2026-06-20\n")
    ran = netnotes("why", "1", root, DAY)
    assert (ran.code, ran.out) == (1, "")
    assert "has changed since" in ran.err


def test_a_word_that_is_not_a_folder_gets_a_hint(netnotes, vault, monkeypatch):
    ada = "---\nscene: lisbon\ncity: Porto\ntags: [baker]\n---\n"
    root = vault({"netnotes.toml": "", "People/Ada Lovelace.md": ada})
    monkeypatch.chdir(root)
    for word, wanted in {
        "lisbon": "netnotes people --scene lisbon",
        "porto": "netnotes people --in porto",
        "baker": "netnotes people --tag baker",
        "ada": 'netnotes why "Ada Lovelace"',
    }.items():
        ran = netnotes("people", word)
        assert ran.code == 2
        assert ran.err.splitlines()[-1].strip() == wanted
    assert "no such folder" in netnotes("people", "nothing").err
