"""The session that a plugin's commands get: their vault. The command line creates one for each call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from netnotes.plugin.network_view import NetworkView

O = TypeVar("O")  # noqa: E741  # an options class
P = ParamSpec("P")
R = TypeVar("R")


class Session(Protocol):
    """The vault on which a command runs.

    .. versionadded:: 0.2
    """

    @property
    def root(self) -> Path:
        """The folder of the vault: the command's VAULT argument, else the vault around the working directory."""

    def network(self, day: dt.date | None = None) -> NetworkView:
        """Return the network on a day (default: today), with the scores of all plugins."""

    def options(self, kind: type[O]) -> O:
        """Return the plugin's options from `[plugins.NAME]` in the vault's `netnotes.toml`."""


def pass_session(function: Callable[Concatenate[Session, P], R]) -> Callable[P, R]:
    """Give a click command the Session as its first argument.

        @click.command("long-unseen")
        @click.argument("vault", required=False)
        @pass_session
        def long_unseen(session: Session, vault: str | None) -> None: ...

        commands = [long_unseen]

    .. versionadded:: 0.2
    """

    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        import click  # plugins without commands do not need it

        session: Session | None = click.get_current_context().obj
        if session is None:
            raise RuntimeError("there is no session: run the command through `netnotes`, or `netnotes.testing.run`")
        return function(session, *args, **kwargs)

    return update_wrapper(called, function)
