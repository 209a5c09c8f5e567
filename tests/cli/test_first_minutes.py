"""The first five minutes in four kinds of folder: what a newcomer types, what they are told to do, and that it works.

Each file of `first_minutes` holds commands behind `$ ` and what they print; `> PATH` writes the lines below it, marked
`| `, as one would in an editor. `pytest tests/cli/test_first_minutes.py --update` writes what the commands print.
"""

import re
import shlex
from pathlib import Path

import pytest

FOLDERS = {
    "empty": {},
    "other-things": {f"Recipes/Bread {at}.md": f"Flour, water and salt, batch {at}.\n" for at in range(1, 501)},
    "logseq": {
        "logseq/config.edn": '{:journal/page-title-format "MMM do, yyyy"}',
        "pages/Soup.md": "- Salt and [[Flour]]\n",
        "journals/2026_06_28.md": "- made [[Soup]]\n",
    },
    "people": {".obsidian/app.json": "{}", "People/Bo Lind.md": "", "People/Ada Pell.md": ""},
}


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_newcomer_is_led_to_the_first_contact(kind, netnotes, vault, monkeypatch, request):
    root = vault(FOLDERS[kind])
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "80")
    transcript = Path(__file__).parent / "first_minutes" / f"{kind}.txt"
    before = transcript.read_text(encoding="utf-8")
    after = ""
    for step in re.split(r"^(?=[$>] )", before, flags=re.MULTILINE):
        if step.startswith("> "):
            path, *lines = step.splitlines()
            note = root / path[2:]
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text("".join(f"{line[2:]}\n" for line in lines if line.startswith("| ")), encoding="utf-8")
            after += step
        elif step.startswith("$ "):
            command = step.splitlines()[0][2:]
            ran = netnotes(*shlex.split(command)[1:])
            after += f"$ {command}\n{ran.out}{ran.err}[exit {ran.code}]\n\n"
    if request.config.getoption("--update"):
        transcript.write_text(after, encoding="utf-8", newline="\n")
    assert after.splitlines() == before.splitlines()
