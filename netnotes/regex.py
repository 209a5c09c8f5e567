"""Regular expressions that are compiled where they are first used: a command uses few of the hundreds it imports. Pure.

Modules that most commands import make theirs with `regex`.
"""

from __future__ import annotations

import re
from typing import Any, cast


class Regex:
    """A pattern's methods and properties, found as fast as those of `re.Pattern`."""

    pattern: str
    flags: int


class _Uncompiled(Regex):
    """A pattern that nothing has asked for yet."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update({each: getattr(compiled, each) for each in dir(compiled) if not each.startswith("_")})
        # Without `__getattr__`, each further look-up takes half the time.
        self.__class__ = Regex  # type: ignore[assignment]  # it has all that it needs by now
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern that `re.compile` would return; a fault in it shows at its first use."""
    return cast("re.Pattern[str]", _Uncompiled(source, flags))
