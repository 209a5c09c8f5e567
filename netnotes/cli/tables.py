"""The result of a report: as a table for the terminal, as Markdown for a note, or as records for JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from netnotes.cli import output
from netnotes.cli.screen import note_link
from netnotes.model import Person, Promise
from netnotes.network.namesakes import called
from netnotes.phrasing import short_day, value_json
from netnotes.plugin.facts import Cell, Remark, Row
from netnotes.printable import one_line
from netnotes.scoring.depth import depth_text
from netnotes.scoring.reports import ReportResult, person_of, source_lines

if TYPE_CHECKING:  # it loads rich
    from netnotes.cli.layout import Cell as Words
    from netnotes.cli.layout import Column

WHY, WHERE = "why", "where"
"""Headers of the columns for reasons and for lines of notes."""
BAR = 6
"""Width of a bar, in columns."""
PROGRESS = "progress"
SHARES = ("share", "deep_share", "share_of_five", "usual")
BARS = ("depth", "tight", "strength", PROGRESS, *SHARES)
"""Columns with numbers from 0 to 1 that are shown as bars; shares in per cent, progress without a figure."""
_SYNTAX = re.compile(
    r"[\\|\[\]<>*_`#$%=~&^@]|:(?=[:/])|(?<=:):|(?<=www)\."
    r"|^\s*[-+](?=\s)|(?:(?<=^\d)|(?<=^\d\d))[.)](?=\s)"
)
"""Characters with a meaning in Markdown, Obsidian or Dataview, in the places where they have it."""


def records(result: ReportResult) -> list[dict[str, object]]:
    """Return the documented JSON: one object a row, its cells first, then `path`, `section`, `because`, `evidence`.

    Rows of one section have the same columns, null if a row lacks one.

    `path` is present for rows about a person, `section` if a report has sections. Numbers are unrounded, dates ISO.
    """
    rows = result.rows
    parted = any(row.section for row in rows)
    columns: dict[str, dict[str, None]] = {}
    for row in rows:
        columns.setdefault(row.section, {}).update(dict.fromkeys([*row.cells, *row.more]))
    found = []
    for row in rows:
        person = person_of(row)
        record: dict[str, object] = {
            column: _as_json(row.cells.get(column, row.more.get(column)), person, result.labels)
            for column in columns[row.section]
        }
        if person and "path" not in record:
            record["path"] = person.path
        if parted:
            record["section"] = row.section
        record["because"] = row.because
        record["evidence"] = [{"path": path, "line": line} for path, line in source_lines(row)]
        found.append(record)
    return found


def _as_json(value: Cell, whose: Person | None, labels: Mapping[str, str]) -> object:
    """Return a cell for JSON: people by name, others than the row's own by their label if they share their name."""
    if isinstance(value, Person):
        return value.name if value == whose else called(value, labels)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_as_json(item, None, labels) for item in value]
    return value_json(value)


def table(result: ReportResult, root: Path, today: dt.date, *, numbered: bool = False, details: bool = False) -> None:
    """Print the rows of each section, as a table or as sentences, with its remarks below.

    `root` is the vault's folder, for links. With `details` also the figures, and the lines of notes behind each row.
    """
    from netnotes.cli.layout import Column  # start-up imports nothing it does not need

    number = 0
    for at, (section, rows, remarks) in enumerate(sections(result)):
        if at:
            output.echo()
        if section:
            output.heading(section)
        numbers = [f"{number + line}" for line in range(1, len(rows) + 1)] if numbered else []
        number += len(rows)
        if in_words(rows):
            for line, row in enumerate(rows):
                words = sentence(row) if details else row.sentence
                output.advise(words, first=f"{numbers[line]}. " if numbers else "", indent=None if numbers else 4)
        elif rows:
            columns, body = _columns(rows, result.labels, root, today, details=details)
            if numbers:
                columns.insert(0, Column("", right=True))
                body = [[mark, *cells] for mark, cells in zip(numbers, body, strict=True)]
            output.print_table(body, columns)
            if remarks:
                output.echo()
        for remark in remarks:
            output.advise(remark.text, indent=4)


def _columns(
    rows: Sequence[Row], labels: Mapping[str, str], root: Path, today: dt.date, *, details: bool
) -> tuple[list[Column], list[list[Words]]]:
    """Return the columns of a table for the screen, and its cells.

    Text wraps, numbers are aligned to the right, shares are bars, days are in words. Lines of notes are left out first
    if there is no room, unless they are tasks to tick.
    """
    from netnotes.cli.layout import NARROWEST, Column, Styled  # as above

    ticks = any(isinstance(each, Promise) for row in rows for each in row.evidence)
    names = list(dict.fromkeys(name for row in rows for name in (*row.cells, *(row.more if details else ()))))
    columns = []
    for name in names:
        values = [row.cells.get(name, row.more.get(name)) for row in rows]
        texts = [shown(value, labels) for value in values if isinstance(value, str | Sequence)]
        numeric = name not in BARS and all(
            isinstance(v, int | float | None) and not isinstance(v, bool) for v in values
        )
        long = any(len(text) > NARROWEST for text in texts)
        columns.append(Column(name.replace("_", " "), wraps=long, right=numeric))
    why, where = any(row.because for row in rows), ticks or details
    columns += [Column(WHY, wraps=True)] * why + [Column(WHERE, wraps=True)] * where
    body = []
    for row in rows:
        cells: list[Words] = [
            _on_screen(name, row.cells.get(name, row.more.get(name)), labels, root, today) for name in names
        ]
        found = next(source_lines(row), None)
        link = note_link(root, *found) if found else ""
        body.append([*cells, *[row.because] * why, *[Styled(_where(row), "dim", link)] * where])
    return columns, body


