"""How long the user has known a person, according to the person's note: the years before the first noted contact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netnotes.extract.people.declarations import of_kind
from netnotes.model import Person, Problem, Tie
from netnotes.phrasing import shorten
from netnotes.reserved import fold_key
from netnotes.text.declared_lines import KNOWN_SINCE
from netnotes.text.lexicon import date_ranges, dates
from netnotes.text.lexicon.date_ranges import DateRange


def known_since(person: Person) -> DateRange | None:
    """Return the first and last day meant by `known_since`, `met`, `since` and the like; the earliest of several.

    A year, a month, a day, or the start of a span, from a property or a line such as `Known since 2009`. If there is
    none: the start of the last span at a school or company (`school: Lycée, 1998-2004`), since earlier ones may not
    have been shared. None if the note does not say.

    .. versionadded:: 0.2
    """
    declared = min((found for _, value in _known_since_values(person) if (found := _range(value))), default=None)
    return declared or max((found for _, _, found in _shared_spans(person)), default=None)


def known_before(tie: Tie) -> int:
    """Return for how many days two people had known each other before their first contact, by the note; >= 0.

    A year alone counts from its last day, so that the result is never too high.

    .. versionadded:: 0.2
    """
    if not tie.ego or tie.first is None or (since := known_since(tie.person)) is None:
        return 0
    return max(0, (tie.first - since.last).days)


def known_since_words(person: Person) -> str:
    """Return the date from which a person is known, in words: `2009`, `May 2014`; empty if their note does not say.

    .. versionadded:: 0.2
    """
    since = known_since(person)
    return date_ranges.range_words(since) if since else ""


def shared_at(person: Person) -> str:
    """Return the property with the span that `known_since` used, such as `school`; empty if it used none.

    .. versionadded:: 0.2
    """
    if any(_range(value) for _, value in _known_since_values(person)):
        return ""
    return max(((found, key) for key, _, found in _shared_spans(person)), default=(None, ""))[1]


def invalid_dates(person: Person) -> Iterator[Problem]:
    """Yield a problem for each property whose date does not exist, is ambiguous or cannot be read."""
    for key, value in _known_since_values(person):
        hint = f"write `{key}: 2009`, `2009-05` or `2009-05-14`"
        try:
            found = date_ranges.of_value(value)
        except dates.AmbiguousDay as error:
            message = f"`{key}`: {error}; only the year counts"
            yield Problem(message, path=person.path, line=person.lines.get(key), hint=hint)
        except dates.NoSuchDay as error:
            yield Problem(f"`{key}`: {error}", path=person.path, line=person.lines.get(key), hint=hint)
        else:
            if found is None and fold_key(key) == fold_key(KNOWN_SINCE) and value not in (None, ""):
                message = f"`{key}: {shorten(value)}` is not understood and counts as absent"
                yield Problem(message, path=person.path, line=person.lines.get(key), hint=hint)


def shared_years(person: Person) -> Iterator[Problem]:
    """Yield a remark for each property with years at a school or company, if nothing else says when you met."""
    if any(_range(value) for _, value in _known_since_values(person)):
        return
    spans = {(key, value): found for key, value, found in _shared_spans(person)}
    for key, value in _shared(person):
        if found := spans.get((key, value)):
            message = f"`{key}: {shorten(value)}` counts as years that you were there together"
            hint = f"if so, `known_since: {found.first.year}` confirms it; if not, add the year you met"
        elif begun := _range(value):
            message = f"`{key}: {shorten(value)}` has years you may not have shared"
            hint = f"if you were there together, add `known_since: {begun.first.year}`"
        else:
            continue
        yield Problem(message, path=person.path, line=person.lines.get(key), remark="near property", hint=hint)


def _shared_spans(person: Person) -> Iterator[tuple[str, str, DateRange]]:
    """Yield (property, value, start) of each span at a school or company."""
    yield from ((key, value, start) for key, value in _shared(person) if (start := date_ranges.span_start(value)))


def _shared(person: Person) -> Iterator[tuple[str, str]]:
    """Yield (property, value) for schools and companies; `{name: Lycée, from: 1998, to: 2004}` as one text."""
    for key, value in of_kind(person, "shared years"):
        for item in value if isinstance(value, list | tuple) else [value]:
            parts = item.values() if isinstance(item, Mapping) else [item]
            if text := " - ".join(str(part) for part in parts if isinstance(part, str | int)):
                yield key, text


def _known_since_values(person: Person) -> Iterator[tuple[str, object]]:
    """Yield (property, value) for properties such as `known_since`, each value of a list by itself."""
    for key, value in of_kind(person, "known since"):
        yield from ((key, dates.single(item)) for item in (value if isinstance(value, list | tuple) else [value]))


def _range(value: object) -> DateRange | None:
    try:
        return date_ranges.of_value(value)
    except dates.AmbiguousDay as error:
        return date_ranges.of_value(error.day_first.year)
    except dates.NoSuchDay:
        return None
