"""The words in a plugin's code, among which are the names of the properties that it looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

from netnotes.plugin.hooks import Hook

_NAME = re.compile(r"[^\W\d][\w -]{0,39}")
_MOST = 100


def own_words(hook: Hook) -> tuple[str, ...]:
    """Return the words that may be names of properties: texts in the module of a function and in its options."""
    function: Any = hook.function
    file = function.__code__.co_filename
    module = [value for name, value in function.__globals__.items() if not name.startswith("__")]
    codes = [each.__code__ for each in module if isinstance(each, FunctionType)]
    texts = [*_texts(getattr(hook.options(), "__dict__", {}).values()), *_texts(module)]
    for code in (function.__code__, *(code for code in codes if code.co_filename == file)):
        texts += _of_code(code)
    return tuple(dict.fromkeys(text for text in texts if _NAME.fullmatch(text)))[:_MOST]


def _of_code(code: CodeType) -> Iterator[str]:
    yield from _texts(code.co_consts)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _of_code(inner)


def _texts(values: Any) -> Iterator[str]:
    """Yield the texts among `values`, and those in lists and sets of texts."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list | set | frozenset):
            yield from (item for item in value if isinstance(item, str))
