"""Understand one sentence about a contact: who, when, how long, by which channel, and what was promised.

A closed grammar over word lists. What is ambiguous is asked, never guessed. `line` writes the line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from netnotes.capture.clauses import attendance, initiative
from netnotes.capture.clauses.harmless_words import HAPPENED
from netnotes.capture.clauses.initiative import is_named_by_act
from netnotes.capture.clauses.others import among_themselves, asked_to_do
from netnotes.capture.clauses.replies import without_waiting
from netnotes.capture.clauses.short_contacts import without_denied_lengths
from netnotes.capture.clauses.statements import only_told_about
from netnotes.capture.days.day_of_contact import day_of_contact
from netnotes.capture.days.days_of_months import with_days_of_months
from netnotes.capture.days.deadlines import impossible_deadlines
from netnotes.capture.days.hours import hours_in_figures, without_half_days
from netnotes.capture.names.book import NameBook, NameMatch
from netnotes.capture.names.dates_or_names import without_dates
from netnotes.capture.names.find import addresses, find_names
from netnotes.capture.names.lower_case import ends_with_and, in_lower_case
from netnotes.capture.names.words import is_at_home, is_company
from netnotes.capture.people_named import asking_whom, people_named, with_relatives
from netnotes.capture.places.find import Venue, find_place
from netnotes.capture.promises.find import (
    find_promise,
    spoken_promise,
    tells_of_contact,
    without_task_marks,
)
from netnotes.capture.sentence_words import (
    is_here,
    is_new_refusal,
    main_language,
    own_languages,
    usual_order,
    words_in,
)
from netnotes.capture.understood import EMPTY, NO_ONE, NOT_THERE, PROMISE, Understood
from netnotes.capture.unread_lengths import unread_length
from netnotes.model import Person
from netnotes.regex import regex
from netnotes.text import bound_words
from netnotes.text.appositions import has_pronoun
from netnotes.text.lexicon import channels, day_phrases, spoken_channels, spoken_lengths
from netnotes.text.lexicon.dates import Order
from netnotes.text.lexicon.day_phrases import DayPhrase
from netnotes.text.lexicon.words import CHANNELS, LANGUAGES, Word, fold, listed, tokens_of
from netnotes.text.line_masking import blank
from netnotes.text.lines import initiative as initiative_of
from netnotes.text.names_in_lines import NAME, NameSpan

_WITH_PRONOUN = regex(
    r"(?<!\w)(?:with|mit|avec|con|com|met|med|z|с)\s(?:her|him|them|ihr|ihm|ihnen|elle|lui|eux|ella|él|ele|ela|lei|haar"
    r"|hem|henne|honom|nią|nim|ней|ним)(?=\s*(?:$|[,.;!?)]|\s(?:about|for|at|in|on|yesterday|today)(?!\w)))",
    re.IGNORECASE,
)
_FEW_LANGUAGES = 3
LONGEST = 500
"""Longest sentence that is read, in characters."""


def understand(
    text: str,
    book: NameBook,
    today: dt.date,
    *,
    order: Order | None = None,
    languages: frozenset[str] = frozenset(LANGUAGES),
    scenes: Collection[str] = (),
    log_of: Person | None = None,
) -> Understood:
    """Return what a sentence says, if said on `today`.

    `order` is that of numeric dates; `languages` and `scenes` are those of the vault. With `log_of` the line is for
    that person's log, and they need not be named.
    """

    def read(words: str) -> Understood:
        return _understand(words, book, today, order=order, languages=languages, scenes=scenes, log_of=log_of)

    found = read(text)
    if found.logged:
        listed_on = found.names and ends_with_and(found.text, found.names)
        new = in_lower_case(found.text, found.names, own_languages(found.text, languages)) if listed_on else ()
        return replace(found, unread_names=tuple(word.text for word in new)) if new else found
    asked = asking_whom(found, book, own_languages(found.text, languages), read) if found.why == NO_ONE else None
    return asked or found


def _understand(
    text: str,
    book: NameBook,
    today: dt.date,
    *,
    order: Order | None,
    languages: frozenset[str],
    scenes: Collection[str],
    log_of: Person | None,
) -> Understood:
    text = " ".join(text.split())[:LONGEST]
    if not any(map(str.isalnum, text)) and channels.of_sign(text) is None:
        return Understood(text, logged=False, why=EMPTY)
    own = own_languages(text, languages)
    order = order or usual_order(own)
    names = with_relatives(text, without_dates(text, find_names(text, book, own), today, order, own), book, own)
    masked = blank(text, [*((name.start, name.end) for name in names), *addresses(text)])
    masked = without_half_days(without_denied_lengths(masked, own | {"en"}))
    hours = hours_in_figures(masked)
    masked = blank(masked, [hours[:2]] if hours else ())
    words = words_in(masked, own, names)
    words = list(bound_words.resolve(masked, words, [NameSpan(n.start, n.end, NAME, n.written) for n in names])[0])
    days = next(filter(None, (day_phrases.find(masked, today, order, read) for read in _tried(languages, own))), [])
    days = with_days_of_months(masked, [day for day in days if not is_here(masked, day.start, day.end)], today, own)
    promise, promised = find_promise(text, masked, words, days, names, today)
    main = [day for day in days if not _within(day.start, promised)]
    present = _outside(masked, promised, names, words, days)
    asked = asked_to_do(masked, present)
    present = [
        name._replace(possessive=name.possessive and not is_named_by_act(masked, words, name))
        for name in present
        if not _within(name.start, asked)
    ]
    aside = [span for span in (promised, asked) if span]
    remaining = blank(masked, [*aside, *((day.start, day.end) for day in main)])
    words += [word for word in words_in(remaining, own, names) if is_new_refusal(word, words)]
    spoken = _spoken(remaining, [word for word in words if not any(_within(word.start, span) for span in aside)])
    contacts = [word for word in spoken if word.kind in (*CHANNELS, HAPPENED)]
    there, spoken, why = _who_came(remaining, present, spoken, own)
    if why:
        people, _, _ = people_named(present, None, book, log_of)
        when = day_of_contact(masked, main, present, contacts, today, own)
        return Understood(text, people=people, date=when.date, logged=False, why=why)
    present = there
    place = _place(text, remaining, present, spoken, own)
    present = _without_hosts(text, present, place, own)
    people, unknown, ask = people_named(present, place, book, log_of)
    when = day_of_contact(masked, main, present, contacts, today, own)
    minutes = spoken_lengths.spoken(
        without_waiting(remaining, own), _before_hours(remaining, main, present, spoken, own)
    )
    minutes = hours.minutes if hours and minutes is None else minutes
    in_company = any(is_company(text, name) for name in present)
    channel = _channel(remaining, spoken, place, minutes, own, in_company=in_company)
    ends = (*(name.end for name in present), *(word.end for word in spoken if word.kind in CHANNELS))
    found = Understood(
        text,
        people=people,
        unknown=unknown,
        date=when.date,
        minutes=minutes,
        channel=channel,
        initiated_by=initiative.started_by(remaining, spoken, present, channel),
        place=place.text if place else None,
        scene=_scene(place, scenes),
        promise=promise,
        plan=when.plan,
        ask=(*ask, *when.ask, *impossible_deadlines(text, [day for day in days if day not in main])),
        names=tuple(present),
        language=main_language(text, languages),
        unread=unread_length(remaining, ends, own) if minutes is None else None,
        blanks=(*([promised] if promised else ()), *((day.start, day.end) for day in when.used)),
    )
    found = _with_fields(found)
    if promise and not (found.channel or found.minutes or found.place or when.used or in_company or log_of):
        people, unknown, _ = people_named([name for name in names if name not in present], None, book, None)
        return replace(found, people=people, unknown=unknown, logged=False, why=PROMISE, ask=())
    if why := attendance.did_not_happen(remaining, spoken, present, when, measured=minutes is not None):
        return replace(found, logged=False, why=why, ask=())
    if log_of is None and found.minutes is None and only_told_about(remaining, present, spoken, own):
        return replace(found, logged=False, why=attendance.NO_CONTACT, ask=())
    left = attendance.really_there(remaining, spoken, present, place.host if place else None)
    if log_of is None and not people and not unknown and not ask:
        return replace(found, logged=False, why=NO_ONE)
    if left is not None:
        people, unknown, ask = people_named(left, place, book, log_of)
        found = replace(found, people=people, unknown=unknown, ask=(*ask, *when.ask))
    return found


def _spoken(remaining: str, words: Sequence[Word]) -> list[Word]:
    """Return the words that are not blank in a text, without words of plans in a longer one of initiative."""
    words = [word for word in words if remaining[word.start : word.end].strip()]
    # `m'a invité à dîner` says who started it, although `inviter` is a word of plans.
    spans = [(word.start, word.end) for word in words if word.kind in initiative.KINDS and word.kind != "from"]
    return [
        word
        for word in words
        if word.kind != "planning"
        or not any(a <= word.start and word.end <= b and b - a > word.end - word.start for a, b in spans)
    ]


def _channel(
    remaining: str,
    spoken: Sequence[Word],
    place: Venue | None,
    minutes: float | None,
    own: frozenset[str],
    *,
    in_company: bool,
) -> str | None:
    """Return the channel that the words say, or `in person` for a visit and for what people do together."""
    visit = place is not None and (place.host is not None or minutes is not None or in_company)
    channel = spoken_channels.spoken(remaining, spoken, own) or ("in person" if visit else None)
    together = (in_company and minutes) or ((in_company or minutes) and _is_done_together(remaining, spoken))
    only_chat = channel == "message" and place and spoken_channels.is_only_chat(remaining, spoken)
    return "in person" if (channel is None and together) or only_chat else channel


def _who_came(
    remaining: str, names: list[NameMatch], words: list[Word], own: frozenset[str]
) -> tuple[list[NameMatch], list[Word], str | None]:
    """Return the names of those who came, the words without those about others, and why nobody did."""
    happened = max((word.start for word in words if word.kind == HAPPENED), default=-1)
    called_off = max((word.end for word in words if word.kind == "cancelled" and word.end <= happened), default=-1)
    if called_off > 0:
        # `Bo cancelled lunch, but we had coffee instead`
        later = [word for word in words if word.kind not in CHANNELS or word.start > called_off]
        words = later if any(word.kind in CHANNELS for word in later) else words
    absent = attendance.did_not_come(remaining, names, own)
    if called_off > 0 and len(absent) == len(names):
        absent = {}
    missing = {name.person for at, name in enumerate(names) if at in absent} - {None}
    absent |= {at: absent.get(at, (name.start, name.end)) for at, name in enumerate(names) if name.person in missing}
    others = among_themselves(remaining, names, own)
    if names and absent.keys() | others >= {*range(len(names))}:
        return [], words, NOT_THERE if others else "it did not happen"
    if absent:
        words = attendance.without(tuple(absent.values()), words)
    return [name for at, name in enumerate(names) if at not in absent and at not in others], words, None


def _has_pronoun(text: str, contacts: Sequence[Word]) -> bool:
    """Return whether a pronoun stands beside a word of contact, or after `with`: `called her`, `coffee with him`."""
    return any(has_pronoun(text, word) for word in contacts) or _WITH_PRONOUN.search(text) is not None


def _outside(
    text: str,
    promised: tuple[int, int] | None,
    names: Sequence[NameMatch],
    words: Sequence[Word],
    days: Sequence[DayPhrase],
) -> list[NameMatch]:
    """Return the names outside a promise; all of them in `owe Ada the drill, saw her today`."""
    present = [name for name in names if not _within(name.start, promised)]
    contacts = [word for word in words if word.kind in CHANNELS]
    if present and all(name.possessive for name in present) and _has_pronoun(text, contacts):
        # `remembered Ada's birthday and called her`
        present[-1] = present[-1]._replace(possessive=False)
    if present or not promised or not tells_of_contact(promised, words, days):
        return present
    if all(name.possessive for name in names):
        # `must return Ada's drill, saw her today`
        return [name._replace(possessive=False) for name in names]
    return list(names)


def _place(
    text: str, remaining: str, present: Sequence[NameMatch], spoken: Sequence[Word], own: frozenset[str]
) -> Venue | None:
    """Return where people met; not `initiative` in `à son initiative`."""
    place = find_place(text, remaining, present, spoken, own)
    begun = (text[word.start : word.end] for word in spoken if word.kind == "started by them")
    return None if place and not place.host and any(place.text in each for each in begun) else place


def _without_hosts(text: str, present: list[NameMatch], place: Venue | None, own: frozenset[str]) -> list[NameMatch]:
    """Return names in which hosts of a place are no owners: `coffee in the garden at Bo's`."""
    if place is None or place.host:
        return present
    return [name._replace(possessive=name.possessive and not is_at_home(text, name, own)) for name in present]


_FIELD = regex(r"[\[(](by|initiated_by|channel|scene)::\s*([\w ]{1,40}?)\s*[\])]", re.IGNORECASE)


def _with_fields(found: Understood) -> Understood:
    """Return what was understood, completed by inline fields such as `[by:: them]`."""
    for name, value in _FIELD.findall(found.text):
        match name.lower():
            case "channel":
                found = replace(found, channel=channels.of_value(value))
            case "scene":
                found = replace(found, scene=value)
            case _:
                found = replace(found, initiated_by=initiative_of(value) or found.initiated_by)
    return found


def understand_promise(text: str, book: NameBook, today: dt.date, *, order: Order | None = None) -> Understood:
    """Return the promise that a whole text states: to whom, what, and by when."""
    text = without_task_marks(text)[:LONGEST]
    if not any(map(str.isalnum, text)):
        return Understood(text, logged=False, why=EMPTY)
    own = own_languages(text, frozenset(LANGUAGES))
    names = with_relatives(text, without_dates(text, find_names(text, book, own), today, order, own), book, own)
    masked = blank(text, [(name.start, name.end) for name in names])
    days = with_days_of_months(masked, day_phrases.find(masked, today, order), today, own)
    if all(name.possessive for name in names):
        # `return Ada's drill` is owed to her.
        names = [name._replace(possessive=False) for name in names]
    people, unknown, ask = people_named(names, None, book, None)
    promise = spoken_promise(text, names, days, today)
    ask = (*ask, *impossible_deadlines(text, days))
    return Understood(text, people=people, unknown=unknown, date=today, promise=promise, ask=ask, names=tuple(names))


def _tried(languages: frozenset[str], own: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield the languages in which a day is looked for: those of the vault, of the sentence, each of a few."""
    yield from (languages, own)
    if 1 < len(own) <= _FEW_LANGUAGES:
        yield from (frozenset({code}) for code in LANGUAGES if code in own)


def _within(at: int, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= at < span[1]


def _before_hours(
    text: str, days: Sequence[DayPhrase], names: Sequence[NameMatch], words: Sequence[Word], own: frozenset[str]
) -> list[int]:
    """Return where hours such as `4-6` may begin: after days, and after names and contacts, unless they are a score."""
    ends = [day.end for day in days]
    if not listed("scored", own | {"en"}).isdisjoint(map(fold, tokens_of(text))):
        return ends
    return [*ends, *(name.end for name in names), *(word.end for word in words if word.kind in CHANNELS)]


def _is_done_together(text: str, words: Sequence[Word]) -> bool:
    """Return whether a sentence names what people do together, such as going somewhere."""
    together = any(word.kind == "done together" for word in words)
    return together and listed("no company").isdisjoint(map(fold, tokens_of(text)))


def _scene(place: Venue | None, scenes: Collection[str]) -> str | None:
    if place is None:
        return None
    return next((scene for scene in scenes if fold(scene) == fold(place.text)), None)
