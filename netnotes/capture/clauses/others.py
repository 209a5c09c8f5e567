"""Find the people who did something without the writer: `Ada and Bo had lunch`, `Ada hat mit Bo telefoniert`.

Only acts that are among those who are named; not `Ada and Bo came over`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from netnotes.capture.clause_bounds import clause_around
from netnotes.capture.names.book import NameMatch
from netnotes.capture.word_kinds import company_words
from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import WIDE_LANGUAGES, Word, fold, listed, tokens_of

_ACTS, _AUXILIARY, _DONE, _ON_ANOTHER = "among themselves", "auxiliary", "done among themselves", "on another"
"""Lists: `had`, `trafen sich`; `haben` and `gegessen`; `met`, `rief`, before a further name."""
_AND = regex(r"\s*(?:[,&+、和跟与與と]|(?:and|und|et|y|e|en|och|i|и)(?=\s))\s*")
_SIDE_BY_SIDE = regex(r"\s*(?:[&+和跟与與と]|(?:and|und|et|y|e|en|och|i|и)(?=\s))\s*")
_SENTENCE = (".", ";", "!", "?", "。", "；")
_SUBJECT = regex("(?:さん|くん|君|ちゃん)?[がは]")
_WIDE_WRITER = regex("[我咱俺僕私]|うち|自分|くれ|来")
_MOST_BETWEEN = 2
_ASKED = regex(
    r"(?<!\w)(?:(?:asked|told|reminded|begged|urged|encouraged|persuaded|convinced)\s+"
    r"(?:(?:me|us|him|her|them)\s+)?(?:not )?to"
    r"|(?:bat\s+(?:(?:mich|uns|ihn|sie)\s*)?,|gebeten,?)(?=\s[^.;!?]*?(?:(?<!\w)zu\s\w+n|\w+zu\w+n)(?!\w))"
    r"|demandé(?:\s+à)?\s+d(?:e\s|['’])(?=\w+(?:er|ir|re)(?!\w))"
    r"|(?:pedí|pidió|pedido|dije|dijo)\s+(?:a\s+)?que(?=\s)"
    r"|(?:pedi|pediu|pedido)\s+(?:(?:ao?|à)\s+)?(?:para|pra|que)(?=\s)"
    r"|(?:chiest[oa]|detto)\s+(?:a\s+)?di\s(?=\w+re(?!\w))"
    r"|(?:gevraagd|vroeg)\s+(?:mij?\s+|me\s+)?om(?=\s[^.;!?]*(?<!\w)te\s\w+n(?!\w))"
    r"|(?:bad|bett)\s+(?:mig\s+)?att(?=\s)"
    r"|poprosi\w+[\s,]+(?:mnie[\s,]+)?(?:że|a|ze)by|попросил[аи]?\s+(?:меня\s+)?(?=\w+ть(?!\w)))",
    re.IGNORECASE,
)
"""What begins a clause with what somebody was asked to do: `asked Bo to call Ada`, where names are blank."""
_CLAUSE_END = regex(r"[.;!?](?=\s|$)|,\s(?:then|and then|dann|puis|luego|poi|depois|sedan|potem|потом)(?!\w)")


def among_themselves(text: str, names: Sequence[NameMatch], languages: frozenset[str]) -> frozenset[int]:
    """Return the indexes of the names of people who did something without the writer.

    `text`: a sentence in which names and days are blank.
    """
    if any(person.me for name in names for person in name.people):
        return frozenset()
    kinds = (_ACTS, _AUXILIARY, _DONE, _ON_ANOTHER)
    words = vocabulary(languages, kinds, sure=True).find(text) if names else ()
    found: set[int] = set()
    for verb in words:
        if verb.kind == _DONE:
            continue
        for group in _subjects(text, names, verb):
            end = clause_around(text, verb.start, verb.end)[1]
            if verb.language in WIDE_LANGUAGES:
                found |= {*group} if len(group) > 1 and not _WIDE_WRITER.search(text) else set()
                continue
            others = _partners(text, names, verb, end)
            if verb.kind == _AUXILIARY and not any(
                word.kind == _DONE and word.language == verb.language and verb.end <= word.start for word in words
            ):
                continue
            if verb.kind == _ON_ANOTHER:
                others = _objects(text, names, verb)
            alone = len(group) == 1 or verb.kind == _ON_ANOTHER
            if (others or not alone) and not _has_writer(text, names[group[0]].start, names[group[-1]].end, verb):
                found |= {*group, *others}
    return frozenset(found)


def asked_to_do(text: str, names: Sequence[NameMatch]) -> tuple[int, int] | None:
    """Return where it says what somebody was asked to do with another person: `asked Bo to call Ada`; else None."""
    asked = _ASKED.search(text)
    if asked is None:
        return None
    end = _CLAUSE_END.search(text, asked.end())
    start, stop = asked.end(), end.start() if end else len(text)
    inside = any(start <= name.start < stop for name in names)
    return (start, stop) if inside and any(name.start < start for name in names) else None


def _subjects(text: str, names: Sequence[NameMatch], verb: Word) -> Iterator[range]:
    """Yield the list of names that begins a sentence and ends right before a verb."""
    last = max((at for at, name in enumerate(names) if name.end <= verb.start), default=None)
    if last is None or not _is_gap(text[names[last].end : verb.start], verb):
        return
    first = last
    while first and _AND.fullmatch(text, names[first - 1].end, names[first].start):
        first -= 1
    lead = text[: names[first].start].rstrip()
    if any(name.possessive for name in names[first : last + 1]) or (lead and not lead.endswith(_SENTENCE)):
        return
    if first == last or _SIDE_BY_SIDE.fullmatch(text, names[last - 1].end, names[last].start):
        yield range(first, last + 1)


def _is_gap(between: str, verb: Word) -> bool:
    """Return whether only what may precede a verb is between its subject and the verb."""
    if verb.language == "ja":
        # The particle of the subject, and anything before the verb.
        return _SUBJECT.match(between) is not None
    if verb.language == "zh":
        return not between.strip()
    aside = listed("aside", frozenset({verb.language}))
    tokens = [fold(token) for token in tokens_of(between)]
    return len(tokens) <= _MOST_BETWEEN and between[:1].isspace() and all(token in aside for token in tokens)


def _partners(text: str, names: Sequence[NameMatch], verb: Word, end: int) -> list[int]:
    """Return the indexes of the names after `with` and a verb."""
    places = [at for at, name in enumerate(names) if verb.end <= name.start < end]
    for at in places:
        before = fold(text[: names[at].start].rsplit(maxsplit=1)[-1])
        if before in company_words() and not names[at].possessive:
            return [other for other in places if other >= at]
    return []


def _objects(text: str, names: Sequence[NameMatch], verb: Word) -> list[int]:
    """Return the indexes of the names right after a verb."""
    first = next((at for at, name in enumerate(names) if name.start >= verb.end), None)
    if first is None or names[first].possessive:
        return []
    between = text[verb.end : names[first].start].strip()
    if between and fold(between) not in listed("towards") and between.casefold() not in ARTICLES:
        return []
    last = first
    while last + 1 < len(names) and _AND.fullmatch(text, names[last].end, names[last + 1].start):
        last += 1
    return [*range(first, last + 1)]


def _has_writer(text: str, start: int, end: int, verb: Word) -> bool:
    """Return whether a sentence mentions the writer, or where they are, outside the subject."""
    own = frozenset({verb.language})
    writer = listed("the writer", own) | listed("at the writer's", own)
    return any(fold(token) in writer for token in (*tokens_of(text[:start]), *tokens_of(text[end:])))
