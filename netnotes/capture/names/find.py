"""Find the people that a sentence names, including those named like a month, a weekday or a number.

Knows the people of one vault. Finds where they are named, not what they did.
"""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.capture.names.book import DECLINING, NameBook, NameMatch, name_key, name_word
from netnotes.capture.names.family_names import titled_name, with_family_name
from netnotes.capture.names.lists import with_listed
from netnotes.capture.names.wide import in_katakana, wide_names
from netnotes.capture.names.words import (
    CONTRACTED,
    JOINED,
    LONGEST_NAME,
    POSSESSIVE,
    NameWord,
    is_addressed,
    is_beside,
    is_for_somebody,
    is_initial,
    is_joined,
    is_run,
    is_subject,
    is_usual_name,
    name_words,
    unknown_name,
    word_before,
    written_name,
)
from netnotes.capture.word_kinds import (
    company_words,
    is_calendar_word,
    is_contact_word,
    is_inside_contact,
    is_lexical,
)
from netnotes.extract.people.inflection import forms
from netnotes.model import Person
from netnotes.regex import regex
from netnotes.text.lexicon.words import LANGUAGES, fold, given_names, listed
from netnotes.text.line_masking import blank

SHORTEST_STEM = 3
"""Fewest letters of a name in the genitive, without its `s`."""
_POSSESSED = regex("['’]")
_AT_HOME = ("casa da ", "casa do ", "casa de ", "casa di ", "chez ")
_SAME_LETTERS = 2
"""Letters that no case of a name changes: `Pawła` is of Paweł."""
_WITH_INITIAL = 2
"""Words of a name such as `Ada B.`."""
_LINK = regex(r"\[\[([^\]|#]+)(?:#[^\]|]*)?(?:\|([^\]]*))?\]\]")
_ADDRESS = regex(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w)[A-Za-z][A-Za-z+.-]+://\S+|(?<!\w)www\.\S+")
_NEXT_WORD = regex(r"\s([^\W\d_]+)")
_GENITIVE = frozenset(("de", "sv"))
"""Languages in which only an `s` is added: `Adas`."""


def addresses(text: str) -> list[tuple[int, int]]:
    """Return where a text has addresses, in which nobody is named: `ada@example.org`, `https://example.org/ada`."""
    return [found.span() for found in _ADDRESS.finditer(text)]


def find_names(text: str, book: NameBook, languages: frozenset[str] = frozenset(LANGUAGES)) -> list[NameMatch]:
    """Return where a sentence names people, in order: known people, and unknown names right after `with` or a contact.

    The longest name at a place wins. A word that is also a month, a weekday, a number or a common word is a name if it
    is written like one, or is where a name is expected; `dates_or_names` decides the rest.
    """
    text = blank(text, addresses(text))
    words = name_words(text)
    found: list[NameMatch] = []
    at = 0
    while at < len(words):
        named, step = _at(text, words, at, book, found, languages)
        if named:
            found.append(named)
        at += step
    found = with_listed(text, words, found, book)
    if text.isascii():
        return found
    found = sorted((*found, *wide_names(text, book, found)))
    return found or list(in_katakana(text, book))


def _at(
    text: str,
    words: Sequence[NameWord],
    at: int,
    book: NameBook,
    before: Sequence[NameMatch],
    languages: frozenset[str],
) -> tuple[NameMatch | None, int]:
    word = words[at]
    if link := _LINK.fullmatch(word.text):
        path = link[1].strip().removesuffix(".md")
        target = path.rpartition("/")[2].strip()
        people = book.with_name(name_key(target))
        at_path = tuple(one for one in people if one.path and f"/{one.path}".endswith(f"/{path}.md"))
        if not people and book.is_file(link[1].strip()) and word_before(text, word.start) not in company_words():
            # `about [[Project]]`, `at [[Café Luna]]`
            return None, 1
        return NameMatch(word.start, word.end, at_path if "/" in path and at_path else people, target, linked=True), 1
    if named := _unusual(text, word, book):
        return named, sum(one.start < named.end for one in words[at:])
    beside = is_beside(text, word.start, before, languages)
    if word.key in book.first_words and (known := _known(text, words, at, book, before, languages)):
        return known
    if titled := titled_name(text, words, at, book, languages):
        return titled
    declined = _declined(text, word, book, languages, beside=beside)
    if not declined and (beside or word.text.lstrip("@")[:1].isupper()) and not is_lexical(word.key):
        declined = book.in_other_script(word.key)
    if declined:
        return with_family_name(text, words, at, declined, book, languages) or (
            NameMatch(word.start, word.end, declined, word.text),
            1,
        )
    return _other_name(text, words, at, book, before, languages, beside=beside)