def _on_screen(name: str, value: Cell, labels: Mapping[str, str], root: Path, today: dt.date) -> Words:
    """Return a cell as a terminal shows it."""
    from netnotes.cli.layout import Styled, bar  # as above

    if isinstance(value, Person):
        return Styled(called(value, labels), "bold", note_link(root, value.path) if value.path else "")
    if isinstance(value, dt.date):
        return short_day(value, today)
    if name in BARS and isinstance(value, float):
        number = depth_text(value) if name.startswith("depth") else f"{value:.2f}"
        figure = f" {value:.0%}" if name in SHARES else f" {number}" if name != PROGRESS else ""
        return f"{bar(value, BAR)}{figure}"
    return f"{value:.0f}" if name == "hours" and isinstance(value, float) and value >= 10 else shown(value, labels)


def markdown(result: ReportResult, title: str) -> str:
    """Return the report as Markdown. Names are plain text: a link in a daily note would count as an encounter."""
    parts = [f"## {_safe(title)}"]
    for section, rows, remarks in sections(result):
        if section:
            parts.append(f"### {_safe(section)}")
        if in_words(rows):
            parts.append("\n".join(f"- {_safe(sentence(row))}" for row in rows))
        elif rows:
            heads, body = grid(rows, result.labels)
            lined = [heads, ["---"] * len(heads), *body]
            parts.append(
                "\n".join(
                    f"| {' | '.join(_safe(cell) if cell != '---' else cell for cell in line)} |" for line in lined
                )
            )
        parts += [_safe(remark.text) for remark in remarks]
    return "\n\n".join(parts)


def sections(result: ReportResult) -> Iterator[tuple[str, list[Row], list[Remark]]]:
    """Yield (section, rows, remarks) in the order in which sections appear."""
    for section, facts in groupby(result.facts, key=lambda fact: fact.section):
        found = list(facts)
        yield section, [f for f in found if isinstance(f, Row)], [f for f in found if isinstance(f, Remark)]


def grid(rows: Sequence[Row], labels: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Return headers and lines of cells; reasons and lines of notes come last, if any row has some."""
    columns = list(dict.fromkeys(column for row in rows for column in row.cells))
    why, where = any(row.because for row in rows), any(row.evidence for row in rows)
    heads = [column.replace("_", " ") for column in columns] + [WHY] * why + [WHERE] * where
    body = [
        [shown(row.cells.get(column), labels) for column in columns]
        + [one_line(row.because)] * why
        + [_where(row)] * where
        for row in rows
    ]
    return heads, body


def in_words(rows: Sequence[Row]) -> bool:
    """Return whether rows are shown as sentences instead of a table."""
    return bool(rows) and all(row.sentence for row in rows)


def sentence(row: Row) -> str:
    """Return a row as a sentence, followed by its lines of notes unless it names the first itself."""
    where = _where(row)
    named = where.partition(" and ")[0] in row.sentence
    return one_line(row.sentence) + (f"  [{where}]" if where and not named else "")


def shown(value: Cell, labels: Mapping[str, str]) -> str:
    """Return a cell as people read it: two decimals, ISO dates, names, labels of people whose name others have too."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, str | int):
        return one_line(str(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Person):
        return one_line(called(value, labels))
    return ", ".join(shown(item, labels) for item in value)


def _where(row: Row) -> str:
    found = list(source_lines(row))
    if not found:
        return ""
    path, line = found[0]
    return one_line(f"{path}:{line}") + (f" and {len(found) - 1} more" if len(found) > 1 else "")


def _safe(text: str) -> str:
    """Return text without a meaning in Markdown: no link or address, tag, comment, field, mark or list."""
    return _SYNTAX.sub(r"\\\g<0>", one_line(text))


HEIGHTS = "▁▂▃▄▅▆▇█"
SMALLEST_RANGE = 0.2
"""Smallest range that fills the full height, so that small changes look small."""


def sparkline(values: Sequence[float | None]) -> str:
    """Return one bar for each value (0–1), scaled to their range; a space for None."""
    known = [value for value in values if value is not None]
    if not known:
        return " " * len(values)
    width = max(SMALLEST_RANGE, max(known) - min(known))
    low = min(max(0.0, (min(known) + max(known) - width) / 2), max(0.0, 1.0 - width))
    return "".join(" " if value is None else upright_bar((value - low) / width) for value in values)


def upright_bar(share: float) -> str:
    """Return a bar whose height is `share` (0–1) of the line."""
    return HEIGHTS[min(len(HEIGHTS) - 1, int(share * len(HEIGHTS)))]
