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
        "parts",
        "scenes",
        "because",
    ]
    assert ada["path"] == "People/Ada Lovelace.md"
    assert ada["scenes"] == ["london"]
    assert (ada["contact_days"], ada["encounters"], ada["last_contact"]) == (2, 3, "2026-06-01")
    assert set(ada["parts"]) == {"know", "like", "trust"}
    assert (bo["encounters"], bo["last_contact"]) == (2, "2026-06-01")
    assert (grace["path"], grace["tie"]) == (None, "thin")
    assert (never["depth"], never["contact_days"], never["because"]) == (None, 0, "never met")


def test_why_multiplies_to_the_depth_and_names_every_line(netnotes, vault):
    root = vault(NOTES)
    said = netnotes("why", "countess", root, DAY).out
    rows = {
        m[1]: m for m in re.finditer(r"^(know|like|trust)\s+(\d\.\d{4})\s+(\d\.\d+)\s+(\d\.\d{4})", said, re.MULTILINE)
    }
    depth = float(re.search(r"^depth\s+(\d\.\d{4})", said, re.MULTILINE)[1])
    assert abs(math.prod(float(row[4]) for row in rows.values()) - depth) < 5e-4
    assert abs(math.prod((0.02 + 0.98 * float(row[2])) ** float(row[3]) for row in rows.values()) - depth) < 5e-4
    for place in ("2026-05-01 Coffee.md:2", "2026-06-01.md:1", "2026-06-01.md:3"):
        assert place in said
    assert "2026-07-09" not in said


def test_why_knows_names_without_case_and_accents_and_says_who_is_near(netnotes, vault):
    root = vault({"People/Zoë Reyes.md": "", "People/Zoé Marsh.md": ""})
    assert "Zoë Reyes" in netnotes("why", "zoe reyes", root).out
    assert "may be" in netnotes("why", "zoe", root).err
    ran = netnotes("why", "zoe reys", root)
    assert (ran.code, "did you mean `Zoë Reyes`" in ran.err) == (1, True)


def test_the_same_notes_and_date_give_the_same_bytes(netnotes, vault):
    root = vault(NOTES)
    assert netnotes("people", root, DAY).out == netnotes("people", root, DAY).out
