"""Values that cannot be changed by mistake: all plugins see the same objects."""

from __future__ import annotations

from typing import Any, NoReturn


class ReadOnly(dict[str, Any]):
    """A dict that refuses to be changed.

    It is a dict, not another kind of mapping, so that it is as fast, and prints, compares, copies and converts to JSON
    like one.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping is read-only: copy it with dict(...) to change it")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[ReadOnly], tuple[dict[str, Any]]]:
        """Copy and pickle as a plain dict."""
        return ReadOnly, (dict(self),)


def frozen(value: Any) -> Any:
    """Return a front matter value that cannot be changed: mappings read-only, lists as tuples."""
    if isinstance(value, ReadOnly):
        return value
    if isinstance(value, dict):
        return ReadOnly({key: frozen(item) for key, item in value.items()}) if value else EMPTY
    return tuple(map(frozen, value)) if isinstance(value, list) else value


EMPTY = ReadOnly()
