"""Lists of people can be bounded, sorted and filtered; what was misspelled is asked back."""

import json

import pytest

DAY = "--as-of=2026-06-30"
THRICE = "- 2026-{m}-01 tea (60 min)\n- 2026-{m}-02 tea (60 min)\n- 2026-{m}-03 tea (60 min)\n"
NOTES = {
    "People/Ada.md": "---\nscene: mill\ncity: Lisbon, Portugal\ncompany: '[[Long & Sons]]'\ntags: [friend/close]\n---\n"
    + THRICE.format(m="06"),
    "People/Bo.md": "---\nlocation: Porto\ntags: [friend]\n---\n" + THRICE.format(m="01"),
    "People/Cy.md": "- 2026-06-10 coffee\n",
    "Daily/2026-06-01.md": "- [ ] send [[Ada]] the plan 📅 2026-06-20\n- [ ] ring [[Bo]] 📅 2026-06-10\n",
}


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ([], ["Ada", "Bo", "Cy"]),
        (["--scene", "Mill"], ["Ada"]),
        (["--in", "lisbon"], ["Ada"]),
        (["--in", "Portugal"], ["Ada"]),
        (["--in", "porto", "--in", "lisbon"], ["Ada", "Bo"]),
        (["--company", "long & sons"], ["Ada"]),
        (["--tag", "#friend"], ["Ada", "Bo"]),
        (["--tag", "friend/close"], ["Ada"]),
        (["--tie", "thin"], ["Cy"]),
        (["--warmth", "cooling", "--tag", "friend"], ["Ada"]),
        (["--sort", "name", "--most", "2"], ["Ada", "Bo"]),
        (["--sort", "last-contact"], ["Cy", "Ada", "Bo"]),
    ],
)
def test_people_are_chosen_and_sorted(netnotes, vault, given, names):
    rows = json.loads(netnotes("people", vault(NOTES), DAY, "--json", *given).out)
    assert [row["name"] for row in rows] == names


@pytest.mark.parametrize("command", ["due", "chase", "forecast"])
def test_reports_are_chosen_by_the_same_options(netnotes, vault, command):
    root = vault(NOTES)
    everyone = {row["who"] for row in json.loads(netnotes(command, root, DAY, "--json").out)}
    assert {"Ada", "Bo"} <= everyone | {"Bo"}
    chosen = [row["who"] for row in json.loads(netnotes(command, root, DAY, "--tag", "friend/close", "--json").out)]
    assert set(chosen) == everyone & {"Ada"}
    assert len(json.loads(netnotes(command, root, DAY, "--most", "1", "--json").out)) <= 1


@pytest.mark.parametrize("command", ["people", "due", "chase", "forecast"])
def test_a_word_that_fits_nothing_is_asked_back(netnotes, vault, command):
    ran = netnotes(command, vault(NOTES), DAY, "--scene", "mil")
    assert (ran.code, ran.out) == (1, "")
    assert "no scene named mil" in ran.err
    assert "did you mean `mill`" in ran.err
    assert netnotes(command, vault(NOTES), DAY, "--tie", "deap").code == 2


def test_json_has_everyone_and_the_screen_says_who_is_left_out(netnotes, vault):
    root = vault({f"People/Person {n:03}.md": THRICE.format(m="06") for n in range(90)})
    assert len(json.loads(netnotes("people", root, DAY, "--json").out)) == 90
    for command in ("people", "due", "forecast"):
        output = netnotes(command, root, DAY).out
        assert output.count("Person") <= 40
        everything = next(line for line in output.splitlines() if line.startswith(f"  netnotes {command} --most"))
        assert "not shown" in output
        assert netnotes(*everything.split()[1:]).out.count("Person") == 90
        assert len(json.loads(netnotes(command, root, DAY, "--json").out)) == 90


def test_tags_of_a_logseq_page_are_tags(netnotes, vault):
    files = {"logseq/config.edn": "{}", "journals/2026_06_12.md": "- coffee with [[Ada Pell]] and [[Bo Lind]]\n"}
    pages = {"pages/Ada Pell.md": "tags:: [[Lead]], #[[old friend]]\n", "pages/Bo Lind.md": "type:: person\n"}
    root = vault(files | pages)
    for tag in ("lead", "old friend"):
        found = netnotes("people", root, "--tag", tag, "--as-of", "2026-06-30").out
        assert "Ada" in found
        assert "Bo" not in found
