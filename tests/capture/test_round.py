"""The morning round: lines to tick in the daily note, and the full screen."""

import asyncio
import datetime as dt
import json
from pathlib import Path

import pytest

from netnotes.app.logbook import open_logbook
from netnotes.app.workspace import open_workspace

DAY = "2026-03-11"
PERSON = "---\ntype: person\ncadence: weekly\n---\n"
VAULT = {
    "netnotes.toml": "",
    **{f"People/{name}.md": PERSON for name in ("Marta Quill", "Ben Osei", "Ivo Brandt")},
    **{
        f"2026-0{month}-1{n}.md": "- coffee with [[Marta Quill]] 60m\n- call with [[Ben Osei]] 20m\n"
        for month in (1, 2)
        for n in range(3)
    },
    "2026-02-20.md": "- [ ] send [[Ivo Brandt]] the map 📅 2026-03-01\n",
}


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch):
    monkeypatch.setenv("NETNOTES_DATA", str(tmp_path / "data"))


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def lines(root: Path, day: str = DAY) -> list[str]:
    return read(root, f"{day}.md").splitlines()


def write(netnotes, root, day=DAY):
    ran = netnotes("round", root, "--write", "--as-of", day)
    assert ran.code == 0, ran.err
    return ran


def test_the_people_of_today_become_tasks_that_are_not_promises(netnotes, vault):
    root = vault(VAULT)
    before = netnotes("chase", root, "--as-of", DAY, "--json").out
    write(netnotes, root)
    block = lines(root)
    assert len(block) == 2
    assert any(line.startswith("- [ ] meet [[Marta Quill]] – ") for line in block)
    assert any(line.startswith("- [ ] call [[Ben Osei]] – ") for line in block)
    assert all("<!-- round " in line for line in block)
    assert netnotes("chase", root, "--as-of", DAY, "--json").out == before


def test_a_ticked_line_is_a_log_with_what_the_line_says(netnotes, vault):
    root = vault(VAULT)
    write(netnotes, root)
    path = root / f"{DAY}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("[ ] call", "[x] call"), encoding="utf-8")
    why = netnotes("why", "Ben Osei", root, "--as-of", DAY).out
    assert f"{DAY}.md" in why
    assert f"{DAY}.md" not in netnotes("why", "Marta Quill", root, "--as-of", DAY).out


def test_the_next_round_takes_out_what_is_neither_ticked_nor_edited(netnotes, vault):
    root = vault({**VAULT, f"{DAY}.md": "# Day\n\nwords\n"})
    write(netnotes, root)
    path = root / f"{DAY}.md"
    text = path.read_text(encoding="utf-8")
    edited = text.replace("meet [[Marta Quill]]", "meet [[Marta Quill]] at the mill")
    path.write_text(edited, encoding="utf-8")
    write(netnotes, root, "2026-03-12")
    assert "call [[Ben Osei]]" not in path.read_text(encoding="utf-8")
    assert "at the mill" in path.read_text(encoding="utf-8")
    assert "# Day\n\nwords\n" in path.read_text(encoding="utf-8")
    assert any("call [[Ben Osei]]" in line for line in lines(root, "2026-03-12"))


def test_a_second_round_changes_nothing(netnotes, vault):
    root = vault(VAULT)
    write(netnotes, root)
    once = read(root, f"{DAY}.md")
    write(netnotes, root)
    assert read(root, f"{DAY}.md") == once


def test_a_round_is_taken_back_whole(netnotes, vault):
    root = vault({**VAULT, f"{DAY}.md": "# Day\r\n\r\nwords\r\n"})
    before = read(root, f"{DAY}.md")
    write(netnotes, root)
    assert read(root, f"{DAY}.md") != before
    assert netnotes("undo", root).code == 0
    assert read(root, f"{DAY}.md") == before


def test_without_a_terminal_the_round_is_printed(netnotes, vault):
    ran = netnotes("round", vault(VAULT), "--as-of", DAY)
    assert ran.code == 0
    assert "1. " in ran.out
    assert "Marta Quill" in ran.out


@pytest.mark.parametrize("other", ["- [x] {}", "- [x] {} ✅ 2026-03-11", "* [X] 45m {}", "- [ ] {}"])
@pytest.mark.parametrize("first", [True, False])
def test_a_line_that_two_devices_ticked_is_logged_once(netnotes, vault, other, first):
    line = "met [[Marta Quill]] – a reason <!-- round 0123abcd -->"
    lines = [f"- [x] {line}", other.format(line)]

    def depth(*kept):
        root = vault({**VAULT, f"{DAY}.md": "\n".join(kept) + "\n"})
        output = json.loads(netnotes("why", "Marta Quill", root, "--as-of", DAY, "--json").out)
        return output["encounters"], output["depth"]

    once = depth(lines[1] if "45m" in other else lines[0])
    assert depth(*(lines if first else lines[::-1])) == once


def test_the_list_as_json_names_people(netnotes, vault):
    rows = json.loads(netnotes("round", vault(VAULT), "--as-of", DAY, "--json").out)
    assert {(row["who"], row["path"]) for row in rows} == {
        (name, f"People/{name}.md") for name in ("Marta Quill", "Ben Osei", "Ivo Brandt")
    }


