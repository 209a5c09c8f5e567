"""Values that nobody can change by mistake: what plugins are shown is shown to all of them."""

from __future__ import annotations

from typing import Any, NoReturn


class ReadOnly(dict[str, Any]):
    """A dict that refuses to be changed.

    A dict and not another mapping, so that it is as quick, prints, compares, copies and turns into JSON as one does.
    """

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping is read-only: copy it with dict(...) to change it")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[ReadOnly], tuple[dict[str, Any]]]:
        """Copy and pickle by way of a plain dict."""
        return ReadOnly, (dict(self),)


def frozen(value: Any) -> Any:
    """Return a value of front-matter that cannot be changed: mappings read-only, lists as tuples."""
    if isinstance(value, ReadOnly):
        return value
    if isinstance(value, dict):
        return ReadOnly({key: frozen(item) for key, item in value.items()}) if value else EMPTY
    return tuple(map(frozen, value)) if isinstance(value, list) else value


EMPTY = ReadOnly()
