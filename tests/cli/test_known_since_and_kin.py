"""Since when somebody is known, and who is family: notes in, `why`, `due`, `circles`, `inspect` and `check` out."""

import json

import pytest

DAY = "--as-of=2026-12-01"
DAILY = {"2026-06-01.md": "- coffee with [[Ada]] 45 min\n"}
MANY = {f"2026-0{month}-1{day}.md": "- lunch with [[Ada]] 1h\n" for month in range(1, 7) for day in (0, 5)}


def of_ada(netnotes, vault, note, daily=DAILY):
    return json.loads(netnotes("people", vault({"People/Ada.md": note, **daily}), DAY, "--json").out)[0]


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("---\ntype: person\nknown_since: 2009\n---\n", "2009"),
        ("---\ntype: person\nMet: 2014-05\n---\n", "May 2014"),
        ("---\ntype: person\nsince: 14 May 2014\n---\n", "14 May 2014"),
        ("---\ntype: person\nbekannt seit: Mai 2014\n---\n", "May 2014"),
        ("---\ntype: person\nmet: '[[PyCon 2014]]'\nsince: 2019\n---\n", "2014"),
        ("---\ntype: person\n---\nKnown since 2009.\n", "2009"),
        ("---\ntype: person\n---\n# Ada\n\n- Met: 2014-05\n", "May 2014"),
        ("met:: 2014-05\ntype:: person\n", "May 2014"),
        ("---\ntype: person\n---\nWe went to school together 1998–2004.\n", "1998"),
        ("---\ntype: person\n---\nColleagues at Acme (2010-2014)\n", "2010"),
        ("---\ntype: person\n---\nSeit 2009 befreundet.\n", "2009"),
        ("---\ntype: person\n---\nNos conocemos desde mayo de 2009.\n", "May 2009"),
        ("---\ntype: person\n---\n2009年认识的。\n", "2009"),
        ("---\ntype: person\n---\nKnown since 2009. Met again in 2015.\n", "2009"),
        ("---\ntype: person\n---\nMet at a hackathon in 2014.\n", "2014"),
        ("---\ntype: person\n---\nFirst met during PyCon 2019\n", "2019"),
        ("---\ntype: person\nmet: at the gym\n---\n", None),
        ("---\ntype: person\n---\nHaven't seen her since 2009.\n", None),
        ("---\ntype: person\n---\nWe met about the 2019 budget.\n", None),
        ("---\ntype: person\n---\n> Known since 2009\n", None),
        ("---\ntype: person\n---\n```\nKnown since 2009\n```\n", None),
        ("---\ntype: person\ncompany: Acme since 2010\n---\n", None),
        ("---\ntype: person\nschool: class of 2004\n---\n", None),
        ("---\ntype: person\ncompany: Studio 54-1977\n---\n", None),
    ],
)
def test_since_when_somebody_is_known(netnotes, vault, note, words):
    result = of_ada(netnotes, vault, note)
    assert result["known_since"] == words
    assert (f"known since {words}, as your note says" in result["because"]) is (words is not None)


SHARED = [
    ("school: Lycée, 1998-2004", "1998", "school"),
    ("school: 1998-2004", "1998", "school"),
    ("School: '[[Lycée]] (1998–2004)'", "1998", "School"),
    ("company: Acme 2010 to 2014", "2010", "company"),
    ("company: Acme, May 2010 - June 2014", "May 2010", "company"),
    ("company: Acme 05/2010 – 06/2014", "May 2010", "company"),
    ("company:\n  - Acme 2010-2014\n  - Bolt (2015)", "2010", "company"),
    ("company: {name: Acme, from: 2010, to: 2014}", "2010", "company"),
    ("company:\n  - name: Acme\n    years: 2010-14", "2010", "company"),
    ("school: MIT 1990-1994\ncompany: Acme 2010-2014", "2010", "company"),
    ("Universität: Graz 1998 bis 2004", "1998", "Universität"),
    ("école: Lyon, de 1998 à 2004", "1998", "école"),
    ("会社: 東京 2010〜2014", "2010", "会社"),
]


@pytest.mark.parametrize(("line", "words", "place"), SHARED)
def test_a_span_at_a_school_or_company_says_since_when_too(netnotes, vault, line, words, place):
    result = of_ada(netnotes, vault, f"---\ntype: person\n{line}\n---\n")
    assert result["known_since"] == words
    assert f"known since {words}, as your note says ({place})" in result["because"]


@pytest.mark.parametrize(
    "body", ["- School: Lycée, 1998-2004\n", "school:: Lycée 1998–2004\n", "**Schule:** 1998–2004\n"]
)
def test_the_span_may_be_a_line(netnotes, vault, body):
    assert of_ada(netnotes, vault, f"---\ntype: person\n---\n{body}")["known_since"] == "1998"


@pytest.mark.parametrize("own", ["known_since: 2019\nschool: Lycée, 1998-2004", "school: Lycée, 1998-2004\nmet: 2019"])
def test_a_declared_year_wins(netnotes, vault, own):
    result = of_ada(netnotes, vault, f"---\ntype: person\n{own}\n---\n")
    assert result["known_since"] == "2019"
    assert "known since 2019, as your note says)" in result["because"]


