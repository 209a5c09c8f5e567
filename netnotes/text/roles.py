"""The role that a heading, a label or a table gives the lines below it: attendees, absentees, plans."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

from netnotes.notes import Passage
from netnotes.regex import regex
from netnotes.reserved import fold_key
from netnotes.text.lexicon import durations
from netnotes.text.lexicon.words import fold, given_names, listed, property_keys
from netnotes.text.names_in_lines import is_phrase

ATTENDEES, ATTENDEE, ABSENT, PLAN, NAMES, QUOTE, PROPERTY = (
    *("attendees", "attendee", "absent", "plan", "names", "quote", "property"),
)
"""The roles of a line: a list of those present, one of them, the absent, a plan, only names, a quote, a property."""
_LABEL = regex(
    r"[*_]{0,3}([^\W\d_][\w /'’-]{0,40}?)\s?[*_]{0,3}\s?[:：]{1,2}[*_]{0,3}(?=\s|$|\[|@|\w)\s*(.*)", re.DOTALL
)
_INNER_LABEL = regex(r"[.;,!?/|(–—\n][\s*_(]{0,6}([^\W\d_][\w /'’-]{1,30}?)\s?[*_]{0,3}\s?[:：]")
"""A label within a line: the second one of `**Present:** Ada, Bo. **Absent:** Cy`."""
_FIRST_SENTENCE = regex(r"(?<=[^\W\d_]{3})[.!?](?=\s(?!\W{0,3}[^\W\d_]{1,30}\s?[:：])).*", re.DOTALL)
"""Everything after the first sentence, unless the second begins with a label such as `Absent:`."""
_SENTENCE = regex(r"([^\W\d_]{2,20})[.!?](?=\s)")
_SMALL_WORD = regex(r"(?<![\w'’.-])(?!and\b|und\b|et\b|och\b|en\b|de\b|van\b|von\b)[a-zß-öø-ÿа-яё]{2,}")
_LONGEST_SHORT = 5
_LONGEST_LIST = 2_000
_SPEAKER = regex(
    r"[*_]{0,2}([^\W\d_a-z][\w .'’-]{1,60}?)\s?[*_]{0,2}:?[*_]{0,2}\s{0,2}[\[(]\d{1,2}:\d\d(?::\d\d)?[\])]"
    r"|[\[(]?\d{1,2}:\d\d:\d\d[\])]?\s{1,2}[*_]{0,2}([^\W\d_a-z][\w .'’-]{1,60}?)\s?[*_]{0,2}:"
)
"""Who speaks, in a transcript: `**Ada Lock** (00:12): …`, `[00:00:12] Ada Lock: …`."""
_SEVERAL = regex(r"[\[@*_]*[^\W\d_a-zß-ÿ][^.!?\n]{0,200}(?:,|&|\band\b)\s*[\[@*_]*[^\W\d_]")
_LETTERS = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WEAK = frozenset(
    "people with who contacts here there team members players person persons guest mit gaste gast von personen dabei"
    " avec qui personnes con quien gente com quem pessoas chi persone met wie med vem z kto osoby с кто 人 came spieler"
    " joueurs jugadores jogadores giocatori spelers spelare gracze игроки vinieron estaban vieram estavam venuti erbij"
    " kom byli przyszli были пришли 玩家".split()
)
"""Words that introduce a list of attendees only if they are the whole label or heading."""
_HERE = frozenset(("here", "there"))
"""Words that introduce a list of attendees only if at least two names follow."""
_CAME = frozenset("came spieler vinieron estaban vieram estavam venuti erbij kom byli przyszli были пришли".split())
"""Those of _WEAK that may also follow other words in a line."""
_JOINING_WORDS = "and und et y e en och og i и with mit avec con com met med & w".split()
_JOINERS = regex(rf"\b(?:{'|'.join(_JOINING_WORDS)})\b", re.IGNORECASE)
_FIRST_WORD = regex(r"[^\w#]*+([^\W\d_]+)(?!\w)")
_SENTENCE_END = regex(r"[.!?…](?=[\s*_)\"'”]*(?:$|\s\W*[^\W\d_a-z]))")
_LISTED = regex(r"\s*+(?:[-*+•]|\d{1,3}[.)])\s+(?:\[.\]\s+)?[*_]{0,2}(?:!?\[|@)")
"""A bullet that begins with a link or `@Name`."""
_ENTRY = regex(r"\s*+(?:[-*+•]|\d{1,3}[.)])?\s*(?:\[.\]\s+)?[*_]{0,2}(?:!?\[|@|([^\W\d_]+))")
_NOISE = regex(r"#[\w/-]+|[^\w\s]|\d")
_SIGNS = " #-*+>.,;:&()[]0123456789"
"""Characters that are noise, except in a word."""
_MOST_JOINERS = 4
"""Words such as `and` between names."""
_MOST_PLAN_WORDS = 4
_QUESTION_WORDS = (3, 4)
"""Words of a plan heading that may begin a longer one: `What would make today great, and why?`."""
_LONGEST_SPEAKER = 80
_LONGEST_LABEL = 60
_LONGEST_LENGTH = 60
_WHEN = regex(r"(?=.*\d).{1,60}")
"""What may follow a label such as `Time:`."""


def label(text: str) -> tuple[str, str] | None:
    """Return (role, what follows) of a line that begins with a label, such as `**Attendees:** Ada, Bo`."""
    if ":" not in text[:60] and "：" not in text[:60]:
        return None
    match = _LABEL.match(text.lstrip(" >"))
    if match and match[1][-1].isdigit() and match[2][:1].isdigit():
        # `next is 1:1 with Ada` has no label.
        return None
    role = _role_of(match[1]) if match else None
    if not match or not role:
        return None
    value = match[2].strip()
    if fold(match[1]) in _HERE and (not _SEVERAL.match(value) or _SMALL_WORD.search(value)):
        return None
    is_status = role == PROPERTY and fold(match[1]) in listed("property status")
    if role == PROPERTY and not is_status and not _WHEN.fullmatch(value) and not _is_length(match[1], value):
        return None
    return role, without_absent(_up_to_prose(value)) if role == ATTENDEES else value


def _is_length(name: str, value: str) -> bool:
    """Return whether a label says how long, in words: `Duration: half an hour`."""
    if len(value) > _LONGEST_LENGTH or fold_key(name) not in map(fold_key, property_keys("duration")):
        return False
    return durations.in_text(value) is not None


def label_within(text: str) -> tuple[str, str] | None:
    """Return (role, what follows) of a line with a list of attendees after other words: `15 May. Present: Ada, Bo`."""
    if ":" not in text and "：" not in text:
        return None
    for match in _INNER_LABEL.finditer(text, 0, _LONGEST_LIST):
        folded = fold(match[1])
        if folded in listed("attendees") and (folded not in _WEAK or folded in _CAME):
            value = _FIRST_SENTENCE.sub("", text[match.end() :]).strip(" *_")
            return (ATTENDEES, without_absent(value)) if value[:1].isupper() or value[:1] in "[@" else None
    return None


def _up_to_prose(value: str) -> str:
    """Return a list of attendees up to a sentence after it: `Ada, Bo. Small one, two hours`; not `Dr. Ada. Bo`."""
    for match in _SENTENCE.finditer(value, 0, _LONGEST_LIST):
        before = value[: match.end()]
        if before.count("(") <= before.count(")") and not _is_abbreviation(match[1], before):
            ends = _SMALL_WORD.search(value, match.end()) and not _INNER_LABEL.match(value, match.end() - 1)
            return before if ends else value
    return value


def _is_abbreviation(word: str, before: str) -> bool:
    """Return whether the full stop after a word is not the end of a sentence: `Dr.`, `Arch.`; not the one of `Bo.`."""
    if fold(word) in listed("title before a name"):
        return True
    alone = before.rpartition(",")[2].strip(" .!?*_") == word
    return alone and len(word) <= _LONGEST_SHORT and fold(word) not in given_names()


def without_absent(value: str) -> str:
    """Return a list of attendees up to those who were not there: `Ada, Bo. Apologies: Cy`."""
    for match in _INNER_LABEL.finditer(value, 0, _LONGEST_LIST):
        if _role_of(match[1]) == ABSENT:
            return value[: match.start()]
    return value


def row_label(text: str) -> tuple[str, str] | None:
    """Return (role, the second cell) of a row of two cells whose first is a label: `| Attendees | Ada, Bo |`."""
    cells = [cell.strip(" :*") for cell in text.strip(" |\n").split("|", 2)]
    if len(cells) != 2 or fold(cells[0]) in _WEAK:
        return None
    return label(f"{cells[0]}: {cells[1]}") if cells[0] else None


def speaker(text: str) -> str | None:
    """Return who says a line of a transcript."""
    match = _SPEAKER.match(text) if ":" in text[:_LONGEST_SPEAKER] else None
    return (match[1] or match[2]) if match else None


@lru_cache(maxsize=2_000)
def heading_role(text: str) -> str | None:
    """Return the role of a heading or a callout's title. Cached: many notes have the same headings."""
    words = _LETTERS.findall(text)
    role = _role_of(" ".join(words)) if words else None
    return None if role == PROPERTY else role


