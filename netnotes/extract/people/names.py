"""Find and compare names in attendee lists, links and titles. Does not resolve them to people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from netnotes.regex import regex
from netnotes.text.clauses import words_of
from netnotes.text.lexicon.words import fold, given_names, listed
from netnotes.text.names_in_lines import is_phrase

_IMAGE = regex(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_FROM = regex(
    r"(?:[^\W\d_]\S{0,30} ){1,2}(?:from|at|vom|aus|bei|chez|del|dal|dalla|uit|bij|fra|från|ze|из)"
    r" \S{1,30}(?: \S{1,30}){0,3}"
)
"""A name and a place, for people whose surname is unknown: `Kit from the candle place`."""
_WIKILINK = regex(r"!?\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
_MARKDOWN_LINK = regex(r"(?<!\[)\[([^\[\]\n]*)\]\(<?([^()<>\n]+?)>?\)")
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "ß": "ss",
        **dict.fromkeys("‘’ʼ`´′", "'"),
        **dict.fromkeys("-‐‑‒–—_", " "),
        **dict.fromkeys('“”„«»"', ""),
        "\u00ad": "",
        "\u200b": "",
    }
)
_ADDRESS = regex(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# A run of spaces is tried from its first one only, or the time would grow with the square of its length.
_SPACES = r"(?<!\s)\s+"
_COMMA = rf"(?:{_SPACES})?[,;、，；\n\t]\s*"
_SPLIT = regex(
    rf"{_COMMA}|{_SPACES}[&+/|]\s+|{_SPACES}(?:and|und|et|y|e|och|og|en|i|и|und auch)\s+(?=[@*_]{{0,3}}[^\W\d_])"
)
_COMMAS = regex(_COMMA)
_BRACKETS = regex(rf"(?:{_SPACES})?[(（\[{{<][^()（）\[\]{{}}<>]*[)）\]}}>]")
_AFTER_DASH = regex(rf"{_SPACES}(?:[-–—]|->|→|:)\s.*$|(?:{_SPACES})?(?:->|→).*$|:\s.*$")
_REMARK = regex(r"[(（]([^()（）]{2,40})[)）]\W{0,3}$|(?:[-–—:]|->|→)\s([^\n]{2,40})$")
"""A remark on one attendee, in brackets or after a dash: `Ada (sick)`, `Bo – declined`."""
_ASIDE = regex(r"[(（][^()（）\n]{0,200}[)）]")
_SEPARATORS_TO_SPACES = str.maketrans(",;，；、", "     ")
_LEVEL = regex("___|%2F", re.IGNORECASE)
_KEPT = regex(r"\0(\d+)\0")
_AND = r"(?:[&+/]|(?:and|und|et|y|e|och|og|en|i|и)(?=\s))"
_BESIDE = regex(rf"\s*(?:{_AND}\s*)?@?([^\W\d_a-zß-ÿ][\w .'’-]{{1,60}}?)\s*(?:\s{_AND}\s*)?")
_MARK = regex(r"^(?:[-*+•]\s+|\d{1,3}[.)]\s+|\[[ xX]\]\s+)+")
_TITLE = regex(
    r"^(?:(?:dr|prof|mr|mrs|ms|mx|herr|frau|mme|mlle|sr|sra|dott|ing|sir|rev|fr|dipl|hon|pan|pani)\.?\s+)+(?=\S)",
    re.IGNORECASE,
)
_PLACEHOLDERS = frozenset(
    "tbd tba tbc n/a na none nobody noone unknown everyone everybody all team theteam others other various many guests"
    " attendees participants people name names you us they etc more someone somebody anyone alle jeder keine niemand"
    " unbekannt tous tout personne todos todas nadie ninguno tutti nessuno iedereen niemand wszyscy nikt alla ingen"
    " все никто команда family friends colleagues class client clients host organizer null undefined"
    " nom nombre nome naam imie namn имя 姓名 名前".split()
)
_PLACEHOLDER_END = regex(
    r"\b(?:team|members|staff|group|department|dept|attendees|others|speaker|participant|unknown|guest|user|employee"
    r"|interviewer|moderator|bot|notetaker|note taker|recorder)s?(?:\s+\d+)?$|\.ai$|^\W?\d|^click to\b|^add\b.*\bname",
    re.IGNORECASE,
)
ATTACHMENT = regex(
    r"\.(?:avif|bmp|gif|heic|jpe?g|png|svg|webp|pdf|m4a|mp[34]|mov|ogg|wav|webm|docx?|xlsx?|pptx?|odt|csv|txt|html?"
    r"|canvas|excalidraw|base|zip|ics|vcf)$",
    re.IGNORECASE,
)
"""Endings of files that are not notes."""
_NAME_KEYS = ("name", "person", "link", "displayname", "fullname", "who", "attendee", "cn", "summary")
_DETAIL_KEYS = frozenset(
    "role email mail status response company organisation organization title phone optional type rsvp id".split()
)
_ANSWER_KEYS = ("response", "responsestatus", "rsvp", "partstat", "status", "attendance")
_DECLINED = frozenset("declined decline no absent cancelled canceled abgesagt abgelehnt refusé rechazado".split())
"""Replies of invited people who were not there."""
_NAMES_LIMIT = 200
"""Longest name in characters; anything longer is a sentence."""


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Return `name` without case, accents, punctuation and extra spaces, for comparing names."""
    if name.isascii():
        return name.lower() if name.isalpha() else " ".join(name.lower().translate(_LETTERS).lstrip("@").split())
    text = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).casefold().lstrip("@").split())


