"""`--help` is grouped and its examples run; the shell completes commands, options and names."""

import re
import shlex

import pytest

from netnotes.cli import COMMANDS, GROUPS, program

EXAMPLES = (
    "people why history today chase due scenes circles groups path introduce profile forecast sync undo check links"
).split()
"""Commands whose examples are run: those that neither ask nor stay nor open a browser."""


def help_of(netnotes, name):
    ran = netnotes(name, "--help")
    assert ran.code == 0
    return ran.out


def test_every_command_is_in_one_group(netnotes):
    names = [name for group in GROUPS.values() for name in group]
    assert len(names) == len(set(names))
    assert set(names) <= set(COMMANDS)
    shown = netnotes("--help").out
    headings = [line[:-1] for line in shown.splitlines() if re.fullmatch(r"[A-Z][a-z ]+:", line)]
    assert [heading for heading in headings if heading != "More"] == ["Options", *GROUPS]
    for name, (_, about) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(about)}$", shown, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_help_shows_marks_of_its_layout(netnotes, name):
    shown = help_of(netnotes, name)
    assert "\\b" not in shown
    assert "\b" not in shown


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_of_the_help_run(netnotes, name, example_home):
    examples = [
        line.strip() for line in help_of(netnotes, name).splitlines() if line.startswith(f"    netnotes {name} ")
    ]
    assert examples
    for line in examples:
        words = [word.replace("~/Notes", str(example_home / "examples" / "vault")) for word in shlex.split(line)[1:]]
        ran = netnotes(*words, *(["--yes"] if name == "sync" and "--dry-run" not in words else []))
        assert ran.code in ((0, 1) if name in ("check", "undo") else (0,)), ran.err


def completed(words, incomplete):
    from click.shell_completion import ShellComplete

    found = ShellComplete(program, {}, "netnotes", "_NETNOTES_COMPLETE").get_completions(words, incomplete)
    return [item.value for item in found]


@pytest.fixture
def inside(vault, monkeypatch):
    person = "---\nscene: lisbon\ncompany: Long & Sons\n---\n"
    root = vault({"netnotes.toml": "", "People/Ada Lockyer.md": person, "People/Zoë Hart.md": ""})
    monkeypatch.chdir(root)


@pytest.mark.usefixtures("inside")
def test_the_shell_completes_commands_options_people_and_scenes():
    assert completed([], "fore") == ["forecast"]
    assert "--scene" in completed(["people"], "--sc")
    assert completed(["why"], "a") == ["Ada Lockyer"]
    assert completed(["why"], "zoe") == ["Zoë Hart"]
    assert completed(["why", "Ada"], "Lo") == ["Lockyer"]
    assert completed(["history"], "Ad") == ["Ada Lockyer"]
    assert completed(["people", "--scene"], "lis") == ["lisbon"]
    assert completed(["due", "--company"], "") == ["Long & Sons"]
    assert completed(["path"], "lis") == ["lisbon"]
    assert completed(["people", "--tie"], "sh") == ["shallow"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(netnotes, shell, monkeypatch, capsys):
    monkeypatch.setenv("_NETNOTES_COMPLETE", f"{shell}_source")
    with pytest.raises(SystemExit) as ended:
        netnotes()
    assert ended.value.code == 0
    assert "_NETNOTES_COMPLETE" in capsys.readouterr().out


def test_without_a_vault_nothing_is_offered_and_nothing_fails(netnotes):
    assert netnotes("--help").code == 0
    assert completed(["people", "--scene"], "x") == []