def test_the_years_before_raise_trust_and_nothing_after_the_first_contact_does(netnotes, vault):
    trust = {
        since: of_ada(netnotes, vault, f"---\ntype: person\nsince: {since}\n---\n")["parts"]["trust"]
        for since in ("''", 1990, 2009, "2026-05", 2026, 2030)
    }
    assert trust[1990] > trust[2009] > trust["2026-05"] > trust["''"]
    assert trust[2026] == trust[2030] == trust["''"], "a year counts from its last day, and the future not at all"


def test_a_person_known_long_before_is_not_a_new_acquaintance(netnotes, vault):
    new = of_ada(netnotes, vault, "---\ntype: person\n---\n")
    old = of_ada(netnotes, vault, "---\ntype: person\nknown_since: 2009\n---\n")
    assert (new["follow_up"], new["tie"], old["tie"]) == ("2026-06-06", "thin", "thin")
    assert old["follow_up"] > new["follow_up"]


def test_the_past_is_known_too(netnotes, vault):
    note = "---\ntype: person\nknown_since: 2009\n---\n"
    root = vault({"People/Ada.md": note, **MANY})
    months = json.loads(netnotes("history", "Ada", root, DAY, "--json").out)["months"]
    then = json.loads(netnotes("people", root, "--as-of=2026-03-31", "--json").out)[0]["depth"]
    month = next(row for row in months if row["day"] == "2026-03-31")
    assert month["depth"] == pytest.approx(then)


def test_an_unreadable_year_is_a_problem_with_its_line(netnotes, vault):
    note = "---\ntype: person\nknown_since: ages ago\nmet: 2014-02-30\nsince: 03/04/2015\n---\n"
    result = json.loads(netnotes("check", vault({"People/Ada.md": note, **DAILY}), DAY, "--json").out)
    assert [(problem["line"], problem["message"].partition(":")[0]) for problem in result["problems"]] == [
        (3, "`known_since"),
        (4, "`met`"),
        (5, "`since`"),
    ]
    assert all("2009" in problem["hint"] for problem in result["problems"])


@pytest.mark.parametrize(("proof", "words"), [("04/23/2026", "4 March 2015"), ("23/04/2026", "3 April 2015")])
def test_numeric_dates_follow_the_order_of_the_vault(netnotes, vault, proof, words):
    note = "---\ntype: person\nsince: 03/04/2015\nbirthday: 05/06/1983\nlast_contact: 02/03/2026\n---\n"
    root = vault({"People/Ada.md": note, "People/Bo.md": f"---\ntype: person\nlast_contact: {proof}\n---\n", **DAILY})
    ada = next(row for row in json.loads(netnotes("people", root, DAY, "--json").out) if row["name"] == "Ada")
    assert ada["known_since"] == words
    assert json.loads(netnotes("check", root, DAY, "--json").out)["problems"] == []


@pytest.mark.parametrize(
    ("own", "message", "hint"),
    [
        ("school: Lycée, 1998-2004", "counts as years that you were there together", "`known_since: 1998`"),
        (
            "company: Acme since 2010",
            "has years you may not have shared",
            "if you were there together, add `known_since: 2010`",
        ),
    ],
)
def test_years_at_a_school_or_company_are_a_remark(netnotes, vault, own, message, hint):
    note = f"---\ntype: person\n{own}\n---\n"
    result = json.loads(netnotes("check", vault({"People/Ada.md": note, **DAILY}), DAY, "--json").out)
    (remark,) = [each for each in result["remarks"] if each["kind"] == "near property"]
    assert remark["line"] == 3
    assert message in remark["message"]
    assert hint in remark["hint"]


def test_inspect_shows_what_a_line_declares(netnotes, vault):
    root = vault(
        {
            "People/Ada.md": "---\ntype: person\n---\nMy sister.\n\nKnown since 1985.\n",
            **DAILY,
            ".obsidian/app.json": "{}",
        }
    )
    result = json.loads(netnotes("inspect", root / "People/Ada.md", DAY, "--json").out)
    assert result["declared"] == [
        {"line": 6, "property": "known_since", "value": "1985"},
        {"line": 4, "property": "kin", "value": "sister"},
    ]
    assert "family: sister" in netnotes("inspect", root / "People/Ada.md", DAY).out


@pytest.mark.parametrize(
    ("note", "word"),
    [
        ("---\ntype: person\nrelation: mother\n---\n", "mother"),
        ("---\ntype: person\nBeziehung: Schwester\n---\n", "Schwester"),
        ("---\ntype: person\ntags: [family]\n---\n", "kin"),
        ("---\ntype: person\ntags: [family/aunt]\n---\n", "aunt"),
        ("---\ntype: person\n---\nMy brother.\n", "brother"),
        ("---\ntype: person\n---\nAda is my sister-in-law, lives in Leeds.\n", "sister-in-law"),
        ("---\ntype: person\n---\nMeine Tante\n", "tante"),
        ("---\ntype: person\n---\n私の母です。\n", "母"),
        ("---\ntype: person\n---\nMy brother introduced us.\n", None),
        ("---\ntype: person\n---\nWorks with my sister.\n", None),
        ("---\ntype: person\n---\nA friend of my mother.\n", None),
        ("---\ntype: person\nkin: false\n---\nMy brother.\n", None),
        ("---\ntype: person\nrelation: family friend\n---\n", None),
    ],
)
def test_who_is_family(netnotes, vault, note, word):
    result = of_ada(netnotes, vault, note)
    assert result["kin"] == word
    assert (result["follow_up"] is None) is (word is not None), "silence alone calls for nothing"


