"""docs/scripts.md: each command of its tables prints, on the example vault, exactly the keys that the page names."""

import json
import re
import shlex
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.cli.commands.vault.demo import DAY, copy_example

PAGE = Path(__file__).parents[2] / "docs" / "scripts.md"
ROW = re.compile(r"\| `([^`]+)` \| (list|object|object or null) \| (.*) \|")
ROWS = [
    (match[1], match[2], match[3]) for match in map(ROW.match, PAGE.read_text(encoding="utf-8").splitlines()) if match
]
NO_DAY = ("undo", "links", "plugins check", "status")
"""Commands without `--as-of`."""


OUTPUTS: dict[str, object] = {}
"""Command → what it printed: several rows are about the same output."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder with the example vault, without NetNotes' fields: so `sync` and `undo` have something to list."""
    folder = tmp_path_factory.mktemp("scripts")
    copy_example(folder / "vault")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NETNOTES_DATA", str(folder / "data"))
        assert cli.run_command(["clean", str(folder / "vault"), "--yes"]) == 0
    return folder


@pytest.fixture
def output(netnotes, place, monkeypatch):
    """Return the function that gives the output of a command as data."""
    monkeypatch.setenv("NETNOTES_DATA", str(place / "data"))
    monkeypatch.setenv("NETNOTES_CACHE", str(place / "cache"))

    def run(command):
        if command not in OUTPUTS:
            OUTPUTS[command] = json.loads(netnotes(*arguments(command, place / "vault")).out)
        return OUTPUTS[command]

    return run


def arguments(command, root):
    words = shlex.split(command)
    if words[0] == "inspect":
        words[1:] = [str(root / words[1])]
    elif words[:2] != ["plugins", "check"]:
        words.append(str(root))
    return [*words, "--json", *([] if command.startswith(NO_DAY) else ["--as-of", DAY.isoformat()])]


def keys_of(value):
    """Return the keys of an object, or of all items of a list."""
    return {key for item in (value if isinstance(value, list) else [value]) for key in item}


def named(keys):
    """Return the keys that a cell names, those of another row included: `those of `people` and `thin``."""
    if not keys.startswith("those of"):
        return set(re.findall(r"`(\w+)`", keys))
    other, more = re.fullmatch(r"those of `(\w+)` and (.*)", keys).groups()
    return next(named(row[2]) for row in ROWS if row[0] == other) | named(more)


@pytest.mark.parametrize(
    ("command", "kind", "keys"),
    [pytest.param(*row, id=row[0], marks=[pytest.mark.full] * row[0].startswith("plugins check")) for row in ROWS],
)
def test_a_command_prints_the_keys_that_the_page_names(command, kind, keys, output):
    whole, _, inner = command.partition(" → ")
    found = output(whole)
    if inner:
        values = [each[inner] for each in (found if isinstance(found, list) else [found])]
        found = next(value for value in values if value)
    assert isinstance(found, list) == (kind == "list")
    assert keys_of(found) == named(keys)


def test_every_command_with_json_is_on_the_page():
    """Some are named in the text, not in a table."""
    text = PAGE.read_text(encoding="utf-8")
    context = cli.program.make_context("netnotes", ["check"], resilient_parsing=True)
    for name in cli.COMMANDS:
        command = cli.program.get_command(context, name)
        if any("--json" in option.opts for option in command.params):
            assert f"`{name}" in text, f"docs/scripts.md lacks {name}"