def _other_name(
    text: str,
    words: Sequence[NameWord],
    at: int,
    book: NameBook,
    before: Sequence[NameMatch],
    languages: frozenset[str],
    *,
    beside: bool,
) -> tuple[NameMatch | None, int]:
    """Return the name of nobody in the vault that begins at a word, misspelled or new."""
    word = words[at]
    if (
        beside
        and word.text.islower()
        and word.key in listed("kin as a name", languages)
        and not _POSSESSED.match(text, word.end)
    ):
        # `called mum`
        return NameMatch(word.start, word.end, (), word.text.capitalize()), 1
    joined = bool(before) and is_joined(text, before[-1].end, word.start, languages)
    and_them = joined and text[word.start - 2] not in ",;"
    if beside and word.text.islower() and (and_them or word_before(text, word.start) in company_words()):
        # `with bteh`, `Ada and bteh` are asked; `with friends`, `Ada and cake` are not.
        if and_them and word.text.isalpha() and word.key in given_names() and not is_lexical(word.key, languages):
            return NameMatch(word.start, word.end, (), word.text.capitalize()), 1
        misspelled = word.text.isalpha() and not is_lexical(word.key) and book.near(word.text)
        return (NameMatch(word.start, word.end, (), word.text) if misspelled else None), 1
    if not word.text.lstrip("@")[:1].isupper() or text.endswith("@ ", 0, word.start):
        return None, 1
    if word.text.startswith("@") and _is_place(text, words, word, book, before, languages):
        return None, 1
    return _new_name(text, words, at, book, languages, beside=beside)


def _is_place(
    text: str,
    words: Sequence[NameWord],
    word: NameWord,
    book: NameBook,
    before: Sequence[NameMatch],
    languages: frozenset[str],
) -> bool:
    """Return whether an unknown name with an `@` is rather where somebody known was: `lunch @Dishoom with Ada`."""
    joined = bool(before) and is_joined(text, before[-1].end, word.start, languages)
    listed_with = joined or word_before(text, word.start) in company_words()
    return not listed_with and any(other.key in book.first_words for other in words if other is not word)


def _known(
    text: str,
    words: Sequence[NameWord],
    at: int,
    book: NameBook,
    before: Sequence[NameMatch],
    languages: frozenset[str],
) -> tuple[NameMatch, int] | None:
    """Return the name of somebody in the vault that begins at a word, the longest that is certainly one."""
    word = words[at]
    for end in range(min(len(words), at + LONGEST_NAME), at, -1):
        if not is_run(text, words[at:end]):
            continue
        last = words[end - 1]
        who = book.with_name(" ".join(one.key for one in words[at:end]), languages)
        if not who and end - at == _WITH_INITIAL and is_initial(text, last, languages):
            who = book.with_initial(word.key, last.key)
        initial = end - at == _WITH_INITIAL and is_initial(text, last, languages) and text.startswith(".", last.end)
        if not who and initial and (namesakes := book.first.get(word.key)):
            # `ada z.`, where only Ada Okafor is known, is asked.
            written = text[word.start : last.end]
            return NameMatch(word.start, last.end + 1, (), written, namesakes=tuple(namesakes)), 2
        if end - at == 1 and (word.key in listed("me", frozenset(("en",))) or _is_auxiliary(text, word, before)):
            continue
        sure = end - at > 1 or _is_at_home(text, last) or _is_addressed_name(text, word, before, languages)
        if who and (sure or is_subject(text, words, at, languages)):
            if end - at == 1 and (further := with_family_name(text, words, at, who, book, languages)):
                return further
            written, possessive = written_name(text, words[at:end])
            stop = word.start + len(written) + (text[word.start] == "@") + initial
            return NameMatch(word.start, stop, who, written, possessive), end - at
    return None


def _is_addressed_name(text: str, word: NameWord, before: Sequence[NameMatch], languages: frozenset[str]) -> bool:
    """Return whether a word is written like a name, or where only a name can be: `w ada`, `mail to will`."""
    verbs = listed("acts", languages) | listed("promised by me", languages)
    told = word_before(text, word.start) in verbs and not is_calendar_word(word.text)
    short_with = "en" in languages and word_before(text, word.start) == "w"
    beside = is_beside(text, word.start, before, languages)
    at_home = text[: word.start].casefold().endswith(_AT_HOME)
    inside = at_home or is_inside_contact(text, word.start, word.end, languages)
    for_them = not is_calendar_word(word.text) and is_for_somebody(text, word, languages)
    addressed = beside or inside or told or short_with or for_them or is_addressed(text, word.start, languages)
    return _is_written_as_name(word, languages, beside=addressed)


def _unusual(text: str, word: NameWord, book: NameBook) -> NameMatch | None:
    """Return the name with digits, brackets or an elision whose first word is here."""
    for before, name in book.unusual.get(word.key.partition(" ")[0], ()):
        start, end = word.start - before, word.start - before + len(name)
        goes_on = len(text) > end and text[end - 1 : end + 1].isalnum()
        if start >= 0 and name_key(text[start:end]) == name and not goes_on:
            return NameMatch(start, end, book.with_name(name), text[start:end])
    return None


