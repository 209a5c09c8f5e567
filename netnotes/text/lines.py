"""One line of a note → one passage: its names and what is said about them, date, length, channel, fields and role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple, cast

from netnotes.notes import Initiative, Passage, Reference
from netnotes.regex import regex
from netnotes.text import bound_words, inline_fields, line_dates, line_masking, line_roles, line_times, roles
from netnotes.text.appositions import are_in_list, is_between_two
from netnotes.text.clauses import Clauses
from netnotes.text.lexicon import channels, dates, durations
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.languages_of_text import NoteLanguages
from netnotes.text.lexicon.periods import Period
from netnotes.text.lexicon.words import CHANNELS, Word, tokens_of
from netnotes.text.line_dates import LineDate, days_ago
from netnotes.text.line_roles import MOST_NAMES, days_of_task, task_sign, words_of_line
from netnotes.text.markdown.syntax import Block, Link
from netnotes.text.names_in_lines import EMBED, LINK, NAME, NameSpan, at_names, hidden_spans, outside, plain_names

# Possessive repeats (`*+`) keep every pattern linear: what a hostile note is made of is tried once.
_MARKS = regex(
    r"[\s>|]*+(?:(?:[-*+]|\d{1,9}[.)])\s++)?(?:\[[^\]\n]\]\s++)?(?:#{1,6}\s++)?(?:\[![^\]\n]{1,40}\][+-]?\s*+)?"
)
_AROUND_DATE = " \t\r\n*_:.,)]#–-"
_LENGTH_AFTER_NAME = regex(r"\s*+(?:[:,–-]\s*+)?\(([^()\n]{1,20})\)")
_DIGIT = regex(r"\d")
_DENDRON = regex(r"[a-z][\w-]*(?:\.[\w-]+)+")
_MET = ("met", "Met")
_ANY_NOTE = NoteLanguages("")
_NO_FIELDS: Mapping[str, str] = Passage._field_defaults["fields"]
_make = tuple.__new__
_INITIATIVE = {
    **dict.fromkeys(("me", "i", "myself", "mine"), "me"),
    **dict.fromkeys(("them", "they", "he", "she", "him", "her", "other"), "them"),
    **dict.fromkeys(("both", "us", "we"), "both"),
}
PERSON_TAGS = frozenset(("1:1", "1-1", "1on1", "121", "people", "person"))
"""Parts of tags which mean that the links of a line are people."""
_SHORT_LIST = 80
"""Characters of a line that may be nothing but plain names."""
LONGEST_TASK = 1_000
"""Characters of a task that are kept."""
LONGEST_READ = 2_000
"""Characters of a line that are searched for words."""
LONGEST_REPEATED = 60
"""Most characters of a line that is likely to recur in other notes; such lines are cached."""


def initiative(value: object) -> Initiative | None:
    """Return who initiated the contact, from a property or a field; None for any other value."""
    word = str(value).strip().lower() if isinstance(value, str) else ""
    return cast("Initiative | None", _INITIATIVE.get(word))


class Line(NamedTuple):
    """One line of a block."""

    start: int
    """Where it begins in the text of the note."""
    text: str
    number: int
    """1-based line of the file."""
    block: Block
    code: Sequence[tuple[int, int]]
    dated: bool
    """Whether the line may have a date; its words matter only then."""
    period: Period | None
    """The week, month or year that the note is about."""
    languages: NoteLanguages
    """The languages of the note: they matter if a word of the line means different things in different ones."""


class Reading(NamedTuple):
    """What one line says."""

    passage: Passage
    faults: Sequence[tuple[int, str]]
    """(line, what is wrong there) of impossible dates."""
    order: Order | None
    """The order of day and month that a numeric date proves."""
    only_date: bool = False
    """Whether it is nothing but a date, or `Yesterday:`. A link to a day alone on a line leads to another day."""


def read_line(line: Line, links: Sequence[Link], tags: tuple[str, ...], role: str | None) -> Reading:
    """Read a line. `role`: as given by the lines above it."""
    line_text = line.text
    if line.code:
        line = line._replace(code=line_masking.code_within(line.code, line.start, line.start + len(line_text)))
    if links or line.code or len(line_text) > LONGEST_REPEATED:
        return _read(line, links, tags, role)
    # Headings, labels and single words are the same in many notes.
    block = _make(Block, (line.block.kind, 0, -1, line.block.level, line.block.task, 0, 0))
    home = line.languages.where_repeated_is_ambiguous(line_text) if line.dated else frozenset()
    repeated = _make(Line, (0, line_text, 0, block, (), line.dated, line.period, _ANY_NOTE))
    passage, faults, order, only_date = _read_repeated(repeated, tags, role, home)
    faults = tuple([(line.number, fault) for _, fault in faults]) if faults else ()
    return _make(Reading, (_make(Passage, (line.number, *passage[1:])), faults, order, only_date))


@lru_cache(maxsize=2_000)
def _read_repeated(line: Line, tags: tuple[str, ...], role: str | None, home: frozenset[str]) -> Reading:
    """Return what a line without links and code says, wherever it is in a note with these languages."""
    return _read(line, (), tags, role, home)


def _read(
    line: Line, links: Sequence[Link], tags: tuple[str, ...], role: str | None, home: frozenset[str] | None = None
) -> Reading:
    line_text, kind = line.text, line.block.kind
    faults: list[tuple[int, str]] = []
    links = line_masking.names_among(links)
    masked = line_masking.masked(line_text, line.start, links, line.code) if links or line.code else line_text
    lead = _MARKS.match(line_text)
    begin = lead.end() if lead else 0
    begin, task, keyword = task_sign(line_text, begin, line.block.task)
    if task is not None and line.block.task is None:
        # The keyword of a task in Logseq or Roam is not a name.
        masked = " " * begin + masked[begin:]
        links = [link for link in links if link.start >= line.start + begin]
    fields = inner = inline_fields.fields_within(line_text, masked) if "::" in line_text else _NO_FIELDS
    words_text = line_masking.without_underscores(inline_fields.without_inner(masked) if inner else masked)
    hidden = hidden_spans(line_text)
    figure = _DIGIT.search(line_text, 0, LONGEST_READ)
    digits = figure is not None
    dated = line.period or (figure and dates.may_hold(line_text, figure.start()))
    when = _when(line, begin, task, faults) if dated else LineDate(None, begin)
    date, date_end = when.date, when.end
    words_read = words_text[:LONGEST_READ]
    tokens = tokens_of(words_read)
    if home is None:
        home = line.languages.where_ambiguous(words_read, tokens) if line.dated else frozenset()
    words = words_of_line(words_read, tokens, task, home, dated=line.dated)
    # The heading of a daily note often links `yesterday`.
    in_link = kind == "heading" and "[" in line_text
    label = line_roles.labelled(line_text, begin, kind, words, digits=digits) if role is None else None
    found, words, clauses = _names(line, links, words_text, words, tokens)
    references, words_text = _references(found, clauses, hidden, words_text, role, begin, when.inside_at)
    visible = words_text if not hidden else line_masking.blank(words_text, [span[:2] for span in hidden])
    if len(visible) > LONGEST_READ:
        tokens = tokens_of(visible)
    # Links are not searched for times and lengths.
    figures = digits and (visible is line_text or _DIGIT.search(visible, 0, LONGEST_READ) is not None)
    clock = inline_fields.clock_of(inner) if inner else None
    if clock is None and figures:
        clock = line_times.clock_of(visible, begin, date_end, anywhere=kind == "heading" or date is not None)
    minutes = inline_fields.minutes_of(inner) if inner else None
    if minutes is None and "CLOCK:" in line_text:
        minutes = line_times.clocked(line_text)
    elif minutes is None and (figures or words or references):
        minutes = line_times.minutes_of(visible[date_end:], tokens, words, clock, figures=figures)
    if label and label[0] == roles.PROPERTY:
        references = _without_label(references)
        minutes = minutes if minutes is not None else line_times.labelled_minutes(line_text)
    if role is None:
        role = label[0] if label else line_roles.own_role(line_text, begin, words_text, found, date_end)
    if task is not None and (days := days_of_task(line_text, task)):
        fields = {**inner, **days}
    passage = Passage(
        line.number,
        kind,
        -1,
        line.block.level,
        references,
        date,
        clock,
        minutes,
        (channels.of_value(inner.get("channel")) if inner else None)
        or _channel(words_text, visible, tokens, words, hidden, tags),
        initiative(inner.get("initiated_by", inner.get("by"))) if inner else None,
        _scene(inner, tags) if inner or tags else None,
        fields,
        tags,
        task,
        f"{keyword}{line_text[begin : begin + LONGEST_TASK].strip()}"
        if task is not None
        else _text(label, role, line_text[begin:], kind),
        role,
        days_ago(line_text, begin, words) if words and task is None and not in_link else 0,
        line_roles.state_of_line(visible[:LONGEST_READ], tokens, words, references) if words else None,
        any(map(inline_fields.is_length, inner)) or (digits and line_times.is_noted(masked)),
        when.choices,
        when.inside_of(task, references),
    )
    left = visible[date_end:].strip(_AROUND_DATE)
    only_date = not links and (not left if date or when.choices else line_dates.is_day_nearby(left))
    return _make(Reading, (passage, faults, when.order, only_date))


def _text(label: tuple[str, str] | None, role: str | None, words: str, kind: str) -> str | None:
    """Return what follows the label of a line, or the entry of a list of people; None for other lines."""
    if label:
        return label[1][:LONGEST_READ] or None
    if role not in (roles.ATTENDEE, roles.ABSENT):
        return None
    text = line_roles.first_cell(words, kind).strip()[:LONGEST_TASK]
    return roles.without_absent(text) if role == roles.ATTENDEE else text


def _without_label(references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """Return the names in a line that begins with a label, which is none: `Duration: 45 min`."""
    return tuple([name for name in references if name.kind != NAME or name.near])


def _when(line: Line, begin: int, task: str | None, faults: list[tuple[int, str]]) -> LineDate:
    heading = line.block.kind == "heading"
    return line_dates.of_line(
        line.text, begin, line.number, faults, heading=heading, task=task is not None, period=line.period
    )


def _scene(inner: Mapping[str, str], tags: tuple[str, ...]) -> str | None:
    """Return the scene that a line names, in a field or a tag."""
    return inner.get("scene") or next((tag.removeprefix("scene/") for tag in tags if tag.startswith("scene/")), None)


@lru_cache(maxsize=2_000)
def is_contact_tag(tag: str) -> bool:
    """Return whether a tag says something about a contact: `scene/lisbon`, `1-1`, `meeting/weekly`."""
    parts = tag.split("/")
    return parts[0] == "scene" or not PERSON_TAGS.isdisjoint(parts) or channels.in_text(" ".join(parts)) is not None


def _names(
    line: Line, links: Sequence[Link], text: str, words: Sequence[Word], tokens: Sequence[str]
) -> tuple[list[NameSpan], Sequence[Word], Clauses]:
    """Return the places of all names in a line, its words with those bound to names resolved, and its clauses."""
    begin = line.start
    places = [
        _make(
            NameSpan,
            (link.start - begin, link.end - begin, EMBED if link.embed else LINK, intern(_target(link))),
        )
        for link in links
    ]
    text = text[:LONGEST_READ]
    if not line.dated:
        return places, (), Clauses("", (), [place[:2] for place in places], ())
    at_places = at_names(text)
    plain = plain_names(text, words, [place[:2] for place in at_places])
    if places or at_places:
        plain += places + at_places
        plain.sort()
    words, bound = bound_words.resolve(text, words, plain)
    # A run of Chinese or Japanese may hold a name among words; every other name hides the words within it.
    spans = [place[:2] for place in plain if place.kind != NAME or text[place.start].isupper()]
    return plain, words, Clauses(text, outside(words, spans), [place[:2] for place in plain], tokens, bound)


def _target(link: Link) -> str:
    """Return what a link points to; in Dendron's links the name of the note is after the bar."""
    display = link.display
    if display and "." in display and "." not in link.target and _DENDRON.fullmatch(display):
        return display
    return link.target


