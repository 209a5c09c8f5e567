"""Names written in another script than in the vault: `Марк` for Mark, `Olga` for Ольга; `アダ` for Ada only to ask."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from netnotes.regex import regex

KATAKANA = regex("[\u30a1-\u30fa\u30fc]{2,}")
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".split(),
        strict=True,
    )
)
_SOUNDS = ("eijy", "kscxhq", "pf", "vw")
"""Letters that may begin the same name."""
_MASCULINE, _FEMININE = ("а", "у", "ом", "ем", "е", "я", "ю"), ("ы", "и", "е", "у", "ю", "ои", "еи")
"""Endings of the cases of names: after a consonant, and in place of a last `а` or `я`. Folded, `й` is `и`."""
_SPELLINGS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("ch", "č"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("x", "ks"),
    ("ce", "se"),
    ("ci", "si"),
    ("c", "k"),
    ("w", "v"),
    ("j", "i"),
    ("y", "i"),
)
"""Letters → how they are compared, in this order: Alexey, Aleksei and Алексей are one name."""
_CASE_ENDINGS = regex(r"(?<=..)(?:ой|ей|ом|ем|[уюаяеыи])$")
_FIRST = {"l": "r", "c": "k", "v": "b", "x": "z"}
"""First letter of a Latin name → that of its Japanese form, where it is another one."""
_VOWELS_AND_WEAK = regex(r"[aeiouyhwrl-]")


def is_same_name(word: str, key: str, *, declined: bool = True) -> bool:
    """Return whether a word is a name in the other of Cyrillic and Latin script: `марк` and `mark`, both folded.

    With `declined` also a form of it, if it is in Cyrillic: `марком`.
    """
    if not word or not key or (word[0] in _CYRILLIC) == (key[0] in _CYRILLIC):
        return False
    if _sound_of(word[0]) != _sound_of(key[0]):
        return False
    name = _spelled(key)
    if _spelled(word) == name:
        return True
    if not declined or word[0] not in _CYRILLIC:
        return False
    stem, endings = (name[:-1], _FEMININE) if name.endswith("a") else (name, _MASCULINE)
    return any(word.endswith(each) and _spelled(word.removesuffix(each)) in (stem, f"{stem}i") for each in endings)


@lru_cache(maxsize=256)
def _sound_of(letter: str) -> str:
    latin = _CYRILLIC.get(letter, letter)[0]
    return next((each for each in _SOUNDS if latin in each), latin)


def _spelled(name: str) -> str:
    """Return a folded name as it is compared with those in another script."""
    latin = _latin(name)
    for written, plain in _SPELLINGS:
        latin = latin.replace(written, plain)
    latin = re.sub(r"(.)\1+", r"\1", latin.removeprefix("i") if latin.startswith("ie") else latin)
    return f"{latin.removesuffix('dr')}der" if latin.endswith("ndr") else latin


def sounds_like(name: str, key: str) -> bool:
    """Return whether a name in Cyrillic or katakana may be the Latin first name `key`, folded."""
    name = name.casefold()
    if KATAKANA.fullmatch(name):
        sound = "".join(map(_of_kana, name))
        return sound[:1] in {key[:1], _FIRST.get(key[:1], "")} and _skeleton(sound) == _skeleton(key)
    if not name or name[0] not in _CYRILLIC:
        return False
    stems = {_latin(name), _latin(_CASE_ENDINGS.sub("", name))}
    spelled = key.replace("x", "ks").replace("w", "v").replace("ck", "k").replace("ph", "f")
    return any(each in stems or each.rstrip("aeiouy") in stems for each in (key, spelled))


def _latin(name: str) -> str:
    return "".join(_CYRILLIC.get(letter, letter) for letter in name).replace("-", "")


@lru_cache(maxsize=256)
def _of_kana(letter: str) -> str:
    """Return the sound of a letter of katakana: the last word of its name, `KATAKANA LETTER SMALL YA`."""
    return "" if letter in "ーッ" else unicodedata.name(letter, "").rpartition(" ")[2].lower()


def _skeleton(sound: str) -> str:
    """Return the consonants of a name, without those that Japanese leaves out or adds."""
    plain = sound.replace("shi", "si").replace("chi", "ti").replace("x", "ks").replace("c", "k").replace("l", "r")
    return re.sub(r"(.)\1", r"\1", _VOWELS_AND_WEAK.sub("", plain))
