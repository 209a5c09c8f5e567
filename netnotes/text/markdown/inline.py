"""Find wikilinks in running text, and split links into target and display text. Pure text.

Knows nothing of blocks or other inline syntax: the caller says where code and addresses are.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from netnotes.regex import regex
from netnotes.text.markdown.syntax import LIMIT, Link

Span = tuple[int, int]

_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BAD_PERCENT = regex(r"%(?![0-9A-Fa-f]{2})")
_SIMPLE = regex(r"\[\[([^\[\]|#\n\r\\]+)(?:\|([^\[\]\n\r\\]*))?\]\]")
"""A wikilink without anything odd, which is nearly every one."""
_make = tuple.__new__
_LINE_END = regex(r"[\r\n]")


def shown(target: str) -> str:
    """Return what the app shows for a link without display text: `Note#Part` as `Note > Part`."""
    return " > ".join(part for part in target.split("#") if part).strip() if "#" in target else target


def split(content: str) -> tuple[str, str] | None:
    r"""Return (target, display) of the text between `[[` and `]]`; None if that is blank.

    The first `|` after the first character splits, and so does the `\|` that tables need.
    """
    content = content.strip()
    if not content:
        return None
    bar = content.find("|", 1)
    if bar < 0:
        return content, shown(content)
    target = content[: bar - 1 if content[bar - 1] == "\\" else bar].rstrip()
    if not target:
        return content, shown(content)
    return target, content[bar + 1 :].strip() or shown(target)


def destination(address: str) -> str | None:
    """Return the target of a Markdown link, percent-decoded; None if it is empty or leads out of the vault.

    An address that cannot be decoded is returned unchanged.
    """
    address = address.strip()
    if not address or _SCHEME.match(address):
        return None
    if "%" not in address or _BAD_PERCENT.search(address):
        return address
    try:
        return unquote_to_bytes(address).decode("utf-8").strip() or None
    except UnicodeDecodeError:
        return address


def wikilinks(text: str, start: int, end: int, excluded: Sequence[Span], links: list[Link]) -> list[Span]:
    """Append the wikilinks of text[start:end] to `links`; return their spans, a `!` not counted.

    `excluded` are spans in order, without overlaps, in which no link begins. A link that begins before such a span may
    end in it: then, as in the app, which reads from left to right, the link counts and the span does not.
    """
    spans: list[Span] = []
    at = _opening(text, start, end)
    upcoming = iter(excluded)
    low, high = next(upcoming, (end, end))
    close = start
    while at >= 0 and len(links) < LIMIT:
        while high <= at and low < end:
            low, high = next(upcoming, (end, end))
        if low <= at:
            at = _opening(text, high, end)
            continue
        content: tuple[str, str] | None
        simple = _SIMPLE.match(text, at, end)
        if simple and (target := simple[1].strip()) and text[at - 1] != "\\" and text[at - 2] != "\\":
            shut = simple.end()
            display = simple[2]
            content = target, (display.strip() or target) if display else target
        else:
            if close < at + 2 and (close := text.find("]]", at + 2, end)) < 0:
                break
            if line_end := _LINE_END.search(text, at, close):
                at = _opening(text, line_end.end(), end)
                continue
            inner = text.rfind("[[", at, close)
            if inner > low:
                at = inner
                continue
            at = inner
            shut = close + 2
            content = None if _escaped(text, start, at) else split(text[at + 2 : close])
            if content is None:
                at = _opening(text, at + 1, end)
                continue
        embed = at > start and text[at - 1] == "!" and not _escaped(text, start, at - 1)
        first = at - 1 if embed else at
        links.append(_make(Link, (content[0], text[first:shut], content[1], first, shut, embed)))
        spans.append((at, shut))
        at = _opening(text, shut, end)
    return spans


def _opening(text: str, start: int, end: int) -> int:
    """Return where the next `[[` is, -1 for nowhere. One character is searched for at thirty times the speed of two."""
    at = text.find("[", start, end - 1)
    while at >= 0 and text[at + 1] != "[":
        at = text.find("[", at + 1, end - 1)
    return at


def _escaped(text: str, start: int, at: int) -> bool:
    """Return whether the character at `at` follows a backslash that is not escaped itself."""
    first = at
    while first > start and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
