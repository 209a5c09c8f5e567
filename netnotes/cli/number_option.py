"""Options that take a number: an error says in plain words which numbers are possible."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from netnotes.phrasing import shorten

if TYPE_CHECKING:
    _ParamType = click.ParamType[Any]
else:
    _ParamType = click.ParamType  # before click 8.4 it takes no type


class Number(_ParamType):
    """A number between two bounds, either of which may be missing. Whole unless `whole` is False."""

    name = "number"

    def __init__(self, low: float | None = None, high: float | None = None, *, whole: bool = True) -> None:
        self._low, self._high, self._whole = low, high, whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or fail with what is wanted instead."""
        found = self._number(value)
        if found is None:
            wanted = f"give a {'whole ' if self._whole else ''}number{self._range()}"
            self.fail(f"{wanted}, not `{shorten(value)}`", param, ctx)
        return found

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return what the help shows."""
        del param, ctx
        return "N"

    def _number(self, value: Any) -> int | float | None:
        """Return the value as a number within the bounds; None if it is not one."""
        try:
            found = int(value) if self._whole else float(value)
            return found if math.isfinite(found) and self._bounded(found) else None
        except (ValueError, OverflowError):
            return None

    def _bounded(self, number: float) -> bool:
        return (self._low is None or number >= self._low) and (self._high is None or number <= self._high)

    def _range(self) -> str:
        if self._low is not None and self._high is not None:
            return f" from {self._low:g} to {self._high:g}"
        if self._low is not None:
            return f", {self._low:g} or more"
        return f", {self._high:g} or less" if self._high is not None else ""
