"""The program's own flags, wherever they are given, beside options of the same name that belong to a plugin."""

import datetime as dt
import gc
import json
import os

import click
import pytest

from netnotes.app.workspace import Workspace
from netnotes.cli.options import workspace
from netnotes.cli.session import Session
from netnotes.plugin_host.consent import Trust, folder

PLUGIN = """
import click
from dataclasses import dataclass
from netnotes.api import Problem, Row, report
NETNOTES_API = 1

@dataclass(frozen=True)
class Options:
    strict: bool = False
    debug: bool = False
    cache: bool = True
    plugins: bool = True

@report("Flags", options=Options)
def flags(network, options):
    yield Row({"strict": options.strict, "debug": options.debug, "cache": options.cache, "plugins": options.plugins})
    yield Problem("look here")

@click.command("loud")
@click.option("--strict", is_flag=True)
@click.option("--no-cache", is_flag=True)
def loud(strict, no_cache):
    click.echo(f"{strict} {no_cache}")

commands = [loud]
"""


@pytest.fixture
def flags(netnotes, vault, monkeypatch):
    """Return `netnotes` in a vault whose plugin has options named as flags of the program."""
    root = vault({"netnotes.toml": "", ".netnotes/plugins/flags.py": PLUGIN, "People/Ada.md": ""})
    place = (root / ".netnotes/plugins/flags.py").resolve()
    trust = Trust(folder(os.environ["NETNOTES_DATA"]))
    trust.allow(str(place), place.read_bytes(), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    monkeypatch.chdir(root)
    return netnotes


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ([], (False, False, True, True)),
        (["--strict"], (True, False, True, True)),
        (["--debug", "--no-cache"], (False, True, False, True)),
        (["--no-plugins"], (False, False, True, False)),
    ],
)
def test_an_option_of_a_report_is_the_reports(flags, given, own):
    ran = flags("report", "flags", "--json", *given)
    assert ran.code == 0
    (row,) = json.loads(ran.out)
    assert (row["strict"], row["debug"], row["cache"], row["plugins"]) == own


def test_before_the_command_a_flag_is_the_programs(flags):
    ran = flags("--strict", "report", "flags", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)[0]["strict"] is False


def test_an_option_of_a_plugins_command_is_the_commands(flags):
    assert flags("loud", "--strict", "--no-cache").out == "True True\n"
    assert flags("loud").out == "False False\n"


@pytest.mark.parametrize("args", [("--strict", "people"), ("people", "--strict")])
def test_elsewhere_a_flag_may_follow_the_command(netnotes, vault, args):
    root = vault({"People/Ada.md": "- 2026-02-30 tea\n"})
    assert netnotes(*args, root).code == 1
    assert netnotes("people", root).code == 0


def test_a_value_that_looks_like_a_flag_is_a_value(netnotes, vault):
    assert "no option" not in netnotes("why", "--", "--strict", vault({"People/Ada.md": ""})).err


def test_a_vault_that_is_opened_again_is_kept_once(vault):
    root = vault({"People/Ada.md": ""})
    with click.Context(click.Command("watch"), obj=Session()):
        for _ in range(5):
            workspace(str(root))
        gc.collect()
        assert sum(isinstance(each, Workspace) and each.root == root for each in gc.get_objects()) == 1
