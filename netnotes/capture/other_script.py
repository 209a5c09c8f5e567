"""Names written in another script than in the vault: `Марк` for Mark, `アダ` for Ada. Only to ask who is meant."""

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
_CASE_ENDINGS = regex(r"(?<=..)(?:ой|ей|ом|ем|[уюаяеыи])$")
_FIRST = {"l": "r", "c": "k", "v": "b", "x": "z"}
"""First letter of a Latin name → that of its Japanese form, where it is another one."""
_VOWELS_AND_WEAK = regex(r"[aeiouyhwrl-]")


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