KIN = "---\ntype: person\nrelation: mother\n---\n"


def test_silence_of_family_alone_is_not_listed(netnotes, vault):
    for toml, named in (("", False), ('[people]\nkin = "others"\n', True)):
        root = vault({"People/Ada.md": KIN, **MANY} | ({"netnotes.toml": toml} if toml else {}))
        for command in ("today", "due", "forecast", "profile"):
            output = netnotes(command, root, DAY, *(("--days", "400") if command in ("due", "forecast") else ())).out
            about = [line for line in output.splitlines() if "Ada" in line and ("contact" in line or "Call " in line)]
            assert bool(about) is named or command == "forecast", (command, output)


def test_a_cadence_is_honoured_for_family_too(netnotes, vault):
    result = of_ada(netnotes, vault, KIN.replace("relation", "cadence: weekly\nrelation"), MANY)
    assert result["follow_up"] == "2026-06-22"


def test_family_apart_has_a_row_of_its_own_in_circles_and_a_sector_on_the_map(netnotes, vault, tmp_path):
    files = {
        "People/Ada.md": KIN,
        "People/Bo.md": "---\ntype: person\nscene: choir\n---\n",
        "People/Cy.md": "---\ntype: person\nscene: work\n---\n",
        "2026-06-01.md": "- lunch with [[Ada]]\n- lunch with [[Bo]]\n- lunch with [[Cy]]\n",
    }
    usual = json.loads(netnotes("circles", vault(files), DAY, "--json").out)
    assert [(row["circle"], row["people"]) for row in usual] == [(5, 3)]
    root = vault(files | {"netnotes.toml": '[people]\nkin = "apart"\n'})
    apart = json.loads(netnotes("circles", root, DAY, "--json").out)
    assert [(row["circle"], row["people"]) for row in apart] == [("family", 1), (5, 2)]
    assert sum(row["share"] for row in apart) == pytest.approx(1)
    page = tmp_path / "map.html"
    assert netnotes("graph", root, DAY, "-o", page).code == 0
    assert '"family"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("frequency: -7", "counts as absent"),
        ("contact frequency: blue moon", "counts as absent"),
        ("later: soonish", "is not a date, so it has no effect"),
        ("last_contact: yesterday-ish", "counts as absent"),
        ("last_contact: true", "counts as absent"),
        ("birthday: false", "counts as absent"),
        ("died: perhaps", "counts as a death"),
        ("me: maybe", "is neither true nor false"),
        ("archived: 2", "is neither true nor false"),
        ("fictional: perhaps", "is neither true nor false"),
        ("aliases: {a: b}", "is not a list of names"),
        ("relation: 7", "is not a word for family"),
        ("favours: {a: 1}", "is not understood"),
    ],
)
def test_a_value_that_cannot_be_used_is_a_remark_with_its_line(netnotes, vault, line, message):
    note = f"---\ntype: person\n{line}\n---\n"
    result = json.loads(netnotes("check", vault({"People/Ada.md": note, **DAILY}), DAY, "--json").out)
    (remark,) = [each for each in result["remarks"] if each["kind"] == "near property"]
    assert (remark["path"], remark["line"]) == ("People/Ada.md", 3)
    assert message in remark["message"]
    assert remark["hint"]


@pytest.mark.parametrize(
    "line",
    [
        *("frequency: 7", "rhythm: never", "later: 2026-12-10", "last_contact: [[2026-01-03]]", "last met: 3 May 2025"),
        *("birthday: 1990", "died: 2019", "died: true", "died: [[2019-03-01]]", "me: false", "aliases: [A, 7]"),
        *("alias: Countess", "relation: mother", "favours: [tea, cake]", "archived: true", "later:"),
    ],
)
def test_a_usable_value_gives_no_remark(netnotes, vault, line):
    note = f"---\ntype: person\n{line}\n---\n"
    result = json.loads(netnotes("check", vault({"People/Ada.md": note, **DAILY}), DAY, "--json").out)
    assert [each for each in result["remarks"] if each["kind"] == "near property"] == []


@pytest.mark.parametrize("value", ["[[2026-01-03]]", "[2026-01-03]", "[2025-12-01, 2026-01-03]", "'[[2026-01-03]]'"])
def test_a_day_in_a_link_or_a_list_is_read(netnotes, vault, value):
    root = vault({"People/Ada.md": f"---\ntype: person\nlast_contact: {value}\n---\n"})
    (ada,) = json.loads(netnotes("people", root, DAY, "--json").out)
    assert ada["last_contact"] == "2026-01-03"
