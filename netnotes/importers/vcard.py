"""vCards 2.1, 3.0 and 4.0 as phones, mail programs and address books write them. A bad line is skipped alone.

Photos, notes and addresses are passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from netnotes.extract.people.phones import digits
from netnotes.importers import bounds
from netnotes.importers.content_lines import Property, logical_lines, parse_line, split, unescape
from netnotes.importers.display_names import ADDRESS
from netnotes.importers.records import Imported, ImportedPerson, Source, one_line, undecoded_lines
from netnotes.notes import Problem

MOST_VALUES = 50
"""Addresses or numbers of one person that are kept."""
_DATE = re.compile(
    r"(?P<y>\d{4})(?:-?(?P<m>\d\d)-?(?P<d>\d\d)|[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2}))(?!\d)"
    r"|--?(?P<m2>\d\d)-?(?P<d2>\d\d)(?!\d)"
)
_NOT_PEOPLE_KINDS = {"org", "organization", "location", "device", "application", "thing"}
_UNKNOWN_YEARS = {"0000", "0001", "1604", "1900"}
"""Years that address books write where the year is unknown; 1900 only with the first of January."""


def read(source: Source) -> Imported:
    """Return the people on the cards of one file, in order. Raises ImportTooLarge."""
    people: list[ImportedPerson] = []
    problems: list[Problem] = []
    cards = 0
    for line, properties, closed in _cards(undecoded_lines(source)):
        cards += 1
        bounds.PEOPLE.check(cards)
        if not closed:
            problems.append(Problem("card without END:VCARD; read as far as it goes", line=line))
        person = _person(properties)
        if person:
            people.append(person)
        elif closed and not _is_group(properties):
            problems.append(Problem("card without a name, address or number; left out", line=line))
    if not cards:
        problems.append(Problem("no vCard in this file", hint="export the address book as vCard (.vcf)"))
    return Imported(tuple(people), problems=tuple(problems), failed=not cards)


def _cards(lines: Iterable[str]) -> Iterator[tuple[int, list[Property], bool]]:
    """Yield the line a card begins on, its properties, and whether it was closed. Nested cards are passed over."""
    properties: list[Property] | None = None
    begin = depth = 0
    for number, line in logical_lines(lines):
        found = parse_line(line)
        if found is None:
            continue
        is_card = found.value.strip().upper() == "VCARD"
        if found.name == "BEGIN" and is_card:
            if properties is not None and _is_nested_card(properties):
                depth += 1
                continue
            if properties is not None:
                yield begin, properties, False
            properties, begin = [], number
        elif found.name == "END" and is_card:
            if depth:
                depth -= 1
            elif properties is not None:
                yield begin, properties, True
                properties = None
        elif properties is not None and not depth:
            properties.append(found)
    if properties is not None:
        yield begin, properties, False


def _is_nested_card(properties: list[Property]) -> bool:
    """Return whether the card that begins now is the value of the property before it, as vCard 2.1 writes agents."""
    return bool(properties) and properties[-1].name == "AGENT" and not properties[-1].value.strip()


def _person(properties: list[Property]) -> ImportedPerson | None:
    if _is_group(properties):
        return None
    by_name: dict[str, list[Property]] = {}
    for found in properties:
        by_name.setdefault(found.name, []).append(found)
    name = one_line(next((unescape(found.value) for found in by_name.get("FN", ()) if found.value.strip()), None))
    if name is None and "N" in by_name:
        name = _name_from_parts(by_name["N"][0].value)
    emails = tuple(dict.fromkeys(_emails(by_name.get("EMAIL", ()))))[:MOST_VALUES]
    phones = tuple(_phones(by_name.get("TEL", ())))[:MOST_VALUES]
    if not (name or emails or phones):
        return None
    org = _organization(by_name.get("ORG", ()))
    # Outlook and Google export a company with its name as the formatted one, and an empty name.
    is_named_company = bool(org) and name == org and all(not each.value.strip("; ") for each in by_name.get("N", ()))
    return ImportedPerson(
        name=name,
        emails=emails,
        phones=phones,
        birthday=next(filter(None, map(_birthday, by_name.get("BDAY", ()))), None),
        aliases=tuple(_aliases(by_name, name)),
        org=org,
        position=_first(by_name.get("TITLE", ())),
        company=is_named_company
        or any(found.value.strip().upper() == "COMPANY" for found in by_name.get("X-ABSHOWAS", ()))
        or any(found.value.strip().lower() in _NOT_PEOPLE_KINDS for found in by_name.get("KIND", ())),
        origin=_first(by_name.get("UID", ())) or next(iter((*emails, *phones)), name or ""),
    )


def _is_group(properties: list[Property]) -> bool:
    return any(
        found.name in ("KIND", "X-ADDRESSBOOKSERVER-KIND") and found.value.strip().lower() == "group"
        for found in properties
    )


def _name_from_parts(value: str) -> str | None:
    """Return `Family;Given;Middle;Prefix;Suffix` as one would say it."""
    parts = [one_line(" ".join(map(unescape, split(part, ",")))) for part in split(value, ";")] + [None] * 5
    family, given, middle, prefix, suffix = parts[:5]
    return one_line(" ".join(filter(None, (prefix, given, middle, family, suffix))))


def _aliases(by_name: dict[str, list[Property]], name: str | None) -> Iterator[str]:
    """Yield the nicknames, and first and last name without titles, if that is not the name on the card."""
    for found in by_name.get("NICKNAME", ())[:MOST_VALUES]:
        yield from filter(None, (one_line(unescape(each)) for each in split(found.value, ",")[:MOST_VALUES]))
    family, given, *_ = [*(split(found.value, ";") for found in by_name.get("N", ())[:1]), ["", ""]][0] + [""]
    if family.strip() and given.strip() and (plain := _name_from_parts(f"{family};{given}")) and plain != name:
        yield plain


def _emails(found: Iterable[Property]) -> Iterator[str]:
    for each in found:
        for address in ADDRESS.finditer(unescape(each.value).strip().lower().removeprefix("mailto:")):
            yield address[0].strip("'")


def _phones(found: Iterable[Property]) -> Iterator[str]:
    seen = set()
    for each in found:
        if {*each.params.get("TYPE", ())} & {"FAX", "PAGER"}:
            continue
        number = one_line(unescape(each.value).removeprefix("tel:").partition(";")[0])
        if number and (key := digits(number)) and key not in seen:
            seen.add(key)
            yield number


def _birthday(found: Property) -> str | None:
    return birthday(found.value, found.raw_params.get("X-APPLE-OMIT-YEAR"))


def _first(found: Iterable[Property]) -> str | None:
    return next(filter(None, (one_line(unescape(each.value)) for each in found)), None)


def _organization(found: Iterable[Property]) -> str | None:
    """Return the name of the first organization, without its units."""
    return next(filter(None, (one_line(unescape(split(each.value, ";")[0])) for each in found)), None)


def birthday(value: str, omitted: str | None = None) -> str | None:
    """Return `YYYY-MM-DD`, `--MM-DD` where the year is unknown, or None if the value is not a day of the calendar.

    `omitted` is the year that the program writes if it knows none.
    """
    found = _DATE.match(value.strip())
    if not found:
        return None
    year, month, day = found["y"], found["m"] or found["m2"] or found["m3"], found["d"] or found["d2"] or found["d3"]
    try:
        dt.date(int(year or 2000) or 2000, int(month), int(day))
    except ValueError:
        return None
    is_first = (int(month), int(day)) == (1, 1)
    unknown = not year or year == omitted or (year in _UNKNOWN_YEARS and (year != "1900" or is_first))
    return f"{'-' if unknown else year}-{int(month):02}-{int(day):02}"
