"""Monica 4's exports, as JSON or SQL: contacts, calls, conversations and activities. Keeps no text."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from netnotes.importers import bounds
from netnotes.importers.records import Imported, ImportedEncounter, ImportedPerson, Source, decode, one_line
from netnotes.notes import Initiative, Problem

Record = Mapping[str, Any]
Tables = dict[str, list[dict[str, Any]]]
"""Table of Monica's database → its rows; ids are numbers in SQL and UUIDs in JSON."""

CHANNELS = {"email": "mail", "phone": "call"}
"""Kind of a contact field → channel; anything else by which people write is a message."""
_INSERT = re.compile(r"INSERT\s+(?:IGNORE\s+)?INTO\s+`(\w+)`\s*\(([^)]*)\)\s*VALUES", re.IGNORECASE)
_TOKEN = re.compile(r"\s+|[(),;]|'(?:[^'\\]|\\.|'')*+(?:'|\Z|\\\Z)|[^\s(),;']+", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_WANTED = {
    "contacts", "users", "calls", "activities", "activity_contact", "activity_types", "contact_fields",
    "contact_field_types", "conversations", "messages", "special_dates", "tags", "contact_tag",
}  # fmt: skip


def read(source: Source, *, since: dt.date | None = None) -> Imported:
    """Return contacts and encounters of an export of Monica 4; any other version is refused.

    Contacts before `since` are left out. Raises ImportTooLarge.
    """
    data = _all_bytes(source)
    bounds.RECORDS.check(data.count(b"{"))
    text = decode(data)
    if text.lstrip().startswith("{"):
        try:
            tables = _from_json(json.loads(text))
        except (ValueError, RecursionError):
            tables = None
    else:
        tables = _from_sql(text)
    if tables is None:
        problem = Problem("not an export of Monica 4", hint="export JSON or SQL under Settings, Export data")
        return Imported(problems=(problem,), failed=True)
    return _Export(tables).imported(since or dt.date.min)


def _all_bytes(source: Source) -> bytes:
    data = bytearray()
    for piece in (source,) if isinstance(source, bytes) else source:
        data += piece
        bounds.MEGABYTES.check(len(data) / 1_000_000)
    return bytes(data)


def _from_json(found: Any) -> Tables | None:
    """Flatten the nested JSON into the tables that the SQL export has."""
    account = found.get("account") if isinstance(found, dict) else None
    if not isinstance(account, dict) or not isinstance(account.get("data"), list):
        return None
    tables: Tables = defaultdict(list)
    instance = account.get("instance") or {}
    for name in ("contact_field_types", "activity_types"):
        tables[name] = [_row(each) for each in instance.get(name) or () if isinstance(each, dict)]
    for kind, value in _sections(account["data"]):
        row = _row(value)
        if kind == "user":
            tables["users"].append(row | {"me_contact_id": row.get("me_contact")})
        elif kind == "activity":
            tables["activities"].append(row | {"activity_type_id": row.get("type")})
        elif kind == "contact":
            _contact(value, row, tables)
    return tables


def _sections(data: Any) -> Iterator[tuple[str, Any]]:
    for section in data if isinstance(data, list) else ():
        if isinstance(section, dict):
            for value in section.get("values") or ():
                yield str(section.get("type")), value


def _row(value: Any) -> dict[str, Any]:
    properties = value.get("properties") if isinstance(value, dict) else None
    return {
        "id": value.get("uuid"),
        **(properties if isinstance(properties, dict) else {}),
        **_name_fields(value),
    }


def _name_fields(value: Any) -> dict[str, Any]:
    return {key: found for key, found in value.items() if key in ("first_name", "last_name")}


def _contact(value: Record, row: dict[str, Any], tables: Tables) -> None:
    for key, target in (("birthdate", "birthday_special_date_id"), ("first_met_date", "first_met_special_date_id")):
        if isinstance(row.get(key), dict):
            special = _row(row[key]) | row[key]
            special["id"] = special.get("uuid")
            tables["special_dates"].append(special)
            row[target] = special["id"]
    row["first_met_through_contact_id"] = row.get("first_met_through")
    tables["contacts"].append(row)
    for name in row.get("tags") or ():
        tables["tags"].append({"id": f"{row['id']}:{name}", "name": name})
        tables["contact_tag"].append({"contact_id": row["id"], "tag_id": f"{row['id']}:{name}"})
    times: Counter[str] = Counter()
    for kind, inner in _sections(value.get("data")):
        if kind == "activity":
            tables["activity_contact"].append({"activity_id": inner, "contact_id": row["id"]})
            continue
        if not isinstance(inner, dict):
            continue
        found = _row(inner) | {"contact_id": row["id"]}
        if found["id"] is None:
            # Early versions export no UUID: creation time and day identify the entry, and stay the same.
            day = found.get("called_at") or found.get("happened_at")
            written = f"{row['id']}:{kind}:{inner.get('created_at')}:{day}"
            found["id"] = f"{written}:{times[written]}"
            times[written] += 1
        if kind == "contact_field":
            tables["contact_fields"].append(found | {"contact_field_type_id": found.get("type")})
        elif kind == "call":
            tables["calls"].append(found)
        elif kind == "conversation":
            tables["conversations"].append(found | {"contact_field_type_id": found.get("contact_field_type")})
            tables["messages"].extend(
                _row(message) | {"conversation_id": found["id"]}
                for message in found.get("messages") or ()
                if isinstance(message, dict)
            )


def _from_sql(text: str) -> Tables | None:
    """Return the wanted tables of a dump. Strings are read as strings, so that a text may hold a statement."""
    tables: Tables = defaultdict(list)
    at = 0
    found_any = False
    while head := _INSERT.search(text, at):
        if _in_string_or_comment(text, at, head.start()):
            at = head.end()
            continue
        columns = [column.strip(" `\n") for column in head[2].split(",")]
        at, rows = _values(text, head.end())
        found_any = True
        if head[1] in _WANTED:
            tables[head[1]].extend(dict(zip(columns, row, strict=False)) for row in rows)
            bounds.RECORDS.check(sum(map(len, tables.values())))
    return tables if found_any and tables.get("contacts") else None


def _in_string_or_comment(text: str, start: int, end: int) -> bool:
    """Return whether the last line before a statement is a comment; values were consumed whole before."""
    line = text[max(start, text.rfind("\n", 0, end) + 1) : end].lstrip()
    return line.startswith(("#", "--"))


def _values(text: str, at: int) -> tuple[int, list[list[Any]]]:
    rows: list[list[Any]] = []
    row: list[Any] | None = None
    for token in _TOKEN.finditer(text, at):
        part = token[0]
        at = token.end()
        if part == ";" and row is None:
            break
        if part == "(":
            row = []
        elif part == ")" and row is not None:
            rows.append(row)
            bounds.RECORDS.check(len(rows))
            row = None
        elif row is not None and part != "," and not part.isspace():
            row.append(_literal(part))
    return at, rows


def _literal(part: str) -> Any:
    if part.startswith("'"):
        return re.sub(r"\\(.)|''", lambda found: _ESCAPES.get(found[1], found[1]) if found[1] else "'", part[1:-1])
    if part.upper() == "NULL":
        return None
    return int(part) if re.fullmatch(r"-?[0-9]{1,18}", part) else part


class _Export:
    """The tables of one export, and the people and encounters in them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._special = self._by_id("special_dates")
        self._types = self._by_id("contact_field_types")
        self._tags = self._by_id("tags")
        self._fields = self._by_contact("contact_fields")
        self._tagged = self._by_contact("contact_tag")
        user = next(iter(tables.get("users", ())), {})
        self._me = user.get("me_contact_id")
        self._contacts = {row["id"]: row for row in tables.get("contacts", ()) if row.get("id") is not None}
        bounds.PEOPLE.check(len(self._contacts))
        self._people = {
            key: person
            for key, row in self._contacts.items()
            if key != self._me and not row.get("is_partial") and (person := self._person(key, row))
        }

    def _by_id(self, table: str) -> dict[Any, dict[str, Any]]:
        return {row.get("id"): row for row in self._tables.get(table, ())}

    def _by_contact(self, table: str) -> dict[Any, list[dict[str, Any]]]:
        found: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
        for row in self._tables.get(table, ()):
            found[row.get("contact_id")].append(row)
        return found

    def imported(self, since: dt.date) -> Imported:
        """Return everything the export holds, contacts from one day on."""
        every = (*self._calls(), *self._activities(), *self._conversations())
        encounters = sorted((each for each in every if each.date >= since), key=lambda each: (each.date, each.origin))
        bounds.ENCOUNTERS.check(len(encounters))
        return Imported(tuple(self._people.values()), tuple(encounters))

    def _person(self, key: Any, row: Record) -> ImportedPerson | None:
        fields = self._fields.get(key, ())
        emails = [str(each["data"]).lower() for each in fields if self._kind(each) == "email" and each.get("data")]
        phones = [str(each["data"]) for each in fields if self._kind(each) == "phone" and each.get("data")]
        through = self._contacts.get(row.get("first_met_through_contact_id"))
        name = _name(row)
        if name is None:
            return None
        return ImportedPerson(
            name,
            emails=tuple(dict.fromkeys(emails)),
            phones=tuple(dict.fromkeys(phones)),
            birthday=self._birthday(row),
            org=one_line(row.get("company")),
            position=one_line(row.get("job")),
            tags=tuple(
                str(self._tags[each.get("tag_id")]["name"])
                for each in self._tagged.get(key, ())
                if each.get("tag_id") in self._tags
            ),
            known_since=_day((self._special.get(row.get("first_met_special_date_id")) or {}).get("date")),
            cadence=_positive_int(row.get("stay_in_touch_frequency")),
            introduced_by=_name(through) if through else None,
            distinct=True,
            origin=f"monica:{row.get('uuid') or key}",
        )

    def _kind(self, field: Record) -> str | None:
        found = self._types.get(field.get("contact_field_type_id")) or {}
        return found.get("type") or {"Email": "email", "Phone": "phone"}.get(str(found.get("name")))

    def _birthday(self, row: Record) -> str | None:
        special = self._special.get(row.get("birthday_special_date_id"))
        day = _day((special or {}).get("date"))
        if special is None or day is None or special.get("is_age_based"):
            return None
        return f"--{day:%m-%d}" if special.get("is_year_unknown") else day.isoformat()

    def _calls(self) -> Iterator[ImportedEncounter]:
        for row in self._tables.get("calls", ()):
            day, person = _day(row.get("called_at")), self._people.get(row.get("contact_id"))
            if day and person:
                by: Initiative = "them" if row.get("contact_called") else "me"
                yield ImportedEncounter(day, (person,), f"monica:call:{row.get('id')}", "call", initiated_by=by)

    def _activities(self) -> Iterator[ImportedEncounter]:
        present: defaultdict[Any, list[ImportedPerson]] = defaultdict(list)
        for row in self._tables.get("activity_contact", ()):
            if person := self._people.get(row.get("contact_id")):
                present[row.get("activity_id")].append(person)
        for row in self._tables.get("activities", ()):
            day = _day(row.get("happened_at"))
            if day and (people := present.get(row.get("id"))):
                in_order = tuple(sorted(people, key=lambda person: person.label))
                yield ImportedEncounter(day, in_order, f"monica:activity:{row.get('id')}", "in person")

    def _conversations(self) -> Iterator[ImportedEncounter]:
        messages: defaultdict[tuple[Any, dt.date], list[bool]] = defaultdict(list)
        for row in self._tables.get("messages", ()):
            if day := _day(row.get("written_at")):
                messages[row.get("conversation_id"), day].append(bool(row.get("written_by_me")))
        conversations = self._by_id("conversations")
        for (key, day), mine in sorted(messages.items(), key=lambda item: (item[0][1], str(item[0][0]))):
            row = conversations.get(key) or {}
            person = self._people.get(row.get("contact_id"))
            if not person:
                continue
            by: Initiative = "me" if mine[0] else "them"
            counts = Counter(mine)
            channel = CHANNELS.get(self._kind(row) or "", "message")
            origin = f"monica:conversation:{key}:{day.isoformat()}"
            yield ImportedEncounter(
                day, (person,), origin, channel, initiated_by=by, count=counts[False], sent=counts[True]
            )


def _name(row: Record) -> str | None:
    parts: Sequence[Any] = (row.get("first_name"), row.get("middle_name"), row.get("last_name"))
    return one_line(" ".join(str(part) for part in _filled(parts)))


def _filled(parts: Iterable[Any]) -> Iterator[Any]:
    return (part for part in parts if part)


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _positive_int(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 36_500 else None