def _references(
    places: Sequence[NameSpan],
    clauses: Clauses,
    hidden: Sequence[tuple[int, int, str]],
    text: str,
    role: str | None,
    begin: int,
    inside_at: int,
) -> tuple[tuple[Reference, ...], str]:
    """Return the names of a line, and its text without the lengths noted for single people: `Ada (20 min)`."""
    found: list[Reference] = []
    brackets = "(" in text
    between_two = is_between_two(text, clauses.contacts) if clauses.contacts else False
    may_list = len(text) < _SHORT_LIST or role is not None
    line_start, begin = begin, line_times.skip_time(text, begin)
    after_letter, first = False, False  # whether letters are before the current name, and whether it begins the line
    for at, place in enumerate(places[:MOST_NAMES]):
        start, end, kind, target = place
        # Links are blanks in the text: only what is before the next name is this person's own.
        until = places[at + 1].start if at + 1 < len(places) else len(text)
        after = _LENGTH_AFTER_NAME.match(text, end, max(until, end)) if brackets and kind != NAME else None
        minutes = durations.in_text(after[1]) if after else None
        company = clauses.in_company(at)
        near = company or clauses.near(at) or clauses.acts(at)
        if not near and clauses.is_set_apart(at) and (clauses.joined(at) or not any(name.near for name in found)):
            company = line_times.is_timed(text, line_start)
            near = company or bool(clauses.contacts)
        after_letter = after_letter or (start >= begin and any(map(str.isalpha, text[begin:start])))
        first = (start >= begin and not after_letter) or (first and are_in_list(text, places[at - 1].end, start))
        if kind == NAME:
            if not (near or first or may_list):
                # Plain words that are not next to a contact word are not names.
                continue
            alone = company or not near or all(place.kind != LINK for place in places)
            near = near and (alone or clauses.joined(at) or clauses.follows_contact(at))
        state = next((why for low, high, why in hidden if low <= start < high), None) if hidden else None
        if state is None:
            state = "embed" if kind == EMBED else role if role in (roles.ABSENT, roles.QUOTE) else None
        if state is None and role != roles.ATTENDEE:
            state = clauses.state(at)
        dated = inside_at > 0 and line_dates.is_right_after(text, clauses.end_of_list(at), inside_at)
        personal = between_two and near and kind == NAME and clauses.is_personal(at)
        found.append(_make(Reference, (target, minutes, kind, state, near, first, company, dated, personal)))
        if after and minutes is not None:
            text = text[: after.start(1)] + " " * len(after[1]) + text[after.end(1) :]
    if len(places) > MOST_NAMES:
        found += [Reference(place.target, None, place.kind) for place in places[MOST_NAMES:]]
    return tuple(found), text


def _channel(
    text: str,
    visible: str,
    tokens: Sequence[str],
    words: Sequence[Word],
    hidden: Sequence[tuple[int, int, str]],
    tags: tuple[str, ...],
) -> str | None:
    """Return the channel of the first contact word, or of a tag such as `#meeting/1-1`."""
    if hidden:
        words = [word for word in words if not any(start <= word.start < end for start, end, _ in hidden)]
    contacts = [word for word in words if word.kind in CHANNELS]
    if contacts:
        # Dutch `met` means `with`: in a line with a Dutch contact word it is not the English `met`.
        with_words = {word.language for word in words if word.kind == "with" and text[word.start : word.end] in _MET}
        for word in contacts:
            if word.language in with_words:
                return word.kind
    if channel := channels.in_text(visible, tokens):
        return channel
    if contacts:
        return contacts[0].kind
    return (
        next((channel for tag in tags if (channel := channels.in_text(tag.replace("/", " ")))), None) if tags else None
    )
