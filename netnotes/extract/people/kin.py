"""Who is family: `relation: mother`, `kin: true`, a tag, a folder, or `My brother.` in the note. Scores nothing."""

from __future__ import annotations

from functools import lru_cache

from netnotes.extract.people.names import without_brackets
from netnotes.model import Person
from netnotes.regex import regex
from netnotes.text.declared_lines import KIN
from netnotes.text.lexicon.words import fold, listed, property_keys

_AROUND = regex(r"^[\W\d_]+|[\W_]+$")
_LINK = regex(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_NOT_OWN = regex(r"^(?:ex|former)\b|'s\b|s'")
_IN_LAW = regex(r"^(?:step|half)[- ]?|[- ]in[- ]law$")


def kin(person: Person) -> str | None:
    """Return a word for how a person is related to the user, such as `mother`; None if they are not family.

    `relation: mother` in any of the languages, `kin: true`, `kin: cousin`, a tag such as `family` or `family/cousin`, a
    folder such as `Family`, or a line of their note such as `My brother.`; `kin: false` overrides all of these.

    .. versionadded:: 0.1
    """
    value = person.value(KIN)
    if value is False:
        return None
    relation = next(filter(None, map(_relation, _values(person))), None)
    if value is True:
        plain = person.value(*property_keys("relation"))
        return relation or (plain_words(plain) if isinstance(plain, str) and plain.strip() else KIN)
    if isinstance(value, str) and value.strip():
        return plain_words(value)
    return relation or _of_tags(person) or _of_folder(person)


def plain_words(value: object) -> str:
    """Return a property's value as text of at most 60 characters, without the brackets of links."""
    words = ", ".join(map(plain_words, value)) if isinstance(value, list | tuple) else str(value)
    return _LINK.sub(lambda link: link[2] or link[1], words).strip()[:60]


def _values(person: Person) -> list[object]:
    value = person.value(*property_keys("relation"))
    return list(value) if isinstance(value, list | tuple) else [value]


def _relation(value: object) -> str | None:
    """Return a value of `relation` if it means family: `mother`, `my mother`, `step-sister`, `[[Family]]`."""
    if not isinstance(value, str):
        return None
    words = without_brackets(value).rpartition("/")[2].split()
    if len(words) > 1 and fold(words[0]) in listed("my"):
        del words[0]
    text = " ".join(words)
    core = fold(text)
    forms = {core, _IN_LAW.sub("", core), core.replace("-", " ")}
    if len(words) == 2 and not _NOT_OWN.search(core):
        # An older sister, a second cousin, a great aunt; not a family friend.
        forms.add(fold(words[1]))
    return plain_words(text) if forms & _words() else None


def _of_tags(person: Person) -> str | None:
    """Return the family that a tag names: the last part of `family/cousin`."""
    for tag in person.tags:
        parts = [part for part in tag.split("/") if part]
        if any(fold(part) in listed("family") for part in parts):
            return parts[-1] if fold(parts[-1]) in _words() and fold(parts[-1]) not in listed("family") else KIN
    return None


def _of_folder(person: Person) -> str | None:
    return KIN if person.path and _is_of_family(person.path.rpartition("/")[0]) else None


@lru_cache(maxsize=1_000)
def _is_of_family(folders: str) -> bool:
    """Return whether one of these folders, one in the other, is called `Family` or the like."""
    return any(fold(_AROUND.sub("", folder)) in listed("family") for folder in folders.split("/"))


def _words() -> frozenset[str]:
    return listed("kin") | listed("family")