def test_numbers_of_the_printed_list_can_be_used(netnotes, vault):
    root = vault(VAULT)
    netnotes("due", root, "--as-of", DAY)
    rows = json.loads(netnotes("round", root, "--as-of", DAY, "--json").out)
    netnotes("round", root, "--as-of", DAY, "--plain")
    for number, row in enumerate(rows, 1):
        assert row["who"] in netnotes("done", str(number), root, "--as-of", DAY, "--dry-run").out


@pytest.mark.parametrize(
    "text",
    [
        "# Day\n\n## Log\n\n## End\n",
        "# Day\n\n## Log\n\n- rain\n\n## End\n",
        "# Day\n\n## Log\n\n\n## End\n",
        "# Day\n",
        "# Day\n\n",
        "# Day\r\n\r\n## Log\r\n\r\n## End\r\n",
        "rain\n",
        "- rain\n",
        "---\ntags: x\n---\n",
        "",
    ],
)
def test_the_next_round_leaves_an_earlier_note_as_it_was(netnotes, vault, text):
    log = {f"2026-03-0{day}.md": "## Log\n\n- coffee with [[Marta Quill]]\n" for day in (1, 2)}
    root = vault({**VAULT, **log, f"{DAY}.md": text.encode()})
    write(netnotes, root)
    assert "<!-- round" in read(root, f"{DAY}.md")
    write(netnotes, root, "2026-03-12")
    assert read(root, f"{DAY}.md") == text


def screen(root: Path):
    textual = pytest.importorskip("netnotes.cli.round_screen")
    space = open_workspace(root, {}, no_plugins=True)
    now = dt.datetime(2026, 3, 11, 8, 0, tzinfo=dt.UTC)
    return textual.RoundApp(open_logbook(space, dt.date(2026, 3, 11), now))


def drive(app, steps, size=(80, 24)):
    async def run():
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(pilot)

    asyncio.run(run())


def test_the_screen_logs_puts_off_ticks_and_takes_back(vault):
    root = vault(VAULT)
    app = screen(root)
    app.round.rows.sort(key=lambda row: row.cells["who"].name != "Ivo Brandt")
    names = [str(row.cells["who"].name) for row in app.round.rows]

    async def steps(pilot):
        assert names[0] == "Ivo Brandt"
        await pilot.press("d")
        assert "ticked: send Ivo Brandt the map" in app.round.message
        assert "[x]" in read(root, "2026-02-20.md")
        await pilot.press("u")
        assert "[x]" not in read(root, "2026-02-20.md")
        await pilot.press("n", "s", *"2w", "enter")
        assert app.round.message.startswith("put off ")
        assert "later: 2026-03-25" in read(root, f"People/{names[1]}.md")
        await pilot.press("l", *"45m", "enter")
        assert app.round.message.startswith("logged 11 Mar, in person, 45 min")
        assert f"- met [[{names[2]}]] 45m" in read(root, f"{DAY}.md")
        assert app.round.row is None

    drive(app, steps)


def test_the_screen_takes_back_only_what_it_wrote_and_shows_that_person(netnotes, vault):
    root = vault(VAULT)
    netnotes("log", "coffee with Marta 45m", root, "--as-of", DAY)
    before = read(root, f"{DAY}.md")
    app = screen(root)

    async def steps(pilot):
        await pilot.press("u")
        assert app.round.message.startswith("nothing to undo")
        assert read(root, f"{DAY}.md") == before
        await pilot.press("l", *"45m", "enter", "n", "u")
        assert read(root, f"{DAY}.md") == before
        assert app.round.at == 0
        await pilot.press("u")
        assert read(root, f"{DAY}.md") == before

    drive(app, steps)


@pytest.mark.full
def test_the_screen_says_what_it_cannot_do_and_goes_on(vault):
    root = vault(VAULT)
    app = screen(root)

    async def steps(pilot):
        await pilot.press("s", *"soon", "enter")
        assert "is not a future date" in app.round.message
        await pilot.press("escape", "w")
        assert app.round.at == 0
        await pilot.press("right", "left", "q")

    drive(app, steps, size=(40, 12))


def test_the_lines_for_a_program_can_be_initials(netnotes, vault):
    root = vault({**VAULT, "netnotes.toml": '[notify]\ncommand = ["cat"]\n'})
    assert "Marta Quill" in netnotes("notify", root, "--as-of", DAY).out
    out = netnotes("notify", root, "--as-of", DAY, "--initials").out
    assert "MQ: follow-up" in out
    assert "Marta" not in out
    refused = netnotes("notify", root, "--send", "--initials", "--as-of", DAY)
    assert f"netnotes notify --allow {root}" in refused.err
    netnotes("notify", root, "--allow", "--yes")
    sent = netnotes("notify", root, "--send", "--initials", "--as-of", DAY)
    assert (sent.code, sent.out) == (0, f"{len(out.splitlines())} lines sent\n")
    (root / "People").rename(root / ".gone")
    assert (
        netnotes("notify", root, "--send", "--as-of", "2020-01-01").out == "Nothing to do today, so nothing is sent.\n"
    )