def all_folded(names: Iterable[str]) -> list[str]:
    """Return `folded` of each name; of most at once, in a third of the time."""
    names = list(names)
    keys = "\n".join([name if name.isascii() else "" for name in names]).lower().translate(_LETTERS).split("\n")
    if len(keys) != len(names):
        return list(map(folded, names))
    return [
        " ".join(key.lstrip("@").split()) if name.isascii() else folded(name)
        for name, key in zip(names, keys, strict=True)
    ]


@lru_cache(maxsize=1_000)
def stem(path: str) -> str:
    """Return the name of a note without folder and ending. Cached: all that is read of a note asks for it in turn."""
    return path.rpartition("/")[2].removesuffix(".md")


def levels(path: str) -> list[str]:
    """Return the parts of a Logseq page's name, whose `/` files write as `___` or, formerly, as `%2F`."""
    name = stem(path)
    if "%" not in name:
        return name.split("___")
    return [unquote(part) for part in _LEVEL.split(name)]


def without_brackets(text: str) -> str:
    """Return the target of a wikilink without heading, or the text without quotes: `[[a/Person|x]]` is `a/Person`."""
    match = _WIKILINK.fullmatch(text.strip())
    return match[1].partition("#")[0] if match else text.strip().strip("\"'")


def names_in(value: object, known: Callable[[str], bool] = lambda _: False) -> Iterator[tuple[str | None, str]]:
    """Yield (link target or None, name) for each name in an attendee value.

    `known` returns whether a person has that name; it decides whether a sign separates names or is part of one.
    """
    if isinstance(value, dict):
        yield from _in_object(value, known)
    elif isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1 and isinstance(value[0][0], str):
            # Bare [[x]] in YAML is a list in a list: not a link to the app, but clearly meant as one.
            yield value[0][0], value[0][0].rpartition("|")[2]
            return
        for item in value:
            yield from _in_text(item, known) if isinstance(item, str) else names_in(item, known)
    elif isinstance(value, str):
        yield from _in_text(value, known)


def _in_object(value: dict[object, object], known: Callable[[str], bool]) -> Iterator[tuple[str | None, str]]:
    """Yield the names of an object: one attendee (`name: Ada`), groups (`internal: [Ada]`) or `Ada: host`."""
    keys = {str(key).casefold().replace("_", "").replace(" ", ""): key for key in value}
    if any(str(value[keys[key]]).casefold() in _DECLINED for key in _ANSWER_KEYS if key in keys):
        return
    if key := next((keys[name] for name in _NAME_KEYS if name in keys), None):
        yield from names_in(value[key], known)
        return
    if keys.keys() & {"email", "mail"}:
        yield from names_in(value[keys.get("email", keys.get("mail"))], known)
        return
    for key, item in value.items():
        if isinstance(item, list | dict):
            yield from names_in(item, known)
        elif str(key).casefold() not in _DETAIL_KEYS:
            yield from names_in(str(key), known)


def _in_text(text: str, known: Callable[[str], bool]) -> Iterator[tuple[str | None, str]]:
    if link := _WIKILINK.fullmatch(text):
        # Most attendees are written like this; nothing else needs to be looked for.
        address = link[1].lower().startswith("mailto:")
        yield None if address else link[1].strip(), (link[2] or "").strip() or stem(link[1].partition("#")[0])
        return
    links: list[tuple[str | None, str]] = []

    def keep(target: str, name: str) -> str:
        address = target.lower().startswith("mailto:")
        links.append((None if address else target.strip(), name.strip() or stem(target.partition("#")[0])))
        return f"\0{len(links) - 1}\0"

    rest = _IMAGE.sub("", text.replace("\0", " "))
    rest = _WIKILINK.sub(lambda match: keep(match[1], match[2] or ""), rest)
    rest = _MARKDOWN_LINK.sub(lambda match: keep(match[2], match[1]), rest)
    if not links:
        yield from ((None, name) for name in _plain(rest, known))
        return
    for part in _COMMAS.split(_with_whole_brackets(rest)):
        for at, piece in enumerate(_KEPT.split(part)):
            if at % 2:
                if not _was_absent(part[part.find("\0", part.find(f"\0{piece}\0") + 1) + 1 :]):
                    yield links[int(piece)]
            elif "\0" not in part:
                yield from ((None, name) for name in _plain(piece, known))
            else:
                # Text next to a link is a role or a joining word, unless it is a name after `and`.
                name = _BESIDE.fullmatch(piece)
                yield from ((None, one) for one in (_plain(name[1], known) if name else ()))


