"""Every report of five people at 80, 100 and 200 columns: it fits, and no date, name or number is cut."""

import re

import pytest
from rich.cells import cell_len

PEOPLE = ("Ada Lockyer", "Łukasz Wrona", "王小明", "Zoë de la Fontaine-Bergström", "Bo")
COMMANDS = (
    "people", "due", "chase", "forecast", "today", "scenes", "circles", "groups", "profile",
    "introduce", "check", "links", "why Ada", "why 王小明", "history Ada",
)  # fmt: skip
PRINTED = re.compile(r"\s*(?:→ )?netnotes ")
"""A command that is printed may overrun, so that it can be pasted."""


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "v"
    (root / "People").mkdir(parents=True)
    for number, name in enumerate(PEOPLE):
        days = "".join(
            f"- 2026-{month:02}-1{number} coffee (45 min), scene:: Lisbon\n" for month in range(1, 6 - number)
        )
        promise = "- [ ] send her the photographs of the harbour and the two maps 📅 2026-05-20\n"
        (root / f"People/{name}.md").write_text(f"---\ntype: person\n---\n{days}{promise}", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "command", [pytest.param(each, marks=[pytest.mark.full] * (each == "forecast")) for each in COMMANDS]
)
def test_five_people_fit_every_width_and_nothing_is_cut(netnotes, vault, monkeypatch, command):
    monkeypatch.delenv("COLUMNS", raising=False)
    name, *rest = command.split()
    words = (name, *rest, vault, "--as-of", "2026-06-30")
    plain = netnotes(*words).out
    whole = plain.split()
    for width in (80, 100, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = netnotes(*words).out
        lines = [line for line in shown.splitlines() if not PRINTED.match(line) and str(vault) not in line]
        assert [line for line in lines if cell_len(line) > width] == []
        assert set(shown.split()) <= {*whole, "·"}, width
        for each in re.findall(r"\d{4}-\d\d-\d\d", shown):
            assert each in plain
