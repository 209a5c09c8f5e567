"""Names of somebody new in small letters, where a sentence has a name: `met zork`, not `met friends`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from netnotes.capture.names.book import NameMatch
from netnotes.capture.names.words import NameWord, is_beside, is_joined, name_words
from netnotes.capture.word_kinds import is_contact_word, is_lexical
from netnotes.text.lexicon.words import fold, given_names, tables, tokens_of

_FEWEST_LETTERS = 3
_AND = frozenset(("and", "n", "und", "u", "et", "y", "e", "en", "och", "o", "i", "и", "&", "+"))
_PLURAL = ("s", "ami", "ями", "ами")
"""How words for several people end: `friends`, `amigos`, `z kolegami`."""
_THINGS = (
    "milk sugar cream cake salad wine beer cheese bread rice chips fries water juice music work fun pleasure food"
    " dessert breakfast support reception security sales finance marketing legal management staff home school church"
    " town base hospital dentist doctor plumber landlord neighbour neighbor boss manager teacher police deadline target"
    " halfway stuff things computer excel laptop"
    " milch zucker kuchen sahne arbeit chef nachbarin nachbar arzt musik wein bier käse freunden kollegen leuten"
    " lait sucre travail patron voisin voisine médecin leche azúcar trabajo jefe vecino médico amici colleghi parenti"
    " latte zucchero lavoro capo vicino leite açúcar trabalho chefe vizinho melk suiker werk vrienden buren baas"
    " buurman buurvrouw huisarts mjölk socker jobb chef granne grannar läkare vänner kollegor folk"
    " mleko cukier praca szef sąsiad lekarz молоко сахар работа начальник сосед врач чай"
)
"""Words that are beside `with` or a verb of contact without being names, besides those of the tables."""


def ends_with_and(text: str, names: Sequence[NameMatch]) -> bool:
    """Return whether `and` and a word in small letters follow a name: only then `in_lower_case` finds anything."""
    after = (text[name.end :].split(maxsplit=2)[:2] for name in names)
    return any(len(words) > 1 and words[0].casefold() in _AND and words[1][0].islower() for words in after)


def in_lower_case(text: str, names: Sequence[NameMatch], languages: frozenset[str]) -> list[NameWord]:
    """Return the words in small letters that may be names of people who are new.

    They are right after `with`, a word of contact, or a name and `and`; or they begin the sentence before what somebody
    did. Nothing follows that they could belong to. In a sentence with `names` only those after one and `and` are found.
    """
    words = name_words(text)
    found: list[NameWord] = []
    for at, word in enumerate(words):
        if not (word.text.isalpha() and len(word.key) >= _FEWEST_LETTERS):
            continue
        new = [NameMatch(one.start, one.end, (), one.text) for one in found]
        before = sorted(name for name in (*names, *new) if name.end <= word.start)
        if any(name.start <= word.start < name.end for name in names):
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        joined = bool(before) and _is_after_and(text, before[-1].end, word.start, languages)
        acts = not before and not word.start and following and is_contact_word(following.key, languages)
        expected = joined if before else (acts or is_beside(text, word.start, (), languages))
        ends = following is None or acts or _is_apart(text, word, following, languages)
        if not word.text.islower() and not acts:
            # What is capitalised elsewhere is found as a name.
            continue
        if expected and ends and not (names and not before) and not _is_a_word(word.key, languages):
            found.append(word)
    return found


def _is_after_and(text: str, end: int, start: int, languages: frozenset[str]) -> bool:
    return not set(text[end:start].strip()) & set(",;/") and is_joined(text, end, start, languages)


def _is_apart(text: str, word: NameWord, following: NameWord, languages: frozenset[str]) -> bool:
    """Return whether the next word does not go on with a noun: `zork, lunch`, `zork yesterday`; not `project team`."""
    between = text[word.end : following.start].strip()
    known = is_lexical(following.key, languages | {"en"}) and not is_contact_word(following.key, languages)
    return bool(between) or following.text[0].isdecimal() or known


def _is_a_word(key: str, languages: frozenset[str]) -> bool:
    """Return whether a word has a meaning, and is no usual first name."""
    if is_lexical(key) or is_contact_word(key, languages):
        return True
    return key not in given_names() and (key.endswith(_PLURAL) or key in _all_words())


@lru_cache(maxsize=1)
def _all_words() -> frozenset[str]:
    """Return every word of the tables of all languages, and further words for things."""
    phrases = (phrase for table in tables().values() for kind in table for phrase in table[kind])
    return frozenset(fold(token) for phrase in (*phrases, _THINGS) for token in tokens_of(phrase))
