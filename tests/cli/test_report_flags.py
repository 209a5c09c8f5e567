"""Options of a report as flags of its command."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import click
import pytest
from click.testing import CliRunner

from netnotes.api import argument, option
from netnotes.cli.commands.advice.reports import parameters


@dataclass(frozen=True)
class Options:
    to: str = argument("NAME", required=True)
    since: dt.date | None = None
    most: int = option(3, "How many.", low=1)
    loud: bool = False
    tone: Literal["warm", "plain"] = "plain"


NOTES = {
    "People/Ada.md": "---\ntype: person\nscene: hill\n---\n- 2026-05-01 tea with [[Bo]] (1h)\n- 2026-06-01 tea (1h)\n",
    "People/Bo.md": "---\ntype: person\n---\n- 2026-06-20 walk (2h)\n",
}


def shown(*args):
    arguments, flags = parameters(Options)
    command = click.Command(
        "x", params=[*arguments, *flags], callback=lambda **given: click.echo(repr(sorted(given.items())))
    )
    return CliRunner().invoke(command, args)


def test_each_field_is_a_flag_of_its_kind():
    ran = shown("Ada", "--since", "2026-01-31", "--most", "2", "--loud", "--tone", "warm")
    day = dt.date(2026, 1, 31)
    assert ran.output == f"{[('loud', True), ('most', 2), ('since', day), ('to', ('Ada',)), ('tone', 'warm')]}\n"
    usual = [("loud", False), ("most", 3), ("since", None), ("to", ("Ada", "Lovelace")), ("tone", "plain")]
    assert shown("Ada", "Lovelace").output == f"{usual}\n"


@pytest.mark.parametrize(
    "args", [[], ["Ada", "--most", "0"], ["Ada", "--since", "2026-02-30"], ["Ada", "--tone", "cold"]]
)
def test_a_wrong_value_is_a_wrong_use(args):
    assert shown(*args).exit_code == 2


@pytest.mark.parametrize("disabled", ["follow_up", "warmth"])
@pytest.mark.parametrize("name", ["today", "due", "scenes", "circles", "groups", "profile", "path", "introduce"])
def test_a_report_runs_without_a_part_it_can_do_without(netnotes, vault, name, disabled):
    root = vault({**NOTES, "netnotes.toml": f"[plugins]\ndisable = ['{disabled}']\n"})
    ran = netnotes(name, *(["Bo"] if name == "path" else []), root, "--as-of", "2026-06-30")
    assert (ran.code, ran.err) == (0, "")


def test_a_report_that_cannot_names_the_plugin_to_enable(netnotes, vault):
    root = vault({**NOTES, "netnotes.toml": "[plugins]\ndisable = ['warmth']\n"})
    ran = netnotes("forecast", root, "--as-of", "2026-06-30")
    assert "`forecast` was not run: it reads `warmth`, which nothing scored" in ran.err
    assert "hint: enable the plugin that scores `warmth`" in ran.err
