"""Options that filter a list of people: `--scene`, `--tie`, `--warmth`, `--in`, `--company`, `--tag`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from netnotes.cli import completion
from netnotes.phrasing import TIE_WORDS, WARMTH_WORDS

F = TypeVar("F", bound=Callable[..., Any])


def filter_options() -> list[click.Option]:
    """Return the options; each can be given several times."""
    return [
        _option("--scene", "scene", "SCENE", "Only people of this scene."),
        _choice("--tie", TIE_WORDS, "Only ties of this kind."),
        _choice("--warmth", WARMTH_WORDS, "Only ties with this warmth."),
        _option("--in", "place", "PLACE", "Only people whose note says that they live there (`city`, `location`, …)."),
        _option("--company", "company", "COMPANY", "Only people of this company."),
        _option("--tag", "tag", "TAG", "Only people whose note has this tag."),
    ]


NAMES = ("scene", "tie", "warmth", "place", "company", "tag")


def with_filters(function: F) -> F:
    """Add the options to a command, which receives them as keywords."""
    for option in reversed(filter_options()):
        found: list[click.Parameter] = function.__dict__.setdefault("__click_params__", [])
        found.append(option)
    return function


def given_filters(values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return those of `values` that are filters, as `Selection` takes them."""
    return {name: tuple(values.get(name) or ()) for name in NAMES}


def _option(flag: str, name: str, shown: str, about: str) -> click.Option:
    return click.Option(
        [flag, name], multiple=True, metavar=shown, help=about, shell_complete=completion.filter_values(name)
    )


def _choice(flag: str, words: tuple[str, ...], about: str) -> click.Option:
    return click.Option([flag], multiple=True, type=click.Choice(words, case_sensitive=False), help=about)