def _begins_list(text: str, name: NameMatch, word: NameWord, book: NameBook) -> bool:
    """Return whether an unknown name begins a list of names: `Ada, Bo and me`, `Orla & Ada`."""
    start = text[: name.start].rstrip()
    if name.possessive or (start and start[-1] not in ".,:;!?–-("):
        return False
    joined = JOINED.match(text, name.end)
    after = name_word(text).match(text, joined.end()) if joined and joined[0].strip() else None
    if joined is None or after is None:
        return False
    key = name_key(after[0])
    if not after[0][:1].isupper() or is_lexical(key):
        return False
    # `Pizza, Ada and Bo` begins with no name; `Orla and Ada` does.
    return word.key in given_names() or (key in book.first_words and joined[0].strip(" ,;") != "")


def _is_written_as_name(word: NameWord, languages: frozenset[str], *, beside: bool) -> bool:
    """Return whether a word is written like a name: capitalised, or lower case if it can be nothing else."""
    plain = word.text.lstrip("@")
    return word.text.startswith("@") or plain[:1].isupper() or beside or not is_lexical(word.key, languages)


def _is_auxiliary(text: str, word: NameWord, before: Sequence[NameMatch]) -> bool:
    """Return whether a word such as `will` begins a clause about the future: `tea with Bo, will send him the map`."""
    after = _NEXT_WORD.match(text, word.end)
    comma = before and text[before[-1].end : word.start].strip() == ","
    return bool(comma and after and word.text.islower() and word.key in listed("planning")) and (
        after is not None and fold(after[1]) not in frozenset().union(*map(listed, ("and", "with", "on", "place")))
    )


def _is_at_home(text: str, word: NameWord) -> bool:
    """Return whether a word in the possessive follows `at`: `tea at mum's`."""
    possessive = POSSESSIVE.search(word.text) is not None and not is_calendar_word(word.key)
    at_sign = text[: word.start].rstrip().endswith("@")
    return possessive and (at_sign or word_before(text, word.start) in listed("place of somebody"))


def _is_reached(text: str, start: int, languages: frozenset[str]) -> bool:
    """Return whether a place is right after a verb of reaching somebody: `звонил Марк`."""
    before = word_before(text, start)
    return before in listed("reached by me", languages) | listed("reached by them", languages)


def _declined(
    text: str, word: NameWord, book: NameBook, languages: frozenset[str], *, beside: bool
) -> tuple[Person, ...]:
    """Return the people meant by a declined name: `z Łukaszem`, `do łukasza`."""
    beside = beside or word_before(text, word.start) in listed("with", languages & DECLINING)
    if is_lexical(word.key) or not (beside or word.text[:1].isupper() or languages & DECLINING):
        return ()
    found: dict[str, Person] = {}
    if languages & DECLINING:
        polish = "pl" in languages
        near = (key for key in book.first_words if key[:_SAME_LETTERS] == word.key[:_SAME_LETTERS])
        for key in near:
            if word.key in forms(key, key, polish=polish) and (
                beside or word.text[:1].isupper() or not is_lexical(key)
            ):
                found |= {person.id: person for person in book.with_name(key, languages)}
    stem = word.key.removesuffix("s")
    if not found and stem != word.key and len(stem) >= SHORTEST_STEM and languages & _GENITIVE:
        return book.with_name(stem)
    return tuple(found[number] for number in sorted(found))


def _new_name(
    text: str, words: Sequence[NameWord], at: int, book: NameBook, languages: frozenset[str], *, beside: bool
) -> tuple[NameMatch | None, int]:
    """Return an unknown name that a capitalised word begins, where a name is expected or a list of names begins."""
    word = words[at]
    # `I'll`, `We'd`
    lexical = is_lexical(word.key) or is_lexical(CONTRACTED.sub("", word.key))
    unknown = unknown_name(text, words, at, languages)
    if unknown[0] and unknown[1] == 1 and (family := book.with_family_name(word.key)):
        # `lunch with Quill`
        begins = not at or text[: word.start].rstrip().endswith((".", ";", "!", "?", ","))
        acts = begins and at + 1 < len(words) and is_contact_word(words[at + 1].key, languages)
        if beside or acts or _begins_list(text, unknown[0], word, book):
            return unknown[0]._replace(people=family), 1
    if beside or (not text.isascii() and _is_reached(text, word.start, languages) and book.near(word.text)):
        return unknown if not lexical or is_usual_name(text, word) else (None, 1)
    return unknown if not lexical and unknown[0] and _begins_list(text, unknown[0], word, book) else (None, 1)
