"""Words next to a name that say who it is, or refer to it: `my boss Ada`, `Bo and his sister Ada`, `called her`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from netnotes.regex import regex
from netnotes.text.lexicon.words import Word, contact_words, fold, given_names, listed

_JOINED = regex(r"[\s,;&+/()*_\u00b7'’s]*(?:and|und|et|y|e|en|och|og|i|и|和|与|と)?[\s,;&+/*_]*")
ARTICLES = frozenset("o a os as ao à el al la il lo alla dr prof mr mrs ms frau herrn herr".split())
"""Words allowed between a contact word, or `with`, and a name."""
_ARTICLES_OF_THINGS = ARTICLES | frozenset("the an les los las gli de het een den det i".split())
"""Articles right before a name that mean it is not a person: `the Tate`."""
FURTHEST = 40
"""Most characters between a contact word and a name, filled by words on who it is: `lunch with my old friend Ada`."""
_MOST_WORDS = 4
_GAP = 12
"""Characters before a contact word that are searched for a pronoun."""
_PRONOUN_AFTER = regex(
    r"\s(?:(?:with|to|mit|avec|con|com|met|med|z|do|с|к|a|up|back)\s)?([^\W\d_]{2,8})(?:\s([^\W\d_]+))?"
)
_BEFORE_LIST = " @*_[\"'“"
_OPENS_LIST = "(:：="
_SUBJECT = regex(
    r"(?:^|[-*+\]>.,;:!?–—])\s{0,2}([^\W\d_a-zß-öø-ÿа-яё][^\W\d_]{1,20})(?:\s[^\s.,;:!?()]{1,20}){0,4}\s?$"
)
"""The first word of a clause that a bracket ends."""
_WRITER_FIRST = regex(r"(?<=[(:：=\s])(?:me|ich|moi|yo|eu|io|ik|jag|ja|я)\s?(?:,|&|and|und|et|y|e|en|och|i|и)\s?$")
"""The writer before the others of a list: `football: me, Ada, Bo`."""
_CLOSED = regex(r"[\s,;&+*_\]]*+(?:(?:and|und|et|y|e|en|och|i|и)\s+)?(?:[^\W\d_]{1,4}\s?)?\)")
"""What may follow a list in brackets: `and me`."""
_ENDED = regex(
    r"[\s*_\]]*+(?:\([^()\n]{1,40}\)\s*)?(?:[.;!?+–—]|-\s|$|\n"
    r"|(?:,\s)?(?:and|&|und|et|y|e|en|och|i|и)\s(?:a|an|the|two|three|some|others|me|ein|eine|une?|una?|een|ett)\b)"
)
"""What may follow a list that a colon opens."""
ACTING = regex(
    r"(?:\s?\([^()\n]{1,30}\)|\s(?:from|von|de|van|od|aus)\s\w{1,15})?\s*(?:(?:hat|hatte|has|had|a|ha|heeft|har|just|also|auch|aussi|kurz|wieder|again"
    r"|(?:and|&|und|et|y|e|och|en|i|и)\s(?:i|ich|moi|yo|eu|io|jag|ik|ja|я))\s)?[\s\[]*",
    re.IGNORECASE,
)
"""What may be between a name and what somebody did: `Ada has called`, `Bo and I met`."""
ENDS_LIST = regex(r"[\s*_\])\"'”»]*+(?:$|[-–—.,;:!?(+&])")
"""What may follow names that are a sentence by themselves: `Lunch. Ada, Bo.`"""
_LONGEST_QUESTION = 60
_ASIDE = regex(r"\([^()\n]{0,40}\)|,\s\d{1,2}\S{0,4}$")
"""What may be between a name and a question mark: a remark in brackets, a time of day."""
_CLAUSE_SIGN = regex(r"[.!…;:,–—|()\n]|\s-\s")
_THEN = regex(
    r"(?:\b(?:and|then|later|afterwards|also|plus|und|dann|danach|später|puis|ensuite|et|luego|después|y|poi|dopo|depois|e"
    r"|daarna|toen|en|potem|później|i|потом|sedan|och)\s|,\s)(?:[^\W\d_]{2,10}\s)?$"
)
"""The end of what is before a further contact word."""
_FOLLOWING = regex(
    r"[\s*_]*(?:$|[.,;:!?()&+–—-]|\d|(?:and|to|on|at|in|about|for|this|last|yesterday|today|then|who|i|we|he|she|they|und"
    r"|et|y|e|en|och|i|и|à|au|chez|sur|ce|hier|el|en|a|ayer|sobre|no|na|em|ontem|al|da|ieri|su|op|bij|over|gisteren|på|hos"
    r"|igår|om|w|na|o|wczoraj|в|на|вчера|о)(?!\w))",
    re.IGNORECASE,
)
"""What may follow a name that is a single word."""
_SHORTEST_SINGLE = 3
_WITH = frozenset("with w/ mit avec con com met med z ze с со".split())
_LONGEST_ITEM = 300
"""Characters of a line that may name somebody in lower case after a contact word and `with`."""
_DASH = regex(r"[\s*_\])]*\s[–—-]\s\W*")
_FURTHEST_DASH = 11
"""Characters between a name and a contact word with a dash between them."""


def is_apposition(between: str) -> bool:
    """Return whether words before a name only say who it is: `my sister`, `the neighbour`, `seine Frau`."""
    words = [fold(word.strip(".,()")) for word in between.split()]
    if not words or len(words) > _MOST_WORDS:
        return False
    return words[-1] not in _ARTICLES_OF_THINGS and all(word in _apposition_words() for word in words)


@lru_cache(maxsize=1)
def _apposition_words() -> frozenset[str]:
    kinds = ("who it is", "kin", "my", "who before a name", "title before a name")
    return frozenset(word for kind in kinds for word in listed(kind)) | ARTICLES


def are_joined(text: str, end: int, start: int) -> bool:
    """Return whether only signs, `and` or words such as `my brother` are between the names of a list."""
    if are_in_list(text, end, start):
        return True
    if not 0 < start - end < FURTHEST:
        return False
    joint = _JOINED.match(text, end, start)
    return joint is not None and joint.end() > end + 1 and is_apposition(text[joint.end() : start])


def are_in_list(text: str, end: int, start: int) -> bool:
    """Return whether only signs or `and` are between two names."""
    return _JOINED.fullmatch(text, end, start) is not None


def has_pronoun(text: str, word: Word) -> bool:
    """Return whether a pronoun is next to a contact word, without a noun after it."""
    after = _PRONOUN_AFTER.match(text, word.end)
    if after and fold(after[1]) in listed("pronoun"):
        return not after[2] or fold(after[2]) in listed("common")
    before = text[max(0, word.start - _GAP) : word.start].split()
    return bool(before) and fold(before[-1]) in listed("pronoun before")


def is_set_apart(text: str, start: int, end: int) -> bool:
    """Return whether text[start:end], a list of names, is all there is in brackets, or after a colon up to a full stop.

    Brackets that describe the person before them do not count: `Tom from hosting (Kestrel)`.
    """
    before = _WRITER_FIRST.sub("", text[:start]).rstrip(_BEFORE_LIST)
    if not before or before[-1] not in _OPENS_LIST:
        return False
    if before[-1] != "(":
        return _ENDED.match(text, end) is not None
    return _CLOSED.match(text, end) is not None and not _is_given_name(before[:-1])


def _is_given_name(before: str) -> bool:
    """Return whether the clause before a bracket begins with a first name."""
    subject = _SUBJECT.search(before, max(0, len(before) - FURTHEST))
    return subject is not None and fold(subject[1]) in given_names()


def is_asked(text: str, end: int) -> bool:
    """Return whether a question mark ends the clause of a name that ends at `end`: `call with Ada about the keys?`."""
    asked = text.find("?", end, end + _LONGEST_QUESTION)
    if asked < 0 or text[asked + 1 : asked + 2].isalnum():
        return False
    rest = _ASIDE.sub("", text[end:asked])
    return _CLAUSE_SIGN.search(rest) is None


def is_further(text: str, before: int, contact: Word) -> bool:
    """Return whether a contact word goes on with a line about another contact that ends at `before`: `, then rang`."""
    return _THEN.search(text, before, contact.start) is not None


def heads_line(text: str, start: int, end: int, contacts: Sequence[Word]) -> bool:
    """Return whether text[start:end], a list of names, begins the line, and a dash and a contact word are the rest.

    `Ada – dinner`, `Ada, Bo - lunch (1h)`; not `Ada – dinner ideas`.
    """
    return not any(map(str.isalpha, text[:start])) and any(
        0 < word.start - end < _FURTHEST_DASH
        and _DASH.fullmatch(text, end, word.start)
        and ENDS_LIST.match(text, word.end)
        for word in contacts
    )


def is_personal(text: str, name: tuple[int, int], before: Word, contacts: Sequence[Word]) -> bool:
    """Return whether a single word is somebody's name, in lower case too, because `1:1 with` or the like is before it.

    Nothing that goes on with it follows: not `1:1 with Acme people`.
    """
    key = fold(text[name[0] : name[1]])
    if not key.isalpha() or len(key) < _SHORTEST_SINGLE or _FOLLOWING.match(text, name[1]) is None:
        return False
    near = (word for word in contacts if 0 <= before.start - word.end < _SHORTEST_SINGLE)
    contact = next(near, before) if before.kind == "with" else before
    if not is_between_two(text, (contact,)):
        return False
    return key not in listed("no single name") and key not in listed("common")


def is_between_two(text: str, contacts: Sequence[Word]) -> bool:
    """Return whether one of the contact words means a talk of two people: `1:1`."""
    return any(fold(text[word.start : word.end]) in listed("between two") for word in contacts)


def names_in_lower_case(text: str) -> bool:
    """Return whether a line that is not too long may name somebody in lower case: `meeting with tilda`."""
    if len(text) > _LONGEST_ITEM:
        return False
    for word in _WITH.intersection(text.split(" ")):
        before, found, after = text.partition(f" {word} ")
        if (
            found
            and fold(before.rpartition(" ")[2]) in contact_words()
            and fold(after.partition(" ")[0]) not in listed("common")
        ):
            return True
    return False
