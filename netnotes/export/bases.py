"""A Bases file for the fields that NetNotes writes: what is due, deep ties, cooling ties, and everyone by scene.

It reads only properties, so it works on a phone without any plugin or script. See `bases` at
https://help.obsidian.md/bases/syntax for the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from netnotes.text.file_seal import PLACEHOLDER, seal

NAME = "Relationships.base"
TITLES: Mapping[str, str] = {
    "depth": "Depth",
    "tie": "Tie",
    "warmth": "Warmth",
    "last_contact": "Last contact",
    "follow_up": "Follow up",
}
"""Field → title of its column."""
LAPSED = 60
"""Days overdue after which a shallow tie is no longer in the view of what is due, as in `netnotes due`."""


def base(properties: Mapping[str, str]) -> str:
    """Return the text of the file, sealed. `properties` are field → property, for the fields that are written.

    Columns, filters and views of fields that are not written are left out.
    """
    columns = {name: f"note.{properties[name]}" for name in TITLES if name in properties}
    known = [_has(columns[name]) for name in ("depth", "last_contact") if name in columns]
    lines = [
        f"# {PLACEHOLDER}. `netnotes bases` replaces this file only if it has not been edited.",
        *(["filters:", *_nested("or", known, 2)] if known else []),
        "properties:",
        *_title("file.name", "Name"),
        *_title("note.scene", "Scene"),
        *(line for name, column in columns.items() for line in _title(column, TITLES[name])),
        "views:",
        *_views(columns),
    ]
    return seal("\n".join((*lines, "")))


def _views(columns: Mapping[str, str]) -> Iterable[str]:
    everything = ["file.name", *columns.values(), "note.scene"]
    if due := columns.get("follow_up"):
        is_due, is_recent = [_has(due), f"{_operand(due)} <= today()"], _is_recent(due, columns.get("tie"))
        yield from _view("table", "Due", everything, [*is_due, is_recent], (due, "ASC"))
        yield from _view("cards", "Due, as cards", everything, [*is_due, is_recent], (due, "ASC"))
        yield from _view("table", "Long overdue", everything, [*is_due, f"!({is_recent})"], (due, "DESC"))
    by_depth = (columns["depth"], "DESC") if "depth" in columns else ("file.name", "ASC")
    if tie := columns.get("tie"):
        yield from _view("table", "Deep ties", everything, [f'{_operand(tie)} == "deep"'], by_depth)
        yield from _view("cards", "Deep ties, as cards", everything, [f'{_operand(tie)} == "deep"'], by_depth)
    if warmth := columns.get("warmth"):
        yield from _view("table", "Cooling", everything, [f'{_operand(warmth)} == "cooling"'], by_depth)
    yield from _view("table", "By scene", everything, [], by_depth, group="note.scene")


def _view(
    kind: str, name: str, columns: Iterable[str], filters: list[str], by: tuple[str, str], *, group: str = ""
) -> Iterable[str]:
    yield f"  - type: {kind}"
    yield f"    name: {name}"
    if filters:
        yield "    filters:"
        yield from _nested("and", filters, 6)
    if group:
        yield from ("    groupBy:", f"      property: {group}", "      direction: ASC")
    yield "    order:"
    yield from (f"      - {column}" for column in columns)
    yield from ("    sort:", f"      - property: {by[0]}", f"        direction: {by[1]}")


def _is_recent(due: str, tie: str | None) -> str:
    """Return the rule of `netnotes due`: a shallow tie without a declared cadence is left out after LAPSED days."""
    kept = [f'{_operand(due)} >= today() - "{LAPSED}d"', _has("note.cadence")]
    return " || ".join([*kept, f'{_operand(tie)} == "deep"'] if tie else kept)


def _has(column: str) -> str:
    return f"file.hasProperty({json.dumps(column.removeprefix('note.'), ensure_ascii=False)})"


def _operand(column: str) -> str:
    """Return a column as filters name it: in brackets, since a hyphen would be a minus."""
    name = column.removeprefix("note.")
    return column if name.isidentifier() else f"note[{json.dumps(name, ensure_ascii=False)}]"


def _nested(word: str, conditions: Iterable[str], indent: int) -> list[str]:
    # JSON strings are YAML strings: nothing in a condition can end the line or start another.
    return [
        f"{' ' * indent}{word}:",
        *(f"{' ' * (indent + 2)}- {json.dumps(each, ensure_ascii=False)}" for each in conditions),
    ]


def _title(column: str, title: str) -> tuple[str, str]:
    return f"  {column}:", f"    displayName: {title}"
