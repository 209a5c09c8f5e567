"""What the text of a person's note declares: since when you have known them, and whether they are family.

`Known since 2009`, `Met: 2014-05`, `school together 1998-2004`, `My brother.`. Lines that start with a date are
encounters and not read here. Whether the note is about a person is decided in `extract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon import date_ranges, dates
from netnotes.text.lexicon.words import LANGUAGES, WIDE, WordFilter, fold, has_wide, listed, numbered, tables, tokens_of
from netnotes.text.line_breaks import lines_with_ends

KNOWN_SINCE, KIN = "known_since", "kin"
Declared = tuple[str, str, int]
"""(equivalent property, its value, 1-based line)."""
_LONGEST_LINE = 200
_MOST_LINES = 200
# The first digits come before the lookbehind: a pattern that begins with digits is searched for quickly.
_YEAR = regex(r"(?:18(?<!\d18)[5-9]|19(?<!\d19)\d|20(?<!\d20)\d)\d(?!\d)")
_BULLET = regex(r"[\s>]*(?:[-*+•]\s+)?[*_]{0,3}")
_LABEL = regex(r"([^\W\d_][^:：\n]{1,30}?)\s?[*_]{0,3}\s?[:：]{1,2}[*_]{0,3}\s*(\S.*)")
_BEFORE, _AFTER = 25, 60
"""Characters before and after the words within which the year must be."""
_FEW_WORDS = r"(?:\S+\s+){0,4}?"
_TIME_WORDS = "in on the of early late mid summer spring autumn fall winter ca circa im am en em el le nel w в de du"
_DATE_BEFORE = r"\d{4}\W+(?:\w+\W+){0,2}?"
_FIRST_LINES, _FIRST_CHARS = 5, 600
"""Lines and characters of a note that are searched for `My brother.`"""
_LONGEST_SUBJECT = 200
"""Characters of a line before `my brother`, in which is nothing but whose brother it is."""
_COPULAS = frozenset("is was ist war est es e sono is ar jest это".split())
_SUBJECTS = frozenset("he she they this er sie il elle el ella ele ela lui lei hij zij han hon on ona он она".split())
"""Words allowed before `my brother` besides the name; folded."""
_NO_TEXT = ("---", "#", "```", "|", "!", "<")


def read(text: str, body: int, name: str, code: Sequence[tuple[int, int]] = ()) -> tuple[Declared, ...]:
    """Return what the text after the front matter (from `body` on) declares about a person called `name`.

    `code`: places of the text that are code.
    """
    found = [*_known_since(text, body, code)]
    if kin := _kin(text, body, name):
        found.append(kin)
    return tuple(found)


def _known_since(text: str, body: int, code: Sequence[tuple[int, int]]) -> Iterator[Declared]:
    seen = body
    for _ in range(_MOST_LINES):
        year = _YEAR.search(text, seen)
        if year is None:
            return
        start = text.rfind("\n", body, year.start()) + 1 or body
        end = text.find("\n", year.end())
        end = seen = len(text) if end < 0 else end
        if end - start > _LONGEST_LINE or any(at <= year.start() < stop for at, stop in code):
            continue
        line = text[start:end]
        if value := _since(line):
            yield KNOWN_SINCE, value, text.count("\n", 0, start) + 1
        elif shared := _shared_years(line):
            yield *shared, text.count("\n", 0, start) + 1


def _content(line: str) -> str | None:
    """Return the text of a line after its bullet; None if it is quoted, a task, or begins with a day."""
    marks = _BULLET.match(line)
    content = line[marks.end() if marks else 0 :]
    return None if ">" in line[:3] or content.startswith("[ ]") or _begins_with_date(content) else content


def _shared_years(line: str) -> tuple[str, str] | None:
    """Return (label, text) of a line like `School: Lycée, 1998-2004`; None for any other line."""
    label = _LABEL.match(_content(line) or "")
    if label and fold(" ".join(label[1].split())) in listed("property shared years"):
        return (label[1].lower(), label[2]) if date_ranges.span_start(label[2]) else None
    return None


def _since(line: str) -> str | None:
    """Return how long the person has been known by this line, in words such as `May 2009`; None for any other line."""
    content = _content(line)
    if content is None:
        return None
    label = _LABEL.match(content)
    if label and fold(" ".join(label[1].split())) in listed("property known since"):
        return _range(label[2])
    if not _sentence_words().may_hold(tokens_of(content)) and not has_wide(content):
        # The common case, without the patterns.
        return None
    for pattern, reach in _sentences():
        if match := pattern.search(content):
            return _range(content[max(0, match.start() - reach[0]) : match.end() + reach[1]])
    return None


def _begins_with_date(text: str) -> bool:
    try:
        return dates.lead(text) is not None
    except dates.NoSuchDay:
        return True


def _range(text: str) -> str | None:
    try:
        found = date_ranges.of_value(text)
    except dates.NoSuchDay:
        return None
    return date_ranges.range_words(found) if found else None


@lru_cache(maxsize=1)
def _sentence_words() -> WordFilter:
    entries = (entry for code in LANGUAGES for entry in tables()[code].get("known since", ()))
    return WordFilter([entry for entry in entries if not has_wide(entry)])


@lru_cache(maxsize=1)
def _sentences() -> tuple[tuple[re.Pattern[str], tuple[int, int]], ...]:
    """Return (pattern, characters before and after it in which the year must be) for all languages."""
    around: dict[tuple[int, int], list[str]] = {}
    for code in LANGUAGES:
        for entry in tables()[code].get("known since", ()):
            wide = has_wide(entry)
            reach = (_BEFORE, _AFTER) if wide or entry.startswith("#") else (0, _AFTER)
            around.setdefault(reach, []).append(_pattern(entry, wide=wide))
    return tuple((re.compile("|".join(dict.fromkeys(each)), re.IGNORECASE), reach) for reach, each in around.items())


def _pattern(entry: str, *, wide: bool) -> str:
    """Return one entry as a pattern: `…` is up to four words, `#` a date next to what precedes it."""
    if wide:
        return re.escape(entry)
    words = entry.strip("# ").replace(" … ", " …").split()
    core = r"\s+".join(
        _FEW_WORDS + re.escape(word[1:]) if word[0] == "…" else re.escape(word) for word in words if word != "…"
    )
    if entry.startswith("#"):
        return rf"{_DATE_BEFORE}{core}(?!\w)"
    gap = rf"(?:\W+{_FEW_WORDS})" if entry.endswith("… #") else r"\W+"
    return rf"(?<!\w){core}(?!\w)" + (_date_ahead(gap) if entry.endswith("#") else "")


@lru_cache(maxsize=2)
def _date_ahead(gap: str) -> str:
    """Return the pattern of a date after `gap`: `2014`, `in May 2014`, `on 14 May 2014`."""
    words = "|".join(map(re.escape, dict.fromkeys((*_TIME_WORDS.split(), *numbered("months")))))
    return rf"(?={gap}(?:(?:{words})\W+){{0,4}}(?:\d{{1,2}}\D{{1,3}}(?:(?:{words})\W+)?){{0,2}}\d{{4}})"


def _kin(text: str, body: int, name: str) -> Declared | None:
    """Return the kinship declared by one of the first lines: `My brother.`, `Tom is my brother`, `- my sister Ada`."""
    at, lines = body, 0
    for line in lines_with_ends(text[body : body + _FIRST_CHARS]):
        start, at = at, at + len(line)
        content = line.strip()
        if not content or content.startswith(_NO_TEXT):
            continue
        lines += 1
        if lines > _FIRST_LINES:
            return None
        if word := _kin_of(content, name):
            return KIN, word, text.count("\n", 0, start) + 1
    return None


def _kin_of(line: str, name: str) -> str | None:
    content = line[_BULLET.match(line).end() :]  # type: ignore[union-attr]  # it matches anything
    head = content[:_LONGEST_SUBJECT]
    if not _my_words().may_hold(tokens_of(head)) and not has_wide(head):
        return None
    names = {fold(word) for word in name.split()}
    for match in _my().finditer(content):
        before = [fold(word) for word in re.findall(r"\w+", content[: match.start()])]
        if before and not (before[-1] in _COPULAS and names.union(_SUBJECTS, _COPULAS).issuperset(before)):
            continue
        for code in (code for code in LANGUAGES if fold(match[1]) in listed("my", frozenset((code,)))):
            if word := _begins_with_kin(content[match.end() :], _kin_words(code), names):
                return word
    return None


def _begins_with_kin(rest: str, words: Mapping[str, str], names: set[str]) -> str | None:
    """Return the word of kinship that a text starts with, if only punctuation or the name follows."""
    for wide in (word for word in words if has_wide(word)):
        if rest.startswith(wide) and not WIDE.match(rest.removeprefix(wide).removeprefix("です").removeprefix("だ")):
            return wide
    match = re.match(r"([^\W\d_]+(?:[ -][^\W\d_]+){0,2})", rest)
    parts = re.split(r"[ -]", match[1]) if match else []
    for count in range(len(parts), 0, -1):
        word = "-".join(map(fold, parts[:count]))
        if word in words:
            end = len(" ".join(parts[:count]))
            after = rest[end:].lstrip()
            follows = re.match(r"\w+", after)
            if not after or after[0] in ".,;:!()–—-" or (follows and fold(follows[0]) in names):
                return words[word]
            return None
    return None


@lru_cache(maxsize=1)
def _my_words() -> WordFilter:
    every = (word for code in LANGUAGES for word in tables()[code].get("my", ()))
    return WordFilter([word for word in every if not has_wide(word)])


@lru_cache(maxsize=1)
def _my() -> re.Pattern[str]:
    every = {word for code in LANGUAGES for word in tables()[code].get("my", ())}
    plain = "|".join(sorted((re.escape(word) for word in every if not has_wide(word)), key=len, reverse=True))
    wide = "|".join(sorted((re.escape(word) for word in every if has_wide(word)), key=len, reverse=True))
    return re.compile(rf"((?<!\w)(?:{plain})(?=\s)|{wide})\s*", re.IGNORECASE)


@lru_cache(maxsize=16)
def _kin_words(code: str) -> Mapping[str, str]:
    """Return folded word, its parts joined by hyphens → the word as it is listed."""
    return {"-".join(re.split(r"[ -]", fold(word))): word for word in tables()[code].get("kin", ())}
