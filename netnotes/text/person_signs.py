"""Signs in a note's first lines that it is about a person: a birthday, kinship, a telephone. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import pairwise

from netnotes.regex import regex
from netnotes.text.lexicon.words import WIDE, contact_words, fold, listed, numbered, property_keys
from netnotes.text.line_breaks import lines_with_ends
from netnotes.text.line_dates import born_words

WHO, BIRTHDAY, RELATIVE, TELEPHONE, LOG, PUBLIC, OWN, ANIMAL, KNOWN = (
    *("who", "birthday", "relative", "telephone", "log", "public", "own", "animal", "known"),
)
"""`Cousin. In Leeds`, `b. 9 June`, `wife Joan`, `0191 496 0000` or `Email: …`, dated lines, a word for somebody in
public life, which is a sign against a contact, `This is you.`, which makes a person's note that of the ego, `Rex is a
dog.`, and `Dentist` or `Met at the fair`."""
_OWN = regex(
    r"(?:this is (?:you|me)|that['’]s me|das bin ich|c['’]est moi|s(?:oy|ou) (?:yo|eu)|sono io|dit ben ik|to ja|это я"
    r"|det är jag)\s*(?:$|[.,;:!(–—-])",
    re.IGNORECASE,
)
_FIRST_LINES, _FIRST_CHARS = 10, 900
"""Lines and characters of a note that are searched for signs."""
_LONGEST_LINE = 200
_BULLET = regex(r"[\s>]*(?:[-*+•]\s+)?[*_]{0,3}")
_NO_TEXT = ("---", "#", "```", "|", "!", "<")
_TELEPHONE = regex(r"(?<![\w/.-])(?:\+|00?)\d{1,4}[ /-]?\(?\d{2,4}\)?(?:[ -]?\d{2,8}){1,5}(?![\w/.-])")
_WORDS = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LABEL = 30
"""Characters of a line within which a colon makes a label of its words."""
_MOST_WORDS = 3
"""Words of an entry such as `school friend`."""
_LABELLED = regex(r"([^\W\d_][^:\n]{0,25}?)\s?[*_]{0,3}\s?:{1,2}[*_]{0,3}\s*(\S.*)")
"""`Email: ada@example.org`, `Type: Friend`, `telefono:: 600 000 000`."""
_SENTENCE = regex(r"[^.,;(]*")
_NAME_AFTER = regex(r"\s+[^\Wa-zß-öø-ÿа-яё_]")
_AND_THEIR = regex(r"[^\W\da-zß-öø-ÿа-яё_][^\W\d_]*,? (?:and|&|und|et|y|e|en|och|i|и) [^\W\d_]{2,6} $")
"""A name before a relative, whose relative it then is: `Pluta and his son Kamil`."""
_LONGEST_NAME = 40
_DAY = regex(
    r"[\s:*_=]{0,4}(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]{1,3}(?:of |de |d['’])?([^\W\d_]{3,12}|\d{1,2})"
    r"|([^\W\d_]{3,12})\s\d{1,2})(?!\w)"
)
_ARTICLES = frozenset("a an the ein eine der die das un une le la una el il um uma o een de het en ett".split())
_CAKE = "🎂"
_IS_ANIMAL = regex(
    r"(?:[^\W\d_]{1,20} (?:is|was|ist|war|est|était|es|era|é|è|är|var|jest|to|[–—-]) )?"
    r"((?:[^\W\d_]{1,14} ){0,3}?[^\W\d_]{2,14}(?:['’]inde)?)"
    r"(?:\s*$|[.!]|, \d|\s(?:of|from|called|named|von|vom|der|de|du|di|del|da|van|av|z)\s)",
    re.IGNORECASE,
)
"""`Rex is our old dog.`, `unsere Katze`, `Cat`, `chien de Léa`."""
_HOW_MET = frozenset(
    ("how we met", "where we met", "met at", "met through", "first met", "wie kennengelernt", "rencontre")
)
"""Labels of lines about how the writer came to know somebody."""