def names_plans(text: str) -> bool:
    """Return whether a text is a phrase for plans, or a question about them: `Next-steps`; not `Planning meeting`."""
    words = fold(" ".join(_LETTERS.findall(text))).replace("-", " ").split()
    if not words or words[0] not in _first_words_of_plans():
        return False
    return any(" ".join(words[:count]) in listed("plan heading") for count in {len(words), *_QUESTION_WORDS})


@lru_cache(maxsize=1)
def _first_words_of_plans() -> frozenset[str]:
    return frozenset(heading.partition(" ")[0] for heading in listed("plan heading"))


@lru_cache(maxsize=20_000)
def _role_of(name: str) -> str | None:
    folded = fold(" ".join(name.split()))
    if folded in listed("attendees") or folded in listed("people met"):
        return ATTENDEES
    if folded in listed("absent"):
        return ABSENT
    if folded in listed("when label") or folded in listed("property status"):
        return PROPERTY
    if folded in listed("plan heading") or folded in listed("tomorrow"):
        return PLAN
    words = folded.replace("-", " ").split()
    beginnings = range(1, len(words) + 1) if 1 < len(words) <= _MOST_PLAN_WORDS else _QUESTION_WORDS
    if any(" ".join(words[:count]) in listed("plan heading") for count in beginnings):
        return PLAN
    if len(words) == 2 and words[0] in listed("attendees") - _WEAK:
        return ATTENDEES
    return None


