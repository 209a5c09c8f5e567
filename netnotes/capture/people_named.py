"""Who is meant by the names in a sentence: people of the vault, relatives of theirs, somebody new, or a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from netnotes.capture.names.book import DECLINING, NameBook, NameMatch, is_declined, name_key
from netnotes.capture.names.lower_case import in_lower_case
from netnotes.capture.names.words import name_words
from netnotes.capture.places.find import Venue
from netnotes.capture.question import Question
from netnotes.capture.understood import Understood
from netnotes.capture.word_kinds import (
    begins_with,
    company_words,
    is_calendar_word,
    is_contact_word,
    is_grammar,
    is_lexical,
)
from netnotes.extract.people.inflection import forms
from netnotes.extract.people.names import folded
from netnotes.model import Person
from netnotes.regex import regex
from netnotes.text.lexicon.words import WIDE_LANGUAGES, fold, given_names, listed, tables

_RELATIONS = ("kin", "kin as a name", "who it is", "people of somebody")
_POSSESSIVE = regex(r"['’]s?\s|(?<=[sßxz])\s|\s(?:haar|zijn|hun)\s")
"""What is between a name and a relative of theirs: `Ada's mum`, `Adas Mutter`, `Ada haar moeder`."""
_OF = regex(
    r"\s(?:of|von|vom|van|de|del|di|da|do|till|av)(?:\s(?:la|el|der|dem|den))?\s$|\s(?:d|dell|l)['’]$", re.IGNORECASE
)
"""What is between a relative and a name: `mother of `, `mère d'`, `irmã da `."""
_WIDE_POSSESSIVE = regex(r"(?:的|(?:さん|ちゃん|くん|君)?の)?(?=[\u3040-\u30ff\u3400-\u9fff])")
_FEWEST_LETTERS = 2
"""Letters of a word that may be a misspelled name."""
_OWNED = regex(r"['’]s?(?!\w)")
_LAST_WORDS = regex(r"(?:([^\W\d_-]+)[ -])?([^\W\d_]+(?:-[^\W\d_]+)*)$")
_FIRST_WORDS = regex(r"([^\W\d_]+(?:-[^\W\d_]+)*)(?: ([^\W\d_]+(?:-[^\W\d_]+)*)(?: ([^\W\d_]+))?)?")
_WORD = regex(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS = {"de": ("n", "s", "en", "e"), "sv": ("n", "en", "na")}
"""What a word such as `Mutter` or `mamma` may have at its end."""
_GENITIVE = regex(r"[yiaыиая]$", re.IGNORECASE)
"""How a Polish or Russian name in the genitive ends; the name of the relative herself would be in another case."""


def people_named(
    names: Sequence[NameMatch], place: Venue | None, book: NameBook, log_of: Person | None
) -> tuple[tuple[Person, ...], tuple[str, ...], tuple[Question, ...]]:
    """Return who some names mean: people of the vault, names that nobody has, and what must be asked.

    Owners, as in `Ada's party`, are nobody unless they are the hosts. `log_of` need not be named.
    """
    people: dict[str, Person] = {}
    unknown: dict[str, None] = {}
    ask: dict[str, Question] = {}
    certain = {name.person.id for name in names if name.person}
    for name in names:
        if name.possessive and (place is None or place.host is not name):
            continue
        if person := name.person:
            if not person.me:
                people[person.id] = person
        elif not name.people:
            near = () if name.linked else _similar(name, book)
            if near:
                ask[name.written] = Question("people", name.written, near, f"no one is called {name.written}", new=True)
            else:
                unknown[name.written] = None
        elif not any(one.id in certain for one in name.people):
            choices = choices_between(sorted(name.people, key=_by_name))
            ask[name.written] = Question("people", name.written, choices, f"which {name.written}?")
    if log_of is not None:
        people = {log_of.id: log_of} | people
    return tuple(people.values()), tuple(unknown), tuple(ask.values())


def asking_whom(
    found: Understood, book: NameBook, own: frozenset[str], read: Callable[[str], Understood]
) -> Understood | None:
    """Return what a sentence that names nobody says if a word in it is a name; None if there is no such word."""
    text = found.text
    meant = _unusual_names(text, book, own)
    if not meant:
        return _asking_for_somebody_new(text, own, read)
    for name in reversed(meant):
        text = text[: name.start] + name.people[0].name.split()[0] + text[name.end :]
    again = read(text)
    names = {name.start: name for name in meant if name.start in {one.start for one in again.names}}
    if not again.logged or not names:
        return None
    asked = [name for name in again.names if name.start in names]
    others = [name for name in again.names if name.start not in names]
    people, unknown, ask = people_named(others, None, book, None)
    ask = (*(_asked_about(names[name.start], book) for name in asked), *ask)
    return replace(
        again,
        people=people,
        unknown=unknown,
        names=tuple(
            name._replace(people=(), written=names[name.start].written) if name in asked else name
            for name in again.names
        ),
        ask=(*ask, *(one for one in again.ask if one.field != "people")),
    )


def _asking_for_somebody_new(text: str, own: frozenset[str], read: Callable[[str], Understood]) -> Understood | None:
    """Return what a sentence says if words in small letters are names of people who are new: `met zork`."""
    words = in_lower_case(text, (), own)
    written = text
    for word in reversed(words):
        written = f"{written[: word.start]}[[{word.text.capitalize()}]]{written[word.end :]}"
    again = read(written) if words else None
    if again is None or not again.logged or {*again.unknown} != {word.text.capitalize() for word in words}:
        return None
    new = (Question("people", word.text, (), f"no one is called {word.text}", new=True) for word in words)
    return replace(again, unknown=(), ask=(*new, *again.ask))


def _unusual_names(text: str, book: NameBook, languages: frozenset[str]) -> list[NameMatch]:
    """Return words that may name people where a sentence names nobody: `juli am bahnhof getroffen`, `called bne`.

    They are names in small letters that are also words; else the first word that is spelled almost like a name.
    """
    words = [word for word in name_words(text) if word.text.isalpha() and len(word.key) >= _FEWEST_LETTERS]
    common = [
        NameMatch(word.start, word.end, book.with_name(word.key), word.text)
        for word in words
        if word.text.islower()
        and word.key in book.first_words
        and (is_calendar_word(word.key) or not is_grammar(word.key))
    ]
    if found := [name for name in common if name.people and not any(one.me for one in name.people)]:
        return found
    for word in words:
        if not is_lexical(word.key) and not is_contact_word(word.key, languages):
            people = tuple(one for known in book.near(word.text) for one in book.with_name(name_key(known)))
            if people:
                return [NameMatch(word.start, word.end, people, word.text)]
    return []


def _asked_about(name: NameMatch, book: NameBook) -> Question:
    """Return the question whom one of these words means."""
    choices = choices_between(tuple({one.id: one for one in name.people}.values()))
    if book.with_name(name_key(name.written)):
        return Question("people", name.written, choices, f"is {name.written} a person here?")
    return Question("people", name.written, choices, f"no one is called {name.written}", new=True)


def choices_between(people: Sequence[Person]) -> tuple[str, ...]:
    """Return what a sentence can say for each of these people: the name, or a link to the note if two have one name."""
    count = Counter(person.name for person in people)
    return tuple(_linked(one.path) if one.path and count[one.name] > 1 else one.name for one in people)


def chosen(people: Iterable[Person], choice: str) -> Person:
    """Return which of the people one of `choices_between` means."""
    if choice.startswith("[["):
        return next(one for one in people if one.path and _linked(one.path) == choice)
    return next(one for one in people if one.name == choice)


def _linked(path: str) -> str:
    return f"[[{path.removesuffix('.md')}]]"


def _by_name(person: Person) -> tuple[str, str]:
    return person.name, person.id


def _similar(name: NameMatch, book: NameBook) -> tuple[str, ...]:
    """Return whom an unknown name may mean: names spelled like it, then those that begin like it."""
    near = [person for known in book.near(name.written) for person in book.with_name(name_key(known))]
    people = {person.id: person for person in (*near, *sorted(name.namesakes, key=_by_name))}
    return choices_between(tuple(people.values()))


def with_relatives(text: str, names: Sequence[NameMatch], book: NameBook, languages: frozenset[str]) -> list[NameMatch]:
    """Return names with those of somebody's relative, friend or colleague as names of their own: `Ada's mum`.

    If nobody in the vault has such a name, it is asked who is meant. If the relative is named, that name counts:
    `Ada's brother Bo`.
    """
    found: list[NameMatch] = []
    for at, name in enumerate(_without_relations(text, names, languages)):
        if any(one.start <= name.start < one.end for one in found):
            # `mum`, which may be a name as well
            continue
        start, end = _relative_of(text, name, languages) or (name.start, name.end)
        if (start, end) == (name.start, name.end):
            found.append(name)
        elif own := _name_of_relative(text, start, end, [*found, *names[at + 1 :]]):
            # `Ada's brother Bo`, `Bo, brother of Ada`
            found.append(name._replace(possessive=True))
            found += [own] if own not in (*found, *names) else []
        else:
            written = text[start : name.start] + name.written + text[name.end : end]
            owned = _OWNED.match(text, end) is not None
            owner = name.people or name.namesakes or book.with_name(name_key(name.written).removesuffix("s"))
            found = [one for one in found if one.end <= start]
            found.append(NameMatch(start, end, book.with_name(name_key(written)), written, owned, namesakes=owner))
    return found


def _without_relations(text: str, names: Sequence[NameMatch], languages: frozenset[str]) -> list[NameMatch]:
    """Return names without the words for a relative that were taken for a family name: `Adas Bruder`."""
    found = []
    for name in names:
        first = name.written.partition(" ")[0]
        end = name.start + len(first)
        cut = not name.people and first != name.written and _end_of_relation(text, end + 1, languages)
        found.append(name._replace(end=end, written=first) if cut else name)
    return found


def _relative_of(text: str, name: NameMatch, languages: frozenset[str]) -> tuple[int, int] | None:
    """Return where a relative of somebody is named, together with their name; None if it is only they."""
    if not languages.isdisjoint(WIDE_LANGUAGES) and (between := _WIDE_POSSESSIVE.match(text, name.end)):
        end = between.end()
        length = max(begins_with(text[end:], kind) for kind in _RELATIONS)
        return (name.start, end + length) if length else None
    if behind := _POSSESSIVE.match(text, name.end):
        ended = _end_of_relation(text, behind.end(), languages)
        return None if ended is None else (name.start, ended)
    before = text[: name.start]
    if of := _OF.search(before):
        start = _start_of_relation(before[: of.start()], languages)
    elif languages & DECLINING and _GENITIVE.search(name.written) and is_declined(name):
        start = _start_of_relation(before.rstrip(), languages)
    else:
        return None
    return None if start is None else (start, name.end)


def _end_of_relation(text: str, at: int, languages: frozenset[str]) -> int | None:
    """Return the end of a word such as `mum`, perhaps behind another one: `older brother`, `best friend`."""
    match = _FIRST_WORDS.match(text, at)
    if match is None:
        return None
    known = _relations(languages)
    first, second, _ = match.groups()
    ends = [end for end in map(match.end, (1, 2, 3)) if end >= 0]
    for end in reversed(ends[:2]):
        # `Nils sön` is a Sunday, `Nils son` a son.
        if folded(text[at:end]) in known and text[at:end].casefold() not in tables()["sv"]["short weekdays"]:
            return end
    # One word in between: no list, no `with`, no name.
    if second is None or not first.islower() or fold(first) in company_words() | listed("and"):
        return None
    for end in reversed(ends[1:]):
        if folded(text[match.start(2) : end]) in known:
            return end
    return None


def _start_of_relation(before: str, languages: frozenset[str]) -> int | None:
    """Return where a word such as `mother` begins, if a text ends with one."""
    words = _LAST_WORDS.search(before)
    known = _relations(languages)
    if words is None:
        return None
    if words[1] and folded(words[0]) in known:
        return words.start()
    return words.start(2) if folded(words[2]) in known else None


def _name_of_relative(text: str, start: int, end: int, names: Iterable[NameMatch]) -> NameMatch | None:
    """Return the name beside words for a relative, if one is: one of `names`, or the first name of somebody new."""
    for name in names:
        begins = name.start == end + 1 and text[end] == " "
        # Of `brother Bo`, `brother` may be taken for a title.
        if begins or (name.people and start < name.start < end < name.end) or text[name.end : start] == ", ":
            return name
    word = _WORD.match(text, end + 1) if text.startswith(" ", end) else None
    if word is None or not word[0][:1].isupper() or fold(word[0]) not in given_names():
        return None
    return NameMatch(word.start(), word.end(), (), word[0])


@lru_cache(maxsize=16)
def _relations(languages: frozenset[str]) -> frozenset[str]:
    """Return the words for relatives, friends and the like in some languages, in all their forms."""
    found = {word for kind in _RELATIONS for word in listed(kind, languages)}
    for language, ends in _ENDS.items():
        if language in languages:
            found |= {word + end for kind in _RELATIONS for word in listed(kind, frozenset({language})) for end in ends}
    for language in languages & DECLINING:
        words = {word for kind in _RELATIONS for word in listed(kind, frozenset({language}))}
        found |= {form for word in map(folded, words) for form in forms(word, word, polish=language == "pl")}
    return frozenset(map(folded, found))
