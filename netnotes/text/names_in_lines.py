"""Find possible names in a line: links, `@Name` and plain names. Does not know who exists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from netnotes.regex import regex
from netnotes.text.lexicon.words import AFTER, BOUND, CHANNELS, Word, fold, is_given_name, listed, numbered, tables

LINK, AT, NAME, EMBED = "link", "at", "name", "embed"
"""The ways of naming somebody."""
DECIDING = frozenset(("planning", "citing", "cancelled", "negation", "not here"))
"""Lists of words that are signs against contact."""
PARTICLES = frozenset("de del della da dos van von der den di du la le el al bin ten ter".split())
"""Lower-case words within a name."""
_MAY_LEAD = PARTICLES | frozenset("by via par por av od".split())
"""Deciding words that a name in capitals may begin with."""
_ALSO_WITH = frozenset(
    "w/|w|ze|со|跟|与|と|chez|hos|bei|bij|u|together with|zusammen mit|gemeinsam mit|ensemble avec|en compagnie de"
    "|junto con|junto a|en compania de|junto com|juntamente com|insieme a|insieme con|samen met|tillsammans med"
    "|ihop med|razem z|wspolnie z|вместе с|вместе со".split("|")
)
_CALLED_WITH = frozenset(("con", "zé"))
"""Words for `with`, as written, that are first names too."""
MOST_NAMES = 40
"""Plain names of one line that are kept: more is a list of something else."""
_AT = regex(r"(?<![\w.@/+-])@([^\W\d_][\w'’-]{0,40}(?:[ ][^\W\d_a-zß-ÿ][\w'’-]{0,40}){0,3})")
_TAGGED = regex(
    r"#(?<!\S#)(?:people|persons?|contacts?|persone|personas|pessoas|personnes|personen|kontakte|osoby|люди)"
    r"/([^\W\d_]{2,30}(?:[-_][^\W\d_]{1,30}){0,3})(?![\w/])",
    re.IGNORECASE,
)
_AT_AFTER_SLASH = regex(r"/@([^\W\d_][\w'’-]{0,40}(?:[ ][^\W\d_a-zß-ÿ][\w'’-]{0,40}){0,3})")
_WORD = regex(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
WIDE_NAME = regex(r"[\u3040-\u30ff\u3400-\u9fff]{1,12}")
"""A name in Chinese or Japanese, which is written without spaces."""
_WIDE_RUN = regex(r"[\u3040-\u30ff\u3400-\u9fff]{1,60}")
_SMALL = regex(r"[ ][*_\[(:]{0,3}[ ]?([^\W\d_]{2,30}(?:[ ][^\W\d_]{2,30}){0,2})")
_SMALL_NEXT = regex(
    r"(?:,\s?(?:(?:and|und|et|y|e|en|och|i|и)\s)?|\s(?:and|&|\+|und|et|y|e|en|och|i|и)\s)"
    r"([^\W\d_]{2,30}(?:[ ][^\W\d_]{2,30}){0,2})"
)
"""The next name of a list in lower case: `lunch with tilda, bo and cora`."""
_FIRST_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_REST = r"[^\W\d_]{0,40}(?:['’.-][^\W\d_]{1,40}){0,3}"
_PARTICLE = f"(?:{'|'.join(sorted(PARTICLES))}) "
# The first letter comes before the lookbehind: a pattern that begins with letters is searched for quickly.
_JOINT = rf"(?:(?<![^\W\d_]{{3}})(?<!['’]s)\.)?[ ]{{1,2}}(?:{_PARTICLE}){{0,2}}"
_PARTICLES = regex(rf"(?:{_PARTICLE})+")
_CAPITALS = regex(rf"{_FIRST_CAPITAL}(?<![\w'’].){_REST}(?:{_JOINT}{_FIRST_CAPITAL}{_REST}){{0,4}}")
_SMALL_WORD = regex(r"(?:(\w+)\s)?(?<![\w'’])([^\W\d_]+\.?) $")
_SHORTEST_TITLE, _LONGEST_TITLE, _MOST_SMALL = 3, 40, 8
_ARTICLES = frozenset("the a o as os an il lo der den dem die i gli les de het een".split())
_FEWEST_LOWER = 3
"""Words in lower case that make a text more than a name."""
_make = tuple.__new__
_LEADS = ("Uhr ", "At ", "Bei ", "Chez ", "Bij ", "Hos ")
"""Words in capitals that a line may begin with before a name."""
_BEFORE_HOME = regex(r"\bat [\s*_\[(]*$", re.IGNORECASE)
_HOME = regex(
    r"[ ]{0,3}(?:$|[\n.,;:!?()–—-]|(?:place|house|home|flat|apartment|apt|garden|office|desk|studio|cabin|party|wedding"
    r"|birthday|for|with|and|then|until|till|last|this|yesterday|today|tonight|in|on|at|from|after|before)\b)",
    re.IGNORECASE,
)
"""What may follow `at Ada's` where that means her home."""
_AT_WORDS = frozenset("me them waiting due done today tomorrow home work start scheduled".split())
_STRUCK = regex(r"~~(?=\S)(?:[^~\n]|~(?!~)){1,500}~~")
_MID_CAPITAL = regex(r" (?<=[^.!?:\s#*>-] )[^\W\d_a-zß-öø-ÿа-яё]")
_SPEECH = regex(r"(?<![^\s(\[:—–-])[\"“„«](?=[^\s\"“”„«»])([^\"“”„«»\n]{15,500})(?<!\s)[\"”“»](?!\w)")
_FEWEST_SPOKEN = 5
"""Words in quotation marks that are speech, and no title or nickname."""
_COMMENT = regex(r"%%[^%\n]{0,1000}%%")


class NameSpan(NamedTuple):
    """The position of a name in a line."""

    start: int
    end: int
    kind: str
    target: str


def at_names(text: str) -> list[NameSpan]:
    """Return the `@Name`s and `#people/name`s of a line in which links and code are blank."""
    found = _tagged_names(text) if "#" in text else []
    if "@" not in text:
        return found
    found += [
        NameSpan(match.start(), match.end(), AT, intern(match[1].strip()))
        for match in _each_at(text)
        if match[1].casefold() not in _AT_WORDS and text[match.end() : match.end() + 1] != "("
    ]
    return sorted(found)


def _tagged_names(text: str) -> list[NameSpan]:
    """Return the names in tags such as `#people/ada-lock`."""
    return [
        NameSpan(match.start(), match.end(), AT, intern(" ".join(map(str.capitalize, match[1].split("-")))))
        for match in _TAGGED.finditer(text)
    ]


def _each_at(text: str) -> Iterator[re.Match[str]]:
    """Yield each `@Name`, in `@Ada/@Bo` too; a slash after anything else is part of an address."""
    for first in _AT.finditer(text):
        match: re.Match[str] | None = first
        while match:
            yield match
            match = _AT_AFTER_SLASH.match(text, match.end())


def plain_names(text: str, words: Sequence[Word], taken: Sequence[tuple[int, int]]) -> list[NameSpan]:
    """Return what may be plain names in a line: words in capitals, and what follows a contact word or `with`."""
    found: list[NameSpan] = []
    lexical, deciding, lead, after, leading_ends = _places_of(text, words)
    ends = [low for low, _ in taken]
    for match in _CAPITALS.finditer(text):
        if len(found) >= MOST_NAMES:
            break
        start, end = match.span()
        while is_word := (
            start in lexical
            or text.startswith(_LEADS, start)
            or (start in lead and not _may_be_a_first_name(text[start:end]))
            or (start in deciding and start not in after and not _may_be_called(text[start:end]))
        ):
            # `Called Bo` begins with a contact word, `With Bo` and Dutch `Met Jan` with a preposition, `Ask Bo` with
            # a word of planning: none is a name.
            if (space := text.find(" ", start, end)) < 0:
                break
            particles = _PARTICLES.match(text, space + 1, end)
            # `Anruf von Bo`: within a name `von` may be part of it, after a contact word it is not.
            start = particles.end() if particles else space + 1
        if is_word or not text[start].isupper() or (taken and _is_taken(start, taken, ends)):
            continue
        if is_home(text, start, end):
            end -= 2
        start = _start_with_title(text, start)
        name = text[start:end]
        if start not in after and fold(name) in numbered("months") and _is_month(text, start, end):
            continue
        if not _is_possessive(name) and fold(name) not in _weekdays():
            found.append(_make(NameSpan, (start, end, NAME, intern(name))))
    if leading_ends:
        _add_small_names(text, leading_ends, {word.start for word in words}, found)
    if not text.isascii():
        found += [NameSpan(m.start(), m.end(), NAME, m[0]) for m in _WIDE_RUN.finditer(text)]
    if len(found) > 1:
        found.sort()
    return found


def _start_with_title(text: str, start: int) -> int:
    """Return where a name begins if its lower-case title counts: `la zia Lella`, `prof. Lund`; not `her sister Bo`."""
    if not start or text[start - 1] not in " \n":
        return start
    before = text[text.rfind(" ", 0, start - 1) + 1 : start - 1] if text[start - 1] == " " else "."
    if not (before[-1:].isalnum() or before[-1:] == ".") or (before.isalpha() and fold(before) not in _titles()):
        # The common case, without a search.
        return start
    match = _SMALL_WORD.search(text, max(0, start - _LONGEST_TITLE), start)
    if match is None or fold(match[2].rstrip(".")) not in _titles():
        return start
    owned = match[1] and fold(match[1]) in _owners()
    return start if owned or len(match[2]) < _SHORTEST_TITLE else match.start(2)


@lru_cache(maxsize=1)
def _owners() -> frozenset[str]:
    """Return the words that make the word of kinship after them no part of a name: `my`, `his`, `seine`."""
    return listed("my") | (listed("who before a name") - PARTICLES - _ARTICLES)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return listed("title before a name") - listed("common")


class _WordPlaces(NamedTuple):
    """Positions of the words of a line that decide about the names next to them."""

    lexical: set[int]
    """Where contact words begin."""
    deciding: set[int]
    """Where deciding words begin."""
    lead: set[int]
    """Where words for `with` itself begin."""
    after: set[int]
    """Where the text right after a contact word or `with` begins."""
    ends: set[int]
    """Where contact words and `with` itself end: a name after them may be in lower case."""


def _places_of(text: str, words: Sequence[Word]) -> _WordPlaces:
    places = lexical, deciding, lead, after, ends = _WordPlaces(set(), set(), set(), set(), set())
    for word in words:
        start, end, kind, _ = word
        if kind in CHANNELS:
            lexical.add(start)
            after.add(end + 1)
            ends.add(end)
        elif kind == "with":
            after.add(end + 1)
            if is_with(text, word):
                lead.add(start)
                ends.add(end)
        elif kind in DECIDING:
            deciding.add(start)
        elif kind in BOUND:
            lexical.add(start)
            if kind.startswith(AFTER) and (name := _SMALL.match(text, end)) and is_given_name(name[1]):
                ends.add(end)
    return places


def _may_be_called(name: str) -> bool:
    """Return whether capitalized words may be a name although the first is a deciding word: `Will Hall`."""
    first, _, rest = name.partition(" ")
    return bool(rest) and (fold(first) in listed("never a name") or fold(first) in _MAY_LEAD)


def _may_be_a_first_name(name: str) -> bool:
    """Return whether capitalized words may be a name although the first means `with`: `Con O'Brien`, `Zé Carlos`."""
    first, *rest = name.split(" ")
    return len(rest) == 1 and first.casefold() in _CALLED_WITH


def is_phrase(text: str) -> bool:
    """Return whether a text has too many words in lower case to be a name: `the choir sings on Thursdays`.

    If all are in lower case, one must be a common word: `juan carlos perez` is a name.
    """
    words = _WORD.findall(text)
    lower = [word for word in words if word[0].islower() and word not in PARTICLES]
    if len(lower) < _FEWEST_LOWER:
        return False
    return len(lower) < len(words) or not listed("common").isdisjoint(map(fold, lower))


def is_home(text: str, start: int, end: int) -> bool:
    """Return whether `at Ada's` means her home: `dinner at Ada's`, `at Ada's place`; not `at Ada's expense`."""
    if not text.startswith(("'s", "’s"), end - 2) or not _BEFORE_HOME.search(text, max(0, start - 7), start):
        return False
    return _HOME.match(text, end) is not None


def _is_month(text: str, start: int, end: int) -> bool:
    """Return whether `Jan` is the month: `Jan. quiet`, `27 Jan 2026`; not `Jan rang`."""
    dated = text[:start].rstrip(" .")[-1:].isdigit() and text[end : end + 2].strip(" .")[:1].isdigit()
    return dated or text.startswith(". ", end)


def _is_possessive(name: str) -> bool:
    return name.endswith(("'s", "’s"))


def _is_taken(start: int, taken: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, start)
    return at > 0 and start < taken[at - 1][1]


def _add_small_names(text: str, ends: Collection[int], lexical: Collection[int], found: list[NameSpan]) -> None:
    """Add lower-case names right after the end of a contact word or `with`: `lunch with tilda marsh, bo and cora`."""
    for end in sorted(ends):
        match = _SMALL.match(text, end)
        for _ in range(_MOST_SMALL):
            span = _small_name(text, match, lexical) if match else None
            if span is None:
                break
            found.append(span)
            match = _SMALL_NEXT.match(text, span.end)


def _small_name(text: str, match: re.Match[str], lexical: Collection[int]) -> NameSpan | None:
    """Return the lower-case name that a match begins with, up to a common word or a word of the tables."""
    start = stop = match.start(1)
    if start in lexical or not match[1][0].islower():
        return None
    for word in _WORD.finditer(match[1]):
        if fold(word[0]) in listed("common") or (stop > start and start + word.start() in lexical):
            break
        stop = start + word.end()
    name = text[start:stop].strip()
    return NameSpan(start, stop, NAME, intern(name)) if name and not _is_possessive(name) else None


def is_with(text: str, word: Word) -> bool:
    """Return whether a word is `with` itself, after which a name may be in lower case, and not `and` or `to`."""
    written = fold(text[word.start : word.end])
    return written == _with()[word.language] or written in _ALSO_WITH


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    return listed("weekdays") | listed("other weekdays")


@lru_cache(maxsize=1)
def _with() -> Mapping[str, str]:
    return {language: fold(table["with"][0]) for language, table in tables().items()}


def hidden_spans(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, `struck`, `comment` or `quote`) of struck-through text, comments and speech in a line."""
    found = [(m.start(), m.end(), "struck") for m in _STRUCK.finditer(text)] if "~~" in text else []
    if "%%" in text:
        found += [(m.start(), m.end(), "comment") for m in _COMMENT.finditer(text)]
    if text.count('"') > 1 or not text.isascii():
        found += [(m.start(), m.end(), "quote") for m in _SPEECH.finditer(text) if _is_speech(text, m)]
    return found


def _is_speech(text: str, quoted: re.Match[str]) -> bool:
    """Return whether words in quotation marks are what somebody said, beside other words of the line."""
    around = text[: quoted.start()] + text[quoted.end() :]
    return quoted[1].count(" ") >= _FEWEST_SPOKEN - 1 and any(map(str.isalpha, around))


def has_mid_capital(block_text: str) -> bool:
    """Return whether a line may name somebody in capitals within a sentence."""
    rest = block_text[3 if block_text.startswith("- ") else 2 :]
    if block_text.isascii() and rest == rest.lower():
        # The common case, without a search.
        return False
    return _MID_CAPITAL.search(block_text) is not None


def outside(words: Sequence[Word], names: Sequence[tuple[int, int]]) -> Sequence[Word]:
    """Return the words that do not begin within one of the names."""
    if not names:
        return words
    found = []
    for word in words:
        at = word.start
        for start, end in names:
            if start > at:
                found.append(word)
                break
            if at < end:
                break
        else:
            found.append(word)
    return found