def _plain(text: str, known: Callable[[str], bool]) -> Iterator[str]:
    whole = _cleaned(text)
    if not whole:
        return
    if known(whole) or ("," in whole and known(_first_last(whole))):
        yield whole if known(whole) else _first_last(whole)
        return
    parts = _COMMAS.split(_with_whole_brackets(text))
    if len(parts) == 2 and _is_firm(_cleaned(parts[0]), _cleaned(parts[1]), known):
        del parts[1]
    for part in parts:
        piece = _cleaned(part)
        if not piece or piece.casefold() in ("and", "&", "und", "et", "y"):
            continue
        if known(piece):
            yield piece
            continue
        if piece.islower() and not text.islower() and (" " in piece or folded(piece) not in given_names()):
            # `Ada Pell, joined late`: a remark between names that have capitals.
            continue
        for name in _SPLIT.split(piece):
            if found := _one(name, known):
                yield found


def _is_firm(name: str, beside: str, known: Callable[[str], bool]) -> bool:
    """Return whether one word after a full name and a comma is where the person works: `Ada Lock, Acme`."""
    if " " not in name or " " in beside or not beside[:1].isupper() or known(beside):
        return False
    return known(name) and folded(beside) not in given_names()


def _with_whole_brackets(text: str) -> str:
    """Return a text whose brackets hold no comma: `Ada Lock (Acme, host)` is one person."""
    return (
        _ASIDE.sub(lambda aside: aside[0].translate(_SEPARATORS_TO_SPACES), text)
        if "(" in text or "（" in text
        else text
    )


def _first_last(name: str) -> str:
    """Return `Last, First` as `First Last`."""
    last, _, first = name.partition(",")
    return f"{first.strip()} {last.strip()}"


def _one(text: str, known: Callable[[str], bool]) -> str | None:
    """Return the one name in `text`, without address, role and title unless the whole is a known name."""
    name = _cleaned(text)
    if _was_absent(name):
        return None
    if address := _ADDRESS.search(name):
        rest = name.replace(address[0], "").strip(" <>()[]\"'")
        name = rest or address[0]
    if not name or known(name):
        return name or None
    office, _, holder = name.partition(": ")
    if (known(holder) and not known(office)) or (_has_first_name(holder) and not _has_first_name(office)):
        return holder
    bare = _cleaned(_AFTER_DASH.sub("", _BRACKETS.sub("", name)))
    bare = _cleaned(bare) if known(bare) else _cleaned(_TITLE.sub("", bare))
    if not bare or len(bare) > _NAMES_LIMIT or is_placeholder(bare):
        return None
    has_origin = bare[0].isupper() and _FROM.fullmatch(bare)
    return bare if has_origin or not is_phrase(bare) else None


def _was_absent(text: str) -> bool:
    """Return whether a remark after a name says that the person was not there: `(sick)`, `– declined`, `→ no show`."""
    remark = _REMARK.search(text)
    if remark is None:
        return False
    words = (remark[1] or remark[2]).strip(" *_.!")
    if fold(words) in listed("absent") | listed("did not come"):
        return True
    return any(word.start == 0 and word.kind in ("not here", "cancelled") for word in words_of(words))


def _has_first_name(name: str) -> bool:
    return folded(name.partition(" ")[0]) in given_names()


def _cleaned(text: str) -> str:
    return " ".join(_MARK.sub("", text.strip()).strip("@*_`\"“”„'.;:!|").split()).lstrip("@").removeprefix("and ")


def _mailbox(address: str) -> str:
    """Return the words before the `@` of an address: `notetaker` of `notetaker@fathom.example`."""
    return folded(address.partition("@")[0].replace(".", " ").replace("-", " "))


def is_placeholder(name: str) -> bool:
    """Return whether a name is a placeholder: TBD, ?, Everyone, QA team, Speaker 2."""
    key = folded(name).replace(" ", "")
    return (
        key in _PLACEHOLDERS
        or not any(map(str.isalpha, key))
        or "[" in name
        or ATTACHMENT.search(name) is not None
        or _PLACEHOLDER_END.search(folded(name) if _ADDRESS.fullmatch(name) is None else _mailbox(name)) is not None
    )
