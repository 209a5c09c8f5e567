"""WhatsApp's exported chats (`_chat.txt`): who wrote how often on which day. No message is kept.

The export has no fixed form: date, clock and separators follow the phone. One file has one form throughout, so lines of
any other form belong to the text of a message.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from netnotes.extract.people.phones import digits
from netnotes.importers import bounds
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, Order, Source, one_line, text_lines
from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Initiative, Problem

FIRST_YEAR = 2000
"""Earlier years are of another calendar."""
_BUDDHIST_OFFSET = 543
"""Years by which the calendar of Thailand is ahead."""
_MOST_SHOWN = 5
"""Participants that are named in a hint."""

_MOST_COMPARED = 100_000
"""Messages that are examined to find out the date format of the file."""
_MOST_HEAD = 400
"""Characters of a line in which date, clock and name are looked for."""
_MARKS = "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
"""Invisible characters that set the direction of text."""
_SYSTEM_MARKS = ("\u200e", "\u200f")
"""Marks that WhatsApp writes before text of its own, and again at the start of a line with a file."""
_SPACES = "[ \u00a0\u2007\u2009\u202f]"
_AM = "a. m.|a.m.|am|ص|π.μ.|上午|凌晨|早上|清晨|午前|오전|sa|öö|de.|pg|पूर्वाह्न|fm|fm.|vm.|ap.|dop.|ก่อนเที่ยง|পূর্বাহ্ণ"
_PM = "p. m.|p.m.|pm|م|μ.μ.|下午|中午|晚上|午後|오후|ch|ös|du.|ptg|अपराह्न|em|em.|nm.|ip.|odp.|หลังเที่ยง|অপরাহ্ণ"
_AM_PM = "|".join(
    re.escape(word).replace(r"\ ", f"{_SPACES}?") for word in sorted(f"{_AM}|{_PM}".split("|"), key=len, reverse=True)
)
_DATE = (
    rf"(?P<a>\d{{1,4}}){_SPACES}?(?P<mark>[/.\-年년]){_SPACES}?(?P<b>\d{{1,2}}){_SPACES}?[/.\-月월]"
    rf"{_SPACES}?(?P<c>\d{{2,4}}|(?<=[월月.\-/ ])\d)(?:{_SPACES}?[日일])?(?:{_SPACES}?г)?\.?"
)
_CLOCK = (
    rf"(?:(?P<early>{_AM_PM}){_SPACES}?)?(?P<hour>\d{{1,2}}){_SPACES}?[:.h]{_SPACES}?(?P<minute>\d\d)"
    rf"(?:[:.](?P<second>\d\d))?(?:{_SPACES}?(?P<late>{_AM_PM})(?!\w))?(?:{_SPACES}?(?:ч\.?|Uhr|uur|h)(?!\w))?"
)
_BETWEEN = rf"[,،、]?{_SPACES}?(?:[^\W\d_]{{1,3}}(?:\(s\))?\.?{_SPACES})?"
_END = rf"(?P<close>\]?)(?P<dash>:|,|{_SPACES}[-\u2013\u2014])?{_SPACES}"
_HEAD_PATTERNS = tuple(
    re.compile(rf"(?P<open>\[?){body}{_END}", re.IGNORECASE)
    for body in (f"{_DATE}{_BETWEEN}{_CLOCK}", f"{_CLOCK}{_BETWEEN}{_DATE}")
)
_MEDIA = re.compile(
    r"<.*>|\.\w{2,5} \(|https?:|omitted|weggelassen|ausgelassen|omitid|omis|omes[as]|ocultad|absente?|manquant|retiré"
    r"|non inclus|esclus[ao]|weggelaten|utel[aä]|utesl|udelad|pomini|vynech|kihagy|jätetty|poissa|izostav"
    r"|dahil edilmedi|tidak disertakan|bỏ qua|опущен|отсутств|відсутн|пропущен|пропуснат|παραλ"
    r"|省略|略去|略過|忽略|含まれ|생략|مدرج|حذف ال|استبعاد|הושמט|नहीं|ละเว้น"
    r"|POLL|UMFRAGE|SONDAGE|ENCUESTA|SONDAGGIO|ENQUETE|ОПРОС|attached|ngeh",
    re.IGNORECASE,
)
_LOWER_WORDS = re.compile(r"(?:^|\s)[^\W\d_A-Z]\w*")
_QUOTATION_MARKS = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "「": "」", "『": "』"}

_Form = tuple[object, ...]


def read(
    source: Source, *, me: Sequence[str] = (), order: Order | None = None, since: dt.date | None = None
) -> Imported:
    """Return one encounter for each person and day; without `me` every participant is listed.

    Where day and month cannot be told apart and no `order` is given, nothing is read and the problem says so. Days
    before `since` are left out. Raises ImportTooLarge.
    """
    lines = _read_lines(source)
    if not any(line.name for line in lines):
        problem = Problem("no WhatsApp chat in this file", hint="export the chat without media and give the .txt file")
        return Imported(problems=(problem,), failed=True)
    order = order or _order(lines)
    participants = list(dict.fromkeys(line.name for line in lines if line.name))
    owner = _owner(participants, me)
    people = {name: _person(name) for name in participants if name not in owner}
    if order is None:
        problem = Problem(
            "day and month cannot be told apart in this chat",
            hint="say which comes first with --order dmy or --order mdy",
        )
        return Imported(tuple(people.values()), problems=(problem,))
    encounters, problems = _daily_encounters(lines, order, owner, people, since or dt.date.min)
    if me and not owner:
        hint = f"if you wrote in it, name yourself as the chat does: {', '.join(participants[:_MOST_SHOWN])}"
        problems = [Problem("no message of this chat is yours", hint=hint), *problems]
    return Imported(tuple(people.values()), tuple(encounters), tuple(problems))


def _owner(participants: Sequence[str], me: Sequence[str]) -> set[str]:
    names = {_clean_name(each).casefold() for each in me}
    numbers = {digits(each) for each in me if _is_number(each)}
    return {name for name in participants if name.casefold() in names or (_is_number(name) and digits(name) in numbers)}


def _order(lines: Sequence[Line]) -> Order | None:
    """Return the order of day and month that the dates prove: by a number above 12, else by the course of time."""
    if any(line.year_first for line in lines):
        return "ymd"
    day_first = any(line.numbers[0] > 12 for line in lines)
    month_first = any(line.numbers[1] > 12 for line in lines)
    if day_first and not month_first and not _runs_forward(lines, "dmy") and _runs_forward(lines, "ymd"):
        return "ymd"
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    if day_first:
        return "ymd" if _runs_forward(lines, "ymd") else None
    candidates: tuple[Order, Order] = ("dmy", "mdy")
    forward = [order for order in candidates if _runs_forward(lines, order)]
    if len(forward) != 1:
        return "dmy" if all(line.dotted for line in lines) else None
    return forward[0]


def _runs_forward(lines: Sequence[Line], order: Order) -> bool:
    days = [_date(line, order) for line in lines]
    return None not in days and all(a is not None and b is not None and a <= b for a, b in itertools.pairwise(days))


def _date(line: Line, order: Order) -> dt.date | None:
    a, b, c = line.numbers
    year, month, day = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}["ymd" if line.year_first else order]
    year = year + 2000 if year < 100 else year - _BUDDHIST_OFFSET if year > FIRST_YEAR + _BUDDHIST_OFFSET else year
    try:
        return dt.date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _daily_encounters(
    lines: Sequence[Line], order: Order, owner: set[str], people: dict[str, ImportedPerson], since: dt.date
) -> tuple[list[ImportedEncounter], list[Problem]]:
    counts: Counter[tuple[dt.date, str]] = Counter()
    mine: Counter[dt.date] = Counter()
    first: dict[dt.date, str] = {}
    problems = []
    for line in lines:
        if line.name is None:
            continue
        day = _date(line, order)
        if day is None:
            problems.append(Problem("a message whose day is not in the calendar; left out", line=line.number))
            continue
        if day < since:
            continue
        first.setdefault(day, line.name)
        if line.name in owner:
            mine[day] += 1
        else:
            counts[day, line.name] += 1
            bounds.ENCOUNTERS.check(len(counts))
    if owner and len(people) == 1:
        # Between two, a day on which only the owner wrote is a contact as well.
        for day in mine:
            counts[day, next(iter(people))] += 0
    encounters = [
        ImportedEncounter(
            day,
            (people[name],),
            f"chat:{name}:{day.isoformat()}",
            channel="message",
            initiated_by=_initiative(first[day], name, owner, direct=len(people) == 1),
            count=count,
            sent=mine[day] if len(people) == 1 else 0,
        )
        for (day, name), count in sorted(counts.items())
    ]
    return encounters, problems


def _initiative(opener: str, name: str, owner: set[str], *, direct: bool) -> Initiative | None:
    if not owner or not direct:
        return None
    return "me" if opener in owner else "them" if opener == name else None


def _person(name: str) -> ImportedPerson:
    return ImportedPerson(None, phones=(name,), origin=name) if _is_number(name) else ImportedPerson(name, origin=name)


def _is_number(name: str) -> bool:
    return not any(char.isalpha() for char in name) and len(digits(name)) >= 6


@dataclass(frozen=True, slots=True)
class Line:
    """The head of one message; its text is not kept."""

    numbers: tuple[int, int, int]
    year_first: bool
    name: str | None
    """None for a system line, such as "created the group"."""
    number: int
    dotted: bool = False
    """Whether the date is written with full stops, as only countries that put the day before the month do."""
    is_attachment: bool = False
    """Whether invisible marks show that the message is a file: it counts only if its sender also wrote a message."""


def _read_lines(source: Source) -> list[Line]:
    """Return the heads of all messages, in the form that most of them have. Raises ImportTooLarge."""
    forms = Counter(_form(head) for _, _, head in islice(_message_heads(source), _MOST_COMPARED))
    if not forms:
        return []
    form = forms.most_common(1)[0][0]
    found: list[Line] = []
    names: set[str | None] = set()
    for number, line, head in _message_heads(source):
        if _form(head) == form:
            found.append(_line(number, line, head))
            names.add(found[-1].name)
            bounds.PEOPLE.check(len(names))
            bounds.RECORDS.check(len(found))
    return _without_system_names(found)


def _message_heads(source: Source) -> Iterator[tuple[int, str, re.Match[str]]]:
    for number, whole in enumerate(text_lines(source), 1):
        line = whole[:_MOST_HEAD].rstrip("\r\n")
        if not line:
            continue
        # A mark before the text identifies system lines; marks before it are removed for matching.
        head_text = _without_marks(line)
        head = next(filter(None, (form.match(head_text) for form in _HEAD_PATTERNS)), None)
        if head and (head["close"] or head["dash"] or ":" in head_text[head.end() :]):
            yield number, line, head


def _without_marks(line: str) -> str:
    return line if line.isascii() else line.translate(_REMOVE)


_REMOVE = dict.fromkeys(map(ord, _MARKS))


def _form(head: re.Match[str]) -> _Form:
    time_first = head.start("hour") < head.start("a")
    half = "early" if head["early"] else "late" if head["late"] else ""
    return (
        head["open"], head["mark"], len(head["a"]) == 4, head["close"], head["dash"],
        time_first, half, bool(head["second"]),
    )  # fmt: skip


def _line(number: int, line: str, head: re.Match[str]) -> Line:
    numbers = int(head["a"]), int(head["b"]), int(head["c"])
    name, text = _speaker(_rest(line, head.end()))
    is_marked = text.startswith(_SYSTEM_MARKS) and not _MEDIA.search(text[:200])
    is_attachment = is_marked and line.startswith(_SYSTEM_MARKS)
    speaker = name if is_attachment or not is_marked else None
    year_first, dotted = len(head["a"]) == 4, head["mark"] == "."
    return Line(numbers, year_first, speaker, number, dotted=dotted, is_attachment=is_attachment)


def _rest(line: str, length: int) -> str:
    """Return the rest of a line after its first `length` characters, not counting marks."""
    for at, char in enumerate(line):
        if length == 0:
            return line[at:]
        length -= char not in _MARKS
    return ""


def _speaker(rest: str) -> tuple[str | None, str]:
    """Return the sender, None for system lines, and the beginning of the text."""
    name, colon, text = rest.partition(":")
    if not colon or (text and text[0] not in f" .\u00a0\u202f{_MARKS}") or _opens_quotation(name):
        return None, ""
    return _clean_name(name) or None, text.lstrip(" ")


def _opens_quotation(text: str) -> bool:
    """Return whether a quotation is still open at the end of a text, so that the colon after it belongs to it."""
    if text.count('"') % 2:
        return True
    for opening, closing in _QUOTATION_MARKS.items():
        at = text.rfind(opening)
        if at >= 0 and not any(mark in text[at + 1 :] for mark in closing):
            return True
    return False


def _clean_name(name: str) -> str:
    """Return a name without the tilde of people who are not in the address book."""
    return (one_line(name) or "").removeprefix("~").strip(" \u00a0\u202f")


def _without_system_names(lines: Sequence[Line]) -> list[Line]:
    """Remove the name from system lines: "Ada changed the name to x: y" looks like a message."""
    wrote = {line.name for line in lines if not line.is_attachment}
    lines = [line if line.name in wrote else replace(line, name=None) for line in lines]
    counts = Counter(line.name for line in lines if line.name)
    heads = {name for name in counts if " " not in name or counts[name] > 1}

    def is_system(name: str) -> bool:
        parts = name.split(" ")
        begins = (" ".join(parts[:length]) for length in range(1, len(parts)))
        rest = next((name[len(head) :] for head in begins if head in heads), "")
        return len(_LOWER_WORDS.findall(rest)) > 1

    program = {name for name in counts if counts[name] == 1 and is_system(name)}
    return [line if line.name not in program else replace(line, name=None) for line in lines]
