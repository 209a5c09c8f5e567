r"""Replace characters that the YAML library cannot read but the app can, and translate values back.

The library takes NEL, LS, PS and a lone CR for line ends, and refuses control characters; to the app they
are letters like any other. It refuses tabs on blank lines, `rating: -`, and escaped emoji (`\ud83d\ude00`),
all of which the app reads. Each such character is replaced by one private-use character that the text does
not contain, so that no offset changes.
Nothing is parsed here: yaml12 says where the library stopped.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from netnotes.lazy_dataclass import dataclass
from netnotes.regex import regex

_ODD: Final = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)",
)
_PRIVATE: Final = range(0xF0000, 0xFFFFE)
_BLANK_TO_END: Final = regex(r"[ \t]*(?=[\r\n]|#|\Z)")
_AFTER_INDICATORS: Final = regex(r"^[ \t]*(?:[-?][ \t]+)+\Z", re.MULTILINE)
# `a:`, a line of a tab, and then `b:` as far indented: here, and only here, the app takes offence.
_TAB_BETWEEN_KEYS: Final = regex(
    r"(?P<indent>[ ]*)[^ #\n][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n\t\s*^(?P=indent)[^\s#-]",
    re.MULTILINE,
)
_STARTS_COLLECTION: Final = regex(r"[-?](?:\s|\Z)|[^\n]*:(?:\s|\Z)")
_SURROGATE_PAIR: Final = regex(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_LONE_SURROGATE: Final = regex(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class Readable:
    """A text of the original's length that the library can read, and the way back."""

    text: str
    originals: Mapping[int, str]
    """Code point of a replacement → the original character; "" for padding."""
    lone_dash: str = ""
    """The replacement of the `-` in `key: -`, which the app reads as a list of one empty item; "" for none."""

    def restore(self, value: str) -> str:
        """Return a value with its original characters."""
        return value.translate(self.originals) if self.originals else value


def substitute(text: str) -> Readable:
    """Return the text with replacements for all characters that the library misreads.

    A last line without an end gets one, as the app reads it so.
    """
    if not _ODD.search(text):
        return Readable(text if text.endswith("\n") else text + "\n", {})
    free = _free(text)
    replacements = {char: chr(next(free)) for char in sorted(set(text)) if _ODD.match(char)}
    # A CR before its LF is half a line end, not a letter.
    carriage = replacements.pop("\r", "")
    if carriage:
        text = "\r\n".join(part.replace("\r", carriage) for part in text.split("\r\n"))
    readable = text.translate({ord(char): replacement for char, replacement in replacements.items()})
    originals = {ord(replacement): char for char, replacement in replacements.items()}
    if carriage:
        originals[ord(carriage)] = "\r"
    return Readable(readable if readable.endswith("\n") else readable + "\n", originals)


def repair(readable: Readable, problem: str, index: int) -> Readable | None:
    """Return the text with a replacement where the library stopped; None if the app stops there too.

    `index` is the position of the character, `problem` the library's message.
    """
    at = readable.text[index : index + 1]
    if at == "-" and "sequence entries" in problem:
        return _repair_lone_dash(readable, index)
    if at == "\t":
        return _repair_tab(readable, index)
    if "escape code" in problem and index >= 2:
        return _repair_surrogate(readable, index - 2)
    return None


def _repair_lone_dash(readable: Readable, index: int) -> Readable | None:
    text = readable.text
    if not _BLANK_TO_END.match(text, index + 1):
        return None
    dash = readable.lone_dash or chr(next(_free(text)))
    return replace(
        readable,
        text=text[:index] + dash + text[index + 1 :],
        originals={**readable.originals, ord(dash): "-"},
        lone_dash=dash,
    )


def _repair_tab(readable: Readable, index: int) -> Readable | None:
    text = readable.text
    blank = _BLANK_TO_END.match(text, index)
    if blank:
        if _TAB_BETWEEN_KEYS.match(text, text.rfind("\n", 0, max(index - 1, 0)) + 1):
            return None
        end = blank.end()
    else:
        line = text[text.rfind("\n", 0, index) + 1 : index] + "\t"
        end = index + 1
        if not _AFTER_INDICATORS.search(line) or _STARTS_COLLECTION.match(text[end:].lstrip(" \t")):
            return None
    return replace(readable, text=text[:index] + " " * (end - index) + text[end:])


def _repair_surrogate(readable: Readable, index: int) -> Readable | None:
    text = readable.text
    pair = _SURROGATE_PAIR.match(text, index)
    if pair:
        high, low = (int(half, 16) for half in pair.groups())
        meant, end = chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF)), pair.end()
    else:
        lone = _LONE_SURROGATE.match(text, index)
        if not lone:
            return None
        # Half a character; no file can hold it, so the usual mark for the unreadable takes its place.
        meant, end = "\N{REPLACEMENT CHARACTER}", lone.end()
    free = _free(text)
    letter, padding = next(free), next(free)
    return replace(
        readable,
        text=text[:index] + chr(letter) + chr(padding) * (end - index - 1) + text[end:],
        originals={**readable.originals, letter: meant, padding: ""},
    )


def _free(text: str) -> Iterator[int]:
    """Yield private-use code points that the text does not contain."""
    return (code for code in _PRIVATE if chr(code) not in text)
