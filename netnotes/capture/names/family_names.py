"""The family name after a first name or a title in a sentence: whose it is, or that it is nobody's of the vault."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence

from netnotes.capture.names.book import DECLINING, NameBook, NameMatch, name_key
from netnotes.capture.names.dates_or_names import begins_fixed_day
from netnotes.capture.names.other_script import is_same_name
from netnotes.capture.names.words import CONTRACTED, LONGEST_NAME, NameWord, is_run, written_name
from netnotes.capture.word_kinds import is_calendar_word, is_contact_word, is_lexical
from netnotes.extract.people.inflection import forms
from netnotes.model import Person
from netnotes.text.lexicon.words import LANGUAGES, REMOTE, given_names, listed
from netnotes.text.names_in_lines import PARTICLES

_NEAR = 0.82
"""How similar a family name must be to be a misspelled one."""
_GENITIVE = frozenset(("de", "sv"))
"""Languages in which only an `s` is added: `Ada Okafors`."""


def with_family_name(
    text: str, words: Sequence[NameWord], at: int, who: Sequence[Person], book: NameBook, languages: frozenset[str]
) -> tuple[NameMatch, int] | None:
    """Return the name that goes on after a first name, and how many words it has; None if it does not go on.

    `who`: everybody with the first name at `at`. The name is theirs who have the family name; nobody's, to be asked
    about, if none of them has: `Ada Okafur` where only Ada Okafor is known.
    """
    known = {name for person in who for name in _further(person)}
    end = _end_of_name(text, words, at, book.first_words - known, languages)
    if end == at + 1:
        return None
    last = words[end - 1]
    own = tuple(person for person in who if any(_is_of(last.key, name, languages) for name in _further(person)))
    sure = last.text[:1].isupper() and _is_surely_name(text, words, end, languages)
    if not own and not sure and not any(_is_similar(last.key, name) for name in known):
        return None
    written, possessive = written_name(text, words[at:end])
    start = words[at].start
    stop = start + len(written) + (text[start] == "@")
    return NameMatch(start, stop, own, written, possessive, namesakes=() if own else tuple(who)), end - at


def titled_name(
    text: str, words: Sequence[NameWord], at: int, book: NameBook, languages: frozenset[str]
) -> tuple[NameMatch, int] | None:
    """Return the name that begins with a title: `Frau Vogel`, `Dr. Quill`, `Aunt Rosa`."""
    word = words[at]
    if at + 1 == len(words) or not is_run(text, words[at : at + 2]):
        return None
    if len(word.key) == 1 and word.text.isupper() and text.startswith(".", word.end):
        # `A. Okafor`
        who = tuple(one for one in book.with_family_name(words[at + 1].key) if name_key(one.name).startswith(word.key))
        written, possessive = written_name(text, words[at : at + 2])
        return (NameMatch(word.start, word.start + len(written), who, written, possessive), 2) if who else None
    if word.key not in listed("title before a name"):
        return None
    if word.text[:1].islower() and is_lexical(word.key):
        # The French `Me Dupont`, but not `told me`.
        return None
    key = words[at + 1].key
    who = book.with_name(key, languages) or book.with_family_name(key)
    if not who or (words[at + 1].text[:1].islower() and is_lexical(key, languages)):
        return None
    written, possessive = written_name(text, words[at : at + 2])
    return NameMatch(word.start, word.start + len(written), who, written, possessive), 2


def _end_of_name(
    text: str, words: Sequence[NameWord], at: int, others: Collection[str], languages: frozenset[str]
) -> int:
    """Return the index after the last word that may belong to the name whose first word is at `at`.

    `others`: words with which the names of other people begin.
    """
    end = at + 1
    for place in range(at + 1, min(len(words), at + LONGEST_NAME)):
        word = words[place]
        if not is_run(text, words[place - 1 : place + 1]) or text[words[place - 1].end] == ".":
            break
        if word.text in PARTICLES:
            continue
        if not _may_be_family_name(text, word, languages) or (end > at + 1 and word.text[:1].islower()):
            break
        if word.key in others:
            # `lunch with Ada Bo`
            break
        end = place + 1
        if word.text[:1].islower():
            break
    return end


def _may_be_family_name(text: str, word: NameWord, languages: frozenset[str]) -> bool:
    if CONTRACTED.search(word.key) or word.key in listed("end of", languages):
        # `Ada Ende Mai`
        return False
    if begins_fixed_day(text[word.start :], languages):
        # `Ada New Year's Eve`
        return False
    if len(word.key) == 1:
        # `Ada Z.`, but not `called Ada I think`
        return word.text.isupper() and text.startswith(".", word.end)
    named = word.key in given_names() and word.text[:1].isupper() and not is_calendar_word(word.text)
    if word.text[:1].isupper():
        return named or not (
            is_lexical(word.key, languages) or is_calendar_word(word.key) or is_contact_word(word.key, languages)
        )
    return not (is_lexical(word.key) or is_contact_word(word.key, languages))


def _further(person: Person) -> Iterator[str]:
    """Yield the words of a person's names after the first, as names are compared."""
    for name in (person.name, *person.aliases):
        yield from name_key(name).split()[1:]


def _is_of(key: str, name: str, languages: frozenset[str]) -> bool:
    """Return whether a written family name is a form of somebody's: `Wójcikiem`, `Okafors`, `O.`."""
    if key == name or (len(key) == 1 and name.startswith(key)):
        return True
    if (key == f"{name}s" and languages & _GENITIVE) or is_same_name(key, name):
        return True
    declined = not name.isascii() or bool(languages & DECLINING)
    return declined and key in forms(name, name, polish="pl" in languages)


def _is_similar(key: str, name: str) -> bool:
    if len(key) == len(name) and sorted(key) == sorted(name):
        return True
    return difflib.SequenceMatcher(None, key, name).ratio() >= _NEAR


def _is_surely_name(text: str, words: Sequence[NameWord], end: int, languages: frozenset[str]) -> bool:
    """Return whether a capitalised word after a first name is a name and no German noun: `mit Ada Suppe gegessen`."""
    if "de" not in languages or languages == frozenset(LANGUAGES) or end == len(words):
        return True
    follows = words[end]
    if not is_run(text, words[end - 1 : end + 1]) or is_contact_word(follows.key, languages, REMOTE):
        return True
    return is_lexical(follows.key) and not is_contact_word(follows.key, languages)
