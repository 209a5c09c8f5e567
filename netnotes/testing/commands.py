"""Run a command of a plugin in a test, on a given network."""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from netnotes.lazy_dataclass import dataclass
from netnotes.plugin import remedies
from netnotes.plugin.call import line_of, place, whole, words
from netnotes.plugin.hooks import Plugin
from netnotes.plugin.network_view import NetworkView

O = TypeVar("O")  # noqa: E741  # an options class


@dataclass(frozen=True, slots=True)
class TestSession:
    """The session that a plugin's command gets in a test."""

    __test__ = False

    plugin: Plugin
    seen: NetworkView
    root: Path = Path("test")

    def network(self, day: dt.date | None = None) -> NetworkView:
        """Return the network that was run, as of a day."""
        return self.seen if day is None else self.seen.as_of(day)

    def options(self, kind: type[O]) -> O:
        """Return the options of the plugin, or the defaults."""
        found = self.plugin.options.get(kind)
        return found if isinstance(found, kind) else kind()


def fault(command: Any, plugin: Plugin, network: NetworkView, args: Sequence[str]) -> tuple[str, str, str] | None:
    """Run a command in an empty folder; return the error, the hint and the traceback, None if it did not fail."""
    from click.testing import CliRunner

    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        ran = CliRunner().invoke(command, list(args), obj=TestSession(plugin, network))
    error = ran.exception
    if error is None or isinstance(error, SystemExit):
        return None
    callback = getattr(command, "callback", None)
    own = inspect.unwrap(callback) if callback else None
    at = place(error, plugin) or line_of(own, plugin)
    hint = remedies.of_error(error)
    if isinstance(error, TypeError) and "missing" in str(error):
        hint = "put @pass_session right above the function, below @click.command(…)"
    return f"failed{at}: {words(error)}", hint, whole(error)


def invoke(plugin: Plugin, network: NetworkView, args: Sequence[str]) -> str:
    """Run a command of `plugin`; return what it printed. Raises LookupError, AssertionError."""
    from click.testing import CliRunner

    command = next((command for command in plugin.commands if args and command.name == args[0]), None)
    if command is None:
        raise LookupError(f"no command {' '.join(args[:1])!r}: {', '.join(c.name for c in plugin.commands) or 'none'}")
    ran = CliRunner().invoke(command, list(args[1:]), obj=TestSession(plugin, network), catch_exceptions=False)
    if ran.exit_code:
        raise AssertionError(f"exit code {ran.exit_code}: {ran.output}")
    return ran.output
