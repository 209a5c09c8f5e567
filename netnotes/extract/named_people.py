"""The people that one reference in a line names: a link's note, `@Name`, plain words, or a person without a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from netnotes.extract.people.likely_names import is_organisation, likely_name
from netnotes.extract.people.names import folded, is_placeholder, stem
from netnotes.extract.people.note_names import COLLECTIVE, looks_like_name
from netnotes.extract.people.person_marks import has_other_type
from netnotes.extract.people.person_words import OTHER_KINDS, PERSON_WORDS, RELATION_WORDS
from netnotes.extract.people.resolver import Resolver, never_names
from netnotes.model import Note, Passage, Person
from netnotes.notes import Reference
from netnotes.regex import regex
from netnotes.text import roles
from netnotes.text.appositions import is_apposition
from netnotes.text.lexicon.words import has_wide, listed
from netnotes.text.lines import PERSON_TAGS

_SURNAMES = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾"
    "彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧"
    "侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
)
_KANJI, _KANA = r"\u3400-\u9fff", r"\u30a1-\u30ff"
_JAPANESE = regex(
    rf"(?<![{_KANJI}{_KANA}])([{_KANJI}]{{1,4}}|[{_KANA}]{{2,8}})"
    rf"(?:さん|くん|ちゃん|さま|様|氏|部長|課長|係長|店長|先輩|教授|先生)(?![{_KANJI}])"
)
_NOT_A_NAME = regex(r"[母父兄姉奥皆嫁娘妹弟客屋員者師手医生家主族達]$|^(?:旦那|息子|友人|学生)$")
"""Words before an honorific that are not names: `お母さん`, `店員さん`, `大家さん`."""
_CHINESE = regex(
    rf"[老小阿][{_SURNAMES}](?!虾|蝦)"
    rf"|[{_SURNAMES}](?:总|總|经理|經理|老师|老師|主任|律师|律師|医生|醫生|先生|女士|小姐|阿姨|叔叔|师傅|師傅|姐|哥|工)(?!作)"
)
_BESIDE = regex(
    rf"[和跟与與同陪约約给給]([{_SURNAMES}][{_KANJI}]{{1,2}}?)(?=一起|[吃喝打聊见見通视視开開谈談逛看去]|[、,，]|$)"
)
"""`和王芳一起吃饭`."""

_SHORTEST_LOWER = 4
"""Letters of a first name that counts in lower case, too."""


class NamedPerson(NamedTuple):
    """A person named on a line."""

    person: Person
    minutes: float | None = None
    certain: bool = True
    """False for someone without a note who may not be a person."""

    @property
    def noted(self) -> bool:
        """Whether they have a note."""
        return self.person.path is not None or self.person.me


def names_on(note: Note, passage: Passage, reference: Reference, people: Resolver) -> list[NamedPerson]:
    """Return the people that a reference names; empty for a link to something else."""
    minutes = reference.minutes
    if reference.kind == "name":
        return _of_plain_name(passage, reference, people)
    if reference.kind == "at":
        found = people.plain(reference.target, near=True)
        if found:
            return [NamedPerson(person, minutes) for person in found]
        return _without_note(reference.target, passage, minutes, people)
    path = people.path(note.path, reference.target)
    if path:
        person = people.of_note(path)
        if person:
            return [NamedPerson(person, minutes)]
        other = people.notes.get(path)
        if other is None or has_other_type(other) or other.passages or " " not in stem(path):
            return []
        return _without_note(stem(path), passage, minutes, people)
    target = reference.target.partition("#")[0].rpartition("/")[2].strip()
    if any(char.isdigit() for char in target):
        # A link to a meeting without a note: `[[2026-03-02 Meeting with Tilda]]`.
        return [NamedPerson(person, minutes) for person in people.plain(_words(target), near=False)]
    return _without_note(target, passage, minutes, people)


def _of_plain_name(passage: Passage, reference: Reference, people: Resolver) -> list[NamedPerson]:
    known = people.plain(reference.target, near=reference.near)
    if _is_more(passage, reference, people):
        return []
    found = [NamedPerson(person, reference.minutes) for person in known]
    if has_wide(reference.target):
        return found + _wide_people(reference, known, people)
    return found or _person_without_note(reference, people)


def _wide_people(reference: Reference, known: list[Person], people: Resolver) -> list[NamedPerson]:
    """Return the people without a note in a run of Chinese or Japanese: an honorific makes them certain."""
    names = [name for person in known for name in (person.name, *person.aliases)]
    found = _wide_names(reference.target)
    fresh = [name for name in found if not any(name in one or one in name for one in names)]
    return [
        NamedPerson(Person(f"?{folded(name)}", name=name), reference.minutes)
        for name in fresh
        if folded(name) not in people.never and not people.with_name(folded(name)) and people.path("", name) is None
    ]


def _wide_names(text: str) -> Iterator[str]:
    """Yield the names with an honorific in a run of Chinese or Japanese, each once: `田中さん`, `王总`, `小李`."""
    found = [match[0] for match in _JAPANESE.finditer(text) if not _NOT_A_NAME.search(match[1])]
    found += [match[0] for match in _CHINESE.finditer(text)]
    found += [match[1] for match in _BESIDE.finditer(text)]
    yield from dict.fromkeys(found)


def _person_without_note(reference: Reference, people: Resolver) -> list[NamedPerson]:
    """Return the person without a note whom plain words likely name: by a first name, a title or a word for family."""
    name = likely_name(reference.target)
    if name is None and reference.company and reference.target.islower():
        name = _in_lower_case(reference.target)
    sure = name is None and reference.personal and _may_be_personal(reference.target)
    if sure:
        name = reference.target[0].upper() + reference.target[1:]
    if (
        name is None
        or (" " not in name and name.isupper() and len(name) > 1)
        or (key := folded(name)) in people.never
        or people.with_name(key)
        or people.path("", name) is not None
    ):
        return []
    return [NamedPerson(Person(f"?{key}", name=name), reference.minutes, certain=sure)]


def _in_lower_case(word: str) -> str | None:
    """Return the name that a single word in lower case after `with` likely is: a first name that is no other word."""
    first = folded(word)
    is_word = any(first in listed(kind) for kind in ("common", "never a name", "no single name"))
    return None if " " in word or is_word or len(first) < _SHORTEST_LOWER else likely_name(word.title())


def _may_be_personal(word: str) -> bool:
    """Return whether a single word after `1:1 with` or the like may be a name: not `team` or `boss`."""
    key = folded(word)
    others = (PERSON_WORDS, RELATION_WORDS, OTHER_KINDS, COLLECTIVE, never_names())
    return not any(key in words for words in others) and not is_apposition(word)


def _is_more(passage: Passage, reference: Reference, people: Resolver) -> bool:
    """Return whether a line that seems to be only names is a sentence written without spaces: 想外婆了."""
    if passage.role != roles.NAMES or passage.channel is not None or passage.minutes is not None:
        return False
    return has_wide(reference.target) and not people.is_known(reference.target)


def _words(target: str) -> str:
    return " ".join(word for word in target.split() if not any(char.isdigit() for char in word))


def _without_note(name: str, passage: Passage, minutes: float | None, people: Resolver) -> list[NamedPerson]:
    name = name.strip().lstrip("@")
    known = people.with_name(folded(name)) if " " in name else people.names.get(folded(name), ())
    if len(known) == 1 and known[0].path is None:
        return [NamedPerson(known[0], minutes)]
    if folded(name) in people.never:
        return []
    if not looks_like_name(name) or is_placeholder(name):
        return []
    sure = any(part in PERSON_TAGS for tag in passage.tags for part in tag.split("/"))
    sure = sure or passage.role in (roles.ATTENDEES, roles.ATTENDEE)
    capitals = name.isupper() and " " not in name and len(name.strip(".")) > 1
    if not sure and (capitals or is_organisation(name)):
        # `[[OBI]]` and `[[OM Brands]]` are firms and projects.
        return []
    return [NamedPerson(Person(f"?{folded(name)}", name=name), minutes, sure)]