def read(text: str, body: int) -> tuple[str, ...]:
    """Return the signs of a person in the first lines of the text after the front matter, each once."""
    found: dict[str, None] = {}
    lines = 0
    for line in lines_with_ends(text[body : body + _FIRST_CHARS]):
        content = line.strip()
        if not content or content.startswith(_NO_TEXT):
            continue
        lines += 1
        if lines > _FIRST_LINES:
            break
        if len(content) <= _LONGEST_LINE:
            found.update(dict.fromkeys(_signs(content, first=lines <= _FIRST_LINES // 3)))
    return tuple(found)


def _signs(line: str, *, first: bool) -> Iterator[str]:
    marks = _BULLET.match(line)
    content = line[marks.end() if marks else 0 :]
    words = [(match.start(), match.end(), fold(match[0])) for match in _WORDS.finditer(content)]
    if first and _OWN.match(content):
        yield OWN
    if first and any(word in listed("public figure") for _, _, word in words):
        yield PUBLIC
    if first and _is_animal(content):
        yield ANIMAL
    if first and (WIDE.match(content) is not None or content[:1].isalpha()) and _says_who(content, words):
        yield WHO
    if first and _begins_with(words, listed("known for")):
        yield KNOWN
    if _CAKE in content or _is_birthday(content, words):
        yield BIRTHDAY
    if _names_relative(content, words):
        yield RELATIVE
    if _TELEPHONE.search(content):
        yield TELEPHONE
    if labelled := _LABELLED.match(content):
        yield from _of_label(fold(labelled[1]), labelled[2])


def _is_animal(content: str) -> bool:
    """Return whether a line says that a note is about an animal: `Rex is our dog`; not `Bo is a dog walker`."""
    match = _IS_ANIMAL.match(content)
    words = fold(match[1]).split() if match else []
    if not any(" ".join(words[-count:]) in listed("animal") for count in (1, 2)):
        return False
    if len(words) == 1:
        # `Chat` may be English, too.
        return words[0] not in contact_words()
    return len(words) < _MOST_WORDS or words[0] in _ARTICLES or words[0] in listed("my")


def _of_label(key: str, value: str) -> Iterator[str]:
    """Yield the signs in a line such as `Mobile: 07700 900000` or `Type: Friend`."""
    if key in _folded_keys("reached at") and ("@" in value or any(map(str.isdigit, value))):
        yield TELEPHONE
    if key in _HOW_MET:
        yield WHO
    if key in _folded_keys("kind") | _folded_keys("relation") and fold(value.strip(" *_[]")) in _who():
        yield WHO


def _says_who(content: str, words: list[tuple[int, int, str]]) -> bool:
    """Return whether a line begins with a word for somebody: `Cousin`, `school friend from Ghent`; not `Friend: Bo`."""
    sentence = _SENTENCE.match(content[:_LABEL])
    if (sentence and ":" in sentence[0]) or "http" in content:
        return False
    head = [word for _, _, word in words[:_MOST_WORDS]]
    count = next((count for count in range(1, len(head) + 1) if " ".join(head[:count]) in _who()), 0)
    return count > 0 and not (head[0] in _before_names() and _NAME_AFTER.match(content, words[count - 1][1]))


def _names_relative(content: str, words: list[tuple[int, int, str]]) -> bool:
    """Return whether a line says whose relative somebody is: `wife Joan`, `married to Joan`."""
    if any(word in _kin() and _names(content[end:]) and not _is_of_another(content, at) for at, end, word in words):
        return True
    return any(
        f"{word} {second}" in listed("related to") and _names(content[end:].replace("[[", ""))
        for (_, _, word), (_, end, second) in pairwise(words)
    )


def _begins_with(words: list[tuple[int, int, str]], known: Collection[str]) -> bool:
    """Return whether the first words of a line are one of the `known` words or phrases."""
    head = [word for _, _, word in words[:_MOST_WORDS]]
    return any(" ".join(head[:count]) in known for count in range(1, len(head) + 1))


def _is_birthday(content: str, words: list[tuple[int, int, str]]) -> bool:
    months = numbered("months")
    for at, (start, _, word) in enumerate(words):
        for count in range(1, 3) if word in _born_beginnings() else ():
            if at + count > len(words):
                break
            end = words[at + count - 1][1]
            if fold(content[start:end]) not in born_words():
                continue
            day = _DAY.match(content, end + content.startswith(".", end))
            if day and ((month := day[1] or day[2]).isdigit() or fold(month) in months):
                return True
    return False


@lru_cache(maxsize=1)
def _born_beginnings() -> frozenset[str]:
    """Return the first words of `born_words`."""
    return frozenset(word for phrase in born_words() for word in _WORDS.findall(phrase)[:1])


def _is_of_another(content: str, at: int) -> bool:
    """Return whether the relative at `at` is somebody else's: `Pluta and his son Kamil`."""
    return _AND_THEIR.search(content, max(0, at - _LONGEST_NAME), at) is not None


def _names(rest: str) -> bool:
    """Return whether a capitalized name follows a word of kinship: `wife Joan`, `dzieci: Iga`."""
    after = rest.lstrip(" :=")
    return 0 < len(rest) - len(after) <= _MOST_WORDS and after[:1].isupper()


@lru_cache(maxsize=8)
def _folded_keys(kind: str) -> frozenset[str]:
    return frozenset(map(fold, property_keys(kind)))


@lru_cache(maxsize=1)
def _before_names() -> frozenset[str]:
    """Return the words that a name or a brand begins with: `Sister Agnes`, `Nan Shepherd`, `Mutti 4`."""
    return listed("title before a name") | listed("kin as a name")


@lru_cache(maxsize=1)
def _who() -> frozenset[str]:
    return listed("who it is") | (listed("kin") - listed("collective kin"))


@lru_cache(maxsize=1)
def _kin() -> frozenset[str]:
    return listed("kin") - listed("family")
