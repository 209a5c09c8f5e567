"""Turn the text of one YAML scalar into the value the app sees, and a value into the shortest such text.

The rules are those of YAML 1.2's core schema: dates and times are text, `no` is text, `012` is twelve.
Numbers are 64-bit floats, as in the app: `1.0` is 1, and an integer beyond 2**53 loses its last digits. Quotes,
comments and everything longer than one scalar are left to yaml12.
"""

import json
import math
from typing import Final

from netnotes.regex import regex

Scalar = str | int | float | bool | None

_WORDS: Final[dict[str, Scalar]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    ".nan": math.nan,
    ".NaN": math.nan,
    ".NAN": math.nan,
    **{sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **{"-" + word: -math.inf for word in (".inf", ".Inf", ".INF")},
}
_INTEGER: Final = regex(r"[-+]?[0-9]+")
_FLOAT: Final = regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_OCTAL: Final = regex(r"0o[0-7]+")
_HEX: Final = regex(r"0x[0-9a-fA-F]+")

# Narrower than YAML allows: every reader we know of reads these the same without quotes.
_UNQUOTED: Final = regex(r"[\w./(](?:[\w ./()@+,;=!?'%&*$~-]|:(?=\w))*(?<! )")
_SAFE_DIGITS: Final = 15
_EXPONENT_FROM: Final = 1e21


def resolve(text: str) -> Scalar:
    """Return the value of an unquoted scalar: null, true, a number, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _FLOAT.fullmatch(text):
        if len(text) <= _SAFE_DIGITS and _INTEGER.fullmatch(text):
            return int(text)
        return _as_the_app_counts(float(text))
    if _HEX.fullmatch(text):
        return _from_digits(text, 16)
    if _OCTAL.fullmatch(text):
        return _from_digits(text, 8)
    return text


def spell(value: str | float) -> str:
    """Return the shortest YAML for `value` that `resolve`, or a quoted reading, turns back into it.

    A text is quoted only where it would otherwise be read as something else. Raises ValueError for
    a number that is not finite and for text that no file can hold (lone surrogates).
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            message = f"{value} is not a number that a property can hold"
            raise ValueError(message)
        return str(int(value)) if value.is_integer() and abs(value) < _EXPONENT_FROM else repr(value)
    value.encode("utf-8")
    if _UNQUOTED.fullmatch(value) and resolve(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)


def is_integer(text: str) -> bool:
    """Return whether the text is a decimal, octal or hexadecimal integer."""
    return any(pattern.fullmatch(text) for pattern in (_INTEGER, _OCTAL, _HEX))


def as_key(value: object) -> str:
    """Return the property name that a key's value becomes: the app's properties have text for names."""
    match value:
        case None:
            name = ""
        case bool():
            name = "true" if value else "false"
        case float() if not math.isfinite(value):
            name = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        case list():
            name = f"[ {', '.join(map(as_key, value))} ]" if value else "[]"
        case dict():
            pairs = [key if item is None else f"{key}: {as_key(item)}" for key, item in value.items()]
            name = f"{{ {', '.join(pairs)} }}" if pairs else "{}"
        case _:
            name = str(value)
    return name


def _from_digits(text: str, base: int) -> int | float:
    try:
        return _as_the_app_counts(float(int(text[2:], base)))
    except OverflowError:
        return math.inf


def _as_the_app_counts(value: float) -> int | float:
    """Return whole numbers as int, with the digits the app prints; all others as they are."""
    if not value.is_integer() or abs(value) >= _EXPONENT_FROM:
        return value
    from decimal import Decimal  # few numbers are so large

    # Beyond 2**53 the app prints the fewest digits that name the float, then zeros.
    return int(Decimal(repr(value)))