@lru_cache(maxsize=1)
def attendee_words() -> frozenset[str]:
    """Return the folded names of properties that list who was there, in every language."""
    return frozenset(
        map(fold_key, listed("attendees") - _HERE - {"jury", "team", "members", "mit", "von", "z", "om", "i"})
    )


def _first_letter(word: str) -> str:
    return word[0]


def begins_with_prose(text: str, start: int, end: int | None = None) -> bool:
    """Return whether the first word of text[start:end] shows that it is prose, not a list of names."""
    match = _FIRST_WORD.match(text, start, len(text) if end is None else end)
    return match is not None and match[1].isascii() and match[1].lower() not in _JOINING_WORDS


def is_remark(item: str, above: str) -> bool:
    """Return whether an item below an attendee is about them: `Works at Acme`; not a name below that of a group."""
    group = above.partition("\n")[0].rstrip("*_ ")
    return not group.endswith(":") and (_is_named(group) or not _is_named(item))


def _is_named(item: str) -> bool:
    """Return whether a line begins with a link, `@Name` or a first name."""
    match = _ENTRY.match(item)
    return match is not None and (match[1] is None or fold(match[1]) in given_names())


def is_labelled(line: str) -> bool:
    """Return whether a line begins with a label, or with who speaks."""
    text = unmarked(line) if ":" in line[:_LONGEST_LABEL] else ""
    return bool(text) and (label(text) is not None or speaker(text) is not None)


def unmarked(line: str) -> str:
    """Return a line without the signs of lists and quotes before its words."""
    return line.lstrip(" \t>-*+")


def is_sentence(line: str) -> bool:
    """Return whether a line below a heading such as `Members` is prose instead of an entry of the list.

    A bullet that begins with a link is an entry with a remark.
    """
    return _SENTENCE_END.search(line) is not None and not _LISTED.match(line) and is_phrase(line)


def is_own_contact(passage: Passage) -> bool:
    """Return whether an item below a heading such as `People` is a contact of its own: `coffee with [[Ada]]`."""
    return passage.channel is not None and bool(passage.names) and passage.names[0].near and not passage.names[0].first


def is_only_names(rest: str) -> bool:
    """Return whether nothing is left of a line once the names in it are blank."""
    if not rest.strip(_SIGNS):
        return True
    if sum(map(str.isalpha, map(_first_letter, rest.split()))) > _MOST_JOINERS:
        return False
    words = _JOINERS.sub("", _NOISE.sub(" ", rest)).split()
    return all(fold(word) in _writer_words() for word in words)


@lru_cache(maxsize=1)
def _writer_words() -> frozenset[str]:
    """Return the words for the writer, which may be in a list of names: `Ada, Bo and me`."""
    return listed("me") - {"i", "yo", "eu", "io", "ja", "self"}


def without_unticked(passages: list[Passage]) -> list[Passage]:
    """Return the passages; in a list of attendees of which some are ticked, the others were absent."""
    found = list(passages)
    for is_list, of_list in groupby(enumerate(passages), key=lambda one: one[1].role == ATTENDEE):
        places = [(at, one.task) for at, one in of_list if one.task is not None] if is_list else []
        if any(task in ("x", "X") for _, task in places):
            for at, task in places:
                if task == " ":
                    found[at] = found[at]._replace(role=ABSENT)
    return found
